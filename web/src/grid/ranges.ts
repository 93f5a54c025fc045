import { cycle, firstOf, holds, lastOf, samePos, without } from './selection.ts'
import type { CellPos, CellRect } from './types.ts'

/** So many stretches of rows are selected or followed at once; beyond, only the active cell is. */
export const MOST_RANGES = 200

/** The same cells in rectangles that do not overlap. */
export function disjoint(ranges: readonly CellRect[]): CellRect[] {
  const out: CellRect[] = []
  for (const range of ranges) out.push(...out.reduce((parts, seen) => parts.flatMap((part) => without(part, seen)), [range]))
  return out
}

/** The rows and columns of the block that ranges make when put together, or null when they share neither. */
export function blockOf(ranges: readonly CellRect[]): { rows: number[]; cols: number[] } | null {
  const [first] = ranges
  if (!first) return null
  const rows = ranges.every(({ top, bottom }) => top === first.top && bottom === first.bottom)
  const cols = ranges.every(({ left, right }) => left === first.left && right === first.right)
  if (!rows && !cols) return null
  return {
    rows: places(ranges.map(({ top, bottom }) => [top, bottom])),
    cols: places(ranges.map(({ left, right }) => [left, right])),
  }
}
const places = (spans: [number, number][]): number[] =>
  [...new Set(spans.flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, at) => low + at)))].sort((a, b) => a - b)

/** Stretches of neighbours among places in any order. */
export function stretches(places: readonly number[]): [low: number, high: number][] {
  const out: [number, number][] = []
  for (const place of [...places].sort((a, b) => a - b)) {
    const last = out.at(-1)
    if (last && place <= last[1] + 1) last[1] = place
    else out.push([place, place])
  }
  return out
}

/** Enter and Tab go round in a range, then in the next one. */
export function cycleThrough(at: CellPos, ranges: readonly CellRect[], along: 'rows' | 'columns', step: 1 | -1): CellPos {
  const parts = disjoint(ranges)
  const now = parts.findIndex((part) => holds(part, at))
  const range = parts[now]
  if (range && !samePos(at, step > 0 ? lastOf(range) : firstOf(range))) return cycle(at, range, along, step)
  const next = parts[(now + step + parts.length) % parts.length]!
  return step > 0 ? firstOf(next) : lastOf(next)
}
