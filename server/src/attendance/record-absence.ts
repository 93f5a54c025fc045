import { act } from '../ledger/act.ts'
import { actorOf, refusal, signedBy, type Context } from '../base/context.ts'
import { cycleRules, type CycleRules } from '../core/cycles.ts'
import { insertRows } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { calendarOf, holdCalendar } from '../core/calendars.ts'
import { spanLength } from '../rules/absences.ts'
import { isDay } from '../rules/days.ts'
import { recount } from '../core/recount.ts'
import type { AttendanceInput } from './attendance.types.ts'
import { takesAttendance, sheetsToCorrect, lockSheetsAndPeople, turned, endOne, spanOf } from './keepers.ts'

/**
 * Records an absence or a spot check for each person of the sheets, or puts a record in the place of another, and counts
 * the days anew on all sheets it touches. Throws what `checkInput`, `lockSheetsAndPeople` and `endOne` throw.
 */
export async function recordAbsence(
  context: Context,
  {
    cycle,
    sheets,
    input,
    replaces,
    key,
  }: { cycle: string; sheets: string[]; input: AttendanceInput; replaces: string | null | undefined; key: string },
): Promise<string[]> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  checkInput(context, rules, input)
  const says = [[...sheets].sort(), { ...input }, replaces ?? null]
  return act({ ...context, actor }, { kind: 'absence', cycle, key, says }, async (hand) => {
    await holdCalendar(hand.client, actor.county, 'read')
    const meant = replaces == null ? sheets : await sheetsToCorrect(hand.client, context, rules, replaces, sheets)
    const { named: rows, all } = await lockSheetsAndPeople(hand.client, context, rules, meant)
    const calendar = await calendarOf(hand.client, actor.county)
    const number = await hand.seq()
    // Of somebody with several sheets in the cycle one record is enough.
    const people = [...new Map(rows.map((row) => [row.coordinatorId, row])).values()]
    const before = replaces == null ? undefined : await endOne(hand, context, replaces, number)
    if (before && (people.length !== 1 || before.coordinator !== people[0]!.coordinatorId))
      throw refusal(context, 'attendance.unknown')
    const ids = people.map(() => newId(context.now.getTime()))
    const { kind, from, to, half, excused, reasonGiven, onPost } = input
    const away = kind === 'absence'
    await insertRows(
      hand.client,
      'attendance',
      people.map(({ id: sheet, coordinatorId }, at) => ({
        ...signedBy(context),
        id: ids[at],
        coordinator_id: coordinatorId,
        cycle_id: cycle,
        sheet_id: sheet,
        kind,
        first_day: from,
        last_day: to,
        half,
        excused: away ? excused : null,
        // Leave that was approved has its reason.
        reason_given: away ? excused || reasonGiven : null,
        on_post: away ? null : onPost,
        seq: number,
      })),
    )
    const recordOf = new Map(people.map(({ coordinatorId }, at) => [coordinatorId, ids[at]!]))
    const done = await recount(hand.client, actor.county, all, calendar, number, takesAttendance)
    const touched = turned(rows, done.rows, number, ({ coordinatorId }) => ({
      [`@${kind}.${recordOf.get(coordinatorId)!}`]: [before ? spanOf(before) : null, spanOf(input)],
    }))
    return {
      outcome: ids,
      details: { ...input, sheets: touched.rows.map(({ id }) => id), records: ids, replaces: before ?? null, left: done.filed },
      ...touched,
    }
  })
}

/** Throws `attendance.days`, `attendance.half`, `attendance.kind`, `attendance.check`. */
function checkInput(context: Context, { policy, year }: CycleRules, { kind, from, to, half }: AttendanceInput): void {
  if (kind !== 'absence' && kind !== 'spotCheck') throw refusal(context, 'attendance.kind')
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  if (!isDay(from) || !isDay(to) || to < from || to < first || from > last || spanLength({ from, to }) > 366)
    throw refusal(context, 'attendance.days', { year: String(year) })
  if (kind === 'spotCheck' && (from !== to || !policy.absences)) throw refusal(context, 'attendance.check')
  if (half && (kind !== 'absence' || from !== to)) throw refusal(context, 'attendance.half')
}
