import { once } from 'node:events'
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
export async function readFile(
  bytes: Uint8Array,
  fileName: string,
  { signal, ...given }: Partial<Limits> & { signal?: AbortSignal } = {},
): Promise<SheetRead[]> {
  signal?.throwIfAborted()
  const limits = { ...usualLimits, ...given }
  if (bytes.length > limits.bytes) throw new FileRefused('file.tooLarge', { most: String(Math.floor(limits.bytes / 2 ** 20)) })
  const workerData: Given = { bytes, fileName, limits }
  const worker = new Worker(thread, { workerData, resourceLimits: { maxOldGenerationSizeMb: limits.megabytes } })
  const over = AbortSignal.timeout(limits.milliseconds)
  const stop = AbortSignal.any(signal ? [signal, over] : [over])
  try {
    const [told] = (await once(worker, 'message', { signal: stop })) as [Told]
    if ('sheets' in told) return told.sheets
    throw new FileRefused(told.refused.code, told.refused.params)
  } catch (error) {
    signal?.throwIfAborted()
    if (over.aborted || (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY')
      throw new FileRefused('file.tooMuch')
    throw error
  } finally {
    void worker.terminate()
  }
}
