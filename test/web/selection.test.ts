import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandOf, moveSelection, type KeyPress } from '../../web/src/grid/keys.ts'
import {
  cellsIn,
  createSelection,
  cut,
  cycle,
  jumpFrom,
  pasteRect,
  rectOf,
  rectOfCells,
  type Displayed,
} from '../../web/src/grid/selection.ts'
import { SIDE } from '../../web/src/grid/states.ts'

const rect = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right })
const key = (name: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
})

describe('where a paste lands', () => {
  it('fills the range with one value', () => expect(pasteRect(rect(2, 1, 5, 3), 1, 1)).toEqual(rect(2, 1, 5, 3)))
  it('tiles a range the block divides', () => expect(pasteRect(rect(0, 0, 5, 3), 3, 2)).toEqual(rect(0, 0, 5, 3)))
  it('lands whole where it does not divide', () => expect(pasteRect(rect(0, 0, 4, 2), 3, 2)).toEqual(rect(0, 0, 2, 1)))
  it('repeats one row down a column of cells', () => expect(pasteRect(rect(1, 0, 4, 0), 1, 3)).toEqual(rect(1, 0, 4, 2)))
  it('is never smaller than the block, and cut at the edge of the grid', () => {
    const size = fc.integer({ min: 1, max: 9 })
    fc.assert(
      fc.property(size, size, size, size, size, size, (top, left, rows, cols, height, width) => {
        const landing = pasteRect(rect(top, left, top + rows - 1, left + cols - 1), height, width)
        expect((landing.bottom - landing.top + 1) % height).toBe(0)
        expect((landing.right - landing.left + 1) % width).toBe(0)
        expect(cellsIn(landing)).toBeGreaterThanOrEqual(height * width)
        const inside = cut(landing, 12, 12)
        expect(inside.bottom).toBeLessThan(12)
        expect(inside.right).toBeLessThan(12)
      }),
    )
  })
})

describe('moving', () => {
  const filled =
    (rows: string[]) =>
    ({ row, col }: { row: number; col: number }) =>
      rows[row]![col] === '#'
  it.each([
    ['to the end of a filled stretch', ['###.#'], 0, 2],
    ['over empty cells to the next filled one', ['#..#.'], 0, 3],
    ['to the edge when nothing follows', ['#....'], 0, 4],
    ['not past the edge', ['....#'], 4, 4],
  ])('jumps %s', (_, rows, from, to) => {
    expect(jumpFrom({ row: 0, col: from }, 0, 1, 1, 5, filled(rows)).col).toBe(to)
  })

  it('goes round in a range by Enter and Tab, and comes back', () => {
    const range = rect(1, 1, 3, 2)
    for (const along of ['rows', 'columns'] as const) {
      let at = { row: 1, col: 1 }
      const seen = new Set<string>()
      for (let step = 0; step < 6; step++) {
        seen.add(`${at.row},${at.col}`)
        expect(cycle(cycle(at, range, along, 1), range, along, -1)).toEqual(at)
        at = cycle(at, range, along, 1)
      }
      expect(seen.size).toBe(6)
      expect(at).toEqual({ row: 1, col: 1 })
    }
  })

  it('extends from the anchor, keeps the active cell, and lets Tab out at the edge of a row', () => {
    const selection = createSelection()
    const field = { rows: 10, cols: 4, page: 5, filled: () => true }
    const press = (name: string, more: Partial<KeyPress> = {}) => moveSelection(selection, commandOf(key(name, more))!, field)
    selection.select({ row: 2, col: 3 })
    press('ArrowDown', { shiftKey: true })
    press('ArrowLeft', { shiftKey: true })
    expect(selection.range.value).toEqual(rect(2, 2, 3, 3))
    expect(selection.active.value).toEqual({ row: 2, col: 3 })
    expect(selection.sidesOf(2, 3) & SIDE.active).toBeTruthy()
    press('ArrowDown', { shiftKey: true, ctrlKey: true })
    expect(selection.range.value).toEqual(rect(2, 2, 9, 3))
    selection.select({ row: 2, col: 3 })
    expect(press('Tab')).toBe(false)
    expect(press('Tab', { shiftKey: true })).toBe(true)
    expect(selection.active.value).toEqual({ row: 2, col: 2 })
  })
})

describe('the cells an undo goes back to', () => {
  const order = ['c', 'a', 'b', 'x']
  const displayed: Displayed = {
    rowCount: () => 4,
    columnCount: () => 2,
    rowAt: () => undefined,
    fieldAt: () => '',
    indexOfRow: (id) => order.indexOf(id),
    indexOfField: (field) => Number(field),
  }
  it('are a block wherever they are now displayed', () => {
    expect(
      rectOfCells(
        [
          { row: 'a', field: '0' },
          { row: 'b', field: '1' },
        ],
        displayed,
      ),
    ).toEqual(rect(1, 0, 2, 1))
  })
  it('are the first alone when they lie scattered', () => {
    expect(
      rectOfCells(
        [
          { row: 'a', field: '0' },
          { row: 'x', field: '0' },
        ],
        displayed,
      ),
    ).toEqual(rectOf({ row: 1, col: 0 }, { row: 1, col: 0 }))
  })
  it('are none when the filter hides them', () => expect(rectOfCells([{ row: 'gone', field: '0' }], displayed)).toBeNull())
})
