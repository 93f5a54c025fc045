import { calendarOfSpans, spansOfYear, type Absence } from '../rules/absences.ts'
import type { Calendar } from '../rules/days.ts'
import type { Beyond } from '../rules/person.ts'

/** A record of days away, or of a spot check. */
export interface KeptDay {
  kind: string
  from: string
  to: string
  half: boolean
  excused: boolean | null
  reasonGiven: boolean | null
  onPost: boolean | null
}

const yesNo = (value: boolean | null) => (value ? 'yes' : 'no')

/** Records of absence as the rules read them; approved leave has its reason. */
export const absencesIn = (kept: readonly KeptDay[]): Absence[] =>
  kept.flatMap(({ kind, from, to, half, excused, reasonGiven }) =>
    kind === 'absence'
      ? [
          {
            from,
            to,
            ...(half ? { half: 'yes' as const } : {}),
            excused: yesNo(excused),
            reasonGiven: yesNo(excused || reasonGiven),
          },
        ]
      : [],
  )

/** The records of a person that count in a year: its spot checks, and the spans of `spansOfYear`. */
export const keptOfYear = <Kept extends KeptDay>(kept: readonly Kept[], year: number, calendar: Calendar): Kept[] => {
  const spans = new Set(
    spansOfYear(
      kept.filter(({ kind }) => kind === 'absence'),
      year,
      calendar,
    ),
  )
  return kept.filter((one) => (one.kind === 'absence' ? spans.has(one) : one.from.startsWith(String(year))))
}

/**
 * What stands beside a sheet’s cells, with what a person’s records come to for its year under a policy that finds the
 * days absent by itself: the records in their order and the part of the county’s calendar that counts them; nothing of
 * the kind where there are none.
 */
export function withDays(beyond: Beyond, kept: readonly KeptDay[], year: number, calendar: Calendar): Beyond {
  const { year: _, absences: __, spotChecks: ___, calendar: ____, ...others } = beyond
  const own = keptOfYear(kept, year, calendar)
  if (own.length === 0) return others
  const absences = absencesIn(own)
  return {
    ...others,
    year: String(year),
    absences,
    spotChecks: own.flatMap(({ kind, from, onPost }) => (kind === 'spotCheck' ? [{ on: from, onPost: yesNo(onPost) }] : [])),
    calendar: calendarOfSpans(absences, calendar),
  }
}
