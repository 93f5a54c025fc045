import type { Sum } from './notes.ts'
import { holdsAt, isRecused, mayScore, maySee, type Actor } from '../rules/access.ts'
import type { Choices, Facts } from '../rules/facts.ts'
import { clears, fieldsOf, readCell, type CellReading } from '../rules/fields.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { mayChange } from '../rules/reopened.ts'
import type { Turn } from '../ledger/chain.ts'
import { scorePlace, whereOf, type SheetRow } from '../base/sheet-row.ts'

/** One cell, edited by someone who saw a given value in it. */
export interface Edit {
  sheet: string
  field: string
  /** The value its editor saw: of an item its points, however they came about. Null where the cell was empty. */
  seen: string | null
  value: string | null
  /** Of a criterion: the points awarded directly to its item, which the editor knows this edit replaces. */
  replaces: string | null
}

export interface Refused {
  at: number
  kind: 'refused'
  sheet: string
  field: string
  code: string
  params: Record<string, string>
}
export interface Conflict {
  at: number
  kind: 'conflict'
  sheet: string
  field: string
  mine: string | null
  theirs: string | null
}
/** Why a cell was not applied; `at` is its place among those asked for. */
export type Verdict = Refused | Conflict

/** A sheet while cells are applied: as it was stored, and what its facts are becoming. */
export interface Held {
  row: SheetRow
  facts: Record<string, string>
}

/** The locked sheets of one call, on which its cells are applied one after another. Pure: nothing is stored here. */
export class Desk {
  /** The sums that were typed for what was applied. */
  readonly sums: Sum[] = []
  private readonly held: Map<string, Held>
  private readonly placeOf: Map<string, number>
  // A pasted block says the same few things thousands of times: each is worked out once a call.
  private readonly read = remembered((id: string, raw: string | null): CellReading =>
    readCell(this.policy, this.choices, id, raw, this.typed),
  )
  private readonly emptiedBy = remembered((id: string) => clears(this.policy, this.choices, id))
  private readonly shut = remembered((id: string) => this.whyShut(id))

  constructor(
    readonly policy: Policy,
    readonly choices: Choices,
    rows: readonly SheetRow[],
    private readonly actor: Actor,
    private readonly cycleOpen: boolean,
    /** Whether a person typed the values by hand: 5-1 is a sum then. */
    private readonly typed: boolean,
  ) {
    this.held = new Map(rows.map((row) => [row.id, { row, facts: { ...row.facts } }]))
    const items = fieldsOf(policy, choices).filter(({ kind }) => kind === 'points')
    this.placeOf = new Map(items.map(({ id }, place) => [id, place]))
  }

  /**
   * Applies one edit, or says why not. Compared is what was stored, not what this call has made of it meanwhile; of
   * several edits of the same item the last one stands.
   */
  edit(at: number, { sheet, field: id, seen, value: raw, replaces }: Edit): Verdict | undefined {
    const shut = this.shut(sheet)
    if (shut) return { at, kind: 'refused', sheet, field: id, code: shut, params: {} }
    const reading = this.read(id, raw)
    if (reading.refused) return { at, kind: 'refused', sheet, field: id, ...reading.refused }

    const { value } = reading
    const { row, facts } = this.held.get(sheet)!
    const place = this.placeOf.get(id)
    const stored = (place === undefined ? row.facts[id] : row.points[place]) ?? null
    const emptied = this.emptiedBy(id)
    const untouched = (field: string) => facts[field] === row.facts[field]
    if (stored === value && untouched(id) && emptied.every(untouched)) return undefined
    const touched = [id, ...emptied.filter((other) => row.facts[other] !== undefined)]
    if (!touched.every((field) => mayChange(row.reopened, field)))
      return { at, kind: 'refused', sheet, field: id, code: 'appeal.onlyNamed', params: {} }
    if (stored !== value && stored !== seen) return { at, kind: 'conflict', sheet, field: id, mine: value, theirs: stored }

    if (place === undefined && value !== null) {
      const award = emptied.find((item) => row.facts[item] !== undefined && row.facts[item] !== replaces)
      if (award) return { at, kind: 'conflict', sheet, field: award, mine: value, theirs: row.facts[award]! }
    }
    if (place !== undefined || value !== null) for (const other of emptied) delete facts[other]
    put(facts, id, value)
    if (reading.sum !== undefined) this.sums.push({ sheet, field: id, text: reading.sum })
    return undefined
  }

