import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf } from '../../server/src/rules/assess.ts'
import { officialCalendar } from '../../server/src/core/official.ts'
import type { Calendar } from '../../server/src/rules/days.ts'
import { readPerson } from '../../server/src/rules/person.ts'
import { policies, policyOf, week } from '../policies/policies.ts'

const refusals = (policy: string, raw: unknown) => readPerson(policyOf(policy), {}, raw, week).refused ?? []
const claim = { id: 'a', rule: 'news', level: 'city', evidence: ['e'] }
const check = { id: 'a', rule: 'phoneCheck', month: 1, of: 100, checked: 10, right: 9, evidence: ['e'] }
const ballot = { id: 'a', group: 'peers', scores: { conduct: 90, diligence: 90, results: 90, effect: 90 } }
const absence = { from: '2026-03-02', to: '2026-03-03', excused: 'no', reasonGiven: 'no' }

describe('what is known of a person is refused', () => {
  it.each<[string, string, unknown, string]>([
    ['when it is no object', 'baihe', [], ''],
    ['with something unknown', 'baihe', { weather: 'fine' }, 'weather'],
    ['when the facts are a list', 'baihe', { facts: [] }, 'facts'],
    ['with an unknown fact', 'xinyi', { facts: { 'i04.weather': '1' } }, 'facts.i04.weather'],
    ['with a fact of the wrong type', 'xinyi', { facts: { 'i04.inexact': ['1'] } }, 'facts.i04.inexact'],
    ['with a word for a number', 'xinyi', { facts: { 'i04.inexact': 'many' } }, 'facts.i04.inexact'],
    ['with a negative count', 'xinyi', { facts: { 'i04.inexact': -1 } }, 'facts.i04.inexact'],
    ['with a fraction of a time', 'xinyi', { facts: { 'i04.inexact': 1.5 } }, 'facts.i04.inexact'],
    ['with NaN', 'xinyi', { facts: { 'i04.inexact': Number.NaN } }, 'facts.i04.inexact'],
    ['with infinity', 'xinyi', { facts: { 'i04.inexact': Number.POSITIVE_INFINITY } }, 'facts.i04.inexact'],
    ['with more than the maximum', 'xinyi', { facts: { i04: 2.1 } }, 'facts.i04'],
    ['with a percentage over 100', 'xinyi', { facts: { 'i07.accuracy': 100.01 } }, 'facts.i07.accuracy'],
    ['with a percentage over 100 elsewhere', 'district', { facts: { satisfaction: '101%' } }, 'facts.satisfaction'],
    ['with an unknown choice', 'district', { facts: { community: 'famous' } }, 'facts.community'],
    ['with an award beside criteria', 'xinyi', { facts: { 'i04': '1', 'i04.inexact': '1' } }, 'facts.i04'],
    ['with claims that are no list', 'baihe', { claims: {} }, 'claims'],
    ['with a claim that is no object', 'baihe', { claims: ['x'] }, 'claims.0'],
    ['with claims where there are none', 'xinyi', { claims: [claim] }, 'claims.0.rule'],
    ['with an unknown rule', 'baihe', { claims: [{ ...claim, rule: 'rumour' }] }, 'claims.0.rule'],
    ['with an unknown level', 'baihe', { claims: [{ ...claim, level: 'planet' }] }, 'claims.0.level'],
    ['with a level the rule lacks', 'baihe', { claims: [{ ...claim, level: 'town' }] }, 'claims.0.level'],
    ['with an unknown outlet', 'baihe', { claims: [{ ...claim, outlet: 'wall' }] }, 'claims.0.outlet'],
    ['with no author', 'baihe', { claims: [{ ...claim, authors: 0 }] }, 'claims.0.authors'],
    ['with half an author', 'baihe', { claims: [{ ...claim, authors: 1.5 }] }, 'claims.0.authors'],
    ['with a place for a level', 'baihe', { claims: [{ ...claim, place: 1 }] }, 'claims.0.place'],
    ['with an unknown part of a claim', 'baihe', { claims: [{ ...claim, colour: 'red' }] }, 'claims.0.colour'],
    ['with a claim without id', 'baihe', { claims: [{ ...claim, id: '' }] }, 'claims.0.id'],
    ['with evidence that is no list', 'baihe', { claims: [{ ...claim, evidence: 'e' }] }, 'claims.0.evidence'],
    ['with blank evidence', 'baihe', { claims: [{ ...claim, evidence: [' '] }] }, 'claims.0.evidence'],
    ['with two claims of one id', 'baihe', { claims: [claim, claim] }, 'claims'],
    [
      'with several records of one matter',
      'baihe',
      { claims: [{ id: 'a', rule: 'spotCheck', level: 'town', matter: 'm', records: 2, evidence: [] }] },
      'claims.0.records',
    ],
    ['with a ranking without place', 'baihe', { claims: [{ id: 'a', rule: 'lastThree', evidence: [] }] }, 'claims.0.place'],
    ['with a thirteenth month', 'baihe', { claims: [{ ...check, month: 13 }] }, 'claims.0.month'],
    ['with more checked than there are', 'baihe', { claims: [{ ...check, checked: 101 }] }, 'claims.0.checked'],
    ['with more right than checked', 'baihe', { claims: [{ ...check, right: 11 }] }, 'claims.0.right'],
    ['with a check about a matter', 'baihe', { claims: [{ ...check, matter: 'm' }] }, 'claims.0.matter'],
    ['with nothing checked', 'baihe', { claims: [{ ...check, checked: 0 }] }, 'claims.0.checked'],
    ['with one month checked twice', 'baihe', { claims: [check, { ...check, id: 'b' }] }, 'claims'],
    ['with a ballot without id', 'shandong', { ballots: [{ ...ballot, id: undefined }] }, 'ballots.0.id'],
    ['with marks that are no object', 'shandong', { ballots: [{ ...ballot, scores: '90' }] }, 'ballots.0.scores'],
    ['with a ballot where nobody rates', 'xinyi', { ballots: [ballot] }, 'ballots.0.group'],
    ['with an unknown group of raters', 'shandong', { ballots: [{ ...ballot, group: 'friends' }] }, 'ballots.0.group'],
    [
      'with a ballot that lacks a dimension',
      'shandong',
      { ballots: [{ ...ballot, scores: { conduct: 1 } }] },
      'ballots.0.scores.diligence',
    ],
    [
      'with a mark over a hundred',
      'shandong',
      { ballots: [{ ...ballot, scores: { ...ballot.scores, effect: 101 } }] },
      'ballots.0.scores.effect',
    ],
    [
      'with a negative mark',
      'shandong',
      { ballots: [{ ...ballot, scores: { ...ballot.scores, effect: -1 } }] },
      'ballots.0.scores.effect',
    ],
    [
      'with an unknown dimension',
      'shandong',
      { ballots: [{ ...ballot, scores: { ...ballot.scores, looks: 1 } }] },
      'ballots.0.scores.looks',
    ],
    [
      'with a day that does not exist',
      'yingkou',
      { year: 2026, absences: [{ ...absence, from: '2026-02-30' }] },
      'absences.0.from',
    ],
    [
      'with an absence that ends before it begins',
      'yingkou',
      { year: 2026, absences: [{ ...absence, to: '2026-03-01' }] },
      'absences.0.to',
    ],
    [
      'with an absence of more than a year',
      'yingkou',
      { year: 2026, absences: [{ ...absence, to: '2028-03-01' }] },
      'absences.0.to',
    ],
    [
      'with an excuse that is neither yes nor no',
      'yingkou',
      { year: 2026, absences: [{ ...absence, excused: 'maybe' }] },
      'absences.0.excused',
    ],
    ['with absences and no year', 'yingkou', { absences: [absence] }, 'year'],
    [
      'with absences and the days they make',
      'yingkou',
      { year: 2026, absences: [absence], facts: { unexcusedRun: 1 } },
      'facts.unexcusedRun',
    ],
    ['with absences a policy does not read', 'baihe', { year: 2026, absences: [absence] }, 'absences.0'],
    [
      'with spot checks a policy does not read',
      'baihe',
      { year: 2026, spotChecks: [{ on: '2026-03-02', onPost: 'no' }] },
      'spotChecks.0',
    ],
    [
      'with a spot check on no day',
      'yingkou',
      { year: 2026, spotChecks: [{ on: '2026-02-30', onPost: 'no' }] },
      'spotChecks.0.on',
    ],
    [
      'with a spot check that found neither',
      'yingkou',
      { year: 2026, spotChecks: [{ on: '2026-03-02', onPost: 'maybe' }] },
      'spotChecks.0.onPost',
    ],
    ['with an unknown earlier grade', 'yingkou', { year: 2026, history: [{ year: 2025, grade: 'pass' }] }, 'history.0.grade'],
    [
      'with two grades of one year',
      'yingkou',
      {
        year: 2026,
        history: [
          { year: 2025, grade: 'unfit' },
          { year: 2025, grade: 'excellent' },
        ],
      },
      'history',
    ],
    ['with history and no year', 'yingkou', { history: [{ year: 2025, grade: 'unfit' }] }, 'year'],
    ['with a year that is none', 'yingkou', { year: '26' }, 'year'],
    ['with a panel’s grade that is none', 'baihe', { panel: { grade: 'superb', reason: 'r' } }, 'panel.grade'],
    ['with a panel’s grade without a reason', 'baihe', { panel: { grade: 'pass', reason: ' ' } }, 'panel.reason'],
    ['with a panel that is no object', 'baihe', { panel: 'pass' }, 'panel'],
  ])('%s', (_, policy, raw, path) => {
    const found = refusals(policy, raw)
    expect(found.map((one) => one.path)).toContain(path)
    for (const { says } of found) {
      expect(says.zh).toMatch(/\p{Script=Han}/u)
      expect(says.en).toMatch(/[a-z]/)
    }
  })

  it('with every refusal at once, not only the first', () => {
    const raw = { facts: { community: 'famous', satisfaction: 101 }, ballots: [{}] }
    expect(refusals('district', raw).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['facts.community', 'facts.satisfaction', 'ballots.0.id', 'ballots.0.group']),
    )
  })

  it('and whatever it is, reading never throws', () =>
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), fc.constantFrom(...policies), (raw, policy) => {
        const keys = ['facts', 'claims', 'ballots', 'absences', 'history', 'panel', 'year']
        for (const one of [raw, ...keys.map((key) => ({ [key]: raw })), ...keys.map((key) => ({ [key]: [raw] }))])
          expect(Object.keys(readPerson(policy, {}, one, week))).toHaveLength(1)
      }),
    ))
})

