import { dayOf, type Day } from '../rules/days.ts'

/** The numbers of built-in formats that show a day; 27 to 36 and 50 to 58 are those of East Asian editions. */
const builtIn = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58

/**
 * Whether numbers of a format are days. A custom format is told by its letters, once what it shows as it stands is taken
 * away; months and minutes share a letter, so that one beside hours or seconds is a time.
 */
export function showsDay(id: number, code: string | undefined): boolean {
  if (code === undefined) return builtIn(id)
  const letters = code
    .replaceAll(/"[^"]*"|\\.|[_*]./gs, '')
    .replaceAll(/\[[^\]]*\]/g, (bracket) => (/^\[(h+|m+|s+)\]$/i.test(bracket) ? 's' : ''))
    .replaceAll(/General|AM\/PM|A\/P|E[+-]/gi, '')
    .split(';')[0]!
    .toLowerCase()
  return /[ydeb]|aaa/.test(letters) || (letters.includes('m') && !/[hs]/.test(letters))
}

/** The day that a spreadsheet counts by this number; undefined where it is a time, or none. */
export function dayOfSerial(serial: number, from1904: boolean): Day | undefined {
  const days = Math.floor(serial)
  if (!(days >= 1 && days <= 2_958_465)) return undefined
  if (from1904) return dayOf(days - 24_107)
  // The count has a 29 February 1900, which never was.
  if (days === 60) return undefined
  return dayOf(days < 60 ? days - 25_568 : days - 25_569)
}

/** Most numbers, which stand as they are. */
const usual = /^(0|[1-9]\d{0,14})$/
const numeral = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * A number of a workbook as decimal text of the 15 digits that a spreadsheet keeps: what it writes as 0.30000000000000004
 * it shows as 0.3. `broken` where 15 digits do not reach to its ones; undefined where the text is no number.
 */
export function decimalOf(text: string): { text: string; broken: boolean } | undefined {
  if (usual.test(text)) return { text, broken: false }
  if (!numeral.test(text)) return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) return { text, broken: true }
  const [digits, exponent] = value.toExponential(14).split('e') as [string, string]
  const whole = digits.replace(/[-.]/g, '').replace(/0+$/, '')
  if (whole === '') return { text: '0', broken: false }
  const point = Number(exponent) + 1
  const padded = point <= 0 ? `${'0'.repeat(1 - point)}${whole}` : whole.padEnd(point, '0')
  const at = Math.max(point, 1)
  const fraction = padded.slice(at)
  return { text: `${value < 0 ? '-' : ''}${padded.slice(0, at)}${fraction && `.${fraction}`}`, broken: Math.abs(value) >= 1e15 }
}
