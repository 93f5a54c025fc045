import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonical,
  compare,
  exact,
  isZero,
  smaller,
  meets,
  larger,
  boundParts,
  percent,
  rounded,
  shown,
  storable,
  sum,
} from '../../server/src/rules/exact.ts'
import { competitionRanks } from '../../server/src/rules/rank.ts'

const fraction = fc.tuple(fc.bigInt(-10_000n, 10_000n), fc.bigInt(1n, 400n)).map(([n, d]) => exact(n, d))

describe('exact numbers', () => {
  it('are shown half-up with trailing zeros dropped', () => {
    const cases = {
      '7.5': '7.5',
      '77.630': '77.63',
      '4/3': '1.33',
      '0.125': '0.13',
      '0.124': '0.12',
      '-0.125': '-0.13',
      '-0.001': '0',
      '0': '0',
      '10': '10',
    }
    for (const [text, words] of Object.entries(cases)) expect(shown(exact(text))).toBe(words)
    expect(shown(exact('2.5'), 0)).toBe('3')
    expect(storable(exact('2/3'))).toBe('0.66666666666666666667')
  })

  it('round down, up and to the nearest, away from zero', () => {
    const to = (text: string, how: 'down' | 'up' | 'half') => canonical(rounded(exact(text), 0, how))
    expect([to('6.6', 'down'), to('6.6', 'up'), to('6.5', 'half'), to('6.4', 'half'), to('7', 'up')]).toEqual([
      '6',
      '7',
      '7',
      '6',
      '7',
    ])
    expect([to('-6.6', 'down'), to('-6.5', 'half')]).toEqual(['-6', '-7'])
  })

  it('survive the trip to text', () => {
    fc.assert(
      fc.property(fraction, (value) => {
        expect(compare(exact(canonical(value)), value)).toBe(0)
      }),
    )
    expect([canonical(exact('1/3')), canonical(exact('-1/8')), canonical(exact('2.50'))]).toEqual(['1/3', '-0.125', '2.5'])
  })

  it('add up as fractions do', () => {
    fc.assert(
      fc.property(fc.array(fraction), (values) => {
        const slowly = values.reduce((total, value) => total.add(value), exact(0))
        expect(sum(values).equals(slowly)).toBe(true)
      }),
    )
  })

  it('compare in the words of the law', () => {
    const on = (bound: Parameters<typeof meets>[1]) => ['4.99', '5', '5.01'].map((text) => meets(exact(text), bound))
    expect(on({ reaches: '5' })).toEqual([false, true, true])
    expect(on({ exceeds: '5' })).toEqual([false, false, true])
    expect(on({ upTo: '5' })).toEqual([true, true, false])
    expect(on({ below: '5' })).toEqual([true, false, false])
  })

  it('are written exactly where a decimal can, and as a fraction where none can', () => {
    const cases = {
      '1/8': '0.125',
      '1/5': '0.2',
      '3/40': '0.075',
      '1/6': '1/6',
      '7/15': '7/15',
      '-7/15': '-7/15',
      '-1/20': '-0.05',
      '100': '100',
      '-3': '-3',
      '0': '0',
      '1/1024': '0.0009765625',
    }
    for (const [text, written] of Object.entries(cases)) expect(canonical(exact(text))).toBe(written)
  })

  it('keep the place of their zeros when shown', () => {
    const at = (text: string, places: number) => shown(exact(text), places)
    expect([at('0.05', 2), at('10.05', 2), at('100', 2), at('0.5', 0), at('0.4', 0), at('-0.05', 1), at('-0.04', 1)]).toEqual([
      '0.05',
      '10.05',
      '100',
      '1',
      '0',
      '-0.1',
      '0',
    ])
    expect([storable(exact('-1/3')), storable(exact('7.5'))]).toEqual(['-0.33333333333333333333', '7.5'])
  })

  it('are the least and the most of two, and nothing or something', () => {
    const [one, two] = [exact(1), exact(2)]
    expect([smaller(one, two), smaller(two, one), larger(one, two), larger(two, one)]).toEqual([one, one, two, two])
    expect([isZero(exact('0.0')), isZero(exact('-0.1')), isZero(one)]).toEqual([true, false, false])
    expect([compare(one, two), compare(two, one), compare(one, exact('2/2'))]).toEqual([-1, 1, 0])
    expect([compare(exact(-2), one), compare(exact(-1), exact(-2)), compare(exact('1/3'), exact('1/2'))]).toEqual([-1, 1, -1])
  })

  it('add up to nothing in whatever way, and to what they are', () => {
    expect(canonical(sum([]))).toBe('0')
    expect(canonical(sum(['1/3', '-1/3'].map((text) => exact(text))))).toBe('0')
    expect(canonical(sum(['1/2', '1/3', '-1/6', '0', '4'].map((text) => exact(text))))).toBe('14/3')
    expect(exact(3n, 6n).equals('1/2')).toBe(true)
  })

  it('round to so many places', () => {
    const to = (text: string, places: number, how?: 'down' | 'up' | 'half') => canonical(rounded(exact(text), places, how))
    expect([
      to('1.005', 2),
      to('1.004', 2),
      to('1.001', 2, 'up'),
      to('1.009', 2, 'down'),
      to('1.5', 0),
      to('-1.01', 0, 'up'),
    ]).toEqual(['1.01', '1', '1.01', '1', '2', '-2'])
  })

  it('name the word and the number of a bound', () => {
    expect(
      [{ reaches: '1' }, { exceeds: '2' }, { upTo: '3' }, { below: '4' }].map((bound) => boundParts(bound as never)),
    ).toEqual([
      { comparison: 'reaches', at: '1' },
      { comparison: 'exceeds', at: '2' },
      { comparison: 'upTo', at: '3' },
      { comparison: 'below', at: '4' },
    ])
  })

  it('read percentages', () => {
    for (const text of ['', '%', '1e1', '20%%', ' 20', '1.', '1234567890']) expect(() => percent(text)).toThrow()
    expect([canonical(percent('20%')), canonical(percent('12.5'))]).toEqual(['0.2', '0.125'])
    expect(() => percent('-1%')).toThrow()
  })
})

it('ranks villages 1-2-2-4', () => {
  expect(competitionRanks(['104.5', '99', '99', '98'].map((text) => exact(text)))).toEqual([1, 2, 2, 4])
  expect(competitionRanks(['1', '3', '3', '2'].map((text) => exact(text)))).toEqual([4, 1, 1, 3])
  expect(competitionRanks([])).toEqual([])
})
