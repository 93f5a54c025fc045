import { shallowRef } from 'vue'
import type { Announcer } from './announcer.ts'
import type { Describer } from './describe.ts'
import { readBlock, type BlockSetup } from './edits.ts'
import type { Events } from './events.ts'
import { fillDownTo, fillTexts, fillWithin, type Fill } from './fill.ts'
import type { Marks } from './marks.ts'
import type { Action, Wish } from './saves.ts'
import type { ScreenRef } from './screen.ts'
import { around, pasteRect, type Displayed, type Selection } from './selection.ts'
import { repeated, series, type Series } from './series.ts'
import type { SheetModel } from './sheetModel.ts'
import type { CellName, CellPos, CellRect, GridColumn, GridHost, PasteSummary, Question } from './types.ts'

interface WritingSetup {
  model: SheetModel
  marks: Marks
  screen: ScreenRef
  selection: Selection
  columns: ReadonlyMap<string, GridColumn>
  describe: Describer
  announcer: Announcer
  host: Pick<GridHost, 'words' | 'asksFirst'>
  emit: Events['emit']
  /** Shows the wishes, sends them as one action, and files it in the history. */
  commit: (wishes: readonly Wish[]) => Action | null
}

/** Every way a person writes: typing, pasting, filling, clearing. Each is one action. */
export function createWriting(setup: WritingSetup) {
  const { model, marks, screen, selection, columns, describe, announcer, emit, commit } = setup
  const { words, asksFirst } = setup.host
  /** What waits for an answer before it is written. */
  const asking = shallowRef<Question | null>(null)
  const columnOf = (field: string): GridColumn | undefined => columns.get(field)
  const block = (displayed: Displayed): BlockSetup => ({ model, marks, displayed, columnOf, closed: describe.closed })

  /** Writes text onto displayed cells; null empties a cell, undefined leaves it. */
  function write(rect: CellRect, textAt: (down: number, right: number) => string | null | undefined) {
    if (!screen.now) return null
    const { wishes, summary, landing } = readBlock(block(screen.now), rect, textAt)
    commit(wishes)
    reportInvalid(summary)
    return { summary, landing }
  }

  /** Writes text typed for one cell, wherever the cell is displayed now. */
  function type({ row: id, field }: CellName, text: string): void {
    const row = model.row(id)
    const column = columns.get(field)
    if (!row || !column) return
    const why = describe.closed(row, column)
    if (why) return announcer.say(why.reason)
    const alone: Displayed = {
      rowCount: () => 1,
      columnCount: () => 1,
      rowAt: () => row,
      fieldAt: () => field,
      indexOfRow: () => 0,
      indexOfField: () => 0,
    }
    const { wishes, summary } = readBlock(block(alone), { top: 0, left: 0, bottom: 0, right: 0 }, () => text)
    commit(wishes)
    reportInvalid(summary)
    const problem = summary.invalid.length > 0 && describe.problem(row, field)
    if (problem) announcer.say(words.problem(problem))
  }

  /** Pastes rows of text at the range; first asks, where the host wants it, when some cells would be left out. */
  function paste(rows: readonly string[][]): void {
    const at = selection.range.value
    if (!at || !screen.now) return
    const [height, width] = [rows.length, rows.reduce((most, row) => Math.max(most, row.length), 0)]
    const textAt = (down: number, right: number): string | undefined => rows[down % height]![right % width]
    const { wishes, summary, landing } = readBlock(block(screen.now), pasteRect(at, height, width), textAt)
    function carryOut(): void {
      commit(wishes)
      reportInvalid(summary)
      selection.select({ row: landing.top, col: landing.left }, { row: landing.bottom, col: landing.right })
      tell(summary)
    }
    const { written, same, skippedReadOnly, skippedLocked, outside, invalid, skipped } = summary
    const left = skippedReadOnly + skippedLocked + outside + invalid.length
    if (!asksFirst || left === 0 || written === 0) return carryOut()
    asking.value = {
      title: words.leftOutTitle(left),
      lines: words.leftOut(summary),
      cells: [...invalid, ...skipped],
      yes: words.writeRest(written + same),
      carryOut,
    }
  }

  /** Goes on with the cells of the range into those beside it. `flip`: see `series`. */
  function fill(fill: Fill, flip = false): void {
    if (fillBy(fill, (source) => series(source, flip))) selection.surround(around(fill.from, fill.area))
  }

  function fillDown(): void {
    const at = selection.range.value
    const now = screen.now
    const down = at && now && fillDownTo(at, now.rowCount(), now.columnCount(), (cell) => textAt(cell) !== '')
    if (down) fill(down)
  }

  /** Ctrl+D, Ctrl+R. */
  function copyAlong(along: 'down' | 'right'): void {
    const within = selection.range.value && fillWithin(selection.range.value, along)
    if (within) fillBy(within, repeated)
  }

  function fillBy(fill: Fill, goOn: (source: readonly string[]) => Series): boolean {
    const done = write(fill.area, fillTexts(fill, textAt, goOn))
    if (done) tell(done.summary)
    return done !== null
  }
  function textAt({ row, col }: CellPos): string {
    const cell = screen.now?.rowAt(row)
    return String((cell && model.value(cell, screen.now!.fieldAt(col))) ?? '')
  }

  /** Ctrl+Enter: what was typed goes into the whole range. */
  function typeInRange(text: string): void {
    const at = selection.range.value
    const done = at && write(at, () => text)
    if (done) tell(done.summary)
  }

  function tell(summary: PasteSummary): void {
    announcer.say(words.pasted(summary))
    emit('pasted', summary)
  }

  /** Empties the range. */
  function clear(): void {
    const at = selection.range.value
    const done = at && write(at, () => null)
    if (!done || !screen.now) return
    const { written, same, skippedLocked } = done.summary
    const row = screen.now.rowAt(at.top)
    const column = columns.get(screen.now.fieldAt(at.left))
    const why = written + same === 0 && row && column ? describe.closed(row, column) : null
    if (why) announcer.say(why.reason)
    else announcer.say(skippedLocked > 0 ? words.pasted(done.summary) : words.cleared(written))
  }

  function reportInvalid({ invalid }: PasteSummary): void {
    if (invalid.length === 0) return
    const cells = new Set(invalid.map(({ row, field }) => `${row}\n${field}`))
    emit(
      'problem',
      marks.problems.value.filter(({ row, field }) => cells.has(`${row}\n${field}`)),
    )
  }

  return { asking, type, paste, fill, fillDown, copyAlong, typeInRange, clear }
}
