import Fraction from 'fraction.js'

/** Points, shares and money are exact fractions; they are rounded only where a policy or a page says so. */
export type Exact = Fraction

/** Reads a decimal text ('7.5', '-1', '4/3'), a whole number or an integer pair. Throws on anything else. */
export function exact(value: string | number | bigint | Fraction, over?: bigint): Exact {
  if (over !== undefined) return new Fraction(value as bigint, over)
  if (typeof value !== 'string' || value.length > 5) return new Fraction(value)
  const found = read.get(value)
  if (found) return found
  const made = new Fraction(value)
  if (read.size < 5000) read.set(value, made)
  return made
}

/** Short texts recur in every sheet; reading one again costs more than finding it. Fractions never change, so that they can be shared. */
const read = new Map<string, Exact>()

export const zero: Exact = exact(0)

/** The sum, over a running common denominator and reduced once at the end: reducing at every term made scoring slow. */
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

export const smaller = (a: Exact, b: Exact): Exact => (compare(a, b) <= 0 ? a : b)
export const larger = (a: Exact, b: Exact): Exact => (compare(a, b) >= 0 ? a : b)
export const isZero = (a: Exact): boolean => a.n === 0n

/** Down, up or to the nearest whole, a half going away from zero (which for points and money is the usual 四舍五入). */
export type RoundingWay = 'down' | 'up' | 'half'

/** The one rounding function: to so many decimal places. 'down' and 'up' are towards and away from zero. */
export function rounded(value: Exact, places: number, how: RoundingWay = 'half'): Exact {
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
