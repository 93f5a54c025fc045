import type { Code } from '../base/words.ts'

/** The codes of files that are refused; `base/words.ts` has their sentences. */
export type FileCode = Extract<Code, `file.${string}`>

/** A file that cannot be read, with what its sentence says beside the code. */
export class FileRefused extends Error {
  readonly code: FileCode
  readonly params: Record<string, string>

  constructor(code: FileCode, params: Record<string, string> = {}) {
    super(code)
    this.code = code
    this.params = params
  }
}
