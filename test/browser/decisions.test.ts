import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { exact } from '../../server/src/rules/exact.ts'
import { readGrid, save } from '../api/sheets.ts'
import { completeScores, moveSheets, resultsFor } from '../api/year.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { toPage } from './assessor.ts'
import { seriousFindings } from './axe.ts'

/** A ruling of the panel that falls because a third comes to tie, as the panel sees it on the page of the results. */
let county: County
let browser: Browser
let page: Page
let town: Caller
let unit: string

beforeAll(async () => {
  county = await openCounty()
  town = await county.signIn('town')
  unit = (await county.app.database.pool.query<{ id: string }>(`select id from unit where kind = 'town' order by code limit 1`))
    .rows[0]!.id
  await completeScores(town, county.cycle)
  await moveSheets(town, { cycle: county.cycle, unit, stage: 'scoring' })
  browser = await chromium.launch(inject('launch'))
  page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' })
  await page.goto(county.origin)
  await page.getByRole('textbox', { name: '账号', exact: true }).fill('panel')
  await page.keyboard.press('Tab')
  await page.keyboard.type('kaohe-demo')
  await page.keyboard.press('Enter')
  await toPage(page, '名额与等次')
})
afterAll(async () => {
  await browser?.close()
  await county?.close()
})

const panelOf = () => page.getByRole('region', { name: /项决定已失效/ })

it('shows nothing while every decision stands', async () => {
  await page.getByRole('tab', { name: '等次评定' }).click()
  await page.locator('.el-table__row').first().waitFor()
  await expect.poll(() => panelOf().count()).toBe(0)
})

it('says whose ruling fell, what changed and when, once a third ties; the seat is to be ruled again', async () => {
  const tied = page.locator('.el-table__row', { hasText: '并列裁定' })
  const before = await tied.count()
  expect(before).toBeGreaterThan(1)
  await tied.first().locator('.el-checkbox').click()
  await page.getByRole('button', { name: '裁定占名额' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: '理由' }).fill('全年无差错，群众反映好')
  await page.getByRole('dialog').getByRole('button', { name: '签字' }).click()
  await expect.poll(() => tied.count()).toBe(0)

  await tieAThird()
  await page.reload()
  await page.getByRole('tab', { name: '等次评定' }).click()
  await panelOf().waitFor()
  const said = await panelOf().innerText()
  expect(said).toContain('名额裁定')
  expect(said).toContain(`同分的人 ${before} 人 → ${before + 1} 人`)
  expect(said).toContain('全年无差错，群众反映好')
  expect(said).toMatch(/变动/)
  await expect.poll(() => tied.count()).toBe(before + 1)
  expect(await seriousFindings(page)).toEqual([])
})

it('is told in English too', async () => {
  await page.locator('header').getByRole('button', { name: 'English' }).click()
  const region = page.getByRole('region', { name: /no longer stand/ })
  await region.waitFor()
  expect(await region.innerText()).toContain('Ruling on a seat')
  expect(await region.innerText()).not.toMatch(/[一-鿿]{6,}：/)
})

/** Corrects somebody below the seats to the very score of those who tied, as the town would: sent back, corrected, passed on. */
async function tieAThird(): Promise<void> {
  const panel = await county.signIn('panel')
  const results = await resultsFor(panel, county.cycle)
  const score = results.find(({ seat, says }) => seat === 'in' && says.join().includes('裁定'))!.total
  const third = results.find(
    ({ seat, total, grade }) =>
      seat === 'out' && grade === null && Number(total) < Number(score) && Number(score) - Number(total) < 4,
  )!
  const { rows } = await county.app.database.pool.query<{ village: string }>(
    'select village_id as village from sheet where id = $1',
    [third.sheet],
  )
  const village = rows[0]!.village
  await moveSheets(panel, { cycle: county.cycle, unit: village, stage: 'panel', backTo: 'scoring', reason: '补录后重评' })
  const { columns, sheets } = await readGrid(town, county.cycle, { view: 'points' })
  const own = sheets.find(({ id }) => id === third.sheet)!
  const by = exact(score).sub(exact(own.total))
  const item = columns.find(
    ({ kind, field, max }) => kind === 'points' && own.cell[field] && exact(own.cell[field]).add(by).lte(exact(max!)),
  )!
  await save(town, county.cycle, [
    [third.sheet, item.field, own.cell[item.field]!, exact(own.cell[item.field]!).add(by).toString()],
  ])
  await moveSheets(town, { cycle: county.cycle, unit: village, stage: 'scoring' })
}
