import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { workbookOf } from '../intake/workbook.ts'
import { newKey } from './sheets.ts'
import { tell } from './year.ts'

let county: County
let bureau: Caller
beforeAll(async () => {
  county = await openCounty()
  bureau = await county.signIn('county')
})
afterAll(() => county.close())

interface Answer {
  code?: string
  says?: string
  stored?: boolean
  created?: number
  unchanged?: number
  refused?: number
  problems?: { sheet: string; row: number; column: string | null; code: string; message: string; note: boolean }[]
  entries?: { row: number; written: Record<string, string> }[]
  tables?: { columns: { column: string; field: string | null }[] }[]
}
const send = async (
  kind: string,
  table: string | Uint8Array,
  query: Record<string, string> = {},
  headers: Record<string, string> = { cookie: bureau.cookie },
): Promise<{ status: number; body: Answer }> => {
  const response = await fetch(`${county.origin}/import/${kind}?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent('花名册.csv'), ...headers },
    body: typeof table === 'string' ? table : Buffer.from(table),
  })
  return { status: response.status, body: (await response.json()) as Answer }
}
const count = async (sql: string) => (await county.app.database.pool.query(sql)).rowCount

const roster = [
  '云岭县协理员花名册',
  '序号,姓名,性别,出生年月,镇（街道）,村（社区）,任职时间,联系电话,专兼职',
  '1,沈明远,男,1986.5,云岭镇,望溪村,2021.3,13900001111,专职',
  '2,叶 青,女,1992年11月,云岭镇,望溪村,2023-07-01,,专职',
  '',
  '3,古丽·阿依,女,1990-02-03,石桥街道,文昌社区,20200101,,兼职',
  '合计,3,,,,,,,',
].join('\n')

it('a roster as a county has it: read first, then stored once, its towns and villages made', async () => {
  const dry = await send('people', roster, { dryRun: '1', units: 'create' })
  expect(dry.status).toBe(200)
  expect(dry.body).toMatchObject({ stored: false, created: 3, refused: 0 })
  expect(dry.body.entries!.map(({ row, written }) => [row, written.name, written.startsOn])).toEqual([
    [3, '沈明远', '2021-03'],
    [4, '叶 青', '2023-07-01'],
    [6, '古丽·阿依', '2020-01-01'],
  ])
  expect(await count(`select from coordinator where name = '沈明远'`)).toBe(0)
  const refused = await send('people', roster, { key: newKey() })
  expect(refused.status).toBe(422)
  expect(refused.body.problems!.filter(({ note }) => !note)[0]).toMatchObject({ row: 3, column: 'E', code: 'roster.townUnknown' })
  const key = newKey()
  expect((await send('people', roster, { units: 'create', key })).body).toMatchObject({ stored: true, created: 3 })
  expect((await send('people', roster, { units: 'create', key })).body).toMatchObject({ stored: true, created: 3 })
  expect((await send('people', roster, { units: 'create', key: newKey() })).body).toMatchObject({ stored: false, unchanged: 3 })
  expect(await count(`select from coordinator where name in ('沈明远', '叶青', '古丽·阿依')`)).toBe(3)
  expect(await count(`select from unit where name in ('云岭镇', '望溪村', '石桥街道', '文昌社区') and provisional`)).toBe(4)
})

it('the same in GB18030, and as a table that was pasted', async () => {
  // GBK bytes of 姓名 and the like, from the code table of the standard, for an encoder that the platform lacks.
  const gbk = Buffer.from('d0d5c3fb2cb4e52cc8ceD6B0cab1bce40ac9f2c3f7d4b62ccdfbcfaab4e52c323032312e330a', 'hex')
  expect((await send('people', gbk, { dryRun: '1' })).body).toMatchObject({ unchanged: 1 })
  const pasted = roster.split('\n').slice(1).join('\n').replaceAll(',', '\t')
  expect((await send('people', pasted, { dryRun: '1' })).body).toMatchObject({ unchanged: 3 })
})

it('what cannot be read is refused by name, and nothing is stored', async () => {
  expect(await send('people', '%PDF-1.7 …')).toMatchObject({ status: 422, body: { code: 'file.document' } })
  expect(await send('people', 'a,b\n1,2\n')).toMatchObject({ status: 422, body: { code: 'file.headings' } })
  expect(await send('people', '')).toMatchObject({ status: 422, body: { code: 'file.empty' } })
  expect(await send('pets', roster)).toMatchObject({ body: { code: 'request.notFound' } })
  const broken = '姓名,身份证号,村\n甲,3.2E+17,望溪村\n'
  const answer = await send('people', broken, { dryRun: '1' })
  expect(answer.body.problems![0]).toMatchObject({
    row: 2,
    column: 'B',
    code: 'roster.id.shape',
  })
})

it('a formula, an error and a number that lost its digits are refused where they stand, also when the rows are sent as they were read', async () => {
  const cells = (...xml: string[]) => `<row>${xml.join('')}</row>`
  const text = (one: string) => `<c t="inlineStr"><is><t>${one}</t></is></c>`
  const rows = [
    cells(...['姓名', '身份证号', '性别', '出生年月', '村', '任职时间'].map(text)),
    cells('<c t="str"><f>A1</f><v>公式</v></c>', text(''), text('男'), text('1990-01'), text('望溪村'), text('2024-01')),
    cells(text('错误'), text(''), text('男'), '<c t="e"><v>#REF!</v></c>', text('望溪村'), text('2024-01')),
    cells(text('长号'), '<c><v>110105194912310020</v></c>', text('女'), text('1949-12-31'), text('望溪村'), text('2024-01')),
  ]
  const answer = await send('people', workbookOf([{ name: '表', rows: rows.join('') }]), { dryRun: '1' })
  const found = answer.body.problems!.filter(({ note }) => !note).map(({ row, column, code }) => [row, column, code])
  expect(found).toEqual([
    [2, 'A', 'roster.formula'],
    [3, 'D', 'roster.errorCell'],
    [4, 'B', 'roster.id.shape'],
  ])
  const again = await tell<{ refused: number; stored: boolean }>(
    bureau,
    'mutation ($rows: [PersonRowInput!]!, $key: String!) { savePeople(rows: $rows, goodRows: true, key: $key) { refused stored } }',
    { rows: answer.body.entries!.map(({ written }) => written), key: newKey() },
  )
  expect(again).toEqual({ refused: 3, stored: false })
})

it('a column is what a person says it is', async () => {
  const odd = '姓名,地点,任职时间,性别,出生年月\n钱一川,望溪村,2024-01,男,1990-01\n'
  expect((await send('people', odd, { dryRun: '1' })).body.problems![0]).toMatchObject({ code: 'roster.villageMissing' })
  const sheet = ((await send('people', odd, { dryRun: '1' })).body.tables as unknown as { sheet: string }[])[0]!.sheet
  const columns = JSON.stringify({ [sheet]: { B: 'village' } })
  expect((await send('people', odd, { dryRun: '1', columns })).body).toMatchObject({ created: 1, refused: 0 })
})

it('obeys permissions: nobody, a town, a program without the scope; one with it may', async () => {
  expect(await send('people', roster, {}, {})).toMatchObject({ status: 401 })
  const town = await county.signIn('town')
  expect(await send('people', roster, {}, { cookie: town.cookie })).toMatchObject({ status: 403, body: { code: 'permission' } })
  const token = async (scopes: string[]) =>
    (
      await tell<{ token: string }>(
        bureau,
        'mutation ($i: TokenInput!, $key: String!) { createToken(input: $i, key: $key) { token } }',
        { i: { name: 'import', scopes, days: 1 }, key: newKey() },
      )
    ).token
  const by = (secret: string) => send('people', roster, { dryRun: '1' }, { authorization: `Bearer ${secret}` })
  expect(await by(await token(['read']))).toMatchObject({ status: 403, body: { code: 'token.scope' } })
  expect(await by(await token(['write']))).toMatchObject({ status: 200, body: { unchanged: 3 } })
})
