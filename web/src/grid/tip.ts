import { shallowRef, type CSSProperties } from 'vue'
import type { EditorBox } from './editor.ts'

interface TipSetup {
  /** What is to be told of the cell under an event, and where it lies; null where nothing is. */
  tell: (event: MouseEvent) => { text: string; box: EditorBox } | null
  /** How large the grid is on the screen. */
  size: () => { width: number; height: number }
}

const RESTS = 400
const WIDTH = 320

/** The words that come up beside the cell the mouse rests on. One for all cells: a listener for each is felt when scrolling. */
export function createTip({ tell, size }: TipSetup) {
  const shown = shallowRef<{ text: string; style: CSSProperties } | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let over: Element | null = null

  function hide(): void {
    clearTimeout(timer)
    over = null
    shown.value = null
  }

  function follow(event: MouseEvent): void {
    const cell = event.target instanceof Element ? event.target.closest('.ag-cell') : null
    if (cell === over) return
    hide()
    over = cell
    if (cell) timer = setTimeout(() => show(event), RESTS)
  }

  function show(event: MouseEvent): void {
    const told = tell(event)
    if (!told?.text) return
    const { text, box } = told
    const { width, height } = size()
    const below = box.top < height / 2
    const left = `${Math.max(0, Math.min(box.left, width - WIDTH))}px`
    const place = below ? { top: `${box.top + box.height + 2}px` } : { bottom: `${height - box.top + 2}px` }
    shown.value = { text, style: { left, maxWidth: `${WIDTH}px`, ...place } }
  }

  return { shown, follow, hide }
}
