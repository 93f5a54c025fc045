import { z } from 'zod'
import { Amount, exact } from '../exact.ts'
import { claimed, type Claim, type Drawn, type TallyTerms } from './claim.ts'

/** Points by place in a ranking, counted from the top or from the bottom; further places earn and lose nothing. */
export const Ranks = z.strictObject({
  ...claimed,
  kind: z.literal('ranks'),
  from: z.enum(['top', 'bottom']),
  /** Points for the first place so counted, the second, and so on; or those of the reading chosen. */
  points: z.union([
    z.array(Amount).min(1),
    z.strictObject({ by: z.string(), options: z.record(z.string(), z.array(Amount).min(1)) }),
  ]),
})
type Ranks = z.infer<typeof Ranks>

export function ranks(rule: Ranks, claims: readonly Claim[], { chosen }: TallyTerms): Drawn[] {
  const tiers = Array.isArray(rule.points) ? rule.points : rule.points.options[chosen(rule.points.by)]!
  return claims.map((claim) => {
    const place = claim.place!
    const points = tiers[Number(place) - 1] ?? '0'
    return { claim, points: exact(points), why: [{ kind: 'place', place, from: rule.from, points }] }
  })
}
