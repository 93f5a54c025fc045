import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, SheetArg, UnitArg } from '../base/arguments.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { changerFor, cycleRules, nameFor, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { EvidenceFile } from './evidence.entity.ts'
import { mayCall } from '../rules/access.ts'
import { exact, shown } from '../rules/exact.ts'
import { mayChange } from '../rules/reopened.ts'
import { claimedAs } from '../rules/score/tally.ts'
import { findSheet } from '../core/find-sheet.ts'
import { Sheet } from '../core/sheet.entity.ts'
import { Claim, ClaimState } from './claim.entity.ts'
import {
  decideClaim,
  onSheet,
  partsSaid,
  proposeClaim,
  readText,
  withdrawClaim,
  type ClaimOutcome,
  type ClaimText,
} from './claims.ts'
import { proposeRanks } from './ranks.ts'
import { deedsOf, mayPropose } from './rights.ts'
import { claimTitle, isBonus, rulesFor, worthOf } from '../core/worth.ts'
import { longest } from '../base/reason.ts'
import { placeColumns } from '../base/sheet-row.ts'

@InputType({ description: '一笔申报的内容，按规则填写 / What a claim says; which parts there are, its rule says' })
class ClaimInput {
  @Field(() => ID, { description: '规则 / The rule' })
  rule!: string

  @Field(() => String, { nullable: true, description: '事项 / The fact it is about' })
  matter?: string | null

  @Field(() => String, { nullable: true, description: '层级 / Level' })
  level?: string | null

  @Field(() => String, { nullable: true, description: '名次 / Place' })
  place?: string | null

  @Field(() => String, { nullable: true, description: '条数 / Records' })
  records?: string | null

  @Field(() => String, { nullable: true, description: '媒体：main、other / Outlet' })
  outlet?: string | null

  @Field(() => String, { nullable: true, description: '作者人数 / Authors' })
  authors?: string | null

  @Field(() => String, { nullable: true, description: '月份 / Month' })
  month?: string | null

  @Field(() => String, { nullable: true, description: '总条数 / Records in all' })
  of?: string | null

  @Field(() => String, { nullable: true, description: '抽查条数 / Records checked' })
  checked?: string | null

  @Field(() => String, { nullable: true, description: '正确条数 / Records right' })
  right?: string | null
}

@ObjectType({ simpleResolvers: true, description: '申报的一项内容 / One part of what a claim says' })
class ClaimPart {
  @Field(() => ID, {
    description: '哪一项：matter level place records outlet authors month of checked right / Which part, of these',
  })
  part!: string

  @Field(() => String, { description: '名称 / Name' })
  name!: string

  @Field(() => String, { description: '内容 / What it says' })
  value!: string
}

@ObjectType({
  simpleResolvers: true,
  description: '同一事项的另一笔，只计其一 / Another claim of the same fact: one of them counts',
})
class SameFact {
  @Field(() => ID, { description: '那一笔 / That claim' })
  claim!: string

  @Field(() => String, { description: '哪一笔不计、为何 / Which is set aside, and why' })
  says!: string
}

@ObjectType({ simpleResolvers: true, description: '一笔申报会怎样计分 / What a claim does to its sheet' })
class ClaimWorth {
  @Field(() => String, { description: '使总分变动多少，两位小数 / What it moves the total by' })
  points!: string

  @Field(() => String, { description: '连同它的总分 / The total with it' })
  total!: string

  @Field(() => [String], { description: '理由 / Why' })
  says!: string[]

  @Field(() => [SameFact], { description: '同一事项的其他各笔 / Others of the same fact' })
  same!: SameFact[]
}

@ObjectType({ simpleResolvers: true, description: '列出的一笔申报 / A claim as it is listed' })
class ListedClaim {
  @Field(() => Claim, { description: '申报 / The claim' })
  claim!: Claim

  @Field(() => String, { description: '规则名称 / Title of its rule' })
  ruleTitle!: string

  @Field(() => Boolean, { description: '只会加分 / Whether it can only raise the score' })
  bonus!: boolean

  @Field(() => String, { description: '条款 / Where the clause stands' })
  clause!: string

  @Field(() => [ClaimPart], { description: '内容 / What it says' })
  parts!: ClaimPart[]

  @Field(() => String, { description: '协理员；分析人员所见为遮盖的 / Coordinator; masked for analysts' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => ClaimWorth, {
    nullable: true,
    description: '怎样计分；待定的为采纳后，不采纳和撤回的没有 / What it does, of an undecided one what it would do',
  })
  worth?: ClaimWorth | undefined

  @Field(() => [EvidenceFile], { description: '佐证；分析人员看不到 / Evidence; none for analysts' })
  evidence!: EvidenceFile[]

  @Field(() => [String], { description: '调用者可做的事：accept reject withdraw evidence / What the caller may do' })
  may!: string[]
}

@ObjectType({ simpleResolvers: true, description: '加减分申报 / Claims' })
class ClaimList {
  @Field(() => Int, { description: '共几笔 / How many there are' })
  count!: number

