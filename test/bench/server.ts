import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import type { TypedDocumentString } from '../../web/src/gql/documents.ts'

const root = join(import.meta.dirname, '../..')

/** The product as it ships: its own start command in a process of its own, on an embedded database in `folder`. */
export interface Product {
  origin: string
  databaseUrl: string
  /** Resident memory of the server's process, now and at its highest, in MiB; without /proc not known. */
  memory(): { now: number; peak: number } | undefined
  stop(): Promise<void>
}

export async function startProduct(folder: string, people: number, demo: 'on' | 'plain' = 'plain'): Promise<Product> {
  const child = spawn(process.execPath, ['tools/start.mjs'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PORT: '0',
      KAOHE_DATA: folder,
      KAOHE_PEOPLE: String(people),
      KAOHE_DEMO: demo,
      KAOHE_LANG: 'en',
      KAOHE_RATE: '0', // its limit is not what is measured
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const origin = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (text) => {
      said += String(text)
      const found = /running: (http\S+)/.exec(said)
      if (found) resolve(found[1]!)
    })
    child.once('exit', (code) => reject(new Error(`the product did not start (${code}): ${said}`)))
  })
  while ((await fetch(`${origin}/ready`)).status !== 200) await sleep(200) // the demo county is being prepared
  const [, , , port] = readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')
  const password = readFileSync(join(folder, 'database.password'), 'utf8')
  return {
    origin,
    databaseUrl: `postgresql://kaohe:${password}@127.0.0.1:${port}/kaohe`,
    memory: () => memoryOf(child),
    stop: () => ended(child),
  }
}

/** A folder that the database's own user can enter, too. */
export function makeFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'kaohe-bench-'))
  chmodSync(path, 0o755)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

function memoryOf({ pid }: ChildProcess): { now: number; peak: number } | undefined {
  if (process.platform !== 'linux') return undefined
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mib = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) / 1024
  return { now: mib('VmRSS'), peak: mib('VmHWM') }
}

/** What the bare server answers at a path: the object at its head, and in it the single row of the statement; without a head the row's `body` as it is. */
export interface BareAnswer {
  head?: object
  statement: { name: string; text: string; values: unknown[] }
}

/** A bare Node HTTP server in a process of its own, with nothing between the request and the statement. */
export async function startBare(databaseUrl: string, paths: Record<string, BareAnswer>) {
  const child = fork(join(import.meta.dirname, 'bare.ts'), {
    execArgv: [],
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
  })
  child.send({ databaseUrl, paths })
  const [origin] = (await once(child, 'message')) as [string]
  return { origin, stop: () => ended(child) }
}

/** The connections are set up as the product's own. */
export async function connect(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    options: '-c max_parallel_workers_per_gather=0 -c jit=off',
  })
  await client.connect()
  return client
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

export interface Answer<Body> {
  status: number
  headers: NodeJS.Dict<string | string[]>
  /** How many bytes came over the wire. */
  bytes: number
  body: Body
}

/** Posts JSON on a connection that is kept, and reads the answer's; a thinner client than `fetch`, for both sides alike. */
export function post<Body>(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> {
  const sent = Buffer.from(JSON.stringify(body))
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': sent.length, ...headers },
    })
    asked.on('error', reject)
    asked.on('response', (response) => {
      const parts: Buffer[] = []
      response.on('error', reject)
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const came = Buffer.concat(parts)
        const text = response.headers['content-encoding'] === 'gzip' ? gunzipSync(came) : came
        try {
          const { statusCode, headers } = response
          resolve({ status: statusCode!, headers, bytes: came.length, body: JSON.parse(String(text)) as Body })
        } catch {
          reject(new Error(`${response.statusCode}: ${String(text).slice(0, 200)}`))
        }
      })
    })
    asked.end(sent)
  })
}

/** Somebody signed in, asking what the page asks, in the page's own documents. */
export interface Caller {
  ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    encoding?: string,
  ): Promise<{ data: Data; bytes: number }>
}

export async function signIn(origin: string, login: string): Promise<Caller> {
  const { headers, body } = await post(`${origin}/session`, { login, password: 'kaohe-demo' })
  const cookie = headers['set-cookie']?.[0]?.split(';')[0]
  if (!cookie) throw new Error(`sign-in as ${login}: ${JSON.stringify(body)}`)
  return {
    async ask<Data>(document: TypedDocumentString<Data, unknown>, variables: unknown, encoding = 'identity') {
      const asked = { query: String(document), variables }
      const { body, bytes } = await post<{ data?: Data; errors?: unknown }>(`${origin}/graphql`, asked, {
        cookie,
        'accept-encoding': encoding,
      })
      if (!body.data || body.errors) throw new Error(JSON.stringify(body).slice(0, 500))
      return { data: body.data, bytes }
    },
  } as Caller
}
