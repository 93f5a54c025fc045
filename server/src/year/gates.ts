import type pg from 'pg'
import type { Context } from '../context.ts'
import type { CycleRules } from '../cycle/cycles.ts'
import type { PolicyStage } from '../rules/policy.ts'
import type { SheetRow } from '../sheet/grid-rows.ts'
import { sentence } from '../words.ts'

/** Something that must be settled before sheets go on, told to whoever can settle it. */
export interface Blocker {
  code: string
  says: string
  /** How many sheets it holds back, and the first of them. */
  sheets: string[]
}

/** A passage from one stage to the next that is being asked about, with the sheets that would pass. */
export interface Passage {
  context: Context
  rules: CycleRules
  from: PolicyStage
  to: PolicyStage
  unit: string
  rows: readonly SheetRow[]
  /** Inside the transaction that holds the sheets; a question outside it asks the pool. */
  client: pg.Pool | pg.PoolClient
}
export type Gate = (passage: Passage) => Promise<Blocker[]> | Blocker[]

/** Scores are complete before they leave the hands that may still enter them. */
const complete: Gate = ({ context, from, to, rows }) => {
  if (from.writes !== 'yes' || to.writes === 'yes') return []
  const unfinished = rows.filter(({ missing }) => missing > 0).map(({ id }) => id)
  if (unfinished.length === 0) return []
  const n = String(unfinished.length)
  return [{ code: 'stage.incomplete', says: sentence(context.lang, 'stage.incomplete', { n }), sheets: unfinished }]
}

const gates: Gate[] = [complete]

/** Everything that keeps these sheets from going on. */
export async function blockersOf(passage: Passage): Promise<Blocker[]> {
  return (await Promise.all(gates.map((gate) => gate(passage)))).flat()
}
