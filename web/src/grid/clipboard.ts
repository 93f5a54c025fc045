import { shallowRef } from 'vue'
import { parseTsv, toHtml, toTsv, widthOf } from './cellText.ts'
import { mayDiffer, readTable, type Block } from './htmlTable.ts'
import type { Sheet } from './sheet.ts'

/**
 * The cells on a clipboard, which holds them as text and as a table. Where the two disagree the table is right: text
 * cannot say what is merged, and breaks inside its cells may stand bare. Text is read where they agree, for it is read
 * faster, and where there is no table.
 */
export function readClipboard(plain: string, html: string): Block | null {
  if (/[\t\r\n]/.test(plain)) {
    const text = parseTsv(plain)
    return (html !== '' && mayDiffer(html, text.length) && readTable(html, text)) || text
  }
  const table = html === '' ? null : readTable(html)
  if (table && (plain.trim() === '' || table.length * table[0]!.length > 1)) return table
  return plain === '' ? null : parseTsv(plain)
}

export const transposed = (rows: Block): Block =>
  Array.from({ length: widthOf(rows) }, (_, col) => rows.map((row) => row[col] ?? null))

/**
 * Copy, cut and paste by the browser's own events: no permission is asked, and they work on plain http, where
 * `navigator.clipboard` does not exist. While the editor is open the text in it is meant, not the cells.
 */
export function createClipboard(sheet: Pick<Sheet, 'copied' | 'clear' | 'paste'>, editing: () => boolean) {
  /** The next paste turns rows into columns: only a paste event may read the clipboard on plain http, so a key arms it. */
  const turning = shallowRef(false)

  function copy(event: ClipboardEvent): boolean {
    const cells = editing() ? [] : sheet.copied()
    if (cells.length === 0 || !event.clipboardData) return false
    event.clipboardData.setData('text/plain', toTsv(cells))
    event.clipboardData.setData('text/html', toHtml(cells))
    event.preventDefault()
    return true
  }

  function cut(event: ClipboardEvent): void {
    if (copy(event)) sheet.clear()
  }

  function paste(event: ClipboardEvent): void {
    if (editing()) return
    event.preventDefault()
    const rows = readClipboard(event.clipboardData?.getData('text/plain') ?? '', event.clipboardData?.getData('text/html') ?? '')
    if (rows) sheet.paste(turning.value ? transposed(rows) : rows)
    turning.value = false
  }

  return { copy, cut, paste, turning }
}
