import type pg from 'pg'
import { act, type Hand } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules, type CycleRules } from '../core/cycles.ts'
import { insertRows, isUuid, updateRow } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { maySee, type Actor } from '../rules/access.ts'
import { narrowed } from '../rules/cell-text.ts'
import { mayChange } from '../rules/reopened.ts'
import type { Claim as Counted } from '../rules/score/claim.ts'
import { claimPartsOf } from '../rules/score/tally.ts'
import { evaluated } from '../core/evaluated.ts'
import { findSheet } from '../core/find-sheet.ts'
import { whereOf, type SheetRow } from '../base/sheet-row.ts'
import { lockSheets } from '../core/lock.ts'
import { Sheet } from '../core/sheet.entity.ts'
import type { Code } from '../base/words.ts'
import { stillAsRead } from '../year/moves.ts'
import { Claim, type ClaimContent, type ClaimState } from './claim.entity.ts'
import { deedsOf, mayPropose, takesClaims, type Deed } from './rights.ts'
import { partNames, readClaim, rulesFor, worthOf, type Worth } from '../core/worth.ts'
import { reasonIfAny, reasonOf } from '../base/reason.ts'

/** What somebody puts forward, as it was typed; what is left out is null or blank. */
export type ClaimText = { rule: string } & { [Part in keyof ClaimContent]?: string | null }

/** A claim as it stands after something was done with it. */
export interface ClaimOutcome {
  id: string
  state: ClaimState
  /** The sheet's total now. */
  total: string
  /** Claims of the same fact that count already. */
  same: Worth['same']
}

/** A field of a sheet's history that is no cell: what became of a claim. */
const turnOf = (id: string): string => `@claim.${id}`

export const onSheet = (row: SheetRow | Sheet) => ({ ...whereOf(row), stage: row.stage, reopened: row.reopened ?? null })

/** Locks a sheet and keeps its cycle from closing until the transaction ends. Throws `cycle.closed`, `recused`. */
export async function lockSheet(context: Context, client: Hand['client'], rules: CycleRules, id: string): Promise<SheetRow> {
  const actor = actorOf(context)
  const [row] = await lockSheets(client, actor.county, { ids: [id] })
  if (!(await stillAsRead(client, actor, rules))) throw refusal(context, 'cycle.closed')
  // One's own claims are put forward by oneself; a relative's by somebody else.
  if (actor.recusedFrom.includes(row!.coordinatorId)) throw refusal(context, 'recused')
  return row!
}

/** The claim of that id with its sheet. Throws `claim.unknown`, also where the caller may not see the sheet. */
export async function findClaim(context: Context, id: string): Promise<{ claim: Claim; sheet: Sheet }> {
  const actor = actorOf(context)
  const claim = isUuid(id) ? await context.em.findOne(Claim, { countyId: actor.county, id }) : null
  const sheet = claim && (await context.em.findOne(Sheet, { countyId: actor.county, id: claim.sheetId }))
  if (!claim || !sheet || !maySee(actor, whereOf(sheet))) throw refusal(context, 'claim.unknown')
  return { claim, sheet }
}

type Standing = Pick<Claim, 'state' | 'rule' | 'proposerId'> & { content: ClaimContent }

/** The claim as it is while its sheet is locked: it changes under that lock only. */
export async function standingOf(client: pg.PoolClient, { county }: Actor, id: string): Promise<Standing> {
  const { rows } = await client.query<Standing>(
    'select state, rule, proposer_id as "proposerId", content from claim where county_id = $1 and id = $2',
    [county, id],
  )
  return rows[0]!
}

/** Full-width letters and digits and runs of blanks are ways of writing: the same matter is the same text. */
const plain = (text: string): string =>
  narrowed(text, /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g)
    .replace(/\s+/g, ' ')
    .trim()

/**
 * The claim beside those that count already, or a refusal in the caller's language. A fact must be named where only its
 * name can tell it from another: not of checks, known by their month, and not of several records at once.
 * Throws `claim.noTally`, `claim.matter`, `claim.refused`.
 */
export function readText(context: Context, rules: CycleRules, row: SheetRow | Sheet, id: string, text: ClaimText): Counted {
  const { policy, choices } = rules
  if (!policy.tally) throw refusal(context, 'claim.noTally')
  const given = Object.entries(text).flatMap(([part, value]) => {
    const says = plain(value ?? '')
    return says === '' ? [] : [[part, says] as const]
  })
  const raw: Record<string, unknown> = { ...Object.fromEntries(given), id, evidence: [] }
  const { claim, wrong } = readClaim(policy, choices, row.beyond.claims ?? [], raw, context.lang)
  if (wrong) throw refusal(context, 'claim.refused', wrong)
  const named = rulesFor(policy, claim.rule).some((rule) => claimPartsOf(rule).includes('matter'))
  if (named && claim.matter === undefined && (claim.records ?? '1') === '1') throw refusal(context, 'claim.matter')
  return claim
}

