import { z } from 'zod'
import { Amount, canonical, exact, zero } from '../exact.ts'
import { cellLimits } from '../field.ts'
import { criterionField, heading, remembered, type CriterionKind, type Plan, type Setting } from './kind.ts'
import type { Step } from './step.ts'

const PerOccurrence = z.strictObject({ ...heading, kind: z.literal('perOccurrence'), points: Amount })
type PerOccurrence = z.infer<typeof PerOccurrence>

/** So many points off for each time it happened (每次扣). */
export const perOccurrence = {
  shape: PerOccurrence,
  plan,
  cells: (criterion) => [criterion],
  targets: () => [],
  ways: () => [],
  earns: () => '0',
  sentences: {
    occurrences: ({ times, each }, { zh }) =>
      zh ? `发生 ${times} 次，每次扣 ${each} 分` : `Happened ${times} times, ${each} points off each time`,
  },
} satisfies CriterionKind<PerOccurrence, 'occurrences'>

function plan(criterion: PerOccurrence, setting: Setting): Plan {
  const field = criterionField(setting, criterion, cellLimits.count)
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
