import { shallowRef } from 'vue'
import { act, ask, Refusal } from '../../api.ts'
import { AccountsProgressDocument, CreateAccountsDocument, type CreateAccountsMutation, type Role } from '../../gql/documents.ts'
import { session } from '../../session.ts'

/** A call that made accounts, or was about to: sent again under its key, the server tells the same passwords. */
export interface Call {
  roles: Role[]
  key: string
}
export type Slips = CreateAccountsMutation['createAccounts']

const place = () => `kaohe.accounts.${session.value?.me.id}`

/** The last call whose slips have not been handed out: a page that was closed too early can have them again. */
export const unfinished = shallowRef<Call>()
export function lookForUnfinished(): void {
  unfinished.value = JSON.parse(localStorage.getItem(place()) ?? 'null') ?? undefined
}
export function forget(): void {
  localStorage.removeItem(place())
  unfinished.value = undefined
}

/** Makes the accounts, or has their slips again. Throws as `act` does; tells `progress` how far it is, while it lasts. */
export async function makeAccounts(call: Call, progress: (at: { done: number; of: number } | null) => void): Promise<Slips> {
  localStorage.setItem(place(), JSON.stringify(call))
  const watching = setInterval(
    () =>
      void ask(AccountsProgressDocument, { key: call.key }).then(
        (answer) => progress(answer.accountsProgress ?? null),
        () => undefined,
      ),
    1000,
  )
  try {
    const { createAccounts } = await act(CreateAccountsDocument, call)
    unfinished.value = call
    return createAccounts
  } catch (error) {
    // What was refused was not done; what was not heard may have been.
    if (error instanceof Refusal) forget()
    throw error
  } finally {
    clearInterval(watching)
    progress(null)
  }
}
