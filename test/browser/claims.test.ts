import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { openBaihe, pdf, type BaiheSheet } from '../api/baihe.ts'
import { openCounty, type County } from '../county.ts'
import { cellOf, enterAs } from './assessor.ts'
import { seriousFindings } from './axe.ts'

let county: County
let sheets: BaiheSheet[]
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  county = await openCounty()
  sheets = (await openBaihe(county)).sheets
  browser = await chromium.launch(inject('launch'))
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})
beforeEach(async () => {
  complaints = []
  await start()
})
afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
})

async function start(): Promise<void> {
  await context?.close()
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
}

/** Signs in and goes to the page of claims: the cycle on the screen is Baihe's. */
async function toClaims(login: string): Promise<void> {
  await enterAs(county, login, page)
  await page.getByRole('link', { name: '加减分' }).click()
  await page.getByRole('heading', { name: '加减分', exact: true }).waitFor()
}
const panel = () => page.getByLabel('申报详情')
const dialog = () => page.getByRole('dialog')
/** Opens a list by keyboard and chooses the entry that begins so. */
async function pick(name: string, typed: string): Promise<void> {
  const box = dialog().getByRole('combobox', { name })
  await box.focus()
  await page.keyboard.press('Enter')
  await page.locator('.el-select-dropdown__item:visible').filter({ hasText: typed }).first().click()
}
const file = (name: string, text: Buffer | string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) })

it('a village puts a commendation forward with its paper, the town accepts it, and the grid shows its points', async () => {
  await toClaims('village')
  expect(await page.locator('.el-table__empty-text').innerText()).toContain('还没有加减分申报')
  expect(await seriousFindings(page, 'empty')).toEqual([])
  await page.getByRole('button', { name: '申报加减分' }).focus()
  await page.keyboard.press('Enter')
  await dialog().waitFor()
  await pick('协理员', sheets[0]!.name)
  await pick('规则', '工作受表彰')
  await expect.poll(() => dialog().innerText()).toContain('层级：应为中央、省、市、县')
  await pick('层级', '市')
  await dialog().getByRole('textbox', { name: '事项' }).fill('安就办〔2026〕8号')
  await expect.poll(() => dialog().innerText()).toContain('变动 2 分，总分 102')
  expect(await seriousFindings(page, 'dialog')).toEqual([])
  await page.getByRole('button', { name: '申报', exact: true }).click()

  await expect.poll(() => panel().innerText()).toContain('没有佐证不能采纳')
  await panel()
    .locator('input[type=file]')
    .setInputFiles([file('网页.pdf', '<!doctype html><script>alert(1)</script>'), file('表彰文件.pdf', pdf())])
  await expect.poll(() => panel().innerText()).toContain('“网页.pdf”没有上传：只收 PDF')
  await expect.poll(() => panel().getByRole('link').allInnerTexts()).toEqual(['表彰文件.pdf'])
  const [saved] = await Promise.all([page.waitForEvent('download'), panel().getByRole('link').click()])
  expect(saved.suggestedFilename()).toBe('表彰文件.pdf')
  complaints = complaints.filter((complaint) => !complaint.includes('415')) // the page that was no PDF

  await start()
  await toClaims('town')
  await expect.poll(() => panel().innerText()).toContain('安就办〔2026〕8号')
  expect(await panel().getByRole('button', { name: '不采纳' }).isDisabled()).toBe(true)
  expect(await seriousFindings(page, 'decision')).toEqual([])
  await panel().getByRole('button', { name: '采纳', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.list tbody').innerText()).toContain('已采纳')

  await page.getByRole('link', { name: '评分表' }).click()
  await page.locator('.ag-row').first().waitFor()
  await page.setViewportSize({ width: 2200, height: 768 }) // every column is drawn
  await expect.poll(() => cellOf(page, 0, '@rule.commended').innerText()).toBe('2')
  expect(await cellOf(page, 0, '@total').innerText()).toBe('102')
  await cellOf(page, 0, '@rule.commended').click()
  await page.keyboard.type('9')
  await expect.poll(() => page.locator('.kh-grid [role=status]').innerText()).toContain('不在此处填写')
  await expect.poll(() => page.locator('.why .focus').first().innerText()).toContain('工作受表彰')

  await page.getByRole('link', { name: '加减分' }).click()
  await panel().getByRole('textbox', { name: /理由/ }).fill('表彰的不是本村')
  await panel().getByRole('button', { name: '取消采纳' }).click()
  await expect.poll(() => page.locator('.list tbody').innerText()).toContain('未采纳')
  await expect.poll(() => panel().innerText()).toContain('表彰的不是本村')
})

it('is filtered by state and rule, and says when nothing matches', async () => {
  await toClaims('county')
  await page.locator('.list tbody tr').first().waitFor()
  await page.getByRole('combobox', { name: '规则' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.el-select-dropdown__item:visible').filter({ hasText: '新闻稿件' }).click()
  await expect.poll(() => page.locator('.el-table__empty-text').innerText()).toBe('没有符合条件的申报。')
  // The bureau too puts forward: what a place in the ranking brings.
  expect(await page.getByRole('button', { name: '申报加减分' }).count()).toBe(1)
})

it('an assessor proves a cell, its mark is told in words too, and takes the file away again', async () => {
  await page.setViewportSize({ width: 2200, height: 768 })
  await enterAs(county, 'village', page)
  const cell = cellOf(page, 0, 'unfinishedMonths')
  await cell.click()
  await page.getByRole('tab', { name: '佐证' }).click()
  const side = page.locator('.panel')
  await expect.poll(() => side.innerText()).toContain('还没有佐证')
  await side.locator('input[type=file]').setInputFiles(file('督查记录.pdf', pdf()))
  await expect.poll(() => side.getByRole('link').allInnerTexts()).toEqual(['督查记录.pdf'])
  await expect.poll(() => cell.getAttribute('class')).toContain('kh-evidence')
  await cell.hover()
  await expect.poll(() => page.locator('.kh-tip').innerText()).toContain('有佐证')
  await page.mouse.move(0, 0)
  expect(await seriousFindings(page, 'evidence')).toEqual([])
  await side.getByRole('button', { name: '删除“督查记录.pdf”' }).click()
  await page.locator('.el-popconfirm').getByRole('button').last().click()
  await expect.poll(() => side.innerText()).toContain('还没有佐证')
  await expect.poll(() => cell.getAttribute('class')).not.toContain('kh-evidence')
})

it('a coordinator sees what was put forward for them, and puts forward for nobody else', async () => {
  await page.goto(`${county.origin}/claims`)
  await page.locator('button[data-login=coordinator]').click()
  await expect.poll(() => page.locator('.list tbody').innerText()).toContain(sheets[0]!.name)
  await page.getByRole('button', { name: '申报加减分' }).click()
  // The one sheet there is was chosen already.
  await expect.poll(() => dialog().innerText()).toContain(sheets[0]!.name)
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'detached' })
})

it('is no page where the policy counts no claims', async () => {
  await county.app.database.pool.query(`update cycle set year = 2025 where policy_id = 'baihe-1'`)
  await enterAs(county, 'town', page)
  expect(await page.getByRole('link', { name: '加减分' }).count()).toBe(0)
})
