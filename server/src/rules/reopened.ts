import type { Policy, PolicyStage } from './policy/shape.ts'

/** What an appeal or a correction names when it is about the grade itself and not about a field. */
export const GRADE = 'grade'
/** What an appeal names when it is about how others rated somebody: who was asked, their ballots, and who gave none. */
export const RATINGS = 'ratings'
/** The field that holds the days absent, in a policy that does not work them out from the records. */
export const ABSENT_DAYS = 'absentDays'

/** Whether a field of a sheet may change: on a sheet that an appeal reopened, only what it named, a field or a whole item. */
export const mayChange = (reopened: readonly string[] | null, field: string): boolean =>
  reopened === null || reopened.some((named) => named === field || field.startsWith(`${named}.`))

/** Whether the attendance records may change: where an appeal reopened a sheet, it must name something that comes of them. */
export const mayKeepAttendance = ({ absences }: Policy, reopened: readonly string[] | null): boolean =>
  (absences?.facts.map(({ fact }) => fact) ?? [ABSENT_DAYS]).some((field) => mayChange(reopened, field))

/**
 * The stage a sheet returns to after an upheld appeal: the last where scores are entered, or the one after it, where grades
 * are given, if the appeal names the grade alone. Undefined where the sheet stands there or before.
 */
export function reopenedAt(policy: Policy, stage: string, items: readonly string[]): PolicyStage | undefined {
  const last = policy.stages.findLastIndex(({ writes }) => writes === 'yes')
  const to = items.every((item) => item === GRADE) ? last + 1 : last
  return policy.stages.findIndex(({ id }) => id === stage) > to ? policy.stages[to] : undefined
}
