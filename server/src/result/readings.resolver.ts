import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg } from '../base/arguments.ts'
import { act } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules, nameFor, sheetsWithin } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { ChoiceInput, readChoices } from '../base/choices.ts'
import { familyOf, versionOf } from '../base/policies.ts'
import { differenceSentence } from '../rules/compare.ts'
import { basisSentence } from '../rules/basis-words.ts'
import { clauseOf } from '../rules/explain.ts'
import { yuan } from '../rules/pay.ts'
import { chosen } from '../rules/policy/readings.ts'
import { countsOf, differences, movedPay, settle, type Effect } from '../rules/settle.ts'
import { readingBasis } from './bases.ts'
import { readingsFallen } from './fallen.ts'
import { rulingsIn } from './cohort.ts'
import { effectsOf, entrantsOf } from './entrants.ts'
import { OverridesArg, type QuotaOverrides, readOverrides } from './overrides.ts'
import { reasonOf } from '../base/reason.ts'

@ObjectType({ simpleResolvers: true, description: '会有不同的人数 / How many people would differ, in what' })
class Affected {
  @Field(() => Int, { description: '任一方面 / In anything' })
  people!: number

  @Field(() => Int, { description: '得分 / In points' })
  points!: number

  @Field(() => Int, { description: '等次 / In the grade' })
  grades!: number

  @Field(() => Int, { description: '名额 / In the seat' })
  seats!: number

  @Field(() => Int, { description: '是否列入末位淘汰 / In being proposed for elimination' })
  leaves!: number

  @Field(() => String, { description: '绩效工资变动合计（元）/ Yuan of pay that would move, added up' })
  yuan!: string
}

@ObjectType({ simpleResolvers: true, description: '本周期一项未明之处的一种读法 / One answer to an open question of the cycle' })
class ReadingOfCycleOption {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '含义 / What it means' })
  says!: string

  @Field(() => Boolean, { description: '本周期采用 / Whether the cycle is judged by it' })
  chosen!: boolean

  @Field(() => Affected, {
    nullable: true,
    description: '若改用此读法；没有影响则为空 / If it held instead; none if nothing changes',
  })
  affects?: Affected | undefined
}

@ObjectType({ simpleResolvers: true, description: '本周期的一项未明之处 / An open question of the cycle' })
class ReadingOfCycle {
  @Field(() => ID, { description: '登记号 / Number in the register' })
  interpretation!: string

  @Field(() => [ReadingOfCycleOption], { description: '各种读法及其影响 / The answers, and what each would change' })
  options!: ReadingOfCycleOption[]

  @Field(() => ReadingApproval, { nullable: true, description: '批准；未批准则为空 / Its approval; none yet if empty' })
  approval?: ReadingApproval | undefined

  @Field(() => String, {
    nullable: true,
    description:
      '批准已失效，因为什么变了；仍有效则为空 / What has changed since it was approved, so that it stands no more; none while it stands',
  })
  fell?: string | undefined

  @Field(() => Boolean, {
    description: '结果取决于它而尚未批准：不得归档 / Results depend on it and nobody approved it: filing is blocked',
  })
  blocksFiling!: boolean
}

@ObjectType({ simpleResolvers: true, description: '读法的批准 / Approval of a reading' })
class ReadingApproval {
  @Field(() => String, { description: '登记人 / Who recorded it' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => String, { description: '依据：批准机关和文号 / On what: the authority and its paper' })
  reason!: string
}

@ObjectType({ simpleResolvers: true, description: '一处不同 / One thing that differs' })
class ResultDifference {
  @Field(() => String, { description: '哪一项 / What' })
  name!: string

  @Field(() => String, { nullable: true, description: '原来 / Before' })
  before?: string | undefined

  @Field(() => String, { nullable: true, description: '改后 / After' })
  after?: string | undefined

  @Field(() => String, { nullable: true, description: '依据的条款 / The clause of the rule' })
  clause?: string | undefined
}

@ObjectType({ simpleResolvers: true, description: '结果不同的一人 / A person whose result differs' })
class ChangedPerson {
  @Field(() => ID, { description: '考核表 / The sheet' })
  sheet!: string

  @Field(() => String, { description: '协理员 / Coordinator; masked for analysts' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => [ResultDifference], { description: '各处不同 / What differs' })
  differences!: ResultDifference[]
}

@ObjectType({ simpleResolvers: true, description: '试算与现行结果之差 / How a trial differs from the results as they stand' })
class WhatIf {
  @Field(() => Affected, { description: '人数 / How many' })
  affects!: Affected

  @Field(() => [ChangedPerson], { description: '各人，最多 500 人 / Who; 500 people at most' })
  people!: ChangedPerson[]
}

const longest = 500

@Resolver()
export class ReadingsResolver {
  @Query(() => [ReadingOfCycle], {
    description:
      '本周期各项未明之处：采用的读法、批准、改用别的读法会改变什么 / The open questions of a cycle: the answers it is judged by, their approval, and what the others would change',
  })
  async cycleReadings(@CycleArg() cycle: string, @Ctx() context: Context): Promise<ReadingOfCycle[]> {
    const rules = await cycleRules(context, cycle)
    const { policy, choices, approvals } = rules
    const effects = await effectsOf(context, rules)
    const fallen = readingsFallen(rules)
    return Object.entries(policy.interpretations).map(([interpretation, { options }]) => {
      const own = effects.filter((effect) => effect.interpretation === interpretation)
      const now = chosen(policy, choices, interpretation)
      const approval = approvals[interpretation]
      const fell = fallen.find(({ subject }) => subject === interpretation)
      return {
        interpretation,
        options: options.map(({ id, says }) => {
          const effect = own.find(({ option }) => option === id)
          return { id, says: says[context.lang], chosen: id === now, affects: effect && affected(effect) }
        }),
        approval: approval && { ...approval, at: new Date(approval.at) },
        fell: fell && basisSentence(policy, fell.changes, context.lang),
        blocksFiling: own.length > 0 && (!approval || fell !== undefined),
      }
    })
  }

