import { GraphQLError } from 'graphql'
import type pg from 'pg'
import { act, type Done, type Hand } from '../ledger/act.ts'
import type { ChangeKind } from '../ledger/kinds.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { newId } from '../base/id.ts'
import { refuse } from '../base/refuse.ts'
import { insertRows, isUuid } from '../base/database.ts'
import { isAdministrator, levelOf } from '../rules/access.ts'
import type { Role } from '../rules/permissions.ts'
import { dayOfMoment } from '../base/today.ts'
import { confirmed } from '../base/confirmed.ts'
import { hashPassword } from './password.ts'
import { isDay } from '../rules/days.ts'

/** What was given out: for an account, a password that is shown once. */
export interface Given {
  account: string
  password: string
}

interface Row {
  id: string
  login: string
  name: string
  disabled: boolean
  roles: Role[]
}

/** Throws `account.unknown` when the caller's county has no such account. The row stays locked until the transaction ends. */
async function lockAccount(context: Context, client: pg.PoolClient, id: string): Promise<Row> {
  const { county } = actorOf(context)
  if (!isUuid(id)) throw refusal(context, 'account.unknown')
  await client.query('select from account where county_id = $1 and id = $2 for update', [county, id])
  const { rows } = await client.query<Row>(
    `select a.id, a.login, a.name, a.disabled_at is not null as disabled,
            (select coalesce(array_agg(distinct g.role), '{}') from role_grant g where g.county_id = a.county_id and g.account_id = a.id and ${holding('$3')}) as roles
       from account a where a.county_id = $1 and a.id = $2`,
    [county, id, dayOfMoment(context.now)],
  )
  if (!rows[0]) throw refusal(context, 'account.unknown')
  return rows[0]
}

/** A condition on `role_grant g`: it holds on a day. */
export const holding = (day: string): string => `g.ended_at is null and (g.ends_on is null or g.ends_on >= ${day}::date)`

/** Changes accounts or grants as one act of the chain; the caller must have entered their password recently. */
export function done<Outcome>(
  context: Context,
  kind: ChangeKind,
  key: string,
  says: unknown,
  work: (hand: Hand, county: string) => Promise<Done<Outcome>>,
): Promise<Outcome> {
  confirmed(context)
  const actor = actorOf(context)
  return act({ ...context, actor }, { kind, cycle: null, key, says }, (hand) => work(hand, actor.county))
}

const nameOf = (context: Context, text: string): string => {
  const name = text.trim()
  if (name === '' || [...name].length > 50 || /\p{Cc}/u.test(name)) throw refusal(context, 'account.name')
  return name
}

/** What a password is derived from, so that the same call sent again is told the same one and it is stored nowhere. */
const oneTime = (context: Context, key: string): string => {
  const { county, id } = actorOf(context)
  return context.keys.typed('one-time-password', county, id, key)
}

/** The lock on all account names: shared by who takes one, alone by who takes many. */
export const takingLogins = `hashtextextended('logins', 2)`

/** Throws `account.name`, `account.login`, `account.taken`. */
export async function createAccount(context: Context, login: string, name: string, key: string): Promise<Given> {
  const plain = login.trim()
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,39}$/u.test(plain)) throw refusal(context, 'account.login')
  const shown = nameOf(context, name)
  const password = oneTime(context, key)
  const hash = await hashPassword(password)
  const account = await done(context, 'account', key, ['create', plain, shown], async ({ client, id }, county) => {
    // Account names are unique in the whole database, because signing in does not ask for a county.
    await client.query(`select pg_advisory_xact_lock_shared(${takingLogins}), pg_advisory_xact_lock(hashtextextended($1, 1))`, [
      plain.toLowerCase(),
    ])
    const { rowCount } = await client.query('select from account where lower(login) = lower($1)', [plain])
    if (rowCount) throw refusal(context, 'account.taken', { login: plain })
    await client.query(
      'insert into account (county_id, id, login, name, password_hash, must_change) values ($1, $2, $3, $4, $5, true)',
      [county, id, plain, shown, hash],
    )
    return { outcome: id, details: { account: id, login: [null, plain], name: [null, shown] } }
  })
  return { account, password }
}

