import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { told } from './analysis.ts'

// Reading personal data in full leaves a mark: the birth dates of coordinators are all that is kept beyond their names.
let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
let last = 0

beforeAll(async () => {
  county = await openCounty()
  for (const login of ['county', 'auditor', 'analyst', 'town']) await as(login)
})
afterAll(() => county.close())
beforeEach(async () => {
  const { rows } = await county.app.database.pool.query<{ seq: number }>('select chain_seq as seq from county')
  last = rows[0]!.seq
})

interface Act {
  seq: number
  by: string
  address: string
  details: string
}
/** The marks left since the test began, as the auditor reads them. */
async function marks() {
  const { acts } = await told<{ acts: Act[] }>(await as('auditor'), '{ acts(kinds: [reveal]) { seq by address details } }')
  return acts.filter(({ seq }) => seq > last).map(({ by, address, details }) => ({ by, address, details: JSON.parse(details) }))
}
const mark = (by: string, through: string[], people: number) => ({
  by,
  address: '127.0.0.1',
  details: { columns: ['bornOn'], through, people },
})

it('asking for birth dates leaves one mark: who, through what, of how many', async () => {
  const { people } = await told<{ people: { nodes: { bornOn: string }[] } }>(
    await as('county'),
    '{ people(first: 7) { nodes { name bornOn } edges { node { birthday: bornOn } } } }',
  )
  expect(people.nodes.map(({ bornOn }) => bornOn)).toEqual(Array(7).fill(expect.stringMatching(/^\d{4}-\d\d-\d\d$/)))
  expect(await marks()).toEqual([mark('沈知远', ['people'], 7)])
})

it('and so does reading them beside something else, each person counted once', async () => {
  const { sheets } = await told<{ sheets: { nodes: { person: { id: string } }[] } }>(
    await as('town'),
    '{ me: cycles { cycle { id } } sheets(first: 12) { nodes { id person { id ...who } } } } fragment who on PersonRecord { bornOn }',
  )
  const people = new Set(sheets.nodes.map(({ person }) => person.id)).size
  expect(people).toBeGreaterThan(5)
  expect(await marks()).toEqual([mark('许清和', ['cycles', 'sheets'], people)])
})

it('asking without them leaves none, nor does a page without anybody on it', async () => {
  await told(
    await as('county'),
    '{ people(first: 7) { nodes { id name gender } } sheets(first: 3) { nodes { person { name } } } }',
  )
  await told(await as('county'), '{ people(filter: { name: { eq: "无此人" } }) { nodes { bornOn } } }')
  await told(await as('county'), 'query ($no: Boolean = false) { people(first: 3) { nodes { id bornOn @include(if: $no) } } }')
  expect(await marks()).toEqual([])
})

it('filtering or ordering by them without asking for them leaves one too: who is found tells', async () => {
  const asked = (through: string[]) => ({
    ...mark('沈知远', through, 0),
    details: { columns: [], askedBy: ['bornOn'], through, people: 0 },
  })
  const born = '{ bornOn: { lt: "1975-01-01" } }'
  const by = await as('county')
  await told(by, `{ people(first: 3, filter: { or: [{ name: { eq: "无此人" } }, { not: ${born} }] }) { nodes { name } } }`)
  await told(by, '{ people(first: 3, orderBy: [{ field: bornOn }]) { nodes { name } } }')
  await told(by, `{ sheets(filter: { person: ${born} }) { totalCount } }`)
  const { cycles } = await told<{ cycles: { cycle: { id: string } }[] }>(by, '{ cycles { cycle { id } } }')
  const measured = `statistics(cycles: ["${cycles[0]!.cycle.id}"], measures: [{ of: total, as: count }], filter: { person: ${born} }) { people }`
  await told(by, `{ ${measured} }`)
  expect(await marks()).toEqual([asked(['statistics']), asked(['sheets']), asked(['people']), asked(['people'])])
})

it('and says both where they are asked for as well', async () => {
  await told(await as('county'), '{ people(first: 4, orderBy: [{ field: bornOn, direction: desc }]) { nodes { bornOn } } }')
  const both = mark('沈知远', ['people'], 4)
  expect(await marks()).toEqual([{ ...both, details: { ...both.details, askedBy: ['bornOn'] } }])
})

it('an analyst, from whom they are hidden, leaves none', async () => {
  const { people } = await told<{ people: { nodes: { bornOn: null }[] } }>(
    await as('analyst'),
    '{ people(first: 3) { nodes { bornOn } } }',
  )
  expect(people.nodes).toEqual([{ bornOn: null }, { bornOn: null }, { bornOn: null }])
  expect(await marks()).toEqual([])
})

it('an export has a mark of its own, which names the column', async () => {
  const { cookie } = await as('county')
  const response = await fetch(`${county.origin}/export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify({ query: '{ people(first: 100) { edges { node { name bornOn } } } }', format: 'csv' }),
  })
  expect((await response.text()).split('\n').length).toBeGreaterThan(100)
  expect(await marks()).toEqual([])
  const { acts } = await told<{ acts: Act[] }>(await as('auditor'), '{ acts(kinds: [export], first: 1) { seq details } }')
  expect(acts[0]!.seq).toBeGreaterThan(last)
  expect(acts[0]!.details).toContain('bornOn')
})

it('no birth date leaves without its mark: what cannot be recorded is not answered', async () => {
  const { pool } = county.app.database
  await pool.query(`create function refuse() returns trigger language plpgsql as $$ begin raise 'the disk is full'; end $$`)
  await pool.query(
    `create trigger refused before insert on change_set for each row when (new.kind = 'reveal') execute function refuse()`,
  )
  const response = await fetch(`${county.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'cookie': (await as('county')).cookie },
    body: JSON.stringify({ query: '{ people(first: 2) { nodes { bornOn } } }' }),
  })
  expect(response.status).toBe(500)
  expect(await response.text()).not.toMatch(/\d{4}-\d\d-\d\d/)
  await pool.query('drop trigger refused on change_set')
})
