import { absenceFacts, type AbsenceRules, type Counting } from './absences.ts'
import { consequences, type Followed } from './consequences.ts'
import type { Choices, Facts } from './facts.ts'
import { gradeAlone, type Alone } from './grade.ts'
import { calendarOfPerson, type Dossier } from './person.ts'
import { wayIn } from './policy/readings.ts'
import type { Policy } from './policy/shape.ts'
import { score, type Step } from './score/index.ts'

/** One person as the policy sees them when nobody else is assessed. */
export interface Assessed {
  /** The cells, with what was found from the absences. */
  facts: Facts
  score: Step
  alone: Alone
  consequences: Followed[]
}

/** The readings in force by which absences are counted. */
export const countingOf = (policy: Policy, choices: Choices, rules: AbsenceRules): Counting => ({
  days: wayIn(policy, choices, rules.days),
  overNewYear: wayIn(policy, choices, rules.overNewYear),
  halfInRun: wayIn(policy, choices, rules.halfInRun),
})

/** The cells, with the facts that follow from recorded absences and spot checks where there are any. */
export function factsOf(policy: Policy, choices: Choices, person: Dossier): Facts {
  const rules = policy.absences
  const { year, absences, spotChecks } = person
  if (!rules || year === undefined || absences.length + spotChecks.length === 0) return person.facts
  const found = absenceFacts(rules, countingOf(policy, choices, rules), {
    year,
    absences,
    spotChecks,
    calendar: calendarOfPerson(person),
  })
  return { ...person.facts, ...found }
}

/** How much of a score is still to be recorded: items of a sheet that has them, else fields, and conditions. */
export const missingIn = (policy: Policy, root: Step, alone: Pick<Alone, 'missing'>): number =>
  policy.sections.length > 0
    ? root.parts.flatMap(({ parts }) => parts).filter(({ missing }) => missing.length > 0).length
    : root.missing.length + alone.missing.length

/** Score, grade and what follows from them, from one dossier. */
export function assess(policy: Policy, choices: Choices, person: Dossier): Assessed {
  const facts = factsOf(policy, choices, person)
  const { claims, ballots, history, year, panel } = person
  const root = score(policy, choices, facts, { claims, ballots })
  const alone = gradeAlone(policy, choices, { total: root.points, facts, panel, missing: root.missing.length })
  const standing = { year, grade: alone.grade, facts, history }
  return { facts, score: root, alone, consequences: consequences(policy, choices, standing) }
}
