import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, Index, Property } from '@mikro-orm/decorators/legacy'
import { CountyKey, HiddenLink } from '../base/columns.ts'
import type { Basis } from '../rules/basis.ts'

/** 裁定: a person's signed decision that no rule can make, an input like any other; recomputation never overwrites it. */
@Entity()
@Index({ properties: ['countyId', 'cycleId', 'kind'] })
export class Ruling {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @HiddenLink({ primary: true })
  id!: string

  @HiddenLink()
  cycleId!: string

  /** `seat` at a tie, `explanation` of a fail, `legalStep` before a contract ends, `dismissal` itself, `noBallots` of a group of raters. */
  @Property({ type: 'text' })
  kind!: string

  /** The quota of a seat or `elimination`, the step of the law, the group of raters. */
  @Property({ type: 'text' })
  subject!: string

  @HiddenLink()
  sheetId!: string

  /** Of a seat: who comes first among those named together. */
  @Property({ type: 'integer', default: 0 })
  place: number = 0

  @Property({ type: 'text' })
  text!: string

  /** The facts it was made about; it falls when one of them changes. */
  @Property({ type: 'jsonb', nullable: true })
  basis?: Basis | null

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
