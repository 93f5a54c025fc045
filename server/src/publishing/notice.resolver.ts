import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg } from '../base/arguments.ts'
import { enumerate } from '../base/enumerations.ts'
import { calendarOf, holdCalendar } from '../core/calendars.ts'
import { provisionalField, provisionalSays } from '../core/provisional.ts'
import { confirmed } from '../base/confirmed.ts'
import { act } from '../ledger/act.ts'
import { actorOf, type Context, no, type Reader, signedBy } from '../base/context.ts'
import { changerFor, cycleRules, placeOf, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { insertRows, isUuid, named } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { holdsAt, maySee, seesNames, sightOf, type Actor } from '../rules/access.ts'
import { columnsOf, lastDay, maskedName, period, PRIVACY, refusedColumns, usualColumns, type Audience } from '../rules/notice.ts'
import { chosen } from '../rules/policy/readings.ts'
import type { PolicyStage } from '../rules/policy/shape.ts'
import { whereOf, type SheetRow } from '../base/sheet-row.ts'
import { lockSheets, readSheets, type Which } from '../core/lock.ts'
import { dayOfMoment } from '../base/today.ts'
import { sheetsAt } from '../core/standing.ts'
import type { NoticeRow } from './notice.entity.ts'
import { headOf, noticeHash, noticesFor, shownRows } from './notices.ts'
import { reasonOf } from '../base/reason.ts'

const Audiences = enumerate<Audience>('Audience', '公示范围 / Who a notice is for', {
  internal: '单位内部 / The unit itself',
  village: '村务公开栏 / The village board',
  public: '社会 / The public',
})
const NoticeState = enumerate('NoticeState', '公示的状态 / State of a notice', {
  running: '公示期内 / On public view',
  ended: '公示期满 / Its days are over',
  withdrawn: '已撤回 / Withdrawn',
})

@ObjectType({ simpleResolvers: true, description: '公示的一项内容 / A column of a notice' })
class NoticeColumn {
  @Field(() => ID, { description: 'name、maskedName、village、town、grade、total、rank、points.部分 / Id' })
  id!: string

  @Field(() => String, { description: '栏名 / Heading' })
  title!: string
}

@ObjectType({ simpleResolvers: true, description: '公示可选的内容 / What a notice may show' })
class NoticeForm {
  @Field(() => [NoticeColumn], { description: '可选各项，此外一概不能公示 / All that can be shown' })
  columns!: NoticeColumn[]

  @Field(() => [ID], { description: '采用的读法不许公示的 / What the reading in force leaves out' })
  left!: string[]

  @Field(() => [ID], { description: '其中不许向社会公示的 / Those it leaves out of public notices only' })
  leftPublic!: string[]

  @Field(() => [ID], { description: '默认 / What is shown where nobody chooses' })
  usual!: string[]

  @Field(() => String, { nullable: true, description: '所依的读法 / The reading it follows' })
  reading!: string | null

  @Field(() => Int, { description: '默认工作日 / Usual number of working days' })
  days!: number

  @Field(() => Int, { description: '最少 / Least' })
  least!: number

  @Field(() => Int, { description: '最多 / Most' })
  most!: number

  @Field(() => [ID], { description: '现在可公示的单位 / The units with something to publish now' })
  units!: string[]
}

@ObjectType({ simpleResolvers: true, description: '一行 / What is shown of one person' })
class ShownRow {
  @Field(() => [String], { description: '各栏 / In the order of the headings' })
  shows!: string[]

  @Field(() => Boolean, { description: '是否本人 / Whether it is the caller’s own' })
  own!: boolean
}

@ObjectType({ simpleResolvers: true, description: '公示的样子 / What a notice shows' })
class NoticeContent {
  @Field(() => [String], { description: '栏名 / Headings' })
  heads!: string[]

  @Field(() => [ShownRow], { description: '各人 / A row each' })
  rows!: ShownRow[]
}

@ObjectType({ simpleResolvers: true, description: '预览 / How a notice would look' })
class NoticePreview extends NoticeContent {
  @Field(() => String, { description: '开始 / First day' })
  startsOn!: string

  @Field(() => String, { description: '最后一天 / Last day' })
  endsOn!: string

  @Field(() => String, { nullable: true, description: provisionalField })
  provisional!: string | null
}

@ObjectType({ simpleResolvers: true, description: '公示 / A notice' })
class NoticeRead extends NoticeContent {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => ID, { description: '单位 / Unit' })
  unit!: string

  @Field(() => String, { description: '单位名称 / Its name' })
  unitName!: string

  @Field(() => [ID], { description: '内容 / Columns' })
  columns!: string[]

  @Field(() => Audiences, { description: '范围 / Audience' })
  audience!: Audience

  @Field(() => NoticeState, { description: '状态 / State' })
  state!: keyof typeof NoticeState

  @Field(() => String, { description: '开始 / First day' })
  startsOn!: string

  @Field(() => String, { description: '最后一天 / Last day' })
  endsOn!: string

  @Field(() => String, { nullable: true, description: provisionalField })
  provisional!: string | null

  @Field(() => Int, { description: '工作日 / Working days' })
  days!: number

  @Field(() => String, { description: '内容的指纹 / SHA-256 of what it shows' })
  hash!: string

  @Field(() => String, { description: '发布人 / Who published it' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => ID, { nullable: true, description: '所更正的公示 / The notice it corrects' })
  replaces!: string | null

  @Field(() => String, { nullable: true, description: '撤回的理由 / Why it was withdrawn' })
  withdrawnReason!: string | null

  @Field(() => Boolean, { description: '调用者可更正、撤回 / Whether the caller may correct or withdraw it' })
  may!: boolean
}

@InputType({ description: '公示什么、给谁看 / What to publish, for whom' })
class NoticeInput {
  @Field(() => ID, { description: '考核年度 / The cycle' })
  cycle!: string

  @Field(() => [ID], { description: '镇（街道）或村（社区） / Towns or villages' })
  units!: string[]

  @Field(() => [ID], { description: '内容，见 noticeForm / Columns, see noticeForm' })
  columns!: string[]

  @Field(() => Audiences, { defaultValue: Audiences.internal, description: '范围 / Audience' })
  audience!: Audience

  @Field(() => Int, { defaultValue: period.usual, description: '工作日 / Working days' })
  days!: number

  @Field(() => ID, { nullable: true, description: '所更正的公示 / The notice it corrects' })
  replaces?: string | null

  @Field(() => String, { nullable: true, description: '更正的理由 / Why it is corrected' })
  reason?: string | null
}

interface StoredNotice {
  id: string
  cycle: string
  unit: string
  unitName: string
  columns: string[]
  audience: Audience
  startsOn: string
  endsOn: string
  days: number
  heads: string[]
  rows: NoticeRow[]
  hash: string
  by: string
  at: Date
  replaces: string | null
  withdrawnAt: Date | null
  withdrawnReason: string | null
  town: string
  village: string
}
const noticeColumns = `n.id, n.cycle_id as cycle, n.unit_id as unit, u.name as "unitName", n.columns, n.audience, n.starts_on::text as "startsOn",
  n.ends_on::text as "endsOn", n.days, n.heads, n.rows, n.hash, n.by, n.at, n.replaces, n.withdrawn_at as "withdrawnAt",
  n.withdrawn_reason as "withdrawnReason", case when u.kind = 'village' then u.parent_id else u.id end as town,
  case when u.kind = 'village' then u.id::text else '' end as village`

const NoticeArg = () =>
  Arg('input', () => NoticeInput, { description: '公示什么、给谁看、几天 / What to publish, for whom, for how long' })

@Resolver()
export class NoticeResolver {
  @Query(() => NoticeForm, { description: '公示可选的内容和期限 / What a notice may show, and for how long' })
  async noticeForm(@CycleArg() cycle: string, @Ctx() context: Context): Promise<NoticeForm> {
    const rules = await cycleRules(context, cycle)
    const { policy, choices } = rules
    const all = columnsOf(policy)
    const left = refusedColumns(policy, choices, 'internal', all)
    const asked = policy.interpretations[PRIVACY]
    const now = asked && chosen(policy, choices, PRIVACY)
    const sheets = await toPublish(context, rules, null, null)
    return {
      columns: all.map((id) => ({ id, title: headOf(rules, id, context.lang) })),
      left,
      leftPublic: refusedColumns(policy, choices, 'public', all).filter((id) => !left.includes(id)),
      usual: [...usualColumns],
      reading: asked ? `${PRIVACY} ${asked.options.find(({ id }) => id === now)!.says[context.lang]}` : null,
      days: period.usual,
      least: period.least,
      most: period.most,
      units: [...new Set(sheets.map(({ townId }) => townId))],
    }
  }

  @Query(() => NoticePreview, { description: '照此公示是什么样子 / How a notice would look, to the letter' })
  async previewNotice(@NoticeArg() input: NoticeInput, @Ctx() context: Context): Promise<NoticePreview> {
    const rules = await cycleRules(context, input.cycle)
    checked(input, rules, context)
    const sheets = (await Promise.all(input.units.map((unit) => toPublish(context, rules, unit, input.replaces)))).flat()
    const shows = await shownRows(context, rules, sheets, input.columns)
    const startsOn = dayOfMoment(context.now)
    const calendar = await calendarOf(context.pool, actorOf(context).county)
    const endsOn = lastDay(calendar, startsOn, input.days)
    return {
      heads: shows.heads,
      rows: shows.rows.map((row) => ({ shows: row.shows, own: false })),
      startsOn,
      endsOn,
      provisional: provisionalSays(context.lang, [{ from: startsOn, to: endsOn }], calendar),
    }
  }

  @Mutation(() => [ID], {
    description:
      '公示停在公示一步的考核结果，每单位一份；更正则另发一份指向原公示 / Publishes what stands at the stage of the notice, one notice a unit; a correction is another that points to the old',
  })
  async publishNotice(@NoticeArg() input: NoticeInput, @KeyArg() key: string, @Ctx() context: Context): Promise<string[]> {
    confirmed(context)
    const actor = actorOf(context)
    const rules = await cycleRules(context, input.cycle)
    checked(input, rules, context)
    const { columns, audience, days, replaces = null } = input
    const units = [...new Set(input.units)]
    const reason = replaces === null ? null : reasonOf(input.reason, context, 'notice.reason')
    const says = [units, columns, audience, days, replaces]
    return act({ ...context, actor }, { kind: 'publish', cycle: rules.id, key, says, reason }, async ({ client, seq }) => {
      const reader = { ...context, pool: client }
      const startsOn = dayOfMoment(context.now)
      await holdCalendar(client, actor.county, 'read')
      const endsOn = lastDay(await calendarOf(client, actor.county), startsOn, days)
      const unitsSheets = []
      for (const unit of units) {
        const sheets = await toPublish(reader, rules, unit, replaces, lockSheets.bind(null, client))
        const stage = publishStage(rules)
        if (sheets.some((row) => !holdsAt(actor, stage?.by ?? [], whereOf(row)))) throw no(context, 'notice.notYours')
        if (sheets.length === 0) throw no(context, 'notice.nothing', { unit: await nameOf(reader, unit) })
        unitsSheets.push({ unit, sheets, ...(await shownRows(reader, rules, sheets, columns)) })
      }
      if (replaces !== null) await withdraw(reader, rules, replaces, units[0]!, reason!)
      const number = await seq()
      const made = []
      for (const { unit, sheets, heads, rows } of unitsSheets) {
        const id = newId(context.now.getTime())
        const hash = noticeHash({ unit, columns, audience, startsOn, endsOn, heads, rows })
        await insertRows(client, 'notice', [
          {
            ...signedBy(context),
            id,
            cycle_id: rules.id,
            unit_id: unit,
            columns,
            audience,
            starts_on: startsOn,
            ends_on: endsOn,
            days,
            heads,
            rows,
            sheets: sheets.map((sheet) => sheet.id),
            hash,
            seq: number,
            replaces,
          },
        ])
        made.push({ id, unit, hash, people: rows.length })
      }
      return { outcome: made.map(({ id }) => id), details: { notices: made, columns, audience, startsOn, endsOn, replaces } }
    })
  }

  @Mutation(() => Boolean, { description: '撤回一次公示，须写理由 / Withdraws a notice, with a reason' })
  async withdrawNotice(
    @Arg('id', () => ID, { description: '公示，见 notices / The notice, see `notices`' }) id: string,
    @ReasonArg('notice.reason') given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    const reason = reasonOf(given, context, 'notice.reason')
    const [found] = isUuid(id) ? await storedNotices(context, 'n.county_id = $1 and n.id = $2', [actor.county, id]) : []
    if (!found) throw no(context, 'notice.unknown')
    const rules = await cycleRules(context, found.cycle)
    return act(
      { ...context, actor },
      { kind: 'withdrawNotice', cycle: rules.id, key, says: [id], reason },
      async ({ client }) => {
        await withdraw({ ...context, pool: client }, rules, id, found.unit, reason)
        return { outcome: true, details: { notice: id, hash: found.hash } }
      },
    )
  }

  @Query(() => [NoticeRead], { description: '公示，新的在前 / Notices, latest first' })
  async notices(@CycleArg() cycle: string, @Ctx() context: Context): Promise<NoticeRead[]> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, undefined)
    const found = await storedNotices(
      context,
      `n.county_id = $1 and n.cycle_id = $2
         and n.unit_id in (select unnest(array[s.town_id, s.village_id]) from sheet s where ${where.sql})`,
      where.values,
    )
    const { rows: own } = await context.pool.query<{ id: string }>(
      `select id from sheet where county_id = $1 and cycle_id = $2 and coordinator_id = any($3::uuid[])`,
      [actor.county, cycle, actor.grants.flatMap(({ coordinator }) => coordinator ?? [])],
    )
    const mine = new Set(own.map(({ id }) => id))
    const today = dayOfMoment(context.now)
    const calendar = await calendarOf(context.pool, actor.county)
    return found.map((notice) => ({
      ...read(notice, rules, actor, mine, today),
      provisional: notice.withdrawnAt
        ? null
        : provisionalSays(context.lang, [{ from: notice.startsOn, to: notice.endsOn }], calendar),
    }))
  }
}

