import { createHash } from 'node:crypto'
import type pg from 'pg'
import { inTransaction, isUuid } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { noteSums } from './notes.ts'
import { policyOf } from '../base/policies.ts'
import { refuse } from '../base/refuse.ts'
import { maySee, type Actor } from '../rules/access.ts'
import type { Choices } from '../rules/facts.ts'
import type { Policy } from '../rules/policy/shape.ts'
import type { Lang } from '../rules/text.ts'
import { sentence } from '../base/words.ts'
import { checkKey } from '../ledger/act.ts'
import { behalfOf, lockChain, appendChangeSet, type Turn } from '../ledger/chain.ts'
import { Desk, type Conflict, type Edit, type Refused, type Verdict } from './desk.ts'
import { evaluated } from '../core/evaluated.ts'
import { whereOf, type SheetRow } from '../base/sheet-row.ts'
import { lockSheets } from '../core/lock.ts'
import type { ChangeKind } from '../ledger/kinds.ts'

/** A cell that was not applied; a conflict also tells who changed it and when, empty where it was never changed. */
export type LeftOut = Refused | (Conflict & { by: string; when: string })

export interface Saved {
  policy: Policy
  choices: Choices
  /** Null when nothing was changed. */
  changeSet: string | null
  /** How many of the cells asked for hold now. */
  applied: number
  leftOut: LeftOut[]
  /** The sheets named, as far as the caller may see them, as they now stand. */
  sheets: SheetRow[]
}

/** Who writes, through which connections, and when. */
export interface Writer {
  pool: pg.Pool
  actor: Actor
  lang: Lang
  now: Date
  address: string
}

/** Above the cells of a whole county, 10,000 sheets × 24 cells. */
const mostEdits = 300_000

/**
 * The one door for writes to cells; typing, pasting, importing and the API all come through here. Authorises, locks the
 * sheets, compares each cell with the value its editor saw, applies those that still match, recomputes, appends one
 * change set; all in one transaction. `typed`: a person typed the values by hand, so that 5-1 is a sum and no date that a
 * spreadsheet made. Called again with the same key it changes nothing and answers as the first time.
 * Throws `cycle.unknown`, `cells.tooMany`, `key.malformed`; what is wrong with a single cell is in `leftOut`.
 */
export function saveCells(writer: Writer, cycle: string, key: string, edits: readonly Edit[], typed = false): Promise<Saved> {
  if (edits.length > mostEdits) throw refuse('cells.tooMany', sentence(writer.lang, 'cells.tooMany', { most: String(mostEdits) }))
  // What the editor saw is left out: when the action is sent again, the page may already show its result.
  const asks = edits.map(({ sheet, field, value }) => [sheet, field, value])
  const task = {
    cycle,
    key,
    kind: 'edit',
    undoes: null,
    typed,
    sheets: edits.map(({ sheet }) => sheet),
    asked: edits.length,
    says: typed ? ['typed', asks] : asks,
  } as const
  return write(writer, task, (desk) => edits.flatMap((edit, at) => desk.edit(at, edit) ?? []))
}

/**
 * Takes back the cells of one of the caller's own change sets that still hold what it left there; the others are told
 * as conflicts. The undo is a change set like any other, so undoing it is the redo.
 * Throws `undo.unknown` when the caller has no such change set.
 */
export async function undoChangeSet(writer: Writer, id: string, key: string): Promise<Saved> {
  if (!isUuid(id)) throw refuse('undo.unknown', sentence(writer.lang, 'undo.unknown'))
  const { rows } = await writer.pool.query<{ cycle: string; sheet: string; cells: Record<string, Turn> }>(
    `select c.cycle_id as cycle, s.sheet_id as sheet, s.cells
       from change_set c join sheet_change s on s.county_id = c.county_id and s.seq = c.seq
      where c.county_id = $1 and c.id = $2 and c.account_id = $3 and c.kind in ('edit', 'undo') order by s.sheet_id`,
    [writer.actor.county, id, writer.actor.id],
  )
  if (rows.length === 0) throw refuse('undo.unknown', sentence(writer.lang, 'undo.unknown'))
  const turns = rows.flatMap(({ sheet, cells }) => Object.keys(cells).map((field) => ({ sheet, field, cells })))
  const task = {
    cycle: rows[0]!.cycle,
    key,
    kind: 'undo',
    undoes: id,
    typed: false,
    sheets: rows.map(({ sheet }) => sheet),
    asked: turns.length,
    says: id,
  } as const
  return write(writer, task, (desk) =>
    turns.flatMap(({ sheet, field, cells }, at) => desk.turnBack(at, sheet, field, cells) ?? []),
  )
}

interface Task {
  cycle: string
  key: string
  kind: ChangeKind
  undoes: string | null
  /** Whether a person typed the values by hand. */
  typed: boolean
  sheets: readonly string[]
  /** How many cells are asked for. */
  asked: number
  /** What the call asks for, to tell it from another under the same key. */
  says: unknown
}

const fingerprint = ({ kind, says }: Task): string =>
  createHash('sha256')
    .update(JSON.stringify([kind, says]))
    .digest('base64url')

