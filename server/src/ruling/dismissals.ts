import { confirmed } from '../base/confirmed.ts'
import { act } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules, type CycleRules } from '../core/cycles.ts'
import { isSame } from '../rules/basis.ts'
import { clauseOf } from '../rules/explain.ts'
import { findSheet } from '../core/find-sheet.ts'
import { dismissalBasis } from '../result/bases.ts'
import type { Ground } from '../result/consequence-grounds.ts'
import { groundsIn } from '../result/grounds.ts'
import { rule, rulingsOf, type Held } from '../core/rulings.ts'
import { lockNamed } from '../core/lock.ts'
import { reasonOf } from '../base/reason.ts'
import type { Dismissal } from './ruling.types.ts'
import { peopleOf, signatureOf } from './people.ts'

/** The step that is the decision itself: taken by `decideDismissal`, never put on record beforehand. */
const DECISION = 'decided'

/** The people whose contract might end, each with the steps the law asks for and those on record. */
export async function dismissalsIn(context: Context, cycle: string): Promise<Dismissal[]> {
  const rules = await cycleRules(context, cycle)
  const held = await rulingsOf(context.pool, actorOf(context).county, cycle, ['legalStep', 'dismissal'])
  const people = await peopleOf(context, cycle, undefined)
  return [...(await groundsIn(context, rules))].flatMap(([sheet, { grade, grounds }]) => {
    const person = people.get(sheet)
    const standing = held.filter(
      ({ kind, basis }) => kind !== 'dismissal' || !basis || isSame(basis, dismissalBasis(grade, grounds)),
    )
    return person
      ? [
          {
            sheet,
            ...person,
            grounds: grounds.map(({ says }) => says),
            asks: grounds,
            ...stepsOf(rules, standing, sheet, grounds, context),
          },
        ]
      : []
  })
}

/** Records a step the law asks for before a dismissal. Throws `ruling.step`. */
export async function recordLegalStep(
  context: Context,
  { id, step, given, key }: { id: string; step: string; given: string; key: string },
): Promise<boolean> {
  const actor = actorOf(context)
  const sheet = await findSheet(context, id)
  const { policy } = await cycleRules(context, sheet.cycleId)
  if (step === DECISION || !policy.legal?.steps.some((one) => one.id === step)) throw refusal(context, 'ruling.step')
  const text = reasonOf(given, context)
  return act({ ...context, actor }, { kind: 'legalStep', cycle: sheet.cycleId, key, says: [id, step, text] }, async (hand) => {
    await lockNamed(hand.client, context, sheet.cycleId, [id])
    await rule(hand, context, sheet.cycleId, 'legalStep', [{ subject: step, sheet: id, text }])
    return { outcome: true, details: { sheet: id, step, text } }
  })
}

/** Decides that a contract ends. Throws `ruling.noGround`, and `ruling.missing` while a step is missing. */
export async function decideDismissal(
  context: Context,
  { id, given, key, grounds: named }: { id: string; given: string; key: string; grounds: string[] | null | undefined },
): Promise<boolean> {
  confirmed(context)
  const actor = actorOf(context)
  const sheet = await findSheet(context, id)
  const rules = await cycleRules(context, sheet.cycleId)
  const reason = reasonOf(given, context)
  const says = [id, ...(named ? [named.toSorted()] : [])]
  return act({ ...context, actor }, { kind: 'legalStep', cycle: sheet.cycleId, key, says, reason }, async (hand) => {
    await lockNamed(hand.client, context, sheet.cycleId, [id])
    const { grade = null, grounds: all = [] } = (await groundsIn({ ...context, pool: hand.client }, rules)).get(id) ?? {}
    const grounds = named ? all.filter((one) => named.includes(one.id)) : all
    if (grounds.length === 0 || grounds.length < new Set(named).size) throw refusal(context, 'ruling.noGround')
    const held = await rulingsOf(hand.client, actor.county, sheet.cycleId, ['legalStep'])
    const { steps } = stepsOf(rules, held, id, grounds, context)
    const open = steps.filter(({ id: step, done }) => !done && step !== DECISION)
    const lacking = grounds.filter((ground) => open.some((step) => ground.steps.includes(step.id)))
    const rests = grounds.filter((ground) => !lacking.includes(ground))
    if (rests.length === 0 || (named && lacking.length > 0)) {
      const titles = lacking.map((ground) =>
        open
          .filter((step) => ground.steps.includes(step.id))
          .map(({ title }) => title)
          .join('、'),
      )
      const each = lacking.map((ground, at) => (grounds.length === 1 ? titles[at]! : `${ground.says}（${titles[at]!}）`))
      throw refusal(context, 'ruling.missing', { steps: each.join('；') })
    }
    await rule(hand, context, sheet.cycleId, 'dismissal', [
      { subject: '', sheet: id, text: reason, basis: dismissalBasis(grade, rests) },
    ])
    return {
      outcome: true,
      details: { sheet: id, grounds: rests.map(({ says: one }) => one), on: rests.map((one) => one.id), reason },
    }
  })
}

/** The steps that one of the grounds asks for, in the order of the file. */
const stepsAsked = ({ legal }: CycleRules['policy'], grounds: readonly Ground[]) =>
  (legal?.steps ?? []).filter(({ id }) => grounds.some(({ steps }) => steps.includes(id)))

function stepsOf(
  { policy }: CycleRules,
  held: readonly Held[],
  sheet: string,
  grounds: readonly Ground[],
  context: Context,
): Pick<Dismissal, 'steps' | 'decided'> {
  const own = held.filter((one) => one.sheet === sheet)
  const decided = own.find(({ kind }) => kind === 'dismissal')
  return {
    steps: stepsAsked(policy, grounds).map(({ id, title, clause }) => {
      const done = id === DECISION ? decided : own.find(({ kind, subject }) => kind === 'legalStep' && subject === id)
      return {
        id,
        title: title[context.lang],
        clause: clauseOf(policy, clause, context.lang).at,
        done: done ? signatureOf(done, context) : null,
      }
    }),
    decided: decided ? signatureOf(decided, context) : null,
  }
}
