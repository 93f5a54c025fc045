import type { Closed } from './edits.ts'
import { problemOf, type Marks } from './marks.ts'
import type { SheetRow } from './sheetModel.ts'
import { STATE, statesIn } from './states.ts'
import type { CellProblem, GridColumn, GridHost } from './types.ts'

interface DescriberSetup {
  host: GridHost
  marks: Marks
  columnOf: (field: string) => GridColumn | undefined
}

/** What is true of a cell, in bits and in words. */
export function createDescriber({ host, marks, columnOf }: DescriberSetup) {
  const { words } = host

  function state(row: SheetRow, field: string): number {
    const bits = marks.stateOf(row, field) | host.baseState(row, field)
    if (columnOf(field)?.kind === 'computed') return bits | STATE.computed
    return host.rowLocked(row) === null ? bits : bits | STATE.locked
  }

  /** Why the cell takes no edit; null when it does. */
  function closed(row: SheetRow, column: GridColumn): Closed {
    if (!column.editable) return { by: 'column', reason: words.readOnly(column.title) }
    const reason = host.rowLocked(row)
    if (reason !== null) return { by: 'row', reason: words.locked(reason) }
    return host.baseState(row, column.field) & STATE.locked ? { by: 'row', reason: words.states.locked } : null
  }

  function problem(row: SheetRow, field: string): CellProblem | null {
    const mark = marks.markOf(row, field)
    return mark && (mark.typed || (mark.conflict && !mark.first)) ? problemOf(mark) : null
  }

  /** The states of a cell as sentences: the tooltip, and what is read out after the value. */
  function sentences(row: SheetRow, field: string): string[] {
    const trouble = problem(row, field)
    const lock = host.rowLocked(row)
    return statesIn(state(row, field)).map((name) => {
      if (trouble && (name === 'refused' || name === 'invalid' || name === 'conflict')) return words.problem(trouble)
      if (name === 'changedByOther') return words.changedBy(marks.markOf(row, field)?.notice?.by ?? '')
      if (name === 'othersHere') return words.othersHere(host.othersAt?.(row, field) ?? '')
      return name === 'locked' && lock !== null ? words.locked(lock) : words.states[name]
    })
  }

  function shown(row: SheetRow, column: GridColumn): string {
    const value = row.value(column.field)
    return column.show ? column.show(value, row) : String(value ?? '')
  }

  /** A cell as it is read out: column, row, value, states. */
  function spoken(row: SheetRow, column: GridColumn, place: number): string {
    const cell = words.cell(column.title, place + 1, shown(row, column))
    return [cell, ...sentences(row, column.field)].join(' ')
  }

  return { state, closed, problem, sentences, shown, spoken }
}

export type Describer = ReturnType<typeof createDescriber>
