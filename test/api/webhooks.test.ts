import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp, type App } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/base/config.ts'
import { isInside, pauseAfter } from '../../server/src/webhook/worker.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { unitsWhere } from './sheets.ts'
import { completeScores, moveSheets, tell } from './year.ts'

let county: County
let second: App
let bureau: Caller
let receiver: Server
let url: string
let answers: number[] = []
/** Until when the receiver keeps its answers. */
let held: Promise<void> | undefined
let heard: { body: any; text: string; headers: IncomingHttpHeaders; path: string }[] = []
const env = { KAOHE_DEMO: 'plain', KAOHE_WEBHOOK_LOCAL: 'on', KAOHE_WEBHOOK_SECONDS: '1', KAOHE_KEY: 'a1'.repeat(32) }

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let text = ''
    request.on('data', (part) => (text += String(part)))
    request.on('end', async () => {
      heard.push({ body: JSON.parse(text), text, headers: request.headers, path: request.url! })
      await held
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
    const mac = createHmac('sha256', secret).update(`${at}.${text}`).digest('hex')
    expect(headers['x-kaohe-signature']).toBe(`t=${at},v1=${mac}`)
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
    // From this very act on, and as if it had never been tried.
    expect(await replay(id, rows[0]!.seq)).toBe(1)
    await expect.poll(() => heard.length, soon).toBe(3)
    await expect.poll(async () => (await deliveries(id))[0], soon).toMatchObject({ attempt: 1, status: 'delivered', code: 204 })
    await replay(id, 1)
    await expect.poll(() => heard.length, soon).toBe(4)
    expect(new Set(heard.map(({ body }) => body.seq))).toEqual(new Set([rows[0]!.seq]))
  })

  it('is told again what was on its way when that was asked for, whatever becomes of the first', async () => {
    const { id } = await create('/h', ['moved'])
    let letGo = () => {}
    held = new Promise((resolve) => (letGo = resolve))
    const { rows } = await pool().query<{ seq: number }>(`select max(seq) as seq from change_set where kind = 'sign'`)
    await replay(id, rows[0]!.seq)
    await expect.poll(() => heard.length, soon).toBe(1)
    await replay(id, rows[0]!.seq)
    held = undefined
    letGo()
    await expect.poll(() => heard.length, soon).toBe(2)
    await expect.poll(async () => (await deliveries(id))[0], soon).toMatchObject({ attempt: 1, status: 'delivered' })
  })

  it('that another server has in hand is left to it, and nothing else waits for that', async () => {
    const [mine, others] = [await create('/mine', ['moved']), await create('/others', ['moved'])]
    const { rows } = await pool().query<{ seq: number }>(`select max(seq) as seq from change_set where kind = 'sign'`)
    const insert = (id: string, age: number) =>
      pool().query(
        `insert into webhook_delivery (county_id, webhook_id, seq, event, status, next_at, since)
         select county_id, id, $2, 'moved', 'waiting', now() - make_interval(secs => $3), now() from webhook where id = $1`,
        [id, rows[0]!.seq, age],
      )
    const other = await pool().connect()
    await other.query('begin')
    try {
      await pool().query('update webhook set active = false')
      await insert(others.id, 9)
      await other.query('select from webhook_delivery where webhook_id = $1 for update', [others.id])
      await insert(mine.id, 1)
      await pool().query('update webhook set active = true where id = any($1)', [[mine.id, others.id]])
      await expect.poll(() => heard.map(({ path }) => path), soon).toEqual(['/mine'])
    } finally {
      await other.query('rollback')
      other.release()
    }
    await expect.poll(() => heard.map(({ path }) => path), soon).toEqual(['/mine', '/others'])
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

  it('is listed with its last deliveries, latest first; removed, nothing of it is left but the chain', async () => {
    const { id } = await create('/r', ['moved'])
    answers = [500]
    const [last] = (
      await pool().query<{ seq: number }>(`select seq from change_set where kind = 'sign' order by seq desc limit 1`)
    ).rows
    await replay(id, last!.seq)
    await expect.poll(async () => (await deliveries(id))[0]?.status, soon).toBe('waiting')
    await pool().query(
      `insert into webhook_delivery (county_id, webhook_id, seq, event, attempt, status, since)
       select county_id, webhook_id, g, 'moved', 1, case g when 5000 then 'given up' else 'delivered' end, since
         from webhook_delivery, generate_series(5000, 5010) g where webhook_id = $1`,
      [id],
    )
    const LIST = '{ webhooks { id active waiting givenUp deliveries { seq event state attempt code since } } }'
    const own = async () => (await tell<{ id: string; deliveries: object[] }[]>(bureau, LIST)).find((one) => one.id === id)
    expect((await own())!.deliveries).toHaveLength(10)
    await pool().query('delete from webhook_delivery where webhook_id = $1 and seq > 5000', [id])
    expect(await own()).toEqual({
      id,
      active: true,
      waiting: 1,
      givenUp: 1,
      deliveries: [
        { seq: 5000, event: 'moved', state: 'givenUp', attempt: 1, code: null, since: expect.any(String) },
        { seq: last!.seq, event: 'moved', state: 'waiting', attempt: 1, code: 500, since: expect.any(String) },
      ],
    })
    const remove = (one: string, key: string) =>
      tell<boolean>(bureau, 'mutation ($id: ID!, $k: String!) { removeWebhook(id: $id, key: $k) }', { id: one, k: key })
    const key = randomUUID()
    expect(await remove(id, key)).toBe(true)
    expect(await remove(id, key)).toBe(true)
    expect(await remove(id, randomUUID())).toMatchObject({ code: 'webhook.unknown' })
    expect(await own()).toBeUndefined()
    expect(await deliveries(id)).toEqual([])
    const { rows } = await pool().query(`select details from change_set where kind = 'webhook' order by seq desc limit 1`)
    expect(rows[0].details).toEqual({ webhook: id, url: `${url}/r`, removed: true })
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
