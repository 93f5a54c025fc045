import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, UnitArg } from '../base/arguments.ts'
import { actorOf, no, type Context } from '../base/context.ts'
import { cycleRules, nameFor, placeOf, sheetsWithin, type CycleRules, type UnitPath } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { exact, shown } from '../rules/exact.ts'
import { clauseOf, explainGrade } from '../rules/explain.ts'
import { gradeTitle } from '../rules/policy/parts.ts'
import type { Policy, QuotaRounding } from '../rules/policy/shape.ts'
import { lastOnly } from '../rules/postings.ts'
import type { Outcome, QuotaGroup as Group } from '../rules/outcome.ts'
import { sightOf } from '../rules/access.ts'
import { Seats } from './seats.ts'
import { cycleBefore, measureOf, ranksIn } from './measures.ts'
import { cohortOf, rulingsIn, townToRead, graded, type Cohort } from './cohort.ts'
import { OverridesArg, type QuotaOverrides, readOverrides, Rounding } from './overrides.ts'

@ObjectType({ simpleResolvers: true, description: '名额中的一人 / A person before a quota' })
class QuotaPerson {
  @Field(() => ID, { description: '考核表 / The sheet' })
  sheet!: string

  @Field(() => String, { description: '协理员 / Coordinator; masked for analysts' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '总分，两位小数 / Total to two places' })
  total!: string

  @Field(() => Int, {
    nullable: true,
    description: '镇内名次，并列同名次；未评完的没有 / Rank in the town, 1-2-2-4; none while incomplete',
  })
  rank!: number | null

  @Field(() => Seats, { description: '名额 / Seat' })
  seat!: Outcome['seat']

  @Field(() => String, { nullable: true, description: '等次；空为由考核小组评定 / Grade; none where the panel decides' })
  grade!: string | undefined

  @Field(() => [String], { description: '理由，各附条款 / The reasons, each with its clause' })
  says!: string[]

  @Field(() => String, {
    nullable: true,
    description: '按试算参数：enters 进入、leaves 退出 / Under the parameters tried: enters or leaves',
  })
  moves!: string | undefined
}

@ObjectType({ simpleResolvers: true, description: '一个镇（街道）的名额 / A quota in one group' })
class QuotaOfGroup {
  @Field(() => ID, { description: '组：镇（街道）的 Id，合并时为多个 / The group: ids of towns' })
  id!: string

  @Field(() => String, { description: '镇（街道）/ Name of the group' })
  name!: string

  @Field(() => String, { description: '所涉等次 / The grade that is rationed' })
  grade!: string

  @Field(() => String, {
    description:
      '基数：专职人数；按全年平均时有小数 / Base: full-time coordinators; with decimals where it is the average of the year',
  })
  base!: string

  @Field(() => Int, { description: '名额上限 / Cap' })
  cap!: number

  @Field(() => String, { description: '比例 / Percentage' })
  percent!: string

  @Field(() => Rounding, { description: '取整 / Rounding' })
  rounding!: QuotaRounding

  @Field(() => Int, { description: '已占 / Seats taken' })
  taken!: number

  @Field(() => Int, { description: '空缺，含并列待裁定的 / Seats left, those contended for included' })
  left!: number

  @Field(() => Int, { description: '并列待裁定的人数 / How many contend' })
  contested!: number

  @Field(() => Int, { description: '未评完的人数 / How many are not yet fully scored' })
  incomplete!: number

  @Field(() => String, { description: '条款 / Clause' })
  clause!: string

  @Field(() => [QuotaPerson], { description: '组内各人，按名次 / Everyone in the group, by rank' })
  people!: QuotaPerson[]
}

@ObjectType({ simpleResolvers: true, description: '某等次的人数 / How many have a grade' })
class GradeCount {
  @Field(() => ID, { description: '等次；panel 为待考核小组评定 / Grade; panel where the panel decides' })
  grade!: string

  @Field(() => String, { description: '名称 / Name' })
  name!: string

  @Field(() => Int, { description: '人数 / How many' })
  count!: number
}

