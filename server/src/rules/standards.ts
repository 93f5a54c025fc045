import { allOrAny, type Truth } from './condition.ts'
import { compare, exact, percent, rounded, type Exact } from './exact.ts'
import type { Choices } from './facts.ts'
import { linesMet } from './grade.ts'
import type { Policy, PolicyStandard } from './policy/shape.ts'
import type { Text } from './text.ts'

/** A standard as it stands: kept, missed or not recorded. */
export interface CheckedStandard {
  id: string
  title: Text
  state: Truth
  clause: string
}

/**
 * The standards of a group: numbers by id as exact values, those without a number as 'yes' or 'no'. Where the source
 * lets one standard be kept instead of another, either will do for both.
 */
export function standards(
  policy: Policy,
  choices: Choices,
  group: string,
  values: Readonly<Record<string, Exact | 'yes' | 'no'>>,
): CheckedStandard[] {
  const own = ({ id, when }: PolicyStandard): Truth => {
    const value = values[id]
    if (value === undefined) return 'unknown'
    if (value === 'yes' || value === 'no') return value === 'yes' ? 'met' : 'notMet'
    return when && linesMet(policy, choices, id, value) ? 'met' : 'notMet'
  }
  const all = policy.standards.filter((standard) => standard.group === group)
  return all.map((standard) => {
    const instead = all.filter(({ id, or }) => id === standard.or || or === standard.id)
    const state = allOrAny([standard, ...instead].map(own), 'any')
    return { id: standard.id, title: standard.title, state, clause: standard.clause }
  })
}

export interface Staffing {
  id: string
  title: Text
  /** A part of a person is a person: rounded up. */
  needs: number
  has?: number
  met?: boolean
  clause: string
}

/** How many of so many heads each ratio asks for, and whether there are that many. */
export function staffing(policy: Policy, heads: number, has: Readonly<Record<string, number>> = {}): Staffing[] {
  return policy.ratios.map(({ id, title, atLeast, clause }) => {
    const least = rounded(exact(heads).mul(percent(atLeast)), 0, 'up')
    const there = has[id]
    const met = there === undefined ? {} : { has: there, met: compare(exact(there), least) >= 0 }
    return { id, title, needs: Number(least.n), ...met, clause }
  })
}
