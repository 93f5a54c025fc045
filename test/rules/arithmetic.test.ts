import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calculated } from '../../server/src/rules/arithmetic.ts'
import { canonical, exact } from '../../server/src/rules/exact.ts'
import { readCell } from '../../server/src/rules/fields.ts'
import { xinyi } from '../policies/policies.ts'

const told = (text: string) => {
  const value = calculated(text)
  return value && canonical(value)
}

describe('a small sum', () => {
  it.each([
    ['2-0.5*3', '0.5'],
    ['-0.5*3', '-1.5'],
    ['=11/2', '5.5'],
    ['= 7.5', '7.5'],
    ['(11-2)×.5', '4.5'],
    ['1÷3', '1/3'],
    ['2 - -1', '3'],
    ['=10-2-3', '5'],
    ['5-1', '4'],
    [' 5 - 1 ', '4'],
    ['=12/2/3', '2'],
    ['12/2/3+0', '2'],
    ['2*(3+(4-1))', '12'],
    ['=3/4', '0.75'],
    ['=2026-11-22', '1993'],
    ['0.1+0.2', '0.3'],
  ])('%s is %s', (text, value) => expect(told(text)).toBe(value))

  it.each([
    '7.5',
    '.5',
    '-3',
    '',
    '=',
    '2-',
    '*2',
    '(1',
    '1)',
    '2(3)',
    '1/0',
    '=1/(2-2)',
    '1..2+1',
    '1e3+1',
    'a+1',
    '2%*3',
    '--1',
    '2---1',
    '1 2+3',
    '=1 2',
    '=1. 5',
    '1-2 3',
  ])('%j is none', (text) => expect(told(text)).toBeUndefined())

  it('comes to exactly what its parts come to', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('+', '-', '*'), fc.integer({ min: 0, max: 999 })), { minLength: 1 }),
        (parts) => {
          const text = `=${parts.map(([sign, cents], at) => `${at === 0 ? '' : sign}${(cents / 100).toFixed(2)}`).join('')}`
          let [all, product] = [exact(0), exact(1)]
          let sign = '+'
          for (const [at, [next, cents]] of parts.entries()) {
            const value = exact(BigInt(cents), 100n)
            if (at > 0 && next === '*') {
              product = product.mul(value)
              continue
            }
            if (at > 0) all = sign === '-' ? all.sub(product) : all.add(product)
            ;[sign, product] = [at === 0 ? '+' : next, value]
          }
          all = sign === '-' ? all.sub(product) : all.add(product)
          expect(told(text)).toBe(canonical(all))
        },
      ),
    ))

  it('never throws', () =>
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.+-*/()=×÷ ') }), (text) => void calculated(text))))
})

describe('a cell that is given a sum', () => {
  const read = (field: string, raw: string) => readCell(xinyi, {}, field, raw)

  it('takes its outcome, and says what it was worked out from', () => {
    expect(read('i05', '４－０．５×３')).toEqual({ value: '2.5', sum: '4-0.5×3' })
    expect(read('i05', '=2.5+1 分')).toEqual({ value: '3.5', sum: '=2.5+1 分' })
    expect(read('i05', '2.5')).toEqual({ value: '2.5' })
  })

  it.each([
    ['-0.5*3', 'cell.negative'],
    ['1-2*2', 'cell.negative'],
    ['2*3', 'cell.overMax'],
    ['1÷3', 'cell.step'],
    ['3/4', 'cell.notANumber'],
    ['1/0+1', 'cell.notANumber'],
  ])('is judged by it: %s is %s', (raw, code) => expect(read('i05', raw).refused?.code).toBe(code))
})
