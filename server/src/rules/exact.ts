import { z } from 'zod'
import { compare, exact, type Exact } from './fraction.ts'

// What policy files write as exact numbers; the arithmetic itself is in `fraction.ts`, which the page loads too.
export * from './fraction.ts'

/** Decimal text as a policy file writes it: no sign, no exponent. */
export const Amount = z.string().regex(/^\d{1,9}(\.\d{1,9})?$/, '应为不带符号的十进制数 / must be a plain decimal number')

/** A share as a policy file writes it, for example '20%'. */
export const PercentText = z.string().regex(/^\d{1,3}(\.\d{1,6})?%$/, '应为百分比，如 20% / must be a percentage such as 20%')

/** '20%' or '20' as one fifth. Throws when the text is neither. */
export function percent(text: string): Exact {
  const digits = text.endsWith('%') ? text.slice(0, -1) : text
  return exact(Amount.parse(digits)).div(100)
}

/** How the law compares: 以上、达到 · 超过 · 以下、不超过 · 不满、不足. Only the first and third include the number. */
export type Comparison = 'reaches' | 'exceeds' | 'upTo' | 'below'

export const Bound = z.union([
  z.strictObject({ reaches: Amount }),
  z.strictObject({ exceeds: Amount }),
  z.strictObject({ upTo: Amount }),
  z.strictObject({ below: Amount }),
])
export type Bound = z.infer<typeof Bound>

/** The comparison word and the number of a bound. */
export function boundParts(bound: Bound): { comparison: Comparison; at: string } {
  if ('reaches' in bound) return { comparison: 'reaches', at: bound.reaches }
  if ('exceeds' in bound) return { comparison: 'exceeds', at: bound.exceeds }
  if ('upTo' in bound) return { comparison: 'upTo', at: bound.upTo }
  return { comparison: 'below', at: bound.below }
}

/** Whether the value lies on the side of the number that the bound's word names. */
export function meets(value: Exact, bound: Bound): boolean {
  const { comparison, at } = boundParts(bound)
  const order = compare(value, exact(at))
  switch (comparison) {
    case 'reaches':
      return order >= 0
    case 'exceeds':
      return order > 0
    case 'upTo':
      return order <= 0
    case 'below':
      return order < 0
  }
}
