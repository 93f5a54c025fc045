import { basisChanges, type Basis, type BasisChange } from './basis.ts'
import { canonical, exact, meets, rounded, zero, type Bound, type Exact } from './exact.ts'
import type { Choices, Facts, Grade } from './facts.ts'
import { allOrAny, truth, check, type Check, type How } from './condition.ts'
import { chosen, inclusive, inForce, wayIn } from './policy/readings.ts'
import type { Policy } from './policy/shape.ts'
import { moveRefused, type PanelRefusal } from './panel.ts'
import type { Text } from './text.ts'

/** Why a grade is what it is, as plain data; `explainGrade` makes the sentence. */
export type GradeReason =
  | { kind: 'band'; grade: Grade; total: string; reaches: string; foreign: boolean; clause: string }
  | { kind: 'noBands'; clause: string }
  | { kind: 'checklist'; grade: Grade; how: How; state: Check['state']; checks: Check[]; clause: string }
  | { kind: 'noChecklist'; clause: string }
  | { kind: 'panelMoved'; from: Grade | null; to: Grade; reason: string; clause: string }
  | { kind: 'panelRefused'; to: Grade; because: PanelRefusal; clause: string }
  | { kind: 'panelFell'; to: Grade; changes: BasisChange[]; clause: string }
  | { kind: 'postings'; at: number; of: number; clause: string }
  | { kind: 'limit'; limit: string; title: Text; value: string; bound?: Bound; atMost: Grade; clause: string }
  | { kind: 'seated'; rank: number; cap: number; clause: string }
  | { kind: 'ruled'; clause: string }
  | { kind: 'contested'; between: number; seats: number; clause: string }
  | { kind: 'waits'; clause: string }
  | { kind: 'tieLeftEmpty'; between: number; clause: string }
  | { kind: 'noSeatLeft'; cap: number; next: Grade | null; clause: string }
  | { kind: 'restGraded'; grade: Grade; clause: string }
  | { kind: 'noGradeLeft'; clause: string }
  | { kind: 'belowBand'; clause: string }
  | { kind: 'barred'; clause: string }
  | { kind: 'noSeatFor'; clause: string }
  | { kind: 'incomplete'; missing: number; clause: string }
  | { kind: 'notTakingPart'; clause: string }

/** The panel's signed decision about one person. */
export interface PanelGrade {
  grade: Grade
  reason: string
  /** What it was given on (`panelBasis`): it falls when that changes. Absent in examples and in records older than this. */
  on?: Basis
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
  /** A post the person left for another in the same year: they are counted there. */
  movedOn?: boolean
  total: Exact
  /** How many fields are still to be recorded. */
  missing: number
  /** At least the fields the limits ask about; the rest may be left out. */
  facts: Facts
  /** Of somebody with several posts: the facts of each, earliest first, for conditions that must hold at each. */
  postings?: readonly Facts[]
  /** The part of the year on post, 0 to 1, for the reading that counts the year's average; absent is the whole year. */
  yearShare?: Exact
  /** The panel's decision, where the policy or the want of bands leaves one to it. */
  panel?: PanelGrade
}

/** The worse of two grades of a policy. */
export function worse(policy: Policy, a: Grade, b: Grade): Grade {
  return rungOf(policy, a) >= rungOf(policy, b) ? a : b
}

/** How far down the ladder a grade stands; 0 is the best. */
export const rungOf = (policy: Policy, grade: Grade): number => policy.grades.ladder.findIndex(({ id }) => id === grade)

const bestOf = (policy: Policy): Grade => policy.grades.ladder[0]!.id
const worstOf = (policy: Policy): Grade => policy.grades.ladder.at(-1)!.id
export const nextBelow = (policy: Policy, grade: Grade): Grade => policy.grades.ladder[rungOf(policy, grade) + 1]?.id ?? grade

/** What a grade is found from: the score and the facts, and what a panel decided. */
export interface Gradable extends Partial<Pick<Person, 'postings'>> {
  total: Exact
  facts: Facts
  panel?: PanelGrade | undefined
  /** How many fields of the score are still to be recorded; nothing is graded on a score that is not whole. */
  missing?: number
}

/** What a panel's grade rests on: the score, what bands or conditions give by themselves, and the limits that were hit. */
export function panelBasis(policy: Policy, choices: Choices, of: Omit<Gradable, 'panel'>): Basis {
  const { given, limits, checks } = ownGrade(policy, choices, of)
  return {
    total: canonical(of.total),
    given: given ?? 'panel',
    limits: limits.map(({ id }) => id).join(' '),
    ...(policy.checklists.length > 0 ? { conditions: checks } : {}),
  }
}

/** The grade that bands or conditions give by themselves, and the limits, which come after. */
function ownGrade(policy: Policy, choices: Choices, { total, facts, postings = [facts] }: Omit<Gradable, 'panel'>) {
  const { hit: limits, tried } = limitsMet(policy, choices, facts)
  const atMost = limits.reduce((lowest, limit) => worse(policy, lowest, limit.atMost), bestOf(policy))
  const band = bandOf(policy, choices, total)
  const listed = policy.checklists.length > 0 ? checklistsTogether(policy, choices, postings) : undefined
  const reasons: GradeReason[] = band ? [band] : (listed?.reasons ?? [{ kind: 'noBands', clause: policy.grades.clause }])
  const checks = (listed?.reasons ?? []).flatMap((reason) => (reason.kind === 'checklist' ? reason.checks : []))
  return {
    limits,
    tried,
    atMost,
    reasons,
    given: band?.grade ?? listed?.grade ?? null,
    banded: band !== undefined,
    missing: listed?.missing ?? [],
    checks: checks.map(({ id, state }) => `${id}:${state}`).join(' '),
  }
}

