import { actorOf, refusal, type Context } from '../base/context.ts'
import { keyedId } from '../base/id.ts'
import { cycleRules, sheetsWithin } from '../core/cycles.ts'
import { checkKey } from '../ledger/act.ts'
import { measureOf, ranksIn } from '../result/measures.ts'
import { compare, exact } from '../rules/exact.ts'
import { chosen } from '../rules/policy/readings.ts'
import { eachRank, inTiers } from '../rules/rank.ts'
import { mayChange } from '../rules/reopened.ts'
import { stageOf } from '../rules/stages.ts'
import { pointsByPlace } from '../rules/score/ranks.ts'
import { proposeClaim } from './claims.ts'

/**
 * Puts the places of a ranking of villages forward as claims, for every sheet of a village with a place that has no such
 * claim. Answers how many. Throws `claim.noRanks`, `measure.unknown`, `key.malformed`, and what `proposeClaim` throws.
 */
export async function proposeRanks(
  context: Context,
  { cycle, rule: ruleId, measure, key }: { cycle: string; rule: string; measure: string; key: string },
): Promise<number> {
  checkKey(key, context.lang)
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const rule = rules.policy.tally?.rules.find((one) => one.id === ruleId)
  if (rule?.kind !== 'ranks') throw refusal(context, 'claim.noRanks')
  const { title } = measureOf(rules, measure, context)
  const ranks = await ranksIn(context, rules, measure)
  const counting = pointsByPlace(rule, (reading) => chosen(rules.policy, rules.choices, reading))
  const places = placesOf(ranks, rule.from, counting.length)
  const where = await sheetsWithin(context, cycle, undefined, [[...places.keys()], rules.baseDate])
  type Ranked = { id: string; village: string; stage: string; reopened: string[] | null; claimed: boolean }
  const { rows } = await context.pool.query<Ranked>(
    `select s.id, s.village_id as village, s.stage, s.reopened,
            exists (select from claim k where k.county_id = s.county_id and k.sheet_id = s.id and k.rule = $${where.values.push(ruleId)} and k.state in ('proposed', 'accepted')) as claimed
       from sheet s join posting p on p.county_id = s.county_id and p.id = s.posting_id
      where ${where.sql} and s.village_id = any($3::uuid[]) and p.starts_on <= $4 and (p.ends_on is null or p.ends_on >= $4)
      order by s.line`,
    where.values,
  )
  // Every claim has its own key, by its sheet and rule: sent again, the call goes on where it was broken off.
  const keyOf = (sheet: string) => keyedId(`${sheet} ${ruleId}`, key)
  const { rows: done } = await context.pool.query<{ key: string }>(
    'select key from change_set where county_id = $1 and account_id = $2 and key = any($3)',
    [actor.county, actor.id, rows.map(({ id }) => keyOf(id))],
  )
  const before = new Set(done.map((made) => made.key))
  const open = rows.filter(
    (row) =>
      !row.claimed &&
      !before.has(keyOf(row.id)) &&
      stageOf(rules.policy, row.stage)?.writes === 'yes' &&
      mayChange(row.reopened, ruleId),
  )
  for (const { id, village } of open) {
    const place = String(places.get(village))
    await proposeClaim(context, id, { rule: ruleId, place, matter: `${title} ${rules.year}` }, keyOf(id))
  }
  return before.size + open.length
}

/**
 * The villages with one of the first places, or of the last, by place: equals share theirs, 1-2-2-4. Equals of whom some
 * would lie beyond the last place that counts are left to people: a tie is not split, and it does not stretch the places.
 */
function placesOf(ranks: ReadonlyMap<string, { score: string }>, from: 'top' | 'bottom', tiers: number): Map<string, number> {
  const all = [...ranks].map(([village, { score }]) => ({ village, score: exact(score) }))
  const sign = from === 'top' ? 1 : -1
  let ahead = 0
  const counting = inTiers(all, (a, b) => sign * compare(b.score, a.score)).filter((tier) => (ahead += tier.length) <= tiers)
  const places = new Map<string, number>()
  eachRank(counting, ({ village }, place) => places.set(village, place))
  return places
}
