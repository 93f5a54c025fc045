import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql'
import { PolicyArg } from '../base/arguments.ts'
import type { Context } from '../base/context.ts'
import { Explanation } from '../core/explained.ts'
import { ChoiceInput } from '../base/choices.ts'
import { PolicySummary, PolicyDetail, PolicyChange, FactInput, EvaluateFrom } from './policy.types.ts'
import { policySummaries, policyDetail, policyChanges } from './policy-detail.ts'
import { explainExample, evaluateFacts } from './evaluate.ts'

@Resolver()
export class PolicyResolver {
  @Query(() => [PolicySummary], { description: '全部考核办法 / Every policy' })
  policies(@Ctx() context: Context): PolicySummary[] {
    return policySummaries(context)
  }

  @Query(() => PolicyDetail, {
    description: '一部考核办法：条款、规则、未明之处、算例 / One policy: clauses, rules, readings, worked examples',
  })
  policy(
    @Arg('id', () => ID, { description: '办法的哪一版本，见 policies / Which version of a policy, see `policies`' }) id: string,
    @Ctx() context: Context,
  ): PolicyDetail {
    return policyDetail(context, id)
  }

  @Query(() => [PolicyChange], {
    description: '两个版本逐条的不同，算例除外 / What two versions say differently, rule by rule; examples aside',
  })
  policyChanges(
    @Arg('before', () => ID, { description: '旧版本，见 policies / The older version, see `policies`' }) before: string,
    @Arg('after', () => ID, { description: '新版本，见 policies / The newer version, see `policies`' }) after: string,
    @Ctx() context: Context,
  ): PolicyChange[] {
    return policyChanges(context, before, after)
  }

  @Query(() => Explanation, { description: '一个算例的来由 / Why a worked example comes to what it does' })
  policyExample(
    @PolicyArg() id: string,
    @Arg('at', () => Int, { description: '算例的序号，从 0 起 / Place of the example, from 0' }) at: number,
    @Ctx() context: Context,
  ): Explanation {
    return explainExample(context, id, at)
  }

  @Query(() => Explanation, {
    description: '按给定的事实算分并说明，不保存 / Scores given facts and says why; nothing is stored',
  })
  evaluate(
    @PolicyArg() id: string,
    @Arg('facts', () => [FactInput], { description: '各项事实，按字段 / The facts, by field' }) facts: FactInput[],
    @Arg('choices', () => [ChoiceInput], {
      defaultValue: [],
      description: '所选读法，其余用默认 / Readings chosen; the default of the others',
    })
    chosen: ChoiceInput[],
    @Arg('from', () => EvaluateFrom, {
      defaultValue: EvaluateFrom.typicalYear,
      description: '未列的事实怎样计 / What is taken for facts that are not named',
    })
    from: EvaluateFrom,
    @Ctx() context: Context,
  ): Explanation {
    return evaluateFacts(context, { id, facts, chosen, from })
  }
}
