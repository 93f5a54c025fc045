import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type App } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/config.ts'
import { isInside, pauseAfter, signatureOf } from '../../server/src/webhook/worker.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { unitsWhere } from './sheets.ts'
import { completeScores, moveSheets, tell } from './year.ts'

let county: County
let second: App
let bureau: Caller
let receiver: Server
let url: string
let answers: number[] = []
let heard: { body: any; text: string; headers: IncomingHttpHeaders; path: string }[] = []
const env = { KAOHE_DEMO: 'plain', KAOHE_WEBHOOK_LOCAL: 'on', KAOHE_WEBHOOK_SECONDS: '1', KAOHE_KEY: 'a1'.repeat(32) }

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let text = ''
    request.on('data', (part) => (text += String(part)))
    request.on('end', () => {
      heard.push({ body: JSON.parse(text), text, headers: request.headers, path: request.url! })
      response.writeHead(answers.shift() ?? 204).end()
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => receiver.once('listening', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  county = await openCounty({ env })
  second = await startApp(
    readConfig({ DATABASE_URL: county.databaseUrl, PORT: '0', LOG_LEVEL: 'fatal', KAOHE_LANG: 'zh', ...env }),
  )
  bureau = await county.signIn('county')
})
afterAll(async () => {
  await second?.stop()
  await county?.close()
  receiver?.close()
})
beforeEach(async () => {
  await pool().query('update webhook set active = false')
  ;[heard, answers] = [[], []]
})

const pool = () => county.app.database.pool
const create = (path: string, events: string[], { by = bureau, key = randomUUID(), to = `${url}${path}` } = {}) =>
  tell<{ id: string; secret: string }>(
    by,
    'mutation ($i: WebhookInput!, $k: String!) { createWebhook(input: $i, key: $k) { id secret } }',
    { i: { url: to, events }, k: key },
  )
const replay = (id: string, from: number) =>
  tell<number>(bureau, 'mutation ($id: ID!, $f: Int!, $k: String!) { replayWebhook(id: $id, from: $f, key: $k) }', {
    id,
    f: from,
    k: randomUUID(),
  })
const deliveries = async (id: string) =>
  (
    await pool().query<{ seq: number; attempt: number; status: string; code: number | null }>(
      'select seq, attempt, status, response_code as code from webhook_delivery where webhook_id = $1 order by seq',
      [id],
    )
  ).rows
const soon = { timeout: 15_000 }
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Passes the sheets of a town on, and says how many. */
async function move(): Promise<number> {
  const [own] = await unitsWhere(county, `kind = 'town'`)
  const town = await county.signIn('town')
  await completeScores(town, county.cycle, own!.id)
  const told = await moveSheets(town, { cycle: county.cycle, unit: own!.id, stage: 'scoring' })
  if (told.code) throw new Error(`${told.code} ${told.says}`)
  return told.moved
}

describe('a webhook', () => {
  it('is told once what was done, signed, by two servers on one database', async () => {
    const { id, secret } = await create('/a', ['moved', 'filed'])
    const count = await move()
    expect(count).toBeGreaterThan(0)
    await expect.poll(() => heard.length, soon).toBe(1)
    await later(3000)
    expect(heard).toHaveLength(1)
    const { body, text, headers } = heard[0]!
    const { rows } = await pool().query(`select seq, county_id from change_set where kind = 'sign' order by seq desc limit 1`)
    expect(body).toMatchObject({ county: rows[0].county_id, seq: rows[0].seq, event: 'moved', kind: 'sign', cycle: county.cycle })
    expect(body.ids).toHaveLength(count)
    expect(text).not.toMatch(/[\u4e00-\u9fff]/)
    const at = Number(/^t=(\d+),v1=/.exec(String(headers['x-kaohe-signature']))![1])
    expect(Math.abs(Date.now() / 1000 - at)).toBeLessThan(30)
    expect(headers['x-kaohe-signature']).toBe(signatureOf(secret, at, text))
    expect(await deliveries(id)).toEqual([{ seq: rows[0].seq, attempt: 1, status: 'delivered', code: 204 }])
  })

  it('is told everything again from an act on, and of an earlier time too; and tried again after a failure', async () => {
    const { id } = await create('/b', ['moved'])
    const { rows } = await pool().query<{ seq: number }>(
      `select seq from change_set where kind = 'sign' order by seq desc limit 1`,
    )
    await later(1500)
    expect(heard).toHaveLength(0)
    answers = [500]
    await replay(id, rows[0]!.seq)
    await expect.poll(() => heard.length, soon).toBe(1)
    await expect.poll(async () => (await deliveries(id))[0], soon).toMatchObject({ attempt: 1, status: 'waiting', code: 500 })
    await expect.poll(() => heard.length, soon).toBe(2)
    await expect.poll(async () => (await deliveries(id))[0], soon).toMatchObject({ attempt: 2, status: 'delivered', code: 204 })
    await replay(id, 1)
    await expect.poll(() => heard.length, soon).toBe(3)
    expect(new Set(heard.map(({ body }) => body.seq))).toEqual(new Set([rows[0]!.seq]))
  })

  it('is given up after a day', async () => {
    const { id } = await create('/c', ['moved'])
    answers = [500]
    await replay(id, 1)
    await pool().query(`update webhook_delivery set since = now() - interval '25 hours' where webhook_id = $1`, [id])
    await expect
      .poll(async () => {
        await pool().query(`update webhook_delivery set since = now() - interval '25 hours' where webhook_id = $1`, [id])
        answers = [500]
        await pool().query(`update webhook_delivery set next_at = now() where webhook_id = $1 and status = 'waiting'`, [id])
        return (await deliveries(id))[0]?.status
      }, soon)
      .toBe('given up')
  })

  it('is answered the same to the same call, and its secret is nowhere in the open', async () => {
    const key = randomUUID()
    const first = await create('/d', ['decided'], { key })
    expect(await create('/d', ['decided'], { key })).toEqual(first)
    const { rows } = await pool().query(`select w.*, c.* from webhook w, change_set c where c.kind = 'webhook'`)
    expect(JSON.stringify(rows)).not.toContain(first.secret)
  })

  it.each([
    ['ftp://x.example/', 'webhook.url'],
    ['http://name:word@x.example/', 'webhook.url'],
    ['nonsense', 'webhook.url'],
  ])('at %s is refused', async (to, code) => expect((await create('', ['moved'], { to })).code).toBe(code))

  it('is the county bureau’s, who has just given the password', async () => {
    expect((await create('/e', [], {})).code).toBe('webhook.noEvent')
    expect((await create('/e', ['moved'], { by: await county.signIn('town') })).code).toBe('permission')
    expect(await replay('x', 1)).toMatchObject({ code: 'webhook.unknown' })
    await pool().query(`update session set confirmed_at = now() - interval '11 minutes'`)
    expect((await create('/e', ['moved'])).code).toBe('confirm.needed')
    await pool().query('update session set confirmed_at = now()')
  })
})

it('this machine and its link are inside, everything else is not', () => {
  for (const address of ['127.0.0.1', '127.8.8.8', '0.0.0.0', '169.254.169.254', '::1', '::', 'fe80::1', '::ffff:127.0.0.1'])
    expect([address, isInside(address)]).toEqual([address, true])
  for (const address of ['10.0.0.1', '192.168.1.4', '203.0.113.9', '2001:db8::1'])
    expect([address, isInside(address)]).toEqual([address, false])
})

it('pauses grow from seconds to an hour', () => expect([1, 2, 3, 4, 20].map(pauseAfter)).toEqual([5, 10, 20, 40, 3600]))
