import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey, readGrid, save, undo } from './sheets.ts'
import {
  approveReadings,
  bringToNotice,
  decideGrades,
  endNotices,
  explainFails,
  fallenDecisions,
  moveSheets,
  publishNotice,
  resultsFor,
  tell,
} from './year.ts'

let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
let town: string
/** The sheet of the coordinator who signs in, and one of a colleague in another village of the town. */
let own: string
let colleague: string

beforeAll(async () => {
  county = await openCounty()
  town = (await query<{ id: string }>(`select id from unit where kind = 'town' order by code`))[0]!.id
  own = (
    await query<{ id: string }>(
      `select s.id from sheet s join role_grant g on g.coordinator_id = s.coordinator_id order by s.line desc limit 1`,
    )
  )[0]!.id
  colleague = (
    await query<{ id: string }>(
      `select id from sheet where town_id = $1 and village_id <> (select village_id from sheet where id = $2) and facts ? 'i04' order by line limit 1`,
      [town, own],
    )
  )[0]!.id
  await bringToNotice(as, county.cycle, town)
})
afterAll(() => county.close())

const appeal = async (login: string, sheet: string, items: string[], text = '三月日志是补记，不是空白', key = newKey()) =>
  tell<string>(
    await as(login),
    'mutation ($s: ID!, $items: [ID!]!, $text: String!, $key: String!) { fileAppeal(sheet: $s, items: $items, text: $text, key: $key) }',
    { s: sheet, items, text, key },
  )
const decide = async (login: string, id: string, upheld: boolean, reason = '经核，日志补记属实', key = newKey()) =>
  tell<boolean>(
    await as(login),
    'mutation ($id: ID!, $upheld: Boolean!, $reason: String!, $key: String!) { decideAppeal(id: $id, upheld: $upheld, reason: $reason, key: $key) }',
    { id, upheld, reason, key },
  )
const withdraw = async (login: string, id: string) =>
  tell<boolean>(await as(login), 'mutation ($id: ID!, $key: String!) { withdrawAppeal(id: $id, key: $key) }', {
    id,
    key: newKey(),
  })
interface Appeal {
  id: string
  sheet: string
  appellant: string
  by: string
  items: { id: string; title: string }[]
  dueOn: string
  late: boolean
  state: string
  reason: string | null
  decidedBy: string | null
  mayDecide: boolean
  mayWithdraw: boolean
}
const appeals = async (login: string) =>
  tell<Appeal[]>(
    await as(login),
    `query ($c: ID!) { appeals(cycle: $c) { id sheet appellant by items { id title } dueOn late state reason decidedBy mayDecide mayWithdraw } }`,
    { c: county.cycle },
  )
const move = async (login: string, stage: string) => moveSheets(await as(login), { cycle: county.cycle, unit: town, stage })
const sheetOf = async (id: string) =>
  (
    await query<{ stage: string; state: string; reopened: string[] | null }>(
      'select stage, state, reopened from sheet where id = $1',
      [id],
    )
  )[0]!

