import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { enumerate } from '../base/enumerations.ts'
import { Explanation } from '../core/explained.ts'

@ObjectType({ simpleResolvers: true, description: '对原文未明处的一种读法 / One reading of something the source leaves open' })
class ReadingOption {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '含义 / What it means' })
  says!: string

  @Field(() => Boolean, { description: '是否默认 / Whether it holds unless another is chosen' })
  isDefault!: boolean
}

@ObjectType({ simpleResolvers: true, description: '原文未明之处 / Something the source leaves open' })
class Reading {
  @Field(() => ID, { description: '登记号，如 IR-07 / Number in the register, such as IR-07' })
  id!: string

  @Field(() => String, { description: '问题 / The question' })
  question!: string

  @Field(() => String, { description: '可由谁批准 / Who may approve a choice' })
  approver!: string

  @Field(() => String, { description: '条款 / Clause' })
  clause!: string

  @Field(() => [ReadingOption], { description: '各种读法 / The readings' })
  options!: ReadingOption[]
}

@ObjectType({ simpleResolvers: true, description: '评分项 / An item of the score sheet' })
class PolicyItem {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => String, { description: '满分 / Greatest points' })
  max!: string

  @Field(() => ID, { description: '所属部分 / Its section' })
  section!: string

  @Field(() => String, { description: '部分名称 / Title of its section' })
  sectionTitle!: string
}

@ObjectType({ simpleResolvers: true, description: '排名依据 / Something to rank by' })
class Measure {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string
}

@ObjectType({ simpleResolvers: true, description: '一部分的排名依据 / A part of the score, and what it is made of' })
export class MeasureGroup {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => [Measure], { description: '其中各项 / What it is made of' })
  parts!: Measure[]
}

@ObjectType({ simpleResolvers: true, description: '一种可申报的加减分 / Something claims can be put forward under' })
class ClaimRule {
  @Field(() => ID, { description: '规则或所据的抽查 / The rule, or the measure that rules read' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => String, { description: 'bonus 加分、deduction 减分、both 可加可减 / Which way it counts' })
  sign!: string

  @Field(() => String, { description: '条款 / Where the clause stands' })
  clause!: string

  @Field(() => String, { description: '条款大意 / What the clause says' })
  says!: string

  @Field(() => [ID], { description: '要填的各项 / The parts to fill in: matter level place records outlet authors …' })
  parts!: string[]

  @Field(() => [ID], { description: '可选的层级 / The levels it knows' })
  levels!: string[]
}

@ObjectType({ simpleResolvers: true, description: '层级 / A level of authority' })
class ClaimLevel {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string
}

@ObjectType({ simpleResolvers: true, description: '按加减分计分的办法 / How a policy counts claims' })
export class PolicyTally {
  @Field(() => String, { description: '起点分 / What a score starts at' })
  base!: string

  @Field(() => [ClaimLevel], { description: '层级 / Levels' })
  levels!: ClaimLevel[]

  @Field(() => [ClaimRule], { description: '可申报的各种 / What claims can be put forward under' })
  rules!: ClaimRule[]
}

@ObjectType({ simpleResolvers: true, description: '等次 / A grade' })
class GradeOfPolicy {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string
}

@ObjectType({ simpleResolvers: true, description: '考核办法的一个版本 / One version of a policy' })
export class PolicySummary {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => String, { description: '制定机关 / Issuer' })
  issuer!: string

  @Field(() => Boolean, { description: '是否由评议人评议 / Whether groups of raters rate' })
  rates!: boolean

  @Field(() => Boolean, { description: '是否看缺勤 / Whether absences matter' })
  attends!: boolean

  @Field(() => String, { description: '文件指纹 / SHA-256 of the policy file' })
  hash!: string

  @Field(() => String, { description: '最近一次与原文核对的日期 / Day on which it was last compared with the paper' })
  checkedOn!: string

  @Field(() => [MeasureGroup], { description: '村级排名可用的依据，总分之外 / What villages can be ranked by beside the total' })
  measures!: MeasureGroup[]

