import { randomUUID } from 'node:crypto'
import { isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSchema } from '../../server/src/serve/schema.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey, readGrid, save } from './sheets.ts'
import { listen } from './stream.ts'

let county: County
let town: Caller
let bureau: Caller

beforeAll(async () => {
  county = await openCounty()
  town = await county.signIn('town')
  bureau = await county.signIn('county')
})
afterAll(() => county?.close())

const pool = () => county.app.database.pool
const CREATE = `mutation ($i: TokenInput!, $k: String!) { createToken(input: $i, key: $k) { id token until } }`
interface Made {
  id: string
  token: string
}
async function made(by: Caller, scopes: string[], { days = 30, name = '统计', key = randomUUID() } = {}): Promise<Made> {
  const { data, errors } = await by.ask<{ createToken: Made }>(CREATE, { i: { name, scopes, days }, k: key })
  if (errors) throw new Error(errors[0]!.extensions.code)
  return data.createToken
}
interface Told {
  status: number
  data: any
  errors?: { message: string; extensions: { code: string } }[]
}
async function withToken(token: string, query: string, variables = {}, cookie = ''): Promise<Told> {
  const headers = { 'content-type': 'application/json', 'authorization': `Bearer ${token}`, ...(cookie ? { cookie } : {}) }
  const response = await fetch(`${county.origin}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  })
  return { status: response.status, ...((await response.json()) as object) } as Told
}
const code = async (answer: Promise<{ errors?: { extensions: { code: string } }[] }>) =>
  (await answer).errors?.[0]?.extensions.code ?? 'answered'
const ME = '{ me { name } }'
const asCaller = (token: string): Caller =>
  ({ cookie: '', ask: (query: string, variables = {}) => withToken(token, query, variables) }) as never

describe('a token', () => {
  it('is made by who has just given the password, told once a key, and only its hash is kept', async () => {
    const key = randomUUID()
    const first = await made(town, ['read'], { key })
    expect(first.token).toMatch(/^kaohe_[0-9a-f-]{36}_[\w-]{43}$/)
    expect(await made(town, ['read'], { key })).toEqual(first)
    const { rows } = await pool().query('select * from access_token')
    expect(rows).toHaveLength(1)
    const { rows: acts } = await pool().query(`select * from change_set where kind = 'token'`)
    expect(acts).toHaveLength(1)
    expect(JSON.stringify([rows, acts])).not.toContain(first.token.slice(-43))
    await pool().query(`update session set confirmed_at = now() - interval '11 minutes'`)
    await expect(made(town, ['read'])).rejects.toThrow('confirm.needed')
    await pool().query('update session set confirmed_at = now()')
  })

  it.each([
    ['without a name', { name: ' ' }, ['read'], 'token.name'],
    ['with a long name', { name: '长'.repeat(61) }, ['read'], 'token.name'],
    ['without a scope', {}, [], 'token.noScope'],
    ['for more than a year', { days: 366 }, ['read'], 'token.days'],
    ['for no day', { days: 0 }, ['read'], 'token.days'],
  ])('%s is refused', async (_, input, scopes, refused) => {
    await expect(made(town, scopes, input)).rejects.toThrow(refused)
  })

  it('asks in its account’s name, with no more than the account sees, and whatever cookie comes along', async () => {
    const { token } = await made(town, ['read'])
    expect((await withToken(token, ME)).data.me.name).toBe('许清和')
    expect((await withToken(token, ME, {}, bureau.cookie)).data.me.name).toBe('许清和')
    expect(await readGrid(asCaller(token), county.cycle)).toEqual(await readGrid(town, county.cycle))
    expect(await code(withToken(token, `{ acts { seq } }`))).toBe('permission')
    expect(await code(withToken('nonsense', ME, {}, bureau.cookie))).toBe('signIn.needed')
    const { rows } = await pool().query('select last_used_at from access_token order by created_at desc limit 1')
    expect(rows[0].last_used_at).not.toBeNull()
  })

  it('changes nothing without the scope for it, and saves cells with it, under its holder’s name', async () => {
    const read = await made(town, ['read'])
    const write = await made(town, ['write'])
    const { sheets } = await readGrid(town, county.cycle)
    const { id, cell } = sheets[0]!
    const cells = [[id, 'i04', cell.i04 || null, '1.5']] as const
    await expect(save(asCaller(read.token), county.cycle, cells as never)).rejects.toThrow()
    const note = 'mutation ($s: ID!) { addNote(sheet: $s, field: "i04", text: "x") { mine } }'
    expect(await code(withToken(read.token, note, { s: id }))).toBe('token.scope')
    expect(await code(withToken(write.token, note, { s: id }))).toBe('answered')
    expect(await code(withToken(write.token, ME))).toBe('token.scope')
    const saved = await save(asCaller(write.token), county.cycle, cells as never)
    expect(saved.leftOut).toEqual([])
    const { rows } = await pool().query(`select by, kind from change_set order by seq desc limit 1`)
    expect(rows).toEqual([{ by: '许清和', kind: 'edit' }])
  })

  it('is held to the roles of its account at this moment, not of when it was made', async () => {
    const { token } = await made(await county.signIn('auditor'), ['read'])
    expect(await code(withToken(token, '{ acts { seq } }'))).toBe('answered')
    await pool().query(`update role_grant set ends_on = (now() at time zone 'Asia/Shanghai')::date - 1 where role = 'auditor'`)
    expect(await code(withToken(token, '{ acts { seq } }'))).toBe('signIn.needed')
    await pool().query(`update role_grant set ends_on = null where role = 'auditor'`)
  })

  it('never signs, grants, or makes tokens: those are done by people', async () => {
    const forPeople =
      `moveSheets approveReading changePolicy decideDismissal createAccount renameAccount disableAccount resetPassword endSessions
      grantRole endGrant forgetTotp changePassword endMySession enableTotp disableTotp createToken revokeToken`.split(/\s+/)
    const mutations = createSchema().getMutationType()!
    if (!isObjectType(mutations)) throw new Error('no mutations')
    const tokens = new Map<string, string>()
    for (const login of ['county', 'system', 'security'])
      tokens.set(login, (await made(await county.signIn(login), ['read', 'analyst', 'write'])).token)
    for (const name of forPeople) {
      const field = mutations.getFields()[name]!
      const args = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
      const head = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
      const inner = /Boolean|String|Int|ID/.test(String(field.type)) ? '' : '{ __typename }'
      const codes = await Promise.all(
        [...tokens.values()].map((token) => code(withToken(token, `mutation (${head}) { ${name}(${args}) ${inner} }`))),
      )
      expect([name, ...new Set(codes)].filter((one) => one !== 'permission')).toEqual([name, 'token.people'])
    }
    expect(await code(withToken(tokens.get('county')!, `{ totpSecret(key: "${newKey()}") { secret } }`))).toBe('token.people')
    const confirmed = await fetch(`${county.origin}/session/confirm`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'authorization': `Bearer ${tokens.get('county')}` },
      body: JSON.stringify({ password: 'kaohe-demo' }),
    })
    expect(confirmed.status).toBe(401)
    const file = await fetch(`${county.origin}/evidence/${randomUUID()}`, {
      headers: { authorization: `Bearer ${tokens.get('county')}`, cookie: bureau.cookie },
    })
    expect(file.status).toBe(401)
  })

  it.each([
    ['revoked', async (id: string) => void (await town.ask(`mutation { revokeToken(id: "${id}", key: "${newKey()}") }`))],
    ['expired', (id: string) => pool().query(`update access_token set expires_at = now() where id = $1`, [id])],
    ['of a disabled account', () => pool().query(`update account set disabled_at = now() where login = 'town'`)],
  ])('%s opens nothing any more, and cuts who listens with it', async (_, end) => {
    const { token, id } = await made(town, ['read'])
    const stream = await listenWith(token)
    const other = await county.signIn('town2')
    const { sheets } = await readGrid(other, county.cycle)
    await turn(other, sheets, '1')
    expect(await stream.next()).toBeDefined()
    await end(id)
    expect(await code(withToken(token, ME))).toBe('signIn.needed')
    await turn(other, sheets, '2')
    await expect(stream.next()).rejects.toThrow()
    await pool().query('update account set disabled_at = null')
  })

  it('of somebody else is not known, neither to see nor to revoke', async () => {
    const { id } = await made(bureau, ['read'])
    expect(await code(town.ask(`mutation { revokeToken(id: "${id}", key: "${newKey()}") }`))).toBe('token.unknown')
    expect(await code(town.ask(`mutation { revokeToken(id: "x", key: "${newKey()}") }`))).toBe('token.unknown')
    const { data } = await town.ask<{ tokens: { id: string }[] }>('{ tokens { id name scopes since until used revoked } }')
    expect(data.tokens.length).toBeGreaterThan(3)
    expect(data.tokens.map((token) => token.id)).not.toContain(id)
  })

  it('there are twenty open ones at most', async () => {
    const panel = await county.signIn('panel')
    for (let at = 0; at < 20; at++) await made(panel, ['read'])
    await expect(made(panel, ['read'])).rejects.toThrow('token.tooMany')
  })
})

const listenWith = (token: string) =>
  listen(county.origin, '', `subscription ($c: ID!) { gridChanged(cycle: $c) { __typename } }`, { c: county.cycle }, token)
async function turn(caller: Caller, sheets: { id: string }[], value: string): Promise<void> {
  const { sheets: now } = await readGrid(caller, county.cycle)
  const { id, cell } = now.find((sheet) => sheet.id === sheets[1]!.id)!
  await save(caller, county.cycle, [[id, 'absentDays', cell.absentDays || null, cell.absentDays === value ? '3' : value]])
}
