import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { verifyFilings } from '../../server/src/filing/filings.ts'
import { policies } from '../../server/src/base/policies.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { decide, pdf, propose, send } from './baihe.ts'
import { newKey, readGrid, save, type Cell } from './sheets.ts'
import {
  approveReadings,
  completeScores,
  endNotices,
  explainFails,
  moveSheets,
  panelDecides,
  publishNotice,
  resultsFor,
  tell,
} from './year.ts'

// One whole year of one town under each of the five regulations, through the API alone: opened, scored, signed by every
// hand the regulation names, published, and filed.
let county: County
let town: string
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows

beforeAll(async () => {
  county = await openCounty()
  town = (await query<{ id: string }>(`select id from unit where kind = 'town' order by code limit 1`))[0]!.id
  // The demo knows the clerk of one village; here they serve every village of the town.
  await query(
    `insert into role_grant (county_id, id, account_id, role, unit_id)
     select u.county_id, gen_random_uuid(), a.id, 'village', u.id from unit u join account a on a.login = 'village'
      where u.parent_id = $1 and not exists (select from role_grant g where g.account_id = a.id and g.unit_id = u.id)`,
    [town],
  )
})
afterAll(() => county.close())

/** Opens a cycle for the people of the town; everybody else is left out, with the reason. */
async function open(policy: string): Promise<string> {
  const others = await query<{ id: string }>(
    `select distinct coordinator_id as id from posting p join unit v on v.id = p.village_id
      where coordinator_id not in (select coordinator_id from posting q join unit w on w.id = q.village_id where w.parent_id = $1)`,
    [town],
  )
  const opened = await tell<{ cycle: string; sheets: number; leftOut: number }>(
    await as('county'),
    'mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle sheets leftOut } }',
    {
      input: { year: 2027, policy, except: others.map(({ id }) => ({ coordinator: id, reason: '不在本镇' })) },
      key: newKey(),
    },
  )
  expect(opened).toMatchObject({ leftOut: others.length })
  expect(opened.sheets).toBeGreaterThan(8)
  return opened.cycle
}

const sheetsOf = (cycle: string) =>
  query<{ id: string; village: string }>(`select id, village_id as village from sheet where cycle_id = $1 order by line`, [cycle])
async function go(cycle: string, login: string, stage: string, unit = town): Promise<void> {
  const told = await moveSheets(await as(login), { cycle, unit, stage })
  expect(told.code, `${stage}: ${told.says}`).toBeUndefined()
}
/** From the last decision to the file: published, seen out, explained, its readings approved. */
async function publishAndFile(cycle: string, fails = 0): Promise<void> {
  const held = async () => (await moveSheets(await as('county'), { cycle, unit: town, stage: 'notice' })).says
  expect(await held()).toContain('还没有公示')
  const made = await publishNotice(await as('county'), { cycle, units: [town] })
  expect(made.code, made.says).toBeUndefined()
  expect(await held()).toContain('公示期还没有满')
  await endNotices(county)
  if (fails > 0) expect(await held()).toContain('书面说明')
  expect(await explainFails(await as('town'), cycle)).toHaveLength(fails)
  await approveReadings(await as('county'), cycle)
  await go(cycle, 'county', 'notice')
  const { sheets } = await readGrid(await as('town'), cycle)
  expect(new Set(sheets.map(({ state, mayScore }) => `${state} ${mayScore}`))).toEqual(new Set(['filed ']))
  const results = await resultsFor(await as('county'), cycle)
  expect(results.filter(({ grade, needs }) => grade === null || needs.length > 0)).toEqual([])
}
/** An ordinary good year in every cell that the policy asks about. */
async function typicalYear(login: string, cycle: string, policyId: string): Promise<void> {
  const { policy } = policies().get(policyId)!
  const { sheets } = await readGrid(await as(login), cycle)
  const cells = sheets.flatMap(({ id, cell }) =>
    policy.aspects.flatMap((aspect): Cell[] => (cell[aspect.id] ? [] : [[id, aspect.id, null, aspect.typical]])),
  )
  expect((await save(await as(login), cycle, cells)).leftOut).toEqual([])
}
async function noBallots(login: string, cycle: string, groups: string[]): Promise<void> {
  const sheets = (await sheetsOf(cycle)).map(({ id }) => id)
  for (const group of groups) {
    const told = await tell<number>(
      await as(login),
      `mutation ($c: ID!, $s: [ID!]!, $g: ID!, $k: String!) { recordNoBallots(cycle: $c, sheets: $s, group: $g, reason: "本年未能组织，已报上级", key: $k) }`,
      { c: cycle, s: sheets, g: group, k: newKey() },
    )
    expect((told as { says?: string }).says).toBeUndefined()
  }
}

