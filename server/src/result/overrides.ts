import { Arg, Field, InputType } from 'type-graphql'
import { refusal, type Context } from '../base/context.ts'
import { enumerate } from '../base/enumerations.ts'
import type { CohortOverrides } from '../rules/outcome.ts'
import type { QuotaRounding } from '../rules/policy/shape.ts'

export const Rounding = enumerate<QuotaRounding>(
  'QuotaRounding',
  '名额的尾数怎样取整（IR-07）/ How a part of a seat is rounded (policy interpretation IR-07)',
  {
    floor: '舍去尾数 / Rounded down',
    halfUp: '四舍五入 / Rounded to the nearest, a half up',
    minOne: '舍去尾数，但有人则至少一名 / Rounded down, but one at least where there is anybody',
    pooled: '小镇合并计算后舍去尾数 / Rounded down, small towns counted together',
  },
)

@InputType({ description: '试算参数，不保存 / Other parameters to try; nothing is stored' })
export class QuotaOverrides {
  @Field(() => String, { nullable: true, description: '比例，如 15% / Percentage, such as 15%' })
  percent?: string | null

  @Field(() => Rounding, { nullable: true, description: '取整 / Rounding' })
  rounding?: QuotaRounding | null
}

export const OverridesArg = () =>
  Arg('overrides', () => QuotaOverrides, {
    nullable: true,
    description: '试算的名额参数；不填为办法所定 / Quota parameters to try; those in force without it',
  })

/** The parameters to try. Throws `percent.wrong`. */
export function readOverrides(overrides: QuotaOverrides | null | undefined, context: Context): CohortOverrides | undefined {
  if (!overrides) return undefined
  const { percent, rounding } = overrides
  if (percent != null && (!/^\d{1,3}(\.\d{1,6})?%$/.test(percent) || Number(percent.slice(0, -1)) > 100))
    throw refusal(context, 'percent.wrong')
  return { ...(percent == null ? {} : { percent }), ...(rounding == null ? {} : { rounding }) }
}
