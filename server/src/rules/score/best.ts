import { compare, type Exact } from '../exact.ts'

/** A claim that could count in a tally. Its points are more than zero. */
export interface Contender {
  /** The position of its rule in an order that depends neither on the order of the file nor on ids. */
  rule: number
  matter: string
  points: Exact
}

export interface Limits {
  /** Whether a matter counts once, over all rules. */
  once: boolean
  /** The positions of the rules of which only one contender counts. */
  single: ReadonlySet<number>
  /**
   * What makes one allowed choice better than another. `sum`: it comes to more, as bonuses do. `highest`: more of the
   * highest stand, then more of the next highest, and so on, as deductions do: no matter is ever counted lower, or left
   * to another rule, so that the rest comes to more.
   */
  by: 'sum' | 'highest'
}

/**
 * The contenders that count: at most one of a matter, at most one of a single rule, and no other such choice is better.
 * Of choices that are equally good the one that gives the first rule more, then the second, and so on; so each rule's
 * points are the same in whatever order contenders come. Which of two that are worth the same to the same rule counts
 * depends on the order in which they are given, and on nothing else: callers give them in an order made of their content.
 *
 * Only single rules make it hard, and they are few: where they share matters with other rules it is an assignment of
 * rules to matters, solved exactly in time rules² × matters.
 */
export function bestOf<One extends Contender>(contenders: readonly One[], { once, single, by }: Limits): Set<One> {
  const matters = once
    ? [...Map.groupBy(contenders, ({ matter }) => matter).values()].map(highestByRule)
    : contenders.map((one) => new Map([[one.rule, one]]))
  const chosen = new Set<One>()
  const shared = new Set<Map<number, One>>()
  const tangled = new Set(matters.filter((own) => own.size > 1).flatMap((own) => [...own.keys()]))
  const alone = new Map<number, One>()
  for (const own of matters) {
    const rules = [...own.keys()].filter((rule) => single.has(rule))
    if (rules.length === 0) chosen.add(highest([...own.values()]))
    else if (rules.some((rule) => tangled.has(rule))) shared.add(own)
    else
      for (const one of own.values()) alone.set(one.rule, highest([...(alone.has(one.rule) ? [alone.get(one.rule)!] : []), one]))
  }
  for (const one of alone.values()) chosen.add(one)
  for (const one of assign([...shared], single, by)) chosen.add(one)
  return chosen
}

/** Of one matter's contenders the highest of each rule. */
function highestByRule<One extends Contender>(own: readonly One[]): Map<number, One> {
  const found = new Map<number, One>()
  for (const one of own) {
    const before = found.get(one.rule)
    if (!before || compare(one.points, before.points) > 0) found.set(one.rule, one)
  }
  return found
}

/** The highest, among equals that of the first rule, and then the first given. */
const highest = <One extends Contender>(all: readonly One[]): One =>
  all.reduce((best, one) => {
    const order = compare(one.points, best.points) || best.rule - one.rule
    return order > 0 ? one : best
  })

/** Each matter counts in a rule without limit or in one of the single rules, each of which takes one matter. */
function assign<One extends Contender>(
  matters: readonly ReadonlyMap<number, One>[],
  single: ReadonlySet<number>,
  by: Limits['by'],
): One[] {
  if (matters.length === 0) return []
  const weight = weights(
    matters.flatMap((own) => [...own.values()]),
    by,
  )
  const free = matters.map((own) => {
    const others = [...own.values()].filter(({ rule }) => !single.has(rule))
    return others.length === 0 ? undefined : highest(others)
  })
  const rules = [...single].filter((rule) => matters.some((own) => own.has(rule))).toSorted((a, b) => a - b)
  const gains = rules.map((rule) =>
    matters.map((own, at) => {
      const [one, other] = [own.get(rule), free[at]]
      const gain = one === undefined ? 0n : weight.get(one)! - (other === undefined ? 0n : weight.get(other)!)
      return gain > 0n ? gain : 0n
    }),
  )
  const kept = new Map<number, number>()
  for (const [at, matter] of assignment(gains).entries())
    if (matter !== undefined && gains[at]![matter]! > 0n) kept.set(matter, rules[at]!)
  return matters.flatMap((own, at) => {
    const rule = kept.get(at)
    return (rule === undefined ? free[at] : own.get(rule)) ?? []
  })
}