/**
 * Puts a claim forward for a sheet; it counts once it is accepted. Tells which claims of the same fact count already.
 * Throws `sheet.unknown`, `claim.closed`, `claim.notYours`, `appeal.onlyNamed`, and what `readText` throws.
 */
export async function proposeClaim(context: Context, sheetId: string, text: ClaimText, key: string): Promise<ClaimOutcome> {
  const actor = actorOf(context)
  const sheet = await findSheet(context, sheetId)
  const rules = await cycleRules(context, sheet.cycleId)
  const doing = { kind: 'claim', cycle: rules.id, key, says: [sheetId, text] } as const
  return act({ ...context, actor }, doing, async ({ client, seq }) => {
    const row = await lockSheet(context, client, rules, sheetId)
    if (!takesClaims(rules.policy, onSheet(row))) throw refusal(context, 'claim.closed')
    if (!mayPropose(actor, rules.policy, onSheet(row))) throw refusal(context, 'claim.notYours')
    if (!mayChange(row.reopened, text.rule)) throw refusal(context, 'appeal.onlyNamed')
    const id = newId(context.now.getTime())
    const claim = readText(context, rules, row, id, text)
    const { same } = worthOf(rules.policy, rules.choices, row, claim, context.lang)
    const { id: _, rule, evidence: __, ...content } = claim
    const number = await seq()
    await insertRows(client, 'claim', [
      {
        county_id: actor.county,
        id,
        cycle_id: rules.id,
        sheet_id: row.id,
        rule,
        matter: claim.matter ?? null,
        content,
        state: 'proposed',
        proposer_id: actor.id,
        proposed_by: actor.name,
        proposed_at: context.now,
        seq: number,
      },
    ])
    row.seq = number
    return {
      outcome: { id, state: 'proposed', total: row.total, same },
      details: { claim: id, rule, content },
      changes: new Map([[row.id, { [turnOf(id)]: [null, 'proposed'] }]]),
      rows: [row],
    }
  })
}

export interface Decision {
  id: string
  accept: boolean
  reason: string | null
  /** The evidence that was looked at. */
  seen: readonly string[]
  key: string
}

/**
 * Accepts a claim, from then on it counts; or rejects it, also one that was accepted, with a reason. What is accepted is
 * what was looked at: if evidence came or went meanwhile, it is to be looked at again.
 * Throws `claim.unknown`, `claim.own`, `claim.notYours`, `claim.closed`, `claim.decided`, `claim.reason`,
 * `claim.noEvidence` (BH-18.0), `claim.evidenceChanged`, `claim.sameEvidence`, `claim.refused`, `appeal.onlyNamed`.
 */
export async function decideClaim(context: Context, { id, accept, reason, seen, key }: Decision): Promise<ClaimOutcome> {
  return change(
    context,
    {
      id,
      deed: accept ? 'accept' : 'reject',
      reason,
      needsReason: () => !accept,
      says: [accept, [...seen].sort()],
      key,
      kind: 'decideClaim',
    },
    {
      state: accept ? 'accepted' : 'rejected',
      ...(accept ? { seen } : {}),
    },
  )
}

/**
 * Takes back one's own claim; with a reason where it counts already.
 * Throws `claim.unknown`, `claim.notOwn`, `claim.closed`, `claim.decided`, `claim.reason`, `appeal.onlyNamed`.
 */
export async function withdrawClaim(context: Context, id: string, reason: string | null, key: string): Promise<ClaimOutcome> {
  const needsReason = ({ state }: Standing) => state === 'accepted'
  return change(context, { id, deed: 'withdraw', reason, needsReason, says: [], key, kind: 'claim' }, { state: 'withdrawn' })
}

interface Change {
  id: string
  deed: Deed
  reason: string | null
  needsReason: (claim: Standing) => boolean
  says: unknown[]
  key: string
  kind: 'claim' | 'decideClaim'
}

