import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { act, type Doer, type Hand } from '../ledger/act.ts'
import type { Changes } from '../ledger/chain.ts'
import { policyOf } from '../base/policies.ts'
import { refuse } from '../base/refuse.ts'
import { isRecused, type Actor } from '../rules/access.ts'
import { askedOf, ballotObjection, isSecret } from '../rules/ballots.ts'
import type { Choices } from '../rules/facts.ts'
import type { Policy } from '../rules/policy/shape.ts'
import type { Ballot } from '../rules/score/rated.ts'
import { mayChange, RATINGS } from '../rules/reopened.ts'
import { writersAt } from '../rules/stages.ts'
import type { Lang } from '../rules/text.ts'
import { evaluated } from '../core/evaluated.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import { lockSheets } from '../core/lock.ts'
import { dayOfMoment } from '../base/today.ts'
import { sentence, type Code } from '../base/words.ts'
import { codeHash } from './codes.ts'
import { insertRows } from '../base/database.ts'

/** A rater with all that their ballot needs. */
export interface Invitation {
  county: string
  rater: string
  cycle: string
  sheet: string
  group: string
  voted: boolean
  stage: string
  coordinatorId: string
  coordinator: string
  village: string
  year: number
  open: boolean
  policy: Policy
  choices: Choices
}

/** One dimension as a ballot asks for it. */
export interface AskedMark {
  id: string
  title: string
  detail: string | null
  most: string
  step: string
}

/** All that a rater is shown. */
export interface Form {
  coordinator: string
  village: string
  year: number
  group: string
  secret: boolean
  voted: boolean
  open: boolean
  dimensions: AskedMark[]
}

const refusal = (lang: Lang, code: Code, params: Record<string, string> = {}) =>
  refuse(code, sentence(lang, code, params), params)

/** Whether a sheet takes ballots where it stands; one that an appeal reopened, if it named the ratings. */
const takesBallots = (policy: Policy, { stage, reopened }: Pick<SheetRow, 'stage' | 'reopened'>): boolean =>
  writersAt(policy, stage).length > 0 && mayChange(reopened, RATINGS)

/** The invitations that stand and meet a condition over `rater r`. */
async function invitations(client: pg.Pool | pg.PoolClient, condition: string, values: unknown[]): Promise<Invitation[]> {
  const { rows } = await client.query<
    Omit<Invitation, 'policy'> & { policyId: string; state: string; reopened: string[] | null }
  >(
    `select r.county_id as county, r.id as rater, r.cycle_id as cycle, r.sheet_id as sheet, r.rater_group as "group", r.voted,
            s.stage, s.reopened, s.coordinator_id as "coordinatorId", c.name as coordinator, v.name as village, y.year, y.policy_id as "policyId",
            y.choices, y.state
       from rater r join sheet s on s.county_id = r.county_id and s.id = r.sheet_id
       join cycle y on y.county_id = r.county_id and y.id = r.cycle_id
       join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
       join unit v on v.county_id = s.county_id and v.id = s.village_id
      where r.withdrawn is null and ${condition} order by v.code, c.name, r.id`,
    values,
  )
  return rows.map(({ policyId, state, reopened, ...row }) => {
    const policy = policyOf(policyId)
    return { ...row, policy, open: state === 'open' && takesBallots(policy, { ...row, reopened }) }
  })
}

/** The invitation on a slip, or undefined. */
export const invitationOf = async (pool: pg.Pool, code: string): Promise<Invitation | undefined> =>
  (await invitations(pool, 'r.code_hash = $1', [codeHash(code)]))[0]

/** Those of somebody with an account, but for relatives. */
export const invitationsFor = async (pool: pg.Pool, actor: Actor, cycle: string): Promise<Invitation[]> =>
  (await invitations(pool, 'r.county_id = $1 and r.account_id = $2 and r.cycle_id = $3', [actor.county, actor.id, cycle])).filter(
    ({ coordinatorId }) => !isRecused(actor, { coordinator: coordinatorId }),
  )

export function formOf({ policy, choices, group, ...invitation }: Invitation, lang: Lang): Form {
  const { coordinator, village, year, voted, open } = invitation
  const title = policy.rated?.groups.find(({ id }) => id === group)?.title[lang] ?? group
  const dimensions = askedOf(policy, choices).map(({ dimension: { id, title: name, detail }, most, step }) => ({
    id,
    title: name[lang],
    detail: detail?.[lang] ?? null,
    most: most.toFraction(),
    step,
  }))
  return { coordinator, village, year, group: title, secret: isSecret(group), voted, open, dimensions }
}

