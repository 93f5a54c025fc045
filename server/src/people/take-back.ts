import { actorOf, refusal, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import { holdCalendar } from '../core/calendars.ts'
import { holdRoster } from '../core/roll.ts'
import { act, type Hand } from '../ledger/act.ts'
import { followPostings, type Followed } from './follow.ts'
import type { Writes } from './plan.ts'
import type { RosterImportType } from './roster.types.ts'

/** What an import keeps for being taken back. */
interface Kept {
  made: Record<'unit' | 'coordinator' | 'posting', string[]>
  was: Writes['update']
}

/** The imports of the county, latest first. */
export async function importsOf(context: Context): Promise<RosterImportType[]> {
  const { rows } = await context.pool.query<RosterImportType>(
    `select id, kind, file_name as "fileName", rows, created, updated, by, at, undone_seq is not null as "takenBack"
       from roster_import where county_id = $1 order by seq desc limit 50`,
    [actorOf(context).county],
  )
  return rows
}

/**
 * Takes a whole import back while nothing was built on it: what it made goes, what it changed is as before.
 * Throws `import.unknown`, and `import.builtOn` where something of it was changed since, or refers to it.
 */
export function takeBackImport(context: Context, id: string, key: string): Promise<Followed[]> {
  const actor = actorOf(context)
  const { county } = actor
  return act({ ...context, actor }, { kind: 'takeBack', cycle: null, key, says: [id] }, async (hand) => {
    const { client } = hand
    await holdRoster(client, county, 'write')
    await holdCalendar(client, county, 'read')
    const { rows } = isUuid(id)
      ? await client.query<{ before: Kept; kind: string }>(
          'select before, kind from roster_import where county_id = $1 and id = $2 and undone_seq is null for update',
          [county, id],
        )
      : { rows: [] }
    if (!rows[0]) throw refusal(context, 'import.unknown')
    const { made, was } = rows[0].before
    for (const change of was) await restored(hand, county, change, context)
    const people = await withPostings(client, county, made, was)
    // Its postings go first out of the running cycles, which give up sheets without content.
    await client.query(
      `update posting set starts_on = '9999-01-01', ends_on = null where county_id = $1 and id = any($2::uuid[])`,
      [county, made.posting],
    )
    const { followed, changes, rows: sheets } = await followPostings(hand, county, people, context.now)
    try {
      for (const table of ['posting', 'coordinator', 'unit'] as const)
        await client.query(`delete from ${table} where county_id = $1 and id = any($2::uuid[])`, [county, made[table]])
    } catch (error) {
      if ((error as { code?: string }).code === '23503') throw refusal(context, 'import.builtOn')
      throw error
    }
    await client.query('update roster_import set undone_seq = $3 where county_id = $1 and id = $2', [
      county,
      id,
      await hand.seq(),
    ])
    return { outcome: followed, details: { import: id, followed }, changes, rows: sheets }
  })
}

async function restored({ client }: Hand, county: string, { table, id, set, before }: Kept['was'][number], context: Context) {
  const columns = Object.keys(set)
  const same = columns.map((column) => `t.${column} is not distinct from v.${column}`).join(' and ')
  const { rowCount } = await client.query(
    `update ${table} t set ${columns.map((column) => `${column} = o.${column}`).join(', ')}
       from json_populate_record(null::${table}, $3) v, json_populate_record(null::${table}, $4) o
      where t.county_id = $1 and t.id = $2 and ${same}`,
    [county, id, JSON.stringify(set), JSON.stringify(before)],
  )
  if (rowCount !== 1) throw refusal(context, 'import.builtOn')
}

/** Everybody whose postings change when it is taken back. */
async function withPostings(client: Hand['client'], county: string, made: Kept['made'], was: Kept['was']): Promise<string[]> {
  const postings = [...made.posting, ...was.flatMap(({ table, id }) => (table === 'posting' ? [id] : []))]
  const { rows } = await client.query<{ id: string }>(
    'select distinct coordinator_id as id from posting where county_id = $1 and id = any($2::uuid[])',
    [county, postings],
  )
  return rows.map(({ id }) => id)
}
