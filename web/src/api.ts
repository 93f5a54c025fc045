import { createClient, type Client } from 'graphql-sse'
import { shallowRef } from 'vue'
import type { TypedDocumentString } from './gql/documents.ts'
import { randomKey } from './grid/retry.ts'
import { i18n, lang } from './words/index.ts'

/** A refusal by the server: its sentence is for the person, its code for the program. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** The field of a form that it is about, where the server names one. */
    readonly field?: string,
  ) {
    super(message)
  }
}

/** The server was not heard, or not able: the same call may be sent again. Says so to the person; the cause is for the log. */
export class Unheard extends Error {
  readonly retry = true
  constructor(cause: unknown) {
    super(i18n.global.t('common.unheard'), { cause })
  }
}

/** Set when the server no longer knows who is asking: the frame asks to sign in again, without leaving the page. */
export const signedOut = shallowRef(false)

interface Body<Data> {
  data?: Data
  errors?: { message: string; extensions?: { code?: string } }[]
}

/** Set while the server wants to know that it is really the one who signed in: the frame asks for the password. */
export const confirming = shallowRef<{ says: string; settle(confirmed: boolean): void }>()
let confirmation: Promise<boolean> | undefined

/** One dialog for all that wait for it. */
export function confirmed(says: string): Promise<boolean> {
  confirmation ??= new Promise<boolean>((settle) => (confirming.value = { says, settle })).finally(() => {
    confirming.value = undefined
    confirmation = undefined
  })
  return confirmation
}

/** Throws Refusal when the password or the code is wrong, Unheard when there was no answer. */
export async function confirm(password: string, code: string): Promise<void> {
  const response = await send('/session/confirm', { password, code })
  if (response.ok) return
  const { code: refused, says } = (await response.json().catch(() => ({}))) as { code?: string; says?: string }
  throw refused && says ? new Refusal(refused, says) : new Unheard(`HTTP ${response.status}`)
}

/**
 * Asks the server. What weighs much is asked once more, word for word, when the password was given again.
 * Throws Refusal when it says no, Unheard when there was no answer.
 */
export async function ask<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
  const response = await send('/graphql', { query: String(document), variables })
  // Busy, or asked too often: the same call is right a little later.
  if (response.status >= 500 || response.status === 429) throw new Unheard(`HTTP ${response.status}`)
  const body = (await response.json()) as Body<Data> & { code?: string; says?: string }
  const error = body.errors?.[0]
  if (error) {
    const code = error.extensions?.code ?? ''
    if (code === 'confirm.needed' && (await confirmed(error.message))) return ask(document, variables)
    if (code !== 'signIn.needed') throw new Refusal(code, error.message)
    signedOut.value = true
    throw new Unheard(error.message)
  }
  if (!body.data) throw new Refusal(body.code ?? '', body.says ?? `HTTP ${response.status}`)
  return body.data
}

/** Pauses before an act that was not heard is sent again. */
const AGAIN_MS = [1000, 3000]

/**
 * Asks for something to be done, once: however often it has to be sent, it is sent under one key, and the server answers
 * as the first time. The key is a new one unless the caller has made it. Throws as `ask` does.
 */
export async function act<Data, Variables extends { key: string }>(
  document: TypedDocumentString<Data, Variables>,
  variables: Omit<Variables, 'key'> & { key?: string },
): Promise<Data> {
  const keyed = { key: randomKey(), ...variables } as unknown as Variables
  for (const pause of AGAIN_MS) {
    try {
      return await ask(document, keyed)
    } catch (error) {
      if (!(error instanceof Unheard) || signedOut.value) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return ask(document, keyed)
}

/** Posts to one of the few addresses beside the schema. Throws Refusal when the server says no, Unheard without an answer. */
export async function post<Answer>(path: string, body: unknown): Promise<Answer> {
  const response = await send(path, body)
  if (response.ok) return (await response.json()) as Answer
  const { code, says, field } = (await response.json().catch(() => ({}))) as { code?: string; says?: string; field?: string }
  throw code && says ? new Refusal(code, says, field) : new Unheard(`HTTP ${response.status}`)
}

async function send(path: string, body: unknown): Promise<Response> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-lang': lang.value },
      body: JSON.stringify(body),
    })
  } catch (error) {
    throw new Unheard(error)
  }
}

export interface DemoAccount {
  login: string
  name: string
  role: string
  /** The name of the role. */
  title: { zh: string; en: string }
  unit: string
}

export interface SessionState {
  signedIn: boolean
  /** The accounts to offer: none unless the county is the invented one. */
  demo: DemoAccount[]
  /** There is no county yet: it is set up first. */
  empty: boolean
  /** The demo county is being made; nobody can sign in yet. */
  preparing: boolean
}

export async function sessionState(): Promise<SessionState> {
  const response = await fetch('/session').catch(() => undefined)
  return response?.ok ? ((await response.json()) as SessionState) : { signedIn: false, demo: [], empty: false, preparing: false }
}

/** What is still to be typed before the session opens, by the code of the refusal. */
export interface Enrolment {
  secret: string
  uri: string
}
export class MoreNeeded extends Refusal {
  constructor(
    code: string,
    says: string,
    readonly enrolment: Enrolment | undefined,
  ) {
    super(code, says)
  }
}

/**
 * Signs in and answers the recovery codes of a second factor that was turned on by it. Throws MoreNeeded when a code or a
 * new password is wanted as well, Refusal when something is wrong, Unheard when there was no answer.
 */
export async function signIn(typed: { login: string; password: string; code?: string; newPassword?: string }): Promise<string[]> {
  const response = await send('/session', typed)
  const body = (await response.json().catch(() => ({}))) as {
    code?: string
    says?: string
    recovery?: string[]
    enrolment?: Enrolment
  }
  if (response.ok) return body.recovery ?? []
  const { code, says, enrolment } = body
  if (!code || !says) throw new Unheard(`HTTP ${response.status}`)
  throw response.status === 403 || enrolment ? new MoreNeeded(code, says, enrolment) : new Refusal(code, says)
}

export async function signOut(): Promise<void> {
  await fetch('/session', { method: 'DELETE' })
}

let client: Client | undefined

/**
 * Listens to a subscription until the returned function is called, reconnecting as often as it takes.
 * `connected` is called each time the line stands: what happened while it did not must be asked for.
 */
export function listen<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  { next, connected }: { next: (data: Data) => void; connected: () => void },
): () => void {
  client ??= createClient({ url: '/graphql/stream', retryAttempts: Infinity, headers: () => ({ 'x-lang': lang.value }) })
  let stopped = false
  const stop = client.subscribe<Data>(
    { query: String(document), variables },
    {
      next: ({ data }) => void (data && next(data)),
      error: () =>
        void (stopped || setTimeout(() => stopped || (again = listen(document, variables, { next, connected })), 3000)),
      complete: () => undefined,
    },
    { connected },
  )
  let again: (() => void) | undefined
  return () => {
    stopped = true
    stop()
    again?.()
  }
}
