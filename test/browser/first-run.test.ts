import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { openEmpty, type Opened } from '../county.ts'
import { seriousFindings } from './axe.ts'

/** A real county from an empty database to its first accounts, by keyboard. */
let county: Opened
let browser: Browser
/** The system administrator's page; the others come in later. */
let page: Page
let security: Page
let bureau: Page

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

it('the set-up is over for everybody, and the system administrator signs in to what is still to be done', async () => {
  await page.goto(`${county.origin}/setup`)
  await signIn(page, 'system', passwords.system)
  await page.getByRole('heading', { name: '云泽县：开办还要做的事' }).waitFor()
  expect(await seriousFindings(page, 'what a new county lacks')).toEqual([])
  expect(await stateOf(page)).toEqual({
    bureau: '待办',
    units: '待办',
    people: '待办',
    accounts: '待办',
    roles: '待办',
    cycle: '待办',
  })
  await page.goto(`${county.origin}/setup`)
  await page.getByRole('heading', { name: '账号与授权' }).waitFor()
})

it('the first account is the county bureau’s: made, granted, and signed in to, with its own view of what is lacking', async () => {
  const [slip] = await makeFor('县局')
  expect(slip!.login).toBe('990166000000')
  security = await comeIn()
  await signIn(security, 'security', passwords.security)
  await grantAll(1)
  await expect.poll(() => stateOf(security)).toMatchObject({ bureau: '已办', roles: '待办' })
  bureau = await comeIn()
  await signIn(bureau, slip!.login, slip!.password)
  await bureau.getByLabel('新密码', { exact: true }).fill('yun-ze xian ju')
  await bureau.getByLabel('再输入一次新密码').fill('yun-ze xian ju')
  await bureau.keyboard.press('Enter')
  await expect.poll(() => stateOf(bureau)).toMatchObject({ bureau: '已办', cycle: '待办' })
  expect(await seriousFindings(bureau, 'home without a cycle')).toEqual([])
  const open = await bureau.getByRole('navigation', { name: '主菜单' }).getByRole('link').allInnerTexts()
  for (const empty of ['评分表', '村级排名', '名额与等次']) expect(open).not.toContain(empty)
  await bureau.getByRole('link', { name: '开启第一期考核' }).press('Enter')
  await bureau.getByRole('button', { name: '开启考核' }).waitFor()
})

it('accounts for all towns and villages are made at once, and their slips are there again after a reload', async () => {
  await unitsComeIn()
  await page.reload()
  await expect.poll(() => stateOf(page)).toMatchObject({ units: '已办', people: '已办', accounts: '待办' })
  const slips = await makeFor('镇考核员', '村（社区）')
  expect(slips).toHaveLength(4 + 12)
  await expect.poll(() => stateOf(page)).toMatchObject({ accounts: '已办', roles: '待办' })
  await page.reload()
  await page.getByRole('button', { name: '密码条' }).press('Enter')
  expect(await readSlips()).toEqual(slips)
  await page.getByRole('button', { name: '已分发' }).press('Enter')
  await page.getByRole('dialog', { name: '已分发' }).getByRole('button', { name: '已分发' }).press('Enter')
  await expect.poll(() => page.getByRole('button', { name: '密码条' }).count()).toBe(0)
  await page.reload()
  await page.getByRole('heading', { name: '账号与授权' }).waitFor()
  expect(await page.getByRole('button', { name: '密码条' }).count()).toBe(0)
})

it('their roles are looked through and granted at once; what is left out stays proposed', async () => {
  await security.reload()
  await grantAll(16, '990166001000')
  await security.getByRole('button', { name: '授予所拟角色（1）' }).waitFor()
  await grantAll(1)
  await expect.poll(() => stateOf(security)).toMatchObject({ accounts: '已办', roles: '已办', cycle: '待办' })
})

it('no page is a dead end while there is no cycle: not for the bureau, nor a town, a village or a coordinator', async () => {
  const [slip] = await makeFor('协理员')
  await security.reload()
  await grantAll(12)
  const { rows } = await county.app.database.pool.query<{ login: string }>(
    `select distinct on (g.role) a.login from role_grant g join account a on a.id = g.account_id where g.role in ('townAssessor', 'village') order by g.role, a.login`,
  )
  // Their passwords are known from the slips above; here it is enough to be signed in as each.
  for (const login of [slip!.login, ...rows.map(({ login }) => login)]) {
    const someone = await comeInAs(login)
    await someone.getByText('本县还没有开启考核').waitFor()
    await leadsSomewhere(someone)
    await someone.context().close()
  }
  await leadsSomewhere(bureau)
})

it('the list ends with the first cycle', async () => {
  await bureau.goto(`${county.origin}/year`)
  await bureau.getByRole('button', { name: '开启考核' }).press('Enter')
  const dialog = bureau.getByRole('dialog', { name: '开启考核' })
  await dialog.getByRole('combobox', { name: '办法' }).press('Enter')
  await bureau.getByRole('option', { name: /新沂/ }).first().click()
  await dialog.getByRole('button', { name: '开启' }).press('Enter')
  await expect.poll(() => dialog.count()).toBe(0)
  await bureau.goto(county.origin)
  await bureau.getByRole('link', { name: '评分表' }).waitFor()
  expect(await stateOf(bureau)).toEqual({})
  await page.reload()
  await page.getByRole('heading', { name: '账号与授权' }).waitFor()
  expect(await stateOf(page)).toEqual({})
})

