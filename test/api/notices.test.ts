import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey } from './sheets.ts'
import {
  bringToNotice,
  endNotices,
  explainFails,
  approveReadings,
  moveSheets,
  publishNotice,
  tell,
  type NoticeAsked,
} from './year.ts'

let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
let town: string
let village: string
let other: string

beforeAll(async () => {
  county = await openCounty()
  const towns = await query<{ id: string }>(`select id from unit where kind = 'town' order by code`)
  town = towns[0]!.id
  other = towns[2]!.id
  village = (await query<{ id: string }>(`select id from unit where parent_id = $1 order by code`, [town]))[0]!.id
  await bringToNotice(as, county.cycle, town)
})
afterAll(() => county.close())

const publish = async (asked: Partial<NoticeAsked> = {}, login = 'county', key = newKey()) =>
  publishNotice(await as(login), { cycle: county.cycle, units: [town], ...asked }, key)
const preview = async (asked: Partial<NoticeAsked> = {}) =>
  tell<{ heads: string[]; rows: { shows: string[] }[]; startsOn: string; endsOn: string }>(
    await as('county'),
    'query ($input: NoticeInput!) { previewNotice(input: $input) { heads rows { shows } startsOn endsOn } }',
    {
      input: {
        cycle: county.cycle,
        units: [town],
        columns: ['name', 'village', 'town', 'grade'],
        audience: 'internal',
        ...asked,
      },
    },
  )
interface Notice {
  id: string
  unit: string
  state: string
  columns: string[]
  heads: string[]
  rows: { shows: string[]; own: boolean }[]
  replaces: string | null
  hash: string
  startsOn: string
  endsOn: string
  may: boolean
  withdrawnReason: string | null
}
const notices = async (login: string) =>
  tell<Notice[]>(
    await as(login),
    `query ($c: ID!) { notices(cycle: $c) { id unit state columns heads rows { shows own } replaces hash startsOn endsOn may withdrawnReason } }`,
    { c: county.cycle },
  )
const move = async () => moveSheets(await as('county'), { cycle: county.cycle, unit: town, stage: 'notice' })

describe('what a notice may show', () => {
  it('is a closed list: nothing else of a person has a way onto it', async () => {
    const { data } = await (
      await as('county')
    ).ask(`query ($c: ID!) { noticeForm(cycle: $c) { columns { id } left leftPublic usual reading days least most units } }`, {
      c: county.cycle,
    })
    expect(data.noticeForm).toEqual({
      columns: [
        'name',
        'maskedName',
        'village',
        'town',
        'grade',
        'total',
        'rank',
        'points.s2',
        'points.s3',
        'points.s4',
        'points.s5',
      ].map((id) => ({ id })),
      left: ['rank', 'points.s2', 'points.s3', 'points.s4', 'points.s5'],
      leftPublic: ['name'],
      usual: ['name', 'village', 'town', 'grade'],
      reading: 'IR-36 只向本镇公布姓名和得分或等次，证件和电话隐去',
      days: 5,
      least: 3,
      most: 10,
      units: [town],
    })
    const everyColumn = await query<{ name: string }>(
      `select distinct column_name as name from information_schema.columns
        where table_schema = 'public' and table_name in ('coordinator', 'posting', 'sheet', 'account', 'unit')`,
    )
    const names = [
      ...everyColumn.map(({ name }) => name),
      'idNumber',
      'phone',
      'bornOn',
      'birthDate',
      'points.s9',
      'i04',
      '身份证号',
      'NAME',
      '',
    ].filter((name) => !['name', 'total', 'village', 'town', 'grade'].includes(name))
    expect(names).toContain('born_on')
    for (const name of names) {
      expect(await publish({ columns: ['name', 'grade', name] }), name).toMatchObject({ code: 'notice.column' })
      expect(await preview({ columns: ['name', 'grade', name] }), name).toMatchObject({ code: 'notice.column' })
    }
    expect(await query('select id from notice')).toEqual([])
  })

  it('follows the reading in force: a whole name stays in the town, ranks and parts are left out', async () => {
    expect(await publish({ audience: 'public' })).toMatchObject({ code: 'notice.column', says: expect.stringContaining('name') })
    expect(await publish({ columns: ['name', 'rank'] })).toMatchObject({ code: 'notice.column' })
    expect(await preview({ columns: ['maskedName', 'grade'], audience: 'public' })).toMatchObject({ heads: ['姓名', '等次'] })
  })

  it('has one name, each column once, 3 to 10 working days, a town or a village; by those who publish', async () => {
    expect(await publish({ columns: ['village', 'grade'] })).toMatchObject({ code: 'notice.columns' })
    expect(await publish({ columns: ['name', 'maskedName'] })).toMatchObject({ code: 'notice.columns' })
    expect(await publish({ columns: ['name', 'grade', 'grade'] })).toMatchObject({ code: 'notice.columns' })
    expect(await publish({ days: 2 })).toMatchObject({ code: 'notice.days' })
    expect(await publish({ days: 11 })).toMatchObject({ code: 'notice.days' })
    expect(await publish({ units: [] })).toMatchObject({ code: 'notice.units' })
    const [one] = await query<{ id: string }>('select id from county')
    expect(await publish({ units: [one!.id] })).toMatchObject({ code: 'notice.units' })
    expect(await publish({ units: ['x'] })).toMatchObject({ code: 'unit.unknown' })
    expect(await publish({ units: [other] })).toMatchObject({ code: 'notice.nothing' })
    expect(await publish({ units: [town, other] })).toMatchObject({ code: 'notice.nothing' })
    expect(await publish({}, 'town')).toMatchObject({ code: 'notice.notYours' })
    expect(await publish({}, 'panel')).toMatchObject({ code: 'permission' })
    expect(await query('select id from notice')).toEqual([])
  })
})

