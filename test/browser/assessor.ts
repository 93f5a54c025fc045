import { expect } from 'vitest'
import type { Page } from 'playwright'
import type { County } from '../county.ts'

/** Signs in by keyboard and waits for the score grid. */
export async function enterAs(county: County, login: string, page: Page): Promise<void> {
  await page.goto(`${county.origin}/scores`)
  await page.getByRole('textbox', { name: '账号', exact: true }).fill(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type('kaohe-demo')
  await page.keyboard.press('Enter')
  await page.locator('.ag-row').first().waitFor()
}

export const cellOf = (page: Page, row: number, field: string) => page.locator(`.ag-row[row-index="${row}"] [col-id="${field}"]`)
export const textOf = async (page: Page, row: number, field: string) => (await cellOf(page, row, field).innerText()).trim()
export const saved = (page: Page) => expect.poll(() => page.locator('.state').innerText()).toBe('已全部保存')

/** Points of an item as a town with open sheets has them, through the API. */
export async function stored(county: County, row: number, field: string): Promise<string> {
  const town = await county.signIn('town')
  const { data } = await town.ask(`query ($c: ID!) { scoreGrid(cycle: $c) { columns { field } rows { cells } } }`, {
    c: county.cycle,
  })
  const at = data.scoreGrid.columns.findIndex((column: { field: string }) => column.field === field)
  return data.scoreGrid.rows.cells[at].split('\n')[row]
}

/** By the menu to a page, which may stand under More. */
export async function toPage(page: Page, name: string): Promise<void> {
  const menu = page.getByRole('navigation', { name: '主菜单' })
  const [link, more] = [menu.getByRole('link', { name, exact: true }), menu.getByRole('button', { name: '更多' })]
  await menu.getByRole('link').first().waitFor()
  if ((await link.count()) > 0) return link.click()
  await more.click()
  await page.getByRole('menuitem', { name, exact: true }).click()
}
