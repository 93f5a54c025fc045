import type { Choices, Grade } from './facts.ts'
import { chosen } from './policy/readings.ts'
import type { Policy } from './policy/shape.ts'

/** Why a panel's grade does not stand. */
export type PanelRefusal = 'noReason' | 'tooFar' | 'fixed' | 'aboveLimit' | 'notOffered'

/**
 * Why a panel may not move a grade given by bands to another, or undefined where it may. The policy lists the moves that
 * its text leaves open, by reading; keeping the grade is always allowed.
 */
export function moveRefused(policy: Policy, choices: Choices, from: Grade, to: Grade): PanelRefusal | undefined {
  const moves = policy.panel?.moves ?? []
  const open = Array.isArray(moves) ? moves : moves.options[chosen(policy, choices, moves.by)]!
  const ways = open.filter((move) => move.from === from)
  if (to === from || ways.some((move) => move.to === to)) return undefined
  return ways.length === 0 ? 'fixed' : 'tooFar'
}