@ObjectType({ simpleResolvers: true, description: '一个村（社区）的名次 / A village in the ranking' })
class RankedVillage {
  @Field(() => ID, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '名称 / Name' })
  name!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => String, { description: '协理员 / Coordinators; masked for analysts' })
  coordinators!: string

  @Field(() => ID, { description: '（首张）考核表 / The (first) sheet' })
  sheet!: string

  @Field(() => String, {
    description: '得分，按在岗天数加权（IR-50），两位小数 / Score, weighted by days in post (IR-50), to two places',
  })
  score!: string

  @Field(() => Int, {
    nullable: true,
    description:
      '全县名次，并列同名次；未评完的没有，看不到全县的也没有 / Rank in the county, 1-2-2-4; none while the score is not whole, and for who does not see the whole county',
  })
  rank!: number | null

  @Field(() => Int, {
    nullable: true,
    description:
      '镇内名次；未评完的没有，看不到全镇的也没有 / Rank in the town; none while the score is not whole, and for who does not see the whole town',
  })
  townRank!: number | null

  @Field(() => String, { nullable: true, description: '上一年度得分；没有则为空 / Score of the year before, if there is one' })
  before!: string | null

  @Field(() => Int, {
    nullable: true,
    description: '名次比上一年度上升几位，下降为负 / How many ranks it rose since then; negative where it fell',
  })
  rose!: number | null

  @Field(() => Int, { description: '与其并列的村数，含本村 / How many villages share its rank, itself included' })
  tied!: number

  @Field(() => Int, { description: '考核表数 / Number of sheets' })
  sheets!: number

  @Field(() => Int, {
    description: '所排指标未评的项目数；大于 0 则没有名次 / Items of the measure not scored yet; no rank while there are any',
  })
  missing!: number

  @Field(() => [GradeCount], {
    description:
      '基准日在岗者各等次人数；看不到全镇的没有 / Counts by grade of those in post on the base date; none for who does not see the whole town',
  })
  grades!: GradeCount[]
}

@ObjectType({ simpleResolvers: true, description: '村级排名 / The ranking of villages' })
class VillageRanking {
  @Field(() => String, { description: '指标 / What is ranked' })
  measure!: string

  @Field(() => String, { description: '基准日 / Base date' })
  baseDate!: string

  @Field(() => Int, { description: '并列的组数 / Number of ties' })
  ties!: number

  @Field(() => [RankedVillage], { description: '各村，按名次 / The villages, by rank' })
  villages!: RankedVillage[]

  @Field(() => [QuotaOfGroup], {
    description: '各镇名额的使用，只列待裁定的人 / The quota of each town; of people, only those who contend',
  })
  quotas!: QuotaOfGroup[]
}

@Resolver()
export class ResultResolver {
  @Query(() => [QuotaOfGroup], {
    description:
      '名额：基数、上限、占用者、并列者，及试算下的进出；只有能看到的整镇 / Base, cap, who is in, who contends, and who would enter or leave; of towns the caller sees whole',
  })
  async quota(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Arg('kind', () => ID, { nullable: true, description: '名额种类；不填为全部 / Which quota of the policy; all without it' })
    kind: string | null | undefined,
    @OverridesArg() overrides: QuotaOverrides | null | undefined,
    @Ctx() context: Context,
  ): Promise<QuotaOfGroup[]> {
    const rules = await cycleRules(context, cycle)
    if (kind != null && !rules.policy.quotas.some(({ id }) => id === kind)) throw no(context, 'quota.unknown', { kind })
    const tried = readOverrides(overrides, context)
    const place = await placeOf(context, unit)
    const usual = await cohortOf(context, rules, townToRead(rules, place, tried))
    const now = tried ? graded(rules, usual.members, { ...tried, rulings: await rulingsIn(context, rules) }) : usual
    const names = await namesOf(context, rules, unit)
    return now.groups
      .filter(({ quota, groups }) => (kind == null || quota === kind) && holds(groups, place))
      .map((group) => quotaOf(rules.policy, group, now, names, context, { usual, place, only: () => true }))
  }

