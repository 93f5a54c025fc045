import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openEmpty, type Opened } from '../county.ts'
import { seriousFindings } from './axe.ts'

/** A real county from an empty database to its first accounts, by keyboard. */
let county: Opened
let browser: Browser
let page: Page

beforeAll(async () => {
  county = await openEmpty()
  browser = await chromium.launch(inject('launch'))
  page = await comeIn()
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
const passwords = { security: 'yun-ze shou quan', system: 'yun-ze zhang hao' }
const path = () => new URL(page.url()).pathname
const focused = () => page.evaluate(() => document.activeElement?.id)
/** Types into the fields of a form, one after another, as Tab leads through them. */
async function type(...texts: string[]): Promise<void> {
  for (const text of texts) {
    if (text !== '') await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
}

it('whoever comes to an empty database is led to the set-up, and no wrong code opens it', async () => {
  await page.getByRole('heading', { name: '首次设置' }).waitFor()
  expect(path()).toBe('/setup')
  expect(await seriousFindings(page, 'set-up code')).toEqual([])
  await page.getByLabel('设置码').focus()
  await type('aaaa-bbbb-cccc-dddd', '990166', '云泽县')
  await page.keyboard.press('Enter')
  await page.getByText('设置码不对').waitFor()
  expect(await focused()).toBe('setUp')
  expect(await seriousFindings(page, 'a wrong code')).toEqual([])
})

it('what is wrong with the county is said at its field', async () => {
  await page.keyboard.press('Control+a')
  await type(county.app.setUpCode!)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('9901')
  await page.keyboard.press('Enter')
  await page.getByText('六位数字').waitFor()
  expect(await focused()).toBe('code')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('990166')
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('security')
})

it('each administrator gets a password of their own, by the rules', async () => {
  expect(await seriousFindings(page, 'passwords')).toEqual([])
  const fields = page.locator('fieldset input')
  const fill = async (...texts: string[]) => {
    for (const [at, text] of texts.entries()) await fields.nth(at).fill(text)
    await page.keyboard.press('Enter')
  }
  await fill(passwords.security, passwords.security, passwords.system, 'another')
  await page.getByText('两次输入的新密码不一样').waitFor()
  expect(await focused()).toBe('system-again')
  await fill('1234567890', '1234567890', passwords.system, passwords.system)
  await page.getByText('这个密码太常见').waitFor()
  expect(await focused()).toBe('security')
  await fill(passwords.security, passwords.security, passwords.security, passwords.security)
  await page.getByText('两位管理员的密码不能相同，请换一个').waitFor()
  expect(await focused()).toBe('system')
  expect(await seriousFindings(page, 'a password that both have')).toEqual([])
  await fill(passwords.security, passwords.security, passwords.system, passwords.system)
  await page.getByText('云泽县已建立').waitFor()
  expect(await seriousFindings(page, 'founded')).toEqual([])
  await page.keyboard.press('Enter')
  await expect.poll(path).toBe('/sign-in')
})

it('the set-up is over for everybody, and the administrators sign in', async () => {
  await page.goto(`${county.origin}/setup`)
  await page.getByLabel('账号').fill('system')
  await page.getByLabel('密码', { exact: true }).fill(passwords.system)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '账号与授权' }).waitFor()
  await page.goto(`${county.origin}/setup`)
  await page.getByRole('heading', { name: '账号与授权' }).waitFor()
})
