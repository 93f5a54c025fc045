import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import { serverFolder } from '../base/config.ts'
import type { Context } from '../base/context.ts'
import { costObjection, limitRule, limits, objectionTo } from './limits.ts'
import { refuse } from '../base/refuse.ts'
import type { Lang } from '../rules/text.ts'
import { sentence, type Code } from '../base/words.ts'

/** An operation that may be run, or why it may not, with the status of the answer. */
export type Asked =
  { document: DocumentNode; operation: OperationDefinitionNode } | { errors: readonly GraphQLError[]; status: number }

interface Question {
  query: string
  variables?: Readonly<Record<string, unknown>> | null | undefined
  operationName?: string | null | undefined
}

/** Reads a document for the paths beside Apollo's: the same limits, the same permissions, one kind of operation. */
export function readOperation(
  schema: GraphQLSchema,
  { query, variables, operationName }: Question,
  context: Context,
  { kind, otherwise }: { kind: 'query' | 'subscription'; otherwise: Code },
): Asked {
  const { actor, lang } = context
  if (!actor) return { errors: [refuse('signIn.needed', sentence(lang, 'signIn.needed'))], status: 401 }
  const stranger = unknownDocument(query, context)
  if (stranger) return { errors: [stranger], status: 403 }
  let document: DocumentNode
  try {
    document = parse(query, { maxTokens: limits.tokens })
  } catch (error) {
    return { errors: [coded(error as GraphQLError, 'GRAPHQL_PARSE_FAILED')], status: 400 }
  }
  const invalid = validate(schema, document, [...specifiedRules, limitRule], { maxErrors: 3 })
  if (invalid.length > 0) return { errors: invalid.map((error) => coded(error, 'GRAPHQL_VALIDATION_FAILED')), status: 400 }
  const operation = getOperationAST(document, operationName)
  if (operation?.operation !== kind) return { errors: [refuse(otherwise, sentence(lang, otherwise))], status: 400 }
  const objection = objectionTo(document, operation, variables ?? {}, context)
  if (objection) return { errors: [objection], status: 403 }
  const tooMuch = costObjection(document, operation, variables ?? {}, lang)
  return tooMuch ? { errors: [tooMuch], status: 400 } : { document, operation }
}

const known = new Set(Object.keys(JSON.parse(readFileSync(join(serverFolder, 'trusted.json'), 'utf8')) as Record<string, string>))

/** Whether a document is one of the page's own. */
export const isKnown = (query: string): boolean => known.has(createHash('sha256').update(query).digest('hex'))

/** The objection to a document that is not one of the page's, where only those are answered; made before the document is parsed. */
export function unknownDocument(query: unknown, { actor, token, lang, documents }: Context): GraphQLError | undefined {
  if (documents === 'any' || !actor || token?.scopes.includes('analyst')) return undefined
  return typeof query === 'string' && isKnown(query) ? undefined : refuse('document.unknown', sentence(lang, 'document.unknown'))
}

const coded = (error: GraphQLError, code: string): GraphQLError =>
  error.extensions.code ? error : new GraphQLError(error.message, { nodes: error.nodes ?? null, extensions: { code } })

/** Removes the suggestions of similar names, which would reveal the schema; Apollo does the same on its path. */
const withoutHints = ({ message }: GraphQLError): string => message.replace(/ ?Did you mean .+\?$/, '')

/** An objection of `readOperation` as it is told. */
export const objected = (error: GraphQLError, lang: Lang): GraphQLFormattedError =>
  inLanguage({ ...error.toJSON(), message: withoutHints(error) }, lang)

/** An error as the caller gets it: errors of this product or of GraphQL as they are; any other is logged and masked. */
export function errorForCaller(
  error: GraphQLFormattedError,
  original: unknown,
  { lang, requestId, log }: Pick<Context, 'lang' | 'requestId' | 'log'>,
): GraphQLFormattedError {
  const code = error.extensions?.code
  if (error.extensions?.limit) return inLanguage(error, lang)
  const cause = original instanceof GraphQLError ? original.originalError : original
  const expected = typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR' && !(cause && !(cause instanceof GraphQLError))
  if (expected) return error
  log.error({ requestId, err: cause ?? original, path: error.path }, 'unexpected')
  return {
    message: sentence(lang, 'unexpected', { id: requestId }),
    extensions: { code: 'unexpected', requestId },
    ...(error.path ? { path: error.path } : {}),
  }
}

/** An objection of the rule of the limits under its own code, in the caller's language; any other as it is. */
function inLanguage(error: GraphQLFormattedError, lang: Lang): GraphQLFormattedError {
  const { limit, found, most } = (error.extensions ?? {}) as Record<string, unknown>
  if (limit !== 'request.tooDeep' && limit !== 'request.tooCostly' && limit !== 'request.repeated') return error
  const message = sentence(lang, limit, { found: String(found), most: String(most) })
  return { ...error, message, extensions: { code: limit, found, most } }
}