describe('an appeal', () => {
  let made: string

  it('is filed once there is a notice, by oneself or the village or the town for somebody; and only about one’s own', async () => {
    expect(await appeal('coordinator', own, ['i04'])).toMatchObject({ code: 'appeal.noNotice' })
    await publishNotice(await as('county'), { cycle: county.cycle, units: [town] })
    expect(await appeal('coordinator', colleague, ['i04'])).toMatchObject({ code: 'sheet.unknown' })
    expect(await appeal('village', colleague, ['i04'])).toMatchObject({ code: 'sheet.unknown' })
    expect(await appeal('county', own, ['i04'])).toMatchObject({ code: 'permission' })
    expect(await appeal('coordinator', own, [])).toMatchObject({ code: 'appeal.items' })
    expect(await appeal('coordinator', own, ['i04', 'i99'])).toMatchObject({ code: 'appeal.items' })
    expect(await appeal('coordinator', own, ['i04'], ' ')).toMatchObject({ code: 'appeal.text' })
    expect(await query('select id from appeal')).toEqual([])
    const { data } = await (
      await as('coordinator')
    ).ask(
      `query ($c: ID!) { appealForm(cycle: $c) { items { id } sheets { sheet until } } mySheets(cycle: $c) { sheet stage } }`,
      { c: county.cycle },
    )
    expect(data.appealForm.sheets).toMatchObject([{ sheet: own }])
    expect(data.appealForm.items[0]).toEqual({ id: 'grade' })
    expect(data.appealForm.items.length).toBe(1 + 3 + 1 + 21) // the grade, three vetoes, absence, the items
    expect(data.mySheets).toEqual([{ sheet: own, stage: 'notice' }])

    const key = newKey()
    made = await appeal('coordinator', own, ['i04'], undefined, key)
    expect(await appeal('coordinator', own, ['i04'], undefined, key)).toBe(made)
    expect(await appeal('coordinator', own, ['i05'], undefined, key)).toMatchObject({ code: 'key.used' })
    expect(await appeal('coordinator', own, ['grade'])).toMatchObject({ code: 'appeal.twice' })
    const [told] = await appeals('coordinator')
    expect(told).toMatchObject({ id: made, state: 'open', late: false, mayDecide: false, mayWithdraw: true })
    const [days] = await query<{ ahead: number }>(
      `select due_on - (now() at time zone 'Asia/Shanghai')::date as ahead from appeal`,
    )
    expect(days!.ahead).toBeGreaterThanOrEqual(12) // ten working days are two weeks, less a weekend it starts on
    expect(days!.ahead).toBeLessThanOrEqual(14)
  })

  it('is seen by those who see the sheet, and holds its sheets at the notice', async () => {
    expect((await appeals('county')).map(({ id }) => id)).toEqual([made])
    expect((await appeals('village')).map(({ id }) => id)).toEqual([made])
    expect(await appeals('analyst')).toMatchObject({ code: 'permission' })
    await endNotices(county)
    expect((await move('county', 'notice')).says).toContain('申诉')
  })

  it('is withdrawn by whoever filed it', async () => {
    expect(await withdraw('town', made)).toMatchObject({ code: 'appeal.unknown' })
    expect(await withdraw('coordinator', made)).toBe(true)
    expect(await withdraw('coordinator', made)).toMatchObject({ code: 'appeal.unknown' })
    made = await appeal('village', own, ['i04'])
    const [told] = await appeals('coordinator')
    const [{ name }] = (await query<{ name: string }>(
      'select c.name from coordinator c join sheet s on s.coordinator_id = c.id where s.id = $1',
      [own],
    )) as [{ name: string }]
    expect(told).toMatchObject({ id: made, appellant: name, by: '柏长青', mayWithdraw: true })
  })

  it('is decided by somebody who neither entered nor signed the sheet', async () => {
    expect(await decide('town', made, true)).toMatchObject({ code: 'permission' })
    for (const login of ['county', 'city'])
      expect(await decide(login, made, true), login).toMatchObject({ code: 'appeal.sameHand' })
    expect((await appeals('county'))[0]!.mayDecide).toBe(false)
    expect((await appeals('joint'))[0]!.mayDecide).toBe(true)
    expect(await decide('joint', made, false, ' ')).toMatchObject({ code: 'appeal.reason' })
    expect(await decide('joint', county.cycle, true)).toMatchObject({ code: 'appeal.unknown' })
  })

  it('may be late, and is said to be', async () => {
    await query(`update appeal set due_on = due_on - 40 where id = $1`, [made])
    expect((await appeals('coordinator'))[0]).toMatchObject({ late: true, state: 'open' })
  })

  it('rejected, is answered with its reason, and the sheets go on', async () => {
    expect(await decide('joint', made, false, '补记无签收，不予采信')).toBe(false)
    expect((await appeals('coordinator'))[0]).toMatchObject({
      state: 'rejected',
      reason: '补记无签收，不予采信',
      decidedBy: '费远海',
      late: true,
    })
    expect(await decide('joint', made, true)).toMatchObject({ code: 'appeal.unknown' })
    expect(await sheetOf(own)).toMatchObject({ stage: 'notice', reopened: null })
    expect((await move('county', 'notice')).says).not.toContain('申诉')
  })

  it('upheld, reopens only what it names: of the sheet no other cell, of the town no other sheet', async () => {
    const named = await appeal('coordinator', own, ['i04'])
    const [first, second] = await Promise.all([decide('joint', named, true), decide('joint', named, false)])
    expect([first, second].filter((one) => (one as { code?: string }).code === 'appeal.unknown')).toHaveLength(1)
    const upheld = (await sheetOf(own)).stage === 'scoring' // whichever of the two was first
    const again = upheld ? named : await appeal('coordinator', own, ['i04'])
    if (!upheld) expect(await decide('joint', again, true)).toBe(true)
    expect(await sheetOf(own)).toEqual({ stage: 'scoring', state: 'open', reopened: ['i04'] })
    expect(await sheetOf(colleague)).toEqual({ stage: 'notice', state: 'submitted', reopened: null })

    const town1 = await as('town')
    const { sheets } = await readGrid(town1, county.cycle, { view: 'points' })
    const mine = sheets.find(({ id }) => id === own)!
    const cells = mine.cell
    const refused = await save(town1, county.cycle, [
      [own, 'i05', cells.i05!, '0'],
      [own, 'absentDays', cells.absentDays || null, '3'],
      [own, 'v1', cells.v1 || null, 'yes'],
      [colleague, 'i04', '0', '1'],
    ])
    expect(refused.applied).toBe(0)
    expect(refused.leftOut.map(({ code }) => code)).toEqual([
      'appeal.onlyNamed',
      'appeal.onlyNamed',
      'appeal.onlyNamed',
      'sheet.notOpen',
    ])
    expect(refused.leftOut[0]!.says).toContain('其他各项不能改')
    const other = cells.i04 === '1' ? '1.5' : '1'
    const saved = await save(town1, county.cycle, [[own, 'i04', cells.i04!, other]])
    expect(saved).toMatchObject({ applied: 1, leftOut: [] })
    const back = await undo(town1, saved.changeSet!)
    expect(back.applied).toBe(1)
    // What was done before the appeal is not undone under its cover.
    const [earlier] = await query<{ id: string }>(
      `select h.id from change_set h join sheet_change c on c.seq = h.seq join account a on a.id = h.account_id
        where c.sheet_id = $1 and h.kind = 'edit' and a.login = 'town' and not (c.cells ? 'i04') limit 1`,
      [own],
    )
    if (earlier)
      expect(
        (await undo(town1, earlier.id)).leftOut.some(({ sheet, code }) => sheet === own && code !== 'appeal.onlyNamed'),
      ).toBe(false)
    await save(town1, county.cycle, [[own, 'i04', cells.i04!, other]])
  })

  it('that changed the score makes the grade that was given fall: the panel decides again', async () => {
    expect(await move('town', 'scoring')).toMatchObject({ moved: 1, stage: 'panel' })
    const mine = (await resultsFor(await as('panel'), county.cycle)).find(({ sheet }) => sheet === own)!
    expect(mine.panelGrade).not.toBeNull()
    expect(mine).toMatchObject({ grade: null, needs: ['grade'] })
    expect(mine.says.join()).toContain('须重新评定')
    expect((await fallenDecisions(await as('panel'), county.cycle)).filter(({ kind }) => kind === 'grade')).toMatchObject([
      { sheets: [own], changes: expect.stringMatching(/^总分 .+ → /), changedAt: expect.any(String) },
    ])
    expect((await move('panel', 'panel')).says).toContain('等次')
    expect(await decideGrades(await as('panel'), { cycle: county.cycle, sheets: [own], grade: 'basicPass' })).toBe(1)
    // What was decided anew stands, and the appeal does not name the grade.
    expect(await decideGrades(await as('panel'), { cycle: county.cycle, sheets: [own], grade: 'pass' })).toMatchObject({
      code: 'appeal.onlyNamed',
    })
  })

  it('is over when the sheet has passed every stage again and was published anew, for itself', async () => {
    expect(await move('panel', 'panel')).toMatchObject({ moved: 1 })
    expect(await move('city', 'office')).toMatchObject({ moved: 1 })
    expect((await sheetOf(own)).reopened).toEqual(['i04'])
    expect(await move('county', 'decision')).toMatchObject({ moved: 1, stage: 'notice' })
    expect((await sheetOf(own)).reopened).toBeNull()
    await explainFails(await as('town'), county.cycle)
    await approveReadings(await as('county'), county.cycle)
    expect((await move('county', 'notice')).says).toMatch(/有 1 张考核表还没有公示/)
    const [again] = await publishNotice(await as('county'), { cycle: county.cycle, units: [town] })
    const [notice] = await query<{ people: number }>('select jsonb_array_length(rows) as people from notice where id = $1', [
      again,
    ])
    expect(notice!.people).toBe(1)
    expect((await move('county', 'notice')).says).toContain('有 1 张考核表的公示期还没有满')
    await endNotices(county)
    expect(await move('county', 'notice')).toMatchObject({ stage: 'filed' })
  })
})

