import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg } from '../base/arguments.ts'
import type { Context } from '../base/context.ts'
import { FilingRead, CorrectionRead, CorrectionInput } from './filing.types.ts'
import { filingsOf } from './read-filings.ts'
import { correctionsOf } from './read-corrections.ts'
import { proposeCorrection } from './propose-correction.ts'
import { signCorrection } from './sign-correction.ts'

@Resolver()
export class FilingResolver {
  @Query(() => [FilingRead], {
    description: '备案的结果，新的在前；更正前的也在 / What is on file, latest first, and what it was before',
  })
  filings(@CycleArg() cycle: string, @Ctx() context: Context): Promise<FilingRead[]> {
    return filingsOf(context, cycle)
  }

  @Query(() => [CorrectionRead], { description: '更正，新的在前 / Corrections, latest first' })
  corrections(@CycleArg() cycle: string, @Ctx() context: Context): Promise<CorrectionRead[]> {
    return correctionsOf(context, cycle)
  }

  @Mutation(() => ID, {
    description:
      '提出更正备案结果；另一人会签后才生效 / Proposes a correction of what is on file; it holds once somebody else has signed',
  })
  correct(
    @Arg('input', () => CorrectionInput, { description: '更正什么、依据什么 / What is corrected, and on what ground' })
    input: CorrectionInput,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string> {
    return proposeCorrection(context, input, key)
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      '会签更正，或不同意；生效则返回新的备案 / Signs a correction as the second hand, or refuses it; the new filing where it holds now',
  })
  signCorrection(
    @Arg('id', () => ID, { description: '更正，见 corrections / The correction, see `corrections`' }) id: string,
    @Arg('agrees', () => Boolean, { description: '同意，否则不同意 / Whether it is agreed to' }) agrees: boolean,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string | null> {
    return signCorrection(context, { id, agrees, given, key })
  }
}
