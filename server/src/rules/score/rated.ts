import { z } from 'zod'
import { canonical, compare, exact, percent, PercentText, sum, zero, type Exact } from '../exact.ts'
import { Id, TextShape, wayOf, wayOrChoice, type AskedWay } from '../shapes.ts'
import type { Reason, Step } from './step.ts'

/** One rater's marks, by dimension, as decimal text. */
export interface Ballot {
  id: string
  /** Which group of raters it comes from. */
  group: string
  scores: Readonly<Record<string, string>>
}

const weightings = ['equal', 'none'] as const
const marks = ['hundred', 'share'] as const
const trims = ['all', 'trimmed'] as const
const trimmings = ['dimension', 'ballot'] as const

/** Marks by groups of raters on dimensions that weigh so much each. */
export const Ratings = z.strictObject({
  clause: z.string(),
  /** Either all dimensions have a share, and the shares make a whole, or none has. */
  dimensions: z
    .array(
      z.strictObject({
        id: Id,
        title: TextShape,
        detail: TextShape.optional(),
        share: PercentText.optional(),
        clause: z.string(),
      }),
    )
    .min(1),
  groups: z.array(z.strictObject({ id: Id, title: TextShape, clause: z.string() })).min(1),
  /** How the groups weigh; under `none` the marks are shown and make no score. */
  weights: wayOrChoice(weightings),
  /** Whether each dimension is marked out of a hundred or out of its own share. */
  marks: wayOrChoice(marks),
  /** Whether the highest and the lowest mark are left out once there are more ballots than this in a group. */
  trim: wayOrChoice(trims),
  /** Whether one mark of each dimension is left out, or one ballot with all its marks. */
  trimBy: wayOrChoice(trimmings).default('dimension'),
  trimOver: z.string().regex(/^\d{1,3}$/),
})
export type Ratings = z.infer<typeof Ratings>

/** Where a score by ballots asks for a way, and the ways there are. */
export const ratingWays = (rated: Ratings): AskedWay[] => [
  { at: 'weights', way: rated.weights, ways: weightings },
  { at: 'marks', way: rated.marks, ways: marks },
  { at: 'trim', way: rated.trim, ways: trims },
  { at: 'trimBy', way: rated.trimBy, ways: trimmings },
]

/** The most a ballot may give a dimension under the chosen readings. */
export function mostOf(rated: Ratings, dimension: Ratings['dimensions'][number], chosen: (id: string) => string): Exact {
  const share = wayOf(rated.marks, chosen) === 'share' && dimension.share
  return share ? percent(share).mul(100) : exact(100)
}

/** The marks of one group on one dimension that are averaged, and those that are left out, both in ascending order. */
export interface Marks {
  kept: Exact[]
  dropped: Exact[]
}

/**
 * One group's marks by dimension. Where there are more ballots than `trimOver` and the highest and the lowest are left
 * out, either each dimension loses one highest and one lowest mark, or the group loses the two ballots that come to the
 * most and to the least; of ballots that come to the same those with the higher mark in the first dimension, and so on.
 */
export function marksOf(policy: Ratings, ballots: readonly Ballot[], chosen: (id: string) => string): Map<string, Marks> {
  const { dimensions } = policy
  const cuts = wayOf(policy.trim, chosen) === 'trimmed' && ballots.length > Number(policy.trimOver)
  const whole = cuts && wayOf(policy.trimBy, chosen) === 'ballot'
  const markIn = (id: string) => (ballot: Ballot) => exact(ballot.scores[id] ?? '0')
  const worth = (ballot: Ballot) => sum(dimensions.map((one) => markIn(one.id)(ballot).mul(weightOf(policy, one, chosen))))
  const order = (a: Ballot, b: Ballot) =>
    [compare(worth(a), worth(b)), ...dimensions.map(({ id }) => compare(markIn(id)(a), markIn(id)(b)))].find(
      (one) => one !== 0,
    ) ?? 0
  const ordered = whole ? ballots.toSorted(order) : ballots
  return new Map(
    dimensions.map(({ id }) => {
      const marks = whole ? ordered.map(markIn(id)) : ordered.map(markIn(id)).toSorted(compare)
      const ends = cuts ? [...marks.slice(0, 1), ...marks.slice(-1)] : []
      return [id, { kept: (cuts ? marks.slice(1, -1) : marks).toSorted(compare), dropped: ends.toSorted(compare) }]
    }),
  )
}

