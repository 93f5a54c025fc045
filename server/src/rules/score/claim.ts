import { z } from 'zod'
import type { Reading } from '../condition.ts'
import type { Exact } from '../exact.ts'
import { byId } from '../rank.ts'
import { Id, TextShape, wayOrChoice } from './kind.ts'
import type { Reason } from './step.ts'

/** Something put forward with evidence: a commendation, a place in a ranking, a news piece, wrong records, a month's check. */
export interface Claim {
  id: string
  /** The rule, or the measure, it is put forward under. */
  rule: string
  /** What it is about. The same matter counts once, whoever reports it and wherever it is printed. */
  matter?: string
  level?: string
  /** Place counted from the top, or from the bottom where the rule counts so: '1' is the first, or the last. */
  place?: string
  records?: string
  outlet?: 'main' | 'other'
  authors?: string
  month?: string
  /** Of how many records the month's check drew its sample, how many were checked, and how many were right. */
  of?: string
  checked?: string
  right?: string
  evidence: readonly string[]
}

/** What a claim is about, as a name no claim's id can be mistaken for; a claim that names no matter is its own. */
export const matterOf = ({ id, rule, matter }: Claim): string =>
  matter === undefined ? `claim ${rule} ${id}` : `matter ${matter}`

/** What a claim would be worth standing alone, before evidence and once-only are looked at. */
export interface Drawn {
  claim: Claim
  /** Never negative; the rule's sign says which way it counts. */
  points: Exact
  why: Reason[]
  /** Another placement of the same piece that the rule takes in its place. */
  instead?: Drawn
}

/** An order made of what claims say; ids tell apart only those that say the same. */
export function byContent(a: Claim, b: Claim): number {
  for (const part of ['matter', 'level', 'place', 'outlet', 'authors', 'records', 'month', 'of', 'checked', 'right'] as const) {
    const [one = '', other = ''] = [a[part], b[part]]
    if (one !== other) return one < other ? -1 : 1
  }
  return byId(a, b)
}

export const severals = ['add', 'highest'] as const

/** What every rule about claims carries. */
export const claimed = {
  id: Id,
  sign: z.enum(['bonus', 'deduction']),
  title: TextShape,
  detail: TextShape.optional(),
  clause: z.string(),
  /** Whether several different matters add up or only the highest counts. */
  several: wayOrChoice(severals).default('add'),
}

/** The readings under which claims are counted. */
export interface TallyTerms {
  chosen: (interpretation: string) => string
  reading: Reading
}
