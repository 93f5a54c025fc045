import type pg from 'pg'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, PolicyArg } from '../base/arguments.ts'
import { enumerate } from '../base/enumerations.ts'
import { act } from '../ledger/act.ts'
import type { Changes } from '../ledger/chain.ts'
import { withDays } from '../core/days.ts'
import { keptOf, peopleKept, recount } from '../core/recount.ts'
import { calendarOf, holdCalendar } from '../core/calendars.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { ChoiceInput, readChoices } from '../base/choices.ts'
import { familyOf, versionOf } from '../base/policies.ts'
import { isDay } from '../rules/days.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { firstStage, stateOf } from '../rules/stages.ts'
import { evaluated } from '../core/evaluated.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import { holdRoster, insertSheets, spanOf } from '../core/roll.ts'
import { Entrant, entrants, entrantsSeen } from './entrants.ts'
import { cycleRules, type CycleRules } from '../core/cycles.ts'
import { lockSheets, lockSheetsOf } from '../core/lock.ts'
import { reasonOf } from '../base/reason.ts'

export const Period = enumerate('Period', '年度，或某一季度 / The year, or a quarter of it', {
  year: '全年 / The whole year',
  q1: '第一季度，1 至 3 月 / First quarter, January to March',
  q2: '第二季度，4 至 6 月 / Second quarter, April to June',
  q3: '第三季度，7 至 9 月 / Third quarter, July to September',
  q4: '第四季度，10 至 12 月 / Fourth quarter, October to December',
})
export type Period = (typeof Period)[keyof typeof Period]

@InputType({ description: '不参加考核的一人及原因 / Somebody left out, and why' })
class ExceptionInput {
  @Field(() => ID, { description: '协理员 / Coordinator' })
  coordinator!: string

  @Field(() => String, { description: '原因 / Reason' })
  reason!: string
}

@InputType({ description: '开启一个考核周期 / Opening a cycle' })
class OpenCycleInput {
  @Field(() => Int, { description: '年度 / Year' })
  year!: number

  @Field(() => Period, { defaultValue: Period.year, description: '年度或季度 / The year or a quarter' })
  period!: Period

  @Field(() => ID, { description: '办法 / Policy' })
  policy!: string

  @Field(() => [ChoiceInput], {
    defaultValue: [],
    description: '所选读法，其余用默认 / Readings chosen; the default of the others',
  })
  choices!: ChoiceInput[]

  @Field(() => String, {
    nullable: true,
    description: '名额基准日；不填为期末 / Base date of the quotas; the last day without it',
  })
  baseDate?: string | null

  @Field(() => [ExceptionInput], { defaultValue: [], description: '不参加的人 / People left out' })
  except!: ExceptionInput[]
}

@ObjectType({ simpleResolvers: true, description: '没有考核表的一人 / Somebody without a sheet' })
class LeftOut {
  @Field(() => ID, { description: '协理员 / Coordinator' })
  coordinator!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '原因 / Reason' })
  reason!: string
}

@ObjectType({ simpleResolvers: true, description: '开启或改用办法的结果 / What opening or changing a cycle did' })
class CycleReply {
  @Field(() => ID, { description: '考核周期 / The cycle' })
  cycle!: string

  @Field(() => Int, { description: '考核表 / How many sheets' })
  sheets!: number

  @Field(() => Int, { description: '未列入的人 / How many people are left out' })
  leftOut!: number

  @Field(() => Int, { description: '改用办法后得分有变的 / How many totals differ under the other version' })
  changed!: number
}

