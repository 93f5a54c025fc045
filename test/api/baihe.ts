import { newId } from '../../server/src/base/id.ts'
import { policies } from '../../server/src/base/policies.ts'
import { evaluated } from '../../server/src/core/evaluated.ts'
import type { Caller, County } from '../county.ts'
import { newKey } from './sheets.ts'

/** A sheet of the Baihe cycle. */
export interface BaiheSheet {
  id: string
  town: string
  village: string
  coordinator: string
  name: string
}

/** Opens a cycle of the county under Baihe's policy, with an empty sheet for each posting of the demo, at the first stage. */
export async function openBaihe({ app, cycle: demo }: County): Promise<{ cycle: string; sheets: BaiheSheet[] }> {
  const { pool } = app.database
  const { policy, hash } = policies().get('baihe-1')!
  const cycle = newId()
  await pool.query(
    `insert into cycle (county_id, id, year, policy_id, policy_hash, choices, state, base_date)
     select county_id, $2, year, $3, $4, '{}', 'open', base_date from cycle where id = $1`,
    [demo, cycle, policy.id, hash],
  )
  const { points, marks, total, missing, limits } = evaluated(policy, {}, {})
  await pool.query(
    `insert into sheet (county_id, id, cycle_id, line, coordinator_id, posting_id, village_id, town_id, full_time, days, state, stage,
                        beyond, facts, points, marks, total, missing, limits, seq)
     select county_id, gen_random_uuid(), $2, line, coordinator_id, posting_id, village_id, town_id, full_time, days, 'open', $3,
            '{}', '{}', $4, $5, $6, $7, $8, 0 from sheet where cycle_id = $1`,
    [demo, cycle, policy.stages[0]!.id, points, marks, total, missing, limits],
  )
  const { rows } = await pool.query<BaiheSheet>(
    `select s.id, s.town_id as town, s.village_id as village, s.coordinator_id as coordinator, c.name
       from sheet s join coordinator c on c.id = s.coordinator_id where s.cycle_id = $1 order by s.line`,
    [cycle],
  )
  return { cycle, sheets: rows }
}

export type Refused = { code: string; says: string }
type Reply = { id: string; state: string; total: string; same: { claim: string; says: string }[] }

/** What a mutation answered, or the code and the sentence of its refusal. */
async function answerOf<Data>(caller: Caller, query: string, variables: Record<string, unknown>, lang?: 'zh' | 'en') {
  const { data, errors } = await caller.ask<Record<string, Data>>(query, variables, lang)
  const [error] = errors ?? []
  return error ? { code: error.extensions.code, says: error.message } : (Object.values(data)[0] as Data)
}

type How = { key?: string; lang?: 'zh' | 'en' }
const REPLY = '{ id state total same { claim says } }'

export const propose = (caller: Caller, sheet: string, content: Record<string, string>, { key = newKey(), lang }: How = {}) =>
  answerOf<Reply>(
    caller,
    `mutation ($s: ID!, $c: ClaimInput!, $k: String!) { proposeClaim(sheet: $s, content: $c, key: $k) ${REPLY} }`,
    { s: sheet, c: content, k: key },
    lang,
  )

export const decide = (
  caller: Caller,
  id: string,
  { accept = true, seen = [] as string[], reason = null as string | null, key = newKey() } = {},
) =>
  answerOf<Reply>(
    caller,
    `mutation ($i: ID!, $a: Boolean!, $s: [ID!]!, $r: String, $k: String!) { decideClaim(id: $i, accept: $a, seen: $s, reason: $r, key: $k) ${REPLY} }`,
    { i: id, a: accept, s: seen, r: reason, k: key },
  )

export const withdraw = (caller: Caller, id: string, reason: string | null = null, key = newKey()) =>
  answerOf<Reply>(caller, `mutation ($i: ID!, $r: String, $k: String!) { withdrawClaim(id: $i, reason: $r, key: $k) ${REPLY} }`, {
    i: id,
    r: reason,
    k: key,
  })

export const remove = (caller: Caller, id: string, key = newKey()) =>
  answerOf<boolean>(caller, 'mutation ($i: ID!, $k: String!) { removeEvidence(id: $i, key: $k) }', { i: id, k: key })

export interface Listed {
  claim: { id: string; state: string; proposedBy: string; decidedBy: string | null; reason: string | null }
  name: string
  ruleTitle: string
  parts: { part: string; value: string }[]
  worth: { points: string; total: string; says: string[]; same: { claim: string }[] } | null
  evidence: { id: string; name: string }[]
  may: string[]
}

export async function list(
  caller: Caller,
  cycle: string,
  { unit, state }: { unit?: string; state?: string } = {},
): Promise<Listed[]> {
  const { data, errors } = await caller.ask<{ claims: { count: number; claims: Listed[] } }>(
    `query ($c: ID!, $u: ID, $s: ClaimState) { claims(cycle: $c, unit: $u, state: $s) { count claims {
       claim { id state proposedBy decidedBy reason } name ruleTitle parts { part value }
       worth { points total says same { claim } } evidence { id name } may } } }`,
    { c: cycle, u: unit ?? null, s: state ?? null },
  )
  if (errors) throw new Error(errors[0]!.message)
  return data.claims.claims
}

/** The smallest file that is a PDF by its content; `mark` makes each another. */
export const pdf = (mark: string = newKey()): Buffer => Buffer.from(`%PDF-1.7\n% ${mark}\n%%EOF\n`)

export type Sent = { status: number; id?: string; code?: string; says?: string }

/** Sends a file as the page does. */
export async function send(
  { origin }: County,
  { cookie }: Pick<Caller, 'cookie'>,
  proves: { sheet: string; field?: string; claim?: string },
  bytes: Buffer,
  { name = '证明.pdf', key = newKey(), headers = {} as Record<string, string> } = {},
): Promise<Sent> {
  const response = await fetch(`${origin}/evidence?${new URLSearchParams(proves)}`, {
    method: 'POST',
    headers: {
      cookie,
      key,
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(name),
      ...headers,
    },
    body: new Uint8Array(bytes),
  })
  return { status: response.status, ...((await response.json()) as object) }
}
