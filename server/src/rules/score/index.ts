import { canonical, exact, isZero, sum, zero, type Bound, type Exact } from '../exact.ts'
import type { Choices, Facts } from '../facts.ts'
import { cellLimits, type Field } from '../field.ts'
import { factFields } from '../policy/parts.ts'
import { chosen, inclusive, keyOf, wayIn } from '../policy/readings.ts'
import type { Item, Policy } from '../policy/shape.ts'
import type { Text } from '../text.ts'
import type { Claim } from './claim.ts'
import { isInForce, kindOf } from './criterion.ts'
import { amountOf } from '../shapes.ts'
import { remembered, type Plan } from './kind.ts'
import { rated, type Ballot } from './rated.ts'
import { clamped, type Reason, type Step } from './step.ts'
import { tally } from './tally.ts'

export { find, type Reason, type Step } from './step.ts'

/** A policy under chosen readings, made ready for many sheets. */
export interface Compiled {
  fields: Field[]
  fieldById: Map<string, Field>
  /** The criteria fields of each item, by item id. */
  criteriaOf: Map<string, string[]>
  score: (facts: Facts, beyond: ClaimsAndBallots) => Step
}

/** What is recorded beside the cells, for policies that ask for it. */
export interface ClaimsAndBallots {
  claims?: readonly Claim[]
  ballots?: readonly Ballot[]
}

const compiled = new WeakMap<Policy, Map<string, Compiled>>()

/** Everything that depends on the policy and the readings only, worked out once. Throws ChoiceError. */
export function compile(policy: Policy, choices: Choices): Compiled {
  const key = keyOf(policy, choices)
  let known = compiled.get(policy)
  if (!known) compiled.set(policy, (known = new Map()))
  let ready = known.get(key)
  if (!ready) {
    if (known.size >= 64) known.clear()
    known.set(key, (ready = build(policy, choices)))
  }
  return ready
}

/**
 * The tree of reasons for a sheet: root → sections → items → criteria; the number is the root's points. Facts must have
 * come through `readCell`. Steps are shared between sheets and must not be changed.
 */
export function score(policy: Policy, choices: Choices, facts: Facts, beyond: ClaimsAndBallots = {}): Step {
  return compile(policy, choices).score(facts, beyond)
}

/** A score that is not the sum of items: by claims, by ratings, or none at all. */
function scoredOtherwise(policy: Policy, choices: Choices): Compiled['score'] {
  const pick = (id: string) => chosen(policy, choices, id)
  const terms = { chosen: pick, reading: (bound: Bound, stated: boolean) => inclusive(policy, choices, bound, stated) }
  const claimed = policy.tally
  if (claimed) return (_, { claims = [] }) => tally(claimed, claims, terms)
  const name: Text = { zh: '总分', en: 'Total' }
  const ratings = policy.rated
  if (ratings) {
    return (_, { ballots = [] }) => {
      const part = rated(ratings, ballots, pick)
      return { ...part, id: 'total', name, parts: [part] }
    }
  }
  const none: Step = {
    id: 'total',
    name,
    clause: policy.grades.clause,
    points: zero,
    why: [{ kind: 'noScore' }],
    missing: [],
    parts: [],
  }
  return () => none
}

function build(policy: Policy, choices: Choices): Compiled {
  const pick = (id: string) => chosen(policy, choices, id)
  const awardStep = amountOf(policy.award?.step ?? '1', pick)
  const floored = policy.itemFloor === undefined || wayIn(policy, choices, policy.itemFloor.way) === 'floor'
  const effect = policy.veto?.options[pick(policy.veto.by)]
  const vetoes = policy.vetoes.map(({ id }) => id)

  const sections = policy.sections.map((section) => ({
    section,
    max: exact(section.max),
    items: section.items.map((item) => readyItem(item, section.id, { pick, awardStep, floored })),
  }))

  const fields: Field[] = [
    ...policy.vetoes.map((veto) => ({
      id: veto.id,
      title: veto.title,
      clause: veto.clause,
      detail: veto.content,
      ...cellLimits.flag,
    })),
    ...factFields(policy),
    ...sections.flatMap(({ items }) => items.flatMap((item) => item.fields)),
  ]
  const { scale } = policy
  const whole = exact(scale?.max ?? '0')
  const name: Text = { zh: '总分', en: 'Total' }

  return {
    fields,
    fieldById: new Map(fields.map((field) => [field.id, field])),
    criteriaOf: new Map(sections.flatMap(({ items }) => items.map((item) => [item.id, item.criteria]))),
    score:
      !scale || sections.length === 0
        ? scoredOtherwise(policy, choices)
        : (facts) => {
            const parts = sections.map(({ section, max, items }) => {
              const steps = items.map((item) => item.run(facts))
              return sumStep(section.id, section.title, section.clause, max, steps)
            })
            const root = sumStep('total', name, scale.clause, whole, parts)
            if (!floored && root.points.s < 0n) {
              root.why.push({ kind: 'floored', from: canonical(root.points) })
              root.points = zero
            }
            if (effect?.total !== undefined) {
              const proven = vetoes.filter((id) => facts[id] === 'yes')
              if (proven.length > 0) {
                root.points = exact(effect.total)
                root.why.push({ kind: 'veto', fields: proven })
              }
            }
            return root
          },
  }
}

