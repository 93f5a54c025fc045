import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg, SheetArg, SheetsArg, UnitArg } from '../base/arguments.ts'
import type { Context } from '../base/context.ts'
import { RaterInput, MarkInput, Slip, Invited, RatingProgress, MyBallot } from './rating.types.ts'
import { ratingProgress } from './progress.ts'
import { mostRaters, inviteRaters, issueCodes, withdrawRaters } from './raters.ts'
import { voidBallots } from './void-ballots.ts'
import { recordNoBallots } from './missing-ballots.ts'
import { myBallots, castBallot } from './own-ballots.ts'

const GroupArg = () =>
  Arg('group', () => ID, { description: '办法的评议方，见 ratingProgress / Group of raters, see `ratingProgress`' })
const RatersArg = () => Arg('raters', () => [ID], { description: '所请的人，见 ratingProgress / Raters, see `ratingProgress`' })

@Resolver()
export class RatingResolver {
  @Query(() => [RatingProgress], {
    description: '各表各方请了谁、谁没评、平均多少 / Who was asked, who has not voted, and the means',
  })
  ratingProgress(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<RatingProgress[]> {
    return ratingProgress(context, cycle, unit)
  }

  @Mutation(() => Invited, {
    description:
      '请若干人以某一方评议若干考核表；没有账号的每人每表一张票码 / Asks people to rate sheets in one group; those without an account get a code for each',
  })
  inviteRaters(
    @CycleArg() cycle: string,
    @SheetsArg() sheets: string[],
    @GroupArg() group: string,
    @Arg('people', () => [RaterInput], {
      description: `请谁评每一张表，人数乘表数至多 ${mostRaters} / Who rates each of the sheets; people times sheets are ${mostRaters} at most`,
    })
    people: RaterInput[],
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<Invited> {
    return inviteRaters(context, { cycle, sheets, group, people, key })
  }

  @Mutation(() => [Slip], {
    description: '给还没评的人换发票码，原票码作废 / New codes for raters who have not voted; the old ones are void',
  })
  issueCodes(
    @CycleArg() cycle: string,
    @RatersArg() ids: string[],
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<Slip[]> {
    return issueCodes(context, { cycle, ids, key })
  }

  @Mutation(() => Int, { description: '不再请还没评的人，须写理由 / Takes back invitations not used yet, with a reason' })
  withdrawRaters(
    @CycleArg() cycle: string,
    @RatersArg() ids: string[],
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    return withdrawRaters(context, { cycle, ids, given, key })
  }

  @Mutation(() => Int, {
    description: '作废：记名的按人，无记名的只能整方 / Voids ballots: of a named rater, or of a secret group all',
  })
  voidBallots(
    @SheetArg() id: string,
    @GroupArg() group: string,
    @Arg('rater', () => ID, { nullable: true, description: '记名的须填 / Who, unless the group is secret' })
    rater: string | null | undefined,
    @Arg('ground', () => String, { description: 'duplicate 一人多投、unauthorised 无权评议 / One person twice, or not entitled' })
    ground: string,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    return voidBallots(context, { id, group, rater, ground, given, key })
  }

  @Mutation(() => Int, {
    description:
      '某一方没有人评，记缺并写理由；其余各方重新分摊 / Records that a group gave no ballot, with a reason; the others weigh more',
  })
  recordNoBallots(
    @CycleArg() cycle: string,
    @SheetsArg() sheets: string[],
    @GroupArg() group: string,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    return recordNoBallots(context, { cycle, sheets, group, given, key })
  }

  @Query(() => [MyBallot], { description: '请调用者评的票 / The ballots the caller is asked for' })
  myBallots(@CycleArg() cycle: string, @Ctx() context: Context): Promise<MyBallot[]> {
    return myBallots(context, cycle)
  }

  @Mutation(() => Boolean, { description: '投一张票，投后不能改 / Casts a ballot; it cannot be changed' })
  castBallot(
    @CycleArg() cycle: string,
    @Arg('rater', () => ID, { description: '哪一张票，见 myBallots 的 rater / Which ballot, see rater of `myBallots`' })
    rater: string,
    @Arg('given', () => [MarkInput], { description: '各方面的评分，每个方面都要有 / A mark for every dimension' })
    given: MarkInput[],
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    return castBallot(context, { cycle, rater, given, key })
  }
}
