import { calendarOf, holdCalendar } from '../core/calendars.ts'
import { confirmed } from '../base/confirmed.ts'
import { act } from '../ledger/act.ts'
import { actorOf, type Context, refusal, type Reader, signedBy } from '../base/context.ts'
import { cycleRules, type CycleRules } from '../core/cycles.ts'
import { insertRows, isUuid } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { holdsAt } from '../rules/access.ts'
import { lastDay } from '../rules/notice.ts'
import { whereOf } from '../base/sheet-row.ts'
import { lockSheets } from '../core/lock.ts'
import { dayOfMoment } from '../base/today.ts'
import { noticeHash, shownRows } from './notices.ts'
import { reasonOf } from '../base/reason.ts'
import type { NoticeInput } from './notice.types.ts'
import { storedNotices } from './stored-notices.ts'
import { publishStage, toPublish, checkInput } from './to-publish.ts'

/**
 * Publishes one notice for each unit, or one that corrects another. Throws `notice.notYours`, `notice.nothing`, and what
 * `checkInput` and `withdraw` throw.
 */
export async function publishNotice(context: Context, input: NoticeInput, key: string): Promise<string[]> {
  confirmed(context)
  const actor = actorOf(context)
  const rules = await cycleRules(context, input.cycle)
  checkInput(input, rules, context)
  const { columns, audience, days, replaces = null } = input
  const units = [...new Set(input.units)]
  const reason = replaces === null ? null : reasonOf(input.reason, context, 'notice.reason')
  const says = [units, columns, audience, days, replaces]
  return act({ ...context, actor }, { kind: 'publish', cycle: rules.id, key, says, reason }, async ({ client, seq }) => {
    const reader = { ...context, pool: client }
    const startsOn = dayOfMoment(context.now)
    await holdCalendar(client, actor.county, 'read')
    const endsOn = lastDay(await calendarOf(client, actor.county), startsOn, days)
    const unitsSheets = []
    for (const unit of units) {
      const sheets = await toPublish(reader, rules, unit, replaces, lockSheets.bind(null, client))
      const stage = publishStage(rules)
      if (sheets.some((row) => !holdsAt(actor, stage?.by ?? [], whereOf(row)))) throw refusal(context, 'notice.notYours')
      if (sheets.length === 0) throw refusal(context, 'notice.nothing', { unit: await nameOf(reader, unit) })
      unitsSheets.push({ unit, sheets, ...(await shownRows(reader, rules, sheets, columns)) })
    }
    if (replaces !== null) await withdraw(reader, rules, replaces, units[0]!, reason!)
    const number = await seq()
    const made = []
    for (const { unit, sheets, heads, rows } of unitsSheets) {
      const id = newId(context.now.getTime())
      const hash = noticeHash({ unit, columns, audience, startsOn, endsOn, heads, rows })
      await insertRows(client, 'notice', [
        {
          ...signedBy(context),
          id,
          cycle_id: rules.id,
          unit_id: unit,
          columns,
          audience,
          starts_on: startsOn,
          ends_on: endsOn,
          days,
          heads,
          rows,
          sheets: sheets.map((sheet) => sheet.id),
          hash,
          seq: number,
          replaces,
        },
      ])
      made.push({ id, unit, hash, people: rows.length })
    }
    return { outcome: made.map(({ id }) => id), details: { notices: made, columns, audience, startsOn, endsOn, replaces } }
  })
}

/** Withdraws a notice. Throws what `withdraw` throws. */
export async function withdrawNotice(
  context: Context,
  { id, given, key }: { id: string; given: string; key: string },
): Promise<boolean> {
  const actor = actorOf(context)
  const reason = reasonOf(given, context, 'notice.reason')
  const [found] = isUuid(id) ? await storedNotices(context, 'n.county_id = $1 and n.id = $2', [actor.county, id]) : []
  if (!found) throw refusal(context, 'notice.unknown')
  const rules = await cycleRules(context, found.cycle)
  return act({ ...context, actor }, { kind: 'withdrawNotice', cycle: rules.id, key, says: [id], reason }, async ({ client }) => {
    await withdraw({ ...context, pool: client }, rules, id, found.unit, reason)
    return { outcome: true, details: { notice: id, hash: found.hash } }
  })
}

/** Marks a notice of the unit as withdrawn. Throws `notice.unknown`, `notice.withdrawn`, `notice.notYours`. */
export async function withdraw(
  context: Reader & Pick<Context, 'now'>,
  rules: CycleRules,
  id: string,
  unit: string,
  reason: string,
): Promise<void> {
  const actor = actorOf(context)
  const [notice] = isUuid(id)
    ? await storedNotices(
        context,
        'n.county_id = $1 and n.id = $2 and n.cycle_id = $3',
        [actor.county, id, rules.id],
        'for update of n',
      )
    : []
  if (!notice || unit !== notice.unit) throw refusal(context, 'notice.unknown')
  if (!holdsAt(actor, publishStage(rules)?.by ?? [], notice)) throw refusal(context, 'notice.notYours')
  if (notice.withdrawnAt) throw refusal(context, 'notice.withdrawn')
  await context.pool.query('update notice set withdrawn_at = $3, withdrawn_reason = $4 where county_id = $1 and id = $2', [
    actor.county,
    id,
    context.now,
    reason,
  ])
}

async function nameOf({ pool, ...context }: Reader, unit: string): Promise<string> {
  const { rows } = await pool.query<{ name: string }>('select name from unit where county_id = $1 and id = $2', [
    actorOf(context).county,
    unit,
  ])
  return rows[0]?.name ?? ''
}
