import { z } from 'zod'
import { Amount, compare, exact, type Exact } from '../exact.ts'
import { wayOf, wayOrChoice } from '../shapes.ts'
import {
  byContent,
  claimed,
  matterOf,
  type Claim,
  type ClaimKind,
  type ClaimReader,
  type Drawn,
  type TallyTerms,
} from './claim.ts'
import type { Reason } from './step.ts'

const sharings = ['bestThenShare', 'shareThenBest'] as const

const Levels = z.strictObject({
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

/** Points by the level of the authority, for each fact or for each record; perhaps by outlet, perhaps shared by authors. */
export const levels = {
  shape: Levels,
  draw,
  measure: () => undefined,
  parts: ({ perRecord, otherOutlet, shared }) => [
    'matter',
    'level',
    ...(perRecord === undefined ? [] : (['records'] as const)),
    ...(otherOutlet === undefined ? [] : (['outlet'] as const)),
    ...(shared === undefined ? [] : (['authors'] as const)),
  ],
  read,
  levels: ({ points }) => Object.keys(points),
  bounds: () => [],
  ways: ({ shared }) => (shared === undefined ? [] : [{ at: 'shared', way: shared, ways: sharings }]),
  checksRecords: ({ perRecord }) => perRecord === 'yes',
  ranked: () => ({}),
  sentences: {
    level: (reason, { zh, quoted }) => {
      const times = reason.times === '1' ? '' : ` × ${reason.times}`
      const factor = reason.factor === '1' ? '' : zh ? ` × ${reason.factor}（其他媒体）` : ` × ${reason.factor} (other outlet)`
      const among = reason.among === '1' ? '' : zh ? ` ÷ ${reason.among} 人` : ` ÷ ${reason.among} authors`
      return `${quoted(reason.level)}${zh ? '' : ' '}${reason.each}${times}${factor}${among}`
    },
    noLevel: ({ level }, { zh, quoted }) =>
      zh ? `${quoted(level)}不在本条所列层级之内，不计分` : `${quoted(level)} is no level of this rule and moves nothing`,
  },
} satisfies ClaimKind<Levels, 'level' | 'noLevel'>

function read(rule: Levels, { raw, matter, whole, refuse }: ClaimReader): Partial<Claim> | undefined {
  const known = Object.keys(rule.points)
  const { level, outlet } = raw
  if (typeof level !== 'string' || !known.includes(level))
    return refuse('level', level, { zh: `层级应为：${known.join('、')}`, en: `must be one of: ${known.join(', ')}` })
  if (outlet !== undefined && outlet !== 'main' && outlet !== 'other')
    return refuse('outlet', outlet, { zh: '应为 main 或 other', en: 'must be main or other' })
  const records = raw.records === undefined ? undefined : whole('records', 1, 9999)
  const authors = raw.authors === undefined ? undefined : whole('authors', 1, 99)
  if (matter !== undefined && records !== undefined && records !== '1')
    return refuse('records', records, {
      zh: '写明事项的只能是一条记录，多条请分开填写',
      en: 'must be 1 where the matter is named; enter each record by itself',
    })
  return {
    level,
    ...(outlet === undefined ? {} : { outlet }),
    ...(records === undefined ? {} : { records }),
    ...(authors === undefined ? {} : { authors }),
  }
}

/**
 * The points of each claim. Of the placements of one piece, where they are found before authors share (IR-21), only the
 * best is taken, by its level and outlet; it is divided among the authors of that placement and of no other.
 */
function draw(rule: Levels, claims: readonly Claim[], { chosen }: TallyTerms): Drawn[] {
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
