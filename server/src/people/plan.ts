import type { RosterFault, RosterField, Written } from '../rules/roster.ts'

/** One row of a roster as it came: where it stands, and what it says. */
export interface Entry<Field extends RosterField = RosterField> {
  /** The worksheet, or empty where there is only one. */
  sheet: string
  /** Number of the row in its sheet, from 1. */
  row: number
  /** Whom it is about, where the page names them; else they are found by what the row says. */
  person?: string | null
  posting?: string | null
  written: Written<Field>
  /** Fields whose value is taken away, where the page names the person. */
  cleared?: readonly Field[]
  /** The letter of the column in which a field stands. */
  columns?: Readonly<Partial<Record<Field, string>>>
}

export type Doing = 'create' | 'update' | 'unchanged' | 'refused'

/** What would become of a row. */
export interface Planned {
  entry: Entry
  does: Doing
  /** What is turned, before and after, as a person reads it; what is secret is masked. */
  turns: { field: RosterField; before: string | null; after: string | null }[]
  faults: RosterFault[]
}

/** What is to be stored: whole rows by table, and of what is changed the row as it was. */
export interface Writes {
  insert: Record<'unit' | 'coordinator' | 'posting', Record<string, unknown>[]>
  update: {
    table: 'unit' | 'coordinator' | 'posting'
    id: string
    set: Record<string, unknown>
    before: Record<string, unknown>
  }[]
  /** Whose sheets of running cycles are to follow. */
  people: Set<string>
}

export const noWrites = (): Writes => ({
  insert: { unit: [], coordinator: [], posting: [] },
  update: [],
  people: new Set(),
})

/** Plans a change of a stored row: only what differs, and nothing where `wanted` says nothing. Null takes a value away. */
export function changeOf<Row extends { id: string }>(
  writes: Writes,
  table: Writes['update'][number]['table'],
  row: Row,
  wanted: Partial<Row>,
): (keyof Row)[] {
  const turned = (Object.keys(wanted) as (keyof Row)[]).filter(
    (column) => wanted[column] !== undefined && wanted[column] !== row[column],
  )
  if (turned.length === 0) return []
  const pick = (from: Partial<Row>) => Object.fromEntries(turned.map((column) => [column, from[column]]))
  writes.update.push({ table, id: row.id, set: pick(wanted), before: pick(row) })
  return turned
}

export const hinders = ({ note }: RosterFault): boolean => note !== true
