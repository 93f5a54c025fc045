import type pg from 'pg'
import type { Hand } from '../ledger/act.ts'
import type { Changes, Turn } from '../ledger/chain.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import type { CycleRules } from '../core/cycles.ts'
import { isUuid } from '../base/database.ts'
import { mayAt, type Actor } from '../rules/access.ts'
import type { Day } from '../rules/days.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { mayKeepAttendance } from '../rules/reopened.ts'
import { placeColumns, whereOf, type PlacedRow, type SheetRow } from '../base/sheet-row.ts'
import { stillAsRead } from '../year/moves.ts'
import { keptColumns, type Kept } from '../core/recount.ts'
import { lockNamed, lockSheetsOf, type OpenSheet } from '../core/lock.ts'

/** Whether a sheet still takes attendance from those who record it: it is open, and no appeal restricts it to other things. */
export const takesAttendance = (policy: Policy, { state, reopened }: Pick<SheetRow, 'state' | 'reopened'>): boolean =>
  state === 'open' && mayKeepAttendance(policy, reopened)

/** Whether somebody may record attendance on a sheet now. */
export const mayKeep = (actor: Actor, policy: Policy, sheet: Pick<SheetRow, 'state' | 'reopened'> & PlacedRow): boolean =>
  takesAttendance(policy, sheet) && mayAt(actor, 'keepAttendance', whereOf(sheet))

/** Whether the caller may change or withdraw a record: the bureau any, others their own. */
export const mayEnd = (context: Context, { account }: Pick<Kept, 'account'>): boolean => {
  const actor = actorOf(context)
  return account === actor.id || actor.grants.some(({ role }) => role === 'countyBureau')
}

/** A sheet of a person with the first and last day of its posting. */
interface SheetOfPerson extends PlacedRow, Pick<SheetRow, 'id' | 'state' | 'reopened'> {
  startsOn: Day
  endsOn: Day | null
}

/** All the sheets of people in a cycle, by person, in the order of the roll, whether the caller may see them or not. */
export async function sheetsOfPeople(
  client: pg.Pool | pg.PoolClient,
  county: string,
  cycle: string,
  people: readonly string[],
): Promise<Map<string, SheetOfPerson[]>> {
  const { rows } = await client.query<SheetOfPerson>(
    `select s.id, s.state, s.reopened, ${placeColumns},
            p.starts_on::text as "startsOn", p.ends_on::text as "endsOn"
       from sheet s join posting p on p.county_id = s.county_id and p.id = s.posting_id
      where s.county_id = $1 and s.cycle_id = $2 and s.coordinator_id = any($3::uuid[]) order by s.line`,
    [county, cycle, people],
  )
  return Map.groupBy(rows, ({ coordinatorId }) => coordinatorId)
}

/**
 * The sheets under which a record is corrected: of the sheets of its person those that take attendance from the caller,
 * and of these only those named, if any is. If no sheet takes attendance from the caller, the answer is what was named,
 * or one sheet of the person, so that the check that follows refuses with the reason.
 */
export async function sheetsToCorrect(
  client: pg.PoolClient,
  context: Context,
  { id: cycle, policy }: CycleRules,
  record: string,
  named: readonly string[],
): Promise<readonly string[]> {
  const actor = actorOf(context)
  const { rows } = await client.query<{ person: string }>(
    'select coordinator_id as person from attendance where county_id = $1 and id = $2 and ended_seq is null',
    [actor.county, isUuid(record) ? record : null],
  )
  const own =
    (
      await sheetsOfPeople(
        client,
        actor.county,
        cycle,
        rows.map(({ person }) => person),
      )
    ).get(rows[0]?.person ?? '') ?? []
  const ids = own.map(({ id }) => id)
  if (named.some((id) => !ids.includes(id))) return named
  const kept = own.filter((one) => mayKeep(actor, policy, one)).map(({ id }) => id)
  const both = kept.filter((id) => named.includes(id))
  return [both, kept, named, ids.slice(0, 1)].find((some) => some.length > 0) ?? []
}

/**
 * Locks the sheets named, whose attendance the caller must be allowed to record, and all sheets of the same people in open
 * cycles, because a record counts on each of them. Throws
 * `sheet.unknown`, `recused`, `attendance.notYours`, `appeal.onlyNamed`, `cycle.closed`.
 */
export async function lockSheetsAndPeople(
  client: Hand['client'],
  context: Context,
  rules: CycleRules,
  sheets: readonly string[],
): Promise<{ named: SheetRow[]; all: OpenSheet[] }> {
  const actor = actorOf(context)
  const { rows: people } = await client.query<{ id: string }>(
    'select distinct coordinator_id as id from sheet where county_id = $1 and cycle_id = $2 and id = any($3::uuid[])',
    [actor.county, rules.id, sheets.filter(isUuid)],
  )
  const all = await lockSheetsOf(
    client,
    actor.county,
    people.map(({ id }) => id),
  )
  const rows = await lockNamed(client, context, rules.id, sheets)
  if (rows.some((row) => row.state !== 'open' || !mayAt(actor, 'keepAttendance', whereOf(row))))
    throw refusal(context, 'attendance.notYours')
  if (rows.some(({ reopened }) => !mayKeepAttendance(rules.policy, reopened))) throw refusal(context, 'appeal.onlyNamed')
  if (!(await stillAsRead(client, actor, rules))) throw refusal(context, 'cycle.closed')
  const own = new Map(all.map((row) => [row.id, row]))
  return { named: rows.map((row) => own.get(row.id) ?? row), all }
}

/** The sheets that were named and those that the recount changed, each with the given turns and the act's number. */
export function turned(
  named: readonly SheetRow[],
  recounted: readonly SheetRow[],
  seq: number,
  turns: (row: SheetRow) => Record<string, Turn>,
): { rows: SheetRow[]; changes: Changes } {
  const rows = [...new Map([...named, ...recounted].map((row) => [row.id, row])).values()]
  for (const row of rows) row.seq = seq
  return { rows, changes: new Map(rows.map((row) => [row.id, turns(row)])) }
}

/** Ends a record, of the caller's own or for the bureau any, and answers it as it was. Throws `attendance.unknown`, `attendance.others`. */
export async function endOne({ client }: Hand, context: Context, id: string, seq: number): Promise<Kept> {
  const { rows } = await client.query<Kept>(
    `select ${keptColumns} from attendance r where r.county_id = $1 and r.id = $2 and r.ended_seq is null for update`,
    [actorOf(context).county, isUuid(id) ? id : null],
  )
  const found = rows[0]
  if (!found) throw refusal(context, 'attendance.unknown')
  if (!mayEnd(context, found)) throw refusal(context, 'attendance.others')
  await client.query('update attendance set ended_seq = $3 where county_id = $1 and id = $2', [actorOf(context).county, id, seq])
  return found
}

/** A record as the history of a sheet tells it. */
export const spanOf = ({
  from,
  to,
  half,
  excused,
  onPost,
  kind,
}: Pick<Kept, 'from' | 'to' | 'half' | 'excused' | 'onPost' | 'kind'>): string =>
  kind === 'spotCheck'
    ? `${from} ${onPost ? '在岗' : '空岗'}`
    : `${from}${to === from ? '' : ` – ${to}`}${half ? ' 半天' : ''} ${excused ? '准假' : '旷工'}`
