import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { bringCalendarsUp } from '../../server/src/setup/calendar-changes.ts'
import { replay } from '../../server/src/scoring/replay.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey } from './sheets.ts'
import { bringToNotice, publishNotice, tell } from './year.ts'

// faults of the calendar and of absences, each by what a user does and sees.
let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
let town: string
/** Yingkou counts absences by itself, in two years; the county’s own cycle is of Xinyi, which asks for the number. */
const yingkou: Record<number, string> = {}
const open = async (year: number, policy: string) =>
  (
    await tell<{ cycle: string }>(
      await as('county'),
      'mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle } }',
      { input: { year, policy }, key: newKey() },
    )
  ).cycle
/** The sheet of the town’s so-manieth person in a cycle, of those who did not move. */
const sheetOf = async (cycle: string, at: number): Promise<string> =>
  (
    await query<{ id: string }>(
      `select s.id from sheet s join sheet x on x.county_id = s.county_id and x.cycle_id = $3 and x.coordinator_id = s.coordinator_id
        where s.cycle_id = $1 and s.town_id = $2
          and (select count(*) from sheet o where o.cycle_id = $3 and o.coordinator_id = s.coordinator_id) = 1
        order by x.line offset $4 limit 1`,
      [cycle, town, county.cycle, at],
    )
  )[0]!.id

beforeAll(async () => {
  county = await openCounty()
  town = (await query<{ id: string }>(`select id from unit where kind = 'town' order by code limit 1`))[0]!.id
  for (const year of [2025, 2026]) yingkou[year] = await open(year, 'yingkou-1')
})
afterAll(() => county.close())

interface Given {
  kind?: string
  from: string
  to?: string
  half?: boolean
  excused?: boolean
  reasonGiven?: boolean
}
const record = async (cycle: string, at: number, { kind = 'absence', from, to = from, ...more }: Given) =>
  tell<string[]>(
    await as('attendance'),
    `mutation ($c: ID!, $s: [ID!]!, $i: AttendanceInput!, $key: String!) { recordAbsence(cycle: $c, sheets: $s, input: $i, key: $key) }`,
    { c: cycle, s: [await sheetOf(cycle, at)], i: { kind, from, to, ...more }, key: newKey() },
  )
interface Shown {
  sheet: string
  proposed: string | null
  provisional: string | null
  found: { field: string; value: string }[]
  records: { id: string; from: string; elsewhere: string | null; half: boolean }[]
}
const shown = async (cycle: string, at: number) => {
  const sheet = await sheetOf(cycle, at)
  const all = await tell<Shown[]>(
    await as('attendance'),
    'query ($c: ID!) { attendance(cycle: $c) { sheet proposed provisional found { field value } records { id from elsewhere half } } }',
    { c: cycle },
  )
  const one = (all as Shown[]).find((row) => row.sheet === sheet)!
  return { ...one, found: Object.fromEntries(one.found.map(({ field, value }) => [field, value])) }
}
const grounds = async (cycle: string, at: number): Promise<string> => {
  const sheet = await sheetOf(cycle, at)
  const { data } = await (
    await as('county')
  ).ask('query ($s: ID!) { explain(sheet: $s) { grade provisional gradeReasons { says } } }', { s: sheet })
  return JSON.stringify(data.explain)
}
const setHoliday = async (day: string, off: boolean | null) =>
  tell<boolean>(
    await as('county'),
    'mutation ($day: String!, $off: Boolean, $key: String!) { setHoliday(day: $day, off: $off, key: $key) }',
    { day, off, key: newKey() },
  )
const setYear = async (year: number, announcement: string, holidays: string[], workdays: string[] = [], login = 'county') =>
  tell<boolean>(
    await as(login),
    'mutation ($y: Int!, $a: String!, $h: [String!]!, $w: [String!]!, $key: String!) { setCalendarYear(year: $y, announcement: $a, holidays: $h, workdays: $w, key: $key) }',
    { y: year, a: announcement, h: holidays, w: workdays, key: newKey() },
  )
interface Change {
  what: string | null
  sheets: { sheet: string; year: number; before: string; after: string; filed: boolean }[]
  notices: { id: string; before: string; after: string }[]
  appeals: { id: string }[]
}
const lastChange = async () =>
  (
    (await tell<Change[]>(
      await as('county'),
      '{ calendarChanges(first: 1) { what sheets { sheet year before after filed } notices { id before after } appeals { id } } }',
    )) as Change[]
  )[0]!
const differing = async (): Promise<string[]> => {
  const [one] = await query<{ id: string }>('select id from county')
  const found: string[] = []
  for await (const { sheet, stored, found: again } of replay(county.app.database.pool, one!.id))
    if (!isDeepStrictEqual(stored, again)) found.push(sheet)
  return found
}

