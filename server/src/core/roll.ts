import type pg from 'pg'
import { insertRows } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { arrayLiteral } from '../base/sheet-row.ts'
import { dayIn, type Day } from '../rules/days.ts'
import type { Choices } from '../rules/facts.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { firstStage, stateOf } from '../rules/stages.ts'
import { evaluated } from './evaluated.ts'

/** The first and the last day of a year, or of a quarter (`q1` to `q4`) of it. */
export function spanOf(year: number, period: string): [from: Day, to: Day] {
  if (period === 'year') return [dayIn(year, 1, 1), dayIn(year, 12, 31)]
  const last = Number(period.slice(1)) * 3
  return [dayIn(year, last - 2, 1), dayIn(year, last, 31)]
}

/** One posting held in a cycle: what its sheet says of where and how long. */
export interface Taking {
  coordinator_id: string
  posting_id: string
  village_id: string
  town_id: string
  full_time: boolean
  days: number
}

/** Every posting held between two days, in the order of the roll; of everybody, or of these people. */
export async function roll(
  client: pg.Pool | pg.PoolClient,
  county: string,
  [from, to]: readonly [Day, Day],
  people?: readonly string[],
): Promise<Taking[]> {
  const { rows } = await client.query<Taking>(
    `select p.coordinator_id, p.id as posting_id, p.village_id, v.parent_id as town_id, p.full_time,
            least(coalesce(p.ends_on, $3::date), $3::date) - greatest(p.starts_on, $2::date) + 1 as days
       from posting p join unit v on v.county_id = p.county_id and v.id = p.village_id
       join unit t on t.county_id = v.county_id and t.id = v.parent_id
      where p.county_id = $1 and p.starts_on <= $3 and coalesce(p.ends_on, $3::date) >= $2
        and ($4::uuid[] is null or p.coordinator_id = any($4))
      order by t.code, v.code, p.starts_on, p.id`,
    [county, from, to, people ?? null],
  )
  return rows
}

/** Makes the sheets of postings in a cycle, as nobody has scored them yet; their numbers in the roll follow `after`. */
export async function insertSheets(
  client: pg.PoolClient,
  { county, cycle, now }: { county: string; cycle: string; now: Date },
  { policy, choices }: { policy: Policy; choices: Choices },
  taking: readonly Taking[],
  after = 0,
): Promise<string[]> {
  const stage = firstStage(policy)
  const { points, marks, total, missing, limits } = evaluated(policy, choices, {})
  const rows = taking.map((posting, at) => ({
    county_id: county,
    id: newId(now.getTime()),
    cycle_id: cycle,
    line: after + at + 1,
    ...posting,
    state: stateOf(stage),
    stage: stage.id,
    facts: {},
    beyond: {},
    points: arrayLiteral(points),
    marks,
    total,
    missing,
    limits: arrayLiteral(limits),
    seq: 0,
  }))
  await insertRows(client, 'sheet', rows)
  return rows.map(({ id }) => id)
}

/** Keeps who is posted where as it is until the transaction ends (`read`), or from everybody who makes sheets of it (`write`). */
export async function holdRoster(client: pg.PoolClient, county: string, to: 'read' | 'write'): Promise<void> {
  await client.query(`select pg_advisory_xact_lock${to === 'read' ? '_shared' : ''}(hashtextextended($1, 1))`, [
    `roster ${county}`,
  ])
}
