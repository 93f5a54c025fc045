import { z } from 'zod'
import { Amount, canonical, exact, isZero, smaller, zero } from '../exact.ts'
import { amountOf, amountOrChoice, wayOf, wayOrChoice } from '../shapes.ts'
import { criterionField, heading, remembered, type CriterionKind, type Plan, type Setting } from './kind.ts'
import type { Step } from './step.ts'

/** What becomes of the rest of the item where the part earns nothing: it stands, or the item earns nothing either. */
const withouts = ['stands', 'lost'] as const

const Part = z.strictObject({
  ...heading,
  kind: z.literal('part'),
  points: Amount,
  step: amountOrChoice,
  without: wayOrChoice(withouts).default('stands'),
})
type Part = z.infer<typeof Part>

/** A named part of the item with points of its own, given by hand in steps; a step as large as the part is all or none. */
export const part = {
  shape: Part,
  plan,
  cells: (criterion) => [criterion],
  targets: () => [],
  ways: ({ without }) => [{ at: 'without', way: without, ways: withouts }],
  earns: ({ points }) => points,
  sentences: {
    part: ({ value, of }, { zh }) => (zh ? `得 ${value} 分，最多 ${of} 分` : `${value} points of ${of}`),
  },
} satisfies CriterionKind<Part, 'part'>

function plan(criterion: Part, setting: Setting): Plan {
  const step = amountOf(criterion.step, setting.chosen)
  const field = criterionField(setting, criterion, { kind: 'part', step, max: criterion.points })
  const max = exact(criterion.points)
  const loses = wayOf(criterion.without, setting.chosen) === 'lost'
  const blank = { id: field.id, name: criterion.title, clause: criterion.clause, max, missing: [], parts: [] }
  const given = remembered((text): Step => {
    const value = exact(text)
    const zeroes = loses && isZero(value) ? ({ zeroes: true } as const) : {}
    return {
      ...blank,
      points: smaller(value, max),
      ...zeroes,
      why: [{ kind: 'part', value: canonical(value), of: criterion.points }],
    }
  })
  const missing: Step = { ...blank, points: zero, missing: [field.id], why: [{ kind: 'missing', fields: [field.id] }] }
  return {
    fields: [field],
    run: (facts) => {
      const text = facts[field.id]
      return text === undefined ? missing : given(text)
    },
  }
}
