import type { Choices, Grade } from './facts.ts'
import { chosen } from './policy/readings.ts'
import type { Policy } from './policy/shape.ts'

/** Why a panel's grade does not stand. */
export type PanelRefusal = 'noReason' | 'tooFar' | 'fixed' | 'aboveLimit' | 'notOffered'

/**
 * Why a panel may not bring a grade that bands gave to another, or nothing where it may: the policy lists the moves that
 * its words leave open, by reading. To keep a grade is no move.
 */
export function moveRefused(policy: Policy, choices: Choices, from: Grade, to: Grade): PanelRefusal | undefined {
  const moves = policy.panel?.moves ?? []
  const open = Array.isArray(moves) ? moves : moves.options[chosen(policy, choices, moves.by)]!
  const ways = open.filter((move) => move.from === from)
  if (to === from || ways.some((move) => move.to === to)) return undefined
  return ways.length === 0 ? 'fixed' : 'tooFar'
}