/**
 * The grade a person would have if nobody else were assessed: the band or the conditions, if there are any, then the
 * panel's decision where one is allowed and still stands, then the limits. A limit only lowers, so the worst one rules
 * and their order cannot matter. Null when the panel must decide, and while the score is not whole, unless a limit
 * leaves one grade alone.
 */
export function gradeAlone(policy: Policy, choices: Choices, of: Gradable): Alone {
  const { limits, tried, atMost, reasons, given, banded, missing } = ownGrade(policy, choices, of)
  const moved = of.panel ? panelGrade(policy, choices, { given, banded, atMost, panel: of.panel, of }) : undefined
  // The band of an incomplete total means nothing and is left out; conditions and the panel's decision still tell something.
  if (of.missing)
    reasons.splice(banded ? 0 : Infinity, Infinity, { kind: 'incomplete', missing: of.missing, clause: policy.grades.clause })
  if (moved && !(of.missing && banded)) reasons.push(moved)
  for (const { id, title, value, bound, atMost: most, clause } of limits) {
    reasons.push({ kind: 'limit', limit: id, title, value, ...(bound ? { bound } : {}), atMost: most, clause })
  }
  const own = of.missing ? null : given
  const before = moved?.kind === 'panelMoved' && !(of.missing && banded) ? moved.to : own
  const grade = before !== null ? worse(policy, before, atMost) : atMost === worstOf(policy) ? atMost : null
  return { grade, atMost, limits, tried, missing, reasons }
}

/**
 * The grade by conditions of somebody with several posts: the lowest of any post, or the last post's, as the policy is read
 * (`movers`); null where one of them is left to the panel. What is not recorded at one post is missing for the year.
 */
function checklistsTogether(policy: Policy, choices: Choices, postings: readonly Facts[]) {
  const of = postings.length
  const lastOnly = policy.movers !== undefined && wayIn(policy, choices, policy.movers.conditions) === 'last'
  const each = (lastOnly ? postings.slice(-1) : postings).map((facts) => checklistGrade(policy, choices, facts))
  const missing = [...new Set(each.flatMap((one) => one.missing))]
  const open = each.findIndex(({ grade }) => grade === null)
  const graded = each.map(({ grade }) => (grade === null ? -1 : rungOf(policy, grade)))
  const at = open >= 0 ? open : graded.indexOf(Math.max(...graded))
  const { grade, reasons } = each[at]!
  const clause = policy.movers?.clause ?? policy.grades.clause
  const posting: GradeReason[] = of > 1 ? [{ kind: 'postings', at: lastOnly ? of : at + 1, of, clause }] : []
  return { grade, missing, reasons: [...posting, ...reasons] }
}

/** The first list that holds gives the grade; a list left open by something not recorded stops the search. */
function checklistGrade(policy: Policy, choices: Choices, facts: Facts) {
  const reading = (bound: Bound, stated: boolean) => inclusive(policy, choices, bound, stated)
  const reasons: GradeReason[] = []
  for (const { grade, how, conditions, clause } of policy.checklists) {
    const asked = conditions.filter(({ onlyIf = {} }) => inForce(policy, choices, onlyIf))
    const checks = asked.map((condition) => check(condition, facts, reading))
    const state = allOrAny(
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
  of: Gradable
}

/**
 * The panel's grade, or why it cannot stand. A panel gives the grade where the policy leaves it open, and moves a band's
 * grade as far as the policy allows: with a reason, not out of a fixed grade, not above a limit, and only while the facts
 * it decided on are unchanged.
 */
function panelGrade(policy: Policy, choices: Choices, { given, banded, atMost, panel, of }: PanelCase): GradeReason {
  const { grade: to, reason } = panel
  const clause = policy.panel?.clause ?? policy.grades.clause
  const refused = (because: PanelRefusal): GradeReason => ({ kind: 'panelRefused', to, because, clause })
  const changes = panel.on ? basisChanges(panel.on, panelBasis(policy, choices, of)) : []
  if (changes.length > 0) return { kind: 'panelFell', to, changes, clause }
  if (rungOf(policy, to) < 0) return refused('notOffered')
  if (reason.trim() === '') return refused('noReason')
  if (given !== null) {
    const because = banded ? moveRefused(policy, choices, given, to) : 'fixed'
    if (because) return refused(because)
  }
  if (rungOf(policy, to) < rungOf(policy, atMost)) return refused('aboveLimit')
  return { kind: 'panelMoved', from: given, to, reason, clause }
}

/** Whether bands or conditions give grades by themselves under these readings. */
export const givesGrades = (policy: Policy, choices: Choices): boolean =>
  policy.checklists.length > 0 || (policy.bands !== undefined && inForce(policy, choices, policy.bands.onlyIf))

/** Whether totals put people in an order; where the policy has no score, equal totals say nothing about merit. */
export function ordersByMerit(policy: Policy, choices: Choices): boolean {
  if (policy.sections.length > 0 || policy.tally) return true
  return ratingsMakeScore(policy, choices)
}

/** Whether ballots make a score, or are only listed. */
export const ratingsMakeScore = (policy: Policy, choices: Choices): boolean =>
  policy.rated !== undefined && wayIn(policy, choices, policy.rated.weights) !== 'none'

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
    if (value === undefined || allOrAny(states, 'all') !== 'met') {
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
