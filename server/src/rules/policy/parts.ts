import { cellLimits, type Field } from '../field.ts'
import type { Text } from '../text.ts'
import type { Item, Policy } from './shape.ts'

// Finding the parts of a policy.

export const gradeTitle = (policy: Policy, id: string): Text => policy.grades.ladder.find((grade) => grade.id === id)!.title

export const allItems = (policy: Policy): Item[] => policy.sections.flatMap(({ items }) => items)

/** The facts that are no part of an item, with the cells of the conditions, in one shape. */
export function factFields(policy: Policy): Field[] {
  return [
    ...policy.facts.map(({ detail, ...fact }) => ({ ...fact, ...(detail ? { detail } : {}) })),
    ...policy.aspects.map(({ id, kind, title, detail, options, clause: at }) => ({
      id,
      title,
      clause: at,
      ...cellLimits[kind],
      ...(detail ? { detail } : {}),
      ...(options ? { options } : {}),
    })),
  ]
}
