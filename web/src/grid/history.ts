import { computed, shallowRef } from 'vue'
import type { Marks } from './marks.ts'
import type { Action } from './saves.ts'
import type { Patch, SheetModel } from './sheetModel.ts'
import type { CellEdit, CellText } from './types.ts'

/** One step: the call to take back, the cells it touched, and text of it that never reached the server. */
export interface Step {
  key: string
  sent: boolean
  cells: CellEdit[]
  unsent: { row: string; field: string; typed: { value: CellText; reason: string; kind: 'refused' | 'invalid' } }[]
}

interface HistorySetup {
  model: SheetModel
  marks: Marks
  takeBack: (key: string, cells: readonly CellEdit[], action: 'undo' | 'redo') => string
}

const LONGEST = 200
const nameOf = ({ row, field }: { row: string; field: string }): string => `${row}\n${field}`

/** Undo and redo of whole actions, by change set: sorting, filtering and other people's edits do not disturb it. */
export function createHistory({ model, marks, takeBack }: HistorySetup) {
  const done = shallowRef<Step[]>([])
  const undone = shallowRef<Step[]>([])

  function push({ key, sent, cells }: Action): void {
    done.value = [...done.value.slice(1 - LONGEST), { key, sent, cells, unsent: [] }]
    undone.value = []
  }

  const undo = (): CellEdit[] | null => move(done, undone, 'undo')
  const redo = (): CellEdit[] | null => move(undone, done, 'redo')

  /** Takes the last step of one list back and files its inverse in the other. Returns the cells it touched. */
  function move(from: typeof done, to: typeof done, action: 'undo' | 'redo'): CellEdit[] | null {
    const step = from.value.at(-1)
    if (!step) return null
    from.value = from.value.slice(0, -1)
    const removed = removeUnsent(step)
    const inverse = step.cells.map(({ row, field, before, after }) => ({ row, field, before: after, after: before }))
    const unsent = new Set([...removed, ...step.unsent].map(nameOf))
    const sent = unsent.size > 0 ? step.cells.filter((cell) => !unsent.has(nameOf(cell))) : step.cells
    const key = step.sent ? takeBack(step.key, sent, action) : step.key
    restoreUnsent(step.unsent, key)
    to.value = [...to.value, { key, sent: step.sent, cells: inverse, unsent: removed }]
    return step.cells
  }

  /** Refused and unreadable text of the step goes too: to the person it was part of the same action. */
  function removeUnsent(step: Step): Step['unsent'] {
    const removed: Step['unsent'] = []
    const shown: Patch[] = []
    for (const { row: id, field } of step.cells) {
      const row = model.row(id)
      const mark = row && marks.markOf(row, field)
      if (!mark?.typed || mark.typed.action !== step.key) continue
      removed.push({ row: id, field, typed: mark.typed })
      mark.typed = null
      shown.push(marks.settle(mark))
    }
    if (shown.length > 0) marks.show(shown, 'user')
    return removed
  }

  function restoreUnsent(unsent: Step['unsent'], action: string): void {
    const shown: Patch[] = []
    for (const { row: id, field, typed } of unsent) {
      const row = model.row(id)
      if (!row) continue
      const mark = marks.ensure(row, field)
      if (!mark.typed && !mark.first) mark.typed = { ...typed, action }
      shown.push(marks.settle(mark))
    }
    if (shown.length > 0) marks.show(shown, 'user')
  }

  /** A call landed with nothing in it to take back: its step would do nothing, unless some of its text is still showing. */
  function drop(key: string): void {
    const idle = (step: Step): boolean =>
      step.key === key && step.unsent.length === 0 && !step.cells.some((cell) => isTyped(step.key, cell))
    if (done.value.some(idle)) done.value = done.value.filter((step) => !idle(step))
    if (undone.value.some(idle)) undone.value = undone.value.filter((step) => !idle(step))
  }
  function isTyped(key: string, { row: id, field }: CellEdit): boolean {
    const row = model.row(id)
    return row !== undefined && marks.markOf(row, field)?.typed?.action === key
  }

  /** The steps of an earlier page, beneath those of this one. */
  function restore(before: { done: readonly Step[]; undone: readonly Step[] }): void {
    done.value = [...before.done, ...done.value]
    undone.value = [...before.undone, ...undone.value]
  }

  return {
    done,
    undone,
    restore,
    push,
    undo,
    redo,
    drop,
    canUndo: computed(() => done.value.length > 0),
    canRedo: computed(() => undone.value.length > 0),
  }
}
