import { describe, expect, it } from 'vitest'
import { readPerson } from '../../server/src/rules/person.ts'
import { amended, policyOf, week } from '../policies/policies.ts'

const read = (policy: string, raw: unknown, choices: Record<string, string> = {}) =>
  readPerson(policyOf(policy), choices, raw, week)
const paths = (policy: string, raw: unknown, choices?: Record<string, string>) =>
  read(policy, raw, choices).refused?.map(({ path }) => path) ?? []
const valueAt = (policy: string, raw: unknown, at: string) => read(policy, raw).refused?.find(({ path }) => path === at)?.value
const news = { id: 'a', rule: 'news', level: 'city', evidence: ['e'] }
const check = { id: 'a', rule: 'phoneCheck', month: '1', of: '100', checked: '10', right: '9', evidence: ['e'] }
const absence = { from: '2026-03-02', to: '2026-03-03', excused: 'no', reasonGiven: 'no' }
const marks = (mark: unknown) => ({ conduct: mark, diligence: mark, results: mark, effect: mark })

describe('everything known of a person is read', () => {
  it('as it stands, and nothing else', () => {
    const claims = [
      { ...news, matter: 'm', outlet: 'other', authors: '2' },
      { id: 'b', rule: 'spotCheck', level: 'town', records: '3', evidence: [] },
      { id: 'c', rule: 'lastThree', place: '2', evidence: ['e', 'f'] },
      check,
    ].map((claim, at) => ({ ...claim, id: `c${at}` }))
    const panel = { grade: 'pass', reason: 'because' }
    const history = [{ year: '2025', grade: 'fail' }]
    const raw = { year: '2026', facts: { arrears: 'yes' }, claims, history, panel }
    expect(read('baihe', raw)).toStrictEqual({ person: { ...raw, ballots: [], absences: [], spotChecks: [] } })
    expect(read('baihe', { claims: [news] }).person?.claims).toStrictEqual([news])
    expect(read('baihe', {})).toStrictEqual({
      person: { facts: {}, claims: [], ballots: [], absences: [], spotChecks: [], history: [] },
    })
  })

  it('with ballots, absences and spot checks', () => {
    const ballots = [
      { id: 'a', group: 'peers', scores: marks('90') },
      { id: 'b', group: 'clients', scores: marks('80.25') },
    ]
    expect(read('shandong', { ballots }).person).toMatchObject({ ballots })
    const spotChecks = [{ on: '2026-03-02', onPost: 'yes' }]
    expect(read('yingkou', { year: 2026, absences: [absence], spotChecks }).person).toMatchObject({
      year: '2026',
      absences: [absence],
      spotChecks,
    })
  })
})

