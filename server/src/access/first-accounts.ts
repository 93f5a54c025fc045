import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { act } from '../ledger/act.ts'
import { newId } from '../base/id.ts'
import type { Lang } from '../rules/text.ts'
import { hashPassword } from './password.ts'
import { base32 } from '../base/totp.ts'

/** What whoever runs the server tells an administrator, once. */
export interface FirstAccount {
  login: string
  password: string
}

/** Why nothing was done. */
export class NotDone extends Error {}

const oneTime = (): string => base32(randomBytes(10)).toLowerCase().match(/.{4}/g)!.join('-')
const doer = { zh: '服务器命令', en: 'command on the server' }

/**
 * Makes the county of an empty database and its first two administrators: one for accounts, one for grants. Whoever can run
 * a command on the server is trusted with this; it stands at the beginning of the county's chain.
 * Throws NotDone when a county is there already, or the code or the name is none.
 */
export async function foundCounty(pool: pg.Pool, code: string, name: string, lang: Lang): Promise<FirstAccount[]> {
  const say = (zh: string, en: string) => new NotDone(lang === 'zh' ? zh : en)
  if (!/^\d{6}$/.test(code)) throw say('--code 应为六位行政区划代码。', '--code takes the six-digit administrative code.')
  if (name.trim() === '' || /\p{Cc}/u.test(name)) throw say('--county 应为县名。', '--county takes the name of the county.')
  const county = newId()
  const admins = await Promise.all(
    (['securityAdmin', 'systemAdmin'] as const).map(async (role) => {
      const password = oneTime()
      const title = {
        securityAdmin: ['安全管理员', 'Security administrator'],
        systemAdmin: ['系统管理员', 'System administrator'],
      }
      const login = role === 'securityAdmin' ? 'security' : 'system'
      return { id: newId(), role, login, name: title[role][lang === 'zh' ? 0 : 1]!, password, hash: await hashPassword(password) }
    }),
  )
  const actor = { id: admins[0]!.id, name: doer[lang], county, grants: [], recusedFrom: [] }
  const doing = { kind: 'account', cycle: null, key: randomUUID(), says: ['found', code] } as const
  await act({ pool, actor, lang, now: new Date(), address: '' }, doing, async ({ client }) => {
    await client.query('lock table county in exclusive mode')
    const { rowCount } = await client.query('select from county limit 1')
    if (rowCount) throw say('数据库里已有县，账号请在网页上管理。', 'There is a county already; manage its accounts on the page.')
    await client.query('insert into county (id, code, name) values ($1, $2, $3)', [county, code, name.trim()])
    await client.query(`insert into unit (county_id, id, kind, code, name) values ($1, $1, 'county', $2, $3)`, [
      county,
      `${code}000000`,
      name.trim(),
    ])
    for (const one of admins) {
      await client.query(
        'insert into account (county_id, id, login, name, password_hash, must_change) values ($1, $2, $3, $4, $5, true)',
        [county, one.id, one.login, one.name, one.hash],
      )
      await client.query('insert into role_grant (county_id, id, account_id, role, unit_id) values ($1, $2, $3, $4, $1)', [
        county,
        newId(),
        one.id,
        one.role,
      ])
    }
    return { outcome: true, details: { county: code, accounts: admins.map(({ id, login, role }) => ({ id, login, role })) } }
  })
  return admins.map(({ login, password }) => ({ login, password }))
}

/**
 * Gives an account a one-time password and takes its second factor away: for a security administrator who has lost either.
 * Throws NotDone when there is no such account.
 */
export async function rescue(pool: pg.Pool, login: string, lang: Lang): Promise<FirstAccount> {
  const { rows } = await pool.query<{ county: string; id: string }>(
    'select county_id as county, id from account where login = $1',
    [login],
  )
  if (!rows[0]) throw new NotDone(lang === 'zh' ? `没有账号 ${login}。` : `There is no account ${login}.`)
  const { county, id } = rows[0]
  const password = oneTime()
  const hash = await hashPassword(password)
  const doing = { kind: 'account', cycle: null, key: randomUUID(), says: ['rescue', login] } as const
  const actor = { id, name: doer[lang], county, grants: [], recusedFrom: [] }
  await act({ pool, actor, lang, now: new Date(), address: '' }, doing, async ({ client }) => {
    await client.query(
      `update account set password_hash = $3, must_change = true, demo = false, disabled_at = null, totp_secret = null, recovery_hashes = '{}'
        where county_id = $1 and id = $2`,
      [county, id, hash],
    )
    await client.query('delete from session where county_id = $1 and account_id = $2', [county, id])
    return { outcome: true, details: { account: id, password: 'one-time', secondFactor: [null, false], disabled: [null, false] } }
  })
  return { login, password }
}
