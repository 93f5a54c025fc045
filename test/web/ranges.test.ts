import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockOf, cycleThrough, disjoint, stretches } from '../../web/src/grid/ranges.ts'
import { createSelection, without } from '../../web/src/grid/selection.ts'
import { SIDE } from '../../web/src/grid/states.ts'
import type { CellRect } from '../../web/src/grid/types.ts'

const rect = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right })
const place = fc.nat(7)
const anyRect = fc
  .tuple(place, place, place, place)
  .map(([a, b, c, d]) => rect(Math.min(a, b), Math.min(c, d), Math.max(a, b), Math.max(c, d)))
const anyRanges = fc.array(anyRect, { minLength: 1, maxLength: 6 })
const cellsOf = (ranges: readonly CellRect[]): string[] =>
  ranges.flatMap(({ top, left, bottom, right }) => {
    const out: string[] = []
    for (let row = top; row <= bottom; row++) for (let col = left; col <= right; col++) out.push(`${row},${col}`)
    return out
  })
const set = (ranges: readonly CellRect[]) => new Set(cellsOf(ranges))

describe('several ranges', () => {
  it('hold each of their cells once when made disjoint', () => {
    fc.assert(
      fc.property(anyRanges, (ranges) => {
        const cells = cellsOf(disjoint(ranges))
        expect(new Set(cells).size).toBe(cells.length)
        expect(new Set(cells)).toEqual(set(ranges))
      }),
    )
  })

  it('lose exactly the hole', () => {
    fc.assert(
      fc.property(anyRect, anyRect, (range, hole) => {
        const cells = cellsOf(without(range, hole))
        const cut = set([hole])
        expect([...cells].sort()).toEqual(
          cellsOf([range])
            .filter((cell) => !cut.has(cell))
            .sort(),
        )
      }),
    )
  })

  it('make a block where they share rows or columns', () => {
    expect(blockOf([rect(1, 0, 2, 0), rect(1, 3, 2, 4)])).toEqual({ rows: [1, 2], cols: [0, 3, 4] })
    expect(blockOf([rect(5, 1, 5, 2), rect(1, 1, 2, 2)])).toEqual({ rows: [1, 2, 5], cols: [1, 2] })
    expect(blockOf([rect(1, 0, 2, 1), rect(1, 1, 2, 2)])).toEqual({ rows: [1, 2], cols: [0, 1, 2] })
    expect(blockOf([rect(1, 0, 2, 0), rect(1, 3, 3, 3)])).toBeNull()
    expect(blockOf([])).toBeNull()
  })

  it('are walked through cell by cell, all of them and back', () => {
    fc.assert(
      fc.property(anyRanges, fc.constantFrom('rows' as const, 'columns' as const), (ranges, along) => {
        const first = { row: ranges[0]!.top, col: ranges[0]!.left }
        let at = first
        const seen = new Set<string>()
        const count = set(ranges).size
        for (let step = 0; step < count; step++) {
          seen.add(`${at.row},${at.col}`)
          const next = cycleThrough(at, ranges, along, 1)
          expect(cycleThrough(next, ranges, along, -1)).toEqual(at)
          at = next
        }
        expect(seen).toEqual(set(ranges))
        expect(at).toEqual(first)
      }),
    )
  })

  it('of rows that were put into another order are stretches of neighbours', () => {
    expect(stretches([7, 3, 5, 4])).toEqual([
      [3, 5],
      [7, 7],
    ])
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(30)), (rows) => {
        const out = stretches(rows)
        expect(out.flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, at) => low + at))).toEqual(
          [...rows].sort((a, b) => a - b),
        )
        out.forEach(([low], at) => at > 0 && expect(low).toBeGreaterThan(out[at - 1]![1] + 1))
      }),
    )
  })
})

describe('the selection', () => {
  it('keeps what was selected by Ctrl, leaves a cell out, and paints what it holds', () => {
    const step = fc.record({ what: fc.constantFrom('select', 'add', 'extend', 'leaveOut'), row: place, col: place })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const selection = createSelection()
        selection.select({ row: 0, col: 0 })
        for (const { what, row, col } of steps) {
          const before = set(selection.ranges.value)
          const cell = `${row},${col}`
          if (what === 'select') selection.select({ row, col })
          if (what === 'add') selection.add({ row, col })
          if (what === 'extend') selection.extend({ row, col })
          if (what === 'leaveOut') selection.leaveOut({ row, col })
          const now = set(selection.ranges.value)
          if (what === 'add') expect(now).toEqual(before.add(cell))
          if (what === 'extend') expect(now.has(cell)).toBe(true)
          if (what === 'leaveOut' && before.size > 1) {
            before.delete(cell)
            expect(now).toEqual(before)
          }
          const { row: activeRow, col: activeCol } = selection.active.value!
          expect(now.has(`${activeRow},${activeCol}`)).toBe(true)
          for (let at = 0; at < 8; at++)
            for (let to = 0; to < 8; to++) expect((selection.sidesOf(at, to) & SIDE.inside) !== 0).toBe(now.has(`${at},${to}`))
        }
      }),
    )
  })

  it('has a fill handle where it is one range alone', () => {
    const selection = createSelection()
    selection.select({ row: 1, col: 1 }, { row: 2, col: 2 })
    expect(selection.sidesOf(2, 2) & SIDE.corner).toBeTruthy()
    selection.add({ row: 4, col: 4 })
    expect((selection.sidesOf(2, 2) | selection.sidesOf(4, 4)) & SIDE.corner).toBe(0)
  })
})
