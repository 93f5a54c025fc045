import { z } from 'zod'
import { addDays, calendarWithin, dayOf, isWorkingDay, numberOf, type Calendar, type Day } from './days.ts'
import { canonical, exact, type Exact } from './exact.ts'
import type { Facts } from './facts.ts'
import { Id, wayOrChoice, YesNo } from './shapes.ts'

/** A span of days away from post, first and last included; or half of one day. */
export interface Absence {
  from: Day
  to: Day
  /** Only half a day was missed; possible where the span is one day. */
  half?: 'yes' | 'no'
  excused: 'yes' | 'no'
  /** Ignored for approved leave, which always has a reason. */
  reasonGiven: 'yes' | 'no'
}

export interface SpotCheck {
  on: Day
  onPost: 'yes' | 'no'
}

export const absenceDays = ['workingDays', 'calendarDays'] as const
/** In which year a run over New Year counts, and there with its whole length: in both years, or in the one in which it ends. */
export const runsOverNewYear = ['both', 'ends'] as const
/** What a half day does to a run of absence: it adds a half to it, or it ends it. */
export const halvesInRun = ['adds', 'breaks'] as const

/** How the facts that absence rules ask about are found from the spans and the spot checks recorded. */
export const AbsenceRules = z.strictObject({
  clause: z.string(),
  days: wayOrChoice(absenceDays),
  overNewYear: wayOrChoice(runsOverNewYear),
  halfInRun: wayOrChoice(halvesInRun),
  facts: z
    .array(
      z.strictObject({
        fact: Id,
        of: z.enum(['total', 'longestRun', 'emptyPosts']),
        excused: YesNo.optional(),
        reasonGiven: YesNo.optional(),
      }),
    )
    .min(1),
})
export type AbsenceRules = z.infer<typeof AbsenceRules>

/** Where a policy asks people for the number of days absent instead: how an officer’s record is counted up to propose it. */
export const AbsentDays = z.strictObject({
  clause: z.string(),
  days: wayOrChoice(absenceDays),
  /** Worked examples: spans, and the number of days they come to. */
  examples: z
    .array(
      z.strictObject({
        clause: z.string(),
        year: z.string(),
        choices: z.record(z.string(), z.string()).default({}),
        absences: z.array(
          z.strictObject({ from: z.string(), to: z.string(), half: YesNo.optional(), excused: YesNo, reasonGiven: YesNo }),
        ),
        comesTo: z.string(),
      }),
    )
    .default([]),
})

/** The readings by which absences are counted. */
export interface Counting {
  days: (typeof absenceDays)[number]
  overNewYear: (typeof runsOverNewYear)[number]
  halfInRun: (typeof halvesInRun)[number]
}

/** What is recorded of one person, and the calendar by which it is counted. */
export interface Attended {
  year: string
  absences: readonly Absence[]
  spotChecks: readonly SpotCheck[]
  calendar: Calendar
}

/** How many halves of one day somebody was away on approved leave, otherwise with a reason, and without one: two at most in all. */
interface Away {
  approved: number
  reasoned: number
  silent: number
}

/**
 * The days of some spans by their numbers, in halves. Where records overlap, this rule holds for days and halves alike:
 * a day is away for two halves at most, and approved leave takes them first, then absence with a reason, then absence
 * without a word. So an approved day inside an unexcused span is approved, half a day of leave leaves the other half
 * unexcused, two halves of a day make the day, and a day in several records of a kind counts once.
 */
export function awayDays(spans: readonly Absence[]): ReadonlyMap<number, Away> {
  const days = new Map<number, Away>()
  for (const { from, to, half, excused, reasonGiven } of spans) {
    const kind = excused === 'yes' ? 'approved' : reasonGiven === 'yes' ? 'reasoned' : 'silent'
    for (let at = numberOf(from); at <= numberOf(to); at += 1) {
      const day = days.get(at) ?? { approved: 0, reasoned: 0, silent: 0 }
      day[kind] += half === 'yes' ? 1 : 2
      days.set(at, day)
    }
  }
  for (const day of days.values()) {
    day.approved = Math.min(2, day.approved)
    day.reasoned = Math.min(2 - day.approved, day.reasoned)
    day.silent = Math.min(2 - day.approved - day.reasoned, day.silent)
  }
  return days
}

/** The halves of a day that a fact asks about. */
function asked(
  { approved, reasoned, silent }: Away,
  { excused, reasonGiven }: { excused?: string | undefined; reasonGiven?: string | undefined },
): number {
  const having = (wanted: string | undefined, is: boolean) => wanted === undefined || (wanted === 'yes') === is
  return (
    (having(excused, true) && having(reasonGiven, true) ? approved : 0) +
    (having(excused, false) && having(reasonGiven, true) ? reasoned : 0) +
    (having(excused, false) && having(reasonGiven, false) ? silent : 0)
  )
}

/**
 * The facts of one year, in days, exact to the half. Totals and spot checks are of the days of the year. A run goes on
 * over days on which nobody works, where working days are counted, and over New Year.
 */
