import { expect, it } from 'vitest'
import { versionChanges } from '../../server/src/rules/versions.ts'
import { amended, policies, policyOf, xinyi } from '../policies/policies.ts'

const baihe = policyOf('baihe')

it.each(policies)('$id does not differ from itself', (policy) => {
  expect(versionChanges(policy, policy)).toEqual([])
})

it('tells a number that changed, the rule it stands in, and the clause', () => {
  const next = amended('xinyi', ['upTo: 20%', 'upTo: 15%'])
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

it('knows things by their id, their grade, their number, or their place, and says whose they are', () => {
  const told = (before: object, after: object) =>
    versionChanges({ ...xinyi, ...before }, { ...xinyi, ...after }).map(({ path, within, before: old, after: now, clause }) =>
      [path, within.map(({ en }) => en).join(' › '), old?.en, now?.en, clause].map((part) => part ?? '—').join(' | '),
    )
  const band = (grade: string, reaches: string) => ({ grade, reaches, stated: 'no' as const })
  const bands = (...rows: ReturnType<typeof band>[]) => ({ bands: { onlyIf: {}, clause: 'XY-6.4a', rows } })
  expect(told(bands(band('pass', '70'), band('fail', '0')), bands(band('fail', '0'), band('pass', '75')))).toEqual([
    'bands.rows.pass.reaches |  | 70 | 75 | XY-6.4a',
  ])
  const paper = (number: string, en: string) => ({ number, title: { zh: '文', en } })
  expect(told({ basis: [paper('1', 'One'), paper('2', 'Two')] }, { basis: [paper('2', 'Other'), paper('1', 'One')] })).toEqual([
    'basis.2.title | Other | Two | Other | —',
  ])
  const aspect = { id: 'a', kind: 'choice', title: { zh: '甲', en: 'A' }, typical: 'x', clause: 'XY-6.4a' }
  const options = [{ id: 'x', title: { zh: '一', en: 'One' } }]
  expect(told({ aspects: [aspect] }, { aspects: [{ ...aspect, options }] })).toEqual([
    'aspects.a.options.x | A › One | — | One | XY-6.4a',
  ])
  expect(told({ aspects: [{ ...aspect, options }] }, { aspects: [aspect] })).toEqual([
    'aspects.a.options.x | A › One | One | — | XY-6.4a',
  ])
  const consequence = { id: 'c', title: { zh: '乙', en: 'C' }, clause: 'XY-6.4b', grades: ['pass', 'fail'] }
  expect(told({ consequences: [consequence] }, { consequences: [{ ...consequence, grades: ['pass'] }] })).toEqual([
    'consequences.c.grades.2 | C | fail | — | XY-6.4b',
  ])
  expect(told({ wageCut: undefined }, { wageCut: { clause: 'XY-6.4b', by: 'IR-05', options: {} } })).toEqual([
    'wageCut |  | — | ✓ | XY-6.4b',
  ])
})

it('tells a sentence where the other version has a plain word, or nothing', () => {
  const stated = { ...xinyi, undated: { zh: '未署日期', en: 'undated' } }
  expect(versionChanges({ ...xinyi, undated: undefined }, stated)).toMatchObject([
    { path: 'undated', before: null, after: { en: 'undated' } },
  ])
  expect(versionChanges(stated, { ...stated, undated: { zh: '未署日期', en: 'no date' } })).toMatchObject([
    { before: { en: 'undated' }, after: { en: 'no date' } },
  ])
})
