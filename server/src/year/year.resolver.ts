import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, UnitArg } from '../base/arguments.ts'
import { actorOf, type Context } from '../base/context.ts'
import { changerFor, cycleRules, sheetsWithin } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { Roles } from '../base/roles.ts'
import { holdsAt, recusedFrom } from '../rules/access.ts'
import type { Role } from '../rules/permissions.ts'
import { clauseOf } from '../rules/explain.ts'
import { earlierStages, nextStage, stageDue } from '../rules/stages.ts'
import { dayOfMoment } from '../base/today.ts'
import { moveSheets, type Moved } from './moves.ts'
import { Signature } from './signature.entity.ts'

@ObjectType({ simpleResolvers: true, description: '一个单位在某一步的考核表 / The sheets of a unit that stand at a stage' })
class StageUnit {
  @Field(() => ID, { description: '单位 / Unit' })
  unit!: string

  @Field(() => String, { description: '名称 / Name' })
  name!: string

  @Field(() => Int, { description: '几张 / How many sheets' })
  sheets!: number

  @Field(() => Int, { description: '其中尚未评完 / How many of them are not fully scored' })
  unfinished!: number

  @Field(() => Boolean, { description: '调用者可签字通过或退回 / Whether the caller may sign or send back' })
  may!: boolean

  @Field(() => Boolean, {
    description: '其中有调用者本人或其亲属，须由别人签字 / Whether the caller or a relative is among them: somebody else signs',
  })
  recused!: boolean

  @Field(() => [Roles], { description: '联合签字中已签的角色 / Of joint signatures: the roles that have signed' })
  signed!: Role[]
}

@ObjectType({ simpleResolvers: true, description: '考核程序的一步 / A stage of the procedure' })
class StageOfCycle {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => String, { description: '由谁办 / Who does it' })
  who!: string

  @Field(() => [Roles], { description: '以何角色签字 / The roles that sign' })
  by!: Role[]

  @Field(() => Boolean, { description: '是否须全部角色签字 / Whether every one of them must sign' })
  all!: boolean

  @Field(() => Boolean, { description: '此步可评分 / Whether scores are entered here' })
  writes!: boolean

  @Field(() => String, { description: 'work 办理、publish 公示、file 备案 / What is done there: work, publishing, filing' })
  does!: string

  @Field(() => String, { description: '条款 / Where the clause stands' })
  clause!: string

  @Field(() => String, { nullable: true, description: '期限 / By when it is to be passed' })
  due?: string | undefined

  @Field(() => Boolean, { description: '是否已逾期 / Whether it is late' })
  late!: boolean

  @Field(() => Int, { description: '在此步的考核表 / How many sheets stand here' })
  sheets!: number

  @Field(() => [ID], { description: '可退回到哪些步 / The stages it may be sent back to' })
  backTo!: string[]

  @Field(() => [StageUnit], { description: '各单位 / By unit' })
  units!: StageUnit[]
}

@ObjectType({ simpleResolvers: true, description: '签字的结果 / What a signature did' })
class MoveReply {
  @Field(() => Int, { description: '移动了几张；还等别人签字则为 0 / How many sheets went; none while others must sign' })
  moved!: number

  @Field(() => ID, { description: '现在所在步 / Where they are now' })
  stage!: string

  @Field(() => String, { description: '所签内容的指纹 / SHA-256 of what was signed' })
  hash!: string

  @Field(() => [Roles], { description: '还等哪些角色签字 / The roles still awaited' })
  awaited!: Role[]
}

@InputType({ description: '签字通过，或退回 / Passing sheets on, or sending them back' })
class MoveInput {
  @Field(() => ID, { description: '考核年度 / The cycle' })
  cycle!: string

  @Field(() => ID, { description: '单位：县、镇或村 / County, town or village' })
  unit!: string

  @Field(() => ID, { description: '从哪一步 / From which stage' })
  stage!: string

  @Field(() => ID, {
    nullable: true,
    description: '退回到哪一步；不填为签字通过 / Sent back to which stage; passed on without it',
  })
  backTo?: string | null

  @Field(() => String, { nullable: true, description: '理由，退回时必填 / Reason, needed to send back' })
  reason?: string | null
}

