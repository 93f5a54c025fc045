import { shallowRef } from 'vue'
import { cellsOf, type Origin, type Patch, type SheetModel, type SheetRow } from './sheetModel.ts'
import { STATE } from './states.ts'
import type { CellProblem, CellText, RowUpdate } from './types.ts'

/** An edit on its way to the server. Edits of one cell form a chain, oldest first. */
export interface PendingEdit {
  readonly mark: CellMark
  readonly call: string
  before: CellText
  after: CellText
  next: PendingEdit | null
}

/**
 * What is local about one cell. It shows, in this order: text that could not be saved, the newest edit on its way,
 * the server's value. It is the patch that shows it, too: a large paste has one object less for each cell.
 */
export interface CellMark extends Patch {
  /** What it shows; kept by `settle` alone. */
  value: unknown
  /** As last heard. */
  server: unknown
  /** What the person here last saw of the server: the `before` of the next edit, so that nothing unseen is overwritten. */
  seen: CellText
  first: PendingEdit | null
  last: PendingEdit | null
  typed: { value: CellText; reason: string; kind: 'refused' | 'invalid'; action: string } | null
  conflict: { mine: CellText; by: string; at: string } | null
  /** Passing news that fades by itself. */
  notice: { kind: 'saved' | 'changed'; by: string } | null
  /** As counted so far; kept by `settle` alone. */
  counted: boolean
  listed: boolean
}

/** Text of a cell as it is kept where it outlives the page; `action` is the call it was part of. */
export type KeptText = CellProblem & { action: string }

export type Marks = ReturnType<typeof createMarks>

export const isUnsaved = (mark: CellMark): boolean => mark.first !== null || mark.typed !== null
const isHeld = (mark: CellMark): boolean => mark.typed !== null || mark.conflict !== null
const isProblem = (mark: CellMark): boolean => isHeld(mark) && mark.first === null
const shownIn = (mark: CellMark): unknown => (mark.typed ? mark.typed.value : mark.last ? mark.last.after : mark.server)

/** The marks of a sheet: which cells differ from the server, and why. */
export function createMarks(model: SheetModel) {
  const unsaved = shallowRef(0)
  const problems = shallowRef<CellProblem[]>([])
  let unsavedCount = 0
  /** Text that is nowhere else; a problem once nothing of its cell is on its way. */
  const held = new Set<CellMark>()
  let problemsChanged = false
  const away = shallowRef(false)

  const markOf = (row: SheetRow, field: string): CellMark | undefined => row.marks?.get(field)

  /** The cell's mark, made if need be from what it shows now. */
  function ensure(row: SheetRow, field: string): CellMark {
    const found = row.marks?.get(field)
    if (found) return found
    const server = model.value(row, field)
    const mark: CellMark = {
      row,
      field,
      value: server,
      server,
      seen: server as CellText,
      first: null,
      last: null,
      typed: null,
      conflict: null,
      notice: null,
      counted: false,
      listed: false,
    }
    row.marks ??= new Map()
    row.marks.set(field, mark)
    return mark
  }

  /** Call after changing a mark: counts it, drops it when nothing local is left, and returns what the cell shows. */
  function settle(mark: CellMark): Patch {
    const unsavedNow = isUnsaved(mark)
    if (unsavedNow !== mark.counted) {
      mark.counted = unsavedNow
      unsavedCount += unsavedNow ? 1 : -1
    }
    if (isHeld(mark) || mark.listed) list(mark)
    if (!unsavedNow) mark.seen = mark.server as CellText
    if (!unsavedNow && !mark.conflict && !mark.notice) {
      const { marks } = mark.row
      if (marks?.get(mark.field) === mark) marks.delete(mark.field)
      if (marks?.size === 0) mark.row.marks = null
    }
    mark.value = shownIn(mark)
    return mark
  }

  function list(mark: CellMark): void {
    mark.listed = isHeld(mark)
    if (mark.listed) held.add(mark)
    else held.delete(mark)
    problemsChanged = true
  }

  /** Writes what marks show, and tells the counters. */
  function show(patches: readonly Patch[], origin: Origin): void {
    unsaved.value = unsavedCount
    if (problemsChanged) {
      problemsChanged = false
      problems.value = [...held].filter(isProblem).map(problemOf)
    }
    model.apply(patches, origin)
  }

  /** The server's rows as they now stand. Unsaved text keeps showing; an unseen change under it is left for the server to report. */
  function landRows(updates: readonly RowUpdate[], origin: Origin, by = ''): Patch[] {
    const shown: Patch[] = []
    for (const cell of cellsOf(model, updates)) {
      const mark = origin === 'remote' && differs(cell) ? ensure(cell.row, cell.field) : markOf(cell.row, cell.field)
      if (mark) {
        if (origin === 'remote' && mark.server !== cell.value) mark.notice = { kind: 'changed', by }
        mark.server = cell.value
        if (mark.conflict) problemsChanged = true
        shown.push(settle(mark))
      } else if (model.value(cell.row, cell.field) !== cell.value) shown.push(cell)
    }
    show(shown, origin)
    return shown
  }
  const differs = ({ row, field, value }: Patch): boolean => model.value(row, field) !== value

  /** Text that is nowhere else, to be kept. */
  const texts = (): KeptText[] => [...held].map((mark) => ({ ...problemOf(mark), action: mark.typed?.action ?? '' }))

  /** Text that an earlier page could not save is there again. */
  function restore(texts: readonly KeptText[]): void {
    const shown: Patch[] = []
    for (const { row: id, field, kind, mine, reason, by, at, action } of texts) {
      const mark = ensure(model.row(id) ?? model.absent(id), field)
      if (kind === 'conflict') mark.conflict = { mine, by, at }
      else mark.typed = { value: mine, reason, kind, action }
      shown.push(settle(mark))
    }
    show(shown, 'user')
  }

  function replaceRows(ids: readonly string[], columns: Record<string, unknown[]>): void {
    model.replaceRows(ids, columns, (mark, server) => {
      if (mark.row.index >= 0) mark.server = server
      mark.notice = null
      return settle(mark).value
    })
    show([], 'load')
  }

  /** Lets a passing notice go. */
  function fade(faded: readonly CellMark[], kind: 'saved' | 'changed'): void {
    const shown: Patch[] = []
    for (const mark of faded) {
      if (mark.notice?.kind !== kind || markOf(mark.row, mark.field) !== mark) continue
      mark.notice = null
      shown.push(settle(mark))
    }
    if (shown.length > 0) show(shown, 'reply')
  }

  /** The bits of one cell that are ours to know. */
  function stateOf(row: SheetRow, field: string): number {
    const mark = row.marks?.get(field)
    if (!mark) return 0
    if (mark.typed) return mark.typed.kind === 'refused' ? STATE.refused : STATE.invalid
    if (mark.first) return away.value ? STATE.waiting : STATE.saving
    if (mark.conflict) return STATE.conflict
    return mark.notice?.kind === 'saved' ? STATE.saved : mark.notice ? STATE.changedByOther : 0
  }

  return { unsaved, problems, away, markOf, ensure, settle, show, landRows, texts, restore, replaceRows, fade, stateOf }
}

/** The problem of a marked cell, in the words of the host contract. */
export function problemOf(mark: CellMark): CellProblem {
  const { row, field, typed, conflict, server } = mark
  const name = { row: row.id, field, theirs: server }
  if (typed) return { ...name, kind: typed.kind, mine: typed.value, reason: typed.reason, by: '', at: '' }
  return { ...name, kind: 'conflict', mine: conflict?.mine ?? null, reason: '', by: conflict?.by ?? '', at: conflict?.at ?? '' }
}
