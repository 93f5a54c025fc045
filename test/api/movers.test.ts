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
interface Kept {
  sheet: string
  may: boolean
  proposed: string | null
  records: { id: string; from: string; may: boolean }[]
}
const attendanceOf = async (cycle: string, sheets: readonly { id: string }[]): Promise<Kept[]> => {
  const all = await tell<Kept[]>(
    await as('county'),
    'query ($c: ID!) { attendance(cycle: $c) { sheet may proposed records { id from may } } }',
    { c: cycle },
  )
  return sheets.map(({ id }) => (all as Kept[]).find(({ sheet }) => sheet === id)!)
}
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

  it.each(['submitted', 'filed'])(
    'a record is corrected as long as one sheet is open; the one %s stays as it is and is named',
    async (state) => {
      const [first, last] = [mover[0]!.id, mover.at(-1)!.id]
      const day = state === 'filed' ? '2026-07-09' : '2026-06-09'
      const [id] = (await absent(cycle, first, day)) as string[]
      const pass = (sheets: string[], as: string) => query('update sheet set state = $2 where id = any($1::uuid[])', [sheets, as])
      const ofDay = async (from: string) =>
        (await attendanceOf(cycle, mover)).map(({ records }) => records.find((one) => one.from === from))
      const counted = async (from: string) =>
        (
          await query<{ counts: boolean }>(
            `select beyond @> jsonb_build_object('absences', jsonb_build_array(jsonb_build_object('from', $2::text))) as counts
               from sheet where id = any($1::uuid[]) order by id = $3`,
            [[first, last], from, last],
          )
        ).map(({ counts }) => counts)
      const left = async () =>
        (
          await query<{ left: string[] }>(
            `select details -> 'left' as left from change_set where kind = 'absence' order by seq desc limit 1`,
          )
        )[0]!.left
      const correct = async (sheets: string[], record: string, from: string) =>
        tell<string[]>(
          await as('county'),
          `mutation ($c: ID!, $s: [ID!]!, $i: AttendanceInput!, $r: ID, $key: String!) { recordAbsence(cycle: $c, sheets: $s, input: $i, replaces: $r, key: $key) }`,
          { c: cycle, s: sheets, i: { kind: 'absence', from, to: day }, r: record, key: newKey() },
        )
      const takeBack = async (record: string) =>
        tell<number>(
          await as('county'),
          'mutation ($c: ID!, $r: ID!, $key: String!) { endAttendance(cycle: $c, record: $r, reason: "核对后更正", key: $key) }',
          { c: cycle, r: record, key: newKey() },
        )

      await pass([first], state)
      expect(await ofDay(day)).toMatchObject([{ may: true }, { may: true }])
      expect((await attendanceOf(cycle, mover)).map(({ may }) => may)).toEqual([false, true])
      const next = day.replace(/.$/, '8')
      // By whichever of the two sheets it is looked at.
      const [replaced] = (await correct([first], id!, next)) as string[]
      expect([await counted(day), await counted(next)]).toEqual([
        [true, false],
        [false, true],
      ])
      expect(await left()).toEqual([first])
      const [again] = (await correct([first, last], replaced!, day)) as string[]
      expect(await counted(day)).toEqual([true, true])
      expect(await left()).toEqual([])
      expect(await takeBack(again!)).toBe(1)
      expect(await counted(day)).toEqual([true, false])
      expect(await left()).toEqual([first])

      // With none of them open it is nobody's to correct, and nothing says that it is.
      await pass([first], 'open')
      const [kept] = (await absent(cycle, first, day)) as string[]
      await pass([first, last], state)
      expect(await ofDay(day)).toMatchObject([{ may: false }, { may: false }])
      expect(await takeBack(kept!)).toMatchObject({ code: 'attendance.notYours' })
      expect(await correct([last], kept!, next)).toMatchObject({ code: 'attendance.notYours' })
      await pass([first, last], 'open')
      expect(await takeBack(kept!)).toBe(1)
      expect(await counted(day)).toEqual([false, false])
    },
  )

  it('what one post lacks is lacking', async () => {
    const { sheets } = await readGrid(await as('town'), cycle)
    const own = sheets.find(({ id }) => id === mover[0]!.id)!
    expect((await save(await as('town'), cycle, [[own.id, 'devoted', own.cell.devoted!, null]])).leftOut).toEqual([])
    const result = of(await resultsFor(await as('county'), cycle), mover.at(-1)!.id)!
    expect(result.needs).toContain('scores')
  })
})

it('Xinyi: each posting proposes its own days of the record, and together the person’s', async () => {
  const held = await query<{ id: string; starts: string; ends: string | null }>(
    `select s.id, p.starts_on::text as starts, p.ends_on::text as ends from sheet s join posting p on p.id = s.posting_id
      where s.cycle_id = $1 and s.coordinator_id =
        (select coordinator_id from sheet where cycle_id = $1 group by coordinator_id having count(*) > 1 order by coordinator_id limit 1)
      order by p.starts_on`,
    [county.cycle],
  )
  expect(held).toHaveLength(2)
  // Two postings of the year: until the end of August, and from then on; three days, of which one in the second.
  await query(
    `update posting p set starts_on = case when s.id = $1 then date '2026-01-01' else date '2026-09-01' end,
                          ends_on = case when s.id = $1 then date '2026-08-30' end
       from sheet s where s.posting_id = p.id and s.id = any($2::uuid[])`,
    [held[0]!.id, held.map(({ id }) => id)],
  )
  const proposed = async () => (await attendanceOf(county.cycle, held)).map((one) => one.proposed)
  const before = (await attendanceOf(county.cycle, held)).flatMap(({ records }) => records)
  expect(before).toEqual([])
  await absent(county.cycle, held[1]!.id, '2026-08-27', '2026-08-28')
  await absent(county.cycle, held[0]!.id, '2026-09-01')
  expect(await proposed()).toEqual(['2', '1'])
  // A span over the move is shared out; Monday the 31st, on which neither was held, stays with the one that had been.
  await absent(county.cycle, held[0]!.id, '2026-08-27', '2026-09-02')
  expect(await proposed()).toEqual(['3', '2'])
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
