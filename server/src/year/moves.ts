import type pg from 'pg'
import { confirmed } from '../base/confirmed.ts'
import { act, type Hand } from '../ledger/act.ts'
import type { Changes } from '../ledger/chain.ts'
import { actorOf, type Context, refusal, signedBy } from '../base/context.ts'
import { cycleRules, type CycleRules } from '../core/cycles.ts'
import { fileSheets } from '../filing/filings.ts'
import { holdsAt, isRecused, maySee, type Actor } from '../rules/access.ts'
import type { Role } from '../rules/permissions.ts'
import type { PolicyStage } from '../rules/policy/shape.ts'
import { earlierStages, nextStage, stageOf, stateOf } from '../rules/stages.ts'
import { whereOf, type SheetRow } from '../base/sheet-row.ts'
import { blockersOf } from './gates.ts'
import { lockSheets } from '../core/lock.ts'
import { contentHash, sheetHash, sheetsAt, STAGE } from '../core/standing.ts'
import { insertRows } from '../base/database.ts'
import { reasonIfAny, reasonOf } from '../base/reason.ts'

export interface Move {
  cycle: string
  unit: string
  stage: string
  /** The stage to send them back to; null passes them on. */
  backTo: string | null
  reason: string | null
  key: string
}

export interface Moved {
  /** How many sheets went; none while other signatures are awaited. */
  moved: number
  /** Where they are now. */
  stage: string
  /** SHA-256 of what was signed. */
  hash: string
  /** The roles whose signatures are still awaited. */
  awaited: Role[]
}

/**
 * Passes the sheets of a unit on to the next stage under the caller's signature, or sends them back with a reason. The
 * sheets are locked before they are read, so that what is signed is what stands, to the letter: a cell edited in the
 * same instant is in what was signed, or refused. Where several must sign, they go on with the last signature.
 * Throws `confirm.needed`, `stage.unknown`, `stage.empty`, `stage.notYours`, `stage.sameHand`, `stage.blocked`, `stage.reason`, `stage.signed`.
 */
export async function moveSheets(context: Context, move: Move): Promise<Moved> {
  const actor = actorOf(context)
  if (move.backTo === null) confirmed(context)
  const rules = await cycleRules(context, move.cycle)
  const from = stageOf(rules.policy, move.stage)
  const forward = nextStage(rules.policy, move.stage)
  if (!from || (move.backTo === null && !forward)) throw refusal(context, 'stage.unknown')
  const back = move.backTo === null ? undefined : earlierStages(rules.policy, from.id).find(({ id }) => id === move.backTo)
  if (move.backTo !== null && (!back || from.does === 'file')) throw refusal(context, 'stage.unknown')
  const reason = back ? reasonOf(move.reason, context, 'stage.reason') : reasonIfAny(move.reason, context, 'stage.reason')
  const { sql, values } = await sheetsAt(context, move.unit, from.id)

  const doing = {
    kind: back ? 'sendBack' : 'sign',
    cycle: rules.id,
    key: move.key,
    says: [move.unit, from.id, move.backTo],
    reason,
  } as const
  return act({ ...context, actor }, doing, async ({ client, id, seq }) => {
    const rows = await lockSheets(client, actor.county, { cycle: rules.id, at: { sql, values } })
    const seen = rows.filter((row) => maySee(actor, whereOf(row)))
    if (seen.length === 0) throw refusal(context, 'stage.empty')
    const role = from.by.find((one) => rows.every((row) => holdsAt(actor, [one], whereOf(row))))
    if (!role) throw refusal(context, 'stage.notYours')
    if (rows.some((row) => isRecused(actor, whereOf(row)))) throw refusal(context, 'recused')
    if (!(await stillAsRead(client, actor, rules))) throw refusal(context, 'cycle.closed')
    const { rows: content } = await client.query<{ hash: string; contents: Record<string, string> }>(
      `select ${contentHash} as hash, jsonb_object_agg(s.id, ${sheetHash}) as contents from sheet s where ${sql}`,
      [actor.county, rules.id, ...values],
    )
    const { hash, contents } = content[0]!
    const to = back ?? forward!
    const signed = await signaturesSince(client, actor, rules, move.unit, from)
    if (!back) {
      await refuseSameHand(context, client, actor, rules, rows, from, role)
      const blockers = await blockersOf({ context, rules, from, to, unit: move.unit, rows, client })
      if (blockers.length > 0) throw refusal(context, 'stage.blocked', { why: blockers.map(({ says }) => says).join('') })
    }
    const awaited = back || from.all === 'no' ? [] : stillAwaited(context, from, role, actor, signed, hash)
    const number = await seq()
    await insertRows(client, 'signature', [
      {
        ...signedBy(context),
        id,
        cycle_id: rules.id,
        unit_id: move.unit,
        stage: from.id,
        role,
        back_to: back?.id ?? null,
        sheets: rows.length,
        hash,
        reason,
        seq: number,
        contents: back ? null : contents,
      },
    ])
    const details = {
      unit: move.unit,
      stage: from.id,
      to: awaited.length > 0 ? from.id : to.id,
      role,
      sheets: rows.length,
      hash,
      awaited,
    }
    if (awaited.length > 0) return { outcome: { moved: 0, stage: from.id, hash, awaited }, details }
    const changes: Changes = new Map(rows.map((row) => [row.id, { [STAGE]: [from.id, to.id] }]))
    for (const row of rows) {
      Object.assign(row, { stage: to.id, state: stateOf(to), seq: number })
      // What an appeal reopened is closed again once it is back where it was published.
      if (to.does === 'publish') row.reopened = null
    }
    if (to.does === 'file') await fileSheets(context, client, rules, { id, unit: move.unit, rows, hash, seq: number })
    return { outcome: { moved: rows.length, stage: to.id, hash, awaited }, details, changes, rows }
  })
}

