import { onScopeDispose, watch } from 'vue'
import { createAnnouncer } from './announcer.ts'
import { createDescriber } from './describe.ts'
import { createEvents } from './events.ts'
import { createFinding } from './finding.ts'
import { createHistory, type Step } from './history.ts'
import type { Keeper, Keeping } from './keep.ts'
import { lookOf, ROW_NUMBERS, ROW_SELECTED } from './looks.ts'
import { createMarks, type CellMark } from './marks.ts'
import { matches } from './matches.ts'
import { createSaves, type SavesSetup, type Wish } from './saves.ts'
import type { Screen, ScreenRef } from './screen.ts'
import { createSelection } from './selection.ts'
import { SheetModel, type SheetRow } from './sheetModel.ts'
import type { CellName, CellProblem, GridColumn, GridHost, RowUpdate, SaveOutcome } from './types.ts'
import { createWhereabouts } from './whereabouts.ts'
import { createWriting } from './writing.ts'

export type Sheet = ReturnType<typeof useSheet>

/** So many cells of steps outlive the page. */
const KEPT_CELLS = 100_000
/** The latest steps, as many as are kept. */
function keepable(steps: readonly Step[]): readonly Step[] {
  let cells = 0
  const from = steps.findLastIndex((step) => (cells += step.cells.length) > KEPT_CELLS)
  return steps.slice(from + 1)
}

const SAVED_FADES = 1600
const CHANGED_FADES = 12_000

