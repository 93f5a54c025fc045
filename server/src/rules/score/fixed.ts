import { z } from 'zod'
import { Amount, exact, zero } from '../exact.ts'
import { cellLimits } from '../field.ts'
import { Titled, wayOf, wayOrChoice } from '../shapes.ts'
import { criterionField, fieldId, heading, type CriterionKind, type Plan, type Setting } from './kind.ts'
import type { Step } from './step.ts'

const times = ['once', 'each'] as const

const Fixed = z.strictObject({
  ...heading,
  kind: z.literal('fixed'),
  points: Amount,
  times: wayOrChoice(times),
  anyOf: z.array(Titled).min(1),
})
type Fixed = z.infer<typeof Fixed>

/** So many points off when any of the flags is up: once for all of them, or once for each. */
export const fixed = {
  shape: Fixed,
  plan,
  cells: ({ anyOf }) => anyOf,
  targets: () => [],
  ways: (criterion) => [{ at: 'times', way: criterion.times, ways: times }],
  earns: () => '0',
  sentences: {
    fixed: ({ fields, points }, { zh, listed }) =>
      zh ? `${listed(fields)}，扣 ${points} 分` : `${listed(fields)}: ${points} points off`,
  },
} satisfies CriterionKind<Fixed, 'fixed'>

function plan(criterion: Fixed, setting: Setting): Plan {
  const fields = criterion.anyOf.map((flag) =>
    criterionField(setting, { ...flag, clause: criterion.clause, detail: criterion.detail }, cellLimits.flag),
  )
  const ids = fields.map(({ id }) => id)
  const each = wayOf(criterion.times, setting.chosen) === 'each'
  const off = exact(criterion.points).neg()
  const blank = { id: fieldId(setting, criterion.id), name: criterion.title, clause: criterion.clause, missing: [], parts: [] }
  const none: Step = { ...blank, points: zero, why: [{ kind: 'none' }] }
  return {
    fields,
    run: (facts) => {
      if (!ids.some((id) => facts[id] === 'yes')) return none
      const up = ids.filter((id) => facts[id] === 'yes')
      const why: Step['why'] = [{ kind: 'fixed', fields: up, points: criterion.points }]
      return { ...blank, points: each ? off.mul(up.length) : off, why }
    },
  }
}
