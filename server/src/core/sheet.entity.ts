import { PrimaryKeyProp } from '@mikro-orm/core'
import { Check, Entity, Index, Property, Unique } from '@mikro-orm/decorators/legacy'
import { Field, ObjectType } from 'type-graphql'
import { enumerate } from '../base/enumerations.ts'
import { CountyKey, FlagColumn, HiddenLink, IdColumn, TextColumn, WholeColumn } from '../base/columns.ts'
import type { SheetState } from '../rules/access.ts'
import type { Facts } from '../rules/facts.ts'
import type { Beyond } from '../rules/person.ts'

const states = enumerate<SheetState>('SheetState', '考核表的状态 / State of a sheet', {
  open: '评分中 / Scores are entered',
  submitted: '已上报 / Passed on, no longer scored',
  filed: '已备案 / On file',
})

/**
 * 考核表: one posting of one coordinator in one cycle. The aggregate of the product: its row holds the recorded facts
 * and everything computed from them, so that opening ten thousand sheets reads ten thousand rows.
 */
@Entity()
@Unique({ properties: ['countyId', 'cycleId', 'postingId'] })
@Unique({ properties: ['countyId', 'cycleId', 'line'] })
@Index({ properties: ['countyId', 'cycleId', 'townId', 'line'] })
@Index({ properties: ['countyId', 'cycleId', 'stage'] })
@Check({ name: 'sheet_state_known', expression: `state in ('open', 'submitted', 'filed')` })
@ObjectType({ simpleResolvers: true, description: '考核评分表 / A score sheet: one posting of one coordinator in one cycle' })
export class Sheet {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @IdColumn('编号 / Id')
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

  @TextColumn('所在步骤：办法 stages 中的一步 / The stage of the policy where it stands')
  stage!: string

  /** What was recorded, by field of the policy: the only truth, all that follows is computed from it. */
  @Property({ type: 'jsonb' })
  facts!: Facts

  /** What is recorded beside the cells: accepted claims, valid ballots, absences, the panel's grade. */
  @Property({ type: 'jsonb', defaultRaw: `'{}'` })
  beyond: Beyond = {}

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

  /** After an upheld appeal: the fields it named, and nothing else of the sheet is written until it is published again. */
  @Property({ type: 'text[]', nullable: true })
  reopened?: string[] | null

  /** Number of the change set that last touched it; 0 if none has. */
  @WholeColumn('最近一次改动的序号 / Number of the change set that last touched it')
  seq!: number
}
