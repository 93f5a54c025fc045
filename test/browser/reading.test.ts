import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openCounty, type County } from '../county.ts'
import { cellOf, enterAs, saved, textOf } from './assessor.ts'
import { seriousFindings } from './axe.ts'

let county: County
let browser: Browser
let page: Page

beforeAll(async () => {
  county = await openCounty()
  browser = await chromium.launch(inject('launch'))
  page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  await enterAs(county, 'county', page)
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})

const shown = () => page.locator('.ag-row [col-id="@name"]').allInnerTexts()

it('finds people by pinyin initials as they are typed', async () => {
  const [first] = await shown()
  await page.locator('.find input').fill(first!.slice(0, 1))
  await expect.poll(shown).toContain(first)
  await page.locator('.find input').fill('zz')
  await expect.poll(() => page.locator('.status').innerText()).toMatch(/^显示 \d+ \/ \d{3} 张考核表/)
  await expect.poll(async () => (await shown()).length).toBeLessThan(10)
  await page.locator('.find input').fill('')
  await expect.poll(() => page.locator('.status').innerText()).toMatch(/^\d{3} 张考核表/)
})

it('puts what is displayed on paper: each town on pages of its own, the heading on each page', async () => {
  await page.getByRole('button', { name: '打印' }).click()
  const paper = page.getByRole('dialog', { name: '打印' })
  await paper.waitFor()
  expect(await seriousFindings(page)).toEqual([])
  const towns = await paper.locator('.print-title').allInnerTexts()
  expect(towns.length).toBeGreaterThan(5)
  expect(towns[0]).toContain('砚溪镇')
  const rows = await paper.locator('tbody tr').count()
  expect(rows).toBeGreaterThan(100)
  const head = await county.app.database.pool.query<{ hash: string }>('select chain_hash as hash from county')
  for (const foot of await paper.locator('.print-foot').allInnerTexts()) expect(foot).toContain(head.rows[0]!.hash)
  expect(await paper.locator('.print-foot').count()).toBe(towns.length)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
    Math.round(Number(width)),
    Math.round(Number(height)),
  ])
  expect(sheets.length).toBeGreaterThanOrEqual(towns.length)
  for (const size of sheets) expect(size).toEqual([842, 595]) // A4 across, in points
  await page.keyboard.press('Escape')
  await expect.poll(() => paper.count()).toBe(0)
})

it('puts a note on a cell by keyboard, marks the cell, and takes the note back', async () => {
  await page.locator('.ag-row[row-index="0"] [col-id="i04"]').click()
  await page.keyboard.press('Shift+F2')
  const box = page.getByRole('textbox', { name: '给“工作日志及政策咨询”写批注' })
  await expect.poll(() => box.evaluate((element) => element === document.activeElement)).toBe(true)
  await page.keyboard.type('三月日志待补')
  await page.keyboard.press('Control+Enter')
  const cell = page.locator('.ag-row[row-index="0"] [col-id="i04"]')
  await expect.poll(() => cell.getAttribute('class')).toContain('kh-noted')
  await expect.poll(() => page.locator('.panel li').innerText()).toContain('三月日志待补')
  expect(await seriousFindings(page)).toEqual([])
  await page.reload()
  await expect.poll(() => cell.getAttribute('class')).toContain('kh-noted')
  await cell.click()
  await page.keyboard.press('Shift+F2')
  await page.getByRole('button', { name: '收回' }).click()
  await expect.poll(() => cell.getAttribute('class')).not.toContain('kh-noted')
})

