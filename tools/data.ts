import type pg from 'pg'
import { readConfig, StartRefused } from '../server/src/base/config.ts'
import { openDatabase } from '../server/src/database/open.ts'
import { startEmbedded } from '../server/src/database/embedded.ts'
import type { Lang } from '../server/src/rules/text.ts'

/**
 * Runs a command on the data of the product, which must not be running on the same folder; ends with 1 if it finds
 * something wrong, or with a sentence where it cannot start.
 */
export async function onData(work: (pool: pg.Pool, lang: Lang) => Promise<boolean>): Promise<void> {
  try {
    const { lang, databaseUrl, data } = readConfig(process.env)
    const embedded = databaseUrl ? undefined : await startEmbedded(data, lang)
    const database = await openDatabase(databaseUrl ?? embedded!.url, lang)
    process.exitCode = (await work(database.pool, lang)) ? 0 : 1
    await database.close()
    await embedded?.stop()
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
