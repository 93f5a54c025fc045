import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg, SheetsArg, UnitArg } from '../base/arguments.ts'
import type { Context } from '../base/context.ts'
import { AttendanceInput, SheetAttendance } from './attendance.types.ts'
import { attendanceOf } from './attendance-of-sheets.ts'
import { recordAbsence } from './record-absence.ts'
import { endAttendance } from './end-attendance.ts'

@Resolver()
export class AttendanceResolver {
  @Query(() => [SheetAttendance], {
    description: '缺勤和查岗，及由此算出的 / Absences, spot checks, and what is found from them',
  })
  attendance(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<SheetAttendance[]> {
    return attendanceOf(context, cycle, unit)
  }

  @Mutation(() => [ID], {
    description:
      '给若干人记缺勤或查岗，或以新记录代替旧的（每人一条，凡涉及的考核表都计）/ Records absences or checks, one a person, or puts one in another’s place; each counts on every sheet of theirs that it touches',
  })
  recordAbsence(
    @CycleArg() cycle: string,
    @SheetsArg() sheets: string[],
    @Arg('input', () => AttendanceInput, { description: '所记的缺勤或查岗 / What is recorded' }) input: AttendanceInput,
    @Arg('replaces', () => ID, { nullable: true, description: '更正哪一条 / Which record it corrects' })
    replaces: string | null | undefined,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string[]> {
    return recordAbsence(context, { cycle, sheets, input, replaces, key })
  }

  @Mutation(() => Int, { description: '收回一条考勤记录，须写理由 / Takes a record back, with a reason' })
  endAttendance(
    @CycleArg() cycle: string,
    @Arg('record', () => ID, { description: '考勤记录，见 attendance / The record, see `attendance`' }) record: string,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    return endAttendance(context, { cycle, record, given, key })
  }
}
