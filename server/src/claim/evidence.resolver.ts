import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, FieldArg, KeyArg, SheetArg } from '../base/arguments.ts'
import { actorOf, type Context } from '../base/context.ts'
import { cycleRules, sheetsWithin } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { mayCall, mayScore } from '../rules/access.ts'
import { cellList, CellList } from '../base/cell-list.ts'
import { scorePlace } from '../base/sheet-row.ts'
import { provenSheet, removeEvidence } from './evidence.ts'
import { EvidenceFile } from './evidence.entity.ts'

@ObjectType({ simpleResolvers: true, description: '一格的佐证 / The evidence on a cell' })
class CellEvidence {
  @Field(() => [EvidenceFile], { description: '先加的在前 / First added first' })
  files!: EvidenceFile[]

  @Field(() => Boolean, { description: '调用者可否增删 / Whether the caller may add and remove' })
  may!: boolean
}

/** Files themselves come and go by plain HTTP, see routes.ts: `evidence` and `removeEvidence` are also their permissions. */
@Resolver()
export class EvidenceResolver {
  @Query(() => CellEvidence, { description: '一格的佐证 / The evidence on a cell' })
  async evidence(@SheetArg() id: string, @FieldArg() field: string, @Ctx() context: Context): Promise<CellEvidence> {
    const actor = actorOf(context)
    const { sheet, rules } = await provenSheet(context, { sheet: id, field, claim: null })
    const files = await context.em.find(
      EvidenceFile,
      { countyId: sheet.countyId, sheetId: sheet.id, field, removedAt: null },
      { orderBy: { id: 'asc' } },
    )
    return { files, may: mayCall(actor, 'removeEvidence') && mayScore(actor, scorePlace(rules.policy, sheet)) }
  }

  @Query(() => CellList, { description: '有佐证的各格 / Which cells have evidence' })
  async evidenceCells(@CycleArg() cycle: string, @Ctx() context: Context): Promise<CellList> {
    await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, undefined)
    const { rows } = await context.pool.query<{ sheet: string; field: string }>(
      named(
        `select distinct f.sheet_id as sheet, f.field from evidence_file f join sheet s on s.county_id = f.county_id and s.id = f.sheet_id
          where ${where.sql} and f.field is not null and f.removed_at is null`,
        where.values,
      ),
    )
    return cellList(rows)
  }

  @Mutation(() => Boolean, { description: '删除一份佐证：不再显示，留痕备查 / Removes a file: hidden, its mark stays' })
  removeEvidence(
    @Arg('id', () => ID, { description: '佐证 / The file' }) id: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    return removeEvidence(context, id, key)
  }
}
