import { calendarOf } from '../core/calendars.ts'
import { provisionalSays } from '../core/provisional.ts'
import { actorOf, type Context } from '../base/context.ts'
import { changerFor, cycleRules, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { holdsAt, seesNames, sightOf, type Actor } from '../rules/access.ts'
import { maskedName } from '../rules/notice.ts'
import { dayOfMoment } from '../base/today.ts'
import type { NoticeRead } from './notice.types.ts'
import { type StoredNotice, storedNotices } from './stored-notices.ts'
import { publishStage } from './to-publish.ts'

/** The notices about sheets that the caller sees, latest first. */
export async function noticesOf(context: Context, cycle: string): Promise<NoticeRead[]> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const where = await sheetsWithin(context, cycle, undefined)
  const found = await storedNotices(
    context,
    `n.county_id = $1 and n.cycle_id = $2
       and n.unit_id in (select unnest(array[s.town_id, s.village_id]) from sheet s where ${where.sql})`,
    where.values,
  )
  const { rows: own } = await context.pool.query<{ id: string }>(
    `select id from sheet where county_id = $1 and cycle_id = $2 and coordinator_id = any($3::uuid[])`,
    [actor.county, cycle, actor.grants.flatMap(({ coordinator }) => coordinator ?? [])],
  )
  const mine = new Set(own.map(({ id }) => id))
  const today = dayOfMoment(context.now)
  const calendar = await calendarOf(context.pool, actor.county)
  return found.map((notice) => ({
    ...noticeAsSeen(notice, rules, actor, mine, today),
    provisional: notice.withdrawnAt
      ? null
      : provisionalSays(context.lang, [{ from: notice.startsOn, to: notice.endsOn }], calendar),
  }))
}

/** A notice as the caller may read it: analysts see masked names, and the rows of a withdrawn notice are for the county only. */
function noticeAsSeen(
  notice: StoredNotice,
  rules: CycleRules,
  actor: Actor,
  own: ReadonlySet<string>,
  today: string,
): Omit<NoticeRead, 'provisional'> {
  const { withdrawnAt, rows, columns, town, village, ...told } = notice
  const state = withdrawnAt ? 'withdrawn' : notice.endsOn < today ? 'ended' : 'running'
  const name = seesNames(actor) ? -1 : columns.indexOf('name')
  const shown = withdrawnAt && sightOf(actor) !== 'county' ? [] : rows
  return {
    ...told,
    columns,
    state,
    by: changerFor(actor, notice.by),
    at: new Date(notice.at),
    rows: shown.map(({ sheet, shows }) => ({
      shows: shows.map((text, at) => (at === name ? maskedName(text) : text)),
      own: own.has(sheet),
    })),
    may: !withdrawnAt && holdsAt(actor, publishStage(rules)?.by ?? [], { town, village }),
  }
}
