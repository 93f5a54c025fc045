import { actorOf, type Context } from '../base/context.ts'
import { changerFor, cycleRules, nameFor, sheetsWithin } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { calendarOf } from '../core/calendars.ts'
import { provisionalSays } from '../core/provisional.ts'
import { noticesFor } from './notices.ts'
import { isOwn, mayAt } from '../rules/access.ts'
import { basisSentence } from '../rules/basis-words.ts'
import { fieldsOf } from '../rules/fields.ts'
import { appealsUntil } from '../rules/notice.ts'
import { GRADE, RATINGS } from '../rules/reopened.ts'
import { claimedAs } from '../rules/score/tally.ts'
import { appealsFallen } from '../result/fallen.ts'
import { placeColumns, whereOf, type PlacedRow } from '../base/sheet-row.ts'
import { dayOfMoment } from '../base/today.ts'
import { sameHand } from './appeals.ts'
import type { AppealForm, AppealRead, MySheet } from './appeal.types.ts'
import { itemOf } from './appeal-items.ts'
import { filesFor } from './appellants.ts'

/** The sheets of the caller’s own postings. */
export async function mySheets(context: Context, cycle: string): Promise<MySheet[]> {
  const actor = actorOf(context)
  await cycleRules(context, cycle)
  const { rows } = await context.pool.query<MySheet>(
    `select s.id as sheet, v.name as village, t.name as town, s.stage, s.days
       from sheet s join unit v on v.county_id = s.county_id and v.id = s.village_id
       join unit t on t.county_id = s.county_id and t.id = s.town_id
      where s.county_id = $1 and s.cycle_id = $2 and s.coordinator_id = any($3::uuid[]) order by s.line`,
    [actor.county, cycle, actor.grants.flatMap(({ coordinator }) => coordinator ?? [])],
  )
  return rows
}

/** What the caller can file appeals about now. */
export async function appealFormOf(context: Context, cycle: string): Promise<AppealForm> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const { policy, choices } = rules
  const where = await sheetsWithin(context, cycle, undefined)
  const { rows } = await context.pool.query<PlacedRow & { id: string; name: string; village: string }>(
    named(
      `select s.id, ${placeColumns}, c.name, v.name as village
         from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         join unit v on v.county_id = s.county_id and v.id = s.village_id
        where ${where.sql} order by s.line`,
      where.values,
    ),
  )
  const own = rows.filter((row) => filesFor(actor, row))
  const notices = await noticesFor(
    context.pool,
    actor.county,
    rules,
    own.map(({ id }) => id),
  )
  const today = dayOfMoment(context.now)
  const fields = fieldsOf(policy, choices).filter(({ kind, item }) => kind === 'points' || item === undefined)
  const claimed = new Set((policy.tally?.rules ?? []).map(claimedAs))
  return {
    items: [GRADE, ...(policy.rated ? [RATINGS] : []), ...fields.map(({ id }) => id), ...claimed].map((id) =>
      itemOf(rules, id, context),
    ),
    sheets: own.flatMap(({ id, name, village }) => {
      const notice = notices.get(id)
      const until = notice && appealsUntil(notice.endsOn)
      return until && today <= until ? [{ sheet: id, name, village, until }] : []
    }),
  }
}

/** The appeals about sheets that the caller sees, open ones first. */
export async function appealsOf(context: Context, cycle: string): Promise<AppealRead[]> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const where = await sheetsWithin(context, cycle, undefined)
  const { rows } = await context.pool.query<
    Omit<AppealRead, 'items' | 'late' | 'fell' | 'provisional' | 'mayDecide' | 'mayWithdraw'> &
      PlacedRow & { items: string[]; account: string }
  >(
    named(
      `select a.id, a.sheet_id as sheet, a.items, a.text, ${nameFor(actor)} as appellant, a.account_id as account, a.by, a.at,
              a.due_on::text as "dueOn", a.state, a.decided_by as "decidedBy", a.decided_at as "decidedAt", a.reason,
              v.name as village, t.name as town, ${placeColumns}
         from appeal a join sheet s on s.county_id = a.county_id and s.id = a.sheet_id
         join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         join unit v on v.county_id = s.county_id and v.id = s.village_id
         join unit t on t.county_id = s.county_id and t.id = s.town_id
        where ${where.sql} order by a.state <> 'open', a.due_on, a.seq desc limit 500`,
      where.values,
    ),
  )
  const sheets = rows.map(({ sheet }) => sheet)
  const party = await sameHand(context.pool, actor.county, actor.id, sheets)
  const today = dayOfMoment(context.now)
  const fallen = new Map((await appealsFallen(context, rules, sheets)).map((one) => [one.appeal, one]))
  const calendar = await calendarOf(context.pool, actor.county)
  return rows.map(({ account, items, coordinatorId, villageId, townId, ...row }) => {
    const place = whereOf({ coordinatorId, villageId, townId })
    const own = isOwn(actor, place)
    const open = row.state === 'open'
    const decidedAt = row.decidedAt && new Date(row.decidedAt)
    return {
      ...row,
      by: changerFor(actor, row.by),
      at: new Date(row.at),
      decidedAt,
      items: items.map((item) => itemOf(rules, item, context)),
      late: (decidedAt ? dayOfMoment(decidedAt) : today) > row.dueOn,
      fell: fallen.has(row.id) ? basisSentence(rules.policy, fallen.get(row.id)!.changes, context.lang) : null,
      provisional: open
        ? provisionalSays(context.lang, [{ from: dayOfMoment(new Date(row.at)), to: row.dueOn }], calendar)
        : null,
      mayDecide: (open || fallen.has(row.id)) && mayAt(actor, 'decideAppeals', place) && !party.has(row.sheet) && !own,
      mayWithdraw: open && (account === actor.id || own),
    }
  })
}
