import { halfWidth, readFlag } from '../../../server/src/rules/cell-text.ts'
import { isDate } from './series.ts'
import type { CellText, GridColumn, GridWords } from './types.ts'

/** What a column of a type brings along; the page adds field, title and width. */
export type CellType = Pick<GridColumn, 'kind' | 'read' | 'show' | 'compare'>

export interface Option {
  /** As it is stored. */
  value: string
  /** As it is shown and typed. */
  label: string
}

/** Types of cells that a page need not judge by itself: what is typed or pasted becomes one plain text, or is refused in words. */
export function cellTypes(words: GridWords['types']) {
  const reading = (read: (text: string) => CellText, refused: (text: string) => string) => (raw: string) => {
    const text = halfWidth(raw).trim()
    if (text === '') return { value: null }
    const value = read(text)
    return value === null ? { refused: refused(text) } : { value }
  }

  /** At most so many characters. */
  function text(most: number): CellType {
    return {
      kind: 'text',
      read(raw) {
        const value = raw.trim()
        return [...value].length > most ? { refused: words.tooLong(most) } : { value: value || null }
      },
    }
  }

  const date: CellType = { kind: 'date', read: reading(readDate, () => words.date) }

  /** Per cent: 12.5 and 12.5% are the same. Stored without the sign. */
  const percent: CellType = {
    kind: 'percent',
    read: reading(readPercent, () => words.percent),
    show: (value) => (/^-?[\d.]+$/.test(String(value ?? '')) ? `${String(value)}%` : String(value ?? '')),
  }

  /** One of some options, by its label or as much of it as is its own; sorted in the order of the options. */
  function choice(options: readonly Option[]): CellType {
    const labels = new Map(options.map(({ value, label }) => [value, label]))
    const place = (value: unknown): number => options.findIndex((one) => one.value === value)
    return {
      kind: 'choice',
      read: reading(
        (typed) => readChoice(options, typed),
        () => words.choice(options.map(({ label }) => label)),
      ),
      show: (value) => labels.get(String(value)) ?? String(value ?? ''),
      compare: (a, b) => place(a) - place(b),
    }
  }

  const flag: CellType = {
    kind: 'flag',
    read: reading(readFlag, () => words.flag),
    show: (value) => (value === 'yes' ? words.yes : value === 'no' ? words.no : String(value ?? '')),
  }

  return { text, date, percent, choice, flag }
}

/** Whether the cells of a column are added up, and sorted and filtered as numbers. */
export const isNumeric = (kind: GridColumn['kind'] | undefined): boolean =>
  kind === 'number' || kind === 'computed' || kind === 'percent'

/** 2026-3-5, 2026/3/5, 2026.3.5, 2026年3月5日 or 20260305 as 2026-03-05; with midnight behind it, as spreadsheets write it. */
export function readDate(text: string): CellText {
  const parts =
    /^(\d{4})(?<by>[-/.。])(\d{1,2})\k<by>(\d{1,2})(?: 0?0:00(?::00)?)?$/.exec(text) ??
    /^(\d{4})(?<by>)年 ?(\d{1,2})月 ?(\d{1,2})日?$/.exec(text) ??
    /^(\d{4})(?<by>)(\d\d)(\d\d)$/.exec(text)
  if (!parts) return null
  const date = [parts[1]!, parts[3]!.padStart(2, '0'), parts[4]!.padStart(2, '0')].join('-')
  return isDate(date) ? date : null
}

/** Today where the page is read. */
export function today(now = new Date()): string {
  const two = (number: number): string => String(number).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

function readPercent(text: string): CellText {
  const [, sign = '', whole = '', part = ''] = /^(-?)(\d*)(?:[.。](\d*))?\s*%?$/.exec(text) ?? []
  if (whole === '' && part === '') return null
  const fraction = part.replace(/0+$/, '')
  const plain = `${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction && `.${fraction}`}`
  return plain === '0' ? plain : sign + plain
}

function readChoice(options: readonly Option[], typed: string): CellText {
  const low = typed.toLowerCase()
  const exact = options.find(({ value, label }) => label.toLowerCase() === low || value === typed)
  if (exact) return exact.value
  const begun = options.filter(({ label }) => label.toLowerCase().startsWith(low))
  return begun.length === 1 ? begun[0]!.value : null
}
