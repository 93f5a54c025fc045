import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Actor } from '../rules/access.ts'
import { storedColumns, type SheetRow } from '../base/sheet-row.ts'
import { statement } from '../base/statement.ts'
import type { ChangeKind } from './kinds.ts'

/** A cell's value before and after a change. */
export type Turn = [before: string | null, after: string | null]

/** What a change set says of itself, but for its place in the chain. */
export interface ChangeHead {
  id: string
  county: string
  cycle: string | null
  account: string
  by: string
  /** The names of those whose deputy they are. */
  behalf: string | null
  address: string | null
  at: Date
  kind: ChangeKind
  undoes: string | null
  key: string
  /** SHA-256 of the policy file of the cycle. */
  policy: string | null
  reason: string | null
  /** What was done beside cells, as JSON text. */
  details: string | null
  /** What the call answered, for answering it again, as JSON text. */
  outcome: string
}

/** In whose names somebody acts as a deputy; null for everybody else. */
export function behalfOf({ grants }: Actor): string | null {
  const names = new Set(grants.flatMap(({ onBehalfOf }) => onBehalfOf ?? []))
  return names.size === 0 ? null : [...names].join('、')
}

/** The cells one change set changed: sheet -> field -> turn. */
export type Changes = Map<string, Record<string, Turn>>

/** The end of a county's chain, locked until the transaction ends: change sets of a county are written one after another. */
export async function lockChain(client: pg.PoolClient, county: string): Promise<{ seq: number; hash: string }> {
  const { rows } = await client.query<{ seq: number; hash: string }>({
    name: 'lock-chain',
    text: 'select chain_seq as seq, chain_hash as hash from county where id = $1 for no key update',
    values: [county],
  })
  return rows[0]!
}

/**
 * The hash of a change set: SHA-256 over the hash before it, its own head and answer, and each of its cells in a fixed order.
 * Changing, dropping or reordering anything that was filed changes every hash after it.
 */
export function chained(previous: string, seq: number, head: ChangeHead, changes: Changes): string {
  const hash = createHash('sha256')
  hash.update(
    JSON.stringify([
      previous,
      seq,
      head.id,
      head.cycle,
      head.account,
      head.by,
      head.behalf,
      head.address,
      head.at.toISOString(),
      head.kind,
      head.undoes,
      head.key,
      head.policy,
      head.reason,
      head.details,
      head.outcome,
    ]),
  )
  for (const sheet of [...changes.keys()].sort()) {
    const cells = changes.get(sheet)!
    const turns = Object.keys(cells).sort()
    hash.update(turns.map((field) => JSON.stringify([sheet, field, ...cells[field]!])).join(''))
  }
  return hash.digest('hex')
}

/** The statement of `appendChangeSet`, for the stored columns of sheets as a source of rows. */
const recording = (name: string, source: string) =>
  statement(
    name,
    `with stored as (
       update sheet s set ${storedColumns.map(({ name, sent, type }) => `${name} = v.${name}${sent === type ? '' : `::${type}`}`).join(', ')}, seq = :seq
         from ${source} as v (id, ${storedColumns.map(({ name }) => name).join(', ')})
        where s.county_id = :county and s.id = v.id
     ), head as (
       insert into change_set (county_id, seq, id, cycle_id, account_id, by, at, kind, undoes, key, outcome, hash, behalf, address,
                               policy, reason, details)
       values (:county, :seq, :id, :cycle, :account, :by, :at, :kind, :undoes, :key, :outcome::json, :hash, :behalf, :address,
               :policy, :reason, :details::json)
     ), body as (
       insert into sheet_change (county_id, sheet_id, seq, cells)
       select :county, key::uuid, :seq, value from jsonb_each(:cells::jsonb)
     ), told as (select pg_notify('kaohe_change', :county::text || ' ' || :seq::text))
     update county set chain_seq = :seq, chain_hash = :hash from told where id = :county`,
  )
const sent = [{ name: 'id', sent: 'uuid', valueIn: ({ id }: SheetRow): unknown => id }, ...storedColumns]
// A single row in the plain form: the set-based one is planned anew on every call.
const recordSheet = recording('record-sheet', `(select ${sent.map(({ name, sent }) => `:sheet_${name}::${sent}`).join(', ')})`)
const recordSheets = recording('record-sheets', `unnest(${sent.map(({ name, sent }) => `:sheet_${name}::${sent}[]`).join(', ')})`)

/**
 * Stores the sheets as they have become, adds their change set to the end of the chain that `lockChain` gave, and tells
 * whoever listens: one statement, so that the end of the chain is locked for one round trip less.
 */
export async function appendChangeSet(
  client: pg.PoolClient,
  end: { seq: number; hash: string },
  head: ChangeHead,
  changes: Changes,
  rows: readonly SheetRow[],
): Promise<void> {
  const seq = end.seq + 1
  const [one] = rows.length === 1 ? rows : []
  const sheets = Object.fromEntries(
    sent.map(({ name, valueIn }) => [`sheet_${name}`, one ? valueIn(one) : rows.map(valueIn)] as const),
  )
  await client.query(
    (one ? recordSheet : recordSheets)({
      ...head,
      ...sheets,
      seq,
      hash: chained(end.hash, seq, head, changes),
      cells: JSON.stringify(Object.fromEntries(changes)),
    }),
  )
}
