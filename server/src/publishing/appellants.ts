import { whereOf, type PlacedRow } from '../base/sheet-row.ts'
import { isOwn, mayAt, type Actor } from '../rules/access.ts'

/** Whether somebody may file an appeal about a sheet: it is their own, or of their village or town. */
export const filesFor = (actor: Actor, row: PlacedRow): boolean =>
  isOwn(actor, whereOf(row)) || mayAt(actor, 'fileAppeals', whereOf(row))
