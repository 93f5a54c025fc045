import { shallowRef } from 'vue'
import { ask } from './api.ts'
import { MeDocument, type MeQuery, type Role } from './gql/documents.ts'

/** Who is signed in, with the cycles and units they may see; undefined before signing in. */
export const session = shallowRef<MeQuery>()

/** The cycle on the screen: the latest unless another was chosen. */
export const cycleId = shallowRef('')

const holds = (...roles: Role[]): boolean =>
  session.value?.me.grants.some(({ role }) => (roles as string[]).includes(role)) ?? false

/** Whether the caller sees the whole county's results and may try other rules on them. */
export const seesCounty = (): boolean => holds('countyBureau', 'analyst', 'auditor')
/** Whether the caller reads what others remark on a cell and how it changed, and whether the caller remarks too. */
export const readsNotes = (): boolean => holds('village', 'townAssessor', 'countyBureau', 'auditor')
export const writesNotes = (): boolean => holds('townAssessor', 'countyBureau')
/** Whether the caller decides for the county. */
export const isBureau = (): boolean => holds('countyBureau')

/** Asks who is signed in. Throws when nobody is, or there was no answer. */
export async function loadSession(): Promise<void> {
  session.value = await ask(MeDocument, {})
  const { cycles } = session.value
  if (!cycles.some(({ cycle }) => cycle.id === cycleId.value)) cycleId.value = cycles[0]?.cycle.id ?? ''
}

/** The page starts over after signing out or in as somebody else: nothing of the one is left for the other. */
export function startOver(): void {
  location.assign('/')
}
