import 'reflect-metadata'
import { createHash } from 'node:crypto'
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy'
import { Migrator } from '@mikro-orm/migrations'
import { MikroORM, type Options } from '@mikro-orm/postgresql'
import pg from 'pg'
import { migrations } from '../../migrations/index.ts'
import { Account, RoleGrant, Session, SignInFailure } from '../access/access.entity.ts'
import { Claim } from '../claim/claim.entity.ts'
import { Attendance } from '../attendance/attendance.entity.ts'
import { CalendarYear } from '../calendar/calendar.entity.ts'
import { StartRefused } from '../config.ts'
import { Cycle } from '../cycle/cycle.entity.ts'
import { EvidenceBlob, EvidenceFile } from '../evidence/evidence.entity.ts'
import { Coordinator, County, Posting, Unit } from '../organisation/organisation.entity.ts'
import type { Lang } from '../rules/text.ts'
import { Appeal } from '../appeal/appeal.entity.ts'
import { Correction, Filing } from '../filing/filing.entity.ts'
import { Holiday, Notice } from '../notice/notice.entity.ts'
import { Note } from '../note/note.entity.ts'
import { ChangeSet, SheetChange } from '../audit/audit.entity.ts'
import { Sheet } from '../sheet/sheet.entity.ts'
import { Signature } from '../year/signature.entity.ts'
import { Ballot, Rater } from '../rating/rating.entity.ts'
import { Recusal } from '../recusal/recusal.entity.ts'
import { Ruling } from '../ruling/ruling.entity.ts'
import { AccessToken } from '../token/token.entity.ts'
import { Webhook, WebhookDelivery } from '../webhook/webhook.entity.ts'
import { SavedView } from '../view/view.entity.ts'

/**
 * The ORM, and beside it a pool for the statements that are written by hand: the ORM reads its own connections' values
 * in its own way.
 */
export interface Database {
  orm: MikroORM
  pool: pg.Pool
  close(): Promise<void>
}

export const ormOptions = (url: string): Options => ({
  clientUrl: url,
  entities: [
    County,
    Unit,
    Coordinator,
    Posting,
    Account,
    RoleGrant,
    Session,
    SignInFailure,
    Cycle,
    Sheet,
    ChangeSet,
    SheetChange,
    Note,
    SavedView,
    Signature,
    Ruling,
    Claim,
    EvidenceFile,
    EvidenceBlob,
    Notice,
    Holiday,
    CalendarYear,
    Appeal,
    Filing,
    Correction,
    Recusal,
    Rater,
    Ballot,
    Attendance,
    AccessToken,
    Webhook,
    WebhookDelivery,
  ],
  metadataProvider: ReflectMetadataProvider,
  extensions: [Migrator],
  // Keys of two columns share the county's, which the ORM's relations cannot say; the migrations write the foreign keys, and the triggers.
  schemaGenerator: { createForeignKeyConstraints: false, ignoreTriggers: true },
  migrations: { migrationsList: migrations, snapshot: false, tableName: 'migration', transactional: true, silent: true },
  pool: { min: 0, max: 8 },
})

/** Any number of products may share a database server; one of them migrates at a time. */
const MIGRATING = 5_202_611

