import { cycleThrough } from './ranges.ts'
import { cellsIn, clamp, jumpFrom, within, type Selection } from './selection.ts'
import type { CellPos } from './types.ts'

/** What a key asks of the grid while no editor is open. */
export type KeyCommand =
  | { do: 'move'; down: number; right: number; jump: boolean; extend: boolean }
  | { do: 'page'; down: 1 | -1; extend: boolean }
  | { do: 'home' | 'end'; whole: boolean; extend: boolean }
  | { do: 'enter' | 'tab'; step: 1 | -1 }
  | { do: 'fill'; along: 'down' | 'right' }
  | { do: 'moveColumns'; step: 1 | -1 }
  | { do: 'help'; typed: boolean }
  | { do: 'find' | 'replace' | 'goTo' | 'note' }
  | { do: 'today' | 'rows' | 'columns' | 'all' | 'undo' | 'redo' | 'clear' | 'edit' | 'escape' | 'filter' | 'sort' | 'transpose' }

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

const ARROWS: Record<string, readonly [down: number, right: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** The command of a key, or null when the key is not the grid's. */
export function commandOf({ key, ctrlKey, metaKey, shiftKey: extend, altKey }: KeyPress): KeyCommand | null {
  const ctrl = ctrlKey || metaKey
  if (altKey && ctrl) return key.toLowerCase() === 'v' ? { do: 'transpose' } : null
  if (altKey && extend && (key === 'ArrowLeft' || key === 'ArrowRight'))
    return { do: 'moveColumns', step: key === 'ArrowRight' ? 1 : -1 }
  if (altKey) return key === 'ArrowDown' ? { do: 'filter' } : key === 'ArrowUp' ? { do: 'sort' } : null
  if (key === ' ' && (ctrl || extend)) return { do: !ctrl ? 'rows' : extend ? 'all' : 'columns' }
  const arrow = ARROWS[key]
  if (arrow) return { do: 'move', down: arrow[0], right: arrow[1], jump: ctrl, extend }
  if (key === 'PageUp' || key === 'PageDown') return ctrl ? null : { do: 'page', down: key === 'PageDown' ? 1 : -1, extend }
  if (key === 'Home' || key === 'End') return { do: key === 'Home' ? 'home' : 'end', whole: ctrl, extend }
  if (ctrl) {
    switch (key.toLowerCase()) {
      case 'a':
        return { do: 'all' }
      case 'f':
        return { do: 'find' }
      case 'h':
        return { do: 'replace' }
      case 'g':
        return { do: 'goTo' }
      case '/':
        return { do: 'help', typed: false }
      case ';':
      case '；':
        return { do: 'today' }
      case 'd':
        return { do: 'fill', along: 'down' }
      case 'r':
        return { do: 'fill', along: 'right' }
      case 'z':
        return { do: extend ? 'redo' : 'undo' }
      case 'y':
        return { do: 'redo' }
      default:
        return null
    }
  }
  switch (key) {
    case 'Enter':
      return { do: 'enter', step: extend ? -1 : 1 }
    case 'Tab':
      return { do: 'tab', step: extend ? -1 : 1 }
    case 'Delete':
    case 'Backspace':
      return { do: 'clear' }
    case 'F2':
      return { do: extend ? 'note' : 'edit' }
    case 'Escape':
      return { do: 'escape' }
    case '?':
    case '？':
      return { do: 'help', typed: true }
    default:
      return null
  }
}

export interface Field {
  rows: number
  cols: number
  page: number
  filled: (at: CellPos) => boolean
}

/** Moves the selection as a key asks. False when the key should leave the grid: Tab at the edge of a row. */
export function moveSelection(selection: Selection, command: KeyCommand, field: Field): boolean {
  const active = selection.active.value
  if (!active || field.rows === 0) return false
  const from = 'extend' in command && command.extend ? (selection.head() ?? active) : active
  const go = (to: CellPos, extend: boolean): true => {
    if (extend) selection.extend(within(to, field.rows, field.cols))
    else selection.select(within(to, field.rows, field.cols))
    return true
  }
  switch (command.do) {
    case 'move': {
      const { down, right, jump, extend } = command
      if (jump) return go(jumpFrom(from, down, right, field.rows, field.cols, field.filled), extend)
      return go({ row: from.row + down, col: from.col + right }, extend)
    }
    case 'page':
      return go({ row: from.row + command.down * field.page, col: from.col }, command.extend)
    case 'home':
      return go({ row: command.whole ? 0 : from.row, col: 0 }, command.extend)
    case 'end':
      return go({ row: command.whole ? field.rows - 1 : from.row, col: field.cols - 1 }, command.extend)
    case 'all':
      selection.select({ row: 0, col: 0 }, { row: field.rows - 1, col: field.cols - 1 })
      return true
    case 'rows':
      selection.replace(
        selection.ranges.value.map((range) => ({ ...range, left: 0, right: field.cols - 1 })),
        active,
      )
      return true
    case 'columns':
      selection.replace(
        selection.ranges.value.map((range) => ({ ...range, top: 0, bottom: field.rows - 1 })),
        active,
      )
      return true
    case 'enter':
    case 'tab':
      return step(selection, active, command.do, command.step, field)
    default:
      return false
  }
}

function step(selection: Selection, active: CellPos, key: 'enter' | 'tab', by: 1 | -1, field: Field): boolean {
  const ranges = selection.ranges.value
  if (ranges.length > 1 || cellsIn(ranges[0]!) > 1) {
    selection.activate(cycleThrough(active, ranges, key === 'tab' ? 'rows' : 'columns', by))
    return true
  }
  if (key === 'enter') {
    selection.select({ row: clamp(active.row + by, 0, field.rows - 1), col: active.col })
    return true
  }
  const col = active.col + by
  if (col < 0 || col >= field.cols) return false
  selection.select({ row: active.row, col })
  return true
}
