import { shown } from './exact.ts'
import type { GradeReason } from './grade.ts'
import type { Policy } from './policy/shape.ts'
import type { Step } from './score/step.ts'
import type { Lang } from './text.ts'
import { gradeSentence } from './grade-words.ts'
import { reasonSentence } from './reason-words.ts'

/** An article as shown: where it stands and what it says, in one language. */
export interface ExplainedClause {
  id: string
  at: string
  text: string
}

export interface ExplainedStep {
  id: string
  name: string
  clause: ExplainedClause
  points: string
  max?: string
  state?: 'awarded' | 'computed' | 'missing'
  says: string
  missing: string[]
  parts: ExplainedStep[]
}

/** The clause in one language; the reader of policies has made sure that it exists. */
export function clauseOf(policy: Policy, id: string, lang: Lang): ExplainedClause {
  const { at, says } = policy.clauses[id]!
  return { id, at: at[lang], text: says[lang] }
}

/** The tree of reasons in one language; points half-up to two decimals. */
export function explain(policy: Policy, step: Step, lang: Lang): ExplainedStep {
  const [separator, stop] = lang === 'zh' ? ['；', '。'] : ['; ', '.']
  return {
    id: step.id,
    name: step.name[lang],
    clause: clauseOf(policy, step.clause, lang),
    points: shown(step.points),
    ...(step.max ? { max: shown(step.max) } : {}),
    ...(step.state ? { state: step.state } : {}),
    says: step.why.map((reason) => reasonSentence(policy, reason, lang)).join(separator) + stop,
    missing: step.missing,
    parts: step.parts.map((part) => explain(policy, part, lang)),
  }
}

/** The reasons of a grade, each a sentence with its clause. */
export function explainGrade(
  policy: Policy,
  reasons: readonly GradeReason[],
  lang: Lang,
): { says: string; clause: ExplainedClause }[] {
  const stop = lang === 'zh' ? '。' : '.'
  return reasons.map((reason) => ({
    says: gradeSentence(policy, reason, lang) + stop,
    clause: clauseOf(policy, reason.clause, lang),
  }))
}
