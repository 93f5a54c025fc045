import { act } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { calendarOf, holdCalendar } from '../core/calendars.ts'
import { reasonOf } from '../base/reason.ts'
import { recount } from '../core/recount.ts'
import { takesAttendance, sheetsToCorrect, lockSheetsAndPeople, turned, endOne, spanOf } from './keepers.ts'

/** Withdraws a record and counts the days anew. Throws `attendance.unknown`, `attendance.others`. */
export async function endAttendance(
  context: Context,
  { cycle, record, given, key }: { cycle: string; record: string; given: string; key: string },
): Promise<number> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const reason = reasonOf(given, context)
  return act({ ...context, actor }, { kind: 'absence', cycle, key, says: ['withdraw', record], reason }, async (hand) => {
    await holdCalendar(hand.client, actor.county, 'read')
    const kept = await sheetsToCorrect(hand.client, context, rules, record, [])
    if (kept.length === 0) throw refusal(context, 'attendance.unknown')
    const { named: rows, all } = await lockSheetsAndPeople(hand.client, context, rules, kept)
    const calendar = await calendarOf(hand.client, actor.county)
    const number = await hand.seq()
    const before = await endOne(hand, context, record, number)
    const done = await recount(hand.client, actor.county, all, calendar, number, takesAttendance)
    const touched = turned(rows, done.rows, number, () => ({ [`@${before.kind}.${record}`]: [spanOf(before), null] }))
    return { outcome: 1, details: { withdrawn: before, left: done.filed }, ...touched }
  })
}
