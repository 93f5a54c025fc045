import { clamp, samePos, type Selection } from './selection.ts'
import type { CellPos, CellRect } from './types.ts'

export interface DragSetup {
  selection: Selection
  /** The displayed cell under an event, if any. */
  cellAt: (target: EventTarget | null) => CellPos | null
  /** Where cells are in view, in client coordinates (rows as top and bottom, columns as left and right). */
  view: () => CellRect
  size: () => { rows: number; cols: number }
  reveal: (at: CellPos) => void
}

const EDGE = 4
const ROWS_PER_FRAME = 2

/**
 * Selecting with the mouse. DOM events, not the grid's own: those arrive late, so a quick click's press can come after its
 * release and leave a drag stuck.
 */
export function createDrag({ selection, cellAt, view, size, reveal }: DragSetup) {
  let dragging = false
  let frame = 0
  let pointer = { x: 0, y: 0 }

  /** A press on a cell. */
  function start(event: MouseEvent, at: CellPos): void {
    if (event.button === 1) return
    if (event.button === 2) {
      if (selection.sidesOf(at.row, at.col) === 0) selection.select(at)
      return
    }
    if (event.shiftKey) selection.extend(at)
    else selection.select(at)
    stop()
    dragging = true
    pointer = { x: event.clientX, y: event.clientY }
    window.addEventListener('mousemove', onMove, true)
    window.addEventListener('mouseup', stop, true)
    frame = requestAnimationFrame(scroll)
  }

  function onMove(event: MouseEvent): void {
    if ((event.buttons & 1) === 0) return stop() // released outside the window
    pointer = { x: event.clientX, y: event.clientY }
    const at = cellAt(event.target)
    if (at) selection.extend(at)
  }

  /** Past an edge the grid scrolls under the pointer, though no mouse event comes from there. */
  function scroll(): void {
    if (!dragging) return
    const edge = view()
    const down = pointer.y < edge.top ? -1 : pointer.y > edge.bottom - EDGE ? 1 : 0
    const right = pointer.x < edge.left ? -1 : pointer.x > edge.right - EDGE ? 1 : 0
    const head = selection.head()
    if (head && (down || right)) {
      const { rows, cols } = size()
      const to = { row: clamp(head.row + down * ROWS_PER_FRAME, 0, rows - 1), col: clamp(head.col + right, 0, cols - 1) }
      if (!samePos(to, head)) {
        selection.extend(to)
        reveal(to)
      }
    }
    frame = requestAnimationFrame(scroll)
  }

  function stop(): void {
    dragging = false
    cancelAnimationFrame(frame)
    window.removeEventListener('mousemove', onMove, true)
    window.removeEventListener('mouseup', stop, true)
  }

  return { start, stop }
}
