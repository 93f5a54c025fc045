import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import type { Changes } from '../ledger/chain.ts'
import { policies } from '../base/policies.ts'
import { factsOf } from '../rules/assess.ts'
import type { Calendar } from '../rules/days.ts'
import type { Choices } from '../rules/facts.ts'
import { dossierOf, type Beyond } from '../rules/person.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { evaluated } from './evaluated.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import type { OpenSheet } from './lock.ts'
import { withDays, type KeptDay } from './days.ts'

export interface Kept extends KeptDay {
  id: string
  /** Whose it is, and where it was recorded. */
  coordinator: string
  cycle: string
  account: string
  by: string
  at: Date
}
export const keptColumns = `r.id, r.coordinator_id as coordinator, r.cycle_id as cycle, r.kind, r.first_day::text as "from", r.last_day::text as "to", r.half, r.excused,
  r.reason_given as "reasonGiven", r.on_post as "onPost", r.account_id as account, r.by, r.at`

/** The records of people that stand, earliest first, by person. */
export async function keptOf(
  client: pg.Pool | pg.PoolClient,
  county: string,
  people: readonly string[],
): Promise<Map<string, Kept[]>> {
  if (people.length === 0) return new Map()
  const { rows } = await client.query<Kept>({
    name: 'attendance-of-people',
    text: `select ${keptColumns} from attendance r
            where r.county_id = $1 and r.coordinator_id = any($2::uuid[]) and r.ended_seq is null order by r.first_day, r.id`,
    values: [county, people],
  })
  return Map.groupBy(rows, ({ coordinator }) => coordinator)
}

/** Everybody with a record of attendance, or with one still counted on a sheet. */
export async function peopleKept(client: pg.PoolClient, county: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select coordinator_id as id from attendance where county_id = $1 and ended_seq is null
     union select coordinator_id from sheet where county_id = $1 and beyond ? 'absences'`,
    [county],
  )
  return rows.map(({ id }) => id)
}

/** What a sheet came to and comes to: facts found from the records, and the total. */
export interface Recounted {
  sheet: string
  cycle: string
  before: Record<string, string>
  after: Record<string, string>
}

/** Sheets whose result changes when days are counted again. Sheets on file, or excluded by `follows`, stay as they are and are only named. */
export interface Recount {
  rows: OpenSheet[]
  changes: Changes
  changed: Recounted[]
  filed: string[]
}

/** The field of a sheet’s history that says what other records or another calendar made of it. */
export const CALENDAR = '@calendar'

/**
 * Locked sheets with the records that stand now, counted by the calendar as it is: those that come out otherwise are
 * worked out anew and given back with their turns, told in Chinese as all history is. Sheets on file stay as they are, and
 * so do those that `follows` leaves out; those of them that would come out otherwise are named. Stores nothing.
 */
export async function recount(
  client: pg.PoolClient,
  county: string,
  sheets: readonly OpenSheet[],
  calendar: Calendar,
  seq: number,
  follows: (policy: Policy, sheet: OpenSheet) => boolean = (_, { state }) => state !== 'filed',
): Promise<Recount> {
  const kept = await keptOf(client, county, [...new Set(sheets.map(({ coordinatorId }) => coordinatorId))])
  const done: Recount = { rows: [], changes: new Map(), changed: [], filed: [] }
  for (const sheet of sheets) {
    const version = policies().get(sheet.policyId)
    // A sheet whose policy file has changed cannot be recomputed; `pnpm replay` reports it.
    if (!version?.policy.absences || version.hash !== sheet.policyHash) continue
    const { policy } = version
    const beyond = withDays(sheet.beyond, kept.get(sheet.coordinatorId) ?? [], sheet.year, calendar)
    if (isDeepStrictEqual(beyond, sheet.beyond)) continue
    const [before, after] = [foundOf(policy, sheet), foundOf(policy, { ...sheet, beyond })]
    if (!follows(policy, sheet)) {
      if (!isDeepStrictEqual(before, after)) done.filed.push(sheet.id)
      continue
    }
    Object.assign(sheet, { beyond, ...evaluated(policy, sheet.choices, sheet.facts, beyond), seq })
    done.rows.push(sheet)
    done.changes.set(sheet.id, { [CALENDAR]: [said(policy, before), said(policy, after)] })
    if (!isDeepStrictEqual(before, after)) done.changed.push({ sheet: sheet.id, cycle: sheet.cycle, before, after })
  }
  return done
}

/** The facts that are found from records. */
function foundOf(
  policy: Policy,
  { facts: cells, beyond, choices }: { facts: SheetRow['facts']; beyond: Beyond; choices: Choices },
) {
  const facts = factsOf(policy, choices, dossierOf(cells, beyond))
  return Object.fromEntries(
    (policy.absences?.facts ?? []).flatMap(({ fact }) => (facts[fact] === undefined ? [] : [[fact, facts[fact]]])),
  )
}

const said = (policy: Policy, found: Record<string, string>): string =>
  Object.entries(found)
    .map(([fact, value]) => `${policy.facts.find(({ id }) => id === fact)?.title.zh ?? fact} ${value}`)
    .join('；')
