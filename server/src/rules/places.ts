/** Seats for one group; groups nest (a town lies in one county) or are apart, they never overlap halfway. */
export interface Room<Member> {
  id: string
  seats: number
  holds: (member: Member) => boolean
}

/** Seats that no rule can award, because more equals than seats stand before them. */
export interface Tie<Member> {
  room: string
  seats: number
  between: Member[]
}

export interface Filled<Member> {
  taken: Set<Member>
  ties: Tie<Member>[]
}

/**
 * Gives out seats tier by tier, best first; the members of one tier are equals. Where a room has fewer open seats than
 * members of the tier, none of these gets one but those whom `decide` names, which is how a ruling settles a tie. Such a
 * room is then closed, so that nobody who stands lower passes those who contend for its seats.
 */
export function fillPlaces<Member>(
  rooms: readonly Room<Member>[],
  inOrder: readonly (readonly Member[])[],
  decide: (tie: Tie<Member>) => readonly Member[] = () => [],
): Filled<Member> {
  const all = rooms.map((room) => ({ ...room, open: room.seats, left: room.seats }))
  const taken = new Set<Member>()
  const ties: Tie<Member>[] = []
  const take = (member: Member) => {
    taken.add(member)
    for (const room of all.filter(({ holds }) => holds(member))) {
      room.open -= 1
      room.left -= 1
    }
  }

  for (const tier of inOrder) {
    const fitting = tier.filter((member) => all.every((room) => !room.holds(member) || room.open > 0))
    const tight = all.filter((room) => fitting.filter(room.holds).length > room.open)
    for (const member of fitting) if (!tight.some((room) => room.holds(member))) take(member)
    for (const room of tight) {
      const tie = { room: room.id, seats: room.left, between: fitting.filter(room.holds) }
      const seated = decide(tie)
      for (const member of seated) take(member)
      if (room.left > 0)
        ties.push({ room: room.id, seats: room.left, between: tie.between.filter((one) => !seated.includes(one)) })
      room.open = 0
    }
  }
  return { taken, ties }
}
