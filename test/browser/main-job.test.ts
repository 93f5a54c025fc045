import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { openCounty, type County } from '../county.ts'
import * as assessor from './assessor.ts'
import { seriousFindings } from './axe.ts'

let county: County
let browser: Browser
let context: BrowserContext
let page: Page
/** Whatever the browser complained of: a page that works has a clean console. */
let complaints: string[]

beforeAll(async () => {
  county = await openCounty()
  browser = await chromium.launch(inject('launch'))
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})
beforeEach(async () => {
  complaints = []
  context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  page = await context.newPage()
  listenTo(page)
})
afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
})

function listenTo(one: Page): void {
  one.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  one.on('pageerror', (error) => complaints.push(error.message))
}

const enterAs = (login: string, one = page) => assessor.enterAs(county, login, one)
const cell = (row: number, field: string, one = page) => assessor.cellOf(one, row, field)
const text = (row: number, field: string, one = page) => assessor.textOf(one, row, field)
const saved = (one = page) => assessor.saved(one)
const stored = (row: number, field: string) => assessor.stored(county, row, field)
const paste = async (block: string) => {
  await page.evaluate((clip) => navigator.clipboard.writeText(clip), block)
  await page.keyboard.press('Control+V')
}
describe('an assessor at the score grid', () => {
  it('types scores as in a spreadsheet, and the total follows', async () => {
    await enterAs('town')
    await cell(0, 'i04').click()
    await page.keyboard.type('2')
    await page.keyboard.press('Enter')
    await saved()
    const before = Number(await text(0, '@total'))
    await page.keyboard.press('ArrowUp')
    await page.keyboard.type('0.5')
    await page.keyboard.press('Tab')
    await page.keyboard.type('３．５')
    await page.keyboard.press('Enter')
    await saved()
    await expect.poll(() => text(0, 'i04')).toBe('0.5')
    await expect.poll(() => text(0, 'i05')).toBe('3.5')
    expect(await stored(0, 'i05')).toBe('3.5')
    expect(Number(await text(0, '@total'))).not.toBe(before)
  })

  it('pastes a block from a workbook, is told of each refused cell, and undoes and redoes it as one', async () => {
    await enterAs('town')
    const before = [await text(1, 'i04'), await text(2, 'i05'), await text(3, 'i06')]
    await cell(1, 'i04').click()
    await paste('1\t2\t5\r\n1.5\t99\t4\r\n0.5\t1\tabc\r\n')
    const question = page.getByRole('dialog', { name: '粘贴前请确认' })
    await question.waitFor()
    expect(await question.locator('p').allInnerTexts()).toEqual([
      expect.stringMatching(/^将写入 7 格：自.+起 3 行/),
      '2 格不合要求，不会保存：原文留在格中，标明原因，待您改正。',
    ])
    expect(await question.locator('li').allInnerTexts()).toEqual([
      expect.stringMatching(/第 3 行，99.*最多填 4/),
      expect.stringMatching(/第 4 行，abc.*不是数字/),
    ])
    expect(await seriousFindings(page)).toEqual([])
    expect(await text(2, 'i05')).not.toBe('99') // nothing is written yet
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.problems').innerText()).toContain('2 格待处理')
    await expect.poll(() => stored(1, 'i04')).toBe('1')
    await expect.poll(() => stored(3, 'i05')).toBe('1')
    expect(await text(2, 'i05')).toBe('99') // what was typed is not lost
    await page.locator('.problems').click()
    const list = page.locator('.problem-list')
    await list.waitFor()
    expect(await list.innerText()).toContain('最多填 4')
    await page.keyboard.press('Escape')

    await cell(1, 'i04').click()
    await page.keyboard.press('Control+Z')
    await expect.poll(async () => [await text(1, 'i04'), await text(2, 'i05'), await text(3, 'i06')]).toEqual(before)
    await saved()
    expect(await stored(1, 'i04')).toBe(before[0])
    await page.keyboard.press('Control+Y')
    await expect.poll(() => stored(1, 'i04')).toBe('1')
    await page.keyboard.press('Control+Z')
    await expect.poll(() => stored(1, 'i04')).toBe(before[0])
  })

  it('sees a colleague’s change as it lands, and a conflict with both values', async () => {
    const other = await context.browser()!.newContext({ viewport: { width: 1366, height: 768 } })
    const colleague = await other.newPage()
    listenTo(colleague)
    await enterAs('town')
    await enterAs('town2', colleague)
    await cell(4, 'i08', colleague).click()
    await colleague.keyboard.type('1.5')
    await colleague.keyboard.press('Enter')
    await expect.poll(() => text(4, 'i08')).toBe('1.5')

    // The line to the server is cut while both write to the same cell: mine arrives second.
    await context.setOffline(true)
    await cell(4, 'i08').click()
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.state').innerText()).toContain('等待网络')
    await cell(4, 'i08', colleague).click()
    await colleague.keyboard.type('2')
    await colleague.keyboard.press('Enter')
    await saved(colleague)
    await context.setOffline(false)
    await expect.poll(() => page.locator('.problems').innerText(), { timeout: 20_000 }).toContain('1 格待处理')
    expect(await stored(4, 'i08')).toBe('2')
    await page.locator('.problems').click()
    await page.locator('.problem-list').getByText('保留我的').click()
    await expect.poll(() => stored(4, 'i08')).toBe('3')
    await expect.poll(() => text(4, 'i08', colleague)).toBe('3')
    await other.close()
    complaints = complaints.filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED')) // that was the cut line
  })

  it('scores by criteria, and asks why the total is what it is, down to the clause', async () => {
    await enterAs('town')
    await page.getByText('考评标准').click()
    await cell(5, 'i04.inexact').waitFor()
    await cell(5, 'i04.inexact').click()
    await page.keyboard.type('3')
    await page.keyboard.press('Enter')
    await saved()
    await expect.poll(() => text(5, 'i04')).toBe('0.5')
    await cell(5, 'i04').click()
    const why = page.locator('.why')
    await expect.poll(() => why.innerText()).toContain('3 次')
    expect(await why.innerText()).toContain('附件1第4项')
    await page.getByRole('tab', { name: '改动记录' }).click()
    await expect.poll(() => page.locator('.panel').innerText()).toContain('许清和')
  })
})

