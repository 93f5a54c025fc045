import { calculated } from './arithmetic.ts'
import { compare, exact, canonical, zero } from './exact.ts'
import type { Choices, Facts } from './facts.ts'
import type { Policy } from './policy.ts'
import { compile } from './score/index.ts'
import type { Text } from './text.ts'

/** One cell of a sheet, as a grid, a form or an import sees it. */
export interface Field {
  id: string
  kind: 'points' | 'count' | 'percent' | 'flag' | 'part' | 'days' | 'choice'
  title: Text
  item?: string
  section?: string
  /** The largest value, decimal text. */
  max: string
  /** The smallest difference between two values, decimal text. */
  step: string
  clause: string
  /** What the criterion asks, in our own words. */
  detail?: Text
  /** What a choice is made of, best first. */
  options?: { id: string; title: Text }[]
}

export type CellCode =
  | 'cell.unknownField'
  | 'cell.notANumber'
  | 'cell.negative'
  | 'cell.overMax'
  | 'cell.step'
  | 'cell.notAWhole'
  | 'cell.notAFlag'
  | 'cell.notAnOption'
  | 'cell.tooLong'

export interface CellRefusal {
  code: CellCode
  /** `field`, `raw`, `max`, `step`, and the field's title as `zh` and `en`. */
  params: Record<string, string>
}

/** What a cell takes; `sum` is the text it was worked out from, where it was. */
export type CellReading = { value: string | null; sum?: string; refused?: never } | { refused: CellRefusal; value?: never }

/** Every field in the order of the printed form: vetoes, other facts, then each item's points and its criteria. */
export function fieldsOf(policy: Policy, choices: Choices): Field[] {
  return compile(policy, choices).fields
}

/** The field of that id under the chosen readings, or none. */
export function fieldOf(policy: Policy, choices: Choices, id: string): Field | undefined {
  return compile(policy, choices).fieldById.get(id)
}

/** The fields that recording this one empties: an item is either awarded or computed, never both. */
export function clears(policy: Policy, choices: Choices, id: string): string[] {
  const { fieldById, criteriaOf } = compile(policy, choices)
  const field = fieldById.get(id)
  if (!field?.item) return []
  return field.kind === 'points' ? [...criteriaOf.get(field.item)!] : [field.item]
}

/** The facts after one cell was set (canonical text) or cleared (null), and what that empties. */
export function record(policy: Policy, choices: Choices, facts: Facts, id: string, value: string | null): Facts {
  const emptied = new Set(value === null ? [id] : clears(policy, choices, id))
  const kept = Object.entries(facts).filter(([field]) => !emptied.has(field))
  return Object.fromEntries(value === null ? kept : [...kept, [id, value]])
}

/** What an ordinary full-mark year records, by criteria. */
export function typicalFacts(policy: Policy, choices: Choices = {}): Facts {
  const { typical } = policy
  const facts: Record<string, string> = {}
  for (const field of fieldsOf(policy, choices)) {
    if (field.kind === 'points' || field.kind === 'choice') continue
    facts[field.id] = field.kind === 'part' ? field.max : typical[field.kind]
  }
  for (const { id, typical: own } of policy.aspects) facts[id] = own
  return facts
}

/** Reads many cells at once, for a door that takes whole sheets: the facts, or every refusal by field id. */
export function readFacts(
  policy: Policy,
  choices: Choices,
  raw: Readonly<Record<string, string | null>>,
): { facts: Facts; refused: { field: string; refused: CellRefusal }[] } {
  const refused: { field: string; refused: CellRefusal }[] = []
  const facts: Record<string, string> = {}
  for (const [id, text] of Object.entries(raw)) {
    const read = readCell(policy, choices, id, text)
    if (read.refused) refused.push({ field: id, refused: read.refused })
    else if (read.value !== null) facts[id] = read.value
  }
  return { facts, refused }
}

const longest = 30

/** The options of a choice, to name in a refusal. */
const optionNames = (options: NonNullable<Field['options']>) => ({
  zhOptions: options.map(({ title }) => title.zh).join('、'),
  enOptions: options.map(({ title }) => title.en).join(', '),
})

/**
 * The one check of a value for a cell, for every door: typing, pasting, importing, the API. Takes what people write,
 * full-width digits, units and small sums included, and gives the canonical text; null or blank clears the cell. Never
 * throws.
 */
export function readCell(policy: Policy, choices: Choices, fieldId: string, raw: string | null): CellReading {
  const field = fieldOf(policy, choices, fieldId)
  if (!field) return { refused: { code: 'cell.unknownField', params: { field: fieldId.slice(0, longest) } } }
  if (raw === null) return { value: null }
  const refuse = (code: CellCode): CellReading => ({
    refused: {
      code,
      params: {
        field: field.id,
        raw: raw.slice(0, longest),
        max: field.max,
        step: field.step,
        zh: field.title.zh,
        en: field.title.en,
        ...(field.options ? optionNames(field.options) : {}),
      },
    },
  })
  if (raw.length > longest) return raw.trim() === '' ? { value: null } : refuse('cell.tooLong')
  const text = halfWidth(raw).trim()
  if (text === '') return { value: null }
  if (field.kind === 'flag') {
    const flag = flags.get(text.toLowerCase())
    return flag ? { value: flag } : refuse('cell.notAFlag')
  }
  if (field.kind === 'choice') {
    const option = field.options!.find(({ id, title }) => id === text || title.zh === text || title.en === text)
    return option ? { value: option.id } : refuse('cell.notAnOption')
  }
  const digits = withoutUnit(text, field.kind)
  if (/^-[\d.,]*\d[\d.,]*$/.test(digits)) return refuse('cell.negative')
  const plain = /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(digits) ? digits.replaceAll(',', '') : digits
  const sum = calculated(digits)
  if (!sum && !/^(\d+\.?\d*|\.\d+)$/.test(plain)) return refuse('cell.notANumber')
  const value = sum ?? exact(`0${plain}`)
  if (compare(value, zero) < 0) return refuse('cell.negative')
  const steps = value.div(exact(field.step))
  if (steps.d !== 1n) return refuse(field.kind === 'count' ? 'cell.notAWhole' : 'cell.step')
  if (compare(value, exact(field.max)) > 0) return refuse('cell.overMax')
  return { value: canonical(value), ...(sum ? { sum: text } : {}) }
}

/**
 * Full-width forms as ASCII, one character for one. Unicode's own folding (NFKC) would also turn 3² into 32 and ① into
 * 1, which nobody meant to type as points.
 */
function halfWidth(text: string): string {
  const plain = text.replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
  return plain.replaceAll('。', '.').replaceAll('−', '-')
}

/** Units people leave behind a number. A percentage sign is a unit of rates only: 10% of an item is not 10 points. */
const units: Record<Exclude<Field['kind'], 'flag' | 'choice'>, RegExp> = {
  points: /\s*分$/,
  part: /\s*分$/,
  count: /\s*(次|例|条|人次|人|类|张|起)$/,
  days: /\s*天$/,
  percent: /\s*%$/,
}
const withoutUnit = (text: string, kind: Exclude<Field['kind'], 'flag' | 'choice'>): string => text.replace(units[kind], '')

const flags = new Map<string, 'yes' | 'no'>([
  ...['是', '有', '√', '✓', '✔', 'yes', 'y', '1', 'true'].map((text) => [text, 'yes'] as const),
  ...['否', '无', '×', '✗', 'x', 'no', 'n', '0', 'false'].map((text) => [text, 'no'] as const),
])
