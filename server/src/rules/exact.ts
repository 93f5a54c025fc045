import Fraction from 'fraction.js'
import { z } from 'zod'

/** Points, shares and money are exact fractions; they are rounded only where a policy or a page says so. */
export type Exact = Fraction

/** Decimal text as a policy file writes it: no sign, no exponent. */
export const Amount = z.string().regex(/^\d{1,9}(\.\d{1,9})?$/, '应为不带符号的十进制数 / must be a plain decimal number')

/** A share as a policy file writes it, for example '20%'. */
export const PercentText = z.string().regex(/^\d{1,3}(\.\d{1,6})?%$/, '应为百分比，如 20% / must be a percentage such as 20%')

/** Reads a decimal text ('7.5', '-1', '4/3'), a whole number or an integer pair. Throws on anything else. */
export function exact(value: string | number | bigint | Fraction, over?: bigint): Exact {
  return over === undefined ? new Fraction(value) : new Fraction(value as bigint, over)
}

export const zero: Exact = exact(0)

/** '20%' or '20' as one fifth. Throws when the text is neither. */
export function percent(text: string): Exact {
  const digits = text.endsWith('%') ? text.slice(0, -1) : text
  return exact(Amount.parse(digits)).div(100)
}

/** Adds over a running common denominator and reduces once: a gcd for every term is what makes sheets slow. */
export function sum(values: readonly Exact[]): Exact {
  let n = 0n
  let d = 1n
  for (const value of values) {
    if (value.n === 0n) continue
    const signed = value.s < 0n ? -value.n : value.n
    if (value.d === d) n += signed
    else {
      n = n * value.d + signed * d
      d *= value.d
    }
  }
  return n === 0n ? zero : new Fraction(n, d)
}

/** Negative, zero or positive as a is less than, equal to or more than b. */
export function compare(a: Exact, b: Exact): number {
  const left = a.s * a.n * b.d
  const right = b.s * b.n * a.d
  return left < right ? -1 : left > right ? 1 : 0
}

export const least = (a: Exact, b: Exact): Exact => (compare(a, b) <= 0 ? a : b)
export const most = (a: Exact, b: Exact): Exact => (compare(a, b) >= 0 ? a : b)
export const isZero = (a: Exact): boolean => a.n === 0n

/** Down, up or to the nearest whole, a half going away from zero (which for points and money is the usual 四舍五入). */
export type Rounding = 'down' | 'up' | 'half'

/** The one rounding function: to so many decimal places. 'down' and 'up' are towards and away from zero. */
export function rounded(value: Exact, places: number, how: Rounding = 'half'): Exact {
  const scale = 10n ** BigInt(places)
  const scaled = value.n * scale
  const whole = scaled / value.d
  const rest = scaled % value.d
  const more = how === 'up' ? rest > 0n : how === 'half' ? rest * 2n >= value.d : false
  const result = more ? whole + 1n : whole
  return new Fraction(value.s < 0n ? -result : result, scale)
}

/** Decimal text with at most so many places, half-up, trailing zeros dropped: '7.5', '77.63', '1.33'. */
export function shown(value: Exact, places = 2): string {
  return decimal(rounded(value, places), places)
}

/** Decimal text for a numeric column, half-up to 20 places. */
export function storable(value: Exact): string {
  return shown(value, 20)
}

/** The exact decimal text when there is one, else 'n/d'. `exact(canonical(x))` equals x. */
export function canonical(value: Exact): string {
  let rest = value.d
  let places = 0
  for (const prime of [2n, 5n]) {
    let times = 0
    while (rest % prime === 0n) {
      rest /= prime
      times += 1
    }
    places = Math.max(places, times)
  }
  return rest === 1n ? decimal(value, places) : `${value.s < 0n ? '-' : ''}${value.n}/${value.d}`
}

/** Writes a value that has at most so many decimal places. */
function decimal(value: Exact, places: number): string {
  const digits = ((value.n * 10n ** BigInt(places)) / value.d).toString().padStart(places + 1, '0')
  const cut = digits.length - places
  const fraction = digits.slice(cut).replace(/0+$/, '')
  const sign = value.s < 0n && value.n !== 0n ? '-' : ''
  return sign + digits.slice(0, cut) + (fraction ? `.${fraction}` : '')
}

/** How the law compares: 以上、达到 · 超过 · 以下、不超过 · 不满、不足. Only the first and third include the number. */
export const comparisons = ['reaches', 'exceeds', 'upTo', 'below'] as const
export type Comparison = (typeof comparisons)[number]

export const Bound = z.union([
  z.strictObject({ reaches: Amount }),
  z.strictObject({ exceeds: Amount }),
  z.strictObject({ upTo: Amount }),
  z.strictObject({ below: Amount }),
])
export type Bound = z.infer<typeof Bound>

/** The comparison word and the number of a bound. */
export function partsOf(bound: Bound): { comparison: Comparison; at: string } {
  if ('reaches' in bound) return { comparison: 'reaches', at: bound.reaches }
  if ('exceeds' in bound) return { comparison: 'exceeds', at: bound.exceeds }
  if ('upTo' in bound) return { comparison: 'upTo', at: bound.upTo }
  return { comparison: 'below', at: bound.below }
}

/** Whether the value lies on the side of the number that the bound's word names. */
export function meets(value: Exact, bound: Bound): boolean {
  const { comparison, at } = partsOf(bound)
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