describe('working days are the county’s, everywhere', () => {
  it('1.1 nobody is absent in the National Day holiday, in either policy', async () => {
    await record(yingkou[2026]!, 0, { from: '2026-10-01', to: '2026-10-07' })
    const none = { unexcusedRun: '0', unexcusedTotal: '0', silentRun: '0', emptyPosts: '0' }
    expect((await shown(yingkou[2026]!, 0)).found).toEqual(none)
    expect(await grounds(yingkou[2026]!, 0)).not.toContain('"grade":"unfit"')
    expect((await shown(county.cycle, 0)).proposed).toBe('0')
  })

  it('a holiday entered later counts anew what it touches, as one act that lists it sheet by sheet', async () => {
    await record(yingkou[2026]!, 1, { from: '2026-03-02', to: '2026-03-06' })
    const five = { unexcusedRun: '5', unexcusedTotal: '5', silentRun: '5', emptyPosts: '0' }
    expect((await shown(yingkou[2026]!, 1)).found).toEqual(five)
    const [{ seq: before }] = (await query<{ seq: number }>('select chain_seq as seq from county')) as [{ seq: number }]
    expect(await setHoliday('2026-03-04', true)).toBe(true)
    expect((await shown(yingkou[2026]!, 1)).found).toEqual({ ...five, unexcusedRun: '4', unexcusedTotal: '4', silentRun: '4' })
    expect((await shown(county.cycle, 1)).proposed).toBe('4')
    const change = await lastChange()
    expect(change).toMatchObject({ what: '2026-03-04', notices: [], appeals: [] })
    expect(change.sheets).toEqual([
      {
        sheet: await sheetOf(yingkou[2026]!, 1),
        year: 2026,
        before: expect.stringContaining('全年无故缺勤天数 5'),
        after: expect.stringContaining('全年无故缺勤天数 4'),
        filed: false,
      },
    ])
    const [{ seq: after }] = (await query<{ seq: number }>('select chain_seq as seq from county')) as [{ seq: number }]
    expect(after).toBe(before + 1)
    // Made up on a Saturday inside nobody's absence: nothing changes, and the act says so.
    expect(await setHoliday('2026-03-14', false)).toBe(true)
    expect((await lastChange()).sheets).toEqual([])
    expect(await setHoliday('2026-03-04', null)).toBe(true)
    expect((await shown(yingkou[2026]!, 1)).found).toEqual(five)
    expect(await differing()).toEqual([])
  })
})

describe('an absence is a person’s', () => {
  it('1.2 goes over New Year as one run, in either year’s cycle, whichever it was recorded under', async () => {
    expect(await record(yingkou[2025]!, 2, { from: '2025-12-30', to: '2026-01-06', reasonGiven: true })).toHaveLength(1)
    expect((await shown(yingkou[2025]!, 2)).found).toMatchObject({ unexcusedRun: '5', unexcusedTotal: '2', silentRun: '0' })
    const next = await shown(yingkou[2026]!, 2)
    expect(next.found).toMatchObject({ unexcusedRun: '5', unexcusedTotal: '3' })
    expect(next.records).toMatchObject([{ from: '2025-12-30', elsewhere: expect.stringContaining('2025') }])
    expect(await grounds(yingkou[2026]!, 2)).toContain('"grade":"unfit"')
    expect((await shown(county.cycle, 2)).proposed).toBe('3')
  })

  it('is there in a cycle that is opened later, and gone from all of them when it is taken back', async () => {
    const later = await open(2027, 'yingkou-1')
    const [id] = (await record(yingkou[2026]!, 3, { from: '2026-12-30', to: '2027-01-05' })) as string[]
    expect((await shown(later, 3)).records).toMatchObject([{ id, elsewhere: expect.stringContaining('2026') }])
    expect((await shown(later, 3)).found.unexcusedTotal).toBe('3')
    const another = await open(2024, 'yingkou-1')
    expect((await shown(another, 3)).records).toEqual([])
    expect(
      await tell<number>(
        await as('attendance'),
        'mutation ($c: ID!, $r: ID!, $key: String!) { endAttendance(cycle: $c, record: $r, reason: "核对后更正", key: $key) }',
        { c: later, r: id, key: newKey() },
      ),
    ).toBe(1)
    for (const cycle of [later, yingkou[2026]!]) expect((await shown(cycle, 3)).found).toEqual({})
    expect(await differing()).toEqual([])
  })

  it('1.3 on approved leave is neither without cause nor without a word', async () => {
    await record(yingkou[2026]!, 4, { from: '2026-03-02', to: '2026-03-13', excused: true })
    expect((await shown(yingkou[2026]!, 4)).found).toMatchObject({ unexcusedRun: '0', silentRun: '0' })
    expect(await query('select reason_given from attendance where excused and not reason_given')).toEqual([])
  })

  it('1.4 an approved day inside an unexcused span is approved', async () => {
    await record(yingkou[2026]!, 5, { from: '2026-03-02', to: '2026-03-04' })
    expect((await shown(yingkou[2026]!, 5)).found).toMatchObject({ unexcusedRun: '3', unexcusedTotal: '3' })
    await record(yingkou[2026]!, 5, { from: '2026-03-03', excused: true })
    expect((await shown(yingkou[2026]!, 5)).found).toMatchObject({ unexcusedRun: '1', unexcusedTotal: '2' })
    expect((await shown(county.cycle, 5)).proposed).toBe('2')
  })

  it('1.5 is of half a day wherever absences are recorded', async () => {
    await record(yingkou[2026]!, 6, { from: '2026-03-02', half: true })
    expect(await shown(yingkou[2026]!, 6)).toMatchObject({
      found: { unexcusedRun: '0.5', unexcusedTotal: '0.5' },
      records: [{ half: true }],
    })
    await record(county.cycle, 6, { from: '2026-03-02', half: true })
    expect((await shown(yingkou[2026]!, 6)).found).toMatchObject({ unexcusedRun: '1', unexcusedTotal: '1' })
    expect((await shown(county.cycle, 6)).proposed).toBe('1')
  })
})

