import { act } from '../ledger/act.ts'
import type { Changes } from '../ledger/chain.ts'
import { actorOf, type Context, refusal, signedBy } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { calendarOf, holdCalendar } from '../core/calendars.ts'
import { noticesFor } from './notices.ts'
import { appealClock, appealsUntil, decideBy } from '../rules/notice.ts'
import { lockSeen } from '../core/lock.ts'
import { findSheet } from '../core/find-sheet.ts'
import { dayOfMoment } from '../base/today.ts'
import { statement } from '../base/statement.ts'
import { titleOf } from './appeal-items.ts'
import { filesFor } from './appellants.ts'

/** Inserts an appeal, with the name that the appellant has at that moment. */
const insertAppeal = statement(
  'file-appeal',
  `insert into appeal (county_id, id, cycle_id, sheet_id, notice_id, items, text, appellant, account_id, by, at, due_on, state, seq)
   select :county_id, :id, :cycle, :sheet, :notice, :items, :text, c.name, :account_id, :by, :at, :dueOn, 'open', :seq
     from coordinator c where c.county_id = :county_id and c.id = :coordinator
   returning appellant`,
)

/** At most so many items, and so many characters of text, in an appeal. */
export const appealLimits = { items: 20, text: 2000 }

/** Files an appeal. Throws `appeal.items`, `appeal.text`, `appeal.notYours`, `appeal.noNotice`, `appeal.twice`. */
export async function fileAppeal(
  context: Context,
  { id, named, given, key }: { id: string; named: string[]; given: string; key: string },
): Promise<string> {
  const actor = actorOf(context)
  const { county } = actor
  const sheet = await findSheet(context, id)
  const rules = await cycleRules(context, sheet.cycleId)
  const items = [...new Set(named)]
  const known = (item: string) => titleOf(rules, item, context) !== undefined
  if (items.length === 0 || items.length > appealLimits.items || !items.every(known))
    throw refusal(context, 'appeal.items', { most: String(appealLimits.items) })
  const text = given.trim()
  if (text === '' || text.length > appealLimits.text) throw refusal(context, 'appeal.text', { most: String(appealLimits.text) })

  const doing = { kind: 'appeal', cycle: rules.id, key, says: [id, items, text] } as const
  return act({ ...context, actor }, doing, async ({ client, id: appeal, seq }) => {
    await holdCalendar(client, county, 'read')
    const [row] = await lockSeen(client, context, rules.id, [id])
    if (!filesFor(actor, row!)) throw refusal(context, 'appeal.notYours')
    const today = dayOfMoment(context.now)
    const notice = (await noticesFor(client, county, rules, [id])).get(id)
    if (!notice || today < notice.startsOn || today > appealsUntil(notice.endsOn))
      throw refusal(context, 'appeal.noNotice', { days: String(appealClock.fileDays) })
    const { rowCount } = await client.query(`select from appeal where county_id = $1 and sheet_id = $2 and state = 'open'`, [
      county,
      id,
    ])
    if (rowCount) throw refusal(context, 'appeal.twice')
    const dueOn = decideBy(await calendarOf(client, county), today)
    const number = await seq()
    const { rows } = await client.query<{ appellant: string }>(
      insertAppeal({
        ...signedBy(context),
        id: appeal,
        cycle: rules.id,
        sheet: id,
        notice: notice.notice,
        items,
        text,
        coordinator: row!.coordinatorId,
        dueOn,
        seq: number,
      }),
    )
    row!.seq = number
    const changes: Changes = new Map([[id, { [`@appeal.${appeal}`]: [null, 'open'] }]])
    const details = { appeal, sheet: id, notice: notice.notice, items, text, appellant: rows[0]!.appellant, dueOn }
    return { outcome: appeal, details, changes, rows: [row!] }
  })
}
