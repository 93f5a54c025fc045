import { shallowRef } from 'vue'
import { ask } from './api.ts'
import { MeDocument, type MeQuery, type Permission } from './gql/documents.ts'

/** Who is signed in, with the cycles and units they may see; undefined before signing in. */
export const session = shallowRef<MeQuery>()

/** The cycle on the screen: the latest unless another was chosen. */
export const cycleId = shallowRef(sessionStorage.getItem('kaohe.cycle') ?? '')

/** Puts another cycle on the screen; a reload shows it again. */
export function chooseCycle(id: string): void {
  cycleId.value = id
  sessionStorage.setItem('kaohe.cycle', id)
}

/** Whether the caller may do this, as the server says; whether a role of theirs lies where a sheet lies, the answers say themselves. */
export const may = (permission: Permission): boolean => session.value?.me.may.includes(permission) ?? false

/** The name of a role in the language of the page. */
export const roleTitle = (role: string): string => session.value?.roles.find((one) => one.role === role)?.title ?? role

/** The policy of the cycle on the screen. */
export const policyNow = () => {
  const { cycles = [], policies = [] } = session.value ?? {}
  const cycle = cycles.find((one) => one.cycle.id === cycleId.value)
  return policies.find(({ id }) => id === cycle?.cycle.policyId)
}
/** How that policy counts claims; undefined where it does not. */
export const cycleTally = () => policyNow()?.tally ?? undefined
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
