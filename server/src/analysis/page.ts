import { createHash } from 'node:crypto'
import { refusal } from '../base/context.ts'
import { pageSize } from '../request/limits.ts'
import { columnOf, conditionOf, sourceOf, typeOf, type Filter } from './conditions.ts'
import { type Asking, type Bind, type Entity, type Kind } from './entity.ts'

/** A row of an entity, its numbers and days as text. */
export type EntityRow = Record<string, unknown> & { id: string }

export interface Order {
  field: string
  direction: 'asc' | 'desc'
}

/** What a connection is asked for. */
export interface Paging {
  filter?: Filter | null
  orderBy?: readonly Order[] | null
  first: number
  after?: string | null
  /** The columns that its rows are to have, beside their id. */
  columns: readonly string[]
}

const mostOrders = 8

/** How a column travels: whole numbers as they are; other numbers, days and moments as text that is exact and the same everywhere. */
const told: Record<Kind, (column: string) => string> = {
  id: (column) => column,
  key: (column) => column,
  text: (column) => column,
  choice: (column) => column,
  whole: (column) => `${column}::int`,
  number: (column) => `trim_scale(${column}::numeric)::text`,
  day: (column) => `${column}::text`,
  moment: (column) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  flag: (column) => column,
}

/** Columns as a statement reads them, with the id, which every row has. */
const listOf = ({ columns }: Entity, read: Iterable<string>): string =>
  [...new Set(['id', ...read])].map((name) => `${told[columns[name]!.kind](`t."${name}"`)} as "${name}"`).join(', ')

/** Parameters of one statement. */
export function parameters(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = []
  return { values, bind: (value) => `$${values.push(value)}` }
}

interface Ordered {
  name: string
  kind: Kind
  direction: 'asc' | 'desc'
}

/** The order asked for, or the usual one; the id comes last, so that no two rows tie. Throws `order.tooLong`. */
function orderOf(asking: Asking, entity: Entity, orderBy: readonly Order[] | null | undefined): Ordered[] {
  const asked = orderBy?.length ? orderBy : entity.order.map((field) => ({ field, direction: 'asc' as const }))
  if (asked.length > mostOrders) throw refusal(asking.context, 'order.tooLong', { most: String(mostOrders) })
  const terms = [...asked, { field: 'id', direction: 'asc' as const }]
  const first = terms.filter(({ field }, at) => terms.findIndex((other) => other.field === field) === at)
  return first.map(({ field, direction }) => ({ name: field, kind: columnOf(asking, entity, field).kind, direction }))
}

/** Text goes by its code points, which no locale of a machine changes; what is empty comes last either way. */
const sorted = ({ name, kind, direction }: Ordered): string => `t."${name}"${collation(kind)} ${direction} nulls last`

const collation = (kind: Kind): string => (kind === 'text' || kind === 'key' || kind === 'choice' ? ' collate "C"' : '')

/** Rows after the one with these values, in this order. */
function following(order: readonly Ordered[], values: readonly unknown[], bind: Bind): string {
  const steps = order.map(({ name, kind, direction }, at) => {
    const same = order.slice(0, at).map((before, place) => {
      const value = values[place]
      return value === null ? `t."${before.name}" is null` : `t."${before.name}" = ${bind(value)}::${typeOf[before.kind]}`
    })
    const collated = collation(kind)
    const column = `t."${name}"${collated}`
    const sign = direction === 'asc' ? '>' : '<'
    const later =
      values[at] === null ? 'false' : `(${column} ${sign} ${bind(values[at])}::${typeOf[kind]}${collated} or t."${name}" is null)`
    return [...same, later].join(' and ')
  })
  return `((${steps.join(') or (')}))`
}

const digest = (parts: unknown): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)

/** Which list a cursor belongs to: the entity, whose list it is, its filter, its order and its moment. */
const listKey = (entity: Entity, order: readonly Ordered[], { filter }: Paging, within: string, { stood }: Asking): string =>
  digest([entity.name, within, filter ?? null, order, stood?.at ?? null])

function cursorOf(list: string, order: readonly Ordered[], row: EntityRow): string {
  const values = order.map(({ name }) => row[name])
  return Buffer.from(JSON.stringify([digest([list, values]), values])).toString('base64url')
}

/** The values in a cursor of this list. Throws `cursor.wrong` for one that is damaged or of another list. */
function readCursor({ context }: Asking, list: string, cursor: string): unknown[] {
  try {
    const [mark, values] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, unknown[]]
    if (mark === digest([list, values])) return values
  } catch {
    // told below, as every cursor that is none of ours
  }
  throw refusal(context, 'cursor.wrong')
}

export interface Page {
  rows: EntityRow[]
  hasPreviousPage: boolean
  hasNextPage: boolean
  cursor(row: EntityRow): string
}

