import { assess } from './assess.ts'
import { consequences } from './consequences.ts'
import type { Calendar } from './days.ts'
import { canonical, exact, shown } from './exact.ts'
import type { Choices, Facts } from './facts.ts'
import type { Field } from './field.ts'
import { fieldsOf, readCell, withCell, typicalFacts } from './fields.ts'
import { readPerson, type Dossier } from './person.ts'
import { gradeAlone } from './grade.ts'
import type { Policy } from './policy/shape.ts'
import type { PolicyExample, PolicyMove } from './policy/examples-shape.ts'
import { yearOf } from './year.ts'
import { find } from './score/index.ts'

/** A typical year with some cells changed, through the same door as everyone's; 'blank' clears one. Throws what is refused. */
export function changed(policy: Policy, choices: Choices, given: Readonly<Record<string, string>>): Facts {
  let facts = typicalFacts(policy, choices)
  for (const [id, raw] of Object.entries(given)) {
    const read = readCell(policy, choices, id, raw === 'blank' ? null : raw)
    if (read.refused) throw new Error(`${id}: ${read.refused.code}`)
    facts = withCell(policy, choices, facts, id, read.value)
  }
  return facts
}

/** A worked example as one person, through the door that everyone goes through. Throws what is refused. */
export function dossierOfExample(policy: Policy, example: PolicyExample, calendar: Calendar): Dossier {
  const { choices = {}, given, claims, ballots, absences, spotChecks, history, year, panel } = example
  const recorded = { claims, ballots, absences, spotChecks, history, year, panel }
  const found = absences || spotChecks ? (policy.absences?.facts ?? []).map(({ fact }) => fact) : []
  const facts = Object.fromEntries(Object.entries(changed(policy, choices, given)).filter(([id]) => !found.includes(id)))
  const read = readPerson(policy, choices, { facts, ...recorded }, calendar)
  if (read.refused) throw new Error(read.refused.map(({ path, value, says }) => `${path} ${value}: ${says.en}`).join('; '))
  return read.person
}

/** The year of a worked example of somebody who moved, in the terms in which it says what it expects. Throws what is refused. */
export function yearOfMove(policy: Policy, { choices = {}, postings, name, clause }: PolicyMove, calendar: Calendar) {
  const posts = postings.map(({ days, ...post }) => ({
    person: dossierOfExample(policy, { ...post, name, clause, choices, expect: {} }, calendar),
    days: Number(days),
  }))
  const { root, facts, missing, each } = yearOf(policy, choices, posts)
  const alone = gradeAlone(policy, choices, { total: root.points, facts, missing, ...(each ? { postings: each } : {}) })
  return {
    shown: shown(root.points),
    facts,
    grade: alone.grade ?? 'panel',
    limits: alone.limits.map(({ id }) => id),
    missing: String(missing),
  }
}

/** A year in which everything that costs or earns points has happened once: each rule says in it how it counts. */
export function eventfulFacts(policy: Policy, choices: Choices = {}): Facts {
  const typical = typicalFacts(policy, choices)
  const once: Partial<Record<Field['kind'], string>> = { count: '1', flag: 'yes', percent: '90' }
  const happened = fieldsOf(policy, choices)
    .filter(({ id, item }) => item !== undefined && typical[id] !== undefined)
    .map(({ id, kind }) => [id, once[kind] ?? typical[id]!] as const)
  return { ...typical, ...Object.fromEntries(happened) }
}

/** What a worked example comes to, in the terms in which it says what it expects. */
export function outcomeOf(policy: Policy, example: PolicyExample, calendar: Calendar) {
  const { choices = {}, expect: expected } = example
  const person = dossierOfExample(policy, example, calendar)
  const { facts, score: root } = assess(policy, choices, person)
  const total = example.total === undefined ? root.points : exact(example.total)
  const missing = example.total === undefined ? root.missing.length : 0
  const alone = gradeAlone(policy, choices, { total, facts, panel: person.panel, missing })
  const { year, history } = person
  const standing = { year, grade: alone.grade, facts, history }
  const following = consequences(policy, choices, standing).filter(({ state }) => state === 'met')
  const pointsOf = (lines: object | undefined, text: typeof canonical): Record<string, string> =>
    Object.fromEntries(Object.keys(lines ?? {}).map((id) => [id, text(find(root, id)?.points ?? exact(-999))]))
  return {
    total: canonical(total),
    points: pointsOf(expected.points, canonical),
    shown: pointsOf(expected.shown, shown),
    facts,
    consequences: following.map(({ id }) => id),
    steps: Object.fromEntries(following.map(({ id, stepsMissing }) => [id, stepsMissing.map((step) => step.id)])),
    grade: alone.grade ?? 'panel',
    limits: alone.limits.map(({ id }) => id),
    missing: [...root.missing, ...alone.missing],
  }
}
