import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules, nameFor, placeOf, sheetsWithin, type CycleRules, type UnitPath } from '../core/cycles.ts'
import { shown } from '../rules/exact.ts'
import { clauseOf, explainGrade } from '../rules/explain.ts'
import { gradeTitle } from '../rules/policy/parts.ts'
import type { Policy } from '../rules/policy/shape.ts'
import type { Outcome, QuotaGroup as Group } from '../rules/outcome.ts'
import { cohortOf, rulingsIn, townToRead, graded, type Cohort } from './cohort.ts'
import { type QuotaOverrides, readOverrides } from './overrides.ts'
import type { QuotaOfGroup } from './result.types.ts'

/** The quotas of a cycle, as they are or with other parameters tried. Throws `quota.unknown`. */
export async function quotasOf(
  context: Context,
  {
    cycle,
    unit,
    kind,
    overrides,
  }: {
    cycle: string
    unit: string | null | undefined
    kind: string | null | undefined
    overrides: QuotaOverrides | null | undefined
  },
): Promise<QuotaOfGroup[]> {
  const rules = await cycleRules(context, cycle)
  if (kind != null && !rules.policy.quotas.some(({ id }) => id === kind)) throw refusal(context, 'quota.unknown', { kind })
  const tried = readOverrides(overrides, context)
  const place = await placeOf(context, unit)
  const usual = await cohortOf(context, rules, townToRead(rules, place, tried))
  const now = tried ? graded(rules, usual.members, { ...tried, rulings: await rulingsIn(context, rules) }) : usual
  const names = await namesOf(context, rules, unit)
  return now.groups
    .filter(({ quota, groups }) => (kind == null || quota === kind) && takesIn(groups, place))
    .map((group) => quotaOf(rules.policy, group, now, names, context, { usual, place, only: () => true }))
}

/** Whether a group of a quota takes in the town that was asked for. */
export const takesIn = (groups: readonly string[], { town }: UnitPath): boolean => town === undefined || groups.includes(town)

interface Names {
  people: Map<string, { name: string; village: string }>
  towns: Map<string, string>
}

/** Names of the people on the sheets (all of them, or only those asked for) and of the towns. */
export async function namesOf(
  context: Context,
  { id }: CycleRules,
  unit: string | null | undefined,
  only?: string[],
): Promise<Names> {
  const actor = actorOf(context)
  const where = await sheetsWithin(context, id, unit)
  const among = only === undefined ? '' : `and s.id = any($${where.values.push(only)}::uuid[])`
  const { rows } = await context.pool.query<{ id: string; name: string; village: string }>(
    `select s.id, ${nameFor(actor)} as name, v.name as village
       from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
       join unit v on v.county_id = s.county_id and v.id = s.village_id
      where ${where.sql} ${among}`,
    where.values,
  )
  const { rows: towns } = await context.pool.query<{ id: string; name: string }>({
    name: 'towns',
    text: `select id, name from unit where county_id = $1 and kind = 'town'`,
    values: [actor.county],
  })
  return { people: new Map(rows.map((row) => [row.id, row])), towns: new Map(towns.map(({ id: town, name }) => [town, name])) }
}

/** A quota in one group, with the people of the place asked for whom `only` picks. */
export function quotaOf(
  policy: Policy,
  group: Group,
  now: Cohort,
  { people, towns }: Names,
  { lang }: Context,
  { usual, place, only }: { usual: Cohort; place: UnitPath; only: (outcome: Outcome) => boolean },
): QuotaOfGroup {
  const quota = policy.quotas.find(({ id }) => id === group.quota)!
  const within = group.groups.flatMap((id) => now.groupings.get(quota.group)?.get(id) ?? [])
  const listed = within.flatMap((member) => {
    const outcome = now.outcomes.get(member.id)!
    const listed = (place.town ?? member.group.town) === member.group.town && (place.village ?? member.village) === member.village
    return listed && only(outcome) ? [{ member, outcome }] : []
  })
  listed.sort((a, b) => (a.outcome.rank ?? Infinity) - (b.outcome.rank ?? Infinity))
  return {
    id: group.groups.join(' '),
    name: group.groups.map((id) => towns.get(id) ?? '').join('、'),
    grade: gradeTitle(policy, group.grade)[lang],
    base: group.base,
    cap: group.cap,
    percent: group.percent,
    rounding: group.rounding,
    taken: group.taken,
    left: group.seatsLeft,
    contested: group.contested.length,
    incomplete: group.incomplete,
    clause: clauseOf(policy, group.clause, lang).at,
    people: listed.map(({ member, outcome }) => {
      const before = usual.outcomes.get(member.id)!.seat
      return {
        sheet: member.id,
        name: people.get(member.id)?.name ?? '',
        village: people.get(member.id)?.village ?? '',
        total: shown(member.total),
        rank: outcome.rank,
        seat: outcome.seat,
        grade: outcome.grade === null ? undefined : gradeTitle(policy, outcome.grade)[lang],
        says: explainGrade(policy, outcome.reasons, lang).map(({ says, clause }) =>
          lang === 'zh' ? `${says}（${clause.at}）` : `${says} (${clause.at})`,
        ),
        moves: before === outcome.seat ? undefined : outcome.seat === 'in' ? 'enters' : before === 'in' ? 'leaves' : undefined,
      }
    }),
  }
}
