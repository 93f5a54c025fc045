import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { codeOf, statements, told, type Page } from './analysis.ts'
import { pdf, remove, send } from './baihe.ts'
import { newKey, readGrid } from './sheets.ts'
import { bringToNotice, file, resultsFor, tell } from './year.ts'

/** A town of Xinyi on file, with a correction that was signed and one that was not, and evidence on two cells. */
let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const raw = async <Row extends object = Record<string, any>>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
let town: string
let sheet: string
const kept: string[] = []

const list = async (login: string, query: string, variables: Record<string, unknown> = {}): Promise<Page['nodes']> => {
  const [page] = Object.values(await told<Record<string, Page>>(await as(login), query, variables))
  expect(page!.totalCount ?? page!.nodes.length).toBe(page!.nodes.length)
  return page!.nodes
}

beforeAll(async () => {
  county = await openCounty()
  town = (await raw(`select id from unit where kind = 'town' order by code limit 1`))[0]!.id
  const { sheets } = await readGrid(await as('town'), county.cycle)
  for (const field of ['i04', 'i05', 'i06'])
    kept.push((await send(county, await as('town'), { sheet: sheets[0]!.id, field }, pdf(), { name: `${field}.pdf` })).id!)
  await remove(await as('town'), kept.pop()!)
  await bringToNotice(as, county.cycle, town)
  const before = await resultsFor(await as('town'), county.cycle)
  const own = await raw('select s.id from sheet s join role_grant g using (coordinator_id)')
  sheet = before.find((one) => one.panelGrade === 'pass' && own.every(({ id }) => id !== one.sheet))!.sheet
  expect(await file(county, as, town)).toMatchObject({ stage: 'filed' })
  for (const [field, value, agrees] of [
    ['i05', '0', true],
    ['i06', '1', false],
  ] as const) {
    const made = await tell<string>(
      await as('county'),
      'mutation ($input: CorrectionInput!, $key: String!) { correct(input: $input, key: $key) }',
      { input: { sheet, field, value, reason: '核查发现', document: '澄人社〔2027〕3号' }, key: newKey() },
    )
    await tell(
      await as('joint'),
      'mutation ($id: ID!, $a: Boolean!, $key: String!) { signCorrection(id: $id, agrees: $a, reason: "已核", key: $key) }',
      { id: made, a: agrees, key: newKey() },
    )
  }
})
afterAll(() => county?.close())

const RESULTS = `query ($f: FiledResultFilter) { filedResults(first: 1000, filter: $f) { totalCount nodes {
  id filingId sheetId grade rank result total inForce filing { at corrected { id } } sheet { line } } } }`

