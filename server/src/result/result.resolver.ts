import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import { CycleArg, UnitArg } from '../base/arguments.ts'
import type { Context } from '../base/context.ts'
import { OverridesArg, type QuotaOverrides } from './overrides.ts'
import { QuotaOfGroup, VillageRanking } from './result.types.ts'
import { quotasOf } from './quotas.ts'
import { villageRanking } from './village-ranking.ts'

@Resolver()
export class ResultResolver {
  @Query(() => [QuotaOfGroup], {
    description:
      '名额：基数、上限、占用者、并列者，及试算下的进出；只有能看到的整镇 / Base, cap, who is in, who contends, and who would enter or leave; of towns the caller sees whole',
  })
  quota(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Arg('kind', () => ID, { nullable: true, description: '名额种类；不填为全部 / Which quota of the policy; all without it' })
    kind: string | null | undefined,
    @OverridesArg() overrides: QuotaOverrides | null | undefined,
    @Ctx() context: Context,
  ): Promise<QuotaOfGroup[]> {
    return quotasOf(context, { cycle, unit, kind, overrides })
  }

  @Query(() => VillageRanking, {
    description: '村级排名：县内与镇内名次、并列、各等次人数 / Villages in order, ties stated, with counts by grade',
  })
  villageRanking(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Arg('measure', () => ID, {
      defaultValue: 'total',
      description: 'total、部分或评分项的编号 / total, or the id of a section or an item',
    })
    measure: string,
    @Ctx() context: Context,
  ): Promise<VillageRanking> {
    return villageRanking(context, { cycle, unit, measure })
  }
}
