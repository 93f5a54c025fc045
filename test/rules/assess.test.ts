import { describe, expect, it } from 'vitest'
import { assess, factsOf } from '../../server/src/rules/assess.ts'
import { ownSensitivity } from '../../server/src/rules/year.ts'
import { consequences, stepsMissing, stepsOfGround, type Standing } from '../../server/src/rules/consequences.ts'
import { typicalFacts } from '../../server/src/rules/fields.ts'
import { dossierOf, type Beyond, type Dossier } from '../../server/src/rules/person.ts'
import { amended, policies, policyOf, week, xinyi } from '../policies/policies.ts'

const yingkou = policyOf('yingkou')
const blank: Dossier = { facts: {}, claims: [], ballots: [], absences: [], spotChecks: [], history: [] }
const absence = { from: '2026-03-02', to: '2026-03-03', excused: 'no' as const, reasonGiven: 'no' as const }
const empty = { on: '2026-03-04', onPost: 'no' as const }

describe('what was found of somebody’s absences', () => {
  it('stands beside the cells, from spans, from spot checks or from both', () => {
    const found = (more: Beyond) => factsOf(yingkou, {}, dossierOf({ harm: 'no' }, { year: '2026', ...more }))
    const none = { harm: 'no', unexcusedRun: '0', unexcusedTotal: '0', silentRun: '0', emptyPosts: '0' }
    expect(found({ absences: [absence], calendar: week })).toEqual({
      ...none,
      unexcusedRun: '2',
      unexcusedTotal: '2',
      silentRun: '2',
    })
    expect(found({ spotChecks: [empty] })).toEqual({ ...none, emptyPosts: '1' })
    expect(found({ absences: [absence], calendar: week, spotChecks: [empty] })).toMatchObject({
      unexcusedRun: '2',
      emptyPosts: '1',
    })
  })

  it('is nothing when nothing was recorded, without a year, or where the policy does not ask', () => {
    const facts = { emptyPosts: '2' }
    expect(factsOf(yingkou, {}, { ...blank, year: '2026', facts })).toEqual(facts)
    expect(factsOf(yingkou, {}, { ...blank, facts, absences: [absence], calendar: week })).toEqual(facts)
    expect(factsOf(policyOf('baihe'), {}, { ...blank, year: '2026', facts: {}, absences: [absence], calendar: week })).toEqual({})
  })
})

