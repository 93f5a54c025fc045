import { act, type Done, type Hand } from '../ledger/act.ts'
import type { Changes } from '../ledger/chain.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules, type CycleRules } from '../core/cycles.ts'
import { cohortOf } from '../result/cohort.ts'
import { eliminationsOf } from '../result/elimination.ts'
import { ELIMINATION, tieBasis, type TieFacts } from '../rules/ties.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import { decides, refuseRecused, rule } from '../core/rulings.ts'
import { lockNamed } from '../core/lock.ts'
import { reasonOf } from '../base/reason.ts'

/** Rules who takes the seats for which people tie. Throws `ruling.notYours`, and what `ruleTie` throws. */
export async function ruleSeats(
  context: Context,
  { cycle, sheets, given, key }: { cycle: string; sheets: string[]; given: string; key: string },
): Promise<number> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const { policy } = rules
  const reason = reasonOf(given, context)
  return act({ ...context, actor }, { kind: 'rule', cycle, key, says: ['seat', sheets], reason }, async (hand) => {
    const rows = await lockNamed(hand.client, context, cycle, sheets)
    if (rows.some((row) => !decides(actor, policy, row))) throw refusal(context, 'ruling.notYours')
    const { groups } = await cohortOf({ ...context, pool: hand.client }, rules, undefined)
    const group = groups.find(({ tie }) => holdsAll(tie, sheets))
    return ruleTie(hand, context, rules, { rows, sheets, reason, subject: group?.quota, tie: group?.tie })
  })
}

/** Rules who is proposed where people tie for the last place. Throws `ruling.filed`, and what `ruleTie` throws. */
export async function ruleElimination(
  context: Context,
  { cycle, sheets, given, key }: { cycle: string; sheets: string[]; given: string; key: string },
): Promise<number> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const reason = reasonOf(given, context)
  return act({ ...context, actor }, { kind: 'rule', cycle, key, says: [ELIMINATION, sheets], reason }, async (hand) => {
    const rows = await lockNamed(hand.client, context, cycle, sheets)
    if (rows.some(({ state }) => state === 'filed')) throw refusal(context, 'ruling.filed')
    const found = await eliminationsOf({ ...context, pool: hand.client }, rules)
    const tie = found.find((one) => holdsAll(one.tie, sheets))?.tie
    return ruleTie(hand, context, rules, { rows, sheets, reason, subject: ELIMINATION, tie })
  })
}

const holdsAll = (tie: TieFacts | undefined, sheets: readonly string[]): boolean =>
  tie !== undefined && sheets.length > 0 && sheets.every((id) => tie.tied.includes(id))

/** Puts on record who comes first in a tie, resting on that very tie. Throws `ruling.notContested`, `recused`, `ruling.tooMany`. */
async function ruleTie(
  hand: Hand,
  context: Context,
  { id: cycle }: CycleRules,
  made: {
    rows: readonly SheetRow[]
    sheets: readonly string[]
    reason: string
    subject: string | undefined
    tie: TieFacts | undefined
  },
): Promise<Done<number>> {
  const { rows, sheets, reason, subject, tie } = made
  if (subject === undefined || !tie || new Set(sheets).size !== sheets.length) throw refusal(context, 'ruling.notContested')
  await refuseRecused(hand.client, context, tie.tied)
  if (sheets.length > tie.seats) throw refusal(context, 'ruling.tooMany', { seats: String(tie.seats) })
  const basis = tieBasis(tie)
  await rule(
    hand,
    context,
    cycle,
    'seat',
    sheets.map((sheet) => ({ subject, sheet, text: reason, basis })),
    tie.tied,
  )
  const changes: Changes = new Map(rows.map((row) => [row.id, { '@seat': [null, subject] }]))
  const number = await hand.seq()
  for (const row of rows) row.seq = number
  return { outcome: sheets.length, details: { quota: subject, sheets, contested: tie.tied, basis }, changes, rows }
}
