import { z } from 'zod'
import { Amount, exact, zero } from '../exact.ts'
import { cell, fieldId, fieldOf, heading, Id, TextShape, wayOf, wayOrChoice, type Plan, type Setting } from './kind.ts'
import type { Step } from './step.ts'

export const times = ['once', 'each'] as const

/** So many points off when any of the flags is up: once for all of them, or once for each. */
export const Fixed = z.strictObject({
  ...heading,
  kind: z.literal('fixed'),
  points: Amount,
  times: wayOrChoice(times),
  anyOf: z.array(z.strictObject({ id: Id, title: TextShape })).min(1),
})
type Fixed = z.infer<typeof Fixed>

export function fixed(criterion: Fixed, setting: Setting): Plan {
  const fields = criterion.anyOf.map((flag) =>
    fieldOf(setting, { ...flag, clause: criterion.clause, detail: criterion.detail }, cell.flag),
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
