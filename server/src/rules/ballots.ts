import { compare, exact, zero, type Exact } from './exact.ts'
import { chosen } from './policy/readings.ts'
import type { Policy } from './policy/shape.ts'
import type { Choices } from './facts.ts'
import { wayOf } from './shapes.ts'
import { mostOf, type Ballot, type Ratings } from './score/rated.ts'

/** Reviews that an authority or a superior signs; everybody else rates in secret (decision 16). */
const signedGroups = ['district', 'city', 'leaders']
export const isSecret = (group: string): boolean => !signedGroups.includes(group)

/** The marks of a secret group are shown from this many ballots on: with fewer, a rater could be told by their marks. */
export const shownFrom = 3

/** The lines of a score’s reasons that would show the marks of fewer than that many raters who vote in secret. */
export function hiddenLines({ rated }: Policy, ballots: readonly Ballot[]): Set<string> {
  const few = (rated?.groups ?? []).filter(
    ({ id }) => isSecret(id) && ballots.filter(({ group }) => group === id).length < shownFrom,
  )
  return new Set(few.flatMap(({ id }) => rated!.dimensions.map((dimension) => `${dimension.id}.${id}`)))
}

/** What a ballot asks for one dimension. */
export interface BallotLine {
  dimension: Ratings['dimensions'][number]
  most: Exact
  /** Marks out of a hundred are whole; those out of a share of it go by halves. */
  step: string
}

/** The dimensions of a ballot under the chosen readings; none where the policy has no ratings. */
export function askedOf(policy: Policy, choices: Choices): BallotLine[] {
  const { rated } = policy
  if (!rated) return []
  const of = (id: string) => chosen(policy, choices, id)
  const step = wayOf(rated.marks, of) === 'share' ? '0.5' : '1'
  return rated.dimensions.map((dimension) => ({ dimension, most: mostOf(rated, dimension, of), step }))
}

/** The dimension whose mark is missing, out of range or off its step; `unknown` for a mark of no dimension; undefined for a good ballot. */
export function ballotObjection(
  asked: readonly BallotLine[],
  scores: Readonly<Record<string, string>>,
): BallotLine | 'unknown' | undefined {
  if (Object.keys(scores).some((id) => !asked.some(({ dimension }) => dimension.id === id))) return 'unknown'
  return asked.find(({ dimension, most, step }) => {
    const text = scores[dimension.id]
    if (text === undefined || !/^\d{1,3}(\.\d)?$/.test(text)) return true
    const mark = exact(text)
    return compare(mark, zero) < 0 || compare(mark, most) > 0 || mark.div(exact(step)).d !== 1n
  })
}
