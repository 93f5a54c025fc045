import type { Reader } from '../base/context.ts'
import type { CycleRules } from '../core/cycles.ts'
import { eliminate, type Elimination } from '../rules/eliminate.ts'
import { sum, type Exact } from '../rules/exact.ts'
import { chosen } from '../rules/policy/readings.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { meansOf } from '../rules/score/rated.ts'
import { rankedOf } from '../rules/settle.ts'
import { dismissalsIn } from './consequence-grounds.ts'
import { cohortOf, postingsOf, rulingsIn, type PostingRow } from './cohort.ts'

/** Whose ballots are the record of daily performance (YK-28, IR-13). */
const dailyGroup = 'district'

/**
 * Who comes last under the policy, by what is stored: a list for a person to look at, from which nothing follows. Asked
 * only for whoever sees the whole county, of which the percentage is taken.
 */
export async function eliminationsOf(context: Reader, rules: CycleRules): Promise<Elimination[]> {
  const { policy, choices } = rules
  if (!policy.elimination) return []
  const { members, outcomes } = await cohortOf(context, rules, undefined)
  const { rows, moved } = await postingsOf<PostingRow>(context, rules, undefined, 's.line')
  const posts = new Map(rows.map((row) => [row.id, moved.get(row.coordinator) ?? [row]]))
  const dismissals = await dismissalsIn(context, rules)
  const people = members.map((member) => {
    const daily = dailyOf(policy, choices, posts.get(member.id) ?? [])
    const measured = daily ? { daily } : {}
    return rankedOf(policy, choices, { ...member, measured, ...dismissals.get(member.id), grade: outcomes.get(member.id)!.grade })
  })
  return eliminate(policy, choices, people, { rulings: await rulingsIn(context, rules) })
}

/**
 * The mean of the daily reviews over all dimensions; of somebody with several postings weighted by the days of those that
 * were reviewed. Undefined without a review.
 */
export function dailyOf(
  policy: Policy,
  choices: CycleRules['choices'],
  postings: readonly Pick<PostingRow, 'days' | 'beyond'>[],
): Exact | undefined {
  const reviewed = postings.flatMap(({ days, beyond: { ballots = [] } }) => {
    const own = ballots.filter(({ group }) => group === dailyGroup)
    const means = policy.rated ? meansOf(policy.rated, own, (id) => chosen(policy, choices, id)) : []
    return means.length === 0 || days === 0 ? [] : [{ days, mean: sum(means.map(({ mean }) => mean)).div(means.length) }]
  })
  const days = reviewed.reduce((all, one) => all + one.days, 0)
  return days === 0 ? undefined : sum(reviewed.map((one) => one.mean.mul(one.days))).div(days)
}
