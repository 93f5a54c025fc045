import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg, SheetArg, SheetsArg, UnitArg } from '../base/arguments.ts'
import type { Context } from '../base/context.ts'
import { FallenDecision, PersonResult, Dismissal, EliminationList } from './ruling.types.ts'
import { personResults } from './person-results.ts'
import { fallenDecisions } from './fallen-decisions.ts'
import { decideGrades } from './decide-grades.ts'
import { ruleSeats, ruleElimination } from './rule-ties.ts'
import { explainFail } from './explain-fail.ts'
import { dismissalsIn, recordLegalStep, decideDismissal } from './dismissals.ts'
import { eliminationLists } from './elimination-lists.ts'

@Resolver()
export class RulingResolver {
  @Query(() => [PersonResult], {
    description:
      '各人的等次、理由、尚缺什么；只有能看到的整镇 / Grades, reasons and what is still to be done; of towns the caller sees whole',
  })
  results(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<PersonResult[]> {
    return personResults(context, cycle, unit)
  }

  @Query(() => [FallenDecision], {
    description:
      '失效的决定：所依据的情况在决定之后变了，须重新办理；只有能看到的整镇 / Decisions that fell because what they rest on has changed since; of towns the caller sees whole',
  })
  fallenDecisions(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<FallenDecision[]> {
    return fallenDecisions(context, cycle, unit)
  }

  @Mutation(() => Int, {
    description:
      '考核小组给若干人评定等次，或收回（等次不填）；返回人数 / The panel grades people, or takes its grade back; how many',
  })
  decideGrades(
    @CycleArg() cycle: string,
    @SheetsArg() sheets: string[],
    @Arg('grade', () => ID, { nullable: true, description: '不填为收回 / Taken back without it' })
    grade: string | null | undefined,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    return decideGrades(context, { cycle, sheets, grade, given, key })
  }

  @Mutation(() => Int, {
    description: '并列时裁定谁先谁后，须写理由；返回人数 / Rules who comes first where people tie, with a reason; how many',
  })
  ruleSeats(
    @CycleArg() cycle: string,
    @Arg('sheets', () => [ID], { description: '依次占名额的人 / Who takes the seats, in this order' }) sheets: string[],
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    return ruleSeats(context, { cycle, sheets, given, key })
  }

  @Mutation(() => Int, {
    description:
      '末位并列时裁定谁列入候选，须写理由；返回人数 / Rules who is proposed where people tie for the last place, with a reason; how many',
  })
  ruleElimination(
    @CycleArg() cycle: string,
    @Arg('sheets', () => [ID], { description: '依次列入的人 / Who is proposed, in this order' }) sheets: string[],
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    return ruleElimination(context, { cycle, sheets, given, key })
  }

  @Mutation(() => Boolean, {
    description: '不合格的书面说明，备案前须有 / The written explanation of a fail, needed before filing',
  })
  explainFail(
    @SheetArg() id: string,
    @Arg('text', () => String, { description: '1 到 1000 字 / 1 to 1000 characters' }) given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    return explainFail(context, { id, given, key })
  }

  @Query(() => [Dismissal], {
    description:
      '拟不再聘用的人，各缺哪几步法律手续；只是建议 / Whose contract might end, and what the law still asks for: proposals only',
  })
  dismissals(@CycleArg() cycle: string, @Ctx() context: Context): Promise<Dismissal[]> {
    return dismissalsIn(context, cycle)
  }

  @Query(() => [EliminationList], {
    description:
      '末位淘汰的人选、上限和还缺的法律手续；没有这一条的办法为空 / Who comes last, the cap and the steps still missing',
  })
  eliminations(@CycleArg() cycle: string, @Ctx() context: Context): Promise<EliminationList[]> {
    return eliminationLists(context, cycle)
  }

  @Mutation(() => Boolean, { description: '记录解除前的一步：日期、文书 / Records a step the law asks for: its date and paper' })
  recordLegalStep(
    @SheetArg() id: string,
    @Arg('step', () => ID, {
      description: '办法所列的步骤，见 dismissals；decided 除外 / A step of the policy, see `dismissals`; not `decided`',
    })
    step: string,
    @Arg('text', () => String, { description: '日期、文书，1 至 1000 字 / Its date and paper, in 1 to 1000 characters' })
    given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    return recordLegalStep(context, { id, step, given, key })
  }

  @Mutation(() => Boolean, {
    description:
      '决定不再聘用；所依据的情形缺一步法律手续即不可 / Decides that a contract ends; refused while a step is missing of the grounds it rests on',
  })
  decideDismissal(
    @SheetArg() id: string,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Arg('grounds', () => [ID], {
      nullable: true,
      description: '所依据的情形；不填为手续已齐的各项 / The grounds it rests on; without it all whose steps are done',
    })
    named: string[] | null | undefined,
    @Ctx() context: Context,
  ): Promise<boolean> {
    return decideDismissal(context, { id, given, key, grounds: named })
  }
}
