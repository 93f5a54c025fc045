import type pg from 'pg'
import { calendarFrom, type AnnouncedYear } from '../rules/announced.ts'
import type { Calendar, Day } from '../rules/days.ts'
import { officialYears } from './official.ts'

/** What a county has entered itself: years as a whole, which stand in the place of those that came, and single days. */
export interface OwnDays {
  years: Map<number, AnnouncedYear>
  days: Map<Day, 'holiday' | 'workday'>
}

type Client = pg.Pool | pg.PoolClient

/** What a county has entered, as it stands. */
export async function ownDaysOf(client: Client, county: string): Promise<OwnDays> {
  const { rows } = await client.query<{ days: [Day, 'holiday' | 'workday'][]; years: StoredYear[] }>({
    name: 'own-days',
    text: `select coalesce((select json_agg(json_build_array(day, kind) order by day) from holiday where county_id = $1), '[]') as days,
                  coalesce((select json_agg(json_build_object('year', year, 'announcement', announcement, 'holidays', holidays, 'workdays', workdays))
                              from calendar_year where county_id = $1), '[]') as years`,
    values: [county],
  })
  const { days, years } = rows[0]!
  return { days: new Map(days), years: new Map(years.map((one) => [one.year, announcedBy(one)])) }
}

/** A year as a county has it, its announcement by the name that was entered. */
export interface StoredYear {
  year: number
  announcement: string
  holidays: Day[]
  workdays: Day[]
}
const announcedBy = ({ announcement, ...days }: StoredYear): AnnouncedYear => ({
  ...days,
  announcement: { zh: announcement, en: announcement },
})

const withOwn = ({ years, days }: OwnDays): Calendar => calendarFrom(new Map([...officialYears(), ...years]), days)

/** The years whose days are known to a county, the county’s own in the place of those that came. */
export const yearsKnown = ({ years }: OwnDays): AnnouncedYear[] =>
  [...new Map([...officialYears(), ...years]).values()].toSorted((a, b) => a.year - b.year)

/**
 * The calendar of a county, by which everything of it is counted: the announced years and what it entered. Read wherever
 * days are counted. Saving cells does not read it: a person’s records carry the part of the calendar they were counted by.
 */
export const calendarOf = async (client: Client, county: string): Promise<Calendar> => withOwn(await ownDaysOf(client, county))

/** The same as it stood at a moment: what was entered since is taken back. */
export async function calendarThen(client: Client, county: string, at: Date): Promise<Calendar> {
  const own = await ownDaysOf(client, county)
  const { rows } = await client.query<{
    kind: string
    details: { day: Day; year: number; before: 'holiday' | 'workday' | StoredYear | null }
  }>(
    `select kind, details from change_set where county_id = $1 and kind in ('setHoliday', 'setCalendarYear') and at > $2 order by seq desc`,
    [county, at],
  )
  for (const { kind, details } of rows) {
    const { day, year, before } = details
    if (kind === 'setHoliday') {
      if (before === null) own.days.delete(day)
      else own.days.set(day, before as 'holiday' | 'workday')
    } else if (before === null) own.years.delete(year)
    else own.years.set(year, announcedBy(before as StoredYear))
  }
  return withOwn(own)
}

/**
 * Keeps a county’s calendar as it is until the transaction ends (`read`), or from everybody who counts by it (`write`).
 * Taken before any sheet is locked: whoever records days away and whoever enters a holiday never wait for each other.
 */
export async function holdCalendar(client: pg.PoolClient, county: string, to: 'read' | 'write'): Promise<void> {
  await client.query(`select pg_advisory_xact_lock${to === 'read' ? '_shared' : ''}(hashtextextended($1, 1))`, [
    `calendar ${county}`,
  ])
}
