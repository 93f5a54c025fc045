import type { Left, Limits } from './limits.ts'
import { dayOfSerial, decimalOf } from './number-format.ts'
import { FileRefused } from './refused.ts'
import { columnOf, lettersOf, visible, type CellKind, type CellRead, type RowRead, type SheetRead } from './sheet.ts'
import { readXml } from './xml.ts'

/** What the cells of all sheets of a workbook share. */
export interface Book {
  limits: Limits
  /** What may still come. */
  left: Left
  from1904: boolean
  strings: readonly string[]
  /** For each style whether it shows numbers as days. */
  days: readonly boolean[]
}

/** A cell as it is written: its value, and whether a formula stands in it. */
interface Raw {
  row: number
  column: number
  type: string
  style: number
  value: string
  inline: string
  formula: boolean
}

interface Grid {
  /** By row, then by column; both from 1. */
  rows: Map<number, (CellRead | undefined)[]>
  hidden: Set<number>
}

interface Range {
  name: string
  from: [column: number, row: number]
  to: [column: number, row: number]
}

/** Reads the cells of a sheet. A row or a cell that does not say where it stands follows the one before it. */
export async function readSheetPart(
  part: AsyncIterable<Buffer>,
  sheet: string,
  book: Book,
): Promise<Pick<SheetRead, 'hiddenColumns' | 'rows'>> {
  const grid: Grid = { rows: new Map(), hidden: new Set() }
  const hiddenColumns = new Set<string>()
  const merges: Range[] = []
  const arrays: Range[] = []
  let [row, column] = [0, 0]
  let hiddenRanges = 0
  let cell: Raw | undefined
  let into: 'value' | 'inline' | undefined
  await readXml(part, sheet, book.left, {
    open: (tag, attributes) => {
      into = undefined
      if (tag === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(/^\$?([A-Z]{1,3})\$?\d+$/.exec(attributes.r)?.[1] ?? '')
        if (row === 0 || column === 0) throw new FileRefused('file.damaged', { part: sheet })
        const { t: type = 'n', s: style } = attributes
        cell = { row, column, type, style: Number(style ?? 0), value: '', inline: '', formula: false }
      } else if (tag === 'row') {
        row = attributes.r === undefined ? row + 1 : /^\d{1,7}$/.test(attributes.r) ? Number(attributes.r) : 0
        column = 0
        if (row === 0) throw new FileRefused('file.damaged', { part: sheet })
        if (isHidden(attributes) && row <= book.limits.rows) grid.hidden.add(row)
      } else if (tag === 'v') into = 'value'
      else if (tag === 't') into = 'inline'
      else if (tag === 'f' && cell) {
        cell.formula = true
        if (attributes.t === 'array' || attributes.t === 'dataTable') arrays.push(rangeOf(attributes.ref, sheet))
      } else if (tag === 'mergeCell') {
        if (merges.length >= mostMerges) throw new FileRefused('file.tooMuch')
        merges.push(rangeOf(attributes.ref, sheet))
      } else if (tag === 'col' && isHidden(attributes) && ++hiddenRanges <= book.limits.columns)
        for (let at = Math.max(1, Number(attributes.min)); at <= Math.min(Number(attributes.max), book.limits.columns); at++)
          hiddenColumns.add(lettersOf(at))
    },
    text: (text) => {
      if (cell && into) cell[into] += text
    },
    close: (tag) => {
      if (tag === 'c' && cell) {
        put(grid, cell, sheet, book)
        cell = undefined
      }
      into = undefined
    },
  })
  // All of a formula's range is worked out, though only its first cell holds it.
  for (const range of arrays)
    each(grid, range, book, (cells, at) => {
      if (cells[at]) cells[at].kind = 'formula'
    })
  for (const range of merges) spread(grid, range, book)
  return { hiddenColumns: [...hiddenColumns], rows: rowsOf(grid) }
}

/** One for every row of a large county, and more. */
const mostMerges = 30_000

const isHidden = ({ hidden }: Record<string, string>): boolean => hidden === '1' || hidden === 'true'

