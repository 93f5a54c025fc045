import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, Index, Property } from '@mikro-orm/decorators/legacy'
import { CountyKey, HiddenLink } from '../base/columns.ts'

/** 评议人: somebody asked to rate one sheet in one group. That they voted is kept; of a secret group not when, nor what. */
@Entity()
@Index({ properties: ['countyId', 'sheetId', 'raterGroup'] })
@Index({ properties: ['countyId', 'accountId'] })
@Index({ properties: ['codeHash'] })
@Index({
  name: 'rater_once',
  expression:
    'create unique index "rater_once" on "rater" ("county_id", "sheet_id", "account_id") where "account_id" is not null and "withdrawn" is null',
})
export class Rater {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @HiddenLink({ primary: true })
  id!: string

  @HiddenLink()
  cycleId!: string

  @HiddenLink()
  sheetId!: string

  @Property({ type: 'text' })
  raterGroup!: string

  /** Whose slip it is, or its number where nobody’s name is needed. */
  @Property({ type: 'text' })
  name!: string

  @HiddenLink({ nullable: true })
  accountId?: string | null

  /** SHA-256 of the code on the slip of somebody without an account. */
  @Property({ type: 'text', nullable: true })
  codeHash?: string | null

  @Property({ type: 'text' })
  invitedBy!: string

  @Property({ type: 'timestamptz', length: 3 })
  invitedAt!: Date

  @Property({ type: 'boolean', default: false })
  voted: boolean = false

  /** Why they are no rater any more. */
  @Property({ type: 'text', nullable: true })
  withdrawn?: string | null
}

/** 评议票. Of a secret group it names no rater, its id is drawn by lot, and it knows its day only. */
@Entity()
@Index({ properties: ['countyId', 'sheetId', 'raterGroup'] })
export class Ballot {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @HiddenLink({ primary: true })
  id!: string

  @HiddenLink()
  cycleId!: string

  @HiddenLink()
  sheetId!: string

  @Property({ type: 'text' })
  raterGroup!: string

  /** Marks by dimension. */
  @Property({ type: 'jsonb' })
  scores!: Record<string, string>

  @HiddenLink({ nullable: true })
  raterId?: string | null

  @Property({ type: 'date' })
  day!: string

  @Property({ type: 'boolean', default: true })
  valid: boolean = true

  @Property({ type: 'text', nullable: true })
  whyVoid?: string | null

  @Property({ type: 'integer' })
  seq!: number
}
