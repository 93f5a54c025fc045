import { createHash } from 'node:crypto'
import type { CycleRules } from '../core/cycles.ts'
import { factsOf } from '../rules/assess.ts'
import { dossierOf } from '../rules/person.ts'
import type { Outcome } from '../rules/outcome.ts'
import type { Basis } from '../rules/basis.ts'
import { canonical, type Exact } from '../rules/exact.ts'
import type { Choices } from '../rules/facts.ts'
import { chosen } from '../rules/policy/readings.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { GRADE, RATINGS } from '../rules/reopened.ts'
import type { SheetRow } from '../base/sheet-row.ts'

/** What the written explanation of a fail rests on: the grade, the score and the limits it is about. */
export const failBasis = ({ total }: { total: Exact }, { grade, limits }: Pick<Outcome, 'grade' | 'limits'>): Basis => ({
  grade: grade ?? 'panel',
  total: canonical(total),
  limits: limits.map(({ id }) => id).join(' '),
})

/** What a dismissal rests on: the grade, and each of its grounds. Other grounds that come up beside them leave it. */
export const dismissalBasis = (grade: Outcome['grade'], grounds: readonly { id: string }[]): Basis => ({
  grade: grade ?? 'panel',
  ...Object.fromEntries(grounds.map(({ id }) => [`ground:${id}`, 'yes'])),
})

/** What the approval of a reading rests on: the reading in force, and the question with its answers as the policy puts them. */
export const readingBasis = (policy: Policy, choices: Choices, interpretation: string): Basis => ({
  option: chosen(policy, choices, interpretation),
  question: digest(policy.interpretations[interpretation]),
})

/** What the rejection of an appeal rests on: each matter it names, as it stands on the sheet. */
export function appealBasis(
  { policy, choices }: Pick<CycleRules, 'policy' | 'choices'>,
  { facts: cells, beyond }: Pick<SheetRow, 'facts' | 'beyond'>,
  grade: Outcome['grade'],
  items: readonly string[],
): Basis {
  // With what the recorded absences come to, which is no cell.
  const facts = factsOf(policy, choices, dossierOf(cells, beyond))
  const matterOf = (item: string): string => {
    if (item === GRADE) return grade ?? 'panel'
    if (item === RATINGS) return digest(beyond.ballots ?? [])
    const own = Object.entries(facts).filter(([field]) => field === item || field.startsWith(`${item}.`))
    const claims = (beyond.claims ?? []).filter(({ rule }) => rule === item)
    const [only] = own
    return only && own.length === 1 && claims.length === 0 ? only[1] : digest([own.toSorted(), claims])
  }
  return Object.fromEntries(items.map((item) => [item, matterOf(item)]))
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url')
