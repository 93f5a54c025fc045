import type pg from 'pg'

/** Which of these sheets have an appeal that nobody has decided. */
export async function openAppeals(client: pg.Pool | pg.PoolClient, county: string, sheets: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ sheet: string }>(
    `select distinct sheet_id as sheet from appeal where county_id = $1 and sheet_id = any($2::uuid[]) and state = 'open'`,
    [county, sheets],
  )
  return rows.map(({ sheet }) => sheet)
}

/**
 * Of these sheets those that an account entered, signed, ruled on, or filed an appeal for: its appeals are for others to
 * decide. Having decided an earlier appeal makes nobody a party to the sheet.
 */
export async function sameHand(
  client: pg.Pool | pg.PoolClient,
  county: string,
  account: string,
  sheets: readonly string[],
): Promise<Set<string>> {
  const { rows } = await client.query<{ sheet: string }>(
    `select c.sheet_id as sheet from sheet_change c join change_set h on h.county_id = c.county_id and h.seq = c.seq
      where c.county_id = $1 and c.sheet_id = any($3::uuid[]) and h.account_id = $2 and h.kind <> 'decideAppeal'
     union
     select s.id from sheet s join signature g on g.county_id = s.county_id and g.cycle_id = s.cycle_id
      where s.county_id = $1 and s.id = any($3::uuid[]) and g.account_id = $2 and g.unit_id in (s.county_id, s.town_id, s.village_id)
     union
     select r.sheet_id from ruling r where r.county_id = $1 and r.sheet_id = any($3::uuid[]) and r.account_id = $2
     union
     select a.sheet_id from appeal a where a.county_id = $1 and a.sheet_id = any($3::uuid[]) and a.account_id = $2`,
    [county, account, sheets],
  )
  return new Set(rows.map(({ sheet }) => sheet))
}
