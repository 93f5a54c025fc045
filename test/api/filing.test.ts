import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { verifyFilings, type Differs } from '../../server/src/filing/filings.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey, readGrid, save, undo } from './sheets.ts'
import {
  bringToNotice,
  decideGrades,
  explainFail,
  file,
  moveSheets,
  publishNotice,
  resultsFor,
  ruleSeats,
  tell,
  type Result,
} from './year.ts'

let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
let town: string
let countyId: string
let before: Result[]
let edit: string

beforeAll(async () => {
  county = await openCounty()
  const units = await query<{ id: string; kind: string }>(`select id, kind from unit where kind <> 'village' order by kind, code`)
  countyId = units[0]!.id
  town = units[1]!.id
  await bringToNotice(as, county.cycle, town)
  edit = (await query<{ id: string }>(`select id from change_set where kind = 'edit' order by seq limit 1`))[0]!.id
  before = await resultsFor(await as('town'), county.cycle)
})
afterAll(() => county.close())

interface Filing {
  id: string
  unit: string
  people: { sheet: string; name: string; grade: string | null; rank: string | null; total: string }[]
  hash: string
  chain: string
  corrects: string | null
  corrected: string | null
}
const filings = async (login: string) =>
  tell<Filing[]>(
    await as(login),
    'query ($c: ID!) { filings(cycle: $c) { id unit people { sheet name grade rank total } hash chain corrects corrected } }',
    { c: county.cycle },
  )
const correct = async (login: string, sheet: string, field: string, value: string | null, more: object = {}, key = newKey()) =>
  tell<string>(await as(login), 'mutation ($input: CorrectionInput!, $key: String!) { correct(input: $input, key: $key) }', {
    input: { sheet, field, value, reason: '核查发现台账登记属实', document: '澄人社〔2027〕3号', ...more },
    key,
  })
const sign = async (login: string, id: string, agrees = true, reason = '同意更正', key = newKey()) =>
  tell<string | null>(
    await as(login),
    'mutation ($id: ID!, $agrees: Boolean!, $reason: String!, $key: String!) { signCorrection(id: $id, agrees: $agrees, reason: $reason, key: $key) }',
    { id, agrees, reason, key },
  )
const corrections = async (login: string) =>
  tell<
    {
      id: string
      state: string
      before: string
      after: string
      filing: string
      became: string | null
      may: boolean
      title: string
    }[]
  >(await as(login), 'query ($c: ID!) { corrections(cycle: $c) { id state before after filing became may title } }', {
    c: county.cycle,
  })
const differing = async (): Promise<Differs[]> => {
  const found: Differs[] = []
  for await (const one of verifyFilings(county.app.database.pool, countyId)) found.push(one)
  return found
}
const stored = () => query('select * from filing order by seq')

describe('filing', () => {
  it('keeps what every result came to, with the end of the chain and the rules it was worked out by', async () => {
    expect(await correct('county', before[0]!.sheet, 'i04', '1')).toMatchObject({ code: 'filing.none' })
    expect(await file(county, as, town)).toMatchObject({ stage: 'filed' })
    const [filing, ...more] = await filings('county')
    expect(more).toEqual([])
    const [mark] = await query<{ seq: number; hash: string; policy: string; details: { hash: string } }>(
      `select seq, hash, policy, details from change_set where kind = 'sign' order by seq desc limit 1`,
    )
    const [previous] = await query<{ hash: string }>('select hash from change_set where seq = $1', [mark!.seq - 1])
    expect(filing).toMatchObject({
      unit: town,
      hash: mark!.details.hash,
      chain: `${mark!.seq - 1} ${previous!.hash}`,
      corrects: null,
      corrected: null,
    })
    const kept = new Map(filing!.people.map((person) => [person.sheet, person]))
    for (const { sheet, total, rank } of before)
      expect(kept.get(sheet)).toMatchObject({ total, rank: rank === null ? null : String(rank) })
    const [row] = await stored()
    expect(row).toMatchObject({ policy_hash: mark!.policy, policy_id: 'xinyi-1' })
    expect(await differing()).toEqual([])
  })

  it('is read by those who see the sheets, with masked names by analysts', async () => {
    expect((await filings('town')).length).toBe(1)
    expect((await filings('analyst'))[0]!.people.every(({ name }) => name.endsWith('＊＊'))).toBe(true)
    expect(await filings('coordinator')).toMatchObject({ code: 'permission' })
    await query(
      `update role_grant set unit_id = (select id from unit where kind = 'town' order by code offset 4 limit 1)
        where account_id = (select id from account where login = 'town2')`,
    )
    expect(await filings('town2')).toEqual([])
  })

  it('freezes the sheets for every way of writing there is', async () => {
    const rows = () => query('select id, facts, beyond, total, stage, state from sheet where town_id = $1 order by id', [town])
    const frozen = await rows()
    const town1 = await as('town')
    const { sheets } = await readGrid(town1, county.cycle, { view: 'points' })
    const { id, cell } = sheets[0]!
    expect((await save(town1, county.cycle, [[id, 'i04', cell.i04!, '0']])).leftOut).toMatchObject([{ code: 'sheet.notOpen' }])
    const undone = await undo(town1, edit)
    expect(undone.applied).toBe(0)
    expect(new Set(undone.leftOut.map(({ code }) => code))).toEqual(new Set(['sheet.notOpen']))
    const panel = await as('panel')
    expect(await decideGrades(panel, { cycle: county.cycle, sheets: [id], grade: 'fail' })).toMatchObject({
      code: 'ruling.notYours',
    })
    expect(await ruleSeats(panel, { cycle: county.cycle, sheets: [id] })).toMatchObject({ code: 'ruling.notYours' })
    expect(await explainFail(town1, id)).toMatchObject({ code: 'ruling.filed' })
    const bureau = await as('county')
    for (const backTo of ['notice', 'panel', 'scoring'])
      expect(await moveSheets(bureau, { cycle: county.cycle, unit: town, stage: 'filed', backTo, reason: '重来' })).toMatchObject(
        {
          code: 'stage.unknown',
        },
      )
    expect(await moveSheets(bureau, { cycle: county.cycle, unit: town, stage: 'filed' })).toMatchObject({ code: 'stage.unknown' })
    expect(await publishNotice(bureau, { cycle: county.cycle, units: [town] })).toMatchObject({ code: 'notice.nothing' })
    const [policy] = await query<{ policy_id: string }>('select policy_id from cycle')
    const change = await tell(
      bureau,
      `mutation ($c: ID!, $p: ID!, $k: String!) { changePolicy(cycle: $c, policy: $p, reason: "x", key: $k) { changed } }`,
      { c: county.cycle, p: policy!.policy_id, k: newKey() },
    )
    expect(change).toMatchObject({ code: expect.stringMatching(/^cycle\./) })
    expect(await rows()).toEqual(frozen)
  })
})

