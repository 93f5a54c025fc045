import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { readGrid, save } from './sheets.ts'

let county: County
let town: Caller
let bureau: Caller
let own: string
let elsewhere: string

beforeAll(async () => {
  county = await openCounty()
  town = await county.signIn('town')
  bureau = await county.signIn('county')
  const mine = new Set((await readGrid(town, county.cycle)).sheets.map(({ id }) => id))
  own = [...mine][0]!
  elsewhere = (await readGrid(bureau, county.cycle)).sheets.find(({ id }) => !mine.has(id))!.id
})
afterAll(() => county?.close())

const add = (caller: Caller, sheet: string, field: string, text: string, key?: string) =>
  caller.ask<{ addNote: { mine: boolean; note: { id: string; text: string; by: string } } }>(
    'mutation ($s: ID!, $f: ID!, $t: String!, $k: String) { addNote(sheet: $s, field: $f, text: $t, key: $k) { mine note { id text by } } }',
    { s: sheet, f: field, t: text, k: key },
  )
const remove = (caller: Caller, id: string) => caller.ask('mutation ($id: ID!) { removeNote(id: $id) }', { id })
const notes = async (caller: Caller, sheet: string, field: string) => {
  const { data, errors } = await caller.ask<{ cellNotes: { mine: boolean; note: { text: string } }[] }>(
    'query ($s: ID!, $f: ID!) { cellNotes(sheet: $s, field: $f) { mine note { text } } }',
    { s: sheet, f: field },
  )
  return errors ? errors[0]!.extensions.code : data.cellNotes.map(({ mine, note }) => `${mine ? 'mine' : 'theirs'}: ${note.text}`)
}
const noted = async (caller: Caller) => {
  const { data } = await caller.ask<{ notedCells: { sheets: string; fields: string } }>(
    'query ($c: ID!) { notedCells(cycle: $c) { sheets fields } }',
    { c: county.cycle },
  )
  const fields = data.notedCells.fields.split('\n')
  return data.notedCells.sheets === '' ? [] : data.notedCells.sheets.split('\n').map((sheet, at) => `${sheet} ${fields[at]}`)
}
const codeOf = async (answer: Promise<{ errors?: { extensions: { code: string } }[] }>) =>
  (await answer).errors?.[0]?.extensions.code

