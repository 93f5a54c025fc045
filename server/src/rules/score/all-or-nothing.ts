import { z } from 'zod'
import { Amount, canonical, exact, meets, zero } from '../exact.ts'
import { cellLimits } from '../field.ts'
import { Id, TextShape, Titled } from '../shapes.ts'
import { criterionField, fieldId, heading, type CriterionKind, type Plan, type Setting } from './kind.ts'
import type { Rate, Step } from './step.ts'

const AllOrNothing = z.strictObject({
  ...heading,
  kind: z.literal('allOrNothing'),
  rates: z.array(z.strictObject({ id: Id, title: TextShape, reaches: Amount })).default([]),
  unless: z.array(Titled).default([]),
})
type AllOrNothing = z.infer<typeof AllOrNothing>

/** Full points, or none: every rate must reach its target and no flag may be up. */
export const allOrNothing = {
  shape: AllOrNothing,
  plan,
  cells: ({ rates, unless }) => [...rates, ...unless],
  targets: ({ rates }) => rates.map(({ id, reaches }) => ({ cell: id, reaches })),
  ways: () => [],
  earns: () => '0',
  sentences: {
    notReached: (reason, { zh, rates }) =>
      zh ? `${rates(reason.rates)}，未达标，本项不得分` : `${rates(reason.rates)}: not reached, the item earns nothing`,
  },
} satisfies CriterionKind<AllOrNothing, 'notReached'>

function plan(criterion: AllOrNothing, setting: Setting): Plan {
  const named = { clause: criterion.clause, detail: criterion.detail }
  const rates = criterion.rates.map((rate) => ({
    reaches: rate.reaches,
    field: criterionField(setting, { ...named, id: rate.id, title: rate.title }, cellLimits.percent),
  }))
  const flags = criterion.unless.map((flag) => criterionField(setting, { ...flag, ...named }, cellLimits.flag))
  const blank = { id: fieldId(setting, criterion.id), name: criterion.title, clause: criterion.clause, points: zero, parts: [] }
  const none: Step = { ...blank, missing: [], why: [{ kind: 'none' }] }

  return {
    fields: [...rates.map(({ field }) => field), ...flags],
    run: (facts) => {
      const up = flags.filter(({ id }) => facts[id] === 'yes').map(({ id }) => id)
      const missing: string[] = []
      const short: Rate[] = []
      const full: Rate[] = []
      for (const { field, reaches } of rates) {
        const text = facts[field.id]
        if (text === undefined) missing.push(field.id)
        else {
          const value = exact(text)
          const rate = { field: field.id, value: canonical(value), target: reaches }
          if (meets(value, { reaches })) full.push(rate)
          else short.push(rate)
        }
      }
      const why: Step['why'] = []
      if (up.length > 0) why.push({ kind: 'proven', fields: up, accountability: false })
      if (short.length > 0) why.push({ kind: 'notReached', rates: short })
      if (missing.length > 0) why.push({ kind: 'missing', fields: missing })
      if (why.length > 0) return { ...blank, zeroes: true, missing, why }
      return full.length > 0 ? { ...blank, missing, why: [{ kind: 'reached', rates: full }] } : none
    },
  }
}
