import { actorOf, type Context } from '../base/context.ts'
import { cycleRules, nameFor, placeOf, sheetsWithin } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { exact, shown } from '../rules/exact.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { lastOnly } from '../rules/postings.ts'
import { sightOf } from '../rules/access.ts'
import { cycleBefore, measureOf, ranksIn } from './measures.ts'
import { cohortOf, townToRead, type Cohort } from './cohort.ts'
import type { GradeCount, RankedVillage, VillageRanking } from './result.types.ts'
import { takesIn, namesOf, quotaOf } from './quotas.ts'

/** The villages in the order of a measure, with their ranks, ties, grades, and the quotas of their towns. */
export async function villageRanking(
  context: Context,
  { cycle, unit, measure }: { cycle: string; unit: string | null | undefined; measure: string },
): Promise<VillageRanking> {
  const rules = await cycleRules(context, cycle)
  const { policy } = rules
  const { title, expression, lacking } = measureOf(rules, measure, context)
  const where = await sheetsWithin(context, cycle, undefined)
  const sight = sightOf(actorOf(context))
  const place = await placeOf(context, unit)
  // Where the last posting alone counts (IR-50), a village has the score of whoever came last.
  const posts = lastOnly(policy, rules.choices)
    ? `(select distinct on (o.village_id) o.* from sheet o join posting p on p.county_id = o.county_id and p.id = o.posting_id
         where o.county_id = $1 and o.cycle_id = $2 order by o.village_id, p.starts_on desc, o.line)`
    : 'sheet'
  const column = place.village ? 'ranked.village' : 'ranked.town_id'
  const within = place.town ? `where ${column} = $${where.values.push(unit)}` : ''
  const { rows } = await context.pool.query<Omit<RankedVillage, 'grades' | 'before' | 'rose'> & { townId: string }>(
    // Ranks are of the whole county, whatever part is listed, and only of villages whose score is complete. Two different
    // time-weighted means differ within twelve places.
    named(
      `
      with scored as (
        select s.village_id as village, s.town_id, min(s.line) as line, (array_agg(s.id order by s.line))[1] as sheet,
               string_agg(${nameFor(actorOf(context))}, '、' order by s.line) as coordinators,
               round(sum((${expression}) * s.days) / sum(s.days), 12) as score, count(*)::int as sheets,
               sum(${lacking})::int as missing
          from ${posts} s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         where ${where.sql} group by s.village_id, s.town_id
      ), ranked as (
        select *, case when missing = 0 then rank() over (partition by missing = 0 order by score desc)::int end as rank,
               case when missing = 0 then rank() over (partition by missing = 0, town_id order by score desc)::int end as "townRank",
               case when missing = 0 then count(*) over (partition by missing = 0, score)::int else 1 end as tied
          from scored
      )
      select ranked.village, v.name, t.name as town, ranked.town_id as "townId", ranked.sheet, ranked.coordinators,
             ranked.score::text as score, ranked.rank,
             ranked."townRank", ranked.tied, ranked.sheets, ranked.missing
        from ranked
        join unit v on v.county_id = $1 and v.id = ranked.village
        join unit t on t.county_id = $1 and t.id = ranked.town_id
       ${within} order by ranked.rank nulls last, ranked.line`,
      where.values,
    ),
  )
  const result = await cohortOf(context, rules, townToRead(rules, place))
  const counts = gradesByVillage(policy, result, context)
  const names = await namesOf(
    context,
    rules,
    unit,
    [...result.outcomes.values()].filter(({ seat }) => seat === 'contested').map(({ id }) => id),
  )
  const earlier = await cycleBefore(context, rules)
  const past = earlier && (await ranksIn(context, earlier, measure))
  return {
    measure: title,
    baseDate: rules.baseDate,
    ties: new Set(rows.filter(({ tied }) => tied > 1).map(({ rank }) => rank)).size,
    villages: rows.map(({ townId, ...row }) => ({
      ...row,
      rank: sight === 'county' ? row.rank : null,
      townRank: sight === 'county' || sight.towns.includes(townId) ? row.townRank : null,
      score: shown(exact(row.score)),
      before: past?.has(row.village) ? shown(exact(past.get(row.village)!.score)) : null,
      rose: sight === 'county' ? roseBy(past?.get(row.village)?.rank, row.rank) : null,
      grades: counts.get(row.village) ?? [],
    })),
    quotas: result.groups
      .filter(({ groups }) => takesIn(groups, place))
      .map((group) =>
        quotaOf(policy, group, result, names, context, {
          usual: result,
          place,
          only: ({ seat }) => seat === 'contested',
        }),
      ),
  }
}

/** How many ranks somebody rose; null where either year has none. */
const roseBy = (before: number | null | undefined, rank: number | null): number | null =>
  before == null || rank === null ? null : before - rank

/** How many people of each village have each grade. Those whom the panel must still grade are counted under `panel`. */
function gradesByVillage(policy: Policy, { members, outcomes }: Cohort, { lang }: Context): Map<string, GradeCount[]> {
  const ladder = [
    ...policy.grades.ladder.map(({ id, title }) => ({ id, name: title[lang] })),
    { id: 'panel', name: lang === 'zh' ? '待评定' : 'Panel decides' },
  ]
  const counts = new Map<string, Map<string, number>>()
  for (const { id, village, counted } of members) {
    if (!counted) continue // of two postings in a year the person is graded at the one held on the base date
    const grade = outcomes.get(id)!.grade ?? 'panel'
    const ofVillage = counts.get(village) ?? new Map<string, number>()
    counts.set(village, ofVillage.set(grade, (ofVillage.get(grade) ?? 0) + 1))
  }
  return new Map(
    [...counts].map(([village, ofVillage]) => [
      village,
      ladder.flatMap(({ id, name }) => (ofVillage.has(id) ? [{ grade: id, name, count: ofVillage.get(id)! }] : [])),
    ]),
  )
}
