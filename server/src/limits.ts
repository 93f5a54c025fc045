import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql'
import type { Context } from './context.ts'
import { mayCall, tokenObjection } from './rules/access.ts'
import { refuse } from './refuse.ts'
import { sentence } from './words.ts'

/** What a request may ask at most. The cost of a query is its fields, each operation weighing what it makes the database do. */
export const limits = { depth: 8, cost: 1000, tokens: 4000, megabytes: 24 }

const weights: Record<string, number> = {
  scoreGrid: 100,
  villageRanking: 100,
  quota: 100,
  saveCells: 50,
  undoChangeSet: 50,
  cellsHistory: 20,
  explain: 10,
  evaluate: 10,
}

/**
 * Refuses queries that are too deep or too costly, saying how deep or costly they are and what is allowed. Fragments are
 * counted where they are used; one that leads back to itself is another rule's business. A rule does not know who asks,
 * and Apollo gives every objection of a rule its own code: both are put right when the answer is sent.
 */
export const limitRule: ValidationRule = (context) => ({
  Document(document) {
    const measure = measurer(document)
    for (const operation of document.definitions) {
      if (operation.kind !== Kind.OPERATION_DEFINITION) continue
      const { depth, cost } = measure(operation.selectionSet, 1, [])
      if (depth > limits.depth) report('request.tooDeep', depth, limits.depth)
      else if (cost > limits.cost) report('request.tooCostly', cost, limits.cost)
    }
    function report(code: 'request.tooDeep' | 'request.tooCostly', measured: number, most: number) {
      const found = Number.isFinite(measured) ? String(measured) : `> ${most}`
      context.reportError(
        new GraphQLError(sentence('en', code, { found, most: String(most) }), { extensions: { limit: code, found, most } }),
      )
    }
    return false
  },
})

/** What an operation costs, as the limit counts it. */
export const costOf = (document: DocumentNode, operation: OperationDefinitionNode): number =>
  measurer(document)(operation.selectionSet, 1, []).cost

interface Measure {
  depth: number
  cost: number
}

function measurer(document: DocumentNode) {
  const fragments = fragmentsOf(document)
  let steps = 0
  return function measure(set: SelectionSetNode, depth: number, within: string[]): Measure {
    const sum: Measure = { depth, cost: 0 }
    // A document can be made whose fragments multiply; it is refused long before it is counted out.
    if (depth > limits.depth + 1 || ++steps > 20_000) return { depth, cost: Infinity }
    for (const selection of set.selections) {
      let part: Measure = { depth, cost: 0 }
      if (selection.kind === Kind.FIELD) {
        // How deep introspection goes is a rule of GraphQL's own, and who may is decided below.
        if (selection.selectionSet && !(depth === 1 && isIntrospection(selection.name.value)))
          part = measure(selection.selectionSet, depth + 1, within)
        part.cost += depth === 1 ? (weights[selection.name.value] ?? 1) : 1
      } else if (selection.kind === Kind.INLINE_FRAGMENT) part = measure(selection.selectionSet, depth, within)
      else {
        const { value: name } = selection.name
        const fragment = fragments.get(name)
        if (fragment && !within.includes(name)) part = measure(fragment.selectionSet, depth, [...within, name])
      }
      sum.depth = Math.max(sum.depth, part.depth)
      sum.cost += part.cost
    }
    return sum
  }
}

const fragmentsOf = (document: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])))

/**
 * Why the caller may not run this operation, or undefined. Decided in one place for every path into the schema, before
 * any resolver runs, from the table of permissions.
 */
export function objectionTo(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { actor, token, lang }: Pick<Context, 'actor' | 'token' | 'lang'>,
): GraphQLError | undefined {
  if (!actor) return refuse('signIn.needed', sentence(lang, 'signIn.needed'), { http: { status: 401 } })
  const fragments = fragmentsOf(document)
  const all = called(operation.selectionSet, fragments)
  const names = all.filter((name) => !isIntrospection(name))
  if (names.length < all.length && !token?.scopes.includes('analyst'))
    return refuse('GRAPHQL_VALIDATION_FAILED', sentence(lang, 'request.introspection'), { http: { status: 400 } })
  const deny = (code: 'permission' | 'token.scope' | 'token.people') =>
    refuse(code, sentence(lang, code), { http: { status: 403 } })
  if (names.some((name) => !mayCall(actor, name))) return deny('permission')
  const narrow = token && names.map((name) => tokenObjection(token.scopes, operation.operation, name)).find(Boolean)
  return narrow && deny(`token.${narrow}`)
}

const isIntrospection = (name: string): boolean => name === '__schema' || name === '__type'

function called(set: SelectionSetNode, fragments: Map<string, FragmentDefinitionNode>): string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection.name.value]
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
    return inner ? called(inner.selectionSet, fragments) : []
  })
}
