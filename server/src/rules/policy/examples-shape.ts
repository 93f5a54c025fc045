import { z } from 'zod'
import { Amount, PercentText } from '../exact.ts'
import { Id, TextShape, YesNo } from '../shapes.ts'
import { clause, DayText, Whole } from './atoms.ts'

// The worked examples of a policy file: what is given, and what must come of it. The tests run every one.

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

/** The lists of worked examples in a policy file, by the sort of thing they are about. */
export const worked = {
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
        event: DayText,
        falls: DayText,
        holidays: z.array(DayText).default([]),
        workdays: z.array(DayText).default([]),
      }),
    )
    .default([]),
  /** Duties of the calendar: their last day in the cycle of a year, where a reading moves it. */
  dues: z
    .array(z.strictObject({ of: Id, clause, year: Whole, choices: Given.optional(), from: DayText, last: DayText }))
    .default([]),
  ages: z
    .array(z.strictObject({ clause, born: DayText, on: DayText, years: Whole, meets: z.record(z.string(), YesNo) }))
    .default([]),
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
}
export type PolicyMove = z.infer<typeof Moved>
export type PolicyExample = z.infer<typeof Example>
