import { factsOf, missingIn } from './assess.ts'
import { differencesBetween, type Difference } from './compare.ts'
import type { Choices, Facts } from './facts.ts'
import { gradeAlone } from './grade.ts'
import type { Dossier } from './person.ts'
import { otherReadings } from './policy/readings.ts'
import type { Policy } from './policy/shape.ts'
import { lastOnly, joinPostings } from './postings.ts'
import { score, type Step } from './score/index.ts'

/** A post somebody held in the year: what is recorded there, and the days that weigh it. */
export interface HeldPost {
  person: Dossier
  days: number
}

/** What somebody's year comes to before anybody is compared. */
export interface Year {
  /** Of several posts: the weighted total, with the tree of each post below it. */
  root: Step
  facts: Facts
  /** How much is still to be recorded, at any post. */
  missing: number
  /** Of several posts: the facts of each, for conditions that must hold at each. */
  each?: Facts[]
}

/** The year of one person, from the posts held in it, earliest first; nearly everyone has one. */
export function yearOf(policy: Policy, choices: Choices, postings: readonly HeldPost[]): Year {
  const posts = postings.map(({ person, days }) => {
    const facts = factsOf(policy, choices, person)
    const root = score(policy, choices, facts, person)
    const missing = missingIn(policy, root, gradeAlone(policy, choices, { total: root.points, facts }))
    return { days, facts, root, total: root.points, missing, dated: person }
  })
  const [only] = posts
  if (only && posts.length === 1) return { root: only.root, facts: only.facts, missing: only.missing }
  const { total, missing, facts, postings: each } = joinPostings(policy, choices, posts)
  const why = [{ kind: 'postings' as const, days: posts.map(({ days }) => days), lastOnly: lastOnly(policy, choices) }]
  const parts = posts.map(({ root }, at): Step => ({ ...root, id: `posting${at + 1}` }))
  const lacking = posts.flatMap(({ root }) => root.missing)
  return { root: { ...posts.at(-1)!.root, points: total, why, parts, missing: lacking }, facts, missing, each }
}

/** What would change for one person, before anybody is compared, if an open question were answered otherwise. */
export function ownSensitivity(
  policy: Policy,
  choices: Choices,
  postings: readonly HeldPost[],
): { interpretation: string; option: string; differences: Difference[] }[] {
  const resultOf = (readings: Choices) => {
    const { root, facts, each, missing } = yearOf(policy, readings, postings)
    const of = { total: root.points, facts, panel: postings.at(-1)!.person.panel, missing: root.missing.length }
    const { grade, limits } = gradeAlone(policy, readings, { ...of, ...(each ? { postings: each, missing } : {}) })
    return { score: root, grade, limits }
  }
  const now = resultOf(choices)
  return otherReadings(policy, choices)
    .map(({ choices: other, ...reading }) => ({ ...reading, differences: differencesBetween(now, resultOf(other)) }))
    .filter(({ differences }) => differences.length > 0)
}
