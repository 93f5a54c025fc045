import type { CellMark } from './marks.ts'
import type { RowHandle, RowUpdate } from './types.ts'

/** A row is only a place in the columns; the values live there. Never reactive. */
export class SheetRow implements RowHandle {
  /** What is local about its cells (unsaved, refused, just saved): few rows have any. */
  marks: Map<string, CellMark> | null = null

  constructor(
    readonly id: string,
    /** -1 once the row has left the sheet. */
    public index: number,
    private readonly model: SheetModel,
  ) {}

  value(field: string): unknown {
    return this.model.value(this, field)
  }
}

export type Origin = 'user' | 'reply' | 'remote' | 'load'

export interface Patch {
  row: SheetRow
  field: string
  value: unknown
}

export interface Change {
  origin: Origin
  /** Null when every row was replaced. */
  patches: readonly Patch[] | null
}

/**
 * The sheet's values, one array per column: 10,000 rows arrive as columns and stay columns.
 * `apply` is the only way to write a cell; what is written is what shows.
 */
export class SheetModel {
  rows: SheetRow[] = []
  private columns = new Map<string, unknown[]>()
  private byId = new Map<string, SheetRow>()
  private listeners = new Set<(change: Change) => void>()

  value(row: SheetRow, field: string): unknown {
    return this.columns.get(field)?.[row.index] ?? null
  }

  row(id: string): SheetRow | undefined {
    return this.byId.get(id)
  }

  /** A row that is not in the sheet, for what is still on its way to it. */
  absent(id: string): SheetRow {
    const row = new SheetRow(id, -1, this)
    this.byId.set(id, row)
    return row
  }

  apply(patches: readonly Patch[], origin: Origin): void {
    for (const { row, field, value } of patches) {
      if (row.index < 0) continue
      const column = this.columns.get(field)
      if (column) column[row.index] = value
      else this.columnOf(field)[row.index] = value
    }
    this.tell({ origin, patches })
  }

  /**
   * Puts other rows in the place of all. Takes the column arrays as they are, without copying: do not keep them.
   * A row that stays keeps its handle, and with it what is unsaved; `keep` says what shows in its marked cells.
   */
  replaceRows(
    ids: readonly string[],
    columns: Record<string, unknown[]>,
    keep: (mark: CellMark, server: unknown) => unknown,
  ): void {
    const before = this.byId
    this.byId = new Map()
    this.columns = new Map(Object.entries(columns))
    this.rows = ids.map((id, index) => {
      const row = before.get(id) ?? new SheetRow(id, index, this)
      row.index = index
      this.byId.set(id, row)
      return row
    })
    for (const [id, row] of before) {
      if (!row.marks?.size) {
        if (this.byId.get(id) !== row) row.index = -1
        continue
      }
      if (!this.byId.has(id)) {
        row.index = -1
        this.byId.set(id, row) // its answers are still to come
      }
      for (const mark of row.marks.values()) {
        const shown = keep(mark, this.value(row, mark.field))
        if (row.index >= 0) this.columnOf(mark.field)[row.index] = shown
      }
    }
    this.tell({ origin: 'load', patches: null })
  }

  onChange(listener: (change: Change) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private columnOf(field: string): unknown[] {
    let column = this.columns.get(field)
    if (!column) this.columns.set(field, (column = Array.from<unknown>({ length: this.rows.length }).fill(null)))
    return column
  }

  private tell(change: Change): void {
    for (const listener of this.listeners) listener(change)
  }
}

/** Patches for rows as the server has them; rows that are not in the sheet are passed over. */
export function* cellsOf(model: SheetModel, updates: readonly RowUpdate[]): Generator<Patch> {
  for (const { id, values } of updates) {
    const row = model.row(id)
    if (!row) continue
    for (const field in values) yield { row, field, value: values[field] ?? null }
  }
}

/** The fields of some cells, by their rows: asked for each cell drawn, where a joined name would have to be made for each. */
export function fieldsByRow<Row>(cells: Iterable<{ row: Row; field: string }>): Map<Row, Set<string>> {
  const fields = new Map<Row, Set<string>>()
  for (const { row, field } of cells) {
    const some = fields.get(row)
    if (some) some.add(field)
    else fields.set(row, new Set([field]))
  }
  return fields
}