it('hides and moves columns, makes rows denser, and has it all back under a name after a reload', async () => {
  const column = page.locator('.ag-header-cell[col-id="i04"]')
  const height = async () => Math.round((await page.locator('.ag-row').first().boundingBox())!.height)
  const menu = page.getByRole('button', { name: '视图' })
  /** The columns i05 and i06 by where they are seen, and the width of the first. */
  const places = async () => {
    const at = async (field: string) => (await page.locator(`.ag-header-cell[col-id="${field}"]`).boundingBox())!
    const [i05, i06] = [await at('i05'), await at('i06')]
    return { first: i05.x < i06.x ? 'i05' : 'i06', width: Math.round(i05.width) }
  }
  expect(await places()).toEqual({ first: 'i05', width: 68 })
  await page.locator('.ag-header-cell[col-id="i05"]').click()
  await page.keyboard.press('Alt+Shift+ArrowRight')
  for (const [view, criteria] of [
    ['考评标准', true],
    ['各项得分', false],
  ] as const) {
    await page.getByRole('radio', { name: view }).locator('..').click()
    await expect.poll(async () => (await page.locator('.ag-header-cell[col-id^="i05."]').count()) > 0).toBe(criteria)
    expect((await places()).first).toBe('i06')
  }
  const edge = (await page.locator('.ag-header-cell[col-id="i05"] .ag-header-cell-resize').boundingBox())!
  await page.mouse.move(edge.x + edge.width / 2, edge.y + 20)
  await page.mouse.down()
  await page.mouse.move(edge.x + edge.width / 2 + 12, edge.y + 20, { steps: 3 })
  await page.mouse.up()
  await expect.poll(places).toEqual({ first: 'i06', width: 80 })
  const [i05, i06] = await Promise.all(
    ['i05', 'i06'].map((field) => page.locator(`.ag-header-cell[col-id="${field}"] .kh-header-title`).innerText()),
  )
  await page.getByRole('button', { name: '打印' }).click() // paper has the same order
  const printed = async () => {
    const titles = await page.locator('.paper').first().locator('thead th').allInnerTexts()
    return titles.map((title) => title.split('\n')[0]!).filter((title) => title === i05 || title === i06)
  }
  await expect.poll(printed).toEqual([i06, i05])
  await page.keyboard.press('Escape')
  await menu.click()
  await page.getByRole('checkbox', { name: '工作日志及政策咨询' }).locator('..').click()
  await expect.poll(() => column.count()).toBe(0)
  await page.getByRole('radio', { name: '紧凑' }).locator('..').click()
  await expect.poll(height).toBe(24)
  await page.getByRole('textbox', { name: '视图名称' }).fill('不看日志')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '不看日志' }).waitFor()
  expect(await seriousFindings(page)).toEqual([])
  await page.reload()
  await expect.poll(() => column.count()).toBe(1)
  await expect.poll(height).toBe(28)
  expect(await places()).toEqual({ first: 'i05', width: 68 })
  await menu.click()
  await page.getByRole('button', { name: '不看日志' }).click()
  await expect.poll(() => column.count()).toBe(0)
  await expect.poll(height).toBe(24)
  await expect.poll(places).toEqual({ first: 'i06', width: 80 })
  await menu.click()
  await page.getByRole('button', { name: '删除' }).click()
  await page.getByText('还没有。把现在的列').waitFor()
})

it('marks what changed since yesterday, where that is asked for', async () => {
  const town = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  await enterAs(county, 'town', town)
  const cell = town.locator('.ag-row[row-index="1"] [col-id="i05"]')
  await cell.click()
  await town.keyboard.type('=4-0.5*3')
  await town.keyboard.press('Enter')
  await saved(town)
  expect(await textOf(town, 1, 'i05')).toBe('2.5')
  await expect.poll(() => cell.getAttribute('class')).toContain('kh-noted') // the sum is kept
  expect(await cell.getAttribute('class')).not.toContain('kh-lately')
  await town.getByRole('button', { name: '视图' }).click()
  await town.getByRole('checkbox', { name: '标出昨天以来改过的格' }).locator('..').click()
  await expect.poll(() => cell.getAttribute('class')).toContain('kh-lately')
  expect(await cellOf(town, 1, 'i06').getAttribute('class')).not.toContain('kh-lately')
  await town.close()
})

