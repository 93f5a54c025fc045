import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { QuotaRounding } from '../rules/policy/shape.ts'
import type { Outcome } from '../rules/outcome.ts'
import { Seats } from './seats.ts'
import { Rounding } from './overrides.ts'

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
export class QuotaOfGroup {
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
export class GradeCount {
  @Field(() => ID, { description: '等次；panel 为待考核小组评定 / Grade; panel where the panel decides' })
  grade!: string

  @Field(() => String, { description: '名称 / Name' })
  name!: string

  @Field(() => Int, { description: '人数 / How many' })
  count!: number
}

@ObjectType({ simpleResolvers: true, description: '一个村（社区）的名次 / A village in the ranking' })
export class RankedVillage {
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
export class VillageRanking {
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
