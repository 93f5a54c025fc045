import { describe, expect, it } from 'vitest'
import { canonical, exact } from '../../server/src/rules/exact.ts'
import { gradeAlone } from '../../server/src/rules/grade.ts'
import { marksOf } from '../../server/src/rules/score/rated.ts'
import { find, score, type Step } from '../../server/src/rules/score/index.ts'
import { amended, policyOf, xinyi } from '../policies/policies.ts'

const baihe = policyOf('baihe')
const shandong = policyOf('shandong')
const plain = (step: Step | undefined) =>
  step && {
    points: canonical(step.points),
    ...(step.max ? { max: canonical(step.max) } : {}),
    ...(step.state ? { state: step.state } : {}),
    ...(step.zeroes ? { zeroes: true } : {}),
    ...(step.missing.length > 0 ? { missing: step.missing } : {}),
    why: step.why,
  }
const line = (id: string, facts: Record<string, string>, choices: Record<string, string> = {}, policy = xinyi) =>
  plain(find(score(policy, choices, facts), id))

describe('a criterion says what it found:', () => {
  it('so many times, or nothing of the kind', () => {
    expect(line('i04.inexact', { 'i04.inexact': '3' })).toEqual({
      points: '-1.5',
      why: [{ kind: 'occurrences', times: '3', each: '0.5' }],
    })
    for (const facts of [{ 'i04.inexact': '0' }, { 'i04.petition': '0' }] as Record<string, string>[])
      expect(line('i04.inexact', facts)).toEqual({ points: '0', why: [{ kind: 'none' }] })
  })

  it('a proven condition, which brings the item to nothing, with or without accountability', () => {
    expect(line('i04.unkept', { 'i04.unkept': 'yes' })).toEqual({
      points: '0',
      zeroes: true,
      why: [{ kind: 'proven', fields: ['i04.unkept'], accountability: false }],
    })
    expect(line('i04.unkept', { 'i04.unkept': 'no' })).toEqual({ points: '0', why: [{ kind: 'none' }] })
    const answering = amended('xinyi', [/(\{ kind: zeroIf, id: unkept,)/, '$1 accountability: yes,'])
    expect(line('i04.unkept', { 'i04.unkept': 'yes' }, {}, answering)?.why).toEqual([
      { kind: 'proven', fields: ['i04.unkept'], accountability: true },
    ])
    expect(line('i04', { 'i04.unkept': 'yes', 'i04.inexact': '1' })).toEqual({
      points: '0',
      max: '2',
      state: 'computed',
      why: [{ kind: 'base', points: '2' }, { kind: 'zeroed' }],
    })
  })

  it('flags that cost once, or each', () => {
    const facts = { 'i11.taskMissed': 'yes', 'i11.noRecord': 'yes' }
    const why = [{ kind: 'fixed', fields: ['i11.taskMissed', 'i11.noRecord'], points: '7' }]
    expect(line('i11.unserved', facts)).toEqual({ points: '-7', why })
    expect(line('i11.unserved', facts, { 'KH-02': 'each' })).toEqual({ points: '-14', why })
    expect(line('i11.unserved', { ...facts, 'i11.taskMissed': 'no' })).toEqual({
      points: '-7',
      why: [{ kind: 'fixed', fields: ['i11.noRecord'], points: '7' }],
    })
    expect(line('i11.unserved', { 'i11.taskMissed': 'no' })).toEqual({ points: '0', why: [{ kind: 'none' }] })
  })

  it('rates that all reach their targets, fall short, or are not recorded, beside flags', () => {
    const rate = (field: string, value: string) => ({ field: `i06.${field}`, value, target: '100' })
    const rates = (entryRate?: string, dynamicRate?: string) =>
      line('i06.rates', {
        ...(entryRate ? { 'i06.entryRate': entryRate } : {}),
        ...(dynamicRate ? { 'i06.dynamicRate': dynamicRate } : {}),
      })
    expect(rates('100', '100')).toEqual({
      points: '0',
      why: [{ kind: 'reached', rates: [rate('entryRate', '100'), rate('dynamicRate', '100')] }],
    })
    expect(rates('99.99', '100')).toEqual({
      points: '0',
      zeroes: true,
      why: [{ kind: 'notReached', rates: [rate('entryRate', '99.99')] }],
    })
    expect(rates('99')).toEqual({
      points: '0',
      zeroes: true,
      missing: ['i06.dynamicRate'],
      why: [
        { kind: 'notReached', rates: [rate('entryRate', '99')] },
        { kind: 'missing', fields: ['i06.dynamicRate'] },
      ],
    })
    expect(line('i14.training', { 'i14.noTraining': 'no' })).toEqual({ points: '0', why: [{ kind: 'none' }] })
    expect(line('i14.training', { 'i14.noTraining': 'yes', 'i14.rateMissed': 'yes' })).toEqual({
      points: '0',
      zeroes: true,
      why: [{ kind: 'proven', fields: ['i14.noTraining', 'i14.rateMissed'], accountability: false }],
    })
  })

  it('a shortfall counted by whole points, in proportion, or by every point begun', () => {
    const short = (counting: string, counted: string, points: string) =>
      expect(line('i07.accuracy', { 'i07.accuracy': '97.5' }, { 'IR-03': counting })).toEqual({
        points,
        why: [{ kind: 'shortfall', value: '97.5', target: '100', short: counted, each: '1', counting }],
      })
    short('whole', '2', '-2')
    short('linear', '2.5', '-2.5')
    short('ceil', '3', '-3')
    expect(line('i07.accuracy', { 'i07.accuracy': '100' })).toEqual({
      points: '0',
      why: [{ kind: 'reached', rates: [{ field: 'i07.accuracy', value: '100', target: '100' }] }],
    })
  })

  it('points in proportion, and points given in parts', () => {
    expect(line('i22.completion', { 'i22.completion': '50' })).toEqual({
      points: '1.5',
      max: '3',
      why: [{ kind: 'proportion', rate: '50', counted: '50', of: '3' }],
    })
    expect(line('i22.completion', { 'i22.completion': '120' })?.why).toEqual([
      { kind: 'proportion', rate: '120', counted: '100', of: '3' },
    ])
    expect(line('i22.completion', { 'i22.diverted': '1' })).toEqual({
      points: '0',
      max: '3',
      missing: ['i22.completion'],
      why: [{ kind: 'missing', fields: ['i22.completion'] }],
    })
    expect(line('i16.enrolment', { 'i16.enrolment': '3.5' })).toEqual({
      points: '3.5',
      max: '4',
      why: [{ kind: 'part', value: '3.5', of: '4' }],
    })
    expect(line('i16.enrolment', { 'i16.publicity': '1' })).toEqual({
      points: '0',
      max: '4',
      missing: ['i16.enrolment'],
      why: [{ kind: 'missing', fields: ['i16.enrolment'] }],
    })
  })
})

describe('an item and the sheet', () => {
  it('stop at nothing, or carry over, and the whole never falls below nothing', () => {
    const facts = { 'i04.inexact': '9' }
    const base = { kind: 'base', points: '2' }
    expect(line('i04', facts)).toEqual({
      points: '0',
      max: '2',
      state: 'computed',
      why: [base, { kind: 'floored', from: '-2.5' }],
    })
    const carried = { 'IR-10': 'carryOver' }
    expect(line('i04', facts, carried)).toEqual({ points: '-2.5', max: '2', state: 'computed', why: [base] })
    expect(line('total', facts, carried)?.why).toEqual([{ kind: 'sum' }, { kind: 'floored', from: '-2.5' }])
    expect(line('total', facts, carried)?.points).toBe('0')
    expect(line('total', {}, carried)?.why).toEqual([{ kind: 'sum' }])
    expect(line('total', { ...facts, i05: '4' }, carried)).toMatchObject({ points: '1.5', why: [{ kind: 'sum' }] })
    expect(line('i04', { i04: '2' })?.why).toEqual([{ kind: 'awarded', points: '2' }])
    expect(line('i04', { i04: '1' })).toEqual({
      points: '1',
      max: '2',
      state: 'awarded',
      why: [{ kind: 'awarded', points: '1' }],
    })
    expect(line('i04', {})).toEqual({
      points: '0',
      max: '2',
      state: 'missing',
      missing: ['i04'],
      why: [{ kind: 'missing', fields: ['i04'] }],
    })
  })

  it('become what a veto makes of them, where the reading has it replace the total', () => {
    const facts = { i05: '4', v1: 'yes', v2: 'no', v3: 'yes' }
    expect(line('total', facts, { 'IR-02': 'zero' })).toMatchObject({
      points: '0',
      why: [{ kind: 'sum' }, { kind: 'veto', fields: ['v1', 'v3'] }],
    })
    expect(line('total', facts)).toMatchObject({ points: '4', why: [{ kind: 'sum' }] })
    expect(line('total', { i05: '4', v1: 'no' }, { 'IR-02': 'zero' })).toMatchObject({ points: '4', why: [{ kind: 'sum' }] })
  })

  it('need no veto', () => {
    const { veto: _, ...policy } = { ...xinyi, vetoes: [] }
    expect(line('total', { i05: '4', v1: 'yes' }, {}, policy)?.points).toBe('4')
    expect(gradeAlone(policy, {}, { total: exact(4), facts: { v1: 'yes' } })).toMatchObject({ atMost: 'excellent', limits: [] })
  })

  it('are computed as soon as one part is, and missing until then', () => {
    expect(['s2', 's3', 'total'].map((id) => line(id, { i05: '4' })?.state)).toEqual(['computed', 'missing', 'computed'])
    expect(line('s2', { i05: '4' })).toMatchObject({ points: '4', max: '39' })
    expect(line('total', { i05: '4' })?.max).toBe('100')
  })
})

describe('a tally', () => {
  const news = (id: string, more = {}) => ({ id, rule: 'news', level: 'city', evidence: ['e'], ...more })
  const root = (claims: Parameters<typeof score>[3], choices = {}) => score(baihe, choices, {}, claims)
  const why = (claims: object[], id: string, choices = {}) => plain(find(root({ claims: claims as never }, choices), id))

  it('without claims is its base, and lacks what is measured', () => {
    expect(plain(root({}))).toEqual({
      points: '100',
      state: 'missing',
      missing: ['phoneCheck'],
      why: [{ kind: 'base', points: '100' }, { kind: 'moved' }],
    })
    expect(plain(find(root({}), 'bonus'))).toEqual({ points: '0', why: [{ kind: 'sum' }] })
    expect(plain(find(root({}), 'news'))).toEqual({ points: '0', why: [{ kind: 'none' }] })
    expect(root({ claims: [news('a')] })).toMatchObject({ state: 'computed', missing: ['phoneCheck'] })
    expect(root({}).parts.map(({ id, name }) => [id, name.en])).toEqual([
      ['bonus', 'Bonuses'],
      ['deduction', 'Deductions'],
    ])
  })

  it('counts a level with its factors, and says which', () => {
    expect(why([news('a', { outlet: 'other', authors: '3' })], 'news.a')).toEqual({
      points: '1/3',
      why: [{ kind: 'level', level: 'city', each: '2', times: '1', factor: '0.5', among: '3' }],
    })
    expect(why([news('a')], 'news')).toEqual({ points: '2', why: [{ kind: 'claims', counted: '2' }] })
    const wrong = { id: 'a', rule: 'spotCheck', level: 'town', records: '3', evidence: ['e'] }
    expect(why([wrong], 'spotCheck.a')).toEqual({
      points: '-1.5',
      why: [{ kind: 'level', level: 'town', each: '0.5', times: '3', factor: '1', among: '1' }],
    })
    expect(why([{ ...wrong, records: undefined }], 'spotCheck.a')?.points).toBe('-0.5')
    expect(why([{ ...wrong, rule: 'commended', level: 'town' }], 'commended.a')).toEqual({
      points: '0',
      why: [{ kind: 'noLevel', level: 'town' }],
    })
    const commended = { id: 'a', rule: 'commended', level: 'city', records: '3', outlet: 'other', authors: '2', evidence: ['e'] }
    expect(why([commended], 'commended.a')?.points).toBe('2')
  })

  it('counts a place from its end of the ranking, and no place further on', () => {
    const place = (rule: string, at: string) => why([{ id: 'a', rule, place: at, evidence: ['e'] }], `${rule}.a`)
    expect(place('dataQuality', '1')).toEqual({ points: '3', why: [{ kind: 'place', place: '1', from: 'top', points: '3' }] })
    expect(place('lastThree', '3')).toEqual({ points: '-1', why: [{ kind: 'place', place: '3', from: 'bottom', points: '1' }] })
    expect(place('lastThree', '4')).toEqual({ points: '0', why: [{ kind: 'place', place: '4', from: 'bottom', points: '0' }] })
  })

  it('sets aside what has no evidence, what is counted already, and what is not the highest', () => {
    expect(why([news('a', { evidence: [] })], 'news.a')).toEqual({ points: '0', why: [{ kind: 'noEvidence' }] })
    const twice = [news('a', { matter: 'm' }), news('b', { matter: 'm', level: 'province' })]
    expect(why(twice, 'news.a')?.why.at(-1)).toEqual({
      kind: 'lowerPlacement',
      kept: { claim: 'b', rule: 'news', matter: 'm', level: 'province', points: '3' },
    })
    expect(why(twice, 'news')?.points).toBe('3')
    const equal = [news('b', { matter: 'm' }), news('a', { matter: 'm' })]
    expect(why(equal, 'news.b')?.why.at(-1)).toMatchObject({ kind: 'lowerPlacement', kept: { claim: 'a' } })
    const praised = (id: string, level: string) => ({ id, rule: 'commended', level, evidence: ['e'] })
    const both = [praised('a', 'county'), praised('b', 'city')]
    expect(why(both, 'commended.a', { 'IR-28': 'highest' })).toMatchObject({
      points: '0',
      why: [{ kind: 'level' }, { kind: 'highestOnly', kept: { claim: 'b' } }],
    })
    expect(why(both, 'commended', { 'IR-28': 'highest' })?.points).toBe('2')
    expect(why(both, 'commended')?.points).toBe('3')
  })

  it('does not let a claim that counts nowhere set another aside', () => {
    const unproven = news('a', { matter: 'm', level: 'central', evidence: [] })
    expect(why([unproven, news('b', { matter: 'm' })], 'news')?.points).toBe('2')
    const parts = find(root({ claims: [unproven, news('b', { matter: 'm' })] }), 'news')?.parts
    expect(parts?.map(({ id }) => id)).toEqual(['news.b', 'news.a'])
    const nowhere = { id: 'a', rule: 'dataQuality', place: '9', matter: 'm', evidence: ['e'] }
    expect(why([nowhere, news('b', { matter: 'm', level: 'county' })], 'bonus')?.points).toBe('1')
    expect(plain(find(root({ claims: [nowhere, news('b', { matter: 'm' })] as never }), 'dataQuality.a'))?.why).toHaveLength(1)
  })

  const month = (at: string, checked: string, right: string, of = '1000') => ({
    id: `m${at}`,
    rule: 'phoneCheck',
    month: at,
    of,
    checked,
    right,
    evidence: ['e'],
  })

  it('measures the year by all that was checked, by its months, or each month for itself', () => {
    const checks = [month('1', '100', '100'), month('2', '300', '240')]
    const interval = (rate: string, points: string, months: number, when?: object) => ({
      kind: 'interval',
      rate,
      points,
      ...(when ? { when } : {}),
      months,
    })
    expect(why(checks, 'phoneBonus.phoneCheck')).toEqual({ points: '0', why: [interval('85', '0', 2)] })
    expect(why(checks, 'phoneBonus.phoneCheck', { 'KH-13': 'months' })).toEqual({
      points: '4',
      why: [interval('90', '4', 2, { reaches: '90' })],
    })
    expect(why(checks, 'phoneBonus', { 'IR-25': 'eachMonth' })?.points).toBe('5')
    expect(why(checks, 'phoneBonus.m1', { 'IR-25': 'eachMonth' })).toEqual({
      points: '5',
      why: [interval('100', '5', 1, { reaches: '100' })],
    })
    expect(why([month('1', '100', '100')], 'total')?.missing).toBeUndefined()
  })

  it('says which month’s sample was too small, and whether it counted', () => {
    const checks = [month('1', '99', '99'), month('2', '100', '50')]
    const small = { month: '1', checked: '99', needed: '100' }
    expect(why(checks, 'phoneDeduction.phoneCheck')?.why).toMatchObject([
      { kind: 'interval', months: 2 },
      { kind: 'sampleSmall', ...small },
    ])
    const aside = { 'KH-14': 'setAside' }
    expect(why(checks, 'phoneDeduction.m1', aside)).toEqual({ points: '0', why: [{ kind: 'sampleSetAside', ...small }] })
    expect(why(checks, 'phoneDeduction.phoneCheck', aside)?.why).toMatchObject([{ kind: 'interval', rate: '50', months: 1 }])
    const parts = find(root({ claims: checks as never }, aside), 'phoneDeduction')?.parts
    expect(parts?.map(({ id }) => id)).toEqual(['phoneDeduction.m1', 'phoneDeduction.phoneCheck'])
    expect(why([checks[0]!], 'phoneDeduction', aside)?.points).toBe('0')
    expect(why([month('1', '0', '0')], 'phoneBonus.m1')?.why).toEqual([
      { kind: 'sampleSetAside', month: '1', checked: '0', needed: '100' },
    ])
  })
})

describe('ratings', () => {
  const marks = (mark: string) => ({ conduct: mark, diligence: mark, results: mark, effect: mark })
  const ballots = (group: string, ...all: string[]) =>
    all.map((mark, at) => ({ id: `${group}${at}`, group, scores: marks(mark) }))
  const all = (of: ReturnType<typeof ballots>, choices = {}, policy = shandong) => score(policy, choices, {}, { ballots: of })

  it('are the means of groups that weigh alike, by dimensions that weigh as they say', () => {
    const root = all([...ballots('clients', '90', '80'), ...ballots('peers', '70'), ...ballots('leaders', '95')])
    expect(plain(root)).toEqual({ points: '250/3', state: 'computed', why: [{ kind: 'sum' }] })
    expect(root).toMatchObject({
      id: 'total',
      name: { zh: '总分', en: 'Total' },
      parts: [{ id: 'ratings', name: { en: 'Ratings' } }],
    })
    expect(plain(find(root, 'results'))).toEqual({ points: '100/3', max: '40', why: [{ kind: 'weighted', share: '40' }] })
    expect(plain(find(root, 'results.clients'))).toEqual({
      points: '34/3',
      why: [{ kind: 'mean', mean: '85', ballots: 2, of: '100' }],
    })
  })

  it('lose one highest and one lowest of more than five, where the reading says so', () => {
    const six = ballots('clients', '10', '80', '90', '70', '100', '60')
    const mean = (of: typeof six, choices = {}) => plain(find(all(of, choices), 'results.clients'))?.why
    expect(mean(six, { 'KH-21': 'trimmed' })).toEqual([
      { kind: 'mean', mean: '75', ballots: 4, of: '100' },
      { kind: 'trimmed', dropped: ['10', '100'] },
    ])
    expect(mean(six)).toEqual([{ kind: 'mean', mean: '205/3', ballots: 6, of: '100' }])
    expect(mean(six.slice(0, 5), { 'KH-21': 'trimmed' })).toEqual([{ kind: 'mean', mean: '70', ballots: 5, of: '100' }])
    const three = ['3', '1', '2'].map((one) => ({ id: one, group: 'peers', scores: { conduct: one } }))
    const { kept, dropped } = marksOf({ ...shandong.rated!, trim: 'trimmed', trimOver: '2' }, three, () => 'dimension').get(
      'conduct',
    )!
    expect([kept.map(canonical), dropped.map(canonical)]).toEqual([['2'], ['1', '3']])
  })

  it('that make no score are listed all the same', () => {
    const district = policyOf('district')
    const scores = { virtue: '80', ability: '80', diligence: '80', results: '80', integrity: '80' }
    const root = score(district, {}, {}, { ballots: [{ id: 'a', group: 'clients', scores }] })
    expect(plain(root)).toEqual({
      points: '0',
      state: 'computed',
      why: [{ kind: 'noScore' }, { kind: 'reweighed', groups: ['station', 'communityStaff'] }],
    })
    expect(plain(find(root, 'virtue'))).toEqual({ points: '0', why: [{ kind: 'unweighted' }] })
    expect(plain(find(root, 'virtue.clients'))).toEqual({
      points: '0',
      why: [{ kind: 'mean', mean: '80', ballots: 1, of: '100' }],
    })
    expect(plain(score(district, {}, {}))).toEqual({ points: '0', state: 'missing', why: [{ kind: 'noScore' }] })
    const equal = score(district, { 'KH-35': 'equal' }, {}, { ballots: [{ id: 'a', group: 'clients', scores }] })
    expect(plain(find(equal, 'virtue'))).toEqual({ points: '16', max: '20', why: [{ kind: 'weighted', share: '20' }] })
  })

  it('count a ballot only when each mark is there and within its range', () => {
    const [good] = ballots('peers', '80')
    const odd = (mark: string | undefined) => {
      const { effect: _, ...rest } = good!.scores
      return { ...good!, id: 'odd', scores: mark === undefined ? rest : { ...rest, effect: mark } }
    }
    const counted = (mark: string | undefined) =>
      all([good!, odd(mark) as never]).why.some(({ kind }) => kind === 'ballotsSetAside')
    expect([undefined, '-0.5', '100.5'].map(counted)).toEqual([true, true, true])
    expect(['0', '100'].map(counted)).toEqual([false, false])
    expect(plain(all([]))).toEqual({
      points: '0',
      state: 'missing',
      missing: ['clients', 'peers', 'leaders'],
      why: [{ kind: 'sum' }, { kind: 'missing', fields: ['clients', 'peers', 'leaders'] }],
    })
  })
})
