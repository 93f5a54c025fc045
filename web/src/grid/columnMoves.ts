import { shallowRef } from 'vue'
import type { Gesture } from './drag.ts'
import type { GridPort } from './gridPort.ts'
import { colsIn, rowsIn } from './selection.ts'
import type { Sheet } from './sheet.ts'
import type { CellPos, CellRect } from './types.ts'

type MovingPort = Pick<GridPort, 'canMove' | 'moveColumns' | 'edgeBefore' | 'reveal' | 'rowCount' | 'columnCount' | 'fieldAt'>

/** Moving selected columns: by a key, or by dragging the header of a column that is selected whole. */
export function createColumnMoves(sheet: Sheet, port: () => MovingPort) {
  const { selection, announcer, words } = sheet
  /** Where a line shows that the columns would go, in the coordinates of the grid. */
  const line = shallowRef<ReturnType<MovingPort['edgeBefore']>>(null)

  function move(columns: CellRect, to: number): void {
    const title = sheet.titleOf(port().fieldAt(columns.left))
    if (!port().moveColumns(columns, to)) return announcer.show(words.cannotMove)
    const now = selection.range.value
    if (!now) return
    announcer.say(words.moved(title, now.left + 1))
    port().reveal({ row: -1, col: to > columns.right ? now.right : now.left })
  }

  /** To the next place where they may stand; a section is passed over as a whole. */
  function byKey(step: 1 | -1): void {
    const columns = selection.range.value
    if (!columns) return
    let to = step > 0 ? columns.right + 2 : columns.left - 1
    while (to >= 0 && to <= port().columnCount() && !port().canMove(columns, to)) to += step
    move(columns, to)
  }

  /** What a press on a header begins when its column is selected whole; null when it is not. */
  function press({ button, shiftKey, ctrlKey, metaKey }: MouseEvent, at: CellPos): Gesture | null {
    if (button !== 0 || shiftKey || ctrlKey || metaKey || at.row >= 0 || at.col < 0) return null
    const rows = port().rowCount()
    const columns = selection.ranges.value.find(
      (range) => rowsIn(range) === rows && at.col >= range.left && at.col <= range.right,
    )
    if (!columns || colsIn(columns) === port().columnCount()) return null
    let head = at
    let to: number | null = null
    return {
      over: 'columns',
      head: () => head,
      to(next) {
        head = { row: -1, col: next.col }
        to = next.col > columns.right ? next.col + 1 : next.col < columns.left ? next.col : null
        line.value = to !== null && port().canMove(columns, to) ? port().edgeBefore(to) : null
      },
      end(event) {
        line.value = null
        if (!event) return
        const last = rows - 1
        if (to !== null) {
          selection.select({ row: 0, col: columns.left }, { row: last, col: columns.right })
          move(columns, to)
        } else if (head.col === at.col) selection.select({ row: 0, col: at.col }, { row: last, col: at.col }) // a mere click
      },
    }
  }

  return { line, byKey, press }
}
