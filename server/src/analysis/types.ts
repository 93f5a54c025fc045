import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigMap,
  type GraphQLInputFieldConfigMap,
  type GraphQLNullableType,
  type GraphQLResolveInfo,
  type GraphQLScalarType,
  type GraphQLSchema,
} from 'graphql'
import { reveals } from '../ledger/revealed.ts'
import type { Context } from '../base/context.ts'
import { pageSize } from '../request/limits.ts'
import { pathsAsked } from '../request/paths-asked.ts'
import { batched } from './batch.ts'
import { comparisons } from './conditions.ts'
import { entities, entityOf } from './entities.ts'
import { type Asking, type Choices, type Column, type Entity, type Kind, type Relation } from './entity.ts'
import { checkFirst, countRows, readOnes, readPage, readPages, type Page, type Paging, type EntityRow } from './page.ts'
import { Day, Decimal } from './scalars.ts'
import { asOf } from './as-of.ts'

/** The graphql types that are made from the descriptions of the entities. */
export interface Types {
  /** A root field for each entity. */
  fields: GraphQLFieldConfigMap<unknown, Context>
  filterOf(entity: Entity): GraphQLInputObjectType
  moment: GraphQLScalarType
  direction: GraphQLEnumType
}

/** A row with whoever asked for it and as of when: what is nested in it is asked in the same way. */
const askings = new WeakMap<object, Asking>()

const both = ({ zh, en }: { zh: string; en: string }): string => `${zh} / ${en}`
export const needed = <T extends GraphQLNullableType>(type: T) => new GraphQLNonNull(type)
export const listOf = <T extends GraphQLNullableType>(type: T) => needed(new GraphQLList(needed(type)))

const comparisonSays: Record<string, string> = {
  eq: '等于 / Equal to',
  ne: '不等于，空值也算 / Not equal to; true of what is empty',
  in: '为其中之一 / One of',
  contains: '含有；% 和 _ 只是字符 / Contains; % and _ are characters like any other',
  startsWith: '开头为 / Starts with',
  gt: '大于 / Greater than',
  gte: '大于或等于 / At least',
  lt: '小于 / Less than',
  lte: '小于或等于 / At most',
  isNull: '是否为空 / Whether it is empty',
}

/** Everything made for one schema: types know each other by the names of their entities, and are looked up when asked. */
interface Made {
  direction: GraphQLEnumType
  pageInfo: GraphQLObjectType
  moment: GraphQLScalarType
  scalarOf(column: Column): GraphQLScalarType | GraphQLEnumType
  comparisonOf(column: Column): GraphQLInputObjectType
  filters: Map<string, GraphQLInputObjectType>
  orders: Map<string, GraphQLInputObjectType>
  objects: Map<string, GraphQLObjectType>
  connections: Map<string, GraphQLObjectType>
}

/**
 * The types of the analysts' API. They are made of graphql's own objects and not of decorated classes: a description
 * gives a dozen types, and no class of ours would have a line of its own (decision 18). `given` is the schema they join.
 */
export function makeTypes(given: GraphQLSchema): Types {
  const made: Made = {
    ...columnTypes(given),
    direction: directionType(),
    pageInfo: pageInfoType(),
    filters: new Map(),
    orders: new Map(),
    objects: new Map(),
    connections: new Map(),
  }
  for (const entity of entities) {
    made.filters.set(entity.name, filterType(entity, made))
    made.orders.set(entity.name, orderType(entity, made))
    made.objects.set(entity.name, rowType(entity, made))
    made.connections.set(entity.name, connectionType(entity, made))
  }
  return {
    fields: Object.fromEntries(entities.map((entity) => [entity.name, rootField(entity, made)])),
    filterOf: ({ name }) => made.filters.get(name)!,
    moment: made.moment,
    direction: made.direction,
  }
}

