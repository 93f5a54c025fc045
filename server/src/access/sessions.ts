import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { act, type Doer } from '../ledger/act.ts'
import type { Config } from '../base/config.ts'
import type { OpenSession } from '../base/context.ts'
import type { Actor, Grant } from '../rules/access.ts'
import { needsSecondFactor } from '../rules/access.ts'
import { roleTitle, type Role } from '../rules/permissions.ts'
import type { Text } from '../rules/text.ts'
import type { Lang } from '../rules/text.ts'
import { dayOfMomentIn } from '../base/today.ts'
import { holding } from './accounts.ts'
import type { Keys } from '../base/keys.ts'
import { faultOf, hashPassword, passwordFits, type PasswordFault } from './password.ts'
import { codeFits, enrol, recoveryCodes } from './second-factor.ts'
import { base32, stepOfCode, uriOf } from '../base/totp.ts'

/** Attempts allowed within the window, of one account name and from one address. */
const attempts = { login: 5, address: 30 }
const windowMinutes = 15
export const longestHours = 12

/** What signing in needs of the product. */
export interface Door extends Pick<Config, 'demo' | 'secondFactor' | 'sessionIdleMinutes'> {
  pool: pg.Pool
  keys: Keys
}

/** Where and when somebody knocks. */
export interface Knock {
  lang: Lang
  now: Date
  address: string
  agent: string
}

export interface Credentials {
  login: string
  password: string
  /** Of the second factor, or a recovery code. */
  code?: string | undefined
  /** In place of one that an administrator gave. */
  newPassword?: string | undefined
}

export interface Enrolment {
  secret: string
  uri: string
}

/** What is still needed to sign in; what was entered so far was right, and no session is open yet. */
export type Needed = 'signIn.code' | 'signIn.newPassword' | 'signIn.enrol' | 'signIn.noRole' | PasswordFault | 'password.same'
export type SignIn =
  | { cookie: string; recovery?: string[] }
  | { wrong: 'signIn.wrong' | 'signIn.codeWrong'; enrolment?: Enrolment }
  | { needed: Needed; enrolment?: Enrolment }
  | { waitMinutes: number }

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

let last: Promise<unknown> = Promise.resolve()

/** Checks one password at a time: attempts sent at once would all pass before the first failure is counted, and each hash takes 19 MiB. */
export function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  const turn = last.then(work)
  last = turn.catch(() => undefined)
  return turn
}

/**
 * Signs somebody in. An unknown name, a disabled account and a wrong password get the same answer after the same work;
 * too many failures of a name or from an address have to wait. The cookie names the county, so that a session is found
 * without asking all. What else is needed (a code, a password of one's own) is only told to who knows the password.
 */
export const signIn = (door: Door, credentials: Credentials, knock: Knock): Promise<SignIn> =>
  inTurn(() => attempt(door, credentials, knock))

interface Found {
  county: string
  countyName: string
  id: string
  login: string
  name: string
  hash: string
  disabled: boolean
  mustChange: boolean
  totp: string | null
  step: number
  grants: Grant[]
}

async function attempt(door: Door, { login, password, code, newPassword }: Credentials, knock: Knock): Promise<SignIn> {
  const { pool, keys } = door
  const { now } = knock
  const subjects = [`login:${login}`, `address:${knock.address}`]
  const waitMinutes = await waitOf(pool, subjects, now)
  if (waitMinutes > 0) return { waitMinutes }

  const account = await find(door, now, 'a.login = $2', login)
  const fits = await passwordFits(password, account?.hash)
  if (!account || !fits || account.disabled) {
    await refused(door, account, !account ? 'unknown' : fits ? 'disabled' : 'password', subjects, knock)
    return { wrong: 'signIn.wrong' }
  }
  if (account.grants.length === 0) return { needed: 'signIn.noRole' }
  if (account.totp && !code) return { needed: 'signIn.code' }
  if (account.mustChange) {
    if (newPassword === undefined) return { needed: 'signIn.newPassword' }
    const fault = newPassword === password ? 'password.same' : faultOf(newPassword, login)
    if (fault) return { needed: fault }
  }
  if (account.totp && !(await codeFits(door, account, code!, now))) {
    await refused(door, account, 'code', subjects, knock)
    return { wrong: 'signIn.codeWrong' }
  }
  const doer = doerOf(door, account, knock)
  if (account.mustChange) account.hash = await changePassword(doer, newPassword!)
  let recovery: string[] | undefined
  if (!account.totp && door.secondFactor === 'county' && account.grants.some(({ role }) => needsSecondFactor(role))) {
    const secret = keys.derive('totp', account.id, account.hash).subarray(0, 20)
    const enrolment = { secret: base32(secret), uri: uriOf(secret, login, account.countyName) }
    if (!code) return { needed: 'signIn.enrol', enrolment }
    const step = stepOfCode(secret, code, now)
    if (step === undefined) {
      await refused(door, account, 'code', subjects, knock)
      return { wrong: 'signIn.codeWrong', enrolment }
    }
    recovery = recoveryCodes(keys, account.id, account.hash)
    const codes = recovery
    await act(doer, { kind: 'account', cycle: null, key: randomUUID(), says: ['enrol'] }, async ({ client }) => {
      await enrol(client, keys, account, secret, step, codes)
      return { outcome: true, details: { account: account.id, secondFactor: [false, true] } }
    })
  }
  const cookie = await open(door, account, subjects[0]!, knock)
  return { cookie, ...(recovery ? { recovery } : {}) }
}

