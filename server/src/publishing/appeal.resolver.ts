import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg, SheetArg } from '../base/arguments.ts'
import { enumerate } from '../base/enumerations.ts'
import { act } from '../ledger/act.ts'
import type { Changes } from '../ledger/chain.ts'
import { actorOf, type Context, no, signedBy } from '../base/context.ts'
import { changerFor, cycleRules, nameFor, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { claimTitle } from '../core/worth.ts'
import { isUuid, named, updateRow } from '../base/database.ts'
import { calendarOf, holdCalendar } from '../core/calendars.ts'
import { provisionalField, provisionalSays } from '../core/provisional.ts'
import { noticesFor } from './notices.ts'
import { cohortOf } from '../result/cohort.ts'
import { holdsAt, maySee, type Actor } from '../rules/access.ts'
import { basisSentence } from '../rules/basis-words.ts'
import { fieldOf, fieldsOf } from '../rules/fields.ts'
import { appealClock, appealsUntil, decideBy } from '../rules/notice.ts'
import { GRADE, RATINGS, reopenedAt } from '../rules/reopened.ts'
import { claimedAs } from '../rules/score/tally.ts'
import { stateOf } from '../rules/stages.ts'
import { appealBasis } from '../result/bases.ts'
import { appealsFallen } from '../result/fallen.ts'
import { lockNamed, lockSeen } from '../core/lock.ts'
import { findSheet } from '../core/find-sheet.ts'
import { whereOf, type SheetRow } from '../base/sheet-row.ts'
import { dayOfMoment } from '../base/today.ts'
import { STAGE } from '../core/standing.ts'
import { sameHand } from './appeals.ts'
import type { AppealState } from './appeal.entity.ts'
import { reasonOf } from '../base/reason.ts'
import { statement } from '../base/statement.ts'

const AppealStates = enumerate<AppealState>('AppealState', '申诉的状态 / State of an appeal', {
  open: '待决定 / Not decided',
  upheld: '成立 / Upheld',
  rejected: '不成立 / Rejected',
  withdrawn: '已撤回 / Withdrawn',
})

@ObjectType({ simpleResolvers: true, description: '申诉所提的一项 / Something an appeal names' })
class AppealItem {
  @Field(() => ID, { description: '字段、加减分规则，或 grade / A field, a rule of claims, or grade' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string
}

@ObjectType({ simpleResolvers: true, description: '现在可申诉的一张表 / A sheet against which an appeal can be filed now' })
class Appealable {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '最晚到哪天 / The last day' })
  until!: string
}

@ObjectType({ simpleResolvers: true, description: '提出申诉所需 / What filing an appeal takes' })
class AppealForm {
  @Field(() => [AppealItem], { description: '可提的各项 / What can be named' })
  items!: AppealItem[]

  @Field(() => [Appealable], { description: '可申诉的考核表 / The sheets it can be about' })
  sheets!: Appealable[]
}

@ObjectType({ simpleResolvers: true, description: '申诉 / An appeal' })
class AppealRead {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '被考核人 / Whose appeal it is' })
  appellant!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => [AppealItem], { description: '所提各项 / What it names' })
  items!: AppealItem[]

  @Field(() => String, { description: '事实和理由 / What it says' })
  text!: string

  @Field(() => String, { description: '提出人 / Who filed it' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => String, { description: '应在哪天前决定 / By when it is to be decided' })
  dueOn!: string

  @Field(() => String, { nullable: true, description: provisionalField })
  provisional!: string | null

  @Field(() => Boolean, { description: '已逾期 / Whether it is or was late' })
  late!: boolean

  @Field(() => AppealStates, { description: '状态 / State' })
  state!: AppealState

  @Field(() => String, { nullable: true, description: '决定人 / Who decided' })
  decidedBy!: string | null

  @Field(() => Date, { nullable: true, description: '何时决定 / When' })
  decidedAt!: Date | null

  @Field(() => String, { nullable: true, description: '决定的理由 / Why' })
  reason!: string | null

  @Field(() => String, {
    nullable: true,
    description:
      '决定已失效，因为什么变了；仍有效则为空 / What has changed since it was rejected, so that it is to be decided again',
  })
  fell!: string | null

  @Field(() => Boolean, { description: '调用者可决定 / Whether the caller may decide it' })
  mayDecide!: boolean

  @Field(() => Boolean, { description: '调用者可撤回 / Whether the caller may withdraw it' })
  mayWithdraw!: boolean
}