/** Marks a notice of this unit as withdrawn. Throws `notice.unknown`, `notice.withdrawn`, `notice.notYours`. */
async function withdraw(
  context: Reader & Pick<Context, 'now'>,
  rules: CycleRules,
  id: string,
  unit: string,
  reason: string,
): Promise<void> {
  const actor = actorOf(context)
  const [notice] = isUuid(id)
    ? await storedNotices(
        context,
        'n.county_id = $1 and n.id = $2 and n.cycle_id = $3',
        [actor.county, id, rules.id],
        'for update of n',
      )
    : []
  if (!notice || unit !== notice.unit) throw no(context, 'notice.unknown')
  if (!holdsAt(actor, publishStage(rules)?.by ?? [], notice)) throw no(context, 'notice.notYours')
  if (notice.withdrawnAt) throw no(context, 'notice.withdrawn')
  await context.pool.query('update notice set withdrawn_at = $3, withdrawn_reason = $4 where county_id = $1 and id = $2', [
    actor.county,
    id,
    context.now,
    reason,
  ])
}

const publishStage = ({ policy }: CycleRules): PolicyStage | undefined => policy.stages.find(({ does }) => does === 'publish')

/**
 * The sheets of a unit that stand at the stage of the notice and are on none that holds, or on the one to be replaced;
 * of the whole county without a unit. Throws `notice.units` for a unit that is no town and no village.
 */
