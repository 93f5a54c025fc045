import {
  execute,
  getNamedType,
  getNullableType,
  GraphQLError,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  typeFromAST,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { fragmentsOf } from '../request/limits.ts'

/** A list in the answer of a query: where it is, and what a row of it holds. */
export interface Target {
  /** Names as in the answer. */
  path: string[]
  /** Of a list read page by page, by `after` and `pageInfo`: what the answer calls its edges and their nodes. */
  paged?: { edges: string; node: string }
  node: FieldNode
  columns: string[]
}

interface Selected {
  name: string
  node: FieldNode
  type: GraphQLOutputType
}

/** The fields of a selection, fragments opened. */
function fieldsOf(
  schema: GraphQLSchema,
  fragments: Map<string, FragmentDefinitionNode>,
  set: SelectionSetNode | undefined,
  parent: GraphQLNamedType,
): Selected[] {
  return (set?.selections ?? []).flatMap((selection): Selected[] => {
    if (selection.kind === Kind.FIELD) {
      const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[selection.name.value] : undefined
      return field ? [{ name: (selection.alias ?? selection.name).value, node: selection, type: field.type }] : []
    }
    const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value)! : selection
    const on = inner.typeCondition ? (typeFromAST(schema, inner.typeCondition) ?? parent) : parent
    return fieldsOf(schema, fragments, inner.selectionSet, on)
  })
}

/** Every list of objects a query answers with that lies in no other list, nearest to the root first. */
export function targetsOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Target[] {
  const fragments = fragmentsOf(document)
  const within = (set: SelectionSetNode | undefined, type: GraphQLOutputType) =>
    fieldsOf(schema, fragments, set, getNamedType(type))
  const columnsOf = (set: SelectionSetNode | undefined, type: GraphQLOutputType): string[] => [
    ...new Set(
      within(set, type).flatMap(({ name, node, type: inner }) =>
        isListType(getNullableType(inner)) || !isCompositeType(getNamedType(inner))
          ? [name]
          : columnsOf(node.selectionSet, inner).map((column) => `${name}.${column}`),
      ),
    ),
  ]
  const found: Target[] = []
  let level = within(operation.selectionSet, schema.getQueryType()!).map((one) => ({ ...one, path: [one.name] }))
  while (level.length > 0) {
    const next: typeof level = []
    for (const { path, node, type } of level) {
      const named = getNamedType(type)
      if (!isCompositeType(named)) continue
      if (isListType(getNullableType(type))) {
        found.push({ path, node, columns: columnsOf(node.selectionSet, type) })
        continue
      }
      const inner = within(node.selectionSet, type)
      const edges =
        isObjectType(named) && named.getFields().pageInfo ? inner.find((one) => one.node.name.value === 'edges') : undefined
      const row = edges && within(edges.node.selectionSet, edges.type).find((one) => one.node.name.value === 'node')
      if (edges && row)
        found.push({
          path,
          paged: { edges: edges.name, node: row.name },
          node,
          columns: columnsOf(row.node.selectionSet, row.type),
        })
      else next.push(...inner.map((one) => ({ ...one, path: [...path, one.name] })))
    }
    level = next
  }
  return found
}

const OURS = 'kaoheExport'
const named = (value: string) => ({ kind: Kind.NAME, value }) as const
const plain = (name: string, alias: string, ...selections: FieldNode[]): FieldNode => ({
  kind: Kind.FIELD,
  name: named(name),
  alias: named(alias),
  ...(selections.length > 0 ? { selectionSet: { kind: Kind.SELECTION_SET, selections } } : {}),
})

/** The document as it asks for the page behind a cursor, and for where that page ends. */
const pageOf = (document: DocumentNode, node: FieldNode, after: string | undefined): DocumentNode =>
  visit(document, {
    Field(field) {
      if (field !== node) return undefined
      const others = field.arguments?.filter(({ name }) => after === undefined || name.value !== 'after') ?? []
      const cursor = { kind: Kind.ARGUMENT, name: named('after'), value: { kind: Kind.STRING, value: after ?? '' } } as const
      return {
        ...field,
        arguments: after === undefined ? others : [...others, cursor],
        selectionSet: {
          kind: Kind.SELECTION_SET,
          selections: [
            ...field.selectionSet!.selections,
            plain('pageInfo', OURS, plain('hasNextPage', 'more'), plain('endCursor', 'end')),
          ],
        },
      }
    },
  }) as DocumentNode

type Row = Record<string, unknown>

/** One row as its columns: what lies in an object is `object.field`, a list of texts is one text, of objects JSON. */
export function cellsOf(row: Row, columns: readonly string[]): unknown[] {
  return columns.map((column) => {
    const value = column.split('.').reduce<unknown>((inner, name) => (inner as Row | null)?.[name] ?? null, row)
    if (!Array.isArray(value)) return value instanceof Date ? value.toISOString() : value
    return value.every((one) => typeof one !== 'object') ? value.join('；') : JSON.stringify(value)
  })
}

/**
 * The rows of a list, page after page; only one page is held at a time. Ends early once `stopped` says so.
 * Throws the first error of an answer, a GraphQLError.
 */
export async function* rowsIn(
  schema: GraphQLSchema,
  document: DocumentNode,
  { path, paged, node, columns }: Target,
  ask: { variables: Record<string, unknown>; operationName: string | undefined; contextValue: unknown; stopped(): boolean },
): AsyncGenerator<unknown[]> {
  let after: string | undefined
  do {
    const { data, errors } = await execute({
      schema,
      document: paged ? pageOf(document, node, after) : document,
      variableValues: ask.variables,
      operationName: ask.operationName ?? null,
      contextValue: ask.contextValue,
    })
    if (errors) throw errors[0]!
    const at = path.reduce<unknown>((inner, name) => (inner as Row | null)?.[name], data)
    const list = (paged ? ((at as Row)[paged.edges] as Row[]).map((edge) => edge[paged.node]) : at) as Row[] | null
    for (const row of list ?? []) {
      if (ask.stopped()) return
      yield cellsOf(row, columns)
    }
    const info = paged ? ((at as Row)[OURS] as { more: boolean; end: string | null }) : undefined
    if (info?.more && (info.end === null || info.end === after)) throw new GraphQLError('a page that leads nowhere')
    after = info?.more ? info.end! : undefined
  } while (after !== undefined && !ask.stopped())
}
