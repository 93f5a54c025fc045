import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey, readGrid } from './sheets.ts'
import {
  approveReadings,
  completeScores,
  decideGrades,
  explainFail,
  explainFails,
  moveSheets,
  publishAndWait,
  resultsFor,
  ruleSeats,
} from './year.ts'

let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
let town: string

beforeAll(async () => {
  county = await openCounty()
  const { rows } = await county.app.database.pool.query<{ id: string }>(
    `select id from unit where kind = 'town' order by code limit 1`,
  )
  town = rows[0]!.id
})
afterAll(() => county.close())

const results = async (login = 'panel') => resultsFor(await as(login), county.cycle)
const grade = async (login: string, sheets: string[], given: string | null, reason?: string, key?: string) =>
  decideGrades(await as(login), {
    cycle: county.cycle,
    sheets,
    grade: given,
    ...(reason === undefined ? {} : { reason }),
    ...(key ? { key } : {}),
  })
const seat = async (login: string, sheets: string[], reason?: string) =>
  ruleSeats(await as(login), { cycle: county.cycle, sheets, ...(reason === undefined ? {} : { reason }) })
const move = async (login: string, stage: string, unit = town) =>
  moveSheets(await as(login), { cycle: county.cycle, unit, stage })

describe('a town at its panel', () => {
  it('is not graded while it is being scored, and not by its assessor', async () => {
    const [first] = await results()
    expect(first!.may).toBe(false)
    expect(await grade('panel', [first!.sheet], 'pass')).toMatchObject({ code: 'ruling.notYours' })
    await completeScores(await as('town'), county.cycle)
    expect(await move('town', 'scoring')).toMatchObject({ stage: 'panel' })
    expect(await grade('town', [first!.sheet], 'pass')).toMatchObject({ code: 'ruling.notYours' })
    expect((await results()).every(({ may }) => may)).toBe(true)
  })

  it('has its tie at the last seat open until the panel rules, with a reason; the cap holds', async () => {
    const before = await results()
    const tied = before.filter((one) => one.seat === 'contested')
    expect(tied.length).toBeGreaterThan(1)
    expect(new Set(tied.map(({ total }) => total)).size).toBe(1)
    const seats = before.filter((one) => one.seat === 'in').length
    expect(await move('panel', 'panel')).toMatchObject({ code: 'stage.blocked', says: expect.stringContaining('并列') })
    expect(await seat('panel', [tied[0]!.sheet], ' ')).toMatchObject({ code: 'ruling.reason' })
    expect(await seat('panel', [before.find((one) => one.seat === 'out')!.sheet])).toMatchObject({ code: 'ruling.notContested' })
    expect(
      await seat(
        'panel',
        tied.map(({ sheet }) => sheet),
      ),
    ).toMatchObject({ code: 'ruling.tooMany' })
    expect(await seat('town', [tied[0]!.sheet])).toMatchObject({ code: 'ruling.notYours' })
    expect(await seat('panel', [tied[1]!.sheet])).toBe(1)
    const after = await results()
    const of = (sheet: string) => after.find((one) => one.sheet === sheet)!
    expect(of(tied[1]!.sheet)).toMatchObject({ seat: 'in', grade: 'excellent' })
    expect(of(tied[0]!.sheet)).toMatchObject({ seat: 'out', grade: null, needs: ['grade'] })
    expect(after.filter((one) => one.seat === 'in').length).toBe(seats + 1)
    expect(after.filter((one) => one.seat === 'contested')).toEqual([])
    const { data } = await (await as('panel')).ask(`query ($c: ID!) { quota(cycle: $c) { cap taken } }`, { c: county.cycle })
    expect(data.quota[0].taken).toBeLessThanOrEqual(data.quota[0].cap)
  })

  it('is graded by the panel in one act; a retry is the same act, and nothing above a limit or beyond the cap stands', async () => {
    const open = (await results()).filter(({ needs }) => needs.includes('grade')).map(({ sheet }) => sheet)
    const barred = (await results()).find((one) => one.seat === 'barred')
    expect(open.length).toBeGreaterThan(3)
    expect(await grade('panel', open, 'pass', '')).toMatchObject({ code: 'ruling.reason' })
    expect(await grade('panel', open, 'splendid')).toMatchObject({ code: 'ruling.gradeRefused' })
    if (barred) expect(await grade('panel', [barred.sheet], 'pass')).toMatchObject({ code: 'ruling.gradeRefused' })
    expect(await grade('panel', [...open, '01900000-0000-7000-8000-000000000000'], 'pass')).toMatchObject({
      code: 'sheet.unknown',
    })
    expect((await results()).filter(({ panelGrade }) => panelGrade)).toEqual([])
    const key = newKey()
    expect(await grade('panel', open, 'pass', '考核小组集体研究', key)).toBe(open.length)
    expect(await grade('panel', open, 'pass', '考核小组集体研究', key)).toBe(open.length)
    expect(await grade('panel', [open[0]!], 'fail', '连续三个月台账空白')).toBe(1)
    const now = await results()
    expect(now.find(({ sheet }) => sheet === open[0])).toMatchObject({ grade: 'fail', needs: ['explanation'] })
    expect(now.find(({ sheet }) => sheet === open[1])).toMatchObject({ grade: 'pass', needs: [] })
    const { rows } = await county.app.database.pool.query(
      `select kind, count(*)::int as n from change_set where kind = 'rule' group by kind`,
    )
    expect(rows).toEqual([{ kind: 'rule', n: 3 }])
  })

  it('goes on once everybody has a grade, and the grade stands in the reasons of the sheet', async () => {
    expect(await move('panel', 'panel')).toMatchObject({ stage: 'office' })
    const one = (await results()).find(({ panelGrade }) => panelGrade === 'pass')!
    expect(await grade('panel', [one.sheet], 'basicPass')).toMatchObject({ code: 'ruling.notYours' })
    const { data } = await (
      await as('town')
    ).ask(`query ($s: ID!) { explain(sheet: $s) { grade gradeReasons { says } } }`, { s: one.sheet })
    expect(data.explain.grade).toBe('pass')
    expect(data.explain.gradeReasons.map(({ says }: { says: string }) => says).join()).toContain('考核小组集体研究')
  })

  it('is filed only when every fail is explained and every reading that matters approved', async () => {
    expect(await move('city', 'office')).toMatchObject({ stage: 'decision' })
    expect(await move('county', 'decision')).toMatchObject({ stage: 'notice' })
    const blocked = await move('county', 'notice')
    expect(blocked).toMatchObject({ code: 'stage.blocked' })
    expect(blocked.says).toContain('还没有公示')
    await publishAndWait(county, await as('county'), town)
    expect(blocked.says).toContain('书面说明')
    expect(blocked.says).toContain('IR-')
    const fails = (await results()).filter(({ needs }) => needs.includes('explanation'))
    expect(await explainFail(await as('village'), fails[0]!.sheet)).toMatchObject({ code: 'permission' })
    expect(await explainFails(await as('town'), county.cycle)).toEqual(fails.map(({ sheet }) => sheet))
    expect((await results()).find(({ sheet }) => sheet === fails[0]!.sheet)).toMatchObject({
      needs: [],
      explanation: { text: '全年旷工六天，镇中心已两次书面提醒', by: '许清和' },
    })
    expect((await move('county', 'notice')).says!).not.toContain('书面说明')
    await approveReadings(await as('county'), county.cycle)
    expect(await move('county', 'notice')).toMatchObject({ stage: 'filed' })
    const { sheets } = await readGrid(await as('town'), county.cycle)
    expect(new Set(sheets.map(({ state }) => state))).toEqual(new Set(['filed']))
    expect(await explainFail(await as('town'), fails[0]!.sheet)).toMatchObject({ code: 'ruling.filed' })
  })
})

it('a village’s people and another town are none of the panel’s', async () => {
  const own = new Set((await readGrid(await as('town'), county.cycle)).sheets.map(({ id }) => id))
  const foreign = (await results('county')).find(({ sheet }) => !own.has(sheet))!
  expect((await results('panel')).some(({ sheet }) => !own.has(sheet))).toBe(false)
  expect(await grade('panel', [foreign.sheet], 'pass')).toMatchObject({ code: 'sheet.unknown' })
})