async function toPublish(
  context: Reader,
  rules: CycleRules,
  unit: string | null,
  replaces: string | null | undefined,
  sheets: (county: string, which: Which) => Promise<SheetRow[]> = readSheets.bind(null, context.pool),
): Promise<SheetRow[]> {
  const { county } = actorOf(context)
  const stage = publishStage(rules)
  if (!stage) return []
  if (unit !== null && !(await placeOf(context, unit)).town) throw no(context, 'notice.units')
  const { sql, values } = await sheetsAt(context, unit ?? county, stage.id)
  const rows = await sheets(county, { cycle: rules.id, at: { sql, values } })
  const seen = rows.filter((row) => maySee(actorOf(context), whereOf(row)))
  const notices = await noticesFor(
    context.pool,
    county,
    rules,
    seen.map(({ id }) => id),
  )
  return seen.filter(({ id }) => !notices.has(id) || notices.get(id)!.notice === replaces)
}

/** Throws what is wrong with what is to be published: `notice.units`, `.days`, `.columns`, `.column`. */
function checked({ units, columns, audience, days, replaces }: NoticeInput, rules: CycleRules, context: Context): void {
  if (units.length === 0 || units.length > 100 || (replaces != null && units.length > 1)) throw no(context, 'notice.units')
  if (days < period.least || days > period.most)
    throw no(context, 'notice.days', { least: String(period.least), most: String(period.most) })
  const refused = refusedColumns(rules.policy, rules.choices, audience, columns)
  if (refused.length > 0) throw no(context, 'notice.column', { columns: refused.map((one) => one.slice(0, 40)).join('、') })
  const names = columns.filter((column) => column === 'name' || column === 'maskedName')
  if (names.length !== 1 || new Set(columns).size !== columns.length) throw no(context, 'notice.columns')
}

