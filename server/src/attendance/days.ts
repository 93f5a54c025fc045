import type { Beyond } from '../rules/person.ts'

/** A record of days away, or of a spot check. */
export interface KeptDay {
  kind: string
  from: string
  to: string
  excused: boolean | null
  reasonGiven: boolean | null
  onPost: boolean | null
}

const yesNo = (value: boolean | null) => (value ? 'yes' : 'no')

/** What records that stand say of a sheet, for a policy that finds the days absent by itself; in the order of the records. */
export function daysSaid(kept: readonly KeptDay[], year: number): Pick<Beyond, 'year' | 'absences' | 'spotChecks'> {
  const away = kept.filter(({ kind }) => kind === 'absence')
  const checks = kept.filter(({ kind }) => kind === 'spotCheck')
  return {
    year: String(year),
    absences: away.map(({ from, to, excused, reasonGiven }) => ({
      from,
      to,
      excused: yesNo(excused),
      reasonGiven: yesNo(reasonGiven),
    })),
    spotChecks: checks.map(({ from, onPost }) => ({ on: from, onPost: yesNo(onPost) })),
  }
}
