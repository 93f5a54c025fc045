import { compare, type Exact } from './exact.ts'

/** The members best first, those with equal values standing on one level. */
export function inTiers<Member>(members: readonly Member[], order: (a: Member, b: Member) => number): Member[][] {
  const found: Member[][] = []
  for (const member of members.toSorted(order)) {
    const level = found.at(-1)
    if (level && order(level[0]!, member) === 0) level.push(member)
    else found.push([member])
  }
  return found
}

/** Gives each member its rank, 1-2-2-4: equals share one, and the next is counted on. */
export function eachRank<Member>(inOrder: readonly (readonly Member[])[], give: (member: Member, rank: number) => void): void {
  let ahead = 0
  for (const level of inOrder) {
    for (const member of level) give(member, ahead + 1)
    ahead += level.length
  }
}

/** Competition ranks (1-2-2-4), highest value first, in the order the values were given. */
export function competitionRanks(values: readonly Exact[]): number[] {
  const ranks = values.map(() => 0)
  const inOrder = inTiers(
    values.map((value, at) => ({ value, at })),
    (a, b) => compare(b.value, a.value),
  )
  eachRank(inOrder, ({ at }, rank) => (ranks[at] = rank))
  return ranks
}

/** Ids are unique, so that an order by them is the same whatever order people are listed in. */
export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)

/** The groups of one kind by name, their members by id: the same whatever order people are listed in. */
export function grouped<Member extends { id: string; group: Readonly<Record<string, string>> }>(
  people: readonly Member[],
  kind: string,
): [string, Member[]][] {
  const groups = Map.groupBy(people.toSorted(byId), ({ group }) => group[kind] ?? '')
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))
}
