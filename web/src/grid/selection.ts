import { computed, shallowRef } from 'vue'
import type { SheetRow } from './sheetModel.ts'
import { SIDE } from './states.ts'
import type { CellPos, CellRect } from './types.ts'

/** What is displayed, in its order: rows that passed the filter, columns from left to right. */
export interface Displayed {
  rowCount(): number
  columnCount(): number
  rowAt(row: number): SheetRow | undefined
  fieldAt(col: number): string
  indexOfRow(id: string): number
  indexOfField(field: string): number
}

export const rectOf = (a: CellPos, b: CellPos): CellRect => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.col, b.col),
  right: Math.max(a.col, b.col),
})
export const rowsIn = (rect: CellRect): number => rect.bottom - rect.top + 1
export const colsIn = (rect: CellRect): number => rect.right - rect.left + 1
export const cellsIn = (rect: CellRect): number => rowsIn(rect) * colsIn(rect)
export const samePos = (a: CellPos | null, b: CellPos | null): boolean => a?.row === b?.row && a?.col === b?.col

export const firstOf = ({ top, left }: CellRect): CellPos => ({ row: top, col: left })
export const lastOf = ({ bottom, right }: CellRect): CellPos => ({ row: bottom, col: right })
export const holds = (rect: CellRect, { row, col }: CellPos): boolean =>
  row >= rect.top && row <= rect.bottom && col >= rect.left && col <= rect.right
export const sameRect = (a: CellRect, b: CellRect): boolean =>
  a.top === b.top && a.left === b.left && a.bottom === b.bottom && a.right === b.right

export const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))
export const within = ({ row, col }: CellPos, rows: number, cols: number): CellPos => ({
  row: clamp(row, 0, rows - 1),
  col: clamp(col, 0, cols - 1),
})

/** Where a block of `height` x `width` lands: it tiles a selection it divides, else it lands whole at the top left. */
export function pasteRect(selection: CellRect, height: number, width: number): CellRect {
  const rows = rowsIn(selection) % height === 0 ? rowsIn(selection) : height
  const cols = colsIn(selection) % width === 0 ? colsIn(selection) : width
  return { top: selection.top, left: selection.left, bottom: selection.top + rows - 1, right: selection.left + cols - 1 }
}

/** The smallest rectangle around two. */
export const around = (a: CellRect, b: CellRect): CellRect => ({
  top: Math.min(a.top, b.top),
  left: Math.min(a.left, b.left),
  bottom: Math.max(a.bottom, b.bottom),
  right: Math.max(a.right, b.right),
})

/** The part of a rectangle that lies in a grid of this size. */
export const cut = (rect: CellRect, rows: number, cols: number): CellRect => ({
  ...rect,
  bottom: Math.min(rect.bottom, rows - 1),
  right: Math.min(rect.right, cols - 1),
})

/** What is left of a rectangle when another is taken out of it: above, below, and on either side. */
export function without(rect: CellRect, hole: CellRect): CellRect[] {
  const top = Math.max(rect.top, hole.top)
  const bottom = Math.min(rect.bottom, hole.bottom)
  if (top > bottom || hole.left > rect.right || hole.right < rect.left) return [rect]
  return [
    { ...rect, bottom: top - 1 },
    { ...rect, top: bottom + 1 },
    { ...rect, top, bottom, right: hole.left - 1 },
    { ...rect, top, bottom, left: hole.right + 1 },
  ].filter((part) => part.top <= part.bottom && part.left <= part.right)
}

/** Ctrl+arrow: to the end of the filled stretch, or over empty cells to the next filled one, or to the edge. */
export function jumpFrom(
  from: CellPos,
  down: number,
  right: number,
  rows: number,
  cols: number,
  filled: (at: CellPos) => boolean,
): CellPos {
  const next = (at: CellPos): CellPos => ({ row: at.row + down, col: at.col + right })
  const inside = ({ row, col }: CellPos): boolean => row >= 0 && row < rows && col >= 0 && col < cols
  let at = from
  let ahead = next(at)
  if (!inside(ahead)) return at
  const followFilled = filled(at) && filled(ahead)
  while (inside(ahead)) {
    if (followFilled && !filled(ahead)) return at
    at = ahead
    if (!followFilled && filled(at)) return at
    ahead = next(at)
  }
  return at
}

/** Enter and Tab inside a range go round in it: down the columns, or along the rows. */
export function cycle(at: CellPos, rect: CellRect, along: 'rows' | 'columns', step: 1 | -1): CellPos {
  const [height, width] = [rowsIn(rect), colsIn(rect)]
  const [row, col] = [at.row - rect.top, at.col - rect.left]
  const place = along === 'rows' ? row * width + col : col * height + row
  const next = (place + step + height * width) % (height * width)
  return along === 'rows'
    ? { row: rect.top + Math.floor(next / width), col: rect.left + (next % width) }
    : { row: rect.top + (next % height), col: rect.left + Math.floor(next / height) }
}

