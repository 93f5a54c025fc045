import type { CellText } from './types.ts'

/**
 * Cells out of clipboard text. Excel and WPS put CRLF after every row, the last included: a terminator, not an empty row.
 * Cells that hold a tab, a line break or a quote stand in quotes; line breaks inside them come out as LF.
 */
export function parseTsv(source: string): string[][] {
  const text = (source.charCodeAt(0) === 0xfeff ? source.slice(1) : source).replaceAll('\u00a0', ' ')
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  for (;;) {
    const quoted = text[at] === '"' ? readQuoted(text, at) : null
    const end = quoted ? quoted.end : plainEnd(text, at)
    row.push(quoted ? quoted.cell : text.slice(at, end))
    at = end
    if (text[at] === '\t') {
      at++
      continue
    }
    rows.push(row)
    row = []
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
    if (at >= text.length) return rows
  }
}

/** Of the longest row; there may be more rows than a call takes arguments. */
export const widthOf = (rows: readonly (readonly unknown[])[]): number =>
  rows.reduce((most, row) => Math.max(most, row.length), 0)

/** A cell in quotes, or null when the quote is just a character at the start of plain text. */
function readQuoted(text: string, start: number): { cell: string; end: number } | null {
  let cell = ''
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return null
    cell += text.slice(from, quote)
    const after = text[quote + 1]
    if (after === '"') {
      cell += '"'
      from = quote + 2
    } else if (after === undefined || after === '\t' || after === '\r' || after === '\n') {
      return { cell: cell.replace(/\r\n?/g, '\n'), end: quote + 1 }
    } else return null
  }
}

function plainEnd(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 9 || code === 10 || code === 13) break
  }
  return at
}

/** A cell on its way to the clipboard. */
export interface CopiedCell {
  text: string
  /** To a spreadsheet dates and percentages are numbers too. */
  isNumber: boolean
}

export function toTsv(rows: readonly (readonly CopiedCell[])[]): string {
  let text = ''
  for (const row of rows) {
    for (let col = 0; col < row.length; col++) text += (col ? '\t' : '') + quote(row[col]!.text)
    text += '\r\n'
  }
  return text
}
const quote = (text: string): string => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The same cells as a table; codes such as 00123 are marked as text, so that Excel and WPS keep their zeros. */
export function toHtml(rows: readonly (readonly CopiedCell[])[]): string {
  let html = '<meta charset="utf-8"><table>'
  for (const row of rows) {
    html += '<tr>'
    for (const { text, isNumber } of row)
      html += isNumber ? `<td>${text}</td>` : `<td style="mso-number-format:'\\@'">${escape(text)}</td>`
    html += '</tr>'
  }
  return `${html}</table>`
}
const escape = (text: string): string =>
  /[&<>\n]/.test(text)
    ? text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('\n', '<br style="mso-data-placement:same-cell">')
    : text

/** Reads typed or pasted text where a column has no reader of its own. */
export function readText(raw: string): { value: CellText } {
  return { value: raw.trim() || null }
}
