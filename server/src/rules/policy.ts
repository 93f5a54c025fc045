import { parseDocument } from 'yaml'
import { z } from 'zod'
import { roles } from './access.ts'
import { AbsenceRules, AbsentDays, absenceDays, halvesInRun, runsOverNewYear } from './absences.ts'
import { Condition, hows, Test, testsOf } from './condition.ts'
import { Amount, Bound, compare, exact, percent, PercentText, sum, type Bound as BoundType } from './exact.ts'
import type { Choices } from './facts.ts'
import { cellLimits, type Field } from './field.ts'
import { Criterion, earnable, isInForce, kindOf } from './score/criterion.ts'
import { severals } from './score/claim.ts'
import { amountOf, amountOrChoice, Id, TextShape, wayOrChoice, YesNo } from './shapes.ts'
import { marks, Rated, trimmings, trims, weightings } from './score/rated.ts'
import { claimKindOf, sameMatters, Tally } from './score/tally.ts'
import type { Text } from './text.ts'

/** Whole numbers in a file: months, days, item numbers. */
const Whole = z.string().regex(/^\d{1,4}$/)
const OptionId = z.string().regex(/^[a-z][A-Za-z0-9-]*$/)
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
/** Lines of the source text: '76' or '113-122'. */
const Lines = z.string().regex(/^\d+(-\d+)?$/)
const clause = z.string()

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

const Grade = z.strictObject({ id: Id, title: TextShape })

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
  options: z
    .array(z.strictObject({ id: Id, title: TextShape }))
    .min(2)
    .optional(),
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

/** An amount of an example, which a deduction makes negative. */
const Signed = z.string().regex(/^-?\d{1,9}(\.\d{1,9})?$/)
const Given = z.record(z.string(), z.string())
/** Claims, ballots, absences and history of an example, read by `readPerson` like anyone's. */
const Beyond = {
  claims: z.array(z.record(z.string(), z.union([z.string(), z.array(z.string())]))).optional(),
  ballots: z.array(z.record(z.string(), z.union([z.string(), Given]))).optional(),
  absences: z.array(Given).optional(),
  spotChecks: z.array(Given).optional(),
  history: z.array(Given).optional(),
  year: z.string().optional(),
  panel: z.strictObject({ grade: Id, reason: z.string() }).optional(),
}
const Example = z.strictObject({
  id: z.string().optional(),
  name: TextShape,
  clause,
  choices: Given.optional(),
  given: Given.default({}),
  ...Beyond,
  total: Signed.optional(),
  expect: z.strictObject({
    total: Signed.optional(),
    points: z.record(z.string(), Signed).optional(),
    /** Half-up to two decimals, for points that have no end. */
    shown: z.record(z.string(), Signed).optional(),
    facts: Given.optional(),
    consequences: z.array(Id).optional(),
    /** Of what ends a contract, the steps the law asks for, by consequence. */
    steps: z.record(z.string(), z.array(Id)).optional(),
    grade: z.union([Id, z.literal('panel')]).optional(),
    limits: z.array(Id).optional(),
    missing: z.array(z.string()).optional(),
  }),
})

/** A person with several posts in the year, earliest first, and what the year comes to. */
const Moved = z.strictObject({
  name: TextShape,
  clause,
  choices: Given.optional(),
  postings: z.array(z.strictObject({ days: Whole, given: Given.default({}), ...Beyond })).min(2),
  expect: z.strictObject({
    shown: Signed.optional(),
    facts: Given.optional(),
    grade: z.union([Id, z.literal('panel')]).optional(),
    limits: z.array(Id).optional(),
    missing: Whole.optional(),
  }),
})

const Member = z.strictObject({
  town: z.string(),
  total: Amount,
  fullTime: YesNo.default('yes'),
  counted: YesNo.default('yes'),
  missing: Whole.default('0'),
  share: Amount.optional(),
  facts: Given.default({}),
})
const Cohort = z.strictObject({
  id: z.string().optional(),
  name: TextShape,
  clause,
  choices: Given.optional(),
  percent: PercentText.optional(),
  ruling: z.array(z.string()).optional(),
  people: z.record(z.string(), Member),
  expect: z.record(
    z.string(),
    z.strictObject({ rank: Whole.optional(), seat: z.string().optional(), grade: z.union([Id, z.literal('panel')]).optional() }),
  ),
  quota: z.record(
    z.string(),
    z.strictObject({
      base: Amount.optional(),
      cap: Whole.optional(),
      taken: Whole.optional(),
      left: Whole.optional(),
      contested: z.array(z.string()).optional(),
    }),
  ),
})

