import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTsv, toHtml, toTsv } from '../../web/src/grid/cellText.ts'

const cell = fc.string({ unit: fc.constantFrom('a', '"', '\t', '\n', ' ', '分', '1', '.', '<', '&'), maxLength: 6 })
const block = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }))
const copied = (rows: string[][]) => rows.map((row) => row.map((text) => ({ text, isNumber: false })))

describe('clipboard text', () => {
  it('survives the way to a spreadsheet and back', () => {
    fc.assert(
      fc.property(block, (rows) => {
        expect(parseTsv(toTsv(copied(rows)))).toEqual(rows)
      }),
    )
  })

  it.each([
    ['a terminator is not an empty row', '1\r\n2\r\n', [['1'], ['2']]],
    ['an empty last cell is kept', '1\r\n\r\n', [['1'], ['']]],
    ['nothing is one empty cell', '', [['']]],
    [
      'no terminator at all',
      '1\t2\n3\t',
      [
        ['1', '2'],
        ['3', ''],
      ],
    ],
    ['a quoted cell holds breaks, tabs and quotes', '"a\r\nb\t""c"""\tx\r\n', [['a\nb\t"c"', 'x']]],
    ['a stray quote is plain text', '"a\t5" pipe\r\n', [['"a', '5" pipe']]],
    ['a no-break space is a space', '1\u00a0000\r\n', [['1 000']]],
    ['a byte order mark is not text', '\ufeff1\r\n', [['1']]],
  ])('%s', (_, text, rows) => expect(parseTsv(text)).toEqual(rows))

  it('marks codes as text, so that their zeros stay', () => {
    expect(
      toHtml([
        [
          { text: '007', isNumber: false },
          { text: '7', isNumber: true },
        ],
      ]),
    ).toContain(`<td style="mso-number-format:'\\@'">007</td><td>7</td>`)
    expect(toHtml(copied([['<b>&\n']]))).toContain('&lt;b&gt;&amp;<br')
  })
})