describe('a note on a cell', () => {
  it('is read by all who see the sheet, latest first, and marks its cell; the score stays', async () => {
    const before = (await readGrid(town, county.cycle)).sheets.find(({ id }) => id === own)
    const { data } = await add(town, own, 'i04', '  日志缺 3 月\n请核  ')
    expect(data.addNote).toMatchObject({ mine: true, note: { text: '日志缺 3 月\n请核', by: '许清和' } })
    await add(bureau, own, 'i04', '已核')
    expect(await notes(town, own, 'i04')).toEqual(['theirs: 已核', 'mine: 日志缺 3 月\n请核'])
    expect(await notes(bureau, own, 'i04')).toEqual(['mine: 已核', 'theirs: 日志缺 3 月\n请核'])
    expect(await notes(town, own, 'i05')).toEqual([])
    expect(await noted(town)).toEqual([`${own} i04`])
    expect((await readGrid(town, county.cycle)).sheets.find(({ id }) => id === own)).toEqual(before)
  })

  it('on a sheet that somebody may not see does not exist for them', async () => {
    await add(bureau, elsewhere, 'i04', '只有那个镇能看')
    expect(await notes(town, elsewhere, 'i04')).toBe('sheet.unknown')
    expect(await codeOf(add(town, elsewhere, 'i04', 'x'))).toBe('sheet.unknown')
    expect(await noted(town)).toEqual([`${own} i04`])
    expect(await noted(bureau)).toContain(`${elsewhere} i04`)
  })

  it('is taken back by who wrote it and nobody else, and stays on record', async () => {
    const { note } = (await add(town, own, 'i06', '写错了')).data.addNote
    expect(await codeOf(remove(bureau, note.id))).toBe('note.unknown')
    expect(await notes(bureau, own, 'i06')).toEqual(['theirs: 写错了'])
    expect((await remove(town, note.id)).errors).toBeUndefined()
    expect(await notes(bureau, own, 'i06')).toEqual([])
    expect(await noted(town)).not.toContain(`${own} i06`)
    expect(await codeOf(remove(town, note.id))).toBe('note.unknown')
    const { rows } = await county.app.database.pool.query('select text from note where id = $1', [note.id])
    expect(rows).toEqual([{ text: '写错了' }])
  })

  it('sent again under the same key is one note, also at the same time, and is answered as the first time', async () => {
    const twice = await Promise.all([
      add(town, own, 'i08', '只记一次', 'note-0001'),
      add(town, own, 'i08', '只记一次', 'note-0001'),
    ])
    const [first, second] = twice.map(({ data }) => data.addNote)
    expect(second).toEqual(first)
    expect(await notes(town, own, 'i08')).toEqual(['mine: 只记一次'])
    await remove(town, first!.note.id)
    expect((await add(town, own, 'i08', '只记一次', 'note-0001')).data.addNote).toEqual(first)
    expect(await notes(town, own, 'i08')).toEqual([])
    expect(await codeOf(add(town, own, 'i08', '另一条', 'note-0001'))).toBe('key.used')
    expect(await codeOf(add(town, own, 'i09', '只记一次', 'note-0001'))).toBe('key.used')
    expect(await codeOf(add(town, own, 'i08', '只记一次', 'short'))).toBe('key.malformed')
    await add(bureau, own, 'i08', '只记一次', 'note-0001')
    expect(await notes(town, own, 'i08')).toEqual(['theirs: 只记一次'])
    await add(town, own, 'i09', '没有 key')
    await add(town, own, 'i09', '没有 key')
    expect(await notes(town, own, 'i09')).toEqual(['mine: 没有 key', 'mine: 没有 key'])
  })

  it.each([
    ['of nothing', 'i04', ' \n ', 'note.length'],
    ['of more than 500 characters', 'i04', '长'.repeat(501), 'note.length'],
    ['on a column that does not exist', 'nothing', 'x', 'note.field'],
  ])('%s is refused', async (_, field, text, code) => {
    expect(await codeOf(add(town, own, field, text))).toBe(code)
  })

  it('may have 500 characters outside the basic plane too', async () => {
    expect((await add(town, own, 'i07', '𠮷'.repeat(500))).errors).toBeUndefined()
    expect(await codeOf(add(town, own, 'i07', '𠮷'.repeat(501)))).toBe('note.length')
  })
})

it('a small sum is worked out by the server, and kept as a note on its cell; one that is refused is not', async () => {
  const { sheets } = await readGrid(town, county.cycle)
  const { id, cell } = sheets.find((sheet) => sheet.id !== own)!
  const saved = await save(town, county.cycle, [
    [id, 'i04', cell.i04 || null, '2-0.5*1'],
    [id, 'i05', cell.i05 || null, '＝4-0.5×3'],
    [id, 'i06', cell.i06 || null, '2-4*3'],
  ])
  expect(saved.leftOut.map(({ field, code }) => `${field} ${code}`)).toEqual(['i06 cell.negative'])
  const now = (await readGrid(town, county.cycle)).sheets.find((sheet) => sheet.id === id)!.cell
  expect([now.i04, now.i05, now.i06]).toEqual(['1.5', '2.5', cell.i06])
  expect([await notes(bureau, id, 'i04'), await notes(bureau, id, 'i05'), await notes(bureau, id, 'i06')]).toEqual([
    ['theirs: 2-0.5*1'],
    ['theirs: =4-0.5×3'],
    [],
  ])
})

it('the cells changed since a moment are those of the change sets since, as far as the caller sees them', async () => {
  const changed = async (caller: Caller, since: string) => {
    const { data } = await caller.ask<{ cellsChanged: { sheets: string; fields: string } }>(
      'query ($c: ID!, $since: DateTimeISO!) { cellsChanged(cycle: $c, since: $since) { sheets fields } }',
      { c: county.cycle, since },
    )
    return data.cellsChanged.fields === '' ? [] : data.cellsChanged.fields.split('\n').toSorted()
  }
  expect(await changed(bureau, '2026-01-01T00:00:00Z')).toEqual(['i04', 'i05'])
  expect(await changed(await county.signIn('village'), '2026-01-01T00:00:00Z')).toEqual([])
  expect(await changed(bureau, '2099-01-01T00:00:00Z')).toEqual([])
})
