import type { Gesture } from './drag.ts'
import { fillArea, type Fill } from './fill.ts'
import { around } from './selection.ts'
import type { Sheet } from './sheet.ts'
import type { CellPos } from './types.ts'

/** What a press of the mouse on a cell begins, if anything is to be dragged. */
export function pressOnCell({ selection }: Sheet, event: MouseEvent, at: CellPos): Gesture | null {
  if (event.button === 1) return null
  if (event.button === 2) {
    if (selection.sidesOf(at.row, at.col) === 0) selection.select(at)
    return null
  }
  if (event.shiftKey) selection.extend(at)
  else selection.select(at)
  return { head: selection.head, to: selection.extend }
}

/** Dragging the fill handle: the range and what it would fill are shown as one. With Ctrl, what would count is copied. */
export function pressOnHandle({ selection, fill }: Sheet): Gesture | null {
  const from = selection.range.value
  if (!from) return null
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
