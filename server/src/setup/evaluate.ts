import { officialCalendar } from '../core/official.ts'
import { refusal, type Context } from '../base/context.ts'
import { dossierOfExample } from '../rules/examples.ts'
import type { Choices } from '../rules/facts.ts'
import { fieldOf, readFacts, typicalFacts } from '../rules/fields.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { refusalSentence } from '../rules/words.ts'
import { type Explanation, explained, explainedPerson } from '../core/explained.ts'
import { type ChoiceInput, readChoices } from '../base/choices.ts'
import { versionOf } from '../base/policies.ts'
import { type FactInput, EvaluateFrom } from './policy.types.ts'

/** Why a worked example comes to what it does. Throws `example.unknown`. */
export function explainExample(context: Context, id: string, at: number): Explanation {
  const { policy } = versionOf(id, context)
  const example = policy.examples[at]
  if (!example) throw refusal(context, 'example.unknown')
  return explainedPerson(policy, example.choices ?? {}, dossierOfExample(policy, example, officialCalendar()), context.lang)
}

/** Scores facts as they are given; nothing is stored. Throws `facts.refused`. */
export function evaluateFacts(
  context: Context,
  { id, facts, chosen, from }: { id: string; facts: FactInput[]; chosen: ChoiceInput[]; from: EvaluateFrom },
): Explanation {
  const { policy } = versionOf(id, context)
  const choices = readChoices(policy, chosen, context)
  const read = readFacts(policy, choices, Object.fromEntries(facts.map(({ field, value }) => [field, value ?? null])))
  const wrong = read.refused[0]
  if (wrong)
    throw refusal(context, 'facts.refused', {
      field: fieldOf(policy, choices, wrong.field)?.title[context.lang] ?? wrong.field,
      says: refusalSentence(wrong.refused.code, wrong.refused.params, context.lang),
    })
  const base = from === EvaluateFrom.typicalYear ? typicalBeside(policy, choices, Object.keys(read.facts)) : {}
  return explained(policy, choices, { ...base, ...read.facts }, context.lang)
}

/** The facts of an ordinary year, without the criteria of items for which points are given directly. */
function typicalBeside(policy: Policy, choices: Choices, given: string[]): Record<string, string> {
  const typical = Object.entries(typicalFacts(policy, choices))
  return Object.fromEntries(typical.filter(([field]) => !given.includes(fieldOf(policy, choices, field)?.item ?? '')))
}
