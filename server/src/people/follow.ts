import type pg from 'pg'
import { policies } from '../base/policies.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import { calendarOf } from '../core/calendars.ts'
import { recount } from '../core/recount.ts'
import { lockSheetsOf } from '../core/lock.ts'
import { insertSheets, roll, spanOf, type Taking } from '../core/roll.ts'
import type { Changes, Turn } from '../ledger/chain.ts'
import type { Hand } from '../ledger/act.ts'
import type { Choices } from '../rules/facts.ts'

/** What became of a running cycle when people came, moved or left. */
export interface Followed {
  cycle: string
  year: number
  /** Sheets that were made, that changed (days, village, full-time), and that fell away. */
  added: number
  changed: number
  removed: number
  /** Sheets that no longer match their posting and stay as they are: on file, scored, or under a policy file that has changed. */
  kept: number
}

interface OpenCycle {
  id: string
  year: number
  period: string
  policyId: string
  policyHash: string
  choices: Choices
  leftOut: { coordinator: string; idle?: true }[]
}

/** A sheet with its posting as it stood when the sheet was made or last followed. */
interface Posted extends Taking {
  sheet: string
}

/** The fields of a sheet’s history that say where and how long its post was held. */
const told = { days: '@days', village_id: '@village', full_time: '@fullTime' } as const

/**
 * Makes running cycles follow the postings of people: a sheet for each posting held in the cycle’s time, with its days.
 * Sheets are locked first, then the cycles, as everywhere; new sheets are numbered under the roster’s own lock. Whoever was left out of a cycle for a reason stays out.
 */
export async function followPostings(
  { client, seq }: Hand,
  county: string,
  people: readonly string[],
  now: Date,
): Promise<{ followed: Followed[]; changes: Changes; rows: SheetRow[] }> {
  const changes: Changes = new Map()
  const rows: SheetRow[] = []
  const followed: Followed[] = []
  if (people.length === 0) return { followed, changes, rows }
  const locked = new Map((await lockSheetsOf(client, county, people)).map((sheet) => [sheet.id, sheet]))
  const made: string[] = []
  for (const cycle of await openCycles(client, county)) {
    const version = policies().get(cycle.policyId)
    const out = new Set(cycle.leftOut.flatMap(({ coordinator, idle }) => (idle ? [] : [coordinator])))
    const taking = (await roll(client, county, spanOf(cycle.year, cycle.period), people)).filter(
      ({ coordinator_id: person }) => !out.has(person),
    )
    const posted = await postedIn(client, county, cycle.id, people)
    const sheetOf = new Map(posted.map((one) => [one.posting_id, one]))
    const done: Followed = { cycle: cycle.id, year: cycle.year, added: 0, changed: 0, removed: 0, kept: 0 }

    const fresh = taking.filter(({ posting_id: posting }) => !sheetOf.has(posting))
    if (fresh.length > 0 && version?.hash === cycle.policyHash) {
      const after = await lastLine(client, county, cycle.id)
      const sheets = await insertSheets(
        client,
        { county, cycle: cycle.id, now },
        { policy: version.policy, choices: cycle.choices },
        fresh,
        after,
      )
      made.push(...sheets)
      done.added = fresh.length
    } else done.kept += fresh.length

    for (const now of taking) {
      const before = sheetOf.get(now.posting_id)
      if (!before) continue
      const turns = turnsOf(before, now)
      if (Object.keys(turns).length === 0) continue
      const row = locked.get(before.sheet)
      if (!row || row.state === 'filed') {
        done.kept += 1
        continue
      }
      await client.query(
        `update sheet set days = $3, full_time = $4, village_id = $5, town_id = $6 where county_id = $1 and id = $2`,
        [county, before.sheet, now.days, now.full_time, now.village_id, now.town_id],
      )
      changes.set(row.id, turns)
      rows.push(Object.assign(row, { villageId: now.village_id, townId: now.town_id }))
      done.changed += 1
    }

    const stays = new Set(taking.map(({ posting_id: posting }) => posting))
    for (const { posting_id: posting, sheet } of posted) {
      if (stays.has(posting)) continue
      const row = locked.get(sheet)
      const bare = row && row.state !== 'filed' && Object.keys(row.facts).length === 0 && Object.keys(row.beyond).length === 0
      if (bare && (await removed(client, county, sheet))) done.removed += 1
      else done.kept += 1
    }
    if (done.added + done.changed + done.removed + done.kept > 0) followed.push(done)
    const entered = fresh.filter(({ coordinator_id: person }) =>
      cycle.leftOut.some((one) => one.idle && one.coordinator === person),
    )
    if (done.added > 0 && entered.length > 0)
      await client.query(
        `update cycle set left_out = coalesce((select jsonb_agg(one) from jsonb_array_elements(left_out) one
                                                where not (one ? 'idle' and one ->> 'coordinator' = any($3))), '[]')
          where county_id = $1 and id = $2`,
        [county, cycle.id, entered.map(({ coordinator_id: person }) => person)],
      )
  }
  // The end of the chain last: whoever saves cells meanwhile waits for it, and holds the cycle that was asked for above.
  const number = await seq()
  for (const row of rows) row.seq = number
  // Records of somebody who comes back count on the new sheet too.
  const again = (await lockSheetsOf(client, county, people)).filter(({ id }) => made.includes(id))
  const counted = await recount(client, county, again, await calendarOf(client, county), number)
  for (const [sheet, turns] of counted.changes) changes.set(sheet, turns)
  return { followed, changes, rows: [...rows, ...counted.rows] }
}

async function openCycles(client: pg.PoolClient, county: string): Promise<OpenCycle[]> {
  const { rows } = await client.query<OpenCycle>(
    `select id, year, period, policy_id as "policyId", policy_hash as "policyHash", choices, left_out as "leftOut"
       from cycle where county_id = $1 and state = 'open' order by year, id for share`,
    [county],
  )
  return rows
}

async function postedIn(client: pg.PoolClient, county: string, cycle: string, people: readonly string[]): Promise<Posted[]> {
  const { rows } = await client.query<Posted>(
    `select s.id as sheet, s.coordinator_id, s.posting_id, s.village_id, s.town_id, s.full_time, s.days
       from sheet s where s.county_id = $1 and s.cycle_id = $2 and s.coordinator_id = any($3::uuid[])`,
    [county, cycle, people],
  )
  return rows
}

async function lastLine(client: pg.PoolClient, county: string, cycle: string): Promise<number> {
  const { rows } = await client.query<{ line: number }>(
    'select coalesce(max(line), 0) as line from sheet where county_id = $1 and cycle_id = $2',
    [county, cycle],
  )
  return rows[0]!.line
}

function turnsOf(before: Posted, now: Taking): Record<string, Turn> {
  return Object.fromEntries(
    (Object.keys(told) as (keyof typeof told)[]).flatMap((column) =>
      before[column] === now[column] ? [] : [[told[column], [String(before[column]), String(now[column])] satisfies Turn]],
    ),
  )
}

/** Takes away a sheet on which nothing was recorded. False where something else refers to it. */
async function removed(client: pg.PoolClient, county: string, sheet: string): Promise<boolean> {
  await client.query('savepoint sheet')
  try {
    await client.query('delete from sheet where county_id = $1 and id = $2', [county, sheet])
    await client.query('release savepoint sheet')
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== '23503') throw error
    await client.query('rollback to savepoint sheet')
    return false
  }
}