@ObjectType({ simpleResolvers: true, description: '本人的考核表 / A sheet of the caller’s own' })
class MySheet {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => ID, { description: '所在步骤 / Stage' })
  stage!: string

  @Field(() => Int, { description: '本年在岗天数 / Days in the posting in the year' })
  days!: number
}

/** Of one appeal. */
/** The appellant is kept under the name that they have on the day. */
const fileAppeal = statement(
  'file-appeal',
  `insert into appeal (county_id, id, cycle_id, sheet_id, notice_id, items, text, appellant, account_id, by, at, due_on, state, seq)
   select :county_id, :id, :cycle, :sheet, :notice, :items, :text, c.name, :account_id, :by, :at, :dueOn, 'open', :seq
     from coordinator c where c.county_id = :county_id and c.id = :coordinator
   returning appellant`,
)

const most = { items: 20, text: 2000 }
/** Who decides appeals, each for a whole county. */
const deciders = ['countyBureau', 'jointBureau', 'city'] as const

const AppealArg = () => Arg('id', () => ID, { description: '申诉，见 appeals / The appeal, see `appeals`' })

@Resolver()
export class AppealResolver {
  @Query(() => [MySheet], { description: '本人的考核表 / The caller’s own sheets' })
  async mySheets(@CycleArg() cycle: string, @Ctx() context: Context): Promise<MySheet[]> {
    const actor = actorOf(context)
    await cycleRules(context, cycle)
    const { rows } = await context.pool.query<MySheet>(
      `select s.id as sheet, v.name as village, t.name as town, s.stage, s.days
         from sheet s join unit v on v.county_id = s.county_id and v.id = s.village_id
         join unit t on t.county_id = s.county_id and t.id = s.town_id
        where s.county_id = $1 and s.cycle_id = $2 and s.coordinator_id = any($3::uuid[]) order by s.line`,
      [actor.county, cycle, actor.grants.flatMap(({ coordinator }) => coordinator ?? [])],
    )
    return rows
  }

