import type { GraphQLResolveInfo } from 'graphql'
import { actorOf, type Context } from '../base/context.ts'
import { cycleRules, nameFor, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { recusedFrom, unitsHeld, type Actor } from '../rules/access.ts'
import { pathsAsked } from '../request/paths-asked.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { type GridColumn, type GridRows, type GridView, cellExpressions, viewFields } from './grid-rows.ts'
import type { ScoreGrid, ScoreGridArgs } from './sheet.types.ts'

/**
 * The expression of each column of the grid. The statement makes only those that were asked for: the totals of a county
 * alone take a third of the time of all columns.
 */
const gridColumns = {
  names: 'name',
  villages: 'village',
  towns: 'town',
  fullTime: `case when full_time then 'y' end`,
  ids: 'id::text',
  marks: 'marks',
  totals: 'total::text',
  missing: 'missing::text',
  limits: `array_to_string(limits, ' ')`,
  states: 'state',
}

/** The row that the grid's statement answers. A column that was not asked for is not in it. */
type GridRow = Omit<GridRows, 'cells'> & Omit<ScoreGrid, 'columns' | 'sections' | 'rows'> & Record<`f${number}`, string>

/** The rows of a column as one text, a line each. */
const linesOf = (expression: string): string => `coalesce(string_agg(coalesce(${expression}, ''), E'\\n'), '')`

/** The score grid of a unit, a text for each column that was asked for. */
export async function scoreGrid(
  context: Context,
  { cycle, unit, view, since }: ScoreGridArgs,
  info: GraphQLResolveInfo,
): Promise<ScoreGrid> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const where = await sheetsWithin(context, cycle, unit)
  const fields = cellExpressions(rules.policy, rules.choices, view)
  const changed = since == null ? '' : `and s.seq > $${where.values.push(since)}`
  const asked = pathsAsked(info)
  const columns = Object.entries(gridColumns).filter(([name]) => asked.has(name) || asked.has(`rows.${name}`))
  if (asked.has('rows.mayScore')) {
    const recused = `coordinator_id = any($${where.values.push(recusedFrom(actor))}::uuid[])`
    const may = `case when ${recused} then 'r' when ${scorable(rules.policy, actor, where.values)} then 'y' end`
    columns.push(['mayScore', may])
  }
  if (asked.has('rows.cells')) columns.push(...fields.map((_, at): [string, string] => [`f${at}`, `f${at}`]))
  const made = columns.map(([name, from]) => `, ${linesOf(from)} as "${name}"`)
  const text = `
    select count(*)::int as count, coalesce(max(seq), 0) as seq${made.join('')}
      from (select s.id, s.seq, ${nameFor(actor)} as name, v.name as village, t.name as town, s.town_id, s.village_id, s.coordinator_id, s.stage, s.full_time, s.marks, s.total,
                   s.missing, s.limits, s.state, ${fields.map((field, at) => `${field} as f${at}`).join(', ')}
              from sheet s
              join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
              join unit v on v.county_id = s.county_id and v.id = s.village_id
              join unit t on t.county_id = s.county_id and t.id = s.town_id
             where ${where.sql} ${changed} order by s.line) sheets`
  // The page asks for all columns, and its statement is prepared by name. Programs may ask for any of thousands of
  // combinations, which would each stay in the database's memory.
  const all = columns.length > Object.keys(gridColumns).length + fields.length
  const { rows } = await context.pool.query<GridRow>(all ? named(text, where.values) : { text, values: where.values })
  const row = rows[0]!
  return {
    ...row,
    columns: columnsOf(rules, view, context),
    sections: rules.policy.sections.map(({ id, title, max }) => ({ id, title: title[context.lang], max })),
    rows: { ...row, cells: fields.map((_, at) => row[`f${at}`]!) },
  }
}

/** A condition on a row with `state`, `stage`, `town_id` and `village_id`: whether the caller may score it now. */
function scorable(policy: Policy, actor: Actor, values: unknown[]): string {
  const ways = policy.stages.flatMap(({ id, writes, by }) => {
    if (writes !== 'yes') return []
    const { county, towns, villages } = unitsHeld(actor, by)
    if (county) return [`stage = '${id}'`]
    if (towns.length + villages.length === 0) return []
    const held = `town_id = any($${values.push(towns)}::uuid[]) or village_id = any($${values.push(villages)}::uuid[])`
    return [`stage = '${id}' and (${held})`]
  })
  if (ways.length === 0) return 'false'
  return `state = 'open' and (${ways.join(' or ')})`
}

function columnsOf({ policy, choices }: CycleRules, view: GridView, { lang }: Context): GridColumn[] {
  return viewFields(policy, choices, view).map(({ id, title, detail, clause, ...field }) => ({
    ...field,
    field: id,
    title: title[lang],
    detail: detail?.[lang],
    clause: policy.clauses[clause]!.at[lang],
  }))
}
