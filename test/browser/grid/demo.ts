import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, inject } from 'vitest'
import { startGridPage, type GridPage } from './server.ts'

/** The page under test, as far as tests speak to it. */
export interface Demo {
  sheet: {
    model: { row(id: string): { value(field: string): unknown } | undefined }
    range: { value: unknown }
    selection: { ranges: { value: unknown[] } }
    stats: { value: { cells: number; sum: string | null } }
    problems: { value: { kind: string }[] }
    unsaved: { value: number }
    finding: { found: { value: { field: string }[] } }
    select(row: string, field: string): boolean
    goTo(row: string, field: string): boolean
    landRemote(rows: { id: string; values: Record<string, unknown> }[], by: string): void
    takeTheirs(cell: { row: string; field: string }): boolean
    keepMine(cell: { row: string; field: string }): void
    flush(): Promise<void>
  }
  server: { value(row: string, field: string): string | null; write(row: string, field: string, value: string): void }
  network: { delay: number; down: boolean }
  pasted: {
    value: { written: number; same: number; skippedLocked: number; skipped: { field: string }[]; invalid: unknown[] } | null
  }
  locked: Set<string>
  readClipboard(plain: string, html: string): string[][] | null
}
declare const demo: Demo

/** The page of the grid in a browser, and what tests do with it. */
export function useGridPage() {
  let served: GridPage
  let browser: Browser
  let page: Page
  const errors: string[] = []

  beforeAll(async () => {
    served = await startGridPage()
    browser = await chromium.launch(inject('launch' as never))
  })
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  async function open(query: string): Promise<Page> {
    await page?.close()
    page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    errors.length = 0
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${served.origin}/index.html?${query}`)
    await page.waitForSelector('[row-index="0"] [col-id="s0"]')
    return page
  }

  const cell = (row: number, field: string) => page.locator(`[row-index="${row}"] [col-id="${field}"]`)
  const text = (row: number, field: string) => cell(row, field).innerText()
  const shown = (row: string, field: string) =>
    page.evaluate(([row, field]) => demo.sheet.model.row(row!)!.value(field!), [row, field])
  const stored = (row: string, field: string) => page.evaluate(([row, field]) => demo.server.value(row!, field!), [row, field])
  const range = () => page.evaluate(() => demo.sheet.range.value)
  const header = (field: string) => page.locator(`.ag-header-cell[col-id="${field}"]`)
  const sortBy = async (field: string) => {
    await header(field).hover()
    await header(field).locator('.kh-sort').click()
  }
  const ranges = () => page.evaluate(() => demo.sheet.selection.ranges.value)
  const quiet = () => page.evaluate(() => demo.sheet.flush())
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  /** Pastes by the browser's own event, as Ctrl+V does, with this text on the clipboard. */
  const paste = (text: string, html = '') =>
    page.evaluate(
      ([text, html]) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', text!)
        if (html) clipboardData.setData('text/html', html)
        document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      },
      [text, html],
    )
  /** Copies by the keyboard's event, and gives what would be on the clipboard. */
  const copy = (type: string) =>
    page.evaluate((type) => {
      const clipboardData = new DataTransfer()
      document.activeElement!.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }))
      return clipboardData.getData(type)
    }, type)

  return { open, cell, text, shown, stored, header, sortBy, range, ranges, quiet, press, paste, copy, errors }
}