describe('a correction', () => {
  let sheet: string
  let old: Filing
  let made: string
  let was: string

  beforeAll(async () => {
    const own = await query<{ id: string }>('select s.id from sheet s join role_grant g using (coordinator_id)')
    const passed = before.find((one) => one.panelGrade === 'pass' && own.every(({ id }) => id !== one.sheet))!
    sheet = passed.sheet
    ;[old] = (await filings('county')) as [Filing]
    const { sheets } = await readGrid(await as('town'), county.cycle, { view: 'points' })
    was = sheets.find(({ id }) => id === sheet)!.cell.i05!
  })

  it('is proposed by the bureau, of a value that can be read, with a reason and a document', async () => {
    for (const login of ['town', 'joint', 'city', 'panel'])
      expect(await correct(login, sheet, 'i05', '0')).toMatchObject({ code: 'permission' })
    expect(await correct('county', sheet, 'i05', '99')).toMatchObject({ code: 'cell.overMax' })
    expect(await correct('county', sheet, 'i99', '1')).toMatchObject({ code: 'cell.unknownField' })
    expect(await correct('county', sheet, 'i05', '0', { reason: ' ' })).toMatchObject({ code: 'ruling.reason' })
    expect(await correct('county', sheet, 'i05', '0', { document: '' })).toMatchObject({ code: 'correction.document' })
    expect(await correct('county', sheet, 'grade', 'splendid')).toMatchObject({ code: 'ruling.gradeRefused' })
    expect(await correct('county', sheet, 'grade', 'pass')).toMatchObject({ code: 'correction.same' })
    expect(await correct('county', county.cycle, 'i05', '0')).toMatchObject({ code: 'sheet.unknown' })
    expect(await query('select id from correction')).toEqual([])
  })

  it('changes nothing until somebody else has signed', async () => {
    const filed = await stored()
    const rows = () => query('select id, facts, total from sheet where town_id = $1 order by id', [town])
    const untouched = await rows()
    const key = newKey()
    made = await correct('county', sheet, 'i05', '0', {}, key)
    expect(await correct('county', sheet, 'i05', '0', {}, key)).toBe(made)
    expect(await correct('county', sheet, 'i04', '0')).toMatchObject({ code: 'correction.pending' })
    expect(await sign('county', made)).toMatchObject({ code: 'correction.sameHand' })
    expect(await sign('town', made)).toMatchObject({ code: 'permission' })
    expect(await sign('joint', county.cycle)).toMatchObject({ code: 'correction.unknown' })
    expect((await corrections('county'))[0]).toMatchObject({ id: made, state: 'proposed', may: false })
    expect((await corrections('joint'))[0]).toMatchObject({ id: made, may: true, became: null })
    expect(await rows()).toEqual(untouched)
    expect(await stored()).toEqual(filed)
  })

  it('can be refused by the second hand', async () => {
    expect(await sign('joint', made, false, '依据不足')).toBeNull()
    expect((await corrections('joint'))[0]).toMatchObject({ state: 'refused', may: false })
    expect(await sign('joint', made)).toMatchObject({ code: 'correction.unknown' })
    made = await correct('county', sheet, 'i05', '0')
  })

  it('is a new filing that points to the old, which stays as it was; everybody of the unit is worked out again', async () => {
    const filed = await stored()
    const key = newKey()
    const [one, two] = await Promise.all([sign('joint', made, true, '同意', key), sign('joint', made, true, '同意', key)])
    expect(one).toBe(two)
    const [now, then, ...more] = await filings('county')
    expect(more).toEqual([])
    expect(now).toMatchObject({ id: one, corrects: old.id, corrected: null })
    expect(then).toEqual({ ...old, corrected: one })
    expect((await stored())[0]).toEqual(filed[0])
    const totalOf = ({ people }: Filing) => Number(people.find((person) => person.sheet === sheet)!.total)
    expect(totalOf(now!)).toBeCloseTo(totalOf(then!) - Number(was), 6)
    const results = await resultsFor(await as('town'), county.cycle)
    for (const { sheet: id, total, rank } of results)
      expect(now!.people.find((person) => person.sheet === id)).toMatchObject({
        total,
        rank: rank === null ? null : String(rank),
      })
    const { data } = await (
      await as('town')
    ).ask(`query ($s: ID!) { cellHistory(sheet: $s, field: "i05") { before after by kind } }`, { s: sheet })
    expect(data.cellHistory.find(({ kind }: { kind: string }) => kind === 'signCorrection')).toMatchObject({
      after: '0',
      by: '费远海',
    })
    expect(await corrections('coordinator')).toEqual([]) // it is not about them
    expect(await query(`select state from sheet where id = $1`, [sheet])).toEqual([{ state: 'filed' }])
  })

  it('of the grade goes the same way, and may follow on another', async () => {
    const graded = await correct('county', sheet, 'grade', 'basicPass')
    expect(await sign('city', graded)).toMatch(/-/)
    const [now, then] = await filings('county')
    expect(now!.corrects).toBe(then!.id)
    expect(now!.people.find((person) => person.sheet === sheet)!.grade).toBe('基本合格')
    expect((await corrections('county'))[0]).toMatchObject({ title: '等次', before: '合格', after: '基本合格', state: 'signed' })
  })

  it('of a value that was moved behind it is refused', async () => {
    const one = await correct('county', sheet, 'i05', '1')
    await query(`update correction set before = '4' where id = $1`, [one])
    expect(await sign('joint', one)).toMatchObject({ code: 'correction.moved' })
    expect(await sign('joint', one, false, '另提')).toBeNull()
  })
})

