import type { BasisChange } from './basis.ts'
import { exact, shown } from './exact.ts'
import { gradeTitle } from './policy/parts.ts'
import type { Policy } from './policy/shape.ts'
import type { Lang, Text } from './text.ts'

const names: Record<string, Text> = {
  tied: { zh: '同分的人', en: 'who ties' },
  score: { zh: '分数', en: 'the score' },
  seats: { zh: '名额', en: 'the seats' },
  total: { zh: '总分', en: 'the total' },
  given: { zh: '按办法应得的等次', en: 'the grade by the policy itself' },
  grade: { zh: '等次', en: 'the grade' },
  limits: { zh: '触发的限制', en: 'the limits hit' },
  conditions: { zh: '各项条件', en: 'the conditions' },
  option: { zh: '采用的读法', en: 'the reading in force' },
  question: { zh: '所问的条文', en: 'the question itself' },
  content: { zh: '考核表的内容', en: 'what the sheet holds' },
}
const none: Text = { zh: '无', en: 'none' }
const panel: Text = { zh: '由考核小组评定', en: 'left to the panel' }

/** A value that says something to a reader; undefined for hashes and lists of ids, of which only the change is told. */
function shownValue(policy: Policy, fact: string, value: string | null, lang: Lang): string | undefined {
  if (fact === 'conditions' || fact === 'question' || fact === 'content') return undefined
  if (value === null || value === '') return none[lang]
  if (fact === 'tied') return lang === 'zh' ? `${value.split(' ').length} 人` : String(value.split(' ').length)
  if (fact === 'total' || fact === 'score') return shown(exact(value))
  if (fact === 'given' || fact === 'grade') return value === 'panel' ? panel[lang] : gradeTitle(policy, value)[lang]
  if (fact !== 'limits') return value
  const all = [...policy.limits, ...policy.vetoes]
  const titles = value.split(' ').map((id) => all.find((one) => one.id === id)?.title[lang] ?? id)
  return titles.join(lang === 'zh' ? '、' : ', ')
}

/** What has changed since a decision was made, as one phrase: each fact by its name, with both values where a reader can tell them apart. */
export function basisSentence(policy: Policy, changes: readonly BasisChange[], lang: Lang): string {
  const fields = [...policy.facts, ...policy.aspects, ...policy.vetoes]
  const grounds = [...policy.consequences, ...(policy.elimination ? [policy.elimination] : [])]
  const said = changes.map(({ fact, before, after }) => {
    const ground = grounds.find(({ id }) => fact === `ground:${id}`)?.title[lang]
    if (ground !== undefined) return lang === 'zh' ? `已没有“${ground}”的情形` : `no longer a ground: ${ground}`
    const name = (names[fact] ?? fields.find(({ id }) => id === fact)?.title ?? { zh: fact, en: fact })[lang]
    const [was, is] = [before, after].map((value) => shownValue(policy, fact, value, lang))
    return was === is ? (lang === 'zh' ? `${name}有变` : `${name} changed`) : `${name} ${was} → ${is}`
  })
  return said.join(lang === 'zh' ? '；' : '; ')
}
