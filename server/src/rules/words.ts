import { textSentences } from './cell-sentences.ts'
import type { CellCode } from './fields.ts'
import type { LimitTried } from './grade.ts'
import type { Policy } from './policy/shape.ts'
import type { Lang, Text } from './text.ts'

type Params = Readonly<Record<string, string>>

const refusals: Record<CellCode, (p: Params) => Text> = {
  'cell.unknownField': () => ({
    zh: '考核表里没有这一栏，请核对列标题后再填。',
    en: 'The score sheet has no such column; check the heading and enter it again.',
  }),
  ...textSentences,
}

/** A sentence a clerk can act on, for a refusal of `readCell`. */
export function refusalSentence(code: CellCode, params: Params, lang: Lang): string {
  return refusals[code](params)[lang]
}

/** What a cell holds, in words: a flag, an option by its title, or the number itself. */
export function recordedText({ aspects }: Policy, value: string, lang: Lang): string {
  if (value === 'yes' || value === 'no') return flags[value][lang]
  const option = aspects.flatMap(({ options = [] }) => options).find(({ id }) => id === value)
  return option ? option.title[lang] : value
}
const flags = { yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' } }

/** What is recorded of a limit that was not hit. */
export function triedSentence(policy: Policy, { value }: LimitTried, lang: Lang): string {
  const zh = lang === 'zh'
  if (value === undefined) return zh ? '没有记录' : 'Nothing recorded'
  const said = recordedText(policy, value, lang)
  return zh ? `记录为 ${said}，未触发` : `Recorded: ${said}; not hit`
}