/** The hands that put in a ballot whose rater is nobody’s business: the chain names the box. */
const boxOf = ({ county, cycle }: Invitation): Actor => ({
  id: cycle,
  name: '票箱',
  county,
  grants: [],
  recusedFrom: [],
})

/**
 * Puts one ballot in. Of a secret group nothing that is stored says whose it was or at what time: not the ballot, not the
 * chain (the box did it, at the beginning of the day, from nowhere), not the order or the version of any row. Throws
 * `vote.used`, `vote.closed`, `vote.mark`, `recused`.
 */
export async function cast(
  { pool, lang, now, address }: Omit<Doer, 'actor'>,
  invitation: Invitation,
  voter: Actor | undefined,
  scores: Record<string, string>,
  key: string,
): Promise<boolean> {
  const { county, cycle, sheet, group, rater, policy, choices } = invitation
  if (voter && isRecused(voter, { coordinator: invitation.coordinatorId })) throw refusal(lang, 'recused')
  const objection = ballotObjection(askedOf(policy, choices), scores)
  if (objection === 'unknown') throw refusal(lang, 'vote.unknown')
  if (objection)
    throw refusal(lang, 'vote.mark', {
      dimension: objection.dimension.title[lang],
      most: objection.most.toFraction(),
      step: objection.step,
    })
  const secret = isSecret(group)
  const day = dayOfMoment(now)
  const doer = {
    pool,
    lang,
    actor: secret || !voter ? boxOf(invitation) : voter,
    now: secret ? new Date(`${day}T00:00:00+08:00`) : now,
    address: secret ? '' : address,
  }
  // What the act says of itself is kept as a hash: it must not hold the rater, of whom there are few enough to try.
  const doing = { kind: 'ballot', cycle, key, says: [sheet, group, scores] } as const
  return act(doer, doing, async (hand) => {
    const row = await lockOpen(hand.client, lang, invitation)
    const { rowCount } = await hand.client.query(
      'select from rater where county_id = $1 and id = $2 and not voted and withdrawn is null for update',
      [county, rater],
    )
    if (rowCount === 0) throw refusal(lang, 'vote.used')
    const seq = await hand.seq()
    const ballot: Ballot = { id: randomUUID(), group, scores }
    await insertRows(hand.client, 'ballot', [
      {
        county_id: county,
        id: ballot.id,
        cycle_id: cycle,
        sheet_id: sheet,
        rater_group: group,
        scores,
        rater_id: secret ? null : rater,
        day,
        seq,
      },
    ])
    // All raters and ballots of the group are written anew, so that the version of no row tells which came together.
    const of = [county, sheet, group]
    await hand.client.query(
      'update rater set voted = voted or id = $4 where county_id = $1 and sheet_id = $2 and rater_group = $3',
      [...of, rater],
    )
    if (secret)
      await hand.client.query('update ballot set valid = valid where county_id = $1 and sheet_id = $2 and rater_group = $3', of)
    const done = recount(invitation, row, [...(row.beyond.ballots ?? []), ballot], seq, { [ballot.id]: [null, group] })
    return { outcome: true, ...done, details: { sheet, ballot, rater: secret ? null : rater } }
  })
}

/** The sheet with other ballots, in the order of their ids, which are drawn by lot. */
export function recount(
  { policy, choices }: Pick<Invitation, 'policy' | 'choices'>,
  row: SheetRow,
  ballots: readonly Ballot[],
  seq: number,
  turns: Record<string, [string | null, string | null]>,
): { rows: SheetRow[]; changes: Changes } {
  const beyond = { ...row.beyond, ballots: ballots.toSorted((a, b) => (a.id < b.id ? -1 : 1)) }
  Object.assign(row, { beyond, ...evaluated(policy, choices, row.facts, beyond), seq })
  const cells = Object.fromEntries(Object.entries(turns).map(([id, turn]) => [`@ballot.${id}`, turn]))
  return { rows: [row], changes: new Map([[row.id, cells]]) }
}

/** The sheet, locked, if it still takes ballots. Throws `vote.closed`. */
async function lockOpen(client: Hand['client'], lang: Lang, { county, cycle, sheet, policy }: Invitation): Promise<SheetRow> {
  const [row] = await lockSheets(client, county, { ids: [sheet] })
  const { rowCount } = await client.query(
    `select from cycle where county_id = $1 and id = $2 and state = 'open' and policy_id = $3 for share`,
    [county, cycle, policy.id],
  )
  if (!row || rowCount === 0 || !takesBallots(policy, row)) throw refusal(lang, 'vote.closed')
  return row
}
