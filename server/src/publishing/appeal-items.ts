import type { Context } from '../base/context.ts'
import type { CycleRules } from '../core/cycles.ts'
import { claimTitle } from '../core/worth.ts'
import { fieldOf } from '../rules/fields.ts'
import { GRADE, RATINGS } from '../rules/reopened.ts'
import type { AppealItem } from './appeal.types.ts'

export const itemOf = (rules: CycleRules, id: string, context: Context): AppealItem => ({
  id,
  title: titleOf(rules, id, context) ?? id,
})

/** What an appeal can name: the grade, the ratings, a field, or what claims are put forward for. Undefined for anything else. */
export function titleOf({ policy, choices }: CycleRules, id: string, { lang }: Context): string | undefined {
  if (id === GRADE) return { zh: '等次', en: 'Grade' }[lang]
  if (id === RATINGS && policy.rated) return { zh: '评议', en: 'Ratings' }[lang]
  return fieldOf(policy, choices, id)?.title[lang] ?? claimTitle(policy, id, lang)
}
