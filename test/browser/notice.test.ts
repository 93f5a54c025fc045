import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { approveReadings, bringToNotice, endNotices, explainFails, moveSheets } from '../api/year.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { seriousFindings } from './axe.ts'

let county: County
let browser: Browser
let town: string
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}

beforeAll(async () => {
  county = await openCounty()
  const { rows } = await county.app.database.pool.query<{ id: string }>(
    `select id from unit where kind = 'town' order by code limit 1`,
  )
  town = rows[0]!.id
  await bringToNotice(as, county.cycle, town)
  browser = await chromium.launch(inject('launch'))
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})

/** Signs in by keyboard, and waits for whichever page comes first. */
async function enter(login: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  await page.goto(county.origin)
  await page.getByRole('textbox', { name: '账号', exact: true }).fill(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type('kaohe-demo')
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: '主菜单' }).waitFor()
  return page
}
const shot = async (page: Page, name: string) => {
  const folder = process.env.SHOTS
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` })
}
const said = (page: Page, text: string) => page.locator('.el-message', { hasText: text }).first().waitFor()

it('the bureau publishes a town as it saw it in the preview, and the public page shows no whole name', async () => {
  const page = await enter('county')
  await page.getByRole('link', { name: '公示与申诉' }).click()
  await page.getByRole('button', { name: '发布公示' }).click()
  const dialog = page.getByRole('dialog', { name: '发布公示' })
  await dialog.locator('table.paper tbody tr').first().waitFor()
  expect(await dialog.locator('table.paper th').allInnerTexts()).toEqual(['姓名', '村（社区）', '镇（街道）', '等次'])
  expect(await dialog.getByRole('checkbox', { name: '名次' }).isDisabled()).toBe(true)
  await dialog.getByText('IR-36').waitFor()
  expect(await seriousFindings(page, 'publish')).toEqual([])
  await shot(page, 'publish')
  await dialog.getByRole('radio', { name: '向社会' }).locator('..').click()
  await expect.poll(() => dialog.locator('table.paper td').first().innerText()).toMatch(/^.＊＊$/)
  const previewed = await dialog.locator('table.paper tbody').innerText()
  await dialog.getByRole('button', { name: /^公示 \d+ 人$/ }).click()
  await said(page, '已公示')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => page.locator('article table.paper tbody').innerText()).toBe(previewed)
  expect(await seriousFindings(page, 'notices')).toEqual([])
  await shot(page, 'notices')
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: '打开向社会公示的页面' }).click()
  const board = await opened
  await board.getByRole('heading', { name: /年度协理员考核结果公示/ }).waitFor()
  expect(await board.locator('tbody td:first-child').allInnerTexts()).toSatisfy((names: string[]) =>
    names.every((name) => /^.＊＊$/.test(name)),
  )
  await shot(board, 'board')
  await page.close()
})

it('a coordinator lands on their own sheet with its reasons, and appeals about one item', async () => {
  const page = await enter('coordinator')
  await expect.poll(() => new URL(page.url()).pathname).toBe('/mine')
  await page.getByRole('heading', { name: /为何是这个分数/ }).waitFor()
  expect(await page.locator('[aria-current=step]').innerText()).toContain('公示')
  expect(await page.getByRole('link', { name: '评分表' }).count()).toBe(0)
  expect(await page.getByRole('heading', { name: '申诉' }).count()).toBe(1)
  await page.getByRole('button', { name: '提出申诉' }).click()
  const dialog = page.getByRole('dialog', { name: '提出申诉' })
  await dialog.getByText('最晚').waitFor()
  await dialog.getByRole('combobox', { name: '对哪些有异议' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type('工作日志')
  await page.getByRole('option', { name: '工作日志及政策咨询' }).click()
  await page.keyboard.press('Escape')
  await dialog.getByRole('textbox', { name: '事实和理由' }).fill('三月日志是补记，不是空白')
  expect(await seriousFindings(page, 'appeal')).toEqual([])
  await dialog.getByRole('button', { name: '提出申诉' }).click()
  await said(page, '已提出申诉')
  await page.locator('.appeal', { hasText: '三月日志是补记' }).waitFor()
  expect(await seriousFindings(page, 'mine')).toEqual([])
  await shot(page, 'mine')
  await page.close()
})

it('somebody else decides it, and only what it names is open again', async () => {
  const county1 = await enter('county')
  await county1.getByRole('link', { name: '公示与申诉' }).click()
  await county1.getByRole('tab', { name: '申诉' }).click()
  await county1.locator('.appeal').waitFor()
  expect(await county1.getByRole('button', { name: '答复' }).count()).toBe(0) // the bureau signed the sheet
  await county1.close()
  const page = await enter('joint')
  await page.getByRole('link', { name: '公示与申诉' }).click()
  await page.getByRole('tab', { name: '申诉' }).click()
  await page.getByRole('button', { name: '答复' }).click()
  const dialog = page.getByRole('dialog', { name: /^答复 .+ 的申诉$/ })
  await dialog.getByText('只能改：工作日志及政策咨询').waitFor()
  await dialog.getByRole('textbox', { name: '理由' }).fill('经核，日志补记属实')
  await shot(page, 'decide')
  await dialog.getByRole('button', { name: '签字答复' }).click()
  await said(page, '申诉成立')
  await expect.poll(() => page.locator('.appeal').innerText()).toContain('费远海')
  await shot(page, 'appeals')
  await page.close()
})

it('what is filed is corrected by two hands, and both stay to be read', async () => {
  await moveSheets(await as('town'), { cycle: county.cycle, unit: town, stage: 'scoring' })
  await moveSheets(await as('panel'), { cycle: county.cycle, unit: town, stage: 'panel' })
  await moveSheets(await as('city'), { cycle: county.cycle, unit: town, stage: 'office' })
  await moveSheets(await as('county'), { cycle: county.cycle, unit: town, stage: 'decision' })
  const page = await enter('county')
  await page.getByRole('link', { name: '公示与申诉' }).click()
  await page.getByRole('button', { name: '发布公示' }).click()
  await page.getByRole('button', { name: '公示 1 人' }).click()
  await said(page, '已公示')
  await endNotices(county)
  await explainFails(await as('town'), county.cycle)
  await approveReadings(await as('county'), county.cycle)
  expect(await moveSheets(await as('county'), { cycle: county.cycle, unit: town, stage: 'notice' })).toMatchObject({
    stage: 'filed',
  })
  await page.reload()
  await page.getByRole('tab', { name: '备案与更正' }).click()
  await page.getByRole('button', { name: '更正' }).first().click()
  const dialog = page.getByRole('dialog', { name: /^更正 .+ 的备案结果$/ })
  await dialog.getByRole('combobox', { name: '哪一项' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.type('工作日志')
  await page.getByRole('option', { name: '工作日志及政策咨询' }).click()
  await dialog.getByRole('textbox', { name: '更正为' }).fill('0.5')
  await dialog.getByRole('textbox', { name: '理由' }).fill('核查发现两次回答有误')
  await dialog.getByRole('textbox', { name: '所依文书' }).fill('澄人社〔2027〕3号')
  expect(await seriousFindings(page, 'correct')).toEqual([])
  await shot(page, 'correct')
  await dialog.getByRole('button', { name: '提出更正' }).click()
  await said(page, '已提出')
  expect(await page.getByRole('button', { name: '会签' }).count()).toBe(0)
  await page.close()

  const second = await enter('joint')
  await second.getByRole('link', { name: '公示与申诉' }).click()
  await second.getByRole('tab', { name: '备案与更正' }).click()
  await second.getByRole('button', { name: '会签' }).click()
  await second.getByRole('dialog', { name: '会签' }).getByRole('textbox').fill('同意')
  await second.getByRole('dialog', { name: '会签' }).getByRole('button', { name: '会签' }).click()
  await second.getByText('更正后的备案').first().waitFor()
  await second.getByText('已生效').waitFor()
  expect(await seriousFindings(second, 'filings')).toEqual([])
  await shot(second, 'filings')
  await second.locator('.which').click()
  await second.getByRole('option').last().click()
  await second.getByText('已被更正取代').waitFor()
  await second.close()
})
