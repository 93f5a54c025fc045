import { allOrAny, truth, type Test, type Truth } from './condition.ts'
import type { Bound } from './exact.ts'
import type { Choices, Facts, Grade } from './facts.ts'
import type { PastGrade } from './person.ts'
import { inclusive } from './policy/readings.ts'
import type { Policy, PolicyConsequence } from './policy/shape.ts'
import type { Text } from './text.ts'

/** What a consequence looks at: the year's grade, its facts, and the grades of the years before. */
export interface Standing {
  year?: string | undefined
  grade: Grade | null
  facts: Facts
  history: readonly PastGrade[]
  /** True where it is left out. */
  fullTime?: boolean
  /** Steps of the law that are already documented. */
  done?: readonly string[]
}

export interface Followed {
  id: string
  title: Text
  effect?: PolicyConsequence['effect']
  state: Truth
  clause: string
  /** The sort of ground in law, for a consequence that ends a contract. */
  ground?: string
  /** What the law still asks for before it may be carried out; none for those that end no contract. */
  stepsMissing: LegalStep[]
}

export interface LegalStep {
  id: string
  title: Text
  clause: string
}

/** The steps the law asks for on one sort of ground, in the order of the file; none where there is no such ground. */
export function stepsOfGround(policy: Policy, ground: string | undefined): LegalStep[] {
  const needs = policy.legal?.grounds.find(({ id }) => id === ground)?.needs ?? []
  return (policy.legal?.steps ?? []).filter(({ id }) => needs.includes(id))
}

/** The steps of a ground that nobody has documented yet. */
export const stepsMissing = (policy: Policy, ground: string | undefined, done: readonly string[]): LegalStep[] =>
  stepsOfGround(policy, ground).filter(({ id }) => !done.includes(id))

/** How many years in a row, up to and with this one, a person had one of the grades. A year without a grade ends it. */
export function streakOf(
  { year, grade, history }: Pick<Standing, 'year' | 'grade' | 'history'>,
  grades: readonly Grade[],
): number {
  if (grade === null || !grades.includes(grade)) return 0
  const past = new Map(history.map((one) => [one.year, one.grade]))
  let years = 1
  for (let at = Number(year) - 1; grades.includes(past.get(String(at)) ?? ''); at -= 1) years += 1
  return years
}

/**
 * Every consequence of the policy and whether it follows. All are listed, those that do not follow too, so that nobody
 * need ask which were looked at. They are proposals: a person decides, and where a contract would end, the steps of the
 * law that are missing stand beside it.
 */
export function consequences(policy: Policy, choices: Choices, standing: Standing): Followed[] {
  const reading = (bound: Bound, stated: boolean) => inclusive(policy, choices, bound, stated)
  const { facts, grade, fullTime = true, done = [] } = standing
  return policy.consequences.map((consequence) => {
    const { id, title, effect, of: whom, fact, when, stated, grades, streak, any, all, ground, clause } = consequence
    const states: Truth[] = []
    const of = (tests: readonly Test[], how: 'all' | 'any') =>
      states.push(
        allOrAny(
          tests.map((test) => truth(test, facts, reading)),
          how,
        ),
      )
    if (whom === 'fullTime') states.push(fullTime ? 'met' : 'notMet')
    if (when && fact) of([{ fact, when, stated }], 'all')
    if (grades) states.push(grade === null ? 'unknown' : grades.includes(grade) ? 'met' : 'notMet')
    if (streak) {
      const long = streakOf(standing, streak.grades) >= Number(streak.years)
      states.push(grade === null ? 'unknown' : long ? 'met' : 'notMet')
    }
    if (any) of(any, 'any')
    if (all) of(all, 'all')
    const state = states.length === 0 ? 'unknown' : allOrAny(states, 'all')
    const steps = state === 'met' ? stepsMissing(policy, ground, done) : []
    return { id, title, ...(effect ? { effect } : {}), state, clause, ...(ground ? { ground } : {}), stepsMissing: steps }
  })
}
