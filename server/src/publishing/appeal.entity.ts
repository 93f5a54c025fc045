import { PrimaryKeyProp } from '@mikro-orm/core'
import { Check, Entity, Index, Property } from '@mikro-orm/decorators/legacy'
import type { Basis } from '../rules/basis.ts'
import { CountyKey, HiddenLink } from '../base/columns.ts'

export type AppealState = 'open' | 'upheld' | 'rejected' | 'withdrawn'

/** 申诉: what somebody who was assessed says against what a notice shows of them. */
@Entity()
@Index({ properties: ['countyId', 'cycleId', 'state'] })
@Index({ properties: ['countyId', 'sheetId'] })
@Check({ name: 'appeal_state_known', expression: `state in ('open', 'upheld', 'rejected', 'withdrawn')` })
export class Appeal {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @HiddenLink({ primary: true })
  id!: string

  @HiddenLink()
  cycleId!: string

  @HiddenLink()
  sheetId!: string

  /** The notice it is against. */
  @HiddenLink()
  noticeId!: string

  /** What it names: fields of the policy, rules of claims, or `grade`. Nothing else is reopened by it. */
  @Property({ type: 'text[]' })
  items!: string[]

  @Property({ type: 'text' })
  text!: string

  /** The name of whoever was assessed, also where somebody filed it for them. */
  @Property({ type: 'text' })
  appellant!: string

  @HiddenLink()
  accountId!: string

  @Property({ type: 'text' })
  by!: string

  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @Property({ type: 'date' })
  dueOn!: string

  @Property({ type: 'text' })
  state!: AppealState

  @Property({ type: 'text', nullable: true })
  decidedBy?: string | null

  @Property({ type: 'timestamptz', length: 3, nullable: true })
  decidedAt?: Date | null

  @Property({ type: 'text', nullable: true })
  reason?: string | null

  /** What a rejection was decided on: the matters the appeal names, as they stood. It falls when one of them changes. */
  @Property({ type: 'jsonb', nullable: true })
  basis?: Basis | null

  @Property({ type: 'integer' })
  seq!: number
}
