import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg, SheetArg, SheetsArg, UnitArg } from '../base/arguments.ts'
import { enumerate } from '../base/enumerations.ts'
import { confirmed } from '../base/confirmed.ts'
import { act, type Done, type Hand } from '../ledger/act.ts'
import type { Changes } from '../ledger/chain.ts'
import { actorOf, no, type Context } from '../base/context.ts'
import { changerFor, cycleRules, nameFor, placeOf, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { cohortOf, townToRead } from '../result/cohort.ts'
import { eliminationsOf } from '../result/elimination.ts'
import { Rounding } from '../result/overrides.ts'
import { Seats } from '../result/seats.ts'
import { holdsAt, seesNames } from '../rules/access.ts'
import { exact, shown } from '../rules/exact.ts'
import { isSame } from '../rules/basis.ts'
import { basisSentence } from '../rules/basis-words.ts'
import { clauseOf, explainGrade } from '../rules/explain.ts'
import type { Outcome } from '../rules/outcome.ts'
import { panelBasis } from '../rules/grade.ts'
import { ELIMINATION, tieBasis, type TieFacts } from '../rules/ties.ts'
import type { Beyond } from '../rules/person.ts'
import { gradeTitle } from '../rules/policy/parts.ts'
import type { QuotaRounding } from '../rules/policy/shape.ts'
import { GRADE, mayChange } from '../rules/reopened.ts'
import { evaluated } from '../core/evaluated.ts'
import { findSheet } from '../core/find-sheet.ts'
import { whereOf, type SheetRow } from '../base/sheet-row.ts'
import { dismissalBasis, failBasis } from '../result/bases.ts'
import { changedSince, explains, fallenIn, type FallenKind } from '../result/fallen.ts'
import type { Ground } from '../result/consequence-grounds.ts'
import { groundsIn } from '../result/grounds.ts'
import { decides, refuseRecused, rule, rulingsOf, type Held } from '../core/rulings.ts'
import { lockNamed } from '../core/lock.ts'
import { reasonOf } from '../base/reason.ts'
import { refuseWrongGrade } from '../core/panel.ts'

@ObjectType({ simpleResolvers: true, description: '一项裁定或说明 / A decision or an explanation that was signed' })
class Signed {
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
class FallenDecision {
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
class PersonResult {
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
class Dismissal {
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
class LastPlace {
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
class EliminationList {
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

/** The step that is the decision itself: taken by `decideDismissal`, never put on record beforehand. */
const DECISION = 'decided'

@Resolver()
export class RulingResolver {
  @Query(() => [PersonResult], {
    description:
      '各人的等次、理由、尚缺什么；只有能看到的整镇 / Grades, reasons and what is still to be done; of towns the caller sees whole',
  })
  async results(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<PersonResult[]> {
    const rules = await cycleRules(context, cycle)
    const { policy } = rules
    const actor = actorOf(context)
    const place = await placeOf(context, unit)
    const { members, outcomes } = await cohortOf(context, rules, townToRead(rules, place))
    const explanations = new Map(
      (await rulingsOf(context.pool, actor.county, cycle, ['explanation'])).map((held) => [held.sheet, held]),
    )
    const rows = await peopleOf(context, cycle, unit)
    const worst = policy.grades.ladder.at(-1)!.id
    return members.flatMap((member) => {
      const person = rows.get(member.id)
      const outcome = outcomes.get(member.id)!
      if (!person || !member.counted) return []
      const written = explanations.get(member.id)
      const explanation = written && explains(written, member, outcome) ? written : undefined
      const needs = [
        ...(member.missing > 0 ? ['scores'] : []),
        ...(outcome.seat === 'contested' ? ['seat'] : []),
        ...(member.missing === 0 && outcome.grade === null && outcome.seat !== 'contested' ? ['grade'] : []),
        ...(outcome.grade === worst && !explanation ? ['explanation'] : []),
      ]
      return [
        {
          sheet: member.id,
          name: person.name,
          village: person.village,
          town: person.town,
          total: shown(member.total),
          rank: outcome.rank,
          seat: policy.quotas.length > 0 ? outcome.seat : null,
          grade: outcome.grade,
          gradeName: outcome.grade && gradeTitle(policy, outcome.grade)[context.lang],
          says: explainGrade(policy, outcome.reasons, context.lang).map(({ says, clause }) =>
            context.lang === 'zh' ? `${says}（${clause.at}）` : `${says} (${clause.at})`,
          ),
          panelGrade: member.panel?.grade ?? null,
          panelReason: member.panel?.reason ?? null,
          explanation: explanation ? signedBy(explanation, context) : null,
          needs,
          may: decides(actor, policy, person.row),
        },
      ]
    })
  }

  @Query(() => [FallenDecision], {
    description:
      '失效的决定：所依据的情况在决定之后变了，须重新办理；只有能看到的整镇 / Decisions that fell because what they rest on has changed since; of towns the caller sees whole',
  })
  async fallenDecisions(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<FallenDecision[]> {
    const rules = await cycleRules(context, cycle)
    const place = await placeOf(context, unit)
    const people = await peopleOf(context, cycle, unit)
    const fallen = await fallenIn(context, rules, await cohortOf(context, rules, townToRead(rules, place)))
    const own = fallen.filter(({ sheets }) => sheets.length === 0 || sheets.some((id) => people.has(id)))
    return Promise.all(
      own.map(async (one) => ({
        kind: one.kind,
        sheets: one.sheets,
        names: one.sheets.flatMap((id) => people.get(id)?.name ?? []).join('、'),
        text: seesNames(actorOf(context)) ? one.text : '',
        by: changerFor(actorOf(context), one.by),
        at: new Date(one.at),
        changes: basisSentence(rules.policy, one.changes, context.lang),
        changedAt: await changedSince(context, rules, one),
      })),
    )
  }

  @Mutation(() => Int, {
    description:
      '考核小组给若干人评定等次，或收回（等次不填）；返回人数 / The panel grades people, or takes its grade back; how many',
  })
  async decideGrades(
    @CycleArg() cycle: string,
    @SheetsArg() sheets: string[],
    @Arg('grade', () => ID, { nullable: true, description: '不填为收回 / Taken back without it' })
    grade: string | null | undefined,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const { policy, choices } = rules
    const reason = reasonOf(given, context)
    const says = [[...sheets].sort(), grade ?? null]
    return act({ ...context, actor }, { kind: 'rule', cycle, key, says, reason }, async ({ client, seq }) => {
      const rows = await lockNamed(client, context, cycle, sheets)
      if (rows.some((row) => !decides(actor, policy, row))) throw no(context, 'ruling.notYours')
      // A grade that was given stands while an appeal that does not name it is being dealt with, unless it fell.
      const { members, outcomes } = await cohortOf({ ...context, pool: client }, rules, undefined)
      const fell = (id: string) => outcomes.get(id)!.reasons.some(({ kind }) => kind === 'panelFell')
      if (rows.some(({ id, beyond, reopened }) => beyond.panel && !fell(id) && !mayChange(reopened, GRADE)))
        throw no(context, 'appeal.onlyNamed')
      const number = await seq()
      const changes: Changes = new Map()
      const people = new Map(members.map((member) => [member.id, member]))
      for (const row of rows) {
        const before = row.beyond.panel?.grade ?? null
        const { panel: _, ...others } = row.beyond
        const { panel: __, ...person } = people.get(row.id)!
        const on = panelBasis(policy, choices, person)
        const beyond: Beyond = grade == null ? others : { ...others, panel: { grade, reason, on } }
        if (grade != null) {
          if (!person.counted) throw no(context, 'ruling.notCounted')
          refuseWrongGrade(rules, { ...person, panel: beyond.panel }, context)
        }
        Object.assign(row, { beyond, ...evaluated(policy, choices, row.facts, beyond), seq: number })
        changes.set(row.id, { '@panel': [before, grade ?? null] })
      }
      return { outcome: rows.length, details: { grade: grade ?? null, sheets: rows.map(({ id }) => id) }, changes, rows }
    })
  }

  @Mutation(() => Int, {
    description: '并列时裁定谁先谁后，须写理由；返回人数 / Rules who comes first where people tie, with a reason; how many',
  })
  async ruleSeats(
    @CycleArg() cycle: string,
    @Arg('sheets', () => [ID], { description: '依次占名额的人 / Who takes the seats, in this order' }) sheets: string[],
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const { policy } = rules
    const reason = reasonOf(given, context)
    return act({ ...context, actor }, { kind: 'rule', cycle, key, says: ['seat', sheets], reason }, async (hand) => {
      const rows = await lockNamed(hand.client, context, cycle, sheets)
      if (rows.some((row) => !decides(actor, policy, row))) throw no(context, 'ruling.notYours')
      const { groups } = await cohortOf({ ...context, pool: hand.client }, rules, undefined)
      const group = groups.find(({ tie }) => holdsAll(tie, sheets))
      return ruleTie(hand, context, rules, { rows, sheets, reason, subject: group?.quota, tie: group?.tie })
    })
  }

  @Mutation(() => Int, {
    description:
      '末位并列时裁定谁列入候选，须写理由；返回人数 / Rules who is proposed where people tie for the last place, with a reason; how many',
  })
  async ruleElimination(
    @CycleArg() cycle: string,
    @Arg('sheets', () => [ID], { description: '依次列入的人 / Who is proposed, in this order' }) sheets: string[],
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const reason = reasonOf(given, context)
    return act({ ...context, actor }, { kind: 'rule', cycle, key, says: [ELIMINATION, sheets], reason }, async (hand) => {
      const rows = await lockNamed(hand.client, context, cycle, sheets)
      if (rows.some(({ state }) => state === 'filed')) throw no(context, 'ruling.filed')
      const found = await eliminationsOf({ ...context, pool: hand.client }, rules)
      const tie = found.find((one) => holdsAll(one.tie, sheets))?.tie
      return ruleTie(hand, context, rules, { rows, sheets, reason, subject: ELIMINATION, tie })
    })
  }

  @Mutation(() => Boolean, {
    description: '不合格的书面说明，备案前须有 / The written explanation of a fail, needed before filing',
  })
  async explainFail(
    @SheetArg() id: string,
    @Arg('text', () => String, { description: '1 到 1000 字 / 1 to 1000 characters' }) given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    const sheet = await findSheet(context, id)
    const rules = await cycleRules(context, sheet.cycleId)
    const text = reasonOf(given, context)
    return act(
      { ...context, actor },
      { kind: 'rule', cycle: sheet.cycleId, key, says: ['explanation', id, text] },
      async (hand) => {
        const [row] = await lockNamed(hand.client, context, sheet.cycleId, [id])
        if (!holdsAt(actor, ['townAssessor', 'panelMember', 'countyBureau'], whereOf(row!))) throw no(context, 'ruling.notYours')
        if (row!.state === 'filed') throw no(context, 'ruling.filed')
        const { members, outcomes } = await cohortOf({ ...context, pool: hand.client }, rules, undefined)
        const basis = failBasis(
          members.find((member) => member.id === id)!,
          outcomes.get(id)!,
        )
        await rule(hand, context, sheet.cycleId, 'explanation', [{ subject: '', sheet: id, text, basis }])
        return { outcome: true, details: { sheet: id, text } }
      },
    )
  }

  @Query(() => [Dismissal], {
    description:
      '拟不再聘用的人，各缺哪几步法律手续；只是建议 / Whose contract might end, and what the law still asks for: proposals only',
  })
  async dismissals(@CycleArg() cycle: string, @Ctx() context: Context): Promise<Dismissal[]> {
    const rules = await cycleRules(context, cycle)
    const held = await rulingsOf(context.pool, actorOf(context).county, cycle, ['legalStep', 'dismissal'])
    const people = await peopleOf(context, cycle, undefined)
    return [...(await groundsIn(context, rules))].flatMap(([sheet, { grade, grounds }]) => {
      const person = people.get(sheet)
      const standing = held.filter(
        ({ kind, basis }) => kind !== 'dismissal' || !basis || isSame(basis, dismissalBasis(grade, grounds)),
      )
      return person
        ? [
            {
              sheet,
              ...person,
              grounds: grounds.map(({ says }) => says),
              asks: grounds,
              ...stepsOf(rules, standing, sheet, grounds, context),
            },
          ]
        : []
    })
  }

  @Query(() => [EliminationList], {
    description:
      '末位淘汰的人选、上限和还缺的法律手续；没有这一条的办法为空 / Who comes last, the cap and the steps still missing',
  })
  async eliminations(@CycleArg() cycle: string, @Ctx() context: Context): Promise<EliminationList[]> {
    const rules = await cycleRules(context, cycle)
    const people = await peopleOf(context, cycle, undefined)
    const line = (sheet: string, more: Partial<LastPlace> = {}): LastPlace => {
      const { name = '', village = '' } = people.get(sheet) ?? {}
      return { sheet, name, village, fromLast: null, measure: null, stepsMissing: [], ...more }
    }
    return (await eliminationsOf(context, rules)).map(({ clause, candidates, contested, unmeasured, ...found }) => ({
      ...found,
      clause: clauseOf(rules.policy, clause, context.lang).at,
      candidates: candidates.map(({ id, fromLast, measure, stepsMissing }) =>
        line(id, {
          fromLast,
          measure: shown(exact(measure)),
          stepsMissing: stepsMissing.map(({ title }) => title[context.lang]),
        }),
      ),
      contested: contested.map((id) => line(id)),
      unmeasured: unmeasured.map((id) => line(id)),
    }))
  }

  @Mutation(() => Boolean, { description: '记录解除前的一步：日期、文书 / Records a step the law asks for: its date and paper' })
  async recordLegalStep(
    @SheetArg() id: string,
    @Arg('step', () => ID, {
      description: '办法所列的步骤，见 dismissals；decided 除外 / A step of the policy, see `dismissals`; not `decided`',
    })
    step: string,
    @Arg('text', () => String, { description: '日期、文书，1 至 1000 字 / Its date and paper, in 1 to 1000 characters' })
    given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    const sheet = await findSheet(context, id)
    const { policy } = await cycleRules(context, sheet.cycleId)
    if (step === DECISION || !policy.legal?.steps.some((one) => one.id === step)) throw no(context, 'ruling.step')
    const text = reasonOf(given, context)
    return act({ ...context, actor }, { kind: 'legalStep', cycle: sheet.cycleId, key, says: [id, step, text] }, async (hand) => {
      await lockNamed(hand.client, context, sheet.cycleId, [id])
      await rule(hand, context, sheet.cycleId, 'legalStep', [{ subject: step, sheet: id, text }])
      return { outcome: true, details: { sheet: id, step, text } }
    })
  }

  @Mutation(() => Boolean, {
    description:
      '决定不再聘用；所依据的情形缺一步法律手续即不可 / Decides that a contract ends; refused while a step is missing of the grounds it rests on',
  })
  async decideDismissal(
    @SheetArg() id: string,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Arg('grounds', () => [ID], {
      nullable: true,
      description: '所依据的情形；不填为手续已齐的各项 / The grounds it rests on; without it all whose steps are done',
    })
    named: string[] | null | undefined,
    @Ctx() context: Context,
  ): Promise<boolean> {
    confirmed(context)
    const actor = actorOf(context)
    const sheet = await findSheet(context, id)
    const rules = await cycleRules(context, sheet.cycleId)
    const reason = reasonOf(given, context)
    const says = [id, ...(named ? [named.toSorted()] : [])]
    return act({ ...context, actor }, { kind: 'legalStep', cycle: sheet.cycleId, key, says, reason }, async (hand) => {
      await lockNamed(hand.client, context, sheet.cycleId, [id])
      const { grade = null, grounds: all = [] } = (await groundsIn({ ...context, pool: hand.client }, rules)).get(id) ?? {}
      const grounds = named ? all.filter((one) => named.includes(one.id)) : all
      if (grounds.length === 0 || grounds.length < new Set(named).size) throw no(context, 'ruling.noGround')
      const held = await rulingsOf(hand.client, actor.county, sheet.cycleId, ['legalStep'])
      const { steps } = stepsOf(rules, held, id, grounds, context)
      const open = steps.filter(({ id: step, done }) => !done && step !== DECISION)
      const lacking = grounds.filter((ground) => open.some((step) => ground.steps.includes(step.id)))
      const rests = grounds.filter((ground) => !lacking.includes(ground))
      if (rests.length === 0 || (named && lacking.length > 0)) {
        const titles = lacking.map((ground) =>
          open
            .filter((step) => ground.steps.includes(step.id))
            .map(({ title }) => title)
            .join('、'),
        )
        const each = lacking.map((ground, at) => (grounds.length === 1 ? titles[at]! : `${ground.says}（${titles[at]!}）`))
        throw no(context, 'ruling.missing', { steps: each.join('；') })
      }
      await rule(hand, context, sheet.cycleId, 'dismissal', [
        { subject: '', sheet: id, text: reason, basis: dismissalBasis(grade, rests) },
      ])
      return {
        outcome: true,
        details: { sheet: id, grounds: rests.map(({ says: one }) => one), on: rests.map((one) => one.id), reason },
      }
    })
  }
}

const holdsAll = (tie: TieFacts | undefined, sheets: readonly string[]): boolean =>
  tie !== undefined && sheets.length > 0 && sheets.every((id) => tie.tied.includes(id))

/** Puts on record who comes first in a tie, resting on that very tie. Throws `ruling.notContested`, `recused`, `ruling.tooMany`. */
async function ruleTie(
  hand: Hand,
  context: Context,
  { id: cycle }: CycleRules,
  made: {
    rows: readonly SheetRow[]
    sheets: readonly string[]
    reason: string
    subject: string | undefined
    tie: TieFacts | undefined
  },
): Promise<Done<number>> {
  const { rows, sheets, reason, subject, tie } = made
  if (subject === undefined || !tie || new Set(sheets).size !== sheets.length) throw no(context, 'ruling.notContested')
  await refuseRecused(hand.client, context, tie.tied)
  if (sheets.length > tie.seats) throw no(context, 'ruling.tooMany', { seats: String(tie.seats) })
  const basis = tieBasis(tie)
  await rule(
    hand,
    context,
    cycle,
    'seat',
    sheets.map((sheet) => ({ subject, sheet, text: reason, basis })),
    tie.tied,
  )
  const changes: Changes = new Map(rows.map((row) => [row.id, { '@seat': [null, subject] }]))
  const number = await hand.seq()
  for (const row of rows) row.seq = number
  return { outcome: sheets.length, details: { quota: subject, sheets, contested: tie.tied, basis }, changes, rows }
}

const signedBy = ({ text, by, at }: Held, context: Context): Signed => ({
  text,
  by: changerFor(actorOf(context), by),
  at: new Date(at),
})

/** The steps that one of the grounds asks for, in the order of the file. */
const stepsAsked = ({ legal }: CycleRules['policy'], grounds: readonly Ground[]) =>
  (legal?.steps ?? []).filter(({ id }) => grounds.some(({ steps }) => steps.includes(id)))

function stepsOf(
  { policy }: CycleRules,
  held: readonly Held[],
  sheet: string,
  grounds: readonly Ground[],
  context: Context,
): Pick<Dismissal, 'steps' | 'decided'> {
  const own = held.filter((one) => one.sheet === sheet)
  const decided = own.find(({ kind }) => kind === 'dismissal')
  return {
    steps: stepsAsked(policy, grounds).map(({ id, title, clause }) => {
      const done = id === DECISION ? decided : own.find(({ kind, subject }) => kind === 'legalStep' && subject === id)
      return {
        id,
        title: title[context.lang],
        clause: clauseOf(policy, clause, context.lang).at,
        done: done ? signedBy(done, context) : null,
      }
    }),
    decided: decided ? signedBy(decided, context) : null,
  }
}

interface Shown {
  name: string
  village: string
  town: string
  row: SheetRow
}

/** The people on the sheets the caller may see, by sheet. */
async function peopleOf(context: Context, cycle: string, unit: string | null | undefined): Promise<Map<string, Shown>> {
  const where = await sheetsWithin(context, cycle, unit)
  const { rows } = await context.pool.query<Omit<Shown, 'row'> & SheetRow>(
    named(
      `select s.id, s.stage, s.coordinator_id as "coordinatorId", s.village_id as "villageId", s.town_id as "townId",
              ${nameFor(actorOf(context))} as name, v.name as village, t.name as town
         from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         join unit v on v.county_id = s.county_id and v.id = s.village_id
         join unit t on t.county_id = s.county_id and t.id = s.town_id
        where ${where.sql}`,
      where.values,
    ),
  )
  return new Map(rows.map((row) => [row.id, { name: row.name, village: row.village, town: row.town, row }]))
}
