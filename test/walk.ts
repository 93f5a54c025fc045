import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright'
import { findChromium } from './chromium.ts'
import { makeFolder, startProduct } from './bench/server.ts'

// pnpm walk: starts the product with its demo county and takes the pictures of docs/walk.md, doing with mouse and
// keyboard what they show.
const folder = makeFolder()
const product = await startProduct(folder.path, 120, 'on')
const browser = await chromium.launch(await findChromium())
const pictures = join(import.meta.dirname, '../docs/walk')
mkdirSync(pictures, { recursive: true })

const shot = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(pictures, `${name}.jpg`), type: 'jpeg', quality: 72 })
  console.log(name)
}

/** Signs in and goes to a page; to another cycle than this year's where `cycle` is in its name. */
async function enter(login: string, path: string, cycle?: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  await page.goto(`${product.origin}${path}`)
  await page.locator(`button[data-login=${login}]`).click()
  await page.waitForURL(`**${path}`)
  if (cycle !== undefined) {
    await page.locator('header .cycles').click()
    await page.getByRole('option', { name: cycle }).click()
    await page.locator('header .cycles', { hasText: cycle }).waitFor()
  }
  return { page, context }
}
const cell = (page: Page, row: number, field: string) => page.locator(`.ag-row[row-index="${row}"] [col-id="${field}"]`)
const saved = (page: Page) => page.locator('.state', { hasText: '已全部保存' }).waitFor()
const clip = (page: Page, text: string) => page.evaluate((words) => navigator.clipboard.writeText(words), text)

// `pnpm walk grid` or `pnpm walk year` takes one part.
const part = process.argv.at(-1)
try {
  if (part !== 'year') await walkTheGrid()
  if (part !== 'grid') await walkTheYear()
} finally {
  await browser.close()
  await product.stop()
  folder.remove()
}

/** The grid: two assessors of one town. */
async function walkTheGrid(): Promise<void> {
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

  // a workbook's own table: other order, headings, serial numbers, a sum, somebody who is not here
  const who = async (row: number): Promise<string[]> => [
    (await cell(page, row, '@name').innerText()).split(' · ')[0]!,
    await cell(page, row, '@village').innerText(),
  ]
  const title = (field: string): Promise<string> =>
    page.locator(`.ag-header-cell[col-id="${field}"] .kh-header-title`).innerText()
  const table = [
    ['序号', '姓名', '村', await title('i05'), await title('i06'), '电话'],
    ['1', ...(await who(5)), '3.5', '4', '8001'],
    ['2', ...(await who(3)), '4', '', '8002'],
    ['3', '钱不在', (await who(3))[1]!, '3', '3', '8003'],
    ['4', ...(await who(4)), '3.8', '5-1', '8004'],
    ['5', ...(await who(2)), '3.2', '4', '8005'],
    ['', '合计', '', '17.5', '15', ''],
  ]
  await clip(page, table.map((line) => line.join('\t')).join('\n'))
  await cell(page, 0, '@village').click()
  await page.keyboard.press('Control+V')
  await page.getByRole('dialog').waitFor()
  await shot(page, 'paste-names')
  await page.keyboard.press('Escape')

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
}

