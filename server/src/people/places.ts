import { newId } from '../base/id.ts'
import type { UnitKnown } from './county-roster.ts'

type Level = 'town' | 'village'
const suffix: Record<Level, RegExp> = {
  town: /(镇|乡|街道|街道办事处|办事处)$/u,
  village: /(村|社区|村委会|居委会|村民委员会|居民委员会)$/u,
}

/** The towns and villages of a county, to be found by their names and codes; what is planned is found like what is stored. */
export class Places {
  private readonly byId = new Map<string, UnitKnown>()
  private readonly byCode = new Map<string, UnitKnown>()
  private readonly byName = new Map<string, UnitKnown[]>()

  constructor(
    private readonly county: { id: string; code: string },
    units: readonly UnitKnown[],
  ) {
    for (const unit of units) this.add(unit)
  }

  private add(unit: UnitKnown): void {
    this.byCode.set(unit.code, unit)
    if (unit.kind === 'county' || unit.closedOn !== null) return
    this.byId.set(unit.id, unit)
    for (const name of new Set([`${unit.kind} ${unit.name}`, `${unit.kind} ~${stemOf(unit.kind, unit.name)}`])) {
      const same = this.byName.get(name)
      if (same) same.push(unit)
      else this.byName.set(name, [unit])
    }
  }

  /** By the whole name, else by the name without what says its kind (砚溪 for 砚溪镇). */
  private named(kind: Level, name: string): UnitKnown[] {
    const stem = stemOf(kind, name)
    return this.byName.get(`${kind} ${name}`) ?? (stem === '' ? [] : (this.byName.get(`${kind} ~${stem}`) ?? []))
  }

  townsNamed(name: string): UnitKnown[] {
    return this.named('town', name)
  }

  /** Every village of that name, in a town or in any. */
  villagesNamed(name: string, town: UnitKnown | undefined): UnitKnown[] {
    const all = this.named('village', name)
    return town ? all.filter(({ parent }) => parent === town.id) : all
  }

  /** Whoever has a code, closed or not: codes are not given twice. */
  ofCode(code: string): UnitKnown | undefined {
    return this.byCode.get(code)
  }

  ofId(id: string | null): UnitKnown | undefined {
    return id === null ? undefined : this.byId.get(id)
  }

  /** A unit to be made; without a code it is given the next that is free, and is marked. */
  plan(kind: Level, name: string, parent: UnitKnown | undefined, code: string | null, now: number): UnitKnown {
    const unit: UnitKnown = {
      id: newId(now),
      kind,
      name,
      code: code ?? this.freeCode(kind, parent),
      parent: parent?.id ?? this.county.id,
      provisional: code === null,
      closedOn: null,
    }
    this.add(unit)
    return unit
  }

  /** Towns are numbered in the seventh to ninth digit of the code, villages of a town in the last three. */
  private freeCode(kind: Level, parent: UnitKnown | undefined): string {
    const stem = kind === 'town' ? this.county.code : parent!.code.slice(0, 9)
    for (let number = 1; ; number++) {
      const code = `${stem}${String(number).padStart(3, '0')}`.padEnd(12, '0')
      if (!this.byCode.has(code)) return code
    }
  }
}

const stemOf = (kind: Level, name: string): string => name.replace(suffix[kind], '')

/** What is wrong with the shape of a code, by level. */
export function codeFault(code: string, kind: Level): 'roster.townCode' | 'roster.villageCode' | undefined {
  if (kind === 'town') return /^\d{9}000$/.test(code) ? undefined : 'roster.townCode'
  return /^\d{12}$/.test(code) && !code.endsWith('000') ? undefined : 'roster.villageCode'
}
