import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { KeyArg, ReasonArg } from '../base/arguments.ts'
import type { Context } from '../base/context.ts'
import { enumerate } from '../base/enumerations.ts'
import { personFields, unitFields } from '../rules/roster.ts'
import { endPosting, transferPosting } from './change-postings.ts'
import { changeUnit, closeUnit } from './change-units.ts'
import type { Followed } from './follow.ts'
import type { Entry } from './plan.ts'
import { rosterOf } from './read-roster.ts'
import { revealPerson } from './reveal.ts'
import {
  FollowedCycle,
  PersonRowInput,
  RevealedPerson,
  RosterImportType,
  RosterReplyType,
  RosterRow,
  UnitRowInput,
} from './roster.types.ts'
import { importsOf, takeBackImport } from './take-back.ts'
import { takeIn, type RosterReply } from './take-in.ts'

const EndKind = enumerate('PostingEnd', '离任的种类（离职呈报单）/ How a posting ends, as the exit form lists it', {
  dissolved: '解除合同 / Contract dissolved',
  expired: '终止合同 / Contract ended',
  resigned: '辞职 / Resigned',
  dismissed: '辞退 / Dismissed',
  retired: '退休 / Retired',
  other: '其他，须写原因 / Other, with the reason',
})
type EndKind = (typeof EndKind)[keyof typeof EndKind]

const DryRunArg = () =>
  Arg('dryRun', () => Boolean, { defaultValue: false, description: '试读，不写入 / Stores nothing, and answers what would be' })
const DayArg = (description: string) => Arg('on', () => String, { description })
const UnitIdArg = () => Arg('unit', () => ID, { description: '单位，见 units / The unit, see `units`' })
const PostingArg = () => Arg('posting', () => ID, { description: '任职，见 roster / The posting, see `roster`' })

@Resolver()
export class RosterResolver {
  @Query(() => [RosterRow], {
    description: '名册：所能看到的任职，按镇、村排列 / The roster: the postings the caller may see, by town and village',
  })
  roster(
    @Arg('past', () => Boolean, { defaultValue: false, description: '连同已离任的 / With postings that have ended' })
    past: boolean,
    @Arg('postings', () => [ID], { nullable: true, description: '只列这些任职 / Only these postings' })
    postings: string[] | null | undefined,
    @Ctx() context: Context,
  ): Promise<RosterRow[]> {
    return rosterOf(context, past, postings ?? null)
  }

  @Query(() => [RosterImportType], { description: '导入的记录，新的在前 / Imports of the roster, latest first' })
  rosterImports(@Ctx() context: Context): Promise<RosterImportType[]> {
    return importsOf(context)
  }

