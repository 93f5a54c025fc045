import pg from 'pg'
import { inject } from 'vitest'
import { readConfig } from '../server/src/base/config.ts'
import { officialYears } from '../server/src/core/official.ts'
import { startApp, type App } from '../server/src/app.ts'

/** The product, started on a database of its own that holds the demo county. */
export interface County {
  app: App
  origin: string
  /** The address of its database, for looking at what was really stored. */
  databaseUrl: string
  cycle: string
  signIn(login: string): Promise<Caller>
  close(): Promise<void>
}

/** Somebody signed in, asking over the wire as any program would. */
export interface Caller {
  cookie: string
  ask<Data = Record<string, any>>(query: string, variables?: Record<string, unknown>, lang?: 'zh' | 'en'): Promise<Answer<Data>>
}

export interface Answer<Data> {
  status: number
  data: Data
  errors?: { message: string; extensions: { code: string } & Record<string, unknown> }[]
}

let made = 0

/** Makes a database from the template and starts the product on it, on a free port; `log` gets each line it logs. */
export async function openCounty({
  log,
  env = {},
}: { log?: (line: string) => void; env?: Record<string, string> } = {}): Promise<County> {
  const { url, template } = inject('databaseServer')
  const name = `kaohe_test_${process.pid}_${Date.now()}_${made++}`
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create database ${name} template ${template}`)
  const databaseUrl = Object.assign(new URL(url), { pathname: `/${name}` }).toString()
  const level = log ? 'info' : 'fatal'
  const given = {
    DATABASE_URL: databaseUrl,
    PORT: '0',
    LOG_LEVEL: level,
    KAOHE_LANG: 'zh',
    KAOHE_DEMO: 'plain',
    KAOHE_KEY: 'a1'.repeat(32),
    KAOHE_RATE: '0',
  }
  const config = readConfig({ ...given, ...env })
  const app = await startApp(config, log ? { write: log } : undefined)
  // From the last weeks of the last announced year on, notices end in one that is not: nothing of these tests could be filed.
  const last = Math.max(...officialYears().keys())
  if (new Date() > new Date(`${last}-12-10`))
    await app.database.pool.query(
      `insert into calendar_year (county_id, year, announcement, holidays, workdays, account_id, by, at, seq)
       select c.id, y, 'test', '{}', '{}', c.id, 'test', now(), 0 from county c, generate_series($1::int, $2::int) y`,
      [last + 1, new Date().getFullYear() + 1],
    )
  const { rows } = await app.database.pool.query<{ id: string }>('select id from cycle')

  return {
    app,
    origin: app.origin,
    databaseUrl,
    cycle: rows[0]!.id,
    signIn: (login) => signIn(app.origin, login),
    async close() {
      await app.stop()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

export async function signIn(origin: string, login: string, password = 'kaohe-demo'): Promise<Caller> {
  const response = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) throw new Error(`sign-in as ${login}: ${response.status} ${await response.text()}`)
  return { cookie, ask: asker(origin, cookie) }
}

/** Asks without being signed in when the cookie is empty. */
export function asker(origin: string, cookie: string): Caller['ask'] {
  return async (query, variables, lang = 'zh') => {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie, 'x-lang': lang },
      body: JSON.stringify({ query, variables }),
    })
    return { status: response.status, ...((await response.json()) as object) } as never
  }
}

/** Does what the database refuses, as only its owner can: for tests of what is then noticed. */
export async function tamper({ app }: County, sql: string, values: unknown[] = []): Promise<void> {
  const client = await app.database.pool.connect()
  try {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    await client.query(sql, values)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
