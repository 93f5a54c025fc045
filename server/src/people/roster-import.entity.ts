import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { CountyKey, HiddenLink } from '../base/columns.ts'

/** One file or table of the roster that was taken in, with what stood before, so that it can be taken back. */
@Entity()
export class RosterImport {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @PrimaryKey({ type: 'uuid' })
  id!: string

  @HiddenLink()
  accountId!: string

  @Property({ type: 'text' })
  by!: string

  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  /** Units or people. */
  @Property({ type: 'text' })
  kind!: string

  @Property({ type: 'text' })
  fileName!: string

  @Property({ type: 'integer' })
  rows!: number

  @Property({ type: 'integer' })
  created!: number

  @Property({ type: 'integer' })
  updated!: number

  /** The ids that it made, and the rows that it changed as they were. */
  @Property({ type: 'jsonb' })
  before!: object

  @Property({ type: 'integer' })
  seq!: number

  @Property({ type: 'integer', nullable: true })
  undoneSeq?: number | null
}
