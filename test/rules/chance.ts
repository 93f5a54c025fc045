/** Chance that repeats itself: the same seed gives the same draws, so a failure can be run again. */
export function chance(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  /** A whole number from 0 to the greatest, both included. */
  const upTo = (greatest: number): number => Math.floor(next() * (greatest + 1))
  const pick = <Item>(items: readonly Item[]): Item => items[upTo(items.length - 1)]!
  return { upTo, pick }
}
