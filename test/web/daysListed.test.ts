import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysListed } from '../../web/src/pages/notice/daysListed.ts'

describe('a pasted list of days', () => {
  it.each<[string, string[]]>([
    ['2027-02-05', ['2027-02-05']],
    ['2027/2/5、2027.2.6', ['2027-02-05', '2027-02-06']],
    ['2027年2月5日', ['2027-02-05']],
    ['2月5日至7日', ['2027-02-05', '2027-02-06', '2027-02-07']],
    ['1月30日至2月1日；10月1日', ['2027-01-30', '2027-01-31', '2027-02-01', '2027-10-01']],
    ['2027-02-05 to 2027-02-06\n2027-12-31', ['2027-02-05', '2027-02-06', '2027-12-31']],
    ['2026-12-31～2027-01-01', ['2026-12-31', '2027-01-01']],
    ['2027-02-30', ['2027-02-30']], // the server says that there is none
    ['', []],
  ])('%j', (text, days) => expect(daysListed(text, 2027)).toEqual({ days }))

  it.each(['春节', '2027-02', '5日', '2月7日至5日', '2027-02-05x', '1月1日至2日至3日'])(
    '%j is not understood, and named',
    (text) => expect(daysListed(`2027-01-01\n${text}`, 2027)).toEqual({ unread: text }),
  )

  it('of any days in any of these ways is these days', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 364 }), { maxLength: 20 }),
        fc.constantFrom('\n', '、', ', ', '；', ' '),
        fc.nat(2),
        (at, between, how) => {
          const days = at.map((one) => new Date(Date.UTC(2027, 0, 1 + one)).toISOString().slice(0, 10))
          const written = days.map((day) => {
            const [year, month, date] = day.split('-').map(Number)
            return [day, `${year}/${month}/${date}`, `${month}月${date}日`][how]!
          })
          expect(daysListed(written.join(between), 2027)).toEqual({ days })
        },
      ),
    ))
})
