import { z } from 'zod'
import type { Exact } from '../exact.ts'
import type { Facts } from '../facts.ts'
import type { Field } from '../field.ts'
import { Id, TextShape, type AskedWay, type Chosen, type Titled } from '../shapes.ts'
import type { Sentences } from './sentences.ts'
import type { Reason, Step } from './step.ts'

/** What every criterion carries. `when` keeps it to chosen readings: interpretation id → option id. */
export const heading = {
  id: Id,
  title: TextShape,
  detail: TextShape.optional(),
  clause: z.string(),
  when: z.record(z.string(), z.string()).optional(),
}

/** The item that a criterion belongs to, and the readings in force. */
export interface Setting {
  item: string
  section: string
  max: Exact
  chosen: Chosen
}

/** A criterion made ready for many sheets: constants are exact already, and steps that cannot differ are built once. */
export interface Plan {
  fields: Field[]
  run: (facts: Facts) => Step
}

/**
 * Everything the program knows about one kind of criterion. The table in `criterion.ts` lists the kinds; whoever needs to
 * know something about a criterion asks its record, so that a kind without one of the parts does not compile. `Own` names
 * the reasons that only this kind gives.
 */
export interface CriterionKind<Criterion, Own extends Reason['kind'] = never> {
  /** How a policy file writes it. */
  shape: z.ZodType<Criterion>
  plan(criterion: Criterion, setting: Setting): Plan
  /** The cells in which people record what it asks. */
  cells(criterion: Criterion): readonly Titled[]
  /** The values of its cells from which on it counts otherwise; each needs a worked example on either side. */
  targets(criterion: Criterion): readonly { cell: string; reaches: string }[]
  ways(criterion: Criterion): readonly AskedWay[]
  /** The most it can add to its item; '0' for a deduction. */
  earns(criterion: Criterion): string
  /** A sentence for each of its own reasons. */
  sentences: Sentences<Own>
}

/** Answers with the step built before for the same text: steps never change. Bounded, so that odd texts are built anew. */
export function remembered(build: (text: string) => Step): (text: string) => Step {
  const seen = new Map<string, Step>()
  return (text) => {
    const known = seen.get(text)
    if (known) return known
    const step = build(text)
    if (seen.size < 512) seen.set(text, step)
    return step
  }
}

export const fieldId = (setting: Setting, id: string): string => `${setting.item}.${id}`

/** The field of a criterion's cell. */
export function criterionField(
  setting: Setting,
  criterion: Titled & { detail?: Titled['title'] | undefined; clause: string },
  limits: Pick<Field, 'kind' | 'step' | 'max'>,
): Field {
  return {
    id: fieldId(setting, criterion.id),
    title: criterion.title,
    item: setting.item,
    section: setting.section,
    clause: criterion.clause,
    ...(criterion.detail ? { detail: criterion.detail } : {}),
    ...limits,
  }
}