  /**
   * Turns one cell of a sheet back from what a change set left to what was before it, if it still holds that, and if
   * nothing recorded since would then stand beside it: an item is awarded or computed, never both.
   */
  turnBack(at: number, sheet: string, field: string, turns: Readonly<Record<string, Turn>>): Verdict | undefined {
    const shut = this.shut(sheet)
    if (shut) return { at, kind: 'refused', sheet, field, code: shut, params: {} }
    const { row, facts } = this.held.get(sheet)!
    if (!mayChange(row.reopened, field)) return { at, kind: 'refused', sheet, field, code: 'appeal.onlyNamed', params: {} }
    const [before, after] = turns[field]!
    const stored = row.facts[field] ?? null
    if (stored === before) return undefined
    if (stored !== after) return { at, kind: 'conflict', sheet, field, mine: before, theirs: stored }
    const stays = (other: string) => row.facts[other] !== undefined && row.facts[other] !== turns[other]?.[1]
    const beside = before === null ? undefined : this.emptiedBy(field).find(stays)
    if (beside) return { at, kind: 'conflict', sheet, field: beside, mine: before, theirs: row.facts[beside]! }
    put(facts, field, before)
    return undefined
  }

  /** The sheets whose facts are no longer those stored, each with what changed. */
  changed(): { held: Held; turns: Record<string, Turn> }[] {
    return [...this.held.values()].flatMap((held) => {
      const turns = turnsOf(held.row.facts, held.facts)
      return turns ? [{ held, turns }] : []
    })
  }

  /** Why a sheet may not be written, or undefined. What the caller may not see does not exist for them. */
  private whyShut(id: string): string | undefined {
    const row = this.held.get(id)?.row
    if (!row || !maySee(this.actor, whereOf(row))) return 'sheet.unknown'
    if (!this.cycleOpen) return 'cycle.closed'
    const place = scorePlace(this.policy, row)
    if (isRecused(this.actor, place)) return 'recused'
    if (place.state !== 'open') return this.scoresAnywhere(row) ? 'sheet.notOpen' : 'sheet.notYours'
    return mayScore(this.actor, place) ? undefined : 'sheet.notYours'
  }

  /** Whether the caller scores this sheet at one stage or another. */
  private scoresAnywhere(row: SheetRow): boolean {
    return this.policy.stages.some(({ writes, by }) => writes === 'yes' && holdsAt(this.actor, by, whereOf(row)))
  }
}

/** The same function, which answers a question it has answered before from memory. */
function remembered<Rest extends (string | null)[], Answer>(work: (...words: Rest) => Answer): (...words: Rest) => Answer {
  const answers = new Map<string, Answer>()
  return (...words) => {
    const key = words.length === 1 && words[0] !== null ? words[0]! : JSON.stringify(words)
    if (!answers.has(key)) answers.set(key, work(...words))
    return answers.get(key)!
  }
}

function put(facts: Record<string, string>, field: string, value: string | null): void {
  if (value === null) delete facts[field]
  else facts[field] = value
}

function turnsOf(before: Facts, after: Facts): Record<string, Turn> | undefined {
  const turns: Record<string, Turn> = {}
  for (const field in before) if (before[field] !== after[field]) turns[field] = [before[field]!, after[field] ?? null]
  for (const field in after) if (before[field] === undefined) turns[field] = [null, after[field]!]
  return Object.keys(turns).length > 0 ? turns : undefined
}
