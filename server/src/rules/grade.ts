import { canonical, compare, exact, meets, percent, rounded, shown, sum, zero, type Bound, type Exact } from './exact.ts'
import type { Choices, Facts } from './facts.ts'
import { fillPlaces } from './places.ts'
import { together, truth, check, type Check, type How } from './condition.ts'
import {
  chosen,
  inclusive,
  inForce,
  wayIn,
  type Policy,
  type PolicyQuota,
  type Population,
  type QuotaRounding,
} from './policy.ts'
import { moveRefused } from './panel.ts'
import { levels } from './rank.ts'
import { standsForSeats } from './seats-for.ts'
import type { Text } from './text.ts'

/** A grade's id in its policy; the policy lists them best first. */
export type Grade = string

/** Why a grade is what it is, as plain data; `explainGrade` makes the sentence. */
export type GradeReason =
  | { kind: 'band'; grade: Grade; total: string; reaches: string; foreign: boolean; clause: string }
  | { kind: 'noBands'; clause: string }
  | { kind: 'checklist'; grade: Grade; how: How; state: Check['state']; checks: Check[]; clause: string }
  | { kind: 'noChecklist'; clause: string }
  | { kind: 'panelMoved'; from: Grade | null; to: Grade; reason: string; clause: string }
  | { kind: 'panelRefused'; to: Grade; because: PanelRefusal; clause: string }
  | { kind: 'limit'; limit: string; title: Text; value: string; bound?: Bound; atMost: Grade; clause: string }
  | { kind: 'seated'; rank: number; cap: number; clause: string }
  | { kind: 'ruled'; clause: string }
  | { kind: 'contested'; between: number; seats: number; clause: string }
  | { kind: 'tieLeftEmpty'; between: number; clause: string }
  | { kind: 'noSeatLeft'; cap: number; next: Grade | null; clause: string }
  | { kind: 'belowBand'; clause: string }
  | { kind: 'barred'; clause: string }
  | { kind: 'noSeatFor'; clause: string }
  | { kind: 'incomplete'; missing: number; clause: string }
  | { kind: 'notTakingPart'; clause: string }

/** Why a panel's grade does not stand. */
export type PanelRefusal = 'noReason' | 'tooFar' | 'fixed' | 'aboveLimit' | 'notOffered'

/** The panel's signed decision about one person. */
export interface PanelGrade {
  grade: Grade
  reason: string
}

export interface LimitHit {
  id: string
  title: Text
  /** The field that did it, its value, and the bound it met; a veto has no bound. */
  fact: string
  value: string
  bound?: Bound
  atMost: Grade
  clause: string
}

export interface Alone {
  /** Null when the panel decides. */
  grade: Grade | null
  /** The best grade the limits still allow. */
  atMost: Grade
  limits: LimitHit[]
  /** The limits that were looked at and not hit, for whoever asks why not. */
  tried: LimitTried[]
  /** What the conditions ask about and nobody has recorded. */
  missing: string[]
  reasons: GradeReason[]
}

export interface LimitTried {
  id: string
  title: Text
  fact: string
  /** Absent when the fact is not recorded. */
  value?: string
  clause: string
}

/** One assessed person as the table of stored results knows them; nothing is scored again. */
export interface Person {
  id: string
  /** The groups the person stands in, by kind: { town: …, county: … }. */
  group: Readonly<Record<string, string>>
  fullTime: boolean
  /** Taking part in this assessment at this post on the base date. */
  counted: boolean
  total: Exact
  /** How many fields are still to be recorded. */
  missing: number
  /** At least the fields the limits ask about; the rest may be left out. */
  facts: Facts
  /** The part of the year on post, 0 to 1, for the reading that counts the year's average; absent is the whole year. */
  yearShare?: Exact
  /** The panel's decision, where the policy or the want of bands leaves one to it. */
  panel?: PanelGrade
}

export type Seat = 'in' | 'contested' | 'out' | 'barred' | 'incomplete'

export interface Outcome {
  id: string
  /** 1-2-2-4 within the group; null for those incomplete or not taking part, and where the policy has no score. */
  rank: number | null
  grade: Grade | null
  atMost: Grade
  seat: Seat
  limits: LimitHit[]
  reasons: GradeReason[]
}

