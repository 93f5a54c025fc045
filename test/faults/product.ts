import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'

/** The product as a process of its own. */
export interface Product {
  pid: number
  /** Where it serves, once it has said so; throws what it said instead when it ended without. */
  ready: Promise<string>
  /** All it has written so far. */
  out(): string
  err(): string
  signal(name: NodeJS.Signals): void
  ended: Promise<number | null>
}

const main = join(import.meta.dirname, '../../server/dist/main.js')

/** Starts the product as it was built for this run. */
export function startProduct(env: Record<string, string>, args: string[] = []): Product {
  const kept = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(KAOHE_|DATABASE_URL|PORT|HOST|LOG_LEVEL)/.test(name)),
  )
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...kept, KAOHE_LANG: 'en', PORT: '0', KAOHE_PEOPLE: '60', KAOHE_DEMO: 'plain', KAOHE_RATE: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (data) => {
      out += String(data)
      const origin = /http:\/\/[\d.]+:\d+/.exec(out)?.[0]
      if (origin && out.includes('Ctrl+C')) resolve(origin)
    })
    child.stderr.on('data', (data) => (err += String(data)))
    void ended.then((code) => reject(new Error(`ended with ${code}: ${err}`)))
  })
  ready.catch(() => undefined)
  return { pid: child.pid!, ready, out: () => out, err: () => err, signal: (name) => void child.kill(name), ended }
}

/** A folder for data that the database's user may enter, gone when `remove` is called. */
export function dataFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'kaohe-fault-'))
  chmodSync(folder, 0o755)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The process that the data folder names as its database, or nothing. */
export function databaseOf(folder: string): number | undefined {
  const file = join(folder, 'postgres/postmaster.pid')
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0 // the file is made before it is filled
  return pid > 0 ? pid : undefined
}

export function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Closes a pool and waits for its connections: `end` does not, and one that is cut off later is an error outside any test. */
export async function endPool(pool: pg.Pool): Promise<void> {
  let open = pool.totalCount
  const closed = new Promise<void>((resolve) => void pool.on('remove', () => --open === 0 && resolve()))
  if (open > 0) await Promise.all([pool.end(), closed])
}
