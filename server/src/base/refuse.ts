import { GraphQLError } from 'graphql'

/**
 * The one way to say no to a request: a stable code for programs, and a sentence in the caller's language that says
 * what to do. Anything else that is thrown is unexpected: masked for the caller, logged in full.
 */
export function refuse(code: string, sentence: string, details: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(sentence, { extensions: { code, ...details } })
}
