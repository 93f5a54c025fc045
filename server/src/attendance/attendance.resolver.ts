import type pg from 'pg'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { act, type Hand } from '../audit/act.ts'
import { actorOf, no, type Context } from '../context.ts'
import { cycleRules, nameFor, sheetsWithin, type CycleRules } from '../cycle/cycles.ts'
import { insertRows, isUuid, named } from '../database/database.ts'
import { newId } from '../database/id.ts'
import { absentDays, spanLength } from '../rules/absences.ts'
import { factsOf } from '../rules/assess.ts'
import { holdsAt, mayScore, type Role } from '../rules/access.ts'
import { isDay } from '../rules/days.ts'
import { canonical } from '../rules/exact.ts'
import { dossierOf, type Beyond } from '../rules/person.ts'
import { ABSENT_DAYS, mayChange, mayKeepAttendance } from '../rules/reopened.ts'
import { lockNamed, reasonOf } from '../ruling/rulings.ts'
import { evaluated } from '../sheet/evaluated.ts'
import { scorePlace, whereOf, type SheetRow } from '../sheet/grid-rows.ts'
import { stillAsRead } from '../year/moves.ts'
import { daysSaid, type KeptDay } from './days.ts'

@InputType({ description: '一次缺勤，或一次查岗 / Days away, or a spot check' })
class AttendanceInput {
  @Field(() => String, { description: 'absence 缺勤、spotCheck 查岗' })
  kind!: string

  @Field(() => String, { description: '起 / First day' })
  from!: string

  @Field(() => String, { description: '止；查岗同起 / Last day; of a spot check the same' })
  to!: string

  @Field(() => Boolean, { defaultValue: false, description: '半天，限一天 / Half a day, of one day only' })
  half!: boolean

  @Field(() => Boolean, { defaultValue: false, description: '已准假 / On leave' })
  excused!: boolean

  @Field(() => Boolean, { defaultValue: false, description: '说明了理由 / A reason was given' })
  reasonGiven!: boolean

  @Field(() => Boolean, { defaultValue: false, description: '查岗时在岗 / At the post when checked' })
  onPost!: boolean
}

@ObjectType({ simpleResolvers: true, description: '一条考勤记录 / An attendance record' })
class AttendanceRecord {
  @Field(() => ID, { description: 'Id' })
  id!: string

  @Field(() => String, { description: 'absence 缺勤、spotCheck 查岗' })
  kind!: string

  @Field(() => String, { description: '起 / First day' })
  from!: string

  @Field(() => String, { description: '止 / Last day' })
  to!: string

  @Field(() => Boolean, { description: '半天 / Half a day' })
  half!: boolean

  @Field(() => Boolean, { nullable: true, description: '已准假 / On leave' })
  excused!: boolean | null

  @Field(() => Boolean, { nullable: true, description: '说明了理由 / A reason was given' })
  reasonGiven!: boolean | null

  @Field(() => Boolean, { nullable: true, description: '在岗 / At the post' })
  onPost!: boolean | null

  @Field(() => String, { description: '何人 / Who' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => Boolean, { description: '调用者可改、可收回 / Whether the caller may change or take it back' })
  may!: boolean
}

@ObjectType({ simpleResolvers: true, description: '由考勤算出的一项 / Something found from the records' })
class FoundFact {
  @Field(() => ID, { description: '字段 / Field' })
  field!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => String, { description: '值 / Value' })
  value!: string
}

@ObjectType({ simpleResolvers: true, description: '一张考核表的考勤 / The attendance of a sheet' })
class SheetAttendance {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => [AttendanceRecord], { description: '记录，早的在前 / Records, earliest first' })
  records!: AttendanceRecord[]

  @Field(() => [FoundFact], { description: '由记录算出、已计入的 / What is found from them and counts' })
  found!: FoundFact[]

  @Field(() => String, { nullable: true, description: '评分表里的旷工天数 / Days absent as the sheet has them' })
  entered!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      '考勤记录的旷工天数，供采用；办法自动计算的为空 / Days absent on record, to be taken over; none where they count by themselves',
  })
  proposed!: string | null

  @Field(() => Boolean, { description: '调用者可记考勤 / Whether the caller records attendance here now' })
  may!: boolean

  @Field(() => Boolean, { description: '调用者可采用 / Whether the caller may take the days over' })
  mayTake!: boolean
}

/** Attendance is the officer’s and the bureau’s; whoever scores has no hand in it (requirements A11). */
const keepers: readonly Role[] = ['attendanceOfficer', 'countyBureau']

interface Kept extends KeptDay {
  id: string
  sheet: string
  half: boolean
  account: string
  by: string
  at: Date
}
const keptColumns = `r.id, r.sheet_id as sheet, r.kind, r.first_day::text as "from", r.last_day::text as "to", r.half, r.excused, r.reason_given as "reasonGiven",
  r.on_post as "onPost", r.account_id as account, r.by, r.at`