describe('a notice', () => {
  let first: string

  it('is given out once, however often it is sent, frozen with its hash', async () => {
    expect((await move()).says).toContain('还没有公示')
    const key = newKey()
    const [one, two] = await Promise.all([publish({}, 'county', key), publish({}, 'county', key)])
    expect(one).toEqual(two)
    expect(one).toHaveLength(1)
    first = one[0]!
    expect(await publish()).toMatchObject({ code: 'notice.nothing' })
    const [stored] = await query<{ hash: string; days: number; span: number; people: number; sheets: number }>(
      `select hash, days, ends_on - starts_on as span, jsonb_array_length(rows) as people, cardinality(sheets) as sheets from notice`,
    )
    // Five working days are seven days of the calendar, or eight and nine where it starts on a weekend.
    expect(stored!.span).toBeGreaterThanOrEqual(5)
    expect(stored!.span).toBeLessThanOrEqual(7)
    expect(stored).toMatchObject({ days: 5, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const [people] = await query<{ people: number }>(
      'select count(distinct coordinator_id)::int as people from sheet where town_id = $1',
      [town],
    )
    expect(stored!.people).toBe(people!.people)
    expect((await move()).says).toContain('公示期还没有满')
    const [mark] = await query<{ kind: string; details: { notices: { id: string; hash: string }[] } }>(
      `select kind, details from change_set where kind = 'publish'`,
    )
    expect(mark!.details.notices[0]).toMatchObject({ id: first, hash: stored!.hash })
  })

  it('is read by everybody of its unit, by nobody of another town, with masked names by analysts', async () => {
    for (const login of ['county', 'town', 'village', 'panel', 'attendance', 'joint', 'auditor', 'coordinator']) {
      const [notice] = await notices(login)
      expect(notice, login).toMatchObject({ id: first, state: 'running', heads: ['姓名', '村（社区）', '镇（街道）', '等次'] })
      expect(notice!.may, login).toBe(login === 'county')
    }
    const [own] = await notices('coordinator')
    expect(own!.rows.filter((row) => row.own)).toHaveLength(1)
    const [masked] = await notices('analyst')
    expect(masked!.rows.every(({ shows }) => /^.＊＊$/.test(shows[0]!))).toBe(true)
    await query(`update role_grant set unit_id = $1 where account_id = (select id from account where login = 'town2')`, [other])
    expect(await notices('town2')).toEqual([])
    expect(await notices('system')).toMatchObject({ code: 'permission' })
  })

  it('holds no birth date and nothing else of a person, in any answer to anybody', async () => {
    const born = (await query<{ day: string }>('select distinct born_on::text as day from coordinator')).map(({ day }) => day)
    for (const login of ['county', 'town', 'coordinator', 'analyst']) {
      const told = JSON.stringify([await notices(login), await preview()])
      const periods = new Set(told.match(/\d{4}-\d{2}-\d{2}/g))
      expect(born.filter((day) => periods.has(day))).toEqual([])
      // Ids and hashes may hold any digits.
      const words = told.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}/g, '')
      expect(words).not.toMatch(/female|"male"|\d{11}|\d{17}[\dX]/)
    }
  })

  it('shows what it showed, whatever becomes of the names since; and what no longer holds is not filed', async () => {
    const [before] = await notices('county')
    await query(
      `update coordinator set name = '改名' where id = (select coordinator_id from sheet where town_id = $1 order by line limit 1)`,
      [town],
    )
    expect((await notices('county'))[0]!.rows).toEqual(before!.rows)
    await endNotices(county)
    expect((await move()).says).toContain('与公示的不同')
  })

  it('is corrected by another that points to it; the old is withdrawn with its reason, and starts nobody’s clock', async () => {
    expect(await publish({ replaces: first })).toMatchObject({ code: 'notice.reason' })
    expect(await publish({ replaces: first, reason: '姓名有误', units: [village] })).toMatchObject({ code: 'notice.unknown' })
    expect(await publish({ replaces: county.cycle, reason: '姓名有误' })).toMatchObject({ code: 'notice.nothing' })
    const [second] = await publish({ replaces: first, reason: '姓名有误' })
    const [now, then] = await notices('county')
    expect(now).toMatchObject({ id: second, replaces: first, state: 'running' })
    expect(now!.rows.some(({ shows }) => shows[0] === '改名')).toBe(true)
    expect(then).toMatchObject({ id: first, state: 'withdrawn', withdrawnReason: '姓名有误' })
    expect(then!.rows.length).toBeGreaterThan(0)
    expect((await notices('town'))[1]).toMatchObject({ id: first, state: 'withdrawn', rows: [] })
    expect((await move()).says).toContain('公示期还没有满')
    const withdraw = async (id: string, login = 'county') =>
      tell<boolean>(
        await as(login),
        'mutation ($id: ID!, $key: String!) { withdrawNotice(id: $id, reason: "另行公示", key: $key) }',
        { id, key: newKey() },
      )
    expect(await withdraw(first)).toMatchObject({ code: 'notice.withdrawn' })
    expect(await withdraw(second!, 'town')).toMatchObject({ code: 'notice.notYours' })
    expect(await withdraw(county.cycle)).toMatchObject({ code: 'notice.unknown' })
    expect(await withdraw(second!)).toBe(true)
    expect((await move()).says).toContain('还没有公示')
  })

  it('counts the county’s days off, and its weekend days that are worked', async () => {
    const plain = await preview()
    const set = async (day: string, off: boolean | null, login = 'county') =>
      tell<boolean>(
        await as(login),
        'mutation ($day: String!, $off: Boolean, $key: String!) { setHoliday(day: $day, off: $off, key: $key) }',
        { day, off, key: newKey() },
      )
    expect(await set('2027-02-30', true)).toMatchObject({ code: 'holiday.day' })
    expect(await set(plain.endsOn, true, 'town')).toMatchObject({ code: 'permission' })
    expect(await set(plain.endsOn, true)).toBe(true)
    expect((await preview()).endsOn > plain.endsOn).toBe(true)
    const { data } = await (await as('coordinator')).ask('{ holidays { day off } }')
    expect(data.holidays).toEqual([{ day: plain.endsOn, off: true }])
    expect(await set(plain.endsOn, null)).toBe(true)
    expect((await preview()).endsOn).toBe(plain.endsOn)
  })

  it('lets the sheets on when its last day has passed, by the server’s day', async () => {
    await publish()
    await explainFails(await as('town'), county.cycle)
    await approveReadings(await as('county'), county.cycle)
    await endNotices(county, 0) // today is its last day
    expect((await move()).says).toContain('公示期还没有满')
    await endNotices(county, 1)
    expect(await move()).toMatchObject({ stage: 'filed' })
  })
})

