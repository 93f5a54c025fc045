import { basisChanges, type Basis } from './basis.ts'
import { added, areKnown, known, none, rest, spread, within, type Between } from './between.ts'
import { canonical, compare, percent, shown, type Exact } from './exact.ts'
import type { Choices, Grade } from './facts.ts'
import { givesGrades, nextBelow, ordersByMerit, rungOf, type Person } from './grade.ts'
import type { CohortOverrides, Outcome, QuotaGroup, Seat } from './outcome.ts'
import { fillPlaces } from './places.ts'
import { wayIn } from './policy/readings.ts'
import type { Policy, PolicyQuota, QuotaRounding } from './policy/shape.ts'
import { eachRank, inTiers } from './rank.ts'
import { populationOf, seatsOf } from './seat-count.ts'
import { standsForSeats } from './seats-for.ts'
import { Rulings, type TieFacts, type TieRuling } from './ties.ts'

// Filling the seats of one quota. A tie at the last seat of a quota above may still wait for a ruling; until it is made,
// nobody knows which of those people go on to stand for a seat here, only how many at least and at most. The seats are
// given out once for the fewest and once for the most of them: what is the same both times is settled, all else waits.

/** People of one score who wait for a ruling. Where each of them will end is open; how many will end where has bounds. */
export interface Waiting {
  members: readonly Person[]
  /** How many will have a seat of each grade that was rationed so far. */
  seated: Map<Grade, Between>
  /** How many will have no seat so far and go on to the quotas below. */
  left: Between
  /** The grade that those left stand for, where bands or conditions give grades. */
  next: Grade
}

/** What became of those who wait above: how many got a seat of this quota, and how many stood for one and got none. */
interface Fate {
  took: Between
  lost: Between
}

/** Somebody who stands for a seat, or a place kept for one of a group that waits above. */
type Entry = { total: Exact } & ({ person: Person; of?: never } | { of: Waiting; person?: never })

/** People by their group of a kind, as by town. */
export function groupsOf(people: readonly Person[], kind: string): Map<string, Person[]> {
  return Map.groupBy(people, (person) => person.group[kind] ?? '')
}

/** The cohort in which a quota is filled. */
interface Among {
  people: readonly Person[]
  outcomes: ReadonlyMap<Person, Outcome>
  overrides: CohortOverrides
  /** Who waits for the rulings of the quotas above; this quota's own are added. */
  waiting: Waiting[]
  /** The quotas above of the same grade. */
  named: readonly PolicyQuota[]
}

/** A group, or several small groups together, with seats of its own. */
interface Pool {
  name: string
  groups: string[]
  members: Person[]
}

/** How many of a group that waits above come to stand in a pool, at their score; `all` where none of them could stand elsewhere. */
type Coming = Between & { of: Waiting; total: Exact; all: boolean }

/** How one candidate fares when seats are given out once: with a seat, without one, or in the tie at the last seat. */
type Fare = { seat: 'in' | 'out' } | { seat: 'tied'; tie: Tied }
interface Tied {
  people: Person[]
  /** How many places kept for people who wait above are in it; while there are any, nobody can rule. */
  others: number
  seats: number
}

const IN: Fare = { seat: 'in' }
const OUT: Fare = { seat: 'out' }

/** Fills the seats of one quota and writes what comes of it into the outcomes. */
export class QuotaFill {
  readonly #policy: Policy
  readonly #choices: Choices
  readonly #quota: PolicyQuota
  readonly #among: Among
  readonly #share: Exact
  readonly #rounding: QuotaRounding
  readonly #tie: 'contested' | 'leaveEmpty'
  readonly #merit: boolean
  /** Whether bands or conditions give grades that a quota takes away again; else it gives the grade itself. */
  readonly #ownGrades: boolean
  readonly #rulings: Rulings

  constructor(policy: Policy, choices: Choices, quota: PolicyQuota, among: Among) {
    this.#policy = policy
    this.#choices = choices
    this.#quota = quota
    this.#among = among
    this.#share = percent(among.overrides.percent ?? quota.upTo)
    this.#rounding = among.overrides.rounding ?? wayIn(policy, choices, quota.rounding)
    this.#tie = wayIn(policy, choices, quota.tie)
    this.#merit = ordersByMerit(policy, choices)
    this.#ownGrades = givesGrades(policy, choices)
    this.#rulings = new Rulings(this.#tie === 'contested' ? among.overrides.rulings : [], quota.id)
  }

