import { differencesBetween, differenceKinds, type Difference, type Leaves, type Result } from './compare.ts'
import { eliminate, type Elimination, type Ranked } from './eliminate.ts'
import { exact, sum, zero, type Exact } from './exact.ts'
import type { Choices, Grade } from './facts.ts'
import { gradeCohort } from './cohort.ts'
import type { CohortOverrides, QuotaGroup } from './outcome.ts'
import { ratingsMakeScore, type Person } from './grade.ts'
import { pay, type Pool } from './pay.ts'
import { asksIn, otherReadings } from './policy/readings.ts'
import type { Policy } from './policy/shape.ts'
import { yearOf, type HeldPost, type Year } from './year.ts'

/** Somebody assessed together with others: where they stand, and what is recorded at each post of the year. */
export interface Entrant
  extends Pick<Person, 'id' | 'group' | 'fullTime' | 'counted' | 'movedOn' | 'yearShare'>, Pick<Ranked, 'dismissed' | 'done'> {
  /** Earliest first; nearly everyone has one. `days` weigh their scores against each other. */
  postings: readonly HeldPost[]
  /** What the elimination goes by, where the policy has one. */
  measured?: Ranked['measured']
}

/** What a cohort comes to: the result of everyone who takes part, and the quotas, candidates for elimination and pools it was made from. */
export interface Settled {
  people: ReadonlyMap<string, Result & { rank: number | null }>
  quotas: QuotaGroup[]
  eliminations: Elimination[]
  pools: Pool[]
}

/** An entrant's year scored, before anybody is compared. */
interface Scored extends Year {
  entrant: Entrant
}

/** Everything a policy does with people, in its order: scores, grades, quotas, elimination, pay. */
export function settle(policy: Policy, choices: Choices, entrants: readonly Entrant[], overrides: CohortOverrides = {}): Settled {
  return settled(policy, choices, scored(policy, choices, entrants), overrides)
}

const scored = (policy: Policy, choices: Choices, entrants: readonly Entrant[]): Scored[] =>
  entrants.map((entrant) => scoredOne(policy, choices, entrant))

const scoredOne = (policy: Policy, choices: Choices, entrant: Entrant): Scored => ({
  entrant,
  ...yearOf(policy, choices, entrant.postings),
})

function settled(policy: Policy, choices: Choices, all: readonly Scored[], overrides: CohortOverrides): Settled {
  const { outcomes, groups } = gradeCohort(policy, choices, all.map(personOf), overrides)
  const ranked = all.map(({ entrant, root, missing }, at) =>
    rankedOf(policy, choices, { ...entrant, total: root.points, missing, grade: outcomes[at]!.grade }),
  )
  const eliminations = eliminate(policy, choices, ranked, overrides)
  const pools = pay(
    policy,
    choices,
    all.flatMap(({ entrant, root }) =>
      entrant.movedOn ? [] : [{ ...entrant, yearShare: wholeShare(entrant), score: root.points }],
    ),
  )
  const shares = new Map(pools.flatMap((pool) => pool.shares.map((share) => [share.id, share.paid])))
  const leaving = new Map<string, Leaves>()
  for (const { candidates, contested } of eliminations) {
    for (const { id } of candidates) leaving.set(id, 'candidate')
    for (const id of contested) leaving.set(id, 'contested')
  }
  const people = all.flatMap(({ entrant: { id, counted }, root }, at) => {
    if (!counted) return []
    const { rank, grade, limits, seat } = outcomes[at]!
    const own = shares.get(id)
    const result = {
      score: root,
      rank,
      grade,
      limits,
      ...(policy.quotas.length > 0 ? { seat } : {}),
      ...(policy.elimination ? { leaves: leaving.get(id) ?? 'no' } : {}),
      ...(own ? { pay: own } : {}),
    }
    return [[id, result] as const]
  })
  return { people: new Map(people), quotas: groups, eliminations, pools }
}

/**
 * An entrant as `eliminate` takes them: measured by the year's score as well, where that is complete, and dismissed only
 * while they still have the lowest grade.
 */
