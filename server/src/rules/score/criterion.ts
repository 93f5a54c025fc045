import { z } from 'zod'
import { exact, zero, type Exact } from '../exact.ts'
import { AllOrNothing, allOrNothing } from './all-or-nothing.ts'
import { Fixed, fixed } from './fixed.ts'
import type { Plan, Setting } from './kind.ts'
import { Part, part } from './part.ts'
import { PerOccurrence, perOccurrence } from './per-occurrence.ts'
import { Proportional, proportional } from './proportional.ts'
import { Shortfall, shortfall } from './shortfall.ts'
import { ZeroIf, zeroIf } from './zero-if.ts'

/** Every way a regulation can move the points of an item. To add one: a file, and its name in the two lists here. */
export const Criterion = z.discriminatedUnion('kind', [PerOccurrence, ZeroIf, Fixed, AllOrNothing, Shortfall, Proportional, Part])
export type Criterion = z.infer<typeof Criterion>

export function planOf(criterion: Criterion, setting: Setting): Plan {
  switch (criterion.kind) {
    case 'perOccurrence':
      return perOccurrence(criterion, setting)
    case 'zeroIf':
      return zeroIf(criterion, setting)
    case 'fixed':
      return fixed(criterion, setting)
    case 'allOrNothing':
      return allOrNothing(criterion, setting)
    case 'shortfall':
      return shortfall(criterion, setting)
    case 'proportional':
      return proportional(criterion, setting)
    case 'part':
      return part(criterion, setting)
  }
}

/** The most a criterion can add to its item; deductions add nothing. */
export function earnable(criterion: Criterion): Exact {
  return criterion.kind === 'proportional' || criterion.kind === 'part' ? exact(criterion.points) : zero
}

/** Whether the criterion holds under the chosen readings. */
export function holds(criterion: Criterion, chosen: Setting['chosen']): boolean {
  return Object.entries(criterion.when ?? {}).every(([interpretation, option]) => chosen(interpretation) === option)
}
