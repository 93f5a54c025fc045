import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serverFolder, StartRefused } from '../base/config.ts'
import { calendarFrom, readYear, workingDaysOf, type AnnouncedYear } from '../rules/announced.ts'
import type { Calendar } from '../rules/days.ts'

const folder = join(serverFolder, 'calendar')

function readAll(): ReadonlyMap<number, AnnouncedYear> {
  const years = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      try {
        const read = readYear(readFileSync(join(folder, name), 'utf8'))
        if (name !== `${read.year}.yaml`) throw new Error(`year ${read.year}`)
        return read
      } catch (error) {
        throw new StartRefused(`server/calendar/${name}: ${(error as Error).message}`)
      }
    })
  const found = new Map(years.map((year) => [year.year, year]))
  const calendar = calendarFrom(found, new Map())
  for (const { year, workingDays } of years) {
    const counted = workingDaysOf(calendar, year)
    if (counted !== workingDays)
      throw new StartRefused(`server/calendar/${year}.yaml: ${counted} working days, not ${workingDays}`)
  }
  return found
}

let read: ReadonlyMap<number, AnnouncedYear> | undefined

/** Every year that came with the product. Throws StartRefused when a file does not read. */
export const officialYears = (): ReadonlyMap<number, AnnouncedYear> => (read ??= readAll())

/** The announced years alone: for what belongs to no county, as a policy’s worked examples. */
export const officialCalendar = (): Calendar => (made ??= calendarFrom(officialYears(), new Map()))

let made: Calendar | undefined
