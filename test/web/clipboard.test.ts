import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readClipboard, transposed } from '../../web/src/grid/clipboard.ts'
import { spread, type TableCell } from '../../web/src/grid/htmlTable.ts'
import { canonicalDecimal, canonicalPercent } from '../../web/src/parts/decimal.ts'
import { PAYLOADS } from './payloads.ts'

// those with markup alone need a browser to read it: test/browser/grid.browser.test.ts reads them all
describe('the clipboard of other programs', () => {
  it.each(PAYLOADS.filter(({ html }) => !html))('$from', ({ plain, cells }) => {
    expect(readClipboard(plain!, '')).toEqual(cells)
  })
  it('holds nothing when it holds no text', () => expect(readClipboard('', '')).toBeNull())
})

describe('numbers as other programs write them', () => {
  it.each([
    ['１２．５', '12.5'],
    ['12。5', '12.5'],
    ['1,234.50', '1234.5'],
    ['1\u00a0234', '1234'],
    ['7 分', '7'],
    ['007.0', '7'],
    ['12,34', '12,34'],
    ['1e3', '1e3'],
    ['95%', '95%'],
  ])('%s', (typed, read) => expect(canonicalDecimal(typed)).toBe(read))
  it.each(['95%', '95.0 %', '９５％', '95'])('%s in a column of percentages', (typed) =>
    expect(canonicalPercent(typed)).toBe('95'),
  )
})

describe('a table with cells over several rows and columns', () => {
  const cell = (text: string, rowSpan = 1, colSpan = 1, hidden = false): TableCell => ({ text, rowSpan, colSpan, hidden })
  it.each<[string, TableCell[][], string[][]]>([
    [
      'a cell to the left of a tall one',
      [[cell('a'), cell('b', 2)], [cell('c')]],
      [
        ['a', 'b'],
        ['c', ''],
      ],
    ],
    [
      'a cell after a tall one',
      [[cell('a', 2), cell('b')], [cell('c')]],
      [
        ['a', 'b'],
        ['', 'c'],
      ],
    ],
    [
      'to the last row',
      [[cell('a', 0), cell('b')], [cell('c')]],
      [
        ['a', 'b'],
        ['', 'c'],
      ],
    ],
    ['a hidden one takes no place', [[cell('a'), cell('x', 1, 1, true), cell('b')]], [['a', 'b']]],
    [
      'short rows are filled up',
      [[cell('a', 1, 3)], [cell('b')]],
      [
        ['a', '', ''],
        ['b', '', ''],
      ],
    ],
  ])('%s', (_, rows, cells) => expect(spread(rows)).toEqual(cells))

  it('loses no text and makes rows of one length', () => {
    const any = fc.record({
      text: fc.constant('x'),
      rowSpan: fc.nat(3),
      colSpan: fc.integer({ min: 1, max: 3 }),
      hidden: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(fc.array(any, { maxLength: 4 }), { minLength: 1, maxLength: 5 }), (rows) => {
        const cells = spread(rows)
        expect(new Set(cells.map(({ length }) => length)).size).toBe(1)
        expect(cells.flat().filter((text) => text === 'x')).toHaveLength(rows.flat().filter(({ hidden }) => !hidden).length)
      }),
    )
  })
})

it('turning rows into columns twice changes nothing', () => {
  const block = fc
    .integer({ min: 1, max: 4 })
    .chain((width) => fc.array(fc.array(fc.string(), { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }))
  fc.assert(
    fc.property(block, (rows) => {
      expect(transposed(transposed(rows))).toEqual(rows)
    }),
  )
  expect(transposed([['1', '2'], ['3']])).toEqual([
    ['1', '3'],
    ['2', ''],
  ])
})
