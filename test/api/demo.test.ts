import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { entities } from '../../server/src/analysis/entities.ts'
import { startApp, type App } from '../../server/src/app.ts'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { readConfig } from '../../server/src/base/config.ts'
import { verifyFilings, type Differs } from '../../server/src/filing/filings.ts'
import { policies } from '../../server/src/base/policies.ts'
import type { Page } from './analysis.ts'
import { signIn, type Answer, type Caller } from '../county.ts'

/** The product as somebody starts it for the first time: an empty database, and the demo with all its year. */
const name = `kaohe_test_demo_${process.pid}`
let admin: pg.Client
let env: Record<string, string>
let app: App
const complaints: string[] = []

beforeAll(async () => {
  const { url } = inject('databaseServer')
  admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create database ${name}`)
  const databaseUrl = Object.assign(new URL(url), { pathname: `/${name}` }).toString()
  env = { DATABASE_URL: databaseUrl, PORT: '0', LOG_LEVEL: 'error', KAOHE_LANG: 'zh', KAOHE_KEY: 'c3'.repeat(32) }
  app = await startApp(readConfig(env), { write: (line) => void complaints.push(line) })
  await app.prepared
})
afterAll(async () => {
  await app?.stop()
  await admin?.query(`drop database if exists ${name} with (force)`)
  await admin?.end()
})

async function query<Row extends pg.QueryResultRow = Record<string, any>>(sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await app.database.pool.query<Row>(sql, values)).rows
}
const read = async (caller: Caller, source: string, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await caller.ask(source, variables)
  if (errors) throw new Error(errors[0]!.message)
  return Object.values(data)[0] as any
}

it('was lived to its end without a complaint', () => {
  expect(complaints).toEqual([])
})

it('opens with this year’s Xinyi; the year before is on file for everybody, and the ranking shows it', async () => {
  const county = await signIn(app.origin, 'county')
  const cycles = await read(county, '{ cycles { cycle { id year policyId } } }')
  expect(cycles.map(({ cycle }: { cycle: { year: number; policyId: string } }) => `${cycle.year} ${cycle.policyId}`)).toEqual([
    '2026 xinyi-1',
    '2025 baihe-1',
    '2025 xinyi-1',
  ])
  const before = await query('select state, count(*)::int as n from sheet where cycle_id = $1 group by state', [
    cycles[2].cycle.id,
  ])
  expect(before).toEqual([{ state: 'filed', n: 120 }])
  const ranking = await read(county, 'query ($c: ID!) { villageRanking(cycle: $c) { villages { before rose } } }', {
    c: cycles[0].cycle.id,
  })
  const villages: { before: string | null; rose: number | null }[] = ranking.villages
  expect(villages.filter(({ before: one }) => one !== null).length).toBeGreaterThan(100)
  // As wide a spread as this year's: of three villages one at least has risen, and one fallen.
  const went = villages.flatMap(({ rose }) => rose ?? [])
  for (const way of [1, -1]) expect(went.filter((rose) => rose * way > 0).length).toBeGreaterThan(went.length / 3)
})

it.each(['xinyi-1', 'baihe-1'])('every stage of %s holds sheets', async (policy) => {
  const rows = await query(
    'select distinct s.stage from sheet s join cycle c on c.county_id = s.county_id and c.id = s.cycle_id where c.policy_id = $1',
    [policy],
  )
  const stages = policies()
    .get(policy)!
    .policy.stages.map(({ id }) => id)
  expect(rows.map(({ stage }) => stage).sort()).toEqual([...stages].sort())
})

it('the towns for trying things out stand where they were planted', async () => {
  const rows = await query(
    `select u.code, array_agg(distinct s.stage) as stages from sheet s join cycle c on c.id = s.cycle_id join unit u on u.id = s.town_id
      where c.year = 2026 group by u.code order by u.code`,
  )
  expect(rows.map(({ stages }) => stages)).toEqual(
    ['scoring', 'panel', 'scoring', 'scoring', 'office', 'decision', 'notice', 'filed', 'scoring', 'scoring', 'scoring'].map(
      (stage) => [stage],
    ),
  )
})

it('its history verifies, and what is on file comes out again', async () => {
  const [{ id } = {}] = await query('select id from county')
  const verified = await verifyChain(app.database.pool, id)
  expect(verified).toMatchObject({ ok: true })
  expect(verified.acts).toBeGreaterThan(100)
  const differing: Differs[] = []
  for await (const one of verifyFilings(app.database.pool, id)) differing.push(one)
  expect(differing).toEqual([])
  expect(await query('select from filing')).toHaveLength(3) // the county's 2025, a town of Baihe, a town of 2026
  // One after another, as they were done.
  expect(await query('select from change_set a join change_set b on b.seq = a.seq + 1 where b.at < a.at')).toEqual([])
})

it('no quota is exceeded, and in every town that is scored people tie for the last seat, or did until its panel ruled', async () => {
  const county = await signIn(app.origin, 'county')
  for (const { id, policy_id: policy, year } of await query('select id, policy_id, year from cycle')) {
    const groups = await read(county, 'query ($c: ID!) { quota(cycle: $c) { cap taken left contested } }', { c: id })
    if (policy === 'baihe-1') expect(groups).toEqual([])
    else expect(groups).toHaveLength(11)
    for (const { cap, taken, left } of groups) expect([taken <= cap, taken + left]).toEqual([true, cap])
    const contested = groups.filter(
      (group: { contested: number; left: number }) => group.contested > group.left && group.left > 0,
    )
    if (year !== 2026) expect(contested).toEqual([])
    else {
      const ruled = await query(
        `select distinct s.town_id as town from ruling r join sheet s on s.id = r.sheet_id where r.kind = 'seat' and r.cycle_id = $1`,
        [id],
      )
      const begun = await query('select town_id from sheet where cycle_id = $1 group by 1 having max(total) > 0', [id])
      expect([begun.length, ruled.length, contested.length]).toEqual([10, 4, 6])
    }
  }
})

it('there are vetoes, long absences, transfers and scores still missing', async () => {
  const limited = await query<{ limits: string[] }>('select limits from sheet where cardinality(limits) > 0')
  const kinds = new Set(limited.flatMap(({ limits }) => limits))
  expect(kinds.has('veto') || [...kinds].some((kind) => /^v\d/.test(kind))).toBe(true)
  expect(await query(`select from sheet where (facts ->> 'absentDays')::numeric >= 5`)).not.toEqual([])
  expect(await query('select coordinator_id from posting group by 1 having count(distinct village_id) > 1')).not.toEqual([])
  expect(await query(`select from sheet where missing > 0 and stage = 'scoring'`)).not.toEqual([])
})

it('claims of Baihe were accepted, refused, are awaited; one lacks its evidence; one town lacks a second signature', async () => {
  const states = await query('select distinct state from claim order by state')
  expect(states.map(({ state }) => state)).toEqual(['accepted', 'proposed', 'rejected'])
  expect(
    await query(
      `select from claim k where state = 'proposed' and not exists (select from evidence_file f where f.claim_id = k.id)`,
    ),
  ).not.toEqual([])
  expect(
    await query(
      `select from claim k where state = 'accepted' and not exists (select from evidence_file f where f.claim_id = k.id)`,
    ),
  ).toEqual([])
  expect(await query(`select from claim where rule = 'phoneCheck' and state = 'accepted'`)).not.toEqual([])
  const given = await query(
    `select unit_id, array_agg(role order by role) as roles from signature where stage = 'decide' group by 1`,
  )
  expect(given.map(({ roles }) => roles).toSorted((a, b) => a.length - b.length)).toEqual([
    ['countyBureau'],
    ['countyBureau', 'jointBureau'],
    ['countyBureau', 'jointBureau'],
  ])
})

it('a running notice can be read, and an appeal was decided', async () => {
  const running = await query(`select from notice where ends_on >= (now() at time zone 'Asia/Shanghai')::date`)
  expect(running).toHaveLength(1)
  expect(await query('select state from appeal')).toEqual([{ state: 'rejected' }])
})

it('is lived once: started again, nothing is added', async () => {
  const acts = await query('select count(*)::int as n from change_set')
  await app.stop()
  app = await startApp(readConfig(env))
  expect(app.prepared).toBeUndefined()
  expect(await query('select count(*)::int as n from change_set')).toEqual(acts)
})

it.each(['county', 'analyst'])(
  'what the contract says is never empty never is, in any row of any table, as %s',
  async (login) => {
    const caller = await signIn(app.origin, login)
    let rows = 0
    for (const { name: list, columns } of entities) {
      const ask = `query ($after: String) { ${list}(first: 1000, after: $after) { nodes { ${Object.keys(columns).join(' ')} } pageInfo { hasPreviousPage startCursor hasNextPage endCursor } } }`
      let after: string | null = null
      do {
        const { data, errors }: Answer<Record<string, unknown>> = await caller.ask(ask, { after })
        if (errors && ['permission', 'cost.tooHigh'].includes(errors[0]!.extensions.code)) break
        expect({ list, errors }).toEqual({ list, errors: undefined })
        const { nodes, pageInfo } = data[list] as Page
        expect([pageInfo.hasPreviousPage, pageInfo.startCursor === null]).toEqual([after !== null, nodes.length === 0])
        rows += nodes.length
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null
      } while (after)
    }
    expect(rows).toBeGreaterThan(1000)
  },
)
