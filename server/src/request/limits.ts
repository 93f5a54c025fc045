import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql'
import type { Context } from '../base/context.ts'
import { mayCall, tokenObjection } from '../rules/access.ts'
import { refuse } from '../base/refuse.ts'
import { lacking } from '../base/roles.ts'
import type { Lang } from '../rules/text.ts'
import { sentence } from '../base/words.ts'

/**
 * What a request may ask at most. The cost of a query is its fields, each operation weighing what it makes the database
 * do, and the rows it may bring: the sizes of its pages multiplied along their nesting, fifty rows counting as a field.
 * `same` is how often one field may be asked for in one place, under whatever names.
 */
export const limits = { depth: 8, cost: 1000, same: 50, tokens: 4000, megabytes: 24 }

/** Rows of a page of a connection. */
export const pageSize = { usual: 50, most: 1000 }

const rowsPerCost = 50

const weights: Record<string, number> = {
  scoreGrid: 100,
  villageRanking: 100,
  quota: 100,
  createAccounts: 100,
  grantRoles: 100,
  saveCells: 50,
  undoChangeSet: 50,
  statistics: 50,
  heatMap: 50,
  leniency: 50,
  raterDispersion: 50,
  movement: 50,
  cellsHistory: 20,
  explain: 10,
  evaluate: 10,
}

type LimitCode = 'request.tooDeep' | 'request.tooCostly' | 'request.repeated'

/** What a document exceeds: how much was found, and how much is allowed. */
interface Excess {
  code: LimitCode
  found: string
  most: string
}

/**
 * Refuses queries that are too deep or too costly, saying how deep or costly they are and what is allowed. Fragments are
 * counted where they are used; one that leads back to itself is another rule's business. A rule does not know who asks,
 * and Apollo gives every objection of a rule its own code: both are put right when the answer is sent.
 */
export const limitRule: ValidationRule = (context) => ({
  Document(document) {
    for (const operation of document.definitions) {
      const excess = operation.kind === Kind.OPERATION_DEFINITION && excessOf(document, operation, {})
      if (excess) context.reportError(new GraphQLError(...toldAs(excess)))
    }
    return false
  },
})

const toldAs = ({ code, ...params }: Excess): [string, { extensions: Record<string, string> }] => [
  sentence('en', code, params),
  { extensions: { limit: code, ...params } },
]

/** The same once the variables are known: they may hold the sizes of pages, which until then count as one row. */
export function costObjection(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  lang: Lang,
): GraphQLError | undefined {
  const excess = excessOf(document, operation, variables)
  if (!excess) return undefined
  const { code, ...params } = excess
  return refuse(code, sentence(lang, code, params), { ...params, http: { status: 400 } })
}

function excessOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Excess | undefined {
  const { depth, same, ...measured } = measurer(document, operation, variables)
  const excess = (code: LimitCode, found: number, most: number): Excess => ({
    code,
    found: Number.isFinite(found) ? String(found) : `> ${most}`,
    most: String(most),
  })
  const price = priceOf(measured)
  if (depth > limits.depth) return excess('request.tooDeep', depth, limits.depth)
  if (price > limits.cost) return excess('request.tooCostly', price, limits.cost)
  if (same > limits.same) return excess('request.repeated', same, limits.same)
  return undefined
}

const priceOf = ({ cost, rows }: Pick<Measure, 'cost' | 'rows'>): number => cost + Math.floor(rows / rowsPerCost)

/** What an operation costs, as the limit counts it before its variables are known. */
export const costOf = (document: DocumentNode, operation: OperationDefinitionNode): number =>
  priceOf(measurer(document, operation, {}))

interface Measure {
  depth: number
  cost: number
  /** How many rows the pages in it may bring. */
  rows: number
}

