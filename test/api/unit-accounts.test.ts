import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { openCounty, signIn, type Caller, type County } from '../county.ts'

let county: County
let system: Caller
let security: Caller

beforeAll(async () => {
  county = await openCounty()
  system = await county.signIn('system')
  security = await county.signIn('security')
})
beforeEach(() => pool().query('delete from sign_in_failure'))
afterAll(() => county?.close())

interface Made {
  account: string
  login: string
  name: string
  password: string
}
interface Proposal {
  account: string
  login: string
  role: string
  unit: string
  unitName: string
  coordinator: string | null
}
const pool = () => county.app.database.pool
const key = () => randomUUID()
/** Data of the one operation asked for, or the code of its refusal. */
async function told(caller: Caller, query: string, variables: Record<string, unknown> = {}): Promise<any> {
  const { data, errors } = await caller.ask(query, variables)
  return errors ? errors[0]!.extensions.code : Object.values(data)[0]
}
const create = (roles: string[], k = key(), by = system): Promise<Made[]> =>
  told(by, 'mutation ($r: [Role!]!, $k: String!) { createAccounts(roles: $r, key: $k) { account login name password } }', {
    r: roles,
    k,
  })
const toMake = async (): Promise<Record<string, [all: number, missing: number]>> =>
  Object.fromEntries(
    (await told(system, '{ accountsToMake { role all missing } }')).map(({ role, all, missing }: any) => [role, [all, missing]]),
  )
const proposals = (): Promise<Proposal[]> => told(security, '{ proposedGrants { account login role unit unitName coordinator } }')
const grantAll = (grants: object[], k = key(), by = security) =>
  told(by, 'mutation ($g: [GrantInput!]!, $k: String!) { grantRoles(grants: $g, key: $k) }', { g: grants, k })
const inputOf = ({ account, role, unit, coordinator }: Proposal) => ({ account, role, unit, coordinator })
const count = async (sql: string, values: unknown[] = []) =>
  Number((await pool().query<{ n: string }>(`select count(*) as n from ${sql}`, values)).rows[0]!.n)
