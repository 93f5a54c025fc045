import type { Hand } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import type { CycleRules } from '../core/cycles.ts'
import { holdsAt } from '../rules/access.ts'
import { mayChange, RATINGS } from '../rules/reopened.ts'
import { writersAt } from '../rules/stages.ts'
import { type PlacedRow, type SheetRow, whereOf } from '../base/sheet-row.ts'
import { stillAsRead } from '../year/moves.ts'
import { lockNamed } from '../core/lock.ts'

/** Throws `rating.group` for a group that the policy has not. */
export function checkGroup(context: Context, { policy }: CycleRules, group: string): void {
  if (!policy.rated?.groups.some(({ id }) => id === group)) throw refusal(context, 'rating.group')
}

/** Whether the ratings of a sheet are the caller’s to run: whoever enters its scores where it stands. */
export const runsRatings = (context: Context, { policy }: CycleRules, row: PlacedRow & Pick<SheetRow, 'stage'>) =>
  holdsAt(actorOf(context), writersAt(policy, row.stage), whereOf(row))

/** The sheets named, whose ratings the caller runsRatings, locked. Throws `sheet.unknown`, `recused`, `rating.notYours`, `appeal.onlyNamed`, `cycle.closed`. */
export async function lockRated(
  client: Hand['client'],
  context: Context,
  rules: CycleRules,
  sheets: readonly string[],
): Promise<SheetRow[]> {
  const rows = await lockNamed(client, context, rules.id, sheets)
  if (rows.some((row) => !runsRatings(context, rules, row))) throw refusal(context, 'rating.notYours')
  if (rows.some(({ reopened }) => !mayChange(reopened, RATINGS))) throw refusal(context, 'appeal.onlyNamed')
  if (!(await stillAsRead(client, actorOf(context), rules))) throw refusal(context, 'cycle.closed')
  return rows
}