function write({ pool, actor, lang, now, address }: Writer, task: Task, work: (desk: Desk) => Verdict[]): Promise<Saved> {
  checkKey(task.key, lang)
  if (!isUuid(task.cycle)) throw refuse('cycle.unknown', sentence(lang, 'cycle.unknown'))
  const { county } = actor

  return inTransaction(pool, async (client, lastly) => {
    // For a single sheet the end of the chain is locked in the same round trip. The lock is not held for longer by that.
    const one = new Set(task.sheets).size === 1
    const [locked, opened, early] = await Promise.all([
      lockSheets(client, county, { cycle: task.cycle, ids: task.sheets }),
      openCycle(client, task, actor),
      one ? lockChain(client, county) : undefined,
    ])
    if (!opened) throw refuse('cycle.unknown', sentence(lang, 'cycle.unknown'))
    const { policyId, policyHash, choices, state, earlier, outcome } = opened
    const policy = policyOf(policyId)
    const sheets = locked.filter((row) => maySee(actor, whereOf(row)))
    if (earlier) {
      const { of, ...answered } = outcome!
      if (of !== fingerprint(task)) throw refuse('key.used', sentence(lang, 'key.used'))
      return { policy, choices, changeSet: earlier, ...answered, sheets }
    }

    const desk = new Desk(policy, choices, locked, actor, state === 'open', task.typed)
    const verdicts = work(desk)
    const leftOut = await withAuthors(client, county, verdicts)
    const applied = task.asked - verdicts.length

    const changed = desk.changed()
    if (changed.length === 0) return { policy, choices, changeSet: null, applied, leftOut, sheets }

    const end = early ?? (await lockChain(client, county))
    const seq = end.seq + 1
    for (const { held } of changed)
      Object.assign(held.row, { facts: held.facts, ...evaluated(policy, choices, held.facts, held.row.beyond), seq })
    const { cycle, kind, undoes, key } = task
    const head = {
      id: newId(now.getTime()),
      county,
      cycle,
      account: actor.id,
      by: actor.name,
      behalf: behalfOf(actor),
      address,
      at: now,
      kind,
      undoes,
      key,
      policy: policyHash,
      reason: null,
      details: null,
      outcome: JSON.stringify({ of: fingerprint(task), applied, leftOut }),
    }
    if (desk.sums.length > 0) lastly(noteSums(client, head, desk.sums))
    const changes = new Map(changed.map(({ held, turns }) => [held.row.id, turns]))
    const rows = changed.map(({ held }) => held.row)
    lastly(appendChangeSet(client, end, head, changes, rows))
    return { policy, choices, changeSet: head.id, applied, leftOut, sheets }
  }).catch((error: Error & { constraint?: string }) => {
    // The same call sent twice waits at the locks of its sheets and is answered above. Only a different call that uses the
    // same key at the same time violates this constraint.
    if (error.constraint === 'change_set_county_id_account_id_key_unique') throw refuse('key.used', sentence(lang, 'key.used'))
    throw error
  })
}

interface OpenCycle {
  policyId: string
  policyHash: string
  choices: Choices
  state: string
  /** The change set this very call made before, if its answer was lost, and what it answered. */
  earlier: string | null
  outcome: { of: string; applied: number; leftOut: LeftOut[] } | null
}

/** The cycle, kept from closing until the transaction ends. Asked after the sheets are locked: a twin call has ended then. */
async function openCycle(client: pg.PoolClient, { cycle, key }: Task, actor: Actor): Promise<OpenCycle | undefined> {
  const { rows } = await client.query<OpenCycle>({
    name: 'open-cycle',
    text: `select c.policy_id as "policyId", c.policy_hash as "policyHash", c.choices, c.state, e.id as earlier, e.outcome
             from cycle c left join change_set e on e.county_id = c.county_id and e.account_id = $3 and e.key = $4
            where c.county_id = $1 and c.id = $2 for share of c`,
    values: [actor.county, cycle, actor.id, key],
  })
  return rows[0]
}

/** The verdicts, conflicts with who changed the cell last and when. Of an item that is a change of any of its cells. */
async function withAuthors(client: pg.PoolClient, county: string, verdicts: readonly Verdict[]): Promise<LeftOut[]> {
  const conflicts = verdicts.filter((verdict): verdict is Conflict => verdict.kind === 'conflict')
  if (conflicts.length === 0) return verdicts as Refused[]
  const { rows } = await client.query<{ at: number; by: string; when: Date }>(
    `select w.at::int, c.by, c.at as "when"
       from unnest($2::int[], $3::uuid[], $4::text[]) as w (at, sheet, field),
            lateral (select h.by, h.at from sheet_change s join change_set h on h.county_id = s.county_id and h.seq = s.seq
                      where s.county_id = $1 and s.sheet_id = w.sheet
                        and exists (select from jsonb_object_keys(s.cells) k where k = w.field or starts_with(k, w.field || '.'))
                      order by s.seq desc limit 1) c`,
    [county, conflicts.map(({ at }) => at), conflicts.map(({ sheet }) => sheet), conflicts.map(({ field }) => field)],
  )
  const authors = new Map(rows.map(({ at, by, when }) => [at, { by, when: new Date(when).toISOString() }]))
  return verdicts.map((verdict) =>
    verdict.kind === 'refused' ? verdict : { ...verdict, ...(authors.get(verdict.at) ?? { by: '', when: '' }) },
  )
}
