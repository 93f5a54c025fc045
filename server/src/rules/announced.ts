import { parse } from 'yaml'
import { z } from 'zod'
import { addDays, isDay, isWorkingDay, type Calendar, type Day } from './days.ts'
import type { Text } from './text.ts'

const TextShape = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const DayText = z.string().refine(isDay, 'no such day')

/** Days off that follow one another, and what for; first and last included. */
const Span = z
  .strictObject({ name: TextShape, from: DayText, to: DayText })
  .refine(({ from, to }) => from <= to && addDays(from, 20) > to, '`to` must follow `from` within three weeks')

/** The public holidays of a year as they were announced, one file a year in server/calendar. */
const Year = z.strictObject({
  year: z.number().int().min(2000).max(2100),
  announcement: TextShape,
  /** Packages whose days are the same as these, every day of the year, with their versions. */
  agreed: z.array(z.string().regex(/^[\w-]+ \d+\.\d+\.\d+$/)).min(1),
  notes: z.array(TextShape).default([]),
  /** How many days of the year are worked, to be counted again when the file is read. */
  workingDays: z.number().int(),
  off: z.array(Span).min(1),
  worked: z.array(z.string()),
})

/** A year whose days off are known, and by what. */
export interface AnnouncedYear {
  year: number
  announcement: Text
  holidays: readonly Day[]
  workdays: readonly Day[]
}

/** A day of a year’s announcement lies in the year, or a month from it at most: New Year’s holiday may begin in December. */
const liesNear = (year: number, day: Day): boolean => day >= `${year - 1}-12-01` && day <= `${year + 1}-01-31`

const isWeekend = (day: Day): boolean => !isWorkingDay({ holidays: [], workdays: [], known: [] }, day)

/** The first thing wrong with the days of a year, as a code and the day; undefined where nothing is wrong. */
export function wrongDay(
  year: number,
  holidays: readonly Day[],
  workdays: readonly Day[],
): { why: 'noDay' | 'otherYear' | 'twice' | 'noWeekend'; day: string } | undefined {
  const all = [...holidays, ...workdays]
  for (const [at, day] of all.entries()) {
    if (!isDay(day)) return { why: 'noDay', day }
    if (!liesNear(year, day)) return { why: 'otherYear', day }
    if (all.indexOf(day) !== at) return { why: 'twice', day }
  }
  const weekday = workdays.find((day) => !isWeekend(day))
  return weekday === undefined ? undefined : { why: 'noWeekend', day: weekday }
}

/** How many days of a year are worked. */
export function workingDaysOf(calendar: Calendar, year: number): number {
  let count = 0
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) count += 1
  return count
}

/** The announcement of a year from its file. Throws Error saying what is wrong with it. */
export function readYear(yaml: string): AnnouncedYear & { agreed: readonly string[]; workingDays: number } {
  const { off, worked: workdays, ...told } = Year.parse(parse(yaml))
  const holidays = off.flatMap(({ from, to }) => {
    const days = []
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
    return days
  })
  const wrong = wrongDay(told.year, holidays, workdays)
  if (wrong) throw new Error(`${wrong.day}: ${wrong.why}`)
  return { ...told, holidays, workdays }
}

/** The calendar of the announced years with a county's own days over them. Where two years name the same day, the later decides. */
export function calendarFrom(years: ReadonlyMap<number, AnnouncedYear>, own: ReadonlyMap<Day, 'holiday' | 'workday'>): Calendar {
  const kinds = new Map<Day, 'holiday' | 'workday'>()
  for (const { holidays, workdays } of [...years.values()].toSorted((a, b) => a.year - b.year)) {
    for (const day of holidays) kinds.set(day, 'holiday')
    for (const day of workdays) kinds.set(day, 'workday')
  }
  for (const [day, kind] of own) kinds.set(day, kind)
  const of = (wanted: string) => [...kinds].flatMap(([day, kind]) => (kind === wanted ? [day] : [])).toSorted()
  return { holidays: of('holiday'), workdays: of('workday'), known: [...years.keys()].toSorted((a, b) => a - b) }
}
