import { availableParallelism } from 'node:os'
import type pg from 'pg'
import { confirmed } from '../base/confirmed.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { insertRows } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { dayOfMoment } from '../base/today.ts'
import { isAdministrator, levelOf } from '../rules/access.ts'
import { roles as allRoles, roleTitle, type Role } from '../rules/permissions.ts'
import { done, holding, takingLogins } from './accounts.ts'
import { hashPassword } from './password.ts'

/** An account that was made for a unit or a coordinator, with its one-time password. */
export interface MadeAccount {
  account: string
  login: string
  name: string
  password: string
}

/** How many accounts are made at once at most. */
export const mostAccounts = 5000

/** Whom a role is for: a unit, or of the coordinators' role a person. */
interface Post {
  role: Role
  unit: string
  coordinator: string | null
  code: string
  name: string
  town: string | null
}

/** The roles whose accounts are made for all units at once; those of administrators are made one by one. */
export const rolesForUnits = allRoles.filter((role) => !isAdministrator(role))

/**
 * Whom the roles $2 (of the levels $3) are for in the county $1, and whether an open account holds the role there on the
 * day $4, or was made for it.
 */
const posts = `
  with role as (select * from unnest($2::text[], $3::text[]) with ordinality r(role, kind, rank)),
  post as (
    select r.rank, r.role, u.id as unit, null::uuid as coordinator, u.id as place, u.code, u.name, t.name as town
      from role r join unit u on u.county_id = $1 and u.kind = r.kind
      left join unit t on t.county_id = u.county_id and t.id = u.parent_id and t.kind = 'town'
     where r.role <> 'coordinator'
    union all
    select * from (
      select distinct on (c.id) r.rank, r.role, v.id, c.id, c.id, v.code, c.name, t.name
        from role r join posting p on p.county_id = $1 and (p.ends_on is null or p.ends_on >= $4::date)
        join coordinator c on c.county_id = p.county_id and c.id = p.coordinator_id
        join unit v on v.county_id = p.county_id and v.id = p.village_id
        left join unit t on t.county_id = v.county_id and t.id = v.parent_id
       where r.role = 'coordinator' order by c.id, p.starts_on desc, p.id) person),
  taken as (
    select proposed_role as role, coalesce(proposed_coordinator_id, proposed_unit_id) as place
      from account where county_id = $1 and disabled_at is null and proposed_role is not null
    union
    select g.role, coalesce(g.coordinator_id, g.unit_id) from role_grant g
      join account a on a.county_id = g.county_id and a.id = g.account_id
     where g.county_id = $1 and a.disabled_at is null and g.on_behalf_of is null and ${holding('$4')})
  select post.*, taken.role is not null as taken from post left join taken using (role, place)`

const valuesOf = (context: Context, roles: readonly Role[]) => [
  actorOf(context).county,
  roles,
  roles.map((role) => levelOf(role)),
  dayOfMoment(context.now),
]

/** Of every role: for how many units or people it is, and how many of these have no account. */
export async function accountsToMake(context: Context): Promise<{ role: Role; all: number; missing: number }[]> {
  const { rows } = await context.pool.query<{ role: Role; all: number; missing: number }>(
    `select role, count(*)::int as all, count(*) filter (where not taken)::int as missing from (${posts}) p group by role, rank order by rank`,
    valuesOf(context, rolesForUnits),
  )
  return rows
}

async function missing(context: Context, roles: readonly Role[], client: pg.Pool | pg.PoolClient): Promise<Post[]> {
  const { rows } = await client.query<Post>(
    `select role, unit, coordinator, code, name, town from (${posts}) p where not taken order by rank, code, name, place`,
    valuesOf(context, roles),
  )
  return rows
}

/** An account whose password is hashed, before it is known that it will be made. */
interface Prepared {
  id: string
  hash: string
}
interface Preparing {
  done: number
  of: number
  result: Promise<Map<string, Prepared>>
}
const keyOf = ({ role, unit, coordinator }: Post) => `${role} ${coordinator ?? unit}`

/** What is being hashed in this process, by county, caller and key: a call that is sent again meanwhile waits for the same. */
const preparing = new Map<string, Preparing>()
const callOf = (context: Context, key: string): string => {
  const { county, id } = actorOf(context)
  return JSON.stringify([county, id, key])
}

/** How far a call of `createAccounts` under way in this process is. */
export const accountsProgress = (context: Context, key: string): Pick<Preparing, 'done' | 'of'> | null =>
  preparing.get(callOf(context, key)) ?? null

/** So many hashes at once; they run beside the event loop, on threads that signing in needs one of. */
const lanes = Math.min(3, availableParallelism())

