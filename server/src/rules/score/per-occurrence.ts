import { z } from 'zod'
import { Amount, canonical, exact, zero } from '../exact.ts'
import { cell, fieldOf, heading, remembered, type Plan, type Setting } from './kind.ts'
import type { Step } from './step.ts'

/** So many points off for each time it happened (每次扣). */
export const PerOccurrence = z.strictObject({ ...heading, kind: z.literal('perOccurrence'), points: Amount })
type PerOccurrence = z.infer<typeof PerOccurrence>

export function perOccurrence(criterion: PerOccurrence, setting: Setting): Plan {
  const field = fieldOf(setting, criterion, cell.count)
  const each = exact(criterion.points).neg()
  const blank = { id: field.id, name: criterion.title, clause: criterion.clause, missing: [], parts: [] }
  const none: Step = { ...blank, points: zero, why: [{ kind: 'none' }] }
  const happened = remembered((text) => {
    const times = exact(text)
    const why: Step['why'] = [{ kind: 'occurrences', times: canonical(times), each: criterion.points }]
    return { ...blank, points: each.mul(times), why }
  })
  return {
    fields: [field],
    run: (facts) => {
      const text = facts[field.id]
      return text === undefined || text === '0' ? none : happened(text)
    },
  }
}
