import { rowsIn } from './selection.ts'
import type { Series } from './series.ts'
import type { CellPos, CellRect } from './types.ts'

/** Cells to be filled, and the run of cells beside them that goes on into them. */
export interface Fill {
  from: CellRect
  area: CellRect
}

/** What the fill handle of a range fills when led to a cell: the side it was led furthest beyond, or nothing. */
export function fillArea(from: CellRect, { row, col }: CellPos): Fill | null {
  const down = row > from.bottom ? row - from.bottom : Math.min(row - from.top, 0)
  const right = col > from.right ? col - from.right : Math.min(col - from.left, 0)
  if (down === 0 && right === 0) return null
  if (Math.abs(down) >= Math.abs(right))
    return { from, area: { ...from, ...(down > 0 ? { top: from.bottom + 1, bottom: row } : { top: row, bottom: from.top - 1 }) } }
  return { from, area: { ...from, ...(right > 0 ? { left: from.right + 1, right: col } : { left: col, right: from.left - 1 }) } }
}

/** Ctrl+D and Ctrl+R: the first row of a range over its others, or the row above where it has but one; so with columns. */
export function fillWithin(range: CellRect, along: 'down' | 'right'): Fill | null {
  const [start, end] = along === 'down' ? (['top', 'bottom'] as const) : (['left', 'right'] as const)
  const alone = range[start] === range[end]
  if (alone && range[start] === 0) return null
  const source = alone ? range[start] - 1 : range[start]
  return { from: { ...range, [start]: source, [end]: source }, area: { ...range, [start]: source + 1 } }
}

/** How far a double click on the handle fills down: as far as there is data beside the range, on the left or else the right. */
export function fillDownTo(from: CellRect, rows: number, cols: number, filled: (at: CellPos) => boolean): Fill | null {
  const below = from.bottom + 1
  const col = [from.left - 1, from.right + 1].find(
    (at) => at >= 0 && at < cols && below < rows && filled({ row: below, col: at }),
  )
  if (col === undefined) return null
  let bottom = below
  while (bottom + 1 < rows && filled({ row: bottom + 1, col })) bottom++
  return { from, area: { ...from, top: below, bottom } }
}

/** The texts of a fill by place in its area: each column or row of the source goes on by itself. */
export function fillTexts(
  { from, area }: Fill,
  textAt: (at: CellPos) => string,
  /** Also told the column that is filled first. */
  goOn: (source: readonly string[], col: number) => Series,
): (down: number, right: number) => string {
  const vertical = area.left === from.left && area.right === from.right
  const lanes = new Map<number, Series>()
  function lane(place: number): Series {
    const length = vertical ? rowsIn(from) : from.right - from.left + 1
    const source = Array.from({ length }, (_, at) =>
      textAt(vertical ? { row: from.top + at, col: from.left + place } : { row: from.top + place, col: from.left + at }),
    )
    return goOn(source, vertical ? from.left + place : area.left)
  }
  return (down, right) => {
    const [across, along] = vertical ? [right, area.top - from.top + down] : [down, area.left - from.left + right]
    if (!lanes.has(across)) lanes.set(across, lane(across))
    return lanes.get(across)!(along)
  }
}
