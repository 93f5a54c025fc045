import { z } from 'zod'
import { roles } from '../permissions.ts'
import { AbsenceRules, AbsentDays } from '../absences.ts'
import { Condition, hows, Test } from '../condition.ts'
import { Amount, Bound, PercentText } from '../exact.ts'
import { Criterion } from '../score/criterion.ts'
import { Ratings } from '../score/rated.ts'
import { Tally } from '../score/tally.ts'
import { amountOrChoice, Id, TextShape, Titled, wayOrChoice, YesNo } from '../shapes.ts'
import { clause, DayText, Lines, OptionId, Whole } from './atoms.ts'
import { worked } from './examples-shape.ts'

// The rules of a policy file, part by part, and the types that everybody who reads a policy uses.

export const floors = ['floor', 'carryOver'] as const
export const roundings = ['floor', 'halfUp', 'minOne', 'pooled'] as const
export const populations = ['takingPart', 'registered', 'average'] as const
export const moverWays = ['each', 'last'] as const
export const standings = ['population', 'everyone'] as const
export const ties = ['contested', 'leaveEmpty'] as const
export const dismissals = ['apart', 'within'] as const
export const measures = ['daily', 'annual'] as const
export const payGroups = ['county', 'town'] as const
export const payees = ['baseDate', 'byDays', 'everyone'] as const
export const leftovers = ['largestRemainder', 'kept'] as const
export type QuotaRounding = (typeof roundings)[number]
export type Population = (typeof populations)[number]

/** One article: where it stands, and what it says in our own words. `foreign` when it is not from this regulation. */
const Clause = z.strictObject({ at: TextShape, says: TextShape, lines: Lines.optional(), foreign: TextShape.optional() })

const Item = z.strictObject({
  id: Id,
  no: Whole,
  title: TextShape,
  content: TextShape,
  stars: Whole.default('0'),
  max: Amount,
  base: amountOrChoice,
  clause,
  criteria: z.array(Criterion).min(1),
})
export type Item = z.infer<typeof Item>

const Section = z.strictObject({
  id: Id,
  no: TextShape,
  title: TextShape,
  heading: Amount,
  max: Amount,
  discrepancy: z.string().optional(),
  clause,
  items: z.array(Item).min(1),
})

const Veto = z.strictObject({ id: Id, no: Whole, title: TextShape, content: TextShape, clause })

/** What a proven veto does under a reading: the grade is at most this, and perhaps the total is replaced. */
const VetoEffect = z.strictObject({ atMost: Id, total: Amount.optional() })

const OtherFact = z.strictObject({
  id: Id,
  kind: z.enum(['days', 'count', 'percent', 'flag']),
  title: TextShape,
  detail: TextShape.optional(),
  max: Amount,
  step: Amount,
  clause,
})

/** What the conditions ask about: found by people, a cell like any other. Choices are listed best first. */
const Aspect = z.strictObject({
  id: Id,
  kind: z.enum(['flag', 'choice', 'percent', 'count', 'days']),
  title: TextShape,
  detail: TextShape.optional(),
  options: z.array(Titled).min(2).optional(),
  /** What an ordinary good year records. */
  typical: z.string(),
  clause,
})
export type Aspect = z.infer<typeof Aspect>

/**
 * Whatever the score, the grade is at most this, when the fact meets the bound or is what is named, and the rest holds
 * `also`. `stated` when the article itself says that the number is included.
 */
const Limit = z.strictObject({
  id: Id,
  title: TextShape,
  fact: Id,
  when: Bound.optional(),
  is: z.string().optional(),
  stated: YesNo.default('no'),
  also: z.array(Test).default([]),
  atMost: Id,
  clause,
})

/** The grade of whoever meets all, or any, of the conditions; lists are tried in the order of the file. */
const Checklist = z.strictObject({ grade: Id, how: z.enum(hows), clause, conditions: z.array(Condition).min(1) })

/** From which grade to which a panel may move what bands gave, under each reading of what the text leaves open. */
const Moves = z.array(z.strictObject({ from: Id, to: Id }))
const Panel = z.strictObject({
  clause,
  moves: z.union([Moves, z.strictObject({ by: z.string(), options: z.record(z.string(), Moves) })]),
})

const Bands = z.strictObject({
  onlyIf: z.record(z.string(), z.string()).default({}),
  foreign: TextShape.optional(),
  clause,
  rows: z.array(z.strictObject({ grade: Id, reaches: Amount, stated: YesNo.default('no') })).min(1),
})