  @Field(() => [ListedClaim], { description: '新的在前 / Latest first' })
  claims!: ListedClaim[]
}

@ObjectType({
  simpleResolvers: true,
  description: '可为其申报的一张考核表 / A sheet for which the caller may put claims forward',
})
class ClaimSheet {
  @Field(() => ID, { description: '考核表 / The sheet' })
  sheet!: string

  @Field(() => String, { description: '协理员 / Coordinator' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string
}

@ObjectType({ simpleResolvers: true, description: '申报、审定、撤回的结果 / What became of a claim' })
class ClaimReply {
  @Field(() => ID, { description: '申报 / The claim' })
  id!: string

  @Field(() => ClaimState, { description: '状态 / State' })
  state!: ClaimState

  @Field(() => String, { description: '考核表现在的总分 / The total of its sheet now' })
  total!: string

  @Field(() => [SameFact], { description: '同一事项的其他各笔 / Others of the same fact' })
  same!: SameFact[]
}

const mostListed = 1000

const ClaimArg = () => Arg('id', () => ID, { description: '申报，见 claims / The claim, see `claims`' })
const ContentArg = () => Arg('content', () => ClaimInput, { description: '申报的内容 / What the claim says' })

@Resolver()
export class ClaimResolver {
  @Query(() => ClaimList, { description: '加减分申报，新的在前 / Claims, latest first' })
  async claims(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Arg('state', () => ClaimState, {
      nullable: true,
      description: '只列此状态的；不填为全部 / Only in this state; all without it',
    })
    state: ClaimState | null | undefined,
    @Arg('first', () => Int, { defaultValue: 200, description: '最多几笔，至多 1000 / How many, 1000 at most' }) first: number,
    @Ctx() context: Context,
  ): Promise<ClaimList> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, unit, [state ?? null])
    type Found = { id: string; name: string; village: string; town: string }
    const { rows } = await context.pool.query<Found & { count: number }>(
      `select k.id, ${nameFor(actor)} as name, v.name as village, t.name as town, count(*) over ()::int as count
         from claim k join sheet s on s.county_id = k.county_id and s.id = k.sheet_id
         join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         join unit v on v.county_id = s.county_id and v.id = s.village_id
         join unit t on t.county_id = s.county_id and t.id = s.town_id
        where ${where.sql} and k.cycle_id = $2 and ($3::text is null or k.state = $3)
        order by k.proposed_at desc, k.id desc limit $${where.values.push(Math.min(Math.max(first, 1), mostListed))}`,
      where.values,
    )
    return {
      count: rows[0]?.count ?? 0,
      claims: await listed(context, rules, rows),
    }
  }

  @Query(() => [ClaimSheet], {
    description: '调用者现在可为其申报的考核表 / The sheets for which the caller may put claims forward now',
  })
  async claimSheets(@CycleArg() cycle: string, @Ctx() context: Context): Promise<ClaimSheet[]> {
    const actor = actorOf(context)
    const { policy } = await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, undefined)
    const { rows } = await context.pool.query<ClaimSheet & Parameters<typeof onSheet>[0]>(
      `select s.id as sheet, c.name, v.name as village, t.name as town, s.stage, s.reopened, ${placeColumns}
         from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         join unit v on v.county_id = s.county_id and v.id = s.village_id
         join unit t on t.county_id = s.county_id and t.id = s.town_id
        where ${where.sql} order by s.line`,
      where.values,
    )
    const { tally } = policy
    const reopens = ({ reopened = null }: (typeof rows)[number]) =>
      tally?.rules.some((rule) => mayChange(reopened, claimedAs(rule))) ?? false
    return rows.filter((row) => reopens(row) && mayPropose(actor, policy, onSheet(row)))
  }

  @Query(() => ClaimWorth, { description: '一笔申报若被采纳会怎样计分，不保存 / What a claim would do; nothing is stored' })
  async previewClaim(@SheetArg() id: string, @ContentArg() content: ClaimInput, @Ctx() context: Context): Promise<ClaimWorth> {
    const sheet = await findSheet(context, id)
    const rules = await cycleRules(context, sheet.cycleId)
    const claim = readText(context, rules, sheet, 'preview', { ...content } as ClaimText)
    return worthOf(rules.policy, rules.choices, sheet, claim, context.lang)
  }

