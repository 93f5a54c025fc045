import type { Bound } from '../exact.ts'
import type { Choices } from '../facts.ts'
import { wayOf } from '../shapes.ts'
import type { Objection } from './objection.ts'
import type { Policy } from './shape.ts'
import { isRecord, walk } from './walk.ts'

// Which reading of an open question is in force, and what of a policy depends on it.

/** A choice that the policy does not offer. */
export class ChoiceError extends Error {
  readonly interpretation: string
  constructor(interpretation: string, option: string | undefined) {
    super(
      option === undefined
        ? `没有 ${interpretation} 这项解释 / no interpretation ${interpretation}`
        : `${interpretation} 没有选项 ${option} / ${interpretation} has no option ${option}`,
    )
    this.name = 'ChoiceError'
    this.interpretation = interpretation
  }
}

/** The option id that holds for an interpretation: the one chosen, else the default. Throws ChoiceError. */
export function chosen(policy: Policy, choices: Choices, interpretation: string): string {
  const entry = Object.hasOwn(policy.interpretations, interpretation) && policy.interpretations[interpretation]
  if (!entry) throw new ChoiceError(interpretation, undefined)
  const option = choices[interpretation]
  if (option === undefined) return entry.default
  if (!entry.options.some(({ id }) => id === option)) throw new ChoiceError(interpretation, option)
  return option
}

/** Whether a rule is in force: every interpretation it names is read as it says. */
export function inForce(policy: Policy, choices: Choices, onlyIf: Choices): boolean {
  return Object.entries(onlyIf).every(([id, option]) => chosen(policy, choices, id) === option)
}

/** The way that holds: written in the file, or chosen. */
export function wayIn<Way extends string>(policy: Policy, choices: Choices, way: Way | { by: string }): Way {
  return wayOf(way, (interpretation) => chosen(policy, choices, interpretation))
}

/** 以上 and 以下 include the number unless IR-06 was decided otherwise; an article that says so itself always wins. */
export function inclusive(policy: Policy, choices: Choices, bound: Bound, stated: boolean): Bound {
  if (stated || !policy.interpretations['IR-06'] || chosen(policy, choices, 'IR-06') === 'included') return bound
  if ('reaches' in bound) return { exceeds: bound.reaches }
  if ('upTo' in bound) return { below: bound.upTo }
  return bound
}

/** Every other answer to one of the open questions, the rest as chosen. */
export function otherReadings(policy: Policy, choices: Choices): { interpretation: string; option: string; choices: Choices }[] {
  return Object.entries(policy.interpretations).flatMap(([interpretation, { options }]) =>
    options
      .filter(({ id }) => id !== chosen(policy, choices, interpretation))
      .map(({ id: option }) => ({ interpretation, option, choices: { ...choices, [interpretation]: option } })),
  )
}

/** The interpretations that a part of a policy asks. */
export function asksIn(part: unknown): string[] {
  const asked = new Set<string>()
  walk(part, '', (key, value) => {
    if (key === 'by' && typeof value === 'string') asked.add(value)
    if ((key === 'when' || key === 'onlyIf') && isRecord(value)) for (const id of Object.keys(value)) asked.add(id)
  })
  return [...asked].filter((id) => /^(IR|KH)-/.test(id))
}

/** The names of the interpretations whose option is not the default, as one text; equal texts mean equal rules. */
export function keyOf(policy: Policy, choices: Choices): string {
  let key = ''
  for (const interpretation of Object.keys(choices)) {
    const option = chosen(policy, choices, interpretation)
    if (option !== policy.interpretations[interpretation]?.default) key += `${interpretation}=${option};`
  }
  return key
}

/** What is wrong with choices read from outside: interpretations or options this policy does not know. */
export function objectionsToChoices(policy: Policy, choices: Choices): Objection[] {
  return Object.keys(choices).flatMap((id) => {
    try {
      chosen(policy, choices, id)
      return []
    } catch (error) {
      return [{ path: id, says: (error as ChoiceError).message }]
    }
  })
}
