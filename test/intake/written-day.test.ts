import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CellKind } from '../../server/src/intake/sheet.ts'
import { dayIn } from '../../server/src/intake/written-day.ts'
import { dayOf, numberOf } from '../../server/src/rules/days.ts'

const of = (text: string, kind: CellKind = 'text') => dayIn({ kind, text })

describe('a day that a person wrote', () => {
  it.each([
    ['1990.01.05', '1990-01-05'],
    ['1990.1.5', '1990-01-05'],
    ['1990.1.5.', '1990-01-05'],
    ['1990/1/5', '1990-01-05'],
    ['1990-01-05', '1990-01-05'],
    ['1990-1-5 0:00:00', '1990-01-05'],
    ['19900105', '1990-01-05'],
    ['1990年1月5日', '1990-01-05'],
    ['1990 年 1 月 5 号', '1990-01-05'],
    ['１９９０．１．５', '1990-01-05'],
    ['1990、1、5', '1990-01-05'],
    ['2024.2.29', '2024-02-29'],
    ['32878', '1990-01-05'],
  ])('%s', (text, day) => {
    expect(of(text)).toEqual({ day, precision: 'day' })
  })

  it.each([
    ['1990.1', '1990-01-01'],
    ['1990.10', '1990-10-01'],
    ['1990-01', '1990-01-01'],
    ['1990/12', '1990-12-01'],
    ['199001', '1990-01-01'],
    ['1990年1月', '1990-01-01'],
    ['1990．01', '1990-01-01'],
  ])('%s, a month', (text, day) => {
    expect(of(text)).toEqual({ day, precision: 'month' })
  })

  it.each([
    ['19900105', { day: '1990-01-05', precision: 'day' }],
    ['199001', { day: '1990-01-01', precision: 'month' }],
    ['32878', { day: '1990-01-05', precision: 'day' }],
    ['1990.12', { day: '1990-12-01', precision: 'month' }],
    ['1990.1', { day: '1990-01-01', precision: 'month', doubtful: true }],
  ])('%s as a number', (text, read) => {
    expect(of(text, 'number')).toEqual(read)
  })

  it.each([
    '',
    '1990',
    '90.1',
    '1990.13',
    '1990.00',
    '1990.2.30',
    '2023-02-29',
    '19901',
    '4000',
    '至今',
    '1990.1起',
    '1990.01-2000.02',
    '199013',
    '19901301',
    '1',
    '１990年',
    '1899.1.5',
    '1905-06-12',
    '1990,1',
    '-1990.1',
    '1990.123',
  ])('%s is none', (text) => {
    expect(of(text)).toBeUndefined()
  })

  it('is none in cells of other kinds, and where a year was typed into a cell for days', () => {
    for (const kind of ['formula', 'error', 'boolean', 'brokenNumber'] as const) expect(of('1990-01-05', kind)).toBeUndefined()
    expect(of('1905-06-12', 'day')).toBeUndefined()
    expect(of('1990-01-05', 'day')).toEqual({ day: '1990-01-05', precision: 'day' })
  })

  it('lies within the range that is asked for', () => {
    const cell = { kind: 'text', text: '1990.1.5' } as const
    expect(dayIn(cell, { from: '1990-01-06' })).toBeUndefined()
    expect(dayIn(cell, { to: '1990-01-04' })).toBeUndefined()
    expect(dayIn(cell, { from: '1990-01-05', to: '1990-01-05' })).toBeDefined()
  })

  it('is the same day however it is written', () => {
    const days = fc.integer({ min: numberOf('1910-01-01'), max: numberOf('2100-12-31') })
    fc.assert(
      fc.property(days, fc.constantFrom('.', '-', '/', '．', '／', '。'), fc.boolean(), (number, mark, padded) => {
        const day = dayOf(number)
        const [year, month, date] = day.split('-') as [string, string, string]
        const part = (text: string) => (padded ? text : String(Number(text)))
        const written = [
          [year, part(month), part(date)].join(mark),
          `${year}年${part(month)}月${part(date)}日`,
          year + month + date,
          ...(number >= numberOf('1958-01-01') ? [String(number + 25_569)] : []),
        ]
        for (const text of written) expect(of(text)).toEqual({ day, precision: 'day' })
        expect(of([year, part(month)].join(mark))).toEqual({ day: `${year}-${month}-01`, precision: 'month' })
      }),
    )
  })
})
