import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Surroundings } from '../base/context.ts'
import { liveBaihe } from './baihe.ts'
import { DEMO_KEY, openDoors } from './doors.ts'
import { bringTownsOn, fileYearBefore, LAST_KEY } from './xinyi.ts'

/** Beyond so many people only Xinyi is lived through: a cycle of claims is for looking at, not for size. */
const mostForClaims = 1000
const LIVING = 5_202_613

/**
 * Whether the demo county is still to live its year: nothing was ever done in it, or its year was begun and not ended. One
 * that was only planted and that people have worked in since is left to them.
 */
export async function isToLive(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ toLive: boolean }>(
    `select not exists (select from change_set where key = $2)
        and (not exists (select from change_set) or exists (select from change_set where starts_with(key, $1))) as "toLive"`,
    [DEMO_KEY, LAST_KEY],
  )
  return rows[0]!.toLive
}

/**
 * Lives the planted county through its year: the year before is on file, another regulation's year is on its way, and
 * some towns are further on than others. All of it is done by people through the product's own doors, each act at its
 * own moment, so that scores, signatures, notices, filings and the chain of acts are real. Ended in the middle, by
 * `halted` or a fault, it goes on where it stopped when it is called again: what was done answers as it did then. One
 * server at a time. Throws what an act is refused with, and the reason of `halted`.
 */
export async function liveDemo(around: Surroundings, people: number, today: Date, halted: AbortSignal): Promise<void> {
  const { pool } = around.database
  const client = await pool.connect()
  try {
    await turn(client, halted)
    if (!(await isToLive(pool))) return
    const doors = await openDoors(around, halted)
    const { rows } = await pool.query<{ id: string }>('select id from cycle where county_id = $1 order by year desc limit 1', [
      doors.county,
    ])
    const cycle = rows[0]!.id
    await fileYearBefore(doors, cycle)
    if (people <= mostForClaims) await liveBaihe(doors)
    await bringTownsOn(doors, cycle, today)
    await pool.query('analyze')
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LIVING]).catch(() => undefined)
    client.release()
  }
}

/** Waits until no other server lives the county. */
async function turn(client: pg.PoolClient, halted: AbortSignal): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LIVING])
    if (rows[0]!.mine) return
    await sleep(500, undefined, { signal: halted })
  }
}
