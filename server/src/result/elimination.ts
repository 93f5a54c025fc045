import { actorOf, type Context } from '../context.ts'
import type { CycleRules } from '../cycle/cycles.ts'
import { eliminate, type Elimination, type Ranked } from '../rules/eliminate.ts'
import { sum, type Exact } from '../rules/exact.ts'
import type { Beyond } from '../rules/person.ts'
import { chosen, type Policy } from '../rules/policy.ts'
import { wayOf } from '../rules/score/kind.ts'
import { meansOf } from '../rules/score/rated.ts'
import { rulingsOf } from '../ruling/rulings.ts'
import { cohortOf } from './cohort.ts'

/** Whose ballots are the record of daily performance (YK-28, IR-13). */
const dailyGroup = 'district'

interface Row {
  id: string
  coordinator: string
  days: number
  beyond: Beyond
}

/**
 * Who comes last under the policy, by what is stored: a list for a person to look at, from which nothing follows. Asked
 * only for whoever sees the whole county, of which the percentage is taken.
 */
export async function eliminationsOf(context: Context, rules: CycleRules): Promise<Elimination[]> {
  const { policy, choices } = rules
  if (!policy.elimination) return []
  const { county } = actorOf(context)
  const { members, outcomes } = await cohortOf(context, rules, undefined)
  const { rows } = await context.pool.query<Row>(
    `select id, coordinator_id as coordinator, days, beyond from sheet where county_id = $1 and cycle_id = $2`,
    [county, rules.id],
  )
  const sheets = new Map(rows.map((row) => [row.id, row]))
  const postings = Map.groupBy(rows, ({ coordinator }) => coordinator)
  const held = await rulingsOf(context.pool, county, rules.id, ['legalStep', 'dismissal'])
  const worst = policy.grades.ladder.at(-1)!.id
  const scored = policy.rated && wayOf(policy.rated.weights, (id) => chosen(policy, choices, id)) !== 'none'
  const people = members.map((member): Ranked => {
    const own = held.filter(({ sheet }) => sheet === member.id)
    const daily = dailyOf(policy, choices, postings.get(sheets.get(member.id)?.coordinator ?? '') ?? [])
    return {
      id: member.id,
      group: member.group,
      counted: member.counted,
      ...(member.yearShare ? { yearShare: member.yearShare } : {}),
      dismissed: outcomes.get(member.id)?.grade === worst && own.some(({ kind }) => kind === 'dismissal'),
      measured: { ...(daily ? { daily } : {}), ...(scored && member.missing === 0 ? { annual: member.total } : {}) },
      done: own.filter(({ kind }) => kind === 'legalStep').map(({ subject }) => subject),
    }
  })
  return eliminate(policy, choices, people)
}

/**
 * The mean of the daily reviews over all dimensions; of somebody with several postings weighted by the days of those that
 * were reviewed. Undefined without a review.
 */
export function dailyOf(
  policy: Policy,
  choices: CycleRules['choices'],
  postings: readonly Pick<Row, 'days' | 'beyond'>[],
): Exact | undefined {
  const reviewed = postings.flatMap(({ days, beyond: { ballots = [] } }) => {
    const own = ballots.filter(({ group }) => group === dailyGroup)
    const means = policy.rated ? meansOf(policy.rated, own, (id) => chosen(policy, choices, id)) : []
    return means.length === 0 || days === 0 ? [] : [{ days, mean: sum(means.map(({ mean }) => mean)).div(means.length) }]
  })
  const days = reviewed.reduce((all, one) => all + one.days, 0)
  return days === 0 ? undefined : sum(reviewed.map((one) => one.mean.mul(one.days))).div(days)
}
