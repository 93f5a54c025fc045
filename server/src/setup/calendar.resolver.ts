import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { KeyArg } from '../base/arguments.ts'
import { actorOf, type Context, refusal, signedBy } from '../base/context.ts'
import { changerFor, inSight, nameFor } from '../core/cycles.ts'
import { policies } from '../base/policies.ts'
import { calendarFrom, workingDaysOf, wrongDay } from '../rules/announced.ts'
import { isDay } from '../rules/days.ts'
import type { Lang } from '../rules/text.ts'
import { ownDaysOf, yearsKnown, type StoredYear } from '../core/calendars.ts'
import { changeCalendar, type CalendarChange, type Moved } from './calendar-changes.ts'
import { insertRows } from '../base/database.ts'

@ObjectType({ simpleResolvers: true, description: '节假日或调休 / A day off, or a weekend day worked' })
class HolidayRead {
  @Field(() => String, { description: '日期 / Day' })
  day!: string

  @Field(() => Boolean, { description: '放假；否则为调休上班 / Off; else worked instead' })
  off!: boolean
}

@ObjectType({ simpleResolvers: true, description: '一年的节假日安排 / The days off of a year' })
class KnownYear {
  @Field(() => Int, { description: '年 / Year' })
  year!: number

  @Field(() => String, { description: '所据 / What they were announced in' })
  announcement!: string

  @Field(() => Boolean, { description: '由本县登记；否则随程序提供 / Entered by the county; else it came with the product' })
  own!: boolean

  @Field(() => Int, { description: '全年工作日，含本县登记的单日 / Working days of the year, the county’s single days included' })
  workingDays!: number

  @Field(() => [HolidayRead], { description: '放假和调休的各日 / The days off, and the weekend days worked' })
  days!: HolidayRead[]
}

@ObjectType({ simpleResolvers: true, description: '因此改动的一张考核表 / A sheet that came out otherwise' })
class SheetMoved {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => Int, { description: '考核年度 / Year of the cycle' })
  year!: number

  @Field(() => String, { description: '原来 / Before' })
  before!: string

  @Field(() => String, { description: '现在；已备案的不改，只列出 / Now; what is on file is named and not changed' })
  after!: string

  @Field(() => Boolean, { description: '已备案，未改 / On file and not changed' })
  filed!: boolean
}

@ObjectType({ simpleResolvers: true, description: '因此改期的公示或申诉 / A notice or an appeal whose day moved' })
class DayMoved {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '原来 / Before' })
  before!: string

  @Field(() => String, { description: '现在 / Now' })
  after!: string
}

@ObjectType({ simpleResolvers: true, description: '一次节假日变动及其影响 / A change of the calendar and what it changed' })
class CalendarAct {
  @Field(() => Int, { description: '链中的序号 / Its number in the chain' })
  seq!: number

  @Field(() => String, { description: '何人 / Who' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => String, { nullable: true, description: '哪天或哪年 / Which day or year' })
  what!: string | null

  @Field(() => [SheetMoved], { description: '逐张考核表 / Sheet by sheet' })
  sheets!: SheetMoved[]

  @Field(() => [DayMoved], { description: '公示的最后一天 / Last days of notices' })
  notices!: DayMoved[]

  @Field(() => [DayMoved], { description: '申诉的决定期限 / Days by which appeals are to be decided' })
  appeals!: DayMoved[]
}

/** Years that a county may enter, and how long a list of days and a name may be. */
const bounds = { first: 2000, last: 2100, days: 100, name: 200 }

@Resolver()
export class CalendarResolver {
  @Query(() => [HolidayRead], {
    description:
      '本县自行登记的放假和调休单日；国家公布的见 calendarYears / Single days the county recorded itself; for those announced see calendarYears',
  })
  async holidays(@Ctx() context: Context): Promise<HolidayRead[]> {
    const { days } = await ownDaysOf(context.pool, actorOf(context).county)
    return [...days].map(([day, kind]) => ({ day, off: kind === 'holiday' })).toSorted((a, b) => (a.day < b.day ? -1 : 1))
  }

