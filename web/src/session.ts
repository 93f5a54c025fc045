import { shallowRef } from 'vue'
import { ask } from './api.ts'
import { MeDocument, type MeQuery } from './gql/documents.ts'

/** Who is signed in, with the cycles and units they may see; undefined before signing in. */
export const session = shallowRef<MeQuery>()

/** The cycle on the screen: the latest unless another was chosen. */
export const cycleId = shallowRef('')

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
