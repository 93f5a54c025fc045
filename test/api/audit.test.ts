import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, tamper, type Caller, type County } from '../county.ts'
import { newKey, readGrid, save } from './sheets.ts'
import { completeScores, moveSheets, tell } from './year.ts'

let county: County
let auditor: Caller
let sheet: string
beforeAll(async () => {
  county = await openCounty()
  auditor = await county.signIn('auditor')
  const town = await county.signIn('town')
  const { sheets } = await readGrid(town, county.cycle)
  sheet = sheets[0]!.id
  await save(town, county.cycle, [
    [sheet, 'absentDays', sheets[0]!.cell.absentDays!, '2.5'],
    [sheets[1]!.id, 'absentDays', sheets[1]!.cell.absentDays!, '1.5'],
  ])
  await completeScores(town, county.cycle)
  const { rows } = await county.app.database.pool.query<{ id: string }>(
    `select id from unit where kind = 'town' order by code limit 1`,
  )
  await moveSheets(town, { cycle: county.cycle, unit: rows[0]!.id, stage: 'scoring' })
})
afterAll(() => county.close())

interface Act {
  seq: number
  kind: string
  by: string
  address: string
  policy: string | null
  details: string | null
  sheets: number
  cells: number
  hash: string
}
const ACTS = `query ($kinds: [ChangeKind!], $sheet: ID, $before: Int, $first: Int) {
  acts(kinds: $kinds, sheet: $sheet, before: $before, first: $first) { seq kind by address policy details sheets cells hash } }`
const acts = (given: object = {}, caller = auditor) => tell<Act[]>(caller, ACTS, { first: 50, ...given })

describe('what was done', () => {
  it('is listed, latest first, with who, from where, under which policy, and what it touched', async () => {
    const all = await acts()
    expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((a, b) => b - a))
    expect(all.find(({ kind }) => kind === 'sign')).toMatchObject({
      by: '许清和',
      policy: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const edit = (await acts({ kinds: ['edit'] })).at(-1)!
    expect(edit).toMatchObject({ by: '许清和', sheets: 2, cells: 2, details: null })
    expect(edit.address).toMatch(/127\.0\.0\.1|::1/)
  })

  it('is found by sheet, and page by page', async () => {
    const own = await acts({ sheet })
    expect(own.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['sign', 'edit']))
    const [newest] = await acts({ first: 1 })
    const older = await acts({ before: newest!.seq, first: 200 })
    expect(older.every(({ seq }) => seq < newest!.seq)).toBe(true)
    expect(await acts({ sheet: '01900000-0000-7000-8000-000000000000' })).toMatchObject({ code: 'sheet.unknown' })
  })

  it('of assessments is not for the security administrator, who sees what was done to accounts', async () => {
    expect((await acts({}, await county.signIn('security'))).filter(({ kind }) => kind === 'sign' || kind === 'edit')).toEqual([])
    expect(await acts({}, await county.signIn('town'))).toMatchObject({ code: 'permission' })
  })
})

describe('the chain', () => {
  const verify = (head?: string) =>
    tell<{ ok: boolean; firstBroken: number | null; acts: number }>(
      auditor,
      'query ($head: String) { verification(head: $head) { ok firstBroken acts } }',
      { head },
    )
  const head = () => tell<{ seq: number; hash: string }>(auditor, '{ chainHead { seq hash } }')

  it('is verified by the auditor, also against a head kept elsewhere', async () => {
    const kept = await head()
    expect(await verify()).toEqual({ ok: true, firstBroken: null, acts: kept.seq })
    expect(await verify(kept.hash)).toMatchObject({ ok: true })
    expect(await verify('0'.repeat(64))).toMatchObject({ ok: false })
  })

  it('cut off at its end and made to look whole is found by the head that was kept', async () => {
    const kept = await head()
    await tamper(county, 'delete from sheet_change where seq = $1', [kept.seq])
    await tamper(county, 'delete from change_set where seq = $1', [kept.seq])
    await tamper(
      county,
      'update county set chain_seq = c.seq, chain_hash = c.hash from (select seq, hash from change_set order by seq desc limit 1) c',
    )
    expect(await verify()).toMatchObject({ ok: true })
    expect(await verify(kept.hash)).toMatchObject({ ok: false, firstBroken: kept.seq })
  })
})

it('a deed whose mark cannot be made is not done', async () => {
  await tamper(county, `alter table change_set add constraint no_more check (kind <> 'edit') not valid`)
  const town = await county.signIn('town2')
  const before = await county.app.database.pool.query('select id, facts, seq from sheet order by id')
  await county.app.database.pool.query(`update sheet set state = 'open', stage = 'scoring'`)
  const { sheets } = await readGrid(town, county.cycle)
  await expect(
    save(town, county.cycle, [[sheets[0]!.id, 'absentDays', sheets[0]!.cell.absentDays!, '3.5']], { key: newKey() }),
  ).rejects.toThrow(/unexpected/)
  expect((await county.app.database.pool.query('select id, facts, seq from sheet order by id')).rows).toEqual(before.rows)
})