function prepare(context: Context, found: readonly Post[], key: string): Promise<Map<string, Prepared>> {
  const call = callOf(context, key)
  const under = preparing.get(call)
  if (under) return under.result
  const made = new Map<string, Prepared>()
  const left = found.values()
  const state: Preparing = { done: 0, of: found.length, result: Promise.resolve(made) }
  const lane = async () => {
    for (const post of left) {
      const id = newId(context.now.getTime())
      made.set(keyOf(post), { id, hash: await hashPassword(passwordOf(context, key, id)) })
      state.done += 1
    }
  }
  preparing.set(call, state)
  state.result = Promise.all(Array.from({ length: lanes }, lane))
    .then(() => made)
    .finally(() => preparing.delete(call))
  return state.result
}

/** What follows from the call and the account, so that the same call sent again tells the same and nothing is stored. */
const passwordOf = (context: Context, key: string, account: string): string => {
  const { county, id } = actorOf(context)
  return context.keys.typed('one-time-password', county, id, key, account)
}

/**
 * Makes an account for every unit, or coordinator on post, that has none for one of the roles, as one act, and proposes the
 * role for it; roles are granted by somebody else. Sent again it tells the same passwords.
 * Throws `account.noRoles`, `account.administrators`, `account.tooMany`, `account.noneMissing`.
 */
export async function createAccounts(context: Context, asked: readonly Role[], key: string): Promise<MadeAccount[]> {
  confirmed(context)
  if (asked.some(isAdministrator)) throw refusal(context, 'account.administrators')
  const roles = rolesForUnits.filter((role) => asked.includes(role))
  if (roles.length === 0) throw refusal(context, 'account.noRoles')
  const found = await missing(context, roles, context.pool)
  if (found.length > mostAccounts) throw refusal(context, 'account.tooMany', { most: String(mostAccounts) })
  const ready = await prepare(context, found, key)
  const ids = await done(context, 'account', key, ['createMany', roles], async ({ client }, county) => {
    await client.query(`select pg_advisory_xact_lock(${takingLogins})`)
    // Looked at again under the lock: what somebody made meanwhile is not made twice, and what is new waits for another call.
    const still = (await missing(context, roles, client)).filter((post) => ready.has(keyOf(post)))
    if (still.length === 0) throw refusal(context, 'account.noneMissing')
    const loginFor = await freeLogins(client, still)
    const accounts = still.map((post) => ({ ...post, ...ready.get(keyOf(post))!, login: loginFor(post) }))
    await insertRows(
      client,
      'account',
      accounts.map(({ id, hash, login, role, unit, coordinator, ...post }) => ({
        county_id: county,
        id,
        login,
        name: nameFor({ role, ...post }, context),
        password_hash: hash,
        demo: false,
        must_change: true,
        totp_step: 0,
        recovery_hashes: [],
        proposed_role: role,
        proposed_unit_id: unit,
        proposed_coordinator_id: coordinator,
      })),
    )
    const details = {
      roles,
      accounts: accounts.map(({ id, login, role, unit, coordinator }) => ({ account: id, login, role, unit, coordinator })),
    }
    return { outcome: accounts.map(({ id }) => id), details }
  })
  const { rows } = await context.pool.query<Omit<MadeAccount, 'password'>>(
    'select id as account, login, name from account where county_id = $1 and id = any($2) order by login',
    [actorOf(context).county, ids],
  )
  return rows.map((row) => ({ ...row, password: passwordOf(context, key, row.account) }))
}

/** The code of the unit, or the first of code-2, code-3, … that nobody in the database has. */
async function freeLogins(client: pg.PoolClient, found: readonly Post[]): Promise<(post: Post) => string> {
  const { rows } = await client.query<{ login: string }>(
    `select lower(login) as login from account where split_part(login, '-', 1) = any($1)`,
    [found.map(({ code }) => code)],
  )
  const taken = new Set(rows.map(({ login }) => login))
  return ({ code }) => {
    let login = code
    for (let n = 2; taken.has(login); n++) login = `${code}-${n}`
    taken.add(login)
    return login
  }
}

/** A coordinator's own name, a village with its town, and of other units what is done there. */
function nameFor({ role, name, town }: Pick<Post, 'role' | 'name' | 'town'>, { lang }: Context): string {
  const whole = role === 'coordinator' ? name : role === 'village' ? `${town ?? ''} ${name}` : `${name} ${roleTitle(role)[lang]}`
  return [...whole.trim()].slice(0, 50).join('')
}

/** A role that an account was made for. */
export interface Proposal {
  account: string
  login: string
  name: string
  role: Role
  unit: string
  unitName: string
  coordinator?: string | null
}

/** What open accounts were made for and do not hold yet, by login. */
export async function proposedGrants(context: Context): Promise<Proposal[]> {
  const { rows } = await context.pool.query<Proposal>(
    `select a.id as account, a.login, a.name, a.proposed_role as role, a.proposed_unit_id as unit, u.name as "unitName",
            a.proposed_coordinator_id as coordinator
       from account a join unit u on u.county_id = a.county_id and u.id = a.proposed_unit_id
      where a.county_id = $1 and a.disabled_at is null and a.proposed_role is not null order by a.login`,
    [actorOf(context).county],
  )
  return rows
}
