import { isDay, type Day } from '../rules/days.ts'
import { dayOfSerial } from './number-format.ts'
import type { CellRead } from './sheet.ts'

export interface WrittenDay {
  /** Of a month its first day. */
  day: Day
  precision: 'month' | 'day'
  /** A number such as 1990.1: the spreadsheet drops the last zero, so that it may have been written as 1990.10. */
  doubtful?: true
}

/** No earlier: what a spreadsheet makes of a year that was typed into a cell for days lies in 1905. */
const first = '1910-01-01'
/** The numbers that spreadsheets count the days since 1927 by; 19901 may as well be a month without its zero. */
const serial = /^(?!19|20)\d{5}(\.\d+)?$/

const digits = '０１２３４５６７８９'
const halfWidth = (text: string): string =>
  text
    .replaceAll(/[０-９]/g, (digit) => String(digits.indexOf(digit)))
    .replaceAll(/[．。、]/g, '.')
    .replaceAll('／', '/')
    .replaceAll(/[－—–‐‑−]/g, '-')

/**
 * The day or the month that a person wrote into a cell (1990.1, 1990年1月5日, 19900105, a day of a spreadsheet);
 * undefined where it is none, where it does not exist, and outside the range.
 */
export function dayIn(
  { kind, text }: Pick<CellRead, 'kind' | 'text'>,
  { from = first, to = '9999-12-31' }: { from?: Day; to?: Day } = {},
): WrittenDay | undefined {
  const read = kind === 'day' ? { day: text, precision: 'day' as const } : written(kind, halfWidth(text))
  return read && isDay(read.day) && read.day >= first && read.day >= from && read.day <= to ? read : undefined
}

function written(kind: CellRead['kind'], text: string): WrittenDay | undefined {
  if (kind !== 'text' && kind !== 'number') return undefined
  const plain = text.replace(/[\sT]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, '').replaceAll(/\s/g, '')
  const [, year, month, date] =
    /^(\d{4})(\d{2})(\d{2})?$/.exec(plain) ??
    /^(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号])?$/.exec(plain) ??
    /^(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?\.?$/.exec(plain) ??
    []
  if (year !== undefined && month !== undefined) {
    const day = `${year}-${month.padStart(2, '0')}-${(date ?? '1').padStart(2, '0')}`
    if (date !== undefined) return { day, precision: 'day' }
    return { day, precision: 'month', ...(kind === 'number' && plain.endsWith('.1') && { doubtful: true as const }) }
  }
  const day = serial.test(plain) ? dayOfSerial(Number(plain), false) : undefined
  return day === undefined ? undefined : { day, precision: 'day' }
}
