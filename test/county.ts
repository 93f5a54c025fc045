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

/** The product on a database of its own. */
export type Opened = Pick<County, 'app' | 'origin' | 'databaseUrl' | 'close'>

let made = 0

/** Makes a database and starts the product on it, on a free port; `log` gets each line it logs. */
async function open(from: string, { log, env = {} }: Opening): Promise<Opened> {
  const { url } = inject('databaseServer')
  const name = `kaohe_test_${process.pid}_${Date.now()}_${made++}`
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create database ${name} ${from}`)
  const databaseUrl = Object.assign(new URL(url), { pathname: `/${name}` }).toString()
  const level = log ? 'info' : 'fatal'
  const given = { DATABASE_URL: databaseUrl, PORT: '0', LOG_LEVEL: level, KAOHE_LANG: 'zh', KAOHE_RATE: '0' }
  const app = await startApp(readConfig({ ...given, KAOHE_KEY: 'a1'.repeat(32), ...env }), log ? { write: log } : undefined)
  return {
    app,
    origin: app.origin,
    databaseUrl,
    async close() {
      await app.stop()
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
    },
  }
}

interface Opening {
  log?: (line: string) => void
  env?: Record<string, string>
}

/** The product in real use, on a database that holds nothing. */
export const openEmpty = ({ env = {}, ...opening }: Opening = {}): Promise<Opened> =>
  open('', { ...opening, env: { KAOHE_DEMO: 'off', ...env } })

/** The product on a copy of the template with the demo county. */
export async function openCounty({ env = {}, ...opening }: Opening = {}): Promise<County> {
  const opened = await open(`template ${inject('databaseServer').template}`, {
    ...opening,
    env: { KAOHE_DEMO: 'plain', ...env },
  })
  const { app } = opened
  // From the last weeks of the last announced year on, notices end in one that is not: nothing of these tests could be filed.
  const last = Math.max(...officialYears().keys())
  if (new Date() > new Date(`${last}-12-10`))
    await app.database.pool.query(
      `insert into calendar_year (county_id, year, announcement, holidays, workdays, account_id, by, at, seq)
       select c.id, y, 'test', '{}', '{}', c.id, 'test', now(), 0 from county c, generate_series($1::int, $2::int) y`,
      [last + 1, new Date().getFullYear() + 1],
    )
  const { rows } = await app.database.pool.query<{ id: string }>('select id from cycle')
  return { ...opened, cycle: rows[0]!.id, signIn: (login) => signIn(app.origin, login) }
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
