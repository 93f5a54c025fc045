import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { actorOf, type Context } from '../base/context.ts'
import { serverFolder } from '../base/config.ts'
import { isUuid, named } from '../base/database.ts'
import { dayOfMoment } from '../base/today.ts'
import { reveals } from '../ledger/revealed.ts'
import { sightOf } from '../rules/access.ts'
import { readRetirementAges, retirementOf, retiresSoon, type RetirementAges } from '../rules/retirement.ts'
import type { RosterRow } from './roster.types.ts'

let ages: RetirementAges | undefined
/** The statutory ages that came with the product. */
export const retirementAges = (): RetirementAges =>
  (ages ??= readRetirementAges(readFileSync(join(serverFolder, 'retirement/2025.yaml'), 'utf8')))

/**
 * The postings the caller may see, by town, village and day: those that last on the day of the question, or all, or those
 * named. */
export async function rosterOf(context: Context, past: boolean, postings: readonly string[] | null = null): Promise<RosterRow[]> {
  const actor = actorOf(context)
  const sight = sightOf(actor)
  const towns = sight === 'county' ? null : sight.towns
  const today = dayOfMoment(context.now)
  const { rows } = await context.pool.query<Omit<RosterRow, 'retiresIn' | 'retiresSoon'>>(
    named(
      `select p.id as posting, c.id as person, c.name, c.id_number_shown as "idNumber", c.gender, c.born_on::text as "bornOn",
              t.id as "townId", t.name as town, v.name as village, p.starts_on::text as "startsOn", p.ends_on::text as "endsOn",
              p.full_time as "fullTime", c.phone_shown as phone, c.politics, c.schooling, c.household, c.cadre, p.category, p.employer,
              p.contract_from::text as "contractFrom", p.contract_to::text as "contractTo"
         from posting p join coordinator c on c.county_id = p.county_id and c.id = p.coordinator_id
         join unit v on v.county_id = p.county_id and v.id = p.village_id
         join unit t on t.county_id = v.county_id and t.id = v.parent_id
        where p.county_id = $1 and ($2::uuid[] is null or t.id = any($2)) and ($3::date is null or coalesce(p.ends_on, $3) >= $3)
          and ($4::uuid[] is null or p.id = any($4))
        order by t.code, v.code, p.starts_on, p.id`,
      [actor.county, towns, past || postings ? null : today, postings?.filter(isUuid) ?? null],
    ),
  )
  for (const { person } of rows) reveals(context, 'bornOn', person)
  return rows.map((row) => {
    const kind = row.gender === 'male' ? 'man' : row.cadre ? 'womanCadre' : 'womanWorker'
    const retirement = retirementOf(retirementAges(), kind, row.bornOn)
    return { ...row, retiresIn: retirement.month, retiresSoon: retiresSoon(retirementAges(), retirement, today) }
  })
}
