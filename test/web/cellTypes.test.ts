import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellTypes, readDate, today, type CellType } from '../../web/src/grid/cellTypes.ts'
import { isDate, series } from '../../web/src/grid/series.ts'
import { WORDS } from '../browser/grid/words.ts'

const types = cellTypes(WORDS.types)
/** What a type makes of texts; a refusal in brackets. */
const reads = (type: CellType, ...texts: string[]) =>
  texts.map((text) => {
    const reading = type.read!(text)
    return 'refused' in reading ? `(${reading.refused})` : reading.value
  })
const day = fc
  .integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2199, 11, 31) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))

describe('a date', () => {
  it('is read as it is written here, by hand and by spreadsheets', () => {
    const written = [
      '2026-3-5',
      '2026/3/5',
      '2026.3.5',
      '2026年3月5日',
      '20260305',
      '２０２６／３／５',
      ' 2026-03-05 ',
      '2026。3。5',
    ]
    for (const text of [...written, '2026/3/5 0:00', '2026-03-05 00:00:00', '2026年03月05日'])
      expect(reads(types.date, text), text).toEqual(['2026-03-05'])
    expect(reads(types.date, '', '　')).toEqual([null, null])
  })

  it('is refused where there is no such day, or where it can be read in two ways', () => {
    const no = `(${WORDS.types.date})`
    for (const text of [
      '2026-2-30',
      '2025-02-29',
      '2026-13-1',
      '2026-0-1',
      '3/5/2026',
      '5-3',
      '2026-3/5',
      '202635',
      '明天',
      '46086',
    ])
      expect(reads(types.date, text), text).toEqual([no])
  })

  it('comes out as it was, however it is written, and a run of days or months goes on', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('-', '/', '.', '年'), (iso, by) => {
        const [year, month, date] = iso.split('-').map(Number)
        expect(readDate(by === '年' ? `${year}年${month}月${date}日` : [year, month, date].join(by))).toBe(iso)
        expect(readDate(iso.replaceAll('-', ''))).toBe(iso)
        const next = series([iso])(1)
        expect(isDate(next)).toBe(true)
        expect(Date.parse(next) - Date.parse(iso)).toBe(86_400_000)
      }),
    )
    expect([1, 2, 3].map((at) => series(['2026-01-31', '2026-02-28'])(at))).toEqual(['2026-02-28', '2026-03-28', '2026-04-25'])
    expect([2, 3].map((at) => series(['2026-01-15', '2026-02-15'])(at))).toEqual(['2026-03-15', '2026-04-15'])
  })

  it('of today is that of the clock on the wall', () => {
    expect(today(new Date(2026, 2, 5, 0, 30))).toBe('2026-03-05')
    expect(today(new Date(2026, 11, 31, 23, 59))).toBe('2026-12-31')
  })
})

describe('other types', () => {
  it('percentages carry their sign or not, and are shown with it', () => {
    expect(reads(types.percent, '12.5%', '12.50', '１２．５％', '12。5 %', '.5', '0', '-0%', '-3%', '007')).toEqual(
      '12.5 12.5 12.5 12.5 0.5 0 0 -3 7'.split(' '),
    )
    expect(reads(types.percent, '%', '.', '1e3', '12,5', '十')).toEqual(Array(5).fill(`(${WORDS.types.percent})`))
    expect(['12.5', '', null, 'x'].map((value) => types.percent.show!(value, null as never))).toEqual(['12.5%', '', '', 'x'])
  })

  it('a choice is known by its label, what is stored, or a beginning that is its own', () => {
    const level = types.choice([
      { value: 'a', label: 'Good' },
      { value: 'b', label: 'Great' },
      { value: 'c', label: '不称职' },
    ])
    expect(reads(level, 'good', 'gre', 'b', '不', '')).toEqual(['a', 'b', 'b', 'c', null])
    expect(reads(level, 'g', '优', 'B')).toEqual(Array(3).fill('(请填：Good、Great、不称职)'))
    expect(['c', null, 'b', 'a', '?'].toSorted(level.compare)).toEqual([null, '?', 'a', 'b', 'c'])
    expect(level.show!('c', null as never)).toBe('不称职')
  })

  it('a flag is yes or no', () => {
    expect(reads(types.flag, '是', '×', ' Y ', '１', '', '也许')).toEqual([
      'yes',
      'no',
      'yes',
      'yes',
      null,
      `(${WORDS.types.flag})`,
    ])
    expect(['yes', 'no', null].map((value) => types.flag.show!(value, null as never))).toEqual(['是', '否', ''])
  })

  it('text is as long as it may be, counted in characters', () => {
    expect(reads(types.text(3), ' 𠮷村民 ', '𠮷村民们', '一\n二', '')).toEqual(['𠮷村民', '(最多 3 个字)', '一\n二', null])
  })
})