const Pool = z.strictObject({
  id: z.string().optional(),
  name: TextShape,
  clause,
  choices: Given.optional(),
  people: z.record(
    z.string(),
    z.strictObject({ score: Signed, town: z.string().default('town'), counted: YesNo.default('yes'), share: Amount.optional() }),
  ),
  pool: Amount,
  expect: z.record(z.string(), Amount),
})

const Elimed = z.strictObject({
  id: z.string().optional(),
  name: TextShape,
  clause,
  choices: Given.optional(),
  /** Measures of the people; `others` more have a measure nobody in the example reaches. */
  people: z.record(z.string(), Amount),
  others: Whole.default('0'),
  dismissed: Whole.default('0'),
  ruling: z.array(z.string()).optional(),
  expect: z.strictObject({
    cap: Whole,
    open: Whole,
    left: Whole,
    candidates: z.array(z.string()).optional(),
    contested: z.array(z.string()).optional(),
  }),
})

const PolicyShape = z.strictObject({
  id: z.string().regex(/^[a-z]+-\d+$/),
  title: TextShape,
  issuer: TextShape,
  territory: TextShape,
  issuedOn: Day.optional(),
  /** What to say of the date when the paper bears none. */
  undated: TextShape.optional(),
  checkedOn: Day,
  basis: z.array(z.strictObject({ number: z.string(), title: TextShape })),
  source: z.strictObject({ file: z.string(), lines: Lines }),
  population: z.strictObject({ title: TextShape, clause }),
  /** Absent where the source has no score at all. */
  scale: z.strictObject({ max: Amount, clause }).optional(),
  clauses: z.record(z.string(), Clause),
  interpretations: z.record(z.string().regex(/^(IR|KH)-\d\d$/), Interpretation),
  /** Best first. */
  grades: z.strictObject({ clause, ladder: z.array(Grade).min(2) }),
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
  rated: Rated.optional(),
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
  examples: z.array(Example).min(1),
  moves: z.array(Moved).default([]),
  cohorts: z.array(Cohort).default([]),
  seats: z
    .array(
      z.strictObject({ quota: Id, clause, choices: Given.optional(), percent: PercentText.optional(), base: Amount, cap: Whole }),
    )
    .default([]),
  lines: z.array(z.strictObject({ of: Id, clause, choices: Given.optional(), on: Amount, meets: YesNo })).default([]),
  /** Worked rows of a rule about claims: what a rate earns or costs. */
  tables: z.array(z.strictObject({ of: Id, clause, choices: Given.optional(), on: Amount, points: Signed })).default([]),
  eliminations: z.array(Elimed).default([]),
  pools: z.array(Pool).default([]),
  staffing: z.array(z.strictObject({ of: Id, clause, heads: Whole, needs: Whole })).default([]),
  /** Deadlines: the day it falls on, from the day of the event. */
  dates: z
    .array(
      z.strictObject({
        of: Id,
        clause,
        event: Day,
        falls: Day,
        holidays: z.array(Day).default([]),
        workdays: z.array(Day).default([]),
      }),
    )
    .default([]),
  /** Duties of the calendar: their last day in the cycle of a year, where a reading moves it. */
  dues: z.array(z.strictObject({ of: Id, clause, year: Whole, choices: Given.optional(), from: Day, last: Day })).default([]),
  ages: z.array(z.strictObject({ clause, born: Day, on: Day, years: Whole, meets: z.record(z.string(), YesNo) })).default([]),
  ranks: z
    .array(z.strictObject({ id: z.string().optional(), clause, scores: z.array(Amount), ranks: z.array(Whole) }))
    .default([]),
  wageCuts: z
    .array(
      z.strictObject({
        clause,
        choices: Given.optional(),
        monthly: Amount,
        days: Amount,
        daysOfMonth: Whole.optional(),
        cut: Amount,
      }),
    )
    .default([]),
})
export type Policy = z.infer<typeof PolicyShape>
export type PolicyMove = z.infer<typeof Moved>
export type PolicyExample = z.infer<typeof Example>
export type PolicyQuota = z.infer<typeof Quota>
export type VetoEffect = z.infer<typeof VetoEffect>
export type PolicyConsequence = z.infer<typeof Consequence>
export type PolicyStandard = z.infer<typeof Standard>
export type PolicyDeadline = z.infer<typeof Deadline>
export type PolicyStage = z.infer<typeof Stage>
export type PolicyDuty = z.infer<typeof Duty>

