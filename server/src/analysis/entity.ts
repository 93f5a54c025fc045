import { actorOf, type Context } from '../base/context.ts'
import type { CycleRules } from '../core/cycles.ts'
import { seesNames } from '../rules/access.ts'
import type { Text } from '../rules/text.ts'

/**
 * What a column holds: which input filters it, how it is compared, and how it travels. A key is an id made of words, a
 * choice one of few words, a whole number is a year, a rank or a count.
 */
export type Kind = 'id' | 'key' | 'text' | 'choice' | 'whole' | 'number' | 'day' | 'moment' | 'flag'

export interface Column {
  kind: Kind
  says: Text
  /** The enumeration of a choice: one of the schema by its name, or one that is described here. */
  choices?: string | Choices
  /** May be empty; every other column has a value in every row. */
  optional?: boolean
  /** Empty for analysts, who may not filter or order by it either. */
  hidden?: boolean
  /** Of the person whose row it is: reading it in full, or asking by it, leaves a mark in the chain. */
  personal?: boolean
}

/** An enumeration that only the analysts’ API has. */
export interface Choices {
  name: string
  says: Text
  values: Readonly<Record<string, Text>>
}

/** Rows of another entity: those whose `at` is this row's `from`. */
export interface Relation {
  to: string
  from: string
  at: string
  many: boolean
  says: Text
}

/** Makes a parameter of a value; what comes back stands in the statement. */
export type Bind = (value: unknown) => string

/** Who asks, and as of when: the sheets as they stood then, by `stood`. */
export interface Asking {
  context: Context
  stood?: Stood
}

/** The sheets that stood otherwise at a moment, and the cycles that were not yet opened. */
export interface Stood {
  at: Date
  /** JSON: a list of the columns of `sheet` that follow from facts and moves. */
  sheets: string
  unopened: string[]
  /** The policy and readings in force then, of cycles that have others now. */
  rules: ReadonlyMap<string, Pick<CycleRules, 'policy' | 'policyId' | 'choices'>>
}

/**
 * One table of the analysts' API. Its connection, filters, orders, relations and statements are made from this
 * description alone: what an analyst can ask about is described here, or does not exist.
 */
export interface Entity {
  /** The operation that lists it, also its line in the table of permissions, without which no path leads to its rows. */
  name: string
  /** The name of its GraphQL type. */
  type: string
  says: Text
  /** The rows the caller may see: a `select` whose columns are named as below, with `id` and in it nothing that is masked. */
  source(asking: Asking, bind: Bind): string | Promise<string>
  columns: Readonly<Record<string, Column>>
  relations: Readonly<Record<string, Relation>>
  /** Columns of the order it is listed in when none is asked for; the id comes last in every order. */
  order: readonly string[]
  /** Cannot be told as of an earlier moment. */
  onlyNow?: boolean
}

/** Analysts and nobody else: names are masked, free text is hidden, small groups are suppressed. */
export const masked = ({ context }: Asking): boolean => !seesNames(actorOf(context))

export const id = (zh: string, en: string): Column => ({ kind: 'id', says: { zh, en } })
export const key = (zh: string, en: string): Column => ({ kind: 'key', says: { zh, en } })
export const text = (zh: string, en: string): Column => ({ kind: 'text', says: { zh, en } })
export const choice = (choices: string | Choices, zh: string, en: string): Column => ({
  kind: 'choice',
  says: { zh, en },
  choices,
})
export const whole = (zh: string, en: string): Column => ({ kind: 'whole', says: { zh, en } })
export const number = (zh: string, en: string): Column => ({ kind: 'number', says: { zh, en } })
export const day = (zh: string, en: string): Column => ({ kind: 'day', says: { zh, en } })
export const moment = (zh: string, en: string): Column => ({ kind: 'moment', says: { zh, en } })
export const flag = (zh: string, en: string): Column => ({ kind: 'flag', says: { zh, en } })
export const optional = (column: Column): Column => ({ ...column, optional: true })
export const hidden = (column: Column): Column => ({ ...column, hidden: true, optional: true })
export const personal = (column: Column): Column => ({ ...column, hidden: true, optional: true, personal: true })

export const one = (to: string, from: string, zh: string, en: string, at = 'id'): Relation => ({
  to,
  from,
  at,
  many: false,
  says: { zh, en },
})
export const many = (to: string, at: string, zh: string, en: string, from = 'id'): Relation => ({
  to,
  from,
  at,
  many: true,
  says: { zh, en },
})