describe('the county bureau', () => {
  it('cannot change scores, and is told why', async () => {
    await enterAs('county')
    await cell(0, 'i04').click()
    await page.keyboard.type('1')
    await expect.poll(() => page.locator('.kh-grid [role=status]').innerText()).toContain('这张表现在不由你评分')
    await saved()
  })

  it('ranks its villages, states ties, names who contends for a seat, and opens the sheet behind', async () => {
    await enterAs('county')
    await page.getByRole('link', { name: '村级排名' }).click()
    await page.locator('.el-table__row').first().waitFor()
    expect(await page.locator('.el-table__row').count()).toBe(100)
    expect(await page.locator('main').innerText()).toMatch(/\d+ 村并列/)
    expect(await page.locator('.quotas').innerText()).toMatch(/争 1 个名额，待考核小组裁定/)
    expect(await page.locator('.chart svg').count()).toBe(1)
    await page.locator('.quotas .link').first().click()
    await page.locator('.why').waitFor()
  })

  it('tries another percentage and sees who would enter', async () => {
    await enterAs('county')
    await page.getByRole('link', { name: '名额与等次' }).click()
    await page.locator('.people .el-table__row').first().waitFor()
    await page.getByLabel('比例').last().fill('40')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: '试算' }).click()
    await expect.poll(() => page.locator('.el-alert').innerText()).toMatch(/进入 [1-9]\d* 人/)
  })
})

describe('every page', () => {
  it.each(['zh', 'en'])('passes an accessibility check without a serious finding (%s)', async (lang) => {
    await page.addInitScript((wanted) => localStorage.setItem('kaohe.lang', wanted), lang)
    await page.goto(`${county.origin}/scores`)
    await page.locator('button[data-login=county]').waitFor()
    const found = await seriousFindings(page, 'sign-in')
    await page.locator('button[data-login=county]').click()
    await page.locator('.ag-row').first().waitFor()
    await cell(0, 'i04').click()
    await page.locator('.why').waitFor()
    await page.mouse.move(0, 0)
    await page.locator('.kh-tip').waitFor({ state: 'detached' })
    found.push(...(await seriousFindings(page, 'scores')))
    await page.keyboard.press('Control+H')
    await page.locator('.kh-find').waitFor()
    found.push(...(await seriousFindings(page, 'find and replace')))
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    found.push(...(await seriousFindings(page, 'keys')))
    await page.keyboard.press('Escape')
    for (const path of ['home', 'year', 'ranking', 'results', 'policies', 'audit']) {
      await page.goto(`${county.origin}/${path}`)
      await page.locator('.el-table__row, .tabs tbody tr, .lines tbody tr').first().waitFor()
      found.push(...(await seriousFindings(page, path)))
    }
    expect(found).toEqual([])
  })

  it('speaks English to those who ask for it', async () => {
    await page.addInitScript(() => localStorage.setItem('kaohe.lang', 'en'))
    await page.goto(`${county.origin}/scores`)
    await page.locator('button[data-login=town]').click()
    await page.locator('.ag-row').first().waitFor()
    // Names of people and places stay as they are written.
    const words = await page.locator('.tools, .status, .ag-header').allInnerTexts()
    expect(words.join(' ')).not.toMatch(/\p{Script=Han}/u)
  })
})