export interface QuotaGroup {
  quota: string
  grade: Grade
  /** The group's name; pooled groups are joined by '、'. */
  group: string
  groups: string[]
  /** How many people the percentage is taken of; two places where it is the year's average. */
  base: string
  cap: number
  /** For example '20%'. */
  percent: string
  rounding: QuotaRounding
  taken: number
  /** Ids of those a tie keeps out until the panel rules. */
  contested: string[]
  /** Seats nobody has, those contended for included. */
  seatsLeft: number
  barred: number
  incomplete: number
  clause: string
}

export interface CohortOverrides {
  /** Another percentage to try, '15%' or '15'. */
  percent?: string
  rounding?: QuotaRounding
  /** The panel's signed order for people who tie: those named come first, in this order. */
  ruling?: readonly string[]
}

/** The worse of two grades of a policy. */
export function worse(policy: Policy, a: Grade, b: Grade): Grade {
  return placeOf(policy, a) >= placeOf(policy, b) ? a : b
}

/** How far down the ladder a grade stands; 0 is the best. */
export const placeOf = (policy: Policy, grade: Grade): number => policy.grades.ladder.findIndex(({ id }) => id === grade)

const bestOf = (policy: Policy): Grade => policy.grades.ladder[0]!.id
const worstOf = (policy: Policy): Grade => policy.grades.ladder.at(-1)!.id
const nextBelow = (policy: Policy, grade: Grade): Grade => policy.grades.ladder[placeOf(policy, grade) + 1]?.id ?? grade

/**
 * The grade a person would have if nobody else were assessed: the band or the conditions, if there are any, then the
 * panel's decision where one is allowed, then the limits. A limit only lowers, so the worst one rules and their order
 * cannot matter. Null when the panel must decide.
 */
export function gradeAlone(
  policy: Policy,
  choices: Choices,
  { total, facts, panel }: { total: Exact; facts: Facts; panel?: PanelGrade | undefined },
): Alone {
  const { hit: limits, tried } = limitsMet(policy, choices, facts)
  const atMost = limits.reduce((lowest, limit) => worse(policy, lowest, limit.atMost), bestOf(policy))
  const reasons: GradeReason[] = []
  const band = bandOf(policy, choices, total)
  const listed = policy.checklists.length > 0 ? checklistGrade(policy, choices, facts) : undefined
  if (band) reasons.push(band)
  else if (listed) reasons.push(...listed.reasons)
  else reasons.push({ kind: 'noBands', clause: policy.grades.clause })
  const given = band?.grade ?? listed?.grade ?? null
  const moved = panel ? panelGrade(policy, choices, { given, banded: band !== undefined, atMost, panel }) : undefined
  if (moved) reasons.push(moved)
  for (const { id, title, value, bound, atMost: most, clause } of limits) {
    reasons.push({ kind: 'limit', limit: id, title, value, ...(bound ? { bound } : {}), atMost: most, clause })
  }
  const before = moved?.kind === 'panelMoved' ? moved.to : given
  const grade = before !== null ? worse(policy, before, atMost) : atMost === worstOf(policy) ? atMost : null
  return { grade, atMost, limits, tried, missing: listed?.missing ?? [], reasons }
}

/** The first list that holds gives the grade; a list left open by something not recorded stops the search. */
function checklistGrade(policy: Policy, choices: Choices, facts: Facts) {
  const reading = (bound: Bound, stated: boolean) => inclusive(policy, choices, bound, stated)
  const reasons: GradeReason[] = []
  for (const { grade, how, conditions, clause } of policy.checklists) {
    const asked = conditions.filter(({ onlyIf = {} }) => inForce(policy, choices, onlyIf))
    const checks = asked.map((condition) => check(condition, facts, reading))
    const state = together(
      checks.map((one) => one.state),
      how,
    )
    reasons.push({ kind: 'checklist', grade, how, state, checks, clause })
    if (state === 'met') return { grade, reasons, missing: [] }
    if (state === 'unknown') return { grade: null, reasons, missing: [...new Set(checks.flatMap(({ missing }) => missing))] }
  }
  reasons.push({ kind: 'noChecklist', clause: policy.grades.clause })
  return { grade: null, reasons, missing: [] }
}