  fill(): QuotaGroup[] {
    const byGroup = groupsOf(this.#among.people, this.#quota.group)
    const fates = new Map<Waiting, Fate>()
    const newly: Waiting[] = []
    const joined = new Set<Waiting>()
    const groups = this.#pools(byGroup).map((pool) => this.#fillPool(pool, fates, newly, joined))
    const { waiting } = this.#among
    for (const one of waiting) if (!joined.has(one)) this.#pass(one, fates.get(one))
    waiting.splice(0, waiting.length, ...waiting.filter((one) => !joined.has(one)), ...newly)
    return groups
  }

  /** How many of those who wait above stand for this quota's seats. */
  #standing({ seated, left, next }: Waiting): Between {
    const { grade } = this.#quota
    if (this.#among.named.length > 0) return seated.get(grade) ?? none
    return !this.#ownGrades || next === grade ? left : none
  }

  /** Takes down for a group that waits above how those of them who stood here fared. */
  #pass(waiting: Waiting, { took, lost: without }: Fate = { took: none, lost: none }): void {
    const { grade } = this.#quota
    const stood = this.#standing(waiting)
    if (stood.most === 0) return
    const lost = within(rest(stood, took), without)
    waiting.seated.set(grade, within(took, rest(stood, without)))
    waiting.left = this.#among.named.length > 0 ? added([waiting.left, lost]) : lost
    waiting.next = nextBelow(this.#policy, grade)
  }

  /** The groups that share out seats; when small ones are pooled, those without a seat of their own become one. */
  #pools(groups: ReadonlyMap<string, Person[]>): Pool[] {
    const all = [...groups].map(([name, members]) => ({ name, groups: [name], members }))
    if (this.#rounding !== 'pooled') return all
    const hasSeat = ({ members }: Pool) => seatsOf(this.#baseOf(members), this.#share, 'floor') > 0
    const small = all.filter((pool) => !hasSeat(pool))
    if (small.length < 2) return all
    const names = small.map(({ name }) => name).toSorted()
    return [...all.filter(hasSeat), { name: names.join('、'), groups: names, members: small.flatMap(({ members }) => members) }]
  }

  #baseOf(members: readonly Person[]): Exact {
    const counted = members.filter((person) => this.#quota.of === 'everyone' || person.fullTime)
    return populationOf(counted, wayIn(this.#policy, this.#choices, this.#quota.population))
  }

  #fillPool(pool: Pool, fates: Map<Waiting, Fate>, newly: Waiting[], joined: Set<Waiting>): QuotaGroup {
    const { id, grade, clause } = this.#quota
    const base = this.#baseOf(pool.members)
    const cap = seatsOf(base, this.#share, this.#rounding)
    const candidates = pool.members.filter((person) => this.#stands(person))
    const coming = this.#coming(pool)
    const inOrder = inTiers(candidates, (a, b) => compare(b.total, a.total))
    const one = this.#run(pool, cap, inOrder, coming, 'least')
    const other = coming.every(({ least, most }) => least === most) ? one : this.#run(pool, cap, inOrder, coming, 'most')
    for (const come of coming) {
      const [few, many] = [one.took.get(come.of)!, other.took.get(come.of)!]
      // The more stand, and the more stand above them, the more of them go without.
      const lost = { least: come.least - few.most, most: come.most - many.least }
      const others = coming.filter(({ of, total }) => of !== come.of && (!this.#merit || compare(total, come.total) >= 0))
      const took = areKnown(others) ? { least: few.least, most: many.most } : rest(come, lost)
      const before = fates.get(come.of) ?? { took: none, lost: none }
      fates.set(come.of, { took: added([before.took, took]), lost: added([before.lost, lost]) })
    }
    const [fewest, most] = [one.fares, other.fares]
    const places = this.#placesAmong(inOrder)
    const waiting: Person[] = []
    for (const person of candidates) {
      const [few, many] = [fewest.get(person)!, most.get(person)!]
      const outcome = this.#among.outcomes.get(person)!
      if (few.seat === 'in' && many.seat === 'in') this.#seat(outcome, person, places.get(person)!, cap)
      else if (few.seat === 'out' && many.seat === 'out') this.#leaveOut(outcome, cap)
      else if (few.seat === 'tied' && many.seat === 'tied' && sameTie(few.tie, many.tie)) {
        if (this.#tie === 'contested') waiting.push(person)
        this.#contend(outcome, few.tie)
      } else {
        waiting.push(person)
        this.#set(outcome, 'pending', null)
        outcome.reasons.push({ kind: 'waits', clause })
      }
    }
    const bySeat = Map.groupBy(pool.members, (person) => this.#among.outcomes.get(person)!.seats[id])
    const howMany = (seat: Seat) => bySeat.get(seat)?.length ?? 0
    const seated = howMany('in')
    newly.push(...this.#waitingBy(waiting, [fewest, most], coming, joined))
    const contested = bySeat.get('contested') ?? []
    const tie = tieOf(contested, contested.length > 0 ? fewest.get(contested[0]!) : undefined)
    return {
      quota: id,
      grade,
      group: pool.name,
      groups: pool.groups,
      base: shown(base),
      cap,
      percent: `${canonical(this.#share.mul(100))}%`,
      rounding: this.#rounding,
      taken: seated,
      contested: contested.map((person) => person.id),
      ...(tie && this.#tie === 'contested' ? { tie } : {}),
      pending: howMany('pending'),
      seatsLeft: cap - seated,
      barred: howMany('barred'),
      incomplete: howMany('incomplete'),
      fallen: this.#rulings.isEmpty
        ? []
        : this.#rulings.fallen(new Set(pool.members.map((person) => person.id)), tie, (ruling) =>
            this.#isCarriedOut(ruling, pool, cap),
          ),
      clause,
    }
  }

  /** Gives the seats out once, with the fewest or the most of those who wait above standing too. */
  #run(pool: Pool, cap: number, inOrder: readonly Person[][], coming: readonly Coming[], which: keyof Between) {
    const { taken, ties } = fillPlaces(
      [{ id: pool.name, seats: cap, holds: () => true }],
      this.#entries(inOrder, coming, which),
      ({ between, seats }) => {
        if (this.#rulings.isEmpty) return []
        const persons = between.flatMap(({ person }) => person ?? [])
        if (persons.length < between.length) return []
        const tied = persons.map(({ id }) => id)
        const { total } = persons[0]!
        const lower = pool.members.filter((person) => this.#isLowered(person) && compare(person.total, total) === 0)
        const seated = this.#rulings.decide(
          { tied, score: canonical(total), seats },
          lower.map(({ id }) => id),
        )
        return between.filter(({ person }) => seated.includes(person!.id))
      },
    )
    const fares = new Map<Person, Fare>()
    for (const tier of inOrder) for (const person of tier) fares.set(person, OUT)
    const took = new Map(coming.map(({ of }) => [of, { least: 0, most: 0 }]))
    const add = (of: Waiting, least: number, most: number) => {
      const sum = took.get(of)!
      took.set(of, { least: sum.least + least, most: sum.most + most })
    }
    for (const { person, of } of taken) {
      if (person) fares.set(person, IN)
      else add(of, 1, 1)
    }
    for (const { between, seats } of ties) {
      const persons = between.flatMap(({ person }) => person ?? [])
      const tie = { people: persons, others: between.length - persons.length, seats }
      for (const person of persons) fares.set(person, { seat: 'tied', tie })
      for (const [of, all] of Map.groupBy(between, (entry) => entry.of))
        if (of) add(of, Math.max(0, seats - (between.length - all.length)), Math.min(all.length, seats))
    }
    return { fares, took }
  }

  /** All who stand for the seats, best tier first; where nothing orders them, all in one tier. */
  #entries(inOrder: readonly Person[][], coming: readonly Coming[], which: keyof Between): Entry[][] {
    const standing: Entry[][] = inOrder.map((tier) => tier.map((person) => ({ person, total: person.total })))
    const others: Entry[] = coming.flatMap(({ of, total, [which]: count }) =>
      Array.from({ length: count }, () => ({ of, total })),
    )
    if (this.#merit && others.length === 0) return standing
    return inTiers([...standing.flat(), ...others], (a, b) => (this.#merit ? compare(b.total, a.total) : 0))
  }

  /** Whether somebody would stand here but for the lower grade that the panel has given them. */
  #isLowered(person: Person): boolean {
    const { atMost, reasons } = this.#among.outcomes.get(person)!
    const place = rungOf(this.#policy, this.#quota.grade)
    return (
      person.counted &&
      person.missing === 0 &&
      rungOf(this.#policy, atMost) <= place &&
      reasons.some((reason) => reason.kind === 'panelMoved' && rungOf(this.#policy, reason.to) > place)
    )
  }

  /** Whether a ruling is done: its winners are seated, its losers graded lower, and nobody else has come to tie with them. */
  #isCarriedOut({ on, order }: TieRuling & { on: Basis }, { members }: Pool, cap: number): boolean {
    const named = (on.tied ?? '').split(' ')
    const seatOf = (person: Person) => this.#among.outcomes.get(person)!.seats[this.#quota.id]
    const isSeated = (person: Person) => seatOf(person) === 'in'
    const tied = members.filter(({ id }) => named.includes(id))
    const winners = tied.filter(({ id }) => order.includes(id))
    const [first] = winners
    if (!first || tied.length < named.length || winners.length < order.length || !winners.every(isSeated)) return false
    if (tied.some((person) => compare(person.total, first.total) !== 0 || !(isSeated(person) || this.#isLowered(person))))
      return false
    const equals = members.filter((person) => !named.includes(person.id) && compare(person.total, first.total) === 0)
    if (equals.some((person) => !isSeated(person) && seatOf(person) !== undefined && !this.#isLowered(person))) return false
    const above = members.filter((person) => isSeated(person) && compare(person.total, first.total) > 0).length
    const seats = cap - above - equals.filter(isSeated).length
    return basisChanges({ ...on, tied: '' }, { tied: '', score: canonical(first.total), seats: String(seats) }).length === 0
  }

  /** How many of those who wait above will stand in this pool, at their score: at least and at most. */
  #coming(pool: Pool): Coming[] {
    const members = new Set(pool.members)
    return this.#among.waiting.flatMap((of) => {
      const { least, most } = this.#standing(of)
      const here = of.members.filter((person) => members.has(person)).length
      const elsewhere = of.members.length - here
      const found = { least: Math.max(0, least - elsewhere), most: Math.min(here, most) }
      return found.most > 0 ? [{ of, total: of.members[0]!.total, all: elsewhere === 0, ...found }] : []
    })
  }

  /**
   * Those who wait, score by score, with how many of each will have a seat in the end. Whoever waits above and stands here
   * with the same score joins them (`joined`): how many of both have seats is known where how many of each is not.
   */
  #waitingBy(
    waiting: readonly Person[],
    runs: readonly [ReadonlyMap<Person, Fare>, ReadonlyMap<Person, Fare>],
    coming: readonly Coming[],
    joined: Set<Waiting>,
  ): Waiting[] {
    const { grade } = this.#quota
    return inTiers(waiting, (a, b) => compare(b.total, a.total)).map((members) => {
      const equals = coming.filter(({ all, total }) => this.#merit && all && compare(total, members[0]!.total) === 0)
      const others = equals.map(({ of }) => of)
      for (const other of others) joined.add(other)
      const came = added(equals)
      const counts = (['least', 'most'] as const).map((which, at) => {
        const seated = this.#seatedOf(members, runs[at]!, equals.length > 0 ? came[which] : undefined)
        const standing = members.length + came[which]
        return { seated, left: rest(known(standing), seated) }
      })
      const left = spread(counts.map((one) => one.left))
      const above = coming.filter((one) => compare(one.total, members[0]!.total) > 0)
      const seated =
        areKnown([came]) || areKnown(above)
          ? spread(counts.map((one) => one.seated))
          : rest(added([came, known(members.length)]), left)
      // Under a quota of the same grade above, those who had no seat there are left already.
      const before = this.#among.named.length > 0 ? added(others.map((one) => one.left)) : none
      const seatedAbove = new Set(others.flatMap((one) => [...one.seated.keys()]))
      return {
        members: [...members, ...others.flatMap((one) => one.members)],
        seated: new Map([
          ...[...seatedAbove].map((of) => [of, added(others.map((one) => one.seated.get(of) ?? none))] as const),
          [grade, seated],
        ]),
        left: added([left, before]),
        next: nextBelow(this.#policy, grade),
      }
    })
  }

  /** How many of the members have a seat in the end, as one run has it; with those who came to the same score, where given. */
  #seatedOf(members: readonly Person[], run: ReadonlyMap<Person, Fare>, came: number | undefined): Between {
    const fares = members.map((person) => run.get(person)!)
    const sure = fares.filter(({ seat }) => seat === 'in').length
    const tie = fares.find((fare) => fare.seat === 'tied')?.tie
    const tied = tie && this.#tie === 'contested' ? tie : undefined
    if (came !== undefined) {
      // Equals fare alike: all of them have seats, none has, or they share those of the tie.
      const seated = tied ? tied.seats : sure > 0 ? members.length + came : 0
      return known(seated)
    }
    if (!tied) return known(sure)
    return { least: sure + Math.max(0, tied.seats - tied.others), most: sure + Math.min(tied.people.length, tied.seats) }
  }

  /** Whether the person is a candidate; if not, the outcome says why. */
  #stands(person: Person): boolean {
    const { grade, clause, id } = this.#quota
    const outcome = this.#among.outcomes.get(person)!
    const { reasons } = outcome
    if (!person.counted) {
      outcome.grade = null
      if (!reasons.some(({ kind }) => kind === 'notTakingPart')) reasons.push({ kind: 'notTakingPart', clause })
      return false
    }
    if (rungOf(this.#policy, outcome.atMost) > rungOf(this.#policy, grade)) {
      this.#set(outcome, 'barred', outcome.grade)
      reasons.push({ kind: 'barred', clause })
      return false
    }
    if (person.missing > 0) {
      this.#set(outcome, 'incomplete', null)
      if (!reasons.some(({ kind }) => kind === 'incomplete'))
        reasons.push({ kind: 'incomplete', missing: person.missing, clause })
      return false
    }
    if (!standsForSeats(this.#policy, this.#choices, this.#quota, person)) {
      // A grade that is rationed is not to be had without a seat.
      this.#set(outcome, 'out', this.#below(outcome, outcome.grade))
      reasons.push({ kind: 'noSeatFor', clause })
      return false
    }
    if (outcome.seat === 'contested' || outcome.seat === 'pending') {
      outcome.seats[id] = 'pending'
      return false
    }
    if (this.#among.named.length > 0) return this.#among.named.every((quota) => outcome.seats[quota.id] === 'in')
    if (outcome.seat === 'in') return false
    // Without bands or conditions everyone unbarred stands for the grade; with conditions, those who meet them.
    const own = this.#policy.checklists.length > 0 || outcome.grade !== null
    if (own && outcome.grade !== grade) {
      reasons.push({ kind: 'belowBand', clause })
      return false
    }
    return true
  }

  /** The place of each candidate among those who can have a seat, 1-2-2-4; 0 where nothing orders them. */
  #placesAmong(inOrder: readonly Person[][]): Map<Person, number> {
    const places = new Map<Person, number>()
    eachRank(inOrder, (person, rank) => places.set(person, this.#merit ? rank : 0))
    return places
  }

  #set(outcome: Outcome, seat: Seat, grade: Outcome['grade']): void {
    Object.assign(outcome, { seat, grade })
    outcome.seats[this.#quota.id] = seat
  }

  #seat(outcome: Outcome, person: Person, place: number, cap: number): void {
    const { clause, grade } = this.#quota
    this.#set(outcome, 'in', grade)
    outcome.reasons.push({ kind: 'seated', rank: place, cap, clause })
    if (this.#rulings.isUsed(person.id)) outcome.reasons.push({ kind: 'ruled', clause })
  }

  /** Who had the grade already drops by one; else the quotas below or the panel still have to give one. */
  #below({ grade }: Outcome, otherwise: Outcome['grade'] = null): Outcome['grade'] {
    const had = grade === this.#quota.grade && (this.#ownGrades || this.#among.named.length === 0)
    return had ? nextBelow(this.#policy, this.#quota.grade) : otherwise
  }

  #leaveOut(outcome: Outcome, cap: number): void {
    this.#set(outcome, 'out', this.#below(outcome))
    outcome.reasons.push({ kind: 'noSeatLeft', cap, next: outcome.grade, clause: this.#quota.clause })
  }

  #contend(outcome: Outcome, { people, seats }: Tied): void {
    const { clause } = this.#quota
    if (this.#tie === 'contested') {
      this.#set(outcome, 'contested', null)
      outcome.reasons.push({ kind: 'contested', between: people.length, seats, clause })
    } else {
      this.#set(outcome, 'out', this.#below(outcome))
      outcome.reasons.push({ kind: 'tieLeftEmpty', between: people.length, clause })
    }
  }
}

/** A tie that can be ruled, by its facts. */
function tieOf(contested: readonly Person[], fare: Fare | undefined): TieFacts | undefined {
  if (fare?.seat !== 'tied') return undefined
  return { tied: contested.map(({ id }) => id), score: canonical(contested[0]!.total), seats: fare.tie.seats }
}

/** A tie that is the same however many come from above, and that nobody from above is in: it can be ruled now. */
function sameTie(one: Tied, other: Tied): boolean {
  if (one === other) return one.others === 0
  const ids = ({ people }: Tied) =>
    people
      .map(({ id }) => id)
      .toSorted()
      .join(' ')
  return one.others + other.others === 0 && one.seats === other.seats && ids(one) === ids(other)
}
