import type { Place, SheetPlace, SheetState } from '../rules/access.ts'
import type { Facts } from '../rules/facts.ts'
import type { Beyond } from '../rules/person.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { writersAt } from '../rules/stages.ts'

/** A sheet as the door holds it: what GridRows needs of one row. */
export interface SheetRow {
  id: string
  line: number
  coordinatorId: string
  villageId: string
  townId: string
  state: SheetState
  stage: string
  facts: Facts
  beyond: Beyond
  points: (string | null)[]
  marks: string
  total: string
  missing: number
  limits: string[]
  /** The fields an upheld appeal named, while nothing else may be written; null otherwise. */
  reopened: string[] | null
  seq: number
}

interface SheetColumn {
  /** What the table calls it; read as it is, unless `read` says how. */
  name: string
  read?: string
  /** Of a column that acts change: its type. Arrays and JSON travel as text, because the rows of one statement do. */
  type?: string
}

/** The columns of a sheet that a SheetRow is made of: whatever reads, locks or stores sheets takes them from here. */
const columns: { [Field in keyof SheetRow]: SheetColumn } = {
  id: { name: 'id' },
  line: { name: 'line' },
  coordinatorId: { name: 'coordinator_id' },
  villageId: { name: 'village_id' },
  townId: { name: 'town_id' },
  state: { name: 'state', type: 'text' },
  stage: { name: 'stage', type: 'text' },
  facts: { name: 'facts', type: 'jsonb' },
  beyond: { name: 'beyond', type: 'jsonb' },
  points: { name: 'points', type: 'text[]' },
  marks: { name: 'marks', type: 'text' },
  total: { name: 'total', read: 's.total::text', type: 'numeric' },
  missing: { name: 'missing', type: 'int' },
  limits: { name: 'limits', type: 'text[]' },
  reopened: { name: 'reopened', type: 'text[]' },
  seq: { name: 'seq' },
}
const fields = Object.keys(columns) as (keyof SheetRow)[]

const selected = (some: readonly (keyof SheetRow)[]): string =>
  some.map((field) => `${columns[field].read ?? `s.${columns[field].name}`} as "${field}"`).join(', ')

/** The select list over the alias `s`, of a whole row and of where it lies. */
export const sheetRowColumns = selected(fields)
export const placeColumns = selected(['coordinatorId', 'villageId', 'townId'])
/** As much of a row as saying where it lies needs. */
export type PlacedRow = Pick<SheetRow, 'coordinatorId' | 'villageId' | 'townId'>

const textOf: Record<string, (value: never) => unknown> = {
  'jsonb': JSON.stringify,
  'text[]': (value: string[] | null) => value && arrayLiteral(value),
}
/** The columns that acts change: how a row of them is bound, and what makes a column of its text again. */
export const storedColumns = fields.flatMap((field) => {
  const { name, type } = columns[field]
  if (type === undefined) return []
  const bind = textOf[type]
  return [
    {
      name,
      /** The type it travels in. */
      sent: bind || type === 'numeric' ? 'text' : type,
      type,
      valueIn: (row: SheetRow): unknown => (bind ? bind(row[field] as never) : row[field]),
    },
  ]
})

/** Where a sheet lies, for deciding who sees it. */
export const whereOf = ({ coordinatorId, villageId, townId }: PlacedRow): Place => ({
  coordinator: coordinatorId,
  village: villageId,
  town: townId,
})

/** The same with all that deciding who may score it needs. */
export const scorePlace = (policy: Policy, sheet: PlacedRow & Pick<SheetRow, 'state' | 'stage'>): SheetPlace => ({
  ...whereOf(sheet),
  state: sheet.state,
  writers: writersAt(policy, sheet.stage),
})

/** A PostgreSQL array of plain words (decimal text, ids, letters), as a literal. */
export const arrayLiteral = (values: readonly (string | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`
