import { setImmediate } from 'node:timers/promises'
import { actorOf, type Context } from '../context.ts'
import { sheetsWithin, type CycleRules } from '../cycle/cycles.ts'
import { named } from '../database/database.ts'
import { exact } from '../rules/exact.ts'
import type { Facts } from '../rules/facts.ts'
import { sensitivityInTurns, type Effect, type Entrant } from '../rules/settle.ts'
import { dossierOf, type Beyond } from '../rules/person.ts'
import { dailyOf } from './elimination.ts'
import { daysOf, keptUntilChanged, onBaseDate, tables } from './cohort.ts'

interface Row {
  id: string
  coordinator: string
  town: string
  fullTime: boolean
  counted: boolean
  days: number
  facts: Facts
  beyond: Beyond
}

/** Everyone the caller sees in the cycle with all that is recorded of them, to be worked out again under other rules. */
export async function entrantsOf(context: Context, rules: CycleRules): Promise<Entrant[]> {
  const { county } = actorOf(context)
  const where = await sheetsWithin(context, rules.id, undefined, [rules.baseDate])
  const { rows } = await context.pool.query<Row>(
    named(
      `select s.id, s.coordinator_id as coordinator, s.town_id as town, s.full_time as "fullTime", s.days, s.facts, s.beyond,
              ${onBaseDate} as counted
         from ${tables}
        where ${where.sql} order by p.starts_on, s.line`,
      where.values,
    ),
  )
  const ofPerson = Map.groupBy(rows, ({ coordinator }) => coordinator)
  return rows.map(({ id, coordinator, town, fullTime, counted, days }) => ({
    id,
    ...measuredOf(rules, ofPerson.get(coordinator)!),
    group: { town, county },
    fullTime,
    counted,
    yearShare: exact(days).div(daysOf(rules.year)),
    postings: ofPerson.get(coordinator)!.map((post) => ({ person: dossierOf(post.facts, post.beyond), days: post.days })),
  }))
}

/** What the end of the order is looked for by, where the policy looks for it. */
function measuredOf({ policy, choices }: CycleRules, postings: readonly Row[]): Pick<Entrant, 'measured'> {
  const daily = policy.elimination && dailyOf(policy, choices, postings)
  return daily ? { measured: { daily } } : {}
}

/** What every other answer to an open question would change in the county. Others have their turn meanwhile. */
export function effectsOf(context: Context, rules: CycleRules): Promise<Effect[]> {
  return keptUntilChanged(context, rules, 'effects', async () => {
    const effects: Effect[] = []
    for (const effect of sensitivityInTurns(rules.policy, rules.choices, await entrantsOf(context, rules))) {
      if (effect) effects.push(effect)
      await setImmediate()
    }
    return effects
  })
}
