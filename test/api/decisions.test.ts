import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exact } from '../../server/src/rules/exact.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey, readGrid, save } from './sheets.ts'
import {
  approveReadings,
  completeScores,
  decideGrades,
  endNotices,
  explainFail,
  fallenDecisions,
  moveSheets,
  panelDecides,
  publishNotice,
  resultsFor,
  ruleSeats,
  tell,
} from './year.ts'

// A decision stands on what it decided: when that changes it falls, the matter is open again, and nothing rests on it.
let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
let town: string
let ruled: string
let tied: string[]

beforeAll(async () => {
  county = await openCounty()
  town = (await query<{ id: string }>(`select id from unit where kind = 'town' order by code limit 1`))[0]!.id
  await completeScores(await as('town'), county.cycle)
  await move('town', 'scoring')
})
afterAll(() => county.close())

const results = async (login = 'panel') => resultsFor(await as(login), county.cycle)
const of = async (sheet: string) => (await results()).find((one) => one.sheet === sheet)!
const move = async (login: string, stage: string, unit = town, backTo?: string) =>
  moveSheets(await as(login), { cycle: county.cycle, unit, stage, ...(backTo ? { backTo, reason: '补录后重评' } : {}) })
const fallen = async (kind: string, login = 'panel') =>
  (await fallenDecisions(await as(login), county.cycle)).filter((one) => one.kind === kind)
const villageOf = async (sheet: string) =>
  (await query<{ village: string }>('select village_id as village from sheet where id = $1', [sheet]))[0]!.village

const less = (total: string) => exact(total).sub('0.1').toString()
/** Gives a sheet another total by the points of one item, as the town would: sent back by the panel, corrected, passed on. */
async function correct(sheet: string, to: string): Promise<void> {
  const village = await villageOf(sheet)
  expect(await move('panel', 'panel', village, 'scoring')).toMatchObject({ stage: 'scoring' })
  const { columns, sheets } = await readGrid(await as('town'), county.cycle, { view: 'points' })
  const own = sheets.find(({ id }) => id === sheet)!
  const by = exact(to).sub(exact(own.total))
  const item = columns.find(({ kind, field, max }) => {
    if (kind !== 'points' || !own.cell[field]) return false
    const now = exact(own.cell[field]).add(by)
    return now.s >= 0n && now.lte(exact(max!))
  })!
  const value = exact(own.cell[item.field]!).add(by).toString()
  const { leftOut } = await save(await as('town'), county.cycle, [[sheet, item.field, own.cell[item.field]!, value]])
  expect(leftOut).toEqual([])
  expect(await move('town', 'scoring', village)).toMatchObject({ stage: 'panel' })
}

describe('a ruling on a seat', () => {
  it('seats whom the panel named in the tie it was made about', async () => {
    tied = (await results()).filter(({ seat }) => seat === 'contested').map(({ sheet }) => sheet)
    ruled = tied[0]!
    const { data } = await (await as('panel')).ask('query ($c: ID!) { quota(cycle: $c) { left } }', { c: county.cycle })
    expect(data.quota[0].left).toBe(1)
    expect(await ruleSeats(await as('panel'), { cycle: county.cycle, sheets: [ruled] })).toBe(1)
    expect(await of(ruled)).toMatchObject({ seat: 'in', grade: 'excellent' })
    expect(await fallen('seat')).toEqual([])
  })

  it('stands whatever changes elsewhere', async () => {
    const low = (await results()).findLast(({ seat, total }) => seat === 'out' && Number(total) < 90)!
    await correct(low.sheet, less(low.total))
    expect(await of(ruled)).toMatchObject({ seat: 'in' })
    expect(await fallen('seat')).toEqual([])
  })

  it('falls when a third comes to tie: the seat is contested again, and everyone sees why and when', async () => {
    const { total } = await of(ruled)
    const third = (await results()).find(
      ({ seat, total: own, grade }) =>
        seat === 'out' && grade === null && Number(own) < Number(total) && Number(total) - Number(own) < 4,
    )!
    await correct(third.sheet, total)
    for (const sheet of [...tied, third.sheet])
      expect(await of(sheet)).toMatchObject({ seat: 'contested', grade: null, needs: ['seat'] })
    const [one, ...more] = await fallen('seat')
    expect(more).toEqual([])
    expect(one).toMatchObject({ sheets: [ruled], changes: `同分的人 ${tied.length} 人 → ${tied.length + 1} 人` })
    expect(new Date(one!.changedAt!).getTime()).toBeGreaterThan(Date.now() - 60_000)
    expect((await fallen('seat', 'county')).length).toBe(1)
    expect((await move('panel', 'panel')).says).toContain('并列')
    const english = await (
      await as('panel')
    ).ask('query ($c: ID!) { fallenDecisions(cycle: $c) { changes } }', { c: county.cycle }, 'en')
    expect(english.data.fallenDecisions[0].changes).toBe(`who ties ${tied.length} → ${tied.length + 1}`)
  })

  it('of before is no ground of what is tried: a trial starts from what stands', async () => {
    const { data } = await (
      await as('county')
    ).ask(
      `query ($c: ID!) { whatIf(cycle: $c, overrides: { percent: "10%" }) { people { sheet differences { name before after } } } }`,
      { c: county.cycle },
    )
    const before = new Map((await results('county')).map(({ sheet, seat }) => [sheet, seat]))
    const words: Record<string, string> = { in: '占名额', contested: '并列待裁定', out: '名额外' }
    const moved = data.whatIf.people.flatMap(({ sheet, differences }: any) =>
      differences.filter(({ name }: any) => name === '名额').map((one: any) => [one.before, words[before.get(sheet)!]]),
    )
    expect(moved.length).toBeGreaterThan(0)
    for (const [told, stands] of moved) expect(told).toBe(stands)
  })

  it('is made anew about the tie as it is now', async () => {
    expect(await ruleSeats(await as('panel'), { cycle: county.cycle, sheets: [ruled] })).toBe(1)
    expect(await of(ruled)).toMatchObject({ seat: 'in', grade: 'excellent' })
    expect(await fallen('seat')).toEqual([])
    const { data } = await (
      await as('county')
    ).ask(`query ($c: ID!) { whatIf(cycle: $c) { affects { people } } }`, { c: county.cycle })
    expect(data.whatIf.affects.people).toBe(0)
  })
})

