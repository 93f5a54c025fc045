import { testsOf, type Test } from '../condition.ts'
import type { Bound } from '../exact.ts'
import type { Choices } from '../facts.ts'
import { kindOf } from '../score/criterion.ts'
import { claimKindOf } from '../score/tally.ts'
import { allItems, factFields } from './parts.ts'
import type { Policy } from './shape.ts'

// The numbers of a policy at which something changes; the tests ask for a worked example on either side of each.

/** A number at which something changes, and the smallest step beside it. */
export interface Threshold {
  /** Where an example must stand: a field id, 'total', or a rule that `lines` names. */
  of: string
  bound: Bound
  step: string
  clause: string
  /** The readings under which it is in force. */
  choices?: Choices
}

/** Every line of the policy on which someone could stand. */
export function thresholds(policy: Policy): Threshold[] {
  const steps = new Map(factFields(policy).map(({ id, step }) => [id, step]))
  const stepOf = (fact: string) => steps.get(fact)!
  const { bands } = policy
  const tests = (all: readonly Test[], at: string, choices?: Choices): Threshold[] =>
    all.flatMap((test) =>
      'when' in test
        ? [{ of: test.fact, bound: test.when, step: stepOf(test.fact), clause: at, ...(choices ? { choices } : {}) }]
        : [],
    )
  return [
    ...allItems(policy).flatMap((item) =>
      item.criteria.flatMap((criterion) =>
        kindOf(criterion)
          .targets(criterion)
          .map(({ cell, reaches }) => ({ of: `${item.id}.${cell}`, bound: { reaches }, step: '0.01', clause: criterion.clause })),
      ),
    ),
    ...(bands
      ? bands.rows
          .filter(({ reaches }) => reaches !== '0')
          .map(({ reaches }) => ({ of: 'total', bound: { reaches }, step: '0.01', clause: bands.clause, choices: bands.onlyIf }))
      : []),
    ...policy.limits.flatMap(({ fact, when, also, clause: at }) => [
      ...(when ? [{ of: fact, bound: when, step: stepOf(fact), clause: at }] : []),
      ...tests(also, at),
    ]),
    ...policy.checklists.flatMap(({ conditions }) =>
      conditions.flatMap((condition) => tests(testsOf(condition), condition.clause, condition.onlyIf)),
    ),
    ...(policy.tally?.rules ?? []).flatMap((rule) =>
      claimKindOf(rule)
        .bounds(rule)
        .map((bound) => ({ of: rule.id, bound, step: '0.01', clause: rule.clause })),
    ),
    ...(policy.leave?.routes ?? []).map((route) => ({ of: route.id, bound: route.when, step: route.step, clause: route.clause })),
    ...policy.consequences.flatMap(({ fact, when, any = [], all = [], clause: at }) => [
      ...(when && fact ? [{ of: fact, bound: when, step: stepOf(fact), clause: at }] : []),
      ...tests([...any, ...all], at),
    ]),
    ...policy.standards.flatMap(({ id, when, step, clause: at }) => (when ? [{ of: id, bound: when, step, clause: at }] : [])),
  ]
}