it('in English it is all in English', async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } })
  const english = await context.newPage()
  await english.addInitScript(() => localStorage.setItem('kaohe.lang', 'en'))
  await english.goto(county.origin)
  await english.getByLabel('Account').fill('system')
  await english.getByLabel('Password', { exact: true }).fill(passwords.system)
  await english.keyboard.press('Enter')
  await english.getByRole('button', { name: 'Accounts for all units' }).press('Enter')
  const dialog = english.getByRole('dialog', { name: 'Accounts for all units' })
  await dialog.getByText('4 of 4 have none').first().waitFor()
  expect(await dialog.innerText()).not.toMatch(/[\u4e00-\u9fff]/)
})

async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.getByRole('textbox', { name: '账号', exact: true }).fill(login)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

/** Somebody with the password that the security administrator has, for trying out. */
async function comeInAs(login: string): Promise<Page> {
  await county.app.database.pool.query(
    `update account set must_change = false, password_hash = (select password_hash from account where login = 'security') where login = $1`,
    [login],
  )
  const page = await comeIn()
  await signIn(page, login, passwords.security)
  return page
}

/** Every page of the menu shows something. */
async function leadsSomewhere(page: Page): Promise<void> {
  await page.goto(county.origin)
  const menu = page.getByRole('navigation', { name: '主菜单' }).getByRole('link')
  await menu.first().waitFor()
  for (const link of await menu.all()) {
    await link.press('Enter')
    await page.waitForLoadState('networkidle')
    expect(await page.getByText('没有载入').count(), await link.innerText()).toBe(0)
    expect(await page.getByText('没有这个考核年度').count(), await link.innerText()).toBe(0)
  }
}

/** The steps of the list of what is lacking; none where it is not shown. */
const stateOf = async (page: Page): Promise<Record<string, string>> =>
  Object.fromEntries(
    await page
      .locator('li[data-step]')
      .evaluateAll((steps) => steps.map((step) => [step.getAttribute('data-step'), step.querySelector('.el-tag')!.textContent])),
  )

interface Slip {
  login: string
  password: string
}
async function readSlips(): Promise<Slip[]> {
  const dialog = page.getByRole('dialog', { name: '密码条' })
  await dialog.locator('li').first().waitFor()
  expect(await seriousFindings(page, 'slips')).toEqual([])
  const slips = await dialog.locator('li').evaluateAll((all) =>
    all.map((slip) => ({
      login: slip.querySelector('span')!.textContent!.replace('账号 ', ''),
      password: slip.querySelector('code')!.textContent!,
    })),
  )
  expect(await dialog.locator('li').first().innerText()).toMatch(/云泽县[^]*首次登录须更换密码/)
  await page.keyboard.press('Escape')
  await expect.poll(() => dialog.count()).toBe(0)
  return slips
}

/** The system administrator makes accounts for these roles, by keyboard, and reads the slips. */
async function makeFor(...roles: string[]): Promise<Slip[]> {
  await page.getByRole('button', { name: '为各单位建账号' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: '为各单位建账号' })
  for (const role of roles) await dialog.getByRole('checkbox', { name: role }).press('Space')
  expect(await seriousFindings(page, 'making accounts')).toEqual([])
  await dialog.getByRole('button', { name: /^建 \d+ 个账号$/ }).press('Enter')
  return readSlips()
}

/** The security administrator grants so many proposed roles, but for this account. */
async function grantAll(n: number, but?: string): Promise<void> {
  await security.getByRole('button', { name: `授予所拟角色（${n}）` }).press('Enter')
  const dialog = security.getByRole('dialog', { name: '所拟角色' })
  if (but) await dialog.getByRole('checkbox', { name: but, exact: true }).press('Space')
  expect(await seriousFindings(security, 'proposed roles')).toEqual([])
  const granted = but ? n - 1 : n
  await dialog.getByRole('button', { name: `授予 ${granted} 项` }).press('Enter')
  await security.getByText(`已授予 ${granted} 项角色`).first().waitFor()
}

/** Four towns of three villages with a coordinator each: the places by the system administrator, the people by the bureau. */
async function unitsComeIn(): Promise<void> {
  const villages = [1, 2, 3, 4].flatMap((town) => [1, 2, 3].map((village) => ({ town, village })))
  const places = villages.map(
    ({ town, village }) => `云泽${town}镇\t99016600${town}000\t第${village}村\t99016600${town}00${village}`,
  )
  await takeIn(page, '导入镇村表', ['镇（街道）\t镇代码\t村（社区）\t村代码', ...places])
  const people = villages.map(
    ({ town, village }, at) => `${at + 1}\t柳${town}${village}\t女\t1990-05\t云泽${town}镇\t第${village}村\t2020.1`,
  )
  const heading = '序号\t姓名\t性别\t出生年月\t镇（街道）\t村（社区）\t任职时间'
  await takeIn(bureau, '导入花名册', ['云泽县协理员花名册', heading, ...people, '合计\t12'])
  await page.goto(`${county.origin}/accounts`)
}

/** Pastes a table into the roster's page, and takes all of it in. */
async function takeIn(by: Page, title: string, lines: readonly string[]): Promise<void> {
  await by.goto(`${county.origin}/roster`)
  await by.getByRole('button', { name: '导入…' }).press('Enter')
  const dialog = by.getByRole('dialog', { name: title })
  await dialog.getByRole('textbox', { name: '粘贴表格' }).fill(lines.join('\n'))
  await dialog.getByRole('button', { name: '读入粘贴的表格' }).press('Enter')
  await dialog.getByRole('button', { name: '写入 12 行' }).press('Enter')
  await expect.poll(() => dialog.count()).toBe(0)
}
