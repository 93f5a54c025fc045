import { shallowRef } from 'vue'
import type { Announcer } from './announcer.ts'
import { widthOf } from './cellText.ts'
import type { Describer } from './describe.ts'
import { readBlock, readCell, together, type BlockSetup, type TextAt } from './edits.ts'
import type { Events } from './events.ts'
import { fillDownTo, fillTexts, fillWithin, type Fill } from './fill.ts'
import type { Marks } from './marks.ts'
import { disjoint } from './ranges.ts'
import type { Action, Wish } from './saves.ts'
import type { ScreenRef } from './screen.ts'
import { around, pasteRect, type Displayed, type Selection } from './selection.ts'
import { repeated, series, type Series } from './series.ts'
import type { SheetModel } from './sheetModel.ts'
import type { CellName, CellPos, CellRect, GridColumn, GridHost, PasteSummary, Question } from './types.ts'

export type Writing = ReturnType<typeof createWriting>

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

/** So many cells with bad text are named in a question; how many there are is said. */
const NAMED = 5

/** Every way a person writes: typing, pasting, filling, clearing. Each is one action. */
export function createWriting(setup: WritingSetup) {
  const { model, marks, screen, selection, columns, describe, announcer, emit, commit } = setup
  const { words, asksFirst } = setup.host
  /** What waits for an answer before it is written. */
  const asking = shallowRef<Question | null>(null)
  const columnOf = (field: string): GridColumn | undefined => columns.get(field)
  const block = (displayed: Displayed): BlockSetup => ({ model, marks, displayed, columnOf, closed: describe.closed })

  type Part = readonly [rect: CellRect, textAt: TextAt]

  /** What writing text onto displayed cells would come to. */
  function plan(parts: readonly Part[]) {
    const now = screen.now
    if (!now || parts.length === 0) return null
    const read = parts.map(([rect, textAt]) => readBlock(block(now), rect, textAt))
    const summary = together(read.map((part) => part.summary))
    return {
      summary,
      landing: read[0]!.landing,
      carryOut(): void {
        commit(read.length > 1 ? read.flatMap(({ wishes }) => wishes) : read[0]!.wishes)
        reportInvalid(summary)
      },
    }
  }

  /** Writing that tells what came of it, and that can be asked about first. */
  function propose(parts: readonly Part[]) {
    const planned = plan(parts)
    if (!planned) return null
    const { summary, landing } = planned
    function carryOut(): void {
      planned!.carryOut()
      tell(summary)
    }
    function ask(question: Pick<Question, 'title' | 'yes'> & Partial<Question>): void {
      const { invalid, doubted, skipped } = summary
      const lines = [...words.leftOut(summary), ...(doubted.length > 0 ? [words.doubted(doubted.length)] : [])]
      asking.value = { lines, cells: [...[...invalid, ...doubted].slice(0, NAMED), ...skipped], carryOut, ...question }
    }
    return { summary, landing, carryOut, ask }
  }
  const everywhere = (textAt: TextAt): Part[] => disjoint(selection.ranges.value).map((rect) => [rect, textAt])

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
    if (!at) return
    const [height, width] = [rows.length, widthOf(rows)]
    const several = selection.ranges.value.length > 1
    if (several && height * width > 1) return announcer.show(words.pasteRefused)
    const planned = propose(
      several
        ? everywhere(() => rows[0]![0])
        : [[pasteRect(at, height, width), (down, right) => rows[down % height]![right % width]]],
    )
    if (!planned) return
    const { summary, landing } = planned
    function carryOut(): void {
      planned!.carryOut()
      if (!several) selection.select({ row: landing.top, col: landing.left }, { row: landing.bottom, col: landing.right })
    }
    const { written, same, skippedReadOnly, skippedLocked, outside, invalid, doubted } = summary
    const bad = skippedReadOnly + skippedLocked + outside + invalid.length + doubted.length
    const good = written - doubted.length
    if (!asksFirst || bad === 0 || good === 0) return carryOut()
    planned.ask({ title: words.leftOutTitle(bad), yes: words.writeRest(good + same), carryOut })
  }

  /** Goes on with the cells of the range into those beside it. `flip`: see `series`. */
  function fill(fill: Fill, flip = false): void {
    fillBy([fill], (source, col) => (isNamed(col) ? repeated(source) : series(source, flip)))
    if (selection.active.value) selection.replace([around(fill.from, fill.area)], selection.active.value)
  }

  function fillDown(): void {
    const at = selection.range.value
    const now = screen.now
    const down = at && now && fillDownTo(at, now.rowCount(), now.columnCount(), (cell) => textAt(cell) !== '')
    if (down) fill(down)
  }

  /** Ctrl+D, Ctrl+R. */
  function copyAlong(along: 'down' | 'right'): void {
    const fills = selection.ranges.value.flatMap((range) => fillWithin(range, along) ?? [])
    fillBy(fills, repeated)
  }

  /** What is chosen among names does not count on, even where the names are stored as numbered labels. */
  function isNamed(col: number): boolean {
    const kind = columns.get(screen.now?.fieldAt(col) ?? '')?.kind
    return kind === 'choice' || kind === 'flag'
  }

  function fillBy(fills: readonly Fill[], goOn: (source: readonly string[], col: number) => Series): void {
    propose(fills.map((fill) => [fill.area, fillTexts(fill, textAt, goOn)]))?.carryOut()
  }
  function textAt({ row, col }: CellPos): string {
    const cell = screen.now?.rowAt(row)
    return String((cell && model.value(cell, screen.now!.fieldAt(col))) ?? '')
  }

  /** Ctrl+Enter: what was typed goes into all that is selected. */
  function typeInRange(text: string): void {
    propose(everywhere(() => text))?.carryOut()
  }

  /** Why text will not be taken by a cell, as far as can be told before it is sent. */
  function objection({ field }: CellName, text: string): string | null {
    const column = columns.get(field)
    const reading = column && text.trim() !== '' ? readCell(column, text) : null
    return reading && ('refused' in reading ? reading.refused : reading.doubt)
  }

  function tell(summary: PasteSummary): void {
    announcer.say(words.pasted(summary))
    emit('pasted', summary)
  }

  /** Empties all that is selected. */
  function clear(): void {
    const at = selection.range.value
    const planned = plan(everywhere(() => null))
    if (!at || !planned || !screen.now) return
    planned.carryOut()
    const { written, same, skippedLocked } = planned.summary
    const row = screen.now.rowAt(at.top)
    const column = columns.get(screen.now.fieldAt(at.left))
    const why = written + same === 0 && row && column ? describe.closed(row, column) : null
    if (why) announcer.say(why.reason)
    else announcer.say(skippedLocked > 0 ? words.pasted(planned.summary) : words.cleared(written))
  }

  function reportInvalid({ invalid }: PasteSummary): void {
    if (invalid.length === 0) return
    const cells = new Set(invalid.map(({ row, field }) => `${row}\n${field}`))
    emit(
      'problem',
      marks.problems.value.filter(({ row, field }) => cells.has(`${row}\n${field}`)),
    )
  }

  return { asking, propose, objection, type, paste, fill, fillDown, copyAlong, typeInRange, clear }
}
