import { Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg } from '../base/arguments.ts'
import { enumerate } from '../base/enumerations.ts'
import { actorOf, type Context } from '../base/context.ts'
import { cycleRules, sheetsWithin } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { cohortOf } from '../result/cohort.ts'
import { sightOf } from '../rules/access.ts'
import { due, type DutyState } from '../rules/due.ts'
import { clauseOf } from '../rules/explain.ts'
import { dutiesDone, stageDue } from '../rules/stages.ts'
import { dayOfMoment } from '../base/today.ts'

const DutyStates = enumerate<DutyState>('DutyState', '日历中一项的状态 / How a duty of the calendar stands', {
  ahead: '未到 / To come',
  open: '期内 / In its time',
  overdue: '逾期未办 / Over and not done',
  past: '已过，无从得知是否办了 / Over, with nothing on record to say whether it was done',
})

@ObjectType({ simpleResolvers: true, description: '日历中的一项 / A duty of the policy’s calendar' })
class DutyDue {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '内容 / What' })
  title!: string

  @Field(() => String, { description: '从哪天起 / From' })
  from!: string

  @Field(() => String, { description: '到哪天止 / By' })
  by!: string

  @Field(() => Int, { description: '还剩几天，已过的为负 / Days left, negative once it is over' })
  daysLeft!: number

  @Field(() => Int, { description: '逾期几天，没有逾期的为 0 / Days overdue, 0 where it is not' })
  daysLate!: number

  @Field(() => DutyStates, { description: '状态 / How it stands' })
  state!: DutyState

  @Field(() => Boolean, { description: '现在是否在期内 / Whether its time has come' })
  open!: boolean

  @Field(() => String, { description: '条款 / Where the clause stands' })
  clause!: string
}

@ObjectType({ simpleResolvers: true, description: '一个名目和个数 / A name and a count' })
class Counted {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '名称 / Name' })
  name!: string

  @Field(() => Int, { description: '个数 / Count' })
  count!: number
}

@ObjectType({ simpleResolvers: true, description: '一个镇（街道）走到哪里 / How far a town has come' })
class TownProgress {
  @Field(() => ID, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => String, { description: '名称 / Name' })
  name!: string

  @Field(() => Int, { description: '考核表 / Sheets' })
  sheets!: number

  @Field(() => Int, { description: '尚未评完的 / Sheets not fully scored' })
  unfinished!: number

  @Field(() => Int, { description: '所在步骤已过期限的 / Sheets at a stage whose time is over' })
  late!: number

  @Field(() => [Counted], { description: '各步的考核表 / Sheets by stage' })
  stages!: Counted[]

  @Field(() => [Counted], {
    description: '各等次人数，未定的为 panel；看不到全镇的没有 / People by grade, `panel` where it is open',
  })
  grades!: Counted[]

  @Field(() => Int, { nullable: true, description: '优秀等名额 / Seats of the quota' })
  cap!: number | null

  @Field(() => Int, { nullable: true, description: '已占 / Seats taken' })
  taken!: number | null

  @Field(() => Int, { nullable: true, description: '并列待裁定的人 / People who contend' })
  contested!: number | null
}

@Resolver()
export class OverviewResolver {
  @Query(() => [DutyDue], {
    description:
      '本考核年度日历中未办的，按期限；办完的不列 / The duties of the cycle’s own year that are not done, soonest first',
  })
  async duties(@CycleArg() cycle: string, @Ctx() context: Context): Promise<DutyDue[]> {
    const { policy, choices, year } = await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, undefined)
    const { rows } = await context.pool.query<{ stage: string }>(
      named(`select distinct s.stage from sheet s where ${where.sql}`, where.values),
    )
    const done = dutiesDone(
      policy,
      rows.map(({ stage }) => stage),
    )
    return due(policy, choices, { year, on: dayOfMoment(context.now), done }).map(({ title, clause, ...duty }) => ({
      ...duty,
      title: title[context.lang],
      open: duty.state === 'open',
      daysLate: duty.state === 'overdue' ? -duty.daysLeft : 0,
      clause: clauseOf(policy, clause, context.lang).at,
    }))
  }

  @Query(() => [TownProgress], { description: '各镇（街道）的进度、等次和名额 / Progress, grades and seats by town' })
  async progress(@CycleArg() cycle: string, @Ctx() context: Context): Promise<TownProgress[]> {
    const rules = await cycleRules(context, cycle)
    const { policy, choices, year } = rules
    const where = await sheetsWithin(context, cycle, undefined)
    const { rows } = await context.pool.query<{ town: string; name: string; stage: string; sheets: number; unfinished: number }>(
      named(
        `select s.town_id as town, t.name, s.stage, count(*)::int as sheets, (count(*) filter (where s.missing > 0))::int as unfinished
           from sheet s join unit t on t.county_id = s.county_id and t.id = s.town_id
          where ${where.sql} group by s.town_id, t.name, t.code, s.stage order by t.code`,
        where.values,
      ),
    )
    const today = dayOfMoment(context.now)
    const over = new Set(
      policy.stages.flatMap((stage, at) => {
        const by = policy.stages.slice(at).flatMap((one) => stageDue(policy, choices, one, year) ?? [])[0]
        return by !== undefined && today > by && stage.does !== 'file' ? [stage.id] : []
      }),
    )
    const sight = sightOf(actorOf(context))
    const whole = (town: string) => sight === 'county' || sight.towns.includes(town)
    const { members, outcomes, groups } = await cohortOf(context, rules, undefined)
    const people = Map.groupBy(
      members.filter(({ counted }) => counted),
      ({ group }) => group.town!,
    )
    const ladder = [
      ...policy.grades.ladder.map(({ id, title }) => ({ id, name: title[context.lang] })),
      { id: 'panel', name: context.lang === 'zh' ? '待评定' : 'Panel decides' },
    ]
    return [...Map.groupBy(rows, ({ town }) => town)].map(([town, own]) => {
      const sum = (of: (row: (typeof own)[number]) => number) => own.reduce((all, row) => all + of(row), 0)
      const group = whole(town) ? groups.find((one) => one.groups.includes(town)) : undefined
      const grades = whole(town) ? (people.get(town) ?? []).map(({ id }) => outcomes.get(id)!.grade ?? 'panel') : []
      return {
        town,
        name: own[0]!.name,
        sheets: sum(({ sheets }) => sheets),
        unfinished: sum(({ unfinished }) => unfinished),
        late: sum(({ stage, sheets }) => (over.has(stage) ? sheets : 0)),
        stages: policy.stages.map(({ id, title }) => ({
          id,
          name: title[context.lang],
          count: own.find(({ stage }) => stage === id)?.sheets ?? 0,
        })),
        grades: ladder.flatMap((grade) => {
          const count = grades.filter((one) => one === grade.id).length
          return count > 0 ? [{ ...grade, count }] : []
        }),
        cap: group?.cap ?? null,
        taken: group?.taken ?? null,
        contested: group?.contested.length ?? null,
      }
    })
  }
}