describe('an appeal about the grade alone', () => {
  it('goes to those who grade, and no score is touched', async () => {
    const towns = await query<{ id: string }>(`select id from unit where kind = 'town' order by code`)
    const next = towns[2]!.id
    await query(
      `update role_grant set unit_id = $1 where account_id in (select id from account where login in ('town', 'town2', 'panel'))`,
      [next],
    )
    await bringToNotice(as, county.cycle, next)
    await publishNotice(await as('county'), { cycle: county.cycle, units: [next] })
    const [graded] = (await resultsFor(await as('panel'), county.cycle)).filter(({ panelGrade }) => panelGrade === 'pass')
    const made = await appeal('town', graded!.sheet, ['grade'])
    expect(await decide('joint', made, true)).toBe(true)
    expect(await sheetOf(graded!.sheet)).toEqual({ stage: 'panel', state: 'submitted', reopened: ['grade'] })
    expect(await decideGrades(await as('panel'), { cycle: county.cycle, sheets: [graded!.sheet], grade: 'basicPass' })).toBe(1)
    // Somebody sends it back to be scored: still nothing but the grade is open.
    await moveSheets(await as('panel'), {
      cycle: county.cycle,
      unit: next,
      stage: 'panel',
      backTo: 'scoring',
      reason: '再看分数',
    })
    const reply = await save(await as('town'), county.cycle, [[graded!.sheet, 'i05', null, '0']])
    expect(reply.leftOut).toMatchObject([{ code: 'appeal.onlyNamed' }])
  })
})