const acts = () => count('change_set')
const post = async (body: object) => {
  const response = await fetch(`${county.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, ...((await response.json()) as { code?: string }) }
}

describe('accounts for all units', () => {
  let made: Made[]
  const k = key()

  it('are counted before they are made: those that hold a role, and those without', async () => {
    const towns = await count(`unit where kind = 'town'`)
    const held = await count(`(select distinct unit_id from role_grant where role = 'townAssessor') held`)
    expect(held).toBeGreaterThan(0)
    const all = await toMake()
    expect(all.townAssessor).toEqual([towns, towns - held])
    expect(all.village![0]).toBe(await count(`unit where kind = 'village'`))
    expect(all.countyBureau).toEqual([1, 0])
    expect(all.coordinator![0]).toBe(
      await count(`(select distinct coordinator_id from posting where ends_on is null or ends_on >= now()) p`),
    )
    expect(all.systemAdmin).toBeUndefined()
  })

  it('are made where none is, as one act, and hold no role yet', async () => {
    const [before, { townAssessor, attendanceOfficer }] = [await acts(), await toMake()]
    made = await create(['attendanceOfficer', 'townAssessor'], k)
    expect(made).toHaveLength(townAssessor![1] + attendanceOfficer![1])
    expect(await acts()).toBe(before + 1)
    expect(new Set(made.map(({ password }) => password)).size).toBe(made.length)
    for (const { password } of made) expect(password).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/)
    const { rows } = await pool().query(
      `select a.login, u.code, u.name || ' ' || case a.proposed_role when 'townAssessor' then '镇考核员' else '镇考勤员' end as named, a.name, must_change
         from account a join unit u on u.id = a.proposed_unit_id order by a.login`,
    )
    expect(rows).toHaveLength(made.length)
    for (const { login, code, named, name, must_change } of rows)
      expect([login.replace(/-2$/, ''), name, must_change]).toEqual([code, named, true])
    expect(await count('role_grant g where account_id = any($1)', [made.map(({ account }) => account)])).toBe(0)
    const { login, password } = made[0]!
    expect(await post({ login, password })).toMatchObject({ status: 403, code: 'signIn.noRole' })
    expect((await toMake()).townAssessor![1]).toBe(0)
  })

  it('are told the same under the same key, and made once', async () => {
    const before = await acts()
    expect(await create(['townAssessor', 'attendanceOfficer', 'townAssessor'], k)).toEqual(made)
    expect(await create(['townAssessor'], k)).toBe('key.used')
    expect(await create(['townAssessor'])).toBe('account.noneMissing')
    expect(await acts()).toBe(before)
  })

  it('leave no password in the database', async () => {
    const { rows } = await pool().query('select h::text as whole from change_set h union all select a::text from account a')
    const all = rows.map(({ whole }) => whole).join('\n')
    expect(all).toContain(made[0]!.account)
    for (const { password } of made) expect(all).not.toContain(password)
  })

  it.each([
    [[], 'account.noRoles'],
    [['systemAdmin'], 'account.administrators'],
    [['village', 'securityAdmin'], 'account.administrators'],
  ])('for %j are refused: %s', async (roles, code) => expect(await create(roles)).toBe(code))

  it('asked for by two calls at once are made once; under one key both are told the same', async () => {
    const [before, same] = [await acts(), key()]
    const twins = await Promise.all([create(['panelMember'], same), create(['panelMember'], same)])
    expect(twins[0]!.length).toBeGreaterThan(0)
    expect(twins[0]).toEqual(twins[1])
    expect(await acts()).toBe(before + 1)
    await pool().query(`update account set disabled_at = now() where proposed_role = 'panelMember'`)
    const two = await Promise.all([create(['panelMember']), create(['panelMember'])])
    expect(two.filter((answer) => !Array.isArray(answer))).toEqual(['account.noneMissing'])
    expect(await acts()).toBe(before + 2)
    expect(await told(system, `{ accountsProgress(key: "${same}") { done of } }`)).toBeNull()
  })

  it('need the password again before anything is worked out', async () => {
    await pool().query(`update session set confirmed_at = now() - interval '11 minutes'`)
    expect(await create(['village'])).toBe('confirm.needed')
    await pool().query('update session set confirmed_at = now()')
  })

  it('of villages say the town, and of coordinators their own name', async () => {
    const villages = await create(['village'])
    const { rows } = await pool().query(
      `select t.name || ' ' || v.name as name from unit v join unit t on t.id = v.parent_id where v.code = $1`,
      [villages[0]!.login],
    )
    expect(villages[0]!.name).toBe(rows[0].name)
    const people = await create(['coordinator'])
    const { rows: named } = await pool().query(
      `select a.name, c.name as person from account a join coordinator c on c.id = a.proposed_coordinator_id`,
    )
    expect(named).toHaveLength(people.length)
    for (const { name, person } of named) expect(name).toBe(person)
    expect(new Set(people.map(({ login }) => login)).size).toBe(people.length)
  })

  it('whose account was closed get another, under the next free name', async () => {
    const first = made.find(({ name }) => name.endsWith('镇考核员'))!
    await told(system, 'mutation ($id: ID!, $k: String!) { disableAccount(id: $id, disabled: true, key: $k) }', {
      id: first.account,
      k: key(),
    })
    const [again, ...more] = await create(['townAssessor'])
    expect([again!.name, more]).toEqual([first.name, []])
    expect(again!.login).toMatch(new RegExp(`^${first.login.slice(0, 12)}-\\d$`))
  })
})

describe('the roles they were made for', () => {
  it('are listed to whoever grants, and granted all at once, as one act', async () => {
    const all = await proposals()
    expect(all.length).toBeGreaterThan(100)
    expect(all).toEqual(all.toSorted((a, b) => (a.login < b.login ? -1 : 1)))
    const before = await acts()
    const some = all.filter(({ role }) => role === 'townAssessor' || role === 'coordinator')
    const k = key()
    const grants = await grantAll(some.map(inputOf), k)
    expect(grants).toHaveLength(some.length)
    expect(await grantAll(some.map(inputOf), k)).toEqual(grants)
    expect(await acts()).toBe(before + 1)
    const left = await proposals()
    expect(left).toHaveLength(all.length - some.length)
    expect(left.some(({ role }) => role === 'townAssessor' || role === 'coordinator')).toBe(false)
    const { rows } = await pool().query(
      'select role, unit_id as unit, coordinator_id as coordinator from role_grant where account_id = $1',
      [some[0]!.account],
    )
    expect(rows).toEqual([{ role: some[0]!.role, unit: some[0]!.unit, coordinator: some[0]!.coordinator }])
    const { rows: own } = await pool().query('select id from county')
    expect(await verifyChain(pool(), own[0].id)).toMatchObject({ ok: true })
  })

  it('are granted all or none, and the refusal names the account', async () => {
    const [one, two, three] = await proposals()
    const before = [await acts(), (await proposals()).length]
    const { rows } = await pool().query(`select id from unit where kind = 'county'`)
    for (const [spoilt, code] of [
      [{ ...inputOf(two!), unit: rows[0].id, role: 'village', coordinator: null }, 'grant.unit'],
      [{ ...inputOf(two!), account: randomUUID() }, 'account.unknown'],
      [{ ...inputOf(two!), account: 'x' }, 'account.unknown'],
      [inputOf(one!), 'grant.twice'],
    ] as const)
      expect(await grantAll([inputOf(one!), spoilt, inputOf(three!)])).toBe(code)
    const { errors } = await security.ask('mutation ($g: [GrantInput!]!) { grantRoles(grants: $g, key: "named-in-refusal") }', {
      g: [inputOf(one!), inputOf(one!)],
    })
    expect(errors![0]!.message).toBe(`${one!.login}: 这个账号已有这项角色。`)
    expect([await acts(), (await proposals()).length]).toEqual(before)
  })

  it('are never one’s own, nor beside those of an administrator', async () => {
    const { rows } = await pool().query(`select login, id from account where login in ('security', 'system')`)
    const idOf = Object.fromEntries(rows.map(({ login, id }) => [login, id]))
    const [one] = await proposals()
    expect(await grantAll([inputOf(one!), { ...inputOf(one!), account: idOf.security }])).toBe('grant.self')
    expect(await grantAll([{ ...inputOf(one!), account: idOf.system }])).toBe('grant.apart')
    expect(await grantAll([])).toBe('grant.tooMany')
  })

  it('are settled by a grant by hand too; a grant that is ended is not proposed again', async () => {
    const [one] = await proposals()
    const id = await told(security, 'mutation ($g: GrantInput!, $k: String!) { grantRole(input: $g, key: $k) }', {
      g: inputOf(one!),
      k: key(),
    })
    await told(security, 'mutation ($id: ID!, $k: String!) { endGrant(id: $id, key: $k) }', { id, k: key() })
    expect((await proposals()).map(({ account }) => account)).not.toContain(one!.account)
  })

  it('let their holders in with the password of their slip, to what is theirs', async () => {
    await pool().query(`update account set disabled_at = now() where proposed_role = 'village'`)
    const slips = await create(['village'])
    expect(await grantAll((await proposals()).filter(({ role }) => role === 'village').map(inputOf))).toHaveLength(slips.length)
    const { login, password } = slips[0]!
    expect(await post({ login, password })).toMatchObject({ status: 403, code: 'signIn.newPassword' })
    expect(await post({ login, password, newPassword: 'a village of its own' })).toMatchObject({ status: 200 })
    const { ask } = await signIn(county.origin, login, 'a village of its own')
    const { data } = await ask('{ me { grants { role } } }')
    expect(data.me.grants).toEqual([{ role: 'village' }])
  })
})
