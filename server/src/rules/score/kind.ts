import { z } from 'zod'
import { Amount, type Exact } from '../exact.ts'
import type { Facts } from '../facts.ts'
import type { Field } from '../field.ts'
import type { Step } from './step.ts'

export const Id = z.string().regex(/^[a-z][A-Za-z0-9]*$/, '应以小写字母开头 / must start with a small letter')
export const TextShape = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) })

/** Yes or no, spelled as the file spells it. */
export const YesNo = z.enum(['yes', 'no'])

/** What every criterion carries. `when` keeps it to chosen readings: interpretation id → option id. */
export const heading = {
  id: Id,
  title: TextShape,
  detail: TextShape.optional(),
  clause: z.string(),
  when: z.record(z.string(), z.string()).optional(),
}

/** A value fixed by the file, or by the reading chosen for an interpretation. */
export const amountOrChoice = z.union([Amount, z.strictObject({ by: z.string(), options: z.record(z.string(), Amount) })])
export type AmountOrChoice = z.infer<typeof amountOrChoice>

/** A way the engine knows, or the interpretation whose option ids are such ways. */
export const wayOrChoice = <const Way extends string>(ways: readonly Way[]) =>
  z.union([z.enum(ways), z.strictObject({ by: z.string() })])

/** What a criterion may ask of the item and the readings it stands in. */
export interface Setting {
  item: string
  section: string
  max: Exact
  chosen: (interpretation: string) => string
}

/** A criterion made ready for many sheets: constants are exact already, and what cannot differ is built once. */
export interface Plan {
  fields: Field[]
  run: (facts: Facts) => Step
}

/** The amount that holds under the chosen reading. The reader has made sure that there is one. */
export function amountOf(amount: AmountOrChoice, chosen: Setting['chosen']): string {
  return typeof amount === 'string' ? amount : amount.options[chosen(amount.by)]!
}

/** The way that holds under the chosen reading. The reader has made sure that the option is one of the ways. */
export function wayOf<Way extends string>(way: Way | { by: string }, chosen: Setting['chosen']): Way {
  return typeof way === 'string' ? way : (chosen(way.by) as Way)
}

/** Steps never change, so the step for a text seen before is the step itself. Bounded: odd texts are built anew. */
export function remembered(build: (text: string) => Step): (text: string) => Step {
  const seen = new Map<string, Step>()
  return (text) => {
    const known = seen.get(text)
    if (known) return known
    const step = build(text)
    if (seen.size < 512) seen.set(text, step)
    return step
  }
}

export const fieldId = (setting: Setting, id: string): string => `${setting.item}.${id}`

/** A field of this item, with the parts every field of a criterion has. */
export function fieldOf(
  setting: Setting,
  criterion: { id: string; title: z.infer<typeof TextShape>; detail?: z.infer<typeof TextShape> | undefined; clause: string },
  rest: { kind: Field['kind']; step: string; max: string },
): Field {
  return {
    id: fieldId(setting, criterion.id),
    title: criterion.title,
    item: setting.item,
    section: setting.section,
    clause: criterion.clause,
    ...(criterion.detail ? { detail: criterion.detail } : {}),
    ...rest,
  }
}

/** The cells of the four simple sorts: a whole number of times, a flag, a percentage. */
export const cell = {
  count: { kind: 'count', step: '1', max: '9999' },
  flag: { kind: 'flag', step: '1', max: '1' },
  percent: { kind: 'percent', step: '0.01', max: '100' },
} as const
