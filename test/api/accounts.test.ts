import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { codeOf, stepAt } from '../../server/src/base/totp.ts'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { openCounty, signIn, type Caller, type County } from '../county.ts'
import { readGrid, save, unitsWhere } from './sheets.ts'
import { listen } from './stream.ts'

let county: County
let system: Caller
let security: Caller
let town: { id: string }
let village: { id: string }
let countyUnit: string
const idOf: Record<string, string> = {}

beforeAll(async () => {
  county = await openCounty()
  system = await county.signIn('system')
  security = await county.signIn('security')
  town = (await unitsWhere(county, `kind = 'town'`))[0]!
  village = (await unitsWhere(county, `parent_id = '${town.id}'`))[0]!
  countyUnit = (await unitsWhere(county, `kind = 'county'`))[0]!.id
  const { rows } = await pool().query('select login, id from account')
  for (const { login, id } of rows) idOf[login] = id
})
beforeEach(() => pool().query('delete from sign_in_failure'))
afterAll(() => county?.close())

const pool = () => county.app.database.pool
const key = () => randomUUID()
const far = '2099-12-31'

/** Data of the one operation asked for, or the code of its refusal. */
async function told(caller: Caller, query: string, variables: Record<string, unknown> = {}): Promise<any> {
  const { data, errors } = await caller.ask(query, variables)
  return errors ? errors[0]!.extensions.code : Object.values(data)[0]
}
const create = (login: string, name = '甲乙', k = key(), by = system) =>
  told(
    by,
    'mutation ($login: String!, $name: String!, $k: String!) { createAccount(login: $login, name: $name, key: $k) { account password } }',
    { login, name, k },
  )
const reset = (id: string, k = key()) =>
  told(system, 'mutation ($id: ID!, $k: String!) { resetPassword(id: $id, key: $k) { account password } }', { id, k })
const disable = (id: string, disabled = true, k = key()) =>
  told(system, 'mutation ($id: ID!, $d: Boolean!, $k: String!) { disableAccount(id: $id, disabled: $d, key: $k) }', {
    id,
    d: disabled,
    k,
  })
const grant = ({ key: k = key(), ...input }: Record<string, unknown>, by = security) =>
  told(by, 'mutation ($i: GrantInput!, $k: String!) { grantRole(input: $i, key: $k) }', { i: input, k })
const end = (id: string, by = security) =>
  told(by, 'mutation ($id: ID!, $k: String!) { endGrant(id: $id, key: $k) }', { id, k: key() })
const listed = async (find = '') =>
  (
    await told(
      security,
      'query ($f: String) { accounts(find: $f) { more unencrypted accounts { id login name disabled mustChange secondFactor sessions grants { id role unit unitName until onBehalfOf coordinatorName } } } }',
      { f: find },
    )
  ).accounts
