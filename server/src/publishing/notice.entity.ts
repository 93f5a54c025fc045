import { PrimaryKeyProp } from '@mikro-orm/core'
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { CountyKey, HiddenLink } from '../base/columns.ts'
import type { Audience } from '../rules/notice.ts'

/** What is shown of one person: a text for each column, in their order. Which sheet it is stays inside the product. */
export interface NoticeRow {
  sheet: string
  shows: string[]
}

/** 公示: results of a unit as they were shown, to whom and from when to when. What it shows is frozen with it. */
@Entity()
@Index({ properties: ['id'] })
@Index({ properties: ['countyId', 'cycleId', 'unitId'] })
@Check({ name: 'notice_audience_known', expression: `audience in ('internal', 'village', 'public')` })
export class Notice {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @HiddenLink({ primary: true })
  id!: string

  @HiddenLink()
  cycleId!: string

  @HiddenLink()
  unitId!: string

  /** Ids of rules/notice.ts `columnsOf`, in the order in which they stand. */
  @Property({ type: 'text[]' })
  columns!: string[]

  @Property({ type: 'text' })
  audience!: Audience

  @Property({ type: 'date' })
  startsOn!: string

  /** Its last day. */
  @Property({ type: 'date' })
  endsOn!: string

  /** Working days. */
  @Property({ type: 'integer' })
  days!: number

  /** The headings of the columns in Chinese, as they were printed. */
  @Property({ type: 'text[]' })
  heads!: string[]

  @Property({ type: 'jsonb' })
  rows!: NoticeRow[]

  /** The sheets whose results it shows, those of earlier postings among them. */
  @Property({ type: 'uuid[]' })
  sheets!: string[]

  /** SHA-256 of columns, period, audience and rows. */
  @Property({ type: 'text' })
  hash!: string

  @HiddenLink()
  accountId!: string

  @Property({ type: 'text' })
  by!: string

  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @Property({ type: 'integer' })
  seq!: number

  /** The notice in whose place it stands. */
  @HiddenLink({ nullable: true })
  replaces?: string | null

  @Property({ type: 'timestamptz', length: 3, nullable: true })
  withdrawnAt?: Date | null

  @Property({ type: 'text', nullable: true })
  withdrawnReason?: string | null
}

/** 节假日: a day off, or a weekend day that is worked instead, as the State Council announces them. */
@Entity()
@Check({ name: 'holiday_kind_known', expression: `kind in ('holiday', 'workday')` })
export class Holiday {
  [PrimaryKeyProp]?: ['countyId', 'day']

  @CountyKey()
  countyId!: string

  @PrimaryKey({ type: 'date' })
  day!: string

  @Property({ type: 'text' })
  kind!: 'holiday' | 'workday'
}