export const renameAccount = (context: Context, id: string, name: string, key: string): Promise<boolean> => {
  const shown = nameOf(context, name)
  return done(context, 'account', key, ['rename', id, shown], async ({ client }, county) => {
    const account = await lockAccount(context, client, id)
    await client.query('update account set name = $3 where county_id = $1 and id = $2', [county, id, shown])
    return { outcome: true, details: { account: id, name: [account.name, shown] } }
  })
}

/** Closes an account from this moment on, or opens it again. Throws `account.self`, `account.last`. */
export const disableAccount = (context: Context, id: string, disabled: boolean, key: string): Promise<boolean> =>
  done(context, 'account', key, ['disable', id, disabled], async ({ client }, county) => {
    if (id === actorOf(context).id) throw refusal(context, 'account.self')
    const account = await lockAccount(context, client, id)
    if (disabled) await refuseLast(context, client, account)
    await client.query(
      'update account set disabled_at = case when $3 then coalesce(disabled_at, $4) end where county_id = $1 and id = $2',
      [county, id, disabled, context.now],
    )
    if (disabled) await endAll(client, county, id)
    return { outcome: true, details: { account: id, disabled: [account.disabled, disabled] } }
  })

/** Throws where nobody who can grant would be left. Locks the row of the county, so that two such calls run one after the other. */
async function refuseLast(context: Context, client: pg.PoolClient, { id, roles }: Pick<Row, 'id' | 'roles'>): Promise<void> {
  if (!roles.includes('securityAdmin')) return
  const { county } = actorOf(context)
  await client.query('select from county where id = $1 for no key update', [county])
  const { rowCount } = await client.query(
    `select from role_grant g join account a on a.county_id = g.county_id and a.id = g.account_id
      where g.county_id = $1 and g.role = 'securityAdmin' and a.id <> $2 and a.disabled_at is null and ${holding('$3')} limit 1`,
    [county, id, dayOfMoment(context.now)],
  )
  if (!rowCount) throw refusal(context, 'account.last')
}

const endAll = (client: pg.PoolClient, county: string, account: string) =>
  client.query('delete from session where county_id = $1 and account_id = $2', [county, account])

/**
 * Gives an account a new password for one sign-in. Whoever grants roles is not given one by whoever manages accounts: with
 * it they could grant to themselves. Throws `account.self`, `account.security`.
 */
export async function resetPassword(context: Context, id: string, key: string): Promise<Given> {
  const password = oneTime(context, key)
  const hash = await hashPassword(password)
  const account = await done(context, 'account', key, ['reset', id], async ({ client }, county) => {
    if (id === actorOf(context).id) throw refusal(context, 'account.self')
    const { roles } = await lockAccount(context, client, id)
    if (roles.includes('securityAdmin')) throw refusal(context, 'account.security')
    await client.query(
      'update account set password_hash = $3, must_change = true, demo = false where county_id = $1 and id = $2',
      [county, id, hash],
    )
    await endAll(client, county, id)
    return { outcome: id, details: { account: id, password: 'one-time' } }
  })
  return { account, password }
}

/** Removes the second factor of a lost telephone. The administrator who resets passwords may not: so it takes two people to enter another’s account. */
export const forgetTotp = (context: Context, id: string, key: string): Promise<boolean> =>
  done(context, 'account', key, ['forgetTotp', id], async ({ client }, county) => {
    if (id === actorOf(context).id) throw refusal(context, 'account.self')
    await lockAccount(context, client, id)
    await client.query(`update account set totp_secret = null, recovery_hashes = '{}' where county_id = $1 and id = $2`, [
      county,
      id,
    ])
    await endAll(client, county, id)
    return { outcome: true, details: { account: id, secondFactor: [true, false] } }
  })

