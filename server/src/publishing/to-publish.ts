import { actorOf, type Context, refusal, type Reader } from '../base/context.ts'
import { placeOf, type CycleRules } from '../core/cycles.ts'
import { maySee } from '../rules/access.ts'
import { period, refusedColumns } from '../rules/notice.ts'
import type { PolicyStage } from '../rules/policy/shape.ts'
import { whereOf, type SheetRow } from '../base/sheet-row.ts'
import { readSheets, type Which } from '../core/lock.ts'
import { sheetsAt } from '../core/standing.ts'
import { noticesFor } from './notices.ts'
import type { NoticeInput } from './notice.types.ts'

export const publishStage = ({ policy }: CycleRules): PolicyStage | undefined =>
  policy.stages.find(({ does }) => does === 'publish')

/**
 * The sheets of a unit, or of the whole county without one, that stand at the stage of the notice and for which no notice
 * holds, or only the one to be replaced. Throws `notice.units` for a unit that is no town and no village.
 */
export async function toPublish(
  context: Reader,
  rules: CycleRules,
  unit: string | null,
  replaces: string | null | undefined,
  sheets: (county: string, which: Which) => Promise<SheetRow[]> = readSheets.bind(null, context.pool),
): Promise<SheetRow[]> {
  const { county } = actorOf(context)
  const stage = publishStage(rules)
  if (!stage) return []
  if (unit !== null && !(await placeOf(context, unit)).town) throw refusal(context, 'notice.units')
  const { sql, values } = await sheetsAt(context, unit ?? county, stage.id)
  const rows = await sheets(county, { cycle: rules.id, at: { sql, values } })
  const seen = rows.filter((row) => maySee(actorOf(context), whereOf(row)))
  const notices = await noticesFor(
    context.pool,
    county,
    rules,
    seen.map(({ id }) => id),
  )
  return seen.filter(({ id }) => !notices.has(id) || notices.get(id)!.notice === replaces)
}

/** Throws `notice.units`, `notice.days`, `notice.columns`, `notice.column`. */
export function checkInput({ units, columns, audience, days, replaces }: NoticeInput, rules: CycleRules, context: Context): void {
  if (units.length === 0 || units.length > 100 || (replaces != null && units.length > 1)) throw refusal(context, 'notice.units')
  if (days < period.least || days > period.most)
    throw refusal(context, 'notice.days', { least: String(period.least), most: String(period.most) })
  const refused = refusedColumns(rules.policy, rules.choices, audience, columns)
  if (refused.length > 0) throw refusal(context, 'notice.column', { columns: refused.map((one) => one.slice(0, 40)).join('、') })
  const names = columns.filter((column) => column === 'name' || column === 'maskedName')
  if (names.length !== 1 || new Set(columns).size !== columns.length) throw refusal(context, 'notice.columns')
}
