import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { actorOf, no, type Context } from '../base/context.ts'
import { changerFor, cycleRules, nameFor, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { EvidenceFile } from './evidence.entity.ts'
import { measureOf, ranksIn } from '../result/measures.ts'
import { mayCall } from '../rules/access.ts'
import { compare, exact, shown } from '../rules/exact.ts'
import { chosen } from '../rules/policy/readings.ts'
import { mayChange } from '../rules/reopened.ts'
import { stageOf } from '../rules/stages.ts'
import { eachRank, inTiers } from '../rules/rank.ts'
import { pointsByPlace } from '../rules/score/ranks.ts'
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
import { deedsOf, mayPropose } from './rights.ts'
import { claimTitle, isBonus, rulesFor, worthOf } from '../core/worth.ts'

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
  @Field(() => ID, { description: 'matter level place records outlet authors month of checked right' })
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

@Resolver()
export class ClaimResolver {
  @Query(() => ClaimList, { description: '加减分申报，新的在前 / Claims, latest first' })
  async claims(
    @Arg('cycle', () => ID) cycle: string,
    @Arg('unit', () => ID, { nullable: true }) unit: string | null | undefined,
    @Arg('state', () => ClaimState, { nullable: true }) state: ClaimState | null | undefined,
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
  async claimSheets(@Arg('cycle', () => ID) cycle: string, @Ctx() context: Context): Promise<ClaimSheet[]> {
    const actor = actorOf(context)
    const { policy } = await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, undefined)
    const { rows } = await context.pool.query<ClaimSheet & Parameters<typeof onSheet>[0]>(
      `select s.id as sheet, c.name, v.name as village, t.name as town, s.stage, s.reopened, s.coordinator_id as "coordinatorId",
              s.village_id as "villageId", s.town_id as "townId"
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
  async previewClaim(
    @Arg('sheet', () => ID) id: string,
    @Arg('content', () => ClaimInput) content: ClaimInput,
    @Ctx() context: Context,
  ): Promise<ClaimWorth> {
    const sheet = await findSheet(context, id)
    const rules = await cycleRules(context, sheet.cycleId)
    const claim = readText(context, rules, sheet, 'preview', { ...content } as ClaimText)
    return worthOf(rules.policy, rules.choices, sheet, claim, context.lang)
  }

  @Mutation(() => ClaimReply, { description: '申报加减分；采纳后才计分 / Puts a claim forward; it counts once it is accepted' })
  async proposeClaim(
    @Arg('sheet', () => ID) sheet: string,
    @Arg('content', () => ClaimInput) content: ClaimInput,
    @Arg('key', () => String) key: string,
    @Ctx() context: Context,
  ): Promise<ClaimReply> {
    return told(await proposeClaim(context, sheet, { ...content } as ClaimText, key))
  }

  @Mutation(() => Int, {
    description:
      '按村级排名给前几名或后几名申报名次，佐证另附，由别人审定；返回笔数 / Puts forward the places of a ranking as claims, to be given evidence and decided by others; how many',
  })
  async proposeRanks(
    @Arg('cycle', () => ID) cycle: string,
    @Arg('rule', () => ID, { description: '办法中按名次计分的规则 / A rule of the policy about places' }) ruleId: string,
    @Arg('measure', () => ID, { defaultValue: 'dataQuality', description: '排名依据 / What is ranked' }) measure: string,
    @Arg('key', () => String) key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    const rules = await cycleRules(context, cycle)
    const rule = rules.policy.tally?.rules.find((one) => one.id === ruleId)
    if (rule?.kind !== 'ranks') throw no(context, 'claim.noRanks')
    const { title } = measureOf(rules, measure, context)
    const ranks = await ranksIn(context, rules, measure)
    const counting = pointsByPlace(rule, (reading) => chosen(rules.policy, rules.choices, reading))
    const places = placesOf(ranks, rule.from, counting.length)
    const where = await sheetsWithin(context, cycle, undefined, [[...places.keys()], rules.baseDate])
    const { rows } = await context.pool.query<{ id: string; village: string; stage: string; reopened: string[] | null }>(
      `select s.id, s.village_id as village, s.stage, s.reopened from sheet s join posting p on p.county_id = s.county_id and p.id = s.posting_id
        where ${where.sql} and s.village_id = any($3::uuid[]) and p.starts_on <= $4 and (p.ends_on is null or p.ends_on >= $4)
          and not exists (select from claim k where k.county_id = s.county_id and k.sheet_id = s.id and k.rule = $${where.values.push(ruleId)} and k.state in ('proposed', 'accepted'))
        order by s.line`,
      where.values,
    )
    const open = rows.filter((row) => stageOf(rules.policy, row.stage)?.writes === 'yes' && mayChange(row.reopened, ruleId))
    for (const [at, { id, village }] of open.entries()) {
      const place = String(places.get(village))
      await proposeClaim(context, id, { rule: ruleId, place, matter: `${title} ${rules.year}` }, `${key}.${at}`)
    }
    return open.length
  }

  @Mutation(() => ClaimReply, { description: '审定：采纳，或写明理由不采纳 / Accepts a claim, or rejects it with a reason' })
  async decideClaim(
    @Arg('id', () => ID) id: string,
    @Arg('accept', () => Boolean) accept: boolean,
    @Arg('seen', () => [ID], { description: '所看过的佐证 / The evidence that was looked at' }) seen: string[],
    @Arg('reason', () => String, { nullable: true }) reason: string | null | undefined,
    @Arg('key', () => String) key: string,
    @Ctx() context: Context,
  ): Promise<ClaimReply> {
    return told(await decideClaim(context, { id, accept, seen, reason: reason ?? null, key }))
  }

  @Mutation(() => ClaimReply, { description: '撤回本人的申报；已采纳的须写理由 / Takes back one’s own claim' })
  async withdrawClaim(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => String, { nullable: true }) reason: string | null | undefined,
    @Arg('key', () => String) key: string,
    @Ctx() context: Context,
  ): Promise<ClaimReply> {
    return told(await withdrawClaim(context, id, reason ?? null, key))
  }
}

/**
 * The villages with one of the first places, or of the last, by place: equals share theirs, 1-2-2-4. Equals of whom some
 * would lie beyond the last place that counts are left to people: a tie is not split, and it does not stretch the places.
 */
function placesOf(ranks: ReadonlyMap<string, { score: string }>, from: 'top' | 'bottom', tiers: number): Map<string, number> {
  const all = [...ranks].map(([village, { score }]) => ({ village, score: exact(score) }))
  const sign = from === 'top' ? 1 : -1
  let ahead = 0
  const counting = inTiers(all, (a, b) => sign * compare(b.score, a.score)).filter((tier) => (ahead += tier.length) <= tiers)
  const places = new Map<string, number>()
  eachRank(counting, ({ village }, place) => places.set(village, place))
  return places
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
    if (!sheet || rulesOf.length === 0) throw no(context, 'claim.unknown')
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