async function change(
  context: Context,
  { id, deed, reason: typed, needsReason, says, key, kind }: Change,
  to: { state: ClaimState; seen?: readonly string[] },
): Promise<ClaimOutcome> {
  const actor = actorOf(context)
  const { claim, sheet } = await findClaim(context, id)
  const rules = await cycleRules(context, sheet.cycleId)
  const { policy, choices } = rules
  const reason = reasonIfAny(typed, context, 'claim.reason')
  const doing = { kind, cycle: rules.id, key, says: [deed, id, ...says], reason } as const
  return act({ ...context, actor }, doing, async ({ client, seq }) => {
    const row = await lockSheet(context, client, rules, sheet.id)
    const standing = await standingOf(client, actor, id)
    if (!deedsOf(actor, policy, onSheet(row), standing).includes(deed))
      throw refusal(context, whyNot(actor, policy, row, standing, deed))
    if (needsReason(standing)) reasonOf(reason, context, 'claim.reason')
    const evidence = await evidenceOf(client, actor, id)
    const others = (row.beyond.claims ?? []).filter((one) => one.id !== id)
    let claims = others
    let same: Worth['same'] = []
    if (to.seen) {
      await checkEvidence(context, client, row, evidence, to.seen)
      const raw = { id, rule: standing.rule, ...standing.content, evidence: evidence.map((file) => file.id) }
      const read = readClaim(policy, choices, others, raw, context.lang)
      if (read.wrong) throw refusal(context, 'claim.refused', read.wrong)
      same = worthOf(policy, choices, row, read.claim, context.lang).same
      claims = [...others, read.claim]
    }
    const beyond = { ...row.beyond, claims }
    const number = await seq()
    const decided = { state: to.state, decided_by: actor.name, decided_at: context.now, reason, seq: number }
    await updateRow(client, 'claim', { county: actor.county, id }, decided)
    const before = row.total
    Object.assign(row, { beyond, ...evaluated(policy, choices, row.facts, beyond), seq: number })
    return {
      outcome: { id, state: to.state, total: row.total, same },
      details: { claim: id, rule: claim.rule, content: standing.content, evidence, total: [before, row.total] },
      changes: new Map([[row.id, { [turnOf(id)]: [standing.state, to.state] }]]),
      rows: [row],
    }
  })
}

/** Why somebody may not do this with a claim, for telling them what to do instead. */
function whyNot(actor: Actor, policy: CycleRules['policy'], row: SheetRow, claim: Standing, deed: Deed): Code {
  if (!mayChange(row.reopened, claim.rule)) return 'appeal.onlyNamed'
  const states: ClaimState[] = ['proposed', 'accepted']
  if (deed === 'withdraw' && claim.proposerId !== actor.id) return 'claim.notOwn'
  if (deed !== 'withdraw' && claim.proposerId === actor.id) return 'claim.own'
  const may = states.some((state) => deedsOf(actor, policy, onSheet(row), { ...claim, state }).includes(deed))
  return may ? 'claim.decided' : takesClaims(policy, onSheet(row)) ? 'claim.notYours' : 'claim.closed'
}

interface Proof {
  id: string
  sha256: string
  name: string
}

async function evidenceOf(client: pg.PoolClient, { county }: Actor, id: string): Promise<Proof[]> {
  const { rows } = await client.query<Proof>(
    'select id, sha256, name from evidence_file where county_id = $1 and claim_id = $2 and removed_at is null order by id',
    [county, id],
  )
  return rows
}

/** No evidence, no approval (BH-18.0); and one paper proves one claim of a sheet. */
async function checkEvidence(
  context: Context,
  client: pg.PoolClient,
  row: SheetRow,
  evidence: readonly Proof[],
  seen: readonly string[],
): Promise<void> {
  if (evidence.length === 0) throw refusal(context, 'claim.noEvidence')
  if (evidence.length !== new Set(seen).size || evidence.some(({ id }) => !seen.includes(id)))
    throw refusal(context, 'claim.evidenceChanged')
  const { rows } = await client.query<{ name: string }>(
    `select f.name from evidence_file f join claim c on c.county_id = f.county_id and c.id = f.claim_id
      where f.county_id = $1 and c.sheet_id = $2 and c.state = 'accepted' and f.removed_at is null and f.sha256 = any($3) limit 1`,
    [actorOf(context).county, row.id, evidence.map(({ sha256 }) => sha256)],
  )
  if (rows[0]) throw refusal(context, 'claim.sameEvidence', { name: rows[0].name })
}

/** What a claim says, part by part, as it is read. */
export function partsSaid(
  { policy }: CycleRules,
  { rule, content }: Pick<Claim, 'rule' | 'content'>,
  lang: 'zh' | 'en',
): { part: string; name: string; value: string }[] {
  const levels = new Map(policy.tally?.levels.map(({ id, title }) => [id, title[lang]]))
  const outlets = { main: { zh: '主流媒体', en: 'main' }, other: { zh: '其他媒体', en: 'other' } }
  const parts = [...new Set(rulesFor(policy, rule).flatMap(claimPartsOf))]
  return parts.flatMap((part) => {
    const value = content[part]
    if (value === undefined) return []
    const shown =
      part === 'level' ? (levels.get(value) ?? value) : part === 'outlet' ? outlets[value as 'main' | 'other'][lang] : value
    return [{ part, name: partNames[part]![lang], value: shown }]
  })
}
