import 'reflect-metadata'
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy'
import { Migrator } from '@mikro-orm/migrations'
import { MikroORM, type Options } from '@mikro-orm/postgresql'
import pg from 'pg'
import { migrations } from '../../migrations/index.ts'
import { Account, RoleGrant, Session, SignInFailure } from '../access/access.entity.ts'
import { Claim } from '../claim/claim.entity.ts'
import { Attendance } from '../attendance/attendance.entity.ts'
import { CalendarYear } from '../core/calendar.entity.ts'
import type { Database } from '../base/database.ts'
import { StartRefused } from '../base/config.ts'
import { Cycle } from '../core/cycle.entity.ts'
import { EvidenceBlob, EvidenceFile } from '../claim/evidence.entity.ts'
import { Coordinator, County, Posting, Unit } from '../core/organisation.entity.ts'
import type { Lang } from '../rules/text.ts'
import { Appeal } from '../publishing/appeal.entity.ts'
import { Correction, Filing } from '../filing/filing.entity.ts'
import { Holiday, Notice } from '../publishing/notice.entity.ts'
import { Note } from '../scoring/note.entity.ts'
import { ChangeSet, SheetChange } from '../ledger/audit.entity.ts'
import { Sheet } from '../core/sheet.entity.ts'
import { Signature } from '../year/signature.entity.ts'
import { RosterImport } from '../people/roster-import.entity.ts'
import { Ballot, Rater } from '../rating/rating.entity.ts'
import { Recusal } from '../access/recusal.entity.ts'
import { Ruling } from '../core/ruling.entity.ts'
import { AccessToken } from '../access/token.entity.ts'
import { Webhook, WebhookDelivery } from '../webhook/webhook.entity.ts'
import { SavedView } from '../scoring/view.entity.ts'

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
    RosterImport,
  ],
  metadataProvider: ReflectMetadataProvider,
  extensions: [Migrator],
  // Composite keys share the county's column, which the ORM's relations cannot express; the migrations write foreign keys and triggers.
  schemaGenerator: { createForeignKeyConstraints: false, ignoreTriggers: true },
  migrations: { migrationsList: migrations, snapshot: false, tableName: 'migration', transactional: true, silent: true },
  pool: { min: 0, max: 8 },
})

/** The lock under which migrations run: several servers may start on one database at once. */
const MIGRATING = 5_202_611

/** Opens the database and brings it up to date. Throws StartRefused when it cannot be used. */
export async function openDatabase(url: string, lang: Lang): Promise<Database> {
  const orm = await MikroORM.init(ormOptions(url))
  const pool = new pg.Pool({
    connectionString: url,
    max: 12,
    pipeline: true, // statements asked for together travel together
    connectionTimeoutMillis: 10_000,
    // No parallel plans: many small callers share few cores, and columns are aggregated in the order of their rows, which a parallel plan does not keep.
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
