import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalText, ExactSum, rangeStats } from '../../web/src/grid/stats.ts'

const statsOf = (values: unknown[], numeric = true) =>
  rangeStats(values.length, (each) => values.forEach((value) => each(value, numeric)))

describe('the status line', () => {
  it('adds decimals without noise', () => {
    expect(statsOf(['0.1', '0.2', null, '缺', '-1'])).toEqual({
      cells: 5,
      count: 4,
      numbers: 3,
      sum: '-0.7',
      average: '-0.233',
      min: '-1',
      max: '0.2',
    })
  })
  it('does not take codes in text columns for numbers', () => {
    expect(statsOf(['110101', '110102'], false)).toMatchObject({ count: 2, numbers: 0, sum: null })
  })
  it('agrees with whole numbers of hundredths, however large', () => {
    const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 50 }), (list) => {
        const sum = new ExactSum()
        for (const units of list) sum.add(decimalText(units, 2))
        const total = sum.total()
        expect(decimalText(total.units, total.places)).toBe(
          decimalText(
            list.reduce((a, b) => a + b, 0n),
            2,
          ),
        )
      }),
    )
  })
})
