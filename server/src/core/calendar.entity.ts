import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { CountyKey, HiddenLink } from '../base/columns.ts'

/** The days off and the weekend days worked of a whole year, as a county entered them, in the place of what came. */
@Entity()
export class CalendarYear {
  [PrimaryKeyProp]?: ['countyId', 'year']

  @CountyKey()
  countyId!: string

  @PrimaryKey({ type: 'integer' })
  year!: number

  /** What they were announced in. */
  @Property({ type: 'text' })
  announcement!: string

  @Property({ type: 'text[]' })
  holidays!: string[]

  @Property({ type: 'text[]' })
  workdays!: string[]

  @HiddenLink()
  accountId!: string

  @Property({ type: 'text' })
  by!: string

  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @Property({ type: 'integer' })
  seq!: number
}