const Quota = z.strictObject({
  id: Id,
  title: TextShape,
  grade: Id,
  upTo: PercentText,
  group: Id,
  /** Whose number the percentage is taken of. */
  of: z.enum(['fullTime', 'everyone']).default('fullTime'),
  /** Who stands for a seat: those whose number the percentage is taken of, or everyone assessed. */
  standsFor: wayOrChoice(standings).default('population'),
  population: wayOrChoice(populations),
  rounding: wayOrChoice(roundings),
  tie: wayOrChoice(ties),
  clause,
})

/** How the conditions of several posts in one year come together: the lowest grade of any post, or the last post's. */
const Movers = z.strictObject({ clause, conditions: wayOrChoice(moverWays) })

const Interpretation = z.strictObject({
  clause,
  question: TextShape,
  options: z.array(z.strictObject({ id: OptionId, says: TextShape })).min(1),
  default: OptionId,
  approver: TextShape,
})

export const lastDays = ['included', 'excluded'] as const

const Duty = z.strictObject({
  id: Id,
  title: TextShape,
  every: z.enum(['day', 'week', 'month', 'quarter', 'year']),
  /** Months and days in which it falls due; `nextYear` when they lie in the year after the one assessed. */
  month: Whole.optional(),
  fromDay: Whole,
  toDay: Whole,
  nextYear: YesNo.optional(),
  /** Whether the last day named still counts (前、以前). */
  lastDay: wayOrChoice(lastDays).default('included'),
  clause,
})

const Route = z.strictObject({
  id: Id,
  title: TextShape,
  when: Bound,
  stated: YesNo,
  step: Amount,
  /** The readings under which the route is in force. */
  onlyIf: z.record(z.string(), z.string()).default({}),
  clause,
})

/** What follows when every part that is given holds: a number, the year's grade, grades of years in a row, conditions. */
const Consequence = z.strictObject({
  id: Id,
  title: TextShape,
  of: z.enum(['fullTime', 'everyone']).default('everyone'),
  effect: z
    .enum(['renew', 'priority', 'reward', 'warning', 'correction', 'explanation', 'payStop', 'dismissal', 'deemedLeft', 'notice'])
    .optional(),
  fact: Id.optional(),
  when: Bound.optional(),
  stated: YesNo.default('no'),
  grades: z.array(Id).min(1).optional(),
  streak: z.strictObject({ grades: z.array(Id).min(1), years: Whole }).optional(),
  any: z.array(Test).min(1).optional(),
  all: z.array(Test).min(1).optional(),
  /** Of what ends a contract, the sort of ground it is in law, on which its steps depend. */
  ground: Id.optional(),
  clause,
})

/** Those last in order, never more than a share of all: candidates only, each with what the law still asks for. */
const Elimination = z.strictObject({
  id: Id,
  title: TextShape,
  upTo: PercentText,
  group: Id,
  population: wayOrChoice(populations),
  rounding: wayOrChoice(roundings),
  tie: wayOrChoice(ties),
  /** Whether those dismissed for their grade in the year use up the share. */
  dismissed: wayOrChoice(dismissals),
  measure: wayOrChoice(measures),
  /** The sort of ground a candidate would have to be let go on: being last is none. */
  ground: Id,
  clause,
})

/** What the law asks for before a contract may end, by the sort of ground; the policy says it or the law does. */
const Legal = z.strictObject({
  clause,
  steps: z.array(z.strictObject({ id: Id, title: TextShape, clause })).min(1),
  /** Each sort of ground with the steps it takes, and the article that makes it one. */
  grounds: z.array(z.strictObject({ id: Id, title: TextShape, needs: z.array(Id).min(1), clause })).min(1),
})

/** A pool of so much a head, shared in proportion to scores. */
const Pay = z.strictObject({
  clause,
  perHead: z.strictObject({ by: z.string(), options: z.record(z.string(), Amount) }),
  group: wayOrChoice(payGroups),
  leftover: wayOrChoice(leftovers),
  /** Who shares the pool and makes its heads, where people came or left during the year. */
  sharers: wayOrChoice(payees),
  /** The month's wage and its parts, as the source states them. */
  wage: z.strictObject({ month: Amount, base: Amount, performance: Amount, clause }).optional(),
})

/** So much of something at least, or at most: by period, for a class of people served, or once for all. */
const Standard = z.strictObject({
  id: Id,
  group: Id,
  title: TextShape,
  when: Bound.optional(),
  stated: YesNo.default('no'),
  step: Amount.default('1'),
  unit: TextShape.optional(),
  per: z.enum(['day', 'week', 'month', 'quarter', 'year']).optional(),
  who: TextShape.optional(),
  /** Another standard that may be kept instead. */
  or: Id.optional(),
  clause,
})

/** Of so many staff at least this share; a part of a person is a person. */
const Ratio = z.strictObject({ id: Id, title: TextShape, atLeast: PercentText, clause })

