import { addDays, addWorkingDays, type Calendar, type Day } from './days.ts'
import type { Choices } from './facts.ts'
import { chosen } from './policy/readings.ts'
import type { Policy } from './policy/shape.ts'

/** Who a notice is for: the unit's own people, its notice board as well, or everybody. */
export type Audience = 'internal' | 'village' | 'public'

/** All that a notice can ever show beside the points of the policy's sections: nothing else has a way onto one (IR-36). */
export const plainColumns = ['name', 'maskedName', 'village', 'town', 'grade', 'total', 'rank'] as const
export type PlainColumn = (typeof plainColumns)[number]

/** What is shown where nobody chooses. */
export const usualColumns: readonly PlainColumn[] = ['name', 'village', 'town', 'grade']

/** 3 to 7 days are customary, 5 working days the most common (requirements B2); half as much again is the most. */
export const period = { least: 3, usual: 5, most: 10 } as const

/** An appeal is filed until 10 days after the notice, and decided within 10 working days (requirements B2, DQ-1.1). */
export const appealClock = { fileDays: 10, decideWorkingDays: 10 } as const

/** The reading of the register that says what a notice may show; a policy that does not ask leaves the list as it is. */
export const PRIVACY = 'IR-36'

const section = /^points\.(.+)$/

/** The section whose points a column shows, or undefined. */
export const sectionOf = (column: string): string | undefined => section.exec(column)?.[1]

/** The columns a notice of this policy may choose from: the closed list and the points of each section. */
export const columnsOf = (policy: Policy): string[] => [...plainColumns, ...policy.sections.map(({ id }) => `points.${id}`)]

/**
 * Of columns that were chosen those that may not be shown to this audience: all that are not on the list; and under the
 * reading "name and score or grade, to the town only" ranks, points of sections, and whole names outside the town.
 */
export function refusedColumns(policy: Policy, choices: Choices, audience: Audience, columns: readonly string[]): string[] {
  const allowed = columnsOf(policy)
  const masked = policy.interpretations[PRIVACY] !== undefined && chosen(policy, choices, PRIVACY) === 'masked'
  return columns.filter(
    (column) =>
      !allowed.includes(column) ||
      (masked && (column === 'rank' || sectionOf(column) !== undefined || (audience === 'public' && column === 'name'))),
  )
}

/** The last day of a notice that starts on a day: the day itself is not counted (Civil Code art. 201). */
export const lastDay = (calendar: Calendar, start: Day, workingDays: number): Day => addWorkingDays(calendar, start, workingDays)

/** The last day on which an appeal against what a notice shows can be filed. */
export const appealsUntil = (noticeEnds: Day): Day => addDays(noticeEnds, appealClock.fileDays)

/** By when an appeal is to be decided. */
export const decideBy = (calendar: Calendar, filed: Day): Day => addWorkingDays(calendar, filed, appealClock.decideWorkingDays)

/** A name of which only the first character is shown. */
export const maskedName = (name: string): string => `${[...name][0] ?? ''}＊＊`
