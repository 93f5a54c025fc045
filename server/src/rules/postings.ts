import { absenceFacts, type Absence, type SpotCheck } from './absences.ts'
import { countingOf } from './assess.ts'
import { canonical, exact, larger, sum, type Exact } from './exact.ts'
import type { Choices, Facts } from './facts.ts'
import { calendarOfPerson, type Dossier } from './person.ts'
import { chosen } from './policy/readings.ts'
import type { Policy } from './policy/shape.ts'

/** One posting of a person in the year: its sheet, and the days that weigh it. */
export interface PostingScore {
  total: Exact
  days: number
  missing: number
  facts: Facts
  /** The dated records on its sheet, from which runs are found again over all posts; absent where there are none. */
  dated?: Dossier
}

/** The year of somebody with several postings. */
export interface YearTogether extends Pick<PostingScore, 'total' | 'missing' | 'facts'> {
  /** The facts of each post, earliest first, with those of the year: for conditions that must hold at each. */
  postings: Facts[]
}

/**
 * Several postings of one person in one year, earliest first, taken together: the mean of the totals weighted by days
 * and what is missing anywhere, or the last posting alone, as IR-50 is read. The facts about the person rather than the
 * work hold of the whole year either way: a veto proven in any place, days absent added up (五.5 counts them over the
 * year), and runs of absence found again from the dates, because a run goes on over a move.
 */
export function joinPostings(policy: Policy, choices: Choices, postings: readonly PostingScore[]): YearTogether {
  const scored = lastOnly(policy, choices) ? postings.slice(-1) : postings
  const days = scored.reduce((all, posting) => all + posting.days, 0)
  const facts: Record<string, string> = {}
  for (const { id } of policy.vetoes) if (postings.some((posting) => posting.facts[id] === 'yes')) facts[id] = 'yes'
  const runs = new Set((policy.absences?.facts ?? []).flatMap(({ fact, of }) => (of === 'longestRun' ? [fact] : [])))
  for (const { id, kind } of policy.facts) {
    const recorded = postings.flatMap((posting) => posting.facts[id] ?? [])
    if (recorded.length === 0) continue
    if (kind === 'flag') facts[id] = recorded.includes('yes') ? 'yes' : 'no'
    // Runs without dates cannot be joined over a move: the longest of them is known, their sum is not a run.
    else if (runs.has(id)) facts[id] = canonical(recorded.map((value) => exact(value)).reduce(larger))
    else facts[id] = canonical(sum(recorded.map((value) => exact(value))))
  }
  Object.assign(facts, absencesTogether(policy, choices, postings))
  return {
    total: sum(scored.map((posting) => posting.total.mul(posting.days))).div(days),
    missing: scored.reduce((all, posting) => all + posting.missing, 0),
    facts,
    postings: postings.map((posting) => ({ ...posting.facts, ...facts })),
  }
}

/** What the dated records of all posts come to. A record that stands on the sheets of several posts counts once. */
function absencesTogether(policy: Policy, choices: Choices, postings: readonly PostingScore[]): Facts {
  const rules = policy.absences
  const dated = postings.flatMap((posting) => posting.dated ?? [])
  const year = dated.find((one) => one.year !== undefined)?.year
  if (!rules || year === undefined) return {}
  const absences = union(dated.map((one): readonly Absence[] => one.absences))
  const spotChecks = union(dated.map((one): readonly SpotCheck[] => one.spotChecks))
  if (absences.length + spotChecks.length === 0) return {}
  const parts = dated.map(calendarOfPerson)
  const calendar = {
    holidays: parts.flatMap(({ holidays }) => holidays),
    workdays: parts.flatMap(({ workdays }) => workdays),
    known: parts.flatMap(({ known }) => known),
  }
  return absenceFacts(rules, countingOf(policy, choices, rules), { year, absences, spotChecks, calendar })
}

/** The records of several lists, each as often as the list that has it most often. */
function union<Record>(lists: readonly (readonly Record[])[]): Record[] {
  const found = new Map<string, Record[]>()
  for (const list of lists)
    for (const [text, same] of Map.groupBy(list, (one) => JSON.stringify(one)))
      if (same.length > (found.get(text)?.length ?? 0)) found.set(text, same)
  return [...found.values()].flat()
}

/** Whether only the last posting of the year counts (IR-50); policies without the question weigh by time. */
export const lastOnly = (policy: Policy, choices: Choices): boolean =>
  'IR-50' in policy.interpretations && chosen(policy, choices, 'IR-50') === 'lastOnly'
