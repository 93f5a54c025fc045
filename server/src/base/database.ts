import { createHash } from 'node:crypto'
import type { MikroORM } from '@mikro-orm/postgresql'
import type pg from 'pg'

/**
 * The ORM, and beside it a pool for the statements that are written by hand: the ORM reads its own connections' values
 * in its own way.
 */
export interface Database {
  orm: MikroORM
  pool: pg.Pool
  close(): Promise<void>
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

/** Changes the row with this id: columns and their values as `insertRows` takes them. */
export async function updateRow(
  client: pg.PoolClient,
  table: string,
  { county, id }: { county: string; id: string },
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const set = Object.keys(changes).map((column) => `${column} = v.${column}`)
  await client.query(
    `update ${table} t set ${set.join(', ')} from json_populate_record(null::${table}, $3) v where t.county_id = $1 and t.id = $2`,
    [county, id, JSON.stringify(changes)],
  )
}
