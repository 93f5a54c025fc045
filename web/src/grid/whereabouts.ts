import { shallowRef, watch } from 'vue'
import type { Announcer } from './announcer.ts'
import type { CopiedCell } from './cellText.ts'
import type { Describer } from './describe.ts'
import type { Events } from './events.ts'
import type { ScreenRef } from './screen.ts'
import { cellsIn, colsIn, rectOfCells, rowsIn, type Selection } from './selection.ts'
import type { SheetModel, SheetRow } from './sheetModel.ts'
import { rangeStats } from './stats.ts'
import type { CellEdit, GridColumn, GridWords, RangeStats } from './types.ts'

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

  /** The rows were sorted or filtered: ranges are places, so only the active row is followed. */
  function followRow(row: SheetRow | undefined): void {
    const active = selection.active.value
    if (!active || !screen.now) return
    if (screen.now.rowCount() === 0) return selection.clear()
    const place = row ? screen.now.indexOfRow(row.id) : -1
    selection.select({ row: Math.max(place, 0), col: Math.min(active.col, screen.now.columnCount() - 1) })
  }

  /** The range as text, row by row, as displayed. */
  function copied(): CopiedCell[][] {
    const at = selection.range.value
    if (!screen.now || !at) return []
    const shownColumns = Array.from({ length: colsIn(at) }, (_, right) => columns.get(screen.now!.fieldAt(at.left + right)))
    return Array.from({ length: rowsIn(at) }, (_, down) => {
      const row = screen.now!.rowAt(at.top + down)
      return shownColumns.map((column) => copyOf(row, column))
    })
  }
  function copyOf(row: SheetRow | undefined, column: GridColumn | undefined): CopiedCell {
    if (!row || !column) return { text: '', isNumber: false }
    const value = model.value(row, column.field)
    const number = column.kind === 'number' || typeof value === 'number'
    const text = number || !column.show ? String(value ?? '') : column.show(value, row)
    return { text, isNumber: number && text !== '' && Number.isFinite(Number(text)) }
  }

  /** Counts the range anew, soon; a large one only when it has come to rest. */
  function countSoon(): void {
    clearTimeout(timer)
    const at = selection.range.value
    timer = setTimeout(count, at && cellsIn(at) > MANY_CELLS ? 250 : 0)
  }
  function count(): void {
    const at = selection.range.value
    const shown = screen.now
    if (!shown || !at) {
      stats.value = NO_STATS
      return
    }
    stats.value = rangeStats(cellsIn(at), (each) => {
      for (let col = at.left; col <= at.right; col++) {
        const field = shown.fieldAt(col)
        const kind = columns.get(field)?.kind
        const numeric = kind === 'number' || kind === 'computed'
        for (let row = at.top; row <= at.bottom; row++) each(shown.rowAt(row)?.value(field), numeric)
      }
    })
  }

  watch(
    selection.range,
    (rect) => {
      screen.now?.repaint()
      countSoon()
      if (rect && cellsIn(rect) > 1) announcer.sayPlace(words.selected(rowsIn(rect), colsIn(rect)))
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

  return { stats, activeCell, select, showCells, followRow, copied, countSoon, stop: () => clearTimeout(timer) }
}
