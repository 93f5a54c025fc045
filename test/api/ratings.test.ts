import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey } from './sheets.ts'
import { moveSheets, tell } from './year.ts'

let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows

interface Slip {
  rater: string
  name: string
  coordinator: string
  code: string
}
interface Sheet {
  id: string
  coordinator: string
}
/** A cycle of Shandong: four dimensions of 20, 20, 40 and 20; clients, peers and leaders alike; trimmed over five ballots. */
let cycle: string
let town: string
let sheets: Sheet[]

const openCycle = async (policy: string, choices: { interpretation: string; option: string }[] = []) =>
  (
    await tell<{ cycle: string }>(
      await as('county'),
      'mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle } }',
      { input: { year: 2026, policy, choices }, key: newKey() },
    )
  ).cycle
const sheetsOf = (of: string) =>
  query<Sheet>(`select id, coordinator_id as coordinator from sheet where cycle_id = $1 and town_id = $2 order by line`, [
    of,
    town,
  ])

beforeAll(async () => {
  county = await openCounty()
  town = (await query<{ id: string }>(`select id from unit where kind = 'town' order by code limit 1`))[0]!.id
  cycle = await openCycle('shandong-1', [{ interpretation: 'KH-21', option: 'trimmed' }])
  sheets = await sheetsOf(cycle)
  // Six colleagues with accounts, for a secret vote of people who sign in.
  for (const at of [1, 2, 3, 4, 5, 6])
    await query(
      `with made as (insert into account (county_id, id, login, name, password_hash, demo)
                     select county_id, gen_random_uuid(), $1, $2, password_hash, true from account where login = 'town' returning county_id, id)
       insert into role_grant (county_id, id, account_id, role, unit_id) select county_id, gen_random_uuid(), id, 'panelMember', $3 from made`,
      [`peer${at}`, `同事${at}`, town],
    )
})
afterAll(() => county.close())

const invite = async (
  group: string,
  people: { name?: string; login?: string }[],
  {
    login = 'town',
    of = [sheets[0]!.id],
    key = newKey(),
    cycle: within = cycle,
  }: { login?: string; of?: string[]; key?: string; cycle?: string } = {},
) =>
  tell<{ raters: string[]; slips: Slip[] }>(
    await as(login),
    `mutation ($cycle: ID!, $sheets: [ID!]!, $group: ID!, $people: [RaterInput!]!, $key: String!) {
       inviteRaters(cycle: $cycle, sheets: $sheets, group: $group, people: $people, key: $key) { raters slips { rater name coordinator code } } }`,
    { cycle: within, sheets: of, group, people, key },
  )
