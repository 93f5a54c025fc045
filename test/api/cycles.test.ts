import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey, readGrid } from './sheets.ts'

let county: County
let bureau: Caller
beforeAll(async () => {
  county = await openCounty()
  bureau = await county.signIn('county')
})
afterAll(() => county.close())

const OPEN = `mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle sheets leftOut } }`
const open = async ({ key = newKey(), ...input }: { key?: string; [name: string]: unknown }, caller = bureau) => {
  const { data, errors } = await caller.ask(OPEN, { input: { year: 2026, policy: 'baihe-1', ...input }, key })
  return errors ? { code: errors[0]!.extensions.code } : data.openCycle
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows

describe('a cycle', () => {
  it('is seen before it is opened: who would be in, who not and why; somebody dismissed before it is out', async () => {
    const seen = async () =>
      (await bureau.ask('{ cycleEntrants(year: 2031) { coordinator name days leftOut } }')).data.cycleEntrants as {
        coordinator: string
        days: number
        leftOut: string | null
      }[]
    const before = await seen()
    const one = before.find(({ leftOut }) => leftOut === null)!
    expect(one.days).toBe(365)
    await query(
      `insert into ruling (county_id, id, cycle_id, kind, subject, sheet_id, text, account_id, by, at, seq)
       select s.county_id, gen_random_uuid(), s.cycle_id, 'dismissal', 'test', s.id, 'test', s.id, 'test', '2030-11-01', 0
         from sheet s where s.coordinator_id = $1 limit 1`,
      [one.coordinator],
    )
    const after = (await seen()).find(({ coordinator }) => coordinator === one.coordinator)!
    expect(after).toMatchObject({ days: 0, leftOut: '2030-11-01 已决定解聘' })
    const opened = await open({ year: 2031 })
    expect(opened.sheets).toBe(before.filter(({ leftOut }) => leftOut === null).length - 1)
    await query(`update ruling set ended_seq = 0 where text = 'test'`)
  })

  it('is opened with a sheet for every posting held in it, at the first stage, and says who is left out and why', async () => {
    const [one] = await query<{ coordinator_id: string; id: string }>(
      `select coordinator_id, id from posting p where starts_on < '2026-01-01' and ends_on is null order by id limit 1`,
    )
    const [away, gone] = await query<{ id: string }>(
      'select id from posting where id <> $1 and ends_on is null order by id limit 2',
      [one!.id],
    )
    await query(`update posting set starts_on = '2027-01-01' where id = $1`, [away!.id])
    await query(`update posting set ends_on = '2026-03-31' where id = $1`, [gone!.id])
    const opened = await open({ except: [{ coordinator: one!.coordinator_id, reason: '借调在外，另行考核' }] })
    const [counts] = await query<{ held: number }>(
      `select count(*)::int as held from posting where starts_on <= '2026-12-31' and coalesce(ends_on, '2026-12-31') >= '2026-01-01' and coordinator_id <> $1`,
      [one!.coordinator_id],
    )
    expect(opened).toMatchObject({ sheets: counts!.held, leftOut: 2 })
    expect(
      await query(`select stage, state, total::text, facts, days from sheet where cycle_id = $1 and posting_id = $2`, [
        opened.cycle,
        gone!.id,
      ]),
    ).toEqual([{ stage: 'propose', state: 'open', total: '100', facts: {}, days: 90 }])
    const { data } = await bureau.ask(`query ($c: ID!) { leftOut(cycle: $c) { coordinator reason } }`, { c: opened.cycle })
    expect(data.leftOut).toEqual(
      expect.arrayContaining([
        { coordinator: one!.coordinator_id, reason: '借调在外，另行考核' },
        expect.objectContaining({ reason: '2026-01-01 至 2026-12-31 没有任职' }),
      ]),
    )
    expect(await query(`select kind, details ->> 'policy' as policy from change_set order by seq desc limit 1`)).toEqual([
      { kind: 'openCycle', policy: 'baihe-1' },
    ])
  })

  it('of a quarter counts the days of the quarter', async () => {
    const { cycle } = await open({ period: 'q2', policy: 'yingkou-1' })
    expect(
      await query(
        'select max(days) as days, min(base_date::text) as base from sheet s join cycle c on c.id = s.cycle_id where c.id = $1',
        [cycle],
      ),
    ).toEqual([{ days: 91, base: '2026-06-30' }])
  })

  it('is opened once, however often it is asked for', async () => {
    const key = newKey()
    const first = await open({ year: 2025, key })
    expect(await open({ year: 2025, key })).toEqual(first)
    expect(await open({ year: 2025 })).toEqual({ code: 'cycle.exists' })
  })

  it('is not opened on wrong terms, and nothing is left of the attempt', async () => {
    const before = await query('select count(*) from cycle')
    const codes = []
    for (const wrong of [
      { year: 1899 },
      { year: 2024, policy: 'nothing-1' },
      { year: 2024, baseDate: '2025-01-01' },
      { year: 2024, baseDate: '31.12.2024' },
      { year: 2024, choices: [{ interpretation: 'IR-24', option: 'half' }] },
      { year: 2024, except: [{ coordinator: '01900000-0000-7000-8000-000000000000', reason: '无此人' }] },
      { year: 2024, except: [{ coordinator: '01900000-0000-7000-8000-000000000000', reason: ' ' }] },
      { year: 2001 },
    ])
      codes.push((await open(wrong)).code)
    expect(codes).toEqual([
      'cycle.year',
      'policy.unknown',
      'cycle.baseDate',
      'cycle.baseDate',
      'choices.unknown',
      'cycle.exception',
      'cycle.exception',
      'cycle.nobody',
    ])
    expect(await open({ year: 2024 }, await county.signIn('town'))).toEqual({ code: 'permission' })
    expect(await query('select count(*) from cycle')).toEqual(before)
  })
})

describe('the policy of a running cycle', () => {
  const CHANGE = `mutation ($cycle: ID!, $policy: ID!, $choices: [ChoiceInput!]!, $reason: String!, $key: String!) {
    changePolicy(cycle: $cycle, policy: $policy, choices: $choices, reason: $reason, key: $key) { sheets changed } }`
  const change = async (given: object, caller = bureau) => {
    const { data, errors } = await caller.ask(CHANGE, {
      cycle: county.cycle,
      policy: 'xinyi-1',
      choices: [],
      reason: '市人社局〔2026〕30号',
      key: newKey(),
      ...given,
    })
    return errors ? { code: errors[0]!.extensions.code } : data.changePolicy
  }

  it('is changed on paper only: all is worked out again, and signed again from the first stage', async () => {
    const before = await readGrid(bureau, county.cycle)
    expect(new Set(before.sheets.map(({ state }) => state))).toEqual(new Set(['open', 'submitted']))
    const told = await change({ choices: [{ interpretation: 'IR-03', option: 'linear' }] })
    const after = await readGrid(bureau, county.cycle)
    expect(new Set(after.sheets.map(({ state }) => state))).toEqual(new Set(['open']))
    const moved = after.sheets.filter(({ total }, at) => total !== before.sheets[at]!.total)
    expect(told).toEqual({ sheets: before.sheets.length, changed: moved.length })
    expect(moved.length).toBeGreaterThan(0)
    expect(
      await query(`select kind, reason, details -> 'to' ->> 'policy' as policy from change_set order by seq desc limit 1`),
    ).toEqual([{ kind: 'changePolicy', reason: '市人社局〔2026〕30号', policy: 'xinyi-1' }])
  })

  it('is not changed for another policy, without a paper, or by anybody else', async () => {
    expect(await change({ policy: 'baihe-1' })).toEqual({ code: 'cycle.otherPolicy' })
    expect(await change({ reason: ' ' })).toEqual({ code: 'reading.reason' })
    expect(await change({}, await county.signIn('joint'))).toEqual({ code: 'permission' })
    await query(`update sheet set state = 'filed', stage = 'filed' where cycle_id = $1 and line = 1`, [county.cycle])
    expect(await change({})).toEqual({ code: 'cycle.filed' })
  })
})