interface PanelCase {
  given: Grade | null
  banded: boolean
  atMost: Grade
  panel: PanelGrade
}

/**
 * A panel gives the grade where the policy leaves it one, and moves a band's grade as far as the policy lets it: never
 * without a reason, never out of a grade that is fixed, never above a limit.
 */
function panelGrade(policy: Policy, choices: Choices, { given, banded, atMost, panel }: PanelCase): GradeReason {
  const { grade: to, reason } = panel
  const clause = policy.panel?.clause ?? policy.grades.clause
  const refused = (because: PanelRefusal): GradeReason => ({ kind: 'panelRefused', to, because, clause })
  if (placeOf(policy, to) < 0) return refused('notOffered')
  if (reason.trim() === '') return refused('noReason')
  if (given !== null) {
    const because = banded ? moveRefused(policy, choices, given, to) : 'fixed'
    if (because) return refused(because)
  }
  if (placeOf(policy, to) < placeOf(policy, atMost)) return refused('aboveLimit')
  return { kind: 'panelMoved', from: given, to, reason, clause }
}

function bandOf(policy: Policy, choices: Choices, total: Exact): Extract<GradeReason, { kind: 'band' }> | undefined {
  const { bands } = policy
  if (!bands) return undefined
  if (!inForce(policy, choices, bands.onlyIf)) return undefined
  const reached = (band: (typeof bands.rows)[number]) =>
    meets(total, inclusive(policy, choices, { reaches: band.reaches }, band.stated === 'yes'))
  const { grade, reaches } = bands.rows.find(reached) ?? bands.rows.at(-1)!
  return { kind: 'band', grade, total: canonical(total), reaches, foreign: bands.foreign !== undefined, clause: bands.clause }
}

function limitsMet(policy: Policy, choices: Choices, facts: Facts): { hit: LimitHit[]; tried: LimitTried[] } {
  const hits: LimitHit[] = []
  const tried: LimitTried[] = []
  const passed = ({ id, title, clause }: { id: string; title: Text; clause: string }, fact: string) => {
    const value = facts[fact]
    tried.push({ id, title, fact, ...(value === undefined ? {} : { value }), clause })
  }
  if (policy.veto) {
    const effect = policy.veto.options[chosen(policy, choices, policy.veto.by)]
    for (const veto of policy.vetoes) {
      const { id, title, clause } = veto
      if (effect && facts[id] === 'yes') hits.push({ id, title, fact: id, value: 'yes', atMost: effect.atMost, clause })
      else passed(veto, id)
    }
  }
  const reading = (bound: Bound, stated: boolean) => inclusive(policy, choices, bound, stated)
  for (const limit of policy.limits) {
    const { id, title, fact, when, is, stated, also, atMost, clause } = limit
    const first = when ? { fact, when, stated } : { fact, is: is! }
    const value = facts[fact]
    const states = [first, ...also].map((test) => truth(test, facts, reading))
    if (value === undefined || together(states, 'all') !== 'met') {
      passed(limit, fact)
      continue
    }
    const bound = when ? reading(when, stated === 'yes') : undefined
    hits.push({ id, title, fact, value, ...(bound ? { bound } : {}), atMost, clause })
  }
  return { hit: hits, tried }
}

/** Which of the policy's routes, consequences and standards a number sets off, for example three days' leave. */
export function linesMet(policy: Policy, choices: Choices, of: string, value: Exact): boolean {
  const routes = (policy.leave?.routes ?? []).filter(({ onlyIf }) => inForce(policy, choices, onlyIf))
  const line = [...routes, ...policy.consequences, ...policy.standards].find(({ id }) => id === of)
  return line?.when !== undefined && meets(value, inclusive(policy, choices, line.when, line.stated === 'yes'))
}

/** How many seats a percentage of a base gives. 'pooled' rounds like 'floor'; pooling itself is a matter of groups. */
export function seatsOf(base: Exact, share: Exact, rounding: QuotaRounding): number {
  const seats = Number(rounded(base.mul(share), 0, rounding === 'halfUp' ? 'half' : 'down').n)
  return rounding === 'minOne' && seats === 0 && base.n > 0n ? 1 : seats
}

