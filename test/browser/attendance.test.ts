import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openCounty, type County } from '../county.ts'
import { enterAs } from './assessor.ts'
import { seriousFindings } from './axe.ts'

let county: County
let browser: Browser
beforeAll(async () => {
  county = await openCounty()
  browser = await chromium.launch(inject('launch'))
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})

async function pageOf(login: string, complaints: string[]): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  const page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await enterAs(county, login, page)
  await page.getByRole('navigation').getByRole('link', { name: '考勤', exact: true }).click()
  return page
}
const line = (page: Page) => page.locator('table.lines tbody tr').nth(1)

it('the officer records days away by keyboard, and the assessor takes them over', async () => {
  const complaints: string[] = []
  const officer = await pageOf('attendance', complaints)
  await line(officer).getByRole('button', { name: '记考勤' }).click()
  await officer.getByRole('combobox', { name: '日期（起）' }).fill('2026-03-06')
  await officer.keyboard.press('Enter')
  await officer.getByRole('combobox', { name: '止，不填为一天' }).fill('2026-03-09')
  await officer.keyboard.press('Enter')
  // The library's calendar, which has no name, is on its way out.
  await expect.poll(() => seriousFindings(officer, 'entry'), { timeout: 10_000 }).toEqual([])
  await officer.getByRole('button', { name: '保存' }).click()
  await expect.poll(() => line(officer).innerText()).toContain('2026-03-06 – 2026-03-09 旷工 无故')
  await expect.poll(() => line(officer).innerText()).toContain('考勤 2 天')
  expect(await line(officer).getByRole('button', { name: '采用' }).count()).toBe(0)
  expect(await seriousFindings(officer, 'attendance')).toEqual([])

  const assessor = await pageOf('town', complaints)
  expect(await line(assessor).getByRole('button', { name: '记考勤' }).count()).toBe(0)
  await line(assessor).getByRole('button', { name: '采用' }).click()
  await expect.poll(() => line(assessor).innerText()).toContain('考勤 2 天 / 评分表 2')
  expect(complaints).toEqual([])
})
