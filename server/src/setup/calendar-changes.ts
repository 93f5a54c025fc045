import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Logger } from 'pino'
import { peopleKept, recount, type Recounted } from '../core/recount.ts'
import { act, type Doer, type Doing } from '../ledger/act.ts'
import { inTransaction } from '../base/database.ts'
import { noticeHash } from '../publishing/notices.ts'
import type { NoticeRow } from '../publishing/notice.entity.ts'
import { decideBy, lastDay } from '../rules/notice.ts'
import type { Calendar } from '../rules/days.ts'
import type { Lang } from '../rules/text.ts'
import { dayOfMoment, dayOfMomentIn } from '../base/today.ts'
import { calendarOf, holdCalendar } from '../core/calendars.ts'
import { lockSheetsOf } from '../core/lock.ts'

/** A day that moved with the calendar: a notice’s last, or the one by which an appeal is to be decided. */
export interface Moved {
  id: string
  before: string
  after: string
}

/** All that another calendar changed. */
export interface CalendarChange {
  sheets: Recounted[]
  /** On file: they would come out otherwise, and stay as they are. */
  filed: string[]
  notices: (Moved & { hash: string })[]
  appeals: Moved[]
}

/**
 * Changes a county’s calendar and all that was counted by it, as one act: what sheets come to, the last days of notices
 * that are running, and by when open appeals are to be decided. What is on file is not touched and only named.
 * `change` writes the calendar and says what it did.
 */
export function changeCalendar(
  doer: Doer,
  doing: Doing,
  change: (client: pg.PoolClient, seq: number) => Promise<object>,
): Promise<boolean> {
  const { county } = doer.actor
  return act(doer, doing, async ({ client, seq }) => {
    await holdCalendar(client, county, 'write')
    const sheets = await lockSheetsOf(client, county, await peopleKept(client, county))
    const number = await seq()
    const did = await change(client, number)
    const calendar = await calendarOf(client, county)
    const { rows, changes, changed, filed } = await recount(client, county, sheets, calendar, number)
    const notices = await noticesMoved(client, county, calendar, dayOfMoment(doer.now))
    const appeals = await appealsMoved(client, county, calendar)
    const told: CalendarChange = { sheets: changed, filed, notices, appeals }
    return { outcome: true, details: { ...did, changed: told }, changes, rows }
  })
}

/** Running notices end on the day to which their working days now come; what has ended has been seen. */
async function noticesMoved(
  client: pg.PoolClient,
  county: string,
  calendar: Calendar,
  today: string,
): Promise<CalendarChange['notices']> {
  interface Running {
    id: string
    unit: string
    columns: string[]
    audience: string
    startsOn: string
    endsOn: string
    days: number
    heads: string[]
    rows: NoticeRow[]
  }
  const { rows } = await client.query<Running>(
    `select id, unit_id as unit, columns, audience, starts_on::text as "startsOn", ends_on::text as "endsOn", days, heads, rows
       from notice where county_id = $1 and withdrawn_at is null and ends_on >= $2 order by seq, id for no key update`,
    [county, today],
  )
  const moved = rows.flatMap((notice) => {
    const endsOn = lastDay(calendar, notice.startsOn, notice.days)
    if (endsOn === notice.endsOn) return []
    return [{ id: notice.id, before: notice.endsOn, after: endsOn, hash: noticeHash({ ...notice, endsOn }) }]
  })
  for (const { id, after, hash } of moved)
    await client.query('update notice set ends_on = $3, hash = $4 where county_id = $1 and id = $2', [county, id, after, hash])
  return moved
}

/** Open appeals are to be decided within the same number of working days, counted anew. */
async function appealsMoved(client: pg.PoolClient, county: string, calendar: Calendar): Promise<Moved[]> {
  const { rows } = await client.query<{ id: string; filed: string; dueOn: string }>(
    `select id, ${dayOfMomentIn('at')}::text as filed, due_on::text as "dueOn" from appeal
      where county_id = $1 and state = 'open' order by seq, id for no key update`,
    [county],
  )
  const moved = rows.flatMap(({ id, filed, dueOn }) => {
    const after = decideBy(calendar, filed)
    return after === dueOn ? [] : [{ id, before: dueOn, after }]
  })
  for (const { id, after } of moved)
    await client.query('update appeal set due_on = $3 where county_id = $1 and id = $2', [county, id, after])
  return moved
}

/**
 * Counts anew, in every county, what was counted by another calendar than holds now: that of an earlier build, or one
 * that lacked a year which has since come with the product. One act a county, of nobody’s; none where nothing differs.
 */
export async function bringCalendarsUp(pool: pg.Pool, lang: Lang, now: Date, log: Logger): Promise<void> {
  const { rows } = await pool.query<{ id: string }>('select id from county order by id')
  for (const { id: county } of rows) {
    const differs = await inTransaction(pool, async (client) => {
      const sheets = await lockSheetsOf(client, county, await peopleKept(client, county))
      return (await recount(client, county, sheets, await calendarOf(client, county), 0)).rows.length
    })
    if (differs === 0) continue
    const actor = { id: county, name: '本程序', county, grants: [], recusedFrom: [] }
    const doing = { kind: 'recount', cycle: null, key: randomUUID(), says: null } as const
    await changeCalendar({ pool, actor, lang, now, address: '' }, doing, () => Promise.resolve({}))
    log.info({ county, sheets: differs }, 'counted anew by the calendar')
  }
}
