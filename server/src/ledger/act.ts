import { createHash } from 'node:crypto'
import type pg from 'pg'
import { inTransaction } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { refuse } from '../base/refuse.ts'
import type { Actor } from '../rules/access.ts'
import type { Lang } from '../rules/text.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import { sentence } from '../base/words.ts'
import { behalfOf, lockChain, appendChangeSet, type Changes } from './chain.ts'
import type { ChangeKind } from './kinds.ts'

/** Who does something, in which language they are answered, when, and from where. */
export interface Doer {
  pool: pg.Pool
  actor: Actor
  lang: Lang
  now: Date
  address: string
}

export interface Doing {
  kind: ChangeKind
  /** The cycle it belongs to; none for accounts. */
  cycle: string | null
  /** Made by the client, one an action; the same when it is sent again. */
  key: string
  /** What the call asks for, to tell it from another under the same key. */
  says: unknown
  reason?: string | null
}

/** What the work of an act is given. */
export interface Hand {
  client: pg.PoolClient
  /** The id the act's change set will have. */
  id: string
  /** Locks the end of the county's chain and gives the number the act will have. Rows of sheets are locked before it. */
  seq(): Promise<number>
}

/** What was done: for the chain, for the sheets, and for whoever asked. */
export interface Done<Outcome> {
  /** Plain data, answered again when the same call is sent again. */
  outcome: Outcome
  /** The cycle it belongs to, where that is only known once it is done. */
  cycle?: string
  /** What was done, before and after, beside cells. */
  details?: unknown
  /** Turns of fields of sheets; the sheets of `rows` are stored as they have become and told to whoever listens. */
  changes?: Changes
  rows?: readonly SheetRow[]
}

export const checkKey = (key: string, lang: Lang): void => {
  if (!/^[\w.:-]{8,80}$/.test(key)) throw refuse('key.malformed', sentence(lang, 'key.malformed'))
}

/**
 * Every write except to cells goes through here: runs `work` in one transaction and appends what it did to the county's
 * chain, so that either both are stored or neither is. Called again with the
 * same key it does nothing and answers as the first time. Throws `key.malformed`, `key.used`, and what `work` throws.
 */
export async function act<Outcome>(
  { pool, actor, lang, now, address }: Doer,
  { kind, cycle, key, says, reason = null }: Doing,
  work: (hand: Hand) => Promise<Done<Outcome>>,
): Promise<Outcome> {
  checkKey(key, lang)
  const { county } = actor
  const of = createHash('sha256')
    .update(JSON.stringify([kind, cycle, says, reason]))
    .digest('base64url')
  return inTransaction(pool, async (client, lastly) => {
    // The same call sent twice: the second waits here until the first has ended, and then finds its answer.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${actor.id} ${key}`])
    const { rows } = await client.query<{ outcome: { of: string; answered: Outcome }; policy: string | null }>({
      name: 'earlier-act',
      text: `select e.outcome, c.policy_hash as policy
               from (select 1) one
               left join change_set e on e.county_id = $1 and e.account_id = $2 and e.key = $3
               left join cycle c on c.county_id = $1 and c.id = $4`,
      values: [county, actor.id, key, cycle],
    })
    const { outcome: earlier, policy } = rows[0]!
    if (earlier) {
      if (earlier.of !== of) throw refuse('key.used', sentence(lang, 'key.used'))
      return earlier.answered
    }
    const id = newId(now.getTime())
    let end: { seq: number; hash: string } | undefined
    const seq = async () => (end ??= await lockChain(client, county)).seq + 1
    const done = await work({ client, id, seq })
    const { outcome, details = null, changes = new Map(), rows: touched = [] } = done
    await seq()
    const head = {
      id,
      county,
      cycle: done.cycle ?? cycle,
      account: actor.id,
      by: actor.name,
      behalf: behalfOf(actor),
      address,
      at: now,
      kind,
      undoes: null,
      key,
      policy,
      reason,
      details: details === null ? null : JSON.stringify(details),
      outcome: JSON.stringify({ of, answered: outcome }),
    }
    lastly(appendChangeSet(client, end!, head, changes, touched))
    return outcome
  })
}
