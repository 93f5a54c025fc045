import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../server/src/database/open.ts'
import { startEmbedded } from '../server/src/database/embedded.ts'

// Prints what the entities have and the migrations do not: the draft of the next migration. Nothing when they agree.
const folder = mkdtempSync(join(tmpdir(), 'kaohe-migration-'))
chmodSync(folder, 0o755)
const embedded = await startEmbedded(folder, 'en')
try {
  const database = await openDatabase(embedded.url, 'en')
  // Foreign keys are written by hand in the migrations; the ORM does not know of them and would drop them.
  const lines = (await database.orm.schema.getUpdateSchemaSQL())
    .split('\n')
    .filter((line) => !/drop constraint ".*_fkey"/.test(line))
  console.log(lines.join('\n').trim())
  await database.close()
} finally {
  await embedded.stop()
  rmSync(folder, { recursive: true })
}
