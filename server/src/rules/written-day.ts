import { isDay, type Day } from './days.ts'

/** A day as people write it, or only its month: then the day is the month's first. */
export interface WrittenDay {
  day: Day
  precision: 'day' | 'month'
}

const digits = '０１２３４５６７８９'
const halfWidth = (text: string): string =>
  text
    .replaceAll(/[０-９]/g, (digit) => String(digits.indexOf(digit)))
    .replaceAll(/[．。、]/g, '.')
    .replaceAll('／', '/')
    .replaceAll(/[－—–‐‑−]/g, '-')

const forms = [
  /^(\d{4})(\d{2})(\d{2})?$/,
  /^(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号])?$/,
  /^(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?\.?$/,
]

/** Text in half width, without blanks and without a time behind a day. */
export const plainDay = (text: string): string =>
  halfWidth(text)
    .replace(/[\sT]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, '')
    .replaceAll(/\s/g, '')

/** Reads 2024-03-05, 2024/3/5, 2024.3, 202403, 2024年3月 and the like; undefined for anything else, and for a day that is none. */
export function writtenDay(text: string): WrittenDay | undefined {
  const plain = plainDay(text)
  for (const form of forms) {
    const [, year, month, date] = form.exec(plain) ?? []
    if (year === undefined || month === undefined) continue
    const day = `${year}-${month.padStart(2, '0')}-${(date ?? '1').padStart(2, '0')}`
    return isDay(day) ? { day, precision: date === undefined ? 'month' : 'day' } : undefined
  }
  return undefined
}
