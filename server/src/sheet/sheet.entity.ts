import { PrimaryKeyProp } from '@mikro-orm/core'
import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { CountyKey, FlagColumn, HiddenLink, IdColumn, WholeColumn } from '../database/columns.ts'
import type { SheetState } from '../rules/access.ts'
import type { Facts } from '../rules/facts.ts'

const states = { open: 'open', submitted: 'submitted', filed: 'filed' } as const satisfies Record<SheetState, SheetState>
registerEnumType(states, { name: 'SheetState', description: '考核表的状态：评分中、已上报、已备案 / State of a sheet' })

/**
 * 考核表: one posting of one coordinator in one cycle. The aggregate of the product: its row holds the recorded facts
 * and everything computed from them, so that opening ten thousand sheets reads ten thousand rows.
 */
@Entity()
@Unique({ properties: ['countyId', 'cycleId', 'postingId'] })
@Unique({ properties: ['countyId', 'cycleId', 'line'] })
@Index({ properties: ['countyId', 'cycleId', 'townId', 'line'] })
@Check({ name: 'sheet_state_known', expression: `state in ('open', 'submitted', 'filed')` })
@ObjectType({ simpleResolvers: true, description: '考核评分表 / A score sheet: one posting of one coordinator in one cycle' })
export class Sheet {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @IdColumn('Id')
  id!: string

  @HiddenLink()
  cycleId!: string

  /** Number in the roll of the cycle: by town, village and posting. The order of every list of sheets. */
  @WholeColumn('花名册序号 / Number in the roll of the cycle')
  line!: number

  @HiddenLink()
  coordinatorId!: string

  @HiddenLink()
  postingId!: string

  @HiddenLink()
  villageId!: string

  @HiddenLink()
  townId!: string

  @FlagColumn('专职 / Full-time')
  fullTime!: boolean

  @WholeColumn(
    '本年在该岗位的天数，即其得分的时间权重（IR-50）/ Days in this posting in the year: the weight of its score (IR-50)',
  )
  days!: number

  @Field(() => states, { description: '状态 / State' })
  @Property({ type: 'text' })
  state!: SheetState

  /** What was recorded, by field of the policy: the only truth, all that follows is computed from it. */
  @Property({ type: 'jsonb' })
  facts!: Facts

  /** Points of each item, in the order of the policy's items: decimal text, null where the item is not yet assessed. */
  @Property({ type: 'text[]' })
  points!: (string | null)[]

  /** One letter an item: a awarded, c computed from its criteria, m missing. */
  @Property({ type: 'text' })
  marks!: string

  /** Exact where it is a decimal, else to 20 places: equal scores stay equal, different ones different. */
  @Property({ type: 'numeric', columnType: 'numeric' })
  total!: string

  @WholeColumn('尚未评分的项目数 / How many items are not yet assessed')
  missing!: number

  /** Limits that were hit (vetoes, absence): whatever the score, they cap the grade. */
  @Property({ type: 'text[]' })
  limits!: string[]

  /** Number of the change set that last touched it; 0 if none has. */
  @WholeColumn('最近一次改动的序号 / Number of the change set that last touched it')
  seq!: number
}

export const ChangeKind = { edit: 'edit', undo: 'undo' } as const
export type ChangeKind = (typeof ChangeKind)[keyof typeof ChangeKind]
registerEnumType(ChangeKind, { name: 'ChangeKind', description: '改动的种类 / Kind of a change set' })

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

  @Field(() => ID, { description: 'Id' })
  @Property({ type: 'uuid' })
  id!: string

  @HiddenLink()
  cycleId!: string

  @HiddenLink()
  accountId!: string

  @Field(() => String, { description: '改动人 / Who' })
  @Property({ type: 'text' })
  by!: string

  @Field(() => Date, { description: '时间 / When' })
  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @Field(() => ChangeKind, { description: '种类 / Kind' })
  @Property({ type: 'text' })
  kind!: ChangeKind

  @Field(() => ID, { nullable: true, description: '所撤销的改动 / The change set this one undoes' })
  @HiddenLink({ nullable: true })
  undoes?: string | null

  /** The client's key: the same call sent again answers as the first time and changes nothing. */
  @Property({ type: 'text' })
  key!: string

  /** What the call answered, for answering it again. */
  @Property({ type: 'jsonb' })
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