/** A spreadsheet without its screen: rows, edits, their way to the host and back, history, selection. `DataGrid` shows it. */
export function useSheet(host: GridHost, options: Pick<SavesSetup, 'pause' | 'newKey'> = {}) {
  const { words } = host
  const screen: ScreenRef = { now: null }
  const columns = new Map<string, GridColumn>()
  const model = new SheetModel()
  const marks = createMarks(model)
  const selection = createSelection()
  const announcer = createAnnouncer()
  const { on, emit } = createEvents()
  const saves = createSaves({ model, marks, host, landed, moved: keepSoon, ...options })
  const history = createHistory({ model, marks, takeBack: saves.takeBack })
  const describe = createDescriber({ host, marks, columnOf: (field) => columns.get(field) })
  const here = createWhereabouts({ model, screen, selection, columns, describe, announcer, words, emit })
  const writing = createWriting({ model, marks, screen, selection, columns, describe, announcer, host, emit, commit })

  const textOf = (row: SheetRow, column: GridColumn): string => here.copyOf(row, column).text
  const finding = createFinding({ model, screen, selection, columns, announcer, words, textOf, writing })

  function commit(wishes: readonly Wish[], typed = false) {
    const action = saves.commit(wishes, typed)
    if (action) history.push(action)
    keepSoon()
    return action
  }

  let keeper: Keeper | undefined

  /** Takes up what an earlier page left, and from now on keeps what must not be lost. Call when the rows are there. */
  function keepWith(next: Keeper): void {
    keeper = next
    const { calls, texts, done, undone, changeSets } = next.found
    history.restore({ done, undone })
    marks.restore(texts)
    saves.restore(calls, changeSets)
    const cells = calls.reduce((all, { edits }) => all + edits.length, texts.length)
    if (cells > 0) announcer.show(words.restored(cells))
    keepSoon()
  }

  function keepSoon(): void {
    keeper?.keep(keeping)
  }
  function keeping(): Keeping {
    const done = keepable(history.done.value)
    const undone = keepable(history.undone.value)
    const calls = saves.kept()
    // An undo on its way needs the change set that it takes back, also when something new has emptied the steps to redo.
    const keys = new Set([
      ...done.map(({ key }) => key),
      ...undone.map(({ key }) => key),
      ...calls.map(({ takesBack }) => takesBack),
    ])
    const byKey = <Item extends { key: string }>(items: readonly Item[]) => new Map(items.map((item) => [item.key, item]))
    return {
      calls: byKey(calls),
      texts: new Map(marks.texts().map((text) => [`${text.row} ${text.field}`, text])),
      done: byKey(done),
      undone: byKey(undone),
      changeSets: byKey(
        [...keys].flatMap((key) => {
          const changeSet = key === null ? undefined : saves.changeSetOf(key)
          return key === null || changeSet === undefined ? [] : [{ key, changeSet }]
        }),
      ),
    }
  }

  function landed(outcome: SaveOutcome, key: string, saved: CellMark[], problems: CellProblem[]): void {
    if (outcome.changeSet === null) history.drop(key)
    fadeLater(saved, 'saved', SAVED_FADES)
    announcer.say(words.outcome(outcome))
    const [first] = problems
    if (first && problems.length === 1) announcer.say(words.problem(first))
    emit('saved', outcome)
    if (problems.length > 0) emit('problem', problems)
  }

  function fadeLater(faded: readonly CellMark[], kind: 'saved' | 'changed', ms: number): void {
    if (faded.length > 0) setTimeout(() => marks.fade(faded, kind), ms)
  }

  function undo(): void {
    const cells = history.undo()
    keepSoon()
    if (cells) here.showCells(cells)
    else announcer.say(words.nothingToUndo)
  }
  function redo(): void {
    const cells = history.redo()
    keepSoon()
    if (cells) here.showCells(cells)
    else announcer.say(words.nothingToRedo)
  }

  /** Answers a conflict with what was typed here: a new edit, over what the other wrote. */
  function keepMine({ row: id, field }: CellName): void {
    const row = model.row(id)
    const mine = row && marks.markOf(row, field)?.conflict?.mine
    if (row && mine !== undefined) commit([{ row, field, after: mine }])
  }

  /** Drops what was typed: the cell shows the server's value. Also the other answer to a conflict: theirs. */
  function revert({ row: id, field }: CellName): boolean {
    const row = model.row(id)
    const mark = row && marks.markOf(row, field)
    if (!mark || (!mark.typed && !mark.conflict)) return false
    mark.typed = null
    mark.conflict = null
    marks.show([marks.settle(mark)], 'user')
    keepSoon()
    return true
  }

  /** Rows somebody else changed: shown with a short flash; unsaved text here stays, and the server will report the conflict. */
  function landRemote(rows: readonly RowUpdate[], by: string): void {
    const changed = marks.landRows(rows, 'remote', by)
    const noticed = changed.flatMap(({ row, field }) => marks.markOf(row, field) ?? [])
    fadeLater(noticed, 'changed', CHANGED_FADES)
    screen.now?.flash(changed)
  }

  watch(marks.away, (away) => away && announcer.say(words.waiting(marks.unsaved.value)))
  const stopListening = model.onChange(({ patches }) => {
    if (patches === null) screen.now?.replaceRows(model.rows)
    else screen.now?.refresh()
    if (selection.range.value) here.countSoon()
  })
  onScopeDispose(() => {
    keeper?.close()
    stopListening()
    announcer.stop()
    here.stop()
    finding.stop()
  }, true)

  return {
    model,
    on,
    // what a page shows
    range: selection.range,
    stats: here.stats,
    unsaved: marks.unsaved,
    problems: marks.problems,
    away: marks.away,
    sending: saves.sending,
    canUndo: history.canUndo,
    canRedo: history.canRedo,
    cellState: describe.state,
    // rows from the server
    replaceRows: marks.replaceRows,
    landRows: (rows: readonly RowUpdate[]): void => void marks.landRows(rows, 'reply'),
    landRemote,
    keepWith,
    // commands
    ...writing,
    undo,
    redo,
    keepMine,
    takeTheirs: revert,
    revert,
    select: here.select,
    goTo(row: string, field: string): boolean {
      const found = here.select(row, field)
      if (found) screen.now?.focus()
      return found
    },
    copied: here.copied,
    blocks: here.blocks,
    finding,
    rowName: host.rowName,
    matches: host.matches ?? matches,
    refilter: (): void => screen.now?.refilter(),
    /** The host knows something else of its cells now. */
    repaint: (): void => screen.now?.repaint(),
    /** The rows in the order in which they are displayed, without those filtered out. */
    displayedRows(): SheetRow[] {
      const now = screen.now
      return now ? Array.from({ length: now.rowCount() }, (_, at) => now.rowAt(at)!) : model.rows
    },
    flush: saves.flush,
    // for DataGrid
    selection,
    describe,
    announcer,
    words,
    activeCell: here.activeCell,
    followRows: here.followRows,
    followColumns: here.followColumns,
    titleOf: (field: string): string => columns.get(field)?.title ?? field,
    /** Of the cell displayed there; the number of a row looks selected with any of its cells. */
    lookAt(data: SheetRow, row: number, field: string): number {
      if (field === ROW_NUMBERS)
        return selection.ranges.value.some(({ top, bottom }) => row >= top && row <= bottom) ? ROW_SELECTED : 0
      const sides = selection.sidesOf(row, screen.now?.indexOfField(field) ?? -1)
      return lookOf(sides, finding.holds(data, field), describe.state(data, field))
    },
    setColumns(list: readonly GridColumn[]): void {
      columns.clear()
      for (const column of list) columns.set(column.field, column)
    },
    attach(next: Screen | null): void {
      screen.now = next
    },
  }
}