  @Mutation(() => ClaimReply, { description: '申报加减分；采纳后才计分 / Puts a claim forward; it counts once it is accepted' })
  async proposeClaim(
    @SheetArg() sheet: string,
    @ContentArg() content: ClaimInput,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<ClaimReply> {
    return told(await proposeClaim(context, sheet, { ...content } as ClaimText, key))
  }

  @Mutation(() => Int, {
    description:
      '按村级排名给前几名或后几名申报名次，佐证另附，由别人审定；返回笔数 / Puts forward the places of a ranking as claims, to be given evidence and decided by others; how many',
  })
  async proposeRanks(
    @CycleArg() cycle: string,
    @Arg('rule', () => ID, { description: '办法中按名次计分的规则 / A rule of the policy about places' }) ruleId: string,
    @Arg('measure', () => ID, { defaultValue: 'dataQuality', description: '排名依据 / What is ranked' }) measure: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    return proposeRanks(context, { cycle, rule: ruleId, measure, key })
  }

  @Mutation(() => ClaimReply, { description: '审定：采纳，或写明理由不采纳 / Accepts a claim, or rejects it with a reason' })
  async decideClaim(
    @ClaimArg() id: string,
    @Arg('accept', () => Boolean, { description: '采纳，否则不采纳 / Whether it is accepted' }) accept: boolean,
    @Arg('seen', () => [ID], {
      description: '所看过的佐证，采纳时须为其全部 / The evidence that was looked at: to accept, all there is',
    })
    seen: string[],
    @Arg('reason', () => String, {
      nullable: true,
      description: `理由，至多 ${longest['claim.reason']} 字；不采纳须写 / Why, in ${longest['claim.reason']} characters at most; needed to reject`,
    })
    reason: string | null | undefined,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<ClaimReply> {
    return told(await decideClaim(context, { id, accept, seen, reason: reason ?? null, key }))
  }

  @Mutation(() => ClaimReply, { description: '撤回本人的申报；已采纳的须写理由 / Takes back one’s own claim' })
  async withdrawClaim(
    @ClaimArg() id: string,
    @Arg('reason', () => String, {
      nullable: true,
      description: `理由，至多 ${longest['claim.reason']} 字；已采纳的须写 / Why, in ${longest['claim.reason']} characters at most; needed where it was accepted`,
    })
    reason: string | null | undefined,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<ClaimReply> {
    return told(await withdrawClaim(context, id, reason ?? null, key))
  }
}

const told = (outcome: ClaimOutcome): ClaimReply => ({ ...outcome, total: shown(exact(outcome.total)) })

async function listed(
  context: Context,
  rules: CycleRules,
  found: readonly { id: string; name: string; village: string; town: string }[],
): Promise<ListedClaim[]> {
  const actor = actorOf(context)
  const { lang } = context
  const { policy, choices } = rules
  const ids = found.map(({ id }) => id)
  const claims = new Map((await context.em.find(Claim, { countyId: actor.county, id: { $in: ids } })).map((one) => [one.id, one]))
  const sheetIds = [...new Set([...claims.values()].map(({ sheetId }) => sheetId))]
  const sheets = new Map(
    (await context.em.find(Sheet, { countyId: actor.county, id: { $in: sheetIds } })).map((one) => [one.id, one]),
  )
  const files = mayCall(actor, 'evidence')
    ? await context.em.find(
        EvidenceFile,
        { countyId: actor.county, claimId: { $in: ids }, removedAt: null },
        { orderBy: { id: 'asc' } },
      )
    : []
  const filesOf = Map.groupBy(files, ({ claimId }) => claimId!)
  return found.map(({ id, name, village, town }) => {
    const claim = claims.get(id)!
    const sheet = sheets.get(claim.sheetId)
    const rulesOf = rulesFor(policy, claim.rule)
    if (!sheet || rulesOf.length === 0) throw refusal(context, 'claim.unknown')
    const evidence = filesOf.get(id) ?? []
    const counts = claim.state === 'proposed' || claim.state === 'accepted'
    const counted = { id, rule: claim.rule, ...claim.content, evidence: evidence.map((file) => file.id) }
    return {
      claim: {
        ...claim,
        proposedBy: changerFor(actor, claim.proposedBy),
        decidedBy: claim.decidedBy ? changerFor(actor, claim.decidedBy) : null,
      },
      ruleTitle: claimTitle(policy, claim.rule, lang)!,
      bonus: isBonus(policy, claim.rule),
      clause: policy.clauses[rulesOf[0]!.clause]!.at[lang],
      parts: partsSaid(rules, claim, lang),
      name,
      village,
      town,
      worth: counts ? worthOf(policy, choices, sheet, counted, lang) : undefined,
      evidence,
      may: deedsOf(actor, policy, onSheet(sheet), claim).filter((deed) => mayCall(actor, operationOf[deed])),
    }
  })
}

const operationOf = {
  accept: 'decideClaim',
  reject: 'decideClaim',
  withdraw: 'withdrawClaim',
  evidence: 'removeEvidence',
} as const