async function nameOf({ pool, ...context }: Reader, unit: string): Promise<string> {
  const { rows } = await pool.query<{ name: string }>('select name from unit where county_id = $1 and id = $2', [
    actorOf(context).county,
    unit,
  ])
  return rows[0]?.name ?? ''
}

async function storedNotices({ pool }: Reader, condition: string, values: unknown[], lock = ''): Promise<StoredNotice[]> {
  const { rows } = await pool.query<StoredNotice>(
    named(
      `select ${noticeColumns} from notice n join unit u on u.county_id = n.county_id and u.id = n.unit_id
        where ${condition} order by n.seq desc, u.code limit 500 ${lock}`,
      values,
    ),
  )
  return rows
}

/** A notice as the caller may read it: names masked for analysts, and what was withdrawn for the county's eyes only. */
function read(
  notice: StoredNotice,
  rules: CycleRules,
  actor: Actor,
  own: ReadonlySet<string>,
  today: string,
): Omit<NoticeRead, 'provisional'> {
  const { withdrawnAt, rows, columns, town, village, ...told } = notice
  const state = withdrawnAt ? 'withdrawn' : notice.endsOn < today ? 'ended' : 'running'
  const name = seesNames(actor) ? -1 : columns.indexOf('name')
  const shown = withdrawnAt && sightOf(actor) !== 'county' ? [] : rows
  return {
    ...told,
    columns,
    state,
    by: changerFor(actor, notice.by),
    at: new Date(notice.at),
    rows: shown.map(({ sheet, shows }) => ({
      shows: shows.map((text, at) => (at === name ? maskedName(text) : text)),
      own: own.has(sheet),
    })),
    may: !withdrawnAt && holdsAt(actor, publishStage(rules)?.by ?? [], { town, village }),
  }
}
