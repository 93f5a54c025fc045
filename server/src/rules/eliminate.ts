import { stepsMissing, type LegalStep } from './consequences.ts'
import { canonical, compare, percent, shown, type Exact } from './exact.ts'
import type { Choices } from './facts.ts'
import { populationOf, seatsOf } from './grade.ts'
import { fillPlaces } from './places.ts'
import { wayIn, type measures, type Policy, type QuotaRounding } from './policy.ts'
import { byId, grouped, levels } from './rank.ts'

/** One person as the end of the order is looked for. */
export interface Ranked {
  id: string
  group: Readonly<Record<string, string>>
  counted: boolean
  yearShare?: Exact
  /** Dismissed in the year for the grade: counts in the population, and is no candidate. */
  dismissed?: boolean
  /** The approved record of daily performance, or the year's rating; whichever the chosen reading asks for. */
  measured: Partial<Record<(typeof measures)[number], Exact>>
  /** Steps of the law that are already documented. */
  done?: readonly string[]
}

/** Somebody whom the policy would let go, and what the law still asks for. Never more than a proposal. */
export interface Candidate {
  id: string
  /** 1 is the last of all. */
  fromLast: number
  measure: string
  stepsMissing: LegalStep[]
}

export interface Elimination {
  group: string
  /** How many people the percentage is taken of; two places where it is the year's average. */
  base: string
  rounding: QuotaRounding
  /** The most the policy allows in the year. */
  cap: number
  /** Dismissed for their grade, shown under either reading. */
  dismissed: number
  /** What the cap leaves once those are counted, if the reading counts them. */
  open: number
  candidates: Candidate[]
  /** Ids of those a tie keeps from being told apart. */
  contested: string[]
  left: number
  /** Ids of those without the measure, who are compared with nobody. */
  unmeasured: string[]
  clause: string
}

/** The candidates at the end of each group's order; none where the policy knows no elimination. */
export function eliminate(
  policy: Policy,
  choices: Choices,
  people: readonly Ranked[],
  overrides: { percent?: string; ruling?: readonly string[] } = {},
): Elimination[] {
  const rule = policy.elimination
  if (!rule) return []
  const rounding = wayIn(policy, choices, rule.rounding)
  const population = wayIn(policy, choices, rule.population)
  const tie = wayIn(policy, choices, rule.tie)
  const within = wayIn(policy, choices, rule.dismissed) === 'within'
  const by = wayIn(policy, choices, rule.measure)
  const place = new Map((overrides.ruling ?? []).map((id, at) => [id, at]))
  const ruled = ({ id }: Ranked): number => place.get(id) ?? place.size

  return grouped(people, rule.group).map(([group, members]) => {
    const base = populationOf(members, population)
    const cap = seatsOf(base, percent(overrides.percent ?? rule.upTo), rounding)
    const dismissed = members.filter((person) => person.dismissed).length
    const open = Math.max(0, cap - (within ? dismissed : 0))
    const standing = members.filter((person) => person.counted && !person.dismissed)
    const compared = standing.flatMap((person) => {
      const measure = person.measured[by]
      return measure === undefined ? [] : [{ person, measure }]
    })
    const order = levels(
      compared,
      (a, b) => compare(a.measure, b.measure) || (tie === 'contested' ? ruled(a.person) - ruled(b.person) : 0),
    )
    const { taken, ties } = fillPlaces([{ id: group, seats: open, holds: () => true }], order)
    const candidates = [...taken].map(({ person, measure }): Candidate => ({
      id: person.id,
      fromLast: compared.filter((other) => compare(other.measure, measure) < 0).length + 1,
      measure: canonical(measure),
      stepsMissing: stepsMissing(policy, rule.ground, person.done ?? []),
    }))
    return {
      group,
      base: shown(base),
      rounding,
      cap,
      dismissed,
      open,
      candidates: candidates.toSorted((a, b) => a.fromLast - b.fromLast || byId(a, b)),
      contested: tie === 'contested' ? ties.flatMap(({ between }) => between.map(({ person }) => person.id)).toSorted() : [],
      left: open - taken.size,
      unmeasured: standing
        .filter(({ measured }) => measured[by] === undefined)
        .map(({ id }) => id)
        .toSorted(),
      clause: rule.clause,
    }
  })
}
