import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { completeScores, moveSheets, tell } from './year.ts'
import { newKey, save } from './sheets.ts'

let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
let town: string
/** A cycle of Yingkou, which counts absences by itself; the county’s own is of Xinyi, which asks for the number. */
let yingkou: string
const sheetsOf = async (cycle: string) =>
  (await query<{ id: string }>('select id from sheet where cycle_id = $1 and town_id = $2 order by line', [cycle, town])).map(
    ({ id }) => id,
  )

beforeAll(async () => {
  county = await openCounty()
  town = (await query<{ id: string }>(`select id from unit where kind = 'town' order by code limit 1`))[0]!.id
  yingkou = (
    await tell<{ cycle: string }>(
      await as('county'),
      'mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle } }',
      { input: { year: 2026, policy: 'yingkou-1' }, key: newKey() },
    )
  ).cycle
})
afterAll(() => county.close())

interface Given {
  kind?: string
  from: string
  to?: string
  half?: boolean
  excused?: boolean
  reasonGiven?: boolean
  onPost?: boolean
}
const record = async (
  login: string,
  cycle: string,
  sheets: string[],
  { kind = 'absence', from, to = from, ...more }: Given,
  { replaces, key = newKey() }: { replaces?: string; key?: string } = {},
) =>
  tell<string[]>(
    await as(login),
    `mutation ($c: ID!, $s: [ID!]!, $i: AttendanceInput!, $r: ID, $key: String!) { recordAbsence(cycle: $c, sheets: $s, input: $i, replaces: $r, key: $key) }`,
    { c: cycle, s: sheets, i: { kind, from, to, ...more }, r: replaces ?? null, key },
  )
const end = async (login: string, cycle: string, id: string, reason = '核对考勤机后更正') =>
  tell<number>(
    await as(login),
    'mutation ($c: ID!, $r: ID!, $reason: String!, $key: String!) { endAttendance(cycle: $c, record: $r, reason: $reason, key: $key) }',
    { c: cycle, r: id, reason, key: newKey() },
  )
interface Shown {
  sheet: string
  proposed: string | null
  entered: string | null
  may: boolean
  mayTake: boolean
  found: { field: string; value: string }[]
  records: { id: string; from: string; may: boolean; by: string }[]
}
const shown = async (cycle: string, sheet: string, login = 'attendance') =>
  (
    (await tell<Shown[]>(
      await as(login),
      'query ($c: ID!) { attendance(cycle: $c) { sheet proposed entered may mayTake found { field value } records { id from may by } } }',
      { c: cycle },
    )) as Shown[]
  ).find((one) => one.sheet === sheet)!

describe('a record', () => {
  it('is the officer’s and the bureau’s, never of whoever scores; and the officer scores nothing', async () => {
    const [sheet] = await sheetsOf(yingkou)
    expect(await record('town', yingkou, [sheet!], { from: '2026-03-02' })).toMatchObject({ code: 'permission' })
    const [xinyi] = await sheetsOf(county.cycle)
    await expect(save(await as('attendance'), county.cycle, [[xinyi!, 'v1', null, 'yes']])).rejects.toThrow('permission')
    const [far] = await query<{ id: string }>('select id from sheet where cycle_id = $1 and town_id <> $2 limit 1', [
      yingkou,
      town,
    ])
    expect(await record('attendance', yingkou, [far!.id], { from: '2026-03-02' })).toMatchObject({ code: 'sheet.unknown' })
    expect(await shown(yingkou, sheet!)).toMatchObject({ may: true, mayTake: false, records: [] })
    expect(await shown(yingkou, sheet!, 'town')).toMatchObject({ may: false })
  })

  it('has days that exist and touch the year, halves of one day only, and checks where they are looked at', async () => {
    const [sheet] = await sheetsOf(yingkou)
    const [xinyi] = await sheetsOf(county.cycle)
    for (const wrong of [
      { from: '2026-02-30' },
      { from: '2026-03-05', to: '2026-03-04' },
      { from: '2025-12-30', to: '2025-12-31' },
      { from: '2026-03-02', to: '2027-03-03' },
    ])
      expect(await record('attendance', yingkou, [sheet!], wrong)).toMatchObject({ code: 'attendance.days' })
    expect(await record('attendance', yingkou, [sheet!], { from: '2026-03-02', to: '2026-03-03', half: true })).toMatchObject({
      code: 'attendance.half',
    })
    expect(
      await record('attendance', county.cycle, [xinyi!], { from: '2026-03-02', to: '2026-03-03', half: true }),
    ).toMatchObject({
      code: 'attendance.half',
    })
    expect(await record('attendance', county.cycle, [xinyi!], { kind: 'spotCheck', from: '2026-03-02' })).toMatchObject({
      code: 'attendance.check',
    })
    expect(await record('attendance', yingkou, [sheet!], { kind: 'leave', from: '2026-03-02' })).toMatchObject({
      code: 'attendance.kind',
    })
  })
})

