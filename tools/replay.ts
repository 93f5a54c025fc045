import { isDeepStrictEqual } from 'node:util'
import { readConfig, StartRefused } from '../server/src/config.ts'
import { openDatabase } from '../server/src/database/database.ts'
import { startEmbedded } from '../server/src/database/embedded.ts'
import { replay } from '../server/src/sheet/replay.ts'
import { verifyChain } from '../server/src/audit/verify.ts'

// `pnpm replay`: works out every stored result anew from its facts and its policy, and follows the chain of change sets.
// Says what differs, and ends with 1 if anything does. The product must not be running on the same data folder.
try {
  const { lang, databaseUrl, data } = readConfig(process.env, process.argv.slice(3))
  const embedded = databaseUrl ? undefined : await startEmbedded(data, lang)
  const database = await openDatabase(databaseUrl ?? embedded!.url, lang)
  let differences = 0
  const { rows: counties } = await database.pool.query<{ id: string; name: string }>('select id, name from county')
  for (const { id, name } of counties) {
    let sheets = 0
    for await (const { sheet, stored, found } of replay(database.pool, id)) {
      sheets++
      if (isDeepStrictEqual(stored, found)) continue
      differences++
      console.log(sheet, stored, '→', found)
    }
    const chain = await verifyChain(database.pool, id)
    if (!chain.ok) differences++
    const told = chain.ok
      ? ''
      : lang === 'zh'
        ? `，改动链在第 ${chain.firstBroken} 次断开`
        : `, the chain is broken at change set ${chain.firstBroken}`
    console.log(lang === 'zh' ? `${name}：重算 ${sheets} 张${told}` : `${name}: ${sheets} sheets recomputed${told}`)
  }
  console.log(lang === 'zh' ? `不一致 ${differences} 处` : `${differences} differences`)
  await database.close()
  await embedded?.stop()
  process.exitCode = differences === 0 ? 0 : 1
} catch (error) {
  if (!(error instanceof StartRefused)) throw error
  console.error(error.message)
  process.exitCode = 1
}
