import type FastCheck from 'fast-check'
import { vi } from 'vitest'

/** A mutant that lives through thirty cases of a property is looked at by hand: thousands would take all day. */
vi.mock('fast-check', async (original) => {
  const { default: fc } = await original<{ default: typeof FastCheck }>()
  const assert: typeof fc.assert = (property, options) =>
    fc.assert(property as never, { seed: 1, ...options, numRuns: Math.min(options?.numRuns ?? 30, 30) } as never) as never
  return { default: { ...fc, assert } }
})
