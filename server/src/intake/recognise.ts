import type { Code } from '../base/words.ts'
import { findHeader, headerAt, headerOf, type Column, type Header } from './header.ts'
import { headingReader, normal, type HeadingReader } from './heading-reader.ts'
import type { Heading } from './headings.ts'
import { FileRefused } from './refused.ts'
import { columnOf, type CellRead, type RowRead, type SheetRead } from './sheet.ts'

/** What stands in a row, by field. What a sheet's name or a row above said has no column. */
export type Cells<F extends string> = Partial<Record<F, CellRead>>

export interface Table<F extends string> {
  sheet: string
  headerRows: number[]
  columns: Column<F>[]
  rows: { row: number; hidden?: true; cells: Cells<F> }[]
  /** Rows that are none of the list: what each is taken for, and what its first cell says. */
  skipped: { row: number; why: Why; text: string }[]
}

/** `section`: the name of a town above its rows. */
export type Why = 'sum' | 'header' | 'note' | 'section' | 'blank'

/** What a person should know before the rows are taken; its sentence is in `base/words.ts`. */
export interface RosterProblem {
  code: Extract<Code, `roster.${string}`>
  params: Record<string, string>
}

export interface Roster<F extends string> {
  tables: Table<F>[]
  problems: RosterProblem[]
}

/** What a person said of a sheet by hand; a hidden sheet is read where something is said of it. */
export interface ByHand<F extends string> {
  /** The row with the headings, the last where they take several; 0: there are none. */
  header?: number
  /** The field of a column by its letters; null: none. */
  columns?: Record<string, F | null>
}

/**
 * Finds the tables of a kind on all sheets: their headings wherever they stand, and of the rows below those that are one
 * of the list. Throws `FileRefused` where no sheet has headings that are known.
 */
export function recognise<F extends string>(
  sheets: readonly SheetRead[],
  headings: readonly Heading<F>[],
  options: { sheets?: Record<string, ByHand<F>> } = {},
): Roster<F> {
  const kind = { headings, reader: headingReader(headings), needed: headings.filter((one) => one.needed).map((one) => one.field) }
  const problems: RosterProblem[] = []
  const tables: Table<F>[] = []
  for (const sheet of sheets) {
    if (sheet.rows.length === 0) continue
    const byHand = options.sheets?.[sheet.name]
    if (sheet.hidden && !byHand) {
      problems.push({ code: 'roster.hiddenSheet', params: { sheet: sheet.name } })
      continue
    }
    const found = tablesOf(sheet, kind, byHand, problems)
    if (found.length === 0) problems.push({ code: 'roster.noTable', params: { sheet: sheet.name } })
    else tables.push(...found)
  }
  if (tables.length === 0) throw new FileRefused('file.headings', { names: headings.map(({ names }) => names[0]!).join('、') })
  const several = new Set(tables.map(({ sheet }) => sheet)).size > 1
  for (const table of tables) nameTown(table, headings, several)
  return { tables, problems }
}

interface Kind<F extends string> {
  headings: readonly Heading<F>[]
  reader: HeadingReader<F>
  needed: readonly F[]
}

function tablesOf<F extends string>(
  sheet: SheetRead,
  kind: Kind<F>,
  byHand: ByHand<F> | undefined,
  problems: RosterProblem[],
): Table<F>[] {
  const { rows } = sheet
  const { reader, needed } = kind
  const tables: Table<F>[] = []
  let header = byHand?.header === undefined ? findHeader(rows, reader, needed) : headerOf(rows, byHand.header, reader)
  while (header) {
    const columns = assigned(header.columns, byHand?.columns)
    const table: Table<F> = {
      sheet: sheet.name,
      headerRows: rows.slice(header.at, header.end).map(({ row }) => row),
      columns,
      rows: [],
      skipped: [],
    }
    tables.push(table)
    let next: Header<F> | undefined
    let section: CellRead | undefined
    for (let at = header.end; at < rows.length && !next; at++) {
      const again = headerAt(rows, at, reader, needed)
      if (again && !sameFields(again.columns, header.columns)) next = again
      else if (again) {
        for (const row of rows.slice(at, again.end)) skip(table, row, 'header')
        at = again.end - 1
      } else section = take(table, rows[at]!, kind, section)
    }
    problems.push(...problemsOf(table, header, sheet, kind))
    header = next
  }
  return tables
}

/** The columns with what a person said of them. A field that a person gave to one column is no other's. */
function assigned<F extends string>(columns: Column<F>[], byHand: ByHand<F>['columns']): Column<F>[] {
  if (!byHand) return columns
  const given = new Set(Object.values(byHand))
  const unknown = Object.keys(byHand).filter((letters) => !columns.some(({ column }) => column === letters))
  return [...columns, ...unknown.map((column) => ({ column, heading: '', field: null }))]
    .map((one) => {
      const said = byHand[one.column]
      return { ...one, field: said !== undefined ? said : one.field !== null && given.has(one.field) ? null : one.field }
    })
    .sort((a, b) => columnOf(a.column) - columnOf(b.column))
}

