import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { openCounty, type County } from '../county.ts'
import * as assessor from './assessor.ts'
import { seriousFindings } from './axe.ts'

// What is typed and pasted into the score grid, as an assessor meets it: faults.md 6 and 7.

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
  await assessor.enterAs(county, 'town', page)
})
afterEach(() => context.close())

const cell = (row: number, field: string) => assessor.cellOf(page, row, field)
const text = (row: number, field: string) => assessor.textOf(page, row, field)
const stored = (row: number, field: string) => assessor.stored(county, row, field)
const storedAll = (field: string, rows: number[]) => Promise.all(rows.map((row) => stored(row, field)))
const saved = () => assessor.saved(page)
const dialog = () => page.getByRole('dialog', { name: '粘贴前请确认' })
const hint = () => page.locator('.kh-hint').textContent()

/** Pastes by the browser's own event, with text and a table on the clipboard. */
const paste = (plain: string, html = '') =>
  page.evaluate(
    ([plain, html]) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', plain!)
      if (html) clipboardData.setData('text/html', html)
      document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    },
    [plain, html],
  )
/** Fills cells, one below the other, so that there is something to lose. */
async function given(row: number, field: string, values: string[]): Promise<void> {
  await cell(row, field).click()
  await paste(`${values.join('\r\n')}\r\n`)
  await saved()
  await expect.poll(() => stored(row + values.length - 1, field)).toBe(values.at(-1))
}
/** Village and name of the people of some rows. */
const people = (rows: number[]) =>
  Promise.all(rows.map(async (row) => [await text(row, '@village'), (await text(row, '@name')).split(' · ')[0]!] as const))

describe('a cell that is typed', () => {
  it('takes no number that was not written (6.1)', async () => {
    await page.getByText('考评标准').click()
    await cell(3, 'i04.inexact').waitFor()
    const before = await text(3, 'i04.inexact')
    for (const [typed, says] of [
      ['1 2', '有空格'],
      ['3²', '不是普通数字'],
      ['①', '不是普通数字'],
      ['三', '汉字数字'],
      ['1.2.3', '小数点'],
    ] as const) {
      await cell(3, 'i04.inexact').click()
      await page.keyboard.insertText(typed)
      expect(await hint(), typed).toContain(says)
      await page.keyboard.press('Enter')
      await expect.poll(() => cell(3, 'i04.inexact').getAttribute('class')).toContain('kh-refused')
      expect(await text(3, 'i04.inexact')).toBe(typed)
      await cell(3, 'i04.inexact').click()
      await page.keyboard.press('Escape')
      await expect.poll(() => text(3, 'i04.inexact')).toBe(before)
    }
  })

  it('works out sums; pasted, the same text may be a date, and says what to type (6.2)', async () => {
    for (const [typed, value] of [
      ['5-1', '4'],
      ['3-2-1', '0'],
      ['3/1', '3'],
      ['5-0.5*4', '3'],
    ] as const) {
      await cell(2, 'i05').click()
      await page.keyboard.type(typed)
      expect(await hint()).toBe('')
      await page.keyboard.press('Enter')
      await saved()
      await expect.poll(() => stored(2, 'i05')).toBe(value)
    }
    await cell(2, 'i05').click()
    await page.keyboard.type('11-2')
    expect(await hint()).toContain('算得 9')
    await page.keyboard.press('Escape')

    await cell(2, 'i05').click()
    await paste('5-1\r\n')
    await expect.poll(() => page.locator('.problems').innerText()).toContain('1 格待处理')
    await page.locator('.problems').click()
    expect(await page.locator('.problem-list').innerText()).toContain('=5-1')
    await page.keyboard.press('Escape')
    expect(await stored(2, 'i05')).toBe('3')
    await cell(2, 'i05').click()
    await page.keyboard.type('=5-1')
    await page.keyboard.press('Enter')
    await saved()
    await expect.poll(() => stored(2, 'i05')).toBe('4')

    // into the open editor it is pasted, too
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate(() => navigator.clipboard.writeText('3-1'))
    await cell(2, 'i05').click()
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Control+V')
    await expect.poll(hint).toContain('=3-1')
    await page.keyboard.press('Escape')
  })

  it.each([
    ['zh', '空', '没有符合条件'],
    ['en', 'empty', 'No rows'],
  ])('is called empty when it is (6.3, %s)', async (lang, empty, never) => {
    await cell(6, 'i06').click()
    await page.keyboard.press('Delete')
    await saved()
    await page.evaluate((lang) => localStorage.setItem('kaohe.lang', lang), lang)
    await page.reload()
    await cell(6, 'i06').click()
    const editor = page.locator('.kh-editor')
    await expect.poll(() => editor.getAttribute('aria-label')).toMatch(new RegExp(`[,，] ?${empty}`))
    expect(await editor.getAttribute('aria-label')).not.toContain(never)
    await page.evaluate(() => localStorage.setItem('kaohe.lang', 'zh'))
  })
})

