import type { Page } from 'playwright'
import { beforeEach, describe, expect, it } from 'vitest'
import { PAYLOADS } from '../web/payloads.ts'
import { seriousFindings } from './axe.ts'
import { useGridPage, type Demo } from './grid/demo.ts'

declare const demo: Demo

const { open, cell, text, shown, stored, header, sortBy, range, ranges, quiet, press, paste, copy, errors } = useGridPage()
let page: Page
beforeEach(async () => {
  page = await open('rows=500')
})

describe('typing', () => {
  it('replaces, and Enter, Tab and arrows carry on', async () => {
    await cell(0, 's1').click()
    await page.keyboard.type('3')
    await press('Enter')
    await page.keyboard.type('2.5')
    await press('Tab')
    await page.keyboard.type('１。５') // full width
    await press('ArrowDown')
    await page.keyboard.type('1')
    await press('Shift+Enter')
    await quiet()
    expect(await Promise.all([stored('p0', 's1'), stored('p1', 's1'), stored('p1', 's2'), stored('p2', 's2')])).toEqual([
      '3',
      '2.5',
      '1.5',
      '1',
    ])
    expect(await range()).toEqual({ top: 1, bottom: 1, left: 5, right: 5 })
  })

  it('edits in place by F2 and double click; Esc drops it', async () => {
    await page.evaluate(() => demo.sheet.goTo('p3', 'note'))
    await press('F2', 'ArrowLeft', 'ArrowLeft')
    await page.keyboard.type('了')
    await press('Enter')
    await quiet()
    expect(await stored('p3', 'note')).toBe('请假了一周')
    await cell(3, 'note').dblclick()
    await page.keyboard.type('，已补')
    await press('Escape')
    expect(await text(3, 'note')).toBe('请假了一周')
    await page.keyboard.type('新')
    await press('Escape')
    expect(await text(3, 'note')).toBe('请假了一周')
  })

  it('shows totals to their last digit where scrollbars lie over the cells', async () => {
    const seen = await cell(3, 'total').evaluate((total) => {
      const { right, top } = total.getBoundingClientRect()
      return document.elementFromPoint(right - 3, top + 10) === total
    })
    expect(seen).toBe(true)
  })

  it('says at the cell why what is typed will not be taken, before it is', async () => {
    const hint = page.locator('.kh-hint')
    const editor = page.locator('.kh-editor')
    const described = async () => {
      const ids = (await editor.getAttribute('aria-describedby'))!.split(' ')
      return page.evaluate((id) => document.getElementById(id)!.textContent, ids[0]!)
    }
    await cell(3, 's1').click()
    expect(await described()).toBe('')
    await page.keyboard.type('9')
    expect(await described()).toBe('超过满分')
    await expect.poll(() => page.locator('.kh-grid [role=status]').innerText()).toBe('超过满分')
    expect(await editor.getAttribute('aria-invalid')).toBe('true')
    const [under, box] = [(await hint.boundingBox())!, (await editor.boundingBox())!]
    expect(under.y).toBeGreaterThanOrEqual(box.y + box.height)
    expect(under.x).toBeCloseTo(box.x, 0)
    expect(await seriousFindings(page)).toEqual([])
    await press('Backspace')
    await page.keyboard.type('5')
    expect(await described()).toBe('')
    expect(await editor.getAttribute('aria-invalid')).toBe('false')
    await page.keyboard.type('分x')
    expect(await described()).toBe('“5分x”不是分数')
    await press('Escape')
    expect(await described()).toBe('')
    expect(await stored('p3', 's1')).not.toBe('5')

    // at the lower edge it stands above the cell, at the right one inside the grid
    await page.evaluate(() => demo.sheet.goTo('p499', 's23'))
    await page.keyboard.type('abc')
    await expect.poll(async () => (await hint.boundingBox())!.y).toBeLessThan((await editor.boundingBox())!.y)
    const { x, width } = (await hint.boundingBox())!
    expect(x + width).toBeLessThanOrEqual(1366)
    // what has doubts against it is sent all the same: the server judges
    await press('Escape')
    await page.evaluate(() => demo.sheet.goTo('p498', 's1'))
    await page.keyboard.type('9')
    await press('Enter')
    await quiet()
    expect(await stored('p498', 's1')).toBe('9')
  })

  it('does not judge what an input method has not finished', async () => {
    await cell(3, 's1').click()
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Input.imeSetComposition', { text: 'que', selectionStart: 3, selectionEnd: 3 })
    expect(await page.locator('.kh-hint').textContent()).toBe('')
    await cdp.send('Input.insertText', { text: '缺' })
    await expect.poll(() => page.locator('.kh-hint').textContent()).toBe('“缺”不是分数')
  })

  it('composes from the first key of an input method, whose Enter does not leave the cell', async () => {
    await page.evaluate(() => demo.sheet.goTo('p5', 'note'))
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('Input.imeSetComposition', { text: 'wo', selectionStart: 2, selectionEnd: 2 })
    await cdp.send('Input.imeSetComposition', { text: 'wo men', selectionStart: 6, selectionEnd: 6 })
    await page.evaluate(() =>
      document.activeElement!.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }),
      ),
    )
    await cdp.send('Input.insertText', { text: '我们' })
    expect(await page.evaluate(() => (document.activeElement as HTMLTextAreaElement).value)).toBe('我们')
    await press('Enter')
    await quiet()
    expect(await stored('p5', 'note')).toBe('我们')
  })

  it('clears a range by Delete, as one action', async () => {
    await cell(10, 's0').click()
    await press('Shift+ArrowRight', 'Shift+ArrowDown', 'Delete')
    await quiet()
    expect(await Promise.all([stored('p10', 's0'), stored('p11', 's1')])).toEqual([null, null])
    const before = await stored('p12', 's0')
    await press('Control+z')
    await quiet()
    expect(await stored('p11', 's1')).not.toBeNull()
    expect(await stored('p12', 's0')).toBe(before)
  })

  it('does not open in read-only columns and locked rows, and says why', async () => {
    const said = () => page.locator('.kh-grid [role=status]').innerText()
    await cell(0, 'name').click()
    await page.keyboard.type('x')
    expect(await page.locator('.kh-editor[data-open]').count()).toBe(0)
    await expect.poll(said).toContain('不能修改')
    await page.evaluate(() => demo.sheet.goTo('p49', 's1'))
    await page.keyboard.type('1')
    await expect.poll(said).toContain('已提交')
    expect(await page.locator('.kh-editor[data-open]').count()).toBe(0)
  })
})