describe('what follows for somebody', () => {
  it('looks at the years before this one', () => {
    const history = ['2025', '2024'].map((year) => ({ year, grade: 'excellent' }))
    const priority = (year?: string) =>
      assess(yingkou, {}, { ...blank, facts: typicalFacts(yingkou), history, ...(year ? { year } : {}) }).consequences.find(
        ({ id }) => id === 'priority',
      )?.state
    expect([priority('2026'), priority('2027'), priority()]).toEqual(['met', 'notMet', 'notMet'])
  })

  const stateOf = (policy: typeof xinyi, choices: Record<string, string>, standing: Partial<Standing>, id: string) =>
    consequences(policy, choices, { grade: null, facts: {}, history: [], ...standing }).find((one) => one.id === id)?.state

  it('is open while there is no grade, and while nothing is there to look at', () => {
    expect(stateOf(yingkou, {}, {}, 'renew')).toBe('unknown')
    expect(stateOf(yingkou, {}, {}, 'priority')).toBe('unknown')
    expect(stateOf(yingkou, {}, { grade: 'unfit' }, 'renew')).toBe('notMet')
    expect(stateOf(xinyi, {}, { grade: 'pass' }, 'accountability')).toBe('unknown')
  })

  it('needs every part that is given: one of `any` and each of `all`', () => {
    const district = policyOf('district')
    const warned = (facts: Record<string, string>) => stateOf(district, {}, { facts }, 'warnIrregular')
    expect(warned({ reported: 'yes', badEffect: 'yes' })).toBe('met')
    expect(warned({ found: 'yes', badEffect: 'yes' })).toBe('met')
    expect(warned({ reported: 'no', found: 'no', badEffect: 'yes' })).toBe('notMet')
    expect(warned({ reported: 'yes', badEffect: 'no' })).toBe('notMet')
    expect(warned({ reported: 'yes' })).toBe('unknown')
    expect(warned({ badEffect: 'yes' })).toBe('unknown')
    const dismissed = (facts: Record<string, string>) => stateOf(district, {}, { facts }, 'dismissIrregular')
    expect(dismissed({ reported: 'yes', badEffect: 'yes', loss: 'no' })).toBe('notMet')
    expect(dismissed({ reported: 'yes', badEffect: 'yes', loss: 'yes' })).toBe('met')
  })

  it('includes the number of its line by the reading, unless the text says so itself', () => {
    const line = 'when: { exceeds: 7 }'
    const open = amended('xinyi', [line, 'when: { reaches: 7 }'])
    const stated = amended('xinyi', [line, 'when: { reaches: 7 }, stated: yes'])
    const state = (policy: typeof xinyi, choices: Record<string, string>) =>
      stateOf(policy, choices, { facts: { absentDays: '7' } }, 'dissolve')
    expect([state(open, {}), state(open, { 'IR-06': 'excluded' })]).toEqual(['met', 'notMet'])
    expect([state(stated, {}), state(stated, { 'IR-06': 'excluded' })]).toEqual(['met', 'met'])
  })

  it('names the steps of the law that nobody has documented, once it follows', () => {
    const steps = (grade: string, done?: string[]) =>
      consequences(yingkou, {}, { grade, facts: {}, history: [], ...(done ? { done } : {}) })
        .find(({ id }) => id === 'dismissUnfit')
        ?.stepsMissing.map(({ id }) => id)
    const all = stepsOfGround(yingkou, 'incompetence').map(({ id }) => id)
    expect(all).toContain('trainedOrMoved')
    expect(steps('unfit')).toEqual(all)
    expect(steps('unfit', all.slice(2))).toEqual(all.slice(0, 2))
    expect(steps('competent')).toEqual([])
    const { legal: _, ...lawless } = xinyi
    expect(stepsMissing(lawless, 'breach', [])).toEqual([])
    expect(stepsMissing(xinyi, undefined, [])).toEqual([])
  })

  it.each(
    policies.flatMap((policy) =>
      policy.consequences.flatMap(({ id, ground }) => (ground ? [[policy.id, id, ground] as const] : [])),
    ),
  )(
    '%s %s asks for training and thirty days of incompetence only, and of nothing that ends by itself for the union',
    (name, id, ground) => {
      const policy = policies.find((one) => one.id === name)!
      const steps = stepsOfGround(policy, ground).map((step) => step.id)
      const law = policy.legal!.grounds.find((one) => one.id === ground)!.clause
      expect(steps.includes('trainedOrMoved'), id).toBe(ground === 'incompetence')
      expect(steps.includes('notice'), id).toBe(law === 'LCL-40')
      // Article 43 is of an end by one side, article 42 forbids those of article 40 only.
      if (law === 'LCL-44') expect(steps).not.toContain('unionTold')
      else if (law === 'LCL-39' || law === 'LCL-40') expect(steps).toContain('unionTold')
      if (law === 'LCL-40') expect(steps).toContain('notProtected')
      expect(steps.at(-1)).toBe('decided')
    },
  )

  it('says which effect it has, where the policy says', () => {
    const [first] = consequences(yingkou, {}, { grade: 'excellent', facts: {}, history: [] })
    expect(first).toEqual({
      id: 'renew',
      title: { zh: '可续签合同', en: 'The contract may be renewed' },
      effect: 'renew',
      state: 'met',
      clause: 'YK-25',
      stepsMissing: [],
    })
    expect(consequences(xinyi, {}, { grade: null, facts: {}, history: [] })[1]).not.toHaveProperty('effect')
  })
})

it('a question that was answered otherwise is compared with the answer chosen, not with the default', () => {
  const person = { ...blank, facts: {}, claims: [{ id: 'a', rule: 'lastThree', place: '1', evidence: ['e'] }] }
  const found = ownSensitivity(policyOf('baihe'), { 'IR-22': 'lastLeast' }, [{ person, days: 365 }])
  expect(found.map(({ interpretation, option }) => [interpretation, option])).toEqual([['IR-22', 'lastMost']])
  expect(found[0]?.differences).toContainEqual(expect.objectContaining({ id: 'lastThree.a', before: '-1', after: '-3' }))
})
