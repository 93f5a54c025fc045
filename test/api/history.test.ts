import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { readGrid, save, undo, type GridSheet } from './sheets.ts'

let county: County
let town: Caller
let own: GridSheet[]
let elsewhere: string

beforeAll(async () => {
  county = await openCounty()
  town = await county.signIn('town')
  own = (await readGrid(town, county.cycle)).sheets
  const mine = new Set(own.map(({ id }) => id))
  elsewhere = (await readGrid(await county.signIn('county'), county.cycle)).sheets.find(
    ({ id, state }) => state === 'open' && !mine.has(id),
  )!.id
})
afterAll(() => county?.close())

const ask = (caller: Caller, sheets: string[], fields: (string | null)[], cycle = county.cycle) =>
  caller.ask<{ cellsHistory: { sheet: string; field: string; before: string | null; after: string | null; kind: string }[] }>(
    `query ($cycle: ID!, $sheets: [ID!]!, $fields: [ID]!) {
       cellsHistory(cycle: $cycle, sheets: $sheets, fields: $fields) { sheet field before after by at kind }
     }`,
    { cycle, sheets, fields },
  )
const turns = async (sheets: string[], fields: (string | null)[], caller = town) =>
  (await ask(caller, sheets, fields)).data.cellsHistory.map(({ sheet, field, before, after, kind }) =>
    [own.findIndex(({ id }) => id === sheet), field, `${before} → ${after}`, kind].join(' '),
  )

describe('the history of several cells', () => {
  it('lists the turns of all of them, latest first, of items with their criteria, and of nothing else', async () => {
    const [one, other] = own as [GridSheet, GridSheet]
    const seen = (sheet: GridSheet, field: string) => sheet.cell[field] || null
    const first = await save(town, county.cycle, [
      [one.id, 'absentDays', seen(one, 'absentDays'), '1'],
      [other.id, 'absentDays', seen(other, 'absentDays'), '2'],
    ])
    await save(town, county.cycle, [[one.id, 'i04', seen(one, 'i04'), null]])
    await save(town, county.cycle, [[one.id, 'i04.inexact', null, '3']])
    await undo(town, first.changeSet!)
    const before = (sheet: GridSheet) => seen(sheet, 'absentDays')
    const absent = (at: number, sheet: GridSheet, value: string) => [
      `${at} absentDays ${value} → ${before(sheet)} undo`,
      `${at} absentDays ${before(sheet)} → ${value} edit`,
    ]
    const [ofOne, ofOther] = [absent(0, one, '1'), absent(1, other, '2')]
    const inexact = '0 i04.inexact null → 3 edit'
    const awarded = `0 i04 ${seen(one, 'i04')} → null edit`
    const ids = [one.id, other.id]
    const ordered = (all: string[], list: string[]) => expect([...all].sort()).toEqual([...list].sort())

    const both = await turns(ids, ['absentDays', 'absentDays'])
    ordered(both.slice(0, 2), [ofOne[0]!, ofOther[0]!])
    ordered(both.slice(2, 4), [ofOne[1]!, ofOther[1]!])
    expect((await turns([one.id, one.id], ['i04', 'absentDays'])).slice(0, 4)).toEqual([ofOne[0], inexact, awarded, ofOne[1]])
    expect(await turns([one.id, one.id], ['i04', 'i04.inexact'])).toEqual(await turns([one.id], ['i04'])) // each turn once
    expect((await turns([one.id], ['i04']))[0]).toBe(inexact)
    expect((await turns([one.id], [null])).slice(0, 4)).toEqual([ofOne[0], inexact, awarded, ofOne[1]])
    expect(await turns([], [])).toEqual([])
    expect(await turns([one.id], ['@name'])).toEqual([])
  })

  it('lists two hundred turns at most', async () => {
    const sheet = own[2]!.id
    let seen = own[2]!.cell['absentDays'] || null
    for (let at = 0; at < 210; at++) {
      const value = seen === '1' ? '2' : '1'
      await save(town, county.cycle, [[sheet, 'absentDays', seen, value]])
      seen = value
    }
    const list = await turns([sheet], ['absentDays'])
    expect(list).toHaveLength(200)
    expect(list[0]).toContain(`→ ${seen} `)
  })

  it('knows no sheet that the caller may not see, as if there were none', async () => {
    const bureau = await county.signIn('county')
    await county.app.database.pool.query(
      `update role_grant set unit_id = (select town_id from sheet where id = $1)
        where account_id = (select id from account where login = 'town2')`,
      [elsewhere],
    )
    const other = await county.signIn('town2')
    const sheet = (await readGrid(other, county.cycle)).sheets.find(({ id }) => id === elsewhere)
    await save(other, county.cycle, [[elsewhere, 'absentDays', sheet!.cell['absentDays'] || null, '4']])
    expect((await ask(bureau, [elsewhere], [null])).data.cellsHistory.length).toBeGreaterThan(0)
    for (const id of [elsewhere, '01900000-0000-7000-8000-000000000000', 'x', '']) expect(await turns([id], [null])).toEqual([])
    const mine = await turns([own[0]!.id], [null])
    expect(await turns([elsewhere, own[0]!.id], [null, null])).toEqual(mine)
  })

  it('refuses uneven lists, too many cells, and a cycle there is not', async () => {
    const code = async (sheets: string[], fields: (string | null)[], cycle?: string) =>
      (await ask(town, sheets, fields, cycle)).errors?.[0]?.extensions.code
    const many = Array.from({ length: 2001 }, () => own[0]!.id)
    expect(await code([own[0]!.id], [])).toBe('history.uneven')
    expect(
      await code(
        many,
        many.map(() => 'i04'),
      ),
    ).toBe('history.tooMany')
    expect(
      await code(
        many.slice(1),
        many.slice(1).map(() => 'i04'),
      ),
    ).toBeUndefined()
    expect(await code([], [], '01900000-0000-7000-8000-000000000000')).toBe('cycle.unknown')
  })
})
