import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright'
import { findChromium } from './chromium.ts'
import { makeFolder, startProduct } from './bench/server.ts'

// pnpm walk: starts the product with its demo county and takes the pictures of docs/walk.md, doing with mouse and
// keyboard what they show.
const folder = makeFolder()
const product = await startProduct(folder.path, 120)
const browser = await chromium.launch(await findChromium())
const pictures = join(import.meta.dirname, '../docs/walk')
mkdirSync(pictures, { recursive: true })

const shot = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(pictures, `${name}.jpg`), type: 'jpeg', quality: 72 })
  console.log(name)
}

async function enter(login: string, path: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  await page.goto(`${product.origin}${path}`)
  await page.locator(`button[data-login=${login}]`).click()
  await page.waitForURL(`**${path}`)
  return { page, context }
}
const cell = (page: Page, row: number, field: string) => page.locator(`.ag-row[row-index="${row}"] [col-id="${field}"]`)
const saved = (page: Page) => page.locator('.state', { hasText: '已全部保存' }).waitFor()
const clip = (page: Page, text: string) => page.evaluate((words) => navigator.clipboard.writeText(words), text)

try {
  const { page, context } = await enter('town', '/scores')
  await page.locator('.ag-row').first().waitFor()

  await cell(page, 1, 'i05').hover()
  await page.mouse.down()
  await cell(page, 6, 'i08').hover()
  await page.mouse.up()
  await shot(page, 'grid-1-select')

  await page.keyboard.press('Control+C')
  await clip(page, '1.5\t4\t99\n1\t三分\t6\n2\t3.5\t5')
  await cell(page, 2, 'i04').click()
  await page.keyboard.press('Control+V')
  await page.getByRole('dialog').waitFor()
  await shot(page, 'grid-2-paste-asks')
  await page.keyboard.press('Enter')
  await page.locator('.problems').waitFor()
  await page.locator('.problems').click()
  await shot(page, 'grid-3-paste-refused')
  for (const back = page.getByRole('button', { name: '放弃' }); await back.count();) await back.first().click()
  await cell(page, 2, 'i04').click()
  await page.keyboard.press('Control+Z')

  await cell(page, 8, 'i05').click()
  await page.keyboard.type('9')
  await shot(page, 'grid-4-reason-while-typing')
  await page.keyboard.press('Escape')

  await cell(page, 3, 'i10').click()
  await page.keyboard.type('1')
  await page.keyboard.press('Enter')
  await page.keyboard.type('1.5')
  await page.keyboard.press('Enter')
  await saved(page)
  await cell(page, 3, 'i10').click()
  await page.keyboard.press('Shift+ArrowDown')
  const handle = (await page.locator('.ag-cell.kh-corner').boundingBox())!
  await page.mouse.move(handle.x + handle.width - 2, handle.y + handle.height - 2)
  await page.mouse.down()
  await cell(page, 6, 'i10').hover()
  await shot(page, 'grid-5-fill')
  await page.mouse.up()
  await page.keyboard.press('Control+Z')

  const other = await enter('town2', '/scores')
  await other.page.locator('.ag-row').first().waitFor()
  await context.setOffline(true)
  await cell(page, 5, 'i08').click()
  await page.keyboard.type('4')
  await page.keyboard.press('Enter')
  await page.locator('.state.away').waitFor()
  await shot(page, 'grid-6-network-away')
  await cell(other.page, 5, 'i08').click()
  await other.page.keyboard.type('3')
  await other.page.keyboard.press('Enter')
  await saved(other.page)
  await context.setOffline(false)
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await page.locator('.problems').waitFor()
  await cell(page, 5, 'i08').click()
  await page.locator('.problems').click()
  await shot(page, 'grid-7-back-with-conflict')
  await page.getByRole('button', { name: '保留我的' }).first().click()
  await saved(page)

  await page.keyboard.press('Escape')
  await cell(page, 0, 'i05').click()
  await page.keyboard.press('Control+H')
  await page.locator('.kh-find input').first().fill('3')
  await shot(page, 'grid-8-find-and-replace')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '打印' }).click()
  await page.getByRole('dialog', { name: '打印' }).waitFor()
  await shot(page, 'grid-9-print')
  await other.context.close()
  await context.close()
} finally {
  await browser.close()
  await product.stop()
  folder.remove()
}