  @Query(() => VillageRanking, {
    description: '村级排名：县内与镇内名次、并列、各等次人数 / Villages in order, ties stated, with counts by grade',
  })
  async villageRanking(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Arg('measure', () => ID, {
      defaultValue: 'total',
      description: 'total、部分或评分项的编号 / total, or the id of a section or an item',
    })
    measure: string,
    @Ctx() context: Context,
  ): Promise<VillageRanking> {
    const rules = await cycleRules(context, cycle)
    const { policy } = rules
    const { title, expression, lacking } = measureOf(rules, measure, context)
    const where = await sheetsWithin(context, cycle, undefined)
    const sight = sightOf(actorOf(context))
    const place = await placeOf(context, unit)
    // Where the last posting alone counts (IR-50), a village has the score of whoever came last.
    const posts = lastOnly(policy, rules.choices)
      ? `(select distinct on (o.village_id) o.* from sheet o join posting p on p.county_id = o.county_id and p.id = o.posting_id
           where o.county_id = $1 and o.cycle_id = $2 order by o.village_id, p.starts_on desc, o.line)`
      : 'sheet'
    const column = place.village ? 'ranked.village' : 'ranked.town_id'
    const within = place.town ? `where ${column} = $${where.values.push(unit)}` : ''
    const { rows } = await context.pool.query<Omit<RankedVillage, 'grades' | 'before' | 'rose'> & { townId: string }>(
      // Ranks are of the whole county whatever is listed, among those whose score is whole. Twelve places tell any two time-weighted means apart.
      named(
        `
        with scored as (
          select s.village_id as village, s.town_id, min(s.line) as line, (array_agg(s.id order by s.line))[1] as sheet,
                 string_agg(${nameFor(actorOf(context))}, '、' order by s.line) as coordinators,
                 round(sum((${expression}) * s.days) / sum(s.days), 12) as score, count(*)::int as sheets,
                 sum(${lacking})::int as missing
            from ${posts} s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
           where ${where.sql} group by s.village_id, s.town_id
        ), ranked as (
          select *, case when missing = 0 then rank() over (partition by missing = 0 order by score desc)::int end as rank,
                 case when missing = 0 then rank() over (partition by missing = 0, town_id order by score desc)::int end as "townRank",
                 case when missing = 0 then count(*) over (partition by missing = 0, score)::int else 1 end as tied
            from scored
        )
        select ranked.village, v.name, t.name as town, ranked.town_id as "townId", ranked.sheet, ranked.coordinators,
               ranked.score::text as score, ranked.rank,
               ranked."townRank", ranked.tied, ranked.sheets, ranked.missing
          from ranked
          join unit v on v.county_id = $1 and v.id = ranked.village
          join unit t on t.county_id = $1 and t.id = ranked.town_id
         ${within} order by ranked.rank nulls last, ranked.line`,
        where.values,
      ),
    )
    const result = await cohortOf(context, rules, townToRead(rules, place))
    const counts = gradesByVillage(policy, result, context)
    const names = await namesOf(
      context,
      rules,
      unit,
      [...result.outcomes.values()].filter(({ seat }) => seat === 'contested').map(({ id }) => id),
    )
    const earlier = await cycleBefore(context, rules)
    const past = earlier && (await ranksIn(context, earlier, measure))
    return {
      measure: title,
      baseDate: rules.baseDate,
      ties: new Set(rows.filter(({ tied }) => tied > 1).map(({ rank }) => rank)).size,
      villages: rows.map(({ townId, ...row }) => ({
        ...row,
        rank: sight === 'county' ? row.rank : null,
        townRank: sight === 'county' || sight.towns.includes(townId) ? row.townRank : null,
        score: shown(exact(row.score)),
        before: past?.has(row.village) ? shown(exact(past.get(row.village)!.score)) : null,
        rose: sight === 'county' ? roseBy(past?.get(row.village)?.rank, row.rank) : null,
        grades: counts.get(row.village) ?? [],
      })),
      quotas: result.groups
        .filter(({ groups }) => holds(groups, place))
        .map((group) =>
          quotaOf(policy, group, result, names, context, {
            usual: result,
            place,
            only: ({ seat }) => seat === 'contested',
          }),
        ),
    }
  }
}

/** How many ranks somebody rose; null where either year has none. */
const roseBy = (before: number | null | undefined, rank: number | null): number | null =>
  before == null || rank === null ? null : before - rank

const holds = (groups: readonly string[], { town }: UnitPath): boolean => town === undefined || groups.includes(town)

interface Names {
  people: Map<string, { name: string; village: string }>
  towns: Map<string, string>
}

