import type { HeadingReader, Known } from './heading-reader.ts'
import { columnOf, type CellRead, type RowRead } from './sheet.ts'

export interface Column<F extends string> {
  /** The letters of the column. */
  column: string
  /** As it stands in the file; of several rows joined. */
  heading: string
  /** Null where nobody knows the heading, or another column is the field's. */
  field: F | null
}

export interface Header<F extends string> {
  /** Places in the list of rows: of its first, and of the first behind it. */
  at: number
  end: number
  columns: Column<F>[]
  /** Columns of a field that another column has, with the letters of that one. */
  twice: { column: string; heading: string; field: F; other: string }[]
}

/** How far down the headings are looked for, and how many rows they may take. */
const farthest = 30
const tallest = 3

/** The first header of a sheet; one that has the fields a row needs before others. */
export function findHeader<F extends string>(
  rows: readonly RowRead[],
  reader: HeadingReader<F>,
  needed: readonly F[],
): Header<F> | undefined {
  const places = Array.from({ length: Math.min(rows.length, farthest) }, (_, at) => at)
  const first = places.find((at) => windows(rows, at, reader).some((header) => isWhole(header, needed)))
  return first === undefined
    ? best(places.flatMap((at) => windows(rows, at, reader).filter((header) => fieldsIn(header).length >= 2)))
    : best([first, first + 1, first + 2].flatMap((at) => windows(rows, at, reader)).filter((header) => isWhole(header, needed)))
}

/** The header that begins in this row; undefined where none does. */
export function headerAt<F extends string>(
  rows: readonly RowRead[],
  at: number,
  reader: HeadingReader<F>,
  needed: readonly F[],
): Header<F> | undefined {
  if (rows[at]!.cells.filter(({ text }) => reader([text])).length < 2) return undefined
  return best(windows(rows, at, reader).filter((header) => isWhole(header, needed)))
}

/** The header of which a person named the last row. */
export function headerOf<F extends string>(
  rows: readonly RowRead[],
  row: number,
  reader: HeadingReader<F>,
): Header<F> | undefined {
  const end = rows.findIndex((one) => one.row >= row)
  if (end < 0) return undefined
  const last = rows[end]!.row === row ? end + 1 : end
  const starts = Array.from({ length: tallest }, (_, above) => last - 1 - above).filter((at) => at >= 0)
  return last === 0
    ? { at: 0, end: 0, columns: [], twice: [] }
    : best(starts.flatMap((at) => windows(rows, at, reader).filter((header) => header.end === last)))
}

export const fieldsIn = <F extends string>({ columns }: Header<F>): F[] =>
  columns.flatMap(({ field }) => (field === null ? [] : [field]))

/** Whether it has what a row needs and a second field; a single column is a table too where nothing stands beside it. */
function isWhole<F extends string>(header: Header<F>, needed: readonly F[]): boolean {
  const fields = fieldsIn(header)
  return needed.every((field) => fields.includes(field)) && (fields.length >= 2 || header.columns.length === 1)
}

/** The one with the most fields, then with the fewest rows, then the uppermost. */
const best = <F extends string>(headers: Header<F>[]): Header<F> | undefined =>
  headers.toSorted((a, b) => fieldsIn(b).length - fieldsIn(a).length || a.end - a.at - (b.end - b.at) || a.at - b.at).at(0)

/** What the rows from here would be as a header: one row, two, or three. */
function windows<F extends string>(rows: readonly RowRead[], at: number, reader: HeadingReader<F>): Header<F>[] {
  const headers: Header<F>[] = []
  for (let end = at + 1; end <= Math.min(at + tallest, rows.length); end++) {
    if (rows[end - 1]!.row !== rows[at]!.row + end - 1 - at) break
    headers.push({ at, end, ...columnsOf(rows.slice(at, end), reader) })
  }
  return headers
}

function columnsOf<F extends string>(header: readonly RowRead[], reader: HeadingReader<F>): Pick<Header<F>, 'columns' | 'twice'> {
  const letters = [...new Set(header.flatMap(({ cells }) => cells.map(({ column }) => column)))].sort(
    (a, b) => columnOf(a) - columnOf(b),
  )
  const stacks = letters.map((column) => ({ column, texts: stackOf(header, column) }))
  const read = stacks.map(({ column, texts }) => ({ column, heading: texts.join(' '), known: reader(texts) }))
  const owners = new Map<F, { column: string; rank: number }>()
  for (const { column, known } of read)
    if (known && (owners.get(known.field)?.rank ?? Infinity) > known.rank) owners.set(known.field, { column, rank: known.rank })
  const owns = (column: string, known: Known<F>) => owners.get(known.field)!.column === column
  return {
    columns: read.map(({ column, heading, known }) => ({
      column,
      heading,
      field: known && owns(column, known) ? known.field : null,
    })),
    twice: read.flatMap(({ column, heading, known }) =>
      known && !owns(column, known) ? [{ column, heading, field: known.field, other: owners.get(known.field)!.column }] : [],
    ),
  }
}

/** The headings above a column. What is merged counts once; a blank beside a heading with something below is that heading's, as csv writes merged cells. */
function stackOf(header: readonly RowRead[], column: string): string[] {
  const stack: CellRead[] = []
  for (const [place, { cells }] of header.entries()) {
    const isLast = place === header.length - 1
    const cell =
      cells.find((one) => one.column === column) ??
      (isLast ? undefined : cells.findLast((one) => columnOf(one.column) < columnOf(column)))
    if (cell && !(cell.merged !== undefined && cell.merged === stack.at(-1)?.merged)) stack.push(cell)
  }
  return stack.map(({ text }) => text)
}
