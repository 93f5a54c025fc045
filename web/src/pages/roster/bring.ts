import { Refusal, Unheard } from '../../api.ts'
import type { TakenInFragment } from '../../gql/documents.ts'
import { lang } from '../../words/index.ts'

/** One row as it was read from a file. */
export interface ReadRow {
  sheet: string
  row: number
  written: Record<string, string>
}

/** What a dry run answers of a file. */
export interface FileRead extends TakenInFragment {
  entries: ReadRow[]
  tables: {
    sheet: string
    headerRows: number[]
    columns: { column: string; heading: string; field: string | null }[]
    skipped: { row: number; why: string; text: string }[]
  }[]
  /** What is to be known of the file as a whole. */
  told: { code: string; says: string }[]
}

/** Has a file read and checked; nothing is stored. Throws Refusal when it cannot be read, Unheard when there was no answer. */
export async function readRoster(
  kind: 'units' | 'people',
  file: Blob,
  name: string,
  { makeUnits, columns }: { makeUnits: boolean; columns: Record<string, Record<string, string | null>> },
  signal: AbortSignal,
): Promise<FileRead> {
  const query = new URLSearchParams({ dryRun: '1', ...(makeUnits ? { units: 'create' } : {}) })
  if (Object.keys(columns).length > 0) query.set('columns', JSON.stringify(columns))
  let response: Response
  try {
    response = await fetch(`/import/${kind}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name), 'x-lang': lang.value },
      body: file,
      signal,
    })
  } catch (error) {
    if (signal.aborted) throw error
    throw new Unheard(error)
  }
  const body = (await response.json().catch(() => ({}))) as Partial<FileRead> & { code?: string; says?: string }
  if (body.says) throw new Refusal(body.code ?? '', body.says)
  if (!body.entries) throw new Unheard(`HTTP ${response.status}`)
  return body as FileRead
}
