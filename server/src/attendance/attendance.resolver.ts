import type pg from 'pg'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg, SheetsArg, UnitArg } from '../base/arguments.ts'
import { act, type Hand } from '../ledger/act.ts'
import type { Changes, Turn } from '../ledger/chain.ts'
import { actorOf, no, type Context } from '../base/context.ts'
import { cycleRules, nameFor, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { insertRows, isUuid, named } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { policies } from '../base/policies.ts'
import { calendarOf, holdCalendar } from '../core/calendars.ts'
import { provisionalField, provisionalSays } from '../core/provisional.ts'
import { absentDays, calendarOfSpans, postingOfDay, spanLength } from '../rules/absences.ts'
import { factsOf } from '../rules/assess.ts'
import { holdsAt, mayScore, type Actor } from '../rules/access.ts'
import type { Role } from '../rules/permissions.ts'
import { isDay, type Day } from '../rules/days.ts'
import { canonical } from '../rules/exact.ts'
import { dossierOf } from '../rules/person.ts'
import { wayIn } from '../rules/policy/readings.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { ABSENT_DAYS, mayChange, mayKeepAttendance } from '../rules/reopened.ts'
import { reasonOf } from '../base/reason.ts'
import { scorePlace, whereOf, type SheetRow } from '../base/sheet-row.ts'
import { stillAsRead } from '../year/moves.ts'
import { absencesIn, keptOfYear } from '../core/days.ts'
import { keptColumns, keptOf, recount, type Kept } from '../core/recount.ts'
import { lockNamed, lockSheetsOf, type OpenSheet } from '../core/lock.ts'

@InputType({ description: '一次缺勤，或一次查岗 / Days away, or a spot check' })
class AttendanceInput {
  @Field(() => String, { description: 'absence 缺勤、spotCheck 查岗 / An absence or a spot check' })
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
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: 'absence 缺勤、spotCheck 查岗 / An absence or a spot check' })
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

  @Field(() => String, {
    nullable: true,
    description: '在别的考核周期下登记的，其年度和办法 / The other cycle under which it was recorded',
  })
  elsewhere!: string | null

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

  @Field(() => [AttendanceRecord], {
    description:
      '本人计入本年度的记录，早的在前，含在别处登记的 / The person’s records that the year counts, wherever recorded, earliest first',
  })
  records!: AttendanceRecord[]

  @Field(() => [FoundFact], { description: '由记录算出、已计入的 / What is found from them and counts' })
  found!: FoundFact[]

  @Field(() => String, { nullable: true, description: '评分表里的旷工天数 / Days absent as the sheet has them' })
  entered!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      '考勤记录中属于本岗位期间的旷工天数，供采用；办法自动计算的为空 / Days absent on record within the posting, to be taken over; none where they count by themselves',
  })
  proposed!: string | null

  @Field(() => String, {
    nullable: true,
    description: provisionalField,
  })
  provisional!: string | null

  @Field(() => Boolean, { description: '调用者可记考勤 / Whether the caller records attendance here now' })
  may!: boolean

  @Field(() => Boolean, { description: '调用者可采用 / Whether the caller may take the days over' })
  mayTake!: boolean
}

/** Attendance is the officer’s and the bureau’s; whoever scores has no hand in it (requirements A11). */
const keepers: readonly Role[] = ['attendanceOfficer', 'countyBureau']

