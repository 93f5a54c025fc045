import type { Filter } from './conditions.ts'

export const keys = ['town', 'village', 'year', 'policy', 'grade', 'item', 'section', 'month', 'ageBand', 'tenureBand'] as const
export type Key = (typeof keys)[number]

export const fields = ['total', 'points', 'lost', 'missing', 'days'] as const
export type Field = (typeof fields)[number]

export const functions = [
  'count',
  'share',
  'sum',
  'mean',
  'yearMean',
  'median',
  'percentile',
  'deviation',
  'min',
  'max',
  'fullMarks',
  'lossRate',
] as const
export type Function = (typeof functions)[number]

export interface Measure {
  of: Field
  as: Function
  /** Of a percentile: 0 to 100, decimal text. */
  at?: string | null
}

/** A bound on a measure, by its place in the list of measures. */
export interface Having {
  measure: number
  gt?: string | null
  gte?: string | null
  lt?: string | null
  lte?: string | null
}

export interface StatisticsOrder {
  key?: Key | null
  measure?: number | null
  direction: 'asc' | 'desc'
}

export interface StatisticsAsked {
  cycles: readonly string[]
  groupBy: readonly Key[]
  measures: readonly Measure[]
  filter?: Filter | null
  having?: readonly Having[] | null
  orderBy?: readonly StatisticsOrder[] | null
  /** At most so many groups; without it all of them. */
  limit?: number
}

export interface KeyValue {
  key: Key
  id: string
  name: string
}

/** A group; its numbers are none where it is suppressed. */
export interface StatisticsRow {
  keys: KeyValue[]
  suppressed: boolean
  people: number | null
  /** In the order of the measures: decimal text to twelve places, none where there is nothing to measure. */
  values: (string | null)[]
}

export interface Statistics {
  groups: number
  people: number | null
  rows: StatisticsRow[]
}
