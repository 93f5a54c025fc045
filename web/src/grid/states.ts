import type { StateName } from './types.ts'

/** What can be true of a cell at once; a cell's state is a sum of these. */
export const STATE = {
  saving: 1,
  saved: 2,
  waiting: 4,
  refused: 8,
  invalid: 16,
  conflict: 32,
  changedByOther: 64,
  locked: 128,
  overMaximum: 256,
  missing: 512,
  computed: 1024,
  noted: 2048,
  changedLately: 4096,
  othersHere: 8192,
  evidence: 16384,
} as const satisfies Record<StateName, number>

/** States in the order they matter to a reader. */
export const STATE_NAMES = [
  'conflict',
  'refused',
  'invalid',
  'overMaximum',
  'missing',
  'waiting',
  'saving',
  'othersHere',
  'changedByOther',
  'locked',
  'computed',
  'noted',
  'evidence',
  'changedLately',
  'saved',
] as const satisfies readonly StateName[]

/** States whose text is wrong as it stands: `aria-invalid`. */
export const WRONG = STATE.refused | STATE.invalid | STATE.overMaximum

export const statesIn = (bits: number): StateName[] => STATE_NAMES.filter((name) => (bits & STATE[name]) !== 0)

/** Sides of the range a cell lies on, and whether it is the active one. */
export const SIDE = { inside: 1, top: 2, bottom: 4, left: 8, right: 16, active: 32, corner: 64 } as const
