import { shallowRef, watch } from 'vue'
import type { Announcer } from './announcer.ts'
import type { CopiedCell } from './cellText.ts'
import { isNumeric } from './cellTypes.ts'
import type { Describer } from './describe.ts'
import type { Events } from './events.ts'
import { blockOf, disjoint, MOST_RANGES, stretches } from './ranges.ts'
import type { ScreenRef } from './screen.ts'
import { cellsIn, colsIn, rectOfCells, rowsIn, type Selection } from './selection.ts'
import type { SheetModel, SheetRow } from './sheetModel.ts'
import { isDate } from './series.ts'
import { rangeStats } from './stats.ts'
import type { CellEdit, GridColumn, GridWords, NamedBlock, RangeStats } from './types.ts'

interface WhereaboutsSetup {
  model: SheetModel
  screen: ScreenRef
  selection: Selection
  columns: ReadonlyMap<string, GridColumn>
  describe: Describer
  announcer: Announcer
  words: GridWords
  emit: Events['emit']
}

const NO_STATS: RangeStats = { cells: 0, count: 0, numbers: 0, sum: null, average: null, min: null, max: null }
const MANY_CELLS = 5000

/** Where the person is: the active cell, what the range holds, and going to other cells. */
export function createWhereabouts(setup: WhereaboutsSetup) {
  const { model, screen, selection, columns, describe, announcer, words, emit } = setup
  const stats = shallowRef<RangeStats>(NO_STATS)
  let timer: ReturnType<typeof setTimeout> | undefined

  function activeCell() {
    const at = selection.active.value
    const row = at && screen.now?.rowAt(at.row)
    const column = at && screen.now && columns.get(screen.now.fieldAt(at.col))
    return at && row && column ? { at, row, column } : null
  }

  /** Goes to a cell, if it is displayed. */
  function select(row: string, field: string): boolean {
    const at = screen.now && { row: screen.now.indexOfRow(row), col: screen.now.indexOfField(field) }
    if (!at || at.row < 0 || at.col < 0) return false
    selection.select(at)
    screen.now?.reveal(at)
    return true
  }

  /** Selects the cells an action touched. */
  function showCells(cells: readonly CellEdit[]): void {
    const rect = screen.now && rectOfCells(cells, screen.now)
    if (!rect) return
    selection.select({ row: rect.top, col: rect.left }, { row: rect.bottom, col: rect.right })
    screen.now?.reveal({ row: rect.top, col: rect.left })
  }

  /** The rows were sorted or filtered: what was selected stays selected, wherever its rows are displayed now. */
  function followRows(before: readonly SheetRow[]): void {
    const active = selection.active.value
    const now = screen.now
    if (!active || !now) return
    if (now.rowCount() === 0) return selection.clear()
    const placeOf = (row: number): number => (before[row] ? now.indexOfRow(before[row].id) : -1)
    const at = { row: Math.max(placeOf(active.row), 0), col: Math.min(active.col, now.columnCount() - 1) }
    const ranges = selection.ranges.value.flatMap((range) => {
      const places = Array.from({ length: rowsIn(range) }, (_, down) => placeOf(range.top + down)).filter((place) => place >= 0)
      return stretches(places).map(([top, bottom]) => ({ ...range, top, bottom }))
    })
    if (placeOf(active.row) < 0 || ranges.length > MOST_RANGES) selection.select(at)
    else selection.replace(ranges, at)
  }

  /** Columns were moved, hidden or shown: what was selected stays selected, wherever its columns are now. */
  function followColumns(before: readonly string[]): void {
    const active = selection.active.value
    const now = screen.now
    if (!active || !now || now.columnCount() === 0) return
    const placeOf = (col: number): number => (before[col] === undefined ? -1 : now.indexOfField(before[col]))
    const at = { row: active.row, col: Math.max(placeOf(active.col), 0) }
    const ranges = selection.ranges.value.flatMap((range) => {
      if (colsIn(range) === before.length) return [{ ...range, left: 0, right: now.columnCount() - 1 }]
      const places = Array.from({ length: colsIn(range) }, (_, right) => placeOf(range.left + right)).filter((col) => col >= 0)
      return stretches(places).map(([left, right]) => ({ ...range, left, right }))
    })
    if (placeOf(active.col) < 0) selection.select(at)
    else selection.replace(ranges, at)
  }

  /** What is selected as text, row by row, as displayed. Several ranges are put together where that makes a block. */
  function copied(): CopiedCell[][] {
    const ranges = selection.ranges.value
    const block = blockOf(ranges)
    if (!block && ranges.length > 0) announcer.show(words.copyRefused)
    if (!screen.now || !block) return []
    const shownColumns = block.cols.map((col) => columns.get(screen.now!.fieldAt(col)))
    return block.rows.map((at) => {
      const row = screen.now!.rowAt(at)
      return shownColumns.map((column) => copyOf(row, column))
    })
  }
  function copyOf(row: SheetRow | undefined, column: GridColumn | undefined): CopiedCell {
    if (!row || !column) return { text: '', isNumber: false }
    const value = model.value(row, column.field)
    const number = column.kind === 'number' || typeof value === 'number'
    const text = number || !column.show ? String(value ?? '') : column.show(value, row)
    const dated = column.kind === 'date' && isDate(text)
    const rate = column.kind === 'percent' && text.endsWith('%')
    return { text, isNumber: dated || rate || (number && text !== '' && Number.isFinite(Number(text))) }
  }

  /** What is selected, by the names of rows and columns; no cell is in two blocks. */
  function blocks(): NamedBlock[] {
    const shown = screen.now
    if (!shown) return []
    const places = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)
    return disjoint(selection.ranges.value).map((range) => ({
      rows: places(range.top, range.bottom).flatMap((row) => shown.rowAt(row)?.id ?? []),
      fields: colsIn(range) === shown.columnCount() ? null : places(range.left, range.right).map((col) => shown.fieldAt(col)),
    }))
  }

  /** Counts what is selected anew, soon; much of it only when it has come to rest. */
  function countSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(count, selection.ranges.value.reduce((sum, range) => sum + cellsIn(range), 0) > MANY_CELLS ? 250 : 0)
  }
  function count(): void {
    const shown = screen.now
    const ranges = disjoint(selection.ranges.value)
    if (!shown || ranges.length === 0) {
      stats.value = NO_STATS
      return
    }
    const cells = ranges.reduce((sum, range) => sum + cellsIn(range), 0)
    stats.value = rangeStats(cells, (each) => {
      for (const range of ranges)
        for (let col = range.left; col <= range.right; col++) {
          const field = shown.fieldAt(col)
          const numeric = isNumeric(columns.get(field)?.kind)
          for (let row = range.top; row <= range.bottom; row++) each(shown.rowAt(row)?.value(field), numeric)
        }
    })
  }

  watch(
    selection.ranges,
    (ranges) => {
      screen.now?.repaint()
      countSoon()
      const [first] = ranges
      const cells = ranges.reduce((sum, range) => sum + cellsIn(range), 0)
      if (first && cells > 1)
        announcer.sayPlace(
          ranges.length > 1 ? words.selectedRanges(ranges.length, cells) : words.selected(rowsIn(first), colsIn(first)),
        )
    },
    { flush: 'sync' },
  )
  watch(selection.preview, () => screen.now?.repaint(), { flush: 'sync' })
  watch(
    selection.active,
    () => {
      screen.now?.repaint()
      const cell = activeCell()
      if (!cell) return
      announcer.sayPlace(describe.spoken(cell.row, cell.column, cell.at.row))
      emit('cell-focus', { row: cell.row.id, field: cell.column.field })
    },
    { flush: 'sync' },
  )

  return {
    stats,
    activeCell,
    select,
    showCells,
    followRows,
    followColumns,
    copyOf,
    copied,
    blocks,
    countSoon,
    stop: () => clearTimeout(timer),
  }
}