describe('a pasted block', () => {
  it('with names in another order, and its columns too, lands on its people without a question (7.1)', async () => {
    await given(0, 'i05', ['1', '1.1', '1.2', '1.3'])
    await given(0, 'i06', ['1', '1.1', '1.2', '1.3'])
    const [a, b, c] = await people([0, 1, 2])
    const before = [await storedAll('i05', [0, 1, 2, 3]), await storedAll('i06', [0, 1, 2, 3])]
    const titles = [
      await page.locator('.ag-header-cell[col-id="i05"] .kh-header-title').innerText(),
      '姓名',
      '行政村',
      '序号',
      '满分',
    ]
    const lines = [
      [titles[3]!, titles[1]!, titles[2]!, titles[0]!],
      ['', '满分', '', '4'],
      ['1', [...c![1]].join('　'), c![0], '2.3'],
      ['2', a![1], a![0], '2.1'],
      ['', '', '', ''],
      ['3', b![1], b![0], '2.2'],
      ['', '合  计', '', '6.6'],
    ]
    await cell(0, '@village').click()
    await paste(lines.map((line) => line.join('\t')).join('\r\n'))
    await saved()
    await expect.poll(() => storedAll('i05', [0, 1, 2, 3])).toEqual(['2.1', '2.2', '2.3', '1.3'])
    expect(await dialog().count()).toBe(0)
    expect(await storedAll('i06', [0, 1, 2, 3])).toEqual(before[1])

    // the same without headings, pasted at the score itself
    await cell(5, 'i05').click()
    await paste(`${b![0]}\t${b![1]}\t3.2\r\n${a![0]}\t${a![1]}\t3.1\r\n`)
    await saved()
    await expect.poll(() => storedAll('i05', [0, 1])).toEqual(['3.1', '3.2'])
    expect(await dialog().count()).toBe(0)
    await page.keyboard.press('Control+Z')
    await expect.poll(() => storedAll('i05', [0, 1])).toEqual(['2.1', '2.2'])
    await page.keyboard.press('Control+Z')
    await expect.poll(() => storedAll('i05', [0, 1, 2, 3])).toEqual(before[0])
  })

  it('names who is not found, found twice, or hidden, and writes nothing for them', async () => {
    await given(0, 'i05', ['1', '1.1', '1.2', '1.3'])
    const [a, b, c] = await people([0, 1, 2])
    await cell(0, 'i05').click()
    const block = [
      [a![0], a![1], '2'],
      [b![0], a![1] === b![1] ? '钱不在' : a![1], '2.5'], // there is one of the name, in another village
      ['', '钱不在', '3'],
      [c![0], c![1], '3.1'],
      [c![0], c![1], '3.2'],
    ]
    await paste(block.map((line) => line.join('\t')).join('\r\n'))
    await dialog().waitFor()
    const lines = await dialog().locator('p').allInnerTexts()
    expect(lines).toEqual([
      expect.stringMatching(`^将写入 1 格，按姓名等对到 1 人：${a![1]}`),
      expect.stringMatching(/^表中没有这些人，不写入：.*钱不在/),
      expect.stringMatching(`^表中有这些人，但村（社区）不同，不写入，请核对：${a![1]}`),
      expect.stringMatching(`^粘贴内容中不止一行，不写入，请只留一行：${c![1]}`),
    ])
    expect(await dialog().getByRole('button').allInnerTexts()).toEqual(['写入 1 格 Enter', '取消 Esc'])
    expect(await seriousFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog().count()).toBe(0)
    expect(await storedAll('i05', [0, 1, 2, 3])).toEqual(['1', '1.1', '1.2', '1.3'])
    await cell(0, 'i05').click()
    await paste(block.map((line) => line.join('\t')).join('\r\n'))
    await dialog().waitFor()
    await page.keyboard.press('Enter')
    await saved()
    await expect.poll(() => storedAll('i05', [0, 1, 2, 3])).toEqual(['2', '1.1', '1.2', '1.3'])

    await page.getByRole('textbox', { name: '姓名、村或拼音首字母' }).fill(a![1])
    await expect.poll(() => page.locator('.status').innerText()).toContain('显示')
    await cell(0, 'i05').click()
    await paste(`${a![0]}\t${a![1]}\t1\r\n${b![0]}\t${b![1]}\t4\r\n`)
    await dialog().waitFor()
    expect(await dialog().locator('p').allInnerTexts()).toContainEqual(expect.stringMatching(`^被筛选隐藏，不写入：${b![1]}`))
    await page.keyboard.press('Escape')
    await cell(0, 'i05').click()
    await paste(`${b![0]}\t钱不在\t4\r\n`)
    await dialog().waitFor()
    expect(await dialog().locator('p').first().innerText()).toBe('没有可写入的内容。')
    expect(await dialog().getByRole('button').allInnerTexts()).toEqual(['关闭 Esc'])
  })

  it('leaves alone what its merged cells cover (7.2), and goes by its table where its text is broken (7.3)', async () => {
    await given(0, 'i05', ['1', '1.1', '1.2', '1.3', '1.4', '1.5'])
    await cell(0, 'i05').click()
    await paste(
      '2\r\n\r\n3\r\n\r\n4\r\n\r\n',
      '<table><tr><td rowspan=2>2</td></tr><tr></tr><tr><td rowspan=2>3</td></tr><tr></tr><tr><td rowspan=2>4</td></tr><tr></tr></table>',
    )
    await saved()
    await expect.poll(() => storedAll('i05', [0, 1, 2, 3, 4, 5])).toEqual(['2', '1.1', '3', '1.3', '4', '1.5'])
    expect(await dialog().count()).toBe(0)

    await cell(0, 'i05').click()
    await paste(
      '0.1\n\n0.2\n0.3\n',
      '<table><tr><td><p class=MsoNormal>0.1</p><p class=MsoNormal>&nbsp;</p></td></tr><tr><td>0.2<br></td></tr><tr><td>0.3</td></tr></table>',
    )
    await saved()
    await expect.poll(() => storedAll('i05', [0, 1, 2, 3])).toEqual(['0.1', '0.2', '0.3', '1.3'])
    expect(await dialog().count()).toBe(0)
  })

  it('says how many filled cells it would empty, and skips blanks by Enter (7.4)', async () => {
    await given(0, 'i05', ['1', '1.1', '1.2', '1.3'])
    const block = '2\r\n\r\n\r\n2.3\r\n'
    await cell(0, 'i05').click()
    await paste(block)
    await dialog().waitFor()
    expect(await dialog().locator('p').allInnerTexts()).toEqual([
      expect.stringMatching(/^将写入 2 格：自.+起 4 行/),
      '粘贴的内容有空白，会清空 2 格已填的；跳过空白则保留。',
    ])
    expect(await dialog().getByRole('button').allInnerTexts()).toEqual(['写入 2 格，跳过空白 Enter', '一并清空 2 格', '取消 Esc'])
    await page.keyboard.press('Enter')
    await saved()
    await expect.poll(() => storedAll('i05', [0, 1, 2, 3])).toEqual(['2', '1.1', '1.2', '2.3'])
    await cell(0, 'i05').click()
    await paste(block)
    await dialog().waitFor()
    await page.keyboard.press('Tab') // by keyboard alone
    await page.keyboard.press('Enter')
    await saved()
    await expect.poll(() => storedAll('i05', [0, 1, 2, 3])).toEqual(['2', '', '', '2.3'])
    await page.keyboard.press('Control+Z')
    await expect.poll(() => storedAll('i05', [0, 1, 2, 3])).toEqual(['2', '1.1', '1.2', '2.3'])
    await cell(1, 'i05').click()
    await paste('\r\n')
    await dialog().waitFor()
    expect(await dialog().getByRole('button').allInnerTexts()).toEqual(['清空 1 格', '取消 Esc'])
    await page.keyboard.press('Enter') // takes nothing away
    await expect.poll(() => dialog().count()).toBe(0)
    expect(await stored(1, 'i05')).toBe('1.1')
  })
})
