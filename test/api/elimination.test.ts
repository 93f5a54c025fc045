import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey } from './sheets.ts'
import { fallenDecisions, tell } from './year.ts'

let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
let cycle: string
let sheets: string[]

/** Six people on post: a fifth of them, rounded down, is one. */
beforeAll(async () => {
  county = await openCounty()
  await query(
    `update posting set starts_on = '2030-01-01' where coordinator_id not in (
       select coordinator_id from posting p join unit v on v.id = p.village_id join unit t on t.id = v.parent_id
        where p.ends_on is null and (select count(*) from posting o where o.coordinator_id = p.coordinator_id) = 1
          and t.id = (select unit_id from role_grant g join account a on a.id = g.account_id where a.login = 'town')
        order by p.id limit 6)`,
  )
  cycle = (
    await tell<{ cycle: string }>(
      await as('county'),
      'mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle } }',
      { input: { year: 2026, policy: 'yingkou-1' }, key: newKey() },
    )
  ).cycle
  sheets = (await query<{ id: string }>('select id from sheet where cycle_id = $1 order by line', [cycle])).map(({ id }) => id)
  expect(sheets.length).toBe(6)
})
afterAll(() => county.close())

/** The district's daily review of one person, signed by the bureau’s officer, with one mark in every dimension. */
async function review(sheet: string, mark: string, login = 'county'): Promise<void> {
  const { raters } = await tell<{ raters: string[] }>(
    await as('town'),
    `mutation ($c: ID!, $s: [ID!]!, $login: String!, $key: String!) { inviteRaters(cycle: $c, sheets: $s, group: "district", people: [{ login: $login }], key: $key) { raters } }`,
    { c: cycle, s: [sheet], login, key: newKey() },
  )
  const marks = ['conduct', 'ability', 'attitude', 'performance'].map((dimension) => ({ dimension, mark }))
  expect(
    await tell(
      await as(login),
      'mutation ($c: ID!, $r: ID!, $m: [MarkInput!]!, $key: String!) { castBallot(cycle: $c, rater: $r, given: $m, key: $key) }',
      { c: cycle, r: raters[0], m: marks, key: newKey() },
    ),
  ).toBe(true)
}
interface List {
  cap: number
  base: string
  candidates: { sheet: string; fromLast: number; measure: string; stepsMissing: string[] }[]
  contested: { sheet: string }[]
  unmeasured: { sheet: string }[]
  left: number
}
const ruleLast = async (login: string, who: string[], reason = '群众反映集中') =>
  tell<number>(
    await as(login),
    'mutation ($c: ID!, $s: [ID!]!, $r: String!, $key: String!) { ruleElimination(cycle: $c, sheets: $s, reason: $r, key: $key) }',
    { c: cycle, s: who, r: reason, key: newKey() },
  )
const list = async (login = 'county'): Promise<List> =>
  (
    (await tell<List[]>(
      await as(login),
      `query ($c: ID!) { eliminations(cycle: $c) { cap base left candidates { sheet fromLast measure stepsMissing } contested { sheet } unmeasured { sheet } } }`,
      { c: cycle },
    )) as List[]
  )[0]!
const dismissals = async (login = 'county') =>
  (await tell<{ sheet: string; grounds: string[] }[]>(
    await as(login),
    'query ($c: ID!) { dismissals(cycle: $c) { sheet grounds } }',
    { c: cycle },
  )) as { sheet: string; grounds: string[] }[]
const decide = async (sheet: string) =>
  tell(await as('county'), 'mutation ($s: ID!, $key: String!) { decideDismissal(sheet: $s, reason: "末位", key: $key) }', {
    s: sheet,
    key: newKey(),
  })

it('lists nobody without a record, and says who has none', async () => {
  expect(await list()).toMatchObject({ cap: 1, base: '6', candidates: [], contested: [] })
  expect((await list()).unmeasured.length).toBe(6)
  expect(await dismissals()).toEqual([])
  expect(await decide(sheets[0]!)).toMatchObject({ code: 'ruling.noGround' })
})

it('lists nobody while somebody is without a record: the last of a part is not the last of all', async () => {
  await review(sheets[0]!, '95')
  expect(await list()).toMatchObject({ candidates: [], contested: [] })
  expect((await list()).unmeasured.length).toBe(5)
})

it('leaves two who tie for the one place contested, until the bureau rules with a reason', async () => {
  for (const [at, mark] of ['61', '61', '80', '70', '90'].entries()) await review(sheets[at + 1]!, mark)
  const tied = [sheets[1]!, sheets[2]!]
  const { candidates, contested, unmeasured, left } = await list()
  expect([candidates, unmeasured, left]).toEqual([[], [], 1])
  expect(contested.map(({ sheet }) => sheet).toSorted()).toEqual(tied.toSorted())
  expect(await ruleLast('town', [tied[0]!])).toMatchObject({ code: 'permission' })
  expect(await ruleLast('county', [sheets[3]!])).toMatchObject({ code: 'ruling.notContested' })
  expect(await ruleLast('county', tied)).toMatchObject({ code: 'ruling.tooMany' })
  expect(await ruleLast('county', [tied[0]!], ' ')).toMatchObject({ code: 'ruling.reason' })
  expect(await ruleLast('county', [tied[0]!])).toBe(1)
  expect(await list()).toMatchObject({ candidates: [{ sheet: tied[0], fromLast: 1, measure: '61' }], contested: [], left: 0 })
})

it('lets the ruling fall when a third comes to tie, and says what changed', async () => {
  await review(sheets[3]!, '42', 'city') // with 80 before it, 61 on average
  const tied = [sheets[1]!, sheets[2]!, sheets[3]!]
  const { candidates, contested } = await list()
  expect(candidates).toEqual([])
  expect(contested.map(({ sheet }) => sheet).toSorted()).toEqual(tied.toSorted())
  const fallen = await fallenDecisions(await as('county'), cycle)
  expect(fallen).toMatchObject([{ kind: 'elimination', sheets: [tied[0]], changes: '同分的人 2 人 → 3 人' }])
  expect(await fallenDecisions(await as('town'), cycle)).toEqual([])
})

it('lists the last with every step of the law missing, and being last never allows the decision', async () => {
  await review(sheets[2]!, '59', 'city') // with 61 before it, 60 on average
  const { candidates } = await list()
  expect(candidates).toEqual([{ sheet: sheets[2], fromLast: 1, measure: '60', stepsMissing: expect.any(Array) }])
  expect(candidates[0]!.stepsMissing.length).toBe(9)
  const [person] = await dismissals()
  expect(person!.sheet).toBe(sheets[2])
  expect(person!.grounds.join()).toContain('排在末位本身不是解除的理由')
  expect(await decide(sheets[2]!)).toMatchObject({ code: 'ruling.missing', says: expect.stringContaining('不能胜任有记录') })
  await tell(
    await as('county'),
    'mutation ($s: ID!, $key: String!) { recordLegalStep(sheet: $s, step: "notice", text: "已送达", key: $key) }',
    {
      s: sheets[2],
      key: newKey(),
    },
  )
  expect((await list()).candidates[0]!.stepsMissing.length).toBe(8)
  expect(await decide(sheets[2]!)).toMatchObject({ code: 'ruling.missing' })
})

it('is of the whole county: a town has no such list', async () => {
  expect(await tell(await as('town'), 'query ($c: ID!) { eliminations(cycle: $c) { cap } }', { c: cycle })).toMatchObject({
    code: 'permission',
  })
  expect(await dismissals('town')).toEqual([])
})
