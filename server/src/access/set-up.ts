import { createHash, timingSafeEqual } from 'node:crypto'
import type pg from 'pg'
import type { Keys } from '../base/keys.ts'
import { awaitsFounding, checkFounding, foundCounty, NotDone, type FirstLogin, type Founding } from './first-accounts.ts'
import { countFailure, inTurn, waitOf, type Knock } from './sessions.ts'

/**
 * What takes over a database without a county; none once there is one. It follows from the server's key and from when the
 * database was made, so that a restart, and a second server beside it, show the same one, and another database another.
 */
export async function setUpCode(pool: pg.Pool, keys: Keys): Promise<string | undefined> {
  if (!(await awaitsFounding(pool))) return undefined
  const { rows } = await pool.query<{ made: string }>('select extract(epoch from min(executed_at))::text as made from migration')
  return keys.typed('set-up', rows[0]!.made)
}

export interface Try extends Founding {
  /** The set-up code, as it was typed. */
  setUp: string
}

export type Outcome = 'made' | 'right' | { waitMinutes: number } | { wrong: NotDone; field: Field }
type Field = 'setUp' | 'code' | 'name' | FirstLogin

/**
 * Founds the county, for who has read the set-up code; without passwords it only says whether code, number and name are
 * right. Wrong codes are counted by address, as failures of signing in are.
 */
export const setUp = (pool: pg.Pool, keys: Keys, tried: Try, knock: Pick<Knock, 'lang' | 'now' | 'address'>): Promise<Outcome> =>
  inTurn(async () => {
    const { lang, now, address } = knock
    const subjects = [`setup:${address}`]
    const waitMinutes = await waitOf(pool, subjects, now)
    if (waitMinutes > 0) return { waitMinutes }
    try {
      const code = await setUpCode(pool, keys)
      if (code === undefined) throw new NotDone(lang, 'setup.done')
      if (!alike(tried.setUp, code)) {
        await countFailure(pool, subjects, now)
        throw new NotDone(lang, 'setup.code')
      }
      checkFounding(tried, lang)
      if (!tried.passwords) return 'right'
      await foundCounty(pool, tried, lang, address)
      return 'made'
    } catch (error) {
      if (!(error instanceof NotDone)) throw error
      return { wrong: error, field: fieldOf(error) }
    }
  })

const fieldOf = ({ code, login }: NotDone): Field =>
  login ?? (code === 'setup.countyCode' ? 'code' : code === 'setup.countyName' ? 'name' : 'setUp')

/** However it was typed: with or without its dashes, in capitals or not. */
const alike = (typed: string, code: string): boolean => timingSafeEqual(digest(typed), digest(code))
const digest = (text: string): Buffer =>
  createHash('sha256')
    .update(
      text
        .normalize('NFKC')
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, ''),
    )
    .digest()
