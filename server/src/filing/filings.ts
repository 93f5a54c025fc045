import type pg from 'pg'
import { isDeepStrictEqual } from 'node:util'
import { lockChain } from '../ledger/chain.ts'
import { actorOf, type Context, type Reader, signedBy } from '../base/context.ts'
import { cycleRules, type CycleRules } from '../core/cycles.ts'
import { policies } from '../base/policies.ts'
import { cohortOf } from '../result/cohort.ts'
import { shown, exact } from '../rules/exact.ts'
import type { Choices } from '../rules/facts.ts'
import { evaluated } from '../core/evaluated.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import type { FiledResult } from './filing.entity.ts'
import { insertRows } from '../base/database.ts'

export interface Filed {
  id: string
  unit: string
  /** The sheets as they stand. */
  rows: readonly SheetRow[]
  /** SHA-256 of the sheets, as they were signed. */
  hash: string
  /** The number of the act. */
  seq: number
  /** The filing it stands in the place of. */
  corrects?: string
}

/**
 * Keeps what a unit's results come to, with all they were worked out from, the rules they were worked out by, and the end
 * of the county's chain: it can be worked out again whatever becomes of the sheets. Called inside an act, after its `seq`.
 */
export async function fileSheets(
  context: Omit<Reader, 'pool'> & Pick<Context, 'now'>,
  client: pg.PoolClient,
  rules: CycleRules,
  { id, unit, rows, hash, seq, corrects }: Filed,
): Promise<void> {
  const actor = actorOf(context)
  const end = await lockChain(client, actor.county)
  await insertRows(client, 'filing', [
    {
      ...signedBy(context),
      id,
      cycle_id: rules.id,
      unit_id: unit,
      sheets: rows.map((row) => row.id),
      hash,
      chain_seq: end.seq,
      chain_hash: end.hash,
      policy_id: rules.policyId,
      policy_hash: rules.policyHash,
      choices: rules.choices,
      results: await resultsOf({ ...context, pool: client }, rules, rows),
      seq,
      corrects: corrects ?? null,
    },
  ])
}

/** What these sheets come to now, in the order given. */
async function resultsOf(context: Reader, rules: CycleRules, rows: readonly SheetRow[]): Promise<FiledResult[]> {
  const { members, outcomes } = await cohortOf(context, rules, undefined)
  const people = new Map(members.filter(({ counted }) => counted).map((member) => [member.id, member]))
  return rows.map(({ id, total, points, facts, beyond }) => {
    const person = people.get(id)
    const outcome = person && outcomes.get(id)
    return {
      sheet: id,
      grade: outcome?.grade ?? null,
      rank: outcome?.rank ?? null,
      shown: shown(person?.total ?? exact(total)),
      total,
      points,
      facts,
      beyond,
    }
  })
}

/** A filed result that does not come out again; `why` names what differs. */
export interface Differs {
  filing: string
  sheet: string
  why: 'policy' | 'score' | 'facts' | 'grade'
}

interface Kept {
  id: string
  cycle: string
  policyId: string
  policyHash: string
  choices: Choices
  results: FiledResult[]
  /** Whether no other filing stands in its place. */
  holds: boolean
}

/**
 * Works out every filed result of a county again: its points and total from the facts it was filed with, under the policy
 * it was filed under; and of what holds, that the sheets are still those filed, and that grades and ranks come out the
 * same among the people they were given among, once all of these are on file. Writes nothing.
 */
export async function* verifyFilings(pool: pg.Pool, county: string): AsyncGenerator<Differs> {
  // The tool asks as somebody who sees the whole county and writes nothing.
  const actor = { id: county, name: '', county, grants: [{ role: 'auditor', unit: county } as const], recusedFrom: [] }
  const reader: Reader = { pool, lang: 'zh', actor }
  const { rows: ids } = await pool.query<{ id: string }>('select id from filing where county_id = $1 order by seq', [county])
  for (const { id } of ids) {
    const { rows } = await pool.query<Kept>(
      `select f.id, f.cycle_id as cycle, f.policy_id as "policyId", f.policy_hash as "policyHash", f.choices, f.results,
              not exists (select from filing l where l.county_id = f.county_id and l.corrects = f.id) as holds
         from filing f where f.county_id = $1 and f.id = $2`,
      [county, id],
    )
    yield* differing(reader, rows[0]!)
  }
}

async function* differing(reader: Reader, filing: Kept): AsyncGenerator<Differs> {
  const version = policies().get(filing.policyId)
  const differs = (sheet: string, why: Differs['why']): Differs => ({ filing: filing.id, sheet, why })
  if (version?.hash !== filing.policyHash) {
    for (const { sheet } of filing.results) yield differs(sheet, 'policy')
    return
  }
  for (const { sheet, facts, beyond, total, points } of filing.results) {
    const found = evaluated(version.policy, filing.choices, facts, beyond)
    if (found.total !== total || !isDeepStrictEqual(found.points, points)) yield differs(sheet, 'score')
  }
  if (!filing.holds) return
  const rules = await cycleRules(reader, filing.cycle)
  const { rows: standing } = await reader.pool.query<Pick<SheetRow, 'id' | 'facts' | 'beyond' | 'state' | 'townId'>>(
    `select id, facts, beyond, state, town_id as "townId" from sheet where county_id = $1 and cycle_id = $2`,
    [reader.actor!.county, filing.cycle],
  )
  const now = new Map(standing.map((sheet) => [sheet.id, sheet]))
  const { outcomes } = await cohortOf(reader, rules, undefined)
  const among = groupsOf(rules)
  const unsettled = new Set(standing.filter(({ state }) => state !== 'filed').map(among))
  for (const { sheet, facts, beyond, grade, rank } of filing.results) {
    const row = now.get(sheet)
    if (!row || !isDeepStrictEqual([row.facts, row.beyond], [facts, beyond])) yield differs(sheet, 'facts')
    const outcome = outcomes.get(sheet)
    if (!row || unsettled.has(among(row)) || grade === null) continue
    if (outcome?.grade !== grade || outcome.rank !== rank) yield differs(sheet, 'grade')
  }
}

/** Among whom somebody is graded: their town where every quota is a town's own, else the whole county. */
function groupsOf({ policy }: CycleRules): (sheet: { townId: string }) => string {
  const own = policy.quotas.length > 0 && policy.quotas.every(({ group }) => group === 'town')
  return own ? ({ townId }) => townId : () => ''
}
