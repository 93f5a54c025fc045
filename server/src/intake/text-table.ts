import type { Limits } from './limits.ts'
import { FileRefused } from './refused.ts'
import { lettersOf, visible, type CellRead, type RowRead } from './sheet.ts'

/**
 * The text of a file, by its mark at the start, else as UTF-8, else as GB18030, each strictly. UTF-8 with a few broken
 * characters would read as other Chinese characters: that is refused.
 */
export function textOf(bytes: Buffer): string {
  const marked = [
    [[0xef, 0xbb, 0xbf], 'utf-8'],
    [[0xff, 0xfe], 'utf-16le'],
    [[0xfe, 0xff], 'utf-16be'],
  ].find(([mark]) => (mark as number[]).every((byte, at) => bytes[at] === byte))?.[1] as string | undefined
  const text = decoded(bytes, marked ?? 'utf-8') ?? (marked || isBrokenUtf8(bytes) ? undefined : decoded(bytes, 'gb18030'))
  if (text === undefined) throw new FileRefused('file.encoding')
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text)) throw new FileRefused('file.unknown') // oxlint-disable-line no-control-regex
  return text
}

function decoded(bytes: Buffer, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Chinese characters of GB18030 are hardly ever whole characters of UTF-8 as well. */
function isBrokenUtf8(bytes: Buffer): boolean {
  const text = bytes.toString('utf8')
  let [whole, broken] = [0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0xfffd) broken += 1
    else if (code >= 0x4e00 && code <= 0x9fff) whole += 1
  }
  return whole * 4 > broken
}

/** Reads a table of text: comma, semicolon or tab between cells, quotes around those that hold one of them. */
export function readTable(whole: string, limits: Limits): RowRead[] {
  const rows: RowRead[] = []
  const declared = /^sep=(.)\r?\n/i.exec(whole)
  const text = declared ? whole.slice(declared[0].length) : whole
  const separator = declared?.[1] ?? separatorOf(text)
  const left = { cells: limits.cells, characters: limits.characters }
  let [at, row, column] = [0, declared ? 2 : 1, 1]
  let cells: CellRead[] = []
  const endRow = () => {
    if (cells.length > 0) rows.push({ row, cells })
    ;[row, column, cells] = [row + 1, 1, []]
  }
  while (at < text.length) {
    const { value, end } = nextCell(text, at, separator, row)
    put(value)
    at = end + 1
    if (text[end] === separator) column += 1
    else {
      if (text[end] === '\r' && text[at] === '\n') at += 1
      endRow()
    }
  }
  endRow()
  return rows

  function put(written: string): void {
    const read = visible(written)
    if (read === '') return
    const place = { sheet: '', cell: `${lettersOf(column)}${row}` }
    if (row > limits.rows || column > limits.columns)
      throw new FileRefused('file.far', { ...place, rows: String(limits.rows), columns: String(limits.columns) })
    if (read.length > limits.cellText) throw new FileRefused('file.cellText', { ...place, most: String(limits.cellText) })
    left.cells -= 1
    left.characters -= read.length
    if (left.cells < 0 || left.characters < 0) throw new FileRefused('file.tooMuch')
    cells.push({ column: lettersOf(column), ...valueOf(read) })
  }
}

/** A long number as a spreadsheet saves it (3.30102E+17), and the apostrophe that keeps a text from being worked out. */
function valueOf(text: string): Pick<CellRead, 'kind' | 'text'> {
  if (/^\d(\.\d+)?E\+\d+$/i.test(text)) return { kind: 'brokenNumber', text }
  return { kind: 'text', text: text.replace(/^'(?=[=+\-@＝＋－＠\d])/, '') }
}

/** A cell that begins here, and where the character behind it stands. */
function nextCell(text: string, from: number, separator: string, row: number): { value: string; end: number } {
  let [at, value] = [from, '']
  if (text[from] === '"') {
    let quote = text.indexOf('"', from + 1)
    while (text[quote + 1] === '"' && quote >= 0) quote = text.indexOf('"', quote + 2)
    if (quote < 0) throw new FileRefused('file.quotes', { row: String(row) })
    value = text.slice(from + 1, quote).replaceAll('""', '"')
    at = quote + 1
  }
  const end = endOfPlain(text, at, separator)
  // A text that only begins with a quoted word keeps its quotes.
  return { value: value !== '' && end > at ? text.slice(from, end) : value + text.slice(at, end), end }
}

function endOfPlain(text: string, from: number, separator: string): number {
  let at = from
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') at += 1
  return at
}

/** Tabs where there are any, as in what is copied from a spreadsheet; else what stands more often in the first lines. */
function separatorOf(text: string): string {
  const start = text.slice(0, 10_000).replaceAll(/"[^"]*"/g, '')
  const count = (mark: string): number => start.split(mark).length
  if (count('\t') > 1) return '\t'
  return count(';') > count(',') ? ';' : ','
}