/** Where a page lies: the whole table, or the rows of each of several parents, in one statement for them all. */
export interface Within {
  /** The column of the rows that names their parent. */
  at: string
  parents: readonly string[]
}

// Without a name: what analysts ask has no end of shapes, and each connection would keep them all planned.
const run = async (asking: Asking, text: string, values: unknown[]): Promise<EntityRow[]> =>
  (await asking.context.pool.query<EntityRow>(text, values)).rows

/** A size of page outside the limits is refused, not cut. */
export function checkFirst({ context }: Asking, first: number): void {
  if (first < 1 || first > pageSize.most) throw refusal(context, 'page.size', { most: String(pageSize.most) })
}

/** One page of the whole table. Throws `page.size`, `cursor.wrong`, and what a filter or an order throws. */
export async function readPage(asking: Asking, entity: Entity, paging: Paging): Promise<Page> {
  const pages = await readPages(asking, entity, paging, undefined)
  return pages.get('')!
}

/** A page for each parent, by the parent's value; a parent without rows has an empty page. */
export async function readPages(
  asking: Asking,
  entity: Entity,
  paging: Paging,
  within: Within | undefined,
): Promise<Map<string, Page>> {
  checkFirst(asking, paging.first)
  const order = orderOf(asking, entity, paging.orderBy)
  const { values, bind } = parameters()
  // Several parents share a statement, and a cursor is of one of them: the others' lists are not its own.
  const listFor = (parent: string) => listKey(entity, order, paging, within ? `${within.at} ${parent}` : '', asking)
  const parents = within ? within.parents : ['']
  if (paging.after != null && parents.length > 1) throw refusal(asking.context, 'cursor.wrong')
  const after = paging.after == null ? undefined : readCursor(asking, listFor(parents[0]!), paging.after)
  const source = await sourceOf(asking, entity, bind)
  const conditions = [await conditionOf(asking, entity, paging.filter, bind)]
  if (after) conditions.push(following(order, after, bind))
  if (within) conditions.push(`t."${within.at}" = any(${bind(within.parents)}::uuid[])`)
  const sorting = order.map(sorted).join(', ')
  const list = `(select * from (${source}) t where ${conditions.join(' and ')})`
  const most = bind(paging.first + 1)
  const columns = listOf(entity, [...paging.columns, ...order.map(({ name }) => name)])
  const rows = await run(
    asking,
    within
      ? `select ${columns}, t."${within.at}" as "@parent" from
           (select t.*, row_number() over (partition by t."${within.at}" order by ${sorting}) as "@place" from ${list} t) t
          where t."@place" <= ${most} order by t."@place"`
      : `select ${columns}, '' as "@parent" from ${list} t order by ${sorting} limit ${most}`,
    values,
  )
  const byParent = Map.groupBy(rows, (row) => row['@parent'] as string)
  return new Map(
    parents.map((parent) => {
      const own = byParent.get(parent) ?? []
      let key: string | undefined // made when a cursor is asked for: a page may be one of a thousand
      const page: Page = {
        rows: own.slice(0, paging.first),
        // A cursor is of a row, and that row lies before this page.
        hasPreviousPage: after !== undefined,
        hasNextPage: own.length > paging.first,
        cursor: (row) => cursorOf((key ??= listFor(parent)), order, row),
      }
      return [parent, page]
    }),
  )
}

/** How many rows there are in all, for each parent or for the whole table. */
export async function countRows(
  asking: Asking,
  entity: Entity,
  filter: Filter | null | undefined,
  within: Within | undefined,
): Promise<Map<string, number>> {
  const { values, bind } = parameters()
  const source = await sourceOf(asking, entity, bind)
  const condition = await conditionOf(asking, entity, filter, bind)
  const parent = within ? `t."${within.at}"` : `''`
  const among = within ? `and ${parent} = any(${bind(within.parents)}::uuid[])` : ''
  const rows = (await run(
    asking,
    `select ${parent} as id, count(*)::int as n from (${source}) t where ${condition} ${among} group by 1`,
    values,
  )) as (EntityRow & { n: number })[]
  const counts = new Map(rows.map(({ id, n }) => [id, n]))
  return new Map((within?.parents ?? ['']).map((one) => [one, counts.get(one) ?? 0]))
}

/** The rows with these values of a column that no two rows share, with these columns. */
export async function readOnes(
  asking: Asking,
  entity: Entity,
  { at, columns }: { at: string; columns: readonly string[] },
  keys: readonly string[],
): Promise<Map<string, EntityRow>> {
  const { values, bind } = parameters()
  const source = await sourceOf(asking, entity, bind)
  const rows = await run(
    asking,
    `select ${listOf(entity, [...columns, at])} from (${source}) t where t."${at}" = any(${bind(keys)}::uuid[])`,
    values,
  )
  return new Map(rows.map((row) => [row[at] as string, row]))
}
