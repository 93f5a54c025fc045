import type { CellName, CellProblem, PasteSummary, SaveOutcome } from './types.ts'

interface SheetEvents {
  'cell-focus': CellName
  'pasted': PasteSummary
  'saved': SaveOutcome
  'problem': CellProblem[]
}

/** What a sheet tells those who listen. */
export function createEvents() {
  const listeners: { [Name in keyof SheetEvents]: Set<(event: SheetEvents[Name]) => void> } = {
    'cell-focus': new Set(),
    'pasted': new Set(),
    'saved': new Set(),
    'problem': new Set(),
  }
  function emit<Name extends keyof SheetEvents>(name: Name, event: SheetEvents[Name]): void {
    for (const listener of listeners[name]) listener(event)
  }
  function on<Name extends keyof SheetEvents>(name: Name, listener: (event: SheetEvents[Name]) => void): () => void {
    listeners[name].add(listener)
    return () => listeners[name].delete(listener)
  }
  return { emit, on }
}

export type Events = ReturnType<typeof createEvents>
