import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, Property, Unique } from '@mikro-orm/decorators/legacy'
import { Field, ObjectType } from 'type-graphql'
import { enumerate } from '../base/enumerations.ts'
import { CountyKey, DayColumn, IdColumn, TextColumn, WholeColumn } from '../base/columns.ts'
import type { Basis } from '../rules/basis.ts'
import type { Choices } from '../rules/facts.ts'

export const CycleState = enumerate('CycleState', '考核周期的状态 / State of a cycle', {
  open: '进行中 / Running',
  closed: '已结束，不再改动 / Closed, changes no more',
})
export type CycleState = (typeof CycleState)[keyof typeof CycleState]

/** An approval of a reading: who recorded it, when, on what document, and the text of the question at that time. */
export type Approvals = Readonly<Record<string, { option: string; by: string; at: string; reason: string; on?: Basis }>>

/** 考核周期: one run of assessment, judged by one version of one policy with the interpretations chosen when it opened. */
@Entity()
@Unique({ properties: ['countyId', 'year', 'period', 'policyId'] })
@ObjectType({ simpleResolvers: true, description: '年度考核 / One cycle of assessment' })
export class Cycle {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @IdColumn('编号 / Id')
  id!: string

  @WholeColumn('年度 / Year')
  year!: number

  @TextColumn('year 年度，q1 至 q4 季度 / The year, or a quarter of it', { default: 'year' })
  period: string = 'year'

  @TextColumn('所依办法 / Id of the policy it is judged by')
  policyId!: string

  /** SHA-256 of the policy file as it was when the cycle opened; a policy that has graded anyone never changes. */
  @TextColumn('办法文本的指纹 / SHA-256 of the policy file')
  policyHash!: string

  @Property({ type: 'jsonb' })
  choices!: Choices

  /** The readings that were approved, by number in the register. */
  @Property({ type: 'jsonb', defaultRaw: `'{}'` })
  approvals: Approvals = {}

  /** Coordinators without a sheet, and why; `idle` who had no posting in its time, and takes part as soon as they have one. */
  @Property({ type: 'jsonb', defaultRaw: `'[]'` })
  leftOut: readonly { coordinator: string; reason: string; idle?: true }[] = []

  @Field(() => CycleState, { description: '状态 / State' })
  @Property({ type: 'text' })
  state!: CycleState

  @DayColumn('名额基准日 / Day on which the population of the quotas is counted')
  baseDate!: string
}
