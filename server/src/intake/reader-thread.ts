import { parentPort, workerData } from 'node:worker_threads'
import type { Limits } from './limits.ts'
import { readBytes } from './read-bytes.ts'
import { FileRefused } from './refused.ts'
import type { SheetRead } from './sheet.ts'

// The thread that reads a file: what a hostile file does to memory and time is done to it alone.

/** What the thread is given. */
export interface Given {
  bytes: Uint8Array
  fileName: string
  limits: Limits
}

/** What the thread says. */
export type Told = { sheets: SheetRead[] } | { refused: Pick<FileRefused, 'code' | 'params'> }

const { bytes, fileName, limits } = workerData as Given
const told: Told = await readBytes(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), fileName, limits).then(
  (sheets) => ({ sheets }),
  (error: unknown) => {
    if (!(error instanceof FileRefused)) throw error
    return { refused: { code: error.code, params: error.params } }
  },
)
parentPort!.postMessage(told)