describe('what lies on a bound is read, and what lies beyond it is refused:', () => {
  const claim = (more: object) => paths('baihe', { claims: [{ ...news, ...more }] })
  const ranked = (place: unknown) => paths('baihe', { claims: [{ id: 'a', rule: 'lastThree', place, evidence: [] }] })
  const checked = (more: object) => paths('baihe', { claims: [{ ...check, ...more }] })

  it('names of a hundred characters', () => {
    expect([claim({ id: 'x'.repeat(100) }), claim({ id: 'x'.repeat(101) })]).toEqual([[], ['claims.0.id']])
    expect([claim({ id: ' ' }), claim({ id: 7 }), claim({ matter: '' })]).toEqual([
      ['claims.0.id'],
      ['claims.0.id'],
      ['claims.0.matter'],
    ])
  })

  it('authors, records and places', () => {
    expect(['1', '99', 99, '099'].map((authors) => claim({ authors }))).toEqual([[], [], [], []])
    for (const authors of ['0', '100', '1x', 'x1', '1.5', '', '0000001', null, true, {}])
      expect(claim({ authors })).toEqual(['claims.0.authors'])
    expect(read('baihe', { claims: [{ ...news, authors: '007' }] }).person?.claims).toEqual([{ ...news, authors: '7' }])
    expect([ranked('1'), ranked('9999'), ranked('10000'), ranked('0')]).toEqual([[], [], ['claims.0.place'], ['claims.0.place']])
    const records = (more: object) =>
      paths('baihe', { claims: [{ id: 'a', rule: 'spotCheck', level: 'town', evidence: [], ...more }] })
    expect([records({ records: 9999 }), records({ records: 10000 }), records({ records: 0 })]).toEqual([
      [],
      ['claims.0.records'],
      ['claims.0.records'],
    ])
    expect([records({ matter: 'm', records: 1 }), records({ matter: 'm' }), records({ records: 2 })]).toEqual([[], [], []])
  })

  it('months, and how many were checked and right', () => {
    expect([{ month: 12 }, { right: 0 }, { right: 10 }, { checked: 100 }, { of: 10 }].map(checked)).toEqual([[], [], [], [], []])
    expect([{ month: 0 }, { of: 9 }, { of: 1000000 }, { of: 0 }].map(checked)).toEqual([
      ['claims.0.month'],
      ['claims.0.checked'],
      ['claims.0.of'],
      ['claims.0.of'],
    ])
    for (const key of ['month', 'of', 'checked', 'right']) expect(checked({ [key]: undefined })).toEqual([`claims.0.${key}`])
  })

  it('marks of a ballot, out of a hundred or out of the dimension’s share', () => {
    const ballot = (mark: unknown, choices = {}) =>
      paths('shandong', { ballots: [{ id: 'a', group: 'peers', scores: { ...marks('0'), conduct: mark } }] }, choices)
    for (const mark of [0, '0', 100, '99.99', '100.00']) expect(ballot(mark)).toEqual([])
    for (const mark of ['100.01', '99.999', '-1', '1e1', ' 1', '1 ', '1000', '.5', '', null, true])
      expect(ballot(mark)).toEqual(['ballots.0.scores.conduct'])
    const share = { 'IR-30': 'share' }
    expect([ballot(20, share), ballot('20.01', share)]).toEqual([[], ['ballots.0.scores.conduct']])
  })

  it('years and the length of an absence', () => {
    const year = (one: unknown) => paths('baihe', { year: one })
    for (const one of [1900, '2099', 2026]) expect(year(one)).toEqual([])
    for (const one of ['1899', '2100', '20260', '12026', 'x2026', null, false]) expect(year(one)).toEqual(['year'])
    const away = (to: string) => paths('yingkou', { year: 2026, absences: [{ ...absence, from: '2026-01-01', to }] })
    expect([away('2026-01-01'), away('2027-01-02'), away('2027-01-03')]).toEqual([[], [], ['absences.0.to']])
  })
})

