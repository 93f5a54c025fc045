import { Refusal, signedOut, Unheard } from '../api.ts'
import { randomKey } from '../grid/retry.ts'
import { lang } from '../words/index.ts'

/** What a file proves: a cell of a sheet, or a claim put forward for it. */
export type Proves = { sheet: string; field: string } | { sheet: string; claim: string }

/** The kinds of files that are taken, for the dialog of the system; the server looks at the bytes. */
export const accepted = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx'
const mostBytes = 10 * 2 ** 20

/** Sends a file. Throws Refusal when the server says no, Unheard when there was no answer. */
export async function addFile(proves: Proves, file: File, tooLarge: string): Promise<void> {
  if (file.size > mostBytes) throw new Refusal('evidence.tooLarge', tooLarge)
  const response = await fetch(`/evidence?${new URLSearchParams(proves)}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'key': randomKey(),
      'x-file-name': encodeURIComponent(file.name.toWellFormed?.() ?? file.name),
      'x-lang': lang.value,
    },
    body: await file.arrayBuffer(),
  }).catch((error: Error) => {
    throw new Unheard(error.message)
  })
  if (response.ok) return
  const { code, says } = (await response.json().catch(() => ({}))) as { code?: string; says?: string }
  if (code === 'signIn.needed') signedOut.value = true
  throw code && says ? new Refusal(code, says) : new Unheard(`HTTP ${response.status}`)
}

export const sizeText = (bytes: number): string =>
  bytes < 1024 ? `${bytes} B` : bytes < 2 ** 20 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`
