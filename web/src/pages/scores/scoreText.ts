import { textSentences } from '../../../../server/src/rules/cell-sentences.ts'
import { readCellText, type CellShape } from '../../../../server/src/rules/cell-text.ts'
import type { CellText } from '../../grid/types.ts'

/** A column of the policy, as far as its text matters. */
export interface ScoreColumn {
  kind: string
  title: string
  max?: string | null
  step: string
}

/** Text as it is sent: trimmed, and nothing more. What it means the server says. */
export const sentText = (raw: string): CellText => raw.trim() || null

/**
 * What the server will say against text, told while it is typed and before it is pasted, by the server’s own reader;
 * null where it will take it. Of a choice the page does not know the options: that is left to the server.
 */
export function doubtOf(text: string, { kind, title, max, step }: ScoreColumn, typed: boolean, lang: 'zh' | 'en'): string | null {
  if (kind === 'choice' || max == null) return null
  const { refused } = readCellText({ kind: kind as CellShape['kind'], max, step }, text, typed)
  return refused ? textSentences[refused.code]({ ...refused.params, zh: title, en: title, max, step })[lang] : null
}
