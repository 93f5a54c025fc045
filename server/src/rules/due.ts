import { addDays, addMonths, addWorkingDays, dayIn, numberOf, dateParts, type Calendar, type Day } from './days.ts'
import type { Choices } from './facts.ts'
import { wayIn } from './policy/readings.ts'
import type { Policy, PolicyDeadline, PolicyDuty } from './policy/shape.ts'
import { byId } from './rank.ts'
import type { Text } from './text.ts'

/**
 * How a duty stands: `ahead` of its window, `open` within it, `overdue` after it and not done; or `past`, which is after it
 * where no stage of the sheets belongs to the duty, so that no record says whether it was done.
 */
export type DutyState = 'ahead' | 'open' | 'overdue' | 'past'

/** A duty of a cycle as it stands on a day. */
export interface DueDuty {
  id: string
  title: Text
  from: Day
  by: Day
  state: DutyState
  /** Days until the last day; negative once it is over. */
  daysLeft: number
  clause: string
}

export interface Window {
  from: Day
  by: Day
}

/** Of which cycle the duties are, on which day it is asked, and which of them are done. */
export interface DueQuery {
  year: number
  on: Day
  done: ReadonlySet<string>
}

/**
 * The calendar duties of the cycle of a year as they stand on a day, soonest first. A yearly duty falls due once, in the
 * cycle’s own year or the one after it, and is listed until it is done. Of a recurring duty only one window is listed: the
 * one that is open, else the next within the year; before the year the first, and after it none.
 */
export function due(policy: Policy, choices: Choices, { year, on, done }: DueQuery): DueDuty[] {
  return policy.calendar
    .filter(({ id }) => !done.has(id))
    .flatMap((duty): DueDuty[] => {
      const { id, title, clause } = duty
      const window = duty.every === 'year' ? yearWindow(policy, choices, duty, year) : recurring(policy, choices, duty, year, on)
      if (!window) return []
      const { from, by } = window
      const bound = policy.stages.some((stage) => stage.duty === id)
      const state = on < from ? 'ahead' : on <= by ? 'open' : bound ? 'overdue' : 'past'
      return [{ id, title, from, by, state, daysLeft: numberOf(by) - numberOf(on), clause }]
    })
    .toSorted((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : byId(a, b)))
}

/** When a duty that falls due once a year is to be done in the cycle of a year: first day and last. */
export function yearWindow(policy: Policy, choices: Choices, duty: PolicyDuty, year: number): Window {
  const then = duty.nextYear === 'yes' ? year + 1 : year
  return {
    from: dayIn(then, Number(duty.month ?? 1), Number(duty.fromDay)),
    by: lastOf(policy, choices, duty, dayIn(then, Number(duty.month ?? 12), Number(duty.toDay))),
  }
}

/** The day named, or the one before it where 前 leaves it out. */
const lastOf = (policy: Policy, choices: Choices, { lastDay }: PolicyDuty, named: Day): Day =>
  wayIn(policy, choices, lastDay) === 'included' ? named : addDays(named, -1)

/** The first window of a recurring duty that ends in the year, on the day or after it. */
function recurring(policy: Policy, choices: Choices, duty: PolicyDuty, year: number, on: Day): Window | undefined {
  const day = on < `${year}-01-01` ? `${year}-01-01` : on
  const length = { day: 0, week: 0, month: 1, quarter: 3, year: 12 }[duty.every]
  for (let at = day, ahead = 0; ahead < 2; ahead += 1) {
    const window = windowAround(policy, choices, duty, at)
    if (window.by >= day) return window.by <= `${year}-12-31` ? window : undefined
    at = length === 0 ? addDays(at, 7) : addMonths(dayIn(...monthOf(at)), length)
  }
  return undefined
}

const monthOf = (day: Day): [number, number, number] => {
  const [year, month] = dateParts(day)
  return [year, month, 1]
}

/** The window of a recurring duty in the day, week, month or quarter of a day. */
function windowAround(policy: Policy, choices: Choices, duty: PolicyDuty, on: Day): Window {
  const [fromDay, toDay] = [Number(duty.fromDay), Number(duty.toDay)]
  if (duty.every === 'day') return { from: on, by: on }
  if (duty.every === 'week') {
    // Monday is the first day: 1970-01-01 was a Thursday.
    const monday = addDays(on, -((((numberOf(on) + 3) % 7) + 7) % 7))
    return { from: addDays(monday, fromDay - 1), by: lastOf(policy, choices, duty, addDays(monday, toDay - 1)) }
  }
  const [year, month] = dateParts(on)
  const length = duty.every === 'quarter' ? 3 : 1
  const first = month - ((month - 1) % length)
  return {
    from: dayIn(year, first, fromDay),
    by: lastOf(policy, choices, duty, dayIn(year, first + length - 1, toDay)),
  }
}

/** The day a time ends that runs from an event, or back from it. Throws RangeError on a deadline the policy lacks. */
export function deadline(policy: Policy, id: string, event: Day, calendar: Calendar): Day {
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
