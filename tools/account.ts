import { parseArgs } from 'node:util'
import { foundCounty, NotDone, rescue } from '../server/src/access/first-accounts.ts'
import { readConfig, StartRefused } from '../server/src/base/config.ts'
import { openDatabase } from '../server/src/database/open.ts'
import { startEmbedded } from '../server/src/database/embedded.ts'

// `pnpm account --code 320000 --county 某县`: makes the county of an empty database and its two administrators.
// `pnpm account --rescue security`: a one-time password for an account that cannot get in any other way.
// Both print passwords once. The product must not be running on the same data folder.
const usage = `pnpm account --code 六位代码 --county 县名
pnpm account --rescue 账号`
try {
  const { values } = parseArgs({
    args: process.argv.slice(3).filter((word) => word !== '--'),
    options: { code: { type: 'string' }, county: { type: 'string' }, rescue: { type: 'string' } },
  })
  const { code, county, rescue: login } = values
  if (login === undefined && (code === undefined || county === undefined)) throw new StartRefused(usage)
  const { lang, databaseUrl, data } = readConfig(process.env)
  const embedded = databaseUrl ? undefined : await startEmbedded(data, lang)
  try {
    const database = await openDatabase(databaseUrl ?? embedded!.url, lang)
    try {
      const { pool } = database
      const given =
        login === undefined ? await foundCounty(pool, { code: code!, name: county! }, lang) : [await rescue(pool, login, lang)]
      console.log(
        lang === 'zh'
          ? '一次性密码只显示这一次，首次登录须更换：'
          : 'One-time passwords, shown this once; the first sign-in replaces them:',
      )
      for (const one of given) console.log(`  ${one.login.padEnd(10)} ${one.password}`)
    } finally {
      await database.close()
    }
  } finally {
    await embedded?.stop()
  }
} catch (error) {
  const expected = error instanceof StartRefused || error instanceof NotDone
  if (!expected && !String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')) throw error
  console.error((error as Error).message)
  process.exitCode = 1
}
