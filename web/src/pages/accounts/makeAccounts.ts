import { shallowRef } from 'vue'
import { act, ask, Refusal, signedOut } from '../../api.ts'
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

type Progress = { done: number; of: number }
const progressOf = async ({ key }: Call): Promise<Progress | undefined> =>
  (await ask(AccountsProgressDocument, { key })).accountsProgress ?? undefined
const pause = () => new Promise((resolve) => setTimeout(resolve, 1000))

/**
 * Makes the accounts, or has their slips again. Throws as `act` does; tells `progress` how far it is, while it lasts.
 * It may last longer than whatever stands between here and the server waits for an answer; then it is waited for here.
 */
export async function makeAccounts(call: Call, progress: (at: Progress | undefined) => void): Promise<Slips> {
  localStorage.setItem(place(), JSON.stringify(call))
  const watching = setInterval(() => void progressOf(call).then(progress, () => undefined), 1000)
  try {
    for (;;) {
      try {
        const { createAccounts } = await act(CreateAccountsDocument, call)
        unfinished.value = call
        return createAccounts
      } catch (error) {
        // What was refused was not done; what was not heard may have been, or is still being done.
        if (error instanceof Refusal) forget()
        if (error instanceof Refusal || signedOut.value || !(await progressOf(call))) throw error
        while (await progressOf(call)) await pause()
      }
    }
  } finally {
    clearInterval(watching)
    progress(undefined)
  }
}
