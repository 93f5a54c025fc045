import { readText } from './cellText.ts'
import type { Marks } from './marks.ts'
import type { Wish } from './saves.ts'
import { cut, cellsIn, type Displayed } from './selection.ts'
import type { SheetModel, SheetRow } from './sheetModel.ts'
import type { CellRect, CellText, GridColumn, PasteSummary } from './types.ts'

type Reading = { value: CellText; doubt: string | null } | { refused: string }
const EMPTY: Reading = { value: null, doubt: null }

/** What a column makes of text, and what speaks against it. `typed`: it was written by hand. */
export function readCell(column: GridColumn, text: string, typed: boolean): Reading {
  const reading = (column.read ?? readText)(text)
  if ('refused' in reading) return reading
  return { ...reading, doubt: reading.value === null ? null : (column.doubt?.(reading.value, typed) ?? null) }
}
const LISTED = 100

/** Why a cell takes no edit. */
export type Closed = { by: 'column' | 'row'; reason: string } | null

/** The text for a place in a block: null empties a cell, undefined leaves it alone. */
export type TextAt = (down: number, right: number) => string | null | undefined

export interface BlockSetup {
  model: SheetModel
  marks: Marks
  displayed: Displayed
  columnOf: (field: string) => GridColumn | undefined
  closed: (row: SheetRow, column: GridColumn) => Closed
  /** What a cell shows. */
  shown: (row: SheetRow, column: GridColumn) => string
  /** Whether the text was written by hand. */
  typed: boolean
}

/**
 * Reads a block of text onto displayed cells. Text a column cannot read is wished for too, with the reason: it will show, and not be sent.
 */
export function readBlock(
  { model, marks, displayed, columnOf, closed, shown, typed }: BlockSetup,
  block: CellRect,
  textAt: TextAt,
): { wishes: Wish[]; summary: PasteSummary; landing: CellRect } {
  const landing = cut(block, displayed.rowCount(), displayed.columnCount())
  const wishes: Wish[] = []
  const summary: PasteSummary = {
    written: 0,
    same: 0,
    skippedReadOnly: 0,
    skippedLocked: 0,
    outside: cellsIn(block) - cellsIn(landing),
    emptied: 0,
    people: null,
    invalid: [],
    doubted: [],
    skipped: [],
  }
  const columns: (GridColumn | undefined)[] = []
  for (let col = landing.left; col <= landing.right; col++) columns.push(columnOf(displayed.fieldAt(col)))
  // A large block says few different things: each text is read once a column.
  const readings = columns.map(() => new Map<string, Reading>())

  for (let at = landing.top; at <= landing.bottom; at++) {
    const row = displayed.rowAt(at)
    if (!row) continue
    for (let right = 0; right < columns.length; right++) {
      const column = columns[right]
      const text = textAt(at - landing.top, right)
      if (!column || text === undefined) continue
      const why = closed(row, column)
      if (why) {
        // What the grid works out itself and comes back as it stands is no loss.
        if (why.by === 'column' && text !== null && text !== '' && text === shown(row, column)) continue
        if (why.by === 'column') summary.skippedReadOnly++
        else summary.skippedLocked++
        // A whole column that takes nothing is named once.
        const named = why.by === 'column' && summary.skipped.some(({ field }) => field === column.field)
        if (!named && summary.skipped.length < LISTED)
          summary.skipped.push({ row: row.id, field: column.field, text: text ?? '', reason: why.reason })
        continue
      }
      takeCell(row, column, text, text === null || text === '' ? EMPTY : read(right, text))
    }
  }
  return { wishes, summary, landing }

  function read(right: number, text: string): Reading {
    let reading = readings[right]!.get(text)
    if (!reading) readings[right]!.set(text, (reading = readCell(columns[right]!, text, typed)))
    return reading
  }

  function takeCell(row: SheetRow, column: GridColumn, text: string | null, read: Reading): void {
    const { field } = column
    if ('refused' in read) {
      summary.invalid.push({ row: row.id, field, text: text ?? '', reason: read.refused })
      wishes.push({ row, field, after: text, invalid: read.refused })
      return
    }
    const mark = marks.markOf(row, field)
    const now = model.value(row, field)
    if (!mark?.typed && !mark?.conflict && now === read.value) {
      if (now !== null) summary.same++
    } else {
      summary.written++
      if (read.value === null && now !== null) summary.emptied++
      if (read.doubt !== null) summary.doubted.push({ row: row.id, field, text: text ?? '', reason: read.doubt })
      wishes.push({ row, field, after: read.value })
    }
  }
}

/** Several blocks as one. */
export function together(summaries: readonly PasteSummary[]): PasteSummary {
  const sum = (of: (one: PasteSummary) => number): number => summaries.reduce((total, one) => total + of(one), 0)
  return {
    written: sum(({ written }) => written),
    same: sum(({ same }) => same),
    skippedReadOnly: sum(({ skippedReadOnly }) => skippedReadOnly),
    skippedLocked: sum(({ skippedLocked }) => skippedLocked),
    outside: sum(({ outside }) => outside),
    emptied: sum(({ emptied }) => emptied),
    people: null,
    invalid: summaries.flatMap(({ invalid }) => invalid),
    doubted: summaries.flatMap(({ doubted }) => doubted),
    skipped: summaries.flatMap(({ skipped }) => skipped).slice(0, LISTED),
  }
}