/** The share of the score a full mark in the dimension brings, over that mark. */
function weightOf(policy: Ratings, dimension: Ratings['dimensions'][number], chosen: (id: string) => string): Exact {
  const share = dimension.share ? percent(dimension.share) : exact(1n, BigInt(policy.dimensions.length))
  return share.div(mostOf(policy, dimension, chosen))
}

const meanOf = (values: readonly Exact[]): Exact => sum(values).div(values.length)

/** The means of one group’s ballots by dimension, as they are weighed; none without a ballot. */
export function meansOf(
  policy: Ratings,
  ballots: readonly Ballot[],
  chosen: (id: string) => string,
): { dimension: string; mean: Exact }[] {
  if (ballots.length === 0) return []
  return [...marksOf(policy, ballots, chosen)].map(([dimension, { kept }]) => ({ dimension, mean: meanOf(kept) }))
}

/**
 * Total → dimensions → groups. A group without a valid ballot is left out, the others weigh so much more, and the line
 * says so; without any ballot at all the score is missing.
 */
export function rated(policy: Ratings, ballots: readonly Ballot[], chosen: (id: string) => string): Step {
  const scored = wayOf(policy.weights, chosen) === 'equal'
  const dropsBallots = wayOf(policy.trimBy, chosen) === 'ballot'
  const valid = ballots.filter((ballot) =>
    policy.dimensions.every((dimension) => isMark(ballot.scores[dimension.id], mostOf(policy, dimension, chosen))),
  )
  const present = policy.groups.filter(({ id }) => valid.some(({ group }) => group === id))
  const absent = policy.groups.filter((group) => !present.includes(group))
  const marksBy = new Map(
    present.map(({ id }) => [
      id,
      marksOf(
        policy,
        valid.filter(({ group }) => group === id),
        chosen,
      ),
    ]),
  )
  const weight = present.length === 0 ? zero : exact(1n, BigInt(present.length))

  const dimensions = policy.dimensions.map((dimension): Step => {
    const most = mostOf(policy, dimension, chosen)
    const share = dimension.share ? percent(dimension.share) : exact(1n, BigInt(policy.dimensions.length))
    const max = share.mul(100)
    const parts = present.map((group): Step => {
      const { kept, dropped } = marksBy.get(group.id)!.get(dimension.id)!
      const mean = meanOf(kept)
      const points = scored ? mean.div(most).mul(max).mul(weight) : zero
      const why: Reason[] = [{ kind: 'mean', mean: canonical(mean), ballots: kept.length, of: canonical(most) }]
      if (dropped.length > 0) why.push({ kind: dropsBallots ? 'ballotsTrimmed' : 'trimmed', dropped: dropped.map(canonical) })
      return { id: `${dimension.id}.${group.id}`, name: group.title, clause: group.clause, points, why, missing: [], parts: [] }
    })
    const why: Reason[] = scored ? [{ kind: 'weighted', share: canonical(max) }] : [{ kind: 'unweighted' }]
    const points = sum(parts.map((part) => part.points))
    const whole = scored ? { max } : {}
    return { id: dimension.id, name: dimension.title, clause: dimension.clause, points, ...whole, why, missing: [], parts }
  })
  const why: Reason[] = [scored ? { kind: 'sum' } : { kind: 'noScore' }]
  if (absent.length > 0 && present.length > 0) why.push({ kind: 'reweighed', groups: absent.map(({ id }) => id) })
  if (valid.length < ballots.length) why.push({ kind: 'ballotsSetAside', count: ballots.length - valid.length })
  const missing = scored && present.length === 0 ? policy.groups.map(({ id }) => id) : []
  if (missing.length > 0) why.push({ kind: 'missing', fields: missing })
  const name = { zh: '评议', en: 'Ratings' }
  const points = sum(dimensions.map((dimension) => dimension.points))
  return {
    id: 'ratings',
    name,
    clause: policy.clause,
    points,
    state: present.length > 0 ? 'computed' : 'missing',
    why,
    missing,
    parts: dimensions,
  }
}

function isMark(text: string | undefined, most: Exact): boolean {
  if (text === undefined) return false
  const value = exact(text)
  return compare(value, zero) >= 0 && compare(value, most) <= 0
}
