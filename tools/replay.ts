import { isDeepStrictEqual } from 'node:util'
import { replay } from '../server/src/sheet/replay.ts'
import { onData } from './data.ts'

// `pnpm replay`: works out every stored result anew from its facts and its policy, and says what differs.
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
    console.log(lang === 'zh' ? `${name}：重算 ${sheets} 张` : `${name}: ${sheets} sheets recomputed`)
  }
  console.log(lang === 'zh' ? `不一致 ${differences} 处` : `${differences} differences`)
  return differences === 0
})
