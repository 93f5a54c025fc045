import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { familyOf } from '../base/policies.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { score } from '../rules/score/index.ts'
import { claimKindOf } from '../rules/score/tally.ts'

/**
 * The title of a measure, and its value as an expression over `sheet s`: the total, a section, or anything that has points
 * of its own (items, rules about claims, dimensions of a rating); what is missing counts as nothing.
 */
export function measureOf(rules: CycleRules, measure: string, context: Context): Measured {
  const found = findMeasure(rules, measure, context)
  if (!found) throw refusal(context, 'measure.unknown', { measure })
  return found
}

interface Measured {
  title: string
  expression: string
  /** How much of it is not scored yet, as an expression over `sheet s`. */
  lacking: string
}

function findMeasure({ policy, choices }: CycleRules, measure: string, { lang }: Context): Measured | undefined {
  if (measure === 'total') return { title: lang === 'zh' ? '总分' : 'Total', expression: 's.total', lacking: 's.missing' }
  const parts = score(policy, choices, {}).parts
  const places = new Map(parts.flatMap((part) => part.parts).map(({ id }, place) => [id, place + 1]))
  const points = (id: string) => `coalesce(s.points[${places.get(id)}]::numeric, 0)`
  const together = (ids: readonly string[]) => ids.map(points).join(' + ')
  const lacking = (ids: readonly string[]) => ids.map((id) => `(s.points[${places.get(id)}] is null)::int`).join(' + ')
  const checked = dataRules(policy)
  if (measure === DATA_QUALITY && checked.length > 0)
    return { title: lang === 'zh' ? '数据质量' : 'Data quality', expression: together(checked), lacking: 's.missing' }
  for (const part of parts) {
    const ids = part.parts.map(({ id }) => id)
    if (part.id === measure) return { title: part.name[lang], expression: together(ids), lacking: lacking(ids) }
    const item = part.parts.find(({ id }) => id === measure)
    if (item) return { title: item.name[lang], expression: points(item.id), lacking: lacking([item.id]) }
  }
  return undefined
}

/** A board of its own: what the checks of records and the telephone samples came to (BH-18.1.2 ranks by it). */
const DATA_QUALITY = 'dataQuality'
const dataRules = ({ tally }: Policy): string[] =>
  (tally?.rules ?? []).filter((rule) => claimKindOf(rule).checksRecords(rule)).map(({ id }) => id)

/** The latest cycle of an earlier year under another version of the same policy, or the same; none where there is none. */
export async function cycleBefore(context: Context, { policyId, year }: CycleRules): Promise<CycleRules | undefined> {
  const { rows } = await context.pool.query<{ id: string }>(
    `select id from cycle where county_id = $1 and year < $2 and period = 'year' and regexp_replace(policy_id, '-\\d+$', '') = $3
      order by year desc limit 1`,
    [actorOf(context).county, year, familyOf(policyId)],
  )
  return rows[0] && cycleRules(context, rows[0].id)
}

/** Score of every village the caller sees, and its rank where the score is whole: of the whole county whatever is listed. */
export async function ranksIn(
  context: Context,
  rules: CycleRules,
  measure: string,
): Promise<Map<string, { score: string; rank: number | null }>> {
  const found = findMeasure(rules, measure, context)
  if (!found) return new Map() // items come and go from version to version
  const { expression, lacking } = found
  const where = await sheetsWithin(context, rules.id, undefined)
  const { rows } = await context.pool.query<{ village: string; score: string; rank: number | null }>(
    named(
      `with scored as (
         select s.village_id as village, round(sum((${expression}) * s.days) / sum(s.days), 12) as score, sum(${lacking}) = 0 as whole
           from sheet s where ${where.sql} group by s.village_id)
       select village, score::text as score, case when whole then rank() over (partition by whole order by score desc)::int end as rank
         from scored`,
      where.values,
    ),
  )
  return new Map(rows.map(({ village, ...row }) => [village, row]))
}
