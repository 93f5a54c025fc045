import { chromium, type Browser, type BrowserContext, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { openCounty, type County } from '../county.ts'
import { enterAs, toPage } from './assessor.ts'
import { seriousFindings } from './axe.ts'

let county: County
let browser: Browser
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  county = await openCounty()
  const bureau = await county.signIn('county')
  // The latest cycle is the one on the screen.
  const { errors } = await bureau.ask(
    'mutation { openCycle(input: { year: 2027, policy: "shandong-1" }, key: "browser-ratings") { cycle } }',
  )
  expect(errors).toBeUndefined()
  browser = await chromium.launch(inject('launch'))
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})
beforeEach(async () => {
  complaints = []
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
})
afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
})

const line = (no: number) => page.locator('table.lines tbody tr').nth(no)

describe('an assessor', () => {
  let code: string
  it('asks clients by slip and a leader by account, and sees who is awaited', async () => {
    await enterAs(county, 'town', page)
    await page.getByRole('navigation').getByRole('link', { name: '评议', exact: true }).click()
    await line(0).locator('.el-checkbox').click()
    await page.getByRole('button', { name: '请人评议' }).click()
    await page.getByRole('textbox', { name: '没有账号的人：姓名或票号，每行一个' }).fill('票1\n票2')
    expect(await seriousFindings(page, 'invite')).toEqual([])
    await page.getByRole('button', { name: '发出邀请' }).click()
    const slips = page.getByRole('dialog', { name: '票码' })
    await slips.locator('li').nth(1).waitFor()
    code = await slips.locator('code').first().innerText()
    expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/)
    expect(await seriousFindings(page, 'slips')).toEqual([])
    await slips.getByRole('button', { name: '关闭' }).click()
    await expect.poll(() => line(0).innerText()).toContain('未评：票1、票2')

    await page.getByText('领导', { exact: true }).click()
    await line(0).locator('.el-checkbox').click()
    await page.getByRole('button', { name: '请人评议' }).click()
    await page.getByRole('textbox', { name: '登录名，每行一个' }).fill('panel')
    await page.getByRole('button', { name: '发出邀请' }).click()
    await expect.poll(() => line(0).innerText()).toContain('未评：云舒静')
    await page.locator('.el-message').first().waitFor({ state: 'detached' })
    expect(await seriousFindings(page, 'ratings')).toEqual([])
  })

  it('gets a ballot from somebody who has no account, once', async () => {
    await page.goto(`${county.origin}/vote`)
    await page.getByRole('textbox', { name: '票码' }).fill(code)
    await page.keyboard.press('Enter')
    await page.getByText('以“服务对象”评议').waitFor()
    for (const [at, mark] of ['90', '85', '88', '80'].entries()) {
      await page.locator('.marks input').nth(at).focus()
      await page.keyboard.type(mark)
    }
    expect(await seriousFindings(page, 'vote')).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('已投出，谢谢。').waitFor()
    await page.getByRole('button', { name: '换一张票' }).click()
    await page.getByRole('textbox', { name: '票码' }).fill(code)
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText('这张票已经投过。').waitFor()
    // EX-38: 90, 85, 88 and 80 weigh 18 + 17 + 35.2 + 16.
    const { rows } = await county.app.database.pool.query(
      `select total::text from sheet s join cycle c on c.id = s.cycle_id where c.year = 2027 and total > 0`,
    )
    expect(rows.map(({ total }: { total: string }) => Number(total))).toEqual([86.2])
  })

  it('gets the leader’s from my ballots, and a missing group goes on record', async () => {
    await enterAs(county, 'panel', page)
    await page.getByRole('navigation').getByRole('link', { name: '评议', exact: true }).click()
    await page.getByRole('tab', { name: '请我评的票' }).click()
    for (const at of [0, 1, 2, 3]) await page.locator('.marks input').nth(at).fill('100')
    await page.getByRole('button', { name: '投票' }).click()
    await page.getByText('已投', { exact: true }).waitFor()
    await context.clearCookies()
    await enterAs(county, 'town', page)
    await page.getByRole('navigation').getByRole('link', { name: '评议', exact: true }).click()
    await page.getByText('同事互评', { exact: true }).click()
    await line(1).locator('.el-checkbox').click()
    await page.getByRole('button', { name: '记缺' }).click()
    await page.locator('.el-message-box textarea').fill('只有一名工作人员')
    await page.locator('.el-message-box').getByRole('button', { name: '记缺' }).click()
    await expect.poll(() => line(1).innerText()).toContain('记缺：只有一名工作人员')
  })
})

describe('a relative', () => {
  it('is declared by name, and from then on the sheet is locked', async () => {
    const { rows } = await county.app.database.pool.query<{ name: string }>(
      `select c.name from sheet s join coordinator c on c.id = s.coordinator_id join cycle y on y.id = s.cycle_id
        join unit t on t.id = s.town_id where y.year = 2027 order by s.line limit 1 offset 3`,
    )
    await enterAs(county, 'town2', page)
    await toPage(page, '回避')
    await page.getByRole('combobox', { name: '协理员姓名' }).fill(rows[0]!.name)
    await page.locator('.el-select-dropdown__item', { hasText: rows[0]!.name }).first().click()
    await page.getByRole('textbox', { name: '关系，如配偶、父子、姻亲' }).fill('配偶')
    await page.getByRole('button', { name: '申报回避' }).click()
    await expect.poll(() => page.locator('table.lines').innerText()).toContain(rows[0]!.name)
    await page.locator('.el-message').waitFor({ state: 'detached' })
    expect(await seriousFindings(page, 'recusal')).toEqual([])
    await page.getByRole('navigation').getByRole('link', { name: '办理', exact: true }).click()
    await page.getByText('其中有本人或亲属，须由别人签字').waitFor()
  })
})
