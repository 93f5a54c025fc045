import { permissionFor, permissionsOf, rolesWith, scopeOf, type Permission, type Role } from './permissions.ts'

export type SheetState = 'open' | 'submitted' | 'filed'

export interface Grant {
  role: Role
  /** Id of the unit the role is held in. */
  unit: string
  /** Of a coordinator's role: whose own sheet it is. */
  coordinator?: string | null
  /** Of a deputy: in whose name they act. */
  onBehalfOf?: string | null
}

/** Whoever is asking. */
export interface Actor {
  id: string
  name: string
  county: string
  grants: Grant[]
  /** 回避: the coordinators who are declared relatives of theirs. */
  recusedFrom: readonly string[]
}

/** Where a sheet lies: all that seeing it depends on. */
export interface Place {
  village: string
  town: string
  coordinator: string
}

/** As much of a sheet as deciding who may write it needs. */
export interface SheetPlace extends Place {
  state: SheetState
  /** Who enters scores at the stage where it stands. */
  writers: readonly Role[]
}

export type Level = 'village' | 'town' | 'county'
/** The level of the units in which a role is held. */
export const levelOf = (role: Role): Level => {
  const seen = scopeOf(role)
  return seen === 'own' || seen === 'village' ? 'village' : seen === 'town' ? 'town' : 'county'
}

/** Whoever manages accounts or grants: they see no assessment, and hold no other role. */
export const isAdministrator = (role: Role): boolean => scopeOf(role) === 'nothing'

/** The roles that sign in with a second factor where the setting asks for it: the whole county, and accounts. */
export const needsSecondFactor = (role: Role): boolean => levelOf(role) === 'county'

/** Everything that somebody may do, in the order of the table. */
export const permissionsHeld = ({ grants }: Pick<Actor, 'grants'>): Permission[] => [
  ...new Set(grants.flatMap(({ role }) => permissionsOf(role))),
]

export const may = ({ grants }: Pick<Actor, 'grants'>, permission: Permission): boolean =>
  grants.some(({ role }) => permissionsOf(role).includes(permission))

/** Whether somebody may call an operation of the API: whether a role of theirs has the permission that it takes. */
export const mayCall = (actor: Actor, operation: string): boolean => {
  const permission = permissionFor.get(operation)
  return permission !== undefined && may(actor, permission)
}

/** What a token of a program is for, within what its account may do. */
export const tokenScopes = ['read', 'analyst', 'write'] as const
export type TokenScope = (typeof tokenScopes)[number]

/** What may be changed with a token. What is signed, published, granted or confirmed is done by people: a new operation is not in it by itself. */
const tokenWrites = new Set(
  `addNote removeNote saveView removeView showPlace saveCells undoChangeSet openCycle decideGrades ruleSeats ruleElimination explainFail
   recordLegalStep proposeRanks proposeClaim decideClaim withdrawClaim removeEvidence saveUnits savePeople`.split(/\s+/),
)

/** Whether a token lets its holder call an operation that its account may call: `scope` where its scopes are too narrow, `people` where no token ever does. */
export function tokenObjection(
  scopes: readonly TokenScope[],
  kind: 'query' | 'mutation' | 'subscription',
  operation: string,
): 'scope' | 'people' | undefined {
  if (kind !== 'mutation') return scopes.includes('read') || scopes.includes('analyst') ? undefined : 'scope'
  if (!tokenWrites.has(operation)) return 'people'
  return scopes.includes('write') ? undefined : 'scope'
}

/** The units whose sheets exist for somebody: the whole county, or these, and the sheets of these people. */
export type Sight = 'county' | { towns: string[]; villages: string[]; coordinators: string[] }

export function sightOf({ grants }: Actor): Sight {
  if (grants.some(({ role }) => scopeOf(role) === 'county')) return 'county'
  const having = (as: 'own' | 'village' | 'town') => grants.filter(({ role }) => scopeOf(role) === as)
  return {
    towns: having('town').map(({ unit }) => unit),
    villages: having('village').map(({ unit }) => unit),
    coordinators: having('own').flatMap(({ coordinator }) => coordinator ?? []),
  }
}

export const maySee = (actor: Actor, { town, village, coordinator }: Place): boolean => {
  const sight = sightOf(actor)
  return (
    sight === 'county' ||
    sight.towns.includes(town) ||
    sight.villages.includes(village) ||
    sight.coordinators.includes(coordinator)
  )
}

/** Whether somebody holds one of the roles where a sheet lies: in its village, in its town, or for the county. */
export const holdsAt = (actor: Actor, wanted: readonly Role[], { town, village }: Pick<Place, 'town' | 'village'>): boolean =>
  actor.grants.some(
    ({ role, unit }) =>
      wanted.includes(role) &&
      ((scopeOf(role) === 'county' && unit === actor.county) ||
        (scopeOf(role) === 'town' && unit === town) ||
        (scopeOf(role) === 'village' && unit === village)),
  )

/** Whether somebody has a permission where a sheet lies. A coordinator's role is held in no place: see `isOwn`. */
export const mayAt = (actor: Actor, permission: Permission, place: Pick<Place, 'town' | 'village'>): boolean =>
  holdsAt(actor, rolesWith(permission), place)

/** Whether a sheet is of the person whose account it is. */
export const isOwn = ({ grants }: Pick<Actor, 'grants'>, { coordinator }: Pick<Place, 'coordinator'>): boolean =>
  grants.some((grant) => grant.role === 'coordinator' && grant.coordinator === coordinator)

/** Whose sheets somebody may not write anywhere: their own, and those of declared relatives. */
export const recusedFrom = ({ grants, recusedFrom: relatives }: Actor): string[] => [
  ...new Set([...relatives, ...grants.flatMap(({ coordinator }) => coordinator ?? [])]),
]
export const isRecused = (actor: Actor, { coordinator }: Pick<Place, 'coordinator'>): boolean =>
  recusedFrom(actor).includes(coordinator)

/** Scores are entered by those whose turn it is at the sheet's stage, in its own place, while it is open and no relative's (requirements A11). */
export const mayScore = (actor: Actor, place: SheetPlace): boolean =>
  place.state === 'open' && holdsAt(actor, place.writers, place) && !isRecused(actor, place)

/** The units in which somebody holds one of the roles, by what the role sees: for conditions on tables. */
export function unitsHeld(actor: Actor, wanted: readonly Role[]): { county: boolean; towns: string[]; villages: string[] } {
  const held = actor.grants.filter(({ role }) => wanted.includes(role))
  const having = (as: 'village' | 'town') => held.filter(({ role }) => scopeOf(role) === as).map(({ unit }) => unit)
  const county = held.some(({ role, unit }) => scopeOf(role) === 'county' && unit === actor.county)
  return { county, towns: having('town'), villages: having('village') }
}

/** Analysts work with masked names (requirements A11), unless another role of theirs shows them. */
export const seesNames = ({ grants }: Actor): boolean => grants.some(({ role }) => role !== 'analyst')
