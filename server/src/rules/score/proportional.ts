import { z } from 'zod'
import { Amount, canonical, exact, least, zero } from '../exact.ts'
import { cell, fieldOf, heading, remembered, type Plan, type Setting } from './kind.ts'
import type { Step } from './step.ts'

const whole = exact(100)

/** Points times the completion rate, kept exact; a rate above 100 % earns no more than the points. */
export const Proportional = z.strictObject({ ...heading, kind: z.literal('proportional'), points: Amount })
type Proportional = z.infer<typeof Proportional>

export function proportional(criterion: Proportional, setting: Setting): Plan {
  const field = fieldOf(setting, criterion, cell.percent)
  const points = exact(criterion.points)
  const blank = { id: field.id, name: criterion.title, clause: criterion.clause, max: points, missing: [], parts: [] }
  const measured = remembered((text): Step => {
    const rate = exact(text)
    const counted = least(rate, whole)
    const why: Step['why'] = [{ kind: 'proportion', rate: canonical(rate), counted: canonical(counted), of: criterion.points }]
    return { ...blank, points: points.mul(counted).div(whole), why }
  })
  const missing: Step = { ...blank, points: zero, missing: [field.id], why: [{ kind: 'missing', fields: [field.id] }] }
  return {
    fields: [field],
    run: (facts) => {
      const text = facts[field.id]
      return text === undefined ? missing : measured(text)
    },
  }
}
