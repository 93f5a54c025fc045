import { canonical, compare, exact, larger, rounded, shown, sum, zero, type Exact } from './exact.ts'
import type { Choices } from './facts.ts'
import { chosen, wayIn } from './policy/readings.ts'
import type { payees, Policy } from './policy/shape.ts'
import { grouped } from './rank.ts'

/** Somebody who was on post in the year, with the score of the year. */
export interface Payee {
  id: string
  group: Readonly<Record<string, string>>
  score: Exact
  /** On post on the base date; true where it is left out. */
  counted?: boolean
  /** The part of the year on post, 0 to 1; absent is the whole year. */
  yearShare?: Exact
}

export interface Share {
  id: string
  /** The score as it counts for pay: never less than nothing, and by the days on post where the reading says so. */
  points: Exact
  /** What the formula gives before rounding. */
  exact: Exact
  paid: Exact
  /** Whether one of the leftover fen was added. */
  leftoverFen: boolean
}

export interface Pool {
  group: string
  /** How many people make the pool; a fraction where each counts by the days on post. */
  heads: Exact
  perHead: Exact
  pool: Exact
  points: Exact
  shares: Share[]
  /** What is paid to nobody; zero unless nobody has any points or the reading keeps the leftover. */
  left: Exact
  clause: string
}

const fen = exact(1n, 100n)

/** How much each of those who share counts: everyone on post on the base date, or everyone who was on post, or by days. */
function sharing(people: readonly Payee[], sharers: (typeof payees)[number]): { payee: Payee; head: Exact }[] {
  return people.flatMap((payee) => {
    const { counted = true, yearShare = exact(1) } = payee
    if (sharers === 'baseDate') return counted ? [{ payee, head: exact(1) }] : []
    return compare(yearShare, zero) > 0 ? [{ payee, head: sharers === 'byDays' ? yearShare : exact(1) }] : []
  })
}

/**
 * Pools of so much a head, shared in proportion to scores. Each share is rounded down to the fen; the fen left over go one
 * each to the largest remainders, among equal remainders to the higher score, then by id, so that the shares make the pool.
 */
export function pay(policy: Policy, choices: Choices, people: readonly Payee[]): Pool[] {
  const rule = policy.pay
  if (!rule) return []
  const perHead = exact(rule.perHead.options[chosen(policy, choices, rule.perHead.by)]!)
  const kept = wayIn(policy, choices, rule.leftover) === 'kept'
  const kind = wayIn(policy, choices, rule.group)
  const headOf = new Map(sharing(people, wayIn(policy, choices, rule.sharers)).map(({ payee, head }) => [payee, head]))
  return grouped([...headOf.keys()], kind).map(([group, members]) => {
    const heads = sum(members.map((payee) => headOf.get(payee)!))
    // Fractions of heads need rounding to whole fen.
    const pool = rounded(perHead.mul(heads), 2)
    const ownOf = (payee: Payee) => larger(payee.score, zero).mul(headOf.get(payee)!)
    const points = sum(members.map(ownOf))
    const { clause } = rule
    if (compare(points, zero) === 0) {
      const shares = members.map(({ id }) => ({ id, points: zero, exact: zero, paid: zero, leftoverFen: false }))
      return { group, heads, perHead, pool, points, shares, left: pool, clause }
    }
    const shares = members.map((payee): Share => {
      const { id } = payee
      const own = ownOf(payee)
      const due = pool.mul(own).div(points)
      return { id, points: own, exact: due, paid: rounded(due, 2, 'down'), leftoverFen: false }
    })
    const rest = pool.sub(sum(shares.map(({ paid }) => paid)))
    const leftover = Number(rounded(rest.mul(100), 0, 'down').n)
    const remainder = (share: Share) => share.exact.sub(share.paid)
    // Sorting is stable, so equals stay in the order of their ids.
    const order = shares.toSorted((a, b) => compare(remainder(b), remainder(a)) || compare(b.points, a.points))
    for (const share of kept ? [] : order.slice(0, leftover)) {
      share.paid = share.paid.add(fen)
      share.leftoverFen = true
    }
    const left = pool.sub(sum(shares.map(({ paid }) => paid)))
    return { group, heads, perHead, pool, points, shares, left, clause }
  })
}

/** The same people under every reading of the amount a head, side by side: what each would pay. */
export function payReadings(
  policy: Policy,
  choices: Choices,
  people: readonly Payee[],
): { option: string; chosen: boolean; pools: Pool[] }[] {
  const by = policy.pay?.perHead.by
  if (by === undefined) return []
  const now = chosen(policy, choices, by)
  return policy.interpretations[by]!.options.map(({ id }) => ({
    option: id,
    chosen: id === now,
    pools: pay(policy, { ...choices, [by]: id }, people),
  }))
}

/** Yuan and fen, always two places: '580.50'. */
export function yuan(value: Exact): string {
  const [whole, part = ''] = shown(value).split('.')
  return `${whole}.${part.padEnd(2, '0')}`
}

/** How far a pool goes beyond the wage standard: in yuan for all heads, and as a percentage of it. */
export function beyondWage(
  policy: Policy,
  { heads, perHead }: Pick<Pool, 'heads' | 'perHead'>,
): { yuan: string; percent: string } {
  const standard = exact(policy.pay?.wage?.performance ?? '0')
  if (compare(standard, zero) === 0) return { yuan: '0', percent: '0' }
  const gap = perHead.sub(standard)
  return { yuan: canonical(gap.mul(heads)), percent: canonical(gap.div(standard).mul(100)) }
}