  @Query(() => AppealForm, { description: '现在可就哪些考核表、哪些项目申诉 / What appeals can be filed about now' })
  async appealForm(@CycleArg() cycle: string, @Ctx() context: Context): Promise<AppealForm> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const { policy, choices } = rules
    const where = await sheetsWithin(context, cycle, undefined)
    const { rows } = await context.pool.query<SheetRow & { name: string; village: string }>(
      named(
        `select s.id, s.coordinator_id as "coordinatorId", s.village_id as "villageId", s.town_id as "townId", c.name, v.name as village
           from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
           join unit v on v.county_id = s.county_id and v.id = s.village_id
          where ${where.sql} order by s.line`,
        where.values,
      ),
    )
    const own = rows.filter((row) => filesFor(actor, row))
    const notices = await noticesFor(
      context.pool,
      actor.county,
      rules,
      own.map(({ id }) => id),
    )
    const today = dayOfMoment(context.now)
    const fields = fieldsOf(policy, choices).filter(({ kind, item }) => kind === 'points' || item === undefined)
    const claimed = new Set((policy.tally?.rules ?? []).map(claimedAs))
    return {
      items: [GRADE, ...(policy.rated ? [RATINGS] : []), ...fields.map(({ id }) => id), ...claimed].map((id) =>
        itemOf(rules, id, context),
      ),
      sheets: own.flatMap(({ id, name, village }) => {
        const notice = notices.get(id)
        const until = notice && appealsUntil(notice.endsOn)
        return until && today <= until ? [{ sheet: id, name, village, until }] : []
      }),
    }
  }

  @Mutation(() => ID, {
    description: '申诉：本人提出，或由村、镇代为提出 / Files an appeal, for oneself or by the village or the town for somebody',
  })
  async fileAppeal(
    @SheetArg() id: string,
    @Arg('items', () => [ID], {
      description: `所提各项，1 至 ${most.items} 项，见 appealForm / What it names, 1 to ${most.items}, see \`appealForm\``,
    })
    named: string[],
    @Arg('text', () => String, {
      description: `事实和理由，1 至 ${most.text} 字 / Facts and reasons, in 1 to ${most.text} characters`,
    })
    given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string> {
    const actor = actorOf(context)
    const { county } = actor
    const sheet = await findSheet(context, id)
    const rules = await cycleRules(context, sheet.cycleId)
    const items = [...new Set(named)]
    const known = (item: string) => titleOf(rules, item, context) !== undefined
    if (items.length === 0 || items.length > most.items || !items.every(known))
      throw no(context, 'appeal.items', { most: String(most.items) })
    const text = given.trim()
    if (text === '' || text.length > most.text) throw no(context, 'appeal.text', { most: String(most.text) })

    const doing = { kind: 'appeal', cycle: rules.id, key, says: [id, items, text] } as const
    return act({ ...context, actor }, doing, async ({ client, id: appeal, seq }) => {
      await holdCalendar(client, county, 'read')
      const [row] = await lockSeen(client, context, rules.id, [id])
      if (!filesFor(actor, row!)) throw no(context, 'appeal.notYours')
      const today = dayOfMoment(context.now)
      const notice = (await noticesFor(client, county, rules, [id])).get(id)
      if (!notice || today < notice.startsOn || today > appealsUntil(notice.endsOn))
        throw no(context, 'appeal.noNotice', { days: String(appealClock.fileDays) })
      const { rowCount } = await client.query(`select from appeal where county_id = $1 and sheet_id = $2 and state = 'open'`, [
        county,
        id,
      ])
      if (rowCount) throw no(context, 'appeal.twice')
      const dueOn = decideBy(await calendarOf(client, county), today)
      const number = await seq()
      const { rows } = await client.query<{ appellant: string }>(
        fileAppeal({
          ...signedBy(context),
          id: appeal,
          cycle: rules.id,
          sheet: id,
          notice: notice.notice,
          items,
          text,
          coordinator: row!.coordinatorId,
          dueOn,
          seq: number,
        }),
      )
      row!.seq = number
      const changes: Changes = new Map([[id, { [`@appeal.${appeal}`]: [null, 'open'] }]])
      const details = { appeal, sheet: id, notice: notice.notice, items, text, appellant: rows[0]!.appellant, dueOn }
      return { outcome: appeal, details, changes, rows: [row!] }
    })
  }

  @Mutation(() => Boolean, { description: '撤回本人提出的申诉 / Withdraws an appeal the caller filed, or that is about them' })
  async withdrawAppeal(@AppealArg() id: string, @KeyArg() key: string, @Ctx() context: Context): Promise<boolean> {
    const actor = actorOf(context)
    const { sheet, cycle } = await this.find(id, context)
    const doing = { kind: 'withdrawAppeal', cycle, key, says: [id] } as const
    return act({ ...context, actor }, doing, async ({ client, seq }) => {
      const [row] = await lockSeen(client, context, cycle, [sheet])
      const { rowCount } = await client.query(
        `update appeal set state = 'withdrawn', decided_at = $3, decided_by = $4
          where county_id = $1 and id = $2 and state = 'open' and (account_id = $5 or $6)`,
        [actor.county, id, context.now, actor.name, actor.id, isOwn(actor, row!)],
      )
      if (rowCount !== 1) throw no(context, 'appeal.unknown')
      row!.seq = await seq()
      const changes: Changes = new Map([[sheet, { [`@appeal.${id}`]: ['open', 'withdrawn'] }]])
      return { outcome: true, details: { appeal: id, sheet }, changes, rows: [row!] }
    })
  }

  @Mutation(() => Boolean, {
    description:
      '决定申诉：成立的只重开所提各项；返回考核表是否重开 / Decides an appeal; upheld, only what it names is reopened. Whether the sheet was',
  })
  async decideAppeal(
    @AppealArg() id: string,
    @Arg('upheld', () => Boolean, { description: '成立，否则不成立 / Whether it is upheld' }) upheld: boolean,
    @ReasonArg('appeal.reason') given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    const { sheet, cycle } = await this.find(id, context)
    const rules = await cycleRules(context, cycle)
    const { policy } = rules
    const reason = reasonOf(given, context, 'appeal.reason')

    const doing = { kind: 'decideAppeal', cycle, key, says: [id, upheld], reason } as const
    return act({ ...context, actor }, doing, async ({ client, seq }) => {
      const [row] = await lockNamed(client, context, cycle, [sheet])
      if ((await sameHand(client, actor.county, actor.id, [sheet])).has(sheet) || isOwn(actor, row!))
        throw no(context, 'appeal.sameHand')
      const state = upheld ? 'upheld' : 'rejected'
      const reader = { ...context, pool: client }
      const { outcomes } = await cohortOf(reader, rules, undefined)
      const fell = (await appealsFallen(reader, rules, [sheet])).some(({ appeal }) => appeal === id)
      const { rows } = await client.query<{ items: string[]; was: string }>(
        `select items, state as was from appeal where county_id = $1 and id = $2 and (state = 'open' or $3) for update`,
        [actor.county, id, fell],
      )
      if (!rows[0]) throw no(context, 'appeal.unknown')
      const { items, was } = rows[0]
      const basis = upheld ? null : appealBasis(rules, row!, outcomes.get(sheet)?.grade ?? null, items)
      const number = await seq()
      const decided = { state, decided_by: actor.name, decided_at: context.now, reason, basis }
      await updateRow(client, 'appeal', { county: actor.county, id }, decided)
      row!.seq = number
      const turns: Record<string, [string | null, string | null]> = { [`@appeal.${id}`]: [was, state] }
      // What is on file stays so: an appeal that is upheld after filing is the ground of a correction.
      const to = upheld && row!.state !== 'filed' ? reopenedAt(policy, row!.stage, items) : undefined
      if (to) {
        turns[STAGE] = [row!.stage, to.id]
        Object.assign(row!, { stage: to.id, state: stateOf(to), reopened: [...new Set([...(row!.reopened ?? []), ...items])] })
      }
      const details = { appeal: id, sheet, state, items, reopened: to ? items : [] }
      return { outcome: to !== undefined, details, changes: new Map([[sheet, turns]]), rows: [row!] }
    })
  }

  @Query(() => [AppealRead], { description: '申诉，待决定的在前 / Appeals, open ones first' })
  async appeals(@CycleArg() cycle: string, @Ctx() context: Context): Promise<AppealRead[]> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, undefined)
    const { rows } = await context.pool.query<
      Omit<AppealRead, 'items' | 'late' | 'fell' | 'provisional' | 'mayDecide' | 'mayWithdraw'> &
        Pick<SheetRow, 'coordinatorId' | 'villageId' | 'townId'> & { items: string[]; account: string }
    >(
      named(
        `select a.id, a.sheet_id as sheet, a.items, a.text, ${nameFor(actor)} as appellant, a.account_id as account, a.by, a.at,
                a.due_on::text as "dueOn", a.state, a.decided_by as "decidedBy", a.decided_at as "decidedAt", a.reason,
                v.name as village, t.name as town, s.coordinator_id as "coordinatorId", s.village_id as "villageId", s.town_id as "townId"
           from appeal a join sheet s on s.county_id = a.county_id and s.id = a.sheet_id
           join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
           join unit v on v.county_id = s.county_id and v.id = s.village_id
           join unit t on t.county_id = s.county_id and t.id = s.town_id
          where ${where.sql} order by a.state <> 'open', a.due_on, a.seq desc limit 500`,
        where.values,
      ),
    )
    const sheets = rows.map(({ sheet }) => sheet)
    const party = await sameHand(context.pool, actor.county, actor.id, sheets)
    const today = dayOfMoment(context.now)
    const fallen = new Map((await appealsFallen(context, rules, sheets)).map((one) => [one.appeal, one]))
    const calendar = await calendarOf(context.pool, actor.county)
    return rows.map(({ account, items, coordinatorId, villageId, townId, ...row }) => {
      const place = whereOf({ coordinatorId, villageId, townId })
      const own = isOwn(actor, { coordinatorId })
      const open = row.state === 'open'
      const decidedAt = row.decidedAt && new Date(row.decidedAt)
      return {
        ...row,
        by: changerFor(actor, row.by),
        at: new Date(row.at),
        decidedAt,
        items: items.map((item) => itemOf(rules, item, context)),
        late: (decidedAt ? dayOfMoment(decidedAt) : today) > row.dueOn,
        fell: fallen.has(row.id) ? basisSentence(rules.policy, fallen.get(row.id)!.changes, context.lang) : null,
        provisional: open
          ? provisionalSays(context.lang, [{ from: dayOfMoment(new Date(row.at)), to: row.dueOn }], calendar)
          : null,
        mayDecide: (open || fallen.has(row.id)) && holdsAt(actor, deciders, place) && !party.has(row.sheet) && !own,
        mayWithdraw: open && (account === actor.id || own),
      }
    })
  }

  /** Throws `appeal.unknown`, also for one about a sheet the caller may not see. */
  private async find(id: string, context: Context): Promise<{ sheet: string; cycle: string }> {
    const actor = actorOf(context)
    const { rows } = isUuid(id)
      ? await context.pool.query<{ sheet: string; cycle: string } & Pick<SheetRow, 'coordinatorId' | 'villageId' | 'townId'>>(
          `select a.sheet_id as sheet, a.cycle_id as cycle, s.coordinator_id as "coordinatorId", s.village_id as "villageId",
                  s.town_id as "townId"
             from appeal a join sheet s on s.county_id = a.county_id and s.id = a.sheet_id
            where a.county_id = $1 and a.id = $2`,
          [actor.county, id],
        )
      : { rows: [] }
    if (!rows[0] || !maySee(actor, whereOf(rows[0]))) throw no(context, 'appeal.unknown')
    return rows[0]
  }
}

const isOwn = (actor: Actor, { coordinatorId }: Pick<SheetRow, 'coordinatorId'>): boolean =>
  actor.grants.some(({ role, coordinator }) => role === 'coordinator' && coordinator === coordinatorId)

/** Whether somebody files appeals for a sheet: their own, or as the village or the town of it. */
const filesFor = (actor: Actor, row: Pick<SheetRow, 'coordinatorId' | 'villageId' | 'townId'>): boolean =>
  isOwn(actor, row) || holdsAt(actor, ['village', 'townAssessor'], whereOf(row))

const itemOf = (rules: CycleRules, id: string, context: Context): AppealItem => ({ id, title: titleOf(rules, id, context) ?? id })

/** What an appeal can name: the grade, the ratings, a field, or what claims are put forward for. Undefined for anything else. */
function titleOf({ policy, choices }: CycleRules, id: string, { lang }: Context): string | undefined {
  if (id === GRADE) return { zh: '等次', en: 'Grade' }[lang]
  if (id === RATINGS && policy.rated) return { zh: '评议', en: 'Ratings' }[lang]
  return fieldOf(policy, choices, id)?.title[lang] ?? claimTitle(policy, id, lang)
}
