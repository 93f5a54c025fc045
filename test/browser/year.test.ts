import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { endNotices } from '../api/year.ts'
import { openCounty, type County } from '../county.ts'
import { saved, toPage } from './assessor.ts'
import { seriousFindings } from './axe.ts'

/** A town's year from its scores to the file, by mouse and keyboard alone, each step by whoever it belongs to. */
let county: County
let browser: Browser
const town = '砚溪镇'

beforeAll(async () => {
  county = await openCounty()
  browser = await chromium.launch(inject('launch'))
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})

/** Signs in by keyboard, does something, and leaves. */
async function as(login: string, link: string, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  await page.goto(county.origin)
  await page.getByRole('textbox', { name: '账号', exact: true }).fill(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type('kaohe-demo')
  await page.keyboard.press('Enter')
  await toPage(page, link)
  await work(page)
  await page.close()
}

/** Signs the town's sheets on the page of the procedure, and hears to which stage they went. */
const sign = (login: string, stage: string, next: string) =>
  as(login, '办理', async (page) => {
    await page.locator('.steps button', { hasText: stage }).click()
    const row = page.locator('.here .el-table__row', { hasText: town })
    await row.getByRole('button', { name: '签字通过' }).click()
    await page.locator('.el-message-box').getByRole('button', { name: '签字通过' }).click()
    await page.locator('.el-message', { hasText: `已到“${next}”` }).waitFor()
  })
const stages = async (): Promise<string[]> => {
  const { rows } = await county.app.database.pool.query<{ stage: string }>(
    `select distinct s.stage from sheet s join unit u on u.id = s.town_id where u.name = $1`,
    [town],
  )
  return rows.map(({ stage }) => stage)
}
const missing = async (): Promise<number> => {
  const { rows } = await county.app.database.pool.query<{ n: number }>(
    'select coalesce(sum(s.missing), 0)::int as n from sheet s join unit u on u.id = s.town_id where u.name = $1',
    [town],
  )
  return rows[0]!.n
}

it('the town types what is missing and signs', async () => {
  expect(await missing()).toBeGreaterThan(0)
  await as('town', '办理', async (page) => {
    await page.locator('.here .el-table__row', { hasText: town }).getByRole('button', { name: '签字通过' }).click()
    await page.locator('.el-message-box').getByRole('button', { name: '签字通过' }).click()
    await page.getByText('没有评完，请先补齐').first().waitFor()
  })
  await as('town', '评分表', async (page) => {
    await page.setViewportSize({ width: 2600, height: 900 }) // all columns at once
    await page.locator('.ag-row').first().waitFor()
    const empty = page.locator('.ag-row .ag-cell.kh-missing')
    while ((await empty.count()) > 0) {
      const left = await empty.count()
      await empty.first().click()
      await page.keyboard.type('0')
      await page.keyboard.press('Enter')
      await expect.poll(() => empty.count()).toBeLessThan(left)
    }
    await saved(page)
  })
  expect(await missing()).toBe(0)
  await sign('town', '镇评分', '考核小组评定等次')
  expect(await stages()).toEqual(['panel'])
})

it('the panel rules on the tie, gives the grades, explains the fails and signs', async () => {
  await as('panel', '名额与等次', async (page) => {
    await page.getByRole('tab', { name: '等次评定' }).click()
    await page.locator('.el-table__row').first().waitFor()
    const only = async (kind: string) => {
      await page.locator('.head .el-select').first().click()
      await page.getByRole('option', { name: new RegExp(kind) }).click()
    }
    const decide = async (reason: string) => {
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: /理由|说明/ }).fill(reason)
      await dialog.getByRole('button', { name: '签字' }).click()
      await page.locator('.el-message', { hasText: '已记录' }).last().waitFor()
      await dialog.waitFor({ state: 'detached' })
    }
    await only('并列裁定')
    const tied = page.locator('.el-table__row')
    expect(await tied.count()).toBe(2)
    await tied.first().locator('.el-checkbox').click()
    await page.getByRole('button', { name: '裁定占名额' }).click()
    await decide('入户回访满意率更高，小组一致同意')
    await expect.poll(() => tied.count()).toBe(0)

    await only('等次')
    expect(await tied.count()).toBeGreaterThan(3)
    await page.locator('.el-table__header .el-checkbox').click()
    await page.getByRole('button', { name: '评定等次' }).click()
    await page.getByRole('dialog').locator('.el-select').click()
    await page.getByRole('option', { name: '合格', exact: true }).click()
    await decide('完成全年任务，集体研究')
    await expect.poll(() => tied.count()).toBe(0)

    await only('书面说明')
    for (let left = await tied.count(); left > 0; left--) {
      await tied.first().getByRole('button', { name: '写说明' }).click()
      await decide('考勤记录在案，两次书面提醒后未改')
      await expect.poll(() => tied.count()).toBe(left - 1)
    }
    await only('全部')
    expect(await page.locator('.el-table__row .el-tag--warning').count()).toBe(0)
    expect(await seriousFindings(page, 'grades')).toEqual([])
  })
  await sign('panel', '考核小组评定等次', '市就业处审核')
})

it('the city and the bureau sign, each at their own stage', async () => {
  await sign('city', '市就业处审核', '市人社局审定')
  await sign('county', '市人社局审定', '公示')
  expect(await stages()).toEqual(['notice'])
})

it('the bureau publishes, records the approvals, and files once the notice has ended', async () => {
  await as('county', '公示与申诉', async (page) => {
    await page.getByRole('button', { name: '发布公示' }).click()
    await page.getByRole('button', { name: /^公示 \d+ 人$/ }).click()
    await page.locator('.el-message', { hasText: '已公示' }).waitFor()
  })
  await as('county', '考核办法', async (page) => {
    const open = page.getByRole('button', { name: '登记批准' })
    await page.getByRole('tab', { name: /未明|读法/ }).click()
    await open.first().waitFor()
    for (let left = await open.count(); left > 0; left--) {
      await open.first().click()
      const box = page.locator('.el-message-box')
      await box.getByRole('textbox').fill('市局〔2026〕12号')
      await box.getByRole('button', { name: '登记批准' }).click()
      await expect.poll(() => open.count(), { timeout: 20_000 }).toBe(left - 1)
    }
  })
  await as('county', '办理', async (page) => {
    await page.locator('.steps button', { hasText: '公示' }).click()
    await page.getByRole('button', { name: '签字通过' }).click()
    await page.locator('.el-message-box').getByRole('button', { name: '签字通过' }).click()
    await page
      .getByText(/公示.*(没有|未)/)
      .last()
      .waitFor()
  })
  expect(await stages()).toEqual(['notice']) // its last day has not passed
  await endNotices(county)
  await sign('county', '公示', '备案')
  expect(await stages()).toEqual(['filed'])
})

it('everybody reads the result on file, as it was signed', async () => {
  await as('town', '公示与申诉', async (page) => {
    await page.getByRole('tab', { name: '备案与更正' }).click()
    await page.locator('main').getByText(town).first().waitFor()
    expect(await page.locator('main tbody tr').count()).toBeGreaterThanOrEqual(10)
    expect(await seriousFindings(page, 'filings')).toEqual([])
  })
})