  @Query(() => [KnownYear], {
    description:
      '已公布节假日的各年；没有列出的年份尚未公布 / The years whose days off are announced; any other is not known yet',
  })
  async calendarYears(@Ctx() context: Context): Promise<KnownYear[]> {
    const own = await ownDaysOf(context.pool, actorOf(context).county)
    const years = yearsKnown(own)
    const calendar = calendarFrom(new Map(years.map((one) => [one.year, one])), own.days)
    return years.map(({ year, announcement, holidays, workdays }) => ({
      year,
      announcement: announcement[context.lang],
      own: own.years.has(year),
      workingDays: workingDaysOf(calendar, year),
      days: [...holidays.map((day) => ({ day, off: true })), ...workdays.map((day) => ({ day, off: false }))].toSorted((a, b) =>
        a.day < b.day ? -1 : 1,
      ),
    }))
  }

  @Query(() => [CalendarAct], {
    description:
      '节假日的历次变动，新的在前，逐张列出所改的考核表 / Changes of the calendar, latest first, with what each changed sheet by sheet',
  })
  async calendarChanges(
    @Arg('first', () => Int, { defaultValue: 10, description: '最多几次，至多 50 / How many, 50 at most' }) first: number,
    @Ctx() context: Context,
  ): Promise<CalendarAct[]> {
    const actor = actorOf(context)
    const { rows } = await context.pool.query<{
      seq: number
      by: string
      at: Date
      details: { day?: string; year?: number; changed?: CalendarChange }
    }>(
      `select seq, by, at, details from change_set where county_id = $1 and kind in ('setHoliday', 'setCalendarYear', 'recount')
        order by seq desc limit $2`,
      [actor.county, Math.min(Math.max(first, 1), 50)],
    )
    const named = await sheetsNamed(
      context,
      rows.flatMap(({ details: { changed } }) => [
        ...(changed?.sheets.map(({ sheet }) => sheet) ?? []),
        ...(changed?.filed ?? []),
      ]),
    )
    return rows.map(({ seq, by, at, details: { day, year, changed } }) => ({
      seq,
      by: changerFor(actor, by),
      at: new Date(at),
      what: day ?? (year === undefined ? null : String(year)),
      sheets: [
        ...(changed?.sheets ?? []).flatMap(({ sheet, before, after }) => {
          const one = named.get(sheet)
          return one
            ? [
                {
                  ...one,
                  before: saidOf(one.policy, before, context.lang),
                  after: saidOf(one.policy, after, context.lang),
                  filed: false,
                },
              ]
            : []
        }),
        ...(changed?.filed ?? []).flatMap((sheet) => {
          const one = named.get(sheet)
          return one ? [{ ...one, before: '', after: '', filed: true }] : []
        }),
      ],
      notices: (changed?.notices ?? []).map(movedOf),
      appeals: (changed?.appeals ?? []).map(movedOf),
    }))
  }

  @Mutation(() => Boolean, {
    description:
      '登记一天放假或调休上班，不填为取消；随即重算所涉的缺勤、公示期和申诉期限，已备案的不改 / Records a day off or worked, or neither; absences, notices and appeals it touches are counted anew, what is on file is not',
  })
  async setHoliday(
    @Arg('day', () => String, { description: '日期，如 2027-02-08 / The day, such as 2027-02-08' }) day: string,
    @Arg('off', () => Boolean, {
      nullable: true,
      description: '放假，否则上班；不填为取消登记 / Whether it is off, or worked; without it the entry is taken back',
    })
    off: boolean | null | undefined,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    if (!isDay(day)) throw refusal(context, 'holiday.day')
    const kind = off == null ? null : off ? 'holiday' : 'workday'
    const doing = { kind: 'setHoliday', cycle: null, key, says: [day, kind] } as const
    return changeCalendar({ ...context, actor }, doing, async (client) => {
      const { rows } = await client.query<{ kind: string }>(
        'delete from holiday where county_id = $1 and day = $2 returning kind',
        [actor.county, day],
      )
      if (kind !== null)
        await client.query('insert into holiday (county_id, day, kind) values ($1, $2, $3)', [actor.county, day, kind])
      return { day, before: rows[0]?.kind ?? null, after: kind }
    })
  }