describe('selecting', () => {
  it('by drag, Shift+click, Shift and Ctrl with arrows, Ctrl+A', async () => {
    await cell(1, 's0').hover()
    await page.mouse.down()
    await cell(4, 's3').hover()
    await page.mouse.up()
    expect(await range()).toEqual({ top: 1, left: 3, bottom: 4, right: 6 })
    await expect.poll(() => page.locator('.ag-cell.kh-inside').count()).toBe(16)
    await cell(6, 's1').click({ modifiers: ['Shift'] })
    expect(await range()).toEqual({ top: 1, left: 3, bottom: 6, right: 4 })
    await press('Shift+ArrowLeft', 'Shift+ArrowDown')
    expect(await range()).toEqual({ top: 1, left: 3, bottom: 7, right: 3 })
    await press('Control+Shift+End')
    expect(await range()).toMatchObject({ top: 1, bottom: 499 })
    await press('Control+a')
    expect(await range()).toEqual({ top: 0, left: 0, bottom: 499, right: 28 })
    await press('Control+Home')
    expect(await range()).toEqual({ top: 0, left: 0, bottom: 0, right: 0 })
  })

  it('scrolls when dragged past the edge, and stops when let go', async () => {
    await cell(15, 's1').hover()
    await page.mouse.down()
    await page.mouse.move(500, 765, { steps: 4 })
    await expect.poll(async () => ((await range()) as { bottom: number }).bottom).toBeGreaterThan(60)
    await page.mouse.up()
    const end = ((await range()) as { bottom: number }).bottom
    await page.mouse.move(500, 300)
    expect(((await range()) as { bottom: number }).bottom).toBe(end)
  })

  it('counts exactly', async () => {
    await page.evaluate(() => demo.sheet.goTo('p0', 's1'))
    await page.keyboard.type('0.1')
    await press('Enter')
    await page.keyboard.type('0.2')
    await press('Enter', 'ArrowUp', 'Shift+ArrowUp')
    await expect.poll(() => page.evaluate(() => demo.sheet.stats.value.sum)).toBe('0.3')
  })

  it('is one tab stop and no trap', async () => {
    await page.locator('a[href="#before"]').focus()
    await press('Tab')
    expect(await page.evaluate(() => document.activeElement!.className)).toBe('kh-editor')
    await press('ArrowDown', 'Escape', 'Tab')
    expect(await page.evaluate(() => document.activeElement!.getAttribute('href'))).toBe('#after')
    await press('Shift+Tab')
    expect(await page.evaluate(() => document.activeElement!.className)).toBe('kh-editor')
    expect(await range()).toMatchObject({ top: 1 })
  })
})

describe('several ranges', () => {
  const CTRL = { modifiers: ['Control' as const] }

  it('by Ctrl with click and drag, counted once where they overlap, and cleared as one action', async () => {
    await cell(1, 's1').click()
    await paste('1\t1\r\n1\t1\r\n')
    await page.keyboard.down('Control')
    await cell(2, 's2').hover()
    await page.mouse.down()
    await page.mouse.up()
    await page.keyboard.up('Control')
    expect(await ranges()).toHaveLength(2) // the cell was selected: it is left out
    await expect.poll(() => page.evaluate(() => demo.sheet.stats.value.cells)).toBe(3)
    await cell(2, 's2').click(CTRL)
    await cell(2, 's3').hover()
    await page.keyboard.down('Control')
    await page.mouse.down()
    await cell(1, 's2').hover()
    await page.mouse.up()
    await page.keyboard.up('Control')
    await expect.poll(() => page.evaluate(() => demo.sheet.stats.value.cells)).toBe(6)
    const before = await Promise.all(['s1', 's2', 's3'].map((field) => stored('p2', field)))
    await press('Delete')
    await quiet()
    expect(await Promise.all(['s1', 's2', 's3'].map((field) => stored('p2', field)))).toEqual([null, null, null])
    await press('Control+z')
    await quiet()
    expect(await Promise.all(['s1', 's2', 's3'].map((field) => stored('p2', field)))).toEqual(before)
  })

  it('are copied together where they share rows or columns, else refused in words', async () => {
    await cell(0, 'name').click()
    await cell(1, 'name').click({ modifiers: ['Shift'] })
    await cell(0, 'village').click(CTRL)
    await cell(1, 'village').click({ modifiers: ['Shift'] })
    expect(await copy('text/plain')).toBe('王伟\t第1村\r\n李伟伟\t第2村\r\n')
    await cell(5, 's5').click(CTRL)
    expect(await copy('text/plain')).toBe('')
    await expect.poll(() => page.locator('.kh-notice').innerText()).toContain('不能一起复制')
  })

  it('take one value into all, and no block', async () => {
    await cell(1, 's1').click()
    await cell(3, 's3').click(CTRL)
    await paste('2\r\n')
    await quiet()
    expect(await Promise.all([stored('p1', 's1'), stored('p3', 's3')])).toEqual(['2', '2'])
    await paste('1\t1\r\n')
    await quiet()
    expect(await stored('p1', 's1')).toBe('2')
    await expect.poll(() => page.locator('.kh-notice').innerText()).toContain('只能粘贴一个值')
    await page.keyboard.type('3')
    await press('Control+Enter', 'Enter')
    await quiet()
    expect(await Promise.all([stored('p1', 's1'), stored('p3', 's3')])).toEqual(['3', '3'])
  })
})