/** The year: each picture by whoever stands there. */
async function walkTheYear(): Promise<void> {
  const first = async (page: Page, what: string) => page.locator(what).first().waitFor()
  const bureau = await enter('county', '/home')
  await first(bureau.page, '.lines tbody tr')
  await shot(bureau.page, 'year-1-home')
  await bureau.page.getByRole('link', { name: '办理' }).click()
  await bureau.page.locator('.steps button', { hasText: '市人社局审定' }).click()
  await first(bureau.page, '.here .el-table__row')
  await shot(bureau.page, 'year-2-procedure')
  await bureau.page.getByRole('link', { name: '名额与等次' }).click()
  await first(bureau.page, '.people .el-table__row')
  await bureau.page.getByLabel('比例').last().fill('40')
  await bureau.page.keyboard.press('Tab')
  await bureau.page.getByRole('button', { name: '试算' }).click()
  await first(bureau.page, '.el-alert')
  await shot(bureau.page, 'year-3-quota-tried')
  await bureau.page.getByRole('link', { name: '村级排名' }).click()
  await first(bureau.page, '.el-table__row .el-tag')
  await bureau.page.waitForTimeout(600) // tags come in slowly
  await shot(bureau.page, 'year-6-ranking')

  // The town has the one item typed that is missing, and signs; then two tie before the panel.
  const town = await enter('town', '/scores')
  await town.page.setViewportSize({ width: 2600, height: 900 }) // all columns at once
  await first(town.page, '.ag-row')
  const empty = town.page.locator('.ag-row .ag-cell.kh-missing')
  for (let left = await empty.count(); left > 0; left--) {
    await empty.first().click()
    await town.page.keyboard.type('0')
    await town.page.keyboard.press('Enter')
    await saved(town.page)
  }
  await town.page.getByRole('link', { name: '办理' }).click()
  await town.page.getByRole('button', { name: '签字通过' }).click()
  await town.page.locator('.el-message-box').getByRole('button', { name: '签字通过' }).click()
  await town.page.locator('.el-message', { hasText: '已到' }).waitFor()
  await town.context.close()
  const panel = await enter('panel', '/results')
  await panel.page.getByRole('tab', { name: '等次评定' }).click()
  await first(panel.page, '.el-table__row')
  const tied = panel.page.locator('.el-table__row', { hasText: '并列裁定' })
  await tied.first().locator('.el-checkbox').click()
  await shot(panel.page, 'year-4-contested')
  const name = await tied.first().locator('button.link').innerText()
  await panel.page.getByRole('button', { name: '裁定占名额' }).click()
  const dialog = panel.page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('同分；入户回访满意率更高，小组一致同意')
  await dialog.getByRole('button', { name: '签字' }).click()
  await panel.page.locator('.el-table__row', { hasText: name }).getByText('优秀').first().waitFor()
  await panel.page.locator('.el-message').waitFor({ state: 'detached' })
  await shot(panel.page, 'year-5-ruled')
  await panel.context.close()

  const { page } = bureau
  await page.getByRole('link', { name: '办理' }).click()
  await page.locator('.steps button', { hasText: '市人社局审定' }).click()
  await page.getByRole('button', { name: '签字通过' }).click()
  await page.locator('.el-message-box').getByRole('button', { name: '签字通过' }).click()
  await page.locator('.el-message', { hasText: '已到' }).waitFor()
  await page.getByRole('link', { name: '公示与申诉' }).click()
  await page.getByRole('button', { name: '发布公示' }).click()
  await first(page, 'table.paper tbody tr')
  await page.locator('.el-message').waitFor({ state: 'detached' })
  await shot(page, 'year-7-publish')
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: '申诉' }).click()
  await first(page, '.appeal')
  await shot(page, 'year-8-appeal')
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '审计' }).click()
  await first(page, '.el-table__row')
  await page.getByRole('button', { name: '核对全链' }).click()
  await first(page, '.el-alert')
  await shot(page, 'year-9-audit')
  await bureau.context.close()

  const reviewer = await enter('town', '/home', '白河')
  await reviewer.page.getByRole('link', { name: '加减分' }).click()
  await first(reviewer.page, '.el-table__row')
  await reviewer.page.locator('.el-table__row').first().click()
  await shot(reviewer.page, 'year-10-claims')
  await reviewer.context.close()
  const joint = await enter('joint', '/year', '白河')
  await joint.page.locator('.steps button', { hasText: '联合审定' }).click()
  await joint.page.locator('.here .el-tag', { hasText: '未签' }).first().waitFor()
  await shot(joint.page, 'year-11-joint')
  await joint.context.close()
}
