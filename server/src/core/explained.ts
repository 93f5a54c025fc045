import { Field, ID, Int, ObjectType } from 'type-graphql'
import { provisionalField, provisionalSays } from './provisional.ts'
import { canonical, shown } from '../rules/exact.ts'
import { clauseOf, explain, explainGrade, type ExplainedStep } from '../rules/explain.ts'
import type { Choices, Facts } from '../rules/facts.ts'
import { gradeAlone } from '../rules/grade.ts'
import { ownSensitivity, yearOf, type HeldPost } from '../rules/year.ts'
import { differenceSentence } from '../rules/compare.ts'
import { dossierOf, type Dossier } from '../rules/person.ts'
import { chosen } from '../rules/policy/readings.ts'
import { gradeTitle } from '../rules/policy/parts.ts'
import type { Policy } from '../rules/policy/shape.ts'
import type { Step } from '../rules/score/index.ts'
import type { Lang } from '../rules/text.ts'
import { triedSentence } from '../rules/words.ts'

@ObjectType({ simpleResolvers: true, description: '何人何时填写 / Who entered something, and when' })
export class Entered {
  @Field(() => String, { description: '何人；分析人员所见为遮盖的 / Who; masked for analysts' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date
}

@ObjectType({ simpleResolvers: true, description: '来由的一行 / One line of the tree of reasons' })
export class ExplainedLine {
  @Field(() => ID, { description: '总分为 total，其下为部分、评分项、标准 / total, then sections, items, criteria' })
  id!: string

  @Field(() => Int, { description: '层级，总分为 0 / Depth; the total is 0' })
  depth!: number

  @Field(() => String, { description: '名称 / Name' })
  name!: string

  @Field(() => String, { description: '得分，扣分为负，两位小数 / Points to two places; a deduction is negative' })
  points!: string

  @Field(() => String, { nullable: true, description: '满分 / Greatest points' })
  max?: string | undefined

  @Field(() => String, { nullable: true, description: 'awarded 直接给分、computed 按标准计算、missing 未评 / How it came about' })
  state?: string | undefined

  @Field(() => String, { description: '理由 / Why' })
  says!: string

  @Field(() => String, { description: '条款 / Where the clause stands' })
  clause!: string

  @Field(() => String, { description: '条款大意 / What the clause says, in our own words' })
  clauseText!: string

  @Field(() => [ID], { description: '尚缺的字段 / Fields still to be recorded' })
  missing!: string[]

  @Field(() => Entered, {
    nullable: true,
    description: '何人何时填写；算例和试算没有 / Who entered it last, where that is known',
  })
  entered?: Entered | undefined
}

@ObjectType({ simpleResolvers: true, description: '等次的一条理由 / One reason of a grade' })
export class ReasonOfGrade {
  @Field(() => String, { description: '理由 / Why' })
  says!: string

  @Field(() => String, { description: '条款 / Where the clause stands' })
  clause!: string

  @Field(() => String, { description: '条款大意 / What the clause says' })
  clauseText!: string
}

@ObjectType({ simpleResolvers: true, description: '查过而未触发的一项限制 / A limit that was looked at and not hit' })
export class LimitNotHit {
  @Field(() => String, { description: '名称 / Name' })
  name!: string

  @Field(() => String, { description: '所记录的情况 / What is recorded' })
  says!: string

  @Field(() => String, { description: '条款 / Where the clause stands' })
  clause!: string
}

@ObjectType({ simpleResolvers: true, description: '结果所取决的一项未明之处 / An open question on which a result depends' })
export class OpenReading {
  @Field(() => ID, { description: '登记号，如 IR-07 / Number in the register, such as IR-07' })
  interpretation!: string

  @Field(() => String, { description: '问题 / The question' })
  question!: string

  @Field(() => String, { description: '所采用的读法 / The reading it was judged by' })
  says!: string

  @Field(() => [String], { description: '改用别的读法会怎样，每种一句 / What each other reading would change, a sentence each' })
  otherwise!: string[]
}

@ObjectType({
  simpleResolvers: true,
  description: '总分与等次的来由，直到条款 / Why the total and the grade are what they are, down to the clause',
})
export class Explanation {
  @Field(() => Boolean, {
    description: '办法是否打分；只评等次的没有总分 / Whether the policy has a score at all; some only grade',
  })
  hasScore!: boolean

  @Field(() => String, { description: '总分，两位小数 / Total to two places' })
  total!: string

  @Field(() => String, { description: '总分，精确值 / Total, exact: a decimal or a fraction' })
  exact!: string

  @Field(() => [ID], { description: '尚缺的评分项或字段 / Items or fields still to be recorded' })
  missing!: string[]

  @Field(() => [ExplainedLine], { description: '各行，先父后子 / The tree as lines, parents first' })
  lines!: ExplainedLine[]

  @Field(() => ID, { nullable: true, description: '等次；空为由考核小组评定 / Grade; none where the panel decides' })
  grade?: string | undefined

  @Field(() => String, { nullable: true, description: '等次名称 / Name of the grade' })
  gradeName?: string | undefined

  @Field(() => String, {
    nullable: true,
    description:
      '一年有几个岗位的，合起来的总分；只有一个岗位的为空 / Of several posts in the year the total of all together; none where there is one',
  })
  yearTotal?: string | undefined

  @Field(() => [ReasonOfGrade], {
    description: '全年等次的理由 / Why the grade of the year is what it is, before the quotas',
  })
  gradeReasons!: ReasonOfGrade[]

  @Field(() => [LimitNotHit], {
    description: '查过而未触发的限制 / Limits that were looked at and not hit',
  })
  limitsNotHit!: LimitNotHit[]

  @Field(() => [OpenReading], {
    description:
      '此结果取决于哪些尚未批准的读法；不妨碍算分，归档前须批准 / Readings nobody approved on which this result depends: they block filing, not scoring',
  })
  openReadings!: OpenReading[]

  @Field(() => String, { nullable: true, description: provisionalField })
  provisional!: string | null
}

/** The approvals of a cycle’s readings; none where a score is worked out outside any cycle. */
type Approved = Readonly<Record<string, { option: string }>>

/** The reasons of a sheet with these facts, in one language; the grade as if nobody else were assessed. */
export const explained = (policy: Policy, choices: Choices, facts: Facts, lang: Lang): Explanation =>
  explainedPerson(policy, choices, dossierOf(facts), lang)

/** The same for everything that is recorded of one person at one post. */
export const explainedPerson = (
  policy: Policy,
  choices: Choices,
  person: Dossier,
  lang: Lang,
  approved: Approved = {},
): Explanation => explainedYear(policy, choices, [{ person, days: 1 }], 0, lang, approved)

/**
 * The reasons of the sheet of one post (`at`), earliest first: its total is that of the post, as the grid shows it; the
 * grade is that of the year, which of somebody with several posts is all of them together (IR-50).
 */
export function explainedYear(
  policy: Policy,
  choices: Choices,
  postings: readonly HeldPost[],
  at: number,
  lang: Lang,
  approved: Approved = {},
): Explanation {
  const { panel } = postings.at(-1)!.person
  const { root: year, facts, each, missing } = yearOf(policy, choices, postings)
  const root = each ? { ...year.parts[at]!, id: 'total' } : year
  const alone = gradeAlone(policy, choices, {
    total: year.points,
    facts,
    panel,
    missing: year.missing.length,
    ...(each ? { postings: each, missing } : {}),
  })
  const { grade, reasons } = alone
  return {
    hasScore: policy.scale !== undefined,
    total: shown(root.points),
    exact: canonical(root.points),
    ...(each ? { yearTotal: shown(year.points) } : {}),
    missing: root.missing,
    lines: linesOf(explain(policy, root, lang), 0),
    ...(grade === null ? {} : { grade, gradeName: gradeTitle(policy, grade)[lang] }),
    gradeReasons: [...(each ? [togetherIn(policy, year, postings, lang)] : []), ...explainGrade(policy, reasons, lang)].map(
      ({ says, clause }) => ({ says, clause: clause.at, clauseText: clause.text }),
    ),
    limitsNotHit: alone.tried.map((limit) => ({
      name: limit.title[lang],
      says: triedSentence(policy, limit, lang),
      clause: clauseOf(policy, limit.clause, lang).at,
    })),
    openReadings: openReadings(policy, choices, postings, lang, approved),
    provisional: provisionalIn(postings, lang),
  }
}

/** Says that absences were counted in a year that is not announced, by the calendar each post carries; nothing where none is carried. */
const provisionalIn = (postings: readonly HeldPost[], lang: Lang): string | null =>
  postings
    .map(({ person: { absences, calendar } }) => calendar && provisionalSays(lang, absences, calendar))
    .find((says) => says != null) ?? null

/** How the posts of a year make one result: the days and the total of each, and the total of all. */
function togetherIn(policy: Policy, year: Step, postings: readonly HeldPost[], lang: Lang) {
  const { says, clause } = explain(policy, { ...year, parts: [] }, lang)
  const zh = lang === 'zh'
  const posts = postings.map(({ days }, at) => {
    const total = shown(year.parts[at]!.points)
    return zh ? `第 ${at + 1} 个岗位 ${days} 天 ${total} 分` : `post ${at + 1}: ${days} days, ${total} points`
  })
  const told = `${posts.join(zh ? '，' : '; ')}${zh ? '，合为 ' : '; together '}${shown(year.points)}`
  return { says: `${says}${zh ? '' : ' '}${told}${zh ? ' 分。' : '.'}`, clause }
}

function openReadings(
  policy: Policy,
  choices: Choices,
  postings: readonly HeldPost[],
  lang: Lang,
  approved: Approved,
): OpenReading[] {
  const found = Map.groupBy(ownSensitivity(policy, choices, postings), ({ interpretation }) => interpretation)
  return [...found].flatMap(([interpretation, others]) => {
    const { question, options } = policy.interpretations[interpretation]!
    const now = chosen(policy, choices, interpretation)
    if (approved[interpretation]?.option === now) return []
    const says = (option: string) => options.find(({ id }) => id === option)!.says[lang]
    const otherwise = others.map(({ option, differences }) => {
      const [colon, comma] = lang === 'zh' ? ['：', '；'] : [': ', '; ']
      const told = differences.map((one) => {
        const { name, before = '—', after = '—' } = differenceSentence(policy, one, lang)
        return `${name} ${before} → ${after}`
      })
      return `${says(option)}${colon}${told.join(comma)}`
    })
    return [{ interpretation, question: question[lang], says: says(now), otherwise }]
  })
}

function linesOf({ parts, clause, ...step }: ExplainedStep, depth: number): ExplainedLine[] {
  return [{ ...step, depth, clause: clause.at, clauseText: clause.text }, ...parts.flatMap((part) => linesOf(part, depth + 1))]
}
