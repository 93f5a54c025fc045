import { z } from 'zod'
import { Amount, canonical, exact, smaller, zero } from '../exact.ts'
import { cellLimits } from '../field.ts'
import { criterionField, heading, remembered, type CriterionKind, type Plan, type Setting } from './kind.ts'
import type { Step } from './step.ts'

const whole = exact(100)

const Proportional = z.strictObject({ ...heading, kind: z.literal('proportional'), points: Amount })
type Proportional = z.infer<typeof Proportional>

/** Points times the completion rate, kept exact; a rate above 100 % earns no more than the points. */
export const proportional = {
  shape: Proportional,
  plan,
  cells: (criterion) => [criterion],
  targets: () => [],
  ways: () => [],
  earns: ({ points }) => points,
  sentences: {
    proportion: ({ of, counted }, { zh }) => (zh ? `${of} 分 × 完成率 ${counted}%` : `${of} points × a rate of ${counted}%`),
  },
} satisfies CriterionKind<Proportional, 'proportion'>

function plan(criterion: Proportional, setting: Setting): Plan {
  const field = criterionField(setting, criterion, cellLimits.percent)
  const points = exact(criterion.points)
  const blank = { id: field.id, name: criterion.title, clause: criterion.clause, max: points, missing: [], parts: [] }
  const measured = remembered((text): Step => {
    const rate = exact(text)
    const counted = smaller(rate, whole)
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
