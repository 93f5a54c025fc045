import { basisChanges, type Basis, type BasisChange } from './basis.ts'

/** People of equal standing, and fewer seats than people. */
export interface TieFacts {
  /** Their ids, in any order. */
  tied: readonly string[]
  /** What they are equal in, as exact text. */
  score: string
  seats: number
}

/** A signed order of people who tied. */
export interface TieRuling {
  /** What names it in the records; absent where it is only tried. */
  id?: string
  /** The quota it was made about, or `elimination`; absent: any. */
  of?: string
  /** Who comes first, in this order. */
  order: readonly string[]
  /** The tie it was made about (`tieBasis`); absent: whatever tie these people are in. */
  on?: Basis
}

/** A ruling whose tie no longer exists as it was, and what has changed in it. */
export interface FallenRuling {
  ruling: TieRuling
  changes: BasisChange[]
}

/** What the ruling of elimination ties names in place of a quota. */
export const ELIMINATION = 'elimination'

/** The facts a ruling about this tie rests on. */
export const tieBasis = ({ tied, score, seats }: TieFacts): Basis => ({
  tied: tied.toSorted().join(' '),
  score,
  seats: String(seats),
})

/** The rulings about one quota, and which of them were used. A ruling decides the tie it was made about and no other. */
export class Rulings {
  readonly #all: readonly TieRuling[]
  readonly #used = new Set<TieRuling>()

  constructor(all: readonly TieRuling[] = [], of: string) {
    this.#all = all.filter((ruling) => ruling.of === undefined || ruling.of === of)
  }

  /** Whether nobody has ruled. */
  get isEmpty(): boolean {
    return this.#all.length === 0
  }

  /**
   * The ids that rulings seat, best first: at most as many as there are seats. One ruling may leave a smaller tie to the
   * next. `lower` are people of the same score whom the panel has given a lower grade since: that carries a ruling out and
   * does not undo it.
   */
  decide({ tied, score, seats }: TieFacts, lower: readonly string[] = []): string[] {
    const seated: string[] = []
    for (;;) {
      const open = tied.filter((id) => !seated.includes(id))
      const left = seats - seated.length
      if (left === 0 || open.length === 0) return seated
      const holds = (on: Basis): boolean => {
        const gone = lower.filter((id) => (on.tied ?? '').split(' ').includes(id))
        return basisChanges(on, tieBasis({ tied: [...open, ...gone], score, seats: left })).length === 0
      }
      const ruling = this.#all.find(({ order, on }) => order.some((id) => open.includes(id)) && (!on || holds(on)))
      if (!ruling) return seated
      this.#used.add(ruling)
      seated.push(...ruling.order.filter((id) => open.includes(id)).slice(0, left))
    }
  }

  isUsed(id: string): boolean {
    return [...this.#used].some(({ order }) => order.includes(id))
  }

  /**
   * The rulings about some of these people that decided nothing, each with what became of the tie it was made about; but
   * for those that are carried out, where there is no tie any more because its losers have their grades.
   */
  fallen(
    people: ReadonlySet<string>,
    tie: TieFacts | undefined,
    isCarriedOut: (ruling: TieRuling & { on: Basis }) => boolean = () => false,
  ): FallenRuling[] {
    return this.#all.flatMap((ruling) => {
      const { on, order } = ruling
      if (!on || this.#used.has(ruling) || !order.some((id) => people.has(id)) || isCarriedOut({ ...ruling, on })) return []
      return [{ ruling, changes: basisChanges(on, tie ? tieBasis(tie) : {}) }]
    })
  }
}
