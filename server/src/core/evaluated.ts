import { storable, type Exact } from '../rules/exact.ts'
import type { Choices, Facts } from '../rules/facts.ts'
import { factsOf } from '../rules/assess.ts'
import { gradeAlone } from '../rules/grade.ts'
import { dossierOf, type Beyond } from '../rules/person.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { score } from '../rules/score/index.ts'

/** What a sheet's row keeps of its score; see Sheet for the meaning of each. */
export interface Evaluated {
  points: (string | null)[]
  marks: string
  total: string
  missing: number
  limits: string[]
}

const letters = { awarded: 'a', computed: 'c', missing: 'm' } as const

/** Scores the facts and takes from the tree of reasons what lists and rankings need at hand. */
export function evaluated(policy: Policy, choices: Choices, cells: Facts, beyond: Beyond = {}): Evaluated {
  const facts = factsOf(policy, choices, dossierOf(cells, beyond))
  const root = score(policy, choices, facts, beyond)
  const items = root.parts.flatMap((section) => section.parts)
  const alone = gradeAlone(policy, choices, { total: root.points, facts })
  return {
    points: items.map(({ state, points }) => (state === 'missing' ? null : textOf(points))),
    marks: items.map(({ state }) => letters[state ?? 'computed']).join(''),
    total: storable(root.points),
    missing:
      policy.sections.length > 0
        ? items.filter(({ missing }) => missing.length > 0).length
        : root.missing.length + alone.missing.length,
    limits: alone.limits.map(({ id }) => id),
  }
}

/** The same few values of points occur in most rows: each is turned into text once. */
const texts = new WeakMap<Exact, string>()

function textOf(points: Exact): string {
  let text = texts.get(points)
  if (text === undefined) texts.set(points, (text = storable(points)))
  return text
}
