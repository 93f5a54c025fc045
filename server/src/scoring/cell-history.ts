import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules, sheetsWithin } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { sightOf } from '../rules/access.ts'
import type { CellList } from '../base/cell-list.ts'
import { cellList } from '../base/cell-list.ts'
import type { CellTurn } from '../history/cell-turns.ts'
import { cellTurns } from '../history/cell-turns.ts'
import { findSheet } from '../core/find-sheet.ts'
import { ChangeSet } from '../ledger/audit.entity.ts'

/** How many turns of one sheet or cell are listed; how many cells may be asked about at once, and how many of their turns are listed. */
const historyLimits = { ofOne: 500, cells: 2000, ofCells: 200 }

/** The turns of a cell, or of all cells of a sheet, latest first. */
export async function cellHistory(context: Context, id: string, field: string | null | undefined): Promise<CellTurn[]> {
  const sheet = await findSheet(context, id)
  return cellTurns(context, sheet.cycleId, [{ sheet: sheet.id, field: field ?? null }], historyLimits.ofOne)
}

/** The turns of several cells, latest first. Throws `history.uneven`, `history.tooMany`. */
export async function cellsHistory(
  context: Context,
  { cycle, sheets, fields }: { cycle: string; sheets: string[]; fields: (string | null)[] },
): Promise<CellTurn[]> {
  await cycleRules(context, cycle)
  if (sheets.length !== fields.length) throw refusal(context, 'history.uneven')
  if (sheets.length > historyLimits.cells) throw refusal(context, 'history.tooMany', { most: String(historyLimits.cells) })
  const cells = sheets.map((sheet, at) => ({ sheet, field: fields[at] ?? null }))
  return cellTurns(context, cycle, cells, historyLimits.ofCells)
}

/** The cells of the sheets the caller sees that were changed since a moment. */
export async function cellsChanged(context: Context, cycle: string, since: Date): Promise<CellList> {
  await cycleRules(context, cycle)
  const where = await sheetsWithin(context, cycle, undefined, [since])
  const { rows } = await context.pool.query<{ sheet: string; field: string }>(
    named(
      `select distinct s.id as sheet, cell.key as field
         from change_set h join sheet_change x on x.county_id = h.county_id and x.seq = h.seq
         join sheet s on s.county_id = x.county_id and s.id = x.sheet_id, jsonb_object_keys(x.cells) cell(key)
        where h.county_id = $1 and h.cycle_id = $2 and h.at >= $3 and ${where.sql}`,
      where.values,
    ),
  )
  return cellList(rows)
}

/** The change sets of a cycle, latest first: all for those who see the county, otherwise the caller’s own. */
export async function changeSetsOf(context: Context, cycle: string, first: number): Promise<ChangeSet[]> {
  const { county, id } = actorOf(context)
  await cycleRules(context, cycle)
  const own = sightOf(actorOf(context)) === 'county' ? {} : { accountId: id }
  return context.em.find(
    ChangeSet,
    { countyId: county, cycleId: cycle, ...own },
    { orderBy: { seq: 'desc' }, limit: Math.min(Math.max(first, 1), 200) },
  )
}
