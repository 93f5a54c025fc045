import type { Gesture } from './drag.ts'
import { fillArea, type Fill } from './fill.ts'
import { around } from './selection.ts'
import type { Sheet } from './sheet.ts'
import type { CellPos } from './types.ts'

/** What a press of the mouse on a cell begins, if anything is to be dragged. */
export function pressOnCell({ selection }: Sheet, event: MouseEvent, at: CellPos): Gesture | null {
  const selected = selection.sidesOf(at.row, at.col) !== 0
  if (event.button === 1) return null
  if (event.button === 2) {
    if (!selected) selection.select(at)
    return null
  }
  if (event.shiftKey) selection.extend(at)
  else if (!event.ctrlKey && !event.metaKey) selection.select(at)
  else if (selected) {
    selection.leaveOut(at)
    return null
  } else selection.add(at)
  return { head: selection.head, to: selection.extend }
}

/** A press on a row's number or a column's header selects it whole; on the corner between, where both places are -1, all. */
export function pressOnHeading({ selection }: Sheet, event: MouseEvent, at: CellPos, size: { rows: number; cols: number }) {
  if (event.button !== 0 || size.rows === 0) return null
  const end = ({ row, col }: CellPos): CellPos => ({
    row: at.row < 0 ? size.rows - 1 : row,
    col: at.col < 0 ? size.cols - 1 : col,
  })
  const { row, col } = (event.shiftKey && selection.anchor()) || at
  const start = { row: at.row < 0 ? 0 : row, col: at.col < 0 ? 0 : col }
  if (event.ctrlKey || event.metaKey) selection.add(start, end(at))
  else selection.select(start, end(at))
  if (at.row < 0 && at.col < 0) return null
  const gesture: Gesture = {
    over: at.row < 0 ? 'columns' : 'rows',
    head() {
      const head = selection.head()
      return head && { row: at.row < 0 ? -1 : head.row, col: at.col < 0 ? -1 : head.col }
    },
    to: (to) => selection.extend(end(to)),
  }
  return gesture
}

/** Dragging the fill handle: the range and what it would fill are shown as one. With Ctrl, what would count is copied. */
export function pressOnHandle({ selection, fill }: Sheet, { button }: MouseEvent): Gesture | null {
  const from = selection.range.value
  if (!from || button !== 0) return null
  let head: CellPos = { row: from.bottom, col: from.right }
  let next: Fill | null = null
  return {
    head: () => head,
    to(at) {
      head = at
      next = fillArea(from, at)
      selection.preview.value = next && around(from, next.area)
    },
    end(event) {
      selection.preview.value = null
      if (next && event) fill(next, event.ctrlKey || event.metaKey)
    },
  }
}
