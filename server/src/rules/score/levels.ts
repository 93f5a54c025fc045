import { z } from 'zod'
import { Amount, compare, exact, type Exact } from '../exact.ts'
import { byContent, claimed, matterOf, type Claim, type Drawn, type TallyTerms } from './claim.ts'
import { wayOf, wayOrChoice } from './kind.ts'
import type { Reason } from './step.ts'

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
  /** What each placement is worth before authors share. */
  const whole = new Map<Drawn, Exact>()
  const drawn = claims.map((claim): Drawn => {
    const { records = '1', outlet, authors = '1' } = claim
    const level = claim.level!
    const each = rule.points[level] ?? '0'
    const times = rule.perRecord === 'yes' ? records : '1'
    const factor = outlet === 'other' && rule.otherOutlet !== undefined ? rule.otherOutlet : '1'
    const among = sharing === undefined ? '1' : authors
    const worth = exact(each).mul(exact(times)).mul(exact(factor))
    const known = rule.points[level] !== undefined
    const why: Reason = known ? { kind: 'level', level, each, times, factor, among } : { kind: 'noLevel', level }
    const one = { claim, points: worth.div(exact(among)), why: [why] }
    whole.set(one, worth)
    return one
  })
  if (sharing !== 'bestThenShare') return drawn
  const higher = (one: Drawn, other: Drawn): boolean =>
    (compare(whole.get(one)!, whole.get(other)!) || compare(one.points, other.points) || byContent(other.claim, one.claim)) > 0
  const best = new Map<string, Drawn>()
  for (const one of drawn) {
    const piece = matterOf(one.claim)
    const before = best.get(piece)
    if (!before || higher(one, before)) best.set(piece, one)
  }
  return drawn.map((one) => {
    const taken = best.get(matterOf(one.claim))!
    return taken === one ? one : { ...one, instead: taken }
  })
}
