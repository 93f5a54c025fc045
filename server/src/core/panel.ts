import { refusal, type Context } from '../base/context.ts'
import { explainGrade } from '../rules/explain.ts'
import { gradeAlone } from '../rules/grade.ts'
import type { CycleRules } from './cycles.ts'

/** Throws `ruling.gradeRefused`, which says why, where the policy lets no panel give this person the grade it gave. */
export function refuseWrongGrade(
  { policy, choices }: Pick<CycleRules, 'policy' | 'choices'>,
  person: Parameters<typeof gradeAlone>[2],
  context: Context,
): void {
  const refused = gradeAlone(policy, choices, person).reasons.filter(({ kind }) => kind === 'panelRefused')
  if (refused.length === 0) return
  const why = explainGrade(policy, refused, context.lang).map(({ says }) => says)
  throw refusal(context, 'ruling.gradeRefused', { why: why.join('') })
}
