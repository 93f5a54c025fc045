import { calculated } from './arithmetic.ts'
import { canonical, compare, exact, zero } from './fraction.ts'

// The one reader of what people write into a cell. The server asks it for every door; the page asks it while one types
// and before one pastes, and sends the text as it was written. It knows no policy, so that a page can load it.

/** What the reader must know of a cell. */
export interface CellShape {
  kind: 'points' | 'count' | 'percent' | 'flag' | 'part' | 'days' | 'choice'
  /** The largest value, decimal text. */
  max: string
  /** The smallest difference between two values, decimal text. */
  step: string
  /** What a choice is made of. */
  options?: readonly { id: string; title: { zh: string; en: string } }[]
}

/** Why text is no number, as far as it can be told. `text`: it is no number at all. */
export type NotANumber =
  'date' | 'blank' | 'unit' | 'percent' | 'points' | 'comma' | 'digits' | 'numerals' | 'sign' | 'sum' | 'text'

export type TextCode =
  | 'cell.notANumber'
  | 'cell.negative'
  | 'cell.overMax'
  | 'cell.step'
  | 'cell.notAWhole'
  | 'cell.notAFlag'
  | 'cell.notAnOption'
  | 'cell.tooLong'

/**
 * `params`: `raw` as it was written, cut to 30 characters; of a number also `why` (see `NotANumber`), `part`, what of
 * the text it is about, and `try`, what to write instead; of a sum `value`, what it comes to.
 */
export interface TextRefusal {
  code: TextCode
  params: Record<string, string>
}

/** What a cell takes; `sum` is the text it was worked out from, where it was. */
export type TextReading = { value: string | null; sum?: string; refused?: never } | { refused: TextRefusal; value?: never }

const longest = 30

/**
 * Reads text for a cell into its canonical value (decimal text, `yes` or `no`, the id of an option), null where it is
 * blank, or says why not. Takes what people write: full-width digits and signs, 。 for the point, units, thousands
 * separators, small sums. `typed`: a person wrote it here by hand, so that 5-1 is a sum; elsewhere it may be a date that
 * a spreadsheet made, and is refused. Never throws.
 */
export function readCellText(shape: CellShape, raw: string, typed: boolean): TextReading {
  const trimmed = raw.trim()
  if (trimmed === '') return { value: null }
  const refuse = (code: TextCode, more: Record<string, string> = {}): TextReading => ({
    refused: { code, params: { raw: raw.slice(0, longest), ...more } },
  })
  if (trimmed.length > longest) return refuse('cell.tooLong')
  const text = halfWidth(trimmed)
  if (shape.kind === 'flag') {
    const flag = readFlag(text)
    return flag ? { value: flag } : refuse('cell.notAFlag')
  }
  if (shape.kind === 'choice') {
    const option = shape.options?.find(({ id, title }) => id === text || title.zh === text || title.en === text)
    return option ? { value: option.id } : refuse('cell.notAnOption')
  }

  const number = numberIn(text, shape.kind, typed)
  if ('why' in number) return refuse('cell.notANumber', number)
  if ('negative' in number) return refuse('cell.negative')
  const sum = number.sum === undefined ? undefined : calculated(number.sum)
  if (number.sum !== undefined && !sum) return refuse('cell.notANumber', { why: 'sum' })
  const value = sum ?? exact(`0${number.plain}`)
  const outcome: Record<string, string> = sum ? { value: canonical(sum) } : {}
  if (compare(value, zero) < 0) return refuse('cell.negative', outcome)
  const steps = value.div(exact(shape.step))
  if (steps.d !== 1n) return refuse(shape.kind === 'count' ? 'cell.notAWhole' : 'cell.step', outcome)
  if (compare(value, exact(shape.max)) > 0) return refuse('cell.overMax', outcome)
  return { value: canonical(value), ...(sum ? { sum: text } : {}) }
}

/**
 * Full-width forms as ASCII, 。 as the point and − as the minus, one character for one. Unicode's own folding (NFKC) would
 * also turn 3² into 32 and ① into 1, which nobody meant to type as points.
 */
export function halfWidth(text: string): string {
  return narrowed(text).replaceAll('。', '.').replaceAll('−', '-')
}

/** Full-width forms as ASCII and nothing else; of all of them or of those given. */
export const narrowed = (text: string, forms = /[\uff01-\uff5e]/g): string =>
  text.replace(forms, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))

/** Units people leave behind a number. A percentage sign is a unit of rates only: 10% of an item is not 10 points. */
const units: Record<Exclude<CellShape['kind'], 'flag' | 'choice'>, RegExp> = {
  points: /\s*分$/,
  part: /\s*分$/,
  count: /\s*(次|例|条|人次|人|类|张|起)$/,
  days: /\s*天$/,
  percent: /\s*%$/,
}

