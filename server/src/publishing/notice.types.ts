import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { enumerate } from '../base/enumerations.ts'
import { provisionalField } from '../core/provisional.ts'
import { period, type Audience } from '../rules/notice.ts'

const Audiences = enumerate<Audience>('Audience', '公示范围 / Who a notice is for', {
  internal: '单位内部 / The unit itself',
  village: '村务公开栏 / The village board',
  public: '社会 / The public',
})

const NoticeState = enumerate('NoticeState', '公示的状态 / State of a notice', {
  running: '公示期内 / On public view',
  ended: '公示期满 / Its days are over',
  withdrawn: '已撤回 / Withdrawn',
})

@ObjectType({ simpleResolvers: true, description: '公示的一项内容 / A column of a notice' })
class NoticeColumn {
  @Field(() => ID, { description: 'name、maskedName、village、town、grade、total、rank、points.部分 / Id' })
  id!: string

  @Field(() => String, { description: '栏名 / Heading' })
  title!: string
}

@ObjectType({ simpleResolvers: true, description: '公示可选的内容 / What a notice may show' })
export class NoticeForm {
  @Field(() => [NoticeColumn], { description: '可选各项，此外一概不能公示 / All that can be shown' })
  columns!: NoticeColumn[]

  @Field(() => [ID], { description: '采用的读法不许公示的 / What the reading in force leaves out' })
  left!: string[]

  @Field(() => [ID], { description: '其中不许向社会公示的 / Those it leaves out of public notices only' })
  leftPublic!: string[]

  @Field(() => [ID], { description: '默认 / What is shown where nobody chooses' })
  usual!: string[]

  @Field(() => String, { nullable: true, description: '所依的读法 / The reading it follows' })
  reading!: string | null

  @Field(() => Int, { description: '默认工作日 / Usual number of working days' })
  days!: number

  @Field(() => Int, { description: '最少 / Least' })
  least!: number

  @Field(() => Int, { description: '最多 / Most' })
  most!: number

  @Field(() => [ID], { description: '现在可公示的单位 / The units with something to publish now' })
  units!: string[]
}

@ObjectType({ simpleResolvers: true, description: '一行 / What is shown of one person' })
class ShownRow {
  @Field(() => [String], { description: '各栏 / In the order of the headings' })
  shows!: string[]

  @Field(() => Boolean, { description: '是否本人 / Whether it is the caller’s own' })
  own!: boolean
}

@ObjectType({ simpleResolvers: true, description: '公示的样子 / What a notice shows' })
class NoticeContent {
  @Field(() => [String], { description: '栏名 / Headings' })
  heads!: string[]

  @Field(() => [ShownRow], { description: '各人 / A row each' })
  rows!: ShownRow[]
}

@ObjectType({ simpleResolvers: true, description: '预览 / How a notice would look' })
export class NoticePreview extends NoticeContent {
  @Field(() => String, { description: '开始 / First day' })
  startsOn!: string

  @Field(() => String, { description: '最后一天 / Last day' })
  endsOn!: string

  @Field(() => String, { nullable: true, description: provisionalField })
  provisional!: string | null
}

@ObjectType({ simpleResolvers: true, description: '公示 / A notice' })
export class NoticeRead extends NoticeContent {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => ID, { description: '单位 / Unit' })
  unit!: string

  @Field(() => String, { description: '单位名称 / Its name' })
  unitName!: string

  @Field(() => [ID], { description: '内容 / Columns' })
  columns!: string[]

  @Field(() => Audiences, { description: '范围 / Audience' })
  audience!: Audience

  @Field(() => NoticeState, { description: '状态 / State' })
  state!: keyof typeof NoticeState

  @Field(() => String, { description: '开始 / First day' })
  startsOn!: string

  @Field(() => String, { description: '最后一天 / Last day' })
  endsOn!: string

  @Field(() => String, { nullable: true, description: provisionalField })
  provisional!: string | null

  @Field(() => Int, { description: '工作日 / Working days' })
  days!: number

  @Field(() => String, { description: '内容的指纹 / SHA-256 of what it shows' })
  hash!: string

  @Field(() => String, { description: '发布人 / Who published it' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => ID, { nullable: true, description: '所更正的公示 / The notice it corrects' })
  replaces!: string | null

  @Field(() => String, { nullable: true, description: '撤回的理由 / Why it was withdrawn' })
  withdrawnReason!: string | null

  @Field(() => Boolean, { description: '调用者可更正、撤回 / Whether the caller may correct or withdraw it' })
  may!: boolean
}

@InputType({ description: '公示什么、给谁看 / What to publish, for whom' })
export class NoticeInput {
  @Field(() => ID, { description: '考核年度 / The cycle' })
  cycle!: string

  @Field(() => [ID], { description: '镇（街道）或村（社区） / Towns or villages' })
  units!: string[]

  @Field(() => [ID], { description: '内容，见 noticeForm / Columns, see noticeForm' })
  columns!: string[]

  @Field(() => Audiences, { defaultValue: Audiences.internal, description: '范围 / Audience' })
  audience!: Audience

  @Field(() => Int, { defaultValue: period.usual, description: '工作日 / Working days' })
  days!: number

  @Field(() => ID, { nullable: true, description: '所更正的公示 / The notice it corrects' })
  replaces?: string | null

  @Field(() => String, { nullable: true, description: '更正的理由 / Why it is corrected' })
  reason?: string | null
}
