import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/base/config.ts'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { openCounty, openEmpty, signIn, type Caller, type Opened } from '../county.ts'

let empty: Opened
const logged: string[] = []

beforeAll(async () => {
  empty = await openEmpty({ log: (line) => logged.push(line), env: { KAOHE_DOCUMENTS: 'any' } })
})
beforeEach(() => pool().query('delete from sign_in_failure'))
afterAll(() => empty?.close())

const pool = () => empty.app.database.pool
const code = () => empty.app.setUpCode!
const county = { code: '990177', name: ' 云泽县 ' }
const passwords = { security: 'yun-ze shou quan', system: 'yun-ze zhang hao' }
async function post(body: unknown, { origin = empty.origin, headers = {} as Record<string, string> } = {}) {
  const response = await fetch(`${origin}/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, ...((await response.json()) as { code?: string; says?: string; field?: string }) }
}
const nothing = async () => (await pool().query('select from county')).rowCount === 0

describe('an empty database', () => {
  it('waits for its set-up code, which is shown to whoever started it and stands in no log', async () => {
    expect(code()).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/)
    expect(await (await fetch(`${empty.origin}/session`)).json()).toMatchObject({ empty: true })
    expect(logged.join('')).not.toContain(code())
  })

  it('has the same code after a restart, and another has another', async () => {
    const again = await startApp(
      readConfig({
        DATABASE_URL: empty.databaseUrl,
        PORT: '0',
        LOG_LEVEL: 'fatal',
        KAOHE_DEMO: 'off',
        KAOHE_KEY: 'a1'.repeat(32),
      }),
    )
    expect(again.setUpCode).toBe(code())
    await again.stop()
    const other = await openEmpty()
    expect(other.app.setUpCode).toMatch(/^\S{19}$/)
    expect(other.app.setUpCode).not.toBe(code())
    await other.close()
  })

  it.each([
    ['a wrong code', { code: 'aaaa-bbbb-cccc-dddd', county, passwords }, 401, 'setup.code', 'setUp'],
    ['no code', { code: '', county, passwords }, 401, 'setup.code', 'setUp'],
    ['a code that is none', { code: 7, county, passwords }, 400, 'setup.malformed', undefined],
    ['nothing', {}, 400, 'setup.malformed', undefined],
    ['null', 'null', 400, undefined, undefined],
    ['no county', { county: null, passwords }, 400, 'setup.malformed', undefined],
    ['five digits', { county: { code: '99017', name: '云泽县' }, passwords }, 400, 'setup.countyCode', 'code'],
    ['no name', { county: { code: '990177', name: '  ' }, passwords }, 400, 'setup.countyName', 'name'],
    ['a name on two lines', { county: { code: '990177', name: '云\n泽' }, passwords }, 400, 'setup.countyName', 'name'],
    ['a name too long', { county: { code: '990177', name: '县'.repeat(51) }, passwords }, 400, 'setup.countyName', 'name'],
    ['a short password', { county, passwords: { ...passwords, system: 'short' } }, 400, 'password.short', 'system'],
    ['a common password', { county, passwords: { ...passwords, security: 'qwertyuiop' } }, 400, 'password.common', 'security'],
    [
      'one password for both',
      { county, passwords: { security: 'one for both', system: 'one for both' } },
      400,
      'setup.samePassword',
      'system',
    ],
    ['a password that is none', { county, passwords: { security: passwords.security } }, 400, 'setup.malformed', undefined],
  ])('is not taken over with %s', async (_, body, status, says, field) => {
    const sent = typeof body === 'string' ? body : { code: code(), ...body }
    const told = await post(sent)
    expect([told.status, told.field]).toEqual([status, field])
    if (says) expect(told.code).toBe(says)
    expect(told.says).toMatch(/。$/)
    expect(await nothing()).toBe(true)
  })

  it('is not set up by a form of a foreign page', async () => {
    const told = await post(JSON.stringify({ code: code(), county, passwords }), { headers: { 'content-type': 'text/plain' } })
    expect([told.status, await nothing()]).toEqual([415, true])
  })

  it('says in the language that is asked for', async () => {
    const told = await post({ code: 'x', county, passwords }, { headers: { 'x-lang': 'en' } })
    expect(told.says).toBe('The set-up code is wrong; type the one that the server’s terminal shows.')
  })

  it('tells who knows the code whether the county is right, before any password', async () => {
    expect(await post({ code: code(), county: { ...county, code: 'x' } })).toMatchObject({ status: 400, field: 'code' })
    expect(await post({ code: code(), county })).toEqual({ status: 200, made: false })
    expect(await nothing()).toBe(true)
  })

  it('lets an address guess thirty times and then wait, be the next one right', async () => {
    const guesses = await Promise.all(Array.from({ length: 32 }, (_, at) => post({ code: `guess ${at}`, county })))
    expect(guesses.map(({ status }) => status).sort()).toEqual([...Array(30).fill(401), 429, 429])
    expect(await post({ code: code(), county, passwords })).toMatchObject({ status: 429, code: 'signIn.wait' })
    expect(await nothing()).toBe(true)
    await pool().query(`update sign_in_failure set window_ends_at = now() - interval '1 second'`)
    expect((await post({ code: code(), county })).status).toBe(200)
  })

  it('is set up once by two at once, and both administrators sign in with what was chosen', async () => {
    const typed = code().toUpperCase().replaceAll('-', ' ')
    const both = await Promise.all([
      post({ code: typed, county, passwords }),
      post({ code: code(), county: { code: '990178', name: '别县' }, passwords }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    expect(both.find(({ status }) => status === 409)!.code).toBe('setup.done')
    const { rows } = await pool().query('select id, name from county')
    expect(rows).toHaveLength(1)
    if (both[0]!.status === 201) expect(rows[0].name).toBe('云泽县')
    expect(await verifyChain(pool(), rows[0].id)).toMatchObject({ ok: true })
    for (const login of ['security', 'system'] as const) {
      const { ask } = await signIn(empty.origin, login, passwords[login])
      const { data } = await ask('{ me { name grants { role } } }')
      expect(data.me.grants).toEqual([{ role: `${login}Admin` }])
    }
    const { rows: kept } = await pool().query('select h::text as whole from change_set h union all select a::text from account a')
    for (const { whole } of kept) for (const password of Object.values(passwords)) expect(whole).not.toContain(password)
    expect(logged.join('')).not.toContain(code())
  })

  it('that has a county is not set up again, whatever the code', async () => {
    for (const typed of [code(), 'x'])
      expect(await post({ code: typed, county, passwords })).toMatchObject({ status: 409, code: 'setup.done' })
    expect(await (await fetch(`${empty.origin}/session`)).json()).toMatchObject({ empty: false })
  })
})

it('two servers on one empty database set it up once', async () => {
  const first = await openEmpty()
  const second = await startApp(
    readConfig({ DATABASE_URL: first.databaseUrl, PORT: '0', LOG_LEVEL: 'fatal', KAOHE_DEMO: 'off', KAOHE_KEY: 'a1'.repeat(32) }),
  )
  const both = await Promise.all(
    [first.origin, second.origin].map((origin) => post({ code: first.app.setUpCode, county, passwords }, { origin })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  await second.stop()
  await first.close()
})

it('a county that is there has no set-up code, and the demo county is not set up again', async () => {
  const demo = await openCounty()
  expect(demo.app.setUpCode).toBeUndefined()
  expect(await post({ code: 'x', county, passwords }, { origin: demo.origin })).toMatchObject({ status: 409, code: 'setup.done' })
  await demo.close()
})

it('what a county lacks is counted, and is for administrators and the bureau', async () => {
  const fresh = await openEmpty({ env: { KAOHE_DOCUMENTS: 'any' } })
  const { pool } = fresh.app.database
  const lacks = async ({ ask }: Pick<Caller, 'ask'>) =>
    (await ask('{ setUpState { towns villages people bureau townsWithoutAccount accountsWithoutRole cycles } }')).data?.setUpState
  await post({ code: fresh.app.setUpCode, county, passwords }, { origin: fresh.origin })
  const system = await signIn(fresh.origin, 'system', passwords.system)
  const nothing = { towns: 0, villages: 0, people: 0, bureau: false, townsWithoutAccount: 0, accountsWithoutRole: 0, cycles: 0 }
  expect(await lacks(system)).toEqual(nothing)
  await pool.query(`
    insert into unit (county_id, id, kind, code, name, parent_id)
    select id, gen_random_uuid(), 'town', '99017700' || n || '000', '云泽' || n || '镇', id from county, generate_series(1, 2) n;
    insert into unit (county_id, id, kind, code, name, parent_id)
    select county_id, gen_random_uuid(), 'village', left(code, 9) || '001', '柳村', id from unit where kind = 'town';
    insert into coordinator (county_id, id, name, gender, born_on) select county_id, id, '柳青', 'female', '1990-05-01' from unit where kind = 'village';
    insert into posting (county_id, id, coordinator_id, village_id, full_time, starts_on, ends_on)
    select county_id, id, id, id, true, '2020-01-01', case when code like '990177001%' then '2021-12-31'::date end from unit where kind = 'village'`)
  expect(await lacks(system)).toEqual({ ...nothing, towns: 2, villages: 2, people: 1, townsWithoutAccount: 2 })
  await system.ask('mutation { createAccounts(roles: [townAssessor, countyBureau], key: "fresh-county") { login } }')
  const made = { towns: 2, villages: 2, people: 1, townsWithoutAccount: 0, accountsWithoutRole: 3 }
  expect(await lacks(system)).toEqual({ ...nothing, ...made })
  const security = await signIn(fresh.origin, 'security', passwords.security)
  const { data } = await security.ask('{ proposedGrants { account role unit } }')
  await security.ask('mutation ($g: [GrantInput!]!) { grantRoles(grants: $g, key: "fresh-grants") }', { g: data.proposedGrants })
  expect(await lacks(security)).toEqual({ ...nothing, ...made, bureau: true, accountsWithoutRole: 0 })
  await pool.query(`update account set disabled_at = now() where name like '云泽1镇%' or name like '%县局'`)
  expect(await lacks(security)).toEqual({ ...nothing, ...made, townsWithoutAccount: 1, accountsWithoutRole: 0 })
  await fresh.close()
})
