import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { act } from '../ledger/act.ts'
import { newId } from '../base/id.ts'
import { base32 } from '../base/totp.ts'
import { sentence, type Code } from '../base/words.ts'
import { roleTitle } from '../rules/permissions.ts'
import type { Lang } from '../rules/text.ts'
import { faultOf, hashPassword, shortest } from './password.ts'

/** What whoever runs the server tells an administrator, once. */
export interface FirstAccount {
  login: string
  password: string
}

/** The first two accounts of a county: who grants roles, and who makes accounts. */
export const firstLogins = { security: 'securityAdmin', system: 'systemAdmin' } as const
export type FirstLogin = keyof typeof firstLogins
const logins = Object.keys(firstLogins) as FirstLogin[]

/** What a county is founded with. Without passwords each administrator is given one for the first sign-in. */
export interface Founding {
  code: string
  name: string
  passwords?: Record<FirstLogin, string> | undefined
}

/** Why nothing was done; `login` is the account whose password it is about. */
export class NotDone extends Error {
  constructor(
    lang: Lang,
    readonly code: Code,
    params: Record<string, string> = {},
    readonly login?: FirstLogin,
  ) {
    super(sentence(lang, code, params))
  }
}

const oneTime = (): string => base32(randomBytes(10)).toLowerCase().match(/.{4}/g)!.join('-')
const doer = { zh: '服务器命令', en: 'command on the server' }
const onPage = { zh: '首次设置', en: 'first set-up' }

/** Throws NotDone when the code or the name is none, or a password may not be chosen. */
export function checkFounding({ code, name, passwords }: Founding, lang: Lang): void {
  if (!/^\d{6}$/.test(code)) throw new NotDone(lang, 'setup.countyCode')
  if (name.trim() === '' || [...name.trim()].length > 50 || /\p{Cc}/u.test(name)) throw new NotDone(lang, 'setup.countyName')
  if (!passwords) return
  for (const login of logins) {
    const fault = faultOf(passwords[login], login)
    if (fault) throw new NotDone(lang, fault, { least: String(shortest) }, login)
  }
  // With one password for both, whoever makes accounts could also grant to them.
  if (passwords.security === passwords.system) throw new NotDone(lang, 'setup.samePassword', {}, 'system')
}

/** Whether the database holds no county yet. */
export async function awaitsFounding(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ none: boolean }>('select not exists (select from county) as none')
  return rows[0]!.none
}

/**
 * Makes the county of an empty database and its first two administrators: one for accounts, one for grants. Whoever can run
 * a command on the server, or read its terminal, is trusted with this; it stands at the beginning of the county's chain.
 * Throws NotDone: as `checkFounding`, and when a county is there already.
 */
export async function foundCounty(pool: pg.Pool, founding: Founding, lang: Lang, address = ''): Promise<FirstAccount[]> {
  checkFounding(founding, lang)
  const { code, passwords } = founding
  const name = founding.name.trim()
  const county = newId()
  const admins = await Promise.all(
    logins.map(async (login) => {
      const role = firstLogins[login]
      const password = passwords?.[login] ?? oneTime()
      return { id: newId(), login, role, name: roleTitle(role)[lang], password, hash: await hashPassword(password) }
    }),
  )
  const actor = { id: admins[0]!.id, name: passwords ? onPage[lang] : doer[lang], county, grants: [], recusedFrom: [] }
  const doing = { kind: 'account', cycle: null, key: randomUUID(), says: ['found', code] } as const
  await act({ pool, actor, lang, now: new Date(), address }, doing, async ({ client }) => {
    // Of two at once the second waits here, and then finds the first one's county.
    await client.query('lock table county in exclusive mode')
    const { rowCount } = await client.query('select from county limit 1')
    if (rowCount) throw new NotDone(lang, 'setup.done')
    await client.query('insert into county (id, code, name) values ($1, $2, $3)', [county, code, name])
    await client.query(`insert into unit (county_id, id, kind, code, name) values ($1, $1, 'county', $2, $3)`, [
      county,
      `${code}000000`,
      name,
    ])
    for (const one of admins) {
      await client.query(
        'insert into account (county_id, id, login, name, password_hash, must_change) values ($1, $2, $3, $4, $5, $6)',
        [county, one.id, one.login, one.name, one.hash, !passwords],
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
  if (!rows[0]) throw new NotDone(lang, 'account.none', { login })
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
