import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { codeOf, stepAt } from '../../server/src/base/totp.ts'
import { openCounty, type County } from '../county.ts'
import { seriousFindings } from './axe.ts'

let county: County
let browser: Browser
let system: Page
let security: Page
let newcomer: Page

beforeAll(async () => {
  county = await openCounty()
  browser = await chromium.launch(inject('launch'))
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})

/** A browser of its own: no cookie of another's. */
async function comeIn(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(county.origin)
  return page
}
async function signInAs(page: Page, login: string, password = 'kaohe-demo'): Promise<void> {
  await page.getByRole('textbox', { name: '账号', exact: true }).fill(login)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}
const row = (page: Page, login: string) => page.locator(`tr[data-login="${login}"]`)
const links = (page: Page) => page.getByRole('navigation', { name: '主菜单' }).getByRole('link').allInnerTexts()
const growOld = () => county.app.database.pool.query(`update session set confirmed_at = now() - interval '11 minutes'`)
async function confirmIn(page: Page, password = 'kaohe-demo'): Promise<void> {
  const dialog = page.getByRole('dialog', { name: '请确认是你本人' })
  await dialog.getByLabel('密码').fill(password)
  await page.keyboard.press('Enter')
}
let password: string

it('the system administrator lands on the accounts, sees no assessment, and makes an account whose password is shown once', async () => {
  system = await comeIn()
  await signInAs(system, 'system')
  await row(system, 'town').waitFor()
  expect(new URL(system.url()).pathname).toBe('/accounts')
  expect(await links(system)).toEqual(['账号与授权', '名册', '考核办法'])
  expect(await row(system, 'town').getByRole('button', { name: '授权' }).count()).toBe(0)
  expect(await seriousFindings(system, 'accounts')).toEqual([])
  await system.getByRole('button', { name: '新建账号' }).click()
  await system.getByRole('dialog').getByLabel('账号').fill('wei.lan')
  await system.getByRole('dialog').getByLabel('姓名').fill('魏岚')
  await system.keyboard.press('Enter')
  const given = system.getByRole('dialog', { name: 'wei.lan 的一次性密码' })
  password = await given.locator('code').innerText()
  expect(password).toMatch(/^\w{4}(-\w{4}){3}$/)
  await given.getByRole('button', { name: '已告诉本人' }).click()
  await expect.poll(() => row(system, 'wei.lan').innerText()).toContain('未换一次性密码')
})

it('what is typed at an address of another’s page leads to one’s own', async () => {
  await system.goto(`${county.origin}/scores`)
  await row(system, 'town').waitFor()
  expect(new URL(system.url()).pathname).toBe('/accounts')
})

it('the security administrator grants a role by keyboard, after giving the password again, and loses nothing typed', async () => {
  security = await comeIn()
  await signInAs(security, 'security')
  await row(security, 'wei.lan').getByRole('button', { name: '授权' }).click()
  const dialog = security.getByRole('dialog', { name: '给 魏岚（wei.lan）授权' })
  await dialog.getByRole('combobox', { name: '单位' }).fill('砚溪')
  await security.getByRole('option', { name: '砚溪镇' }).click()
  await dialog.getByLabel('截止日').fill('2099-12-31')
  expect(await seriousFindings(security, 'granting')).toEqual([])
  await growOld()
  await dialog.getByRole('button', { name: '授权' }).click()
  const confirming = security.getByRole('dialog', { name: '请确认是你本人' })
  await confirming.waitFor()
  expect(await seriousFindings(security, 'confirming')).toEqual([])
  await confirmIn(security, 'wrong')
  await expect.poll(() => confirming.innerText()).toContain('密码或验证码不对')
  await confirmIn(security)
  await expect.poll(() => row(security, 'wei.lan').innerText()).toMatch(/砚溪镇 镇考核员.*到 2099-12-31/)
  await expect.poll(() => security.getByRole('dialog').count()).toBe(0)
})

it('who does not confirm has done nothing', async () => {
  await growOld()
  await row(security, 'town2').getByRole('button', { name: '收回' }).click()
  await security.getByRole('dialog', { name: '收回' }).getByRole('button', { name: '收回' }).click()
  await security.getByRole('dialog', { name: '请确认是你本人' }).waitFor()
  await security.keyboard.press('Escape')
  await security.locator('.el-message').getByText('请再输入一次密码').waitFor()
  expect(await row(security, 'town2').innerText()).toContain('镇考核员')
})

