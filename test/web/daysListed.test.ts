import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysListed } from '../../web/src/pages/notice/daysListed.ts'

const span = (from: string, to: string): string[] => {
  const days = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) days.push(new Date(at).toISOString().slice(0, 10))
  return days
}
const spring = span('2027-02-05', '2027-02-11')
const may = span('2027-05-01', '2027-05-05')
const newYear = span('2027-01-01', '2027-01-03')

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
    ['元旦：1月1日至3日放假调休，共3天。', newYear],
    ['元旦:1月1日(星期五)放假，与周末连休。', ['2027-01-01']],
    ['一、元旦：1月1日（周五）至3日（周日）放假，共3天。', newYear],
    ['春节：2月5日至11日', spring],
    ['春节：2月5日（农历除夕、星期五）至11日（农历正月初六、星期四）放假调休，共7天', spring],
    ['2月5日-2月11日', spring],
    ['2月5日 - 11日', spring],
    ['2月5日—11日', spring],
    ['2月5日——11日', spring],
    ['２月５日－１１日', spring],
    ['5.1-5.5', may],
    ['5/1-5/5', may],
    ['2027.5.1-2027.5.5', may],
    ['2027-05-01-2027-05-05', may],
    ['劳动节：5月1日至5日放假5天', may],
    ['2027年劳动节\n5月1日至5日', may],
    ['10月1日、2日、3日放假', span('2027-10-01', '2027-10-03')],
    ['国庆节、中秋节：10月1日至7日', span('2027-10-01', '2027-10-07')],
    ['2026年：2月5日至6日', ['2026-02-05', '2026-02-06']],
    ['2027年元旦：1月1日至3日。春节：2月5日至11日。', [...newYear, ...spring]],
  ])('%j', (text, off) => expect(daysListed(text, 2027, 'off')).toEqual({ off, worked: [], unread: [] }))

  it.each<[string, string[], string[]]>([
    ['2月14日（星期日）上班', [], ['2027-02-14']],
    ['2月14日（星期日）、2月20日（星期六）上班。', [], ['2027-02-14', '2027-02-20']],
    ['2月14日，2月20日补班', [], ['2027-02-14', '2027-02-20']],
    ['补班：2月14日、20日', [], ['2027-02-14', '2027-02-20']],
    ['调休上班 2027-02-14', [], ['2027-02-14']],
    ['春节：2月5日至11日放假调休，共7天。2月14日（星期日）上班。', spring, ['2027-02-14']],
    ['春节：2月5日至11日，2月14日上班', spring, ['2027-02-14']],
    ['春节\t2月5日至11日\t2月14日（周日）上班', spring, ['2027-02-14']],
    ['2月15日、2月20日上班', [], ['2027-02-15', '2027-02-20']], // a Monday: the server says that it is no weekend day
  ])('%j names days off and days worked', (text, off, worked) =>
    expect(daysListed(text, 2027, 'off')).toEqual({ off, worked, unread: [] }),
  )

  it('is of days worked where it stands among them, unless it says otherwise', () => {
    expect(daysListed('2月14日、2月20日', 2027, 'worked')).toEqual({ off: [], worked: ['2027-02-14', '2027-02-20'], unread: [] })
    expect(daysListed('2月5日至11日放假，2月14日上班', 2027, 'worked')).toEqual({
      off: spring,
      worked: ['2027-02-14'],
      unread: [],
    })
  })

  it.each(['春节', '2027-02', '5日', '2月7日至5日', '2027-02-05x', '1月1日至2日至3日', '6月1日不放假', '2-5-11'])(
    '%j is not understood, and named; the others count',
    (text) => {
      const unread = [text]
      expect(daysListed(`2027-01-01\n${text}`, 2027, 'off')).toEqual({ off: ['2027-01-01'], worked: [], unread })
      expect(daysListed(`${text}\n元旦：1月1日`, 2027, 'off')).toEqual({ off: ['2027-01-01'], worked: [], unread })
    },
  )

  it('names everything that is not understood', () =>
    expect(daysListed('春节\n元旦：1月1日至3日，照旧\n2月7日至5日\n国庆节', 2027, 'off')).toEqual({
      off: newYear,
      worked: [],
      unread: ['春节', '照旧', '2月7日至5日', '国庆节'],
    }))

  it('of any days in any of these ways is these days', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 364 }), { maxLength: 20 }),
        fc.constantFrom('\n', '、', ', ', '；', ' ', '。', '放假，', '（星期日）放假。'),
        fc.nat(4),
        (at, between, how) => {
          const days = at.map((one) => new Date(Date.UTC(2027, 0, 1 + one)).toISOString().slice(0, 10))
          const written = days.map((day) => {
            const [year, month, date] = day.split('-').map(Number)
            return [day, `${year}/${month}/${date}`, `${month}月${date}日`, `${month}.${date}`, `${year}年${month}月${date}日`][
              how
            ]!
          })
          expect(daysListed(written.join(between), 2027, 'off')).toEqual({ off: days, worked: [], unread: [] })
        },
      ),
    ))

  it('of any spans with any of these signs is their days, as off or as worked', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 350 }),
        fc.integer({ min: 1, max: 14 }),
        fc.constantFrom('至', '到', '-', '－', '–', '—', '——', '~', '～', ' 至 ', ' - '),
        fc.nat(3),
        fc.constantFrom(['', 'off'], ['放假', 'off'], ['上班', 'worked'], ['（周六）补班', 'worked'] as const),
        (start, length, sign, how, [word, kind]) => {
          const days = span(
            ...([start, start + length].map((at) => new Date(Date.UTC(2027, 0, 1 + at)).toISOString().slice(0, 10)) as [
              string,
              string,
            ]),
          )
          const [from, to] = [days[0]!, days.at(-1)!].map((day) => {
            const [year, month, date] = day.split('-').map(Number)
            return [day, `${year}年${month}月${date}日`, `${month}月${date}日`, `${month}.${date}`][how]!
          })
          const none = { off: [], worked: [], unread: [] }
          expect(daysListed(`${from}${sign}${to}${word}`, 2027, 'off')).toEqual({ ...none, [kind!]: days })
        },
      ),
    ))
})
