import type { Surroundings } from '../context.ts'
import { liveBaihe } from './baihe.ts'
import { openDoors } from './doors.ts'
import { bringTownsOn, fileYearBefore } from './xinyi.ts'

/** Beyond so many people only Xinyi is lived through: a cycle of claims is for looking at, not for size. */
const mostForClaims = 1000

/**
 * Lives the planted county through its year: the year before is on file, another regulation's year is on its way, and
 * some towns are further on than others. All of it is done by people through the product's own doors, each act at its
 * own moment, so that scores, signatures, notices, filings and the chain of acts are real.
 */
export async function liveDemo(around: Surroundings, cycle: string, people: number, today: Date): Promise<void> {
  const doors = await openDoors(around)
  await fileYearBefore(doors, cycle)
  if (people <= mostForClaims) await liveBaihe(doors)
  await bringTownsOn(doors, cycle, today)
  await doors.pool.query('analyze')
}
