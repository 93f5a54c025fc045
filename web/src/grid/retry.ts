/** The call may or may not have arrived: it must go again, under the same key. */
export const isUnheard = (problem: unknown): boolean =>
  problem instanceof TypeError ||
  (typeof problem === 'object' && problem !== null && 'retry' in problem && problem.retry === true)

export interface Pause {
  over: Promise<void>
  cut: () => void
}

export function pauseFor(ms: number): Pause {
  let cut = () => {}
  const over = new Promise<void>((resolve) => {
    const handle = setTimeout(resolve, ms * (0.75 + Math.random() / 2)) // many clerks must not come back in step
    cut = () => {
      clearTimeout(handle)
      resolve()
    }
  })
  return { over, cut }
}

/** A key nobody else makes. `crypto.randomUUID` is missing on plain http; `getRandomValues` is not. */
export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
