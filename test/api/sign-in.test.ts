import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf, stepAt, stepOfCode } from '../../server/src/base/totp.ts'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { asker, openCounty, type Caller, type County } from '../county.ts'
import { newKey } from './sheets.ts'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county?.close())

const pool = () => county.app.database.pool
const forgetFailures = () => pool().query('delete from sign_in_failure')
const post = async (body: object, path = '/session', headers: Record<string, string> = {}, origin = county.origin) => {
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const cookies = response.headers.getSetCookie()
  return { status: response.status, body: (await response.json()) as Record<string, any>, cookies }
}
const whoIs = async (cookie: string, origin = county.origin) =>
  (await asker(origin, cookie)('{ me { name } }')).data?.me?.name ?? null

interface Answer {
  status: number
  cookies: string[]
  body: string
}
/** As `fetch`, under any name of the host: what a browser sends that reaches the server by another way. */
const send = (method: string, path: string, headers: Record<string, string>, body = '', origin = county.origin) =>
  new Promise<Answer>((resolve, reject) => {
    const { port } = new URL(origin)
    const call = request(
      { host: '127.0.0.1', port, path, method, headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        let text = ''
        response.on('data', (part) => (text += String(part)))
        response.on('end', () =>
          resolve({ status: response.statusCode!, cookies: response.headers['set-cookie'] ?? [], body: text }),
        )
      },
    )
    call.on('error', reject)
    call.end(body)
  })
const signInBy = (headers: Record<string, string>, origin = county.origin) =>
  send('POST', '/session', headers, '{"login":"town","password":"kaohe-demo"}', origin)
const ME = '{"query":"{ me { name } }"}'

