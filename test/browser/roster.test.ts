import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openCounty, type County } from '../county.ts'
import { enterAs } from './assessor.ts'
import { seriousFindings } from './axe.ts'

let county: County
let browser: Browser
let page: Page
const complaints: string[] = []
beforeAll(async () => {
  county = await openCounty()
  browser = await chromium.launch(inject('launch'))
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await enterAs(county, 'county', page)
  await page.goto(`${county.origin}/roster`)
  await page.locator('.ag-row').first().waitFor()
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})
const shot = async (name: string) =>
  void (process.env.SHOTS && (await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` })))
const stored = async (name: string) =>
  (
    await county.app.database.pool.query<Record<string, unknown>>(
      `select c.schooling, c.phone_shown as phone, p.starts_on::text as "from", p.ends_on::text as "to"
         from coordinator c join posting p on p.coordinator_id = c.id where c.name = $1 order by p.starts_on`,
      [name],
    )
  ).rows

/** The one row that is displayed. */
async function only() {
  await expect.poll(() => page.locator('.ag-row [col-id="name"]').count()).toBe(1)
  return page.locator('.ag-row[row-index="0"]')
}

const roster = [
  '协理员花名册',
  '序号\t姓名\t性别\t出生年月\t乡镇\t村（社区）\t任职时间\t联系电话',
  '1\t沈明远\t男\t1986.5\t云岭镇\t望溪村\t2021.3\t13900001111',
  '2\t叶青\t女\t1992年13月\t云岭镇\t望溪村\t2023-07-01\t',
  '3\t古丽·阿依\t女\t1990-02-03\t云岭镇\t文昌社区\t20200101\t',
  '合计\t3',
].join('\n')

it('a pasted roster is read, mended in place and stored', async () => {
  await shot('1-roster')
  await page.getByRole('button', { name: '导入…' }).click()
  const dialog = page.getByRole('dialog', { name: '导入花名册' })
  await dialog.getByRole('textbox', { name: '粘贴表格' }).fill(roster)
  await shot('2-import')
  await dialog.getByRole('button', { name: '读入粘贴的表格' }).click()
  await dialog.getByText('没有“云岭镇”这个镇').first().waitFor()
  await shot('3-units-missing')
  await dialog.locator('label', { hasText: '新建所缺的镇村' }).click()
  await dialog.getByText('“1992年13月”不是日期').waitFor()
  await shot('4-problem')
  expect(await seriousFindings(page)).toEqual([])
  const cell = dialog.getByRole('textbox', { name: '行 4 出生日期' })
  await cell.fill('1992-11')
  await cell.press('Enter')
  await expect.poll(() => dialog.locator('.counts').innerText()).toMatch(/新增 3[\s\S]*不收 0/)
  await shot('5-ready')
  await dialog.getByRole('button', { name: '写入 3 行' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await expect.poll(() => page.locator('.el-message').innerText()).toContain('2026 年度考核：新增 3 张考核表')
  expect(await stored('叶青')).toHaveLength(1)
})

it('people are found, and mended in the grid; what is refused says why; undo takes it back', async () => {
  await page.getByRole('textbox', { name: '姓名、村或拼音首字母' }).fill('叶青')
  const row = await only()
  await row.locator('[col-id="schooling"]').click()
  await page.keyboard.type('大专')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await stored('叶青'))[0]!.schooling).toBe('大专')
  await shot('6-mended')
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await stored('叶青'))[0]!.schooling).toBe(null)
  await row.locator('[col-id="idNumber"]').click()
  await page.keyboard.type('110105194912310021')
  await page.keyboard.press('Enter')
  await expect.poll(() => row.locator('[col-id="idNumber"]').getAttribute('class')).toContain('kh-refused')
  await shot('7-refused')
  await row.locator('[col-id="idNumber"]').click()
  await page.keyboard.press('Escape')
})

it('somebody leaves, and the running cycle says what became of the sheet', async () => {
  await page.getByRole('textbox', { name: '姓名、村或拼音首字母' }).fill('古丽')
  const row = await only()
  await row.locator('[col-id="village"]').click()
  await page.getByRole('button', { name: '离任', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /离任/ })
  await dialog.getByRole('combobox', { name: '最后一天' }).fill('2026-06-30')
  await page.keyboard.press('Enter')
  await shot('8-leaves')
  await dialog.getByRole('button', { name: '离任', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  expect((await stored('古丽·阿依'))[0]!.to).toBe('2026-06-30')
})

it('towns and villages have their list, and imports are taken back there', async () => {
  await page.getByRole('tab', { name: '镇村' }).click()
  await page.getByRole('cell', { name: '文昌社区', exact: true }).waitFor()
  await shot('9-units')
  await page.getByRole('tab', { name: '导入记录' }).click()
  await page.getByRole('cell', { name: '录入的人员' }).first().waitFor()
  await shot('10-imports')
  expect(await seriousFindings(page)).toEqual([])
  expect(complaints).toEqual([])
})
