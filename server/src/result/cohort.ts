import { actorOf, type Context } from '../context.ts'
import { sheetsWithin, type CycleRules } from '../cycle/cycles.ts'
import { named } from '../database/database.ts'
import { sightOf } from '../rules/access.ts'
import { exact } from '../rules/exact.ts'
import type { Facts } from '../rules/facts.ts'
import { gradeCohort, type CohortOverrides, type Outcome, type Person, type QuotaGroup } from '../rules/grade.ts'
import { together } from '../rules/postings.ts'

/** A person before the quotas, by the id of the sheet of the posting held on the base date. */
export interface Member extends Person {
  village: string
}

interface Row {
  id: string
  coordinator: string
  village: string
  town: string
  fullTime: boolean
  counted: boolean
  days: number
  total: string
  missing: number
  facts: Facts | null
}

const columns = `s.id, s.coordinator_id as coordinator, s.village_id as village, s.town_id as town, s.full_time as "fullTime",
  p.starts_on <= $3 and (p.ends_on is null or p.ends_on >= $3) as counted, s.days, s.total::text as total, s.missing`
const tables = 'sheet s join posting p on p.county_id = s.county_id and p.id = s.posting_id'

/**
 * The people of a town, or of every town, for the quotas: each by the sheet of each posting, with the score of the whole
 * year (IR-50); `counted` is the one held on the base date. Only towns that the caller sees whole: a quota of a part of a
 * town would have a base, a cap and seats that are nobody's.
 */
export async function membersOf(context: Context, rules: CycleRules, town: string | undefined): Promise<Member[]> {
  const actor = actorOf(context)
  const { county } = actor
  const where = await sheetsWithin(context, rules.id, town, [rules.baseDate])
  const sight = sightOf(actor)
  const whole = sight === 'county' ? '' : `and s.town_id = any($${where.values.push(sight.towns)}::uuid[])`
  const { rows } = await context.pool.query<Row>(
    named(
      `select ${columns}, case when s.limits <> '{}' then s.facts end as facts from ${tables}
        where ${where.sql} ${whole} order by s.line`,
      where.values,
    ),
  )
  // Few people move within a year; only they need their other sheets, which may lie in another town.
  const { rows: moved } = await context.pool.query<Row>({
    name: 'moved-members',
    text: `select ${columns}, s.facts from ${tables}
            where s.county_id = $1 and s.cycle_id = $2 and s.coordinator_id in
                  (select coordinator_id from sheet where county_id = $1 and cycle_id = $2 group by coordinator_id having count(*) > 1)`,
    values: where.values.slice(0, 3),
  })
  const postings = Map.groupBy(moved, ({ coordinator }) => coordinator)
  return rows.map(({ id, village, town, fullTime, counted, coordinator, ...own }) => {
    const of = ({ total, days, missing, facts }: Pick<Row, 'total' | 'days' | 'missing' | 'facts'>) => ({
      total: exact(total),
      days,
      missing,
      facts: facts ?? {},
    })
    const several = postings.get(coordinator)
    return {
      id,
      village,
      group: { town, county },
      fullTime,
      counted,
      ...(several ? together(rules.policy, several.map(of)) : of(own)),
    }
  })
}

export interface Graded {
  outcomes: Map<string, Outcome>
  groups: QuotaGroup[]
}

/** Grades and quotas under the cycle's readings. */
export function graded({ policy, choices }: CycleRules, members: readonly Member[], overrides: CohortOverrides = {}): Graded {
  const { outcomes, groups } = gradeCohort(policy, choices, members, overrides)
  return { outcomes: new Map(outcomes.map((outcome) => [outcome.id, outcome])), groups }
}