/** A place in a policy file and what is wrong there. */
export interface Objection {
  path: string
  says: string
}

/** The file is refused; every objection names its place. */
export class PolicyError extends Error {
  readonly objections: Objection[]
  constructor(objections: Objection[]) {
    super(objections.map(({ path, says }) => `${path}: ${says}`).join('\n'))
    this.name = 'PolicyError'
    this.objections = objections
  }
}

/** A choice that the policy does not offer. */
export class ChoiceError extends Error {
  readonly interpretation: string
  constructor(interpretation: string, option: string | undefined) {
    super(
      option === undefined
        ? `没有 ${interpretation} 这项解释 / no interpretation ${interpretation}`
        : `${interpretation} 没有选项 ${option} / ${interpretation} has no option ${option}`,
    )
    this.name = 'ChoiceError'
    this.interpretation = interpretation
  }
}

/**
 * Reads one policy file. Every scalar is read as text, so that no number passes through a binary float and `no` stays
 * a word. Throws PolicyError with every objection found.
 */
export function readPolicy(yaml: string): Policy {
  const document = parseDocument(yaml, { schema: 'failsafe', uniqueKeys: true })
  if (document.errors.length > 0) throw new PolicyError(document.errors.map(({ message }) => ({ path: '', says: message })))
  const read = PolicyShape.safeParse(document.toJS())
  if (!read.success) {
    throw new PolicyError(read.error.issues.map(({ path, message }) => ({ path: path.join('.'), says: message })))
  }
  const objections = objectionsTo(read.data)
  if (objections.length > 0) throw new PolicyError(objections)
  return read.data
}

/** The option id that holds for an interpretation: the one chosen, else the default. Throws ChoiceError. */
export function chosen(policy: Policy, choices: Choices, interpretation: string): string {
  const entry = Object.hasOwn(policy.interpretations, interpretation) && policy.interpretations[interpretation]
  if (!entry) throw new ChoiceError(interpretation, undefined)
  const option = choices[interpretation]
  if (option === undefined) return entry.default
  if (!entry.options.some(({ id }) => id === option)) throw new ChoiceError(interpretation, option)
  return option
}

/** Whether a rule is in force: every interpretation it names is read as it says. */
export function inForce(policy: Policy, choices: Choices, onlyIf: Choices): boolean {
  return Object.entries(onlyIf).every(([id, option]) => chosen(policy, choices, id) === option)
}

/** The way that holds: written in the file, or chosen. */
export function wayIn<Way extends string>(policy: Policy, choices: Choices, way: Way | { by: string }): Way {
  return typeof way === 'string' ? way : (chosen(policy, choices, way.by) as Way)
}

/** 以上 and 以下 include the number unless IR-06 was decided otherwise; an article that says so itself always wins. */
export function inclusive(policy: Policy, choices: Choices, bound: BoundType, stated: boolean): BoundType {
  if (stated || !policy.interpretations['IR-06'] || chosen(policy, choices, 'IR-06') === 'included') return bound
  if ('reaches' in bound) return { exceeds: bound.reaches }
  if ('upTo' in bound) return { below: bound.upTo }
  return bound
}

/** Every other answer to one of the open questions, the rest as chosen. */
export function otherReadings(policy: Policy, choices: Choices): { interpretation: string; option: string; choices: Choices }[] {
  return Object.entries(policy.interpretations).flatMap(([interpretation, { options }]) =>
    options
      .filter(({ id }) => id !== chosen(policy, choices, interpretation))
      .map(({ id: option }) => ({ interpretation, option, choices: { ...choices, [interpretation]: option } })),
  )
}

/** The interpretations that a part of a policy asks. */
export function asksIn(part: unknown): string[] {
  const asked = new Set<string>()
  walk(part, '', (key, value) => {
    if (key === 'by' && typeof value === 'string') asked.add(value)
    if ((key === 'when' || key === 'onlyIf') && isRecord(value)) for (const id of Object.keys(value)) asked.add(id)
  })
  return [...asked].filter((id) => /^(IR|KH)-/.test(id))
}

/** The names of the interpretations whose option is not the default, as one text; equal texts mean equal rules. */
export function keyOf(policy: Policy, choices: Choices): string {
  let key = ''
  for (const interpretation of Object.keys(choices)) {
    const option = chosen(policy, choices, interpretation)
    if (option !== policy.interpretations[interpretation]?.default) key += `${interpretation}=${option};`
  }
  return key
}

