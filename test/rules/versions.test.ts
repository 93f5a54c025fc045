import { expect, it } from 'vitest'
import { readPolicy } from '../../server/src/rules/policy.ts'
import { versionChanges } from '../../server/src/rules/versions.ts'
import { policies, policyOf, textOf, xinyi } from '../policies/policies.ts'

const baihe = policyOf('baihe')

/** The policy as it would be after an amendment of its file. */
function amended(file: string, ...turns: [before: string | RegExp, after: string][]) {
  let yaml = textOf(file)
  for (const [before, after] of turns) {
    const next = yaml.replace(before, after)
    expect(next, String(before)).not.toBe(yaml)
    yaml = next
  }
  return readPolicy(yaml)
}

it.each(policies)('$id does not differ from itself', (policy) => {
  expect(versionChanges(policy, policy)).toEqual([])
})

it('tells a number that changed, the rule it stands in, and the clause', () => {
  const next = amended('xinyi-1.yaml', ['upTo: 20%', 'upTo: 15%'])
  expect(versionChanges(xinyi, next)).toEqual([
    {
      path: expect.stringMatching(/^quotas\.\w+\.upTo$/),
      within: [expect.objectContaining({ zh: expect.any(String) })],
      before: { zh: '20%', en: '20%' },
      after: { zh: '15%', en: '15%' },
      clause: 'XY-6.4b',
    },
  ])
  expect(versionChanges(next, xinyi)[0]).toMatchObject({ before: { zh: '15%' }, after: { zh: '20%' } })
})

it('names a rule that came or went as a whole, and does not mind the order', () => {
  const without = { ...xinyi, forms: xinyi.forms.slice(1) }
  const [gone, ...others] = versionChanges(xinyi, without)
  expect(others).toEqual([])
  expect(gone).toMatchObject({ before: xinyi.forms[0]!.title, after: null })
  expect(versionChanges(without, xinyi)).toMatchObject([{ before: null, after: xinyi.forms[0]!.title }])
  expect(versionChanges(xinyi, { ...xinyi, forms: xinyi.forms.toReversed() })).toEqual([])
})

it('tells a whole part that one version lacks, and sentences in both languages', () => {
  const { pay: _, ...unpaid } = baihe
  expect(versionChanges(baihe, unpaid as typeof baihe)).toMatchObject([{ path: 'pay', after: null }])
  const clause = Object.keys(xinyi.clauses)[0]!
  const said = { ...xinyi.clauses[clause]!, says: { zh: '改了', en: 'changed' } }
  expect(versionChanges(xinyi, { ...xinyi, clauses: { ...xinyi.clauses, [clause]: said } })).toMatchObject([
    { path: `clauses.${clause}.says`, before: xinyi.clauses[clause]!.says, after: { zh: '改了', en: 'changed' } },
  ])
})

it('says nothing of worked examples', () => {
  expect(versionChanges(xinyi, { ...xinyi, examples: xinyi.examples.slice(1), cohorts: [], checkedOn: '2030-01-01' })).toEqual([])
})
