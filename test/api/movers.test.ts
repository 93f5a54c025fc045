import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey, readGrid, save, type Cell } from './sheets.ts'
import { resultsFor, tell, type Result } from './year.ts'

// Who moved within the year has one result, and every question shows the same one.
let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows

interface Posting {
  id: string
  coordinator: string
  town: string
}
/** Of a cycle just opened: the postings of somebody who moved within the town, and everybody else's there. */
async function open(policy: string): Promise<{ cycle: string; mover: Posting[]; others: Posting[] }> {
  const { cycle } = await tell<{ cycle: string }>(
    await as('county'),
    'mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle } }',
    { input: { year: 2026, policy }, key: newKey() },
  )
  const rows = await query<Posting>(
    `select s.id, s.coordinator_id as coordinator, s.town_id as town from sheet s join posting p on p.id = s.posting_id
      where s.cycle_id = $1 and (p.ends_on is null or p.coordinator_id in (select coordinator_id from posting where starts_on = '2026-05-01'))
        and s.town_id = (select g.unit_id from role_grant g join account a on a.id = g.account_id where a.login = 'town')
      order by p.starts_on, s.line`,
    [cycle],
  )
  const people = [...Map.groupBy(rows, ({ coordinator }) => coordinator).values()]
  const mover = people.find((postings) => postings.length > 1)!
  return { cycle, mover, others: rows.filter((row) => !mover.includes(row)) }
}

beforeAll(async () => {
  county = await openCounty()
  // One person of the town moves from a village to its neighbour in May; the town of the demo has nobody who did.
  const [stays] = await query<{ id: string; village: string; other: string }>(
    `select p.id, p.village_id as village, (select o.id from unit o where o.parent_id = v.parent_id and o.id <> v.id order by o.code limit 1) as other
       from posting p join unit v on v.id = p.village_id
       join role_grant g on g.unit_id = v.parent_id join account a on a.id = g.account_id and a.login = 'town'
      where p.ends_on is null and not exists (select from posting o where o.coordinator_id = p.coordinator_id and o.id <> p.id)
      order by p.id limit 1`,
  )
  await query(
    `insert into posting select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'starts_on', '2026-05-01', 'village_id', $2::text))).*
       from posting p where p.id = $1`,
    [stays!.id, stays!.other],
  )
  await query(`update posting set ends_on = '2026-04-30' where id = $1`, [stays!.id])
})
afterAll(() => county.close())

const of = (all: Result[], sheet: string) => all.find((one) => one.sheet === sheet)
const explained = async (sheet: string) =>
  (
    await (
      await as('county')
    ).ask('query ($s: ID!) { explain(sheet: $s) { total yearTotal grade gradeReasons { says } limitsNotHit { name } } }', {
      s: sheet,
    })
  ).data.explain
const quotaOf = async (cycle: string, town: string) =>
  (
    await tell<{ base: string; cap: number; taken: number }[]>(
      await as('county'),
      'query ($c: ID!, $u: ID!) { quota(cycle: $c, unit: $u) { base cap taken } }',
      { c: cycle, u: town },
    )
  )[0]!
const absent = async (cycle: string, sheet: string, from: string, to = from) =>
  tell<string[]>(
    await as('county'),
    `mutation ($c: ID!, $s: [ID!]!, $i: AttendanceInput!, $key: String!) { recordAbsence(cycle: $c, sheets: $s, input: $i, key: $key) }`,
    { c: cycle, s: [sheet], i: { kind: 'absence', from, to }, key: newKey() },
  )
/** Records what a typical good year is for these sheets, with some fields otherwise. */
async function record(cycle: string, sheets: readonly string[], facts: Record<string, string>): Promise<void> {
  const { sheets: rows } = await readGrid(await as('town'), cycle)
  const cells = sheets.flatMap((id) => {
    const seen = rows.find((row) => row.id === id)!.cell
    return Object.entries(facts).map(([field, value]): Cell => [id, field, seen[field] || null, value])
  })
  expect((await save(await as('town'), cycle, cells)).leftOut).toEqual([])
}

