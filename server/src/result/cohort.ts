import { actorOf, type Reader } from '../context.ts'
import { sheetsWithin, type CycleRules, type Place } from '../cycle/cycles.ts'
import { named } from '../database/database.ts'
import { sightOf } from '../rules/access.ts'
import { exact } from '../rules/exact.ts'
import { factsOf } from '../rules/assess.ts'
import type { Facts } from '../rules/facts.ts'
import { dossierOf, type Beyond } from '../rules/person.ts'
import { gradeCohort, type CohortOverrides, type Outcome, type Person, type QuotaGroup } from '../rules/grade.ts'
import { wayIn } from '../rules/policy.ts'
import { together } from '../rules/postings.ts'
import { rulingsOf } from '../ruling/rulings.ts'

/** A person before the quotas, by the id of the sheet of the posting held on the base date. */
export interface Member extends Person {
  village: string
}

/** The people of whole towns with their grades and the quotas. Shared between requests: not to be changed. */
export interface Cohort {
  members: readonly Member[]
  outcomes: ReadonlyMap<string, Outcome>
  groups: readonly QuotaGroup[]
  /** The members by kind of group, then by group: `town`, then the id of a town. */
  groupings: ReadonlyMap<string, ReadonlyMap<string, readonly Member[]>>
}

/**
 * The cohort of a town, or of every town that the caller sees whole: a quota of a part of a town would have a base, a cap
 * and seats that are nobody's. Kept as long as no row it was made of has another version, whoever changed it and how.
 */
export async function cohortOf(context: Reader, rules: CycleRules, town: string | undefined): Promise<Cohort> {
  const actor = actorOf(context)
  const sight = sightOf(actor)
  const towns = sight === 'county' ? 'county' : sight.towns.toSorted().join(' ')
  return keptUntilChanged(context, rules, ['cohort', town ?? '', towns].join(' '), async () =>
    graded(rules, await membersOf(context, rules, town), { ruling: await seatsRuled(context, rules) }),
  )
}

/** Whom the panels put first where people tie, in the order of their rulings. */
export const seatsRuled = async (context: Reader, { id }: CycleRules): Promise<string[]> =>
  (await rulingsOf(context.pool, actorOf(context).county, id, ['seat'])).map(({ sheet }) => sheet)

const kept = new WeakMap<object, Map<string, { basis: string; made: unknown }>>()

/** What was made of the cycle's rows, as long as none of them has another version. `what` names it within the county. */
export async function keptUntilChanged<T>(context: Reader, rules: CycleRules, what: string, make: () => Promise<T>): Promise<T> {
  const place = [actorOf(context).county, rules.id, what].join(' ')
  const basis = [await versionsOf(context, rules), rules.baseDate, JSON.stringify(rules.choices)].join(' ')
  const keeping = kept.get(context.pool) ?? new Map<string, { basis: string; made: unknown }>()
  kept.set(context.pool, keeping)
  const found = keeping.get(place)
  if (found?.basis === basis) return found.made as T
  const made = await make()
  if (keeping.size >= 100) keeping.clear()
  keeping.set(place, { basis, made })
  return made
}

/** Which versions of their rows the sheets of the cycle and the postings have: every change of a row gives it another. */
async function versionsOf(context: Reader, { id }: CycleRules): Promise<string> {
  const { rows } = await context.pool.query<{ versions: string }>({
    name: 'versions-of-cohort',
    text: `select concat_ws(' ',
                    (select count(*) || ' ' || sum(xmin::text::bigint) from sheet where county_id = $1 and cycle_id = $2),
                    (select count(*) || ' ' || sum(xmin::text::bigint) from posting where county_id = $1)) as versions`,
    values: [actorOf(context).county, id],
  })
  return rows[0]!.versions
}

