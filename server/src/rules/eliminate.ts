import { stepsMissing, type LegalStep } from './consequences.ts'
import { canonical, compare, percent, shown, type Exact } from './exact.ts'
import type { Choices } from './facts.ts'
import { populationOf, seatsOf } from './seat-count.ts'
import { fillPlaces } from './places.ts'
import { wayIn } from './policy/readings.ts'
import type { measures, Policy, QuotaRounding } from './policy/shape.ts'
import { byId, eachRank, grouped, inTiers } from './rank.ts'
import { ELIMINATION, Rulings, type FallenRuling, type TieFacts, type TieRuling } from './ties.ts'

/** One person among those of whom the last are looked for. */
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
  /** Nobody while anybody in the population is without the measure: the last of a part is not the last of all. */
  candidates: Candidate[]
  /** Ids of those a tie keeps from being told apart. */
  contested: string[]
  /** Their tie, as a ruling names it. */
  tie?: TieFacts
  left: number
  /** Ids of those without the measure. */
  unmeasured: string[]
  /** Rulings about people of the group that decide nothing any more, and what changed. */
  fallen: FallenRuling[]
  clause: string
}

/** The candidates at the end of each group's order; none where the policy knows no elimination. */
export function eliminate(
  policy: Policy,
  choices: Choices,
  people: readonly Ranked[],
  overrides: { rulings?: readonly TieRuling[] } = {},
): Elimination[] {
  const rule = policy.elimination
  if (!rule) return []
  const rounding = wayIn(policy, choices, rule.rounding)
  const population = wayIn(policy, choices, rule.population)
  const tie = wayIn(policy, choices, rule.tie)
  const within = wayIn(policy, choices, rule.dismissed) === 'within'
  const by = wayIn(policy, choices, rule.measure)
  const rulings = new Rulings(tie === 'contested' ? overrides.rulings : [], ELIMINATION)

  return grouped(people, rule.group).map(([group, members]) => {
    const base = populationOf(members, population)
    const cap = seatsOf(base, percent(rule.upTo), rounding)
    const dismissed = members.filter((person) => person.dismissed).length
    const open = Math.max(0, cap - (within ? dismissed : 0))
    const standing = members.filter((person) => person.counted && !person.dismissed)
    const compared = standing.flatMap((person) => {
      const measure = person.measured[by]
      return measure === undefined ? [] : [{ person, measure }]
    })
    const unmeasured = standing.filter(({ measured }) => measured[by] === undefined).map(({ id }) => id)
    const factsOf = (between: typeof compared, seats: number): TieFacts => ({
      tied: between.map(({ person }) => person.id),
      score: canonical(between[0]!.measure),
      seats,
    })
    const order = unmeasured.length > 0 ? [] : inTiers(compared, (a, b) => compare(a.measure, b.measure))
    const fromLast = new Map<Ranked, number>()
    eachRank(order, (one, rank) => fromLast.set(one.person, rank))
    const { taken, ties } = fillPlaces([{ id: group, seats: open, holds: () => true }], order, ({ between, seats }) => {
      const named = rulings.decide(factsOf([...between], seats))
      return between.filter(({ person }) => named.includes(person.id))
    })
    const last = tie === 'contested' ? ties[0] : undefined
    const contested = last && factsOf(last.between, last.seats)
    const candidates = [...taken].map(({ person, measure }): Candidate => ({
      id: person.id,
      fromLast: fromLast.get(person)!,
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
      contested: contested?.tied.toSorted() ?? [],
      ...(contested ? { tie: contested } : {}),
      left: open - taken.size,
      unmeasured: unmeasured.toSorted(),
      fallen: rulings.fallen(new Set(members.map(({ id }) => id)), contested),
      clause: rule.clause,
    }
  })
}
