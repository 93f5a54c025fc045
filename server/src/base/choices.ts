import { Field, ID, InputType } from 'type-graphql'
import { refusal, type Context } from './context.ts'
import type { Choices } from '../rules/facts.ts'
import { objectionsToChoices } from '../rules/policy/readings.ts'
import type { Policy } from '../rules/policy/shape.ts'

@InputType({ description: '一项选择 / A choice of one reading' })
export class ChoiceInput {
  @Field(() => ID, { description: '登记号 / Number in the register' })
  interpretation!: string

  @Field(() => ID, { description: '读法 / The reading chosen' })
  option!: string
}

/** The chosen readings as the rules take them. Throws `choices.unknown` for a question or an answer the policy does not know. */
export function readChoices(policy: Policy, chosen: readonly ChoiceInput[], context: Context): Choices {
  const choices = Object.fromEntries(chosen.map(({ interpretation, option }) => [interpretation, option]))
  const [objection] = objectionsToChoices(policy, choices)
  if (objection) throw refusal(context, 'choices.unknown', { says: objection.says })
  return choices
}
