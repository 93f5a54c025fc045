import { factsOf } from './assess.ts'
import { compare as differ, differenceKinds, type Difference, type Leaves, type Result } from './compare.ts'
import { plainCalendar, type Calendar } from './days.ts'
import { eliminate, type Elimination, type Ranked } from './eliminate.ts'
import { sum, zero, type Exact } from './exact.ts'
import type { Choices, Facts } from './facts.ts'
import { gradeAlone, gradeCohort, type CohortOverrides, type Person, type QuotaGroup } from './grade.ts'
import { pay, type Pool } from './pay.ts'
import type { Dossier } from './person.ts'
import { asksIn, otherReadings, type Policy } from './policy.ts'
import { lastOnly, together } from './postings.ts'
import { score, type Step } from './score/index.ts'

/** Somebody assessed together with others: where they stand, and what is recorded at each post of the year. */
export interface Entrant
  extends Pick<Person, 'id' | 'group' | 'fullTime' | 'counted' | 'yearShare'>, Pick<Ranked, 'dismissed' | 'done'> {
  /** Earliest first; nearly everyone has one. `days` weigh their scores against each other. */
  postings: readonly { person: Dossier; days: number }[]
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
interface Scored {
  entrant: Entrant
  root: Step
  facts: Facts
  missing: number
}

/** Scores, grades, rations, looks for the last and pays: everything a policy does with people, in its order. */
export function settle(
  policy: Policy,
  choices: Choices,
  entrants: readonly Entrant[],
  overrides: CohortOverrides = {},
  calendar: Calendar = plainCalendar,
): Settled {
  return settled(policy, choices, scored(policy, choices, entrants, calendar), overrides)
}

const scored = (policy: Policy, choices: Choices, entrants: readonly Entrant[], calendar: Calendar): Scored[] =>
  entrants.map((entrant) => scoredOne(policy, choices, entrant, calendar))

function scoredOne(policy: Policy, choices: Choices, entrant: Entrant, calendar: Calendar): Scored {
  const posts = entrant.postings.map(({ person, days }) => {
    const facts = factsOf(policy, choices, person, calendar)
    const root = score(policy, choices, facts, person)
    return { days, facts, root, total: root.points, missing: root.missing.length }
  })
  const [only] = posts
  if (only && posts.length === 1) return { entrant, ...only }
  const { total, missing, facts } = together(policy, choices, posts)
  const why = [{ kind: 'postings' as const, days: posts.map(({ days }) => days), lastOnly: lastOnly(policy, choices) }]
  const parts = posts.map(({ root }, at): Step => ({ ...root, id: `posting${at + 1}` }))
  const lacking = posts.flatMap(({ root }) => root.missing)
  return { entrant, root: { ...posts.at(-1)!.root, points: total, why, parts, missing: lacking }, facts, missing }
}

function settled(policy: Policy, choices: Choices, all: readonly Scored[], overrides: CohortOverrides): Settled {
  const { outcomes, groups } = gradeCohort(policy, choices, all.map(personOf(policy, choices)), overrides)
  const eliminations = eliminate(
    policy,
    choices,
    all.map(({ entrant }) => ({ ...entrant, measured: entrant.measured ?? {} })),
  )
  const pools = pay(
    policy,
    choices,
    all.map(({ entrant: { id, group, counted, yearShare }, root }) => ({
      id,
      group,
      counted,
      ...(yearShare ? { yearShare } : {}),
      score: root.points,
    })),
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

const personOf =
  (policy: Policy, choices: Choices) =>
  ({ entrant, root, facts, missing }: Scored): Person => {
    const panel = entrant.postings.at(-1)?.person.panel
    const unknown =
      policy.checklists.length > 0 ? gradeAlone(policy, choices, { total: root.points, facts, panel }).missing.length : 0
    return { ...entrant, total: root.points, missing: missing + unknown, facts, ...(panel ? { panel } : {}) }
  }

/** One person whose result differs, and in what. */
export interface Changed {
  id: string
  differences: Difference[]
}

/** Who differs between two results of one and the same cohort: by other readings, another version, or other parameters. */
export function differences(before: Settled, after: Settled): Changed[] {
  return [...after.people].flatMap(([id, now]) => {
    const found = differ(before.people.get(id)!, now)
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

/** So many people are scored before others have their turn. */
const TURN = 500

/** The same, one at a time, with null wherever it is time to let others have their turn: of a whole county it takes long. */
export function* sensitivityInTurns(
  policy: Policy,
  choices: Choices,
  entrants: readonly Entrant[],
  calendar: Calendar = plainCalendar,
): Generator<Effect | null> {
  function* inTurns(readings: Choices): Generator<null, Scored[]> {
    const all: Scored[] = []
    for (const entrant of entrants) {
      all.push(scoredOne(policy, readings, entrant, calendar))
      if (all.length % TURN === 0) yield null
    }
    yield null
    return all
  }
  const own = yield* inTurns(choices)
  const now = settled(policy, choices, own, {})
  const moving = movesPoints(policy)
  for (const { interpretation, option, choices: other } of otherReadings(policy, choices)) {
    const again = moving.has(interpretation) ? yield* inTurns(other) : own
    const then = settled(policy, other, again, {})
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
