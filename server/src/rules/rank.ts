import { compare, type Exact } from './exact.ts'

/** The members in order, those whom the order does not tell apart in one tier. */
export function inTiers<Member>(members: readonly Member[], order: (a: Member, b: Member) => number): Member[][] {
  const found: Member[][] = []
  for (const member of members.toSorted(order)) {
    const tier = found.at(-1)
    if (tier && order(tier[0]!, member) === 0) tier.push(member)
    else found.push([member])
  }
  return found
}

/** Gives each member its rank, 1-2-2-4: equals share a rank, and the ranks that they would have taken are left out. */
export function eachRank<Member>(inOrder: readonly (readonly Member[])[], give: (member: Member, rank: number) => void): void {
  let ahead = 0
  for (const tier of inOrder) {
    for (const member of tier) give(member, ahead + 1)
    ahead += tier.length
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

/** By id. Ids are unique, so the outcome does not depend on the order in which people are listed. */
export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1)

/** The groups of one kind in the order of their names, with their members in the order of their ids. */
export function grouped<Member extends { id: string; group: Readonly<Record<string, string>> }>(
  people: readonly Member[],
  kind: string,
): [string, Member[]][] {
  const groups = Map.groupBy(people.toSorted(byId), ({ group }) => group[kind] ?? '')
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))
}
