import type { CellShape } from './cell-text.ts'
import type { Text } from './text.ts'

/** One cell of a sheet, as a grid, a form or an import sees it. */
export interface Field {
  id: string
  kind: CellShape['kind']
  title: Text
  item?: string
  section?: string
  /** The largest value, decimal text. */
  max: string
  /** The smallest difference between two values, decimal text. */
  step: string
  clause: string
  /** What the criterion asks, in our own words. */
  detail?: Text
  /** What a choice is made of, best first. */
  options?: { id: string; title: Text }[]
}

/** The limits of the cells that are the same wherever they stand. */
export const cellLimits = {
  flag: { kind: 'flag', step: '1', max: '1' },
  choice: { kind: 'choice', step: '1', max: '1' },
  count: { kind: 'count', step: '1', max: '9999' },
  percent: { kind: 'percent', step: '0.01', max: '100' },
  days: { kind: 'days', step: '0.5', max: '366' },
} as const