describe('what was filed', () => {
  it('comes out again from what is stored, that which was corrected too', async () => {
    expect((await filings('county')).length).toBe(3)
    expect(await differing()).toEqual([])
    expect(await verifyChain(county.app.database.pool, countyId)).toMatchObject({ ok: true })
  })

  it('is told where it does not: a score that was changed, facts behind the file, a grade', async () => {
    const [last] = await query<{ id: string }>('select id from filing order by seq desc limit 1')
    const [first] = await query<{ id: string }>('select id from filing order by seq limit 1')
    const sheet = before[0]!.sheet
    const tampered = async (change: string, values: unknown[], undo: string) => {
      await query(change, values)
      const found = await differing()
      await query(undo, values)
      return found.map(({ filing, why }) => [filing, why])
    }
    await query(`create table kept as select * from filing; create table sheets_kept as select id, facts from sheet`)
    const back = `update filing f set results = k.results from kept k where k.id = f.id and $1::text is not null and $2::text is not null`
    const at = (sheets: string) =>
      `(select position from jsonb_array_elements(results) with ordinality as e (one, position) where one ->> 'sheet' = '${sheets}')`
    const put = (key: string, value: string, id: string) =>
      `update filing set results = jsonb_set(results, array[(${at(sheet)} - 1)::text, '${key}'], '${value}') where id = '${id}' and $1::text is not null and $2::text is not null`
    const none = ['', '']
    expect(await tampered(put('total', '"99.9"', first!.id), none, back)).toEqual([[first!.id, 'score']])
    expect(await tampered(put('grade', '"fail"', last!.id), none, back)).toEqual([[last!.id, 'grade']])
    expect(await tampered(put('rank', '1', last!.id), none, back)).toHaveLength(before[0]!.rank === 1 ? 0 : 1)
    await query(`update sheet set facts = facts || '{"absentDays": "4"}' where id = $1`, [sheet])
    expect((await differing()).map(({ filing, why }) => [filing, why])).toContainEqual([last!.id, 'facts'])
    await query('update sheet s set facts = k.facts from sheets_kept k where k.id = s.id')
    await query(`update filing set policy_hash = 'another' where id = $1`, [first!.id])
    expect(new Set((await differing()).map(({ why }) => why))).toEqual(new Set(['policy']))
  })
})