/** Opens a session. Only the hash of its token is stored. */
async function open({ pool, ...door }: Door, account: Found, subject: string, knock: Knock): Promise<string> {
  const { now, address, agent } = knock
  const token = randomBytes(32).toString('base64url')
  const ends = new Date(now.getTime() + longestHours * 3_600_000)
  const doing = { kind: 'signIn', cycle: null, key: randomUUID(), says: ['signIn'] } as const
  await act(doerOf({ pool, ...door }, account, knock), doing, async ({ client }) => {
    await client.query('delete from sign_in_failure where subject = $1', [subject])
    await client.query('delete from session where county_id = $1 and expires_at < $2', [account.county, now])
    await client.query(
      `insert into session (county_id, token_hash, account_id, created_at, seen_at, confirmed_at, expires_at, address, agent)
       values ($1, $2, $3, $4, $4, $4, $5, $6, $7)`,
      [account.county, hashOf(token), account.id, now, ends, address, agent.slice(0, 200)],
    )
    return { outcome: true, details: { session: hashOf(token).slice(0, 12) } }
  })
  return `${account.county}.${token}`
}

const doerOf = ({ pool }: Door, { id, name, county, grants }: Found, { lang, now, address }: Knock): Doer => ({
  pool,
  actor: { id, name, county, grants, recusedFrom: [] },
  lang,
  now,
  address,
})

/** An account with the roles it holds now, by a condition on `account a` with the value $2. */
async function find(
  { pool, demo }: Pick<Door, 'pool' | 'demo'>,
  now: Date,
  condition: string,
  value: string,
): Promise<Found | undefined> {
  const { rows } = await pool.query<Found>(
    `select a.county_id as county, c.name as "countyName", a.id, a.login, a.name, a.password_hash as hash,
            a.disabled_at is not null as disabled, a.must_change as "mustChange", a.totp_secret as totp, a.totp_step as step, ${grantsNow('$1')} as grants
       from account a join county c on c.id = a.county_id where ${condition} and (not a.demo or $3) limit 1`,
    [now, value, demo],
  )
  return rows[0]
}

/** The grants of `account a` that hold at a moment. */
export const grantsNow = (moment: string): string => `
  coalesce((select json_agg(json_build_object('role', g.role, 'unit', g.unit_id, 'coordinator', g.coordinator_id, 'onBehalfOf', g.on_behalf_of)) from role_grant g
             where g.county_id = a.county_id and g.account_id = a.id and ${holding(dayOfMomentIn(moment))}), '[]')`

/** Whom `account a` does not judge. */
export const recusedNow = `
  coalesce((select json_agg(r.coordinator_id) from recusal r
             where r.county_id = a.county_id and r.account_id = a.id and r.ended_at is null), '[]')`

/** How long somebody has to wait after too many failures; 0 if not at all. A `login:` has fewer than anything else. */
export async function waitOf(pool: pg.Pool, subjects: string[], now: Date): Promise<number> {
  const { rows } = await pool.query<{ ends: Date }>(
    `select max(window_ends_at) as ends from sign_in_failure
      where subject = any($1) and window_ends_at > $2 and count >= case when starts_with(subject, 'login:') then $3::int else $4::int end`,
    [subjects, now, attempts.login, attempts.address],
  )
  return rows[0]?.ends ? Math.ceil((new Date(rows[0].ends).getTime() - now.getTime()) / 60_000) : 0
}