/**
 * Grades everyone assessed together. Three moves, each only ever downwards: band, limits, quotas. Without bands the
 * candidates for a quota's grade are all complete, unbarred people in order of merit, and the rest is the panel's.
 * A tie at the last seat is contested: nobody in it is seated until `ruling` names one.
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
    outcomes.set(person, { id: person.id, rank: null, grade, atMost, seat: 'out', limits, reasons })
  }
  if (ordersByMerit(policy, choices)) rank(policy, people, outcomes)
  const groups = policy.quotas.flatMap((quota) => ration(policy, choices, quota, people, outcomes, overrides))
  return { outcomes: [...outcomes.values()], groups }
}

/** Incomplete totals compare with nobody's, and those not taking part are not in the order. */
const comparable = (person: Person): boolean => person.counted && person.missing === 0

/** Whether totals put people in an order; where the policy has no score, equal totals say nothing about merit. */
function ordersByMerit(policy: Policy, choices: Choices): boolean {
  if (policy.sections.length > 0 || policy.tally) return true
  return policy.rated !== undefined && wayIn(policy, choices, policy.rated.weights) !== 'none'
}

function rank(policy: Policy, people: readonly Person[], outcomes: Map<Person, Outcome>): void {
  const kind = policy.quotas[0]?.group ?? 'county'
  for (const members of groupsOf(people.filter(comparable), kind).values()) {
    let ahead = 0
    for (const level of levels(members, (a, b) => compare(b.total, a.total))) {
      for (const person of level) outcomes.get(person)!.rank = ahead + 1
      ahead += level.length
    }
  }
}

function groupsOf(people: readonly Person[], kind: string): Map<string, Person[]> {
  return Map.groupBy(people, (person) => person.group[kind] ?? '')
}

function ration(
  policy: Policy,
  choices: Choices,
  quota: PolicyQuota,
  people: readonly Person[],
  outcomes: Map<Person, Outcome>,
  overrides: CohortOverrides,
): QuotaGroup[] {
  const rounding = overrides.rounding ?? wayIn(policy, choices, quota.rounding)
  const population = wayIn(policy, choices, quota.population)
  const tie = wayIn(policy, choices, quota.tie)
  const share = percent(overrides.percent ?? quota.upTo)
  const { clause } = quota

  const baseOf = (members: readonly Person[]): Exact =>
    populationOf(
      members.filter((person) => quota.of === 'everyone' || person.fullTime),
      population,
    )
  const place = new Map((overrides.ruling ?? []).map((id, at) => [id, at]))
  const ruled = (person: Person): number => place.get(person.id) ?? place.size
  const merit = ordersByMerit(policy, choices)
  const inOrder = (a: Person, b: Person): number =>
    (merit ? compare(b.total, a.total) : 0) || (tie === 'contested' ? ruled(a) - ruled(b) : 0)

  return pools(groupsOf(people, quota.group), rounding, (members) => seatsOf(baseOf(members), share, 'floor')).map((pool) => {
    const base = baseOf(pool.members)
    const cap = seatsOf(base, share, rounding)
    const candidates = pool.members.filter((person) => stands(policy, choices, quota, person, outcomes.get(person)!))
    const room = { id: pool.name, seats: cap, holds: () => true }
    const { taken, ties } = fillPlaces([room], levels(candidates, inOrder))
    const seats = cap - taken.size
    const tied = new Set(ties.flatMap(({ between }) => between))
    for (const person of candidates) {
      const outcome = outcomes.get(person)!
      if (taken.has(person)) {
        outcome.seat = 'in'
        outcome.grade = quota.grade
        outcome.reasons.push({ kind: 'seated', rank: outcome.rank ?? 0, cap, clause })
        if (place.has(person.id)) outcome.reasons.push({ kind: 'ruled', clause })
        continue
      }
      // With bands the grade drops by one; without, the panel still has to give one.
      if (outcome.grade === quota.grade) outcome.grade = nextBelow(policy, quota.grade)
      if (!tied.has(person)) outcome.reasons.push({ kind: 'noSeatLeft', cap, next: outcome.grade, clause })
      else if (tie === 'contested') {
        outcome.seat = 'contested'
        outcome.reasons.push({ kind: 'contested', between: tied.size, seats, clause })
      } else outcome.reasons.push({ kind: 'tieLeftEmpty', between: tied.size, clause })
    }
    const seatIs = (seat: Seat) => pool.members.filter((person) => outcomes.get(person)!.seat === seat)
    return {
      quota: quota.id,
      grade: quota.grade,
      group: pool.name,
      groups: pool.groups,
      base: shown(base),
      cap,
      percent: `${canonical(share.mul(100))}%`,
      rounding,
      taken: taken.size,
      contested: seatIs('contested').map(({ id }) => id),
      seatsLeft: seats,
      barred: seatIs('barred').length,
      incomplete: seatIs('incomplete').length,
      clause,
    }
  })
}

