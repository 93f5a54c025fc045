import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, Index, Property } from '@mikro-orm/decorators/legacy'
import { CountyKey, HiddenLink } from '../base/columns.ts'

/** 回避: an account may not write the sheets of this coordinator, from the declaration until it is ended. */
@Entity()
@Index({ properties: ['countyId', 'accountId'] })
@Index({
  name: 'recusal_standing',
  expression:
    'create unique index "recusal_standing" on "recusal" ("county_id", "account_id", "coordinator_id") where "ended_at" is null',
})
export class Recusal {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @HiddenLink({ primary: true })
  id!: string

  @HiddenLink()
  accountId!: string

  @HiddenLink()
  coordinatorId!: string

  /** How they are related, as it was declared. */
  @Property({ type: 'text' })
  relation!: string

  @Property({ type: 'text' })
  by!: string

  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @Property({ type: 'timestamptz', length: 3, nullable: true })
  endedAt?: Date | null

  @Property({ type: 'text', nullable: true })
  endedBy?: string | null
}
