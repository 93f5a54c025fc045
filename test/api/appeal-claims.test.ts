import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { decide, list, openBaihe, pdf, propose, remove, send, withdraw, type BaiheSheet } from './baihe.ts'
import { newKey } from './sheets.ts'
import { moveSheets, publishNotice, tell } from './year.ts'

// A year under Baihe, published; an appeal names one rule of claims, and only its claims are open again.
let county: County
let cycle: string
let sheet: BaiheSheet
let town: string
const claims: Record<string, string> = {}
const files: Record<string, string> = {}
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows

const contents: Record<string, Record<string, string>> = {
  commended: { rule: 'commended', matter: '全市就业服务先进个人', level: 'city' },
  news: { rule: 'news', matter: '返乡创业专访', level: 'province', outlet: 'main', authors: '1' },
}
const another = (rule: string) => ({ ...contents[rule]!, matter: `${contents[rule]!.matter} 之二` })
const put = async (rule: string, content = contents[rule]!): Promise<string> => {
  const told = await propose(await as('village'), sheet.id, content)
  expect(told).toHaveProperty('id')
  const { id } = told as { id: string }
  const sent = await send(county, await as('village'), { sheet: sheet.id, claim: id }, pdf())
  expect(sent.status).toBe(200)
  files[rule] = sent.id!
  return id
}

beforeAll(async () => {
  county = await openCounty()
  const opened = await openBaihe(county)
  cycle = opened.cycle
  const [own] = await query<{ village: string; town: string }>(
    `select g.unit_id as village, v.parent_id as town from role_grant g join account a on a.id = g.account_id join unit v on v.id = g.unit_id where a.login = 'village'`,
  )
  town = own!.town
  sheet = opened.sheets.find(({ village }) => village === own!.village)!
  await query(
    `insert into role_grant (county_id, id, account_id, role, unit_id)
     select u.county_id, gen_random_uuid(), a.id, 'village', u.id from unit u join account a on a.login = 'village'
      where u.parent_id = $1 and u.id <> $2`,
    [town, own!.village],
  )
  for (const rule of ['commended', 'news']) {
    claims[rule] = await put(rule)
    expect(await decide(await as('town'), claims[rule], { seen: [files[rule]!] })).toMatchObject({ state: 'accepted' })
  }
  // The telephone check without which nobody’s year is complete, put forward by one bureau and accepted by the town.
  for (const { id } of opened.sheets.filter((one) => one.town === town)) {
    const check = { rule: 'phoneCheck', month: '3', of: '100', checked: '20', right: '20' }
    const { id: claim } = (await propose(await as('county'), id, check)) as { id: string }
    const { id: file } = await send(county, await as('county'), { sheet: id, claim }, pdf())
    expect(await decide(await as('town'), claim, { seen: [file!] })).toMatchObject({ state: 'accepted' })
  }
  const go = async (login: string, stage: string, unit = town) =>
    expect((await moveSheets(await as(login), { cycle, unit, stage })).code).toBeUndefined()
  for (const village of new Set(opened.sheets.filter((one) => one.town === town).map((one) => one.village)))
    await go('village', 'propose', village)
  await go('town', 'review')
  await go('county', 'decide')
  await go('joint', 'decide')
  expect((await publishNotice(await as('county'), { cycle, units: [town] })).code).toBeUndefined()
})
afterAll(() => county.close())

it('names what claims are put forward for, as the form lists it', async () => {
  const form = await tell<{ items: { id: string; title: string }[] }>(
    await as('village'),
    'query ($c: ID!) { appealForm(cycle: $c) { items { id title } } }',
    { c: cycle },
  )
  const titles = new Map(form.items.map(({ id, title }) => [id, title]))
  for (const rule of ['commended', 'news', 'phoneCheck']) expect(titles.get(rule)).toMatch(/[\u4e00-\u9fff]/)
  const made = await tell<string>(
    await as('village'),
    'mutation ($s: ID!, $k: String!) { fileAppeal(sheet: $s, items: ["commended"], text: "表彰级别应为省级", key: $k) }',
    { s: sheet.id, k: newKey() },
  )
  expect(made).toMatch(/-/)
  expect(
    await tell<boolean>(
      await as('city'),
      'mutation ($i: ID!, $k: String!) { decideAppeal(id: $i, upheld: true, reason: "级别有误", key: $k) }',
      { i: made, k: newKey() },
    ),
  ).toBe(true)
  expect(await query('select stage, reopened from sheet where id = $1', [sheet.id])).toEqual([
    { stage: 'review', reopened: ['commended'] },
  ])
})

it('opens claims of nothing else, on any path: put forward, decided, taken back, proven, ranked', async () => {
  // Everyone's checks came to the same but theirs: the ranking has them first.
  await query(`update sheet set points = array_fill('0'::text, array[9]) where cycle_id = $1`, [cycle])
  await query(`update sheet set points[3] = '5' where id = $1`, [sheet.id])
  const before = await query('select seq, total::text, beyond from sheet where id = $1', [sheet.id])
  const onlyNamed = { code: 'appeal.onlyNamed', says: expect.stringContaining('其他各项不能改') }
  expect(await propose(await as('village'), sheet.id, another('news'))).toMatchObject(onlyNamed)
  expect(await decide(await as('town'), claims.news!, { accept: false, reason: '不算' })).toMatchObject(onlyNamed)
  expect(await withdraw(await as('village'), claims.news!, '不要了')).toMatchObject(onlyNamed)
  const sent = await send(county, await as('village'), { sheet: sheet.id, claim: claims.news! }, pdf())
  expect(sent).toMatchObject(onlyNamed)
  expect(await remove(await as('village'), files.news!)).toMatchObject(onlyNamed)
  // Nor is a file put beside a cell that nobody named.
  expect(await send(county, await as('town'), { sheet: sheet.id, field: 'illness' }, pdf())).toMatchObject(onlyNamed)
  const ranked = await tell<number>(
    await as('county'),
    'mutation ($c: ID!, $k: String!) { proposeRanks(cycle: $c, rule: "dataQuality", key: $k) }',
    { c: cycle, k: newKey() },
  )
  expect(ranked).toEqual(expect.any(Number))
  expect(await query(`select from claim where sheet_id = $1 and rule = 'dataQuality'`, [sheet.id])).toEqual([])
  expect(await query('select seq, total::text, beyond from sheet where id = $1', [sheet.id])).toEqual(before)
  const may = new Map((await list(await as('town'), cycle)).map(({ claim, may: deeds }) => [claim.id, deeds]))
  expect([may.get(claims.news!), may.get(claims.commended!)]).toEqual([[], ['reject']])
})

it('opens those of what it names, as before', async () => {
  const { data } = await (await as('village')).ask('query ($c: ID!) { claimSheets(cycle: $c) { sheet } }', { c: cycle })
  expect(data.claimSheets).toContainEqual({ sheet: sheet.id })
  expect(await decide(await as('town'), claims.commended!, { accept: false, reason: '改按省级另报' })).toMatchObject({
    state: 'rejected',
  })
  const again = await put('commended', another('commended'))
  expect(await decide(await as('town'), again, { seen: [files.commended!] })).toMatchObject({ state: 'accepted' })
})

it('that names no claims at all opens none', async () => {
  await query(`update sheet set reopened = '{illness}' where id = $1`, [sheet.id])
  expect(await propose(await as('village'), sheet.id, another('commended'))).toMatchObject({ code: 'appeal.onlyNamed' })
  const { data } = await (await as('village')).ask('query ($c: ID!) { claimSheets(cycle: $c) { sheet } }', { c: cycle })
  expect(data.claimSheets).toEqual([])
})
