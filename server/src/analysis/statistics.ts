import { actorOf, refusal } from '../base/context.ts'
import { compare, exact, shown } from '../rules/exact.ts'
import { conditionOf, sourceOf } from './conditions.ts'
import { entityOf } from './entities.ts'
import { masked, type Asking, type Bind } from './entity.ts'
import { parameters } from './page.ts'
import { rulesOf } from './parts.ts'
import { hiddenGroups, type Group } from './suppress.ts'
import {
  type Key,
  type Measure,
  type Having,
  type StatisticsAsked,
  type StatisticsRow,
  type Statistics,
} from './statistics-asked.ts'
import { namesOf } from './statistics-names.ts'

const statisticsLimits = { cycles: 20, measures: 20, keys: 4, groups: 20_000, limit: 1000 }

/** What a group is of: an expression over the sheet `t`, and the tables it needs; `county` is the county's parameter. */
interface KeySource {
  sql: string
  joins?(county: string, asking: Asking, bind: Bind): Promise<string[]> | string[]
}

const age = (from: string) => `date_part('year', age(y.base_date, ${from}))`
const cycle = (county: string) => `join cycle y on y.county_id = ${county} and y.id = t."cycleId"`

const sources: Record<Exclude<Key, 'item' | 'section'>, KeySource> = {
  town: { sql: `t."townId"::text` },
  village: { sql: `t."villageId"::text` },
  year: { sql: 't.year::text' },
  policy: { sql: 't.policy' },
  grade: {
    sql: `coalesce(g.grade, '')`,
    joins: async (_, asking, bind) => [`left join (${await sourceOf(asking, entityOf('resultRecords'), bind)}) g on g.id = t.id`],
  },
  month: {
    sql: `coalesce(to_char(h.at at time zone 'Asia/Shanghai', 'MM'), '')`,
    joins: (county) => [`left join change_set h on h.county_id = ${county} and h.seq = t.seq`],
  },
  ageBand: {
    sql: `case when ${age('c.born_on')} < 30 then '0-29' when ${age('c.born_on')} < 40 then '30-39' when ${age('c.born_on')} < 50 then '40-49' else '50-' end`,
    joins: (county) => [cycle(county), `join coordinator c on c.county_id = ${county} and c.id = t."personId"`],
  },
  tenureBand: {
    sql: `case when ${age('e.since')} < 1 then '0' when ${age('e.since')} < 3 then '1-2' when ${age('e.since')} < 6 then '3-5' else '6-' end`,
    joins: (county) => [
      cycle(county),
      `join (select coordinator_id, min(starts_on) as since from posting where county_id = ${county} group by 1) e
         on e.coordinator_id = t."personId"`,
    ],
  },
}

const partKeys: readonly Key[] = ['item', 'section']

/** The expression of a measure over the rows `r`, of which `r.ok` pass the filter; the number is an aggregate. */
function aggregate({ of, as, at }: Measure, bind: Bind): { inner: string; outer: (column: string) => string } {
  const plain = (inner: string) => ({ inner, outer: (column: string) => column })
  const value = `r."${of}"::numeric`
  const some = (what: string) => `${what} filter (where r.ok)`
  if (as === 'count' || as === 'share') return plain(`${some('count(distinct r.person)')}::numeric`)
  if (as === 'sum') return plain(some(`sum(${value})`))
  if (as === 'mean') return plain(some(`avg(${value})`))
  if (as === 'yearMean')
    return plain(`${some(`sum(${value} * r.days)`)} / nullif(sum(r.days) filter (where r.ok and ${value} is not null), 0)`)
  if (as === 'deviation') return plain(some(`stddev_pop(${value})`))
  if (as === 'min' || as === 'max') return plain(some(`${as}(${value})`))
  if (as === 'fullMarks') return plain(`100.0 * ${some('sum(r."full")')} / nullif(${some('sum(r.assessed)')}, 0)`)
  if (as === 'lossRate') return plain(`100.0 * ${some('sum(r.lost)')} / nullif(${some('sum(r."maxAssessed")')}, 0)`)
  // percentile_cont would go through binary fractions: the two neighbours are taken out of the ordered values instead,
  // and the part of the way between them is numeric, like everything else.
  const p = as === 'median' ? `0.5` : `${bind(at)}::numeric / 100`
  return {
    inner: `array_agg(${value} order by ${value}) filter (where r.ok and ${value} is not null)`,
    outer: (column) => {
      const way = `((cardinality(${column}) - 1) * ${p})`
      const low = `(${column})[floor(${way})::int + 1]`
      return `${low} + ((${column})[ceil(${way})::int + 1] - ${low}) * (${way} - floor(${way}))`
    },
  }
}