/** Whether the cycle is open and judged as it was when it was read; it stays so until the transaction ends. */
export async function stillAsRead(client: Hand['client'], { county }: Actor, { id, policyHash }: CycleRules): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from cycle where county_id = $1 and id = $2 and state = 'open' and policy_hash = $3 for share`,
    [county, id, policyHash],
  )
  return rowCount === 1
}

interface Signed {
  role: Role
  account: string
  hash: string
}

/** Who has signed the unit's sheets at this stage since they last came to it. */
async function signaturesSince(
  client: pg.PoolClient,
  { county }: Actor,
  { id }: CycleRules,
  unit: string,
  { id: stage }: PolicyStage,
): Promise<Signed[]> {
  const { rows } = await client.query<Signed>(
    `select role, account_id as account, hash from signature
      where county_id = $1 and cycle_id = $2 and unit_id = $3 and stage = $4 and back_to is null
        and seq > coalesce((select max(c.seq) from sheet_change c join sheet s on s.county_id = c.county_id and s.id = c.sheet_id
                             where s.county_id = $1 and s.cycle_id = $2 and (s.town_id = $3 or s.village_id = $3 or $3 = $1)
                               and c.cells ? '${STAGE}'), 0)`,
    [county, id, unit, stage],
  )
  return rows
}

/** The roles that must sign beside this one, of those who have not signed exactly this. Throws `stage.signed`. */
function stillAwaited(context: Context, stage: PolicyStage, role: Role, { id }: Actor, signed: Signed[], hash: string): Role[] {
  const valid = signed.filter((one) => one.hash === hash)
  if (valid.some((one) => one.role === role || one.account === id)) throw refusal(context, 'stage.signed')
  return stage.by.filter((one) => one !== role && !valid.some((other) => other.role === one))
}

/** Nobody passes on in one role what they themselves passed on in another: the second pair of eyes is somebody else's. */
async function refuseSameHand(
  context: Context,
  client: pg.PoolClient,
  actor: Actor,
  rules: CycleRules,
  rows: readonly SheetRow[],
  stage: PolicyStage,
  role: Role,
): Promise<void> {
  const before = earlierStages(rules.policy, stage.id)
    .filter(({ by }) => !by.includes(role))
    .map(({ id }) => id)
  if (before.length === 0) return
  const { rowCount } = await client.query(
    `select from change_set h join sheet_change c on c.county_id = h.county_id and c.seq = h.seq
      where h.county_id = $1 and h.account_id = $2 and h.kind = 'sign' and c.sheet_id = any($3::uuid[])
        and c.cells -> '${STAGE}' ->> 0 = any($4) limit 1`,
    [actor.county, actor.id, rows.map(({ id }) => id), before],
  )
  if (rowCount) throw refusal(context, 'stage.sameHand')
}
