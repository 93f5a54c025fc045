import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { chmodSync } from 'node:fs'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which each test file makes a database of its own from the template; see test/county.ts. */
    databaseServer: { url: string; template: string }
  }
}

/**
 * One PostgreSQL for the whole run: the embedded one on a folder of its own, or the server that DATABASE_URL names. On it
 * a template with the demo county, migrated and planted once.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { startEmbedded } = await import('../server/src/database/embedded.ts')
  const { openDatabase } = await import('../server/src/database/open.ts')
  const { plantDemo } = await import('../server/src/demo/plant.ts')

  const folder = mkdtempSync(join(tmpdir(), 'kaohe-test-'))
  chmodSync(folder, 0o755) // under root the database is run by an ordinary user
  const embedded = process.env.DATABASE_URL ? undefined : await startEmbedded(folder, 'en')
  const url = process.env.DATABASE_URL ?? embedded!.url
  const template = `kaohe_template_${process.pid}_${project.name}`

  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create database ${template}`)
  const database = await openDatabase(on(url, template), 'en')
  await plantDemo(database.pool, 120)
  await database.close()
  project.provide('databaseServer', { url, template })

  return async () => {
    await admin.query(`drop database if exists ${template} with (force)`)
    await admin.end()
    await embedded?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const on = (url: string, name: string): string => {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.toString()
}
