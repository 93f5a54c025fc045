import { z } from 'zod'
import { zero } from '../exact.ts'
import { cell, fieldOf, heading, YesNo, type Plan, type Setting } from './kind.ts'
import type { Step } from './step.ts'

/** The whole item earns nothing once this is proven (不得分); `accountability` when someone must answer for it besides. */
export const ZeroIf = z.strictObject({ ...heading, kind: z.literal('zeroIf'), accountability: YesNo.optional() })
type ZeroIf = z.infer<typeof ZeroIf>

export function zeroIf(criterion: ZeroIf, setting: Setting): Plan {
  const field = fieldOf(setting, criterion, cell.flag)
  const blank = { id: field.id, name: criterion.title, clause: criterion.clause, points: zero, missing: [], parts: [] }
  const none: Step = { ...blank, why: [{ kind: 'none' }] }
  const accountability = criterion.accountability === 'yes'
  const proven: Step = { ...blank, zeroes: true, why: [{ kind: 'proven', fields: [field.id], accountability }] }
  return { fields: [field], run: (facts) => (facts[field.id] === 'yes' ? proven : none) }
}
