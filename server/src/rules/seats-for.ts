import type { Choices } from './facts.ts'
import { wayIn } from './policy/readings.ts'
import type { Policy, PolicyQuota } from './policy/shape.ts'

/**
 * Whether a person may stand for a seat of a quota at all (KH-64): by default the seats are for those whose number the
 * percentage is taken of, so that part-time people take none that was counted on full-time ones.
 */
export function standsForSeats(policy: Policy, choices: Choices, quota: PolicyQuota, person: { fullTime: boolean }): boolean {
  return quota.of === 'everyone' || person.fullTime || wayIn(policy, choices, quota.standsFor) === 'everyone'
}