const marksOf = (conduct: string, diligence: string, results: string, effect: string) => ({ conduct, diligence, results, effect })
const post = async (path: string, body: unknown, lang = 'zh') => {
  const response = await fetch(`${county.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-lang': lang },
    body: JSON.stringify(body),
  })
  return { status: response.status, ...((await response.json()) as Record<string, any>) }
}
const castBy = (code: string, scores: object, key = newKey()) => post('/vote/cast', { code, scores, key })
const cast = async (login: string, rater: string, scores: Record<string, string>, key = newKey(), within = cycle) =>
  tell<boolean>(
    await as(login),
    `mutation ($cycle: ID!, $rater: ID!, $given: [MarkInput!]!, $key: String!) {
       castBallot(cycle: $cycle, rater: $rater, given: $given, key: $key) }`,
    { cycle: within, rater, given: Object.entries(scores).map(([dimension, mark]) => ({ dimension, mark })), key },
  )
const total = async (sheet: string) =>
  Number((await query<{ total: string }>('select total::text from sheet where id = $1', [sheet]))[0]!.total)
interface Group {
  group: string
  ballots: number
  secret: boolean
  missing: string | null
  means: { dimension: string; mean: string }[]
  raters: { id: string; name: string; voted: boolean }[]
}
const progress = async (sheet: string, login = 'town', within = cycle) =>
  (
    (await tell<{ sheet: string; groups: Group[] }[]>(
      await as(login),
      `query ($c: ID!) { ratingProgress(cycle: $c) { sheet may groups { group ballots secret missing means { dimension mean } raters { id name voted } } } }`,
      { c: within },
    )) as { sheet: string; may: boolean; groups: Group[] }[]
  ).find((one) => one.sheet === sheet)
const group = async (sheet: string, id: string, login = 'town') =>
  (await progress(sheet, login))!.groups.find((one) => one.group === id)!

describe('an invitation', () => {
  it('is made by whoever scores there, of people who may rate, once', async () => {
    expect(await invite('clients', [{ name: '甲' }], { login: 'panel' })).toMatchObject({ code: 'permission' })
    expect(await invite('clients', [{ name: '甲' }], { login: 'city' })).toMatchObject({ code: 'rating.notYours' })
    expect(await invite('friends', [{ name: '甲' }])).toMatchObject({ code: 'rating.group' })
    expect(await invite('clients', [])).toMatchObject({ code: 'rating.people' })
    expect(await invite('clients', [{ name: ' ' }])).toMatchObject({ code: 'rating.people' })
    expect(await invite('peers', [{ login: 'nobody' }])).toMatchObject({ code: 'rating.account' })
    const [far] = await query<{ id: string }>('select id from sheet where cycle_id = $1 and town_id <> $2 limit 1', [cycle, town])
    expect(await invite('clients', [{ name: '甲' }], { of: [far!.id] })).toMatchObject({ code: 'sheet.unknown' })
    const [own] = await query<{ id: string }>(
      `select s.id from sheet s join role_grant g on g.coordinator_id = s.coordinator_id where s.cycle_id = $1`,
      [cycle],
    )
    expect(await invite('peers', [{ login: 'coordinator' }], { of: [own!.id] })).toMatchObject({ code: 'rating.relative' })
    const key = newKey()
    const first = await invite('peers', [{ login: 'panel' }], { of: [sheets[9]!.id], key })
    expect(await invite('peers', [{ login: 'panel' }], { of: [sheets[9]!.id], key })).toEqual(first)
    expect(await invite('leaders', [{ login: 'panel' }], { of: [sheets[9]!.id] })).toMatchObject({ code: 'rating.twice' })
  })

  it('of somebody without an account is a code, shown once and stored nowhere', async () => {
    const key = newKey()
    const people = [{ name: '票1' }, { name: '票2' }]
    const of = [sheets[7]!.id, sheets[8]!.id]
    const { slips, raters } = await invite('clients', people, { of, key })
    expect(slips.map(({ name }) => name)).toEqual(['票1', '票2', '票1', '票2'])
    expect(new Set(slips.map(({ code }) => code)).size).toBe(4)
    expect(slips[0]!.code).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/)
    const again = await invite('clients', people, { of, key })
    expect(again).toEqual({ raters, slips: [] })
    expect(await everywhere(slips[0]!.code)).toEqual([])
    expect(await everywhere(slips[0]!.code.replaceAll('-', ''))).toEqual([])
    const issued = (await tell<Slip[]>(
      await as('town'),
      'mutation ($c: ID!, $r: [ID!]!, $key: String!) { issueCodes(cycle: $c, raters: $r, key: $key) { rater code } }',
      { c: cycle, r: [slips[0]!.rater], key: newKey() },
    )) as Slip[]
    expect(issued[0]!.code).not.toBe(slips[0]!.code)
    expect(await post('/vote/look', { code: slips[0]!.code })).toMatchObject({ status: 404, code: 'vote.unknown' })
    expect(await post('/vote/look', { code: issued[0]!.code })).toMatchObject({ status: 200 })
  })
})

/** The tables and columns in which a text stands anywhere. */
async function everywhere(text: string): Promise<string[]> {
  const tables = await query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  const found: string[] = []
  for (const { name } of tables) {
    const rows = await query(`select from "${name}" t where strpos(to_jsonb(t)::text, $1) > 0 limit 1`, [text])
    if (rows.length > 0) found.push(name)
  }
  return found
}

describe('a slip', () => {
  let slips: Slip[]
  it('shows who is rated and on what, and nothing of anybody else', async () => {
    ;({ slips } = await invite('clients', [{ name: '票1' }, { name: '票2' }, { name: '票3' }]))
    const { status, ...form }: Record<string, any> = await post('/vote/look', {
      code: slips[0]!.code.toLowerCase().replaceAll('-', ' '),
    })
    expect(status).toBe(200)
    expect(Object.keys(form).sort()).toEqual(['coordinator', 'dimensions', 'group', 'open', 'secret', 'village', 'voted', 'year'])
    expect(form).toMatchObject({
      coordinator: slips[0]!.coordinator,
      year: 2026,
      group: '服务对象',
      secret: true,
      voted: false,
      open: true,
    })
    expect(form.dimensions).toEqual([
      { id: 'conduct', title: '德', detail: '职业道德和遵守服务准则', most: '100', step: '1' },
      { id: 'diligence', title: '勤', detail: '出勤和走访服务对象', most: '100', step: '1' },
      { id: 'results', title: '绩', detail: '岗位职责和年度目标的完成', most: '100', step: '1' },
      { id: 'effect', title: '效', detail: '效率、创造性工作和合理化建议', most: '100', step: '1' },
    ])
  })

  it('takes marks in their range and step, for every dimension, and no other', async () => {
    const { code } = slips[0]!
    for (const wrong of [
      marksOf('101', '80', '80', '80'),
      marksOf('-1', '80', '80', '80'),
      marksOf('80.5', '80', '80', '80'),
      marksOf('', '80', '80', '80'),
      { conduct: '80', diligence: '80', results: '80' },
    ])
      expect(await castBy(code, wrong)).toMatchObject({ status: 400, code: 'vote.mark' })
    expect(await castBy(code, { ...marksOf('80', '80', '80', '80'), charm: '9' })).toMatchObject({ code: 'vote.unknown' })
    expect(await castBy(code, marksOf('80', '80', '80', '80'), 'short')).toMatchObject({ code: 'key.malformed' })
    expect(await query('select from ballot')).toEqual([])
  })

  it('is cast once: sent again it is the same ballot, a second one is refused, two at once are one', async () => {
    const key = newKey()
    const { code } = slips[0]!
    expect(await castBy(code, marksOf('90', '80', '70', '60'), key)).toEqual({ status: 200, ok: true })
    expect(await castBy(code, marksOf('90', '80', '70', '60'), key)).toEqual({ status: 200, ok: true })
    expect(await castBy(code, marksOf('0', '0', '0', '0'))).toMatchObject({ status: 400, code: 'vote.used' })
    const both = await Promise.all([1, 2].map(() => castBy(slips[1]!.code, marksOf('90', '80', '70', '60'))))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400])
    expect(await query(`select count(*)::int as n from ballot where sheet_id = $1`, [sheets[0]!.id])).toEqual([{ n: 2 }])
  })

  it('counts at once: clients alone are 90×20% + 80×20% + 70×40% + 60×20% = 74', async () => {
    expect(await total(sheets[0]!.id)).toBe(74)
  })

  it('shows nobody the marks of fewer than three, though they count', async () => {
    const hidden = await group(sheets[0]!.id, 'clients')
    expect(hidden).toMatchObject({ secret: true, ballots: 2, means: [] })
    expect(hidden.raters.map(({ voted }) => voted)).toEqual([true, true, false])
    const explained = async () =>
      (
        await tell<{ lines: { id: string; points: string; says: string }[] }>(
          await as('town'),
          'query ($s: ID!) { explain(sheet: $s) { lines { id points says } } }',
          { s: sheets[0]!.id },
        )
      ).lines.find(({ id }) => id === 'conduct.clients')!
    expect(await explained()).toMatchObject({ points: '', says: '无记名，满 3 张票才列出平均，已计入。' })
    expect(await castBy(slips[2]!.code, marksOf('60', '80', '70', '60'))).toMatchObject({ ok: true })
    expect((await group(sheets[0]!.id, 'clients')).means).toEqual([
      { dimension: 'conduct', mean: '80' },
      { dimension: 'diligence', mean: '80' },
      { dimension: 'results', mean: '70' },
      { dimension: 'effect', mean: '60' },
    ])
    expect((await explained()).says).toContain('80')
    expect(await total(sheets[0]!.id)).toBe(72)
  })
})

describe('a secret vote of people who sign in', () => {
  it('leaves no trace of who gave which ballot: no id, no time, no address, no order, no row version', async () => {
    const sheet = sheets[1]!.id
    const logins = [1, 2, 3, 4, 5, 6].map((at) => `peer${at}`)
    const { raters } = await invite(
      'peers',
      logins.map((login) => ({ login })),
      { of: [sheet] },
    )
    const accounts = await query<{ id: string; login: string }>(
      `select id, login from account where login like 'peer%' order by login`,
    )
    // Marks 50, 60, 70, 80, 90 and 100: without the highest and the lowest 75 each, for there are more than five.
    const times: [number, number][] = []
    for (const [at, login] of logins.entries()) {
      await as(login)
      const mine = (await tell<{ rater: string; secret: boolean }[]>(
        await as(login),
        'query ($c: ID!) { myBallots(cycle: $c) { rater secret voted open } }',
        { c: cycle },
      )) as { rater: string }[]
      expect(mine).toEqual([{ rater: raters[at], secret: true, voted: false, open: true }])
      const mark = String(50 + at * 10)
      const from = Date.now()
      expect(await cast(login, raters[at]!, marksOf(mark, mark, mark, mark))).toBe(true)
      times.push([from, Date.now()])
    }
    expect(await total(sheet)).toBe(75)
    expect(await cast('peer1', raters[1]!, marksOf('0', '0', '0', '0'))).toMatchObject({ code: 'vote.unknown' })
    expect(await cast('peer1', raters[0]!, marksOf('0', '0', '0', '0'))).toMatchObject({ code: 'vote.used' })

    const { rows: ballots } = await county.app.database.pool.query<Record<string, any>>(
      'select to_jsonb(b) as row, xmin::text as version from ballot b where sheet_id = $1',
      [sheet],
    )
    expect(ballots.length).toBe(6)
    expect(ballots.every(({ row }) => row.rater_id === null && /^\d{4}-\d\d-\d\d$/.test(row.day))).toBe(true)
    // Ids of version 4 hold no time.
    expect(ballots.every(({ row }) => /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(row.id))).toBe(true)
    expect(new Set(ballots.map(({ version }) => version)).size).toBe(1)
    const versions = await query<{ version: string }>('select xmin::text as version from rater where sheet_id = $1', [sheet])
    expect(new Set(versions.map(({ version }) => version)).size).toBe(1)

    const chain = await query<Record<string, any>>(
      `select to_jsonb(h) as head, s.cells from change_set h join sheet_change s on s.seq = h.seq where h.kind = 'ballot' and s.sheet_id = $1`,
      [sheet],
    )
    expect(chain.length).toBe(6)
    const whole = JSON.stringify([chain, ballots])
    for (const id of [...raters, ...accounts.map((one) => one.id), ...logins]) expect(whole).not.toContain(id)
    for (const { head } of chain) {
      expect(head).toMatchObject({ by: '票箱', account_id: cycle, address: '' })
      const at = new Date(head.at).getTime()
      expect(times.some(([from, to]) => at >= from && at <= to)).toBe(false)
      expect(new Date(at + 8 * 3_600_000).toISOString()).toContain('T00:00:00.000Z')
      // What the act says of itself is a hash: one of the few raters must not be tried out of it.
      expect(JSON.stringify(head.outcome)).not.toMatch(/peer|rater/)
    }
    const kept = await query<{ ballots: { id: string }[] }>(`select beyond -> 'ballots' as ballots from sheet where id = $1`, [
      sheet,
    ])
    const ids = kept[0]!.ballots.map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted())
    expect((await group(sheet, 'peers')).raters.every(({ voted }) => voted)).toBe(true)
  })

  it('is kept from whoever became a relative after being asked', async () => {
    const sheet = sheets[2]!
    const { raters } = await invite('peers', [{ login: 'peer1' }], { of: [sheet.id] })
    await tell(
      await as('security'),
      'mutation ($c: ID!, $key: String!) { declareRecusal(coordinator: $c, relation: "表亲", login: "peer1", key: $key) }',
      { c: sheet.coordinator, key: newKey() },
    )
    expect(await cast('peer1', raters[0]!, marksOf('90', '90', '90', '90'))).toMatchObject({ code: 'vote.unknown' })
    expect(await invite('peers', [{ login: 'peer1' }], { of: [sheet.id] })).toMatchObject({ code: 'rating.relative' })
  })
})

describe('a signed review', () => {
  it('has its rater on record and counts beside the others: leaders 100 and clients’ 72 make 86', async () => {
    const { raters } = await invite('leaders', [{ login: 'panel' }])
    expect(await cast('panel', raters[0]!, marksOf('100', '100', '100', '100'))).toBe(true)
    expect(await query('select rater_id from ballot where rater_group = $1', ['leaders'])).toEqual([{ rater_id: raters[0] }])
    expect((await query<{ by: string }>(`select by from change_set order by seq desc limit 1`))[0]!.by).toBe('云舒静')
    expect(await total(sheets[0]!.id)).toBe(86)
    expect((await group(sheets[0]!.id, 'leaders')).means[0]).toEqual({ dimension: 'conduct', mean: '100' })
  })
})

const voidBallots = async (given: { group: string; rater?: string; sheet?: string; reason?: string; login?: string }) => {
  const { login = 'town', sheet = sheets[0]!.id, reason = '票未发给本人', ...rest } = given
  return tell<number>(
    await as(login),
    `mutation ($sheet: ID!, $group: ID!, $rater: ID, $reason: String!, $key: String!) {
       voidBallots(sheet: $sheet, group: $group, rater: $rater, ground: "unauthorised", reason: $reason, key: $key) }`,
    { sheet, reason, ...rest, key: newKey() },
  )
}
describe('ballots are void', () => {
  it('for a stated ground with a reason: a signed one by name, a secret group only as a whole', async () => {
    const leader = (await group(sheets[0]!.id, 'leaders')).raters[0]!.id
    expect(await voidBallots({ group: 'leaders' })).toMatchObject({ code: 'rating.wholeGroup' })
    const client = (await group(sheets[0]!.id, 'clients')).raters[0]!.id
    expect(await voidBallots({ group: 'clients', rater: client })).toMatchObject({ code: 'rating.wholeGroup' })
    expect(await voidBallots({ group: 'leaders', rater: leader, reason: ' ' })).toMatchObject({ code: 'ruling.reason' })
    expect(await voidBallots({ group: 'leaders', rater: leader, login: 'panel' })).toMatchObject({ code: 'permission' })
    expect(await voidBallots({ group: 'leaders', rater: leader })).toBe(1)
    expect(await total(sheets[0]!.id)).toBe(72)
    expect(await voidBallots({ group: 'leaders', rater: leader })).toMatchObject({ code: 'rating.noBallot' })
    expect(await voidBallots({ group: 'clients' })).toBe(3)
    expect(await group(sheets[0]!.id, 'clients')).toMatchObject({ ballots: 0, raters: [] })
    expect(await total(sheets[0]!.id)).toBe(0)
    expect(
      await query(`select distinct valid, why_void from ballot where rater_group = 'clients' and sheet_id = $1`, [sheets[0]!.id]),
    ).toEqual([{ valid: false, why_void: 'unauthorised：票未发给本人' }])
  })
})

const noBallots = async (of: string[], id: string, reason = '平台只有一名工作人员，没有同事', key = newKey()) =>
  tell<number>(
    await as('town'),
    `mutation ($c: ID!, $s: [ID!]!, $g: ID!, $r: String!, $key: String!) { recordNoBallots(cycle: $c, sheets: $s, group: $g, reason: $r, key: $key) }`,
    { c: cycle, s: of, g: id, r: reason, key },
  )
describe('a town goes on', () => {
  it('only when every group has rated everybody or its absence has a reason; then no more ballots', async () => {
    const all = sheets.map(({ id }) => id)
    const { slips } = await invite('clients', [{ name: '票1' }], { of: all })
    const blocked = await moveSheets(await as('town'), { cycle, unit: town, stage: 'rating' })
    expect(blocked).toMatchObject({ code: 'stage.blocked' })
    expect(blocked.says).toContain(`有 ${all.length} 人还没有“服务对象”的评议票`)
    for (const { code } of slips.slice(1)) expect(await castBy(code, marksOf('90', '90', '90', '90'))).toMatchObject({ ok: true })
    expect((await moveSheets(await as('town'), { cycle, unit: town, stage: 'rating' })).says).toContain(
      '有 1 人还没有“服务对象”的评议票',
    )
    await castBy(slips[0]!.code, marksOf('90', '90', '90', '90'))
    expect(await noBallots([sheets[1]!.id], 'peers')).toMatchObject({ code: 'rating.hasBallots' })
    expect(await noBallots(all, 'clients')).toMatchObject({ code: 'rating.hasBallots' })
    const peerless = all.filter((id) => id !== sheets[1]!.id)
    expect(await noBallots(peerless, 'peers', ' ')).toMatchObject({ code: 'ruling.reason' })
    const key = newKey()
    expect(await noBallots(peerless, 'peers', undefined, key)).toBe(peerless.length)
    expect(await noBallots(peerless, 'peers', undefined, key)).toBe(peerless.length)
    expect(await noBallots(all, 'leaders', '主要负责人缺位')).toBe(all.length)
    expect((await group(sheets[0]!.id, 'peers')).missing).toBe('平台只有一名工作人员，没有同事')
    // Clients 90 and peers 75 alike: 82.5; the leaders are missing, and the sheet says so.
    expect(await total(sheets[1]!.id)).toBe(82.5)
    const { slips: late } = await invite('clients', [{ name: '票9' }], { of: [sheets[3]!.id] })
    expect(await moveSheets(await as('town'), { cycle, unit: town, stage: 'rating' })).toMatchObject({ stage: 'assessment' })
    expect(await castBy(late[0]!.code, marksOf('1', '1', '1', '1'))).toMatchObject({ code: 'vote.closed' })
    expect(await invite('clients', [{ name: '票10' }])).toMatchObject({ code: 'rating.notYours' })
    expect(await voidBallots({ group: 'clients' })).toMatchObject({ code: 'rating.notYours' })
  })
})

describe('a sheet that an upheld appeal reopened', () => {
  const reopen = (items: string[]) =>
    query(`update sheet set stage = 'rating', state = 'open', reopened = $2 where id = $1`, [sheets[2]!.id, items])
  let rater: string
  let code: string

  it('takes no ballot and no rater unless the appeal named the ratings', async () => {
    await reopen(['ratings'])
    const { raters, slips } = await invite('clients', [{ name: '票20' }], { of: [sheets[2]!.id] })
    ;[rater, code] = [raters[0]!, slips[0]!.code]
    await reopen(['grade', 'duties'])
    const before = await query('select seq, total::text, beyond from sheet where id = $1', [sheets[2]!.id])
    const onlyNamed = { code: 'appeal.onlyNamed', says: expect.stringContaining('其他各项不能改') }
    expect(await invite('clients', [{ name: '票21' }], { of: [sheets[2]!.id] })).toMatchObject(onlyNamed)
    expect(await voidBallots({ group: 'clients', sheet: sheets[2]!.id })).toMatchObject(onlyNamed)
    expect(await noBallots([sheets[2]!.id], 'peers')).toMatchObject(onlyNamed)
    expect(
      await tell(
        await as('town'),
        'mutation ($c: ID!, $r: [ID!]!, $key: String!) { issueCodes(cycle: $c, raters: $r, key: $key) { code } }',
        { c: cycle, r: [rater], key: newKey() },
      ),
    ).toMatchObject(onlyNamed)
    expect(
      await tell(
        await as('town'),
        'mutation ($c: ID!, $r: [ID!]!, $key: String!) { withdrawRaters(cycle: $c, raters: $r, reason: "不请了", key: $key) }',
        { c: cycle, r: [rater], key: newKey() },
      ),
    ).toMatchObject(onlyNamed)
    expect(await progress(sheets[2]!.id)).toMatchObject({ may: false })
    // Who holds a slip is not told of the appeal: the vote is closed.
    expect(await post('/vote/look', { code })).toMatchObject({ open: false })
    expect(await castBy(code, marksOf('1', '1', '1', '1'))).toMatchObject({ code: 'vote.closed' })
    expect(await query('select seq, total::text, beyond from sheet where id = $1', [sheets[2]!.id])).toEqual(before)
  })

  it('takes them where it did, which an appeal can', async () => {
    const { items } = await tell<{ items: { id: string; title: string }[] }>(
      await as('town'),
      'query ($c: ID!) { appealForm(cycle: $c) { items { id title } } }',
      { c: cycle },
    )
    expect(items).toContainEqual({ id: 'ratings', title: '评议' })
    const xinyi = await tell<{ items: { id: string }[] }>(
      await as('town'),
      'query ($c: ID!) { appealForm(cycle: $c) { items { id } } }',
      { c: county.cycle },
    )
    expect(xinyi.items).not.toContainEqual({ id: 'ratings' })
    await reopen(['grade', 'ratings'])
    expect(await progress(sheets[2]!.id)).toMatchObject({ may: true })
    expect(await castBy(code, marksOf('1', '1', '1', '1'))).toMatchObject({ ok: true })
  })
})

describe('guessing codes', () => {
  it('has to wait after thirty wrong ones, and a right code too', async () => {
    const other = await openCycle('district-1')
    const [first] = await sheetsOf(other)
    const { slips } = await invite('clients', [{ name: '票1' }], { of: [first!.id], cycle: other })
    expect(await post('/vote/look', { code: slips[0]!.code })).toMatchObject({ status: 200 })
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => post('/vote/look', { code: `AAAA-BBBB-${2222 + at}` })),
    )
    const counted = Map.groupBy(answers, ({ status }) => status)
    expect(counted.get(404)!.length).toBeLessThanOrEqual(30)
    expect(counted.get(429)!.length).toBeGreaterThanOrEqual(10)
    expect(await post('/vote/look', { code: slips[0]!.code })).toMatchObject({ status: 429, code: 'vote.wait' })
  })
})

it('the marks of a secret ballot are not told to those who read the chain', async () => {
  const all = await tell<{ by: string; details: string | null }[]>(
    await as('auditor'),
    'query ($c: ID!) { acts(cycle: $c, kinds: [ballot], first: 200) { by details } }',
    { c: cycle },
  )
  const secret = all.filter(({ by }) => by === '票箱')
  expect(secret.length).toBeGreaterThan(0)
  expect(secret.filter(({ details }) => details !== null)).toEqual([])
})
