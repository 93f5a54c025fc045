import { expect, it } from 'vitest'
import { readFile } from '../../server/src/intake/read-file.ts'
import type { CellRead } from '../../server/src/intake/sheet.ts'
import { csvOf, workbookOf } from './workbook.ts'

/** What stands in the cells, as `C2 kind text`. */
async function cellsOf(bytes: Buffer): Promise<string[]> {
  const sheets = await readFile(bytes, '名册.xlsx')
  return sheets.flatMap(({ rows }) =>
    rows.flatMap(({ row, cells }) => cells.map(({ column, kind, text }: CellRead) => `${column}${row} ${kind} ${text}`)),
  )
}

const one = (rows: string, more: Parameters<typeof workbookOf>[1] = {}): Promise<string[]> =>
  cellsOf(workbookOf([{ name: '砚溪镇', rows }], more))

it('reads a workbook as Excel writes it: shared strings, numbers, days, flags, errors', async () => {
  const rows = `<row r="1" spans="1:6"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>32878</v></c></row>
    <row r="3"><c r="A3"><v>85.5</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="e"><v>#N/A</v></c><c r="D3" t="s"><v>1</v></c></row>`
  const strings = [
    '<t>张三</t><rPh sb="0" eb="2"><t>チョウ</t></rPh><phoneticPr fontId="1"/>',
    '<r><rPr><b/></rPr><t xml:space="preserve">李 </t></r><r><t>四</t></r>',
  ]
  expect(await one(rows, { strings, xfs: [0, 14] })).toEqual([
    'A1 text 张三',
    'C1 day 1990-01-05',
    'A3 number 85.5',
    'B3 boolean TRUE',
    'C3 error #N/A',
    'D3 text 李 四',
  ])
})

it('reads rows and cells that do not say where they stand, without a part of styles', async () => {
  const rows =
    '<row><c t="inlineStr"><is><t>姓名</t></is></c><c/><c><v>7</v></c></row><row/><row><c t="str"><v>张三</v></c></row>'
  expect(await one(rows, { replace: { 'xl/styles.xml': undefined } })).toEqual(['A1 text 姓名', 'C1 number 7', 'A3 text 张三'])
})

it('reads a workbook as LibreOffice writes it: every property written out', async () => {
  const rows = `<row r="1" customFormat="false" ht="12.8" hidden="false" collapsed="false"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"/><c r="C1" s="2" t="n"><v>32878</v></c></row>
    <row r="2" customFormat="false" ht="12.8" hidden="true" collapsed="false"><c r="A2" s="0" t="n"><v>3.3010219900101E+017</v></c><c r="B2" s="0" t="b"><f aca="false">TRUE()</f><v>1</v></c></row>`
  const styles = { strings: ['<t xml:space="preserve">张三</t>'], formats: ['General', 'yyyy\\年m\\月'], xfs: [164, 164, 165] }
  expect(await one(rows, styles)).toEqual([
    'A1 text 张三',
    'C1 day 1990-01-05',
    'A2 brokenNumber 330102199001010000',
    'B2 formula TRUE',
  ])
  const [sheet] = await readFile(workbookOf([{ name: '', rows }], styles), '')
  expect(sheet!.rows.map(({ hidden }) => hidden)).toEqual([undefined, true])
})

it('keeps the quotes of a text that only begins with a quoted word', async () => {
  expect(await cellsOf(Buffer.from('姓名\t备注\n张三\t"优秀"个人\n李四\t""\n'))).toContain('B2 text "优秀"个人')
})

it('reads csv and pasted tables', async () => {
  expect(
    await cellsOf(
      Buffer.from(
        `\ufeff${csvOf([
          ['姓名', ''],
          ['张"三', '一\n二'],
        ])}`,
      ),
    ),
  ).toEqual(['A1 text 姓名', 'A2 text 张"三', 'B2 text 一\n二'])
  expect(await cellsOf(Buffer.from('姓名\t村\r\n张三\t东村, 西村\r\n'))).toEqual([
    'A1 text 姓名',
    'B1 text 村',
    'A2 text 张三',
    'B2 text 东村, 西村',
  ])
})
