import { createHash } from 'node:crypto'
import { grantsNow, recusedNow, type Door } from './sessions.ts'
import type { OpenToken } from '../base/context.ts'
import type { Actor, Grant } from '../rules/access.ts'

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url')

/** `kaohe_COUNTY_SECRET`: it names its county, so that it is found without asking all. */
export const tokenText = (county: string, secret: Buffer): { token: string; hash: string } => {
  const text = secret.toString('base64url')
  return { token: `kaohe_${county}_${text}`, hash: hashOf(text) }
}

/** Who holds this token, or nobody: none such, expired, revoked, the account disabled or without any role left. */
export async function callerOfToken(
  { pool, demo }: Pick<Door, 'pool' | 'demo'>,
  token: string,
  now: Date,
): Promise<{ actor: Actor; token: OpenToken } | undefined> {
  const [, county, secret = ''] = /^kaohe_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([\w-]{43})$/.exec(token) ?? []
  if (!county) return undefined
  const { rows } = await pool.query<
    OpenToken & { account: string; name: string; grants: Grant[]; recusedFrom: string[]; stale: boolean }
  >({
    name: 'actor-of-token',
    text: `select t.id, t.scopes, a.id as account, a.name, ${grantsNow('$3')} as grants, ${recusedNow} as "recusedFrom",
                  coalesce(t.last_used_at < $3::timestamptz - interval '1 minute', true) as stale
             from access_token t join account a on a.county_id = t.county_id and a.id = t.account_id
            where t.county_id = $1 and t.token_hash = $2 and t.expires_at > $3 and t.revoked_at is null
              and a.disabled_at is null and (not a.demo or $4)`,
    values: [county, hashOf(secret), now, demo],
  })
  const row = rows[0]
  if (!row || row.grants.length === 0) return undefined
  const { id, scopes, account, name, grants, recusedFrom, stale } = row
  if (stale) await pool.query('update access_token set last_used_at = $3 where county_id = $1 and id = $2', [county, id, now])
  return { actor: { id: account, name, county, grants, recusedFrom }, token: { id, scopes } }
}