export function absenceFacts(rules: AbsenceRules, counting: Counting, { year, absences, spotChecks, calendar }: Attended): Facts {
  const counts = (at: number): boolean => counting.days === 'calendarDays' || isWorkingDay(calendar, dayOf(at))
  const days = [...awayDays(absences)].filter(([at]) => counts(at)).toSorted(([a], [b]) => a - b)
  const facts: Record<string, string> = {}
  for (const { fact, of, ...filter } of rules.facts) {
    if (of === 'emptyPosts') {
      facts[fact] = String(spotChecks.filter(({ on, onPost }) => on.startsWith(year) && onPost === 'no').length)
      continue
    }
    const away = days.flatMap(([at, day]): [number, number][] => {
      const halves = asked(day, filter)
      return halves > 0 ? [[at, halves]] : []
    })
    const halves =
      of === 'total'
        ? away.reduce((all, [at, count]) => all + (dayOf(at).startsWith(year) ? count : 0), 0)
        : longestRun(away, counts, year, counting)
    facts[fact] = canonical(exact(halves).div(2))
  }
  return facts
}

export const spanLength = ({ from, to }: Pick<Absence, 'from' | 'to'>): number => numberOf(to) - numberOf(from) + 1

/**
 * Days away without approved leave in one year, by the rule for overlaps above: what an officer’s record comes to where
 * the policy asks for the number. Of one of several postings only its own days, where `own` says which.
 */
export function absentDays(
  spans: readonly Absence[],
  {
    year,
    days,
    calendar,
    own = () => true,
  }: { year: string; days: Counting['days']; calendar: Calendar; own?: (day: Day) => boolean },
): Exact {
  let halves = 0
  for (const [at, { reasoned, silent }] of awayDays(spans)) {
    const day = dayOf(at)
    if (day.startsWith(year) && own(day) && (days === 'calendarDays' || isWorkingDay(calendar, day))) halves += reasoned + silent
  }
  return exact(halves).div(2)
}

/**
 * The posting a day belongs to: the one that covers it, and of two the later; for a day that none covers the last that had
 * begun, or else the first. Every day belongs to exactly one, so that the days proposed for the postings add up to those of
 * the person.
 */
export function postingOfDay<Held extends { startsOn: Day; endsOn: Day | null }>(postings: readonly Held[], day: Day): Held {
  const inOrder = postings.toSorted((a, b) => (a.startsOn < b.startsOn ? -1 : a.startsOn > b.startsOn ? 1 : 0))
  const begun = inOrder.filter(({ startsOn }) => startsOn <= day)
  return begun.findLast(({ endsOn }) => endsOn === null || endsOn >= day) ?? begun.at(-1) ?? inOrder[0]!
}

/**
 * The spans of a person that matter to a year: all that touch it, and those beyond New Year that no working day separates
 * from them, because a run may go on over New Year.
 */
export function spansOfYear<Span extends Pick<Absence, 'from' | 'to'>>(
  spans: readonly Span[],
  year: number,
  calendar: Calendar,
): Span[] {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  const taken = new Set(spans.filter(({ from, to }) => from <= last && to >= first))
  const joins = (one: Span, other: Span): boolean => {
    const [before, after] = one.from <= other.from ? [one, other] : [other, one]
    for (let day = addDays(before.to, 1); day < after.from; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) return false
    return true
  }
  for (let grown = true; grown;) {
    const next = spans.filter((span) => !taken.has(span) && [...taken].some((one) => joins(one, span)))
    for (const span of next) taken.add(span)
    grown = next.length > 0
  }
  return spans.filter((span) => taken.has(span))
}

/** The part of a calendar by which spans are counted: from the first of their days to the last. Without spans, nothing. */
export function calendarOfSpans(spans: readonly Pick<Absence, 'from' | 'to'>[], calendar: Calendar): Calendar {
  if (spans.length === 0) return { holidays: [], workdays: [], known: [] }
  const from = spans.reduce((first, span) => (span.from < first ? span.from : first), spans[0]!.from)
  const to = spans.reduce((last, span) => (span.to > last ? span.to : last), spans[0]!.to)
  return calendarWithin(calendar, from, to)
}

/** The length in halves of the longest run that counts in the year; days that are not counted neither add to a run nor end it. */
function longestRun(
  away: readonly [at: number, halves: number][],
  counts: (at: number) => boolean,
  year: string,
  { overNewYear, halfInRun }: Counting,
): number {
  const whole = halfInRun === 'adds' ? away : away.filter(([, halves]) => halves === 2)
  const runs: { halves: number; from: number; to: number }[] = []
  for (const [at, halves] of whole) {
    const run = runs.at(-1)
    let goesOn = run !== undefined
    for (let between = run ? run.to + 1 : at; between < at; between += 1) if (counts(between)) goesOn = false
    if (run && goesOn) Object.assign(run, { halves: run.halves + halves, to: at })
    else runs.push({ halves, from: at, to: at })
  }
  const inYear = ({ from, to }: { from: number; to: number }) =>
    overNewYear === 'ends' ? dayOf(to).startsWith(year) : dayOf(from) <= `${year}-12-31` && dayOf(to) >= `${year}-01-01`
  return runs.filter(inYear).reduce((longest, { halves }) => Math.max(longest, halves), 0)
}
