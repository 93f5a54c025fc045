import type pg from 'pg'
import { hashPassword } from '../access/password.ts'
import { demoAccounts } from '../access/sessions.ts'
import { insertRows, inTransaction } from '../base/database.ts'
import { policies } from '../base/policies.ts'
import type { Facts } from '../rules/facts.ts'
import { stageOf, stateOf } from '../rules/stages.ts'
import { evaluated } from '../core/evaluated.ts'
import { arrayLiteral } from '../base/sheet-row.ts'
import { inventCounty, type DemoSheet } from './county.ts'

export interface Planted {
  county: string
  people: number
  password: string
  accounts: { login: string; name: string; unit: string }[]
}

const password = 'kaohe-demo'
const policyId = 'xinyi-1'
const PLANTING = 5_202_612

/** Plants the invented county in an empty database, once; says what is there. Undefined where real data are. */
export async function plantDemo(pool: pg.Pool, people: number): Promise<Planted | undefined> {
  let planted = false
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [PLANTING])
    const { rowCount } = await client.query('select from county limit 1')
    if (rowCount !== 0) return
    await plant(client, people)
    planted = true
  })
  // Until the database has counted what was just planted, it would plan every question for an empty table.
  if (planted) await pool.query('analyze')
  const accounts = await demoAccounts(pool)
  if (accounts.length === 0) return undefined
  const { rows } = await pool.query<{ county: string; people: number }>(
    'select c.name as county, (select count(*)::int from coordinator p where p.county_id = c.id) as people from county c limit 1',
  )
  return { ...rows[0]!, password, accounts }
}

async function plant(client: pg.PoolClient, people: number): Promise<void> {
  const { policy, hash } = policies().get(policyId)!
  const choices = {}
  const county = inventCounty(policy, choices, people)
  const at = county.id

  await client.query('insert into county (id, code, name) values ($1, $2, $3)', [at, county.code, county.name])
  const villages = county.towns.flatMap((town) => town.villages.map((village) => ({ ...village, town: town.id })))
  await insert(
    client,
    'unit',
    ['county_id', 'id', 'kind', 'code', 'name', 'parent_id'],
    [
      [at, at, 'county', `${county.code}000000`, county.name, null],
      ...county.towns.map(({ id, code, name }) => [at, id, 'town', code, name, at]),
      ...villages.map(({ id, code, name, town }) => [at, id, 'village', code, name, town]),
    ],
  )

  const passwordHash = await hashPassword(password)
  await insert(
    client,
    'account',
    ['county_id', 'id', 'login', 'name', 'password_hash', 'demo'],
    county.accounts.map(({ id, login, name }) => [at, id, login, name, passwordHash, true]),
  )
  await insert(
    client,
    'role_grant',
    ['county_id', 'id', 'account_id', 'role', 'unit_id', 'coordinator_id'],
    county.accounts.map(({ id, grant, role, unit, coordinator }) => [at, grant, id, role, unit, coordinator ?? null]),
  )
  const { cycle } = county
  await insert(
    client,
    'cycle',
    ['county_id', 'id', 'year', 'policy_id', 'policy_hash', 'choices', 'state', 'base_date'],
    [[at, cycle.id, cycle.year, policyId, hash, choices, 'open', cycle.baseDate]],
  )

  const sheets = villages.flatMap((village) =>
    village.sheets.map((sheet) => ({ ...sheet, village: village.id, town: village.town })),
  )
  const persons = new Map(sheets.map(({ coordinator }) => [coordinator.id, coordinator]))
  await insert(
    client,
    'coordinator',
    ['county_id', 'id', 'name', 'gender', 'born_on'],
    [...persons.values()].map(({ id, name, gender, bornOn }) => [at, id, name, gender, bornOn]),
  )
  await insert(
    client,
    'posting',
    ['county_id', 'id', 'coordinator_id', 'village_id', 'full_time', 'starts_on', 'ends_on'],
    sheets.map(({ posting, coordinator, village, fullTime, startsOn, endsOn }) => [
      at,
      posting,
      coordinator.id,
      village,
      fullTime,
      startsOn,
      endsOn,
    ]),
  )
  const scored = (facts: Facts) => {
    const { points, marks, total, missing, limits } = evaluated(policy, choices, facts)
    return [facts, arrayLiteral(points), marks, total, missing, arrayLiteral(limits), 0]
  }
  const columns =
    'county_id id cycle_id line coordinator_id posting_id village_id town_id full_time days state stage beyond facts points marks total missing limits seq'
  await insert(
    client,
    'sheet',
    columns.split(' '),
    sheets.map(
      (
        { id, coordinator, posting, village, town, fullTime, days, stage, facts }: DemoSheet & { village: string; town: string },
        line,
      ) => [
        at,
        id,
        cycle.id,
        line + 1,
        coordinator.id,
        posting,
        village,
        town,
        fullTime,
        days,
        stateOf(stageOf(policy, stage)!),
        stage,
        {},
        ...scored(facts),
      ],
    ),
  )
}

/** Inserts rows given as lists in the order of the columns. */
const insert = (client: pg.PoolClient, table: string, columns: string[], rows: unknown[][]): Promise<void> =>
  insertRows(
    client,
    table,
    rows.map((row) => Object.fromEntries(row.map((value, place) => [columns[place], value]))),
  )
