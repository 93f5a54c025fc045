import type pg from 'pg'
import { inTransaction } from '../base/database.ts'
import { chained, type ChangeHead, type Changes, type Turn } from './chain.ts'

/** Whether a county's history is as it was written; if not, the number of the first change set that is not. */
export interface Verified {
  ok: boolean
  firstBroken?: number
  /** How many change sets were looked at. */
  acts: number
}

interface Link extends ChangeHead {
  seq: number
  hash: string
  sheet: string | null
  cells: Record<string, Turn> | null
}

const batch = 500

/**
 * Recomputes the chain of a county from what is stored and compares every hash, and the last with the county's. One
 * snapshot, read by a cursor: however long the history, one change set is held at a time. A head that was kept elsewhere
 * must be found among the hashes: without one, whoever rewrote everything or cut off the end could not be told.
 */
export function verifyChain(pool: pg.Pool, county: string, kept?: string): Promise<Verified> {
  return inTransaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only')
    const { rows: heads } = await client.query<{ seq: number; hash: string }>(
      'select chain_seq as seq, chain_hash as hash from county where id = $1',
      [county],
    )
    const end = { seq: 0, hash: '' }
    let keptFound = kept === undefined
    for await (const { head, changes } of changeSets(client, county)) {
      const expected = end.seq + 1
      if (head.seq !== expected || head.hash !== chained(end.hash, expected, head, changes))
        return { ok: false, firstBroken: expected, acts: end.seq }
      if (head.hash === kept) keptFound = true
      end.seq = head.seq
      end.hash = head.hash
    }
    const [told] = heads
    // A tail that was cut off, or a head that was moved.
    const whole = told !== undefined && told.seq === end.seq && told.hash === end.hash && keptFound
    return whole ? { ok: true, acts: end.seq } : { ok: false, firstBroken: end.seq + 1, acts: end.seq }
  })
}

async function* changeSets(client: pg.PoolClient, county: string): AsyncGenerator<{ head: Link; changes: Changes }> {
  await client.query(
    `declare links no scroll cursor for
     select h.seq, h.id, h.county_id as county, h.cycle_id as cycle, h.account_id as account, h.by, h.at, h.kind, h.undoes, h.key,
            h.behalf, h.address, h.policy, h.reason, h.details::text as details, h.outcome::text as outcome, h.hash, s.sheet_id as sheet, s.cells
       from change_set h left join sheet_change s on s.county_id = h.county_id and s.seq = h.seq
      where h.county_id = $1 order by h.seq, s.sheet_id`,
    [county],
  )
  let current: { head: Link; changes: Changes } | undefined
  for (;;) {
    const { rows } = await client.query<Link>(`fetch ${batch} from links`)
    for (const row of rows) {
      if (current?.head.seq !== row.seq) {
        if (current) yield current
        current = { head: { ...row, at: new Date(row.at) }, changes: new Map() }
      }
      if (row.sheet !== null) current.changes.set(row.sheet, row.cells ?? {})
    }
    if (rows.length < batch) break
  }
  if (current) yield current
}
