import { actorOf, refusal, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import { maySee } from '../rules/access.ts'
import { whereOf } from '../base/sheet-row.ts'
import { Sheet } from './sheet.entity.ts'

/** The sheet of that id. Throws `sheet.unknown`, also for one that the caller may not see: for them it does not exist. */
export async function findSheet(context: Context, id: string): Promise<Sheet> {
  const actor = actorOf(context)
  const sheet = isUuid(id) ? await context.em.findOne(Sheet, { countyId: actor.county, id }) : null
  if (!sheet || !maySee(actor, whereOf(sheet))) throw refusal(context, 'sheet.unknown')
  return sheet
}
