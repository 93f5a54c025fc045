import { actorOf, type Context } from '../base/context.ts'
import { changerFor, nameFor, sheetsWithin } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { placeColumns, type SheetRow } from '../base/sheet-row.ts'
import type { Held } from '../core/rulings.ts'
import type { Signed } from './ruling.types.ts'

interface PersonSeen {
  name: string
  village: string
  town: string
  row: SheetRow
}

/** The people on the sheets the caller may see, by sheet. */
export async function peopleOf(
  context: Context,
  cycle: string,
  unit: string | null | undefined,
): Promise<Map<string, PersonSeen>> {
  const where = await sheetsWithin(context, cycle, unit)
  const { rows } = await context.pool.query<Omit<PersonSeen, 'row'> & SheetRow>(
    named(
      `select s.id, s.stage, ${placeColumns},
              ${nameFor(actorOf(context))} as name, v.name as village, t.name as town
         from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         join unit v on v.county_id = s.county_id and v.id = s.village_id
         join unit t on t.county_id = s.county_id and t.id = s.town_id
        where ${where.sql}`,
      where.values,
    ),
  )
  return new Map(rows.map((row) => [row.id, { name: row.name, village: row.village, town: row.town, row }]))
}

export const signatureOf = ({ text, by, at }: Held, context: Context): Signed => ({
  text,
  by: changerFor(actorOf(context), by),
  at: new Date(at),
})
