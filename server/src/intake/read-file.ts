import { Worker } from 'node:worker_threads'
import { usualLimits, type Limits } from './limits.ts'
import type { Given, Told } from './reader-thread.ts'
import { FileRefused } from './refused.ts'
import type { SheetRead } from './sheet.ts'

/** The thread's own file: beside this one in the sources, beside the server's where it was built. */
const thread = new URL(import.meta.url.endsWith('.ts') ? './reader-thread.ts' : './reader-thread.js', import.meta.url)

/**
 * Reads a workbook, a file of text or a table that was pasted, told apart by its bytes, on a thread that is stopped when
 * it takes too much memory or time, or when `signal` says so. Throws `FileRefused` where it is nothing that can be read.
 */
export function readFile(
  bytes: Uint8Array,
  fileName: string,
  { signal, ...given }: Partial<Limits> & { signal?: AbortSignal } = {},
): Promise<SheetRead[]> {
  const limits = { ...usualLimits, ...given }
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    if (bytes.length > limits.bytes) throw new FileRefused('file.tooLarge', { most: String(Math.floor(limits.bytes / 2 ** 20)) })
    const workerData: Given = { bytes, fileName, limits }
    const worker = new Worker(thread, { workerData, resourceLimits: { maxOldGenerationSizeMb: limits.megabytes } })
    const timer = setTimeout(() => end(() => reject(new FileRefused('file.tooMuch'))), limits.milliseconds)
    const abort = () => end(() => reject(signal!.reason as Error))
    signal?.addEventListener('abort', abort, { once: true })
    worker.once('message', (told: Told) =>
      end(() => ('sheets' in told ? resolve(told.sheets) : reject(new FileRefused(told.refused.code, told.refused.params)))),
    )
    worker.once('error', (error: NodeJS.ErrnoException) =>
      end(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new FileRefused('file.tooMuch') : error)),
    )
    // A thread that ends without a word.
    worker.once('exit', () => end(() => reject(new FileRefused('file.tooMuch'))))

    function end(settle: () => void): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
      settle()
      void worker.terminate()
    }
  })
}
