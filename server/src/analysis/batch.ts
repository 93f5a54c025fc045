import type { Context } from '../base/context.ts'

interface Batch {
  keys: Set<string>
  answers: Promise<Map<string, unknown>>
}

const waiting = new WeakMap<Context, Map<string, Batch>>()

/**
 * Loads what many fields of one request ask for in one call: all calls with the same `what` in the same turn of the event
 * loop share one call of `load`, which gets all their keys.
 */
export async function batched<T>(
  context: Context,
  what: string,
  key: string,
  load: (keys: string[]) => Promise<Map<string, T>>,
): Promise<T | undefined> {
  const batches = waiting.get(context) ?? new Map<string, Batch>()
  waiting.set(context, batches)
  let batch = batches.get(what)
  if (!batch) {
    const keys = new Set<string>()
    const answers = new Promise((resolve) => setImmediate(resolve)).then(() => {
      batches.delete(what)
      return load([...keys])
    })
    batches.set(what, (batch = { keys, answers }))
  }
  batch.keys.add(key)
  return (await batch.answers).get(key) as T | undefined
}