/** Signs somebody out everywhere. */
export const endSessions = (context: Context, id: string, key: string): Promise<boolean> =>
  done(context, 'account', key, ['endSessions', id], async ({ client }, county) => {
    await lockAccount(context, client, id)
    const { rowCount } = await endAll(client, county, id)
    return { outcome: true, details: { account: id, sessionsEnded: rowCount } }
  })

export interface Granting {
  account: string
  role: Role
  unit: string
  /** The last day it holds, YYYY-MM-DD. */
  until?: string | null | undefined
  /** Of a deputy: the account of whoever they act for. */
  onBehalfOf?: string | null | undefined
  /** Of a coordinator's role: who they are among the assessed. */
  coordinator?: string | null | undefined
}

/**
 * Grants a role in a unit. Throws `grant.self`, `account.unknown`, `account.disabled`, `grant.unit`, `grant.until`,
 * `grant.coordinator`, `grant.deputy`, `grant.apart`, `grant.twice`.
 */
export function grantRole(context: Context, granting: Granting, key: string): Promise<string> {
  const { account, role, unit, until = null, onBehalfOf = null, coordinator = null } = granting
  const says = ['grant', account, role, unit, until, onBehalfOf, coordinator]
  return done(context, 'grant', key, says, async ({ client, id }) => {
    const details = await give(context, client, id, granting)
    await settleProposals(client, context, [account])
    return { outcome: id, details }
  })
}

/** How many roles are granted at once at most. */
export const mostGrants = 5000

/** Grants many roles as one act, all or none. Throws `grant.tooMany`, and as `grantRole` does, with the account named. */
export function grantRoles(context: Context, grantings: readonly Granting[], key: string): Promise<string[]> {
  if (grantings.length === 0 || grantings.length > mostGrants)
    throw refusal(context, 'grant.tooMany', { most: String(mostGrants) })
  const says = ['grantMany', grantings]
  return done(context, 'grant', key, says, async ({ client }) => {
    const grants = []
    // In the order of the accounts, so that two such acts wait for one another and not each for the other.
    for (const granting of grantings.toSorted((a, b) => (a.account < b.account ? -1 : 1)))
      grants.push(
        await give(context, client, newId(context.now.getTime()), granting).catch((error) => named(client, granting, error)),
      )
    await settleProposals(client, context, [...new Set(grantings.map(({ account }) => account))])
    return { outcome: grants.map(({ grant }) => grant), details: { grants } }
  })
}

/** The same refusal, with the name of the account that it is about. */
async function named(client: pg.PoolClient, { account }: Granting, error: unknown): Promise<never> {
  if (!(error instanceof GraphQLError) || !isUuid(account)) throw error
  const { rows } = await client.query<{ login: string }>('select login from account where id = $1', [account])
  if (!rows[0]) throw error
  throw refuse(String(error.extensions.code), `${rows[0].login}: ${error.message}`)
}

/** What accounts were made for is settled once they hold a role. */
const settleProposals = (client: pg.PoolClient, context: Context, accounts: readonly string[]) =>
  client.query(
    `update account set proposed_role = null, proposed_unit_id = null, proposed_coordinator_id = null
      where county_id = $1 and id = any($2) and proposed_role is not null`,
    [actorOf(context).county, accounts],
  )

