import { z } from 'zod'
import { Amount } from './exact.ts'

// The small shapes that every part of a policy file is made of, and how a value that depends on a reading is found.

/** The name of a rule, an item, a grade, as other parts of the file refer to it. */
export const Id = z.string().regex(/^[a-z][A-Za-z0-9]*$/, '应以小写字母开头 / must start with a small letter')
export const TextShape = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) })

/** Yes or no, spelled as the file spells it. */
export const YesNo = z.enum(['yes', 'no'])

/** A part of a rule that has a name and a title of its own. */
export const Titled = z.strictObject({ id: Id, title: TextShape })
export type Titled = z.infer<typeof Titled>

/** Finds the option in force for an interpretation. */
export type Chosen = (interpretation: string) => string

/** A value fixed by the file, or by the reading chosen for an interpretation. */
export const amountOrChoice = z.union([Amount, z.strictObject({ by: z.string(), options: z.record(z.string(), Amount) })])
export type AmountOrChoice = z.infer<typeof amountOrChoice>

/** A way the engine knows, or the interpretation whose option ids are such ways. */
export const wayOrChoice = <const Way extends string>(ways: readonly Way[]) =>
  z.union([z.enum(ways), z.strictObject({ by: z.string() })])

/** One place where a rule has a `wayOrChoice`, and the ways that the engine knows there. */
export interface AskedWay {
  /** Where it stands within the rule, as `counting` or `sample.small`. */
  at: string
  way: string | { by: string }
  ways: readonly string[]
}

/** The amount in force under the chosen reading. The reader of policies has made sure that there is one. */
export function amountOf(amount: AmountOrChoice, chosen: Chosen): string {
  return typeof amount === 'string' ? amount : amount.options[chosen(amount.by)]!
}

/** The way in force under the chosen reading. The reader of policies has made sure that the option is one of the ways. */
export function wayOf<Way extends string>(way: Way | { by: string }, chosen: Chosen): Way {
  return typeof way === 'string' ? way : (chosen(way.by) as Way)
}