@Resolver()
export class CycleResolver {
  @Mutation(() => CycleReply, {
    description: '开启考核周期，为期内在岗的每个岗位建考核表 / Opens a cycle with a sheet for every posting held in it',
  })
  async openCycle(
    @Arg('input', () => OpenCycleInput, {
      description: '哪一年、哪部办法、谁不参加 / Which year and policy, and who is left out',
    })
    input: OpenCycleInput,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<CycleReply> {
    const actor = actorOf(context)
    const { county } = actor
    const { year, period, policy: policyId } = input
    const { policy, hash } = versionOf(policyId, context)
    const choices = readChoices(policy, input.choices, context)
    if (year < 2000 || year > 2100) throw refusal(context, 'cycle.year')
    const span = spanOf(year, period)
    const [from, to] = span
    const baseDate = input.baseDate ?? to
    if (!isDay(baseDate) || baseDate < from || baseDate > to) throw refusal(context, 'cycle.baseDate', { from, to })
    const except = new Map(
      input.except.map(({ coordinator, reason }) => [coordinator, reasonOf(reason, context, 'cycle.exception')]),
    )

    const says = [year, period, policyId, choices, baseDate, [...except]]
    return act({ ...context, actor }, { kind: 'openCycle', cycle: null, key, says }, async ({ client, id: cycle, seq }) => {
      await holdRoster(client, county, 'read')
      await holdCalendar(client, county, 'read')
      const { rowCount } = await client.query(
        `insert into cycle (county_id, id, year, period, policy_id, policy_hash, choices, state, base_date)
         values ($1, $2, $3, $4, $5, $6, $7, 'open', $8) on conflict do nothing`,
        [county, cycle, year, period, policyId, hash, choices, baseDate],
      )
      if (rowCount === 0) throw refusal(context, 'cycle.exists')
      const { taking, leftOut } = await entrants(client, context, span, except)
      if (taking.length === 0) throw refusal(context, 'cycle.nobody')
      await insertSheets(client, { county, cycle, now: context.now }, { policy, choices }, taking)
      await client.query('update cycle set left_out = $3 where county_id = $1 and id = $2', [
        county,
        cycle,
        JSON.stringify(leftOut),
      ])
      // What is recorded of these people’s absences already counts in the new cycle too.
      const people = policy.absences ? await peopleKept(client, county) : []
      const sheets = (await lockSheetsOf(client, county, people)).filter((sheet) => sheet.cycle === cycle)
      const { rows, changes } = await recount(client, county, sheets, await calendarOf(client, county), await seq())
      const outcome = { cycle, sheets: taking.length, leftOut: leftOut.length, changed: 0 }
      return {
        outcome,
        cycle,
        details: { year, period, policy: policyId, hash, choices, baseDate, sheets: taking.length, leftOut },
        changes,
        rows,
      }
    })
  }

  @Query(() => [Entrant], {
    description: '某一期将列入和不列入的人，开启之前看 / Who would be in a cycle and who not, to be seen before it is opened',
  })
  cycleEntrants(
    @Arg('year', () => Int, { description: '年度 / Year' }) year: number,
    @Arg('period', () => Period, { defaultValue: Period.year, description: '年度或季度 / The year or a quarter' })
    period: Period,
    @Ctx() context: Context,
  ): Promise<Entrant[]> {
    if (year < 2000 || year > 2100) throw refusal(context, 'cycle.year')
    return entrantsSeen(context, spanOf(year, period))
  }

  @Query(() => [LeftOut], { description: '没有考核表的人及原因 / Who has no sheet in the cycle, and why' })
  async leftOut(@CycleArg() id: string, @Ctx() context: Context): Promise<LeftOut[]> {
    await cycleRules(context, id)
    const { rows } = await context.pool.query<LeftOut>(
      `select c.id as coordinator, c.name, l.reason
         from cycle y, jsonb_to_recordset(y.left_out) l(coordinator uuid, reason text) join coordinator c on c.id = l.coordinator
        where y.county_id = $1 and y.id = $2 and c.county_id = $1 order by c.name, c.id`,
      [actorOf(context).county, id],
    )
    return rows
  }

  @Mutation(() => CycleReply, {
    description:
      '本周期改用办法的另一版本或另一读法：全部重算并退回第一步重新签字 / Judges a running cycle by another version or other readings: everything is worked out again and signed again from the first stage',
  })
  async changePolicy(
    @CycleArg() id: string,
    @PolicyArg() policyId: string,
    @Arg('choices', () => [ChoiceInput], {
      defaultValue: [],
      description: '所选读法，代替原来的全部；其余用默认 / Readings chosen, in place of all before; the default of the others',
    })
    chosenNow: ChoiceInput[],
    @Arg('reason', () => String, {
      description: '依据：机关和文号，1 至 200 字 / On what: the authority and its paper, in 1 to 200 characters',
    })
    given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<CycleReply> {
    const actor = actorOf(context)
    const before = await cycleRules(context, id)
    const { policy, hash } = versionOf(policyId, context)
    if (familyOf(policyId) !== familyOf(before.policyId)) throw refusal(context, 'cycle.otherPolicy')
    const choices = readChoices(policy, chosenNow, context)
    const reason = reasonOf(given, context, 'reading.reason')
    const doing = { kind: 'changePolicy', cycle: id, key, says: [policyId, choices], reason } as const
    return act({ ...context, actor }, doing, async ({ client, seq }) => {
      await holdRoster(client, actor.county, 'read')
      await holdCalendar(client, actor.county, 'read')
      const rows = await lockSheets(client, actor.county, { cycle: id })
      if (rows.some(({ state }) => state === 'filed')) throw refusal(context, 'cycle.filed')
      // An approval of what is no longer in force stays on record as one that fell.
      const approvals = Object.fromEntries(
        Object.entries(before.approvals).filter(([one]) => Object.hasOwn(policy.interpretations, one)),
      )
      const { rowCount } = await client.query(
        `update cycle set policy_id = $3, policy_hash = $4, choices = $5, approvals = $6
          where county_id = $1 and id = $2 and state = 'open' and policy_hash = $7`,
        [actor.county, id, policyId, hash, choices, approvals, before.policyHash],
      )
      if (rowCount === 0) throw refusal(context, 'cycle.closed')
      await counted(client, actor.county, before.year, policy, rows)
      const { changes, changed } = again(policy, choices, rows, await seq())
      const details = { from: saidOf(before), to: { policy: policyId, hash, choices }, changed }
      return { outcome: { cycle: id, sheets: rows.length, leftOut: 0, changed }, details, changes, rows }
    })
  }
}

const saidOf = ({ policyId, policyHash, choices }: CycleRules) => ({ policy: policyId, hash: policyHash, choices })

/** What stands beside the cells under a version that counts absences by itself, where the one before did not. */
async function counted(
  client: pg.PoolClient,
  county: string,
  year: number,
  policy: Policy,
  rows: readonly SheetRow[],
): Promise<void> {
  if (!policy.absences) return
  const calendar = await calendarOf(client, county)
  const kept = await keptOf(client, county, [...new Set(rows.map(({ coordinatorId }) => coordinatorId))])
  for (const row of rows) row.beyond = withDays(row.beyond, kept.get(row.coordinatorId) ?? [], year, calendar)
}

/** Every sheet worked out under other rules and back at the first stage, as if nobody had signed. */
function again(
  policy: Policy,
  choices: SheetRow['facts'],
  rows: readonly SheetRow[],
  seq: number,
): { changes: Changes; changed: number } {
  const stage = firstStage(policy)
  const changes: Changes = new Map()
  let changed = 0
  for (const row of rows) {
    const before = { stage: row.stage, total: row.total }
    Object.assign(row, evaluated(policy, choices, row.facts, row.beyond), { stage: stage.id, state: stateOf(stage), seq })
    changes.set(row.id, { '@stage': [before.stage, stage.id], '@total': [before.total, row.total] })
    if (before.total !== row.total) changed++
  }
  return { changes, changed }
}
