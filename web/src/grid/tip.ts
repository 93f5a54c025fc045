import { shallowRef, type CSSProperties } from 'vue'
import type { EditorBox } from './editor.ts'
import { samePos } from './selection.ts'
import type { CellPos } from './types.ts'

interface TipSetup {
  /** The displayed cell under an event, if any. */
  cellAt: (target: EventTarget | null) => CellPos | null
  /** What is to be told of a cell, and where it lies; null where it is not drawn. */
  tell: (at: CellPos) => { text: string; box: EditorBox } | null
  /** How large the grid is on the screen. */
  size: () => { width: number; height: number }
}

const RESTS = 400
const WIDTH = 320

/** The words that come up beside the cell the mouse rests on. One for all cells: a listener for each is felt when scrolling. */
export function createTip({ cellAt, tell, size }: TipSetup) {
  const shown = shallowRef<{ text: string; style: CSSProperties } | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let over: CellPos | null = null

  function hide(): void {
    clearTimeout(timer)
    over = null
    shown.value = null
  }

  function follow({ target }: MouseEvent): void {
    const at = cellAt(target)
    if (samePos(at, over)) return
    hide()
    over = at
    if (at) timer = setTimeout(() => show(at), RESTS)
  }

  function show(at: CellPos): void {
    const told = tell(at)
    if (!told?.text) return
    const { text, box } = told
    const { width, height } = size()
    const left = `${Math.max(0, Math.min(box.left, width - WIDTH))}px`
    const below = box.top < height / 2
    const place = below ? { top: `${box.top + box.height + 2}px` } : { bottom: `${height - box.top + 2}px` }
    shown.value = { text, style: { left, maxWidth: `${WIDTH}px`, ...place } }
  }

  return { shown, follow, hide }
}