@Resolver()
export class AttendanceResolver {
  @Query(() => [SheetAttendance], {
    description: '缺勤和查岗，及由此算出的 / Absences, spot checks, and what is found from them',
  })
  async attendance(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<SheetAttendance[]> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const { policy, choices } = rules
    const where = await sheetsWithin(context, cycle, unit)
    const { rows } = await context.pool.query<SheetRow & { name: string; village: string }>(
      named(
        `select s.id, s.stage, s.state, s.reopened, s.facts, s.beyond, s.coordinator_id as "coordinatorId", s.village_id as "villageId", s.town_id as "townId",
                ${nameFor(actor)} as name, v.name as village
           from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
           join unit v on v.county_id = s.county_id and v.id = s.village_id
          where ${where.sql} order by s.line`,
        where.values,
      ),
    )
    const people = [...new Set(rows.map(({ coordinatorId }) => coordinatorId))]
    const [calendar, kept, cycles, held] = await Promise.all([
      calendarOf(context.pool, actor.county),
      keptOf(context.pool, actor.county, people),
      cyclesNamed(context),
      postingsOf(context.pool, actor.county, cycle, people),
    ])
    const hasCell = !policy.absences && policy.facts.some(({ id }) => id === ABSENT_DAYS)
    const year = String(rules.year)
    return rows.map((row) => {
      const postings = held.get(row.coordinatorId)!
      // A record may be corrected as long as one of the person’s sheets takes attendance from the caller.
      const mayCorrect = postings.some((one) => mayKeep(actor, policy, one))
      const facts = factsOf(policy, choices, dossierOf(row.facts, row.beyond))
      const records = keptOfYear(kept.get(row.coordinatorId) ?? [], rules.year, calendar)
      const absences = absencesIn(records)
      return {
        sheet: row.id,
        name: row.name,
        village: row.village,
        may: mayKeep(actor, policy, row),
        records: records.map((one) => ({
          ...one,
          at: new Date(one.at),
          elsewhere: one.cycle === cycle ? null : (cycles.get(one.cycle) ?? ''),
          may: mayCorrect && mayEnd(context, one),
        })),
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
          ? canonical(
              absentDays(absences, {
                year,
                days: daysCounted(rules),
                calendar,
                own: (day) => postingOfDay(postings, day).id === row.id,
              }),
            )
          : null,
        provisional: provisionalSays(
          context.lang,
          absences,
          policy.absences ? (row.beyond.calendar ?? calendarOfSpans(absences, calendar)) : calendar,
        ),
        mayTake: hasCell && mayChange(row.reopened, ABSENT_DAYS) && mayScore(actor, scorePlace(policy, row)),
      }
    })
  }

  @Mutation(() => [ID], {
    description:
      '给若干人记缺勤或查岗，或以新记录代替旧的（每人一条，凡涉及的考核表都计）/ Records absences or checks, one a person, or puts one in another’s place; each counts on every sheet of theirs that it touches',
  })
  async recordAbsence(
    @CycleArg() cycle: string,
    @SheetsArg() sheets: string[],
    @Arg('input', () => AttendanceInput, { description: '所记的缺勤或查岗 / What is recorded' }) input: AttendanceInput,
    @Arg('replaces', () => ID, { nullable: true, description: '更正哪一条 / Which record it corrects' })
    replaces: string | null | undefined,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string[]> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    check(context, rules, input)
    const says = [[...sheets].sort(), { ...input }, replaces ?? null]
    return act({ ...context, actor }, { kind: 'absence', cycle, key, says }, async (hand) => {
      await holdCalendar(hand.client, actor.county, 'read')
      const meant = replaces == null ? sheets : await sheetsToCorrect(hand.client, context, rules, replaces, sheets)
      const { named: rows, all } = await lockKept(hand.client, context, rules, meant)
      const calendar = await calendarOf(hand.client, actor.county)
      const number = await hand.seq()
      // Of somebody with several sheets in the cycle one record is enough.
      const people = [...new Map(rows.map((row) => [row.coordinatorId, row])).values()]
      const before = replaces == null ? undefined : await endOne(hand, context, replaces, number)
      if (before && (people.length !== 1 || before.coordinator !== people[0]!.coordinatorId))
        throw no(context, 'attendance.unknown')
      const ids = people.map(() => newId(context.now.getTime()))
      const { kind, from, to, half, excused, reasonGiven, onPost } = input
      const away = kind === 'absence'
      await insertRows(
        hand.client,
        'attendance',
        people.map(({ id: sheet, coordinatorId }, at) => ({
          county_id: actor.county,
          id: ids[at],
          coordinator_id: coordinatorId,
          cycle_id: cycle,
          sheet_id: sheet,
          kind,
          first_day: from,
          last_day: to,
          half,
          excused: away ? excused : null,
          // Leave that was approved has its reason.
          reason_given: away ? excused || reasonGiven : null,
          on_post: away ? null : onPost,
          account_id: actor.id,
          by: actor.name,
          at: context.now,
          seq: number,
        })),
      )
      const recordOf = new Map(people.map(({ coordinatorId }, at) => [coordinatorId, ids[at]!]))
      const done = await recount(hand.client, actor.county, all, calendar, number, takesAttendance)
      const touched = turned(rows, done.rows, number, ({ coordinatorId }) => ({
        [`@${kind}.${recordOf.get(coordinatorId)!}`]: [before ? spanOf(before) : null, spanOf(input)],
      }))
      return {
        outcome: ids,
        details: { ...input, sheets: touched.rows.map(({ id }) => id), records: ids, replaces: before ?? null, left: done.filed },
        ...touched,
      }
    })
  }

