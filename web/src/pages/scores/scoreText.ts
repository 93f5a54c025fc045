import { readFlag } from '../../grid/cellTypes.ts'
import type { CellText } from '../../grid/types.ts'
import { canonicalDecimal, canonicalPercent, exceeds, isMultiple } from '../../parts/decimal.ts'

/** A column of the policy, as far as its text matters. */
interface ScoreColumn {
  kind: string
  title: string
  max?: string | null
  step: string
}

/** Typed or pasted text as the server writes it, where it is plainly meant; anything else is for the server to judge. */
export function readScore(raw: string, kind: string): CellText {
  if (kind === 'flag') return readFlag(raw) ?? (raw.trim() || null)
  return (kind === 'percent' ? canonicalPercent : canonicalDecimal)(raw) || null
}

/**
 * What the server will surely say against a value, told while it is typed. Sums, units and whatever else it may be able
 * to read are left to it.
 */
export function doubtOf(
  value: string,
  { kind, title, max, step }: ScoreColumn,
  t: (key: string, values: Record<string, unknown>) => string,
): string | null {
  if (kind === 'flag') return value === 'yes' || value === 'no' ? null : t('scores.doubt.flag', { title })
  if (kind === 'choice') return null
  if (!/\d/.test(value.normalize('NFKC'))) return t('scores.doubt.number', { title, step })
  if (/^-[\d.]+$/.test(value)) return t('scores.doubt.negative', { title })
  if (!/^\d+(\.\d+)?$/.test(value)) return null
  if (max != null && exceeds(value, max)) return t('scores.doubt.overMax', { title, max })
  return isMultiple(value, step) ? null : t('scores.doubt.step', { title, step })
}