const sameFields = <F extends string>(one: readonly Column<F>[], other: readonly Column<F>[]): boolean => {
  const fields = (columns: readonly Column<F>[]) =>
    columns.flatMap(({ column, field }) => (field === null ? [] : `${column} ${field}`)).join()
  return fields(one) === fields(other)
}

const skip = <F extends string>(table: Table<F>, { row, cells }: RowRead, why: Why): void => {
  table.skipped.push({ row, why, text: cells[0]!.text.slice(0, 50) })
}

/** Takes a row into the table. Answers the town that the rows below belong to. */
function take<F extends string>(
  table: Table<F>,
  row: RowRead,
  { needed }: Kind<F>,
  section: CellRead | undefined,
): CellRead | undefined {
  const cells: Cells<F> = {}
  for (const { column, field } of table.columns) {
    const cell = field === null ? undefined : row.cells.find((one) => one.column === column)
    if (cell) cells[field!] = cell
  }
  const why = whyNone(row, cells, needed)
  if (why === 'note' && isTown(row.cells[0]!.text)) {
    skip(table, row, 'section')
    return row.cells[0]!
  }
  if (why) skip(table, row, why)
  else
    table.rows.push({
      row: row.row,
      ...(row.hidden && { hidden: true as const }),
      cells: section ? { town: { column: '', kind: 'text', text: section.text }, ...cells } : cells,
    })
  return section
}

const sums = /^(合计|小计|总计|共计|累计)/
const notes =
  /^(填表人|填报人|制表人|制表|编制人|审核人|审核|复核人|复核|负责人|单位负责人|分管领导|主要领导|经办人|联系人|填报单位|填表单位|单位|单位盖章|填报时间|填报日期|填表时间|填表日期|制表时间|日期|注|备注|说明|附注|填表说明)\s*[(（:：]/

/** Why a row is none of the list; undefined for one that is. */
function whyNone<F extends string>({ cells }: RowRead, read: Cells<F>, needed: readonly F[]): Why | undefined {
  const own = needed.map((field) => read[field])
  const wide = (cell: CellRead): boolean =>
    cells.filter((one) => one.merged !== undefined && one.merged === cell.merged).length > 1
  const named = own.some((cell) => cell && !notes.test(cell.text) && !wide(cell))
  if (cells.slice(0, 3).some(({ text }) => sums.test(normal(text)))) return 'sum'
  if (notes.test(cells[0]!.text) || (!named && cells.some(({ text }) => notes.test(text)))) return 'note'
  if (!named && cells.every((cell) => cell === cells[0] || (wide(cell) && cell.merged === cells[0]!.merged)))
    return Object.keys(read).length === 1 && 'serial' in read && /^\d+$/.test(cells[0]!.text) ? 'blank' : 'note'
  return Object.keys(read).some((field) => field !== 'serial') ? undefined : 'blank'
}

const isTown = (text: string): boolean => text.length <= 15 && /(镇|乡|街道|街道办事处)$/.test(text)

/** Where no column says the town, the sheet's name does. */
function nameTown<F extends string>(table: Table<F>, headings: readonly Heading<F>[], several: boolean): void {
  const name = table.sheet.trim()
  if (!headings.some(({ field }) => field === 'town') || table.columns.some(({ field }) => field === 'town')) return
  if (!isTown(name) && (!several || /^(sheet|工作表|表)?\s*\d*$/i.test(name))) return
  for (const row of table.rows) row.cells = { town: { column: '', kind: 'text', text: name }, ...row.cells }
}

function problemsOf<F extends string>(
  table: Table<F>,
  { twice }: Header<F>,
  { name: sheet, hiddenColumns }: SheetRead,
  { headings, needed }: Kind<F>,
): RosterProblem[] {
  const problems: RosterProblem[] = []
  const hidden = table.rows.filter((row) => row.hidden).map(({ row }) => row)
  if (hidden.length > 0)
    problems.push({
      code: 'roster.hiddenRows',
      params: { sheet, rows: hidden.slice(0, 20).join('、'), count: String(hidden.length) },
    })
  const taken = table.columns.filter(({ column, field }) => field !== null && hiddenColumns.includes(column))
  if (taken.length > 0)
    problems.push({ code: 'roster.hiddenColumns', params: { sheet, columns: taken.map(({ column }) => column).join('、') } })
  for (const { column, heading, field, other } of twice)
    if (table.columns.find((one) => one.column === column)!.field === null && table.columns.some((one) => one.field === field))
      problems.push({ code: 'roster.twice', params: { sheet, column, heading, other } })
  const missing = needed.filter((field) => !table.columns.some((one) => one.field === field))
  if (missing.length > 0)
    problems.push({
      code: 'roster.missing',
      params: {
        sheet,
        names: headings
          .filter(({ field }) => missing.includes(field))
          .map(({ names }) => names[0]!)
          .join('、'),
      },
    })
  return problems
}
