import { actorOf } from '../base/context.ts'
import { inSight } from '../core/cycles.ts'
import { sightOf } from '../rules/access.ts'
import { id, masked, one, type Asking, type Bind } from './entity.ts'

export const county = ({ context }: Asking, bind: Bind): string => bind(actorOf(context).county)

/** The condition of sight on the sheets `s`. */
export const seen = (asking: Asking, bind: Bind): string =>
  `s.county_id = ${county(asking, bind)} and ${inSight(actorOf(asking.context), bind)}`

/** The condition of sight on a village and its town, given as expressions. */
export function place({ context }: Asking, bind: Bind, village: string, town: string): string {
  const sight = sightOf(actorOf(context))
  if (sight === 'county') return 'true'
  return `(${town} = any(${bind(sight.towns)}::uuid[]) or ${village} = any(${bind(sight.villages)}::uuid[]))`
}

/** A name of somebody who acted, as the caller may read it. */
export const by = (asking: Asking, column: string): string => (masked(asking) ? `left(${column}, 1) || '＊＊'` : column)

/** What analysts do not read at all. */
export const unless = (asking: Asking, expression: string, type: string): string =>
  masked(asking) ? `null::${type}` : `(${expression})::${type}`

export const ofSheet = {
  sheet: one('sheets', 'sheetId', '考核表', 'The sheet'),
  cycle: one('cycleRecords', 'cycleId', '考核周期', 'The cycle'),
  town: one('towns', 'townId', '镇（街道）', 'The town'),
  village: one('villages', 'villageId', '村（社区）', 'The village'),
}
export const ofSheetColumns = {
  sheetId: id('考核表', 'Sheet'),
  cycleId: id('考核周期', 'Cycle'),
  townId: id('镇（街道）', 'Town'),
  villageId: id('村（社区）', 'Village'),
}
export const ofSheetSql = 's.id as "sheetId", s.cycle_id as "cycleId", s.town_id as "townId", s.village_id as "villageId"'