/** The smallest rectangle of displayed cells that holds exactly these cells, or the first of them when they lie scattered. */
export function rectOfCells(cells: readonly { row: string; field: string }[], displayed: Displayed): CellRect | null {
  const rows = new Map<string, number>()
  const cols = new Map<string, number>()
  for (const { row, field } of cells) {
    if (!rows.has(row)) rows.set(row, displayed.indexOfRow(row))
    if (!cols.has(field)) cols.set(field, displayed.indexOfField(field))
  }
  const rowPlaces = [...rows.values()].filter((place) => place >= 0)
  const colPlaces = [...cols.values()].filter((place) => place >= 0)
  if (rowPlaces.length === 0 || colPlaces.length === 0) return null
  const [top, bottom] = extent(rowPlaces)
  const [left, right] = extent(colPlaces)
  const whole = bottom - top + 1 === rowPlaces.length
  if (whole) return { top, bottom, left, right }
  const first = cells.find(({ row, field }) => rows.get(row)! >= 0 && cols.get(field)! >= 0)
  if (!first) return null
  const at = { row: rows.get(first.row)!, col: cols.get(first.field)! }
  return rectOf(at, at)
}
function extent(places: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const place of places) {
    if (place < low) low = place
    if (place > high) high = place
  }
  return [low, high]
}

export type Selection = ReturnType<typeof createSelection>

/** Ranges: the last is spanned from the anchor to the head; the active cell is where typing goes. */
export function createSelection() {
  const range = shallowRef<CellRect | null>(null)
  /** Ranges from before, which Ctrl has kept. */
  const others = shallowRef<readonly CellRect[]>([])
  const ranges = computed(() => (range.value ? [...others.value, range.value] : []))
  const active = shallowRef<CellPos | null>(null)
  /** What a drag of the fill handle would make of the range. */
  const preview = shallowRef<CellRect | null>(null)
  let anchor: CellPos | null = null
  let head: CellPos | null = null

  /** Selects from one cell to another; the first is the active one. */
  function select(from: CellPos, to: CellPos = from): void {
    if (others.value.length > 0) others.value = []
    if (!samePos(active.value, from)) active.value = from
    span(from, to)
  }

  /** Selects more, and keeps what is selected. */
  function add(from: CellPos, to: CellPos = from): void {
    const kept = ranges.value
    select(from, to)
    others.value = kept
  }

  /** Leaves one cell out of what is selected. */
  function leaveOut(at: CellPos): void {
    const rest = ranges.value.flatMap((part) => without(part, rectOf(at, at)))
    if (rest.length > 0) replace(rest, samePos(active.value, at) ? firstOf(rest.at(-1)!) : active.value!)
  }

  /** Selects these ranges; the one with the active cell can be extended. */
  function replace(next: readonly CellRect[], at: CellPos): void {
    const last = next.find((part) => holds(part, at)) ?? next.at(-1)!
    if (!samePos(active.value, at)) active.value = at
    others.value = next.filter((part) => part !== last)
    span(firstOf(last), lastOf(last))
  }

  /** Spans the range anew; the active cell stays where it is as long as it lies inside. */
  function extend(to: CellPos): void {
    if (!anchor || samePos(head, to)) return
    if (active.value && !holds(rectOf(anchor, to), active.value)) active.value = anchor
    span(anchor, to)
  }

  function span(from: CellPos, to: CellPos): void {
    anchor = from
    head = to
    const next = rectOf(from, to)
    if (!range.value || !sameRect(range.value, next)) range.value = next
  }

  /** Moves the active cell inside the range. */
  function activate(at: CellPos): void {
    active.value = at
  }

  function clear(): void {
    anchor = head = active.value = range.value = null
    others.value = []
  }

  /** Bits of SIDE for one displayed cell. */
  function sidesOf(row: number, col: number): number {
    const alone = others.value.length === 0
    let sides = 0
    for (const rect of preview.value ? [preview.value] : ranges.value) {
      if (row < rect.top || row > rect.bottom || col < rect.left || col > rect.right) continue
      sides |= SIDE.inside
      if (row === rect.top) sides |= SIDE.top
      if (row === rect.bottom) sides |= SIDE.bottom
      if (col === rect.left) sides |= SIDE.left
      if (col === rect.right) sides |= SIDE.right
      if (alone && row === rect.bottom && col === rect.right) sides |= SIDE.corner
    }
    if (sides && active.value?.row === row && active.value.col === col) sides |= SIDE.active
    return sides
  }

  return {
    range,
    ranges,
    active,
    preview,
    select,
    add,
    leaveOut,
    replace,
    extend,
    activate,
    clear,
    sidesOf,
    head: () => head,
    anchor: () => anchor,
  }
}
