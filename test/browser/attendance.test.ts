import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openCounty, type County } from '../county.ts'
import { newKey } from '../api/sheets.ts'
import { enterAs, toPage } from './assessor.ts'
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

it('a half day recorded under another cycle is there too, and days of a year nobody announced are said to be provisional', async () => {
  const complaints: string[] = []
  const bureau = await county.signIn('county')
  const { data } = await bureau.ask(
    'mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle } }',
    { input: { year: 2026, policy: 'yingkou-1' }, key: newKey() },
  )
  const cycle = data.openCycle.cycle as string
  const officer = await county.signIn('attendance')
  const { data: before } = await officer.ask('query ($c: ID!) { attendance(cycle: $c) { sheet } }', { c: cycle })
  const { data: years } = await bureau.ask('{ calendarYears { year } }')
  const unknown = Math.max(...years.calendarYears.map(({ year }: { year: number }) => year)) + 1
  const record = (input: object) =>
    officer.ask(
      'mutation ($c: ID!, $s: [ID!]!, $i: AttendanceInput!, $key: String!) { recordAbsence(cycle: $c, sheets: $s, input: $i, key: $key) }',
      { c: cycle, s: [before.attendance[2].sheet], i: { kind: 'absence', ...input }, key: newKey() },
    )
  await record({ from: '2026-04-07', to: '2026-04-07', half: true })
  await record({ from: '2026-12-30', to: `${unknown}-01-05` })
  const page = await pageOf('attendance', complaints)
  const third = page.locator('table.lines tbody tr').nth(2)
  await expect.poll(() => third.innerText()).toContain('2026-04-07 半天 旷工')
  expect(await third.innerText()).toContain('在“2026')
  // Whose days they are has two postings: each proposes its own.
  const both = await page.locator('table.lines tbody tr').filter({ hasText: '2026-04-07 半天' }).allInnerTexts()
  expect(both.flatMap((text) => /考勤 (\S+) 天/.exec(text)?.[1] ?? []).toSorted()).toEqual(['0.5', '2'])
  expect(await page.getByRole('alert').innerText()).toContain(`${unknown} 年的节假日尚未公布`)
  expect(await seriousFindings(page, 'attendance')).toEqual([])
  expect(complaints).toEqual([])
})

it('the bureau enters a day and then a whole year, and sees what they changed sheet by sheet', async () => {
  const complaints: string[] = []
  const page = await pageOf('county', complaints)
  await toPage(page, '公示与申诉')
  await page.getByRole('button', { name: '节假日' }).click()
  const dialog = page.getByRole('dialog', { name: '节假日' })
  await expect.poll(() => dialog.innerText()).toContain('2026 年，248 个工作日')
  await dialog.getByRole('textbox', { name: '日期', exact: true }).fill('2026-04-07')
  await dialog.getByRole('button', { name: '登记', exact: true }).click()
  // Half a day was all that was missed of it: nothing is left of the total of Yingkou.
  await expect.poll(() => dialog.innerText()).toMatch(/2026 年 \S+（\S+）：.*全年无故缺勤天数 2\.5.* → .*全年无故缺勤天数 2/)
  await dialog.getByRole('button', { name: '登记全年' }).click()
  const enter = dialog.getByRole('button', { name: '登记', exact: true })
  await enter.click()
  await expect.poll(() => dialog.innerText()).toContain('没有登记：请填写所据通知的名称和放假的日期')
  await dialog.getByRole('textbox', { name: '所据通知的名称、文号' }).fill('国务院办公厅通知（试）')
  await dialog.getByRole('textbox', { name: '放假的日期' }).fill('元旦\n国庆节：10月1日至7日\n春节')
  await expect.poll(() => dialog.innerText()).toContain('没有读懂：元旦；春节')
  await dialog
    .getByRole('textbox', { name: '放假的日期' })
    .fill('一、元旦：1月1日至3日放假调休，共3天。1月9日上班。\n二、国庆节：10月1日至7日放假，共7天。')
  await expect.poll(() => dialog.innerText()).toContain('共 10 天')
  expect(await dialog.innerText()).toMatch(/调休上班的周末\s*共 1 天/)
  await expect.poll(() => seriousFindings(page, 'holidays'), { timeout: 10_000 }).toEqual([])
  // What a refused try said is gone once the next one succeeds.
  const worked = dialog.getByRole('textbox', { name: '调休上班的周末' })
  await worked.fill('10月11日')
  await enter.click()
  const message = page.locator('.el-message--error')
  await expect.poll(() => message.allInnerTexts()).toEqual([expect.stringContaining('10-11 不是周末')])
  await worked.fill('')
  await enter.click()
  await expect.poll(() => dialog.innerText()).toContain('国务院办公厅通知（试）')
  await expect.poll(() => message.count(), { timeout: 3000 }).toBe(0)
  // Taking the year back is asked about first.
  const back = () => dialog.getByRole('button', { name: '取消本县登记' })
  await back().click()
  const question = page.getByRole('dialog', { name: '取消本县登记' })
  await question.getByRole('button', { name: '取消', exact: true }).click()
  expect(await dialog.innerText()).toContain('国务院办公厅通知（试）')
  await back().click()
  await question.getByRole('button', { name: '取消本县登记' }).click()
  await expect.poll(() => back().count()).toBe(0)
  expect(complaints).toEqual([])
})
