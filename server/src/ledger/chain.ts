import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Actor } from '../rules/access.ts'
import { arrayLiteral } from '../base/sheet-row.ts'
import type { SheetRow } from '../base/sheet-row.ts'
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

/** The columns of a sheet that change, in the order of `v` below. */
const stored = (row: SheetRow): unknown[] => [
  row.id,
  row.state,
  row.stage,
  JSON.stringify(row.facts),
  JSON.stringify(row.beyond),
  arrayLiteral(row.points),
  row.marks,
  row.total,
  row.missing,
  arrayLiteral(row.limits),
  row.reopened && arrayLiteral(row.reopened),
]
const types = ['uuid', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'int', 'text', 'text']

/**
 * Stores the sheets as they have become, adds their change set to the end of the chain that `lockChain` gave, and tells
 * whoever listens: one statement, because every one more is a turn on the wire.
 */
export async function record(
  client: pg.PoolClient,
  end: { seq: number; hash: string },
  head: ChangeHead,
  changes: Changes,
  rows: readonly SheetRow[],
): Promise<void> {
  const seq = end.seq + 1
  const one = rows.length === 1
  const values = rows.map(stored)
  // A single row in the plain form: the set-based one is planned anew on every call.
  const first = 19
  const source = one
    ? `(select ${types.map((type, at) => `$${at + first}::${type}`).join(', ')})`
    : `unnest(${types.map((type, at) => `$${at + first}::${type}[]`).join(', ')})`
  await client.query({
    name: one ? 'record-sheet' : 'record-sheets',
    text: `
      with stored as (
        update sheet s
           set state = v.state, stage = v.stage, facts = v.facts::jsonb, beyond = v.beyond::jsonb, points = v.points::text[], marks = v.marks, total = v.total::numeric,
               missing = v.missing, limits = v.limits::text[], reopened = v.reopened::text[], seq = $2
          from ${source} as v (id, state, stage, facts, beyond, points, marks, total, missing, limits, reopened)
         where s.county_id = $1 and s.id = v.id
      ), head as (
        insert into change_set (county_id, seq, id, cycle_id, account_id, by, at, kind, undoes, key, outcome, hash, behalf, address,
                                policy, reason, details)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::json, $12, $14, $15, $16, $17, $18::json)
      ), body as (
        insert into sheet_change (county_id, sheet_id, seq, cells)
        select $1, key::uuid, $2, value from jsonb_each($13::jsonb)
      ), told as (select pg_notify('kaohe_change', $1::text || ' ' || $2::text))
      update county set chain_seq = $2, chain_hash = $12 from told where id = $1`,
    values: [
      head.county,
      seq,
      head.id,
      head.cycle,
      head.account,
      head.by,
      head.at,
      head.kind,
      head.undoes,
      head.key,
      head.outcome,
      chained(end.hash, seq, head, changes),
      JSON.stringify(Object.fromEntries(changes)),
      head.behalf,
      head.address,
      head.policy,
      head.reason,
      head.details,
      ...(one ? values[0]! : types.map((_, at) => values.map((row) => row[at]))),
    ],
  })
}