describe('whole rows and columns', () => {
  const number = (row: number) => page.locator(`[row-index="${row}"] .kh-row-number`)

  it('by the numbers of rows: click, drag, Shift, Ctrl; all by the corner', async () => {
    await number(2).click()
    expect(await range()).toEqual({ top: 2, left: 0, bottom: 2, right: 28 })
    await number(4).click({ modifiers: ['Shift'] })
    expect(await range()).toEqual({ top: 2, left: 0, bottom: 4, right: 28 })
    await number(6).hover()
    await page.mouse.down()
    await number(9).hover()
    await page.mouse.up()
    expect(await ranges()).toEqual([{ top: 6, left: 0, bottom: 9, right: 28 }])
    await number(1).click({ modifiers: ['Control'] })
    expect(await ranges()).toHaveLength(2)
    await header('#').click()
    expect(await range()).toEqual({ top: 0, left: 0, bottom: 499, right: 28 })
  })

  it('by the headers of columns, which do not sort; a button does', async () => {
    await cell(3, 's2').click()
    await header('s1').locator('.kh-header-title').click()
    expect(await range()).toEqual({ top: 0, left: 4, bottom: 499, right: 4 })
    expect(await text(0, 'name')).toBe('王伟')
    await header('s3').click({ modifiers: ['Shift'] })
    expect(await range()).toEqual({ top: 0, left: 4, bottom: 499, right: 6 })
    await page.keyboard.press('Shift+ArrowRight')
    expect(await range()).toEqual({ top: 0, left: 4, bottom: 499, right: 7 })
    await cell(0, 's0').waitFor() // and it has not scrolled away
    await header('s0').hover()
    await page.mouse.down()
    await header('s2').hover()
    await page.mouse.up()
    expect(await range()).toEqual({ top: 0, left: 3, bottom: 499, right: 5 })
    await header('s1').click()
    await sortBy('s1')
    await expect.poll(() => header('s1').getAttribute('aria-sort')).toBe('ascending')
    await press('Alt+ArrowUp')
    await expect.poll(() => header('s1').getAttribute('aria-sort')).toBe('descending')
  })

  it('by Shift+Space and Ctrl+Space, around the active cell', async () => {
    await cell(3, 's2').click()
    await press('Shift+ArrowDown', 'Shift+Space')
    expect(await range()).toEqual({ top: 3, left: 0, bottom: 4, right: 28 })
    await cell(3, 's2').click()
    await press('Control+Space')
    expect(await range()).toEqual({ top: 0, left: 5, bottom: 499, right: 5 })
    await page.keyboard.type('1')
    await press('Enter')
    await quiet()
    expect(await stored('p3', 's2')).toBe('1')
  })

  it('stay with their people when the rows are sorted', async () => {
    const people = async () => (await copy('text/plain')).split('\r\n').sort()
    await cell(3, 'name').click()
    await cell(5, 'name').click({ modifiers: ['Shift'] })
    const before = await people()
    await sortBy('s1')
    await expect.poll(async () => (await ranges()).length).toBeGreaterThan(1)
    expect(await people()).toEqual(before)
    await header('s1').locator('.kh-header-title').click()
    await sortBy('s1')
    expect(await ranges()).toEqual([{ top: 0, left: 4, bottom: 499, right: 4 }])
    expect(await page.locator('[row-index="0"] .kh-row-number').innerText()).toBe('1')
  })
})