it('the newcomer replaces the one-time password, mistakes and all, and is in', async () => {
  newcomer = await comeIn()
  await signInAs(newcomer, 'wei.lan', password)
  const chosen = newcomer.getByLabel('新密码', { exact: true })
  await chosen.fill('1234567890')
  await newcomer.getByLabel('再输入一次新密码').fill('1234567891')
  await newcomer.keyboard.press('Enter')
  await newcomer.getByText('两次输入的新密码不一样').waitFor()
  await newcomer.getByLabel('再输入一次新密码').fill('1234567890')
  await newcomer.keyboard.press('Enter')
  await newcomer.getByText('这个密码太常见').waitFor()
  expect(await seriousFindings(newcomer, 'new password')).toEqual([])
  await chosen.fill('yan-xi-zhen-8')
  await newcomer.getByLabel('再输入一次新密码').fill('yan-xi-zhen-8')
  await newcomer.keyboard.press('Enter')
  await newcomer.getByRole('link', { name: '评分表' }).waitFor()
})

it('one’s own account: a password of one’s own, a second factor, and the sessions', async () => {
  await newcomer.getByRole('link', { name: /魏岚/ }).click()
  await newcomer.getByRole('heading', { name: '登录中的浏览器' }).waitFor()
  expect(await seriousFindings(newcomer, 'own account')).toEqual([])
  await newcomer.getByLabel('现在的密码').fill('yan-xi-zhen-8')
  await newcomer.getByLabel('新密码', { exact: true }).fill('yan-xi-zhen-9')
  await newcomer.getByLabel('再输入一次新密码').fill('yan-xi-zhen-9')
  await newcomer.keyboard.press('Enter')
  await newcomer.getByText('密码已改').waitFor()

  await newcomer.getByRole('button', { name: '打开…' }).click()
  const secret = (await newcomer.locator('.secret').innerText()).replaceAll(' ', '')
  expect(await seriousFindings(newcomer, 'second factor')).toEqual([])
  await newcomer.getByLabel('验证码').fill(codeNow(secret))
  await newcomer.keyboard.press('Enter')
  const codes = newcomer.getByRole('region', { name: '恢复码' }).locator('code')
  await expect.poll(() => codes.count()).toBe(8)
  const [spare] = await codes.allInnerTexts()
  await newcomer.getByRole('button', { name: '已抄下，继续' }).click()
  await newcomer.getByText('已开，还剩 8 个恢复码').waitFor()

  const elsewhere = await comeIn()
  await signInAs(elsewhere, 'wei.lan', 'yan-xi-zhen-9')
  await elsewhere.getByLabel('验证码').fill(spare!)
  await elsewhere.keyboard.press('Enter')
  await elsewhere.getByRole('link', { name: '评分表' }).waitFor()
  await newcomer.reload()
  await newcomer.getByRole('button', { name: '结束' }).click()
  await expect.poll(() => newcomer.getByRole('button', { name: '结束' }).count()).toBe(0)
  await elsewhere.getByRole('link', { name: '村级排名' }).click()
  await elsewhere.getByRole('dialog', { name: '登录' }).waitFor()
  await elsewhere.close()
})

it('tokens of one’s own: one is made and shown once, listed, and ended', async () => {
  await newcomer.goto(`${county.origin}/account`)
  const tokens = newcomer.getByRole('region', { name: '程序令牌' })
  expect(await seriousFindings(newcomer, 'tokens')).toEqual([])
  await tokens.getByRole('textbox', { name: '用途' }).fill('月报程序')
  await tokens.getByText('自拟查询', { exact: true }).click()
  await tokens.getByRole('button', { name: '建令牌' }).click()
  await expect.poll(() => tokens.locator('code').innerText()).toMatch(/^\S{40,}$/)
  await tokens.getByRole('row', { name: /月报程序/ }).waitFor()
  expect(await seriousFindings(newcomer, 'a new token')).toEqual([])
  await tokens.getByRole('button', { name: '作废 月报程序' }).click()
  await tokens.getByText('已作废').waitFor()
  expect(await seriousFindings(newcomer, 'a token that has ended')).toEqual([])
})

it('an account that is closed while its holder works has to sign in again, and cannot', async () => {
  await system.reload()
  await row(system, 'wei.lan').getByRole('button', { name: '停用' }).click()
  const meant = system.getByRole('dialog', { name: '停用' })
  expect(await seriousFindings(system, 'closing')).toEqual([])
  await meant.getByRole('button', { name: '停用' }).click()
  await confirmIn(system)
  await expect.poll(() => row(system, 'wei.lan').innerText()).toContain('已停用')
  await newcomer.getByRole('link', { name: '村级排名' }).click()
  await newcomer.getByRole('dialog', { name: '登录' }).waitFor()
})

it('pages in English say it all in English', async () => {
  await system.getByRole('button', { name: 'English' }).click()
  await system.getByRole('heading', { name: 'Accounts and roles' }).waitFor()
  expect(
    await system
      .locator('h1, .bar, th')
      .allInnerTexts()
      .then((texts) => texts.join(' ')),
  ).not.toMatch(/[\u4e00-\u9fff]/)
})

function codeNow(secret: string): string {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const bytes = Buffer.from(bits.match(/.{8}/g)!.map((eight) => parseInt(eight, 2)))
  return codeOf(bytes, stepAt(new Date()))
}