function put(grid: Grid, raw: Raw, sheet: string, book: Book): void {
  const { limits, left } = book
  const column = lettersOf(raw.column)
  const at = { sheet, cell: `${column}${raw.row}` }
  const { kind, text } = valueOf(raw, at, book)
  if (text === '' && kind !== 'formula') return
  if (raw.row > limits.rows || raw.column > limits.columns)
    throw new FileRefused('file.far', { ...at, rows: String(limits.rows), columns: String(limits.columns) })
  if (text.length > limits.cellText) throw new FileRefused('file.cellText', { ...at, most: String(limits.cellText) })
  left.cells -= 1
  left.characters -= text.length
  if (left.cells < 0 || left.characters < 0) throw new FileRefused('file.tooMuch')
  let cells = grid.rows.get(raw.row)
  if (!cells) grid.rows.set(raw.row, (cells = []))
  if (cells[raw.column]) throw new FileRefused('file.damaged', { part: `${sheet} ${at.cell}` })
  cells[raw.column] = { column, kind, text }
}

type Place = { sheet: string; cell: string }

function valueOf(raw: Raw, at: Place, book: Book): { kind: CellKind; text: string } {
  const plain = plainValue(raw, at, book)
  return raw.formula ? { kind: 'formula', text: plain.text } : plain
}

function plainValue(
  { type, style, value, inline }: Raw,
  at: Place,
  { from1904, strings, days }: Book,
): { kind: CellKind; text: string } {
  const text = (written: string) => ({ kind: 'text', text: visible(unescaped(written)) }) as const
  const broken = () => new FileRefused('file.damaged', { part: `${at.sheet} ${at.cell}` })
  if (type === 'inlineStr') return text(inline || value)
  const trimmed = value.trim()
  if (type === 'str') return text(value)
  if (trimmed === '') return text('')
  if (type === 's') {
    const shared = /^\d+$/.test(trimmed) ? strings[Number(trimmed)] : undefined
    if (shared === undefined) throw broken()
    return text(shared)
  }
  if (type === 'e') return { kind: 'error', text: trimmed }
  if (type === 'b') return { kind: 'boolean', text: trimmed === '1' || trimmed === 'true' ? 'TRUE' : 'FALSE' }
  if (type === 'd') return isoDay.test(trimmed) ? { kind: 'day', text: trimmed.slice(0, 10) } : text(trimmed)
  const day = days[style] ? dayOfSerial(Number(trimmed), from1904) : undefined
  if (day !== undefined) return { kind: 'day', text: day }
  const number = decimalOf(trimmed)
  if (!number) throw broken()
  return { kind: number.broken ? 'brokenNumber' : 'number', text: number.text }
}

const isoDay = /^\d{4}-\d{2}-\d{2}(T|$)/

/** Characters that XML cannot hold are written by their number between _x and _. */
const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

function rangeOf(ref: string | undefined, sheet: string): Range {
  const found = /^([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?$/.exec(ref ?? '')
  if (!found) throw new FileRefused('file.damaged', { part: sheet })
  const [name, column, row, lastColumn = column, lastRow = row] = found as unknown as [string, string, string, string?, string?]
  return { name, from: [columnOf(column), Number(row)], to: [columnOf(lastColumn), Number(lastRow)] }
}

/** Goes over the cells of a range as far as rows hold something. What is gone over counts as cells do. */
function each(grid: Grid, { from, to }: Range, book: Book, go: (cells: (CellRead | undefined)[], column: number) => void): void {
  const last = Math.min(to[0], book.limits.columns)
  const inRange = to[1] - from[1] < grid.rows.size ? countedRows(grid, from[1], to[1]) : rowsWithin(grid, from[1], to[1])
  for (const cells of inRange)
    for (let column = from[0]; column <= last; column++) {
      book.left.cells -= 1
      if (book.left.cells < 0) throw new FileRefused('file.tooMuch')
      go(cells, column)
    }
}

function* countedRows(grid: Grid, from: number, to: number) {
  for (let row = from; row <= to; row++) {
    const cells = grid.rows.get(row)
    if (cells) yield cells
  }
}

function* rowsWithin(grid: Grid, from: number, to: number) {
  for (const [row, cells] of grid.rows) if (row >= from && row <= to) yield cells
}

/** Puts the value of a merged cell into every cell that it covers. */
function spread(grid: Grid, range: Range, book: Book): void {
  const value = grid.rows.get(range.from[1])?.[range.from[0]]
  if (!value) return
  each(grid, range, book, (cells, column) => {
    book.left.characters -= value.text.length
    if (book.left.characters < 0) throw new FileRefused('file.tooMuch')
    cells[column] = { ...value, column: lettersOf(column), merged: range.name }
  })
}

const rowsOf = (grid: Grid): RowRead[] =>
  [...grid.rows]
    .sort(([a], [b]) => a - b)
    .map(([row, cells]) => ({
      row,
      ...(grid.hidden.has(row) && { hidden: true as const }),
      cells: cells.filter((cell) => cell !== undefined),
    }))