describe('moving columns', () => {
  /** What headers say, from left to right as they are seen. */
  const seen = (selector: string, name: string) =>
    page
      .locator(selector)
      .evaluateAll(
        (cells, name) =>
          cells
            .toSorted((a, b) => a.getBoundingClientRect().left - b.getBoundingClientRect().left)
            .map((cell) => (name === '' ? cell.textContent.trim() : cell.getAttribute(name)!)),
        name,
      )
  const fields = () => seen('.ag-header-cell', 'col-id')
  const first = async (count: number) => (await fields()).slice(4, 4 + count).join(' ')
  /** Presses the header of a column, and lets go over another. */
  const lead = async (from: string, to: string) => {
    await header(from).hover()
    await page.mouse.down()
    await header(to).hover()
    const line = await page.locator('.kh-drop').count()
    await page.mouse.up()
    return line === 1
  }

  it('by dragging the header of a selected column, within its section', async () => {
    await header('s1').click()
    expect(await lead('s1', 's3')).toBe(true)
    expect(await first(5)).toBe('s0 s2 s3 s1 s4')
    expect(await range()).toEqual({ top: 0, left: 6, bottom: 499, right: 6 })
    expect(await page.locator('.kh-drop').count()).toBe(0)
    await expect.poll(() => page.locator('.kh-grid [role=status]').innerText()).toBe('“指标2”移到第 7 列')
    expect(await lead('s1', 's0')).toBe(true)
    expect(await first(5)).toBe('s1 s0 s2 s3 s4')

    // into another section, or over the edge of the frozen columns, it does not go
    expect(await lead('s1', 's7')).toBe(false)
    expect(await lead('s1', 'village')).toBe(false)
    await expect.poll(() => page.locator('.kh-notice').innerText()).toContain('不能移到那里')
    expect(await first(5)).toBe('s1 s0 s2 s3 s4')
    expect((await fields()).slice(0, 4)).toEqual(['#', 'name', 'town', 'village'])
    expect(await range()).toMatchObject({ left: 3, right: 3 })

    // a mere press on one of several selected columns selects it alone; the header of another still spans a selection
    await header('s2').click({ modifiers: ['Shift'] })
    await header('s0').click()
    expect(await range()).toMatchObject({ left: 4, right: 4 })
    expect(await lead('s2', 's4')).toBe(false)
    expect(await range()).toEqual({ top: 0, left: 5, bottom: 499, right: 7 })
    expect(await first(5)).toBe('s1 s0 s2 s3 s4')
    expect(await seriousFindings(page)).toEqual([])
  })

  it('by Alt+Shift with arrows: columns in a section, a section over another; copies go by what is displayed', async () => {
    await cell(0, 's0').click()
    await paste('1\t2\t3\r\n')
    await quiet()
    await header('s0').click()
    await header('s1').click({ modifiers: ['Shift'] })
    await press('Alt+Shift+ArrowRight')
    expect(await first(4)).toBe('s2 s0 s1 s3')
    expect(await range()).toMatchObject({ left: 4, right: 5 })
    await cell(0, 's2').click()
    await cell(0, 's1').click({ modifiers: ['Shift'] })
    expect(await copy('text/plain')).toBe('3\t1\t2\r\n')
    await expect.poll(() => page.evaluate(() => demo.sheet.stats.value.sum)).toBe('6')
    await cell(1, 's2').click()
    await paste('1\t1.5\t0.5\r\n')
    await quiet()
    expect(await Promise.all(['s2', 's0', 's1'].map((field) => stored('p1', field)))).toEqual(['1', '1.5', '0.5'])

    await header('s2').click()
    await header('s5').click({ modifiers: ['Shift'] })
    await press('Alt+Shift+ArrowRight')
    expect(await first(8)).toBe('s6 s7 s8 s9 s10 s11 s2 s0')
    await cell(0, 's11').waitFor()
    await expect.poll(async () => (await seen('.ag-header-group-cell', '')).filter(Boolean)[0]).toBe('业务能力')
    await press('Alt+Shift+ArrowLeft')
    expect(await first(4)).toBe('s2 s0 s1 s3')
    await press('Alt+Shift+ArrowLeft') // at the edge of the frozen columns
    await expect.poll(() => page.locator('.kh-notice').innerText()).toContain('不能移到那里')
    expect(await first(4)).toBe('s2 s0 s1 s3')
    expect(errors).toEqual([])
  })
})

describe('the clipboard', () => {
  it('gives text and a table, and takes a block back', async () => {
    await cell(0, 'name').click()
    await cell(1, 'name').click({ modifiers: ['Shift'] })
    expect(await copy('text/plain')).toBe('王伟\r\n李伟伟\r\n')
    expect(await copy('text/html')).toContain('mso-number-format')
    await cell(2, 's1').click()
    await paste('1\t2\t3\r\n1\t2\t3\r\n1\t2\t3\r\n')
    await quiet()
    expect(await range()).toEqual({ top: 2, left: 4, bottom: 4, right: 6 })
    expect(await Promise.all([stored('p2', 's1'), stored('p4', 's3')])).toEqual(['1', '3'])
    expect(await page.evaluate(() => demo.pasted.value)).toMatchObject({ skippedReadOnly: 0, outside: 0, invalid: [] })
  })

  it('works by the keys themselves', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await cell(0, 's1').click()
    await page.keyboard.type('4')
    await press('Enter', 'ArrowUp', 'Control+c', 'ArrowDown', 'Shift+ArrowDown', 'Control+v')
    await quiet()
    expect(await Promise.all([stored('p1', 's1'), stored('p2', 's1')])).toEqual(['4', '4'])
    await cell(0, 'name').click() // a read-only cell takes the keys too
    await press('Control+c')
    await cell(5, 'town').click()
    await press('Control+v')
    expect(await page.evaluate(() => demo.pasted.value)).toMatchObject({ written: 0, skippedReadOnly: 1 })
    await cell(0, 's1').click()
    await press('Control+x')
    await quiet()
    expect(await stored('p0', 's1')).toBeNull()
  })

  it('fills a range with one value, skips locked and read-only cells, and cuts at the edge', async () => {
    await cell(0, 's0').click()
    await cell(3, 's1').click({ modifiers: ['Shift'] })
    await paste('2\r\n')
    await quiet()
    expect(await Promise.all([stored('p0', 's0'), stored('p3', 's1')])).toEqual(['2', '2'])
    await page.evaluate(() => demo.sheet.goTo('p48', 'village'))
    await paste('甲\t1\r\n乙\t1\r\n丙\t1\r\n')
    expect(await page.evaluate(() => demo.pasted.value)).toMatchObject({ written: 2, skippedReadOnly: 3, skippedLocked: 1 })
    const skipped = await page.evaluate(() => demo.pasted.value!.skipped.map(({ field }) => field))
    expect(skipped.toSorted()).toEqual([...new Set(skipped)].toSorted()) // a column that takes nothing is named once
    await page.evaluate(() => demo.sheet.goTo('p499', 's23'))
    await paste('1\t记\t9\t9\r\n1\t记\t9\t9\r\n')
    expect(await page.evaluate(() => demo.pasted.value)).toMatchObject({ outside: 5, skippedReadOnly: 1 })
  })

  it('keeps what it cannot read, marked, and does not send it', async () => {
    await cell(0, 's1').click()
    await paste('缺\r\n１．５\r\n-3\r\n')
    await quiet()
    await expect.poll(() => Promise.all([text(0, 's1'), text(1, 's1'), text(2, 's1')])).toEqual(['缺', '1.5', '-3'])
    await expect.poll(() => cell(0, 's1').getAttribute('class')).toContain('kh-invalid')
    await expect.poll(() => cell(2, 's1').getAttribute('class')).toContain('kh-refused')
    expect(await page.evaluate(() => demo.sheet.problems.value.map(({ kind }) => kind).sort())).toEqual(['invalid', 'refused'])
    await page.keyboard.press('Control+z')
    await quiet()
    await expect.poll(() => page.evaluate(() => demo.sheet.problems.value.length)).toBe(0)
  })
})

