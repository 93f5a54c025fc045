import { act } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { cohortOf } from '../result/cohort.ts'
import { mayAt } from '../rules/access.ts'
import { findSheet } from '../core/find-sheet.ts'
import { whereOf } from '../base/sheet-row.ts'
import { failBasis } from '../result/bases.ts'
import { rule } from '../core/rulings.ts'
import { lockNamed } from '../core/lock.ts'
import { reasonOf } from '../base/reason.ts'

/** Records the written explanation of a fail, with what the fail rests on. Throws `ruling.notYours`, `ruling.filed`. */
export async function explainFail(
  context: Context,
  { id, given, key }: { id: string; given: string; key: string },
): Promise<boolean> {
  const actor = actorOf(context)
  const sheet = await findSheet(context, id)
  const rules = await cycleRules(context, sheet.cycleId)
  const text = reasonOf(given, context)
  return act(
    { ...context, actor },
    { kind: 'rule', cycle: sheet.cycleId, key, says: ['explanation', id, text] },
    async (hand) => {
      const [row] = await lockNamed(hand.client, context, sheet.cycleId, [id])
      if (!mayAt(actor, 'explainFails', whereOf(row!))) throw refusal(context, 'ruling.notYours')
      if (row!.state === 'filed') throw refusal(context, 'ruling.filed')
      const { members, outcomes } = await cohortOf({ ...context, pool: hand.client }, rules, undefined)
      const basis = failBasis(
        members.find((member) => member.id === id)!,
        outcomes.get(id)!,
      )
      await rule(hand, context, sheet.cycleId, 'explanation', [{ subject: '', sheet: id, text, basis }])
      return { outcome: true, details: { sheet: id, text } }
    },
  )
}
