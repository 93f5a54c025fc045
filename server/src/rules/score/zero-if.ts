import { z } from 'zod'
import { zero } from '../exact.ts'
import { cellLimits } from '../field.ts'
import { YesNo } from '../shapes.ts'
import { criterionField, heading, type CriterionKind, type Plan, type Setting } from './kind.ts'
import type { Step } from './step.ts'

/** `accountability` when someone must answer for it besides. */
const ZeroIf = z.strictObject({ ...heading, kind: z.literal('zeroIf'), accountability: YesNo.optional() })
type ZeroIf = z.infer<typeof ZeroIf>

/** The whole item earns nothing once this is proven (不得分). */
export const zeroIf = {
  shape: ZeroIf,
  plan,
  cells: (criterion) => [criterion],
  targets: () => [],
  ways: () => [],
  earns: () => '0',
  sentences: {},
} satisfies CriterionKind<ZeroIf>

function plan(criterion: ZeroIf, setting: Setting): Plan {
  const field = criterionField(setting, criterion, cellLimits.flag)
  const blank = { id: field.id, name: criterion.title, clause: criterion.clause, points: zero, missing: [], parts: [] }
  const none: Step = { ...blank, why: [{ kind: 'none' }] }
  const accountability = criterion.accountability === 'yes'
  const proven: Step = { ...blank, zeroes: true, why: [{ kind: 'proven', fields: [field.id], accountability }] }
  return { fields: [field], run: (facts) => (facts[field.id] === 'yes' ? proven : none) }
}
