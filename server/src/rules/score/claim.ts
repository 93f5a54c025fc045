import { z } from 'zod'
import type { Reading } from '../condition.ts'
import type { Bound, Exact } from '../exact.ts'
import { byId } from '../rank.ts'
import { Id, TextShape, wayOrChoice, type AskedWay, type Chosen } from '../shapes.ts'
import type { Text } from '../text.ts'
import type { Sentences } from './sentences.ts'
import type { CountedClaim, Reason } from './step.ts'

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
  chosen: Chosen
  reading: Reading
}

/** Everything a claim can be made of, in the order in which it is written. */
export const claimParts = [
  'id',
  'rule',
  'matter',
  'evidence',
  'level',
  'place',
  'records',
  'outlet',
  'authors',
  'month',
  'of',
  'checked',
  'right',
] as const satisfies readonly (keyof Claim)[]

/** A part of a claim that a rule may ask for. */
export type ClaimPart = Exclude<(typeof claimParts)[number], 'id' | 'rule' | 'evidence'>

/** One claim as it was written outside, read part by part. What cannot stand is refused at its part and read as undefined. */
export interface ClaimReader {
  raw: Readonly<Record<string, unknown>>
  /** The matter, read already. */
  matter: string | undefined
  whole(part: ClaimPart, least: number, most: number): string | undefined
  refuse(part: ClaimPart, value: unknown, says: Text): undefined
}

/**
 * Everything the program knows about one kind of rule about claims. The table in `tally.ts` lists the kinds; whoever needs
 * to know something about such a rule asks its record, so that a kind without one of the parts does not compile. `Own`
 * names the reasons that only this kind gives.
 */
export interface ClaimKind<Rule, Own extends Reason['kind'] = never> {
  /** How a policy file writes it. */
  shape: z.ZodType<Rule>
  /** What each claim would be worth standing alone. */
  draw(rule: Rule, claims: readonly Claim[], terms: TallyTerms): Drawn[]
  /** The measure whose claims it reads, where several rules read the same and a sheet is not complete without. */
  measure(rule: Rule): string | undefined
  /** What a claim under it is made of, beside the rule itself. */
  parts(rule: Rule): readonly ClaimPart[]
  /** The parts of one claim, or undefined where one that is needed is refused. */
  read(rule: Rule, reader: ClaimReader): Partial<Claim> | undefined
  /** The levels it gives points for. */
  levels(rule: Rule): readonly string[]
  /** The rates at which its points change. */
  bounds(rule: Rule): readonly Bound[]
  ways(rule: Rule): readonly AskedWay[]
  /** Whether it is about records that were checked, as the board of data quality is. */
  checksRecords(rule: Rule): boolean
  /** How a claim of it stands in a ranking, for those set aside in its favour. */
  ranked(rule: Rule, claim: Claim): Pick<CountedClaim, 'place' | 'from'>
  /** A sentence for each of its own reasons. */
  sentences: Sentences<Own>
}
