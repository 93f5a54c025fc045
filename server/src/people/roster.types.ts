import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { enumerate } from '../base/enumerations.ts'
import type { Doing } from './plan.ts'

export const RowDoing = enumerate<Doing>('RosterDoing', '名册一行的去处 / What becomes of a row of a roster', {
  create: '新增 / Somebody or something new',
  update: '更新 / What is there is changed',
  unchanged: '不变 / Nothing changes',
  refused: '不收 / Not taken, see the problems',
})

@InputType({ description: '镇村表的一行 / One row of a list of places' })
export class UnitRowInput {
  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => String, { nullable: true, description: '镇代码，9 或 12 位 / Code of the town, 9 or 12 digits' })
  townCode?: string | null

  @Field(() => String, {
    nullable: true,
    description: '村（社区）；不填则只指镇 / Village; the row is about the town without it',
  })
  village?: string | null

  @Field(() => String, { nullable: true, description: '村代码，12 位 / Code of the village, 12 digits' })
  villageCode?: string | null
}

const said = (zh: string, en: string) => Field(() => String, { nullable: true, description: `${zh} / ${en}` })

@InputType({
  description: '名册的一行，按表格里的写法；不填的不改 / One row of a roster, as a table has it; what is left out is not changed',
})
export class PersonRowInput {
  @Field(() => ID, {
    nullable: true,
    description: '指明协理员，否则按身份证号或姓名寻找 / Who it is; else found by ID number or name',
  })
  person?: string | null

  @Field(() => ID, { nullable: true, description: '指明任职 / Which posting' })
  posting?: string | null

  @said('姓名', 'Name')
  name?: string | null

  @said('身份证号，18 位', 'ID number, 18 characters')
  idNumber?: string | null

  @said('性别：男、女', 'Gender: male, female')
  gender?: string | null

  @said('出生日期或年月', 'Date or month of birth')
  bornOn?: string | null

  @said('镇（街道）', 'Town')
  town?: string | null

  @said('村（社区）', 'Village')
  village?: string | null

  @said('任职时间', 'From when')
  startsOn?: string | null

  @said('离任时间', 'Until when')
  endsOn?: string | null

  @said('专职、兼职', 'Full-time: yes, no')
  fullTime?: string | null

  @said('联系电话', 'Telephone')
  phone?: string | null

  @said('政治面貌', 'Political status')
  politics?: string | null

  @said('文化程度', 'Schooling')
  schooling?: string | null

  @said('户籍', 'Household registration')
  household?: string | null

  @said('管理技术岗（女性退休年龄用）', 'Managing or technical post, for the age of retirement of women: yes, no')
  cadre?: string | null

  @said('岗位类别', 'Category of the post')
  category?: string | null

  @said('用人单位', 'Employer')
  employer?: string | null

  @said('合同起', 'First day of the contract')
  contractFrom?: string | null

  @said('合同止', 'Last day of the contract')
  contractTo?: string | null
}

@ObjectType({ simpleResolvers: true, description: '名册一行的问题 / Something to be said about a row' })
export class RosterProblemType {
  @Field(() => String, { description: '工作表；只有一张时为空 / Worksheet; empty where there is one' })
  sheet!: string

  @Field(() => Int, { description: '第几行 / Row' })
  row!: number

  @Field(() => String, { nullable: true, description: '列 / Column' })
  column?: string | null

  @Field(() => String, { nullable: true, description: '哪一项 / Which part of the row' })
  field?: string | null

  @Field(() => String, { description: '代码，不随语言而变 / Stable code' })
  code!: string

  @Field(() => String, { description: '怎么回事、怎么办 / What is wrong and what to do' })
  message!: string

  @Field(() => Boolean, { description: '只是提示，照收 / Told only; the row is taken all the same' })
  note!: boolean
}

@ObjectType({ simpleResolvers: true, description: '一处变化 / One turn' })
export class RosterTurn {
  @Field(() => String, { description: '哪一项 / Which part of the row' })
  field!: string

  @Field(() => String, { nullable: true, description: '原来 / Before' })
  before?: string | null

  @Field(() => String, { nullable: true, description: '现在 / After' })
  after?: string | null
}

@ObjectType({ simpleResolvers: true, description: '一行将会怎样 / What becomes of a row' })
export class RowPlanType {
  @Field(() => String, { description: '工作表 / Worksheet' })
  sheet!: string

  @Field(() => Int, { description: '第几行 / Row' })
  row!: number

  @Field(() => RowDoing, { description: '去处 / What becomes of it' })
  does!: Doing

  @Field(() => [RosterTurn], { description: '变化；保密的只显示一部分 / What turns; of what is secret only a part' })
  turns!: RosterTurn[]
}

@ObjectType({ simpleResolvers: true, description: '进行中的考核随名册的变化 / How a running cycle followed the roster' })
export class FollowedCycle {
  @Field(() => ID, { description: '考核周期 / The cycle' })
  cycle!: string

