import type { Displayed } from './selection.ts'
import type { Patch, SheetRow } from './sheetModel.ts'
import type { CellPos } from './types.ts'

/** What the sheet asks of the grid on the screen; `GridPort` is the one there is, tests have another. */
export interface Screen extends Displayed {
  /** Draws the looks of what is in view again, once, before the next frame. */
  repaint(): void
  /** The same, and the texts. */
  refresh(): void
  replaceRows(rows: readonly SheetRow[]): void
  flash(cells: readonly Patch[]): void
  reveal(at: CellPos): void
  /** Puts the keyboard into the grid. */
  focus(): void
  refilter(): void
}

/** The screen while there is one: a sheet outlives the component that shows it. */
export interface ScreenRef {
  now: Screen | null
}