/** Grades and quotas under the cycle's readings, or with other parameters. */
export function graded({ policy, choices }: CycleRules, members: readonly Member[], overrides: CohortOverrides = {}): Cohort {
  const { outcomes, groups } = gradeCohort(policy, choices, members, overrides)
  const kinds = new Set(policy.quotas.map(({ group }) => group))
  return {
    members,
    outcomes: new Map(outcomes.map((outcome) => [outcome.id, outcome])),
    groups,
    groupings: new Map([...kinds].map((kind) => [kind, Map.groupBy(members, ({ group }) => group[kind] ?? '')])),
  }
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
  beyond: Beyond
}

/** Whether the posting `p` is held on the base date, `$3`. */
export const onBaseDate = 'p.starts_on <= $3 and (p.ends_on is null or p.ends_on >= $3)'

const columns = `s.id, s.coordinator_id as coordinator, s.village_id as village, s.town_id as town, s.full_time as "fullTime",
  ${onBaseDate} as counted, s.days, s.total::text as total, s.missing, s.beyond`
export const tables = 'sheet s join posting p on p.county_id = s.county_id and p.id = s.posting_id'

export const daysOf = (year: number): number => (Date.UTC(year + 1) - Date.UTC(year)) / 86_400_000

/** Each by the sheet of each posting, with the score of the whole year (IR-50); `counted` is the one held on the base date. */
async function membersOf(context: Reader, rules: CycleRules, town: string | undefined): Promise<Member[]> {
  const actor = actorOf(context)
  const { county } = actor
  const where = await sheetsWithin(context, rules.id, town, [rules.baseDate])
  const sight = sightOf(actor)
  const whole = sight === 'county' ? '' : `and s.town_id = any($${where.values.push(sight.towns)}::uuid[])`
  // Facts are much to carry; without conditions only those matter that may have hit a limit.
  const asksFacts = rules.policy.checklists.length > 0 || rules.policy.absences !== undefined
  const { rows } = await context.pool.query<Row>(
    named(
      `select ${columns}, case when s.limits <> '{}' or ${asksFacts} then s.facts end as facts from ${tables}
        where ${where.sql} ${whole} order by s.line`,
      where.values,
    ),
  )
  // Few people move within a year; only they need their other sheets, which may lie in another town. They are found first,
  // as a list: of a cycle just opened the database has counted nothing yet, and would look for them once for every sheet.
  const { rows: moved } = await context.pool.query<Row>({
    name: 'moved-members',
    text: `select ${columns}, s.facts from ${tables}
            where s.county_id = $1 and s.cycle_id = $2 and s.coordinator_id = any(array(
                  select coordinator_id from sheet where county_id = $1 and cycle_id = $2 group by coordinator_id having count(*) > 1))
            order by p.starts_on`,
    values: where.values.slice(0, 3),
  })
  const postings = Map.groupBy(moved, ({ coordinator }) => coordinator)
  return rows.map(({ id, village, town, fullTime, counted, coordinator, ...own }) => {
    const of = ({ total, days, missing, facts, beyond }: Pick<Row, 'total' | 'days' | 'missing' | 'facts' | 'beyond'>) => ({
      total: exact(total),
      days,
      missing,
      facts: factsOf(rules.policy, rules.choices, dossierOf(facts ?? {}, beyond)),
    })
    const several = postings.get(coordinator)
    return {
      id,
      village,
      group: { town, county },
      fullTime,
      counted,
      ...(own.beyond.panel ? { panel: own.beyond.panel } : {}),
      yearShare: exact(own.days).div(daysOf(rules.year)),
      ...(several ? together(rules.policy, rules.choices, several.map(of)) : of(own)),
    }
  })
}

/** The town whose people must be read: all of them where small towns share their seats. */
export function townToRead({ policy, choices }: CycleRules, { town }: Place, tried?: CohortOverrides): string | undefined {
  const ways = [tried?.rounding, ...policy.quotas.map(({ rounding }) => wayIn(policy, choices, rounding))]
  return ways.includes('pooled') ? undefined : town
}
