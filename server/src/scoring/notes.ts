import type pg from 'pg'
import { newId } from '../base/id.ts'

/** What somebody typed to be worked out, kept beside its outcome. */
export interface Sum {
  sheet: string
  field: string
  /** As it was typed, such as `2-0.5*3`. */
  text: string
}

/** Keeps the sums of one action as notes on their cells, in the transaction that stores their outcomes. */
export async function noteSums(
  client: pg.PoolClient,
  { county, account, by, at }: { county: string; account: string; by: string; at: Date },
  sums: readonly Sum[],
): Promise<void> {
  await client.query(
    `insert into note (county_id, id, sheet_id, field, text, account_id, by, at)
     select $1, id, sheet, field, text, $2, $3, $4
       from unnest($5::uuid[], $6::uuid[], $7::text[], $8::text[]) as v (id, sheet, field, text)`,
    [
      county,
      account,
      by,
      at,
      sums.map(() => newId(at.getTime())),
      sums.map(({ sheet }) => sheet),
      sums.map(({ field }) => field),
      sums.map(({ text }) => text),
    ],
  )
}