describe('a grade of the panel', () => {
  it('falls when the score it was given on changes, and not for another’s', async () => {
    const [one, other] = (await results()).filter(({ needs }) => needs.includes('grade'))
    expect(
      await decideGrades(await as('panel'), { cycle: county.cycle, sheets: [one!.sheet, other!.sheet], grade: 'pass' }),
    ).toBe(2)
    await correct(one!.sheet, less(one!.total))
    expect(await of(one!.sheet)).toMatchObject({ grade: null, needs: ['grade'], panelGrade: 'pass' })
    expect(await of(other!.sheet)).toMatchObject({ grade: 'pass', needs: [] })
    expect(await fallen('grade')).toMatchObject([{ sheets: [one!.sheet], changes: expect.stringMatching(/^总分 /) }])
    expect(await decideGrades(await as('panel'), { cycle: county.cycle, sheets: [one!.sheet], grade: 'pass' })).toBe(1)
    expect(await fallen('grade')).toEqual([])
  })
})

describe('the explanation of a fail', () => {
  it('is about the fail as it was: with another score it is to be written again', async () => {
    await panelDecides(await as('panel'), county.cycle)
    // Grading those who lost the tie carries the ruling out; it does not undo it.
    expect(await of(ruled)).toMatchObject({ seat: 'in', grade: 'excellent' })
    expect(await fallen('seat')).toEqual([])
    const found = (await results()).find(({ grade }) => grade === 'fail')
    const fail = found ?? (await results()).find(({ seat, grade }) => seat === 'out' && grade === 'pass')!
    if (!found)
      expect(await decideGrades(await as('panel'), { cycle: county.cycle, sheets: [fail.sheet], grade: 'fail' })).toBe(1)
    expect(await explainFail(await as('panel'), fail.sheet)).toBe(true)
    expect(await of(fail.sheet)).toMatchObject({ needs: [] })
    await correct(fail.sheet, less(fail.total))
    await decideGrades(await as('panel'), { cycle: county.cycle, sheets: [fail.sheet], grade: 'fail' })
    expect(await of(fail.sheet)).toMatchObject({ grade: 'fail', needs: ['explanation'], explanation: null })
    expect(await fallen('explanation')).toMatchObject([{ sheets: [fail.sheet] }])
    expect(await explainFail(await as('panel'), fail.sheet)).toBe(true)
    expect(await fallen('explanation')).toEqual([])
  })
})

