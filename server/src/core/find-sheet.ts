import { actorOf, refusal, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import { maySee } from '../rules/access.ts'
import { placeColumns, whereOf, type PlacedRow } from '../base/sheet-row.ts'
import { Sheet } from './sheet.entity.ts'

/** The sheet of that id. Throws `sheet.unknown`, also for one that the caller may not see: for them it does not exist. */
export async function findSheet(context: Context, id: string): Promise<Sheet> {
  const actor = actorOf(context)
  const sheet = isUuid(id) ? await context.em.findOne(Sheet, { countyId: actor.county, id }) : null
  if (!sheet || !maySee(actor, whereOf(sheet))) throw refusal(context, 'sheet.unknown')
  return sheet
}

/**
 * The sheet and the cycle of what was filed about a sheet. Throws `appeal.unknown` or `correction.unknown`, also for one
 * about a sheet that the caller may not see.
 */
export async function findOnSheet(
  context: Context,
  table: 'appeal' | 'correction',
  id: string,
): Promise<{ sheet: string; cycle: string }> {
  const actor = actorOf(context)
  const { rows } = isUuid(id)
    ? await context.pool.query<PlacedRow & { sheet: string; cycle: string }>(
        `select s.id as sheet, s.cycle_id as cycle, ${placeColumns}
           from ${table} x join sheet s on s.county_id = x.county_id and s.id = x.sheet_id
          where x.county_id = $1 and x.id = $2`,
        [actor.county, id],
      )
    : { rows: [] }
  if (!rows[0] || !maySee(actor, whereOf(rows[0]))) throw refusal(context, `${table}.unknown`)
  return rows[0]
}