export async function countFailure(pool: pg.Pool, subjects: string[], now: Date): Promise<void> {
  await pool.query(
    `insert into sign_in_failure (subject, count, window_ends_at) select subject, 1, $2 from unnest($1::text[]) as subject
     on conflict (subject) do update
        set count = case when sign_in_failure.window_ends_at > $3 then sign_in_failure.count + 1 else 1 end,
            window_ends_at = case when sign_in_failure.window_ends_at > $3 then sign_in_failure.window_ends_at else $2 end`,
    [subjects, new Date(now.getTime() + windowMinutes * 60_000), now],
  )
}

type Why = 'unknown' | 'disabled' | 'password' | 'code' | 'confirm'

/**
 * Counts a failure and puts it on record. A name that does not exist has no county: its failure stands in the chain of
 * the only county, without the name, which may be a password typed in the wrong place; where several counties share a
 * database it is counted alone.
 */
async function refused({ pool }: Pooled, account: Found | undefined, why: Why, subjects: string[], knock: Known): Promise<void> {
  const { now, lang, address } = knock
  await countFailure(pool, subjects, now)
  const { rows: counties } = await pool.query<{ id: string }>('select id from county limit 2')
  const county = account?.county ?? (counties.length === 1 ? counties[0]!.id : undefined)
  if (county === undefined) return
  const { id, name, grants }: Pick<Found, 'id' | 'name' | 'grants'> = account ?? { id: county, name: '', grants: [] }
  const doing = { kind: 'signInRefused', cycle: null, key: randomUUID(), says: [why] } as const
  const doer = { pool, actor: { id, name, county, grants, recusedFrom: [] }, lang, now, address }
  await act(doer, doing, async () => ({ outcome: true, details: { why } }))
}

/** Who holds this cookie, or nobody: no such session, too long idle, too old, disabled, or without any role left. */
export async function callerOfCookie(
  { pool, sessionIdleMinutes, demo }: Door,
  cookie: string,
  now: Date,
): Promise<{ actor: Actor; session: OpenSession } | undefined> {
  const parts = partsOf(cookie)
  if (!parts) return undefined
  const { county, hash } = parts
  const { rows } = await pool.query<{
    id: string
    name: string
    seen: Date
    confirmed: Date
    grants: Grant[]
    recusedFrom: string[]
  }>({
    name: 'actor-of-session',
    text: `select a.id, a.name, s.seen_at as seen, s.confirmed_at as confirmed, ${grantsNow('$3')} as grants,
                  ${recusedNow} as "recusedFrom"
             from session s join account a on a.county_id = s.county_id and a.id = s.account_id
            where s.county_id = $1 and s.token_hash = $2 and s.expires_at > $3 and s.seen_at > $4
              and a.disabled_at is null and (not a.demo or $5)`,
    values: [county, hash, now, new Date(now.getTime() - sessionIdleMinutes * 60_000), demo],
  })
  const row = rows[0]
  if (!row || row.grants.length === 0) return undefined
  // The time of last use is stored once a minute, to save writes.
  if (now.getTime() - new Date(row.seen).getTime() > 60_000)
    await pool.query('update session set seen_at = $3 where county_id = $1 and token_hash = $2', [county, hash, now])
  const { id, name, grants, recusedFrom } = row
  return { actor: { id, name, county, grants, recusedFrom }, session: { hash, confirmedAt: new Date(row.confirmed) } }
}

export type Again = { ok: true } | { wrong: 'confirm.wrong' } | { waitMinutes: number }
export type Confirmation = Again | { wrong: 'signIn.needed' | 'confirm.code' }
type Pooled = Pick<Door, 'pool'>
type Known = Omit<Knock, 'agent'>

/** Whether a password is that of an account that is signed in. Failures count as those of signing in. */
export const passwordAgain = ({ pool }: Pooled, account: string, password: string, knock: Known): Promise<Again> =>
  inTurn(async () => {
    const found = await find({ pool, demo: true }, knock.now, 'a.id = $2::uuid', account)
    return found ? again(pool, found, knock, () => passwordFits(password, found.hash)) : { wrong: 'confirm.wrong' }
  })

