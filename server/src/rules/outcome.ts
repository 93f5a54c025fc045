import type { Grade } from './facts.ts'
import type { GradeReason, LimitHit } from './grade.ts'
import type { QuotaRounding } from './policy/shape.ts'
import type { FallenRuling, TieFacts, TieRuling } from './ties.ts'

// What grading everybody together comes to: by person, and by quota and group.

/** `pending` waits for the ruling of a tie above; nobody can rule on it yet. */
export type Seat = 'in' | 'contested' | 'pending' | 'out' | 'barred' | 'incomplete'

export interface Outcome {
  id: string
  /** 1-2-2-4 within the group; null for those incomplete or not taking part, and where the policy has no score. */
  rank: number | null
  grade: Grade | null
  atMost: Grade
  /** Where the person stands with the quotas: with the one that settled it, or the last. */
  seat: Seat
  /** The same by quota, for each the person was looked at for. */
  seats: Record<string, Seat>
  limits: LimitHit[]
  reasons: GradeReason[]
}

export interface QuotaGroup {
  quota: string
  grade: Grade
  /** The group's name; pooled groups are joined by '、'. */
  group: string
  groups: string[]
  /** How many people the percentage is taken of; two places where it is the year's average. */
  base: string
  cap: number
  /** For example '20%'. */
  percent: string
  rounding: QuotaRounding
  taken: number
  /** Ids of those a tie keeps out until the panel rules. */
  contested: string[]
  /** Their tie, as a ruling names it. */
  tie?: TieFacts
  /** How many wait for the ruling of a tie at a quota above. */
  pending: number
  /** Seats nobody has, including those that people tie for and those kept for people who wait. */
  seatsLeft: number
  barred: number
  incomplete: number
  /** Rulings about people of the group that decide nothing any more, and what changed. */
  fallen: FallenRuling[]
  clause: string
}

export interface CohortOverrides {
  /** Another percentage to try, '15%' or '15'. */
  percent?: string
  rounding?: QuotaRounding
  /** Signed rulings between people who tie, in the order in which they were made. */
  rulings?: readonly TieRuling[]
}
