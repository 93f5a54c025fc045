import { describe, expect, it } from 'vitest'
import { due } from '../../server/src/rules/due.ts'
import { exact } from '../../server/src/rules/exact.ts'
import { fieldsOf, readCell } from '../../server/src/rules/fields.ts'
import { gradeCohort } from '../../server/src/rules/cohort.ts'
import type { Person } from '../../server/src/rules/grade.ts'
import { inclusive } from '../../server/src/rules/policy/readings.ts'
import { joinPostings } from '../../server/src/rules/postings.ts'
import { compile, find, score } from '../../server/src/rules/score/index.ts'
import { remembered } from '../../server/src/rules/score/kind.ts'
import { standards } from '../../server/src/rules/standards.ts'
import { amended, policyOf, xinyi } from '../policies/policies.ts'

const person = (id: string, town: string, more: Partial<Person> = {}): Person => ({
  id,
  group: { town },
  fullTime: true,
  counted: true,
  missing: 0,
  total: exact(90),
  facts: {},
  ...more,
})

describe('a policy may say what none of the five says:', () => {
  it('a detail of a criterion, a fact and an aspect, which its cell carries', () => {
    const detail = 'detail: { zh: 细则, en: in detail }'
    const items = amended('xinyi', ['{ kind: shortfall, id: accuracy,', `{ kind: shortfall, id: accuracy, ${detail},`])
    const rates = amended('xinyi', ['{ kind: allOrNothing, id: rates,', `{ kind: allOrNothing, id: rates, ${detail},`])
    const fixed = amended('xinyi', ['{ kind: fixed, id: unserved,', `{ kind: fixed, id: unserved, ${detail},`])
    const facts = amended('xinyi', ['{ id: absentDays,', `{ id: absentDays, ${detail},`])
    const aspects = amended('district', ['{ id: satisfaction,', `{ id: satisfaction, ${detail},`])
    const detailOf = (policy: typeof xinyi, id: string) => fieldsOf(policy, {}).find((field) => field.id === id)?.detail
    for (const [policy, id] of [
      [items, 'i07.accuracy'],
      [rates, 'i06.entryRate'],
      [fixed, 'i11.noRecord'],
      [facts, 'absentDays'],
      [aspects, 'satisfaction'],
    ] as const)
      expect(detailOf(policy, id)).toEqual({ zh: '细则', en: 'in detail' })
    expect(fieldsOf(xinyi, {}).find(({ id }) => id === 'i07.accuracy')).not.toHaveProperty('detail')
    expect(fieldsOf(xinyi, {}).find(({ id }) => id === 'absentDays')).not.toHaveProperty('detail')
  })

  it('a rate beside other criteria of its item: unless it is recorded the item earns nothing', () => {
    const line = /( +)(- \{ kind: shortfall, id: accuracy,.*\n)/
    const late = 'kind: perOccurrence, id: late, title: { zh: 迟报, en: Late }, clause: XY-I07, points: 1'
    const policy = amended('xinyi', [line, `$1$2$1- { ${late} }\n`])
    const item = (facts: Record<string, string>) => find(score(policy, {}, facts), 'i07')
    expect(item({ 'i07.late': '1' })).toMatchObject({ missing: ['i07.accuracy'], state: 'computed' })
    expect(item({ 'i07.late': '1' })?.points.equals(0)).toBe(true)
    expect(item({ 'i07.late': '1' })?.why).toContainEqual({ kind: 'zeroed' })
    expect(item({ 'i07.late': '1' })?.parts[0]?.why).toEqual([{ kind: 'missing', fields: ['i07.accuracy'] }])
    expect(item({ 'i07.late': '1', 'i07.accuracy': '99' })?.points.equals(9)).toBe(true)
  })

  it('a way written in the file, which no choice can change', () => {
    const policy = amended('xinyi', [/(group: town\n.*\n.*\n {4}rounding: )\{ by: IR-07 \}/, '$1minOne'])
    const cap = (choices: Record<string, string>) => gradeCohort(policy, choices, [person('a', '东')]).groups[0]?.cap
    expect([cap({}), cap({ 'IR-07': 'floor' })]).toEqual([1, 1])
    expect(gradeCohort(xinyi, {}, [person('a', '东')]).groups[0]?.cap).toBe(0)
  })

  it('“at most” without saying that the number is included', () => {
    const policy = amended('baihe', ['when: { upTo: 40 }, stated: yes', 'when: { upTo: 40 }'])
    const state = (choices: Record<string, string>, age: number) =>
      standards(policy, choices, 'entry', { ageTo: exact(age) }).find(({ id }) => id === 'ageTo')?.state
    expect([state({}, 40), state({ 'IR-06': 'excluded' }, 40), state({ 'IR-06': 'excluded' }, 39)]).toEqual([
      'met',
      'notMet',
      'met',
    ])
    for (const bound of [{ exceeds: '3' }, { below: '3' }])
      expect(inclusive(policy, { 'IR-06': 'excluded' }, bound, false)).toEqual(bound)
  })

  it('no score at all', () => {
    const { rated: _, ...policy } = policyOf('district')
    const root = score(policy, {}, {})
    expect(root).toMatchObject({ id: 'total', clause: 'DQ-5.3.0', why: [{ kind: 'noScore' }], missing: [], parts: [] })
    expect(root.points.equals(0)).toBe(true)
  })

  it('a week’s duty that ends before Sunday, and a year’s without a month', () => {
    const duty = { title: { zh: '事', en: 'duty' }, clause: 'c' }
    const policy = {
      ...policyOf('district'),
      calendar: [
        { ...duty, id: 'weekly', every: 'week' as const, fromDay: '2', toDay: '5', lastDay: 'included' as const },
        { ...duty, id: 'yearly', every: 'year' as const, fromDay: '1', toDay: '31', lastDay: 'included' as const },
      ],
    }
    const on = (day: string) =>
      due(policy, {}, { year: 2026, on: day, done: new Set() }).map(({ id, from, by, state }) => [id, from, by, state])
    expect(on('2026-11-20')).toEqual([
      ['weekly', '2026-11-17', '2026-11-20', 'open'],
      ['yearly', '2026-01-01', '2026-12-31', 'open'],
    ])
    expect(on('2026-11-21')[0]).toEqual(['weekly', '2026-11-24', '2026-11-27', 'ahead'])
    expect(on('2026-11-16')[0]).toEqual(['weekly', '2026-11-17', '2026-11-20', 'ahead'])
  })

  it('flags about the person, which stand for the year when any posting has them up', () => {
    const posting = (facts: Record<string, string>) => ({ total: exact(80), days: 100, missing: 0, facts })
    const flagged = (...all: Record<string, string>[]) => joinPostings(policyOf('yingkou'), {}, all.map(posting)).facts
    expect(flagged({ violation: 'no' }, { violation: 'yes' }).violation).toBe('yes')
    expect(flagged({ violation: 'no' }, {}).violation).toBe('no')
    expect(flagged({}, {})).not.toHaveProperty('violation')
  })
})

describe('what is kept for the next sheet', () => {
  it('is at most so many readings of a policy', () => {
    const readings = ['IR-02', 'IR-03', 'IR-04', 'IR-05', 'IR-08'].reduce<Record<string, string>[]>(
      (all, id) => all.flatMap((one) => xinyi.interpretations[id]!.options.map((option) => ({ ...one, [id]: option.id }))),
      [{}],
    )
    const policy = { ...xinyi }
    const first = compile(policy, {})
    const inOrder = readings.filter((choices) =>
      Object.entries(choices).some(([id, option]) => xinyi.interpretations[id]!.default !== option),
    )
    for (const choices of inOrder.slice(0, 63)) compile(policy, choices)
    expect(compile(policy, {})).toBe(first)
    compile(policy, inOrder[63]!)
    expect(compile(policy, {})).not.toBe(first)
    expect(compile(policy, {}).fields).toEqual(first.fields)
  })

  it('is at most so many texts of a cell, and the rest are worked out anew', () => {
    let built = 0
    const blank = { id: 's', name: { zh: '步', en: 'step' }, clause: 'c', points: exact(0), why: [], missing: [], parts: [] }
    const step = remembered((text) => ({ ...blank, id: text, clause: String((built += 1)) }))
    for (let at = 0; at < 513; at += 1) expect(step(String(at)).id).toBe(String(at))
    expect([built, step('0').clause, step('511').clause, built]).toEqual([513, '1', '512', 513])
    expect([step('512').id, built]).toEqual(['512', 514])
  })
})

it('a cell full of blanks is blank, however long', () => {
  expect(readCell(xinyi, {}, 'i05', ' '.repeat(31))).toEqual({ value: null })
})
