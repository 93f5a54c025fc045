import { toHtml, toTsv } from './cellText.ts'
import type { Sheet } from './sheet.ts'

/**
 * Copy, cut and paste by the browser's own events: no permission is asked, and they work on plain http, where
 * `navigator.clipboard` does not exist. While the editor is open the text in it is meant, not the cells.
 */
export function createClipboard(sheet: Pick<Sheet, 'copied' | 'clear' | 'paste'>, editing: () => boolean) {
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
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (editing()) return
    event.preventDefault()
    if (text !== '') sheet.paste(text)
  }

  return { copy, cut, paste }
}
