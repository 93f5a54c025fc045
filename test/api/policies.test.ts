import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { policies } from '../policies/policies.ts'

let county: County
let analyst: Caller
beforeAll(async () => {
  county = await openCounty()
  analyst = await county.signIn('analyst')
})
afterAll(() => county?.close())

const example =
  'query ($policy: ID!, $at: Int!) { policyExample(policy: $policy, at: $at) { hasScore exact grade lines { clause says } } }'

describe.each(policies)('$id through the API', (policy) => {
  it('shows its clauses, what it leaves open, and how each rule counts', async () => {
    const { data, errors } = await analyst.ask(
      `query ($id: ID!) { policy(id: $id) {
         summary { readings { id options { isDefault } } } clauses { id at says } examples { at } yaml
         rules { lines { clause says } } } }`,
      { id: policy.id },
      'en',
    )
    expect(errors).toBeUndefined()
    const { summary, clauses, examples, yaml, rules } = data.policy
    expect(summary.readings.map(({ id }: { id: string }) => id)).toEqual(Object.keys(policy.interpretations))
    for (const { options } of summary.readings)
      expect(options.filter((one: { isDefault: boolean }) => one.isDefault)).toHaveLength(1)
    expect(clauses).toHaveLength(Object.keys(policy.clauses).length)
    expect(examples).toHaveLength(policy.examples.length)
    expect(yaml).toContain(`id: ${policy.id}`)
    for (const { clause, says } of rules.lines) expect([clause, says]).not.toContain('')
  })

  it('explains every worked example, and comes to what the file expects', async () => {
    for (const [at, { expect: expected, total }] of policy.examples.entries()) {
      const { data, errors } = await analyst.ask(example, { policy: policy.id, at })
      expect(errors, String(at)).toBeUndefined()
      const { exact, grade, hasScore } = data.policyExample
      expect(hasScore).toBe(policy.scale !== undefined)
      if (total !== undefined) continue // an example of grading alone, from a total without a sheet
      if (expected.total !== undefined) expect(Number(exact), String(at)).toBe(Number(expected.total))
      if (expected.grade !== undefined) expect(grade ?? 'panel', String(at)).toBe(expected.grade)
    }
  })
})

it('refuses an example that is not there with a sentence', async () => {
  const { errors } = await analyst.ask(example, { policy: 'xinyi-1', at: 9999 })
  expect(errors?.[0]).toMatchObject({ message: '没有这个算例，请从列表中选择。', extensions: { code: 'example.unknown' } })
})
