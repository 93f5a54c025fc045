import { actorOf, type Context } from '../base/context.ts'
import { changerFor, cycleRules, placeOf } from '../core/cycles.ts'
import { cohortOf, townToRead } from '../result/cohort.ts'
import { seesNames } from '../rules/access.ts'
import { basisSentence } from '../rules/basis-words.ts'
import { changedSince, fallenIn } from '../result/fallen.ts'
import type { FallenDecision } from './ruling.types.ts'
import { peopleOf } from './people.ts'

/** The decisions that fell, as far as they are about sheets that the caller sees. */
export async function fallenDecisions(
  context: Context,
  cycle: string,
  unit: string | null | undefined,
): Promise<FallenDecision[]> {
  const rules = await cycleRules(context, cycle)
  const place = await placeOf(context, unit)
  const people = await peopleOf(context, cycle, unit)
  const fallen = await fallenIn(context, rules, await cohortOf(context, rules, townToRead(rules, place)))
  const own = fallen.filter(({ sheets }) => sheets.length === 0 || sheets.some((id) => people.has(id)))
  return Promise.all(
    own.map(async (one) => ({
      kind: one.kind,
      sheets: one.sheets,
      names: one.sheets.flatMap((id) => people.get(id)?.name ?? []).join('、'),
      text: seesNames(actorOf(context)) ? one.text : '',
      by: changerFor(actorOf(context), one.by),
      at: new Date(one.at),
      changes: basisSentence(rules.policy, one.changes, context.lang),
      changedAt: await changedSince(context, rules, one),
    })),
  )
}
