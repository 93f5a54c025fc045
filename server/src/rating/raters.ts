import type pg from 'pg'
import { act } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { insertRows, isUuid } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { codeHash, newCode } from './codes.ts'
import { reasonOf } from '../base/reason.ts'
import type { RaterInput, Slip, Invited } from './rating.types.ts'
import { checkGroup, lockRated } from './rated-sheets.ts'

/** At most so many raters in one call. */
export const mostRaters = 5000

interface RaterAccount {
  id: string
  name: string
  /** The coordinators whom they may not rate: themselves and declared relatives. */
  mayNotRate: string[]
}

/**
 * Invites people to rate sheets, and issues a code to each who has no account. The codes are answered once: only their hashes
 * are stored. Throws `rating.people`, `rating.tooMany`, `rating.account`, `rating.relative`, `rating.twice`.
 */
export async function inviteRaters(
  context: Context,
  { cycle, sheets, group, people, key }: { cycle: string; sheets: string[]; group: string; people: RaterInput[]; key: string },
): Promise<Invited> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  checkGroup(context, rules, group)
  const wanted = people.map(({ name, login }) => ({ name: name?.trim() || null, login: login?.trim() || null }))
  if (wanted.length === 0 || wanted.some(({ name, login }) => !(name ?? login) || (name?.length ?? 0) > 40))
    throw refusal(context, 'rating.people')
  if (wanted.length * sheets.length > mostRaters) throw refusal(context, 'rating.tooMany', { most: String(mostRaters) })
  let slips: Slip[] = []
  const says = ['invite', [...sheets].sort(), group, wanted]
  const raters = await act({ ...context, actor }, { kind: 'ballot', cycle, key, says }, async ({ client }) => {
    const rows = await lockRated(client, context, rules, sheets)
    const accounts = await accountsOf(
      client,
      context,
      wanted.flatMap(({ login }) => login ?? []),
    )
    const made = rows.flatMap((row) =>
      wanted.map(({ name, login }) => {
        const account = login === null ? undefined : accounts.get(login)
        if (login !== null && !account) throw refusal(context, 'rating.account', { login })
        if (account?.mayNotRate.includes(row.coordinatorId)) throw refusal(context, 'rating.relative', { name: account.name })
        return { row, name: account?.name ?? name!, account: account?.id ?? null, code: account ? null : newCode() }
      }),
    )
    const ids = made.map(() => newId(context.now.getTime()))
    await insertRows(
      client,
      'rater',
      made.map(({ row, name, account, code }, at) => ({
        county_id: actor.county,
        id: ids[at],
        cycle_id: cycle,
        sheet_id: row.id,
        rater_group: group,
        name,
        account_id: account,
        code_hash: code === null ? null : codeHash(code),
        invited_by: actor.name,
        invited_at: context.now,
        voted: false,
      })),
    )
    slips = await slipsOf(client, context, new Map(made.flatMap(({ code }, at) => (code ? [[ids[at]!, code]] : []))))
    const details = { group, raters: made.map(({ row, name, account }, at) => ({ id: ids[at], sheet: row.id, name, account })) }
    return { outcome: ids, details }
  }).catch((error: Error & { constraint?: string }) => {
    throw error.constraint === 'rater_once' ? refusal(context, 'rating.twice') : error
  })
  return { raters, slips }
}

/** New codes for raters who have not voted, in place of the earlier ones. */
export async function issueCodes(
  context: Context,
  { cycle, ids, key }: { cycle: string; ids: string[]; key: string },
): Promise<Slip[]> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  let slips: Slip[] = []
  await act({ ...context, actor }, { kind: 'ballot', cycle, key, says: ['codes', [...ids].sort()] }, async ({ client }) => {
    const raters = await ratersOf(client, context, ids)
    await lockRated(client, context, rules, [...new Set(raters.map(({ sheet }) => sheet))])
    const codes = new Map(raters.filter(({ slip, voted }) => slip && !voted).map(({ id }) => [id, newCode()]))
    for (const [id, code] of codes)
      await client.query('update rater set code_hash = $3 where county_id = $1 and id = $2 and not voted', [
        actor.county,
        id,
        codeHash(code),
      ])
    slips = await slipsOf(client, context, codes)
    return { outcome: codes.size, details: { codes: [...codes.keys()] } }
  })
  return slips
}

/** Withdraws invitations. Throws `rating.voted` where one was used. */
export async function withdrawRaters(
  context: Context,
  { cycle, ids, given, key }: { cycle: string; ids: string[]; given: string; key: string },
): Promise<number> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const reason = reasonOf(given, context)
  const doing = { kind: 'ballot', cycle, key, says: ['withdraw', [...ids].sort()], reason } as const
  return act({ ...context, actor }, doing, async ({ client }) => {
    const raters = await ratersOf(client, context, ids)
    await lockRated(client, context, rules, [...new Set(raters.map(({ sheet }) => sheet))])
    const { rowCount } = await client.query(
      'update rater set withdrawn = $3 where county_id = $1 and id = any($2::uuid[]) and not voted and withdrawn is null',
      [actor.county, ids, reason],
    )
    if (rowCount !== ids.length) throw refusal(context, 'rating.voted')
    return { outcome: ids.length, details: { withdrawn: ids } }
  })
}

/** The accounts with these logins, by login. */
async function accountsOf(
  client: pg.PoolClient,
  context: Context,
  logins: readonly string[],
): Promise<Map<string, RaterAccount>> {
  const { rows } = await client.query<Omit<RaterAccount, 'mayNotRate'> & { login: string; kept: string[] }>(
    `select a.login, a.id, a.name,
            array(select g.coordinator_id from role_grant g
                   where g.county_id = a.county_id and g.account_id = a.id and g.coordinator_id is not null
                  union
                  select r.coordinator_id from recusal r
                   where r.county_id = a.county_id and r.account_id = a.id and r.ended_at is null) as kept
       from account a where a.county_id = $1 and a.login = any($2)`,
    [actorOf(context).county, logins],
  )
  return new Map(rows.map(({ login, kept, ...account }) => [login, { ...account, mayNotRate: kept }]))
}

/** The raters with these ids. Throws `rating.unknown` unless every one is there and not withdrawn. */
async function ratersOf(
  client: pg.PoolClient,
  context: Context,
  ids: readonly string[],
): Promise<{ id: string; sheet: string; slip: boolean; voted: boolean }[]> {
  const { rows } = await client.query<{ id: string; sheet: string; slip: boolean; voted: boolean }>(
    `select id, sheet_id as sheet, code_hash is not null as slip, voted from rater
      where county_id = $1 and id = any($2::uuid[]) and withdrawn is null`,
    [actorOf(context).county, ids.filter(isUuid)],
  )
  if (rows.length === 0 || rows.length !== ids.length) throw refusal(context, 'rating.unknown')
  return rows
}

/** What is printed on the slips, by the codes of the raters. */
async function slipsOf(client: pg.PoolClient, context: Context, codes: ReadonlyMap<string, string>): Promise<Slip[]> {
  const { rows } = await client.query<Omit<Slip, 'code'>>(
    `select r.id as rater, r.name, c.name as coordinator, v.name as village
       from rater r join sheet s on s.county_id = r.county_id and s.id = r.sheet_id
       join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
       join unit v on v.county_id = s.county_id and v.id = s.village_id
      where r.county_id = $1 and r.id = any($2::uuid[])`,
    [actorOf(context).county, [...codes.keys()]],
  )
  const by = new Map(rows.map((row) => [row.rater, row]))
  return [...codes].map(([rater, code]) => ({ ...by.get(rater)!, code }))
}
