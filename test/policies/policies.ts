import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { officialCalendar } from '../../server/src/core/official.ts'
import type { Calendar } from '../../server/src/rules/days.ts'
import { dossierOfExample as fromExample } from '../../server/src/rules/examples.ts'
import { fieldsOf } from '../../server/src/rules/fields.ts'
import type { Dossier } from '../../server/src/rules/person.ts'
import { readPolicy } from '../../server/src/rules/policy/read.ts'
import type { Policy } from '../../server/src/rules/policy/shape.ts'
import type { PolicyExample } from '../../server/src/rules/policy/examples-shape.ts'

export const folder = join(import.meta.dirname, '../../server/policies')
export const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
export const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8')
export const policies: Policy[] = files.map((file) => readPolicy(textOf(file)))
export const xinyi: Policy = readPolicy(textOf('xinyi-1.yaml'))

/** A policy by the name before its number. */
export function policyOf(name: string): Policy {
  const policy = policies.find(({ id }) => id === `${name}-1`)
  if (!policy) throw new Error(name)
  return policy
}

/** A policy file with its text changed. Throws where there is nothing to change. */
export function amendedText(name: string, ...changes: [from: string | RegExp, to: string][]): string {
  return changes.reduce(
    (before, [from, to]) => {
      const after = before.replace(from, to)
      if (after === before) throw new Error(`nothing to replace: ${from}`)
      return after
    },
    textOf(`${name}-1.yaml`),
  )
}

/** A policy with its text changed: what a regulation could say, and none of the five does. */
export const amended = (...given: Parameters<typeof amendedText>): Policy => readPolicy(amendedText(...given))

export { changed } from '../../server/src/rules/examples.ts'

/** Weeks without any day off or made up, and no year known. */
export const week: Calendar = { holidays: [], workdays: [], known: [] }

/** A worked example as one person, by the calendar that came with the product. */
export const dossierOf = (policy: Policy, example: PolicyExample): Dossier => fromExample(policy, example, officialCalendar())

export const field = (policy: Policy, id: string) => fieldsOf(policy, {}).find((one) => one.id === id)