describe('the clock', () => {
  it('runs by the server’s days: ten after the notice, also on file, and no longer', async () => {
    await query(`update notice set ends_on = (now() at time zone 'Asia/Shanghai')::date - 10, starts_on = ends_on - 7`)
    const late = await appeal('coordinator', own, ['i05'])
    expect(late).toMatch(/-/)
    await query(`update notice set ends_on = ends_on - 1`)
    expect(await withdraw('coordinator', late)).toBe(true)
    expect(await appeal('coordinator', own, ['i05'])).toMatchObject({ code: 'appeal.noNotice' })
    const { data } = await (
      await as('coordinator')
    ).ask(`query ($c: ID!) { appealForm(cycle: $c) { sheets { sheet } } }`, {
      c: county.cycle,
    })
    expect(data.appealForm.sheets).toEqual([])
  })

  it('once filed, an upheld appeal leaves the sheet on file: a correction follows', async () => {
    await query(`update notice set ends_on = ends_on + 1`)
    const made = await appeal('coordinator', own, ['i05'])
    expect(await decide('joint', made, true)).toBe(false)
    expect(await sheetOf(own)).toEqual({ stage: 'filed', state: 'filed', reopened: null })
  })
})

it('the chain is whole', async () => {
  const [one] = await query<{ id: string }>('select id from county')
  expect(await verifyChain(county.app.database.pool, one!.id)).toMatchObject({ ok: true })
})
