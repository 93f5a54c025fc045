import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'

@InputType({
  description: '请一个人评议：填登录名，或只填姓名（票号）领票码 / Somebody asked to rate: by account, or by a slip with a code',
})
export class RaterInput {
  @Field(() => String, { nullable: true, description: '姓名或票号 / Name, or number of the slip' })
  name?: string | null

  @Field(() => String, { nullable: true, description: '登录名 / Login' })
  login?: string | null
}

@InputType({ description: '一个方面的评分 / The mark of one dimension' })
export class MarkInput {
  @Field(() => ID, { description: '方面 / Dimension' })
  dimension!: string

  @Field(() => String, { description: '分数 / Mark' })
  mark!: string
}

@ObjectType({ simpleResolvers: true, description: '一张票的票码，只显示一次 / The code of a slip, shown once' })
export class Slip {
  @Field(() => ID, { description: '评议人 / Rater' })
  rater!: string

  @Field(() => String, { description: '姓名或票号 / Name, or number of the slip' })
  name!: string

  @Field(() => String, { description: '评议谁 / Who is rated' })
  coordinator!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '票码 / Code' })
  code!: string
}

@ObjectType({ simpleResolvers: true, description: '所请的人 / Who was asked' })
export class Invited {
  @Field(() => [ID], { description: '评议人 / Raters' })
  raters!: string[]

  @Field(() => [Slip], {
    description: '票码；同一请求重发时为空，须重发票码 / Codes; none when the same call is answered again: issue them anew',
  })
  slips!: Slip[]
}

@ObjectType({ simpleResolvers: true, description: '一位评议人 / A rater' })
class RaterState {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '姓名或票号 / Name, or number of the slip' })
  name!: string

  @Field(() => Boolean, { description: '凭票码 / Whether by a slip' })
  slip!: boolean

  @Field(() => Boolean, { description: '已评 / Whether they voted' })
  voted!: boolean
}

@ObjectType({ simpleResolvers: true, description: '一个方面的平均 / The mean of a dimension' })
class Mean {
  @Field(() => ID, { description: '方面 / Dimension' })
  dimension!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => String, { description: '平均，两位小数 / Mean to two places' })
  mean!: string
}

@ObjectType({ simpleResolvers: true, description: '一张考核表一方的评议 / What one group has done for one sheet' })
class GroupProgress {
  @Field(() => ID, { description: '哪一方 / Group' })
  group!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => Boolean, { description: '是否无记名 / Whether it rates in secret' })
  secret!: boolean

  @Field(() => [RaterState], { description: '所请的人，只知评没评 / Who was asked, and only whether they voted' })
  raters!: RaterState[]

  @Field(() => Int, { description: '有效票 / Valid ballots' })
  ballots!: number

  @Field(() => [Mean], { description: '各方面平均；无记名的满三张才列 / Means; of a secret group from three ballots on' })
  means!: Mean[]

  @Field(() => String, { nullable: true, description: '记为缺的理由 / Why it is recorded as missing' })
  missing!: string | null
}

@ObjectType({ simpleResolvers: true, description: '一张考核表的评议进度 / How far the ratings of a sheet are' })
export class RatingProgress {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => Boolean, { description: '调用者可请人、作废、记缺 / Whether the caller runs the ratings of it now' })
  may!: boolean

  @Field(() => [GroupProgress], { description: '各方 / By group' })
  groups!: GroupProgress[]
}

@ObjectType({ simpleResolvers: true, description: '票上的一个方面 / A dimension of a ballot' })
class BallotDimension {
  @Field(() => ID, { description: '方面 / Dimension' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => String, { nullable: true, description: '内容 / What it is about' })
  detail!: string | null

  @Field(() => String, { description: '满分 / Most' })
  most!: string

  @Field(() => String, { description: '最小单位 / Step' })
  step!: string
}

@ObjectType({ simpleResolvers: true, description: '请调用者评的一张票 / A ballot the caller is asked for' })
export class MyBallot {
  @Field(() => ID, { description: '评议人 / Rater' })
  rater!: string

  @Field(() => String, { description: '评议谁 / Who is rated' })
  coordinator!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => Int, { description: '年度 / Year' })
  year!: number

  @Field(() => String, { description: '以哪一方 / In which group' })
  group!: string

  @Field(() => Boolean, { description: '是否无记名 / Whether it is secret' })
  secret!: boolean

  @Field(() => Boolean, { description: '已投 / Whether it was cast' })
  voted!: boolean

  @Field(() => Boolean, { description: '现在可投 / Whether it can be cast now' })
  open!: boolean

  @Field(() => [BallotDimension], { description: '各方面 / Dimensions' })
  dimensions!: BallotDimension[]
}