  @Field(() => Int, { description: '年度 / Year' })
  year!: number

  @Field(() => Int, { description: '新建的考核表 / Sheets made' })
  added!: number

  @Field(() => Int, { description: '天数、村或专兼职有变的考核表 / Sheets whose days, village or full-time changed' })
  changed!: number

  @Field(() => Int, { description: '没有内容而撤去的考核表 / Empty sheets taken away' })
  removed!: number

  @Field(() => Int, {
    description:
      '保持原样的考核表：已备案、已有内容，或办法文本有变 / Sheets that stay as they are: on file, scored, or under a changed policy file',
  })
  kept!: number
}

@ObjectType({ simpleResolvers: true, description: '读入名册的结果 / What became of a roster' })
export class RosterReplyType {
  @Field(() => Boolean, {
    description:
      '是否写入；试读、或有一行不收而须整份一起时不写 / Whether anything was stored; nothing in a dry run, or where a row is refused and all go together',
  })
  stored!: boolean

  @Field(() => Int, { description: '行数 / Rows' })
  rows!: number

  @Field(() => Int, { description: '新增 / Created' })
  created!: number

  @Field(() => Int, { description: '更新 / Updated' })
  updated!: number

  @Field(() => Int, { description: '不变 / Unchanged' })
  unchanged!: number

  @Field(() => Int, { description: '不收 / Refused' })
  refused!: number

  @Field(() => [RosterProblemType], { description: '问题 / Problems' })
  problems!: RosterProblemType[]

  @Field(() => [RowPlanType], { description: '逐行的去处；写入后为空 / Row by row; empty once stored' })
  plan!: RowPlanType[]

  @Field(() => [FollowedCycle], { description: '进行中的考核随之的变化 / How running cycles followed' })
  followed!: FollowedCycle[]

  @Field(() => ID, {
    nullable: true,
    description: '这次读入，可以整次撤回 / Names what was taken in, to be taken back as a whole',
  })
  import?: string | null
}

@ObjectType({
  simpleResolvers: true,
  description: '名册的一行：一人的一段任职 / One row of the roster: one posting of one person',
})
export class RosterRow {
  @Field(() => ID, { description: '任职 / The posting' })
  posting!: string

  @Field(() => ID, { description: '协理员 / The coordinator' })
  person!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { nullable: true, description: '身份证号，中间八位不显示 / ID number, without its middle' })
  idNumber?: string | null

  @Field(() => String, { description: '性别：male、female / Gender: male or female' })
  gender!: string

  @Field(() => String, { description: '出生日期 / Born on' })
  bornOn!: string

  @Field(() => ID, { description: '镇（街道）的 Id / Id of the town' })
  townId!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '任职起 / From' })
  startsOn!: string

  @Field(() => String, { nullable: true, description: '任职止 / Until; none while it lasts' })
  endsOn?: string | null

  @Field(() => Boolean, { description: '专职 / Full-time' })
  fullTime!: boolean

  @Field(() => String, { nullable: true, description: '联系电话，中间不显示 / Telephone, without its middle' })
  phone?: string | null

  @said('政治面貌', 'Political status')
  politics?: string | null

  @said('文化程度', 'Schooling')
  schooling?: string | null

  @said('户籍', 'Household registration')
  household?: string | null

  @Field(() => Boolean, { description: '管理技术岗 / Managing or technical post' })
  cadre!: boolean

  @said('岗位类别', 'Category of the post')
  category?: string | null

  @said('用人单位', 'Employer')
  employer?: string | null

  @said('合同起', 'First day of the contract')
  contractFrom?: string | null

  @said('合同止', 'Last day of the contract')
  contractTo?: string | null

  @Field(() => String, { description: '达到法定退休年龄的年月（IR-35）/ Month of the statutory age of retirement (IR-35)' })
  retiresIn!: string

  @Field(() => Boolean, { description: '距退休不满半年，或已到 / Retires within half a year, or has reached the age' })
  retiresSoon!: boolean
}

@ObjectType({ simpleResolvers: true, description: '本人的证件号和电话，全文 / Number and telephone of a person, in full' })
export class RevealedPerson {
  @said('身份证号', 'ID number')
  idNumber?: string | null

  @said('联系电话', 'Telephone')
  phone?: string | null
}

@ObjectType({ simpleResolvers: true, description: '一次导入 / One import of the roster' })
export class RosterImportType {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: 'units 镇村，people 人员 / units or people' })
  kind!: string

  @Field(() => String, { description: '文件名；录入的为空 / Name of the file; empty where it was typed' })
  fileName!: string

  @Field(() => Int, { description: '行数 / Rows' })
  rows!: number

  @Field(() => Int, { description: '新增 / Created' })
  created!: number

  @Field(() => Int, { description: '更新 / Updated' })
  updated!: number

  @Field(() => String, { description: '何人 / By whom' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => Boolean, { description: '已撤回 / Taken back' })
  takenBack!: boolean
}