describe('the approval of a reading', () => {
  it('stays on record as fallen when another reading is put in force', async () => {
    const other = await (async () => {
      await approveReadings(await as('county'), county.cycle)
      const { data } = await (
        await as('county')
      ).ask('query ($c: ID!) { cycleReadings(cycle: $c) { interpretation approval { by } fell options { id chosen } } }', {
        c: county.cycle,
      })
      return data.cycleReadings.find(({ approval }: any) => approval)
    })()
    expect(other).toMatchObject({ fell: null })
    const option = other.options.find(({ chosen }: any) => !chosen).id
    await tell(
      await as('county'),
      `mutation ($c: ID!, $choices: [ChoiceInput!]!, $key: String!) {
         changePolicy(cycle: $c, policy: "xinyi-1", choices: $choices, reason: "市局〔2026〕13号", key: $key) { changed } }`,
      { c: county.cycle, choices: [{ interpretation: other.interpretation, option }], key: newKey() },
    )
    expect((await fallenDecisions(await as('analyst'), county.cycle)).every(({ by }) => by.endsWith('＊＊'))).toBe(true)
    const [one] = await fallen('reading', 'county')
    expect(one!.changes).toContain('采用的读法')
    expect(one!.changedAt).not.toBeNull()
  })
})

it('a trial by another policy altogether is refused: there is nothing to compare', async () => {
  expect(
    await tell(await as('county'), 'query ($c: ID!) { whatIf(cycle: $c, policy: "baihe-1") { affects { people } } }', {
      c: county.cycle,
    }),
  ).toMatchObject({ code: 'cycle.otherPolicy' })
})

describe('a signature', () => {
  it('covers what was signed: with other content the sheets must be signed again before they go on', async () => {
    const [waiting] = await query<{ stage: string }>('select distinct stage from sheet where cycle_id = $1 and town_id = $2', [
      county.cycle,
      town,
    ])
    expect(waiting!.stage).toBe('scoring') // sent back by the change of the reading
    await completeScores(await as('town'), county.cycle)
    expect(await move('town', 'scoring')).toMatchObject({ stage: 'panel' })
    await panelDecides(await as('panel'), county.cycle)
    expect(await fallen('signature')).toEqual([])
    // No page writes scores here; whatever does, the signature tells.
    const sheet = (await results())[0]!.sheet
    await query(`update sheet set facts = facts || '{"absentDays": "1"}' where id = $1`, [sheet])
    expect(await fallen('signature')).toMatchObject([{ sheets: [sheet], changes: '考核表的内容有变' }])
    expect(await move('panel', 'panel')).toMatchObject({ code: 'stage.blocked', says: expect.stringContaining('原签字不再有效') })
    const village = await villageOf(sheet)
    expect(await move('panel', 'panel', village, 'scoring')).toMatchObject({ stage: 'scoring' })
    expect(await move('town', 'scoring', village)).toMatchObject({ stage: 'panel' })
    expect(await fallen('signature')).toEqual([])
  })
})

describe('the rejection of an appeal', () => {
  let appeal: string
  let own: string

  it('falls when what the appeal named changes, and is decided again before anything is filed', async () => {
    await panelDecides(await as('panel'), county.cycle)
    for (const [login, stage] of [
      ['panel', 'panel'],
      ['city', 'office'],
      ['county', 'decision'],
    ] as const)
      expect(await move(login, stage)).not.toHaveProperty('code')
    await publishNotice(await as('county'), { cycle: county.cycle, units: [town] })
    own = (
      await tell<{ sheet: string }[]>(await as('coordinator'), 'query ($c: ID!) { mySheets(cycle: $c) { sheet } }', {
        c: county.cycle,
      })
    )[0]!.sheet
    appeal = await tell<string>(
      await as('coordinator'),
      'mutation ($s: ID!, $key: String!) { fileAppeal(sheet: $s, items: ["i04"], text: "两次都登记了", key: $key) }',
      { s: own, key: newKey() },
    )
    expect(await decide(false)).toBe(false)
    expect(await fallen('appeal', 'county')).toEqual([])
    await query(`update sheet set facts = facts - 'i04' || '{"i04": "0.5"}' where id = $1`, [own])
    expect(await fallen('appeal', 'county')).toMatchObject([{ sheets: [own] }])
    const seen = await tell<{ fell: string; mayDecide: boolean }[]>(
      await as('coordinator'),
      'query ($c: ID!) { appeals(cycle: $c) { fell mayDecide } }',
      { c: county.cycle },
    )
    expect(seen).toMatchObject([{ fell: expect.stringContaining('→ 0.5'), mayDecide: false }])
    await endNotices(county)
    expect((await move('county', 'notice')).says).toContain('请重新决定')
    expect(await decide(false)).toBe(false)
    expect(await fallen('appeal', 'county')).toEqual([])
    expect((await move('county', 'notice')).says).not.toContain('请重新决定')
  })

  const decide = async (upheld: boolean) =>
    tell<boolean>(
      await as('joint'),
      'mutation ($id: ID!, $u: Boolean!, $key: String!) { decideAppeal(id: $id, upheld: $u, reason: "核对台账，扣分属实", key: $key) }',
      { id: appeal, u: upheld, key: newKey() },
    )
})
