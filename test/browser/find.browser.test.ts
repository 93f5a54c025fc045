import type { Page } from 'playwright'
import { beforeEach, describe, expect, it } from 'vitest'
import { seriousFindings } from './axe.ts'
import { useGridPage, type Demo } from './grid/demo.ts'

declare const demo: Demo

const { open, cell, stored, range, ranges, quiet, press, paste, sortBy, errors } = useGridPage()
let page: Page
beforeEach(async () => {
  page = await open('rows=500')
})

const place = () => page.locator('.kh-place').innerText()
const active = () => page.evaluate(() => document.activeElement!.className)
const find = async (text: string, ...flags: string[]) => {
  await press('Control+f')
  for (const flag of flags) await page.getByLabel(flag).check()
  await page.getByLabel('查找内容').fill(text)
}

describe('finding', () => {
  it('counts matches, goes through them by Enter and back, and gives the keyboard back by Escape', async () => {
    await cell(2, 'name').click()
    await find('请假')
    await expect.poll(place).toBe('1/25')
    expect(await range()).toMatchObject({ top: 3, left: 27 })
    await press('Enter', 'Enter')
    await expect.poll(place).toBe('3/25')
    expect(await range()).toMatchObject({ top: 43 })
    await press('Shift+Enter', 'Shift+Enter', 'Shift+Enter')
    await expect.poll(place).toBe('25/25')
    await expect.poll(() => cell(483, 'note').getAttribute('class')).toContain('kh-found')
    await press('Escape')
    expect(await active()).toBe('kh-editor')
    await expect.poll(() => page.locator('.kh-found').count()).toBe(0) // drawn with the next frame
  })

  it('looks in the column, or in what was selected, which stays selected', async () => {
    await cell(0, 'name').click()
    await cell(9, 'village').click({ modifiers: ['Shift'] })
    await find('1', '区分大小写')
    await expect.poll(place).toBe('1/2') // of ten villages the first and the tenth
    await press('Enter')
    await expect.poll(place).toBe('2/2')
    expect(await range()).toEqual({ top: 0, left: 0, bottom: 9, right: 2 })
    await page.getByLabel('查找范围').selectOption('column')
    await expect.poll(place).toMatch(/^\d+\/262$/)
    expect(await page.evaluate(() => demo.sheet.finding.found.value.every(({ field }) => field === 'village'))).toBe(true)
  })

  it('keeps its matches through sorting and others’ changes', async () => {
    await cell(0, 's1').click()
    await find('请假')
    await expect.poll(place).toBe('1/25')
    await sortBy('name')
    expect(await page.evaluate(() => demo.sheet.finding.found.value.length)).toBe(25)
    await page.evaluate(() => demo.sheet.landRemote([{ id: 'p0', values: { note: '请假' } }], '李会计'))
    await expect.poll(place).toMatch(/\/26$/)
  })

  it('says in words that a pattern is bad, and stops one that would never end while the page goes on', async () => {
    await page.evaluate(() => demo.sheet.goTo('p0', 'note'))
    await paste('a'.repeat(40) + 'b')
    await find('(', '正则表达式')
    await expect.poll(place).toBe('这个正则表达式写得不对')
    await page.getByLabel('查找内容').fill('^(a+)+$')
    const pauses = page.evaluate(async () => {
      let [longest, last] = [0, performance.now()]
      for (const end = last + 2500; last < end;) {
        await new Promise((resolve) => setTimeout(resolve, 20))
        longest = Math.max(longest, performance.now() - last)
        last = performance.now()
      }
      return longest
    })
    await expect.poll(place, { timeout: 5000 }).toContain('太费时间')
    expect(await pauses).toBeLessThan(700)
    await page.getByLabel('查找内容').fill('^a+b$')
    await expect.poll(place).toBe('1/1')
    expect(errors).toEqual([])
  })
})

