import type pg from 'pg'
import type { CycleRules } from '../core/cycles.ts'
import { withCell } from '../rules/fields.ts'
import type { Beyond } from '../rules/person.ts'
import { GRADE } from '../rules/reopened.ts'
import type { SheetRow } from '../base/sheet-row.ts'

/** The filing that holds for a sheet. */
interface Holding {
  id: string
  unit: string
  sheets: string[]
}

/** The filing that holds for a sheet: the one that no other corrects. */
export async function holding(client: pg.PoolClient, county: string, sheet: string): Promise<Holding | undefined> {
  const { rows } = await client.query<Holding>(
    `select f.id, f.unit_id as unit, f.sheets from filing f
      where f.county_id = $1 and $2 = any(f.sheets)
        and not exists (select from filing l where l.county_id = f.county_id and l.corrects = f.id)
      order by f.seq desc limit 1`,
    [county, sheet],
  )
  return rows[0]
}

/** The stored value of a field, or the grade of the panel. */
export const stored = ({ facts, beyond }: SheetRow, field: string): string | null =>
  (field === GRADE ? beyond.panel?.grade : facts[field]) ?? null

/** The content of a sheet with one value corrected. */
export function corrected(
  { policy, choices }: CycleRules,
  { facts, beyond }: SheetRow,
  field: string,
  after: string | null,
  reason: string,
): { facts: SheetRow['facts']; beyond: Beyond } {
  if (field !== GRADE) return { facts: withCell(policy, choices, facts, field, after), beyond }
  const { panel: _, ...others } = beyond
  return { facts, beyond: after === null ? others : { ...others, panel: { grade: after, reason } } }
}
