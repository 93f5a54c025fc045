import { afterAll, beforeAll, expect, it } from 'vitest'
import { foundCounty, NotDone, rescue, type FirstAccount } from '../../server/src/access/first-accounts.ts'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { openEmpty, signIn, type Opened } from '../county.ts'

let county: Opened
let given: FirstAccount[]

beforeAll(async () => {
  county = await openEmpty({ env: { KAOHE_DOCUMENTS: 'any' } }) // what is asked below is not the page's own
})
afterAll(() => county?.close())

const pool = () => county.app.database.pool
const post = async (body: object) => {
  const response = await fetch(`${county.origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, ...((await response.json()) as { code?: string }) }
}

it('it starts with no account, says so, and lets nobody in', async () => {
  expect((await pool().query('select from account')).rowCount).toBe(0)
  expect(await (await fetch(`${county.origin}/session`)).json()).toEqual({
    signedIn: false,
    demo: [],
    empty: true,
    preparing: false,
  })
  expect(await post({ login: 'county', password: 'kaohe-demo' })).toMatchObject({ status: 401, code: 'signIn.wrong' })
})

it('the command refuses what is no county', async () => {
  await expect(foundCounty(pool(), { code: '3201', name: '某县' }, 'zh')).rejects.toThrow(NotDone)
  await expect(foundCounty(pool(), { code: '320199', name: ' ' }, 'zh')).rejects.toThrow(NotDone)
  expect((await pool().query('select from county')).rowCount).toBe(0)
})

it('the command makes the county and two administrators, once', async () => {
  given = await foundCounty(pool(), { code: '990188', name: '云泽县' }, 'zh')
  expect(given.map(({ login }) => login)).toEqual(['security', 'system'])
  await expect(foundCounty(pool(), { code: '990189', name: '别县' }, 'zh')).rejects.toThrow(/已经设置/)
  const { rows } = await pool().query('select id, name, chain_seq from county')
  expect(rows).toMatchObject([{ name: '云泽县', chain_seq: 1 }])
  expect(await verifyChain(pool(), rows[0].id)).toMatchObject({ ok: true })
  expect(await (await fetch(`${county.origin}/session`)).json()).toMatchObject({ empty: false })
})

it('each signs in with a password of their own, makes an account and grants it the county', async () => {
  for (const { login, password } of given) {
    expect(await post({ login, password })).toMatchObject({ status: 403, code: 'signIn.newPassword' })
    expect(await post({ login, password, newPassword: `first of ${login}` })).toMatchObject({ status: 200 })
  }
  const [security, system] = await Promise.all(
    ['security', 'system'].map((login) => signIn(county.origin, login, `first of ${login}`)),
  )
  const made = await system!.ask(
    'mutation { createAccount(login: "bureau", name: "某某", key: "first-account") { account password } }',
  )
  const { account, password } = made.data.createAccount
  const { data } = await security!.ask('{ units { id kind } cycles { policyTitle } }')
  expect(data).toEqual({ units: [{ id: expect.any(String), kind: 'county' }], cycles: [] })
  await security!.ask('mutation ($i: GrantInput!) { grantRole(input: $i, key: "first-grant") }', {
    i: { account, role: 'countyBureau', unit: data.units[0].id },
  })
  expect(await post({ login: 'bureau', password, newPassword: 'first of bureau' })).toMatchObject({ status: 200 })
})

it('the command helps an administrator who cannot get in', async () => {
  await expect(rescue(pool(), 'nobody', 'zh')).rejects.toThrow(/没有账号/)
  const before = await signIn(county.origin, 'security', 'first of security')
  const { password } = await rescue(pool(), 'security', 'zh')
  expect((await before.ask('{ me { name } }')).status).toBe(401)
  expect(await post({ login: 'security', password: 'first of security' })).toMatchObject({ status: 401 })
  expect(await post({ login: 'security', password })).toMatchObject({ status: 403, code: 'signIn.newPassword' })
  const { rows } = await pool().query(
    `select c.id, h.by, h.details from county c join change_set h on h.county_id = c.id and h.by = '服务器命令' order by h.seq desc limit 1`,
  )
  expect(rows[0].details).toMatchObject({ password: 'one-time' })
  expect(await verifyChain(pool(), rows[0].id)).toMatchObject({ ok: true })
})
