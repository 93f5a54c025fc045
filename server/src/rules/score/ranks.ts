import { z } from 'zod'
import { Amount, exact } from '../exact.ts'
import type { Chosen } from '../shapes.ts'
import { claimed, type Claim, type ClaimKind, type Drawn, type TallyTerms } from './claim.ts'

const Ranks = z.strictObject({
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

/** Points by place in a ranking, counted from the top or from the bottom; further places earn and lose nothing. */
export const ranks = {
  shape: Ranks,
  draw,
  measure: () => undefined,
  parts: () => ['matter', 'place'],
  read: (_, { whole }) => {
    const place = whole('place', 1, 9999)
    return place === undefined ? undefined : { place }
  },
  levels: () => [],
  bounds: () => [],
  ways: () => [],
  checksRecords: () => false,
  ranked: ({ from }, { place }) => ({ place: place!, from }),
  sentences: {
    place: ({ place, from, points }, { zh }) => {
      if (from === 'top') return zh ? `第 ${place} 名，${points} 分` : `Place ${place}: ${points} points`
      return zh ? `倒数第 ${place} 名，${points} 分` : `Place ${place} from the last: ${points} points`
    },
  },
} satisfies ClaimKind<Ranks, 'place'>

/** The points of the places that count, first to last, under the chosen reading. */
export const pointsByPlace = ({ points }: Ranks, chosen: Chosen): readonly string[] =>
  Array.isArray(points) ? points : points.options[chosen(points.by)]!

function draw(rule: Ranks, claims: readonly Claim[], { chosen }: TallyTerms): Drawn[] {
  const byPlace = pointsByPlace(rule, chosen)
  return claims.map((claim) => {
    const place = claim.place!
    const points = byPlace[Number(place) - 1] ?? '0'
    return { claim, points: exact(points), why: [{ kind: 'place', place, from: rule.from, points }] }
  })
}
