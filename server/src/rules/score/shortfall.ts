import { z } from 'zod'
import { Amount, canonical, compare, exact, rounded, zero, type Rounding } from '../exact.ts'
import { cell, fieldOf, heading, remembered, wayOf, wayOrChoice, type Plan, type Setting } from './kind.ts'
import type { Step } from './step.ts'

export const countings = ['whole', 'linear', 'ceil'] as const

/** Points off for each percentage point under the target; a part of a point counts by the chosen reading. */
export const Shortfall = z.strictObject({
  ...heading,
  kind: z.literal('shortfall'),
  target: Amount,
  perPoint: Amount,
  counting: wayOrChoice(countings),
})
type Shortfall = z.infer<typeof Shortfall>

const roundings: Record<'whole' | 'ceil', Rounding> = { whole: 'down', ceil: 'up' }

export function shortfall(criterion: Shortfall, setting: Setting): Plan {
  const field = fieldOf(setting, criterion, cell.percent)
  const counting = wayOf(criterion.counting, setting.chosen)
  const target = exact(criterion.target)
  const each = exact(criterion.perPoint).neg()
  const blank = { id: field.id, name: criterion.title, clause: criterion.clause, missing: [], parts: [] }
  const measured = remembered((text): Step => {
    const value = exact(text)
    if (compare(value, target) >= 0) {
      const rates = [{ field: field.id, value: canonical(value), target: criterion.target }]
      return { ...blank, points: zero, why: [{ kind: 'reached', rates }] }
    }
    const gap = target.sub(value)
    const short = counting === 'linear' ? gap : rounded(gap, 0, roundings[counting])
    const reason = {
      value: canonical(value),
      target: criterion.target,
      short: canonical(short),
      each: criterion.perPoint,
      counting,
    }
    return { ...blank, points: each.mul(short), why: [{ kind: 'shortfall', ...reason }] }
  })
  // Without the measurement nothing is earned: the item's base depends on it.
  const why: Step['why'] = [{ kind: 'missing', fields: [field.id] }]
  const missing: Step = { ...blank, points: zero, zeroes: true, missing: [field.id], why }
  return {
    fields: [field],
    run: (facts) => {
      const text = facts[field.id]
      return text === undefined ? missing : measured(text)
    },
  }
}
