import { act } from '../ledger/act.ts'
import type { Changes } from '../ledger/chain.ts'
import { actorOf, type Context, refusal } from '../base/context.ts'
import { lockSeen } from '../core/lock.ts'
import { findOnSheet } from '../core/find-sheet.ts'
import { isOwn } from '../rules/access.ts'
import { whereOf } from '../base/sheet-row.ts'

/** Withdraws an open appeal that the caller filed, or that is about them. Throws `appeal.unknown`. */
export async function withdrawAppeal(context: Context, id: string, key: string): Promise<boolean> {
  const actor = actorOf(context)
  const { sheet, cycle } = await findOnSheet(context, 'appeal', id)
  const doing = { kind: 'withdrawAppeal', cycle, key, says: [id] } as const
  return act({ ...context, actor }, doing, async ({ client, seq }) => {
    const [row] = await lockSeen(client, context, cycle, [sheet])
    const { rowCount } = await client.query(
      `update appeal set state = 'withdrawn', decided_at = $3, decided_by = $4
        where county_id = $1 and id = $2 and state = 'open' and (account_id = $5 or $6)`,
      [actor.county, id, context.now, actor.name, actor.id, isOwn(actor, whereOf(row!))],
    )
    if (rowCount !== 1) throw refusal(context, 'appeal.unknown')
    row!.seq = await seq()
    const changes: Changes = new Map([[sheet, { [`@appeal.${id}`]: ['open', 'withdrawn'] }]])
    return { outcome: true, details: { appeal: id, sheet }, changes, rows: [row!] }
  })
}