it('shows where a colleague is, with the name, without taking the keyboard, and forgets who has left', async () => {
  const town = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  await enterAs(county, 'town', town)
  await cellOf(town, 3, 'i05').click()
  const there = cellOf(page, 3, 'i05')
  await expect.poll(() => there.getAttribute('class')).toContain('kh-others')
  await page.getByRole('button', { name: '另有 1 人在此' }).click()
  await expect.poll(() => page.locator('.problem-list').innerText()).toContain('许清和')
  await page.keyboard.press('Escape')
  await page.locator('.ag-row[row-index="5"] [col-id="i06"]').click()
  await page.keyboard.type('1')
  await cellOf(town, 4, 'i05').click()
  await expect.poll(() => cellOf(page, 4, 'i05').getAttribute('class')).toContain('kh-others')
  await expect.poll(() => there.getAttribute('class')).not.toContain('kh-others')
  await page.keyboard.press('Escape')
  await town.getByRole('link', { name: '村级排名' }).click()
  await expect.poll(() => page.locator('.ag-row .kh-others').count()).toBe(0)
  await town.close()
})

it('tells the turns of all selected cells, latest first', async () => {
  const town = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  await enterAs(county, 'town', town)
  const name = (row: number) => textOf(town, row, '@name')
  for (const [row, points] of [
    [3, '1.5'],
    [4, '2.5'],
  ] as const) {
    await cellOf(town, row, 'i06').click()
    await town.keyboard.type(points)
    await town.keyboard.press('Enter')
    await saved(town)
  }
  await town.getByRole('tab', { name: '改动记录' }).click()
  const third = await name(3)
  const turns = town.locator('.panel li')
  const told = async () => (await turns.allInnerTexts()).map((turn) => turn.replace(/\s+/g, ' '))
  await cellOf(town, 3, 'i06').click()
  await cellOf(town, 4, 'i06').click({ modifiers: ['Shift'] })
  await town.getByText('所选各格的改动，新的在前').waitFor()
  await expect.poll(async () => (await told())[0]).toContain(`${await name(4)} · `)
  expect((await told())[0]).toMatch(/→ 2\.5 .*许清和/)
  const second = (await told()).find((turn) => turn.startsWith(third))
  expect(second).toMatch(/→ 1\.5 .*许清和/)
  expect(await seriousFindings(town)).toEqual([])

  // whole rows: everything of these people; a further change is there at once
  await town.locator('.ag-row[row-index="3"] .kh-row-number').click()
  await expect.poll(async () => (await told())[0]).toContain(`${await name(3)} · `)
  await cellOf(town, 4, 'i06').click()
  await town.getByText('这一格', { exact: true }).waitFor()
  await cellOf(town, 3, 'i06').click({ modifiers: ['Shift'] })
  await town.keyboard.press('Delete')
  await saved(town)
  await expect.poll(async () => (await told()).slice(0, 2).filter((turn) => turn.includes('→ 空')).length).toBe(2)
  await town.close()
})

it('sorts names by sound, or by strokes as official lists do', async () => {
  const names = async () => {
    const rows = await page
      .locator('.ag-row')
      .evaluateAll((all) =>
        all.map((row) => [Number(row.getAttribute('row-index')), row.querySelector('[col-id="@name"]')!.textContent] as const),
      )
    return rows
      .toSorted(([one], [other]) => one - other)
      .slice(0, 15)
      .map(([, name]) => name!.split(' ')[0]!)
  }
  const sorted = (texts: string[], collation: string) =>
    texts.toSorted(new Intl.Collator(`zh-u-co-${collation}`).compare).join(' ') === texts.join(' ')
  await page.reload()
  await page.locator('.ag-row').first().waitFor()
  await page.locator('.ag-header-cell[col-id="@name"]').hover()
  await page.locator('.ag-header-cell[col-id="@name"] .kh-sort').click()
  await expect.poll(async () => sorted(await names(), 'pinyin')).toBe(true)
  await page.getByRole('button', { name: '视图' }).click()
  await page.getByRole('radio', { name: '按笔画' }).locator('..').click()
  await expect.poll(async () => sorted(await names(), 'stroke')).toBe(true)
  expect(sorted(await names(), 'pinyin')).toBe(false)
})
