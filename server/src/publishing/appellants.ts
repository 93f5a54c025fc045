import { actorOf, type Context, refusal } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import { holdsAt, maySee, type Actor } from '../rules/access.ts'
import { whereOf, type SheetRow } from '../base/sheet-row.ts'

/** Whether a sheet is of the person whose account it is. */
export const isOwn = (actor: Actor, { coordinatorId }: Pick<SheetRow, 'coordinatorId'>): boolean =>
  actor.grants.some(({ role, coordinator }) => role === 'coordinator' && coordinator === coordinatorId)

/** Whether somebody may file an appeal about a sheet: it is their own, or of their village or town. */
export const filesFor = (actor: Actor, row: Pick<SheetRow, 'coordinatorId' | 'villageId' | 'townId'>): boolean =>
  isOwn(actor, row) || holdsAt(actor, ['village', 'townAssessor'], whereOf(row))

/** The sheet and cycle of an appeal. Throws `appeal.unknown`, also for one about a sheet the caller may not see. */
export async function findAppeal(id: string, context: Context): Promise<{ sheet: string; cycle: string }> {
  const actor = actorOf(context)
  const { rows } = isUuid(id)
    ? await context.pool.query<{ sheet: string; cycle: string } & Pick<SheetRow, 'coordinatorId' | 'villageId' | 'townId'>>(
        `select a.sheet_id as sheet, a.cycle_id as cycle, s.coordinator_id as "coordinatorId", s.village_id as "villageId",
                s.town_id as "townId"
           from appeal a join sheet s on s.county_id = a.county_id and s.id = a.sheet_id
          where a.county_id = $1 and a.id = $2`,
        [actor.county, id],
      )
    : { rows: [] }
  if (!rows[0] || !maySee(actor, whereOf(rows[0]))) throw refusal(context, 'appeal.unknown')
  return rows[0]
}
