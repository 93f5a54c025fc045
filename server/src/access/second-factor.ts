import type pg from 'pg'
import type { Keys } from '../base/keys.ts'
import { stepOfCode } from '../base/totp.ts'

interface Holder {
  county: string
  id: string
}

/** Eight recovery codes, derived from the occasion, so that they need not be stored to be shown again. */
export const recoveryCodes = (keys: Keys, account: string, occasion: string): string[] =>
  Array.from({ length: 8 }, (_, at) => keys.typed('recovery', account, occasion, String(at)))

const plain = (code: string): string => code.toLowerCase().replaceAll(/[^a-z2-7]/g, '')
const recoveryHash = (keys: Keys, account: string, code: string): string =>
  keys.derive('recovery-hash', account, plain(code)).toString('base64url')

/** Turns an account's second factor on: the secret sealed, the codes as keyed hashes, the first code used up. */
export async function enrol(
  client: pg.PoolClient,
  keys: Keys,
  { county, id }: Holder,
  secret: Buffer,
  step: number,
  codes: readonly string[],
): Promise<void> {
  await client.query(
    'update account set totp_secret = $3, totp_step = $4, recovery_hashes = $5 where county_id = $1 and id = $2',
    [county, id, keys.seal(secret, id), step, codes.map((code) => recoveryHash(keys, id, code))],
  )
}

/** Whether a code of the telephone or a recovery code opens; it is used up by asking, also for a twin of this very call. */
export async function codeFits(
  { pool, keys }: { pool: pg.Pool; keys: Keys },
  { county, id, totp }: Holder & { totp: string | null },
  code: string,
  now: Date,
): Promise<boolean> {
  const typed = code.replaceAll(/\s/g, '')
  if (/^\d{6}$/.test(typed)) {
    const step = stepOfCode(keys.unseal(totp!, id), typed, now)
    const { rowCount } = await pool.query(
      'update account set totp_step = $3 where county_id = $1 and id = $2 and totp_step < $3',
      [county, id, step ?? 0],
    )
    return step !== undefined && rowCount === 1
  }
  const { rowCount } = await pool.query(
    `update account set recovery_hashes = array_remove(recovery_hashes, $3)
      where county_id = $1 and id = $2 and $3 = any(recovery_hashes)`,
    [county, id, recoveryHash(keys, id, code)],
  )
  return rowCount === 1
}
