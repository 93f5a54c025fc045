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
  /** Seats nobody was given, by room id; those a tie stands before are counted too. */
  left: Map<string, number>
}

/**
 * Gives out seats level by level, best first; members of one level are equals. A level either fits whole into every
 * room it touches or its members in the tight room get nothing: a tie is never split. A room that met a tie is closed,
 * because whoever stands lower must not pass those who are contending.
 */
export function fillPlaces<Member>(rooms: readonly Room<Member>[], inOrder: readonly (readonly Member[])[]): Filled<Member> {
  const open = new Map(rooms.map((room) => [room.id, room.seats]))
  const left = new Map(open)
  const taken = new Set<Member>()
  const ties: Tie<Member>[] = []

  for (const level of inOrder) {
    const fitting = level.filter((member) => rooms.every((room) => !room.holds(member) || seatsIn(open, room) > 0))
    const tight = rooms.filter((room) => fitting.filter(room.holds).length > seatsIn(open, room))
    for (const member of fitting) {
      if (tight.some((room) => room.holds(member))) continue
      taken.add(member)
      for (const room of rooms) {
        if (!room.holds(member)) continue
        open.set(room.id, seatsIn(open, room) - 1)
        left.set(room.id, seatsIn(left, room) - 1)
      }
    }
    for (const room of tight) {
      ties.push({ room: room.id, seats: seatsIn(left, room), between: fitting.filter(room.holds) })
      open.set(room.id, 0)
    }
  }
  return { taken, ties, left }
}

const seatsIn = <Member>(seats: Map<string, number>, room: Room<Member>): number => seats.get(room.id) ?? 0
