import { compare, isZero, zero, type Bound, type Exact } from '../exact.ts'
import type { Text } from '../text.ts'

/** One line of the explanation. The score is the first line's points, so a result never travels without its reasons. */
export interface Step {
  id: string
  name: Text
  clause: string
  /** What the line adds to the line above; negative for a deduction. */
  points: Exact
  max?: Exact
  state?: 'awarded' | 'computed' | 'missing'
  /** Set when this line alone brings its whole item to nothing (不得分). */
  zeroes?: true
  why: Reason[]
  /** Field ids still to be recorded. */
  missing: string[]
  parts: Step[]
}

/** Why a line has its points, as plain data; `reason-words.ts` makes the sentence. Every number is canonical text. */
export type Reason =
  | { kind: 'sum' }
  | { kind: 'postings'; days: number[]; lastOnly: boolean } //          several posts in the year (IR-50)
  | { kind: 'base'; points: string }
  | { kind: 'awarded'; points: string }
  | { kind: 'overruled'; fields: string[] } //                          an award stands beside recorded criteria
  | { kind: 'none' } //                                                 nothing of the kind happened
  | { kind: 'missing'; fields: string[] }
  | { kind: 'occurrences'; times: string; each: string }
  | { kind: 'fixed'; fields: string[]; points: string }
  | { kind: 'proven'; fields: string[]; accountability: boolean } //    the condition that brings the item to nothing
  | { kind: 'reached'; rates: Rate[] }
  | { kind: 'notReached'; rates: Rate[] }
  | { kind: 'shortfall'; value: string; target: string; short: string; each: string; counting: 'whole' | 'linear' | 'ceil' }
  | { kind: 'proportion'; rate: string; counted: string; of: string }
  | { kind: 'part'; value: string; of: string }
  | { kind: 'zeroed' }
  | { kind: 'floored'; from: string }
  | { kind: 'capped'; from: string }
  | { kind: 'veto'; fields: string[] }
  | { kind: 'moved' } //                                                a base, plus bonuses, less deductions
  | { kind: 'claims'; counted: string }
  | { kind: 'level'; level: string; each: string; times: string; factor: string; among: string }
  | { kind: 'noLevel'; level: string }
  | { kind: 'place'; place: string; from: 'top' | 'bottom'; points: string }
  | { kind: 'interval'; rate: string; points: string; when?: Bound; months: number }
  | ({ kind: 'sampleSmall' } & Sample)
  | ({ kind: 'sampleSetAside' } & Sample)
  | { kind: 'noEvidence' }
  | { kind: 'sameMatter'; kept: CountedClaim }
  | { kind: 'highestOnly'; kept: CountedClaim }
  | { kind: 'lowerPlacement'; kept: CountedClaim } //                           the same piece, placed higher elsewhere
  | { kind: 'bestTogether'; kept: CountedClaim; beside: CountedClaim } //               the matter counts as one, the rule as the other
  | { kind: 'mean'; mean: string; ballots: number; of: string }
  | { kind: 'trimmed'; dropped: string[] }
  | { kind: 'ballotsTrimmed'; dropped: string[] }
  | { kind: 'weighted'; share: string }
  | { kind: 'unweighted' }
  | { kind: 'noScore' }
  | { kind: 'reweighed'; groups: string[] }
  | { kind: 'ballotsSetAside'; count: number }

/** A month's check of records that looked at fewer than the policy asks. */
interface Sample {
  month: string
  checked: string
  needed: string
}

/** A claim that counts in the place of others, as their reasons name it. */
export interface CountedClaim {
  claim: string
  rule: string
  points: string
  matter?: string
  level?: string
  place?: string
  from?: 'top' | 'bottom'
}

export interface Rate {
  field: string
  value: string
  target: string
}

/** Every line of the tree with this id, or none. */
export function find(step: Step, id: string): Step | undefined {
  if (step.id === id) return step
  for (const part of step.parts) {
    const found = find(part, id)
    if (found) return found
  }
  return undefined
}

/** The points kept between nothing and the maximum, and the reason when they had to be moved. */
export function clamped(points: Exact, max: Exact, floored: boolean): { points: Exact; moved?: 'floored' | 'capped' } {
  if (floored && !isZero(points) && points.s < 0n) return { points: zero, moved: 'floored' }
  if (compare(points, max) > 0) return { points: max, moved: 'capped' }
  return { points }
}