function sumStep(id: string, name: Text, clause: string, max: Exact, parts: Step[]): Step {
  const missing: string[] = []
  let state: 'computed' | 'missing' = 'missing'
  for (const part of parts) {
    if (part.missing.length > 0) missing.push(...part.missing)
    if (part.state !== 'missing') state = 'computed'
  }
  return { id, name, clause, points: sum(parts.map(({ points }) => points)), max, state, why: [{ kind: 'sum' }], missing, parts }
}

interface ReadyItem {
  id: string
  fields: Field[]
  criteria: string[]
  run: (facts: Facts) => Step
}

interface Terms {
  pick: (interpretation: string) => string
  awardStep: string
  floored: boolean
}

function readyItem(item: Item, section: string, { pick, awardStep, floored }: Terms): ReadyItem {
  const max = exact(item.max)
  const setting = { item: item.id, section, max, chosen: pick }
  const plans: Plan[] = item.criteria
    .filter((criterion) => isInForce(criterion, pick))
    .map((criterion) => kindOf(criterion).plan(criterion, setting))
  const criteria = plans.flatMap(({ fields }) => fields.map(({ id }) => id))
  const base = exact(amountOf(item.base, pick))
  const fromBase: Reason = { kind: 'base', points: canonical(base) }
  const blank = { id: item.id, name: item.title, clause: item.clause, max }
  const missing: Step = {
    ...blank,
    points: zero,
    state: 'missing',
    why: [{ kind: 'missing', fields: [item.id] }],
    missing: [item.id],
    parts: [],
  }
  const points: Field = {
    id: item.id,
    kind: 'points',
    title: item.title,
    item: item.id,
    section,
    max: item.max,
    step: awardStep,
    clause: item.clause,
    detail: item.content,
  }

  const alone = remembered((text): Step => {
    const given = exact(text)
    const { points, moved } = clamped(given, max, true)
    const why: Reason[] = [{ kind: 'awarded', points: canonical(given) }]
    if (moved) why.push({ kind: moved, from: canonical(given) })
    return { ...blank, points, state: 'awarded', why, missing: [], parts: [] }
  })
  const awarded = (facts: Facts, text: string): Step => {
    const step = alone(text)
    const beside = criteria.filter((id) => facts[id] !== undefined)
    return beside.length === 0 ? step : { ...step, why: [...step.why, { kind: 'overruled', fields: beside }] }
  }

  const run = (facts: Facts): Step => {
    const award = facts[item.id]
    if (award !== undefined) return awarded(facts, award)
    let recorded = false
    for (const id of criteria) {
      if (facts[id] !== undefined) {
        recorded = true
        break
      }
    }
    if (!recorded) return missing

    const parts: Step[] = []
    const terms: Exact[] = [base]
    const unknown: string[] = []
    let zeroed = false
    for (const plan of plans) {
      const step = plan.run(facts)
      parts.push(step)
      if (step.zeroes) zeroed = true
      if (step.missing.length > 0) unknown.push(...step.missing)
      if (!isZero(step.points)) terms.push(step.points)
    }
    const why: Reason[] = [fromBase]
    const raw = terms.length === 1 ? base : sum(terms)
    if (zeroed) why.push({ kind: 'zeroed' })
    const { points, moved } = zeroed ? { points: zero } : clamped(raw, max, floored)
    if (moved) why.push({ kind: moved, from: canonical(raw) })
    return { ...blank, points, state: 'computed', why, missing: unknown, parts }
  }
  return { id: item.id, fields: [points, ...plans.flatMap(({ fields }) => fields)], criteria, run }
}
