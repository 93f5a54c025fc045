import type pg from 'pg'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import { sheetRowColumns, whereOf, type SheetRow } from '../base/sheet-row.ts'
import { isRecused, maySee } from '../rules/access.ts'
import type { Choices } from '../rules/facts.ts'

/**
 * The one place where sheets are locked. Rows are locked in the order of their ids, so that two large writes wait for
 * each other and never in a circle; the key of a sheet does not change, so that rows that refer to it can be added
 * meanwhile (`no key`).
 */
const LOCK = 'order by s.id for no key update of s'

type Client = pg.Pool | pg.PoolClient

/** Which sheets: those with these ids, in a cycle or in any; all of a cycle; or those that `sheetsAt` describes. */
export type Which =
  | { ids: readonly string[]; cycle?: string }
  | { cycle: string }
  | { cycle: string; at: { sql: string; values: readonly unknown[] } }

/** Reads sheets as they are stored, in no particular order. */
export const readSheets = (client: Client, county: string, which: Which): Promise<SheetRow[]> =>
  rowsOf(client, county, which, 'read', '')

/** Locks sheets until the transaction ends, and answers them as they are stored, in the order of their ids. */
export const lockSheets = (client: pg.PoolClient, county: string, which: Which): Promise<SheetRow[]> =>
  rowsOf(client, county, which, 'lock', LOCK)

async function rowsOf(client: Client, county: string, which: Which, verb: string, end: string): Promise<SheetRow[]> {
  const { name, condition, values } = conditionOf(which)
  const { rows } = await client.query<SheetRow>({
    ...(name === undefined ? {} : { name: `${verb}-${name}` }),
    text: `select ${sheetRowColumns} from sheet s where ${condition} ${end}`,
    values: [county, ...values],
  })
  return rows
}

/** The condition over `s`, with the county as `$1`; a name where the statement is prepared once a connection. */
function conditionOf(which: Which): { name?: string; condition: string; values: unknown[] } {
  if ('at' in which) return { condition: which.at.sql, values: [which.cycle, ...which.at.values] }
  if (!('ids' in which))
    return { name: 'sheets-of-cycle', condition: 's.county_id = $1 and s.cycle_id = $2', values: [which.cycle] }
  const ids = [...new Set(which.ids)].filter(isUuid)
  // A single id in the plain form: the set-based one is planned worse.
  const [one, named] = ids.length === 1 ? ['sheet', 's.id = $2'] : ['sheets', 's.id = any($2::uuid[])']
  const given = ids.length === 1 ? ids[0] : ids
  return which.cycle === undefined
    ? { name: one, condition: `s.county_id = $1 and ${named}`, values: [given] }
    : { name: `${one}-in-cycle`, condition: `s.county_id = $1 and ${named} and s.cycle_id = $3`, values: [given, which.cycle] }
}

/** The sheets named, locked. Throws `sheet.unknown` for one that is not in the cycle or that the caller may not see. */
export async function lockSeen(
  client: pg.PoolClient,
  context: Context,
  cycle: string,
  ids: readonly string[],
): Promise<SheetRow[]> {
  const actor = actorOf(context)
  const rows = await lockSheets(client, actor.county, { ids, cycle })
  if (rows.length === 0 || rows.length < new Set(ids).size || rows.some((row) => !maySee(actor, whereOf(row))))
    throw refusal(context, 'sheet.unknown')
  return rows
}

/** The same, to judge of them: not of oneself, nor of relatives. Throws `recused` too. */
export async function lockNamed(...given: Parameters<typeof lockSeen>): Promise<SheetRow[]> {
  const rows = await lockSeen(...given)
  const [, context] = given
  if (rows.some((row) => isRecused(actorOf(context), whereOf(row)))) throw refusal(context, 'recused')
  return rows
}

/** A sheet of an open cycle with what its cycle is judged by. */
export interface OpenSheet extends SheetRow {
  cycle: string
  year: number
  policyId: string
  policyHash: string
  choices: Choices
}

/**
 * The sheets of people in all open cycles, locked. A person’s records count on each of them, so that whoever changes
 * records takes them all before any other sheet.
 */
export async function lockSheetsOf(client: pg.PoolClient, county: string, people: readonly string[]): Promise<OpenSheet[]> {
  const { rows } = await client.query<OpenSheet>({
    name: 'lock-sheets-of-people',
    text: `select ${sheetRowColumns}, s.cycle_id as cycle, c.year, c.policy_id as "policyId", c.policy_hash as "policyHash", c.choices
             from sheet s join cycle c on c.county_id = s.county_id and c.id = s.cycle_id
            where s.county_id = $1 and s.coordinator_id = any($2::uuid[]) and c.state = 'open' ${LOCK}`,
    values: [county, people],
  })
  return rows
}
