import { SIDE, STATE } from './states.ts'

/** The column of row numbers: AG Grid's to draw, none of the sheet's. */
export const ROW_NUMBERS = '#'

/**
 * How a cell looks besides its text, as one number: where it lies in the selection, whether it was found, and its states.
 * Each bit is a class of `grid.css`.
 */
export const lookOf = (sides: number, found: boolean, state: number): number => sides | (found ? FOUND : 0) | (state << STATES)

const FOUND = 128
const STATES = 8
/** Of the number of a row in which something is selected; above all states. */
export const ROW_SELECTED = 1 << 30
const NAMES: readonly (readonly [bit: number, name: string])[] = [
  [SIDE.inside, 'kh-inside'],
  [SIDE.top, 'kh-top'],
  [SIDE.bottom, 'kh-bottom'],
  [SIDE.left, 'kh-left'],
  [SIDE.right, 'kh-right'],
  [SIDE.active, 'kh-active'],
  [SIDE.corner, 'kh-corner'],
  [FOUND, 'kh-found'],
  [ROW_SELECTED, 'kh-row-selected'],
  [STATE.saving << STATES, 'kh-saving'],
  [STATE.saved << STATES, 'kh-saved'],
  [STATE.waiting << STATES, 'kh-waiting'],
  [STATE.refused << STATES, 'kh-refused'],
  [STATE.invalid << STATES, 'kh-invalid'],
  [STATE.conflict << STATES, 'kh-conflict'],
  [STATE.changedByOther << STATES, 'kh-changed'],
  [STATE.locked << STATES, 'kh-locked'],
  [STATE.overMaximum << STATES, 'kh-over'],
  [STATE.missing << STATES, 'kh-missing'],
  [STATE.computed << STATES, 'kh-computed'],
  [STATE.noted << STATES, 'kh-noted'],
  [STATE.evidence << STATES, 'kh-evidence'],
  [STATE.changedLately << STATES, 'kh-lately'],
  [STATE.othersHere << STATES, 'kh-others'],
]

const known = new Map<number, readonly string[]>()
/** The classes of a look; the same list for the same look. */
export function classesOf(look: number): readonly string[] {
  let names = known.get(look)
  if (!names) known.set(look, (names = NAMES.filter(([bit]) => (look & bit) !== 0).map(([, name]) => name)))
  return names
}

const last = new WeakMap<Element, { look: number; className: string }>()
/** Gives a drawn cell the classes of its look, and no others of them. A cell that has them already costs next to nothing. */
export function dress(cell: Element, look: number): void {
  const before = last.get(cell)
  if (before?.look === look && before.className === cell.className) return
  for (const [bit, name] of NAMES) {
    const wanted = (look & bit) !== 0
    if (cell.classList.contains(name) !== wanted) cell.classList.toggle(name)
  }
  last.set(cell, { look, className: cell.className })
}