  @Mutation(() => Int, { description: '收回一条考勤记录，须写理由 / Takes a record back, with a reason' })
  async endAttendance(
    @CycleArg() cycle: string,
    @Arg('record', () => ID, { description: '考勤记录，见 attendance / The record, see `attendance`' }) record: string,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const reason = reasonOf(given, context)
    return act({ ...context, actor }, { kind: 'absence', cycle, key, says: ['withdraw', record], reason }, async (hand) => {
      await holdCalendar(hand.client, actor.county, 'read')
      const kept = await sheetsToCorrect(hand.client, context, rules, record, [])
      if (kept.length === 0) throw no(context, 'attendance.unknown')
      const { named: rows, all } = await lockKept(hand.client, context, rules, kept)
      const calendar = await calendarOf(hand.client, actor.county)
      const number = await hand.seq()
      const before = await endOne(hand, context, record, number)
      const done = await recount(hand.client, actor.county, all, calendar, number, takesAttendance)
      const touched = turned(rows, done.rows, number, () => ({ [`@${before.kind}.${record}`]: [spanOf(before), null] }))
      return { outcome: 1, details: { withdrawn: before, left: done.filed }, ...touched }
    })
  }
}

/** Whether attendance can still be recorded on a sheet, by whoever keeps it: it has not passed on. */
const takesAttendance = (policy: Policy, { state, reopened }: Pick<SheetRow, 'state' | 'reopened'>): boolean =>
  state === 'open' && mayKeepAttendance(policy, reopened)

type Place = Pick<SheetRow, 'coordinatorId' | 'villageId' | 'townId'>

const mayKeep = (actor: Actor, policy: Policy, sheet: Pick<SheetRow, 'state' | 'reopened'> & Place): boolean =>
  takesAttendance(policy, sheet) && holdsAt(actor, keepers, whereOf(sheet))

/** A sheet of somebody with the days of its posting. */
interface Held extends Place, Pick<SheetRow, 'id' | 'state' | 'reopened'> {
  startsOn: Day
  endsOn: Day | null
}

/** All the sheets of people in a cycle, by person, in the order of the roll, whoever asks. */
async function postingsOf(
  client: pg.Pool | pg.PoolClient,
  county: string,
  cycle: string,
  people: readonly string[],
): Promise<Map<string, Held[]>> {
  const { rows } = await client.query<Held>(
    `select s.id, s.state, s.reopened, s.coordinator_id as "coordinatorId", s.village_id as "villageId", s.town_id as "townId",
            p.starts_on::text as "startsOn", p.ends_on::text as "endsOn"
       from sheet s join posting p on p.county_id = s.county_id and p.id = s.posting_id
      where s.county_id = $1 and s.cycle_id = $2 and s.coordinator_id = any($3::uuid[]) order by s.line`,
    [county, cycle, people],
  )
  return Map.groupBy(rows, ({ coordinatorId }) => coordinatorId)
}

/**
 * The sheets under which a record is corrected: those of its person that take attendance from the caller, of the sheets
 * named where any is one. Where there is none, those named, or one of the person’s, for the refusal to say why.
 */