describe('replacing', () => {
  it('one by one', async () => {
    await page.evaluate(() => demo.sheet.goTo('p0', 'note'))
    await press('Control+h')
    await page.getByLabel('查找内容').fill('请假')
    await expect.poll(place).toBe('1/25')
    await page.getByLabel('替换为').fill('病假')
    await press('Enter')
    await expect.poll(place).toBe('1/24')
    await quiet()
    expect(await Promise.all([stored('p3', 'note'), stored('p23', 'note')])).toEqual(['病假一周', '请假一周'])
    expect(await range()).toMatchObject({ top: 23 })
  })

  it('all, after saying how many and which not, as one action through the same door', async () => {
    await cell(0, 'name').click()
    await press('Control+h')
    await page.getByLabel('查找内容').fill('请假')
    await page.getByLabel('替换为').fill('病假')
    await expect.poll(place).toBe('1/25')
    await page.getByRole('button', { name: '全部替换' }).click()
    const dialog = page.getByRole('dialog', { name: '替换 25 格' })
    await dialog.waitFor()
    await press('Escape')
    await expect.poll(() => dialog.count()).toBe(0)
    expect(await stored('p3', 'note')).toBe('请假一周')
    await page.getByRole('button', { name: '全部替换' }).press('Enter')
    await dialog.waitFor()
    await press('Enter')
    await expect.poll(place).toBe('没有找到')
    await quiet()
    expect(await Promise.all([stored('p3', 'note'), stored('p483', 'note')])).toEqual(['病假一周', '病假一周'])
    await press('Escape', 'Control+z')
    await quiet()
    expect(await Promise.all([stored('p3', 'note'), stored('p483', 'note')])).toEqual(['请假一周', '请假一周'])
  })

  it('leaves read-only and locked cells, and asks a column what it takes', async () => {
    await page.evaluate(() => demo.sheet.goTo('p48', 's1'))
    await paste('4\r\n4\r\n4\r\n') // p49 is locked
    const locked = await stored('p49', 's1')
    await cell(48, 'village').click()
    await cell(50, 's1').click({ modifiers: ['Shift'] })
    await press('Control+h')
    await page.getByLabel('正则表达式').check()
    await page.getByLabel('查找内容').fill('^(.*)$')
    await expect.poll(place).toBe('1/9')
    await page.getByLabel('替换为').fill('$1缺')
    await page.getByRole('button', { name: '全部替换' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.innerText()).toContain('跳过只读 3 格')
    expect(await dialog.innerText()).toContain('跳过锁定 2 格')
    expect(await dialog.innerText()).toContain('4 格不合要求，不保存')
    await press('Enter')
    await quiet()
    expect(await Promise.all([stored('p48', 's1'), stored('p49', 's1')])).toEqual(['4', locked])
    expect(await page.evaluate(() => demo.sheet.problems.value.length)).toBe(4)
    expect(await ranges()).toEqual([{ top: 48, left: 2, bottom: 50, right: 4 }])
  })
})

describe('going to a person, and the help', () => {
  it('finds by part of a name, by keyboard alone', async () => {
    await cell(0, 's1').click()
    await press('Control+g')
    await page.keyboard.type('王')
    await page.keyboard.type(' 村')
    const options = page.getByRole('option')
    await expect.poll(() => options.first().innerText()).toMatch(/王.*村/)
    await press('ArrowDown')
    const name = await page.locator('[role=option][aria-selected=true]').innerText()
    expect(name).toBe(await options.nth(1).innerText())
    await press('Enter')
    expect(await active()).toBe('kh-editor')
    const { top, left } = (await range()) as { top: number; left: number }
    expect(left).toBe(4)
    expect(await cell(top, 'name').innerText()).toBe(name.split(' · ')[0])
    await press('Control+g')
    await page.keyboard.type('无此人')
    await expect.poll(() => page.getByRole('dialog').innerText()).toContain('没有找到')
    await press('Enter', 'Escape')
    expect(await range()).toMatchObject({ top, left })
  })

  it('lists the keys by ? and Ctrl+/, but ? begins a text where text is typed', async () => {
    const dialog = page.getByRole('dialog', { name: '快捷键' })
    await cell(0, 's1').click()
    await press('?')
    await dialog.waitFor()
    expect(await dialog.locator('dt').count()).toBeGreaterThan(25)
    await press('Escape', 'Control+/')
    await dialog.waitFor()
    await press('Escape')
    await page.evaluate(() => demo.sheet.goTo('p0', 'note'))
    await page.keyboard.type('?')
    expect(await dialog.count()).toBe(0)
    expect(await page.locator('.kh-editor[data-open]').inputValue()).toBe('?')
  })

  it('all pass an accessibility check', async () => {
    await cell(0, 's1').click()
    await press('Control+h')
    await page.getByLabel('查找内容').fill('1')
    await expect.poll(place).toMatch(/^\d+\/\d+$/)
    const found = await seriousFindings(page, 'find')
    await press('Control+g')
    found.push(...(await seriousFindings(page, 'go to')))
    await press('Escape', 'Escape', '?')
    found.push(...(await seriousFindings(page, 'help')))
    expect(found).toEqual([])
  })
})
