import { clamp, samePos } from './selection.ts'
import type { CellPos, CellRect } from './types.ts'

/** What a drag does. */
export interface Gesture {
  /** What it goes over: cells unless whole rows or columns are meant, and then the other place is -1. */
  over?: 'rows' | 'columns'
  /** The cell it has been led to. */
  head: () => CellPos | null
  to: (at: CellPos) => void
  /** It was let go, or lost. */
  end?: (event: MouseEvent | null) => void
}

export interface DragSetup {
  /** The displayed cell under an event, if any; -1 stands for a heading. */
  placeAt: (target: EventTarget | null) => CellPos | null
  /** Where cells are in view, in client coordinates (rows as top and bottom, columns as left and right). */
  view: () => CellRect
  size: () => { rows: number; cols: number }
  reveal: (at: CellPos) => void
}

const EDGE = 4
const ROWS_PER_FRAME = 2

/**
 * Dragging over cells. DOM events, not the grid's own: those arrive late, so a quick click's press can come after its
 * release and leave a drag stuck.
 */
export function createDrag({ placeAt, view, size, reveal }: DragSetup) {
  let gesture: Gesture | null = null
  let frame = 0
  let pointer = { x: 0, y: 0 }

  function start(event: MouseEvent, next: Gesture): void {
    stop()
    gesture = next
    pointer = { x: event.clientX, y: event.clientY }
    window.addEventListener('mousemove', onMove, true)
    window.addEventListener('mouseup', onUp, true)
    frame = requestAnimationFrame(scroll)
  }

  function onMove(event: MouseEvent): void {
    if ((event.buttons & 1) === 0) return stop() // released outside the window
    pointer = { x: event.clientX, y: event.clientY }
    const at = placeAt(event.target)
    if (at && gesture && (at.row >= 0 || gesture.over === 'columns') && (at.col >= 0 || gesture.over === 'rows')) gesture.to(at)
  }

  const onUp = (event: MouseEvent): void => stop(event)

  /** Past an edge the grid scrolls under the pointer, though no mouse event comes from there. */
  function scroll(): void {
    if (!gesture) return
    const edge = view()
    const down = pointer.y < edge.top ? -1 : pointer.y > edge.bottom - EDGE ? 1 : 0
    const right = pointer.x < edge.left ? -1 : pointer.x > edge.right - EDGE ? 1 : 0
    const head = gesture.head()
    if (head && (down || right)) {
      const { rows, cols } = size()
      const to = {
        row: gesture.over === 'columns' ? -1 : clamp(head.row + down * ROWS_PER_FRAME, 0, rows - 1),
        col: gesture.over === 'rows' ? -1 : clamp(head.col + right, 0, cols - 1),
      }
      if (!samePos(to, head)) {
        gesture.to(to)
        reveal(to)
      }
    }
    frame = requestAnimationFrame(scroll)
  }

  function stop(event: MouseEvent | null = null): void {
    const ended = gesture
    gesture = null
    cancelAnimationFrame(frame)
    window.removeEventListener('mousemove', onMove, true)
    window.removeEventListener('mouseup', onUp, true)
    ended?.end?.(event)
  }

  return { start, stop }
}
