import { buildSchema } from 'graphql'
import { expect, it } from 'vitest'
import { operations } from '../../server/src/rules/access.ts'
import { createSchema, schemaFaults } from '../../server/src/serve/schema.ts'

const ruled = Object.keys(operations)

it('the schema that is served has no fault', () => {
  expect(schemaFaults(createSchema(), ruled)).toEqual([])
})

it('an operation without a rule keeps the product from starting, and so does a rule without an operation', () => {
  const schema = buildSchema('type Query { me: ID } type Mutation { dropEverything: ID } type Subscription { spy: ID }')
  expect(schemaFaults(schema, ['me', 'forgotten'])).toEqual([
    'rules/access.ts: no rule for dropEverything',
    'rules/access.ts: no rule for spy',
    'rules/access.ts: a rule for no operation: forgotten',
  ])
  expect(schemaFaults(createSchema(), ruled.slice(1))).toEqual([`rules/access.ts: no rule for ${ruled[0]}`])
})

it('input that sets what only the product may say keeps it from starting', () => {
  const names = 'state total points seq publishedAt by at'.split(' ')
  for (const name of names) {
    const nested = buildSchema(`type Query { me: ID } input Inner { ${name}: ID, text: ID } input Outer { inner: Inner }`)
    expect(schemaFaults(nested, ['me'])).toEqual([`Inner takes ${name}, which is not for callers to set`])
    const argument = buildSchema(`type Query { me: ID } type Mutation { save(text: ID, ${name}: ID): ID }`)
    expect(schemaFaults(argument, ['me', 'save'])).toEqual([`save takes ${name}, which is not for callers to set`])
  }
})