/** How columns travel and are compared; enumerations and comparisons are made when a column first needs them. */
function columnTypes(given: GraphQLSchema): Pick<Made, 'moment' | 'scalarOf' | 'comparisonOf'> {
  const moment = given.getType('DateTimeISO') as GraphQLScalarType
  const scalars: Record<Exclude<Kind, 'choice'>, GraphQLScalarType> = {
    id: GraphQLID,
    key: GraphQLID,
    text: GraphQLString,
    whole: GraphQLInt,
    number: Decimal,
    day: Day,
    moment,
    flag: GraphQLBoolean,
  }
  const names: Record<Exclude<Kind, 'choice'>, string> = {
    id: 'Id',
    key: 'Id',
    text: 'Text',
    whole: 'Int',
    number: 'Number',
    day: 'Day',
    moment: 'Moment',
    flag: 'Flag',
  }
  const enumerations = new Map<string, GraphQLEnumType>()
  const enumerationOf = (choices: string | Choices): GraphQLEnumType => {
    if (typeof choices === 'string') return given.getType(choices) as GraphQLEnumType
    const { name, says, values } = choices
    return madeOnce(enumerations, name, () => {
      const described = Object.entries(values).map(([value, what]) => [value, { description: both(what) }])
      return new GraphQLEnumType({ name, description: both(says), values: Object.fromEntries(described) })
    })
  }
  const scalarOf = ({ kind, choices }: Column) => (kind === 'choice' ? enumerationOf(choices!) : scalars[kind])

  const compared = new Map<string, GraphQLInputObjectType>()
  const comparisonOf = (column: Column): GraphQLInputObjectType => {
    const { kind } = column
    const scalar = scalarOf(column)
    const name = `${kind === 'choice' ? scalar.name : names[kind]}Comparison`
    return madeOnce(compared, name, () => {
      const fields = comparisons[kind].map((how) => [
        how,
        {
          type: how === 'isNull' ? GraphQLBoolean : how === 'in' ? new GraphQLList(needed(scalar)) : scalar,
          description: comparisonSays[how]!,
        },
      ])
      return new GraphQLInputObjectType({
        name,
        description: '对一列的比较，同时成立 / Comparisons of one column, all of which hold',
        fields: Object.fromEntries(fields) as GraphQLInputFieldConfigMap,
      })
    })
  }
  return { moment, scalarOf, comparisonOf }
}

const directionType = () =>
  new GraphQLEnumType({
    name: 'OrderDirection',
    description: '次序的方向；空值都在最后 / Direction of an order; what is empty comes last either way',
    values: { asc: { description: '升序 / Ascending' }, desc: { description: '降序 / Descending' } },
  })

const pageInfoType = () =>
  new GraphQLObjectType({
    name: 'PageInfo',
    description: '一页的位置 / Where a page lies',
    fields: {
      hasPreviousPage: { type: needed(GraphQLBoolean), description: '前面是否还有 / Whether rows come before' },
      startCursor: { type: GraphQLString, description: '第一行的游标 / Cursor of its first row' },
      hasNextPage: { type: needed(GraphQLBoolean), description: '后面是否还有 / Whether rows follow' },
      endCursor: { type: GraphQLString, description: '最后一行的游标，供 after 使用 / Cursor of its last row, for `after`' },
    },
  })

const base = ({ type }: Entity) => type.replace(/Record$/, '')

function filterType(entity: Entity, { filters, comparisonOf }: Made): GraphQLInputObjectType {
  const { name, says, columns, relations } = entity
  return new GraphQLInputObjectType({
    name: `${base(entity)}Filter`,
    description: `${both(says)}：条件同时成立 / all of which hold`,
    fields: (): GraphQLInputFieldConfigMap => {
      const self = filters.get(name)!
      return {
        and: { type: new GraphQLList(needed(self)), description: '都成立 / All of them hold' },
        or: { type: new GraphQLList(needed(self)), description: '至少一个成立 / At least one holds' },
        not: { type: self, description: '不成立 / Does not hold' },
        ...Object.fromEntries(
          Object.entries(columns).map(([name, column]) => [name, { type: comparisonOf(column), description: both(column.says) }]),
        ),
        ...Object.fromEntries(
          Object.entries(relations).map(([relation, { to, many, says: what }]) => [
            relation,
            { type: filters.get(to)!, description: `${both(what)}${many ? '：至少一个 / at least one' : ''}` },
          ]),
        ),
      }
    },
  })
}

