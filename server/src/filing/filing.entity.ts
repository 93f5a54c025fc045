import { PrimaryKeyProp } from '@mikro-orm/core'
import { Check, Entity, Index, Property, Unique } from '@mikro-orm/decorators/legacy'
import { CountyKey, HiddenLink } from '../base/columns.ts'
import type { Choices, Facts } from '../rules/facts.ts'
import type { Beyond } from '../rules/person.ts'

/** What one sheet was filed as, with all it was worked out from. */
export interface FiledResult {
  sheet: string
  /** Null on the sheet of an earlier posting: the person's result stands with the one held on the base date. */
  grade: string | null
  rank: number | null
  /** The person's total to two places, as it was shown; of an earlier posting its own. */
  shown: string
  /** The sheet's own total, exact where it is a decimal, else to 20 places. */
  total: string
  points: (string | null)[]
  facts: Facts
  beyond: Beyond
}

/** 备案: what a unit's results came to when they were put on file. Never changed: a correction is another that points to it. */
@Entity()
@Index({ properties: ['countyId', 'cycleId'] })
@Unique({ properties: ['countyId', 'corrects'] })
export class Filing {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @HiddenLink({ primary: true })
  id!: string

  @HiddenLink()
  cycleId!: string

  @HiddenLink()
  unitId!: string

  @Property({ type: 'uuid[]' })
  sheets!: string[]

  /** SHA-256 of the sheets, as they were signed. */
  @Property({ type: 'text' })
  hash!: string

  /** The end of the county's chain in that moment. */
  @Property({ type: 'integer' })
  chainSeq!: number

  @Property({ type: 'text' })
  chainHash!: string

  @Property({ type: 'text' })
  policyId!: string

  @Property({ type: 'text' })
  policyHash!: string

  @Property({ type: 'jsonb' })
  choices!: Choices

  @Property({ type: 'jsonb' })
  results!: FiledResult[]

  @HiddenLink()
  accountId!: string

  @Property({ type: 'text' })
  by!: string

  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @Property({ type: 'integer' })
  seq!: number

  /** The filing it stands in the place of. */
  @HiddenLink({ nullable: true })
  corrects?: string | null
}

/** 更正: a value of a filed sheet that is to be another, on a document, by two hands. */
@Entity()
@Index({ properties: ['countyId', 'sheetId'] })
@Check({ name: 'correction_state_known', expression: `state in ('proposed', 'signed', 'refused')` })
export class Correction {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @HiddenLink({ primary: true })
  id!: string

  /** The filing it corrects. */
  @HiddenLink()
  filingId!: string

  @HiddenLink()
  sheetId!: string

  /** A field of the policy, or `grade`. */
  @Property({ type: 'text' })
  field!: string

  @Property({ type: 'text', nullable: true })
  before?: string | null

  @Property({ type: 'text', nullable: true })
  after?: string | null

  @Property({ type: 'text' })
  reason!: string

  /** The paper it stands on. */
  @Property({ type: 'text' })
  document!: string

  @HiddenLink()
  accountId!: string

  @Property({ type: 'text' })
  by!: string

  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @Property({ type: 'integer' })
  seq!: number

  @Property({ type: 'text' })
  state!: 'proposed' | 'signed' | 'refused'

  @Property({ type: 'text', nullable: true })
  secondBy?: string | null

  @Property({ type: 'timestamptz', length: 3, nullable: true })
  secondAt?: Date | null

  @Property({ type: 'text', nullable: true })
  secondReason?: string | null

  /** The filing that stands in its place since it took effect. */
  @HiddenLink({ nullable: true })
  became?: string | null
}