  @Mutation(() => ReadingApproval, {
    description: '登记本周期所采用的一种读法已获批准 / Records that a reading by which the cycle is judged was approved',
  })
  async approveReading(
    @CycleArg() cycle: string,
    @Arg('interpretation', () => ID, { description: '登记号，见 cycleReadings / Number in the register, see `cycleReadings`' })
    interpretation: string,
    @Arg('option', () => ID, { description: '所批准的读法，须为本周期所采用的 / The reading approved: the one in force' })
    option: string,
    @Arg('reason', () => String, {
      description: '批准机关和文号，1 至 200 字 / The authority and its paper, in 1 to 200 characters',
    })
    reason: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<ReadingApproval> {
    const { policy, choices } = await cycleRules(context, cycle)
    if (!Object.hasOwn(policy.interpretations, interpretation)) throw refusal(context, 'reading.unknown')
    const now = chosen(policy, choices, interpretation)
    if (option !== now)
      throw refusal(context, 'reading.notInForce', {
        says: policy.interpretations[interpretation]!.options.find(({ id }) => id === now)!.says[context.lang],
      })
    const paper = reasonOf(reason, context, 'reading.reason')
    const actor = actorOf(context)
    const approval = { option, by: actor.name, at: context.now.toISOString(), reason: paper }
    const on = readingBasis(policy, choices, interpretation)
    const doing = { kind: 'approveReading', cycle, key, says: [interpretation, option], reason: paper } as const
    return act({ ...context, actor }, doing, async ({ client }) => {
      const { rowCount } = await client.query(
        `update cycle set approvals = approvals || jsonb_build_object($3::text, $4::jsonb)
          where county_id = $1 and id = $2 and state = 'open'`,
        [actor.county, cycle, interpretation, JSON.stringify({ ...approval, on })],
      )
      if (rowCount === 0) throw refusal(context, 'cycle.closed')
      return { outcome: approval, details: { interpretation, option } }
    }).then(({ at, ...said }) => ({ ...said, at: new Date(at) }))
  }

  @Query(() => WhatIf, {
    description:
      '按别的读法、别的版本或别的名额参数重算，不保存 / The results again under other readings, another version of the policy or other quota parameters; nothing is stored',
  })
  async whatIf(
    @CycleArg() cycle: string,
    @Arg('choices', () => [ChoiceInput], { defaultValue: [], description: '改用的读法，其余照旧 / The readings that differ' })
    other: ChoiceInput[],
    @Arg('policy', () => ID, { nullable: true, description: '改用的版本 / Another version' }) version: string | null | undefined,
    @OverridesArg() overrides: QuotaOverrides | null | undefined,
    @Ctx() context: Context,
  ): Promise<WhatIf> {
    const rules = await cycleRules(context, cycle)
    const policy = version == null ? rules.policy : versionOf(version, context).policy
    if (familyOf(policy.id) !== familyOf(rules.policyId)) throw refusal(context, 'cycle.otherPolicy')
    const choices = { ...(version == null ? rules.choices : {}), ...readChoices(policy, other, context) }
    const tried = readOverrides(overrides, context)
    const entrants = await entrantsOf(context, rules)
    // What is tried starts from what stands, rulings included; a ruling whose tie is another then decides nothing.
    const rulings = await rulingsIn(context, rules)
    const before = settle(rules.policy, rules.choices, entrants, { rulings })
    const after = settle(policy, choices, entrants, { ...tried, rulings })
    const changed = differences(before, after)
    const listed = changed.slice(0, longest)
    const people = await placesOf(
      context,
      cycle,
      listed.map(({ id }) => id),
    )
    return {
      affects: affected({ changed, counts: countsOf(changed), yuan: movedPay(before, after) }),
      people: listed.map(({ id, differences: all }) => ({
        ...people.get(id)!,
        differences: all.map((one) => ({
          ...differenceSentence(policy, one, context.lang),
          clause: one.clause === undefined ? undefined : clauseOf(policy, one.clause, context.lang).at,
        })),
      })),
    }
  }
}

const affected = ({ changed, counts, yuan: moved }: Pick<Effect, 'changed' | 'counts' | 'yuan'>): Affected => ({
  people: changed.length,
  points: counts.points,
  grades: counts.grade,
  seats: counts.seat,
  leaves: counts.leaves,
  yuan: yuan(moved),
})

type Placed = Omit<ChangedPerson, 'differences'>

async function placesOf(context: Context, cycle: string, sheets: readonly string[]): Promise<Map<string, Placed>> {
  const where = await sheetsWithin(context, cycle, undefined, [sheets])
  const { rows } = await context.pool.query<Placed>(
    named(
      `select s.id as sheet, ${nameFor(actorOf(context))} as name, v.name as village, t.name as town
         from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         join unit v on v.county_id = s.county_id and v.id = s.village_id
         join unit t on t.county_id = s.county_id and t.id = s.town_id
        where ${where.sql} and s.id = any($3::uuid[])`,
      where.values,
    ),
  )
  return new Map(rows.map((row) => [row.sheet, row]))
}