@Resolver()
export class AttendanceResolver {
  @Query(() => [SheetAttendance], {
    description: '缺勤和查岗，及由此算出的 / Absences, spot checks, and what is found from them',
  })
  async attendance(
    @Arg('cycle', () => ID) cycle: string,
    @Arg('unit', () => ID, { nullable: true }) unit: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<SheetAttendance[]> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const { policy, choices } = rules
    const where = await sheetsWithin(context, cycle, unit)
    const { rows } = await context.pool.query<SheetRow & { name: string; village: string; records: Kept[] }>(
      named(
        `select s.id, s.stage, s.state, s.reopened, s.facts, s.beyond, s.coordinator_id as "coordinatorId", s.village_id as "villageId", s.town_id as "townId",
                ${nameFor(actor)} as name, v.name as village,
                coalesce((select json_agg(k order by k."from", k.id) from (
                            select ${keptColumns} from attendance r
                             where r.county_id = s.county_id and r.sheet_id = s.id and r.ended_seq is null) k), '[]') as records
           from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
           join unit v on v.county_id = s.county_id and v.id = s.village_id
          where ${where.sql} order by s.line`,
        where.values,
      ),
    )
    const hasCell = !policy.absences && policy.facts.some(({ id }) => id === ABSENT_DAYS)
    return rows.map((row) => {
      const may = row.state === 'open' && mayKeepAttendance(policy, row.reopened) && holdsAt(actor, keepers, whereOf(row))
      const facts = factsOf(policy, choices, dossierOf(row.facts, row.beyond))
      return {
        sheet: row.id,
        name: row.name,
        village: row.village,
        may,
        records: row.records.map((one) => ({ ...one, at: new Date(one.at), may: may && mayEnd(context, one) })),
        found: (policy.absences?.facts ?? []).flatMap(({ fact }) =>
          facts[fact] === undefined
            ? []
            : [
                {
                  field: fact,
                  title: policy.facts.find(({ id }) => id === fact)?.title[context.lang] ?? fact,
                  value: facts[fact],
                },
              ],
        ),
        entered: hasCell ? (row.facts[ABSENT_DAYS] ?? null) : null,
        proposed: hasCell
          ? canonical(absentDays(row.records.filter(({ kind, excused }) => kind === 'absence' && !excused)))
          : null,
        mayTake: hasCell && mayChange(row.reopened, ABSENT_DAYS) && mayScore(actor, scorePlace(policy, row)),
      }
    })
  }

  @Mutation(() => [ID], {
    description:
      '给若干人记缺勤或查岗，或以新记录代替旧的（每张表一条）/ Records absences or checks, or puts one in another’s place',
  })
  async recordAbsence(
    @Arg('cycle', () => ID) cycle: string,
    @Arg('sheets', () => [ID]) sheets: string[],
    @Arg('input', () => AttendanceInput) input: AttendanceInput,
    @Arg('replaces', () => ID, { nullable: true, description: '更正哪一条 / Which record it corrects' })
    replaces: string | null | undefined,
    @Arg('key', () => String) key: string,
    @Ctx() context: Context,
  ): Promise<string[]> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    check(context, rules, input)
    const says = [[...sheets].sort(), { ...input }, replaces ?? null]
    return act({ ...context, actor }, { kind: 'absence', cycle, key, says }, async (hand) => {
      const rows = await lockKept(hand.client, context, rules, sheets)
      const number = await hand.seq()
      const before = replaces == null ? undefined : await endOne(hand, context, replaces, number)
      if (before && (rows.length !== 1 || before.sheet !== rows[0]!.id)) throw no(context, 'attendance.unknown')
      const ids = rows.map(() => newId(context.now.getTime()))
      const { kind, from, to, half, excused, reasonGiven, onPost } = input
      const away = kind === 'absence'
      await insertRows(
        hand.client,
        'attendance',
        rows.map(({ id: sheet }, at) => ({
          county_id: actor.county,
          id: ids[at],
          cycle_id: cycle,
          sheet_id: sheet,
          kind,
          first_day: from,
          last_day: to,
          half,
          excused: away ? excused : null,
          reason_given: away ? reasonGiven : null,
          on_post: away ? null : onPost,
          account_id: actor.id,
          by: actor.name,
          at: context.now,
          seq: number,
        })),
      )
      const changes = await recount(hand.client, context, rules, rows, number, (row) => ({
        [`@${kind}.${ids[rows.indexOf(row)]!}`]: [before ? spanOf(before) : null, spanOf(input)],
      }))
      return {
        outcome: ids,
        details: { ...input, sheets: rows.map(({ id }) => id), records: ids, replaces: before ?? null },
        changes,
        rows,
      }
    })
  }

  @Mutation(() => Int, { description: '收回一条考勤记录，须写理由 / Takes a record back, with a reason' })
  async endAttendance(
    @Arg('cycle', () => ID) cycle: string,
    @Arg('record', () => ID) record: string,
    @Arg('reason', () => String) given: string,
    @Arg('key', () => String) key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const reason = reasonOf(given, context)
    return act({ ...context, actor }, { kind: 'absence', cycle, key, says: ['withdraw', record], reason }, async (hand) => {
      const { rows: of } = await hand.client.query<{ sheet: string }>(
        'select sheet_id as sheet from attendance where county_id = $1 and id = $2 and cycle_id = $3 and ended_seq is null',
        [actor.county, isUuid(record) ? record : null, cycle],
      )
      if (!of[0]) throw no(context, 'attendance.unknown')
      const rows = await lockKept(hand.client, context, rules, [of[0].sheet])
      const number = await hand.seq()
      const before = await endOne(hand, context, record, number)
      const changes = await recount(hand.client, context, rules, rows, number, () => ({
        [`@${before.kind}.${record}`]: [spanOf(before), null],
      }))
      return { outcome: 1, details: { withdrawn: before }, changes, rows }
    })
  }
}

