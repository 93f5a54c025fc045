import { describe, expect, it } from 'vitest'
import { week } from '../policies/policies.ts'
import { absenceFacts, type AbsenceRules } from '../../server/src/rules/absences.ts'
import { check, allOrAny, truth, type Condition, type Reading, type Test, type Truth } from '../../server/src/rules/condition.ts'

const title = { zh: '条件', en: 'condition' }
const [a, b]: Test[] = [
  { fact: 'a', is: 'yes' },
  { fact: 'b', when: { reaches: '3' }, stated: 'no' },
]
const asIs: Reading = (bound) => bound
const condition = (test: Condition['test']): Condition => ({ id: 'one', title, clause: 'c', test })
const checked = (test: Condition['test'], facts: Record<string, string>) => {
  const { state, missing } = check(condition(test), facts, asIs)
  return [state, missing]
}

describe('a condition', () => {
  it('of one test is met, not met, or open while its fact is not recorded', () => {
    expect(check(condition(a!), { a: 'yes' }, asIs)).toEqual({ id: 'one', title, clause: 'c', state: 'met', missing: [] })
    expect(checked(a!, { a: 'no' })).toEqual(['notMet', []])
    expect(checked(a!, {})).toEqual(['unknown', ['a']])
    expect(checked(b!, { b: '3' })).toEqual(['met', []])
    expect(checked(b!, { b: '2.5' })).toEqual(['notMet', []])
  })

  it('of which any will do is met by one, and then misses nothing', () => {
    const any = { any: [a!, b!] }
    expect(checked(any, { a: 'yes' })).toEqual(['met', []])
    expect(checked(any, { a: 'no' })).toEqual(['unknown', ['b']])
    expect(checked(any, { a: 'no', b: '1' })).toEqual(['notMet', []])
  })

  it('of which all must hold is broken by one, and then misses nothing', () => {
    const all = { all: [a!, b!, a!] }
    expect(checked(all, { a: 'no' })).toEqual(['notMet', []])
    expect(checked(all, { b: '4' })).toEqual(['unknown', ['a']])
    expect(checked(all, { a: 'yes', b: '4' })).toEqual(['met', []])
  })

  it('asks the reading which bound holds, and says whether the text states it', () => {
    const asked: boolean[] = []
    const reading: Reading = (_, stated) => {
      asked.push(stated)
      return { exceeds: '3' }
    }
    expect(truth(b!, { b: '3' }, reading)).toBe('notMet')
    expect(truth({ fact: 'b', when: { reaches: '3' }, stated: 'yes' }, { b: '4' }, reading)).toBe('met')
    expect(asked).toEqual([false, true])
  })

  it('is one of several when it names several', () => {
    const either: Test = { fact: 'a', is: ['x', 'y'] }
    expect(['x', 'y', 'z'].map((value) => truth(either, { a: value }, asIs))).toEqual(['met', 'met', 'notMet'])
  })
})

it('a list comes to what its members leave open', () => {
  const of = (states: Truth[]) => [allOrAny(states, 'all'), allOrAny(states, 'any')]
  expect(of(['met', 'met'])).toEqual(['met', 'met'])
  expect(of(['met', 'unknown'])).toEqual(['unknown', 'met'])
  expect(of(['met', 'notMet', 'unknown'])).toEqual(['notMet', 'met'])
  expect(of(['notMet', 'unknown'])).toEqual(['notMet', 'unknown'])
  expect(of(['notMet'])).toEqual(['notMet', 'notMet'])
  expect(of([])).toEqual(['met', 'notMet'])
})

it('a run of absence is the longest one, in whatever order its spans were entered', () => {
  const rules: AbsenceRules = {
    clause: 'c',
    days: 'workingDays',
    overNewYear: 'both',
    halfInRun: 'adds',
    facts: [
      { fact: 'run', of: 'longestRun' },
      { fact: 'all', of: 'total' },
    ],
  }
  const span = (from: string, to: string) => ({ from, to, excused: 'no' as const, reasonGiven: 'no' as const })
  // A Friday with its Saturday, the Monday and Tuesday after them, and one day two weeks later; listed backwards.
  const absences = [span('2026-03-25', '2026-03-25'), span('2026-03-09', '2026-03-10'), span('2026-03-06', '2026-03-07')]
  const facts = (days: 'workingDays' | 'calendarDays', list = absences) =>
    absenceFacts(
      rules,
      { days, overNewYear: 'both', halfInRun: 'adds' },
      { year: '2026', absences: list, spotChecks: [], calendar: week },
    )
  expect(facts('workingDays')).toEqual({ run: '3', all: '4' })
  expect(facts('calendarDays')).toEqual({ run: '2', all: '5' })
  expect(facts('workingDays', [...absences, span('2026-03-06', '2026-03-09')])).toEqual({ run: '3', all: '4' })
  expect(facts('workingDays', [])).toEqual({ run: '0', all: '0' })
})
