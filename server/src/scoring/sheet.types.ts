import { ArgsType, createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { GridColumn, GridRows, GridSection, GridView } from './grid-rows.ts'
import { Sheet } from '../core/sheet.entity.ts'

@ObjectType({ simpleResolvers: true, description: '评分表格 / The score grid of a unit' })
export class ScoreGrid {
  @Field(() => [GridColumn], { description: '各列 / Its columns' })
  columns!: GridColumn[]

  @Field(() => [GridSection], { description: '各部分 / The sections of the score sheet' })
  sections!: GridSection[]

  @Field(() => String, {
    description: '协理员姓名，每行一个 / Names of the coordinators, in the order of rows.ids; masked for analysts',
  })
  names!: string

  @Field(() => String, { description: '村（社区），每行一个 / Villages' })
  villages!: string

  @Field(() => String, { description: '镇（街道），每行一个 / Towns' })
  towns!: string

  @Field(() => String, { description: '专职为 y / y where full-time' })
  fullTime!: string

  @Field(() => GridRows, { description: '考核表 / The sheets' })
  rows!: GridRows
}

@ArgsType()
export class ScoreGridArgs {
  @Field(() => ID, { description: '考核年度 / The cycle' })
  cycle!: string

  @Field(() => ID, {
    nullable: true,
    description: '镇、村；不填为所能看到的全部 / A town or village; everything the caller may see without it',
  })
  unit?: string | null

  @Field(() => GridView, { defaultValue: GridView.points, description: '视图 / The view' })
  view!: GridView

  @Field(() => Int, { nullable: true, description: '只要此序号之后改动过的 / Only sheets changed after this number' })
  since?: number | null
}

@InputType({ description: '一次操作所改的各格，按列给出，各列等长 / The cells of one action, as lists of equal length' })
export class SaveCellsInput {
  @Field(() => ID, { description: '考核年度 / The cycle' })
  cycle!: string

  @Field(() => String, {
    description: '由客户端产生，每次操作一个；重发时用同一个 / Made by the client, one an action; the same when it is sent again',
  })
  key!: string

  @Field(() => [ID], { description: '考核表 / The sheet of each cell' })
  sheets!: string[]

  @Field(() => [ID], { description: '字段 / The field of each cell' })
  fields!: string[]

  @Field(() => [String], {
    nullable: 'items',
    description: '改前所见的值；评分项为所见得分 / What its editor saw; of an item, its points',
  })
  seen!: (string | null)[]

  @Field(() => [String], { nullable: 'items', description: '改后的值，空为清除 / What it becomes; null clears it' })
  values!: (string | null)[]

  @Field(() => [String], {
    nullable: 'itemsAndList',
    description: '改标准时，所知将被取代的直接给分 / Of a criterion: the direct award the editor knows it replaces',
  })
  replaces?: (string | null)[]

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      '各值是否由人逐字输入：是则 5-1 为算式，否则可能是日期，不予接受 / Whether a person typed the values by hand: 5-1 is a sum then; else it may be a date, and is refused',
  })
  typed!: boolean

  @Field(() => GridView, { defaultValue: GridView.points, description: '返回行所用的视图 / The view of the rows in the reply' })
  view!: GridView
}

@ObjectType({ simpleResolvers: true, description: '未写入的一格 / A cell that was not applied' })
export class CellLeftOut {
  @Field(() => Int, { description: '在所提交各格中的位置，从 0 起 / Its place among the cells sent, from 0' })
  at!: number

  @Field(() => ID, { description: '考核表 / The sheet' })
  sheet!: string

  @Field(() => ID, {
    description: '字段；改标准而遇到直接给分时，为其评分项 / The field; of a criterion that met an award, its item',
  })
  field!: string

  @Field(() => String, { description: '稳定代码；conflict 为他人已改 / Stable code; `conflict` where somebody else changed it' })
  code!: string

  @Field(() => String, { description: '原因及办法 / Why, and what to do' })
  says!: string

  @Field(() => String, { nullable: true, description: '冲突时：本人要写的值 / In a conflict: what the caller wrote' })
  mine?: string | null

  @Field(() => String, { nullable: true, description: '冲突时：现有的值 / In a conflict: what is there now' })
  theirs?: string | null

  @Field(() => String, { nullable: true, description: '冲突时：何人所改 / In a conflict: who changed it' })
  by?: string

  @Field(() => String, { nullable: true, description: '冲突时：何时所改 / In a conflict: when' })
  when?: string
}

@ObjectType({ simpleResolvers: true, description: '保存或撤销的结果 / What became of the cells' })
export class SaveReply {
  @Field(() => ID, { nullable: true, description: '所产生的改动；没有改变则为空 / The change set; none if nothing changed' })
  changeSet!: string | null

  @Field(() => Int, { description: '已成立的格数 / How many cells hold now' })
  applied!: number

  @Field(() => [CellLeftOut], { description: '未写入的各格 / The cells left out, each with its reason' })
  leftOut!: CellLeftOut[]

  @Field(() => GridRows, { description: '所涉考核表的现状 / The sheets touched, as they now stand' })
  rows!: GridRows
}

@ObjectType({ simpleResolvers: true, description: '他人的改动 / A change, as it happens' })
export class GridChange {
  @Field(() => Int, { description: '序号 / Number of the change set' })
  seq!: number

  @Field(() => ID, { description: '改动 / The change set' })
  changeSet!: string

  @Field(() => String, { description: '改动人 / Who' })
  by!: string

  @Field(() => Date, { description: '时间 / When' })
  at!: Date

  @Field(() => String, { nullable: true, description: '本人的改动：其 key / Of the caller’s own: its key' })
  key?: string | undefined

  @Field(() => GridRows, { description: '所涉考核表的现状 / The sheets touched, as they now stand' })
  rows!: GridRows
}

@ObjectType({ simpleResolvers: true, description: '他人所在的格 / Where somebody else is in the grid' })
export class Presence {
  @Field(() => ID, { description: '何人的账号 / Whose account' })
  account!: string

  @Field(() => String, { description: '何人；分析人员所见为遮盖的 / Who; masked for analysts' })
  by!: string

  @Field(() => ID, { nullable: true, description: '考核表；已离开则为空 / The sheet; none once they have left' })
  sheet!: string | null

  @Field(() => String, { nullable: true, description: '字段 / The field' })
  field!: string | null
}

export const GridEvent = createUnionType({
  name: 'GridEvent',
  description: '他人的改动，或他人到了哪一格 / A change, or where somebody else is',
  types: () => [GridChange, Presence] as const,
  resolveType: (event) => ('seq' in event ? GridChange : Presence),
})

@ObjectType({ simpleResolvers: true, description: '一张考核表，连同其人其地 / A sheet with its person and place' })
export class SheetDetail {
  @Field(() => Sheet, { description: '考核表 / The sheet' })
  sheet!: Sheet

  @Field(() => String, { description: '协理员 / Coordinator; masked for analysts' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => String, { description: '总分，两位小数 / Total to two places' })
  total!: string

  @Field(() => [String], { description: '调用者可对本表做的事：score / What the caller may do with it: score' })
  may!: string[]
}
