import { registerEnumType } from 'type-graphql'

/**
 * Makes an enumeration of the API from what each of its values means. Described as everything is: '中文 / English'.
 * With its values given as `Value`, one that is left out does not compile.
 */
export function enumerate<Value extends string>(
  name: string,
  description: string,
  says: Readonly<Record<Value, string>>,
): { readonly [One in Value]: One } {
  const values = Object.keys(says) as Value[]
  const made = Object.fromEntries(values.map((value) => [value, value])) as { [One in Value]: One }
  registerEnumType(made, {
    name,
    description,
    valuesConfig: Object.fromEntries(values.map((value) => [value, { description: says[value] }])) as {
      [One in Value]: { description: string }
    },
  })
  return made
}