it('1.6 a cycle’s duty is of its own year, and overdue until it is done', async () => {
  const cycle = await open(2025, 'xinyi-1')
  const { data } = await (
    await as('county')
  ).ask('query ($c: ID!) { duties(cycle: $c) { id by state daysLate daysLeft open } }', { c: cycle })
  const filing = data.duties.find(({ id }: { id: string }) => id === 'filing')
  expect(filing).toMatchObject({ by: '2026-01-20', state: 'overdue', open: false })
  expect(filing.daysLate).toBeGreaterThanOrEqual(315)
  await query(`update sheet set stage = 'filed', state = 'filed' where cycle_id = $1`, [cycle])
  const done = await (await as('county')).ask('query ($c: ID!) { duties(cycle: $c) { id } }', { c: cycle })
  expect(done.data.duties).toEqual([])
})

describe('a year that is not announced', () => {
  /** The first year of which nothing is known. */
  const unknown = async () => {
    const { data } = await (await as('county')).ask('{ calendarYears { year workingDays announcement own } }')
    const years = data.calendarYears as { year: number; workingDays: number; own: boolean }[]
    expect(years.find(({ year }) => year === 2026)).toMatchObject({ workingDays: 248, own: false })
    return Math.max(...years.map(({ year }) => year)) + 1
  }

  it('says so where days of it are counted; the county enters it as a whole, and it is known', async () => {
    await setHoliday('2026-03-14', null)
    const year = await unknown()
    const cycle = (await query<{ id: string }>(`select id from cycle where year = $1 and policy_id = 'yingkou-1'`, [year]))[0]?.id
    const own = cycle ?? (await open(year, 'yingkou-1'))
    await record(own, 7, { from: `${year}-10-04`, to: `${year}-10-10` })
    const before = await shown(own, 7)
    expect(before.provisional).toContain(`${year} 年的节假日尚未公布`)
    expect(before.found.unexcusedTotal).toBe('5')
    expect((await shown(yingkou[2026]!, 5)).provisional).toBeNull()
    expect(await grounds(own, 7)).toContain(`"provisional":"${year} 年的节假日尚未公布`)
    expect(await grounds(yingkou[2026]!, 5)).toContain('"provisional":null')
    // Over New Year the run of the year that is known goes on into the one that is not.
    await record(yingkou[year - 1]!, 3, { from: `${year - 1}-12-31`, to: `${year}-01-08` })
    expect(await grounds(yingkou[year - 1]!, 3)).toContain(`"provisional":"${year} 年的节假日尚未公布`)

    const days = Array.from({ length: 7 }, (_, at) => `${year}-10-0${at + 1}`)
    // Nothing at all takes back what was entered, and is refused where nothing was.
    expect(await setYear(year, ' ', [])).toMatchObject({ code: 'calendar.days' })
    expect(await setYear(year, '通知', [])).toMatchObject({ code: 'calendar.days' })
    expect(await setYear(year, ' ', days)).toMatchObject({ code: 'calendar.announcement' })
    expect(await setYear(year, '通知', ['2026-02-30'])).toMatchObject({ code: 'calendar.noDay' })
    expect(await setYear(year, '通知', ['2024-10-01'])).toMatchObject({ code: 'calendar.otherYear' })
    expect(await setYear(year, '通知', [days[0]!, days[0]!])).toMatchObject({ code: 'calendar.twice' })
    expect(await setYear(year, '通知', days, [`${year}-10-13`])).toMatchObject({ code: 'calendar.noWeekend' })
    expect(await setYear(year, '通知', days, [], 'town')).toMatchObject({ code: 'permission' })
    expect(await setYear(year, '国务院办公厅通知（试）', days)).toBe(true)
    expect((await lastChange()).sheets.map(({ sheet }) => sheet)).toContain(await sheetOf(own, 7))
    expect(await shown(own, 7)).toMatchObject({ provisional: null, found: { unexcusedTotal: '1' } })
    for (const at of [7, 3]) expect(await grounds(own, at)).toContain('"provisional":null')
    // Taken back, it is unknown again; the chain tells both.
    expect(await setYear(year, '通知', [])).toMatchObject({ code: 'calendar.days' })
    expect(await setYear(year, '', [])).toBe(true)
    expect(await shown(own, 7)).toMatchObject({ provisional: expect.any(String), found: { unexcusedTotal: '5' } })
    const [one] = await query<{ id: string }>('select id from county')
    expect(await verifyChain(county.app.database.pool, one!.id)).toMatchObject({ ok: true })
  })

  it('keeps results from the file while absences or notices are counted by it, and nothing else', async () => {
    const year = await unknown()
    await bringToNotice(as, county.cycle, town)
    await publishNotice(await as('county'), { cycle: county.cycle, units: [town] })
    const blockers = async () =>
      (
        await query<{ id: string; ends: string }>(
          `select n.id, n.ends_on::text as ends from notice n where n.cycle_id = $1 and n.unit_id = $2`,
          [county.cycle, town],
        )
      )[0]!
    const notice = await blockers()
    // A notice that ends in the year that is not announced.
    await query(`update notice set starts_on = $2, ends_on = $3 where id = $1`, [notice.id, `${year - 1}-12-28`, `${year}-01-04`])
    const move = async () =>
      tell<{ stage: string }>(
        await as('county'),
        'mutation ($i: MoveInput!, $key: String!) { moveSheets(input: $i, key: $key) { stage } }',
        { i: { cycle: county.cycle, unit: town, stage: 'notice' }, key: newKey() },
      )
    expect((await move()).says).toContain(`${year} 年的节假日尚未公布`)
    const { data } = await (
      await as('county')
    ).ask('query ($c: ID!) { notices(cycle: $c) { id provisional } }', { c: county.cycle })
    expect(data.notices[0].provisional).toContain(String(year))
    // Once it is known, a notice that runs moves with it, and its hash with its last day.
    const [{ hash }] = (await query<{ hash: string }>('select hash from notice where id = $1', [notice.id])) as [{ hash: string }]
    expect(await setYear(year, '通知（试）', [`${year}-01-01`])).toBe(true)
    const change = await lastChange()
    expect(change.notices).toMatchObject([{ id: notice.id, before: `${year}-01-04` }])
    const [moved] = await query<{ hash: string; ends: string }>('select hash, ends_on::text as ends from notice where id = $1', [
      notice.id,
    ])
    expect(moved!.ends).toBe(change.notices[0]!.after)
    expect(moved!.hash).not.toBe(hash)
    expect((await move()).says).not.toContain('尚未公布')
  })
})