/** What is wrong with choices read from outside: interpretations or options this policy does not know. */
export function objectionsToChoices(policy: Policy, choices: Choices): Objection[] {
  return Object.keys(choices).flatMap((id) => {
    try {
      chosen(policy, choices, id)
      return []
    } catch (error) {
      return [{ path: id, says: (error as ChoiceError).message }]
    }
  })
}

export const gradeTitle = (policy: Policy, id: string): Text => policy.grades.ladder.find((grade) => grade.id === id)!.title

export const allItems = (policy: Policy): Item[] => policy.sections.flatMap(({ items }) => items)

/** A number at which something changes, and the smallest step beside it. */
export interface Threshold {
  /** Where an example must stand: a field id, 'total', or a rule that `lines` names. */
  of: string
  bound: BoundType
  step: string
  clause: string
  /** The readings under which it is in force. */
  choices?: Choices
}

/** The facts that are no part of an item, with the cells of the conditions, in one shape. */
export function cellsOf(policy: Policy): Field[] {
  return [
    ...policy.facts.map(({ detail, ...fact }) => ({ ...fact, ...(detail ? { detail } : {}) })),
    ...policy.aspects.map(({ id, kind, title, detail, options, clause: at }) => ({
      id,
      title,
      clause: at,
      ...cellLimits[kind],
      ...(detail ? { detail } : {}),
      ...(options ? { options } : {}),
    })),
  ]
}
const cellOf = (policy: Policy, id: string) => cellsOf(policy).find((cell) => cell.id === id)

/** Every line of the policy on which someone could stand. */
export function thresholds(policy: Policy): Threshold[] {
  const stepOf = (fact: string) => cellOf(policy, fact)!.step
  const { bands } = policy
  const tests = (all: readonly Test[], at: string, choices?: Choices): Threshold[] =>
    all.flatMap((test) =>
      'when' in test
        ? [{ of: test.fact, bound: test.when, step: stepOf(test.fact), clause: at, ...(choices ? { choices } : {}) }]
        : [],
    )
  return [
    ...allItems(policy).flatMap((item) =>
      item.criteria.flatMap((criterion) =>
        kindOf(criterion)
          .targets(criterion)
          .map(({ cell, reaches }) => ({ of: `${item.id}.${cell}`, bound: { reaches }, step: '0.01', clause: criterion.clause })),
      ),
    ),
    ...(bands
      ? bands.rows
          .filter(({ reaches }) => reaches !== '0')
          .map(({ reaches }) => ({ of: 'total', bound: { reaches }, step: '0.01', clause: bands.clause, choices: bands.onlyIf }))
      : []),
    ...policy.limits.flatMap(({ fact, when, also, clause: at }) => [
      ...(when ? [{ of: fact, bound: when, step: stepOf(fact), clause: at }] : []),
      ...tests(also, at),
    ]),
    ...policy.checklists.flatMap(({ conditions }) =>
      conditions.flatMap((condition) => tests(testsOf(condition), condition.clause, condition.onlyIf)),
    ),
    ...(policy.tally?.rules ?? []).flatMap((rule) =>
      claimKindOf(rule)
        .bounds(rule)
        .map((bound) => ({ of: rule.id, bound, step: '0.01', clause: rule.clause })),
    ),
    ...(policy.leave?.routes ?? []).map((route) => ({ of: route.id, bound: route.when, step: route.step, clause: route.clause })),
    ...policy.consequences.flatMap(({ fact, when, any = [], all = [], clause: at }) => [
      ...(when && fact ? [{ of: fact, bound: when, step: stepOf(fact), clause: at }] : []),
      ...tests([...any, ...all], at),
    ]),
    ...policy.standards.flatMap(({ id, when, step, clause: at }) => (when ? [{ of: id, bound: when, step, clause: at }] : [])),
  ]
}

function objectionsTo(policy: Policy): Objection[] {
  const found: Objection[] = []
  const object = (path: string, says: string) => found.push({ path, says })
  citations(policy, object)
  interpretationsOf(policy, object)
  namesOf(policy, object)
  if (found.length === 0) sums(policy, object)
  return found
}

type Objecting = (path: string, says: string) => void

/** Every clause named exists, and every clause is named by something. */
function citations(policy: Policy, object: Objecting): void {
  const cited = new Set<string>()
  walk({ ...policy, clauses: {} }, '', (key, value, path) => {
    if (key !== 'clause' || typeof value !== 'string') return
    cited.add(value)
    if (!(value in policy.clauses)) object(path, `没有条款 ${value} / no clause ${value}`)
  })
  for (const id of Object.keys(policy.clauses)) {
    if (!cited.has(id)) object(`clauses.${id}`, '没有规则引用这一条款 / no rule cites this clause')
  }
}

