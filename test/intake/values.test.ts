import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usualLimits } from '../../server/src/intake/limits.ts'
import { dayOfSerial, decimalOf, showsDay } from '../../server/src/intake/number-format.ts'
import { readBytes } from '../../server/src/intake/read-bytes.ts'
import { columnOf, lettersOf, type SheetRead } from '../../server/src/intake/sheet.ts'
import { textRows, workbookOf, type SheetGiven } from './workbook.ts'

const read = async (sheet: SheetGiven, more: Parameters<typeof workbookOf>[1] = {}): Promise<SheetRead> =>
  (await readBytes(workbookOf([sheet], more), '', usualLimits))[0]!

/** What stands in a sheet, as `C2 kind text`. */
const cellsOf = async (...given: Parameters<typeof read>): Promise<string[]> =>
  (await read(...given)).rows.flatMap(({ row, cells }) =>
    cells.map(({ column, kind, text, merged }) => `${column}${row} ${kind} ${text}${merged ? ` (${merged})` : ''}`),
  )

describe('days', () => {
  it('are told by built-in formats, also those of East Asian editions', () => {
    const days = Array.from({ length: 60 }, (_, id) => id).filter((id) => showsDay(id, undefined))
    expect(days).toEqual([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
  })

  it.each([
    ['yyyy/m/d', true],
    ['yyyy"年"m"月"', true],
    ['[$-804]yyyy\\年m\\月d\\日;@', true],
    ['[DBNum1][$-804]yyyy"年"m"月"d"日"', true],
    ['yyyy\\.mm', true],
    ['mmm-yy', true],
    ['m"月"d"日"', true],
    ['yyyy-mm-dd hh:mm', true],
    ['aaaa', true],
    ['General', false],
    ['0.00E+00', false],
    ['#,##0.00', false],
    ['0\\.0,"万"', false],
    ['0"日"', false],
    ['[Red]0', false],
    ['[h]:mm', false],
    ['h"时"mm"分"', false],
    ['mm:ss', false],
    ['[DBNum2]General', false],
    ['@', false],
    ['0;"d"', false],
  ])('%s: %s', (code, day) => {
    expect(showsDay(164, code)).toBe(day)
  })

  it('are counted from 1900, which had no 29 February, or from 1904', () => {
    const of1900 = [1, 59, 60, 61, 32_878, 32_878.75, 46_000, 2_958_465, 0, 0.5, -1, 2_958_466]
    expect(of1900.map((serial) => dayOfSerial(serial, false))).toEqual([
      '1900-01-01',
      '1900-02-28',
      undefined,
      '1900-03-01',
      '1990-01-05',
      '1990-01-05',
      '2025-12-09',
      '9999-12-31',
      ...Array.from({ length: 4 }, () => undefined),
    ])
    expect(dayOfSerial(32_878 - 1462, true)).toBe('1990-01-05')
  })

  it('are read in cells of both systems, and as they are written out', async () => {
    const rows = '<row><c s="1"><v>31416</v></c><c t="d" s="1"><v>1990-01-05T00:00:00</v></c><c s="2"><v>31416</v></c></row>'
    const styles = { formats: ['yyyy"年"m"月"'], xfs: [0, 164, 2], date1904: true }
    expect(await cellsOf({ name: '', rows }, styles)).toEqual(['A1 day 1990-01-05', 'B1 day 1990-01-05', 'C1 number 31416'])
  })
})

describe('numbers', () => {
  it.each([
    ['85.5', '85.5'],
    ['7.4999999999999996', '7.5'],
    ['0.30000000000000004', '0.3'],
    ['1.1E-2', '0.011'],
    ['-1.5e2', '-150'],
    ['4.6E+4', '46000'],
    ['0', '0'],
    ['-0', '0'],
    ['.5', '0.5'],
    ['007', '7'],
    ['999999999999999', '999999999999999'],
    ['1E-7', '0.0000001'],
  ])('%s is %s', (written, text) => {
    expect(decimalOf(written)).toEqual({ text, broken: false })
  })

  it.each([
    ['1.1010519491231E+17', '110105194912310000'],
    ['330102199001010012', '330102199001010000'],
    ['1000000000000000', '1000000000000000'],
    ['1e309', '1e309'],
  ])('%s has lost digits', (written, text) => {
    expect(decimalOf(written)).toEqual({ text, broken: true })
  })

  it.each(['', ' ', 'NaN', '0x10', '1_000', '１２', '1,5', '--1', 'Infinity'])('%s is none', (written) => {
    expect(decimalOf(written)).toBeUndefined()
  })

  it('are as exact as what was typed, up to fifteen digits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n }), fc.nat(14), (digits, places) => {
        const sign = digits < 0n ? '-' : ''
        const padded = String(digits)
          .replace('-', '')
          .padStart(places + 1, '0')
        const at = padded.length - places
        const typed = `${sign}${padded.slice(0, at)}${places > 0 ? `.${padded.slice(at)}` : ''}`
        const plain = places > 0 ? typed.replace(/\.?0+$/, '') : typed
        expect(decimalOf(String(Number(typed)))).toEqual({ text: plain === '-0' ? '0' : plain, broken: false })
      }),
    )
  })

  it('too long for a spreadsheet are told in csv as well, and texts of digits are left whole', async () => {
    const csv = "姓名,身份证号\n张三,3.30102E+17\n李四,330102199001010012\n王五,'330102199001010013\n"
    const [sheet] = await readBytes(Buffer.from(csv), '', usualLimits)
    expect(sheet!.rows.slice(1).map(({ cells }) => cells[1])).toEqual([
      { column: 'B', kind: 'brokenNumber', text: '3.30102E+17' },
      { column: 'B', kind: 'text', text: '330102199001010012' },
      { column: 'B', kind: 'text', text: '330102199001010013' },
    ])
  })
})

