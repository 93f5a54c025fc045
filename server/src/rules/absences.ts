import { z } from 'zod'
import { isWorkingDay, numberOf, dayOf, plainCalendar, type Calendar, type Day } from './days.ts'
import { exact, sum, type Exact } from './exact.ts'
import type { Facts } from './facts.ts'
import { Id, wayOrChoice, YesNo } from './score/kind.ts'

/** Days away from post without a gap, first and last included. */
export interface Absence {
  from: Day
  to: Day
  excused: 'yes' | 'no'
  reasonGiven: 'yes' | 'no'
}

export interface SpotCheck {
  on: Day
  onPost: 'yes' | 'no'
}

export const absenceDays = ['workingDays', 'calendarDays'] as const

/** How the facts that absence rules ask about are found from the spans and the spot checks recorded. */
export const AbsenceRules = z.strictObject({
  clause: z.string(),
  days: wayOrChoice(absenceDays),
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

/**
 * The facts of one year. Spans that overlap count a day once; a run goes on over days on which nobody works, when
 * working days are counted, and ends with the year.
 */
export function absenceFacts(
  rules: AbsenceRules,
  days: (typeof absenceDays)[number],
  { year, absences, spotChecks }: { year: string; absences: readonly Absence[]; spotChecks: readonly SpotCheck[] },
  calendar: Calendar,
): Facts {
  const counts = (day: Day): boolean => days === 'calendarDays' || isWorkingDay(calendar, day)
  const facts: Record<string, string> = {}
  for (const { fact, of, excused, reasonGiven } of rules.facts) {
    if (of === 'emptyPosts') {
      facts[fact] = String(spotChecks.filter(({ on, onPost }) => on.startsWith(year) && onPost === 'no').length)
      continue
    }
    const away = new Set<number>()
    for (const span of absences) {
      if (excused !== undefined && span.excused !== excused) continue
      if (reasonGiven !== undefined && span.reasonGiven !== reasonGiven) continue
      for (let at = numberOf(span.from); at <= numberOf(span.to); at += 1) if (dayOf(at).startsWith(year)) away.add(at)
    }
    facts[fact] = String(of === 'total' ? [...away].filter((at) => counts(dayOf(at))).length : longestRun(away, counts))
  }
  return facts
}

export const spanLength = ({ from, to }: Pick<Absence, 'from' | 'to'>): number => numberOf(to) - numberOf(from) + 1

/**
 * Working days away, a day in several spans counted once and a half day as a half, two of one day as the whole: what an
 * officer’s record comes to where the policy asks for the number.
 */
export function absentDays(spans: readonly { from: Day; to: Day; half: boolean }[], calendar: Calendar = plainCalendar): Exact {
  const halves = new Map<number, number>()
  for (const { from, to, half } of spans)
    for (let at = numberOf(from); at <= numberOf(to); at += 1)
      if (isWorkingDay(calendar, dayOf(at))) halves.set(at, Math.min(2, (halves.get(at) ?? 0) + (half ? 1 : 2)))
  return sum([...halves.values()].map((count) => exact(count))).div(2)
}

/** The most counting days in a row; days that do not count neither add nor break. */
function longestRun(away: ReadonlySet<number>, counts: (day: Day) => boolean): number {
  let longest = 0
  let run = 0
  let last = Infinity
  for (const at of [...away].toSorted((a, b) => a - b)) {
    if (!counts(dayOf(at))) continue
    for (let between = last + 1; between < at; between += 1) if (counts(dayOf(between))) run = 0
    run += 1
    last = at
    longest = Math.max(longest, run)
  }
  return longest
}