/** How many people a percentage is taken of; a fraction only for the year's average. */
export function populationOf(people: readonly Pick<Person, 'counted' | 'yearShare'>[], population: Population): Exact {
  if (population === 'average') return sum(people.map(({ yearShare }) => yearShare ?? exact(1)))
  return exact(population === 'registered' ? people.length : people.filter(({ counted }) => counted).length)
}

/** Whether the person is a candidate; if not, the outcome says why. */
function stands(policy: Policy, choices: Choices, quota: PolicyQuota, person: Person, outcome: Outcome): boolean {
  const { clause } = quota
  if (!person.counted) {
    outcome.grade = null
    outcome.reasons.push({ kind: 'notTakingPart', clause })
    return false
  }
  if (placeOf(policy, outcome.atMost) > placeOf(policy, quota.grade)) {
    outcome.seat = 'barred'
    outcome.reasons.push({ kind: 'barred', clause })
    return false
  }
  if (person.missing > 0) {
    outcome.seat = 'incomplete'
    outcome.grade = null
    outcome.reasons.push({ kind: 'incomplete', missing: person.missing, clause })
    return false
  }
  if (!standsForSeats(policy, choices, quota, person)) {
    // A grade that is rationed is not to be had without a seat.
    if (outcome.grade === quota.grade) outcome.grade = nextBelow(policy, quota.grade)
    outcome.reasons.push({ kind: 'noSeatFor', clause })
    return false
  }
  // Without bands or conditions everyone unbarred stands for the grade; with conditions, those who meet them.
  if (policy.checklists.length > 0 ? outcome.grade !== quota.grade : outcome.grade !== null && outcome.grade !== quota.grade) {
    outcome.reasons.push({ kind: 'belowBand', clause })
    return false
  }
  return true
}

interface Pool {
  name: string
  groups: string[]
  members: Person[]
}

/** The groups that share out seats; when small ones are pooled, those without a seat of their own become one. */
function pools(groups: Map<string, Person[]>, rounding: QuotaRounding, seats: (members: Person[]) => number): Pool[] {
  const all = [...groups].map(([name, members]) => ({ name, groups: [name], members }))
  if (rounding !== 'pooled') return all
  const small = all.filter(({ members }) => seats(members) === 0)
  if (small.length < 2) return all
  const names = small.map(({ name }) => name).toSorted()
  const pool = { name: names.join('、'), groups: names, members: small.flatMap(({ members }) => members) }
  return [...all.filter(({ members }) => seats(members) > 0), pool]
}

/** The pay lost for days of absence, to the fen, half-up. `monthly` in yuan, `daysOfMonth` for the calendar reading. */
export function wageCut(
  policy: Policy,
  choices: Choices,
  { monthly, days, daysOfMonth }: { monthly: Exact; days: Exact; daysOfMonth?: number },
): Exact {
  const rule = policy.wageCut
  if (!rule) return zero
  const way = rule.options[chosen(policy, choices, rule.by)]!
  const divisor = way === 'daysOfMonth' ? daysOfMonth : way
  if (divisor === undefined) throw new RangeError('wageCut: daysOfMonth is needed')
  return rounded(monthly.mul(days).div(exact(divisor)), 2)
}
