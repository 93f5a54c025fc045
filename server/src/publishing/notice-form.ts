import { calendarOf } from '../core/calendars.ts'
import { provisionalSays } from '../core/provisional.ts'
import { actorOf, type Context } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { columnsOf, lastDay, period, PRIVACY, refusedColumns, usualColumns } from '../rules/notice.ts'
import { chosen } from '../rules/policy/readings.ts'
import { dayOfMoment } from '../base/today.ts'
import { headOf, shownRows } from './notices.ts'
import type { NoticeForm, NoticePreview, NoticeInput } from './notice.types.ts'
import { toPublish, checkInput } from './to-publish.ts'

/** What a notice may show under the policy and its readings, for how long, and which units can be published now. */
export async function noticeFormOf(context: Context, cycle: string): Promise<NoticeForm> {
  const rules = await cycleRules(context, cycle)
  const { policy, choices } = rules
  const all = columnsOf(policy)
  const left = refusedColumns(policy, choices, 'internal', all)
  const asked = policy.interpretations[PRIVACY]
  const now = asked && chosen(policy, choices, PRIVACY)
  const sheets = await toPublish(context, rules, null, null)
  return {
    columns: all.map((id) => ({ id, title: headOf(rules, id, context.lang) })),
    left,
    leftPublic: refusedColumns(policy, choices, 'public', all).filter((id) => !left.includes(id)),
    usual: [...usualColumns],
    reading: asked ? `${PRIVACY} ${asked.options.find(({ id }) => id === now)!.says[context.lang]}` : null,
    days: period.usual,
    least: period.least,
    most: period.most,
    units: [...new Set(sheets.map(({ townId }) => townId))],
  }
}

/** The notice as publishing it now would make it. */
export async function previewNotice(context: Context, input: NoticeInput): Promise<NoticePreview> {
  const rules = await cycleRules(context, input.cycle)
  checkInput(input, rules, context)
  const sheets = (await Promise.all(input.units.map((unit) => toPublish(context, rules, unit, input.replaces)))).flat()
  const shows = await shownRows(context, rules, sheets, input.columns)
  const startsOn = dayOfMoment(context.now)
  const calendar = await calendarOf(context.pool, actorOf(context).county)
  const endsOn = lastDay(calendar, startsOn, input.days)
  return {
    heads: shows.heads,
    rows: shows.rows.map((row) => ({ shows: row.shows, own: false })),
    startsOn,
    endsOn,
    provisional: provisionalSays(context.lang, [{ from: startsOn, to: endsOn }], calendar),
  }
}
