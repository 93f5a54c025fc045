import { describe, expect, it } from 'vitest'
import { changed, dossierOfExample, eventfulFacts, outcomeOf } from '../../server/src/rules/examples.ts'
import { policyOf, week, xinyi } from '../policies/policies.ts'

const [example] = policyOf('baihe').examples as [(typeof xinyi)['examples'][number]]

describe('a worked example', () => {
  it('throws what is refused of its cells, and what is refused of the rest', () => {
    expect(() => changed(xinyi, {}, { i04: 'x' })).toThrow('i04: cell.notANumber')
    const absences = [{ from: '2026-03-02', to: '2026-03-03', excused: 'no', reasonGiven: 'no' }]
    expect(() =>
      dossierOfExample(policyOf('baihe'), { ...example, year: '2026', absences, history: [{ year: '25' }] }, week),
    ).toThrow(/^absences\.0 absences: this policy asks.*; history\.0\.year 25: must be a year/)
  })

  it('that expects a line which is not there comes to what no line can have', () => {
    const { points } = outcomeOf(policyOf('baihe'), { ...example, expect: { points: { total: '1', nowhere: '1' } } }, week)
    expect(points).toEqual({ total: '100', nowhere: '-999' })
  })
})

it('an eventful year has everything about the work happen once, and nothing about the person', () => {
  const facts = eventfulFacts(xinyi)
  expect(facts).toMatchObject({ 'v1': 'no', 'absentDays': '0', 'i04.unkept': 'yes', 'i04.inexact': '1', 'i07.accuracy': '90' })
  expect(facts['i16.enrolment']).toBe('4')
  expect(facts).not.toHaveProperty('i04')
  expect(eventfulFacts(xinyi, { 'IR-47': 'whole' })).not.toHaveProperty(['i18.cards'])
})