const mayEnd = (context: Context, { account }: Pick<Kept, 'account'>): boolean => {
  const actor = actorOf(context)
  return account === actor.id || actor.grants.some(({ role }) => role === 'countyBureau')
}

/** A record as the history of a sheet tells it. */
const spanOf = ({
  from,
  to,
  half,
  excused,
  onPost,
  kind,
}: Pick<Kept, 'from' | 'to' | 'half' | 'excused' | 'onPost' | 'kind'>): string =>
  kind === 'spotCheck'
    ? `${from} ${onPost ? '在岗' : '空岗'}`
    : `${from}${to === from ? '' : ` – ${to}`}${half ? ' 半天' : ''} ${excused ? '准假' : '旷工'}`

/** Throws `attendance.days`, `attendance.half`, `attendance.kind`, `attendance.check`. */
function check(context: Context, { policy, year }: CycleRules, { kind, from, to, half }: AttendanceInput): void {
  if (kind !== 'absence' && kind !== 'spotCheck') throw no(context, 'attendance.kind')
  if (!isDay(from) || !isDay(to) || to < from || !from.startsWith(String(year)) || !to.startsWith(String(year)))
    throw no(context, 'attendance.days', { year: String(year) })
  if (kind === 'spotCheck' && (from !== to || !policy.absences)) throw no(context, 'attendance.check')
  if (half && (kind !== 'absence' || spanLength({ from, to }) > 1 || policy.absences)) throw no(context, 'attendance.half')
}

/** Sheets whose attendance the caller keeps, locked. Throws `sheet.unknown`, `recused`, `attendance.notYours`, `appeal.onlyNamed`, `cycle.closed`. */
async function lockKept(
  client: Hand['client'],
  context: Context,
  rules: CycleRules,
  sheets: readonly string[],
): Promise<SheetRow[]> {
  const actor = actorOf(context)
  const rows = await lockNamed(client, context, rules.id, sheets)
  if (rows.some((row) => row.state !== 'open' || !holdsAt(actor, keepers, whereOf(row)))) throw no(context, 'attendance.notYours')
  if (rows.some(({ reopened }) => !mayKeepAttendance(rules.policy, reopened))) throw no(context, 'appeal.onlyNamed')
  if (!(await stillAsRead(client, actor, rules))) throw no(context, 'cycle.closed')
  return rows
}

/** Ends a record of the caller’s own, or any for the bureau. Throws `attendance.unknown`, `attendance.others`. */
async function endOne({ client }: Hand, context: Context, id: string, seq: number): Promise<Kept> {
  const { rows } = await client.query<Kept>(
    `select ${keptColumns} from attendance r where r.county_id = $1 and r.id = $2 and r.ended_seq is null for update`,
    [actorOf(context).county, isUuid(id) ? id : null],
  )
  const found = rows[0]
  if (!found) throw no(context, 'attendance.unknown')
  if (!mayEnd(context, found)) throw no(context, 'attendance.others')
  await client.query('update attendance set ended_seq = $3 where county_id = $1 and id = $2', [actorOf(context).county, id, seq])
  return found
}

/** The sheets as their records now make them; a policy that asks for the cell instead is left as it is. */
async function recount(
  client: pg.PoolClient,
  context: Context,
  { policy, choices, year }: CycleRules,
  rows: readonly SheetRow[],
  seq: number,
  turns: (row: SheetRow) => Record<string, [string | null, string | null]>,
): Promise<Map<string, Record<string, [string | null, string | null]>>> {
  const { rows: kept } = await client.query<Kept>(
    `select ${keptColumns} from attendance r where r.county_id = $1 and r.sheet_id = any($2::uuid[]) and r.ended_seq is null order by r.first_day, r.id`,
    [actorOf(context).county, rows.map(({ id }) => id)],
  )
  for (const row of rows) {
    row.seq = seq
    if (!policy.absences) continue
    const own = kept.filter(({ sheet }) => sheet === row.id)
    const beyond: Beyond = { ...row.beyond, ...daysSaid(own, year) }
    Object.assign(row, { beyond, ...evaluated(policy, choices, row.facts, beyond) })
  }
  return new Map(rows.map((row) => [row.id, turns(row)]))
}