const needsParts = ({ groupBy, measures }: StatisticsAsked): boolean =>
  groupBy.some((key) => partKeys.includes(key)) ||
  measures.some(({ of, as }) => as === 'fullMarks' || as === 'lossRate' || of === 'points' || of === 'lost')

/**
 * Groups of the sheets that the caller sees. Every number is numeric in the database from the stored points on; rounding
 * is for whoever shows it. For analysts small groups are suppressed: their list of groups does not depend on the filter
 * or on anything secret, and a group whose filter leaves out fewer than five people is small as well.
 * Throws `statistics.*`, `cycle.unknown`, and what a filter throws.
 */
export async function statisticsOf(asking: Asking, asked: StatisticsAsked): Promise<Statistics> {
  const { context } = asking
  await check(asking, asked)
  const restricted = masked(asking)
  const groups = await groupsOf(asking, asked)
  const known = restricted ? await withEmptyGroups(asking, asked, groups) : groups.filter(({ people }) => people > 0)
  if (known.length > statisticsLimits.groups)
    throw refusal(context, 'statistics.tooManyGroups', { most: String(statisticsLimits.groups) })
  const names = await namesOf(asking, asked)
  const lines = await linesOf(asking, asked)
  const hidden = restricted ? hiddenGroups(known, lines) : new Set<Counted>()
  const { people: everyone, whole } = groups[0] ? groups[0].all : { people: 0, whole: 0 }
  const tooFew = restricted && hiddenGroups([{ keys: [], people: everyone, whole }], () => []).size > 0
  // Of the groups told alone: a share of all would tell how many the others are.
  const sharing = hidden.size > 0 ? known.reduce((sum, group) => sum + (hidden.has(group) ? 0 : group.people), 0) : everyone
  const valuesOf = ({ values }: Counted) =>
    values.map((value, at) => (asked.measures[at]!.as === 'share' ? shareOf(value, sharing) : value))
  const rows = known.map((group): StatisticsRow => {
    const suppressed = hidden.has(group)
    return {
      keys: asked.groupBy.map((key, at) => ({ key, id: group.keys[at]!, name: names(key, group.keys[at]!) })),
      suppressed,
      people: suppressed ? null : group.people,
      values: suppressed ? asked.measures.map(() => null) : valuesOf(group),
    }
  })
  // What is asked of measures cannot be asked of a group that tells none; it stays in the list, and at its end.
  const kept = rows.filter(({ suppressed, values }) => suppressed || (asked.having ?? []).every((bound) => within(values, bound)))
  kept.sort(ordering(asked))
  return { groups: kept.length, people: tooFew ? null : everyone, rows: kept.slice(0, asked.limit) }
}

const shareOf = (part: string | null, whole: number): string | null =>
  part === null || whole === 0 ? null : shown(exact(part).mul(100).div(whole), 12)

async function check(asking: Asking, { cycles, groupBy, measures, having, orderBy, limit }: StatisticsAsked): Promise<void> {
  const { context } = asking
  const refuse = (code: Parameters<typeof refusal>[1], params?: Record<string, string>) => {
    throw refusal(context, code, params)
  }
  if (cycles.length < 1 || cycles.length > statisticsLimits.cycles)
    refuse('statistics.cycles', { most: String(statisticsLimits.cycles) })
  const all = await rulesOf(asking)
  const chosen = cycles.map((id) => all.find((rules) => rules.id === id))
  if (chosen.some((rules) => rules === undefined)) refuse('cycle.unknown')
  if (measures.length < 1 || measures.length > statisticsLimits.measures)
    refuse('statistics.measures', { most: String(statisticsLimits.measures) })
  if (groupBy.length > statisticsLimits.keys || new Set(groupBy).size < groupBy.length)
    refuse('statistics.keys', { most: String(statisticsLimits.keys) })
  const policies = new Set(chosen.map((rules) => rules!.policyId))
  if (policies.size > 1 && groupBy.some((key) => partKeys.includes(key)) && !groupBy.includes('policy'))
    refuse('statistics.mixed')
  if (limit !== undefined && (limit < 1 || limit > statisticsLimits.limit))
    refuse('page.size', { most: String(statisticsLimits.limit) })
  for (const { as, at } of measures) {
    if ((as === 'percentile') !== (at != null)) refuse('statistics.percentile')
    if (at != null && (compare(exact(at), exact(0)) < 0 || compare(exact(at), exact(100)) > 0)) refuse('statistics.percentile')
  }
  const places = [...(having ?? []), ...(orderBy ?? [])].flatMap(({ measure }) => (measure == null ? [] : [measure]))
  if (places.some((place) => !(place in measures))) refuse('statistics.place', { most: String(measures.length - 1) })
  if ((orderBy ?? []).some(({ key, measure }) => (key == null) === (measure == null) || (key != null && !groupBy.includes(key))))
    refuse('statistics.order')
}

