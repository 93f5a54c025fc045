import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readClipboard, transposed } from '../../web/src/grid/clipboard.ts'
import { mayDiffer, spread, type Block, type TableCell } from '../../web/src/grid/htmlTable.ts'
import { PAYLOADS } from './payloads.ts'

// those with markup alone need a browser to read it: test/browser/grid.browser.test.ts reads them all
describe('the clipboard of other programs', () => {
  it.each(PAYLOADS.filter(({ html }) => !html))('$from', ({ plain, cells }) => {
    expect(readClipboard(plain!, '')).toEqual(cells)
  })
  it('holds nothing when it holds no text', () => expect(readClipboard('', '')).toBeNull())
})

describe('a table with cells over several rows and columns', () => {
  const cell = (text: string, rowSpan = 1, colSpan = 1, hidden = false): TableCell => ({ text, rowSpan, colSpan, hidden })
  it.each<[string, TableCell[][], Block]>([
    [
      'a cell to the left of a tall one',
      [[cell('a'), cell('b', 2)], [cell('c')]],
      [
        ['a', 'b'],
        ['c', null],
      ],
    ],
    [
      'a cell after a tall one',
      [[cell('a', 2), cell('b')], [cell('c')]],
      [
        ['a', 'b'],
        [null, 'c'],
      ],
    ],
    [
      'to the last row',
      [[cell('a', 0), cell('b')], [cell('c')]],
      [
        ['a', 'b'],
        [null, 'c'],
      ],
    ],
    ['a hidden one takes no place', [[cell('a'), cell('x', 1, 1, true), cell('b')]], [['a', 'b']]],
    [
      'short rows are filled up',
      [[cell('a', 1, 3)], [cell('b')]],
      [
        ['a', null, null],
        ['b', null, null],
      ],
    ],
  ])('%s', (_, rows, cells) => expect(spread(rows)).toEqual(cells))

  it('text that only runs over empty cells leaves them cells of their own', () =>
    expect(spread([[{ ...cell('标题', 1, 2), runsOver: true }, cell('b')]])).toEqual([['标题', '', 'b']]))

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

it('the markup beside a text is looked into only where it may say something else', () => {
  const rows = (cells: string, count = 2) => `<table><colgroup span=2>${`<tr>${cells}</tr>`.repeat(count)}</table>`
  expect(mayDiffer(`<style>br {mso-data-placement:same-cell;}</style><p>${rows('<td>5</td>')}`, 2)).toBe(false)
  expect(mayDiffer('<p>5<br>4</p>', 2)).toBe(false)
  expect(mayDiffer(rows('<td>5</td>'), 3)).toBe(true)
  expect(mayDiffer(rows('<td>5</td>', 3), 2)).toBe(true)
  for (const cell of [
    '<td rowspan=2>',
    '<TD COLSPAN=2>',
    '<td>5<br/>',
    '<td><p>5',
    '<td><div>5',
    '<td>3<sup>2</sup>',
    '<td><table>',
    '<td>5<del>4</del>',
    '<td>5<s>4',
    '<td>5<span hidden>4',
    '<td>5<span style="display: none">4',
  ])
    expect(mayDiffer(rows(cell), 2), cell).toBe(true)
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
    ['2', null],
  ])
})
