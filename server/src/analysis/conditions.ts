import { asksBy } from '../ledger/revealed.ts'
import { refusal } from '../base/context.ts'
import { demandPermission } from '../base/roles.ts'
import { isUuid } from '../base/database.ts'
import { masked, type Asking, type Bind, type Column, type Entity, type Kind } from './entity.ts'
import { entityOf } from './entities.ts'

/** A filter as the API takes it: `and`, `or`, `not`, a comparison for each column, a filter for each related entity. */
export type Filter = Readonly<Record<string, unknown>>

/** The SQL type a value of each kind is read as. */
export const typeOf: Record<Kind, string> = {
  id: 'uuid',
  key: 'text',
  text: 'text',
  choice: 'text',
  whole: 'bigint',
  number: 'numeric',
  day: 'date',
  moment: 'timestamptz',
  flag: 'boolean',
}

/** The comparisons each kind offers. `not` and `ne` are true of a row whose value is empty. */
export const comparisons: Record<Kind, readonly string[]> = {
  id: ['eq', 'ne', 'in', 'isNull'],
  key: ['eq', 'ne', 'in', 'isNull'],
  text: ['eq', 'ne', 'in', 'contains', 'startsWith', 'isNull'],
  choice: ['eq', 'ne', 'in', 'isNull'],
  whole: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'isNull'],
  number: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'isNull'],
  day: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'isNull'],
  moment: ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte', 'isNull'],
  flag: ['eq', 'ne', 'isNull'],
}

const bounds: Record<string, string> = { gt: '>', gte: '>=', lt: '<', lte: '<=' }

/** A filter that asks more than this is refused, however it is nested. */
export const filterLimits = { comparisons: 100, values: 1000 }

/** The rows of an entity that the caller may see. Throws `permission`, `asOf.notHere`. */
export async function sourceOf(asking: Asking, entity: Entity, bind: Bind): Promise<string> {
  const { context, stood } = asking
  demandPermission(context, entity.name)
  if (stood && entity.onlyNow) throw refusal(context, 'asOf.notHere')
  return entity.source(asking, bind)
}

/** The column of that name, to filter or order by. Throws `column.hidden` for one that the caller may not read. */
export function columnOf(asking: Asking, { columns }: Entity, name: string): Column {
  const column = columns[name]!
  if (column.hidden && masked(asking)) throw refusal(asking.context, 'column.hidden', { column: name })
  if (column.personal) asksBy(asking.context, name)
  return column
}

/** A filter as a condition on the rows `alias` of the entity. Throws `filter.tooLarge`, `filter.empty`, `column.hidden`. */
export async function conditionOf(asking: Asking, entity: Entity, filter: Filter | null | undefined, bind: Bind, alias = 't') {
  let left = filterLimits.comparisons
  let aliases = 0
  const { context } = asking

  async function all(of: Entity, given: unknown, at: string): Promise<string> {
    if (given === null || given === undefined) throw refusal(context, 'filter.empty')
    const parts: string[] = []
    for (const [name, value] of Object.entries(given as Filter)) {
      if (--left < 0) throw refusal(context, 'filter.tooLarge', { most: String(filterLimits.comparisons) })
      if (value === null) throw refusal(context, 'filter.empty')
      const relation = of.relations[name]
      if (name === 'and' || name === 'or') {
        const each: string[] = []
        for (const one of value as Filter[]) each.push(await all(of, one, at))
        parts.push(each.length === 0 ? String(name === 'and') : `(${each.join(` ${name} `)})`)
      } else if (name === 'not') parts.push(`(${await all(of, value, at)}) is not true`)
      else if (relation) {
        const inner = `${alias}${++aliases}`
        const to = entityOf(relation.to)
        const source = await sourceOf(asking, to, bind)
        parts.push(
          `exists (select from (${source}) ${inner} where ${inner}."${relation.at}" = ${at}."${relation.from}" and ${await all(to, value, inner)})`,
        )
      } else
        for (const [how, operand] of Object.entries(value as Filter)) {
          const column = columnOf(asking, of, name)
          parts.push(comparison(`${at}."${name}"`, column.kind, how, operand))
        }
    }
    return parts.length === 0 ? 'true' : `(${parts.join(' and ')})`
  }

  function comparison(column: string, kind: Kind, how: string, operand: unknown): string {
    if (operand === null) throw refusal(context, 'filter.empty')
    // PostgreSQL refuses a statement for a text that is no id; a row has no such id.
    const known = (value: unknown) => kind !== 'id' || isUuid(String(value))
    const bound = (value: unknown) => `${bind(value)}::${typeOf[kind]}`
    if (how === 'isNull') return operand ? `${column} is null` : `${column} is not null`
    if (how === 'in') {
      const values = operand as unknown[]
      if (values.length > filterLimits.values)
        throw refusal(context, 'filter.tooManyValues', { most: String(filterLimits.values) })
      return `${column} = any(${bind(values.filter(known))}::${typeOf[kind]}[])`
    }
    if (how === 'contains') return `strpos(${column}, ${bound(operand)}) > 0`
    if (how === 'startsWith') return `starts_with(${column}, ${bound(operand)})`
    if (how === 'eq') return known(operand) ? `${column} = ${bound(operand)}` : 'false'
    if (how === 'ne') return known(operand) ? `${column} is distinct from ${bound(operand)}` : 'true'
    return `${column} ${bounds[how]} ${bound(operand)}`
  }

  return filter === null || filter === undefined ? 'true' : all(entity, filter, alias)
}
