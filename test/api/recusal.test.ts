import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey, readGrid, save, undo } from './sheets.ts'
import { completeScores, decideGrades, explainFail, moveSheets, resultsFor, ruleSeats, tell } from './year.ts'

let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows

interface Person {
  sheet: string
  coordinator: string
  village: string
}
let town: string
let people: Person[]

beforeAll(async () => {
  county = await openCounty()
  town = (await query<{ id: string }>(`select id from unit where kind = 'town' order by code limit 1`))[0]!.id
  people = await query<Person>(
    `select s.id as sheet, s.coordinator_id as coordinator, s.village_id as village from sheet s
      where s.town_id = $1 and s.coordinator_id not in (select coordinator_id from role_grant where coordinator_id is not null)
        and (select count(*) from sheet o where o.coordinator_id = s.coordinator_id) = 1 order by s.line`,
    [town],
  )
})
afterAll(() => county.close())

const declare = async (
  login: string,
  { key = newKey(), relation = '配偶', ...given }: { coordinator: string; login?: string; relation?: string; key?: string },
) =>
  tell<string>(
    await as(login),
    `mutation ($coordinator: ID!, $relation: String!, $login: String, $key: String!) {
       declareRecusal(coordinator: $coordinator, relation: $relation, login: $login, key: $key) }`,
    { ...given, relation, key },
  )
const end = async (login: string, id: string, reason = '任职前关系已终止，见档案') =>
  tell<boolean>(
    await as(login),
    'mutation ($id: ID!, $reason: String!, $key: String!) { endRecusal(id: $id, reason: $reason, key: $key) }',
    {
      id,
      reason,
      key: newKey(),
    },
  )
const listed = async (login: string) =>
  (await tell<{ relation: string; mine: boolean; coordinator: string }[]>(
    await as(login),
    '{ recusals { relation mine coordinator } }',
  )) as {
    relation: string
  }[]
const one = (at: number) => people[at]!

describe('a relative', () => {
  it('is declared once, by oneself, and stands in the chain', async () => {
    const key = newKey()
    const made = await declare('town', { coordinator: one(0).coordinator, key })
    expect(made).toMatch(/^[0-9a-f-]{36}$/)
    expect(await declare('town', { coordinator: one(0).coordinator, key })).toBe(made)
    expect(await declare('town', { coordinator: one(0).coordinator })).toMatchObject({ code: 'recusal.standing' })
    expect(await declare('town', { coordinator: one(1).coordinator, relation: ' ' })).toMatchObject({ code: 'recusal.relation' })
    expect(await declare('town', { coordinator: '01900000-0000-7000-8000-000000000000' })).toMatchObject({
      code: 'recusal.person',
    })
    expect(await declare('town', { coordinator: one(1).coordinator, login: 'panel' })).toMatchObject({ code: 'recusal.others' })
    expect(await declare('security', { coordinator: one(1).coordinator, login: 'nobody' })).toMatchObject({
      code: 'recusal.account',
    })
    expect(
      await query(
        `select kind, details ->> 'coordinator' as of, details ->> 'relation' as relation from change_set where kind = 'recuse'`,
      ),
    ).toEqual([{ kind: 'recuse', of: one(0).coordinator, relation: '配偶' }])
  })

  it('is read by oneself and by the registrars, and found by name within one’s own sight', async () => {
    expect(await listed('town')).toEqual([expect.objectContaining({ relation: '配偶', mine: true })])
    expect(await listed('security')).toEqual([expect.objectContaining({ relation: '配偶', mine: false })])
    expect(await listed('town2')).toEqual([])
    const [far] = await query<{ name: string; id: string }>(
      `select c.name, c.id from coordinator c join sheet s on s.coordinator_id = c.id where s.town_id <> $1 limit 1`,
      [town],
    )
    const found = async (login: string) =>
      (
        (await tell<{ coordinator: string }[]>(
          await as(login),
          'query ($n: String!) { recusalPeople(name: $n) { coordinator } }',
          {
            n: far!.name,
          },
        )) as { coordinator: string }[]
      ).map(({ coordinator }) => coordinator)
    expect(await found('town')).not.toContain(far!.id)
    expect(await found('security')).toContain(far!.id)
  })
})

