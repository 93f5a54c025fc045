import { shallowRef } from 'vue'
import type { Announcer } from './announcer.ts'
import { widthOf } from './cellText.ts'
import type { Describer } from './describe.ts'
import { readBlock, readCell, together, type BlockSetup, type TextAt } from './edits.ts'
import type { Events } from './events.ts'
import type { Block } from './htmlTable.ts'
import { fillDownTo, fillTexts, fillWithin, type Fill } from './fill.ts'
import type { Marks } from './marks.ts'
import { placed } from './people.ts'
import { disjoint, MOST_RANGES, stretches } from './ranges.ts'
import type { Action, Wish } from './saves.ts'
import type { ScreenRef } from './screen.ts'
import { around, pasteRect, type Displayed, type Selection } from './selection.ts'
import { repeated, series, type Series } from './series.ts'
import type { SheetModel, SheetRow } from './sheetModel.ts'
import type { CellName, CellPos, CellRect, GridColumn, GridHost, PastedPeople, PasteSummary, Question } from './types.ts'

export type Writing = ReturnType<typeof createWriting>

interface WritingSetup {
  model: SheetModel
  marks: Marks
  screen: ScreenRef
  selection: Selection
  columns: ReadonlyMap<string, GridColumn>
  describe: Describer
  announcer: Announcer
  host: Pick<GridHost, 'words' | 'asksFirst' | 'rowKeys' | 'rowName'>
  emit: Events['emit']
  /** Shows the wishes, sends them as one action, and files it in the history; `typed`: written by hand. */
  commit: (wishes: readonly Wish[], typed?: boolean) => Action | null
}

/** So many cells with bad text are named in a question; how many there are is said. */
const NAMED = 5

