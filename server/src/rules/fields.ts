import { readCellText, type TextCode, type TextReading } from './cell-text.ts'
import type { Choices, Facts } from './facts.ts'
import type { Field } from './field.ts'
import type { Policy } from './policy/shape.ts'
import { compile } from './score/index.ts'

export type CellCode = 'cell.unknownField' | TextCode

export interface CellRefusal {
  code: CellCode
  /** `field`, `max`, `step`, the field's title as `zh` and `en`, and what `TextRefusal` tells. */
  params: Record<string, string>
}

/** What a cell takes; `sum` is the text it was worked out from, where it was. */
export type CellReading = Exclude<TextReading, { value?: never }> | { refused: CellRefusal; value?: never; sum?: never }

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
export function withCell(policy: Policy, choices: Choices, facts: Facts, id: string, value: string | null): Facts {
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
 * The one check of a value for a cell, for every door: typing, pasting, importing, the API. What text means, `readCellText`
 * says; null or blank clears the cell. Never throws.
 */
export function readCell(policy: Policy, choices: Choices, fieldId: string, raw: string | null, typed = false): CellReading {
  const field = fieldOf(policy, choices, fieldId)
  if (!field) return { refused: { code: 'cell.unknownField', params: { field: fieldId.slice(0, longest) } } }
  if (raw === null) return { value: null }
  const reading = readCellText(field, raw, typed)
  if (!reading.refused) return reading
  const { id, max, step, title, options } = field
  const named = { field: id, max, step, zh: title.zh, en: title.en, ...(options ? optionNames(options) : {}) }
  return { refused: { code: reading.refused.code, params: { ...named, ...reading.refused.params } } }
}
