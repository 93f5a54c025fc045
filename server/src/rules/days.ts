/** A calendar day as text, '2026-02-28'. Text so written sorts by time. */
export type Day = string

/**
 * Which days are worked, as exceptions to the week from Monday to Friday. Whatever counts days is given a calendar: the
 * county’s (`calendarOf`), or the part of it that was recorded with a person’s absences when they were counted.
 */
export interface Calendar {
  /** Days off, in any order; a weekend day may be among them. */
  holidays: readonly Day[]
  /** Saturdays and Sundays that are worked instead. */
  workdays: readonly Day[]
  /** The years whose days off are announced. Days of any other year are counted by the week alone, for the time being. */
  known: readonly number[]
}

const shape = /^\d{4}-\d{2}-\d{2}$/

/** Whether the text is a day that exists. */
export function isDay(text: string): boolean {
  return shape.test(text) && !text.startsWith('0000') && dayOf(numberOf(text)) === text
}

/** Days since 1970-01-01. Whole numbers throughout; the day need not exist, so 02-30 counts on into March. */
export function numberOf(day: Day): number {
  const [year, month, date] = dateParts(day)
  // Years begin in March, so that the leap day is their last.
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const inEra = shifted - era * 400
  const inYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  return era * 146097 + inEra * 365 + Math.floor(inEra / 4) - Math.floor(inEra / 100) + inYear - 719468
}

/** The day so many days after 1970-01-01. */
export function dayOf(days: number): Day {
  const shifted = days + 719468
  const era = Math.floor(shifted / 146097)
  const inEra = shifted - era * 146097
  const ofEra = Math.floor((inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36524) - Math.floor(inEra / 146096)) / 365)
  const inYear = inEra - (365 * ofEra + Math.floor(ofEra / 4) - Math.floor(ofEra / 100))
  const place = Math.floor((5 * inYear + 2) / 153)
  const month = place < 10 ? place + 3 : place - 9
  return textOf(ofEra + era * 400 + (month <= 2 ? 1 : 0), month, inYear - Math.floor((153 * place + 2) / 5) + 1)
}

export const addDays = (day: Day, days: number): Day => dayOf(numberOf(day) + days)

/** The same date so many months on, or the last day of a month that is too short for it. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = dateParts(day)
  const count = year * 12 + month - 1 + months
  return dayIn(Math.floor(count / 12), (((count % 12) + 12) % 12) + 1, date)
}

/** That date of a month, or the month's last day when it is shorter. */
export function dayIn(year: number, month: number, date: number): Day {
  // A thirteenth month counts on into January.
  const last = dateParts(addDays(textOf(year, month + 1, 1), -1))[2]
  return textOf(year, month, Math.min(date, last))
}

/** Completed years from one day to another: an age in 周岁 when the first is a birthday. */
export function wholeYears(from: Day, on: Day): number {
  const [fromYear] = dateParts(from)
  const [year] = dateParts(on)
  const years = year - fromYear
  return addMonths(from, years * 12) <= on ? years : years - 1
}

/** Whether a day is worked. A day listed both ways is off. */
export function isWorkingDay(calendar: Calendar, day: Day): boolean {
  if (calendar.holidays.includes(day)) return false
  if (calendar.workdays.includes(day)) return true
  const weekday = (((numberOf(day) + 4) % 7) + 7) % 7
  return weekday !== 0 && weekday !== 6
}

/** The years from one day to another, both included, whose days off are not announced. */
export function unknownYears({ known }: Pick<Calendar, 'known'>, from: Day, to: Day): number[] {
  const [first] = dateParts(from)
  const [last] = dateParts(to)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at).filter((year) => !known.includes(year))
}

/**
 * As much of a calendar as lies between two days, both included, in the order of the days: only the days that differ from
 * the week, so that a day off entered on a Saturday leaves everything as it was.
 */
export function calendarWithin({ holidays, workdays, known }: Calendar, from: Day, to: Day): Calendar {
  const lies = (day: Day) => day >= from && day <= to
  const weekend = (day: Day) => !isWorkingDay(week, day)
  const [first] = dateParts(from)
  const [last] = dateParts(to)
  return {
    holidays: holidays.filter((day) => lies(day) && !weekend(day)).toSorted(),
    workdays: workdays.filter((day) => lies(day) && weekend(day) && !holidays.includes(day)).toSorted(),
    known: known.filter((year) => year >= first && year <= last).toSorted((a, b) => a - b),
  }
}

/** The week without exceptions. */
const week: Calendar = { holidays: [], workdays: [], known: [] }

/** The n-th working day after a day (before it, when n is negative); the day itself is not counted. */
export function addWorkingDays(calendar: Calendar, day: Day, count: number): Day {
  const step = count < 0 ? -1 : 1
  let at = day
  for (let left = Math.abs(count); left > 0;) {
    at = addDays(at, step)
    if (isWorkingDay(calendar, at)) left -= 1
  }
  return at
}

/** Year, month and date as numbers. */
export function dateParts(day: Day): [number, number, number] {
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))]
}

const textOf = (year: number, month: number, date: number): Day =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
