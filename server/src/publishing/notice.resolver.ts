import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg } from '../base/arguments.ts'
import type { Context } from '../base/context.ts'
import { NoticeForm, NoticePreview, NoticeRead, NoticeInput } from './notice.types.ts'
import { noticeFormOf, previewNotice } from './notice-form.ts'
import { publishNotice, withdrawNotice } from './publish-notice.ts'
import { noticesOf } from './read-notices.ts'

const NoticeArg = () =>
  Arg('input', () => NoticeInput, { description: '公示什么、给谁看、几天 / What to publish, for whom, for how long' })

@Resolver()
export class NoticeResolver {
  @Query(() => NoticeForm, { description: '公示可选的内容和期限 / What a notice may show, and for how long' })
  noticeForm(@CycleArg() cycle: string, @Ctx() context: Context): Promise<NoticeForm> {
    return noticeFormOf(context, cycle)
  }

  @Query(() => NoticePreview, { description: '照此公示是什么样子 / How a notice would look, to the letter' })
  previewNotice(@NoticeArg() input: NoticeInput, @Ctx() context: Context): Promise<NoticePreview> {
    return previewNotice(context, input)
  }

  @Mutation(() => [ID], {
    description:
      '公示停在公示一步的考核结果，每单位一份；更正则另发一份指向原公示 / Publishes what stands at the stage of the notice, one notice a unit; a correction is another that points to the old',
  })
  publishNotice(@NoticeArg() input: NoticeInput, @KeyArg() key: string, @Ctx() context: Context): Promise<string[]> {
    return publishNotice(context, input, key)
  }

  @Mutation(() => Boolean, { description: '撤回一次公示，须写理由 / Withdraws a notice, with a reason' })
  withdrawNotice(
    @Arg('id', () => ID, { description: '公示，见 notices / The notice, see `notices`' }) id: string,
    @ReasonArg('notice.reason') given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    return withdrawNotice(context, { id, given, key })
  }

  @Query(() => [NoticeRead], { description: '公示，新的在前 / Notices, latest first' })
  notices(@CycleArg() cycle: string, @Ctx() context: Context): Promise<NoticeRead[]> {
    return noticesOf(context, cycle)
  }
}