@Resolver()
export class YearResolver {
  @Query(() => [StageOfCycle], { description: '考核程序各步，各单位走到哪里 / The stages, and how far each unit has come' })
  async stages(@CycleArg() cycle: string, @Ctx() context: Context): Promise<StageOfCycle[]> {
    const actor = actorOf(context)
    const { policy, choices, year } = await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, undefined)
    const { rows } = await context.pool.query<{
      stage: string
      unit: string
      name: string
      town: string
      village: string
      sheets: number
      unfinished: number
      recused: boolean
    }>(
      named(
        `select s.stage, u.id as unit, u.name, s.town_id as town, case when u.kind = 'village' then u.id::text else '' end as village,
                count(*)::int as sheets, (count(*) filter (where s.missing > 0))::int as unfinished,
                bool_or(s.coordinator_id = any($${where.values.push(recusedFrom(actor))}::uuid[])) as recused
           from sheet s join unit u on u.county_id = s.county_id
            and u.id = case when s.stage = any($${where.values.push(policy.stages.filter(({ by }) => by.includes('village')).map(({ id }) => id))}) then s.village_id else s.town_id end
          where ${where.sql} group by s.stage, u.id, u.name, u.code, u.kind, s.town_id order by u.code`,
        where.values,
      ),
    )
    const signed = await jointlySigned(context, cycle)
    const today = dayOfMoment(context.now)
    return policy.stages.map((stage, at) => {
      const units = rows.filter((row) => row.stage === stage.id)
      const due = policy.stages.slice(at).flatMap((one) => stageDue(policy, choices, one, year) ?? [])[0]
      const sheets = units.reduce((all, row) => all + row.sheets, 0)
      return {
        id: stage.id,
        title: stage.title[context.lang],
        who: stage.who[context.lang],
        by: stage.by,
        all: stage.all === 'yes',
        writes: stage.writes === 'yes',
        does: stage.does,
        clause: clauseOf(policy, stage.clause, context.lang).at,
        due,
        late: due !== undefined && today > due && sheets > 0 && stage.does !== 'file',
        sheets,
        backTo: stage.does === 'file' ? [] : earlierStages(policy, stage.id).map(({ id }) => id),
        units: units.map(({ unit, name, town, village, sheets: count, unfinished, recused }) => ({
          unit,
          name,
          sheets: count,
          unfinished,
          recused,
          may: !recused && nextStage(policy, stage.id) !== undefined && holdsAt(actor, stage.by, { town, village }),
          signed: stage.all === 'yes' ? (signed.get(`${stage.id} ${unit}`) ?? []) : [],
        })),
      }
    })
  }

  @Query(() => [Signature], { description: '签字和退回，新的在前 / Signatures, latest first' })
  async signatures(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<Signature[]> {
    const actor = actorOf(context)
    await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, unit)
    const { rows } = await context.pool.query<Signature>(
      named(
        `select g.id, g.unit_id as "unitId", g.stage, g.role, g.by, g.at, g.back_to as "backTo", g.sheets, g.hash, g.reason, g.seq
           from signature g
          where g.county_id = $1 and g.cycle_id = $2
            and (g.unit_id = g.county_id or g.unit_id in (select distinct unnest(array[s.town_id, s.village_id]) from sheet s where ${where.sql}))
          order by g.seq desc limit 500`,
        where.values,
      ),
    )
    return rows.map((row) => ({ ...row, by: changerFor(actor, row.by) }))
  }

  @Mutation(() => MoveReply, {
    description: '签字通过一个单位的考核表，或退回 / Passes a unit’s sheets on under one’s signature, or sends them back',
  })
  moveSheets(
    @Arg('input', () => MoveInput, { description: '哪个单位、从哪一步、往哪里 / Which unit, from which stage, where to' })
    input: MoveInput,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<Moved> {
    const { backTo = null, reason = null, ...move } = input
    return moveSheets(context, { ...move, backTo, reason, key })
  }
}

/** Of stages that take several signatures: who has signed what still stands there, by stage and unit. */
async function jointlySigned(context: Context, cycle: string): Promise<Map<string, Role[]>> {
  const { rows } = await context.pool.query<{ place: string; roles: Role[] }>(
    `select g.stage || ' ' || g.unit_id as place, array_agg(distinct g.role) as roles
       from signature g
      where g.county_id = $1 and g.cycle_id = $2 and g.back_to is null
        and not exists (select from sheet_change c join sheet s on s.county_id = c.county_id and s.id = c.sheet_id
                         where c.county_id = g.county_id and c.seq > g.seq and s.cycle_id = g.cycle_id and c.cells ? '@stage'
                           and (s.town_id = g.unit_id or s.village_id = g.unit_id or g.unit_id = g.county_id))
      group by 1`,
    [actorOf(context).county, cycle],
  )
  return new Map(rows.map(({ place, roles }) => [place, roles]))
}
