import { parseDocument } from 'yaml'
import { objectionsTo } from './check.ts'
import { PolicyError } from './objection.ts'
import { PolicyShape, type Policy } from './shape.ts'

/**
 * Reads one policy file. Every scalar is read as text, so that no number passes through a binary float and `no` stays
 * a word. Throws PolicyError with every objection found.
 */
export function readPolicy(yaml: string): Policy {
  const document = parseDocument(yaml, { schema: 'failsafe', uniqueKeys: true })
  if (document.errors.length > 0) throw new PolicyError(document.errors.map(({ message }) => ({ path: '', says: message })))
  const read = PolicyShape.safeParse(document.toJS())
  if (!read.success) {
    throw new PolicyError(read.error.issues.map(({ path, message }) => ({ path: path.join('.'), says: message })))
  }
  const objections = objectionsTo(read.data)
  if (objections.length > 0) throw new PolicyError(objections)
  return read.data
}