async function again(pool: pg.Pool, account: Found, knock: Known, fits: () => Promise<boolean>): Promise<Again> {
  const subjects = [`login:${account.login}`, `address:${knock.address}`]
  const waitMinutes = await waitOf(pool, subjects, knock.now)
  if (waitMinutes > 0) return { waitMinutes }
  if (await fits()) return { ok: true }
  await refused({ pool }, account, 'confirm', subjects, knock)
  return { wrong: 'confirm.wrong' }
}

/** Takes the password of whoever is signed in again, and the code where there is a second factor. */
export const confirm = (
  door: Door,
  cookie: string,
  { password, code }: Omit<Credentials, 'login'>,
  knock: Knock,
): Promise<Confirmation> =>
  inTurn(async () => {
    const { now } = knock
    const caller = await callerOfCookie(door, cookie, now)
    const account = caller && (await find(door, now, 'a.id = $2::uuid', caller.actor.id))
    if (!caller || !account) return { wrong: 'signIn.needed' }
    const known = await again(door.pool, account, knock, () => passwordFits(password, account.hash))
    if (!('ok' in known)) return known
    if (account.totp && !code) return { wrong: 'confirm.code' }
    const proved = account.totp ? await again(door.pool, account, knock, () => codeFits(door, account, code!, now)) : known
    if (!('ok' in proved)) return proved
    await door.pool.query('update session set confirmed_at = $3 where county_id = $1 and token_hash = $2', [
      account.county,
      caller.session.hash,
      now,
    ])
    return proved
  })

/** Ends the session of a cookie; does nothing for an unknown cookie. */
export async function signOut(door: Door, cookie: string, { lang, now, address }: Knock): Promise<void> {
  const parts = partsOf(cookie)
  if (!parts) return
  const { county, hash } = parts
  const { rows } = await door.pool.query<{ id: string; name: string }>(
    `select a.id, a.name from session s join account a on a.county_id = s.county_id and a.id = s.account_id
      where s.county_id = $1 and s.token_hash = $2`,
    [county, hash],
  )
  if (!rows[0]) return
  const actor = { ...rows[0], county, grants: [], recusedFrom: [] }
  const doing = { kind: 'signOut', cycle: null, key: randomUUID(), says: ['signOut'] } as const
  await act({ pool: door.pool, actor, lang, now, address }, doing, async ({ client }) => {
    await client.query('delete from session where county_id = $1 and token_hash = $2', [county, hash])
    return { outcome: true, details: { session: hash.slice(0, 12) } }
  })
}

interface Change {
  key?: string
  /** The session that stays open; all others of the account end. */
  kept?: string
  /** Checked before the change; not checked again when the same call is repeated. */
  first?: () => Promise<void>
}

/** Sets a new password that the holder chose, and returns its hash. The account is then no longer offered as a demo account. */
export async function changePassword(doer: Doer, password: string, change: Change = {}): Promise<string> {
  const { key = randomUUID(), kept = '', first } = change
  const { county, id } = doer.actor
  const hash = await hashPassword(password)
  await act(doer, { kind: 'account', cycle: null, key, says: ['changePassword'] }, async ({ client }) => {
    await first?.()
    await client.query(
      'update account set password_hash = $3, must_change = false, demo = false where county_id = $1 and id = $2',
      [county, id, hash],
    )
    await client.query('delete from session where county_id = $1 and account_id = $2 and token_hash <> $3', [county, id, kept])
    return { outcome: true, details: { account: id, password: 'changed' } }
  })
  return hash
}

function partsOf(cookie: string): { county: string; hash: string } | undefined {
  const found = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/.exec(cookie)
  return found ? { county: found[1]!, hash: hashOf(found[2]!) } : undefined
}

/** The invented accounts that the sign-in page offers; none unless a demo county was planted. */
export async function demoAccounts(
  pool: pg.Pool,
): Promise<{ login: string; name: string; role: Role; unit: string; title: Text }[]> {
  const { rows } = await pool.query<{ login: string; name: string; role: Role; unit: string }>(
    `select a.login, a.name, g.role, u.name as unit
       from account a join role_grant g on g.county_id = a.county_id and g.account_id = a.id
       join unit u on u.county_id = g.county_id and u.id = g.unit_id
      where a.demo and a.disabled_at is null and g.ended_at is null order by u.kind = 'county', u.code, a.login`,
  )
  return rows.map((row) => ({ ...row, title: roleTitle(row.role) }))
}