/** Opens the database and brings it up to date. Throws StartRefused when it cannot be used. */
export async function openDatabase(url: string, lang: Lang): Promise<Database> {
  const orm = await MikroORM.init(ormOptions(url))
  const pool = new pg.Pool({
    connectionString: url,
    max: 12,
    pipeline: true, // statements asked for together travel together
    connectionTimeoutMillis: 10_000,
    // Many small callers share few cores; and columns are aggregated in the order of their rows, which a parallel plan loses.
    options: '-c max_parallel_workers_per_gather=0 -c jit=off',
  })
  pool.on('error', () => undefined) // an idle connection that was cut: the pool has already replaced it
  const close = async () => {
    await orm.close(true)
    await pool.end()
  }
  try {
    await checkServer(pool, lang)
    const client = await pool.connect()
    try {
      await client.query('select pg_advisory_lock($1)', [MIGRATING])
      await refuseNewer(client, lang)
      await orm.migrator.up()
    } finally {
      await client.query('select pg_advisory_unlock($1)', [MIGRATING]).catch(() => undefined)
      client.release()
    }
    return { orm, pool, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function checkServer(pool: pg.Pool, lang: Lang): Promise<void> {
  let version: number
  try {
    const { rows } = await pool.query(`select current_setting('server_version_num')::int as version`)
    version = rows[0].version
  } catch (error) {
    const why = (error as Error).message
    throw new StartRefused(
      lang === 'zh'
        ? `连不上数据库：${why}。请检查 DATABASE_URL。`
        : `The database cannot be reached: ${why}. Check DATABASE_URL.`,
    )
  }
  if (version < 150000)
    throw new StartRefused(
      lang === 'zh'
        ? `数据库是 PostgreSQL ${Math.floor(version / 10000)}，需要 15 或更高版本。`
        : `The database is PostgreSQL ${Math.floor(version / 10000)}; 15 or later is needed.`,
    )
}

/** Data that a newer product has already changed must not be touched by an older one. */
async function refuseNewer(client: pg.PoolClient, lang: Lang): Promise<void> {
  const { rows: found } = await client.query(`select to_regclass('migration') is not null as found`)
  if (!found[0].found) return
  const { rows } = await client.query<{ name: string }>('select name from migration')
  const known = new Set(migrations.map(({ name }) => name))
  const unknown = rows.map(({ name }) => name).filter((name) => !known.has(name))
  if (unknown.length > 0)
    throw new StartRefused(
      lang === 'zh'
        ? `数据来自更新版本的考核程序（${unknown.join('、')}）。请用那个版本启动，或用 KAOHE_DATA 另指一个文件夹。`
        : `The data are of a newer Kaohe (${unknown.join(', ')}). Start that version, or name another folder in KAOHE_DATA.`,
    )
}

/** Whether a text from outside may be compared with an id: PostgreSQL refuses the whole statement for one that is none. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/**
 * A statement that is put together from parts, under a name made of its whole text: PostgreSQL cuts names at 63 bytes, so
 * that a name made of the parts could be another statement's.
 */
export function named(text: string, values: unknown[]): { name: string; text: string; values: unknown[] } {
  const name = names.get(text) ?? createHash('sha256').update(text).digest('base64url')
  names.set(text, name)
  return { name, text, values }
}
const names = new Map<string, string>()

/** A statement whose result the work does not need: it goes to the database together with the commit. */
export type Lastly = (statement: Promise<unknown>) => void

/**
 * Runs `work` in one transaction on a connection of its own. Hot paths write their statements by hand and give them
 * names, so that each connection plans them once. Begin and commit travel with the statements beside them: the connections
 * send what is asked at once without waiting for answers, and the database still takes one after another. If a statement
 * given to `lastly` fails, the commit behind it is a rollback, and so it is told.
 */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient, lastly: Lastly) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const together: Promise<unknown>[] = []
    const lastly: Lastly = (statement) => {
      statement.catch(() => undefined) // told below, unless the work itself has failed
      together.push(statement)
    }
    lastly(client.query('begin'))
    const result = await work(client, lastly)
    const settled = await Promise.allSettled([...together, client.query('commit')])
    const failed = settled.find(({ status }) => status === 'rejected')
    if (failed) throw (failed as PromiseRejectedResult).reason
    return result
  } catch (error) {
    await client.query('rollback').catch((failed: Error) => (broken = failed))
    throw error
  } finally {
    client.release(broken)
  }
}

/** Inserts rows by whole columns; the types are the table's own. Column names are ours, never a caller's. */
export async function insertRows(client: pg.PoolClient, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  const list = Object.keys(rows[0] ?? {}).join(', ')
  for (let from = 0; from < rows.length; from += 2000)
    await client.query(`insert into ${table} (${list}) select ${list} from json_populate_recordset(null::${table}, $1)`, [
      JSON.stringify(rows.slice(from, from + 2000)),
    ])
}
