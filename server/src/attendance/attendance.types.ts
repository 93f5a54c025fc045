import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { provisionalField } from '../core/provisional.ts'

@InputType({ description: '一次缺勤，或一次查岗 / Days away, or a spot check' })
export class AttendanceInput {
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
export class SheetAttendance {
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
