import { addDays, addMonths, addWorkingDays, dayIn, numberOf, partsOf, plainCalendar, type Calendar, type Day } from './days.ts'
import type { Policy, PolicyDeadline, PolicyDuty } from './policy.ts'
import { byId } from './rank.ts'
import type { Text } from './text.ts'

/** A duty of the calendar, in the period that is open on a day or else the next one. */
export interface DueDuty {
  id: string
  title: Text
  from: Day
  by: Day
  state: 'open' | 'ahead'
  daysLeft: number
  clause: string
}

/** The calendar duties of a policy as they stand on a day, soonest first. */
export function due(policy: Policy, on: Day): DueDuty[] {
  return policy.calendar
    .map(({ id, title, clause, ...duty }): DueDuty => {
      const { from, by } = windowOf(duty, on)
      return { id, title, from, by, state: from <= on ? 'open' : 'ahead', daysLeft: numberOf(by) - numberOf(on), clause }
    })
    .toSorted((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : byId(a, b)))
}

/** The first window that ends on the day or after it. */
function windowOf(duty: Omit<PolicyDuty, 'id' | 'title' | 'clause'>, on: Day): { from: Day; by: Day } {
  const [year, month] = partsOf(on)
  const fromDay = Number(duty.fromDay)
  const toDay = Number(duty.toDay)
  if (duty.every === 'day') return { from: on, by: on }
  if (duty.every === 'week') {
    // Monday is the first day: 1970-01-01 was a Thursday.
    const monday = addDays(on, -((((numberOf(on) + 3) % 7) + 7) % 7))
    const by = addDays(monday, toDay - 1)
    const week = by < on ? addDays(monday, 7) : monday
    return { from: addDays(week, fromDay - 1), by: addDays(week, toDay - 1) }
  }
  const length = { month: 1, quarter: 3, year: 12 }[duty.every]
  const first = duty.every === 'month' ? month : duty.every === 'quarter' ? month - ((month - 1) % 3) : Number(duty.month ?? 1)
  const last = duty.every === 'year' ? Number(duty.month ?? 12) : first + length - 1
  const at = (offset: number) => {
    const [startYear, startMonth] = partsOf(addMonths(dayIn(year, first, 1), offset))
    const [endYear, endMonth] = partsOf(addMonths(dayIn(year, 1, 1), last - 1 + offset))
    return { from: dayIn(startYear, startMonth, fromDay), by: dayIn(endYear, endMonth, toDay) }
  }
  const now = at(0)
  return now.by >= on ? now : at(length)
}

/** The day a time ends that runs from an event, or back from it. Throws RangeError on a deadline the policy lacks. */
export function deadline(policy: Policy, id: string, event: Day, calendar: Calendar = plainCalendar): Day {
  const rule = policy.deadlines.find((one) => one.id === id)
  if (!rule) throw new RangeError(`no deadline ${id}`)
  return falls(rule, event, calendar)
}

function falls({ after, before, unit }: PolicyDeadline, event: Day, calendar: Calendar): Day {
  const count = after === undefined ? -Number(before) : Number(after)
  switch (unit) {
    case 'workingDay':
      return addWorkingDays(calendar, event, count)
    case 'day':
      return addDays(event, count)
    case 'month':
      return addMonths(event, count)
    case 'year':
      return addMonths(event, count * 12)
  }
}
