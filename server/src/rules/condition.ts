import { z } from 'zod'
import { Bound, exact, meets } from './exact.ts'
import type { Facts } from './facts.ts'
import { Id, TextShape, YesNo } from './shapes.ts'

/** One fact tested: a flag or a choice `is` one of these, or a number lies on a side of a bound. */
export const Test = z.union([
  z.strictObject({ fact: Id, is: z.union([z.string(), z.array(z.string()).min(1)]) }),
  z.strictObject({ fact: Id, when: Bound, stated: YesNo.default('no') }),
])
export type Test = z.infer<typeof Test>

/**
 * One line of a list of conditions: a test, or several of which all or any must hold. `onlyIf` keeps the line to chosen
 * readings: interpretation id → option id.
 */
export const Condition = z.strictObject({
  id: Id,
  title: TextShape,
  clause: z.string(),
  onlyIf: z.record(z.string(), z.string()).optional(),
  test: z.union([Test, z.strictObject({ all: z.array(Test).min(1) }), z.strictObject({ any: z.array(Test).min(1) })]),
})
export type Condition = z.infer<typeof Condition>

/** A list of which all or any must hold. */
export const hows = ['all', 'any'] as const
export type How = (typeof hows)[number]

/** Whether something holds; `unknown` where what decides is not recorded. */
export type Truth = 'met' | 'notMet' | 'unknown'

/** One condition as it turned out. */
export interface Check {
  id: string
  title: z.infer<typeof TextShape>
  state: Truth
  clause: string
  /** The facts asked for that are not recorded. */
  missing: string[]
}

/** Which bound holds under the chosen readings (IR-06). */
export type Reading = (bound: z.infer<typeof Bound>, stated: boolean) => z.infer<typeof Bound>

export const testsOf = ({ test }: Condition): Test[] => ('all' in test ? test.all : 'any' in test ? test.any : [test])

/** How one condition turned out. What is not recorded is unknown, and only what is known decides. */
export function check(condition: Condition, facts: Facts, reading: Reading): Check {
  const { id, title, clause, test } = condition
  const states = testsOf(condition).map((one) => truth(one, facts, reading))
  const state = allOrAny(states, 'any' in test ? 'any' : 'all')
  const missing = state === 'unknown' ? testsOf(condition).flatMap(({ fact }) => (facts[fact] === undefined ? [fact] : [])) : []
  return { id, title, state, clause, missing: [...new Set(missing)] }
}

/** The truth of a list: with `any` one that is met decides, with `all` one that is not met; else an unknown one leaves it open. */
export function allOrAny(states: readonly Truth[], how: How): Truth {
  const decisive = how === 'any' ? 'met' : 'notMet'
  if (states.includes(decisive)) return decisive
  if (states.includes('unknown')) return 'unknown'
  return how === 'any' ? 'notMet' : 'met'
}

/** One test on the facts. */
export function truth(test: Test, facts: Facts, reading: Reading): Truth {
  const value = facts[test.fact]
  if (value === undefined) return 'unknown'
  const holds = 'when' in test ? meets(exact(value), reading(test.when, test.stated === 'yes')) : [test.is].flat().includes(value)
  return holds ? 'met' : 'notMet'
}
