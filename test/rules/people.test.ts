import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskedId, maskedPhone, readIdNumber } from '../../server/src/rules/id-number.ts'
import { readRetirementAges, retirementOf, retiresSoon, type RetirementKind } from '../../server/src/rules/retirement.ts'

const ages = readRetirementAges(readFileSync(new URL('../../server/retirement/2025.yaml', import.meta.url), 'utf8'))

/** The check character, worked out in another way: the weights are powers of two modulo 11. */
const checkOf = (digits: string): string => {
  let sum = 0
  for (const digit of digits) sum = (sum * 2 + Number(digit)) % 11
  return '10X98765432'[(sum * 2) % 11]!
}

describe('ID numbers', () => {
  it('reads the number of the standard’s own example, however it is typed', () => {
    const read = { number: '11010519491231002X', bornOn: '1949-12-31', gender: 'female' }
    for (const text of [
      '11010519491231002X',
      '11010519491231002x',
      ' 110105 19491231 002X ',
      '１１０１０５１９４９１２３１００２Ｘ',
      "'11010519491231002X",
    ])
      expect(readIdNumber(text)).toEqual(read)
  })

  it('says why a text is none', () => {
    expect(readIdNumber('110105194912310021')).toBe('check')
    expect(readIdNumber('110105194913310020')).toBe('day')
    expect(readIdNumber('110105190002290011')).toBe('day')
    for (const text of [
      '',
      '130503670401001',
      '3.2E+17',
      '1101051949123100',
      '11010519491231002XX',
      '01010519491231002X',
      '王伟',
    ])
      expect(readIdNumber(text)).toBe('shape')
  })

  it('takes every number with the right check character, and of one wrong digit none', () => {
    const day = fc.date({ min: new Date('1930-01-01'), max: new Date('2010-12-31'), noInvalidDate: true })
    const body = fc
      .tuple(fc.integer({ min: 100000, max: 999999 }), day, fc.integer({ min: 0, max: 999 }))
      .map(
        ([area, born, order]) => `${area}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`,
      )
    fc.assert(
      fc.property(body, fc.nat(16), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const number = digits + checkOf(digits)
        const read = readIdNumber(number)
        expect(read).toMatchObject({ number, gender: Number(digits[16]) % 2 ? 'male' : 'female' })
        const other = digits.slice(0, at) + ((Number(digits[at]) + by) % 10) + digits.slice(at + 1) + number[17]
        expect(readIdNumber(other)).toBeTypeOf('string')
      }),
    )
  })

  it('shows neither the birthday nor the order', () => {
    expect(maskedId('11010519491231002X')).toBe('110105********002X')
    expect(maskedPhone('13800001234')).toBe('138****1234')
    expect(maskedPhone('1234567')).toBe('*******')
  })
})

describe('the statutory age of retirement', () => {
  it.each<[RetirementKind, string, number, number, string]>([
    ['man', '1964-12', 60, 0, '2024-12'],
    ['man', '1965-01', 60, 1, '2025-02'],
    ['man', '1965-05', 60, 2, '2025-07'],
    ['man', '1976-08', 62, 11, '2039-07'],
    ['man', '1976-09', 63, 0, '2039-09'],
    ['man', '1990-06', 63, 0, '2053-06'],
    ['womanWorker', '1974-12', 50, 0, '2024-12'],
    ['womanWorker', '1975-01', 50, 1, '2025-02'],
    ['womanWorker', '1975-03', 50, 2, '2025-05'],
    ['womanWorker', '1984-11', 55, 0, '2039-11'],
    ['womanCadre', '1970-01', 55, 1, '2025-02'],
    ['womanCadre', '1981-09', 58, 0, '2039-09'],
  ])('%s born %s: %i years %i months, %s', (kind, born, years, months, month) => {
    expect(retirementOf(ages, kind, born)).toEqual({ years, months, month })
  })

  it('whoever is born later never retires earlier, nor above the last age', () => {
    const kind = fc.constantFrom<RetirementKind>('man', 'womanCadre', 'womanWorker')
    const month = fc.integer({ min: 1950 * 12, max: 2010 * 12 })
    const text = (months: number) => `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-15`
    fc.assert(
      fc.property(kind, month, (one, at) => {
        const [own, next] = [retirementOf(ages, one, text(at)), retirementOf(ages, one, text(at + 1))]
        expect(next.month > own.month).toBe(true)
        const { age, most } = ages.kinds[one]
        expect(own.years * 12 + own.months).toBeGreaterThanOrEqual(age * 12)
        expect(own.years * 12 + own.months).toBeLessThanOrEqual(age * 12 + most)
      }),
    )
  })

  it('is shown half a year before', () => {
    const man = retirementOf(ages, 'man', '1966-10-10')
    expect(man.month).toBe('2027-04')
    expect(retiresSoon(ages, man, '2026-09-30')).toBe(false)
    expect(retiresSoon(ages, man, '2026-10-01')).toBe(true)
  })
})
