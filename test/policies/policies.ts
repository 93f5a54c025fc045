import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Facts } from '../../server/src/rules/facts.ts'
import { fieldsOf, readCell, record, typicalFacts } from '../../server/src/rules/fields.ts'
import { readPolicy, type Policy } from '../../server/src/rules/policy.ts'

export const folder = join(import.meta.dirname, '../../server/policies')
export const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
export const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8')
export const policies: Policy[] = files.map((file) => readPolicy(textOf(file)))
export const xinyi: Policy = readPolicy(textOf('xinyi-1.yaml'))

/** A typical year with some cells changed, through the same door as everyone's; 'blank' clears one. */
export function changed(policy: Policy, choices: Record<string, string>, given: Record<string, string>): Facts {
  let facts = typicalFacts(policy, choices)
  for (const [id, raw] of Object.entries(given)) {
    const read = readCell(policy, choices, id, raw === 'blank' ? null : raw)
    if (read.refused) throw new Error(`${id}: ${read.refused.code}`)
    facts = record(policy, choices, facts, id, read.value)
  }
  return facts
}

export const field = (policy: Policy, id: string) => fieldsOf(policy, {}).find((one) => one.id === id)
