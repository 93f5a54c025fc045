/** Who someone is to the product. */
export type Role = 'village' | 'townAssessor' | 'countyBureau' | 'analyst' | 'auditor'
export type SheetState = 'open' | 'submitted' | 'filed'

export interface Grant {
  role: Role
  /** Id of the unit the role is held in. */
  unit: string
}

/** Whoever is asking. */
export interface Actor {
  id: string
  name: string
  county: string
  grants: Grant[]
}

/** As much of a sheet as deciding access needs. */
export interface SheetPlace {
  village: string
  town: string
  state: SheetState
}

const everyone: Role[] = ['village', 'townAssessor', 'countyBureau', 'analyst', 'auditor']

/**
 * Which roles may call which operation of the API. An operation that is not in this table does not start the server:
 * nothing is open because somebody forgot it.
 */
export const operations: Record<string, readonly Role[]> = {
  //                     village  town   county  analyst  auditor
  me: everyone,
  cycles: everyone,
  units: everyone,
  policies: everyone,
  policy: everyone,
  policyExample: everyone,
  policyChanges: everyone,
  evaluate: everyone,
  sheet: everyone,
  explain: everyone,
  scoreGrid: everyone,
  quota: everyone,
  villageRanking: everyone,
  cycleReadings: /* */ [/*                      */ 'countyBureau', 'analyst', 'auditor'],
  whatIf: /*        */ [/*                      */ 'countyBureau', 'analyst', 'auditor'],
  approveReading: /* */ [/*                     */ 'countyBureau'],
  cellHistory: /*   */ ['village', 'townAssessor', 'countyBureau', /*     */ 'auditor'],
  cellsHistory: /*  */ ['village', 'townAssessor', 'countyBureau', /*     */ 'auditor'],
  cellsChanged: everyone,
  notedCells: /*    */ ['village', 'townAssessor', 'countyBureau', /*     */ 'auditor'],
  cellNotes: /*     */ ['village', 'townAssessor', 'countyBureau', /*     */ 'auditor'],
  addNote: /*       */ [/*      */ 'townAssessor', 'countyBureau'],
  removeNote: /*    */ [/*      */ 'townAssessor', 'countyBureau'],
  savedViews: everyone,
  saveView: everyone,
  removeView: everyone,
  changeSets: /*    */ [/*      */ 'townAssessor', 'countyBureau', /*     */ 'auditor'],
  gridChanged: everyone,
  saveCells: /*     */ [/*      */ 'townAssessor'],
  undoChangeSet: /* */ [/*      */ 'townAssessor'],
}

export const mayCall = (actor: Actor, operation: string): boolean =>
  Object.hasOwn(operations, operation) && actor.grants.some(({ role }) => operations[operation]!.includes(role))

/** What each role sees: its own village, its own town, or the county. */
const sees: Record<Role, 'village' | 'town' | 'county'> = {
  village: 'village',
  townAssessor: 'town',
  countyBureau: 'county',
  analyst: 'county',
  auditor: 'county',
}

/** The units whose sheets exist for somebody: the whole county, or these. */
export type Sight = 'county' | { towns: string[]; villages: string[] }

export function sightOf({ grants }: Actor): Sight {
  if (grants.some(({ role }) => sees[role] === 'county')) return 'county'
  const unitsSeen = (as: 'village' | 'town') => grants.filter(({ role }) => sees[role] === as).map(({ unit }) => unit)
  return { towns: unitsSeen('town'), villages: unitsSeen('village') }
}

export const maySee = (actor: Actor, { town, village }: Omit<SheetPlace, 'state'>): boolean => {
  const sight = sightOf(actor)
  return sight === 'county' || sight.towns.includes(town) || sight.villages.includes(village)
}

/** Scores are entered by the assessors of the sheet's own town while the sheet is open (requirements A11). */
export const mayScore = (actor: Actor, { town, state }: SheetPlace): boolean => state === 'open' && assesses(actor, town)

export const assesses = (actor: Actor, town: string): boolean =>
  actor.grants.some(({ role, unit }) => role === 'townAssessor' && unit === town)

/** Analysts work with masked names (requirements A11), unless another role of theirs shows them. */
export const seesNames = ({ grants }: Actor): boolean => grants.some(({ role }) => role !== 'analyst')
