import type { Entity } from './entity.ts'
import { people, postings, towns, villages, cycleRecords } from './entities-people.ts'
import { sheets, items, occurrences, resultRecords, changes, claimRecords, leaves, ratings } from './entities-sheets.ts'
import {
  rulings,
  signatureRecords,
  appealRecords,
  noticeRecords,
  filingRecords,
  filedResults,
  correctionRecords,
  evidenceRecords,
} from './entities-year.ts'

/** Every table of the analysts' API. Another is one more description in this list. */
export const entities: readonly Entity[] = [
  people,
  postings,
  towns,
  villages,
  cycleRecords,
  sheets,
  items,
  occurrences,
  resultRecords,
  rulings,
  signatureRecords,
  changes,
  claimRecords,
  leaves,
  ratings,
  appealRecords,
  noticeRecords,
  filingRecords,
  filedResults,
  correctionRecords,
  evidenceRecords,
]

const byName = new Map(entities.map((entity) => [entity.name, entity]))

/** The entity of that name; a relation to one that is not described is a fault of the description. */
export function entityOf(name: string): Entity {
  const entity = byName.get(name)
  if (!entity) throw new Error(`analysis: no entity ${name}`)
  return entity
}
