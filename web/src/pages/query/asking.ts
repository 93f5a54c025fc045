import { confirmed, Refusal, signedOut, Unheard } from '../../api.ts'
import { lang } from '../../words/index.ts'

/** What somebody asks in words of their own. */
export interface Question {
  query: string
  variables: Record<string, unknown>
}
export type Format = 'csv' | 'ndjson' | 'xlsx'

/** A token stands for the caller where the product answers only what its own pages ask. */
async function post(path: string, body: unknown, token: string, signal: AbortSignal): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-lang': lang.value }
  const shown = token === '' ? headers : { ...headers, authorization: `Bearer ${token}` }
  try {
    return await fetch(path, { method: 'POST', headers: shown, body: JSON.stringify(body), signal })
  } catch (error) {
    throw signal.aborted ? error : new Unheard(error instanceof Error ? error.message : String(error))
  }
}

/** The answer as it came. Throws Refusal, or Unheard. */
export async function askFreely(question: Question, token: string, signal: AbortSignal): Promise<Record<string, unknown>> {
  const response = await post('/graphql', question, token, signal)
  const body = (await response.json().catch(() => ({}))) as {
    data?: Record<string, unknown> | null
    errors?: { message: string; extensions?: { code?: string } }[]
    code?: string
    says?: string
  }
  const [error] = body.errors ?? []
  if (error?.extensions?.code === 'signIn.needed' && token === '') signedOut.value = true
  if (error) throw new Refusal(error.extensions?.code ?? '', error.message)
  if (!body.data) throw body.says ? new Refusal(body.code ?? '', body.says) : new Unheard(`HTTP ${response.status}`)
  return body.data
}

/** Saves one list of the answer as a file. Throws Refusal, or Unheard. */
export async function saveAs(
  format: Format,
  question: Question,
  path: string,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  const response = await post('/export', { ...question, path, format }, token, signal)
  if (!response.ok) {
    const { code = '', says } = (await response.json().catch(() => ({}))) as { code?: string; says?: string }
    if (code === 'confirm.needed' && says && (await confirmed(says))) return saveAs(format, question, path, token, signal)
    throw says ? new Refusal(code, says) : new Unheard(`HTTP ${response.status}`)
  }
  const name = /filename="?([^";]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? `kaohe.${format}`
  const url = URL.createObjectURL(await response.blob())
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}