/** A time that runs from an event, or back from it. */
const Deadline = z.strictObject({
  id: Id,
  title: TextShape,
  event: TextShape,
  after: Whole.optional(),
  before: Whole.optional(),
  unit: z.enum(['workingDay', 'day', 'month', 'year']),
  clause,
})

const Procedure = z.strictObject({
  id: Id,
  title: TextShape,
  who: TextShape,
  /** How many different signatures it takes. */
  signatures: Whole.default('1'),
  clause,
})

/** Where a sheet stands in the year, who works on it there, and whose signature passes it on; in order. */
const Stage = z.strictObject({
  id: Id,
  title: TextShape,
  who: TextShape,
  by: z.array(z.enum(roles)).min(1),
  /** Whether each of `by` must sign, and not just one of them. */
  all: YesNo.default('no'),
  /** Whether scores are entered here, by those who sign. */
  writes: YesNo.default('no'),
  /** What is special about it: the result is on public view, or on file for good. */
  does: z.enum(['work', 'publish', 'file']).default('work'),
  /** The duty of the calendar that says by when it is passed. */
  duty: Id.optional(),
  clause,
})

/** A whole policy file. */
export const PolicyShape = z.strictObject({
  id: z.string().regex(/^[a-z]+-\d+$/),
  title: TextShape,
  issuer: TextShape,
  territory: TextShape,
  issuedOn: DayText.optional(),
  /** What to say of the date when the paper bears none. */
  undated: TextShape.optional(),
  checkedOn: DayText,
  basis: z.array(z.strictObject({ number: z.string(), title: TextShape })),
  source: z.strictObject({ file: z.string(), lines: Lines }),
  population: z.strictObject({ title: TextShape, clause }),
  /** Absent where the source has no score at all. */
  scale: z.strictObject({ max: Amount, clause }).optional(),
  clauses: z.record(z.string(), Clause),
  interpretations: z.record(z.string().regex(/^(IR|KH)-\d\d$/), Interpretation),
  /** Best first. */
  grades: z.strictObject({ clause, ladder: z.array(Titled).min(2) }),
  award: z.strictObject({ clause, step: amountOrChoice }).optional(),
  itemFloor: z.strictObject({ clause, way: wayOrChoice(floors) }).optional(),
  veto: z.strictObject({ clause, by: z.string(), options: z.record(z.string(), VetoEffect) }).optional(),
  vetoes: z.array(Veto).default([]),
  facts: z.array(OtherFact).default([]),
  aspects: z.array(Aspect).default([]),
  absences: AbsenceRules.optional(),
  absentDays: AbsentDays.optional(),
  sections: z.array(Section).default([]),
  tally: Tally.optional(),
  rated: Ratings.optional(),
  bands: Bands.optional(),
  checklists: z.array(Checklist).default([]),
  movers: Movers.optional(),
  panel: Panel.optional(),
  limits: z.array(Limit).default([]),
  quotas: z.array(Quota).default([]),
  elimination: Elimination.optional(),
  legal: Legal.optional(),
  pay: Pay.optional(),
  leave: z.strictObject({ clause, routes: z.array(Route) }).optional(),
  consequences: z.array(Consequence).default([]),
  standards: z.array(Standard).default([]),
  ratios: z.array(Ratio).default([]),
  deadlines: z.array(Deadline).default([]),
  procedure: z.array(Procedure).default([]),
  stages: z.array(Stage).min(2),
  ledgers: z.array(z.strictObject({ id: Id, title: TextShape, clause })).default([]),
  wageCut: z
    .strictObject({ clause, by: z.string(), options: z.record(z.string(), z.union([Amount, z.literal('daysOfMonth')])) })
    .optional(),
  calendar: z.array(Duty).default([]),
  forms: z.array(z.strictObject({ id: z.string(), title: TextShape, clause, copies: Whole.optional() })).default([]),
  absent: z.array(z.strictObject({ id: Id, title: TextShape, clause })),
  oddities: z.array(z.strictObject({ id: Id, says: TextShape, clause, by: z.string().optional() })),
  /** What an ordinary good year records, by sort of field; worked examples state only what differs. */
  typical: z.strictObject({ count: Amount, flag: YesNo, percent: Amount, days: Amount, part: z.literal('full') }),
  ...worked,
})
export type Policy = z.infer<typeof PolicyShape>
export type PolicyQuota = z.infer<typeof Quota>
export type VetoEffect = z.infer<typeof VetoEffect>
export type PolicyConsequence = z.infer<typeof Consequence>
export type PolicyStandard = z.infer<typeof Standard>
export type PolicyDeadline = z.infer<typeof Deadline>
export type PolicyStage = z.infer<typeof Stage>
export type PolicyDuty = z.infer<typeof Duty>
