import type FastCheck from 'fast-check'
import { beforeEach, vi } from 'vitest'

/** A mutant that lives through thirty cases of a property is looked at by hand: thousands would take all day. */
vi.mock('fast-check', async (original) => {
  const { default: fc } = await original<{ default: typeof FastCheck }>()
  const assert: typeof fc.assert = (property, options) =>
    fc.assert(property as never, { seed: 1, ...options, numRuns: Math.min(options?.numRuns ?? 30, 30) } as never) as never
  return { default: { ...fc, assert } }
})

/** What the rules keep of a policy is forgotten after each test, or only the first would be seen to use what made it. */
const kept = globalThis as { test?: number; WeakMap: WeakMapConstructor }
beforeEach(() => {
  kept.test = (kept.test ?? 0) + 1
})
if (kept.test === undefined) {
  kept.test = 0
  const Plain = WeakMap
  kept.WeakMap = class<Key extends object, Value> extends Plain<Key, Value> {
    readonly #since = new Plain<Key, number | undefined>()
    override get(key: Key): Value | undefined {
      return 'interpretations' in key && this.#since.get(key) !== kept.test ? undefined : super.get(key)
    }
    override set(key: Key, value: Value): this {
      this.#since.set(key, kept.test)
      return super.set(key, value)
    }
  } as WeakMapConstructor
}
