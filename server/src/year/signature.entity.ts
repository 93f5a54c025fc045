import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, Index, Property } from '@mikro-orm/decorators/legacy'
import { Field, ID, ObjectType } from 'type-graphql'
import { CountyKey, HiddenLink, IdColumn, TextColumn, WholeColumn } from '../base/columns.ts'

/** 签字：sheets of a unit passed on, or sent back, by somebody who had the right to at that stage. */
@Entity()
@Index({ properties: ['countyId', 'cycleId', 'unitId'] })
@ObjectType({ simpleResolvers: true, description: '签字：通过或退回 / A signature: sheets passed on, or sent back' })
export class Signature {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @IdColumn('编号 / Id')
  id!: string

  @HiddenLink()
  cycleId!: string

  @Field(() => ID, { description: '单位 / Unit whose sheets were signed' })
  @HiddenLink()
  unitId!: string

  @TextColumn('步骤 / Stage')
  stage!: string

  @TextColumn('以何角色 / In which role')
  role!: string

  @HiddenLink()
  accountId!: string

  @TextColumn('签字人 / Who')
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @TextColumn('退回到哪一步；通过的为空 / The stage it was sent back to; none where it was passed on', { nullable: true })
  backTo?: string | null

  @WholeColumn('几张考核表 / How many sheets')
  sheets!: number

  @TextColumn('所签内容的指纹 / SHA-256 of what was signed')
  hash!: string

  /** Of a signature that passes sheets on: the hash of what each of them holds. */
  @Property({ type: 'jsonb', nullable: true })
  contents?: Readonly<Record<string, string>> | null

  @TextColumn('理由 / Reason', { nullable: true })
  reason?: string | null

  @WholeColumn('改动序号 / Number of the change set')
  seq!: number
}