describe('the clipboard of other programs', () => {
  it('is read as its cells', async () => {
    for (const { from, plain = '', html = '', cells } of PAYLOADS)
      expect(await page.evaluate(([plain, html]) => demo.readClipboard(plain!, html!), [plain, html]), from).toEqual(cells)
  })

  it('takes a table where there is no text', async () => {
    await cell(2, 's1').click()
    const covered = await stored('p2', 's2')
    expect(covered).not.toBeNull()
    await paste('', '<table><tr><td colspan=2>1<td>2<tr><td>3<td hidden>9<td>4<td>5</table>')
    await quiet()
    expect(await Promise.all(['s1', 's2', 's3'].map((field) => stored('p2', field)))).toEqual(['1', covered, '2'])
    expect(await Promise.all(['s1', 's2', 's3'].map((field) => stored('p3', field)))).toEqual(['3', '4', '5'])
  })

  it('turns rows into columns after Ctrl+Alt+V, once', async () => {
    await cell(2, 's1').click()
    await press('Control+Alt+v')
    await expect.poll(() => page.locator('.kh-notice').innerText()).toContain('行列互换')
    await paste('1\t2\r\n3\t4\r\n')
    await quiet()
    expect(await Promise.all([stored('p2', 's2'), stored('p3', 's1')])).toEqual(['3', '2'])
    await press('Control+Alt+v', 'Escape')
    await paste('1\t2\r\n3\t4\r\n')
    await quiet()
    expect(await Promise.all([stored('p2', 's2'), stored('p3', 's1')])).toEqual(['2', '3'])
  })
})

