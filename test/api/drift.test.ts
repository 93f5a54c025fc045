import { MikroORM } from '../../server/node_modules/@mikro-orm/postgresql/index.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ormOptions } from '../../server/src/database/open.ts'
import { generated } from '../../tools/contract.ts'
import { openCounty, type County } from '../county.ts'

it('what is generated is what the code emits: the contract, the page’s typed documents, the table of clauses', async () => {
  for (const [path, text] of Object.entries(await generated()))
    expect(readFileSync(join(import.meta.dirname, '../..', path), 'utf8'), path).toBe(text)
})

describe('the migrated database', () => {
  let county: County
  let orm: MikroORM
  beforeAll(async () => {
    county = await openCounty()
    orm = await MikroORM.init(ormOptions(county.databaseUrl))
  })
  afterAll(async () => {
    await orm.close(true)
    await county.close()
  })
  const query = async <Row extends object>(sql: string) => (await county.app.database.pool.query<Row>(sql)).rows

  it('has exactly the tables of the entities', async () => {
    // Foreign keys are written by hand: the ORM would only ever take them away.
    const proposed = await orm.schema.getUpdateSchemaSQL({ wrap: false })
    const statements = proposed.split('\n').filter((line) => line !== '' && !/drop constraint "\w+_fkey\d*";$/.test(line))
    expect(statements).toEqual([])
  })

  it('is compared for real: a column that nobody declared is noticed', async () => {
    await query('alter table unit add column surplus text')
    expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toMatch(/surplus/)
    await query('alter table unit drop column surplus')
  })

  it('has the county first in every key, so that it can be spread by county', async () => {
    const keys = await query<{ table: string; kind: string; first: string }>(`
      select c.conrelid::regclass::text as table, c.contype as kind, a.attname as first
        from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
       where c.connamespace = 'public'::regnamespace and c.contype in ('p', 'u', 'f')
         and c.conrelid::regclass::text not in ('county', 'migration', 'sign_in_failure')`)
    expect(keys.length).toBeGreaterThan(30)
    expect(keys.filter(({ first }) => first !== 'county_id')).toEqual([])
  })

  it('refuses a row that refers to another county', async () => {
    await query(`insert into county (id, code, name) values ('01900000-0000-7000-8000-000000000001', '990199', '别县')`)
    await expect(
      query(`insert into posting (county_id, id, coordinator_id, village_id, full_time, starts_on)
             select '01900000-0000-7000-8000-000000000001', gen_random_uuid(), coordinator_id, village_id, true, starts_on from posting limit 1`),
    ).rejects.toThrow(/foreign key/)
  })
})