describe('where the policy counts absences', () => {
  it('a week away without leave, over a weekend, is six working days in a run; the checks are counted', async () => {
    const [sheet, other] = await sheetsOf(yingkou)
    const key = newKey()
    // Thursday 5 March to Thursday 12 March 2026: Thursday, Friday, four days of the next week.
    const ids = await record(
      'attendance',
      yingkou,
      [sheet!, other!],
      { from: '2026-03-05', to: '2026-03-12', reasonGiven: true },
      { key },
    )
    expect(ids.length).toBe(2)
    expect(
      await record('attendance', yingkou, [sheet!, other!], { from: '2026-03-05', to: '2026-03-12', reasonGiven: true }, { key }),
    ).toEqual(ids)
    await record('attendance', yingkou, [sheet!], { kind: 'spotCheck', from: '2026-04-01', onPost: false })
    await record('attendance', yingkou, [sheet!], { kind: 'spotCheck', from: '2026-04-02', onPost: true })
    await record('attendance', yingkou, [sheet!], { from: '2026-05-06', to: '2026-05-08', excused: true, reasonGiven: true })
    const found = Object.fromEntries((await shown(yingkou, sheet!)).found.map(({ field, value }) => [field, value]))
    expect(found).toEqual({ unexcusedRun: '6', unexcusedTotal: '6', silentRun: '0', emptyPosts: '1' })
    const [stored] = await query<{ beyond: Record<string, unknown> }>('select beyond from sheet where id = $1', [sheet])
    expect(stored!.beyond).toMatchObject({
      year: '2026',
      spotChecks: [
        { on: '2026-04-01', onPost: 'no' },
        { on: '2026-04-02', onPost: 'yes' },
      ],
    })
  })

  it('is corrected and taken back by the same officer or the bureau, with its history kept', async () => {
    const [, sheet] = await sheetsOf(yingkou)
    const [first] = (await shown(yingkou, sheet!)).records
    const [corrected] = await record(
      'attendance',
      yingkou,
      [sheet!],
      { from: '2026-03-05', to: '2026-03-06' },
      { replaces: first!.id },
    )
    expect(await record('attendance', yingkou, [sheet!], { from: '2026-03-05' }, { replaces: first!.id })).toMatchObject({
      code: 'attendance.unknown',
    })
    expect((await shown(yingkou, sheet!)).found.find(({ field }) => field === 'unexcusedTotal')!.value).toBe('2')
    const [bureaus] = await record('county', yingkou, [sheet!], { from: '2026-06-01' })
    expect((await shown(yingkou, sheet!)).records.map(({ may }) => may)).toEqual([true, false])
    expect(await end('attendance', yingkou, bureaus!)).toMatchObject({ code: 'attendance.others' })
    expect(await end('attendance', yingkou, corrected!, ' ')).toMatchObject({ code: 'ruling.reason' })
    expect(await end('county', yingkou, corrected!)).toBe(1)
    expect(
      await query(
        'select first_day::text as "from", ended_seq is null as stands from attendance where sheet_id = $1 order by seq',
        [sheet],
      ),
    ).toEqual([
      { from: '2026-03-05', stands: false },
      { from: '2026-03-05', stands: false },
      { from: '2026-06-01', stands: true },
    ])
    const [last] = await query<{ cells: Record<string, unknown> }>(
      'select cells from sheet_change where sheet_id = $1 order by seq desc limit 1',
      [sheet],
    )
    expect(last!.cells).toEqual({ [`@absence.${corrected}`]: ['2026-03-05 – 2026-03-06 旷工', null] })
  })

  it('of two at once, each counts', async () => {
    const sheet = (await sheetsOf(yingkou))[2]!
    await Promise.all([
      record('attendance', yingkou, [sheet], { from: '2026-03-02' }),
      record('county', yingkou, [sheet], { from: '2026-03-03' }),
    ])
    expect((await shown(yingkou, sheet)).found.find(({ field }) => field === 'unexcusedTotal')!.value).toBe('2')
  })
})

