import type { Policy, PolicyStage } from './policy/shape.ts'

/** What an appeal or a correction names when it is about the grade itself and not about a field. */
export const GRADE = 'grade'
/** What an appeal names when it is about how others rated somebody: who was asked, their ballots, and who gave none. */
export const RATINGS = 'ratings'
/** Where a policy does not find them from the records by itself: the field that holds the days absent. */
export const ABSENT_DAYS = 'absentDays'

/** Whether a field is among those an appeal named, itself or by its item; of a sheet that nothing reopened all are. */
export const mayChange = (reopened: readonly string[] | null, field: string): boolean =>
  reopened === null || reopened.some((named) => named === field || field.startsWith(`${named}.`))

/** Whether the attendance records may change: where an appeal reopened a sheet, it must name something that comes of them. */
export const mayKeepAttendance = ({ absences }: Policy, reopened: readonly string[] | null): boolean =>
  (absences?.facts.map(({ fact }) => fact) ?? [ABSENT_DAYS]).some((field) => mayChange(reopened, field))

/**
 * Where a sheet goes back to for what an upheld appeal names: the last stage where scores are entered; the first one after
 * it, where grades are given, if it names the grade alone. Undefined where the sheet is there or before it already.
 */
export function reopenedAt(policy: Policy, stage: string, items: readonly string[]): PolicyStage | undefined {
  const last = policy.stages.findLastIndex(({ writes }) => writes === 'yes')
  const to = items.every((item) => item === GRADE) ? last + 1 : last
  return policy.stages.findIndex(({ id }) => id === stage) > to ? policy.stages[to] : undefined
}
