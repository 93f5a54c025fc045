import { setImmediate } from 'node:timers/promises'
import { actorOf, type Context } from '../base/context.ts'
import type { CycleRules } from '../core/cycles.ts'
import type { Facts } from '../rules/facts.ts'
import { sensitivityInTurns, type Effect, type Entrant } from '../rules/settle.ts'
import { dossierOf } from '../rules/person.ts'
import { dismissalsIn } from './consequence-grounds.ts'
import { dailyOf } from './elimination.ts'
import { keptUntilChanged, postingsOf, rulingsIn, standingOf, type PostingRow } from './cohort.ts'

/** Everyone the caller sees in the cycle with all that is recorded of them, to be worked out again under other rules. */
export async function entrantsOf(context: Context, rules: CycleRules): Promise<Entrant[]> {
  const { county } = actorOf(context)
  const { rows, moved } = await postingsOf<PostingRow & { facts: Facts }>(context, rules, undefined, 's.facts')
  const dismissals = await dismissalsIn(context, rules)
  return rows.map((row) => {
    const postings = moved.get(row.coordinator) ?? [row]
    const daily = rules.policy.elimination && dailyOf(rules.policy, rules.choices, postings)
    return {
      ...standingOf(rules, county, row, postings),
      ...(daily ? { measured: { daily } } : {}),
      ...dismissals.get(row.id),
      postings: postings.map((post) => ({ person: dossierOf(post.facts, post.beyond), days: post.days })),
    }
  })
}

/**
 * What every other answer to an open question would change in the county as it stands, rulings included. The event loop runs
 * other requests between the computations.
 */
export function effectsOf(context: Context, rules: CycleRules): Promise<Effect[]> {
  return keptUntilChanged(context, rules, 'effects', async () => {
    const effects: Effect[] = []
    const rulings = await rulingsIn(context, rules)
    for (const effect of sensitivityInTurns(rules.policy, rules.choices, await entrantsOf(context, rules), rulings)) {
      if (effect) effects.push(effect)
      await setImmediate()
    }
    return effects
  })
}