function orderType(entity: Entity, { direction }: Made): GraphQLInputObjectType {
  const { says, columns } = entity
  return new GraphQLInputObjectType({
    name: `${base(entity)}Order`,
    description: '依次的一个次序 / One of the orders, in turn',
    fields: {
      field: {
        type: needed(
          new GraphQLEnumType({
            name: `${entity.type}Column`,
            description: both(says),
            values: Object.fromEntries(
              Object.entries(columns).map(([column, { says: what }]) => [column, { description: both(what) }]),
            ),
          }),
        ),
        description: '列 / Column',
      },
      direction: { type: needed(direction), defaultValue: 'asc', description: '升降 / Direction' },
    },
  })
}

function rowType(entity: Entity, made: Made): GraphQLObjectType {
  const { says, columns, relations } = entity
  const { scalarOf } = made
  return new GraphQLObjectType<EntityRow, Context>({
    name: entity.type,
    description: both(says),
    fields: () => ({
      ...Object.fromEntries(
        Object.entries(columns).map(([name, column]) => [
          name,
          {
            type: column.optional ? scalarOf(column) : needed(scalarOf(column)),
            description: both(column.says),
            ...(column.personal ? { resolve: revealing(name) } : {}),
          },
        ]),
      ),
      ...Object.fromEntries(Object.entries(relations).map(([relation, what]) => [relation, nestedField(what, made)])),
    }),
  })
}

function connectionType(entity: Entity, { objects, pageInfo }: Made): GraphQLObjectType {
  const { name, says } = entity
  return new GraphQLObjectType({
    name: `${base(entity)}Connection`,
    description: `${both(says)}：一页 / a page`,
    fields: () => ({
      nodes: { type: listOf(objects.get(name)!), description: '各行 / The rows' },
      edges: {
        type: listOf(
          new GraphQLObjectType({
            name: `${base(entity)}Edge`,
            description: '一行和它的游标 / A row and its cursor',
            fields: {
              cursor: { type: needed(GraphQLString), description: '游标 / Cursor' },
              node: { type: needed(objects.get(name)!), description: '行 / The row' },
            },
          }),
        ),
        description: '各行及游标 / The rows with their cursors',
      },
      pageInfo: { type: needed(pageInfo), description: '本页的位置 / Where the page lies' },
      totalCount: {
        type: needed(GraphQLInt),
        description: '符合条件的总行数；只在要它时才数 / How many rows there are in all; counted only when asked for',
      },
    }),
  })
}

const pagingArgs = ({ name }: Entity, { filters, orders }: Made) => ({
  filter: { type: filters.get(name)!, description: '条件 / Filter' },
  orderBy: { type: new GraphQLList(needed(orders.get(name)!)), description: '次序 / Order' },
  first: {
    type: needed(GraphQLInt),
    defaultValue: pageSize.usual,
    description: `一页几行，1 至 ${pageSize.most} / Rows a page, 1 to ${pageSize.most}`,
  },
  after: { type: GraphQLString, description: '从这个游标之后 / After this cursor' },
})

/** What lies beyond a row: loaded for all rows of a page at once. */
function nestedField(relation: Relation, made: Made): GraphQLFieldConfig<EntityRow, Context> {
  const { to, from, at, many, says } = relation
  const entity = entityOf(to)
  if (!many)
    return {
      type: made.objects.get(to)!,
      description: `${both(says)}；不可见的为空 / none where the caller may not see it`,
      resolve: async (row, _, _context, info) => {
        const key = row[from] as string | null
        if (key === null) return null
        const asking = askings.get(row)!
        const one = { at, columns: columnsAsked(entity, info, ['']) }
        const what = JSON.stringify(['one', to, one, asking.stood?.at ?? null])
        return batched(asking.context, what, key, async (keys) => marked(asking, await readOnes(asking, entity, one, keys)))
      },
    }
  return {
    type: needed(made.connections.get(to)!),
    description: both(says),
    args: pagingArgs(entity, made),
    resolve: (row, args, _context, info) => {
      const asking = askings.get(row)!
      const paging = { ...args, columns: columnsAsked(entity, info, inPage) } as Paging
      checkFirst(asking, paging.first)
      const key = row[from] as string
      const what = JSON.stringify([to, at, paging, asking.stood?.at ?? null])
      return connection(
        asking,
        () => batched(asking.context, what, key, (parents) => readPages(asking, entity, paging, { at, parents })),
        () =>
          batched(asking.context, `count ${what}`, key, (parents) => countRows(asking, entity, paging.filter, { at, parents })),
      )
    },
  }
}