describe('the page for the public', () => {
  const page = async (id: string) => {
    const response = await fetch(`${county.origin}/notice/${id}`, { headers: { accept: 'text/html' } })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  let id: string

  beforeAll(async () => {
    await query(
      `update role_grant set unit_id = $1 where account_id in (select id from account where login in ('town', 'panel'))`,
      [other],
    )
    await bringToNotice(as, county.cycle, other)
    await query(
      `update coordinator set name = '<b>' || name where id = (select coordinator_id from sheet where town_id = $1 order by line limit 1)`,
      [other],
    )
    await query(`update unit set name = '石磬&镇' where id = $1`, [other])
    id = (await publish({ units: [other], columns: ['maskedName', 'village', 'town', 'grade'], audience: 'public' }))[0]!
  })

  it('needs no sign-in, runs no script, is kept by no cache and found by no search', async () => {
    const { status, headers, text } = await page(id)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('text/html')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toContain('noindex')
    expect(text).toContain('noindex')
    expect(text).not.toMatch(/<script|<img|<link|javascript:/)
    expect(text).toContain('size: A4')
    expect(text).toContain('石磬&#38;镇')
    const [{ hash } = { hash: '' }] = await query<{ hash: string }>(
      `select h.hash from change_set h join notice n on n.county_id = h.county_id and n.seq = h.seq where n.id = '${id}'`,
    )
    expect(text).toContain(`审计链中的指纹 ${hash}`)
    expect(text).not.toContain('<b>')
    expect(text).toContain('＊＊')
    const names = (await query<{ name: string }>('select name from coordinator where length(name) > 1')).map(({ name }) => name)
    expect(names.filter((name) => text.includes(name))).toEqual([])
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
  })

  it('is not there for other notices, after the last day, once withdrawn, or for an address somebody made up', async () => {
    const [internal] = await query<{ id: string }>(`select id from notice where audience = 'internal' limit 1`)
    for (const none of [internal!.id, county.cycle, 'x', '%00', '..%2fhealth']) expect((await page(none)).status, none).toBe(404)
    await query(`update notice set audience = 'village' where id = $1`, [id])
    expect((await page(id)).status).toBe(404)
    await query(`update notice set audience = 'public' where id = $1`, [id])
    await endNotices(county)
    expect((await page(id)).status).toBe(404)
    await query(`update notice set ends_on = ends_on + 30, withdrawn_at = now() where id = $1`, [id])
    expect((await page(id)).status).toBe(404)
    await query(`update notice set withdrawn_at = null where id = $1`, [id])
    expect((await page(id)).status).toBe(200)
  })
})
