import { actorOf, no, type Context } from '../context.ts'
import { cycleRules, sheetsWithin, type CycleRules } from '../cycle/cycles.ts'
import { named } from '../database/database.ts'
import type { Policy } from '../rules/policy.ts'
import { score } from '../rules/score/index.ts'

/**
 * The title of a measure, and its value as an expression over `sheet s`: the total, a section, or anything that has points
 * of its own (items, rules about claims, dimensions of a rating); what is missing counts as nothing.
 */
export function measureOf(rules: CycleRules, measure: string, context: Context): Measured {
  const found = findMeasure(rules, measure, context)
  if (!found) throw no(context, 'measure.unknown', { measure })
  return found
}

interface Measured {
  title: string
  expression: string
}

function findMeasure({ policy, choices }: CycleRules, measure: string, { lang }: Context): Measured | undefined {
  if (measure === 'total') return { title: lang === 'zh' ? '总分' : 'Total', expression: 's.total' }
  const parts = score(policy, choices, {}).parts
  const places = new Map(parts.flatMap((part) => part.parts).map(({ id }, place) => [id, place + 1]))
  const points = (id: string) => `coalesce(s.points[${places.get(id)}]::numeric, 0)`
  const together = (ids: readonly string[]) => ids.map(points).join(' + ')
  const checked = dataRules(policy)
  if (measure === DATA_QUALITY && checked.length > 0)
    return { title: lang === 'zh' ? '数据质量' : 'Data quality', expression: together(checked) }
  for (const part of parts) {
    if (part.id === measure) return { title: part.name[lang], expression: together(part.parts.map(({ id }) => id)) }
    const item = part.parts.find(({ id }) => id === measure)
    if (item) return { title: item.name[lang], expression: points(item.id) }
  }
  return undefined
}

/** A board of its own: what the checks of records and the telephone samples came to (BH-18.1.2 ranks by it). */
const DATA_QUALITY = 'dataQuality'
const dataRules = ({ tally }: Policy): string[] =>
  (tally?.rules ?? []).flatMap((rule) =>
    rule.kind === 'intervals' || (rule.kind === 'levels' && rule.perRecord) ? [rule.id] : [],
  )

/** The latest cycle of an earlier year under another version of the same policy, or the same; none where there is none. */
export async function cycleBefore(context: Context, { policyId, year }: CycleRules): Promise<CycleRules | undefined> {
  const { rows } = await context.pool.query<{ id: string }>(
    `select id from cycle where county_id = $1 and year < $2 and period = 'year' and regexp_replace(policy_id, '-\\d+$', '') = $3
      order by year desc limit 1`,
    [actorOf(context).county, year, policyId.replace(/-\d+$/, '')],
  )
  return rows[0] && cycleRules(context, rows[0].id)
}

/** Score and rank of every village the caller sees: of the whole county whatever is listed. */
export async function ranksIn(
  context: Context,
  rules: CycleRules,
  measure: string,
): Promise<Map<string, { score: string; rank: number }>> {
  const expression = findMeasure(rules, measure, context)?.expression
  if (expression === undefined) return new Map() // items come and go from version to version
  const where = await sheetsWithin(context, rules.id, undefined)
  const { rows } = await context.pool.query<{ village: string; score: string; rank: number }>(
    named(
      `select s.village_id as village, round(sum((${expression}) * s.days) / sum(s.days), 12)::text as score,
              rank() over (order by round(sum((${expression}) * s.days) / sum(s.days), 12) desc)::int as rank
         from sheet s where ${where.sql} group by s.village_id`,
      where.values,
    ),
  )
  return new Map(rows.map(({ village, ...row }) => [village, row]))
}
