import { z } from 'zod'
import { exact, type Exact } from '../exact.ts'
import type { Chosen } from '../shapes.ts'
import { allOrNothing } from './all-or-nothing.ts'
import { fixed } from './fixed.ts'
import type { CriterionKind } from './kind.ts'
import { part } from './part.ts'
import { perOccurrence } from './per-occurrence.ts'
import { proportional } from './proportional.ts'
import { shortfall } from './shortfall.ts'
import { zeroIf } from './zero-if.ts'

/** Every way a regulation can move the points of an item, by the name that policy files give it. A kind is listed only here. */
export const criterionKinds = { perOccurrence, zeroIf, fixed, allOrNothing, shortfall, proportional, part }

type Shape = (typeof criterionKinds)[keyof typeof criterionKinds]['shape']
const shapes = Object.values(criterionKinds).map(({ shape }): Shape => shape)
export const Criterion = z.discriminatedUnion('kind', shapes as [Shape, ...Shape[]])
export type Criterion = z.infer<Shape>

/** What is known about the kind of a criterion. */
export const kindOf = ({ kind }: Criterion): Omit<CriterionKind<Criterion>, 'shape'> => criterionKinds[kind]

/** The most a criterion can add to its item; deductions add nothing. */
export const earnable = (criterion: Criterion): Exact => exact(kindOf(criterion).earns(criterion))

/** Whether the criterion is in force under the chosen readings. */
export function isInForce({ when = {} }: Criterion, chosen: Chosen): boolean {
  return Object.entries(when).every(([interpretation, option]) => chosen(interpretation) === option)
}