  @Field(() => [GradeOfPolicy], { description: '等次，由好到差 / Its grades, best first' })
  grades!: GradeOfPolicy[]

  @Field(() => [PolicyItem], { description: '各评分项 / Its items' })
  items!: PolicyItem[]

  @Field(() => PolicyTally, { nullable: true, description: '加减分；不按加减分计分的没有 / Claims, where it counts them' })
  tally?: PolicyTally | undefined

  @Field(() => [Reading], { description: '原文未明之处 / What the source leaves open' })
  readings!: Reading[]

  @Field(() => [String], { description: '原文缺漏或印误 / What the source leaves out or prints oddly' })
  findings!: string[]
}

@ObjectType({ simpleResolvers: true, description: '条款 / A clause' })
class PolicyClause {
  @Field(() => ID, { description: '登记号 / Number in the register of requirements' })
  id!: string

  @Field(() => String, { description: '出处 / Where it stands' })
  at!: string

  @Field(() => String, { description: '大意 / What it says, in our own words' })
  says!: string

  @Field(() => String, {
    nullable: true,
    description: '借自别处时：出自何处 / Where it is from, if it is not of this regulation',
  })
  foreign?: string | undefined
}

@ObjectType({ simpleResolvers: true, description: '算例 / A worked example' })
class PolicyExampleSummary {
  @Field(() => Int, { description: '序号，从 0 起 / Its place, from 0' })
  at!: number

  @Field(() => ID, { nullable: true, description: '编号 / Number, if it has one' })
  id?: string | undefined

  @Field(() => String, { description: '名称 / Name' })
  name!: string

  @Field(() => String, { description: '条款 / Where its clause stands' })
  clause!: string
}

@ObjectType({ simpleResolvers: true, description: '一部考核办法的全部内容 / Everything a policy file says' })
export class PolicyDetail {
  @Field(() => PolicySummary, { description: '概要 / Summary' })
  summary!: PolicySummary

  @Field(() => String, { nullable: true, description: '对日期的说明 / What is to be said of its date' })
  undated?: string | undefined

  @Field(() => Explanation, {
    description:
      '各条规则怎样计分：设各种情形都发生一次 / How each rule counts, told by a year in which everything has happened once',
  })
  rules!: Explanation

  @Field(() => [PolicyClause], { description: '条款 / Its clauses' })
  clauses!: PolicyClause[]

  @Field(() => [PolicyExampleSummary], { description: '算例 / Its worked examples' })
  examples!: PolicyExampleSummary[]

  @Field(() => String, { description: '办法文件原文（YAML）/ The policy file itself' })
  yaml!: string
}

@ObjectType({ simpleResolvers: true, description: '两个版本的一处不同 / One thing two versions say differently' })
export class PolicyChange {
  @Field(() => String, { description: '在文件中的位置 / Where it stands in the file' })
  path!: string

  @Field(() => [String], { description: '所在的规则，由外到内 / The rules it stands in, outermost first' })
  within!: string[]

  @Field(() => String, { nullable: true, description: '条款 / Where the clause stands' })
  clause?: string | undefined

  @Field(() => String, { nullable: true, description: '原来 / Before' })
  before?: string | undefined

  @Field(() => String, { nullable: true, description: '改后 / After' })
  after?: string | undefined
}

@InputType({ description: '一项事实 / One fact' })
export class FactInput {
  @Field(() => ID, { description: '字段 / Field' })
  field!: string

  @Field(() => String, { nullable: true, description: '值；空为未记录 / Value; none where it is not recorded' })
  value?: string | null
}

export const EvaluateFrom = enumerate('EvaluateFrom', '未列的事实怎样计 / What is taken for facts that are not named', {
  typicalYear: '按平常满分的一年计，如办法自带的算例 / Those of an ordinary full-mark year, as in the worked examples',
  nothing: '未记录 / Not recorded',
})

export type EvaluateFrom = (typeof EvaluateFrom)[keyof typeof EvaluateFrom]