describe('what is on file', () => {
  it('is listed as it was filed, the filing in force and the one it corrects', async () => {
    const stored = await raw('select * from filing order by seq')
    const filings = await list(
      'county',
      `{ filingRecords { totalCount nodes { id unitId unitKind sheets hash chainSeq policy policyHash by at correctsId correctedId
         town { id } corrects { id } corrected { id } results(first: 1000) { totalCount } corrections { nodes { field } } } } }`,
    )
    const [first, second] = stored as [Record<string, any>, Record<string, any>]
    expect(filings).toMatchObject(
      stored.map((row, at) => ({
        id: row.id,
        unitId: town,
        unitKind: 'town',
        sheets: row.sheets.length,
        hash: row.hash,
        chainSeq: Number(row.chain_seq),
        policy: 'xinyi-1',
        policyHash: row.policy_hash,
        by: row.by,
        correctsId: at === 0 ? null : first.id,
        correctedId: at === 0 ? second.id : null,
        town: { id: town },
        corrects: at === 0 ? null : { id: first.id },
        corrected: at === 0 ? { id: second.id } : null,
        results: { totalCount: row.sheets.length },
        corrections: { nodes: [{ field: at === 0 ? 'i05' : 'i06' }] },
      })),
    )
    const results = await list('county', RESULTS)
    expect(results).toHaveLength(stored.reduce((sum, row) => sum + row.results.length, 0))
    for (const { id, filing_id: filing, one } of await raw(
      `select f.id || '.' || (r.one ->> 'sheet') as id, f.id as filing_id, r.one from filing f, jsonb_array_elements(f.results) r(one)`,
    )) {
      const found = results.find((result) => result.id === id)!
      expect([found.filingId, found.grade, found.rank, found.inForce]).toEqual([
        filing,
        one.grade,
        one.rank === null ? null : Number(one.rank),
        filing === second.id,
      ])
      expect([Number(found.result), Number(found.total)]).toEqual([Number(one.shown), Number(one.total)])
    }
    const held = await list('county', RESULTS, { f: { sheetId: { eq: sheet }, filing: { correctedId: { isNull: true } } } })
    expect(held.map(({ filingId }) => filingId)).toEqual([second.id])
  })

  it('is corrected by two hands, and each correction says which filing it became', async () => {
    const [signed, refused] = await list(
      'county',
      `{ correctionRecords(orderBy: [{ field: at }]) { totalCount nodes {
         sheetId field before after reason document state by secondBy secondReason filing { correctsId } became { correctsId } } } }`,
    )
    expect(signed).toMatchObject({
      sheetId: sheet,
      field: 'i05',
      after: '0',
      reason: '核查发现',
      document: '澄人社〔2027〕3号',
      state: 'signed',
      secondReason: '已核',
      filing: { correctsId: null },
      became: { correctsId: (await raw('select id from filing order by seq limit 1'))[0]!.id },
    })
    expect(refused).toMatchObject({ field: 'i06', state: 'refused', became: null })
    const [masked] = await list(
      'analyst',
      `{ correctionRecords { nodes { before after reason document by secondBy secondReason } } }`,
    )
    expect(masked).toEqual({
      before: signed!.before,
      after: '0',
      reason: null,
      document: null,
      by: `${signed!.by[0]}＊＊`,
      secondBy: `${signed!.secondBy[0]}＊＊`,
      secondReason: null,
    })
  })

  it('is proven by files: their types and sizes for everybody, their names not for analysts, and none that was removed', async () => {
    const FILES = `{ evidenceRecords(orderBy: [{ field: field }]) { totalCount nodes { id sheetId field claimId name sha256 type size by claim { id } sheet { evidence { totalCount } } } } }`
    const files = await list('town', FILES)
    expect(files.map(({ id }) => id)).toEqual(kept)
    for (const [at, { id, field, name, sha256, type, size, claim, sheet: of }] of files.entries())
      expect([field, name, type, claim, of.evidence.totalCount, [{ sha256, size: Number(size) }]]).toEqual([
        ['i04', 'i05'][at],
        `${['i04', 'i05'][at]}.pdf`,
        'pdf',
        null,
        2,
        await raw('select sha256, size from evidence_file where id = $1', [id]),
      ])
    const masked = await list('analyst', FILES)
    expect(masked.map(({ name, sha256, by }) => [name, sha256, by])).toEqual(files.map(({ by }) => [null, null, `${by[0]}＊＊`]))
    for (const query of [
      '{ evidenceRecords(filter: { name: { contains: "i04" } }) { totalCount } }',
      '{ evidenceRecords(orderBy: [{ field: sha256 }]) { nodes { id } } }',
      '{ sheets(filter: { corrections: { document: { contains: "3" } } }) { totalCount } }',
      '{ correctionRecords(filter: { secondReason: { isNull: false } }) { totalCount } }',
    ]) {
      expect([query, await codeOf((await as('analyst')).ask(query))]).toEqual([query, 'column.hidden'])
      expect([query, await codeOf((await as('county')).ask(query))]).toEqual([query, undefined])
    }
  })

  it('is nothing to another town, and a filing has as many sheets as the caller sees of it', async () => {
    await raw(
      `update role_grant set unit_id = (select id from unit where kind = 'town' order by code offset 4 limit 1)
        where account_id = (select id from account where login = 'town2')`,
    )
    const NAMES = ['filingRecords', 'filedResults', 'correctionRecords', 'evidenceRecords']
    for (const name of NAMES) {
      expect([name, await list('town2', `{ ${name} { totalCount nodes { id } } }`)]).toEqual([name, []])
      expect((await list('town', `{ ${name} { totalCount nodes { id } } }`)).length).toBeGreaterThan(0)
    }
    const [far] = await raw(`select id from sheet where town_id = $1 order by line limit 1`, [
      (await raw(`select id from unit where kind = 'town' order by code offset 4 limit 1`))[0]!.id,
    ])
    await raw(
      `update filing set sheets = sheets || $1::uuid, results = results || jsonb_build_object('sheet', $1::uuid, 'grade', null, 'rank', null, 'shown', '1', 'total', '1')`,
      [far!.id],
    )
    expect((await list('town2', '{ filingRecords { nodes { sheets results { totalCount } } } }'))[0]).toEqual({
      sheets: 1,
      results: { totalCount: 1 },
    })
    await raw(`update filing set sheets = array_remove(sheets, $1::uuid), results = results - -1`, [far!.id])
    expect(
      await codeOf((await county.signIn('attendance')).ask('{ filingRecords { nodes { corrections { totalCount } } } }')),
    ).toBe('permission')
    const at = new Date().toISOString()
    for (const part of ['filed', 'corrections', 'evidence'])
      expect(
        await codeOf(
          (await as('county')).ask(`query ($at: DateTimeISO) { sheets(asOf: $at) { nodes { ${part} { totalCount } } } }`, { at }),
        ),
      ).toBe('asOf.notHere')
  })

  it('takes as many statements nested for many sheets as for few', async () => {
    const bureau = await as('county')
    const NESTED = `query ($n: Int!) { sheets(first: $n) { nodes { filed { totalCount nodes { filing { at results(first: 2) { nodes { grade } } } } }
      corrections { nodes { became { at } } } evidence { nodes { type claim { state } } } } } }`
    const few = await statements(county, () => told(bureau, NESTED, { n: 30 }))
    expect(await statements(county, () => told(bureau, NESTED, { n: 100 }))).toBe(few)
  })
})
