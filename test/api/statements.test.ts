import { afterAll, beforeAll, expect, it } from 'vitest'
import { statements } from '../../server/src/base/statement.ts'
import { openCounty, type County } from '../county.ts'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

it('every statement with named parameters fits the migrated tables', async () => {
  expect(statements.size).toBeGreaterThan(2)
  const client = await county.app.database.pool.connect()
  try {
    for (const [name, text] of statements) await client.query(`prepare "fits ${name}" as ${text}`)
    await expect(client.query('prepare "fits nothing" as select no_such_column from sheet')).rejects.toThrow('no_such_column')
  } finally {
    client.release(true)
  }
})
