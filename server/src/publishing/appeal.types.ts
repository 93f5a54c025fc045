import { Field, ID, Int, ObjectType } from 'type-graphql'
import { enumerate } from '../base/enumerations.ts'
import { provisionalField } from '../core/provisional.ts'
import type { AppealState } from './appeal.entity.ts'

const AppealStates = enumerate<AppealState>('AppealState', '申诉的状态 / State of an appeal', {
  open: '待决定 / Not decided',
  upheld: '成立 / Upheld',
  rejected: '不成立 / Rejected',
  withdrawn: '已撤回 / Withdrawn',
})

@ObjectType({ simpleResolvers: true, description: '申诉所提的一项 / Something an appeal names' })
export class AppealItem {
  @Field(() => ID, { description: '字段、加减分规则，或 grade / A field, a rule of claims, or grade' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string
}

@ObjectType({ simpleResolvers: true, description: '现在可申诉的一张表 / A sheet against which an appeal can be filed now' })
class Appealable {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '最晚到哪天 / The last day' })
  until!: string
}

@ObjectType({ simpleResolvers: true, description: '提出申诉所需 / What filing an appeal takes' })
export class AppealForm {
  @Field(() => [AppealItem], { description: '可提的各项 / What can be named' })
  items!: AppealItem[]

  @Field(() => [Appealable], { description: '可申诉的考核表 / The sheets it can be about' })
  sheets!: Appealable[]
}

@ObjectType({ simpleResolvers: true, description: '申诉 / An appeal' })
export class AppealRead {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '被考核人 / Whose appeal it is' })
  appellant!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => [AppealItem], { description: '所提各项 / What it names' })
  items!: AppealItem[]

  @Field(() => String, { description: '事实和理由 / What it says' })
  text!: string

  @Field(() => String, { description: '提出人 / Who filed it' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => String, { description: '应在哪天前决定 / By when it is to be decided' })
  dueOn!: string

  @Field(() => String, { nullable: true, description: provisionalField })
  provisional!: string | null

  @Field(() => Boolean, { description: '已逾期 / Whether it is or was late' })
  late!: boolean

  @Field(() => AppealStates, { description: '状态 / State' })
  state!: AppealState

  @Field(() => String, { nullable: true, description: '决定人 / Who decided' })
  decidedBy!: string | null

  @Field(() => Date, { nullable: true, description: '何时决定 / When' })
  decidedAt!: Date | null

  @Field(() => String, { nullable: true, description: '决定的理由 / Why' })
  reason!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      '决定已失效，因为什么变了；仍有效则为空 / What has changed since it was rejected, so that it is to be decided again',
  })
  fell!: string | null

  @Field(() => Boolean, { description: '调用者可决定 / Whether the caller may decide it' })
  mayDecide!: boolean

  @Field(() => Boolean, { description: '调用者可撤回 / Whether the caller may withdraw it' })
  mayWithdraw!: boolean
}

@ObjectType({ simpleResolvers: true, description: '本人的考核表 / A sheet of the caller’s own' })
export class MySheet {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => ID, { description: '所在步骤 / Stage' })
  stage!: string

  @Field(() => Int, { description: '本年在岗天数 / Days in the posting in the year' })
  days!: number
}
