import { boundParts, type Bound, type Comparison } from './exact.ts'
import type { Lang, Text } from './text.ts'

const comparisons: Record<Comparison, Text> = {
  reaches: { zh: '达到', en: 'reaches' },
  exceeds: { zh: '超过', en: 'exceeds' },
  upTo: { zh: '不超过', en: 'is at most' },
  below: { zh: '不满', en: 'is below' },
}

/** A bound as a phrase: “reaches 95”. */
export function boundText(bound: Bound, lang: Lang): string {
  const { comparison, at } = boundParts(bound)
  return `${comparisons[comparison][lang]} ${at}`
}
