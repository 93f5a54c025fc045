import { Arg, ID } from 'type-graphql'
import { longest, type ReasonCode } from './reason.ts'

/** Arguments that many operations take, each described once. What is particular to one operation is described there. */

/** Needed, except where an operation was released without it. */
export const KeyArg = ({ nullable = false } = {}) =>
  Arg('key', () => String, {
    nullable,
    description:
      '由客户端产生，每次操作一个，8 至 80 个字母、数字或 . _ : -；重发时用同一个，只办一次 / Made by the client, one an action, 8 to 80 letters, digits or . _ : -; the same when it is sent again, which then has no further effect',
  })

export const CycleArg = () => Arg('cycle', () => ID, { description: '考核周期，见 cycles / The cycle, see `cycles`' })

/** Narrows what is listed to a unit. */
export const UnitArg = () =>
  Arg('unit', () => ID, {
    nullable: true,
    description: '只列此镇或此村的；不填为所能看到的全部 / Only of this town or village; all that the caller sees without it',
  })

export const SheetArg = () => Arg('sheet', () => ID, { description: '考核表 / The sheet' })

export const SheetsArg = () => Arg('sheets', () => [ID], { description: '考核表 / The sheets' })

/** A column of the grid, named together with a sheet. */
export const FieldArg = () =>
  Arg('field', () => ID, { description: '哪一栏，见 scoreGrid 的 columns / Which column, see columns of `scoreGrid`' })

/** `code` is the refusal of a reason that is missing or too long. */
export const ReasonArg = (code: ReasonCode = 'ruling.reason') =>
  Arg('reason', () => String, {
    description: `理由，1 至 ${longest[code]} 字 / Why, in 1 to ${longest[code]} characters`,
  })

export const PolicyArg = () =>
  Arg('policy', () => ID, { description: '办法的哪一版本，见 policies / Which version of a policy, see `policies`' })
