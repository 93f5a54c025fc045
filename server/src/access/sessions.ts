import { createHash, randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Actor, Grant } from '../rules/access.ts'
import { passwordFits } from './password.ts'

/** Attempts allowed within the window, of one account name and from one address. */
const attempts = { login: 5, address: 30 }
const windowMinutes = 15
const longestHours = 12

export type SignIn = { cookie: string } | { wrong: true } | { waitMinutes: number }

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')

let last: Promise<unknown> = Promise.resolve()

/**
 * Signs somebody in. An unknown name and a wrong password get the same answer after the same time; too many failures of
 * a name or from an address have to wait. The cookie names the county, so that a session is found without asking all.
 * One at a time: many sent at once would all be let through before the first is counted, and each takes its memory.
 */
export function signIn(pool: pg.Pool, login: string, password: string, address: string, now: Date): Promise<SignIn> {
  const turn = last.then(() => attempt(pool, login, password, address, now))
  last = turn.catch(() => undefined)
  return turn
}

async function attempt(pool: pg.Pool, login: string, password: string, address: string, now: Date): Promise<SignIn> {
  const subjects = [`login:${login}`, `address:${address}`]
  const waitMinutes = await waitOf(pool, subjects, now)
  if (waitMinutes > 0) return { waitMinutes }

  const { rows } = await pool.query<{ county: string; id: string; hash: string }>(
    'select county_id as county, id, password_hash as hash from account where login = $1 limit 1',
    [login],
  )
  const account = rows[0]
  if (!(await passwordFits(password, account?.hash))) {
    await countFailure(pool, subjects, now)
    return { wrong: true }
  }
  await pool.query('delete from sign_in_failure where subject = $1', [subjects[0]])
  const token = randomBytes(32).toString('base64url')
  await pool.query(
    'insert into session (county_id, token_hash, account_id, created_at, seen_at, expires_at) values ($1, $2, $3, $4, $4, $5)',
    [account!.county, hashOf(token), account!.id, now, new Date(now.getTime() + longestHours * 3_600_000)],
  )
  await pool.query('delete from session where county_id = $1 and expires_at < $2', [account!.county, now])
  return { cookie: `${account!.county}.${token}` }
}

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

/** Who holds this cookie, or nobody: no such session, too long idle, too old, or without any role left. */
export async function actorOfCookie(pool: pg.Pool, cookie: string, now: Date, idleMinutes: number): Promise<Actor | undefined> {
  const parts = partsOf(cookie)
  if (!parts) return undefined
  const { rows } = await pool.query<{ id: string; name: string; seen: Date; grants: Grant[]; relatives: string[] }>({
    name: 'actor-of-session',
    text: `select a.id, a.name, s.seen_at as seen,
                  coalesce((select json_agg(json_build_object('role', g.role, 'unit', g.unit_id, 'coordinator', g.coordinator_id, 'onBehalfOf', g.on_behalf_of)) from role_grant g
                             where g.county_id = a.county_id and g.account_id = a.id and (g.ends_on is null or g.ends_on >= $3::timestamptz::date)), '[]') as grants,
                  coalesce((select json_agg(r.coordinator_id) from recusal r
                             where r.county_id = a.county_id and r.account_id = a.id and r.ended_at is null), '[]') as relatives
             from session s join account a on a.county_id = s.county_id and a.id = s.account_id
            where s.county_id = $1 and s.token_hash = $2 and s.expires_at > $3 and s.seen_at > $4`,
    values: [parts.county, parts.hash, now, new Date(now.getTime() - idleMinutes * 60_000)],
  })
  const row = rows[0]
  if (!row || row.grants.length === 0) return undefined
  // Once a minute is often enough to know that somebody is there.
  if (now.getTime() - new Date(row.seen).getTime() > 60_000)
    await pool.query('update session set seen_at = $3 where county_id = $1 and token_hash = $2', [parts.county, parts.hash, now])
  return { id: row.id, name: row.name, county: parts.county, grants: row.grants, recusedFrom: row.relatives }
}

export async function signOut(pool: pg.Pool, cookie: string): Promise<void> {
  const parts = partsOf(cookie)
  if (parts) await pool.query('delete from session where county_id = $1 and token_hash = $2', [parts.county, parts.hash])
}

function partsOf(cookie: string): { county: string; hash: string } | undefined {
  const found = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/.exec(cookie)
  return found ? { county: found[1]!, hash: hashOf(found[2]!) } : undefined
}

/** The invented accounts that the sign-in page offers; none unless a demo county was planted. */
export async function demoAccounts(pool: pg.Pool): Promise<{ login: string; name: string; role: string; unit: string }[]> {
  const { rows } = await pool.query<{ login: string; name: string; role: string; unit: string }>(
    `select a.login, a.name, g.role, u.name as unit
       from account a join role_grant g on g.county_id = a.county_id and g.account_id = a.id
       join unit u on u.county_id = g.county_id and u.id = g.unit_id
      where a.demo order by u.kind = 'county', u.code, a.login`,
  )
  return rows
}
