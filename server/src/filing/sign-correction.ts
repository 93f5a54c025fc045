import { act } from '../ledger/act.ts'
import type { Turn } from '../ledger/chain.ts'
import { actorOf, type Context, refusal } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { updateRow } from '../base/database.ts'
import { findOnSheet } from '../core/find-sheet.ts'
import { GRADE } from '../rules/reopened.ts'
import { evaluated } from '../core/evaluated.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import { lockSheets } from '../core/lock.ts'
import { reasonOf } from '../base/reason.ts'
import { contentHash } from '../core/standing.ts'
import type { Correction } from './filing.entity.ts'
import { fileSheets } from './filings.ts'
import { holding, stored, corrected } from './corrected.ts'

/**
 * Signs a correction, which makes a new filing, or refuses it. Throws `correction.unknown`, `correction.sameHand`,
 * `correction.moved`.
 */
export async function signCorrection(
  context: Context,
  { id, agrees, given, key }: { id: string; agrees: boolean; given: string; key: string },
): Promise<string | null> {
  const actor = actorOf(context)
  const { county } = actor
  const { sheet, cycle } = await findOnSheet(context, 'correction', id)
  const rules = await cycleRules(context, cycle)
  const reason = reasonOf(given, context)
  const doing = { kind: 'signCorrection', cycle, key, says: [id, agrees], reason } as const
  return act<string | null>({ ...context, actor }, doing, async ({ client, id: signing, seq }) => {
    const filing = await holding(client, county, sheet)
    // All sheets of the filing are locked: the results of others of the unit may change with this one.
    const rows = await lockSheets(client, county, { ids: filing!.sheets })
    const { rows: found } = await client.query<Correction & { account: string; filing: string }>(
      `select field, before, after, reason, document, account_id as account, filing_id as filing
         from correction where county_id = $1 and id = $2 and state = 'proposed' for update`,
      [county, id],
    )
    const correction = found[0]
    if (!correction) throw refusal(context, 'correction.unknown')
    if (correction.account === actor.id) throw refusal(context, 'correction.sameHand')
    const number = await seq()
    const close = (state: Correction['state'], became: string | null) => {
      const second = { state, second_by: actor.name, second_at: context.now, second_reason: reason, became }
      return updateRow(client, 'correction', { county, id }, second)
    }
    const { field, before = null, after = null } = correction
    const details = { correction: id, sheet, field, before, after, agrees }
    if (!agrees) {
      await close('refused', null)
      return { outcome: null, details }
    }
    // Another correction of the unit may have been signed meanwhile. This one then corrects the filing which that made.
    const row = rows.find((one) => one.id === sheet)!
    if (stored(row, field) !== before) throw refusal(context, 'correction.moved')
    const { facts, beyond } = corrected(rules, row, field, after, correction.reason)
    const turns = turnsOf(row, facts, field, [before, after])
    const judged = evaluated(rules.policy, rules.choices, facts, beyond)
    Object.assign(row, { facts, beyond, ...judged, seq: number })
    // The unit's results are computed from stored sheets, so this one is stored here already; the act stores it again.
    await updateRow(client, 'sheet', { county, id: sheet }, { facts, beyond, ...judged })
    const { rows: content } = await client.query<{ hash: string }>(
      `select ${contentHash} as hash from sheet s where s.county_id = $1 and s.id = any($2::uuid[])`,
      [county, filing!.sheets],
    )
    const filed = { id: signing, unit: filing!.unit, rows, hash: content[0]!.hash, seq: number, corrects: filing!.id }
    await fileSheets(context, client, rules, filed)
    await close('signed', signing)
    return { outcome: signing, details: { ...details, corrects: filing!.id }, changes: new Map([[sheet, turns]]), rows: [row] }
  })
}

/** The turns to record: of every cell that changes, or of the panel's grade where that is corrected. */
function turnsOf({ facts: before }: SheetRow, after: SheetRow['facts'], field: string, turn: Turn): Record<string, Turn> {
  if (field === GRADE) return { '@panel': turn }
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.fromEntries(
    [...fields].flatMap((one) => (before[one] === after[one] ? [] : [[one, [before[one] ?? null, after[one] ?? null]]])),
  )
}
