import { z } from 'zod'
import { Amount, exact, most, type Exact } from '../exact.ts'
import { claimed, matterOf, type Claim, type Drawn, type TallyTerms } from './claim.ts'
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

export function levels(rule: Levels, claims: readonly Claim[], { chosen }: TallyTerms): Drawn[] {
  const sharing = rule.shared === undefined ? undefined : wayOf(rule.shared, chosen)
  const authorsOf = new Map<string, Exact>()
  for (const claim of claims) {
    const work = matterOf(claim)
    authorsOf.set(work, most(authorsOf.get(work) ?? exact(1), exact(claim.authors ?? '1')))
  }
  return claims.map((claim) => {
    const { records = '1', outlet, authors = '1' } = claim
    const level = claim.level!
    const each = rule.points[level]
    if (each === undefined) return { claim, points: exact(0), why: [{ kind: 'noLevel', level }] }
    const times = rule.perRecord === 'yes' ? records : '1'
    const factor = outlet === 'other' && rule.otherOutlet !== undefined ? rule.otherOutlet : '1'
    const among =
      sharing === undefined ? exact(1) : sharing === 'bestThenShare' ? authorsOf.get(matterOf(claim))! : exact(authors)
    const points = exact(each).mul(exact(times)).mul(exact(factor)).div(among)
    return { claim, points, why: [{ kind: 'level', level, each, times, factor, among: among.toFraction() }] }
  })
}
