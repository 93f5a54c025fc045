import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { distributionOf, statementsOf } from '../../server/src/database/distribute.ts'
import { openCounty, type County } from '../county.ts'
import { newKey, readGrid, save } from './sheets.ts'
import { completeScores, moveSheets, resultsFor } from './year.ts'

let county: County
beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

it('every table of a county can be spread by county as it stands', async () => {
  const { reference, distributed, objections } = await distributionOf(county.app.database.pool)
  expect(objections).toEqual([])
  expect(reference).toEqual(['sign_in_failure'])
  expect(distributed[0]).toEqual({ table: 'county', by: 'id' })
  expect(distributed.slice(1).every(({ by }) => by === 'county_id')).toBe(true)
  // Each after those it refers to.
  const places = distributed.map(({ table }) => table)
  for (const [table, to] of [
    ['sheet', 'cycle'],
    ['cycle', 'county'],
    ['sheet_change', 'change_set'],
    ['ruling', 'sheet'],
  ])
    expect(places.indexOf(table!)).toBeGreaterThan(places.indexOf(to!))
})

it('a key that leaves its county is named', async () => {
  const { pool } = county.app.database
  await pool.query('create unique index everywhere on account (login)')
  await pool.query('create table stray (county_id uuid not null, id uuid primary key)')
  await pool.query('create unique index posting_alone on posting (id)')
  await pool.query('alter table stray add constraint astray foreign key (id) references posting (id)')
  const { objections } = await distributionOf(pool)
  expect(objections.toSorted()).toEqual([
    'account: everywhere leads with login',
    'posting: posting_alone leads with id',
    'stray: astray leads with id',
    'stray: astray leaves the county for posting',
    'stray: stray_pkey leads with id',
  ])
  await pool.query('drop table stray; drop index everywhere; drop index posting_alone')
})

it('the statements name every table once', async () => {
  const distribution = await distributionOf(county.app.database.pool)
  const statements = statementsOf(distribution).join('\n')
  for (const table of [...distribution.reference, ...distribution.distributed.map((one) => one.table)])
    expect(statements.split(`_table('${table}'`).length, table).toBe(2)
})

it('every statement of the main job that reads or writes a table of a county names the county', async () => {
  const town = await county.signIn('town')
  const bureau = await county.signIn('county')
  const said = new Set<string>()
  const query = pg.Client.prototype.query
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    const [first] = given
    said.add(typeof first === 'string' ? first : ((first as { text?: string })?.text ?? ''))
    return (query as (...all: unknown[]) => unknown).apply(this, given)
  } as never
  try {
    const { sheets } = await readGrid(town, county.cycle)
    const [first] = sheets
    await save(town, county.cycle, [[first!.id, 'absentDays', first!.cell.absentDays!, '1.5']])
    await completeScores(town, county.cycle)
    await resultsFor(bureau, county.cycle)
    const { rows } = await county.app.database.pool.query<{ id: string }>(
      `select id from unit where county_id is not null and kind = 'town' order by code limit 1`,
    )
    await moveSheets(town, { cycle: county.cycle, unit: rows[0]!.id, stage: 'scoring', key: newKey() })
    for (const question of [
      'query ($c: ID!) { villageRanking(cycle: $c) { villages { rank } } }',
      'query ($c: ID!) { quota(cycle: $c) { cap } }',
      'query ($c: ID!) { stages(cycle: $c) { id } }',
      'query ($c: ID!) { progress(cycle: $c) { town } }',
    ])
      expect((await bureau.ask(question, { c: county.cycle })).errors).toBeUndefined()
  } finally {
    pg.Client.prototype.query = query
  }
  const { distributed } = await distributionOf(county.app.database.pool)
  const tables = new RegExp(`\\b(from|join|into|update)\\s+"?(${distributed.map(({ table }) => table).join('|')})"?\\b`, 'i')
  const touching = [...said].filter((text) => tables.test(text))
  expect(touching.length).toBeGreaterThan(15)
  expect(touching.filter((text) => !/county_id|county where id|"county"|from county|update county/.test(text))).toEqual([])
})
