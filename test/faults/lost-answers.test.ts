import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/base/config.ts'
import { inputOf, newKey, readGrid, save, SAVE, type Cell } from '../api/sheets.ts'
import { asker, openCounty, signIn, type County } from '../county.ts'
import { openProxy, type Proxy } from './proxy.ts'

let county: County
let proxy: Proxy
beforeAll(async () => {
  county = await openCounty()
  proxy = await openProxy(Number(new URL(county.origin).port))
})
afterAll(async () => {
  proxy.close()
  await county.close()
})

it('a change whose answer is lost, and which is sent again until one comes, is made exactly once', async () => {
  const town = await county.signIn('town')
  const ask = asker(`http://127.0.0.1:${proxy.port}`, town.cookie)
  const { id, cell } = (await readGrid(town, county.cycle)).sheets[0]!
  let seen = cell.absentDays || null
  let lost = 0
  const keys: string[] = []
  for (let turn = 1; turn <= 40; turn++) {
    const key = newKey()
    keys.push(key)
    const input = inputOf(county.cycle, [[id, 'absentDays', seen, String(turn)] satisfies Cell], key)
    // The first answer of three in four is lost, and of one in four the second too.
    let losses = turn % 4 === 0 ? 0 : turn % 4 === 3 ? 2 : 1
    for (;;) {
      proxy.mode = losses > 0 ? 'deaf' : 'through'
      const answer = await ask(SAVE, { input }).catch(() => undefined)
      if (answer) {
        expect(answer.data.saveCells).toMatchObject({ applied: 1, leftOut: [], changeSet: expect.any(String) })
        break
      }
      lost += 1
      losses -= 1
    }
    seen = String(turn)
  }
  expect(lost).toBe(40)
  const { rows } = await county.app.database.pool.query<{ key: string; turn: string[] }>(
    `select h.key, s.cells -> 'absentDays' as turn from change_set h join sheet_change s on s.seq = h.seq order by h.seq`,
  )
  expect(rows.map(({ key }) => key)).toEqual(keys)
  expect(rows.map(({ turn }) => turn[1])).toEqual(keys.map((_, at) => String(at + 1)))
})

it('a database that is away for a while is looked for patiently, and everything works when it is back', async () => {
  const url = new URL(county.databaseUrl)
  const way = await openProxy(Number(url.port))
  url.port = String(way.port)
  url.hostname = '127.0.0.1'
  const app = await startApp(
    readConfig({ DATABASE_URL: url.toString(), PORT: '0', LOG_LEVEL: 'silent', KAOHE_LANG: 'zh', KAOHE_DEMO: 'plain' }),
  )
  const ready = async () => (await fetch(`${app.origin}/ready`)).status
  expect(await ready()).toBe(200)

  way.mode = 'shut'
  const before = way.connections
  await new Promise((resolve) => setTimeout(resolve, 4500))
  const attempts = way.connections - before
  expect(attempts).toBeGreaterThan(0)
  expect(attempts).toBeLessThan(8) // about one a second, not twice as many each second
  expect(await ready()).toBe(503)

  way.mode = 'through'
  await expect.poll(ready, { timeout: 20_000 }).toBe(200)
  const town = await signIn(app.origin, 'town')
  const { id, cell } = (await readGrid(town, county.cycle)).sheets[0]!
  expect(await save(town, county.cycle, [[id, 'absentDays', cell.absentDays || null, '0.5']])).toMatchObject({ applied: 1 })
  await app.stop()
  way.close()
})