describe('formulas', () => {
  it('are told with what they are said to come to, also where their range holds values only', async () => {
    const rows = `<row><c><f>1+1</f><v>99</v></c><c t="str"><f>DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c><c><f t="shared" si="0"/></c></row>
      <row><c><f t="array" ref="A2:A3">ROW()</f><v>2</v></c><c><v>7</v></c></row><row><c><v>3</v></c></row>`
    expect(await cellsOf({ name: '', rows })).toEqual([
      'A1 formula 99',
      'B1 formula =DISPIMG("ID_1",1)',
      'C1 formula ',
      'A2 formula 2',
      'B2 number 7',
      'A3 formula 3',
    ])
  })
})

describe('what is merged or hidden', () => {
  it('has its value in every cell that it covers', async () => {
    const rows = textRows([
      ['任职时间', '', '备注'],
      ['起', '止', ''],
      ['东村', '', 'x'],
    ])
    expect(await cellsOf({ name: '', rows, merges: ['A1:B1', 'C1:C2', 'E5:F6'] })).toEqual([
      'A1 text 任职时间 (A1:B1)',
      'B1 text 任职时间 (A1:B1)',
      'C1 text 备注 (C1:C2)',
      'A2 text 起',
      'B2 text 止',
      'C2 text 备注 (C1:C2)',
      'A3 text 东村',
      'C3 text x',
    ])
  })

  it('is told', async () => {
    const cols = '<cols><col min="2" max="16384" hidden="1"/><col min="1" max="1"/></cols>'
    const rows = '<row><c><v>1</v></c></row><row hidden="1"><c><v>2</v></c></row>'
    const { hiddenColumns, rows: found } = await read({ name: '', rows, cols })
    expect(hiddenColumns.slice(0, 2)).toEqual(['B', 'C'])
    expect(hiddenColumns).toHaveLength(usualLimits.columns - 1)
    expect(found.map(({ hidden }) => hidden)).toEqual([undefined, true])
    const sheets = [
      { name: '一', rows },
      { name: '二', rows, state: 'hidden' },
      { name: '三', rows, state: 'veryHidden' },
    ]
    const book = await readBytes(workbookOf(sheets), '', usualLimits)
    expect(book.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['一', false],
      ['二', true],
      ['三', true],
    ])
  })
})

it('columns have letters', () => {
  expect([1, 26, 27, 200, 16_384].map(lettersOf)).toEqual(['A', 'Z', 'AA', 'GR', 'XFD'])
  fc.assert(fc.property(fc.integer({ min: 1, max: 20_000 }), (column) => columnOf(lettersOf(column)) === column))
})

it('a file of text is named as its file', async () => {
  const [sheet] = await readBytes(Buffer.from('姓名\n张三'), '砚溪镇.2026.csv', usualLimits)
  expect(sheet!.name).toBe('砚溪镇.2026')
})

it('characters of four bytes are read', async () => {
  const [sheet] = await readBytes(Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0x95, 0x32, 0x82, 0x36]), '', usualLimits)
  expect(sheet!.rows.map(({ cells }) => cells[0]!.text)).toEqual(['姓名', '𠀀'])
})
