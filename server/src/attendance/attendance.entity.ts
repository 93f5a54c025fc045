import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, Index, Property } from '@mikro-orm/decorators/legacy'
import { CountyKey, HiddenLink } from '../base/columns.ts'

/** 考勤: days away from post, or a spot check. What was put in its place or taken back stays on record. */
@Entity()
@Index({ properties: ['countyId', 'sheetId'] })
@Index({ properties: ['countyId', 'coordinatorId'] })
export class Attendance {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @HiddenLink({ primary: true })
  id!: string

  /** Whose it is: it counts on every sheet of theirs that it touches. */
  @HiddenLink()
  coordinatorId!: string

  /** The cycle and the sheet under which it was recorded. */
  @HiddenLink()
  cycleId!: string

  @HiddenLink()
  sheetId!: string

  /** `absence` or `spotCheck`. */
  @Property({ type: 'text' })
  kind!: string

  /** First and last day; of a spot check its day twice. */
  @Property({ type: 'date' })
  firstDay!: string

  @Property({ type: 'date' })
  lastDay!: string

  /** Half a day: of a single day only. */
  @Property({ type: 'boolean', default: false })
  half: boolean = false

  @Property({ type: 'boolean', nullable: true })
  excused?: boolean | null

  @Property({ type: 'boolean', nullable: true })
  reasonGiven?: boolean | null

  /** Of a spot check: whether somebody was at the post. */
  @Property({ type: 'boolean', nullable: true })
  onPost?: boolean | null

  @HiddenLink()
  accountId!: string

  @Property({ type: 'text' })
  by!: string

  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @Property({ type: 'integer' })
  seq!: number

  /** The change set that put another in its place or took it back. */
  @Property({ type: 'integer', nullable: true })
  endedSeq?: number | null
}
