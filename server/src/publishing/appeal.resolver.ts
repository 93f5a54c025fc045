import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg, SheetArg } from '../base/arguments.ts'
import type { Context } from '../base/context.ts'
import { AppealForm, AppealRead, MySheet } from './appeal.types.ts'
import { mySheets, appealFormOf, appealsOf } from './read-appeals.ts'
import { appealLimits, fileAppeal } from './file-appeal.ts'
import { withdrawAppeal } from './withdraw-appeal.ts'
import { decideAppeal } from './decide-appeal.ts'

const AppealArg = () => Arg('id', () => ID, { description: '申诉，见 appeals / The appeal, see `appeals`' })

@Resolver()
export class AppealResolver {
  @Query(() => [MySheet], { description: '本人的考核表 / The caller’s own sheets' })
  mySheets(@CycleArg() cycle: string, @Ctx() context: Context): Promise<MySheet[]> {
    return mySheets(context, cycle)
  }

  @Query(() => AppealForm, { description: '现在可就哪些考核表、哪些项目申诉 / What appeals can be filed about now' })
  appealForm(@CycleArg() cycle: string, @Ctx() context: Context): Promise<AppealForm> {
    return appealFormOf(context, cycle)
  }

  @Mutation(() => ID, {
    description: '申诉：本人提出，或由村、镇代为提出 / Files an appeal, for oneself or by the village or the town for somebody',
  })
  fileAppeal(
    @SheetArg() id: string,
    @Arg('items', () => [ID], {
      description: `所提各项，1 至 ${appealLimits.items} 项，见 appealForm / What it names, 1 to ${appealLimits.items}, see \`appealForm\``,
    })
    named: string[],
    @Arg('text', () => String, {
      description: `事实和理由，1 至 ${appealLimits.text} 字 / Facts and reasons, in 1 to ${appealLimits.text} characters`,
    })
    given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string> {
    return fileAppeal(context, { id, named, given, key })
  }

  @Mutation(() => Boolean, { description: '撤回本人提出的申诉 / Withdraws an appeal the caller filed, or that is about them' })
  withdrawAppeal(@AppealArg() id: string, @KeyArg() key: string, @Ctx() context: Context): Promise<boolean> {
    return withdrawAppeal(context, id, key)
  }

  @Mutation(() => Boolean, {
    description:
      '决定申诉：成立的只重开所提各项；返回考核表是否重开 / Decides an appeal; upheld, only what it names is reopened. Whether the sheet was',
  })
  decideAppeal(
    @AppealArg() id: string,
    @Arg('upheld', () => Boolean, { description: '成立，否则不成立 / Whether it is upheld' }) upheld: boolean,
    @ReasonArg('appeal.reason') given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    return decideAppeal(context, { id, upheld, given, key })
  }

  @Query(() => [AppealRead], { description: '申诉，待决定的在前 / Appeals, open ones first' })
  appeals(@CycleArg() cycle: string, @Ctx() context: Context): Promise<AppealRead[]> {
    return appealsOf(context, cycle)
  }
}
