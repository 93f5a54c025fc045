import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, compare, exact, meets, percent, rounded, shown, storable, sum } from '../../server/src/rules/exact.ts'
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

  it('read percentages', () => {
    expect([canonical(percent('20%')), canonical(percent('12.5'))]).toEqual(['0.2', '0.125'])
    expect(() => percent('-1%')).toThrow()
  })
})

it('ranks villages 1-2-2-4', () => {
  expect(competitionRanks(['104.5', '99', '99', '98'].map((text) => exact(text)))).toEqual([1, 2, 2, 4])
  expect(competitionRanks(['1', '3', '3', '2'].map((text) => exact(text)))).toEqual([4, 1, 1, 3])
  expect(competitionRanks([])).toEqual([])
})