/** Every interpretation has its default first, and every rule that asks one finds an answer for each of its options. */
function interpretationsOf(policy: Policy, object: Objecting): void {
  const optionsOf = (id: string) => policy.interpretations[id]?.options.map((option) => option.id)
  for (const [id, { options, default: first }] of Object.entries(policy.interpretations)) {
    if (options[0]?.id !== first)
      object(`interpretations.${id}.default`, '默认选项应列在第一 / the default must be the first option')
    repeated(options.map((option) => option.id)).forEach((twice) =>
      object(`interpretations.${id}.options`, `选项重复 / repeated: ${twice}`),
    )
  }
  const named = (id: string, path: string) => {
    if (!optionsOf(id)) object(path, `没有 ${id} 这项解释 / no interpretation ${id}`)
  }
  const areOptions = (readings: Record<string, unknown>, path: string) => {
    for (const [id, option] of Object.entries(readings)) {
      named(id, `${path}.${id}`)
      if (optionsOf(id)?.includes(String(option)) === false)
        object(`${path}.${id}`, `${id} 没有选项 ${option} / ${id} has no option ${option}`)
    }
  }
  walk(policy, '', (key, value, path) => {
    if ((key === 'by' || key === 'discrepancy') && typeof value === 'string') named(value, path)
    if ((key === 'onlyIf' || key === 'choices') && isRecord(value)) areOptions(value, path)
    if (isRecord(value) && typeof value.by === 'string' && isRecord(value.options)) {
      const answered = Object.keys(value.options).toSorted().join()
      const asked = optionsOf(value.by)?.toSorted().join()
      if (asked !== undefined && answered !== asked)
        object(path, `应逐一对应 ${value.by} 的选项 / must answer each option of ${value.by}`)
    }
  })
  const within = (way: string | { by: string }, ways: readonly string[], path: string) => {
    if (typeof way === 'string') return
    for (const option of optionsOf(way.by) ?? []) {
      if (!ways.includes(option)) object(path, `引擎不认识选项 ${option} / no such way: ${option}`)
    }
  }
  if (policy.itemFloor) within(policy.itemFloor.way, floors, 'itemFloor.way')
  const { tally, rated, elimination, pay } = policy
  if (tally) {
    within(tally.sameMatter.bonus, sameMatters, 'tally.sameMatter.bonus')
    within(tally.sameMatter.deduction, sameMatters, 'tally.sameMatter.deduction')
    for (const rule of tally.rules) {
      within(rule.several, severals, `${rule.id}.several`)
      for (const { at, way, ways } of claimKindOf(rule).ways(rule)) within(way, ways, `${rule.id}.${at}`)
    }
  }
  if (rated) {
    within(rated.weights, weightings, 'rated.weights')
    within(rated.marks, marks, 'rated.marks')
    within(rated.trim, trims, 'rated.trim')
    within(rated.trimBy, trimmings, 'rated.trimBy')
  }
  if (elimination) {
    within(elimination.population, populations, 'elimination.population')
    within(elimination.rounding, roundings, 'elimination.rounding')
    within(elimination.tie, ties, 'elimination.tie')
    within(elimination.dismissed, dismissals, 'elimination.dismissed')
    within(elimination.measure, measures, 'elimination.measure')
  }
  if (pay) {
    within(pay.group, payGroups, 'pay.group')
    within(pay.leftover, leftovers, 'pay.leftover')
    within(pay.sharers, payees, 'pay.sharers')
  }
  if (policy.absences) {
    within(policy.absences.days, absenceDays, 'absences.days')
    within(policy.absences.overNewYear, runsOverNewYear, 'absences.overNewYear')
    within(policy.absences.halfInRun, halvesInRun, 'absences.halfInRun')
  }
  if (policy.absentDays) within(policy.absentDays.days, absenceDays, 'absentDays.days')
  for (const { id, lastDay } of policy.calendar) within(lastDay, lastDays, `calendar.${id}.lastDay`)
  if (policy.movers) within(policy.movers.conditions, moverWays, 'movers.conditions')
  policy.quotas.forEach((quota, at) => {
    within(quota.standsFor, standings, `quotas.${at}.standsFor`)
    within(quota.population, populations, `quotas.${at}.population`)
    within(quota.rounding, roundings, `quotas.${at}.rounding`)
    within(quota.tie, ties, `quotas.${at}.tie`)
  })
  for (const item of allItems(policy)) {
    for (const criterion of item.criteria) {
      areOptions(criterion.when ?? {}, `${item.id}.${criterion.id}.when`)
      for (const { at, way, ways } of kindOf(criterion).ways(criterion)) within(way, ways, `${item.id}.${criterion.id}.${at}`)
    }
  }
}

