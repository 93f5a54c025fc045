import { canonical, exact, sum, type Exact } from './exact.ts'
import type { Choices, Facts } from './facts.ts'
import { chosen, type Policy } from './policy.ts'

/** One posting of a person in the year: its sheet, and the days that weigh it. */
export interface PostingScore {
  total: Exact
  days: number
  missing: number
  facts: Facts
}

/**
 * Several postings of one person in one year, earliest first, taken together: the mean of the totals weighted by days
 * and what is missing anywhere, or the last posting alone, as IR-50 is read. The facts about the person rather than the
 * work hold of the whole year either way: a veto proven in any place, absences added up (五.5 counts them over the year).
 */
export function together(policy: Policy, choices: Choices, postings: readonly PostingScore[]): Omit<PostingScore, 'days'> {
  const scored = lastOnly(policy, choices) ? postings.slice(-1) : postings
  const days = scored.reduce((all, posting) => all + posting.days, 0)
  const facts: Record<string, string> = {}
  for (const { id } of policy.vetoes) if (postings.some((posting) => posting.facts[id] === 'yes')) facts[id] = 'yes'
  for (const { id, kind } of policy.facts) {
    const recorded = postings.flatMap((posting) => posting.facts[id] ?? [])
    if (recorded.length === 0) continue
    if (kind === 'flag') facts[id] = recorded.includes('yes') ? 'yes' : 'no'
    else facts[id] = canonical(sum(recorded.map((value) => exact(value))))
  }
  return {
    total: sum(scored.map((posting) => posting.total.mul(posting.days))).div(days),
    missing: scored.reduce((all, posting) => all + posting.missing, 0),
    facts,
  }
}

/** Whether only the last posting of the year counts (IR-50); policies without the question weigh by time. */
export const lastOnly = (policy: Policy, choices: Choices): boolean =>
  'IR-50' in policy.interpretations && chosen(policy, choices, 'IR-50') === 'lastOnly'