describe('the cookie', () => {
  it.each(['localhost:4000', '127.0.0.1', '[::1]:4000', 'LOCALHOST'])('is bound to the host and Secure at %s', async (host) => {
    const { cookies } = await signInBy({ host })
    expect(cookies).toHaveLength(1)
    expect(cookies[0]).toMatch(/^__Host-kaohe=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure$/)
  })

  it.each(['kaohe.county.example', '10.3.0.7:4000', 'localhost.example.com', 'localhost@evil.example'])(
    'has a plain name on plain http at %s, and works',
    async (host) => {
      const { cookies } = await signInBy({ host })
      expect(cookies[0]).toMatch(/^kaohe=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/)
      const cookie = cookies[0]!.split(';')[0]!
      expect((await send('POST', '/graphql', { host, cookie }, ME)).body).toContain('许清和')
    },
  )

  it('that was planted under the plain name opens nothing where the other is used', async () => {
    const { cookies } = await signInBy({ host: '10.3.0.7' })
    const cookie = cookies[0]!.split(';')[0]!
    expect(await whoIs(cookie)).toBeNull()
    expect(await whoIs(`__Host-${cookie}`)).toBe('许清和')
  })

  it('believes what a proxy says only where the setting says that there is one', async () => {
    const forwarded = { 'host': '10.3.0.7', 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9, 198.51.100.4' }
    expect((await signInBy(forwarded)).cookies[0]).toMatch(/^kaohe=/)
    const behind = await openCounty({ env: { KAOHE_BEHIND_PROXY: 'on' } })
    try {
      expect((await signInBy(forwarded, behind.origin)).cookies[0]).toMatch(/^__Host-kaohe=.*Secure$/)
      expect((await signInBy({ 'host': 'localhost', 'x-forwarded-proto': 'http' }, behind.origin)).cookies[0]).toMatch(/^kaohe=/)
      const { rows } = await behind.app.database.pool.query('select address from session order by created_at')
      expect(rows[0].address).toBe('198.51.100.4')
    } finally {
      await behind.close()
    }
  })

  it('is put away when its holder signs out, with those of earlier versions, and their sessions end', async () => {
    const plain = (await signInBy({ host: '10.3.0.7' })).cookies[0]!.split(';')[0]!
    const old = `kaohe_session=${plain.split('=')[1]}`
    const { cookies } = await send('DELETE', '/session', { host: 'localhost', cookie: old })
    expect(cookies.map((cookie) => /^[\w-]+=;.*Max-Age=0/.test(cookie))).toEqual([true, true, true])
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-kaohe', 'kaohe', 'kaohe_session'])
    expect(JSON.parse((await send('POST', '/graphql', { host: '10.3.0.7', cookie: plain }, ME)).body).data).toBeUndefined()
  })
})

describe('what stays on record', () => {
  const latest = async (most: number) => {
    const { rows } = await pool().query(
      'select kind, by, cycle_id, address, details, to_json(h)::text as whole from change_set h order by seq desc limit $1',
      [most],
    )
    return rows.toReversed()
  }

  it('is who came, who was refused and who went, in the chain, without passwords and tokens', async () => {
    const { cookies } = await post({ login: 'panel', password: 'kaohe-demo' })
    const token = cookies[0]!.split(';')[0]!.split('.')[1]!
    await post({ login: 'panel', password: 'a-wrong-password' })
    await fetch(`${county.origin}/session`, { method: 'DELETE', headers: { cookie: cookies[0]!.split(';')[0]! } })
    const rows = await latest(3)
    expect(rows.map(({ kind, by, cycle_id, details: { why } }) => [kind, by, cycle_id, why])).toEqual([
      ['signIn', '云舒静', null, undefined],
      ['signInRefused', '云舒静', null, 'password'],
      ['signOut', '云舒静', null, undefined],
    ])
    for (const { whole, address } of rows) {
      expect(address).toMatch(/127\.0\.0\.1/)
      expect(whole).not.toContain('a-wrong-password')
      expect(whole).not.toContain(token)
    }
    const { rows: ids } = await pool().query('select id from county')
    expect(await verifyChain(pool(), ids[0].id)).toMatchObject({ ok: true })
    await forgetFailures()
  })

  it('of an unknown name is the failure and its address, not what was typed as a name', async () => {
    await post({ login: 'my-own-password-1', password: 'x' })
    const [row] = await latest(1)
    expect([row.kind, row.by, row.details]).toEqual(['signInRefused', '', { why: 'unknown' }])
    expect(row.whole).not.toContain('my-own-password-1')
    await forgetFailures()
  })

  it('of a refusal for a while is nothing: a stranger cannot make the chain grow', async () => {
    for (let time = 0; time < 5; time++) await post({ login: 'joint', password: 'wrong' })
    const [before] = await latest(1)
    for (let time = 0; time < 3; time++) expect((await post({ login: 'joint', password: 'wrong' })).status).toBe(429)
    expect((await latest(1))[0].whole).toBe(before.whole)
    await forgetFailures()
  })
})

it('an unknown name takes as long as a wrong password', async () => {
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  for (let round = 0; round < 13; round++)
    for (const which of ['known', 'unknown'] as const) {
      const start = performance.now()
      await post({ login: which === 'known' ? 'county' : `nobody-${round}`, password: 'wrong' })
      times[which].push(performance.now() - start)
      await forgetFailures()
    }
  const median = (list: number[]) => list.toSorted((a, b) => a - b)[6]!
  const ratio = median(times.known) / median(times.unknown)
  expect(ratio).toBeGreaterThan(0.6)
  expect(ratio).toBeLessThan(1.67)
})

describe('what weighs much', () => {
  const SIGN = `mutation ($input: MoveInput!, $key: String!) { moveSheets(input: $input, key: $key) { moved } }`
  let town: Caller
  let input: Record<string, string>
  const code = async (more = {}) =>
    (await town.ask(SIGN, { input: { ...input, ...more }, key: newKey() })).errors?.[0]?.extensions.code ?? 'done'
  const growOld = (minutes: number) =>
    pool().query(`update session set confirmed_at = now() - make_interval(mins => $1)`, [minutes])
  const confirm = (body: object) => post(body, '/session/confirm', { cookie: town.cookie })

  beforeAll(async () => {
    town = await county.signIn('town')
    const { rows } = await pool().query<{ id: string }>(
      `select unit_id as id from role_grant g join account a on a.id = g.account_id where a.login = 'town'`,
    )
    input = { cycle: county.cycle, unit: rows[0]!.id, stage: 'scoring' }
  })

  it('asks for the password again when it was last given more than ten minutes ago, and not before', async () => {
    await growOld(11)
    expect(await code()).toBe('confirm.needed')
    await growOld(9)
    expect(await code()).not.toBe('confirm.needed')
    await growOld(11)
    expect(await code()).toBe('confirm.needed')
  })

  it('is not asked for where nothing weighs: sending back, reading', async () => {
    await growOld(11)
    expect(await code({ backTo: 'nowhere' })).toBe('stage.unknown')
    expect((await town.ask('{ me { name } }')).errors).toBeUndefined()
  })

  it('is done once the password was given, by the call that was refused', async () => {
    await growOld(11)
    const before = await code()
    expect(before).toBe('confirm.needed')
    expect(await confirm({ password: 'wrong' })).toMatchObject({ status: 401, body: { code: 'confirm.wrong' } })
    expect(await code()).toBe('confirm.needed')
    expect((await confirm({ password: 'kaohe-demo' })).status).toBe(200)
    expect(await code()).not.toBe('confirm.needed')
    await forgetFailures()
  })

  it('is confirmed for one’s own session alone', async () => {
    const second = await county.signIn('town')
    await growOld(11)
    await confirm({ password: 'kaohe-demo' })
    expect((await second.ask(SIGN, { input, key: newKey() })).errors![0]!.extensions.code).toBe('confirm.needed')
  })

  it('is guessed at no more often than signing in', async () => {
    const statuses = []
    for (let time = 0; time < 6; time++) statuses.push((await confirm({ password: 'wrong' })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
    expect((await post({ login: 'town', password: 'kaohe-demo' })).status).toBe(429)
    await forgetFailures()
  })

  it.each([
    ['nothing', {}],
    ['a number', { password: 1 }],
    ['an object', { password: { $ne: null } }],
    ['a password without end', { password: 'x'.repeat(201) }],
  ])('is not confirmed by %s', async (_, body) => {
    expect((await confirm(body)).status).toBe(400)
  })

  it('is not confirmed by a stranger', async () => {
    expect(await post({ password: 'kaohe-demo' }, '/session/confirm')).toMatchObject({
      status: 401,
      body: { code: 'signIn.needed' },
    })
  })
})

describe('one-time codes', () => {
  // RFC 6238, appendix B, SHA-1: the last six of its eight digits.
  const secret = Buffer.from('12345678901234567890')
  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ])('at second %i are those of the standard', (second, code) => {
    expect(codeOf(secret, stepAt(new Date(second * 1000)))).toBe(code)
  })

  it('are taken one step early and late, and no more', () => {
    const taken = (second: number) => stepOfCode(secret, '081804', new Date(second * 1000)) !== undefined
    const step = 1111111080
    expect([-31, -30, 0, 29, 59, 60].map((later) => taken(step + later))).toEqual([false, true, true, true, true, false])
  })
})

describe('with a second factor for the county', () => {
  let strict: County
  beforeAll(async () => {
    strict = await openCounty({ env: { KAOHE_SECOND_FACTOR: 'county' } })
  })
  afterAll(() => strict?.close())
  const knock = (body: object) => post({ password: 'kaohe-demo', ...body }, '/session', {}, strict.origin)
  const codeNow = (text: string, ahead = 0) => codeOf(bytesOf(text), stepAt(new Date()) + ahead)
  const bytesOf = (text: string) => {
    const bits = [...text]
      .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
      .join('')
    return Buffer.from(bits.match(/.{8}/g)!.map((eight) => parseInt(eight, 2)))
  }
  const forget = () => strict.app.database.pool.query('delete from sign_in_failure')
  let secret: string
  let recovery: string[]
  let used: string

  it('a town signs in as ever', async () => {
    expect((await knock({ login: 'town' })).status).toBe(200)
  })

  it('the county, those who read all of it and the administrators are shown a secret first, and nothing is open', async () => {
    for (const login of ['county', 'joint', 'city', 'analyst', 'auditor', 'system', 'security']) {
      const { status, body, cookies } = await knock({ login })
      expect([login, status, body.code, cookies]).toEqual([login, 403, 'signIn.enrol', []])
      expect(body.enrolment.uri).toMatch(/^otpauth:\/\/totp\/.*secret=[A-Z2-7]{32}&issuer=/)
    }
    expect((await knock({ login: 'county', password: 'wrong' })).body).toEqual({
      code: 'signIn.wrong',
      says: '账号或密码不对，请重新输入。',
    })
    await forget()
  })

  it('a right code turns it on and gives recovery codes, once', async () => {
    secret = (await knock({ login: 'county' })).body.enrolment.secret
    expect((await knock({ login: 'county', code: '000000' })).body.code).toBe('signIn.codeWrong')
    used = codeNow(secret)
    const { status, body } = await knock({ login: 'county', code: used })
    expect(status).toBe(200)
    recovery = body.recovery
    expect(new Set(recovery).size).toBe(8)
    await forget()
  })

  it('then the password alone opens nothing, nor does a wrong code, nor one that was used', async () => {
    expect((await knock({ login: 'county' })).body.code).toBe('signIn.code')
    expect((await knock({ login: 'county', code: used })).body.code).toBe('signIn.codeWrong')
    const next = codeNow(secret, 1)
    expect((await knock({ login: 'county', code: next })).status).toBe(200)
    expect((await knock({ login: 'county', code: next })).body.code).toBe('signIn.codeWrong')
    await forget()
  })

  it('the same code sent by two at once opens for one', async () => {
    await strict.app.database.pool.query('update account set totp_step = 0')
    const code = codeNow(secret)
    const both = await Promise.all([knock({ login: 'county', code }), knock({ login: 'county', code })])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 401])
    await forget()
  })

  it('wrong codes have to wait like wrong passwords', async () => {
    const statuses = []
    for (let time = 0; time < 6; time++) statuses.push((await knock({ login: 'county', code: '12345x' })).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
    await forget()
  })

  it('a recovery code opens once', async () => {
    expect((await knock({ login: 'county', code: recovery[3]!.toUpperCase().replaceAll('-', ' ') })).status).toBe(200)
    expect((await knock({ login: 'county', code: recovery[3] })).body.code).toBe('signIn.codeWrong')
    expect((await knock({ login: 'county', code: recovery[4] })).status).toBe(200)
    await forget()
  })

  it('neither the secret nor a recovery code is in the database', async () => {
    const { rows } = await strict.app.database.pool.query(
      `select (select json_agg(a) from account a)::text || (select json_agg(h) from change_set h)::text as all`,
    )
    for (const text of [secret, bytesOf(secret).toString('base64url'), bytesOf(secret).toString('hex'), ...recovery])
      expect(rows[0].all).not.toContain(text)
  })

  it('confirming takes the code as well', async () => {
    const signedIn = await knock({ login: 'county', code: recovery[5] })
    const cookie = signedIn.cookies[0]!.split(';')[0]!
    const confirm = (body: object) => post({ password: 'kaohe-demo', ...body }, '/session/confirm', { cookie }, strict.origin)
    expect(await confirm({})).toMatchObject({ status: 403, body: { code: 'confirm.code' } })
    expect((await confirm({ code: '000000' })).status).toBe(401)
    expect((await confirm({ code: recovery[6] })).status).toBe(200)
  })
})

it('demo accounts open nothing where the product is in real use', async () => {
  const real = await openCounty({ env: { KAOHE_DEMO: 'off' } })
  try {
    const { status, body } = await post({ login: 'county', password: 'kaohe-demo' }, '/session', {}, real.origin)
    expect([status, body.code]).toEqual([401, 'signIn.wrong'])
    const state = await (await fetch(`${real.origin}/session`)).json()
    expect(state).toEqual({ signedIn: false, demo: [], empty: false, preparing: false })
  } finally {
    await real.close()
  }
})
