import { isDay, type Day } from '../rules/days.ts'
import { plainDay, writtenDay, type WrittenDay } from '../rules/written-day.ts'
import { dayOfSerial } from './number-format.ts'
import type { CellRead } from './sheet.ts'

interface CellDay extends WrittenDay {
  /** A number such as 1990.1: the spreadsheet drops the last zero, so that it may have been written as 1990.10. */
  doubtful?: true
}

/** No earlier: what a spreadsheet makes of a year that was typed into a cell for days lies in 1905. */
const first = '1910-01-01'
/** The numbers that spreadsheets count the days since 1927 by; 19901 may as well be a month without its zero. */
const serial = /^(?!19|20)\d{5}(\.\d+)?$/

/**
 * The day or the month that a person wrote into a cell (1990.1, 1990年1月5日, 19900105, a day of a spreadsheet);
 * undefined where it is none, where it does not exist, and outside the range.
 */
export function dayIn(
  { kind, text }: Pick<CellRead, 'kind' | 'text'>,
  { from = first, to = '9999-12-31' }: { from?: Day; to?: Day } = {},
): CellDay | undefined {
  const read = kind === 'day' ? { day: text, precision: 'day' as const } : written(kind, plainDay(text))
  return read && isDay(read.day) && read.day >= first && read.day >= from && read.day <= to ? read : undefined
}

function written(kind: CellRead['kind'], plain: string): CellDay | undefined {
  if (kind !== 'text' && kind !== 'number') return undefined
  const read = writtenDay(plain)
  if (read) return kind === 'number' && read.precision === 'month' && plain.endsWith('.1') ? { ...read, doubtful: true } : read
  const day = serial.test(plain) ? dayOfSerial(Number(plain), false) : undefined
  return day === undefined ? undefined : { day, precision: 'day' }
}
