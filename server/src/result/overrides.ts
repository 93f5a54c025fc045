import { Field, InputType, registerEnumType } from 'type-graphql'
import { no, type Context } from '../base/context.ts'
import type { CohortOverrides } from '../rules/outcome.ts'
import { roundings, type QuotaRounding } from '../rules/policy/shape.ts'

export const Rounding = Object.fromEntries(roundings.map((way) => [way, way])) as { [Way in QuotaRounding]: Way }
registerEnumType(Rounding, {
  name: 'QuotaRounding',
  description:
    'floor 舍去尾数、halfUp 四舍五入、minOne 至少一名、pooled 小镇合并计算 / How a part of a seat is rounded (policy interpretation IR-07)',
})

@InputType({ description: '试算参数，不保存 / Other parameters to try; nothing is stored' })
export class QuotaOverrides {
  @Field(() => String, { nullable: true, description: '比例，如 15% / Percentage, such as 15%' })
  percent?: string | null

  @Field(() => Rounding, { nullable: true, description: '取整 / Rounding' })
  rounding?: QuotaRounding | null
}

/** The parameters to try. Throws `percent.wrong`. */
export function readOverrides(overrides: QuotaOverrides | null | undefined, context: Context): CohortOverrides | undefined {
  if (!overrides) return undefined
  const { percent, rounding } = overrides
  if (percent != null && (!/^\d{1,3}(\.\d{1,6})?%$/.test(percent) || Number(percent.slice(0, -1)) > 100))
    throw no(context, 'percent.wrong')
  return { ...(percent == null ? {} : { percent }), ...(rounding == null ? {} : { rounding }) }
}
