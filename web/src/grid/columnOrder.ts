/** A column as far as its place among the others matters. */
export interface PlacedColumn {
  field: string
  /** Where it is frozen: columns do not leave their part of the grid. */
  part: string
  /** The section whose header it stands under; the columns of a section stay together. */
  section: string | null
}

/** Whether parts follow each other as before, and every section is in one piece. */
function holdsTogether(columns: readonly PlacedColumn[], parts: readonly string[]): boolean {
  const done = new Set<string>()
  return columns.every(({ part, section }, at) => {
    const before = columns[at - 1]?.section
    if (before != null && before !== section) done.add(before)
    return part === parts[at] && (section === null || !done.has(section))
  })
}

/**
 * The fields in their order once some of them stand before the column at `to` (counted as they are now; beyond the last:
 * at the end). Null when that would tear a section apart or lead a column over the edge of the frozen ones.
 */
export function moved(columns: readonly PlacedColumn[], fields: ReadonlySet<string>, to: number): string[] | null {
  const isMoved = ({ field }: PlacedColumn): boolean => fields.has(field)
  const rest = (list: readonly PlacedColumn[]): PlacedColumn[] => list.filter((column) => !isMoved(column))
  const next = [...rest(columns.slice(0, to)), ...columns.filter(isMoved), ...rest(columns.slice(to))]
  const parts = columns.map(({ part }) => part)
  return holdsTogether(next, parts) ? next.map(({ field }) => field) : null
}

/**
 * The order nearest to one that was kept: columns it does not name follow those they follow now, fields that are gone are
 * passed over. Where that would tear a section apart, the order stays.
 */
export function restored(columns: readonly PlacedColumn[], kept: readonly string[]): string[] {
  const byField = new Map(columns.map((column) => [column.field, column]))
  const next = [...new Set(kept)].filter((field) => byField.has(field))
  const named = new Set(next)
  columns.forEach(({ field }, at) => {
    if (named.has(field)) return
    const before = columns[at - 1]
    next.splice(before ? next.indexOf(before.field) + 1 : 0, 0, field)
  })
  const parts = columns.map(({ part }) => part)
  const whole = holdsTogether(
    next.map((field) => byField.get(field)!),
    parts,
  )
  return whole ? next : columns.map(({ field }) => field)
}
