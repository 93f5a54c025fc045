import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { enumerate } from '../base/enumerations.ts'
import type { Correction } from './filing.entity.ts'

const CorrectionStates = enumerate<Correction['state']>('CorrectionState', '更正的状态 / State of a correction', {
  proposed: '待会签 / Awaits its second signature',
  signed: '已会签生效 / Signed, holds',
  refused: '会签人未同意 / Refused by the second hand',
})

@ObjectType({ simpleResolvers: true, description: '备案的一人 / What somebody was filed as' })
class FiledPerson {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名；分析人员所见为遮盖的 / Name; masked for analysts' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { nullable: true, description: '等次名称 / Grade' })
  grade!: string | null

  @Field(() => String, { nullable: true, description: '名次 / Rank' })
  rank!: string | null

  @Field(() => String, { description: '总分 / Total' })
  total!: string
}

@ObjectType({ simpleResolvers: true, description: '备案 / What was put on file' })
export class FilingRead {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => ID, { description: '单位 / Unit' })
  unit!: string

  @Field(() => String, { description: '单位名称 / Its name' })
  unitName!: string

  @Field(() => [FiledPerson], { description: '各人 / The people the caller sees of it' })
  people!: FiledPerson[]

  @Field(() => String, { description: '所签内容的指纹 / SHA-256 of what was signed' })
  hash!: string

  @Field(() => String, { description: '其时改动链的末端：序号和指纹 / The end of the chain then: its number and hash' })
  chain!: string

  @Field(() => String, { description: '办法文件的指纹 / SHA-256 of the policy file' })
  policyHash!: string

  @Field(() => String, { description: '何人 / Who' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => ID, { nullable: true, description: '所更正的备案 / The filing it corrects' })
  corrects!: string | null

  @Field(() => ID, { nullable: true, description: '取代它的备案 / The filing in its place' })
  corrected!: string | null
}

@ObjectType({ simpleResolvers: true, description: '更正 / A correction of what is on file' })
export class CorrectionRead {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '哪一项 / What is corrected' })
  title!: string

  @Field(() => String, { nullable: true, description: '原为 / Before' })
  before!: string | null

  @Field(() => String, { nullable: true, description: '更正为 / After' })
  after!: string | null

  @Field(() => String, { description: '理由 / Why' })
  reason!: string

  @Field(() => String, { description: '文书 / The paper it stands on' })
  document!: string

  @Field(() => String, { description: '提出人 / Who proposed it' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => CorrectionStates, { description: '状态 / State' })
  state!: Correction['state']

  @Field(() => String, { nullable: true, description: '会签人 / Who signed second' })
  secondBy!: string | null

  @Field(() => Date, { nullable: true, description: '何时会签 / When' })
  secondAt!: Date | null

  @Field(() => String, { nullable: true, description: '会签的意见 / And what they said' })
  secondReason!: string | null

  @Field(() => ID, { description: '所更正的备案 / The filing it corrects' })
  filing!: string

  @Field(() => ID, { nullable: true, description: '更正后的备案 / The filing since' })
  became!: string | null

  @Field(() => Boolean, { description: '调用者可会签 / Whether the caller may sign it' })
  may!: boolean
}

@InputType({ description: '提出更正 / Proposing a correction' })
export class CorrectionInput {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => ID, { description: '字段，或 grade 即考核小组所评等次 / A field, or grade: what the panel gave' })
  field!: string

  @Field(() => String, { nullable: true, description: '更正为；不填为清空 / The corrected value; emptied without it' })
  value?: string | null

  @Field(() => String, { description: '理由 / Why' })
  reason!: string

  @Field(() => String, { description: '所依文书 / The paper it stands on' })
  document!: string
}