/** A group with its measures, and the numbers of people of all groups together. */
interface Counted extends Group {
  values: (string | null)[]
  all: { people: number; whole: number }
}

async function groupsOf(asking: Asking, asked: StatisticsAsked): Promise<Counted[]> {
  const { groupBy, measures, cycles, filter } = asked
  const { values, bind } = parameters()
  const sheets = entityOf('sheets')
  const among = `${bind(cycles)}::uuid[]`
  const passes = await conditionOf(asking, sheets, filter, bind)
  const rows = await sourceOf(asking, sheets, bind)
  const own = groupBy.filter((key): key is keyof typeof sources => !partKeys.includes(key))
  const county = own.some((key) => sources[key].joins && key !== 'grade') ? bind(actorOf(asking.context).county) : ''
  const joins = new Set<string>()
  for (const key of own) for (const join of (await sources[key].joins?.(county, asking, bind)) ?? []) joins.add(join)
  const parts = groupBy.filter((key) => partKeys.includes(key))
  const sheetKeys = own.map((key) => `, ${sources[key].sql} as "@${key}"`).join('')
  const partOf = needsParts(asked)
    ? `, part as (
        select i."sheetId" as sheet ${parts.map((key) => `, i.${key} as "@${key}"`).join('')}, sum(i.points) as points, sum(i.lost) as lost,
               count(*) filter (where i.lost = 0) as "full", count(i.points) as assessed, sum(i.max) filter (where i.points is not null) as "maxAssessed"
          from (${await sourceOf(asking, entityOf('items'), bind)}) i where i."cycleId" = any(${among})
         group by i."sheetId" ${parts.map((key) => `, i.${key}`).join('')})`
    : ''
  const made = measures.map((measure) => aggregate(measure, bind))
  const listed = groupBy.map((key) => `r."@${key}"`)
  const found = await asking.context.pool.query<Record<string, string | number | null>>(
    // without a name, see `run` of page.ts
    `with base as materialized (
         select t.id as sheet, t."personId" as person, t.total, t.missing, t.days, (${passes}) is true as ok ${sheetKeys}
           from (${rows}) t ${[...joins].join(' ')} where t."cycleId" = any(${among})
       ), counts as (
         select count(distinct person) filter (where ok)::int as everyone, count(distinct person)::int as wholly from base
       ) ${partOf}, r as (
         select * from base cross join counts ${partOf === '' ? '' : `${parts.length > 0 ? '' : 'left'} join part using (sheet)`}
       )
       select ${groupBy
         .map((key) => `a."@${key}"`)
         .concat('a.people', 'a.whole', 'a.everyone', 'a.wholly')
         .join(', ')}
              ${made.map(({ outer }, at) => `, trim_scale(round(${outer(`a.m${at}`)}, 12))::text as m${at}`).join('')}
         from (select ${[...listed, ''].join(', ')} count(distinct r.person) filter (where r.ok)::int as people,
                      count(distinct r.person)::int as whole, coalesce(max(r.everyone), 0) as everyone, coalesce(max(r.wholly), 0) as wholly
                      ${made.map(({ inner }, at) => `, ${inner} as m${at}`).join('')}
                 from r ${listed.length > 0 ? `group by ${listed.join(', ')}` : ''}) a`,
    values,
  )
  return found.rows.map((row) => ({
    keys: groupBy.map((key) => row[`@${key}`] as string),
    people: row.people as number,
    whole: row.whole as number,
    all: { people: row.everyone as number, whole: row.wholly as number },
    values: measures.map((_, at) => row[`m${at}`] as string | null),
  }))
}

const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '']