it('data of an earlier build are counted anew when the product starts, once, and what is on file is not', async () => {
  const sheet = await sheetOf(yingkou[2026]!, 8)
  const filed = await sheetOf(yingkou[2026]!, 9)
  for (const at of [8, 9]) await record(yingkou[2026]!, at, { from: '2026-10-01', to: '2026-10-08', excused: false })
  // As an earlier build left them: without a calendar, and counted by the week alone.
  await query(
    `update sheet set beyond = beyond - 'calendar', limits = '{run3,total5}', state = case when id = $2 then 'filed' else state end
      where id = any($1::uuid[])`,
    [[sheet, filed], filed],
  )
  const { pool } = county.app.database
  await bringCalendarsUp(pool, 'zh', new Date(), county.app.log)
  const acts = await query<{ by: string; details: { changed: { filed: string[] } } }>(
    `select by, details from change_set where kind = 'recount'`,
  )
  expect(acts).toHaveLength(1)
  expect(acts[0]!.details.changed.filed).toEqual([filed])
  const rows = await query<{ id: string; limits: string[]; calendar: unknown }>(
    `select id, limits, beyond -> 'calendar' as calendar from sheet where id = any($1::uuid[]) order by id = $2`,
    [[sheet, filed], filed],
  )
  expect(rows).toMatchObject([
    { limits: [], calendar: { known: [2026] } },
    { limits: ['run3', 'total5'], calendar: null },
  ])
  await bringCalendarsUp(pool, 'zh', new Date(), county.app.log)
  expect(await query(`select from change_set where kind = 'recount'`)).toHaveLength(1)
})