/** Writes one grant, checked by all rules, and returns what it says. */
async function give(context: Context, client: pg.PoolClient, id: string, granting: Granting) {
  const { account, role, unit, until = null, onBehalfOf = null, coordinator = null } = granting
  const { county, id: granter } = actorOf(context)
  const today = dayOfMoment(context.now)
  if (account === granter) throw refusal(context, 'grant.self')
  const { roles, disabled } = await lockAccount(context, client, account)
  if (disabled) throw refusal(context, 'account.disabled')
  const { rows: units } = isUuid(unit)
    ? await client.query<{ kind: string; name: string }>('select kind, name from unit where county_id = $1 and id = $2', [
        county,
        unit,
      ])
    : { rows: [] }
  if (units[0]?.kind !== levelOf(role)) throw refusal(context, 'grant.unit')
  if (until !== null && (!isDay(until) || until < today)) throw refusal(context, 'grant.until')
  // Whoever manages accounts or grants sees no assessment, and neither does the other's work.
  if ([...roles, role].some(isAdministrator) && roles.some((one) => one !== role)) throw refusal(context, 'grant.apart')
  if ((role === 'coordinator') !== (coordinator !== null)) throw refusal(context, 'grant.coordinator')
  if (coordinator !== null && !(await servesIn(client, county, coordinator, unit))) throw refusal(context, 'grant.coordinator')
  const principal = onBehalfOf === null ? null : await holderOf(client, county, onBehalfOf, role, unit, today)
  if (onBehalfOf !== null && (principal === undefined || until === null || onBehalfOf === account || role === 'coordinator'))
    throw refusal(context, 'grant.deputy')
  const { rowCount: twice } = await client.query(
    `select from role_grant g where g.county_id = $1 and g.account_id = $2 and g.role = $3 and g.unit_id = $4
          and g.on_behalf_of is not distinct from $6 and g.coordinator_id is not distinct from $7 and ${holding('$5')}`,
    [county, account, role, unit, today, principal, coordinator],
  )
  if (twice) throw refusal(context, 'grant.twice')
  const held = {
    account_id: account,
    role,
    unit_id: unit,
    ends_on: until,
    coordinator_id: coordinator,
    on_behalf_of: principal,
  }
  await insertRows(client, 'role_grant', [{ county_id: county, id, ...held }])
  return { grant: id, account, role, unit, until, onBehalfOf: principal, coordinator }
}

/** Ends a grant from this moment on. Throws `grant.unknown`, `grant.self`. */
export const endGrant = (context: Context, id: string, key: string): Promise<boolean> =>
  done(context, 'grant', key, ['end', id], async ({ client }, county) => {
    const { rows } = isUuid(id)
      ? await client.query<{ account: string; role: Role; unit: string }>(
          `select account_id as account, role, unit_id as unit from role_grant g where county_id = $1 and id = $2 and ${holding('$3')} for update`,
          [county, id, dayOfMoment(context.now)],
        )
      : { rows: [] }
    const grant = rows[0]
    if (!grant) throw refusal(context, 'grant.unknown')
    if (grant.account === actorOf(context).id) throw refusal(context, 'grant.self')
    if (grant.role === 'securityAdmin') await refuseLast(context, client, { id: grant.account, roles: [grant.role] })
    await client.query('update role_grant set ended_at = $3 where county_id = $1 and id = $2', [county, id, context.now])
    return { outcome: true, details: { ended: id, ...grant } }
  })

async function servesIn(client: pg.PoolClient, county: string, coordinator: string, village: string): Promise<boolean> {
  if (!isUuid(coordinator)) return false
  const { rowCount } = await client.query(
    'select from posting where county_id = $1 and coordinator_id = $2 and village_id = $3 limit 1',
    [county, coordinator, village],
  )
  return rowCount === 1
}

/** The name of the account, if it holds the role in the unit itself. */
async function holderOf(
  client: pg.PoolClient,
  county: string,
  account: string,
  role: Role,
  unit: string,
  today: string,
): Promise<string | undefined> {
  if (!isUuid(account)) return undefined
  const { rows } = await client.query<{ name: string }>(
    `select a.name from role_grant g join account a on a.county_id = g.county_id and a.id = g.account_id
      where g.county_id = $1 and a.id = $2 and g.role = $3 and g.unit_id = $4 and g.on_behalf_of is null and ${holding('$5')} limit 1`,
    [county, account, role, unit, today],
  )
  return rows[0]?.name
}
