import { Arg, Ctx, Field, ID, InputType, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { PolicyArg } from '../base/arguments.ts'
import { enumerate } from '../base/enumerations.ts'
import { officialCalendar } from '../core/official.ts'
import { no, type Context } from '../base/context.ts'
import { dossierOfExample, eventfulFacts } from '../rules/examples.ts'
import type { Choices } from '../rules/facts.ts'
import { fieldOf, readFacts, typicalFacts } from '../rules/fields.ts'
import { lint } from '../rules/lint.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { score } from '../rules/score/index.ts'
import { claimedAs, claimKindOf, claimPartsOf, type TallyRule } from '../rules/score/tally.ts'
import type { Lang } from '../rules/text.ts'
import { versionChanges } from '../rules/versions.ts'
import { refusalSentence } from '../rules/words.ts'
import { explained, explainedPerson, Explanation } from '../core/explained.ts'
import { ChoiceInput, readChoices } from '../base/choices.ts'
import { versionOf, policies, type PolicyVersion } from '../base/policies.ts'

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
class MeasureGroup {
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
class PolicyTally {
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
class PolicySummary {
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
class PolicyDetail {
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
class PolicyChange {
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
class FactInput {
  @Field(() => ID, { description: '字段 / Field' })
  field!: string

  @Field(() => String, { nullable: true, description: '值；空为未记录 / Value; none where it is not recorded' })
  value?: string | null
}

const EvaluateFrom = enumerate('EvaluateFrom', '未列的事实怎样计 / What is taken for facts that are not named', {
  typicalYear: '按平常满分的一年计，如办法自带的算例 / Those of an ordinary full-mark year, as in the worked examples',
  nothing: '未记录 / Not recorded',
})
type EvaluateFrom = (typeof EvaluateFrom)[keyof typeof EvaluateFrom]

@Resolver()
export class PolicyResolver {
  @Query(() => [PolicySummary], { description: '全部考核办法 / Every policy' })
  policies(@Ctx() context: Context): PolicySummary[] {
    return [...policies().values()].map((version) => summary(version, context))
  }

  @Query(() => PolicyDetail, {
    description: '一部考核办法：条款、规则、未明之处、算例 / One policy: clauses, rules, readings, worked examples',
  })
  policy(
    @Arg('id', () => ID, { description: '办法的哪一版本，见 policies / Which version of a policy, see `policies`' }) id: string,
    @Ctx() context: Context,
  ): PolicyDetail {
    const version = versionOf(id, context)
    const { policy, yaml } = version
    const { lang } = context
    return {
      summary: summary(version, context),
      undated: policy.undated?.[lang],
      rules: explained(policy, {}, eventfulFacts(policy), lang),
      clauses: Object.entries(policy.clauses).map(([clause, { at, says, foreign }]) => ({
        id: clause,
        at: at[lang],
        says: says[lang],
        foreign: foreign?.[lang],
      })),
      examples: policy.examples.map((example, at) => ({
        at,
        id: example.id,
        name: example.name[lang],
        clause: policy.clauses[example.clause]!.at[lang],
      })),
      yaml,
    }
  }

  @Query(() => [PolicyChange], {
    description: '两个版本逐条的不同，算例除外 / What two versions say differently, rule by rule; examples aside',
  })
  policyChanges(
    @Arg('before', () => ID, { description: '旧版本，见 policies / The older version, see `policies`' }) before: string,
    @Arg('after', () => ID, { description: '新版本，见 policies / The newer version, see `policies`' }) after: string,
    @Ctx() context: Context,
  ): PolicyChange[] {
    const [old, now] = [versionOf(before, context).policy, versionOf(after, context).policy]
    const { lang } = context
    return versionChanges(old, now).map((change) => ({
      path: change.path,
      within: change.within.map((title) => title[lang]),
      clause: change.clause && (now.clauses[change.clause] ?? old.clauses[change.clause])?.at[lang],
      before: change.before?.[lang],
      after: change.after?.[lang],
    }))
  }

  @Query(() => Explanation, { description: '一个算例的来由 / Why a worked example comes to what it does' })
  policyExample(
    @PolicyArg() id: string,
    @Arg('at', () => Int, { description: '算例的序号，从 0 起 / Place of the example, from 0' }) at: number,
    @Ctx() context: Context,
  ): Explanation {
    const { policy } = versionOf(id, context)
    const example = policy.examples[at]
    if (!example) throw no(context, 'example.unknown')
    return explainedPerson(policy, example.choices ?? {}, dossierOfExample(policy, example, officialCalendar()), context.lang)
  }

  @Query(() => Explanation, {
    description: '按给定的事实算分并说明，不保存 / Scores given facts and says why; nothing is stored',
  })
  evaluate(
    @PolicyArg() id: string,
    @Arg('facts', () => [FactInput], { description: '各项事实，按字段 / The facts, by field' }) facts: FactInput[],
    @Arg('choices', () => [ChoiceInput], {
      defaultValue: [],
      description: '所选读法，其余用默认 / Readings chosen; the default of the others',
    })
    chosen: ChoiceInput[],
    @Arg('from', () => EvaluateFrom, {
      defaultValue: EvaluateFrom.typicalYear,
      description: '未列的事实怎样计 / What is taken for facts that are not named',
    })
    from: EvaluateFrom,
    @Ctx() context: Context,
  ): Explanation {
    const { policy } = versionOf(id, context)
    const choices = readChoices(policy, chosen, context)
    const read = readFacts(policy, choices, Object.fromEntries(facts.map(({ field, value }) => [field, value ?? null])))
    const wrong = read.refused[0]
    if (wrong)
      throw no(context, 'facts.refused', {
        field: fieldOf(policy, choices, wrong.field)?.title[context.lang] ?? wrong.field,
        says: refusalSentence(wrong.refused.code, wrong.refused.params, context.lang),
      })
    const base = from === EvaluateFrom.typicalYear ? typicalBeside(policy, choices, Object.keys(read.facts)) : {}
    return explained(policy, choices, { ...base, ...read.facts }, context.lang)
  }
}

/** An ordinary year, without the criteria of items that are awarded directly. */
function typicalBeside(policy: Policy, choices: Choices, given: string[]): Record<string, string> {
  const typical = Object.entries(typicalFacts(policy, choices))
  return Object.fromEntries(typical.filter(([field]) => !given.includes(fieldOf(policy, choices, field)?.item ?? '')))
}

function summary({ id, policy, hash }: PolicyVersion, { lang }: Context): PolicySummary {
  return {
    id,
    title: policy.title[lang],
    issuer: policy.issuer[lang],
    hash,
    checkedOn: policy.checkedOn,
    rates: policy.rated !== undefined,
    attends: policy.absences !== undefined || policy.facts.some(({ id }) => id === 'absentDays'),
    grades: policy.grades.ladder.map(({ id, title }) => ({ id, title: title[lang] })),
    measures: measuresOf(policy, lang),
    items: policy.sections.flatMap((section) =>
      section.items.map((item) => ({
        id: item.id,
        title: item.title[lang],
        max: item.max,
        section: section.id,
        sectionTitle: section.title[lang],
      })),
    ),
    tally: tallyOf(policy, lang),
    readings: Object.entries(policy.interpretations).map(([number, reading]) => ({
      id: number,
      question: reading.question[lang],
      approver: reading.approver[lang],
      clause: policy.clauses[reading.clause]!.at[lang],
      options: reading.options.map((option) => ({
        id: option.id,
        says: option.says[lang],
        isDefault: option.id === reading.default,
      })),
    })),
    findings: lint(policy).map(({ says }) => says[lang]),
  }
}

/** The parts of a policy's score that have points of their own; with claims about checked records also a board of data quality. */
function measuresOf(policy: Policy, lang: Lang): MeasureGroup[] {
  const parts = score(policy, {}, {}).parts.filter((part) => part.parts.length > 0)
  const groups = parts.map(({ id, name, parts: items }) => ({
    id,
    title: name[lang],
    parts: items.map((item) => ({ id: item.id, title: item.name[lang] })),
  }))
  if (policy.tally) groups.push({ id: 'dataQuality', title: lang === 'zh' ? '数据质量' : 'Data quality', parts: [] })
  return groups
}

function tallyOf({ tally, clauses }: Policy, lang: Lang): PolicyTally | undefined {
  if (!tally) return undefined
  const rules = [...Map.groupBy(tally.rules, claimedAs)].map(([id, same]) => {
    const signs = new Set(same.map(({ sign }) => sign))
    const [first] = same as [TallyRule]
    return {
      id,
      title: same.map(({ title }) => title[lang]).join(lang === 'zh' ? '、' : ' / '),
      sign: signs.size > 1 ? 'both' : first.sign,
      clause: same.map(({ clause }) => clauses[clause]!.at[lang]).join(lang === 'zh' ? '、' : ', '),
      says: same.map(({ clause }) => clauses[clause]!.says[lang]).join(lang === 'zh' ? '' : ' '),
      parts: [...claimPartsOf(first)],
      levels: [...claimKindOf(first).levels(first)],
    }
  })
  return { base: tally.base, levels: tally.levels.map(({ id, title }) => ({ id, title: title[lang] })), rules }
}
