import { actorOf } from '../base/context.ts'
import { cycleRules, inSight, type CycleRules } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { askedOf, isSecret, shownFrom } from '../rules/ballots.ts'
import { exact, percent, storable } from '../rules/exact.ts'
import { masked, type Asking, type Bind } from './entity.ts'
import { parameters } from './page.ts'
import { hiddenGroups, least, type Group } from './suppress.ts'

/** How far the raters of one group agree, in one town or in all that the caller sees, on one dimension or on the whole ballot. */
export interface Dispersion {
  /** The town; none for all that the caller sees. */
  id: string | null
  name: string | null
  group: string
  title: string
  secret: boolean
  /** None for the ballot as a whole, its dimensions weighed as the score weighs them. */
  dimension: string | null
  dimensionTitle: string | null
  suppressed: boolean
  ballots: number | null
  people: number | null
  /** Of the marks, each as a percentage of the most a ballot gives: decimal text to twelve places. */
  mean: string | null
  deviation: string | null
  /** Mean distance of a ballot from the mean of its group for the same person; none where nobody has two. */
  distance: string | null
  /** Percentage of those ballots that lie further from it than twice the deviation from it. */
  far: string | null
}

type Counted = Pick<Dispersion, 'group' | 'mean' | 'deviation' | 'distance' | 'far'> & {
  town: string | null
  name: string | null
  dimension: string
  ballots: number
  people: number
}

/**
 * The spread of the ballots of a cycle, by group of raters: of all that the caller sees, then of each town. Ballots of a
 * secret group count only where so many were cast for a person that their mean may be told, so that no sum leads back to
 * fewer; and no number is of fewer than five of them, to anybody. For analysts neither is one of fewer than five people.
 * Throws `cycle.unknown`.
 */
export async function dispersionOf(asking: Asking, cycle: string): Promise<Dispersion[]> {
  const { context } = asking
  const rules = await cycleRules(context, cycle)
  const { rated } = rules.policy
  if (!rated) return []
  const found = await spreadOf(asking, rules)
  const hidden = hiddenOf(asking, found)
  const { lang } = context
  const titles = new Map(rated.dimensions.map(({ id, title }) => [id, title[lang]]))
  const groups = new Map(rated.groups.map(({ id, title }) => [id, title[lang]]))
  const places = [...groups.keys()]
  return found
    .filter(({ group }) => groups.has(group))
    .toSorted((a, b) => places.indexOf(a.group) - places.indexOf(b.group))
    .map(({ town: id, name, group, dimension, ...counted }) => {
      const suppressed = hidden.has(keyOf(group, id))
      const none = { ballots: null, people: null, mean: null, deviation: null, distance: null, far: null }
      return {
        id,
        name,
        group,
        title: groups.get(group)!,
        secret: isSecret(group),
        dimension: dimension || null,
        dimensionTitle: titles.get(dimension) ?? null,
        suppressed,
        ...(suppressed ? none : counted),
      }
    })
}

const keyOf = (group: string, town: string | null): string => `${group} ${town ?? ''}`

/** The groups of raters, by `keyOf`, that are not told: their towns add up to the whole. */
function hiddenOf(asking: Asking, found: readonly Counted[]): Set<string> {
  const whole = masked(asking)
  const groups = found
    .filter(({ dimension, group }) => dimension === '' && (whole || isSecret(group)))
    .map(({ group, town, ballots, people }): Group & { town: string | null } => {
      const size = whole ? people : ballots
      return { keys: [group, town ?? ''], town, people: size, whole: size }
    })
  const all = hiddenGroups(
    groups.filter(({ town }) => town === null),
    () => [],
  )
  const towns = hiddenGroups(
    groups.filter(({ town }) => town !== null),
    ({ keys: [group] }) => [group!],
  )
  return new Set([...all, ...towns].map(({ keys: [group, town] }) => keyOf(group!, town!)))
}

/** The dimensions as a table `d` of a statement: the most a ballot gives each, and how much it weighs. */
function dimensionsTable({ policy, choices }: CycleRules, bind: Bind): string {
  const asked = askedOf(policy, choices)
  const dimensions = asked.map(({ dimension: { id, share }, most }, at) => ({
    dimension: id,
    place: at + 1,
    most: storable(most),
    share: storable(share ? percent(share) : exact(1n, BigInt(asked.length))),
  }))
  return `jsonb_to_recordset(${bind(JSON.stringify(dimensions))}::jsonb) d(dimension text, place int, most numeric, share numeric)`
}

async function spreadOf(asking: Asking, rules: CycleRules): Promise<Counted[]> {
  const { context } = asking
  const actor = actorOf(context)
  const { values, bind } = parameters()
  const county = bind(actor.county)
  const signed = bind((rules.policy.rated?.groups ?? []).map(({ id }) => id).filter((id) => !isSecret(id)))
  const enough = bind(masked(asking) ? least : shownFrom)
  const { rows } = await context.pool.query<Counted>(
    named(
      `with cast_for as (
         select b.id, b.sheet_id as sheet, s.coordinator_id as person, s.town_id as town, b.rater_group as "group", d.dimension, d.place, d.share,
                100 * (b.scores ->> d.dimension)::numeric / d.most as mark,
                bool_and(coalesce((b.scores ->> d.dimension)::numeric between 0 and d.most, false)) over (partition by b.id) as counts
           from ballot b join sheet s on s.county_id = b.county_id and s.id = b.sheet_id cross join ${dimensionsTable(rules, bind)}
          where b.county_id = ${county} and b.cycle_id = ${bind(rules.id)} and b.valid and ${inSight(actor, bind)}
       ), marked as (
         select id, sheet, person, town, "group", dimension, place, mark from cast_for where counts
         union all
         select id, sheet, person, town, "group", '', 0, sum(mark * share) / sum(share) from cast_for where counts group by 1, 2, 3, 4, 5
       ), compared as (
         select m.*, count(*) over mine as beside, abs(mark - avg(mark) over mine) as off from marked m
         window mine as (partition by sheet, "group", dimension)
       ), placed as (
         select c.*, p.at, sqrt(avg(off * off) filter (where beside > 1) over (partition by p.at, "group", dimension)) as usual
           from compared c cross join lateral (values (c.town), (null::uuid)) p(at)
          where "group" = any(${signed}::text[]) or beside >= ${enough}
       )
       select p.at as town, u.name, p."group", p.dimension, count(*)::int as ballots, count(distinct person)::int as people,
              round(avg(mark), 12)::text as mean, round(stddev_pop(mark), 12)::text as deviation,
              round(avg(off) filter (where beside > 1), 12)::text as distance,
              round(100.0 * count(*) filter (where beside > 1 and off > 2 * usual) / nullif(count(*) filter (where beside > 1), 0), 12)::text as far
         from placed p left join unit u on u.county_id = ${county} and u.id = p.at
        group by p.at, u.code, u.name, p."group", p.dimension, p.place order by u.code nulls first, p.place`,
      values,
    ),
  )
  return rows
}
