import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openCounty, type County } from '../county.ts'
import { seriousFindings } from './axe.ts'

let county: County
let browser: Browser
let page: Page
const refused: string[] = []

beforeAll(async () => {
  county = await openCounty()
  browser = await chromium.launch(inject('launch'))
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', acceptDownloads: true })
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  page.on('console', (message) => void (/Content Security Policy/i.test(message.text()) && refused.push(message.text())))
  await page.goto(county.origin)
  await page.getByRole('textbox', { name: '账号', exact: true }).fill('analyst')
  await page.getByLabel('密码', { exact: true }).fill('kaohe-demo')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '查询' }).click()
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})
const editor = () => page.getByRole('textbox', { name: '查询语句' })
const rows = () => page.locator('.el-table__body tr')

it('says what can be asked, and finds it by a word', async () => {
  await page.getByRole('textbox', { name: '在说明中查找' }).fill('村级排名')
  await expect.poll(() => page.locator('dt').allInnerTexts()).toContainEqual(expect.stringContaining('villageRanking('))
  expect(await seriousFindings(page, 'query: docs')).toEqual([])
})

it('answers a ready question as a table and a chart', async () => {
  await page.getByRole('combobox', { name: '现成的查询…' }).press('Enter')
  await page.getByRole('option', { name: '各镇评分的宽严' }).click()
  await expect.poll(() => rows().count()).toBeGreaterThan(9) // its towns
  expect(await editor().innerText()).toContain('leniency')
  expect(await seriousFindings(page, 'query: table')).toEqual([])
  await page.getByRole('tab', { name: '图' }).click()
  const { data } = await (
    await county.signIn('analyst')
  ).ask<{ leniency: { name: string }[] }>('query ($c: ID!) { leniency(cycle: $c) { name } }', { c: county.cycle })
  const [town] = data.leniency.map(({ name }) => name)
  await expect.poll(() => page.locator('.chart svg').textContent()).toContain(town)
  expect(await seriousFindings(page, 'query: chart')).toEqual([])
})

it('proposes what the schema holds while one types, marks what it does not, and runs by keyboard', async () => {
  await editor().click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('query ($cycle: ID!) { results(cycle: $cycle) { nam')
  await page.keyboard.press('Control+Space')
  await expect.poll(() => page.locator('.cm-tooltip-autocomplete').innerText()).toContain('name')
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('.cm-lintRange-error').count()).toBeGreaterThan(0)
  await page.keyboard.type('e total ')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('tab', { name: '表格' }).click()
  await expect.poll(() => rows().first().innerText()).toContain('＊＊')
})

it('saves what is shown as a file', async () => {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '存为 csv' }).click()])
  expect(download.suggestedFilename()).toMatch(/^kaohe-results-.*\.csv$/)
})

it('keeps a query under a name and shows it again', async () => {
  await page.getByRole('button', { name: '我的查询' }).click()
  await page.getByRole('textbox', { name: '查询名称' }).fill('总分')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '总分', exact: true }).waitFor()
  await page.reload()
  await expect.poll(() => editor().innerText()).toContain('villageRanking')
  await page.getByRole('button', { name: '我的查询' }).click()
  await page.getByRole('button', { name: '总分', exact: true }).click()
  await expect.poll(() => editor().innerText()).toContain('results')
})

it('says what is wrong in a sentence, and nothing on the page broke its own rules', async () => {
  await page.getByRole('textbox', { name: '变量，JSON' }).fill('{')
  await page.getByRole('button', { name: '运行' }).click()
  await page.getByText('变量不是有效的 JSON').waitFor()
  expect(refused).toEqual([])
})