describe('where the policy asks for the number', () => {
  it('the record is a proposal beside the cell: halves add up, weekends and leave do not count, nothing is overwritten', async () => {
    const sheet = (await sheetsOf(county.cycle))[4]!
    const before = (await shown(county.cycle, sheet)).entered
    await record('attendance', county.cycle, [sheet], { from: '2026-03-06', to: '2026-03-09' })
    await record('attendance', county.cycle, [sheet], { from: '2026-03-11', half: true })
    await record('attendance', county.cycle, [sheet], { from: '2026-03-12', to: '2026-03-13', excused: true })
    // Friday and Monday, and half of a Wednesday.
    expect(await shown(county.cycle, sheet)).toMatchObject({ proposed: '2.5', entered: before, mayTake: false, found: [] })
    expect(await shown(county.cycle, sheet, 'town')).toMatchObject({ proposed: '2.5', may: false, mayTake: true })
    const { applied } = await save(await as('town'), county.cycle, [[sheet, 'absentDays', before, '2.5']])
    expect(applied).toBe(1)
    expect((await shown(county.cycle, sheet)).entered).toBe('2.5')
  })

  it('is closed once the scores have gone on', async () => {
    await completeScores(await as('town'), county.cycle, town)
    expect(await moveSheets(await as('town'), { cycle: county.cycle, unit: town, stage: 'scoring' })).toMatchObject({
      stage: 'panel',
    })
    const sheet = (await sheetsOf(county.cycle))[4]!
    expect(await record('attendance', county.cycle, [sheet], { from: '2026-03-02' })).toMatchObject({
      code: 'attendance.notYours',
    })
    const [one] = (await shown(county.cycle, sheet)).records
    expect(await end('attendance', county.cycle, one!.id)).toMatchObject({ code: 'attendance.notYours' })
  })

  it('of a sheet that an upheld appeal reopened is kept only where it named what comes of the records', async () => {
    // Xinyi’s scores have gone on by now: its sheet goes back to where they are entered.
    const reopen = (sheet: string, items: string[] | null) =>
      query(
        `update sheet set state = 'open', reopened = $2, stage = case when cycle_id = $3 then 'scoring' else stage end where id = $1`,
        [sheet, items, county.cycle],
      )
    const [plain, counted] = [(await sheetsOf(county.cycle))[4]!, (await sheetsOf(yingkou))[5]!]
    const onlyNamed = { code: 'appeal.onlyNamed', says: expect.stringContaining('其他各项不能改') }
    const [made] = (await record('attendance', yingkou, [counted], { from: '2026-03-02' })) as string[]
    for (const [cycle, sheet, other, own] of [
      [county.cycle, plain, 'i04', 'absentDays'],
      [yingkou, counted, 'errors', 'emptyPosts'],
    ] as const) {
      await reopen(sheet, ['grade', other])
      const [one] = (await shown(cycle, sheet)).records
      const before = await query('select seq, beyond from sheet where id = $1', [sheet])
      expect(await record('attendance', cycle, [sheet], { from: '2026-05-04' })).toMatchObject(onlyNamed)
      expect(await record('attendance', cycle, [sheet], { from: '2026-05-05' }, { replaces: one!.id })).toMatchObject(onlyNamed)
      expect(await end('attendance', cycle, one!.id)).toMatchObject(onlyNamed)
      expect(await shown(cycle, sheet)).toMatchObject({
        may: false,
        records: expect.arrayContaining([expect.objectContaining({ may: false })]),
      })
      expect(await shown(cycle, sheet, 'town')).toMatchObject({ mayTake: false })
      expect(await query('select seq, beyond from sheet where id = $1', [sheet])).toEqual(before)
      await reopen(sheet, [own])
      expect(await shown(cycle, sheet)).toMatchObject({ may: true })
      expect(await end('attendance', cycle, one!.id)).toBe(1)
      await reopen(sheet, null)
    }
    expect((await shown(yingkou, counted)).records.map(({ id }) => id)).not.toContain(made)
    expect(await shown(county.cycle, plain, 'town')).toMatchObject({ mayTake: true })
  })

  it('is not kept by a relative', async () => {
    const sheet = (await sheetsOf(yingkou))[4]!
    const [of] = await query<{ coordinator: string }>('select coordinator_id as coordinator from sheet where id = $1', [sheet])
    await tell(
      await as('attendance'),
      'mutation ($c: ID!, $key: String!) { declareRecusal(coordinator: $c, relation: "父子", key: $key) }',
      {
        c: of!.coordinator,
        key: newKey(),
      },
    )
    expect(await record('attendance', yingkou, [sheet], { from: '2026-03-02' })).toMatchObject({ code: 'recused' })
  })
})
