import { PrimaryKeyProp } from '@mikro-orm/core'
import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy'
import { Field, ID, ObjectType } from 'type-graphql'
import { enumerate } from '../base/enumerations.ts'
import { CountyKey, DayColumn, FlagColumn, HiddenLink, IdColumn, LinkColumn, TextColumn } from '../base/columns.ts'

/** The county whose coordinators are assessed. Its row also holds the head of the chain of change sets. */
@Entity()
@ObjectType({ simpleResolvers: true, description: '县（区、市）/ A county, district or county-level city' })
export class County {
  @PrimaryKey({ type: 'uuid' })
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @TextColumn('六位行政区划代码 / Six-digit administrative code')
  code!: string

  @TextColumn('名称 / Name')
  name!: string

  /** Number and hash of the last change set: the next one is chained to it under a lock on this row. */
  @Property({ type: 'integer', default: 0 })
  chainSeq: number = 0

  @Property({ type: 'text', default: '' })
  chainHash: string = ''
}

export const UnitKind = enumerate('UnitKind', '单位层级 / Level of a unit', {
  county: '县（区、市）/ County',
  town: '镇（街道）/ Town',
  village: '村（社区）/ Village',
})
export type UnitKind = (typeof UnitKind)[keyof typeof UnitKind]

/** A place in the tree county > town > village. */
@Entity()
@Unique({ properties: ['countyId', 'code'] })
@Index({ properties: ['countyId', 'parentId'] })
@Check({ name: 'unit_name_one_line', expression: `name !~ '[\\n\\r]'` })
@ObjectType({ simpleResolvers: true, description: '单位：县、镇（街道）、村（社区）/ A unit: county, town or village' })
export class Unit {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @IdColumn('编号 / Id')
  id!: string

  @Field(() => UnitKind, { description: '层级 / Level' })
  @Property({ type: 'text' })
  kind!: UnitKind

  @TextColumn('十二位行政区划代码 / Twelve-digit administrative code')
  code!: string

  @TextColumn('名称 / Name')
  name!: string

  @LinkColumn('上级单位；县没有 / The unit above; none for the county', { nullable: true })
  parentId?: string | null

  @FlagColumn('代码是临时编的，尚无正式代码 / The code is provisional: the official one is not known yet', { default: false })
  provisional: boolean = false

  @DayColumn('撤并之日；在用的没有 / The day it was closed or merged; none while it exists', { nullable: true })
  closedOn?: string | null
}

/** 协理员: the person who is assessed. */
@Entity()
@Unique({ properties: ['countyId', 'idNumberHash'] })
@Check({ name: 'coordinator_name_one_line', expression: `name !~ '[\\n\\r]'` })
@ObjectType({ simpleResolvers: true, description: '协理员 / A coordinator: the person who is assessed' })
export class Coordinator {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @IdColumn('编号 / Id')
  id!: string

  @TextColumn('姓名 / Name')
  name!: string

  @TextColumn('性别 / Gender: male or female')
  gender!: string

  @DayColumn('出生日期 / Born on')
  bornOn!: string

  /** Sealed with the product's key for this row; found again by the hash, which only the key can make. */
  @Property({ type: 'text', nullable: true })
  idNumber?: string | null

  @Property({ type: 'text', nullable: true })
  idNumberHash?: string | null

  @Property({ type: 'text', nullable: true })
  idNumberShown?: string | null

  @Property({ type: 'text', nullable: true })
  phone?: string | null

  @Property({ type: 'text', nullable: true })
  phoneShown?: string | null

  @Property({ type: 'text', nullable: true })
  politics?: string | null

  @Property({ type: 'text', nullable: true })
  schooling?: string | null

  @Property({ type: 'text', nullable: true })
  household?: string | null

  /** Of a woman: in a managing or technical post, which moves the age of retirement (IR-35). */
  @Property({ type: 'boolean', default: false })
  cadre: boolean = false
}

/** 任职: one coordinator in one village from one day to another. */
@Entity()
@Index({ properties: ['countyId', 'coordinatorId'] })
@ObjectType({ simpleResolvers: true, description: '任职 / A posting of a coordinator to a village' })
export class Posting {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @IdColumn('编号 / Id')
  id!: string

  @HiddenLink()
  coordinatorId!: string

  @HiddenLink()
  villageId!: string

  @FlagColumn('专职 / Full-time: counts in the population of the quotas (policy interpretation IR-08)')
  fullTime!: boolean

  @DayColumn('任职起 / From')
  startsOn!: string

  @DayColumn('任职止 / To, none while it lasts', { nullable: true })
  endsOn?: string | null

  /** 岗位类别, as the roster has it: public-welfare post, dispatched, graduate and the like. */
  @Property({ type: 'text', nullable: true })
  category?: string | null

  @Property({ type: 'text', nullable: true })
  employer?: string | null

  @Property({ type: 'date', nullable: true })
  contractFrom?: string | null

  @Property({ type: 'date', nullable: true })
  contractTo?: string | null

  /** How it ended, as an exit form lists it (XY-F5). */
  @Property({ type: 'text', nullable: true })
  endKind?: string | null

  @Property({ type: 'text', nullable: true })
  endReason?: string | null
}