describe('what is known of a person is read', () => {
  it('from numbers, yes and no, and words as from texts', () => {
    const read = readPerson(
      policyOf('district'),
      {},
      { facts: { satisfaction: 85, discord: false, community: '复查被摘牌', rectifications: '２' } },
      week,
    )
    expect(read.person?.facts).toEqual({ satisfaction: '85', discord: 'no', community: 'withdrawn', rectifications: '2' })
  })

  it('with true and false for yes and no, blanks for nothing, and claims that have no evidence yet', () => {
    const { facts, absences } = readPerson(
      policyOf('yingkou'),
      {},
      { year: 2026, facts: { violation: true, harm: ' ' }, absences: [{ ...absence, excused: true, reasonGiven: false }] },
      week,
    ).person!
    expect(facts).toEqual({ violation: 'yes' })
    // Approved leave has its reason, whatever was said.
    expect(absences).toEqual([{ ...absence, excused: 'yes', reasonGiven: 'yes' }])
    const { evidence: _, ...bare } = claim
    expect(readPerson(policyOf('baihe'), {}, { claims: [bare] }, week).person?.claims).toEqual([{ ...bare, evidence: [] }])
  })

  it('and its absences are counted in working days, holidays and made-up days included', () => {
    const read = (calendar: Calendar) =>
      readPerson(
        policyOf('yingkou'),
        {},
        {
          year: 2026,
          absences: [{ from: '2026-09-30', to: '2026-10-10', excused: 'no', reasonGiven: 'no' }],
          spotChecks: [
            { on: '2025-12-31', onPost: 'no' },
            { on: '2026-10-09', onPost: 'yes' },
          ],
        },
        calendar,
      ).person!
    const person = read(officialCalendar())
    const counted = { unexcusedRun: '4', unexcusedTotal: '4', silentRun: '4', emptyPosts: '0' }
    expect(factsOf(policyOf('yingkou'), {}, person)).toMatchObject(counted)
    expect(factsOf(policyOf('yingkou'), {}, read(week))).toMatchObject({ unexcusedTotal: '8' })
    expect(factsOf(policyOf('yingkou'), { 'KH-42': 'calendarDays' }, person)).toMatchObject({ unexcusedTotal: '11' })
  })
})
