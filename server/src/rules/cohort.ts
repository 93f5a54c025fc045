import { compare } from './exact.ts'
import type { Choices } from './facts.ts'
import { gradeAlone, nextBelow, ordersByMerit, worse, type Person } from './grade.ts'
import type { CohortOverrides, Outcome, QuotaGroup } from './outcome.ts'
import type { Policy } from './policy/shape.ts'
import { groupsOf, QuotaFill, type Waiting } from './quota-fill.ts'
import { eachRank, inTiers } from './rank.ts'

/**
 * Grades everyone assessed together. Three moves, each only ever downwards: band, limits, quotas. Without bands the
 * candidates for a quota's grade are all complete, unbarred people in order of merit, and the rest is the panel's.
 * A tie at the last seat is contested: nobody in it is seated until one of `rulings` was made about that very tie.
 */
export function gradeCohort(
  policy: Policy,
  choices: Choices,
  people: readonly Person[],
  overrides: CohortOverrides = {},
): { outcomes: Outcome[]; groups: QuotaGroup[] } {
  const outcomes = new Map<Person, Outcome>()
  for (const person of people) {
    const alone = gradeAlone(policy, choices, person)
    const { grade, atMost, limits, reasons } = alone
    outcomes.set(person, { id: person.id, rank: null, grade, atMost, seat: 'out', seats: {}, limits, reasons })
  }
  if (ordersByMerit(policy, choices)) rank(policy, people, outcomes)
  const groups = rationAll(policy, choices, people, outcomes, overrides)
  // Nobody is graded twice: of several posts the one held on the base date carries the year's result.
  for (const [{ counted }, outcome] of outcomes)
    if (!counted && !outcome.reasons.some(({ kind }) => kind === 'notTakingPart')) {
      outcome.grade = null
      outcome.reasons.push({ kind: 'notTakingPart', clause: policy.grades.clause })
    }
  return { outcomes: [...outcomes.values()], groups }
}

/** Incomplete totals compare with nobody's, and those not taking part are not in the order. */
const comparable = (person: Person): boolean => person.counted && person.missing === 0

/** Ranks everybody within the groups that the first quota goes by. */
function rank(policy: Policy, people: readonly Person[], outcomes: Map<Person, Outcome>): void {
  const kind = policy.quotas[0]?.group ?? 'county'
  for (const members of groupsOf(people.filter(comparable), kind).values()) {
    const inOrder = inTiers(members, (a, b) => compare(b.total, a.total))
    eachRank(inOrder, (person, rank) => (outcomes.get(person)!.rank = rank))
  }
}

/**
 * Fills the quotas of a policy in the order of the file, best grade first, and writes seats, grades and reasons into the
 * outcomes. Whoever has a seat stands for none below. Whoever waits for a ruling is pending below: they get no seat there
 * yet, and as many seats are kept open as they may come to need. A later quota of the same grade chooses among those who
 * have a seat of the earlier ones. Those left get the next grade, or a reason that says that there is none.
 */
function rationAll(
  policy: Policy,
  choices: Choices,
  people: readonly Person[],
  outcomes: ReadonlyMap<Person, Outcome>,
  overrides: CohortOverrides,
): QuotaGroup[] {
  const waiting: Waiting[] = []
  const groups = policy.quotas.flatMap((quota, at) => {
    const named = policy.quotas.slice(0, at).filter(({ grade }) => grade === quota.grade)
    return new QuotaFill(policy, choices, quota, { people, outcomes, overrides, waiting, named }).fill()
  })
  gradeTheRest(policy, people, outcomes)
  return groups
}

/** Where several grades are rationed and nothing else gives one, whoever has no seat gets the grade below the last of them. */
function gradeTheRest(policy: Policy, people: readonly Person[], outcomes: ReadonlyMap<Person, Outcome>): void {
  const last = policy.quotas.at(-1)
  if (!last || policy.checklists.length > 0 || policy.quotas.every(({ grade }) => grade === last.grade)) return
  for (const person of people) {
    const outcome = outcomes.get(person)!
    if (outcome.seats[last.id] !== 'out' || outcome.grade !== null) continue
    const next = nextBelow(policy, last.grade)
    if (next === last.grade) outcome.reasons.push({ kind: 'noGradeLeft', clause: last.clause })
    else {
      outcome.grade = worse(policy, next, outcome.atMost)
      outcome.reasons.push({ kind: 'restGraded', grade: outcome.grade, clause: last.clause })
    }
  }
}
