import { z } from 'zod'
import { Amount, canonical, compare, exact, rounded, zero, type RoundingWay } from '../exact.ts'
import { cellLimits } from '../field.ts'
import { wayOf, wayOrChoice } from '../shapes.ts'
import type { Text } from '../text.ts'
import { criterionField, heading, remembered, type CriterionKind, type Plan, type Setting } from './kind.ts'
import type { Step } from './step.ts'

const countings = ['whole', 'linear', 'ceil'] as const

const Shortfall = z.strictObject({
  ...heading,
  kind: z.literal('shortfall'),
  target: Amount,
  perPoint: Amount,
  counting: wayOrChoice(countings),
})
type Shortfall = z.infer<typeof Shortfall>

const roundings: Record<'whole' | 'ceil', RoundingWay> = { whole: 'down', ceil: 'up' }

/** Points off for each percentage point under the target; a part of a point counts by the chosen reading. */
export const shortfall = {
  shape: Shortfall,
  plan,
  cells: (criterion) => [criterion],
  targets: ({ id, target }) => [{ cell: id, reaches: target }],
  ways: ({ counting }) => [{ at: 'counting', way: counting, ways: countings }],
  earns: () => '0',
  sentences: {
    shortfall: ({ value, target, short, each, counting }, { zh, lang }) =>
      zh
        ? `达到 ${value}%，距 ${target}% 计差 ${short} 个百分点（${counted[counting][lang]}），每点扣 ${each} 分`
        : `${value}% against ${target}%: ${short} points short (${counted[counting][lang]}), ${each} points off for each`,
  },
} satisfies CriterionKind<Shortfall, 'shortfall'>

const counted: Record<(typeof countings)[number], Text> = {
  whole: { zh: '只计满一个百分点的部分', en: 'whole points only' },
  linear: { zh: '按比例计', en: 'in proportion' },
  ceil: { zh: '不足一点按一点计', en: 'any part counts as a point' },
}

function plan(criterion: Shortfall, setting: Setting): Plan {
  const field = criterionField(setting, criterion, cellLimits.percent)
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
