import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it } from 'vitest'
import { openCounty, type County } from '../county.ts'
import { cellOf, enterAs, saved, stored, textOf } from './assessor.ts'

let county: County
let browser: Browser
let context: BrowserContext
let page: Page

beforeAll(async () => {
  county = await openCounty()
  browser = await chromium.launch(inject('launch'))
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  page = await context.newPage()
  await enterAs(county, 'town', page)
})
afterEach(() => context.close())

/** Pages load and questions are answered, but no save comes through. */
const cutSaves = () =>
  context.route('**/graphql', (route) =>
    route.request().postData()?.includes('mutation') ? route.abort('connectionfailed') : route.fallback(),
  )
const state = (one = page) => one.locator('.state').innerText()
async function type(row: number, field: string, value: string, one = page): Promise<void> {
  await cellOf(one, row, field).click()
  await one.keyboard.type(value)
  await one.keyboard.press('Enter')
}
/** Leaving with unsaved work is asked about; the tests leave all the same. */
const leaving = (one: Page) => one.on('dialog', (dialog) => void dialog.accept())

it('brings back what a reload found unsaved, and saves it when the network is back', async () => {
  leaving(page)
  await cutSaves()
  await type(0, 'i04', '1.5')
  await type(1, 'i04', '0.5')
  await expect.poll(() => state()).toBe('2 格等待网络，恢复后自动保存')
  await page.waitForTimeout(100) // a person's pause; it is kept as soon as it is drawn
  await page.reload()
  await expect.poll(() => textOf(page, 0, 'i04')).toBe('1.5')
  expect(await textOf(page, 1, 'i04')).toBe('0.5')
  await expect.poll(() => page.locator('.kh-notice').innerText()).toBe('找回上次未保存的 2 格')
  expect(await stored(county, 0, 'i04')).not.toBe('1.5')
  await context.unrouteAll()
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await saved(page)
  expect([await stored(county, 0, 'i04'), await stored(county, 1, 'i04')]).toEqual(['1.5', '0.5'])
})

it('brings it back in another tab when the tab is gone', async () => {
  leaving(page)
  await cutSaves()
  await type(2, 'i04', '1')
  await expect.poll(() => state()).toContain('1 格等待网络')
  await page.waitForTimeout(100)
  await page.close()
  await context.unrouteAll()
  page = await context.newPage()
  await page.goto(`${county.origin}/scores`)
  await expect.poll(() => textOf(page, 2, 'i04')).toBe('1')
  await saved(page)
  expect(await stored(county, 2, 'i04')).toBe('1')
})

it('does not take it from a tab that is still there, and both agree in the end', async () => {
  await cutSaves()
  await type(3, 'i04', '1.5')
  await expect.poll(() => state()).toContain('1 格等待网络')
  await page.waitForTimeout(100)
  const second = await context.newPage()
  await second.goto(`${county.origin}/scores`)
  await second.locator('.ag-row').first().waitFor()
  await second.waitForTimeout(300)
  expect(await state(second)).toBe('已全部保存')
  expect(await textOf(second, 3, 'i04')).not.toBe('1.5')
  await context.unrouteAll()
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await saved(page)
  await expect.poll(() => textOf(second, 3, 'i04')).toBe('1.5')
})

it('undoes after a reload what was done before it, and redoes it', async () => {
  const before = await textOf(page, 4, 'i05')
  await type(4, 'i05', '2.5')
  await saved(page)
  await page.waitForTimeout(100)
  await page.reload()
  await expect.poll(() => textOf(page, 4, 'i05')).toBe('2.5')
  await cellOf(page, 4, 'i05').click()
  await page.keyboard.press('Control+Z')
  await expect.poll(() => textOf(page, 4, 'i05')).toBe(before)
  await saved(page)
  expect(await stored(county, 4, 'i05')).toBe(before)
  await page.keyboard.press('Control+Y')
  await saved(page)
  expect(await stored(county, 4, 'i05')).toBe('2.5')
})

it('brings refused text back with its reason', async () => {
  leaving(page)
  await type(5, 'i04', '77')
  await expect.poll(() => page.locator('.problems').innerText()).toContain('1 格待处理')
  await page.waitForTimeout(100)
  await page.reload()
  await expect.poll(() => textOf(page, 5, 'i04')).toBe('77')
  await expect.poll(() => page.locator('.problems').innerText()).toContain('1 格待处理')
  await cellOf(page, 5, 'i04').click()
  await page.keyboard.press('Escape')
  await saved(page)
})
