import { z } from 'zod'
import { Amount, compare, exact, zero, type Exact } from '../exact.ts'
import { byContent, claimed, matterOf, type Claim, type Drawn, type TallyTerms } from './claim.ts'
import { wayOf, wayOrChoice } from './kind.ts'

export const sharings = ['bestThenShare', 'shareThenBest'] as const

/** Points by the level of the authority, for each fact or for each record; perhaps by outlet, perhaps shared by authors. */
export const Levels = z.strictObject({
  ...claimed,
  kind: z.literal('levels'),
  points: z.record(z.string(), Amount),
  /** Points for each wrong record named in one claim, rather than for the fact. */
  perRecord: z.literal('yes').optional(),
  /** What a claim in another outlet than the main ones is worth, as a factor. */
  otherOutlet: Amount.optional(),
  /** Whether the points are divided among the authors, and whether before or after the best placement is found. */
  shared: wayOrChoice(sharings).optional(),
})
type Levels = z.infer<typeof Levels>

/**
 * The points of each claim. Of the placements of one piece, where they are found before authors share (IR-21), only the
 * best is taken, by its level and outlet; it is divided among the authors of that placement and of no other.
 */
export function levels(rule: Levels, claims: readonly Claim[], { chosen }: TallyTerms): Drawn[] {
  const sharing = rule.shared === undefined ? undefined : wayOf(rule.shared, chosen)
  const drawn = claims.map((claim): Placed => {
    const { records = '1', outlet, authors = '1' } = claim
    const level = claim.level!
    const each = rule.points[level]
    if (each === undefined) return { claim, whole: zero, points: zero, why: [{ kind: 'noLevel', level }] }
    const times = rule.perRecord === 'yes' ? records : '1'
    const factor = outlet === 'other' && rule.otherOutlet !== undefined ? rule.otherOutlet : '1'
    const among = sharing === undefined ? '1' : authors
    const whole = exact(each).mul(exact(times)).mul(exact(factor))
    return { claim, whole, points: whole.div(exact(among)), why: [{ kind: 'level', level, each, times, factor, among }] }
  })
  if (sharing !== 'bestThenShare') return drawn.map(({ whole: _, ...one }) => one)
  const best = new Map<string, Placed>()
  for (const one of drawn) {
    const piece = matterOf(one.claim)
    const before = best.get(piece)
    if (!before || better(one, before)) best.set(piece, one)
  }
  return drawn.map((one) => {
    const { whole: _, ...own } = one
    const { whole: __, ...taken } = best.get(matterOf(one.claim))!
    return taken.claim === own.claim ? own : { ...own, instead: taken }
  })
}

interface Placed extends Drawn {
  /** What the placement is worth before authors share. */
  whole: Exact
}

/** The higher placement; of equal ones that with fewer authors. */
const better = (one: Placed, other: Placed): boolean =>
  (compare(one.whole, other.whole) || compare(one.points, other.points) || byContent(other.claim, one.claim)) > 0