async function sheetsToCorrect(
  client: pg.PoolClient,
  context: Context,
  { id: cycle, policy }: CycleRules,
  record: string,
  named: readonly string[],
): Promise<readonly string[]> {
  const actor = actorOf(context)
  const { rows } = await client.query<{ person: string }>(
    'select coordinator_id as person from attendance where county_id = $1 and id = $2 and ended_seq is null',
    [actor.county, isUuid(record) ? record : null],
  )
  const own =
    (
      await postingsOf(
        client,
        actor.county,
        cycle,
        rows.map(({ person }) => person),
      )
    ).get(rows[0]?.person ?? '') ?? []
  const ids = own.map(({ id }) => id)
  if (named.some((id) => !ids.includes(id))) return named
  const kept = own.filter((one) => mayKeep(actor, policy, one)).map(({ id }) => id)
  const both = kept.filter((id) => named.includes(id))
  return [both, kept, named, ids.slice(0, 1)].find((some) => some.length > 0) ?? []
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

/** The county's cycles by year and policy, as a record says where it was made. */
async function cyclesNamed({ pool, lang, ...context }: Context): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ id: string; year: number; policy: string }>(
    'select id, year, policy_id as policy from cycle where county_id = $1',
    [actorOf({ lang, ...context }).county],
  )
  return new Map(rows.map(({ id, year, policy }) => [id, `${year} ${policies().get(policy)?.policy.title[lang] ?? policy}`]))
}

/** By which days the number is proposed that a policy asks for: in working days where it leaves no question open. */
const daysCounted = ({ policy, choices }: CycleRules) =>
  policy.absentDays ? wayIn(policy, choices, policy.absentDays.days) : 'workingDays'

/** Throws `attendance.days`, `attendance.half`, `attendance.kind`, `attendance.check`. */
function check(context: Context, { policy, year }: CycleRules, { kind, from, to, half }: AttendanceInput): void {
  if (kind !== 'absence' && kind !== 'spotCheck') throw no(context, 'attendance.kind')
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  if (!isDay(from) || !isDay(to) || to < from || to < first || from > last || spanLength({ from, to }) > 366)
    throw no(context, 'attendance.days', { year: String(year) })
  if (kind === 'spotCheck' && (from !== to || !policy.absences)) throw no(context, 'attendance.check')
  if (half && (kind !== 'absence' || from !== to)) throw no(context, 'attendance.half')
}

/**
 * Sheets whose attendance the caller keeps, and with them all the sheets of their people in open cycles, locked. Throws
 * `sheet.unknown`, `recused`, `attendance.notYours`, `appeal.onlyNamed`, `cycle.closed`.
 */
async function lockKept(
  client: Hand['client'],
  context: Context,
  rules: CycleRules,
  sheets: readonly string[],
): Promise<{ named: SheetRow[]; all: OpenSheet[] }> {
  const actor = actorOf(context)
  const { rows: people } = await client.query<{ id: string }>(
    'select distinct coordinator_id as id from sheet where county_id = $1 and cycle_id = $2 and id = any($3::uuid[])',
    [actor.county, rules.id, sheets.filter(isUuid)],
  )
  const all = await lockSheetsOf(
    client,
    actor.county,
    people.map(({ id }) => id),
  )
  const rows = await lockNamed(client, context, rules.id, sheets)
  if (rows.some((row) => row.state !== 'open' || !holdsAt(actor, keepers, whereOf(row)))) throw no(context, 'attendance.notYours')
  if (rows.some(({ reopened }) => !mayKeepAttendance(rules.policy, reopened))) throw no(context, 'appeal.onlyNamed')
  if (!(await stillAsRead(client, actor, rules))) throw no(context, 'cycle.closed')
  const own = new Map(all.map((row) => [row.id, row]))
  return { named: rows.map((row) => own.get(row.id) ?? row), all }
}

/** The sheets that were named or that come out otherwise, with the turn of the record beside whatever else turned. */
function turned(
  named: readonly SheetRow[],
  recounted: readonly SheetRow[],
  seq: number,
  turns: (row: SheetRow) => Record<string, Turn>,
): { rows: SheetRow[]; changes: Changes } {
  const rows = [...new Map([...named, ...recounted].map((row) => [row.id, row])).values()]
  for (const row of rows) row.seq = seq
  return { rows, changes: new Map(rows.map((row) => [row.id, turns(row)])) }
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
