import type { Lang } from '../text.ts'
import type { CountedClaim, Rate, Reason } from './step.ts'

/** What a sentence about a reason may ask: the language, and what the policy calls things. */
export interface Wording {
  lang: Lang
  zh: boolean
  /** The title of a field, quoted. */
  quoted(field: string): string
  /** The titles of several fields, quoted. */
  listed(fields: readonly string[]): string
  /** Rates with their targets. */
  rates(rates: readonly Rate[]): string
  /** A claim by its rule, level or place, matter and points. */
  claim(counted: CountedClaim): string
}

/** For each of these reasons the function that says it in a sentence without its full stop. */
export type Sentences<Kinds extends Reason['kind']> = {
  [Kind in Kinds]: (reason: Extract<Reason, { kind: Kind }>, wording: Wording) => string
}
