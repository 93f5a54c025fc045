import { placeOf } from './cycles.ts'
import type { Reader } from '../base/context.ts'

/** A field of a sheet's history that is no cell: the stage where it stood. */
export const STAGE = '@stage'

/** What is signed: every sheet with all that its score depends on, as one SHA-256 in the database's own words. */
export const contentHash = `encode(sha256(convert_to(coalesce(string_agg(
  concat_ws('|', s.id, s.facts::text, s.beyond::text, s.total::text), E'\\n' order by s.id), ''), 'UTF8')), 'hex')`

/**
 * The same of one sheet, but for what later stages add by right: the panel's grade and others' ballots, and the total that
 * they move. A signature covers a sheet as long as this is what it was.
 */
export const sheetHash = `encode(sha256(convert_to(concat_ws('|', s.facts::text, (s.beyond - 'panel' - 'ballots')::text), 'UTF8')), 'hex')`

/** A condition on `sheet s` and its values from $3 on: the sheets of a unit at a stage. */
export async function sheetsAt(context: Reader, unit: string, stage: string): Promise<{ sql: string; values: unknown[] }> {
  const place = await placeOf(context, unit)
  const values: unknown[] = [stage]
  if (place.village) values.push(place.village)
  else if (place.town) values.push(place.town)
  const where = place.village ? 'and s.village_id = $4' : place.town ? 'and s.town_id = $4' : ''
  return { sql: `s.county_id = $1 and s.cycle_id = $2 and s.stage = $3 ${where}`, values }
}