function measurer(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measure & { same: number } {
  const fragments = fragmentsOf(document)
  let steps = 0
  let same = 0

  /** How many rows a connection is asked for; of a field that is none it does not matter. */
  function pageOf({ arguments: given = [] }: FieldNode): number {
    const value = given.find(({ name }) => name.value === 'first')?.value
    if (!value) return pageSize.usual
    if (value.kind === Kind.INT) return Math.max(1, Number(value.value))
    if (value.kind !== Kind.VARIABLE) return 1
    const declared = operation.variableDefinitions?.find(({ variable }) => variable.name.value === value.name.value)
    const asked = variables[value.name.value] ?? (declared?.defaultValue?.kind === Kind.INT ? declared.defaultValue.value : 1)
    return Math.max(1, Number(asked) || 1)
  }

  /** `page`: of how many rows the connection is whose parts these are; `counts`: how often each field was asked for here. */
  function measure(set: SelectionSetNode, depth: number, within: string[], page: number, counts: Map<string, number>): Measure {
    const sum: Measure = { depth, cost: 0, rows: 0 }
    // A document can be made whose fragments multiply; it is refused long before it is counted out.
    if (depth > limits.depth + 1 || ++steps > 20_000) return { depth, cost: Infinity, rows: 0 }
    for (const selection of set.selections) {
      let part: Measure = { depth, cost: 0, rows: 0 }
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value
        const count = (counts.get(name) ?? 0) + 1
        counts.set(name, count)
        same = Math.max(same, count)
        // Introspection is not counted here: graphql-js limits its depth, and `objectionTo` decides who may use it.
        if (selection.selectionSet && !(depth === 1 && isIntrospection(name)))
          part = measure(selection.selectionSet, depth + 1, within, pageOf(selection), new Map())
        part.cost += depth === 1 ? (weights[name] ?? 1) : 1
        if (name === 'nodes' || name === 'edges') part.rows = page * (1 + part.rows)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) part = measure(selection.selectionSet, depth, within, page, counts)
      else {
        const { value: name } = selection.name
        const fragment = fragments.get(name)
        if (fragment && !within.includes(name)) part = measure(fragment.selectionSet, depth, [...within, name], page, counts)
      }
      sum.depth = Math.max(sum.depth, part.depth)
      sum.cost += part.cost
      sum.rows += part.rows
    }
    return sum
  }
  return { ...measure(operation.selectionSet, 1, [], 1, new Map()), same }
}

/** The fragments of a document, by their names. */
export const fragmentsOf = (document: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])))

/**
 * Why the caller may not run this operation, or undefined. Decided in one place for every path into the schema, before
 * any resolver runs, from the table of permissions. What a directive leaves out is not run, and nobody objects to it.
 */
export function objectionTo(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  { actor, token, lang }: Pick<Context, 'actor' | 'token' | 'lang'>,
): GraphQLError | undefined {
  if (!actor) return refuse('signIn.needed', sentence(lang, 'signIn.needed'), { http: { status: 401 } })
  const fragments = fragmentsOf(document)
  const all = called(operation.selectionSet, fragments, variables)
  const names = all.filter((name) => !isIntrospection(name))
  if (names.length < all.length && !token?.scopes.includes('analyst'))
    return refuse('GRAPHQL_VALIDATION_FAILED', sentence(lang, 'request.introspection'), { http: { status: 400 } })
  const deny = (code: 'permission' | 'token.scope' | 'token.people', params: Record<string, string> = {}) =>
    refuse(code, sentence(lang, code, params), { http: { status: 403 } })
  const closed = names.find((name) => !mayCall(actor, name))
  if (closed) return deny('permission', lacking(lang, closed))
  const narrow = token && names.map((name) => tokenObjection(token.scopes, operation.operation, name)).find(Boolean)
  return narrow && deny(`token.${narrow}`)
}

const isIntrospection = (name: string): boolean => name === '__schema' || name === '__type'

function called(
  set: SelectionSetNode,
  fragments: Map<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): string[] {
  return set.selections.flatMap((selection) => {
    if (isLeftOut(selection, variables)) return []
    if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection.name.value]
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
    return inner ? called(inner.selectionSet, fragments, variables) : []
  })
}

/** Whether a directive leaves this out for certain: a variable counts as it was sent, one that was not sent does not. */
const isLeftOut = ({ directives = [] }: SelectionNode, variables: Readonly<Record<string, unknown>>): boolean =>
  directives.some(({ name, arguments: [given] = [] }) => {
    const value = given?.value
    const says =
      value?.kind === Kind.BOOLEAN ? value.value : value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined
    return (name.value === 'include' && says === false) || (name.value === 'skip' && says === true)
  })
