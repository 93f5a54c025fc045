import { PrimaryKeyProp } from '@mikro-orm/core'
import { Check, Entity, Index, Property } from '@mikro-orm/decorators/legacy'
import { Field, ID, ObjectType } from 'type-graphql'
import { enumerate } from '../base/enumerations.ts'
import { CountyKey, HiddenLink, IdColumn, TextColumn, WholeColumn } from '../base/columns.ts'
import type { Claim as Counted } from '../rules/score/claim.ts'

export const ClaimState = enumerate('ClaimState', '加减分申报的状态 / State of a claim', {
  proposed: '待定 / Put forward, not decided',
  accepted: '采纳，计分 / Accepted, counts',
  rejected: '不采纳 / Rejected',
  withdrawn: '申报人撤回 / Taken back by whoever put it forward',
})
export type ClaimState = (typeof ClaimState)[keyof typeof ClaimState]

/** What a claim says, as the rules read it. */
export type ClaimContent = Omit<Counted, 'id' | 'rule' | 'evidence'>

/** 加减分: something put forward for a sheet that moves its score once it is accepted. Its content never changes. */
@Entity()
@Index({ properties: ['countyId', 'cycleId', 'state'] })
@Index({ properties: ['countyId', 'sheetId'] })
@Check({ name: 'claim_state_known', expression: `state in ('proposed', 'accepted', 'rejected', 'withdrawn')` })
@ObjectType({ simpleResolvers: true, description: '一笔加减分申报 / A claim that moves a score' })
export class Claim {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @IdColumn('编号 / Id')
  id!: string

  @HiddenLink()
  cycleId!: string

  @Field(() => ID, { description: '考核表 / The sheet it is put forward for' })
  @HiddenLink()
  sheetId!: string

  @TextColumn('规则 / The rule, or the measure, it is put forward under')
  rule!: string

  @TextColumn('事项：同一事项只计一次 / What it is about; the same matter counts once', { nullable: true })
  matter?: string | null

  @Property({ type: 'jsonb' })
  content!: ClaimContent

  @Field(() => ClaimState, { description: '状态 / State' })
  @Property({ type: 'text' })
  state!: ClaimState

  @HiddenLink()
  proposerId!: string

  @TextColumn('申报人 / Who put it forward')
  proposedBy!: string

  @Field(() => Date, { description: '何时申报 / When' })
  @Property({ type: 'timestamptz', length: 3 })
  proposedAt!: Date

  @TextColumn('审定或撤回的人 / Who decided it or took it back', { nullable: true })
  decidedBy?: string | null

  @Field(() => Date, { nullable: true, description: '何时审定 / When' })
  @Property({ type: 'timestamptz', length: 3, nullable: true })
  decidedAt?: Date | null

  @TextColumn('理由 / Reason', { nullable: true })
  reason?: string | null

  @WholeColumn('最近一次改动的序号 / Number of the change set that last touched it')
  seq!: number
}
