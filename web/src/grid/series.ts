import { decimalText } from './stats.ts'

/** The text at a place of a run of cells: 0 is the first cell of the run, places beyond either end go on from it. */
export type Series = (place: number) => string

const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/ // 007 is a label: its zeros count
const DATE = /^[1-9]\d{3}-\d\d-\d\d$/
/** Whether text is a day of the calendar, as 2026-03-05. */
export const isDate = (text: string): boolean => DATE.test(text) && dateText(Date.parse(text) / DAY) === text
const LABEL = /^(.*?)(\d+)(\D*)$/s
const DAY = 86_400_000

/**
 * How a run of cells goes on, by the rule of spreadsheets: evenly spaced numbers, dates and numbered labels count on,
 * anything else repeats, a number alone too. `flip` turns it round: what would count repeats, a number alone counts.
 */
export function series(source: readonly string[], flip = false): Series {
  const loneNumber = source.length === 1 && DECIMAL.test(source[0]!)
  const counted = loneNumber === flip ? (numbers(source) ?? dates(source) ?? labels(source)) : null
  return counted ?? repeated(source)
}

export const repeated =
  (source: readonly string[]): Series =>
  (place) =>
    source[((place % source.length) + source.length) % source.length]!

/** From the first value to the next; null when they are not evenly spaced. */
function stepOf(values: readonly bigint[]): bigint | null {
  const step = values.length > 1 ? values[1]! - values[0]! : 1n
  return values.every((value, at) => at === 0 || value - values[at - 1]! === step) ? step : null
}

function numbers(source: readonly string[]): Series | null {
  if (!source.every((text) => DECIMAL.test(text))) return null
  const places = Math.max(...source.map((text) => text.split('.')[1]?.length ?? 0))
  const units = source.map((text) => {
    const [whole, part = ''] = text.split('.')
    return BigInt(whole + part.padEnd(places, '0'))
  })
  const step = units.length > 1 ? stepOf(units) : 10n ** BigInt(places)
  return step === null ? null : (place) => decimalText(units[0]! + step * BigInt(place), places)
}

/** By days, or by months where all fall on the same day of their month. */
function dates(source: readonly string[]): Series | null {
  if (!source.every(isDate)) return null
  const days = source.map((text) => Date.parse(text) / DAY)
  const [year = 0, month = 0, dayOfMonth = 0] = source[0]!.split('-').map(Number)
  const sameDay = source.every((text) => text.endsWith(source[0]!.slice(7)))
  const months = source.map((text) => BigInt(Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7))))
  const byMonths = sameDay && source.length > 1 ? stepOf(months) : null
  if (byMonths !== null)
    return (place) => {
      const to = month - 1 + Number(byMonths) * place
      const last = new Date(Date.UTC(year, to + 1, 0)).getUTCDate()
      return dateText(Date.UTC(year, to, Math.min(dayOfMonth, last)) / DAY)
    }
  const step = stepOf(days.map(BigInt))
  return step === null ? null : (place) => dateText(days[0]! + Number(step) * place)
}
function dateText(day: number): string {
  const date = new Date(day * DAY)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10) // past the end of the calendar nothing is filled
}

/** 第3组, A-07: the last number counts, the text around it stays, and so do leading zeros. */
function labels(source: readonly string[]): Series | null {
  const parts = source.map((text) => LABEL.exec(text))
  const [first] = parts
  if (!first || !parts.every((part) => part?.[1] === first[1] && part?.[3] === first[3])) return null
  const digits = parts.map((part) => part![2]!)
  const step = stepOf(digits.map(BigInt))
  if (step === null) return null
  const width = digits.some((text) => text.startsWith('0')) ? Math.min(...digits.map(({ length }) => length)) : 1
  const at: Series = (place) => {
    const value = BigInt(digits[0]!) + step * BigInt(place)
    return first[1]! + String(value < 0n ? -value : value).padStart(width, '0') + first[3]! // below zero it counts up again, as elsewhere
  }
  return source.every((text, place) => at(place) === text) ? at : null
}
