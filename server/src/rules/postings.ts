import { canonical, exact, sum, type Exact } from './exact.ts'
import type { Facts } from './facts.ts'
import type { Policy } from './policy.ts'

/** One posting of a person in the year: its sheet, and the days that weigh it. */
export interface PostingScore {
  total: Exact
  days: number
  missing: number
  facts: Facts
}

/**
 * Several postings of one person in one year, taken together (IR-50): the mean of the totals weighted by days, what is
 * missing anywhere, and the facts about the person rather than the work: a veto proven in either place, absences of
 * the whole year added up (五.5 counts them over the year). Exact; the order of the postings does not matter.
 */
export function together(policy: Policy, postings: readonly PostingScore[]): Omit<PostingScore, 'days'> {
  const days = postings.reduce((all, posting) => all + posting.days, 0)
  const facts: Record<string, string> = {}
  for (const { id } of policy.vetoes) if (postings.some((posting) => posting.facts[id] === 'yes')) facts[id] = 'yes'
  for (const { id, kind } of policy.facts) {
    const recorded = postings.flatMap((posting) => posting.facts[id] ?? [])
    if (recorded.length === 0) continue
    if (kind === 'flag') facts[id] = recorded.includes('yes') ? 'yes' : 'no'
    else facts[id] = canonical(sum(recorded.map((value) => exact(value))))
  }
  return {
    total: sum(postings.map((posting) => posting.total.mul(posting.days))).div(days),
    missing: postings.reduce((all, posting) => all + posting.missing, 0),
    facts,
  }
}
