import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startApp, type App } from '../../server/src/app.ts'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { readConfig } from '../../server/src/base/config.ts'
import { signIn } from '../county.ts'

// The demo county lives its year after the server has begun to answer; whatever ends that in the middle, nothing is lost.
const admin = new pg.Client({ connectionString: inject('databaseServer').url })
const made: string[] = []
beforeAll(() => admin.connect())
afterAll(async () => {
  for (const name of made) await admin.query(`drop database if exists ${name} with (force)`)
  await admin.end()
})

/** An empty database, and the product started on it as often as one likes. */
async function emptyDatabase() {
  const name = `kaohe_test_prepare_${process.pid}_${made.length}`
  made.push(name)
  await admin.query(`create database ${name}`)
  const { url } = inject('databaseServer')
  const DATABASE_URL = Object.assign(new URL(url), { pathname: `/${name}` }).toString()
  const complaints: string[] = []
  const env = { DATABASE_URL, PORT: '0', LOG_LEVEL: 'error', KAOHE_LANG: 'zh', KAOHE_KEY: 'c3'.repeat(32), KAOHE_PEOPLE: '40' }
  return {
    url: DATABASE_URL,
    complaints,
    start: (demo: 'on' | 'plain' = 'on') =>
      startApp(readConfig({ ...env, KAOHE_DEMO: demo }), { write: (line) => void complaints.push(line) }),
  }
}

/** What the year came to: every act in its order, and where everybody stands. */
async function story({ database: { pool } }: App) {
  const { rows: acts } = await pool.query<{ act: string }>(`select concat_ws(' ', kind, by) as act from change_set order by seq`)
  const { rows: sheets } = await pool.query<{ stands: string }>(
    `select concat_ws(' ', c.year, c.policy_id, s.line, s.stage, s.total, s.missing, s.beyond -> 'panel' ->> 'grade') as stands
       from sheet s join cycle c on c.county_id = s.county_id and c.id = s.cycle_id order by c.year, c.policy_id, s.line`,
  )
  return { acts: acts.map(({ act }) => act), sheets: sheets.map(({ stands }) => stands) }
}

describe('the year of the demo county', () => {
  let whole: Awaited<ReturnType<typeof story>>
  beforeAll(async () => {
    const app = await (await emptyDatabase()).start()
    await app.prepared
    whole = await story(app)
    await app.stop()
    expect(whole.acts.length).toBeGreaterThan(200)
  })

  it('that failed in the middle, again and again, goes on with the next start to the very same end', async () => {
    const { start, url, complaints } = await emptyDatabase()
    await (await start('plain')).stop()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(`create function refuse() returns trigger language plpgsql as
      $$ begin if new.seq = tg_argv[0]::int then raise 'the disk is full'; end if; return new; end $$`)
    // At the first act, between the two grades that one panel gives, among the claims, and at the last act.
    const { acts } = whole
    const second = acts.findIndex((act, place) => act.startsWith('rule ') && act === acts[place - 1])
    expect(second).toBeGreaterThan(0)
    const at = [0, second, acts.findIndex((act) => act.startsWith('decideClaim ')) + 3, acts.length - 1]
    for (const seq of at.map((place) => place + 1)) {
      await client.query(`create trigger refused before insert on change_set for each row execute function refuse(${seq})`)
      complaints.length = 0
      const app = await start()
      await app.prepared
      expect(complaints.join()).toContain('the disk is full')
      expect((await story(app)).acts).toEqual(acts.slice(0, seq - 1))
      await app.stop()
      await client.query('drop trigger refused on change_set')
    }
    complaints.length = 0
    const app = await start()
    await app.prepared
    expect(complaints).toEqual([])
    expect(await story(app)).toEqual(whole)
    const { rows } = await client.query<{ id: string }>('select id from county')
    expect(await verifyChain(app.database.pool, rows[0]!.id)).toMatchObject({ ok: true })
    await app.stop()
    await client.end()
  })

  it('that was stopped in the middle leaves what was done, and goes on with the next start', async () => {
    const { start, complaints } = await emptyDatabase()
    const first = await start()
    await expect
      .poll(async () => (await first.database.pool.query('select from change_set')).rowCount, { interval: 20, timeout: 30_000 })
      .toBeGreaterThan(30)
    await first.stop()
    const second = await start()
    expect(second.prepared).toBeDefined()
    await second.prepared
    expect(await story(second)).toEqual(whole)
    expect(complaints).toEqual([])
    await second.stop()
  })

  it('keeps people out until it is done, and the page says so', async () => {
    const { start, url } = await emptyDatabase()
    const other = new pg.Client({ connectionString: url })
    await other.connect()
    await other.query('select pg_advisory_lock(5202613)') // another server lives the county
    const app = await start()
    const knock = (path: string, body?: object) =>
      fetch(`${app.origin}${path}`, {
        headers: { 'content-type': 'application/json', 'x-lang': 'en' },
        ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      })
    expect(await (await knock('/session')).json()).toMatchObject({ signedIn: false, preparing: true })
    expect((await knock('/health')).status).toBe(200)
    expect([(await knock('/ready')).status, await (await knock('/ready')).json()]).toEqual([503, { status: 'preparing' }])
    for (const path of ['/session', '/session/confirm', '/graphql', '/graphql/stream', '/export', '/evidence', '/vote/look']) {
      const refused = await knock(path, { login: 'county', password: 'kaohe-demo', query: '{ me { name } }' })
      expect([path, refused.status, refused.headers.get('retry-after')]).toEqual([path, 503, '5'])
      expect(await refused.json()).toEqual({
        code: 'demo.preparing',
        says: 'The year of the demo county is being prepared; try again in a moment.',
      })
    }
    await other.query('select pg_advisory_unlock(5202613)')
    await other.end()
    await app.prepared
    expect(await (await knock('/session')).json()).toMatchObject({ preparing: false })
    expect((await knock('/ready')).status).toBe(200)
    await signIn(app.origin, 'county')
    await app.stop()
  })

  it('is not lived over what people have done in a county that was only planted', async () => {
    const { start } = await emptyDatabase()
    const plain = await start('plain')
    expect(plain.prepared).toBeUndefined()
    await signIn(plain.origin, 'town')
    await plain.stop()
    const app = await start()
    expect(app.prepared).toBeUndefined()
    expect((await story(app)).acts).toEqual(['signIn 许清和'])
    await app.stop()
  })
})