const flags = new Map<string, 'yes' | 'no'>([
  ...['是', '有', '√', '✓', '✔', 'yes', 'y', '1', 'true'].map((text) => [text, 'yes'] as const),
  ...['否', '无', '×', '✗', 'x', 'no', 'n', '0', 'false'].map((text) => [text, 'no'] as const),
])

/** The usual ways to write yes and no; null for any other text. */
export const readFlag = (text: string): 'yes' | 'no' | null => flags.get(halfWidth(text).trim().toLowerCase()) ?? null

type NumberIn =
  | { plain: string; sum?: never }
  | { sum: string; plain?: never }
  | { negative: true }
  | { why: NotANumber; part?: string; try?: string }

const PLAIN = /^(\d+\.?\d*|\.\d+)$/
const GROUPED = /^\d{1,3}(,\d{3})+(\.\d*)?$/
const SUM = /^[\d.\s+\-*/×÷()]+$/
/** 5-1, 3/1, 3-2-1: what spreadsheets turn into dates, and dates are written as. */
const LIKE_A_DATE = /^\d+\s*([-/])\s*\d+(\s*\1\s*\d+)*$/
const YEAR_FIRST = /^(?:19|20)\d\d([-/.])(\d{1,2})\1(\d{1,2})(?: \d{1,2}:\d\d(?::\d\d)?)?$/
const IN_WORDS = /^(?:\d{4}年)?(\d{1,2})月(?:(\d{1,2})[日号])?$/
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const IN_ENGLISH = /^(?:(\d{1,2})-([a-z]{3})|([a-z]{3})-(\d{1,2}))(?:-\d{2,4})?$/i
/** White space and invisible characters. */
const BLANK = /[\s\p{Cf}\p{Cc}]+/gu
/** Characters that look like a minus. */
const DASH = /[‐‑‒–—―⁻₋﹣➖]/gu

/** The number or the sum that half-width text is, or why it is neither. */
function numberIn(text: string, kind: keyof typeof units, typed: boolean): NumberIn {
  const digits = text.replace(units[kind], '')
  if (PLAIN.test(digits)) return { plain: digits }
  if (GROUPED.test(digits)) return { plain: digits.replaceAll(',', '') }
  const dashed = digits.replace(DASH, '-')
  if (/^-[\d.,]*\d[\d.,]*$/.test(dashed)) return { negative: true }
  const date = dateIn(digits, typed)
  if (date !== undefined) return { why: 'date', try: date }
  if (SUM.test(digits.replace(/^=/, '')) && /^[=(]|.[+\-*×/÷(]/s.test(digits)) return { sum: digits }

  const close = digits.replace(BLANK, '')
  if (close !== digits && /^[\d.,]+$/.test(close)) return { why: 'blank', try: close }
  const foreign = /[\p{Nd}\p{No}\p{Nl}]/u.exec(digits.replace(/[\d〇]/g, ''))
  if (foreign) return { why: 'digits', part: foreign[0] }
  if (/^[〇零一二三四五六七八九十百千两点半]+\p{L}?$/u.test(close)) return { why: 'numerals' }
  if (/^[\d.,\s]*\d[%‰]+$/.test(digits) && kind !== 'percent') return { why: 'percent' }
  const [, number = '', unit = ''] = /^(\d[\d.,]*)\s*(\p{L}+)$/u.exec(digits) ?? []
  if (PLAIN.test(number) || GROUPED.test(number)) return { why: 'unit', part: unit, try: number }
  if (/^[\d.,]*\d[\d.,]*$/.test(digits)) return { why: digits.includes(',') ? 'comma' : 'points' }
  const sign = /^\+/.exec(digits) ?? DASH_ONCE.exec(digits)
  const signed = dashed.replace(/^\+/, '')
  if (sign && SUM.test(signed)) return { why: 'sign', part: sign[0], try: PLAIN.test(signed) ? signed : `=${signed}` }
  return { why: 'text' }
}
const DASH_ONCE = new RegExp(DASH.source, 'u')

/** Of text that may be a date, the sum to write if one was meant; undefined where it is none, or a sum typed by hand. */
function dateIn(text: string, typed: boolean): string | undefined {
  const yearFirst = YEAR_FIRST.exec(text)
  if (yearFirst) return `=${Number(yearFirst[2])}-${Number(yearFirst[3])}`
  if (LIKE_A_DATE.test(text)) return typed ? undefined : `=${text.replace(/\s+/g, '')}`
  const inWords = IN_WORDS.exec(text)
  if (inWords) return `=${Number(inWords[1])}-${Number(inWords[2] ?? 1)}`
  const english = IN_ENGLISH.exec(text)
  if (!english) return undefined
  const month = MONTHS.indexOf((english[2] ?? english[3])!.toLowerCase()) + 1
  return month === 0 ? undefined : `=${month}-${Number(english[1] ?? english[4])}`
}
