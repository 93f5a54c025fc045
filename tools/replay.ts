import { isDeepStrictEqual } from 'node:util'
import { replay } from '../server/src/scoring/replay.ts'
import { verifyFilings } from '../server/src/filing/filings.ts'
import { onData } from './data.ts'

// `pnpm replay`: works out every stored and every filed result anew from its facts and its policy, and says what differs.
await onData(async (pool, lang) => {
  let differences = 0
  const { rows: counties } = await pool.query<{ id: string; name: string }>('select id, name from county')
  for (const { id, name } of counties) {
    let sheets = 0
    for await (const { sheet, stored, found } of replay(pool, id)) {
      sheets++
      if (isDeepStrictEqual(stored, found)) continue
      differences++
      console.log(sheet, stored, '→', found)
    }
    for await (const { filing, sheet, why } of verifyFilings(pool, id)) {
      differences++
      const says =
        lang === 'zh' ? `备案 ${filing}：考核表 ${sheet} 重算不符` : `filing ${filing}: sheet ${sheet} does not come out again`
      console.log(says, why)
    }
    console.log(lang === 'zh' ? `${name}：重算 ${sheets} 张` : `${name}: ${sheets} sheets recomputed`)
  }
  console.log(lang === 'zh' ? `不一致 ${differences} 处` : `${differences} differences`)
  return differences === 0
})