/** Every way a person writes: typing, pasting, filling, clearing. Each is one action. */
export function createWriting(setup: WritingSetup) {
  const { model, marks, screen, selection, columns, describe, announcer, emit, commit } = setup
  const { words, asksFirst, rowKeys } = setup.host
  /** What waits for an answer before it is written. */
  const asking = shallowRef<Question | null>(null)
  const columnOf = (field: string): GridColumn | undefined => columns.get(field)
  const block = (displayed: Displayed, typed: boolean): BlockSetup => ({
    model,
    marks,
    displayed,
    columnOf,
    closed: describe.closed,
    shown: describe.shown,
    typed,
  })
  /** What a row is called among its neighbours. */
  const nameOf = (row: SheetRow): string => setup.host.rowName(row).split(' · ')[0]!

  type Part = readonly [rect: CellRect, textAt: TextAt]

  /** What writing text onto displayed cells would come to. */
  function plan(parts: readonly Part[], typed = false, onto: Displayed | null = screen.now) {
    if (!onto || parts.length === 0) return null
    const read = parts.map(([rect, textAt]) => readBlock(block(onto, typed), rect, textAt))
    const summary = together(read.map((part) => part.summary))
    const wishes = read.length > 1 ? read.flatMap((part) => part.wishes) : read[0]!.wishes
    return {
      summary,
      landing: read[0]!.landing,
      /** Without blanks, cells stay filled that the text would empty. */
      carryOut(blanks = true): void {
        commit(blanks ? wishes : wishes.filter(({ after }) => after !== null), typed)
        if (!blanks) Object.assign(summary, { written: summary.written - summary.emptied, emptied: 0 })
        reportInvalid(summary)
      },
    }
  }

  /** Writing that tells what came of it, and that can be asked about first. */
  function propose(parts: readonly Part[], typed = false, onto: Displayed | null = screen.now) {
    const planned = plan(parts, typed, onto)
    if (!planned) return null
    const { summary, landing } = planned
    function carryOut(blanks = true): void {
      planned!.carryOut(blanks)
      tell(summary)
    }
    function ask({ lines = [], ...question }: Pick<Question, 'title' | 'answers' | 'enterCancels'> & { lines?: string[] }): void {
      const { invalid, doubted, skipped } = summary
      const bad = [...invalid, ...doubted]
      asking.value = {
        lines: [...new Set([...lines, ...words.leftOut(summary), ...(bad.length > 0 ? [words.paste.unsaved(bad.length)] : [])])],
        cells: [...bad.slice(0, NAMED), ...skipped],
        cancel: question.answers.length > 0 ? words.cancel : words.close,
        ...question,
      }
    }
    return { summary, landing, carryOut, ask }
  }
  const everywhere = (textAt: TextAt): Part[] => disjoint(selection.ranges.value).map((rect) => [rect, textAt])

  /** Writes text for one cell, wherever the cell is displayed now; `typed`: by hand, and not pasted into the editor. */
  function type({ row: id, field }: CellName, text: string, typed = true): void {
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
    const { wishes, summary } = readBlock(block(alone, typed), { top: 0, left: 0, bottom: 0, right: 0 }, () => text)
    commit(wishes, typed)
    reportInvalid(summary)
    const problem = summary.invalid.length > 0 && describe.problem(row, field)
    if (problem) announcer.say(words.problem(problem))
  }

  /**
   * Pastes rows of text at the range, or into the rows they name; first asks, where the host wants it, when some would be
   * left out or would empty cells.
   */
  function paste(rows: Block): void {
    const at = selection.range.value
    const now = screen.now
    if (!at || !now) return
    const [height, width] = [rows.length, widthOf(rows)]
    const several = selection.ranges.value.length > 1
    if (several && height * width > 1) return announcer.show(words.pasteRefused)
    const here = several ? null : placedHere(rows, at, now)
    const planned = several
      ? propose(everywhere(() => rows[0]![0] ?? undefined))
      : here
        ? propose([here.part], false, here.onto)
        : propose([[pasteRect(at, height, width), (down, right) => rows[down % height]![right % width] ?? undefined]])
    if (!planned) return
    const { summary, landing } = planned
    if (here) {
      summary.people = here.people
      summary.outside += here.outside * here.onto.rowCount()
    }
    function carryOut(blanks: boolean): void {
      planned!.carryOut(blanks)
      if (here) selectRows(here.onto)
      else if (!several) selection.select({ row: landing.top, col: landing.left }, { row: landing.bottom, col: landing.right })
    }
    if (!asksFirst || !isToBeAsked(summary)) return carryOut(true)
    const first = here ? here.onto.rowAt(0) : now.rowAt(landing.top)
    askToPaste(planned, here ? here.onto.rowCount() : landing.bottom - landing.top + 1, first, carryOut)
  }

  /** Where a block goes that says whose its rows are, or what its columns are. */
  function placedHere(rows: Block, at: CellRect, now: Displayed) {
    const shown = Array.from({ length: now.columnCount() }, (_, col) => columnOf(now.fieldAt(col))).filter(
      (one) => one !== undefined,
    )
    const found =
      rowKeys &&
      placed(rows, {
        rows: model.rows,
        isDisplayed: (row) => now.indexOfRow(row.id) >= 0,
        keys: rowKeys,
        columns: shown,
        left: at.left,
      })
    if (!found) return null
    const { people, from, cols, fields, outside } = found
    const onto: Displayed = {
      rowCount: () => (people.found ? from.length : Math.min(from.length, now.rowCount() - at.top)),
      columnCount: () => fields.length,
      rowAt: (row) => (people.found ? found.rows[row] : now.rowAt(at.top + row)),
      fieldAt: (col) => fields[col]!,
      indexOfRow: (id) => found.rows.findIndex((row) => row.id === id),
      indexOfField: (field) => fields.indexOf(field),
    }
    const textAt: TextAt = (down, right) => rows[from[down]!]![cols[right]!] ?? undefined
    const part: Part = [{ top: 0, left: 0, bottom: from.length - 1, right: cols.length - 1 }, textAt]
    return { people, onto, part, outside }
  }

  /** Selects the rows that were written, where they are displayed. */
  function selectRows(onto: Displayed): void {
    const now = screen.now!
    const lines = Array.from({ length: onto.rowCount() }, (_, at) => now.indexOfRow(onto.rowAt(at)!.id))
    const cols = Array.from({ length: onto.columnCount() }, (_, at) => now.indexOfField(onto.fieldAt(at)))
    const tops = stretches(lines.filter((line) => line >= 0).toSorted((a, b) => a - b))
    const [left, right] = [Math.min(...cols), Math.max(...cols)]
    if (tops.length === 0 || tops.length > MOST_RANGES) return
    selection.replace(
      tops.map(([top, bottom]) => ({ top, left, bottom, right })),
      { row: tops[0]![0], col: left },
    )
  }

  function isToBeAsked({ written, doubted, emptied, people, ...out }: PasteSummary): boolean {
    if (people && (!people.found || people.columns.length === 0 || peopleOut(people) > 0)) return true
    const bad = out.skippedReadOnly + out.skippedLocked + out.outside + out.invalid.length + doubted.length
    return emptied > 0 || (bad > 0 && written > doubted.length)
  }
  const peopleOut = ({ unnamed, guessed, ...out }: PastedPeople): number =>
    [out.missing, out.elsewhere, out.several, out.twice, out.hidden, out.unknown, out.odd].reduce(
      (all, { length }) => all + length,
      unnamed + (guessed ? 1 : 0),
    )

  /** Says before a paste what would be written, into which rows, what not, and what would be emptied. */
  function askToPaste(
    planned: NonNullable<ReturnType<typeof propose>>,
    rows: number,
    first: SheetRow | undefined,
    carryOut: (blanks: boolean) => void,
  ): void {
    const { written, same, doubted, invalid, emptied, people } = planned.summary
    const filled = written - doubted.length - emptied + same
    const bad = doubted.length + invalid.length
    const says = words.paste
    const answers = [
      ...(filled > 0 || (emptied === 0 && bad > 0)
        ? [
            {
              text: filled === 0 ? says.keep(bad) : emptied > 0 ? says.skipBlanks(filled) : says.yes(filled),
              carryOut: () => carryOut(false),
            },
          ]
        : []),
      ...(emptied > 0
        ? [{ text: filled > 0 ? says.emptyToo(emptied) : says.emptyAll(emptied), carryOut: () => carryOut(true) }]
        : []),
    ]
    planned.ask({
      title: says.title,
      enterCancels: filled === 0 && emptied > 0,
      lines: [
        filled > 0 ? says.writes(filled, rows, first ? nameOf(first) : '', people) : says.writesNothing,
        ...(emptied > 0 ? [says.empties(emptied)] : []),
      ],
      answers,
    })
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
  function typeInRange(text: string, typed = true): void {
    propose(
      everywhere(() => text),
      typed,
    )?.carryOut()
  }

  /** Why text will not be taken by a cell, as far as can be told before it is sent. */
  function objection({ field }: CellName, text: string, typed = true): string | null {
    const column = columns.get(field)
    const reading = column && text.trim() !== '' ? readCell(column, text, typed) : null
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