/** Ids are unique, and every grade, fact and quota that a rule names exists. */
function namesOf(policy: Policy, object: Objecting): void {
  const items = allItems(policy)
  const once = (path: string, ids: string[]) => repeated(ids).forEach((id) => object(path, `编号重复 / repeated id: ${id}`))
  once('sections', [
    ...policy.vetoes.map(({ id }) => id),
    ...policy.facts.map(({ id }) => id),
    ...policy.aspects.map(({ id }) => id),
    ...policy.sections.map(({ id }) => id),
    ...items.map(({ id }) => id),
    ...(policy.tally?.rules ?? []).map(({ id }) => id),
    ...(policy.rated?.dimensions ?? []).map(({ id }) => id),
    'total',
  ])
  for (const item of items) {
    once(
      item.id,
      item.criteria.flatMap((criterion) => [
        ...new Set([
          criterion.id,
          ...kindOf(criterion)
            .cells(criterion)
            .map(({ id }) => id),
        ]),
      ]),
    )
  }
  once(
    'grades',
    policy.grades.ladder.map(({ id }) => id),
  )
  once(
    'limits',
    policy.limits.map(({ id }) => id),
  )
  once(
    'quotas',
    policy.quotas.map(({ id }) => id),
  )
  once(
    'lines',
    [...(policy.leave?.routes ?? []), ...policy.consequences, ...policy.facts, ...policy.aspects, ...policy.standards].map(
      ({ id }) => id,
    ),
  )
  once(
    'deadlines',
    policy.deadlines.map(({ id }) => id),
  )
  once(
    'calendar',
    policy.calendar.map(({ id }) => id),
  )
  once(
    'stages',
    policy.stages.map(({ id }) => id),
  )
  policy.stages.forEach(({ id, duty, does, writes }, at) => {
    if (duty !== undefined && !policy.calendar.some((one) => one.id === duty))
      object(`stages.${id}.duty`, `日历中没有 ${duty} / the calendar has no duty ${duty}`)
    if ((does === 'file') !== (at === policy.stages.length - 1))
      object(`stages.${id}`, '最后一步且只有最后一步是备案 / the last stage, and no other, files')
    if (writes === 'yes' && (does !== 'work' || policy.stages.slice(0, at).some((one) => one.does === 'publish')))
      object(`stages.${id}`, '公示以后不得再评分 / nothing is written once it is published')
  })
  if (policy.stages[0]?.writes !== 'yes') object('stages.0', '第一步应是评分 / the first stage is where scores are entered')
  once(
    'forms',
    policy.forms.map(({ id }) => id),
  )

  const grade = (id: string, path: string) => {
    if (!policy.grades.ladder.some((known) => known.id === id)) object(path, `没有等次 ${id} / no grade ${id}`)
  }
  const cells = new Map(cellsOf(policy).map((cell) => [cell.id, cell]))
  const fact = (id: string, path: string) => {
    if (!cells.has(id)) object(path, `没有事实 ${id} / no fact ${id}`)
  }
  const tests = (all: readonly Test[], path: string) => {
    for (const test of all) {
      fact(test.fact, path)
      const cell = cells.get(test.fact)
      if (!cell) continue
      if ('when' in test) {
        if (cell.kind === 'flag' || cell.kind === 'choice') object(path, `${test.fact} 不是数字 / ${test.fact} is no number`)
        continue
      }
      const known = cell.kind === 'flag' ? ['yes', 'no'] : (cell.options ?? []).map(({ id }) => id)
      for (const one of [test.is].flat())
        if (!known.includes(one)) object(path, `${test.fact} 没有选项 ${one} / ${test.fact} has no option ${one}`)
    }
  }
  policy.limits.forEach((limit, at) => {
    grade(limit.atMost, `limits.${at}.atMost`)
    fact(limit.fact, `limits.${at}.fact`)
    tests(limit.also, `limits.${at}.also`)
    if ((limit.when === undefined) === (limit.is === undefined))
      object(`limits.${at}`, '应写 when 或 is 其中之一 / must have either `when` or `is`')
    if (limit.is !== undefined) tests([{ fact: limit.fact, is: limit.is }], `limits.${at}`)
  })
  policy.checklists.forEach((list, at) => {
    grade(list.grade, `checklists.${at}.grade`)
    once(
      `checklists.${at}`,
      list.conditions.map(({ id }) => id),
    )
    list.conditions.forEach((condition) => tests(testsOf(condition), `checklists.${at}.${condition.id}`))
  })
  const inLaw = (id: string, path: string) => {
    if (!policy.legal?.grounds.some((one) => one.id === id)) object(path, `没有法律情形 ${id} / the law has no ground ${id}`)
  }
  if (policy.elimination) inLaw(policy.elimination.ground, 'elimination.ground')
  once(
    'legal.steps',
    (policy.legal?.steps ?? []).map(({ id }) => id),
  )
  once(
    'legal.grounds',
    (policy.legal?.grounds ?? []).map(({ id }) => id),
  )
  const used = [...policy.consequences.map(({ ground }) => ground), policy.elimination?.ground]
  for (const { id, needs } of policy.legal?.grounds ?? []) {
    if (!used.includes(id)) object(`legal.grounds.${id}`, '没有规则用到这种情形 / no rule has this ground')
    for (const step of needs)
      if (!policy.legal!.steps.some((one) => one.id === step)) object(`legal.grounds.${id}`, `没有步骤 ${step} / no step ${step}`)
  }
  for (const { id } of policy.legal?.steps ?? [])
    if (!policy.legal!.grounds.some(({ needs }) => needs.includes(id)))
      object(`legal.steps.${id}`, '没有情形用到这一步 / no ground needs this step')
  policy.consequences.forEach(({ id, effect, ground, fact: of, when, grades = [], streak, any = [], all = [] }) => {
    if (of) fact(of, `consequences.${id}`)
    if ((of === undefined) !== (when === undefined))
      object(`consequences.${id}`, '数值界线应写明事实 / a number is of a fact, and a fact has its number')
    const ends = effect === 'dismissal' || effect === 'deemedLeft'
    if (ends !== (ground !== undefined))
      object(
        `consequences.${id}`,
        '解除须写明法律情形，别的不须 / what ends a contract, and nothing else, names its ground in law',
      )
    if (ground !== undefined) inLaw(ground, `consequences.${id}.ground`)
    for (const one of [...grades, ...(streak?.grades ?? [])]) grade(one, `consequences.${id}`)
    tests([...any, ...all], `consequences.${id}`)
  })
  const moves = policy.panel?.moves ?? []
  for (const { from, to } of Array.isArray(moves) ? moves : Object.values(moves.options).flat())
    for (const one of [from, to]) grade(one, 'panel.moves')
  policy.absences?.facts.forEach(({ fact: of }) => fact(of, 'absences.facts'))
  for (const standard of policy.standards) {
    if (standard.or && !policy.standards.some(({ id }) => id === standard.or))
      object(`standards.${standard.id}.or`, `没有标准 ${standard.or} / no standard ${standard.or}`)
  }
  for (const { id, after, before } of policy.deadlines) {
    if ((after === undefined) === (before === undefined))
      object(`deadlines.${id}`, '应写 after 或 before 其中之一 / must have either `after` or `before`')
  }
  for (const aspect of policy.aspects) {
    if ((aspect.kind === 'choice') !== (aspect.options !== undefined))
      object(`aspects.${aspect.id}`, '选项只用于 choice，且 choice 须有选项 / options belong to a choice, and a choice has them')
    if (aspect.options && !aspect.options.some(({ id }) => id === aspect.typical))
      object(`aspects.${aspect.id}.typical`, `没有选项 ${aspect.typical} / no option ${aspect.typical}`)
  }
  const levels = policy.tally?.levels.map(({ id }) => id) ?? []
  for (const rule of policy.tally?.rules ?? []) {
    for (const level of claimKindOf(rule).levels(rule)) {
      if (!levels.includes(level)) object(`tally.${rule.id}.points`, `没有层级 ${level} / no level ${level}`)
    }
  }
  if (policy.tally) {
    const { rules } = policy.tally
    const measureOf = (rule: (typeof rules)[number]) => claimKindOf(rule).measure(rule)
    const own = rules.filter((rule) => measureOf(rule) === undefined).map(({ id }) => id)
    once('tally', [...own, ...new Set(rules.flatMap((rule) => measureOf(rule) ?? []))])
  }
  const ways = [policy.sections.length > 0, policy.tally !== undefined, policy.rated !== undefined].filter(Boolean)
  if (ways.length > 1) object('sections', '只能有一种计分方式 / only one way of scoring')
  if (policy.sections.length > 0 && !(policy.scale && policy.award && policy.itemFloor))
    object('sections', '有评分项时须写 scale、award 和 itemFloor / items need scale, award and itemFloor')
  policy.quotas.forEach((quota, at) => grade(quota.grade, `quotas.${at}.grade`))
  Object.entries(policy.veto?.options ?? {}).forEach(([option, effect]) => grade(effect.atMost, `veto.options.${option}`))
  if (policy.vetoes.length > 0 && !policy.veto) object('veto', '有一票否决而未写后果 / vetoes without an effect')
  policy.bands?.rows.forEach((row, at) => grade(row.grade, `bands.rows.${at}`))
  if (!policy.issuedOn && !policy.undated) object('issuedOn', '没有日期时应写明 undated / say `undated` when there is no date')
}