describe('a paste that leaves cells out, where the host asks first', () => {
  const block = (bad: number) =>
    Array.from({ length: 1000 }, (_, row) =>
      Array.from({ length: 21 }, (_, col) => (col === 5 && row < bad ? '缺' : '1')).join('\t'),
    ).join('\r\n')
  const before = async () => [
    await stored('p0', 's0'),
    await stored('p0', 's5'),
    await stored('p7', 's3'),
    await stored('p999', 's20'),
  ]
  const focused = () => page.evaluate(() => document.activeElement!.className)
  beforeEach(async () => {
    page = await open('rows=1100&asks')
    await page.evaluate(() => demo.locked.add('p7/s3').add('p8/s3'))
    await page.evaluate(() => demo.sheet.goTo('p0', 's0'))
  })

  it('says which and why, writes the rest by Enter, and takes it all back by one undo', async () => {
    const was = await before()
    await paste(block(3))
    const dialog = page.getByRole('dialog', { name: '粘贴前请确认' })
    expect(await dialog.locator('p').allInnerTexts()).toEqual([
      '写入 20995 格，自王伟起 1000 行',
      '跳过锁定 2 格',
      '3 格不合要求，不保存',
    ])
    expect(await dialog.getByRole('button').allInnerTexts()).toEqual(['写入 20995 格 Enter', '取消 Esc'])
    const listed = await dialog.locator('li').allInnerTexts()
    expect(listed).toHaveLength(5)
    expect(listed[0]).toBe('指标6，第 1 行，缺。 · “缺”不是分数')
    expect(listed[3]).toBe('指标4，第 8 行，1。 · 已锁定')
    expect(await seriousFindings(page)).toEqual([])
    expect(await before()).toEqual(was)
    await press('Enter')
    await expect.poll(() => dialog.count()).toBe(0)
    expect(await focused()).toBe('kh-editor')
    await quiet()
    expect(await before()).toEqual(['1', was[1], was[2], '1'])
    const { written, same, skippedLocked, invalid } = (await page.evaluate(() => demo.pasted.value))!
    expect({ sum: written + same, skippedLocked, invalid: invalid.length }).toEqual({ sum: 20_995, skippedLocked: 2, invalid: 3 })
    await press('Control+z')
    await quiet()
    expect(await before()).toEqual(was)
    expect(await page.evaluate(() => demo.sheet.problems.value.length)).toBe(0)
  })

  it('names the first cells the host will hardly take, and sends them for it to judge', async () => {
    await page.evaluate(() => demo.locked.clear())
    await paste(Array.from({ length: 20 }, (_, row) => (row % 2 ? '2' : row < 4 ? '缺' : '99')).join('\r\n'))
    const dialog = page.getByRole('dialog', { name: '粘贴前请确认' })
    expect(await dialog.locator('p').allInnerTexts()).toEqual(['写入 10 格，自王伟起 20 行', '10 格不合要求，不保存'])
    expect(await dialog.locator('li').allInnerTexts()).toEqual([
      '指标1，第 1 行，缺。 · “缺”不是分数',
      '指标1，第 3 行，缺。 · “缺”不是分数',
      ...[5, 7, 9].map((row) => `指标1，第 ${row} 行，99。 · 超过满分`),
    ])
    expect(await dialog.getByRole('button').allInnerTexts()).toEqual(['写入 10 格 Enter', '取消 Esc'])
    await press('Enter')
    await quiet()
    expect(await Promise.all([stored('p1', 's0'), stored('p4', 's0')])).toEqual(['2', '99'])
    await press('Control+z')
    await quiet()
    await paste('99\r\n98\r\n') // with nothing else to write there is nothing to ask
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  it('writes nothing after Escape, and does not ask when all can be written, or nothing', async () => {
    const was = await before()
    await paste(block(3))
    await page.getByRole('dialog').waitFor()
    await press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    expect(await focused()).toBe('kh-editor')
    expect(await before()).toEqual(was)
    await page.evaluate(() => demo.locked.clear())
    await paste(block(0))
    await quiet()
    expect(await before()).toEqual(['1', '1', '1', '1'])
    await cell(0, 'name').click()
    await paste('x\r\n')
    expect(await page.evaluate(() => demo.pasted.value)).toMatchObject({ written: 0, skippedReadOnly: 1 })
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
})

describe('filling', () => {
  /** The middle of the fill handle of the range. */
  const handle = async () => {
    const { bottom } = (await range()) as { bottom: number }
    await page.locator(`[row-index="${bottom}"] .kh-corner`).waitFor() // it is drawn in the next frame
    const box = (await page.locator('.ag-cell.kh-corner').boundingBox())!
    return [box.x + box.width - 4, box.y + box.height - 4] as const
  }
  const storedDown = (field: string, from: number, to: number) =>
    Promise.all(Array.from({ length: to - from + 1 }, (_, at) => stored(`p${from + at}`, field)))
  const drag = async (to: ReturnType<typeof cell>, key?: 'Control') => {
    await page.mouse.move(...(await handle()))
    await page.mouse.down()
    await to.hover()
    if (key) await page.keyboard.down(key)
    await page.mouse.up()
    if (key) await page.keyboard.up(key)
    await quiet()
  }

  it('drags the handle on in four directions, counting or with Ctrl copying, each one undo', async () => {
    await cell(4, 's2').click()
    await paste('1\t2\r\n1.1\t2\r\n')
    const before = await storedDown('s2', 6, 8)
    await drag(cell(8, 's3'))
    expect(await storedDown('s2', 6, 8)).toEqual(['1.2', '1.3', '1.4'])
    expect(await storedDown('s3', 6, 8)).toEqual(['2', '2', '2'])
    expect(await range()).toEqual({ top: 4, bottom: 8, left: 5, right: 6 })
    await press('Control+z')
    await quiet()
    expect(await storedDown('s2', 6, 8)).toEqual(before)

    await cell(4, 's2').click()
    await cell(5, 's2').click({ modifiers: ['Shift'] })
    await drag(cell(2, 's2'))
    expect(await storedDown('s2', 2, 3)).toEqual(['0.8', '0.9'])
    await cell(5, 's2').click()
    await drag(cell(5, 's4'))
    expect(await stored('p5', 's4')).toBe('1.1')
    await drag(cell(5, 's1'))
    expect(await stored('p5', 's1')).toBe('1.1')
    await cell(4, 's2').click()
    await cell(5, 's2').click({ modifiers: ['Shift'] })
    await drag(cell(7, 's2'), 'Control')
    expect(await storedDown('s2', 6, 7)).toEqual(['1', '1.1'])
  })

  it('fills down beside the data by a double click, and passes over locked rows', async () => {
    const locked = await stored('p49', 's0')
    await cell(0, 's0').click()
    await page.keyboard.type('2')
    await press('Enter', 'ArrowUp')
    await page.mouse.dblclick(...(await handle()))
    await quiet()
    expect(await Promise.all(['p1', 'p48', 'p49', 'p499'].map((row) => stored(row, 's0')))).toEqual(['2', '2', locked, '2'])
    expect(await page.evaluate(() => demo.pasted.value)).toMatchObject({ skippedLocked: 5 })
    expect(await page.locator('.kh-editor[data-open]').count()).toBe(0)
  })

  it('copies by Ctrl+D and Ctrl+R, from the neighbour where nothing else is selected', async () => {
    await cell(1, 's1').click()
    await paste('1\t2\r\n')
    await press('Shift+ArrowDown', 'Shift+ArrowDown', 'Control+d')
    await quiet()
    expect(await Promise.all([storedDown('s1', 1, 3), storedDown('s2', 1, 3)])).toEqual([
      ['1', '1', '1'],
      ['2', '2', '2'],
    ])
    await cell(4, 's2').click()
    await press('Control+d', 'ArrowRight', 'Control+r')
    await quiet()
    expect(await Promise.all([stored('p4', 's2'), stored('p4', 's3')])).toEqual(['2', '2'])
  })

  it('writes what is typed into the whole range by Ctrl+Enter', async () => {
    await cell(1, 's1').click()
    await cell(2, 's2').click({ modifiers: ['Shift'] })
    await page.keyboard.type('3')
    await press('Control+Enter')
    await quiet()
    expect(await Promise.all([storedDown('s1', 1, 2), storedDown('s2', 1, 2)])).toEqual([
      ['3', '3'],
      ['3', '3'],
    ])
  })
})

describe('columns of every type', () => {
  const storedIn = (field: string, ...rows: number[]) => Promise.all(rows.map((row) => stored(`p${row}`, field)))
  const hint = () => page.locator('.kh-hint').textContent()
  const names = async (count: number) => {
    const all = Array.from({ length: count }, (_, row) => text(row, 'name'))
    return (await Promise.all(all)).join(' ')
  }
  beforeEach(async () => {
    page = await open('rows=500&types&asks')
  })

  it('are typed as people write them, and say what is wrong while one types', async () => {
    await cell(0, 'joined').click()
    await page.keyboard.type('2026/3')
    expect(await hint()).toContain('2026-03-05')
    await page.keyboard.type('/5')
    expect(await hint()).toBe('')
    await press('Tab')
    await page.keyboard.type('12.5%')
    await press('Tab')
    await page.keyboard.type('称')
    expect(await hint()).toBe('')
    await press('Tab')
    await page.keyboard.type('√')
    await press('Tab')
    await page.keyboard.type('一二三四五六七八九十一二三')
    expect(await hint()).toBe('最多 12 个字')
    await press('Backspace')
    expect(await hint()).toBe('')
    await press('Alt+Enter', 'Backspace', 'Enter')
    await quiet()
    const fields = ['joined', 'rate', 'level', 'whole', 'remark']
    expect(await Promise.all(fields.map((field) => stored('p0', field)))).toEqual([
      '2026-03-05',
      '12.5',
      'level2',
      'yes',
      '一二三四五六七八九十一二',
    ])
    const shownNow = () => Promise.all(fields.map((field) => text(0, field)))
    await expect.poll(shownNow).toEqual(['2026-03-05', '12.5%', '称职', '是', '一二三四五六七八九十一二'])
    await cell(1, 'level').click()
    await page.keyboard.type('很好')
    expect(await hint()).toBe('请填：优秀、称职、基本称职、不称职')
    expect(await seriousFindings(page)).toEqual([])
    await press('Enter')
    await expect.poll(() => cell(1, 'level').getAttribute('class')).toContain('kh-invalid')
    expect(await stored('p1', 'level')).toBeNull()
  })

  it('take today by Ctrl+; in dates and texts, and nowhere else', async () => {
    const today = await page.evaluate(() => {
      const now = new Date()
      return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
    })
    await cell(0, 'joined').click()
    await press('Control+;')
    await quiet()
    expect(await stored('p0', 'joined')).toBe(today)
    await press('Control+z')
    await quiet()
    expect(await stored('p0', 'joined')).toBeNull()
    await cell(0, 'remark').click()
    await page.keyboard.type('于')
    await press('Control+;', 'Enter')
    await quiet()
    expect(await stored('p0', 'remark')).toBe(`于${today}`)
    const before = await stored('p0', 's0')
    await cell(0, 's0').click()
    await press('Control+;')
    await quiet()
    expect(await stored('p0', 's0')).toBe(before)
    expect(await page.locator('.kh-editor[data-open]').count()).toBe(0)
    await cell(0, 'name').click()
    await press('Control+;')
    expect(await text(0, 'name')).toBe('王伟')
  })

  it('are pasted and copied as a spreadsheet has them, bad ones named first', async () => {
    await cell(0, 'joined').click()
    await paste('2026/1/31 0:00\t5%\t优秀\t是\t甲\r\n2026年2月30日\t半\t最好\t也许\t乙\r\n20260305\t12.50%\t不\t否\t丙\r\n')
    const dialog = page.getByRole('dialog', { name: '粘贴前请确认' })
    expect(await dialog.locator('li').allInnerTexts()).toEqual([
      expect.stringContaining('到岗，第 2 行，2026年2月30日。 · 日期请写成'),
      '完成率，第 2 行，半。 · 请填百分数，例如 12.5%。',
      '等次，第 2 行，最好。 · 请填：优秀、称职、基本称职、不称职',
      '专职，第 2 行，也许。 · 请填“是”或“否”。',
    ])
    await press('Enter')
    await quiet()
    expect(await storedIn('joined', 0, 1, 2)).toEqual(['2026-01-31', null, '2026-03-05'])
    expect(await storedIn('level', 0, 1, 2)).toEqual(['level1', null, 'level4'])
    await cell(2, 'joined').click()
    await cell(2, 'remark').click({ modifiers: ['Shift'] })
    expect(await copy('text/plain')).toBe('2026-03-05\t12.5%\t不称职\t否\t丙\r\n')
    expect(await copy('text/html')).toContain('<td>2026-03-05</td><td>12.5%</td><td style')
    await cell(4, 'joined').click()
    await paste(await page.evaluate(() => '2026-03-05\t12.5%\t不称职\t否\t丙\r\n')) // what was copied is read again
    await quiet()
    expect(await Promise.all(['joined', 'rate', 'level', 'whole'].map((field) => stored('p4', field)))).toEqual([
      '2026-03-05',
      '12.5',
      'level4',
      'no',
    ])
  })

  it('fill on: dates by day, or by month on one day of it; choices stay', async () => {
    const fillFrom = async (field: string, rows: string[], to: number) => {
      await cell(0, field).click()
      await paste(`${rows.join('\r\n')}\r\n`)
      await page.locator(`[row-index="${rows.length - 1}"] .kh-corner`).waitFor()
      const box = (await page.locator('.ag-cell.kh-corner').boundingBox())!
      await page.mouse.move(box.x + box.width - 4, box.y + box.height - 4)
      await page.mouse.down()
      await cell(to, field).hover()
      await page.mouse.up()
      await quiet()
    }
    await fillFrom('joined', ['2026-02-27'], 2)
    expect(await storedIn('joined', 1, 2)).toEqual(['2026-02-28', '2026-03-01'])
    await fillFrom('joined', ['2026-01-31', '2026-03-31'], 4)
    expect(await storedIn('joined', 2, 3, 4)).toEqual(['2026-05-31', '2026-07-31', '2026-09-30'])
    await fillFrom('level', ['称职'], 3)
    expect(await storedIn('level', 1, 2, 3)).toEqual(['level2', 'level2', 'level2'])
    await fillFrom('level', ['优秀', '称职'], 3)
    expect(await storedIn('level', 2, 3)).toEqual(['level1', 'level2'])
    await fillFrom('rate', ['10%', '20%'], 3)
    expect(await storedIn('rate', 2, 3)).toEqual(['30', '40'])
    await expect.poll(() => page.evaluate(() => demo.sheet.stats.value.sum)).toBe('100')
  })

  it('are sorted as what they are, and filtered by it', async () => {
    await cell(0, 'joined').click()
    await paste('2026-10-01\t9%\t不称职\r\n2026-09-30\t10%\t优秀\r\n2025-12-31\t100%\t基本称职\r\n')
    await quiet()
    const [one, two, three] = await Promise.all([0, 1, 2].map((row) => text(row, 'name')))
    const sorted = async (field: string, first: string[]) => {
      await sortBy(field)
      await sortBy(field) // downwards: the empty ones last
      await expect.poll(() => names(3)).toBe(first.join(' '))
    }
    await sorted('joined', [one!, two!, three!])
    await sorted('rate', [three!, two!, one!])
    await sorted('level', [one!, three!, two!])

    await header('level').hover()
    await header('level').locator('.ag-header-cell-filter-button').click()
    await page.locator('.ag-filter input[type=text]').first().fill('称职')
    await expect.poll(() => page.locator('.ag-row .kh-row-number').count()).toBe(2)
    await press('Escape')
    await cell(0, 'joined').click()
    await press('Alt+ArrowDown')
    const day = page.locator('.ag-filter input[type=date]').first()
    await day.waitFor()
    await page.waitForTimeout(1000) // a filter opened by key stays open
    await day.fill('2026-10-01')
    await expect.poll(() => names(1)).toBe(one)
    await press('Escape') // and the keyboard is the grid's again
    await expect.poll(() => page.evaluate(() => document.activeElement!.className)).toBe('kh-editor')
    expect(await page.locator('.ag-row .kh-row-number').count()).toBe(1)
    expect(errors).toEqual([])
  })
})

describe('with a server and colleagues', () => {
  it('undo after sorting hits the same person', async () => {
    const before = await stored('p3', 's1')
    await cell(3, 's1').click()
    await page.keyboard.type('5')
    await press('Enter')
    await sortBy('s1')
    await sortBy('s1')
    await cell(0, 's2').click()
    await press('Control+z')
    await quiet()
    expect(await stored('p3', 's1')).toBe(before)
    expect(await shown('p3', 's1')).toBe(before)
    await press('Control+y')
    await quiet()
    expect(await stored('p3', 's1')).toBe('5')
  })

  it('shows a conflict with both values and lets one choose', async () => {
    await page.evaluate(() => demo.server.write('p1', 's1', '0.5'))
    await cell(1, 's1').click()
    await page.keyboard.type('3')
    await press('Enter')
    await quiet()
    await expect.poll(() => cell(1, 's1').getAttribute('class')).toContain('kh-conflict')
    expect(await text(1, 's1')).toBe('0.5')
    await cell(4, 's2').hover()
    await cell(1, 's1').hover()
    await expect.poll(() => page.locator('.kh-tip').innerText()).toContain('您填的是 3')
    await page.evaluate(() => demo.sheet.keepMine({ row: 'p1', field: 's1' }))
    await quiet()
    expect(await stored('p1', 's1')).toBe('3')
  })

  it('waits while the network is away, and sends everything in order when it is back', async () => {
    await page.evaluate(() => (demo.network.down = true))
    await cell(0, 's1').click()
    await page.keyboard.type('4.5')
    await press('Enter')
    await page.keyboard.type('4')
    await press('Enter')
    await expect.poll(() => cell(0, 's1').getAttribute('class')).toContain('kh-waiting')
    expect(await page.evaluate(() => demo.sheet.unsaved.value)).toBe(2)
    await page.evaluate(() => (demo.network.down = false))
    await quiet()
    expect(await Promise.all([stored('p0', 's1'), stored('p1', 's1')])).toEqual(['4.5', '4'])
    await expect.poll(() => cell(0, 's1').getAttribute('class')).toContain('kh-saved')
  })

  it("others' changes leave an open editor alone", async () => {
    await cell(2, 's1').click()
    await page.keyboard.type('3')
    await page.evaluate(() => demo.sheet.landRemote([{ id: 'p2', values: { s1: '0', s2: '0' } }], '李会计'))
    await expect.poll(() => cell(2, 's2').getAttribute('class')).toContain('kh-changed')
    expect(await page.locator('.kh-editor[data-open]').inputValue()).toBe('3')
    await press('Escape')
    await expect.poll(() => text(2, 's1')).toBe('0')
    expect(errors).toEqual([])
  })
})