  @Mutation(() => Boolean, {
    description:
      '登记一整年的放假和调休，写明所据通知；该年自此为已公布。名称和两个列表都空则取消本县的登记，没有登记的不能取消 / Enters the days off and the weekend days worked of a whole year, by the name of the announcement: the year is known from then on. With no name and both lists empty the county’s entry is taken back, where there is one',
  })
  async setCalendarYear(
    @Arg('year', () => Int, { description: `年份，${bounds.first} 至 ${bounds.last} / Year, ${bounds.first} to ${bounds.last}` })
    year: number,
    @Arg('announcement', () => String, {
      description: `通知的名称、文号，至多 ${bounds.name} 字 / Name or number of the announcement, in ${bounds.name} characters at most`,
    })
    given: string,
    @Arg('holidays', () => [String], {
      description: `放假的各日，如 2027-02-08；连同调休至多 ${bounds.days} 天 / Days off, such as 2027-02-08; ${bounds.days} at most together with days worked`,
    })
    holidays: string[],
    @Arg('workdays', () => [String], { description: '调休上班的周末，如 2027-02-14 / Weekend days worked, such as 2027-02-14' })
    workdays: string[],
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    const announcement = given.trim()
    const none = announcement === '' && holidays.length + workdays.length === 0
    if (year < bounds.first || year > bounds.last) throw refusal(context, 'calendar.year')
    if (!none && (announcement === '' || announcement.length > bounds.name)) throw refusal(context, 'calendar.announcement')
    if (holidays.length + workdays.length > bounds.days || (!none && holidays.length === 0))
      throw refusal(context, 'calendar.days')
    const wrong = wrongDay(year, holidays, workdays)
    if (wrong) throw refusal(context, `calendar.${wrong.why}`, { day: wrong.day.slice(0, 20), year: String(year) })
    const after: StoredYear | null = none
      ? null
      : { year, announcement, holidays: holidays.toSorted(), workdays: workdays.toSorted() }
    const doing = { kind: 'setCalendarYear', cycle: null, key, says: [year, after] } as const
    return changeCalendar({ ...context, actor }, doing, async (client, seq) => {
      const before = (await ownDaysOf(client, actor.county)).years.get(year)
      if (!before && !after) throw refusal(context, 'calendar.days')
      await client.query('delete from calendar_year where county_id = $1 and year = $2', [actor.county, year])
      if (after) await insertRows(client, 'calendar_year', [{ ...signedBy(context), ...after, seq }])
      return { year, before: before ? { ...before, announcement: before.announcement.zh } : null, after }
    })
  }
}

const movedOf = ({ id, before, after }: Moved): DayMoved => ({ id, before, after })

/** The facts found from records, by the titles of their policy. */
function saidOf(policyId: string, found: Record<string, string>, lang: Lang): string {
  const policy = policies().get(policyId)?.policy
  const titled = Object.entries(found).map(
    ([fact, value]) => `${policy?.facts.find(({ id }) => id === fact)?.title[lang] ?? fact} ${value}`,
  )
  return titled.join(lang === 'zh' ? '；' : '; ')
}

interface Named {
  sheet: string
  name: string
  village: string
  year: number
  policy: string
}

/** Of sheets those the caller may see, with whose they are. */
async function sheetsNamed(context: Context, sheets: readonly string[]): Promise<Map<string, Named>> {
  const actor = actorOf(context)
  const values: unknown[] = [actor.county, sheets]
  const { rows } = await context.pool.query<Named>(
    `select s.id as sheet, ${nameFor(actor)} as name, v.name as village, y.year, y.policy_id as policy
       from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
       join unit v on v.county_id = s.county_id and v.id = s.village_id
       join cycle y on y.county_id = s.county_id and y.id = s.cycle_id
      where s.county_id = $1 and s.id = any($2::uuid[]) and ${inSight(actor, (value) => `$${values.push(value)}`)}`,
    values,
  )
  return new Map(rows.map((row) => [row.sheet, row]))
}