export function rankedOf(
  policy: Policy,
  choices: Choices,
  { total, missing, grade, ...person }: Omit<Entrant, 'postings'> & { total: Exact; missing: number; grade: Grade | null },
): Ranked {
  const rated = ratingsMakeScore(policy, choices)
  return {
    ...person,
    dismissed: person.dismissed === true && grade === policy.grades.ladder.at(-1)!.id,
    measured: { ...person.measured, ...(rated && missing === 0 ? { annual: total } : {}) },
  }
}

/** The part of the year on post over all posts together: a person is paid once, at the post where they are counted. */
function wholeShare({ yearShare = exact(1), postings }: Entrant): Exact {
  const days = postings.reduce((all, posting) => all + posting.days, 0)
  const here = postings.at(-1)!.days
  return here === 0 ? yearShare : yearShare.mul(days).div(here)
}

const personOf = ({ entrant: { postings, ...entrant }, root, facts, missing, each }: Scored): Person => {
  const panel = postings.at(-1)?.person.panel
  return { ...entrant, total: root.points, missing, facts, ...(each ? { postings: each } : {}), ...(panel ? { panel } : {}) }
}

/** One person whose result differs, and in what. */
export interface Changed {
  id: string
  differences: Difference[]
}

/** Who differs between two results of one and the same cohort: by other readings, another version, or other parameters. */
export function differences(before: Settled, after: Settled): Changed[] {
  return [...after.people].flatMap(([id, now]) => {
    const found = differencesBetween(before.people.get(id)!, now)
    return found.length > 0 ? [{ id, differences: found }] : []
  })
}

/** What answering one open question otherwise would change. */
export interface Effect {
  interpretation: string
  option: string
  changed: Changed[]
  /** How many people differ in each kind of thing. */
  counts: Record<Difference['kind'], number>
  /** How much pay would move: the sum of what each would gain or lose. */
  yuan: Exact
}

/** Every other answer to every open question that would change anything for anybody. Nothing is decided by it. */
export const sensitivity = (...given: Parameters<typeof sensitivityInTurns>): Effect[] =>
  [...sensitivityInTurns(...given)].filter((effect) => effect !== null)

/** How many people are scored before the caller may do other work. */
const TURN = 500

/** The same, one at a time. Null is yielded wherever the caller may do other work: a whole county takes long. */
export function* sensitivityInTurns(
  policy: Policy,
  choices: Choices,
  entrants: readonly Entrant[],
  rulings: CohortOverrides['rulings'] = [],
): Generator<Effect | null> {
  function* inTurns(readings: Choices): Generator<null, Scored[]> {
    const all: Scored[] = []
    for (const entrant of entrants) {
      all.push(scoredOne(policy, readings, entrant))
      if (all.length % TURN === 0) yield null
    }
    yield null
    return all
  }
  const own = yield* inTurns(choices)
  const now = settled(policy, choices, own, { rulings })
  const moving = movesPoints(policy)
  for (const { interpretation, option, choices: other } of otherReadings(policy, choices)) {
    const again = moving.has(interpretation) ? yield* inTurns(other) : own
    const then = settled(policy, other, again, { rulings })
    yield null
    const changed = differences(now, then)
    yield changed.length > 0 ? { interpretation, option, changed, counts: countsOf(changed), yuan: movedPay(now, then) } : null
  }
}

/** The questions whose answers can move points; for the others nobody is scored again. */
function movesPoints({ sections, tally, rated, award, itemFloor, veto, absences }: Policy): ReadonlySet<string> {
  // The engine reads these two itself: whether 以上 includes the number, and how several postings count.
  return new Set(['IR-06', 'IR-50', ...asksIn({ sections, tally, rated, award, itemFloor, veto, absences })])
}

export function countsOf(changed: readonly Changed[]): Effect['counts'] {
  const having = (kind: Difference['kind']) =>
    changed.filter(({ differences: all }) => all.some((one) => one.kind === kind)).length
  return Object.fromEntries(differenceKinds.map((kind) => [kind, having(kind)])) as Effect['counts']
}

/** The sum over all people of how much pay each would gain or lose. */
export function movedPay(before: Settled, after: Settled): Exact {
  return sum([...after.people].map(([id, { pay: now = zero }]) => now.sub(before.people.get(id)!.pay ?? zero).abs()))
}