const who = (caller: Caller) => told(caller, '{ me { name grants { role unitName } } }')
const post = async (body: object) => {
  const response = await fetch(`${county.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, ...((await response.json()) as { code?: string }) }
}
const uuid = /^[0-9a-f-]{36}$/
const last = async (kind: string) =>
  (
    await pool().query(
      `select by, cycle_id, details, h::text as whole from change_set h where kind = $1 order by seq desc limit 1`,
      [kind],
    )
  ).rows[0]

/** An account that has signed in with a password of its own and holds a role. */
async function newcomer(login: string, role = 'townAssessor', unit = town.id, more = {}) {
  const { account, password } = await create(login)
  const held = await grant({ account, role, unit, ...more })
  expect(held).toMatch(uuid)
  const own = `pw of ${login} 77`
  expect(await post({ login, password, newPassword: own })).toMatchObject({ status: 200 })
  return { account, held, own, caller: await signIn(county.origin, login, own) }
}

describe('an account', () => {
  it('is made with a password for one sign-in, holds no role, and is told the same when asked again', async () => {
    const k = key()
    const made = await create('zhang.san', ' 张三 ', k)
    expect(made).toMatchObject({
      account: expect.stringMatching(uuid),
      password: expect.stringMatching(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/),
    })
    expect(await create('zhang.san', ' 张三 ', k)).toEqual(made)
    expect(await create('zhang.san', '李四', k)).toBe('key.used')
    expect((await listed('zhang.san')).map(({ name, grants, mustChange }: any) => [name, grants, mustChange])).toEqual([
      ['张三', [], true],
    ])
    const { details, cycle_id, by, whole } = await last('account')
    expect([by, cycle_id, details]).toEqual([
      '史行远',
      null,
      { account: made.account, login: [null, 'zhang.san'], name: [null, '张三'] },
    ])
    expect(whole).not.toContain(made.password)
    const { rows } = await pool().query('select a::text as all from account a')
    expect(JSON.stringify(rows)).not.toContain(made.password)
  })

  it('without a role is told whom to ask; with one, to choose a password, and then it is in', async () => {
    const { account, password } = await create('li.si')
    expect(await post({ login: 'li.si', password })).toMatchObject({ status: 403, code: 'signIn.noRole' })
    await grant({ account, role: 'townAssessor', unit: town.id })
    expect(await post({ login: 'li.si', password })).toMatchObject({ status: 403, code: 'signIn.newPassword' })
    for (const [newPassword, code] of [
      ['short', 'password.short'],
      ['qwertyuiop', 'password.common'],
      ['aaaaaaaaaaaa', 'password.common'],
      [password, 'password.same'],
    ])
      expect(await post({ login: 'li.si', password, newPassword })).toMatchObject({ status: 403, code })
    expect(await post({ login: 'li.si', password, newPassword: 'huai-he-liang-an' })).toMatchObject({ status: 200 })
    expect(await post({ login: 'li.si', password })).toMatchObject({ status: 401, code: 'signIn.wrong' })
    expect(await post({ login: 'li.si', password: 'huai-he-liang-an' })).toMatchObject({ status: 200 })
  })

  it.each([
    ['', '某', 'account.login'],
    ['x', '某', 'account.login'],
    ['.hidden', '某', 'account.login'],
    ['with space', '某', 'account.login'],
    ['x'.repeat(41), '某', 'account.login'],
    ['fine', '  ', 'account.name'],
    ['fine', '甲\n乙', 'account.name'],
    ['fine', '长'.repeat(51), 'account.name'],
    ['TOWN', '某', 'account.taken'],
    ['county', '某', 'account.taken'],
  ])('named %j for %j is refused: %s', async (login, name, code) => {
    expect(await create(login, name)).toBe(code)
  })

  it('asked for by two at once under one name is made once', async () => {
    const both = await Promise.all([create('twin'), create('Twin')])
    expect(both.filter((one) => one === 'account.taken')).toHaveLength(1)
  })

  it('is renamed, and what it did before keeps the old name', async () => {
    const { account } = await newcomer('renamed')
    expect(
      await told(system, 'mutation ($id: ID!, $k: String!) { renameAccount(id: $id, name: "新名", key: $k) }', {
        id: account,
        k: key(),
      }),
    ).toBe(true)
    expect((await listed('renamed'))[0].name).toBe('新名')
    expect((await last('account')).details).toEqual({ account, name: ['甲乙', '新名'] })
    expect((await last('signIn')).by).toBe('甲乙')
  })

  it('that is closed is out at once, everywhere, and back when it is opened', async () => {
    const { account, own, caller } = await newcomer('closed')
    expect((await who(caller)).name).toBe('甲乙')
    expect(await disable(account)).toBe(true)
    expect(await who(caller)).toBe('signIn.needed')
    expect(await post({ login: 'closed', password: own })).toEqual({
      status: 401,
      code: 'signIn.wrong',
      says: '账号或密码不对，请重新输入。',
    })
    expect(await grant({ account, role: 'village', unit: village.id })).toBe('account.disabled')
    expect(await disable(account, false)).toBe(true)
    expect(await who(caller)).toBe('signIn.needed')
    expect(await post({ login: 'closed', password: own })).toMatchObject({ status: 200 })
  })

  it('that is closed hears nothing more, also where it was listening', async () => {
    const { account, caller } = await newcomer('listener')
    const writer = await county.signIn('town')
    const stream = await listen(
      county.origin,
      caller.cookie,
      'subscription ($c: ID!) { gridChanged(cycle: $c) { ... on GridChange { seq } } }',
      { c: county.cycle },
    )
    const write = async (value: string) => {
      const sheet = (await readGrid(writer, county.cycle)).sheets[0]!
      await save(writer, county.cycle, [[sheet.id, 'absentDays', sheet.cell.absentDays || null, value]])
    }
    await write('1')
    expect(await stream.next()).toBeDefined()
    await disable(account)
    await write('2')
    await expect(stream.next()).rejects.toThrow()
    await stream.stop()
  })

  it('given a new password loses its sessions and its old password', async () => {
    const { account, own, caller } = await newcomer('forgetful')
    const k = key()
    const { password } = await reset(account, k)
    expect((await reset(account, k)).password).toBe(password)
    expect(await who(caller)).toBe('signIn.needed')
    expect(await post({ login: 'forgetful', password: own })).toMatchObject({ code: 'signIn.wrong' })
    expect(await post({ login: 'forgetful', password })).toMatchObject({ code: 'signIn.newPassword' })
    expect((await last('account')).whole).not.toContain(password)
  })

  it('is signed out everywhere when an administrator says so', async () => {
    const { account, caller } = await newcomer('everywhere')
    expect((await listed('everywhere'))[0].sessions).toBe(2)
    expect(
      await told(security, 'mutation ($id: ID!, $k: String!) { endSessions(id: $id, key: $k) }', { id: account, k: key() }),
    ).toBe(true)
    expect(await who(caller)).toBe('signIn.needed')
    expect((await listed('everywhere'))[0].sessions).toBe(0)
  })

  it('is not one’s own to close or to give a password, nor the security administrator’s', async () => {
    expect(await disable(idOf.system!)).toBe('account.self')
    expect(await reset(idOf.system!)).toBe('account.self')
    expect(await reset(idOf.security!)).toBe('account.security')
    expect(await disable(idOf.security!)).toBe('account.last')
    for (const id of ['x', '01900000-0000-7000-8000-000000000000']) {
      expect(await disable(id)).toBe('account.unknown')
      expect(await reset(id)).toBe('account.unknown')
    }
  })
})

describe('a grant', () => {
  it('opens what the role may, in its unit, with its mark', async () => {
    const { account, held, caller } = await newcomer('assessor')
    expect((await who(caller)).grants).toEqual([{ role: 'townAssessor', unitName: '砚溪镇' }])
    expect((await readGrid(caller, county.cycle)).sheets.length).toBeGreaterThan(0)
    const { rows } = await pool().query(
      `select by, cycle_id, details from change_set where kind = 'grant' order by seq desc limit 1`,
    )
    expect(rows[0]).toEqual({
      by: '安景修',
      cycle_id: null,
      details: { grant: held, account, role: 'townAssessor', unit: town.id, until: null, onBehalfOf: null, coordinator: null },
    })
  })

  it('that is ended is refused at the next request; the others stay', async () => {
    const { account, held, caller } = await newcomer('leaving')
    const other = await grant({ account, role: 'village', unit: village.id })
    expect((await who(caller)).grants).toHaveLength(2)
    expect(await end(held)).toBe(true)
    expect((await who(caller)).grants).toEqual([{ role: 'village', unitName: expect.any(String) }])
    expect(await end(held)).toBe('grant.unknown')
    await end(other)
    expect(await who(caller)).toBe('signIn.needed')
  })

  it('that is ended ends what its holder was listening to', async () => {
    const { held, caller } = await newcomer('ended.listener')
    const writer = await county.signIn('town')
    const stream = await listen(
      county.origin,
      caller.cookie,
      'subscription ($c: ID!) { gridChanged(cycle: $c) { ... on GridChange { seq } } }',
      { c: county.cycle },
    )
    await end(held)
    const sheet = (await readGrid(writer, county.cycle)).sheets[1]!
    await save(writer, county.cycle, [[sheet.id, 'absentDays', sheet.cell.absentDays || null, '3']])
    await expect(stream.next()).rejects.toThrow()
    await stream.stop()
  })

  it('sent twice under one key is one grant, and given twice is refused', async () => {
    const { account } = await create('twice')
    const input = { account, role: 'village', unit: village.id, until: far, key: key() }
    const held = await grant(input)
    expect(await grant(input)).toBe(held)
    expect(await grant({ ...input, key: key() })).toBe('grant.twice')
    expect((await listed('twice'))[0].grants).toMatchObject([{ id: held, role: 'village', until: far }])
  })

  it('given by two at once under two keys is one', async () => {
    const { account } = await create('at.once')
    const input = { account, role: 'village', unit: village.id }
    const both = await Promise.all([grant(input), grant(input)])
    expect(both.filter((one) => one === 'grant.twice')).toHaveLength(1)
    expect((await listed('at.once'))[0].grants).toHaveLength(1)
  })

  it('to a deputy names whoever they act for, in all they do, and has a last day', async () => {
    const { account } = await create('deputy')
    const input = { account, role: 'townAssessor', unit: town.id, until: far, onBehalfOf: idOf.town }
    expect(await grant({ ...input, until: null })).toBe('grant.deputy')
    expect(await grant({ ...input, onBehalfOf: idOf.village })).toBe('grant.deputy')
    expect(await grant({ ...input, onBehalfOf: account })).toBe('grant.deputy')
    expect(await grant(input)).toMatch(uuid)
    expect((await listed('deputy'))[0].grants).toMatchObject([{ onBehalfOf: '许清和', until: far }])
  })

  it('of a coordinator’s role takes a coordinator of that village', async () => {
    const { account } = await create('own.sheet')
    const people = await told(security, 'query ($v: ID!) { coordinatorsOf(village: $v) { id name } }', { v: village.id })
    expect(people.length).toBeGreaterThan(0)
    const input = { account, role: 'coordinator', unit: village.id }
    const { rows } = await pool().query(
      'select coordinator_id as id from posting where village_id <> $1 and coordinator_id <> all($2) limit 1',
      [village.id, people.map(({ id }: any) => id)],
    )
    expect(await grant(input)).toBe('grant.coordinator')
    expect(await grant({ ...input, coordinator: rows[0].id })).toBe('grant.coordinator')
    expect(await grant({ ...input, role: 'village', coordinator: people[0].id })).toBe('grant.coordinator')
    expect(await grant({ ...input, coordinator: people[0].id })).toMatch(uuid)
    expect((await listed('own.sheet'))[0].grants).toMatchObject([{ coordinatorName: people[0].name }])
  })

  it('is refused in a unit where the role is not held, for a day gone by, and for what does not exist', async () => {
    const { account } = await create('misplaced')
    const input = { account, role: 'townAssessor', unit: town.id }
    for (const [more, code] of [
      [{ unit: village.id }, 'grant.unit'],
      [{ unit: countyUnit }, 'grant.unit'],
      [{ unit: 'x' }, 'grant.unit'],
      [{ unit: '01900000-0000-7000-8000-000000000000' }, 'grant.unit'],
      [{ role: 'countyBureau' }, 'grant.unit'],
      [{ until: '2020-01-01' }, 'grant.until'],
      [{ until: '2099-02-30' }, 'grant.until'],
      [{ until: 'soon' }, 'grant.until'],
      [{ account: '01900000-0000-7000-8000-000000000000' }, 'account.unknown'],
      [{ account: 'x' }, 'account.unknown'],
    ] as const)
      expect(await grant({ ...input, ...more })).toBe(code)
    expect(await end('x')).toBe('grant.unknown')
  })

  it('is never to oneself, and an administrator holds no other role', async () => {
    expect(await grant({ account: idOf.security, role: 'countyBureau', unit: countyUnit })).toBe('grant.self')
    expect(await grant({ account: idOf.system, role: 'securityAdmin', unit: countyUnit })).toBe('grant.apart')
    expect(await grant({ account: idOf.county, role: 'systemAdmin', unit: countyUnit })).toBe('grant.apart')
    const { rows } = await pool().query('select id from role_grant where account_id = $1', [idOf.security])
    expect(await end(rows[0].id)).toBe('grant.self')
  })

  it('to two administrators does not let them end each other at once', async () => {
    const second = await newcomer('security2', 'securityAdmin', countyUnit)
    const { rows } = await pool().query('select id from role_grant where account_id = $1', [idOf.security])
    const both = await Promise.all([end(second.held), end(rows[0].id, second.caller)])
    expect(both.filter((one) => one === true)).toHaveLength(1)
    await pool().query('update role_grant set ended_at = null where id = $1', [rows[0].id])
    if ((await listed('security2'))[0].grants.length > 0) await end(second.held)
  })
})

describe('the administrators', () => {
  it('see no assessment, by no operation', async () => {
    for (const admin of [system, security])
      for (const query of [
        `{ scoreGrid(cycle: "${county.cycle}") { names } }`,
        `{ villageRanking(cycle: "${county.cycle}") { ties } }`,
        `{ stages(cycle: "${county.cycle}") { id } }`,
        `{ signatures(cycle: "${county.cycle}") { hash } }`,
      ])
        expect(await told(admin, query)).toBe('permission')
  })

  it('do not do each other’s work', async () => {
    expect(await create('by.security', '某', key(), security)).toBe('permission')
    expect(await grant({ account: idOf.town, role: 'village', unit: village.id }, system)).toBe('permission')
  })

  it('are asked for their password again when it was given long ago', async () => {
    await pool().query(`update session set confirmed_at = now() - interval '11 minutes'`)
    const query = 'mutation ($id: ID!, $k: String!) { endSessions(id: $id, key: $k) }'
    expect(await create('late')).toBe('confirm.needed')
    expect(await disable(idOf.town2!)).toBe('confirm.needed')
    expect(await reset(idOf.town2!)).toBe('confirm.needed')
    expect(await grant({ account: idOf.town2, role: 'village', unit: village.id })).toBe('confirm.needed')
    expect(await end('x')).toBe('confirm.needed')
    expect(await told(system, query, { id: idOf.town2, k: key() })).toBe('confirm.needed')
    await pool().query('update session set confirmed_at = now()')
  })

  it('are warned once somebody has signed in over plain http', async () => {
    const ask = () => told(system, '{ accounts { unencrypted } }')
    expect(await ask()).toEqual({ unencrypted: false })
    county.app.log.level = 'silent'
    const { request } = await import('node:http')
    await new Promise((resolve) => {
      const call = request(
        {
          host: '127.0.0.1',
          port: new URL(county.origin).port,
          path: '/session',
          method: 'POST',
          headers: { 'host': '10.1.1.1', 'content-type': 'application/json' },
        },
        (response) => response.resume().on('end', resolve),
      )
      call.end('{"login":"town","password":"kaohe-demo"}')
    })
    expect(await ask()).toEqual({ unencrypted: true })
  })
})

describe('one’s own account', () => {
  const change = (caller: Caller, old: string, chosen: string, k = key()) =>
    told(caller, 'mutation ($o: String!, $n: String!, $k: String!) { changePassword(old: $o, new: $n, key: $k) }', {
      o: old,
      n: chosen,
      k,
    })
  const mine = (caller: Caller) =>
    told(caller, '{ myAccount { login secondFactor secondFactorNeeded recoveryLeft sessions { id current address agent } } }')

  it('takes a new password from who knows the old one, ends all other sessions, and is told the same when asked again', async () => {
    const { own, caller } = await newcomer('changer')
    const elsewhere = await signIn(county.origin, 'changer', own)
    const k = key()
    expect(await change(caller, 'wrong', 'cheng-yuan-xian-2')).toBe('confirm.wrong')
    expect(await change(caller, own, 'cheng-yuan-xian-2', k)).toBe(true)
    expect(await change(caller, own, 'cheng-yuan-xian-2', k)).toBe(true)
    expect((await who(caller)).name).toBe('甲乙')
    expect(await who(elsewhere)).toBe('signIn.needed')
    expect(await post({ login: 'changer', password: own })).toMatchObject({ status: 401 })
    expect(await post({ login: 'changer', password: 'cheng-yuan-xian-2' })).toMatchObject({ status: 200 })
  })

  it.each([
    ['too short', 'kurz-9zei', 'password.short'],
    ['one of the commonest', '1q2w3e4r5t', 'password.common'],
    ['one of the commonest in wide characters', '１２３４５６７８９０', 'password.common'],
    ['the account itself', 'Long.Login-Name', 'password.login'],
  ])('takes no password that is %s', async (_, chosen, code) => {
    const login = 'long.login-name'
    const { rows } = await pool().query('select from account where login = $1', [login])
    const { caller } =
      rows.length === 0 ? await newcomer(login) : { caller: await signIn(county.origin, login, `pw of ${login} 77`) }
    expect(await change(caller, `pw of ${login} 77`, chosen)).toBe(code)
  })

  it('may not be guessed at through a session', async () => {
    const { caller } = await newcomer('guessed')
    const codes = []
    for (let time = 0; time < 6; time++) codes.push(await change(caller, `guess ${time}`, 'cheng-yuan-xian-3'))
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'confirm.wrong'), 'signIn.wait'])
  })

  it('lists its sessions and ends one; nobody else’s', async () => {
    const { own, caller } = await newcomer('many')
    const other = await signIn(county.origin, 'many', own)
    const { sessions } = await mine(caller)
    expect(sessions).toHaveLength(3)
    expect(sessions.filter(({ current }: any) => current)).toHaveLength(1)
    const END = 'mutation ($id: ID!, $k: String!) { endMySession(id: $id, key: $k) }'
    const { id } = (await mine(other)).sessions.find(({ current }: any) => current)
    expect(await told(system, END, { id, k: key() })).toBe('session.unknown')
    expect(await told(caller, END, { id, k: key() })).toBe(true)
    expect(await who(other)).toBe('signIn.needed')
    expect((await mine(caller)).sessions).toHaveLength(2)
  })

  it('turns a second factor on and off; a stranger with the password alone is not let in meanwhile', async () => {
    const { own, caller } = await newcomer('careful')
    const k = key()
    const { secret, uri } = await told(caller, 'query ($k: String!) { totpSecret(key: $k) { secret uri } }', { k })
    expect(uri).toContain(`secret=${secret}`)
    const ENABLE = 'mutation ($c: String!, $k: String!) { enableTotp(code: $c, key: $k) }'
    expect(await told(caller, ENABLE, { c: '000000', k })).toBe('secondFactor.wrong')
    const c = codeOf(bytesOf(secret), stepAt(new Date()))
    const codes = await told(caller, ENABLE, { c, k })
    expect(codes).toHaveLength(8)
    expect(await told(caller, ENABLE, { c, k })).toEqual(codes)
    expect(await told(caller, ENABLE, { c, k: key() })).toBe('secondFactor.on')
    expect(await mine(caller)).toMatchObject({ secondFactor: true, secondFactorNeeded: false, recoveryLeft: 8 })
    expect(await post({ login: 'careful', password: own })).toMatchObject({ status: 403, code: 'signIn.code' })
    expect(await post({ login: 'careful', password: own, code: c })).toMatchObject({ status: 401, code: 'signIn.codeWrong' })
    expect(await post({ login: 'careful', password: own, code: codes[0] })).toMatchObject({ status: 200 })
    expect(await told(caller, 'mutation ($k: String!) { disableTotp(key: $k) }', { k: key() })).toBe(true)
    expect(await post({ login: 'careful', password: own })).toMatchObject({ status: 200 })
  })

  it('that lost its telephone is helped by the security administrator, not by whoever gives passwords', async () => {
    const { account, own, caller } = await newcomer('phoneless')
    const k = key()
    const { secret } = await told(caller, 'query ($k: String!) { totpSecret(key: $k) { secret } }', { k })
    await told(caller, 'mutation ($c: String!, $k: String!) { enableTotp(code: $c, key: $k) }', {
      c: codeOf(bytesOf(secret), stepAt(new Date())),
      k,
    })
    const FORGET = 'mutation ($id: ID!, $k: String!) { forgetTotp(id: $id, key: $k) }'
    expect(await told(system, FORGET, { id: account, k: key() })).toBe('permission')
    expect((await listed('phoneless'))[0].secondFactor).toBe(true)
    expect(await told(security, FORGET, { id: account, k: key() })).toBe(true)
    expect(await who(caller)).toBe('signIn.needed')
    expect(await post({ login: 'phoneless', password: own })).toMatchObject({ status: 200 })
  })
})

it('all that was done is in a chain that holds', async () => {
  expect(await verifyChain(pool(), countyUnit)).toMatchObject({ ok: true })
})

function bytesOf(text: string): Buffer {
  const bits = [...text].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g)!.map((eight) => parseInt(eight, 2)))
}