  @Mutation(() => RosterReplyType, {
    description: '读入镇村表：没有的新建，有的更新；整份一起 / Takes in a list of places, all of it or nothing',
  })
  saveUnits(
    @Arg('rows', () => [UnitRowInput], { description: '逐行 / The rows' }) rows: UnitRowInput[],
    @DryRunArg() dryRun: boolean,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<RosterReply> {
    const entries = rows.map((row, at): Entry => ({ sheet: '', row: at + 1, written: writtenIn(row, unitFields) }))
    return takeIn(context, { kind: 'units', entries, fileName: '', makeUnits: true, goodRows: false, dryRun, key })
  }

  @Mutation(() => RosterReplyType, {
    description:
      '读入名册：按身份证号，其次按本村姓名找人，找不到即新增；进行中的考核随之调整 / Takes in a roster: people are found by ID number, else by name in the village, else made; running cycles follow',
  })
  savePeople(
    @Arg('rows', () => [PersonRowInput], { description: '逐行 / The rows' }) rows: PersonRowInput[],
    @Arg('makeUnits', () => Boolean, {
      defaultValue: false,
      description: '新建所缺的镇村 / Makes the towns and villages that are missing',
    })
    makeUnits: boolean,
    @Arg('goodRows', () => Boolean, {
      defaultValue: false,
      description:
        '只收没有问题的行；否则有一行不收即全不写 / Takes the rows without a problem; else one refused row keeps all out',
    })
    goodRows: boolean,
    @DryRunArg() dryRun: boolean,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<RosterReply> {
    const entries = rows.map((row, at): Entry => {
      const { person = null, posting = null } = row
      const cleared = personFields.filter((field) => row[field] === '')
      return { sheet: '', row: at + 1, person, posting, written: writtenIn(row, personFields), cleared }
    })
    return takeIn(context, { kind: 'people', entries, fileName: '', makeUnits, goodRows, dryRun, key })
  }

  @Mutation(() => [FollowedCycle], { description: '离任 / Ends a posting' })
  endPosting(
    @PostingArg() posting: string,
    @DayArg('任职的最后一天 / The last day of the posting') on: string,
    @Arg('kind', () => EndKind, { description: '种类 / How it ends' }) kind: EndKind,
    @Arg('reason', () => String, { nullable: true, description: '原因；其他时必填 / Why; needed for `other`' })
    reason: string | null | undefined,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<Followed[]> {
    return endPosting(context, { posting, on, kind, reason: reason ?? null }, key)
  }

  @Mutation(() => [FollowedCycle], { description: '调到另一村（社区）/ Moves somebody to another village' })
  transferPosting(
    @PostingArg() posting: string,
    @Arg('village', () => ID, { description: '调往，见 units / Where to, see `units`' }) village: string,
    @DayArg('在新岗位的第一天 / The first day in the new post') on: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<Followed[]> {
    return transferPosting(context, { posting, village, on }, key)
  }

  @Mutation(() => RevealedPerson, {
    description: '查看一人的证件号和电话全文；留痕 / The number and telephone of somebody in full; stays on record',
  })
  revealPerson(
    @Arg('person', () => ID, { description: '协理员，见 roster / The coordinator, see `roster`' }) person: string,
    @ReasonArg('reading.reason') reason: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<RevealedPerson> {
    return revealPerson(context, person, reason, key)
  }

  @Mutation(() => [FollowedCycle], {
    description: '撤回一次导入：未被改动和引用时 / Takes an import back while nothing was built on it',
  })
  takeBackImport(
    @Arg('id', () => ID, { description: '见 rosterImports / See `rosterImports`' }) id: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<Followed[]> {
    return takeBackImport(context, id, key)
  }

  @Mutation(() => [FollowedCycle], {
    description: '单位改名、改代码，或村改属另一镇 / Renames a unit, gives its code, or brings a village to another town',
  })
  changeUnit(
    @UnitIdArg() id: string,
    @Arg('name', () => String, { nullable: true, description: '名称；不填不改 / Name; as it is without it' })
    name: string | null | undefined,
    @Arg('code', () => String, { nullable: true, description: '代码；不填不改 / Code; as it is without it' })
    code: string | null | undefined,
    @Arg('town', () => ID, { nullable: true, description: '村改属哪一镇 / Of a village: the town it comes to' })
    town: string | null | undefined,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<Followed[]> {
    return changeUnit(context, { id, name: name ?? null, code: code ?? null, town: town ?? null }, key)
  }

  @Mutation(() => [FollowedCycle], {
    description:
      '撤销一个单位，或并入另一单位，在岗者次日起转入 / Closes a unit, or merges it into another, where its people go on from the next day',
  })
  closeUnit(
    @UnitIdArg() id: string,
    @DayArg('最后一天 / Its last day') on: string,
    @Arg('into', () => ID, { nullable: true, description: '并入哪一单位 / The unit it is merged into' })
    into: string | null | undefined,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<Followed[]> {
    return closeUnit(context, { id, on, into: into ?? null }, key)
  }
}

/** What a row says, without what it leaves out. */
const writtenIn = <Field extends string>(
  row: { [One in Field]?: string | null },
  fields: readonly Field[],
): Partial<Record<Field, string>> =>
  Object.fromEntries(fields.flatMap((field) => (row[field] ? [[field, row[field]]] : []))) as Partial<Record<Field, string>>
