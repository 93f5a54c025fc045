import { actorOf, type Reader } from '../base/context.ts'
import { sheetsWithin, type CycleRules, type UnitPath } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { sightOf } from '../rules/access.ts'
import { exact } from '../rules/exact.ts'
import { factsOf } from '../rules/assess.ts'
import { gradeCohort } from '../rules/cohort.ts'
import type { CohortOverrides, Outcome, QuotaGroup } from '../rules/outcome.ts'
import type { Facts } from '../rules/facts.ts'
import type { Person } from '../rules/grade.ts'
import { dossierOf, type Beyond } from '../rules/person.ts'
import { wayIn } from '../rules/policy/readings.ts'
import { joinPostings } from '../rules/postings.ts'
import { tieRulings } from '../core/rulings.ts'

/** A person before the quotas, by the id of the sheet of one posting; `counted` at the one held on the base date. */
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
    graded(rules, await membersOf(context, rules, town), { rulings: await rulingsIn(context, rules) }),
  )
}

/** The panel's rulings between people who tied: what stands beside the scores, for the results and for whatever is tried on them. */
export const rulingsIn = (context: Reader, { id }: CycleRules) => tieRulings(context.pool, actorOf(context).county, id)

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

/** Which versions of their rows the sheets of the cycle, its rulings and the postings have: every change of a row gives it another. */
async function versionsOf(context: Reader, { id }: CycleRules): Promise<string> {
  const { rows } = await context.pool.query<{ versions: string }>({
    name: 'versions-of-cohort',
    text: `select concat_ws(' ',
                    (select count(*) || ' ' || sum(xmin::text::bigint) from sheet where county_id = $1 and cycle_id = $2),
                    (select count(*) || ' ' || sum(xmin::text::bigint) from ruling where county_id = $1 and cycle_id = $2),
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

/** A posting as everything about a cohort needs it. */
export interface PostingRow {
  id: string
  coordinator: string
  village: string
  town: string
  fullTime: boolean
  onBaseDate: boolean
  days: number
  beyond: Beyond
}

/** Whether the posting `p` is held on the base date, `$3`. */
const onBaseDate = 'p.starts_on <= $3 and (p.ends_on is null or p.ends_on >= $3)'
const columns = `s.id, s.coordinator_id as coordinator, s.village_id as village, s.town_id as town, s.full_time as "fullTime",
  ${onBaseDate} as "onBaseDate", s.days, s.beyond`
const tables = 'sheet s join posting p on p.county_id = s.county_id and p.id = s.posting_id'

const daysOf = (year: number): number => (Date.UTC(year + 1) - Date.UTC(year)) / 86_400_000

/**
 * The postings of everybody the caller sees whole, in the order of the roll, and by person all the postings of those who
 * have several, earliest first: they may lie in another town than the one asked for. `more` are columns besides, and
 * `ofMoved` those of the people with several postings.
 */
export async function postingsOf<Row extends PostingRow>(
  context: Reader,
  rules: CycleRules,
  town: string | undefined,
  more: string,
  ofMoved = more,
): Promise<{ rows: Row[]; moved: Map<string, Row[]> }> {
  const where = await sheetsWithin(context, rules.id, town, [rules.baseDate])
  const sight = sightOf(actorOf(context))
  const whole = sight === 'county' ? '' : `and s.town_id = any($${where.values.push(sight.towns)}::uuid[])`
  const { rows } = await context.pool.query<Row>(
    named(`select ${columns}, ${more} from ${tables} where ${where.sql} ${whole} order by s.line`, where.values),
  )
  // Few people move within a year. They are found first, as a list: of a cycle just opened the database has counted
  // nothing yet, and would look for them once for every sheet.
  const { rows: several } = await context.pool.query<Row>(
    named(
      `select ${columns}, ${ofMoved} from ${tables}
        where s.county_id = $1 and s.cycle_id = $2 and s.coordinator_id = any(array(
              select coordinator_id from sheet where county_id = $1 and cycle_id = $2 group by coordinator_id having count(*) > 1))
        order by p.starts_on, s.line`,
      where.values.slice(0, 3),
    ),
  )
  return {
    rows,
    moved: new Map([...Map.groupBy(several, ({ coordinator }) => coordinator)].map(([who, posts]) => [who, countedLast(posts)])),
  }
}

/** Postings earliest first, but the one where the person is counted last: held on the base date, or the last held. */
const countedLast = <Row extends Pick<PostingRow, 'onBaseDate'>>(posts: readonly Row[]): Row[] => {
  const held = posts.findLast(({ onBaseDate: isHeld }) => isHeld) ?? posts.at(-1)!
  return [...posts.filter((post) => post !== held), held]
}

/**
 * Where somebody stands: counted at the post held on the base date, at the latest of them where there are several; and
 * moved on from each post that is not the one they are counted at, or, of those who left, the last.
 */
export function standingOf(
  { year }: CycleRules,
  county: string,
  row: PostingRow,
  postings: readonly PostingRow[] = [row],
): Pick<Person, 'id' | 'group' | 'fullTime' | 'counted' | 'movedOn' | 'yearShare'> {
  const held = postings.at(-1)!
  return {
    id: row.id,
    group: { town: row.town, county },
    fullTime: row.fullTime,
    counted: row.onBaseDate && held.id === row.id,
    movedOn: held.id !== row.id,
    yearShare: exact(row.days).div(daysOf(year)),
  }
}

/** Each by the sheet of each posting, with the result of the whole year (IR-50). */
async function membersOf(context: Reader, rules: CycleRules, town: string | undefined): Promise<Member[]> {
  const { policy, choices } = rules
  const { county } = actorOf(context)
  // Facts are much to carry; without conditions only those matter that may have hit a limit.
  const asksFacts = policy.checklists.length > 0 || policy.absences !== undefined
  type Row = PostingRow & { total: string; missing: number; facts: Facts | null }
  const scores = 's.total::text as total, s.missing'
  const { rows, moved } = await postingsOf<Row>(
    context,
    rules,
    town,
    `${scores}, case when s.limits <> '{}' or ${asksFacts} then s.facts end as facts`,
    `${scores}, s.facts`,
  )
  const of = ({ total, days, missing, facts, beyond }: Row) => {
    const dossier = dossierOf(facts ?? {}, beyond)
    return { total: exact(total), days, missing, facts: factsOf(policy, choices, dossier), dated: dossier }
  }
  return rows.map((row) => {
    const several = moved.get(row.coordinator)
    return {
      ...standingOf(rules, county, row, several),
      village: row.village,
      ...(row.beyond.panel ? { panel: row.beyond.panel } : {}),
      ...(several ? joinPostings(policy, choices, several.map(of)) : of(row)),
    }
  })
}

/** The town whose people must be read: all of them where small towns share their seats. */
export function townToRead({ policy, choices }: CycleRules, { town }: UnitPath, tried?: CohortOverrides): string | undefined {
  const ways = [tried?.rounding, ...policy.quotas.map(({ rounding }) => wayIn(policy, choices, rounding))]
  return ways.includes('pooled') ? undefined : town
}
