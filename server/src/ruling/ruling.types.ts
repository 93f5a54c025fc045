import { Field, ID, Int, ObjectType } from 'type-graphql'
import { enumerate } from '../base/enumerations.ts'
import { Rounding } from '../result/overrides.ts'
import { Seats } from '../result/seats.ts'
import type { Outcome } from '../rules/outcome.ts'
import type { QuotaRounding } from '../rules/policy/shape.ts'
import type { FallenKind } from '../result/fallen.ts'

@ObjectType({ simpleResolvers: true, description: '一项裁定或说明 / A decision or an explanation that was signed' })
export class Signed {
  @Field(() => String, { description: '内容 / What it says' })
  text!: string

  @Field(() => String, { description: '何人 / Who' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date
}

const FallenKinds = enumerate<FallenKind>('FallenKind', '失效的是哪一种决定 / Which kind of decision fell', {
  seat: '名额裁定 / A ruling on a seat',
  elimination: '末位裁定 / A ruling on the last place',
  grade: '考核小组评定的等次 / A grade of the panel',
  explanation: '不合格的书面说明 / The explanation of a fail',
  dismissal: '解除决定 / A dismissal',
  reading: '读法的批准 / The approval of a reading',
  appeal: '申诉不成立的决定 / The rejection of an appeal',
  signature: '签字 / A signature',
})

@ObjectType({
  simpleResolvers: true,
  description:
    '一项失效的决定：所依据的情况变了，须重新办理 / A decision that fell because what it rests on has changed: the matter is open again',
})
export class FallenDecision {
  @Field(() => FallenKinds, { description: '哪一种 / What kind' })
  kind!: FallenKind

  @Field(() => [ID], { description: '所涉考核表 / The sheets it was about' })
  sheets!: string[]

  @Field(() => String, { description: '所涉的人；分析人员所见为遮盖的 / The people; masked for analysts' })
  names!: string

  @Field(() => String, { description: '当时的理由；分析人员不见 / The reason given then; empty for analysts' })
  text!: string

  @Field(() => String, { description: '何人 / Who decided' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => String, { description: '此后什么变了 / What has changed since' })
  changes!: string

  @Field(() => Date, { nullable: true, description: '何时变的 / When it changed last' })
  changedAt!: Date | null
}

@ObjectType({ simpleResolvers: true, description: '一人的结果 / What a person’s year comes to' })
export class PersonResult {
  @Field(() => ID, { description: '考核表 / The sheet of the posting held on the base date' })
  sheet!: string

  @Field(() => String, { description: '姓名；分析人员所见为遮盖的 / Name; masked for analysts' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => String, { description: '总分，两位小数 / Total to two places' })
  total!: string

  @Field(() => Int, { nullable: true, description: '名次 / Rank in the group of the quota' })
  rank!: number | null

  @Field(() => Seats, { nullable: true, description: '名额；没有名额的办法为空 / The seat; none where nothing is rationed' })
  seat!: Outcome['seat'] | null

  @Field(() => ID, { nullable: true, description: '等次；空为待评定 / Grade; none where it is still to be given' })
  grade!: string | null

  @Field(() => String, { nullable: true, description: '等次名称 / Its name' })
  gradeName!: string | null

  @Field(() => [String], { description: '理由 / Why' })
  says!: string[]

  @Field(() => String, { nullable: true, description: '考核小组所评等次 / The grade the panel gave' })
  panelGrade!: string | null

  @Field(() => String, { nullable: true, description: '考核小组的理由 / And its reason' })
  panelReason!: string | null

  @Field(() => Signed, { nullable: true, description: '不合格的书面说明 / The written explanation of a fail' })
  explanation!: Signed | null

  @Field(() => [String], { description: '尚缺：scores、grade、seat、explanation / What is still to be done' })
  needs!: string[]

  @Field(() => Boolean, { description: '调用者可评定、裁定 / Whether the caller decides on it now' })
  may!: boolean
}

@ObjectType({ simpleResolvers: true, description: '解除前的一步 / A step the law asks for' })
class LegalStepState {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => String, { description: '条款 / Where the clause stands' })
  clause!: string

  @Field(() => Signed, { nullable: true, description: '已有的记录 / What is on record' })
  done!: Signed | null
}

@ObjectType({
  simpleResolvers: true,
  description: '一种情形，和法律就它要求的各步 / A ground, and the steps the law asks for on it',
})
class LegalGround {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '情形及条款 / What it is, with its clause' })
  says!: string

  @Field(() => String, { description: '法律上属于哪一种，依据哪一条 / What it is in law, and by which article' })
  law!: string

  @Field(() => [ID], { description: '所要求的各步 / The steps it asks for' })
  steps!: string[]
}

@ObjectType({
  simpleResolvers: true,
  description: '拟不再聘用的一人：只是建议 / Somebody whose contract might end: a proposal, no more',
})
export class Dismissal {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => [String], { description: '情形 / On what grounds' })
  grounds!: string[]

  @Field(() => [LegalGround], { description: '各情形分别要求什么 / What each of the grounds asks for' })
  asks!: LegalGround[]

  @Field(() => [LegalStepState], { description: '各情形要求的全部步骤 / All the steps that one of the grounds asks for' })
  steps!: LegalStepState[]

  @Field(() => Signed, { nullable: true, description: '决定 / The decision' })
  decided!: Signed | null
}

@ObjectType({ simpleResolvers: true, description: '排在末位的一人 / Somebody at the end of the order' })
export class LastPlace {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => Int, {
    nullable: true,
    description: '倒数第几；并列待裁定和没有记录的为空 / From the last; none for ties and the unmeasured',
  })
  fromLast!: number | null

  @Field(() => String, { nullable: true, description: '所比的数 / What was compared' })
  measure!: string | null

  @Field(() => [String], { description: '法律还缺的各步 / Steps of the law still missing' })
  stepsMissing!: string[]
}

@ObjectType({
  simpleResolvers: true,
  description: '末位淘汰的名单：只供人看，不产生决定 / Who comes last: a list to look at, from which nothing follows',
})
export class EliminationList {
  @Field(() => String, { description: '条款 / Where the clause stands' })
  clause!: string

  @Field(() => String, { description: '总人数 / Of how many people' })
  base!: string

  @Field(() => Rounding, { description: '怎样取整 / How it is rounded' })
  rounding!: QuotaRounding

  @Field(() => Int, { description: '至多几人 / How many at most' })
  cap!: number

  @Field(() => Int, { description: '因等次已解除的 / Dismissed for their grade' })
  dismissed!: number

  @Field(() => Int, { description: '还可列入几人，含并列者所争的 / Places left, those contended for included' })
  left!: number

  @Field(() => [LastPlace], {
    description: '人选；还有人没有记录时不列 / Candidates; none while anybody in the population is without a record',
  })
  candidates!: LastPlace[]

  @Field(() => [LastPlace], { description: '并列，分不出先后 / Tied, and not told apart' })
  contested!: LastPlace[]

  @Field(() => [LastPlace], { description: '没有平时记录，不与任何人相比 / Without a record, compared with nobody' })
  unmeasured!: LastPlace[]
}