/**
 * A whole-number weight for each contender, such that the better of two choices has the greater sum. It is built like a
 * number with digits: in front what `by` compares, then the points of each rule in order; whatever the digits behind add
 * up to stays below one unit of the digit before them.
 */
function weights<One extends Contender>(all: readonly One[], by: Limits['by']): Map<One, bigint> {
  const scale = all.reduce((common, { points }) => (common / gcd(common, points.d)) * points.d, 1n)
  const whole = new Map(all.map((one) => [one, one.points.n * (scale / one.points.d)]))
  const more = 1n + [...whole.values()].reduce((sum, one) => sum + one, 0n)
  const last = Math.max(...all.map(({ rule }) => rule))
  const first = by === 'sum' ? (value: bigint) => value : inFrontOf([...whole.values()])
  return new Map(
    all.map((one) => {
      const value = whole.get(one)!
      return [one, first(value) * more ** BigInt(last + 1) + value * more ** BigInt(last - one.rule)]
    }),
  )
}

/** A number for each value, greater than any sum of the numbers of smaller values. */
function inFrontOf(values: readonly bigint[]): (value: bigint) => bigint {
  const ordered = [...new Set(values)].toSorted((a, b) => (a < b ? -1 : 1))
  const base = BigInt(values.length + 1)
  const found = new Map(ordered.map((value, at) => [value, base ** BigInt(at)]))
  return (value) => found.get(value)!
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

/**
 * The column assigned to each row such that the sum of the gains is greatest; a column goes to one row at most, and a row
 * may stay without. This is the Hungarian algorithm (Kuhn, Munkres) with potentials, in whole numbers: rows are added
 * one by one, each along a cheapest augmenting path.
 */
function assignment(gains: readonly (readonly bigint[])[]): (number | undefined)[] {
  const [rows, real] = [gains.length, gains[0]?.length ?? 0]
  // Beside the real columns there is one for each row, in which it gains nothing: taking it means to stay without.
  const columns = real + rows
  const costOf = (row: number, column: number): bigint => (column < real ? -gains[row]![column]! : 0n)
  const rowPotential = gains.map(() => 0n)
  const columnPotential = Array.from({ length: columns }, () => 0n)
  const rowOf: (number | undefined)[] = Array.from({ length: columns }, () => undefined)
  for (let added = 0; added < rows; added += 1) {
    const least: (bigint | undefined)[] = Array.from({ length: columns }, () => undefined)
    const from: (number | undefined)[] = Array.from({ length: columns }, () => undefined)
    const reached: number[] = []
    const seen = new Set<number>()
    let row = added
    let column: number | undefined
    for (;;) {
      let next = -1
      for (let at = 0; at < columns; at += 1) {
        if (seen.has(at)) continue
        const cost = costOf(row, at) - rowPotential[row]! - columnPotential[at]!
        const before = least[at]
        if (before === undefined || cost < before) {
          least[at] = cost
          from[at] = column
        }
        if (next < 0 || least[at]! < least[next]!) next = at
      }
      const step = least[next]!
      rowPotential[added] = rowPotential[added]! + step
      for (const at of reached) {
        rowPotential[rowOf[at]!] = rowPotential[rowOf[at]!]! + step
        columnPotential[at] = columnPotential[at]! - step
      }
      for (let at = 0; at < columns; at += 1) if (!seen.has(at)) least[at] = least[at]! - step
      seen.add(next)
      reached.push(next)
      column = next
      const taken = rowOf[next]
      if (taken === undefined) break
      row = taken
    }
    for (let at: number | undefined = column; at !== undefined;) {
      const before: number | undefined = from[at]
      rowOf[at] = before === undefined ? added : rowOf[before]
      at = before
    }
  }
  return gains.map((_, row) => {
    const column = rowOf.indexOf(row)
    return column >= 0 && column < real ? column : undefined
  })
}
