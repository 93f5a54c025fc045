import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { replay } from '../../server/src/scoring/replay.ts'
import { openCounty, type County } from '../county.ts'

let county: County
beforeAll(async () => void (county = await openCounty()))
afterAll(() => county?.close())

async function differing(): Promise<string[]> {
  const { pool } = county.app.database
  const { rows } = await pool.query<{ id: string }>('select id from county')
  const found: string[] = []
  for await (const { sheet, stored, found: again } of replay(pool, rows[0]!.id))
    if (!isDeepStrictEqual(stored, again)) found.push(sheet)
  return found
}

it('finds every stored result as its facts and its policy make it', async () => {
  expect(await differing()).toEqual([])
})

it('names a sheet whose total was changed behind its facts, and all of a cycle whose policy is another', async () => {
  const { pool } = county.app.database
  const { rows } = await pool.query<{ id: string }>('update sheet set total = total + 1 where line = 7 returning id')
  expect(await differing()).toEqual([rows[0]!.id])
  await pool.query(`update cycle set policy_hash = 'another'`)
  const { rows: all } = await pool.query('select id from sheet')
  expect(await differing()).toHaveLength(all.length)
})
