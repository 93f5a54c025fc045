import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { CountyKey, HiddenLink, TextColumn } from '../base/columns.ts'
import { ChangeKinds, type ChangeKind } from './kinds.ts'

/** 改动: what one person changed in one action. Only ever added to; each is chained to the one before by its hash. */
@Entity()
@Unique({ properties: ['countyId', 'id'] })
@Unique({ properties: ['countyId', 'accountId', 'key'] })
@ObjectType({ simpleResolvers: true, description: '一次改动 / A change set: what one person changed in one action' })
export class ChangeSet {
  [PrimaryKeyProp]?: ['countyId', 'seq']

  @CountyKey()
  countyId!: string

  @Field(() => Int, { description: '序号，逐次加一 / Number, counting up by one' })
  @PrimaryKey({ type: 'integer', autoincrement: false })
  seq!: number

  @Field(() => ID, { description: '编号 / Id' })
  @Property({ type: 'uuid' })
  id!: string

  /** None for what concerns no cycle: accounts, signing in. */
  @HiddenLink({ nullable: true })
  cycleId?: string | null

  @HiddenLink()
  accountId!: string

  @Field(() => String, { description: '改动人 / Who' })
  @Property({ type: 'text' })
  by!: string

  @Field(() => Date, { description: '时间 / When' })
  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @Field(() => ChangeKinds, { description: '种类 / Kind' })
  @Property({ type: 'text' })
  kind!: ChangeKind

  @Field(() => ID, { nullable: true, description: '所撤销的改动 / The change set this one undoes' })
  @HiddenLink({ nullable: true })
  undoes?: string | null

  @TextColumn('代何人 / On whose behalf', { nullable: true })
  behalf?: string | null

  @TextColumn('来自何处 / From which address', { nullable: true })
  address?: string | null

  @TextColumn('理由 / Reason', { nullable: true })
  reason?: string | null

  @TextColumn('办法文件的指纹 / SHA-256 of the policy file it was done under', { nullable: true })
  policy?: string | null

  /** What was done, beside cells; kept word for word, for its hash. */
  @Property({ type: 'json', columnType: 'json', nullable: true })
  details?: unknown

  /** The client's key: the same call sent again answers as the first time and changes nothing. */
  @Property({ type: 'text' })
  key!: string

  /** What the call answered, for answering it again. */
  @Property({ type: 'json', columnType: 'json' })
  outcome!: unknown

  @Field(() => String, { description: '指纹，与前一次改动相链 / SHA-256, chained to the one before' })
  @Property({ type: 'text' })
  hash!: string
}

/** The part of a change set that touched one sheet: field -> [before, after]. */
@Entity()
@Index({ properties: ['countyId', 'seq'] })
export class SheetChange {
  [PrimaryKeyProp]?: ['countyId', 'sheetId', 'seq']

  @CountyKey()
  countyId!: string

  @PrimaryKey({ type: 'uuid' })
  sheetId!: string

  @PrimaryKey({ type: 'integer' })
  seq!: number

  @Property({ type: 'jsonb' })
  cells!: Record<string, [string | null, string | null]>
}