/** Maxima add up at each level, bands leave no gap, and an item can earn exactly its maximum under every reading. */
function sums(policy: Policy, object: Objecting): void {
  if (policy.sections.length > 0 && policy.scale) {
    const total = sum(policy.sections.map(({ max }) => exact(max)))
    if (compare(total, exact(policy.scale.max)) !== 0)
      object('scale.max', '各部分满分之和不等于总分 / the sections do not add up')
  }
  const dimensions = policy.rated?.dimensions ?? []
  const shares = dimensions.flatMap(({ share }) => (share ? [percent(share)] : []))
  if (shares.length > 0 && (shares.length < dimensions.length || compare(sum(shares), exact(1)) !== 0))
    object('rated.dimensions', '各项权重之和应为100% / the shares must make a whole')
  const wage = policy.pay?.wage
  if (wage && compare(exact(wage.base).add(exact(wage.performance)), exact(wage.month)) !== 0)
    object('pay.wage', '两部分工资之和不等于月工资 / the parts do not make the wage')
  for (const section of policy.sections) {
    const own = sum(section.items.map(({ max }) => exact(max)))
    if (compare(own, exact(section.max)) !== 0) object(section.id, '各项满分之和不等于本部分满分 / the items do not add up')
    const agrees = compare(exact(section.heading), exact(section.max)) === 0
    if (!agrees && !section.discrepancy)
      object(section.id, '标题分值与各项之和不符而未登记 / the printed heading differs and no interpretation says so')
    if (agrees && section.discrepancy) object(section.id, '并无不符 / there is no discrepancy')
    for (const item of section.items) {
      for (const choices of readingsOf(policy, item)) {
        const pick = (id: string) => chosen(policy, choices, id)
        const earned = item.criteria.filter((criterion) => isInForce(criterion, pick)).map(earnable)
        const most = sum([exact(amountOf(item.base, pick)), ...earned])
        if (compare(most, exact(item.max)) !== 0)
          object(item.id, '基础分与可得分之和不等于满分 / base and earnable points do not make the maximum')
      }
    }
  }
  const rows = policy.bands?.rows ?? []
  rows.forEach((row, at) => {
    const above = rows[at - 1]
    if (above && compare(exact(above.reaches), exact(row.reaches)) <= 0)
      object(`bands.rows.${at}`, '分段应由高到低 / bands must descend')
  })
  const places = rows.map((row) => policy.grades.ladder.findIndex(({ id }) => id === row.grade))
  if (places.some((place, at) => place !== at) || (rows.length > 0 && rows.length !== policy.grades.ladder.length)) {
    object('bands.rows', '每个等次应各有一段，由好到差 / one band for each grade, best first')
  }
  if (rows.length > 0 && rows.at(-1)?.reaches !== '0') object('bands.rows', '末段应从 0 分起 / the last band must start at 0')
}

/** Each combination of the readings that an item's base and criteria ask for. */
function readingsOf(policy: Policy, item: Item): Choices[] {
  const asked = new Set(item.criteria.flatMap((criterion) => Object.keys(criterion.when ?? {})))
  if (typeof item.base !== 'string') asked.add(item.base.by)
  let readings: Choices[] = [{}]
  for (const id of asked) {
    const options = policy.interpretations[id]!.options
    readings = readings.flatMap((reading) => options.map((option) => ({ ...reading, [id]: option.id })))
  }
  return readings
}

const repeated = (ids: string[]): string[] => [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))]

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function walk(value: unknown, path: string, visit: (key: string, value: unknown, path: string) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const here = path ? `${path}.${key}` : key
    visit(key, inner, here)
    walk(inner, here, visit)
  }
}