describe('Yingkou: four absence rules and conditions', () => {
  let cycle: string
  let mover: Posting[]
  const good = { devoted: 'yes', work: 'alone', errors: 'none', team: 'helps', tasks: 'excellently' }

  beforeAll(async () => {
    ;({ cycle, mover } = await open('yingkou-1'))
    const { columns } = await readGrid(await as('town'), cycle)
    expect(columns.map(({ field }) => field)).toEqual(expect.arrayContaining(Object.keys(good)))
  })

  it('days of absence far apart add up and make no run; results and reasons agree', async () => {
    for (const { id } of mover) await record(cycle, [id], good)
    expect(await absent(cycle, mover[0]!.id, '2026-03-03', '2026-03-04')).toHaveLength(1)
    expect(await absent(cycle, mover[1]!.id, '2026-10-20')).toHaveLength(1)
    const last = mover.at(-1)!.id
    const result = of(await resultsFor(await as('county'), cycle), last)
    expect(result).toMatchObject({ grade: 'excellent', needs: [] })
    for (const { id } of mover) expect(await explained(id)).toMatchObject({ grade: 'excellent' })
    expect(of(await resultsFor(await as('county'), cycle), mover[0]!.id)).toBeUndefined() // one person, one result
  })

  it('an absence over the move is one run', async () => {
    expect(await absent(cycle, mover[0]!.id, '2026-04-29', '2026-04-30')).toHaveLength(1)
    expect(await absent(cycle, mover[1]!.id, '2026-05-06')).toHaveLength(1) // 1 to 5 May are off
    expect(of(await resultsFor(await as('county'), cycle), mover.at(-1)!.id)).toMatchObject({ grade: 'unfit' })
    for (const { id } of mover) {
      const { grade, gradeReasons } = await explained(id)
      expect(grade).toBe('unfit')
      expect(gradeReasons.map(({ says }: { says: string }) => says).join()).toContain('天')
    }
  })

  it('what one post lacks is lacking', async () => {
    const { sheets } = await readGrid(await as('town'), cycle)
    const own = sheets.find(({ id }) => id === mover[0]!.id)!
    expect((await save(await as('town'), cycle, [[own.id, 'devoted', own.cell.devoted!, null]])).leftOut).toEqual([])
    const result = of(await resultsFor(await as('county'), cycle), mover.at(-1)!.id)!
    expect(result.needs).toContain('scores')
  })
})

describe('the district: every condition of excellent at both posts', () => {
  it('is excellent and seated, counted once in a base of eleven', async () => {
    const { cycle, mover, others } = await open('district-1')
    const { columns } = await readGrid(await as('town'), cycle)
    const typical: Record<string, string> = {
      duties: 'skilled',
      conduct: 'model',
      targets: 'full',
      community: 'named',
      complaints: 'none',
      reports: 'exact',
      discord: 'no',
      satisfaction: '90',
    }
    const fields = columns.map(({ field }) => field)
    const facts = Object.fromEntries(Object.entries(typical).filter(([field]) => fields.includes(field)))
    await query(
      `update posting set starts_on = '2030-01-01' where id in (select posting_id from sheet where id = any($1::uuid[]))`,
      [others.slice(10).map(({ id }) => id)],
    )
    const ids = (of: Posting[]) => of.map(({ id }) => id)
    await record(cycle, ids(mover), facts)
    await record(cycle, ids(others.slice(0, 10)), { ...facts, satisfaction: '80' })
    const result = of(await resultsFor(await as('county'), cycle), mover.at(-1)!.id)
    expect(result).toMatchObject({ grade: 'excellent', seat: 'in', needs: [] })
    const quota = (
      await (
        await as('county')
      ).ask('query ($c: ID!, $u: ID!) { quota(cycle: $c, unit: $u) { base cap taken } }', {
        c: cycle,
        u: mover[0]!.town,
      })
    ).data.quota
    expect(quota).toEqual([{ base: '11', cap: 1, taken: 1 }])
    for (const { id } of mover) expect((await explained(id)).grade).toBe('excellent')

    await query(`update cycle set choices = '{"KH-33": "registered"}' where id = $1`, [cycle])
    const registered = await query<{ people: number; posts: number }>(
      'select count(distinct coordinator_id)::int as people, count(*)::int as posts from sheet where cycle_id = $1 and town_id = $2',
      [cycle, mover[0]!.town],
    )
    expect(registered[0]!.posts).toBeGreaterThan(registered[0]!.people)
    expect((await quotaOf(cycle, mover[0]!.town)).base).toBe(String(registered[0]!.people))
  })
})