describe('what is a relative’s cannot be written', () => {
  it('cell by cell, while the same paste goes through for others; the grid says why', async () => {
    const { leftOut, applied } = await save(await as('town'), county.cycle, [
      [one(0).sheet, 'v1', null, 'yes'],
      [one(2).sheet, 'v1', null, 'yes'],
    ])
    expect(applied).toBe(1)
    expect(leftOut).toEqual([expect.objectContaining({ sheet: one(0).sheet, code: 'recused' })])
    const { sheets } = await readGrid(await as('town'), county.cycle)
    const mark = (sheet: string) => sheets.find(({ id }) => id === sheet)!.mayScore
    expect([mark(one(0).sheet), mark(one(2).sheet)]).toEqual(['r', 'y'])
    expect(
      (await tell<{ may: string[] }>(await as('town'), 'query ($s: ID!) { sheet(id: $s) { may } }', { s: one(0).sheet })).may,
    ).toEqual([])
    expect((await readGrid(await as('town2'), county.cycle)).sheets.find(({ id }) => id === one(0).sheet)!.mayScore).toBe('y')
    await save(await as('town2'), county.cycle, [[one(2).sheet, 'v1', 'yes', null]])
  })

  it('nor undone: a change made before the declaration stays', async () => {
    const { changeSet } = await save(await as('town'), county.cycle, [[one(3).sheet, 'v1', null, 'yes']])
    const made = await declare('county', { coordinator: one(3).coordinator, login: 'town', relation: '姻亲' })
    const undone = await undo(await as('town'), changeSet!)
    expect(undone.leftOut).toEqual([expect.objectContaining({ code: 'recused' })])
    expect(await end('county', made)).toBe(true)
  })

  it('nor signed on: a colleague signs the town, and it says so beforehand', async () => {
    await completeScores(await as('town2'), county.cycle, town)
    const stages = await tell<{ id: string; units: { unit: string; may: boolean; recused: boolean }[] }[]>(
      await as('town'),
      'query ($c: ID!) { stages(cycle: $c) { id units { unit may recused } } }',
      { c: county.cycle },
    )
    expect(stages.find(({ id }) => id === 'scoring')!.units.find(({ unit }) => unit === town)).toMatchObject({
      may: false,
      recused: true,
    })
    expect(await moveSheets(await as('town'), { cycle: county.cycle, unit: town, stage: 'scoring' })).toMatchObject({
      code: 'recused',
    })
    expect(await moveSheets(await as('town2'), { cycle: county.cycle, unit: town, stage: 'scoring' })).toMatchObject({
      stage: 'panel',
    })
  })

  it('nor graded, seated or explained by the panel', async () => {
    const results = await resultsFor(await as('panel'), county.cycle)
    const tied = results.filter(({ seat }) => seat === 'contested').map(({ sheet }) => sheet)
    expect(tied.length).toBeGreaterThan(1)
    const [of] = await query<{ coordinator: string }>('select coordinator_id as coordinator from sheet where id = $1', [tied[0]])
    const made = await declare('security', { coordinator: of!.coordinator, login: 'panel', relation: '兄妹' })
    expect(await ruleSeats(await as('panel'), { cycle: county.cycle, sheets: [tied[0]!] })).toMatchObject({ code: 'recused' })
    // To seat somebody else is to keep the relative out, and to leave them out is to seat somebody: neither is theirs.
    expect(await ruleSeats(await as('panel'), { cycle: county.cycle, sheets: [tied[1]!] })).toMatchObject({ code: 'recused' })
    expect(await decideGrades(await as('panel'), { cycle: county.cycle, sheets: [tied[0]!], grade: 'pass' })).toMatchObject({
      code: 'recused',
    })
    expect(await explainFail(await as('panel'), tied[0]!)).toMatchObject({ code: 'recused' })
    expect((await resultsFor(await as('panel'), county.cycle)).find(({ sheet }) => sheet === tied[0])!.may).toBe(false)
    expect(await end('panel', made)).toMatchObject({ code: 'permission' })
    expect(await end('security', made, ' ')).toMatchObject({ code: 'ruling.reason' })
    expect(await end('security', made)).toBe(true)
    expect(await end('security', made)).toMatchObject({ code: 'recusal.unknown' })
    expect(await ruleSeats(await as('panel'), { cycle: county.cycle, sheets: [tied[1]!] })).toBe(1)
  })

  it('nor let go by the bureau; one’s own declaration is ended by somebody else', async () => {
    const { cycle } = await tell<{ cycle: string }>(
      await as('county'),
      'mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle } }',
      { input: { year: 2026, policy: 'yingkou-1' }, key: newKey() },
    )
    const [sheet] = await query<{ id: string }>('select id from sheet where cycle_id = $1 and coordinator_id = $2', [
      cycle,
      one(5).coordinator,
    ])
    const step = async () =>
      tell(
        await as('county'),
        'mutation ($s: ID!, $key: String!) { recordLegalStep(sheet: $s, step: "rulesTold", text: "已告知", key: $key) }',
        { s: sheet!.id, key: newKey() },
      )
    const mine = await declare('county', { coordinator: one(5).coordinator })
    expect(await step()).toMatchObject({ code: 'recused' })
    expect(await end('county', mine)).toMatchObject({ code: 'recusal.own' })
    expect(await end('security', mine)).toBe(true)
    expect(await step()).toBe(true)
  })

  it('and nobody scores their own sheet, whatever role they hold beside it', async () => {
    const [own] = await query<{ account: string; sheet: string; town: string }>(
      `select g.account_id as account, s.id as sheet, s.town_id as town from role_grant g join sheet s on s.coordinator_id = g.coordinator_id where s.cycle_id = $1 limit 1`,
      [county.cycle],
    )
    await query(
      `insert into role_grant (county_id, id, account_id, role, unit_id)
       select county_id, gen_random_uuid(), account_id, 'townAssessor', $2 from role_grant where account_id = $1`,
      [own!.account, own!.town],
    )
    const { leftOut } = await save(await as('coordinator'), county.cycle, [[own!.sheet, 'v1', null, 'yes']])
    expect(leftOut).toEqual([expect.objectContaining({ code: 'recused' })])
  })
})
