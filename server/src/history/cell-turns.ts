import { Field, ID, ObjectType } from 'type-graphql'
import type { Context } from '../base/context.ts'
import { sheetsWithin } from '../core/cycles.ts'
import { isUuid, named } from '../base/database.ts'
import type { Turn } from '../ledger/chain.ts'
import { ChangeKinds, type ChangeKind } from '../ledger/kinds.ts'

@ObjectType({ simpleResolvers: true, description: '一格的一次改动 / One turn of a cell' })
export class CellTurn {
  @Field(() => ID, { description: '改动 / The change set' })
  changeSet!: string

  @Field(() => ID, { description: '考核表 / The sheet' })
  sheet!: string

  @Field(() => ID, { description: '字段 / Field' })
  field!: string

  @Field(() => String, { nullable: true, description: '改前 / Before' })
  before!: string | null

  @Field(() => String, { nullable: true, description: '改后 / After' })
  after!: string | null

  @Field(() => String, { description: '何人 / Who' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => ChangeKinds, { description: '种类 / Kind' })
  kind!: ChangeKind
}

/** A cell whose turns are asked for; of an item its criteria too, and without a field the whole sheet. */
export interface AskedCell {
  sheet: string
  field: string | null
}

/** The latest turns of some cells of a cycle, as far as the caller may see their sheets: others have none. */
export async function cellTurns(context: Context, cycle: string, cells: readonly AskedCell[], most: number): Promise<CellTurn[]> {
  const known = cells.filter(({ sheet }) => isUuid(sheet))
  const sheets = known.map(({ sheet }) => sheet)
  const where = await sheetsWithin(context, cycle, undefined, [sheets, known.map(({ field }) => field), most])
  const { rows } = await context.pool.query<Omit<CellTurn, 'before' | 'after'> & { turn: Turn }>(
    named(
      `with asked as (select * from unnest($3::uuid[], $4::text[]) as asked(sheet, field))
       select h.id as "changeSet", s.id as sheet, cell.key as field, cell.value as turn, h.by, h.at, h.kind
         from sheet s join sheet_change x on x.county_id = s.county_id and x.sheet_id = s.id
         join change_set h on h.county_id = x.county_id and h.seq = x.seq, jsonb_each(x.cells) cell
        where ${where.sql} and s.id = any($3::uuid[]) and exists (
              select from asked
               where asked.sheet = s.id
                 and (asked.field is null or cell.key = asked.field or starts_with(cell.key, asked.field || '.')))
        order by x.seq desc, s.id, cell.key limit $5`,
      where.values,
    ),
  )
  return rows.map(({ turn, ...row }) => ({ ...row, at: new Date(row.at), before: turn[0], after: turn[1] }))
}
