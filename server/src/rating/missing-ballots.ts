import { act } from '../ledger/act.ts'
import type { Changes } from '../ledger/chain.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { rule } from '../core/rulings.ts'
import { reasonOf } from '../base/reason.ts'
import { checkGroup, lockRated } from './rated-sheets.ts'

/** Records that a group gave no ballot, so that the other groups weigh more. Throws `rating.hasBallots`. */
export async function recordNoBallots(
  context: Context,
  { cycle, sheets, group, given, key }: { cycle: string; sheets: string[]; group: string; given: string; key: string },
): Promise<number> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  checkGroup(context, rules, group)
  const text = reasonOf(given, context)
  const doing = { kind: 'rule', cycle, key, says: ['noBallots', [...sheets].sort(), group], reason: text } as const
  return act({ ...context, actor }, doing, async (hand) => {
    const rows = await lockRated(hand.client, context, rules, sheets)
    if (rows.some(({ beyond }) => beyond.ballots?.some((ballot) => ballot.group === group)))
      throw refusal(context, 'rating.hasBallots')
    await rule(
      hand,
      context,
      cycle,
      'noBallots',
      rows.map(({ id }) => ({ subject: group, sheet: id, text })),
    )
    const number = await hand.seq()
    const changes: Changes = new Map(rows.map((row) => [row.id, { [`@noBallots.${group}`]: [null, text] }]))
    for (const row of rows) row.seq = number
    return { outcome: rows.length, details: { group, sheets: rows.map(({ id }) => id) }, changes, rows }
  })
}