describe('a refusal', () => {
  it('shows the value that was refused, as text and cut when it is long', () => {
    const year = (one: unknown) => valueAt('baihe', { year: one }, 'year')
    expect([year('x'), year(26), year(['a']), year({ a: 1 }), year(true), year(null)]).toEqual([
      'x',
      '26',
      '["a"]',
      '{"a":1}',
      'true',
      'null',
    ])
    expect(year('y'.repeat(61))).toBe('y'.repeat(60))
    expect(year(Number.NaN)).toBe('NaN')
    expect(valueAt('baihe', { claims: [{ rule: 'news' }] }, 'claims.0.id')).toBe('')
    expect(valueAt('yingkou', { absences: [absence] }, 'year')).toBe('')
  })

  it('names its place and what would be right', () => {
    const english = (policy: string, raw: unknown) => read(policy, raw).refused?.map(({ path, says }) => `${path}: ${says.en}`)
    expect(english('xinyi', { facts: { i99: '1' } })).toEqual(['facts.i99: no such field; check its id'])
    expect(english('yingkou', { facts: { violation: null } })).toEqual(['facts.violation: must be text, a number, or yes or no'])
    expect(english('baihe', { claims: [{ ...news, rule: 'rumour' }] })).toEqual([
      'claims.0.rule: must be one of: commended, dataQuality, phoneCheck, news, inspection, supervision, lastThree, spotCheck',
    ])
    expect(english('baihe', { panel: { grade: 'pass', reason: 'r', colour: 'red' } })).toEqual([
      'panel.colour: is unknown; known are: grade, reason',
    ])
    const odd = { ...absence, to: 'soon', reasonGiven: 'maybe' }
    expect(paths('yingkou', { year: 2026, absences: [odd] })).toEqual(['absences.0.to', 'absences.0.reasonGiven'])
    expect(valueAt('baihe', { spotChecks: [{ on: '2026-03-02', onPost: 'no' }] }, 'spotChecks.0')).toBe('spotChecks')
  })

  it('of a person who is none stands alone', () => {
    for (const raw of [[], null, 'x', 7, undefined]) expect(paths('baihe', raw)).toEqual([''])
  })

  it('of a part that a rule does not use names each part', () => {
    const parts = { place: 1, records: 1, outlet: 'main', authors: 1, month: 1, of: 1, checked: 1, right: 1, level: 'city' }
    const of = (rule: string) =>
      paths('baihe', { claims: [{ id: 'a', rule, evidence: [], ...parts }] }).map((path) => path.replace('claims.0.', ''))
    const checks = ['month', 'of', 'checked', 'right']
    expect(of('commended')).toEqual(['place', 'records', 'outlet', 'authors', ...checks])
    expect(of('news')).toEqual(['place', 'records', ...checks])
    expect(of('inspection')).toEqual(['place', 'outlet', 'authors', ...checks])
    expect(of('lastThree')).toEqual(['level', 'records', 'outlet', 'authors', ...checks])
    expect(of('phoneCheck')).toEqual(['level', 'place', 'records', 'outlet', 'authors'])
    expect(
      paths('baihe', {
        claims: [
          { ...news, outlet: 'main' },
          { ...news, id: 'b', outlet: 'wall' },
        ],
      }),
    ).toEqual(['claims.1.outlet'])
  })

  it('of an award beside its criteria names the award alone, and an award by itself is none', () => {
    expect(paths('xinyi', { facts: { 'i04': '1', 'i04.inexact': '1', 'i05': '1' } })).toEqual(['facts.i04'])
  })

  it('of the same month twice counts each rule’s checks by themselves', () => {
    const second = { ...check, id: 'b', month: '2' }
    expect(paths('baihe', { claims: [check, second] })).toEqual([])
    expect(paths('baihe', { claims: [check, { ...second, month: 1 }] })).toEqual(['claims'])
    const two = amended('baihe', [/(id: phoneDeduction[\s\S]*?measure: )phoneCheck/, '$1otherCheck'])
    const other = { ...check, id: 'b', rule: 'otherCheck' }
    expect(readPerson(two, {}, { claims: [check, other] }, week).refused).toBeUndefined()
  })

  it('of two ballots of one id, or two grades of one year, comes once for each', () => {
    const ballot = { id: 'a', group: 'peers', scores: marks('90') }
    expect(paths('shandong', { ballots: [ballot, ballot] })).toEqual(['ballots'])
    const past = (year: string) => ({ year, grade: 'unfit' })
    expect(paths('yingkou', { year: 2026, history: [past('2025'), past('2024'), past('2025')] })).toEqual(['history'])
    expect(paths('yingkou', { year: 2026, history: [past('2025'), past('2024')] })).toEqual([])
  })

  it('of days entered beside the absences they come from names each of them', () => {
    const facts = { unexcusedRun: 1, emptyPosts: 0, violation: 'no' }
    const on = { on: '2026-03-02', onPost: 'no' }
    expect(paths('yingkou', { year: 2026, facts, spotChecks: [on] })).toEqual(['facts.unexcusedRun', 'facts.emptyPosts'])
    expect(paths('yingkou', { year: 2026, facts })).toEqual([])
    expect(paths('yingkou', { absences: [absence] })).toEqual(['year'])
  })
})
