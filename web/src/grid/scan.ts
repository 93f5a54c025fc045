import { findIn, type Found, type Query } from './find.ts'

const LONGEST = 1500

/** Looks for plain text at once, for a regular expression in a thread of its own: null when that takes too long. */
export function createScanner() {
  let worker: Worker | null = null
  let giveUp: (() => void) | null = null

  function scan(texts: string[], query: Query, by?: string): Promise<Found | null> {
    giveUp?.()
    if (!query.regExp) return Promise.resolve(findIn(texts, query, by))
    const thread = (worker ??= new Worker(new URL('./findWorker.ts', import.meta.url), { type: 'module' }))
    return new Promise((resolve) => {
      function end(found: Found | null): void {
        clearTimeout(timer)
        giveUp = null
        if (found === null) stop()
        resolve(found)
      }
      const timer = setTimeout(() => end(null), LONGEST)
      giveUp = () => end(null)
      thread.onmessage = ({ data }: MessageEvent<Found>) => end(data)
      thread.onerror = () => end(null)
      thread.postMessage({ texts, query, by })
    })
  }

  function stop(): void {
    worker?.terminate()
    worker = null
  }

  return { scan, stop }
}
