import { buildSchema } from 'graphql'
import { expect, it } from 'vitest'
import { permissionFor } from '../../server/src/rules/permissions.ts'
import { createSchema, schemaFaults } from '../../server/src/serve/schema.ts'

const ruled = [...permissionFor.keys()]

it('the schema that is served has no fault', () => {
  expect(schemaFaults(createSchema(), ruled)).toEqual([])
})

it('an operation without a permission keeps the product from starting, and so does a permission without an operation', () => {
  const schema = buildSchema('type Query { me: ID } type Mutation { dropEverything: ID } type Subscription { spy: ID }')
  expect(schemaFaults(schema, ['me', 'forgotten'])).toEqual([
    'rules/permissions.ts: no permission has dropEverything',
    'rules/permissions.ts: no permission has spy',
    'rules/permissions.ts: a permission has no such operation: forgotten',
  ])
  expect(schemaFaults(createSchema(), ruled.slice(1))).toEqual([`rules/permissions.ts: no permission has ${ruled[0]}`])
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
