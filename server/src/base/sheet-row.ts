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

/** The columns of a sheet that a SheetRow is made of, over the alias `s`. */
export const sheetRowColumns = `s.id, s.line, s.coordinator_id as "coordinatorId", s.village_id as "villageId", s.town_id as "townId",
  s.state, s.stage, s.facts, s.beyond, s.points, s.marks, s.total::text as total, s.missing, s.limits, s.reopened, s.seq`

/** Where a sheet lies, for deciding who sees it. */
export const whereOf = ({
  coordinatorId,
  villageId,
  townId,
}: Pick<SheetRow, 'coordinatorId' | 'villageId' | 'townId'>): Place => ({
  coordinator: coordinatorId,
  village: villageId,
  town: townId,
})

/** The same with all that deciding who may score it needs. */
export const scorePlace = (
  policy: Policy,
  sheet: Pick<SheetRow, 'coordinatorId' | 'villageId' | 'townId' | 'state' | 'stage'>,
): SheetPlace => ({
  ...whereOf(sheet),
  state: sheet.state,
  writers: writersAt(policy, sheet.stage),
})

/** A PostgreSQL array of plain words (decimal text, ids, letters), as a literal. */
export const arrayLiteral = (values: readonly (string | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`