describe('a whole year', () => {
  it('of Xinyi: town, panel, employment office, bureau', async () => {
    const cycle = await open('xinyi-1')
    const [absent] = await sheetsOf(cycle)
    await save(await as('town'), cycle, [[absent!.id, 'absentDays', null, '5']])
    await completeScores(await as('town'), cycle)
    await go(cycle, 'town', 'scoring')
    // Everybody has all the points: who gets the seats is the panel's to rule.
    const tied = await moveSheets(await as('panel'), { cycle, unit: town, stage: 'panel' })
    expect(tied).toMatchObject({ code: 'stage.blocked', says: expect.stringContaining('并列') })
    await panelDecides(await as('panel'), cycle)
    await go(cycle, 'panel', 'panel')
    await go(cycle, 'city', 'office')
    await go(cycle, 'county', 'decision')
    await publishAndFile(cycle, 1)
    const [group] = (await (await as('county')).ask(`query ($c: ID!) { quota(cycle: $c) { cap taken } }`, { c: cycle })).data
      .quota
    expect(group.taken).toBeLessThanOrEqual(group.cap)
  })

  it('of Baihe: each village, the town, and two bureaus that must both sign', async () => {
    const cycle = await open('baihe-1')
    const sheets = await sheetsOf(cycle)
    for (const [at, { id }] of sheets.entries()) {
      const claim = await propose(await as('town'), id, {
        rule: 'phoneCheck',
        month: '3',
        of: '100',
        checked: '20',
        right: String(20 - at),
      })
      expect(claim, JSON.stringify(claim)).toHaveProperty('id')
      expect(await decide(await as('county'), (claim as { id: string }).id)).toMatchObject({ code: 'claim.noEvidence' })
      const { id: file } = await send(county, await as('town'), { sheet: id, claim: (claim as { id: string }).id }, pdf())
      expect(await decide(await as('county'), (claim as { id: string }).id, { seen: [file!] })).toMatchObject({
        state: 'accepted',
      })
    }
    for (const village of new Set(sheets.map((one) => one.village))) await go(cycle, 'village', 'propose', village)
    await go(cycle, 'town', 'review')
    const first = await moveSheets(await as('county'), { cycle, unit: town, stage: 'decide' })
    expect(first).toMatchObject({ moved: 0, awaited: ['jointBureau'] })
    expect(await moveSheets(await as('county'), { cycle, unit: town, stage: 'decide' })).toMatchObject({ code: 'stage.signed' })
    const second = await moveSheets(await as('joint'), { cycle, unit: town, stage: 'decide' })
    expect(second).toMatchObject({ moved: sheets.length, stage: 'notice', awaited: [], hash: first.hash })
    await publishAndFile(cycle)
    // Of 20 checked, 20 right earn 5 and 18 or more 4; below 80, 70, 60, 50 % they cost 2, 3, 4, 5 (BH-18.1.3, BH-18.2.5).
    const worth = (right: number) =>
      right === 20 ? 5 : right >= 18 ? 4 : right >= 16 ? 0 : right >= 14 ? -2 : right >= 12 ? -3 : right >= 10 ? -4 : -5
    const totals = await query<{ total: string }>('select total::text from sheet where cycle_id = $1 order by line', [cycle])
    expect(totals.map(({ total }) => Number(total))).toEqual(sheets.map((_, at) => 100 + worth(20 - at)))
  })

  it('of the district: statement, appraisal, concentration, bureau', async () => {
    const cycle = await open('district-1')
    await typicalYear('town', cycle, 'district-1')
    await noBallots('town', cycle, ['clients', 'station', 'communityStaff'])
    await go(cycle, 'town', 'statement')
    await go(cycle, 'town', 'appraisal')
    await panelDecides(await as('panel'), cycle, 'competent')
    await go(cycle, 'panel', 'concentration')
    await go(cycle, 'county', 'listing')
    await publishAndFile(cycle)
  })

  it('of Yingkou: district, city department, peers, city bureau', async () => {
    const cycle = await open('yingkou-1')
    await typicalYear('town', cycle, 'yingkou-1')
    await noBallots('town', cycle, ['district', 'city', 'peers'])
    await go(cycle, 'town', 'daily')
    await go(cycle, 'city', 'business')
    await go(cycle, 'city', 'peers')
    await go(cycle, 'county', 'annual')
    await publishAndFile(cycle)
  })

  it('of Shandong: three groups rate, the authority assesses', async () => {
    const cycle = await open('shandong-1')
    const sheets = (await sheetsOf(cycle)).map(({ id }) => id)
    const { raters } = await tell<{ raters: string[] }>(
      await as('town'),
      `mutation ($c: ID!, $s: [ID!]!, $k: String!) {
         inviteRaters(cycle: $c, sheets: $s, group: "leaders", people: [{ login: "panel" }], key: $k) { raters } }`,
      { c: cycle, s: sheets, k: newKey() },
    )
    expect(raters).toHaveLength(sheets.length)
    for (const [at, rater] of raters.entries()) {
      const cast = await tell<boolean>(
        await as('panel'),
        `mutation ($c: ID!, $r: ID!, $g: [MarkInput!]!, $k: String!) { castBallot(cycle: $c, rater: $r, given: $g, key: $k) }`,
        {
          c: cycle,
          r: rater,
          g: ['conduct', 'diligence', 'results', 'effect'].map((dimension) => ({ dimension, mark: String(90 - at) })),
          k: newKey(),
        },
      )
      expect(cast).toBe(true)
    }
    await noBallots('town', cycle, ['clients', 'peers'])
    await go(cycle, 'town', 'rating')
    await panelDecides(await as('county'), cycle, 'competent')
    await go(cycle, 'county', 'assessment')
    await publishAndFile(cycle)
  })

  it('leaves one chain in which every act of all five stands, and filings that come out the same again', async () => {
    const [one] = await query<{ id: string }>('select id from county')
    const chain = await verifyChain(county.app.database.pool, one!.id)
    expect(chain.ok).toBe(true)
    expect(chain.acts).toBeGreaterThan(100)
    const differs = []
    for await (const found of verifyFilings(county.app.database.pool, one!.id)) differs.push(found)
    expect(differs).toEqual([])
    expect(await query('select count(*)::int as n from filing')).toEqual([{ n: 5 }])
  })
})
