import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { unitsWhere } from '../api/sheets.ts'
import { completeScores, moveSheets } from '../api/year.ts'
import { openCounty, type County } from '../county.ts'
import { seriousFindings } from './axe.ts'

let county: County
let browser: Browser
let page: Page
let receiver: Server
let url: string
let heard = 0
let answer = 503

beforeAll(async () => {
  receiver = createServer((request, response) => {
    heard++
    request.resume()
    response.writeHead(answer).end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => receiver.once('listening', resolve))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/told`
  county = await openCounty({ env: { KAOHE_WEBHOOK_LOCAL: 'on', KAOHE_WEBHOOK_SECONDS: '1' } })
  browser = await chromium.launch(inject('launch'))
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(county.origin)
  await page.getByRole('textbox', { name: '账号', exact: true }).fill('county')
  await page.getByLabel('密码', { exact: true }).fill('kaohe-demo')
  await page.keyboard.press('Enter')
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
  receiver?.close()
})
const card = () => page.getByRole('region', { name: url })
const reload = () => page.getByRole('button', { name: '刷新' }).click()

it('the bureau adds an address by keyboard, and its secret is shown once', async () => {
  await page.getByRole('button', { name: /更多/ }).click()
  await page.getByRole('menuitem', { name: '通知地址' }).click()
  await page.getByText('还没有通知地址').waitFor()
  expect(await seriousFindings(page, 'webhooks: none')).toEqual([])
  await page.getByRole('button', { name: '添加地址' }).click()
  const dialog = page.getByRole('dialog', { name: '添加地址' })
  await dialog.getByLabel('网址').fill('ftp://x.example/')
  await page.keyboard.press('Enter')
  await dialog.getByText('通知地址应为').waitFor()
  expect(await seriousFindings(page, 'webhooks: adding')).toEqual([])
  await dialog.getByLabel('网址').fill(url)
  await dialog.getByText('公示', { exact: true }).click()
  await dialog.getByLabel('网址').focus()
  await page.keyboard.press('Enter')
  const given = page.getByRole('dialog', { name: '签名密钥' })
  expect(await given.locator('code').innerText()).toMatch(/^[\w-]{43}$/)
  expect(await seriousFindings(page, 'webhooks: secret')).toEqual([])
  await given.getByRole('button', { name: '已抄下' }).click()
  await card().getByText('还没有要通知的事').waitFor()
  expect(await card().locator('.el-tag').allInnerTexts()).toEqual(['上报或退回', '裁定和审定', '备案'])
})

it('what was not taken is seen waiting, and sent again from there', async () => {
  const [own] = await unitsWhere(county, `kind = 'town'`)
  const town = await county.signIn('town')
  await completeScores(town, county.cycle, own!.id)
  await moveSheets(town, { cycle: county.cycle, unit: own!.id, stage: 'scoring' })
  await expect.poll(async () => (await reload(), card().innerText())).toMatch(/上报或退回\s.*\s等待.*503/s)
  expect(await card().innerText()).toContain('1 件等待送达')
  expect(await seriousFindings(page, 'webhooks: waiting')).toEqual([])
  answer = 204
  await card()
    .getByRole('button', { name: /从此重送：第 \d+ 件/ })
    .click()
  await page
    .locator('.el-message')
    .getByText(/其中 1 件是送过的/)
    .waitFor()
  await expect.poll(async () => (await reload(), card().innerText())).toMatch(/已送达.*204/s)
  const before = heard
  await card().getByRole('button', { name: '重送…' }).click()
  const asking = page.getByRole('dialog', { name: '重送…' })
  await asking.getByRole('textbox').fill('0')
  await asking.getByRole('button', { name: '重送…' }).click()
  await asking.getByText('请填一个从 1 起的序号').waitFor()
  expect(await seriousFindings(page, 'webhooks: replay')).toEqual([])
  await asking.getByRole('textbox').fill('1')
  await asking.getByRole('button', { name: '重送…' }).click()
  await expect.poll(() => heard).toBeGreaterThan(before)
})

it('it is paused, resumed and removed, after giving the password again', async () => {
  await county.app.database.pool.query(`update session set confirmed_at = now() - interval '11 minutes'`)
  await card().getByRole('button', { name: '停用' }).click()
  const confirming = page.getByRole('dialog', { name: '请确认是你本人' })
  await confirming.getByLabel('密码').fill('kaohe-demo')
  await page.keyboard.press('Enter')
  await card().getByText('已停用').waitFor()
  await card().getByRole('button', { name: '重新启用' }).click()
  await card().getByRole('button', { name: '停用' }).waitFor()
  await card().getByRole('button', { name: '删除' }).click()
  await page.keyboard.press('Escape')
  expect(await card().count()).toBe(1)
  await card().getByRole('button', { name: '删除' }).click()
  await page.getByRole('dialog', { name: '删除' }).getByRole('button', { name: '删除' }).click()
  await page.getByText('还没有通知地址').waitFor()
})

it('says it all in English too', async () => {
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Webhooks' }).waitFor()
  await page.getByText('There is no webhook yet').waitFor()
  expect(await page.locator('.bar').innerText()).not.toMatch(/[\u4e00-\u9fff]/)
})
