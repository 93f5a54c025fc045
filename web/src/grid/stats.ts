import type { RangeStats } from './types.ts'

const DECIMAL = /^-?\d+(\.\d+)?$/
const SAFE_DIGITS = 15

/** Adds decimals exactly: whole numbers per count of decimal places, in doubles while they are safe, then in BigInt. */
export class ExactSum {
  private small: number[] = []
  private big: bigint[] = []

  add(text: string): void {
    const point = text.indexOf('.')
    const places = point < 0 ? 0 : text.length - point - 1
    const digits = point < 0 ? text : text.slice(0, point) + text.slice(point + 1)
    if (digits.length > SAFE_DIGITS) {
      this.big[places] = (this.big[places] ?? 0n) + BigInt(digits)
      return
    }
    const sum = (this.small[places] ?? 0) + Number(digits)
    if (Math.abs(sum) < 2 ** 52) this.small[places] = sum
    else {
      this.big[places] = (this.big[places] ?? 0n) + BigInt(sum)
      this.small[places] = 0
    }
  }

  /** The sum as a whole number of units of 10^-places. */
  total(): { units: bigint; places: number } {
    const places = Math.max(this.small.length, this.big.length, 1) - 1
    let units = 0n
    for (let at = 0; at <= places; at++)
      units += (BigInt(this.small[at] ?? 0) + (this.big[at] ?? 0n)) * 10n ** BigInt(places - at)
    return { units, places }
  }
}

/** A whole number of units as decimal text, without trailing zeros. */
export function decimalText(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0')
  const whole = digits.slice(0, digits.length - places)
  const rest = digits.slice(digits.length - places).replace(/0+$/, '')
  return (units < 0n ? '-' : '') + whole + (rest && `.${rest}`)
}

/** units / count, rounded half away from zero to two places more than the values have. */
function averageText({ units, places }: { units: bigint; places: number }, count: number): string {
  const by = BigInt(count)
  const scaled = (units < 0n ? -units : units) * 100n
  const rounded = (2n * scaled + by) / (2n * by)
  return decimalText(units < 0n ? -rounded : rounded, places + 2)
}

/** Counts and adds what a range shows. `visit` calls back with every value and whether its column holds numbers. */
export function rangeStats(cells: number, visit: (each: (value: unknown, numeric: boolean) => void) => void): RangeStats {
  const sum = new ExactSum()
  let count = 0
  let numbers = 0
  let min = '',
    max = ''
  let least = Infinity,
    most = -Infinity
  visit((value, numeric) => {
    if (value === null || value === undefined || value === '') return
    count++
    if (!numeric) return
    const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
    if (!DECIMAL.test(text)) return
    numbers++
    sum.add(text)
    const size = Number(text)
    if (size < least) [least, min] = [size, text]
    if (size > most) [most, max] = [size, text]
  })
  if (numbers === 0) return { cells, count, numbers, sum: null, average: null, min: null, max: null }
  const total = sum.total()
  return { cells, count, numbers, sum: decimalText(total.units, total.places), average: averageText(total, numbers), min, max }
}