function rootField(entity: Entity, made: Made): GraphQLFieldConfig<unknown, Context> {
  return {
    type: needed(made.connections.get(entity.name)!),
    description: both(entity.says),
    args: {
      ...pagingArgs(entity, made),
      ...(entity.name === 'sheets'
        ? { asOf: { type: made.moment, description: '当时的情形 / As the sheets stood at this moment' } }
        : {}),
    },
    resolve: async (_, { asOf: at, ...args }, context, info) => {
      const asking: Asking = { context, ...(at == null ? {} : { stood: await asOf(context, at as Date) }) }
      const paging = { ...args, columns: columnsAsked(entity, info, inPage) } as unknown as Paging
      checkFirst(asking, paging.first)
      return connection(
        asking,
        () => readPage(asking, entity, paging),
        async () => (await countRows(asking, entity, paging.filter, undefined)).get(''),
      )
    },
  }
}

/** GraphQL knows a type by its name and takes one object for it. */
function madeOnce<Type>(made: Map<string, Type>, name: string, make: () => Type): Type {
  const found = made.get(name) ?? make()
  made.set(name, found)
  return found
}

/** Where the fields of a row stand below a connection. */
const inPage = ['nodes.', 'edges.node.']

const columnsRead = new WeakMap<GraphQLResolveInfo['fieldNodes'], readonly string[]>()
/** The columns that a selection needs of an entity: those it names, and those by which what is nested in a row is found. */
function columnsAsked({ columns, relations }: Entity, info: GraphQLResolveInfo, below: readonly string[]): readonly string[] {
  const known = columnsRead.get(info.fieldNodes) // the same for all rows of a list
  if (known) return known
  const paths = pathsAsked(info)
  const asks = (name: string) => below.some((path) => paths.has(path + name))
  const found = Object.keys(columns).filter(asks)
  for (const [name, { from }] of Object.entries(relations)) if (asks(name)) found.push(from)
  columnsRead.set(info.fieldNodes, found)
  return found
}

/** Lets rows know how they were asked for. */
function marked(asking: Asking, rows: Map<string, EntityRow>): Map<string, EntityRow> {
  for (const row of rows.values()) askings.set(row, asking)
  return rows
}

/** A connection whose parts are read when they are selected, the page once for all of them. */
function connection(asking: Asking, read: () => Promise<Page | undefined>, count: () => Promise<number | undefined>) {
  let reading: Promise<Page> | undefined
  const page = () =>
    (reading ??= read().then((found) => {
      for (const row of found!.rows) askings.set(row, asking)
      return found!
    }))
  return {
    nodes: async () => (await page()).rows,
    edges: async () => {
      const { rows, cursor } = await page()
      return rows.map((node) => ({ node, cursor: cursor(node) }))
    },
    pageInfo: async () => {
      const { rows, hasPreviousPage, hasNextPage, cursor } = await page()
      const [first, last] = [rows.at(0), rows.at(-1)]
      return { hasPreviousPage, startCursor: first ? cursor(first) : null, hasNextPage, endCursor: last ? cursor(last) : null }
    },
    totalCount: count,
  }
}

/** A column of personal data: what it answers is noted, to be put on record with the answer. */
const revealing =
  (column: string) =>
  (row: EntityRow, _: unknown, context: Context): unknown => {
    if (row[column] !== null) reveals(context, column, String(row.id))
    return row[column]
  }