/** What a key that says something of a person can be, whoever there is. */
async function possible(asking: Asking, { cycles }: StatisticsAsked, key: Key): Promise<string[] | undefined> {
  if (key === 'ageBand') return ['0-29', '30-39', '40-49', '50-']
  if (key === 'tenureBand') return ['0', '1-2', '3-5', '6-']
  if (key === 'month') return months
  if (key !== 'grade') return undefined
  const rules = (await rulesOf(asking)).filter(({ id }) => cycles.includes(id))
  return [...new Set(rules.flatMap(({ policy }) => policy.grades.ladder.map(({ id }) => id))), '']
}

/** With every group that could be: that nobody is in one of them is as little told as that somebody is. */
async function withEmptyGroups(asking: Asking, asked: StatisticsAsked, groups: readonly Counted[]): Promise<Counted[]> {
  const domains = await Promise.all(asked.groupBy.map((key) => possible(asking, asked, key)))
  if (domains.every((domain) => domain === undefined)) return [...groups]
  const found = new Map(groups.map((group) => [JSON.stringify(group.keys), group]))
  const places = new Set(groups.map((group) => JSON.stringify(group.keys.map((key, at) => (domains[at] ? null : key)))))
  const nobody = { people: 0, whole: 0, values: asked.measures.map(() => null), all: { people: 0, whole: 0 } }
  return [...places].flatMap((place) => {
    let tuples: string[][] = [[]]
    for (const [at, key] of (JSON.parse(place) as (string | null)[]).entries())
      tuples = tuples.flatMap((tuple) => (domains[at] ?? [key!]).map((value) => [...tuple, value]))
    return tuples.map((tuple) => found.get(JSON.stringify(tuple)) ?? { ...nobody, keys: tuple })
  })
}

/** The wholes that a group is a part of: one for each key, over its other keys; a village's is that of its town. */
async function linesOf(asking: Asking, { groupBy, cycles }: StatisticsAsked): Promise<(group: Group) => string[]> {
  const { context } = asking
  const above = new Map<string, string>()
  if (groupBy.includes('village') && !groupBy.includes('town')) {
    const { rows } = await context.pool.query<{ id: string; town: string }>({
      name: 'towns-of-villages',
      text: `select id, parent_id as town from unit where county_id = $1 and kind = 'village'`,
      values: [actorOf(context).county],
    })
    for (const { id, town } of rows) above.set(`village ${id}`, town)
  }
  if (groupBy.includes('item') && !groupBy.includes('section'))
    for (const { policy } of (await rulesOf(asking)).filter(({ id }) => cycles.includes(id)))
      for (const { id, items } of policy.sections) for (const item of items) above.set(`item ${item.id}`, id)
  return ({ keys: own }) =>
    groupBy.flatMap((key, at) => {
      const others = own.map((value, place) => (place === at ? '' : value))
      const upper = above.get(`${key} ${own[at]}`)
      return upper === undefined
        ? [JSON.stringify([at, others])]
        : [JSON.stringify([at, others]), JSON.stringify([at, others, upper])]
    })
}

function within(values: readonly (string | null)[], { measure, gt, gte, lt, lte }: Having): boolean {
  const value = values[measure]
  if (value == null) return false
  const than = (bound: string | null | undefined, holds: (difference: number) => boolean) =>
    bound == null || holds(compare(exact(value), exact(bound)))
  return than(gt, (d) => d > 0) && than(gte, (d) => d >= 0) && than(lt, (d) => d < 0) && than(lte, (d) => d <= 0)
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** As asked, then by the names of the keys; what is suppressed or empty comes last either way. */
function ordering({ orderBy, groupBy }: StatisticsAsked): (a: StatisticsRow, b: StatisticsRow) => number {
  return (a, b) => {
    if (a.suppressed !== b.suppressed) return a.suppressed ? 1 : -1
    for (const { key, measure, direction } of orderBy ?? []) {
      const sign = direction === 'desc' ? -1 : 1
      if (key != null) {
        const at = groupBy.indexOf(key)
        const found = byCodePoint(a.keys[at]!.name, b.keys[at]!.name)
        if (found !== 0) return sign * found
      } else {
        const [left, right] = [a.values[measure!], b.values[measure!]]
        if (left == null || right == null) {
          if (left !== right) return left == null ? 1 : -1
          continue
        }
        const found = compare(exact(left), exact(right))
        if (found !== 0) return sign * found
      }
    }
    const named = (row: StatisticsRow) => row.keys.map(({ name, id }) => `${name} ${id}`).join('\n')
    return byCodePoint(named(a), named(b))
  }
}

/** A value as it is told: to two places. */
export const toTwoPlaces = (value: string | null): string | null => (value === null ? null : shown(exact(value)))