/** Names of the people on the sheets (all of them, or only those asked for) and of the towns. */
async function namesOf(context: Context, { id }: CycleRules, unit: string | null | undefined, only?: string[]): Promise<Names> {
  const actor = actorOf(context)
  const where = await sheetsWithin(context, id, unit)
  const among = only === undefined ? '' : `and s.id = any($${where.values.push(only)}::uuid[])`
  const { rows } = await context.pool.query<{ id: string; name: string; village: string }>(
    `select s.id, ${nameFor(actor)} as name, v.name as village
       from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
       join unit v on v.county_id = s.county_id and v.id = s.village_id
      where ${where.sql} ${among}`,
    where.values,
  )
  const { rows: towns } = await context.pool.query<{ id: string; name: string }>({
    name: 'towns',
    text: `select id, name from unit where county_id = $1 and kind = 'town'`,
    values: [actor.county],
  })
  return { people: new Map(rows.map((row) => [row.id, row])), towns: new Map(towns.map(({ id: town, name }) => [town, name])) }
}

function quotaOf(
  policy: Policy,
  group: Group,
  now: Cohort,
  { people, towns }: Names,
  { lang }: Context,
  { usual, place, only }: { usual: Cohort; place: UnitPath; only: (outcome: Outcome) => boolean },
): QuotaOfGroup {
  const quota = policy.quotas.find(({ id }) => id === group.quota)!
  const within = group.groups.flatMap((id) => now.groupings.get(quota.group)?.get(id) ?? [])
  const listed = within.flatMap((member) => {
    const outcome = now.outcomes.get(member.id)!
    const listed = (place.town ?? member.group.town) === member.group.town && (place.village ?? member.village) === member.village
    return listed && only(outcome) ? [{ member, outcome }] : []
  })
  listed.sort((a, b) => (a.outcome.rank ?? Infinity) - (b.outcome.rank ?? Infinity))
  return {
    id: group.groups.join(' '),
    name: group.groups.map((id) => towns.get(id) ?? '').join('、'),
    grade: gradeTitle(policy, group.grade)[lang],
    base: group.base,
    cap: group.cap,
    percent: group.percent,
    rounding: group.rounding,
    taken: group.taken,
    left: group.seatsLeft,
    contested: group.contested.length,
    incomplete: group.incomplete,
    clause: clauseOf(policy, group.clause, lang).at,
    people: listed.map(({ member, outcome }) => {
      const before = usual.outcomes.get(member.id)!.seat
      return {
        sheet: member.id,
        name: people.get(member.id)?.name ?? '',
        village: people.get(member.id)?.village ?? '',
        total: shown(member.total),
        rank: outcome.rank,
        seat: outcome.seat,
        grade: outcome.grade === null ? undefined : gradeTitle(policy, outcome.grade)[lang],
        says: explainGrade(policy, outcome.reasons, lang).map(({ says, clause }) =>
          lang === 'zh' ? `${says}（${clause.at}）` : `${says} (${clause.at})`,
        ),
        moves: before === outcome.seat ? undefined : outcome.seat === 'in' ? 'enters' : before === 'in' ? 'leaves' : undefined,
      }
    }),
  }
}

/** Counts by grade of each village; those whom the panel must still grade under `panel`. */
function gradesByVillage(policy: Policy, { members, outcomes }: Cohort, { lang }: Context): Map<string, GradeCount[]> {
  const ladder = [
    ...policy.grades.ladder.map(({ id, title }) => ({ id, name: title[lang] })),
    { id: 'panel', name: lang === 'zh' ? '待评定' : 'Panel decides' },
  ]
  const counts = new Map<string, Map<string, number>>()
  for (const { id, village, counted } of members) {
    if (!counted) continue // of two postings in a year the person is graded at the one held on the base date
    const grade = outcomes.get(id)!.grade ?? 'panel'
    const ofVillage = counts.get(village) ?? new Map<string, number>()
    counts.set(village, ofVillage.set(grade, (ofVillage.get(grade) ?? 0) + 1))
  }
  return new Map(
    [...counts].map(([village, ofVillage]) => [
      village,
      ladder.flatMap(({ id, name }) => (ofVillage.has(id) ? [{ grade: id, name, count: ofVillage.get(id)! }] : [])),
    ]),
  )
}
