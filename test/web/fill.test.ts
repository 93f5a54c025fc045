import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillArea, fillDownTo, fillTexts, fillWithin } from '../../web/src/grid/fill.ts'
import { series } from '../../web/src/grid/series.ts'
import { decimalText } from '../../web/src/grid/stats.ts'

const rect = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right })
const on = (source: string[], count: number, flip = false) =>
  Array.from({ length: count }, (_, at) => series(source, flip)(source.length + at))
const back = (source: string[], count: number) => Array.from({ length: count }, (_, at) => series(source)(-1 - at))

describe('a run of cells goes on', () => {
  it.each<[string, string[], string[]]>([
    ['a number alone repeats', ['3'], ['3', '3']],
    ['numbers count on', ['1', '2'], ['3', '4']],
    ['without the noise of binary fractions', ['0.1', '0.2'], ['0.3', '0.4', '0.5', '0.6', '0.7', '0.8']],
    ['downwards, through zero', ['1', '0.5'], ['0', '-0.5']],
    ['with as many places as are needed', ['1', '1.25'], ['1.5', '1.75', '2']],
    ['numbers that are not evenly spaced repeat', ['1', '2', '4'], ['1', '2', '4', '1']],
    ['a date alone counts days', ['2028-02-28'], ['2028-02-29', '2028-03-01']],
    ['dates keep their distance', ['2026-12-25', '2027-01-01'], ['2027-01-08', '2027-01-15']],
    ['by months', ['2026-10-31', '2026-12-31'], ['2027-02-28', '2027-04-30', '2027-06-30', '2027-08-31']],
    ['what is no date counts as a label', ['2026-02-30'], ['2026-02-31']],
    ['a label counts', ['第3组'], ['第4组', '第5组']],
    ['and keeps its zeros', ['A-07', 'A-08'], ['A-09', 'A-10']],
    ['codes are labels', ['008'], ['009', '010']],
    ['labels keep their distance', ['2组1号', '2组3号'], ['2组5号']],
    ['labels that pad differently repeat', ['甲02', '甲3'], ['甲02', '甲3']],
    ['labels of two kinds repeat', ['甲1', '乙1'], ['甲1', '乙1']],
    ['text repeats', ['是', '否'], ['是', '否', '是']],
    ['an empty cell among numbers repeats too', ['1', ''], ['1', '']],
  ])('%s', (_, source, after) => expect(on(source, after.length)).toEqual(after))

  it('the other way with Ctrl', () => {
    expect(on(['3'], 2, true)).toEqual(['4', '5'])
    expect(on(['0.5'], 2, true)).toEqual(['1.5', '2.5'])
    expect(on(['1', '2'], 3, true)).toEqual(['1', '2', '1'])
    expect(on(['第3组'], 1, true)).toEqual(['第3组'])
  })

  it('backwards', () => {
    expect(back(['3', '4'], 2)).toEqual(['2', '1'])
    expect(back(['第2组'], 3)).toEqual(['第1组', '第0组', '第1组'])
    expect(back(['甲', '乙'], 3)).toEqual(['乙', '甲', '乙'])
  })

  const units = fc.integer({ min: -1_000_000, max: 1_000_000 })
  it('exactly evenly, however far and to both sides', () => {
    fc.assert(
      fc.property(units, units, fc.nat(6), fc.integer({ min: -5000, max: 5000 }), (first, step, places, place) => {
        const at = (n: number) => decimalText(BigInt(first) + BigInt(step) * BigInt(n), places)
        expect(series([at(0), at(1), at(2)])(place)).toBe(at(place))
      }),
    )
  })
  it('as itself inside, whatever it holds, and repeats when told to copy', () => {
    const text = fc.oneof(fc.constantFrom('', '1', '2', '0.5', '-3', '甲1', '甲02', '2026-01-31', '2026-02-28'), fc.string())
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), fc.boolean(), (source, flip) => {
        expect(source.map((_, at) => series(source, flip)(at))).toEqual(source)
        if (source.length > 1) expect(on(source, source.length, true)).toEqual(source)
      }),
      { numRuns: 500 },
    )
  })
})

describe('what is filled', () => {
  const from = rect(2, 2, 3, 4)
  it.each([
    ['down', { row: 7, col: 3 }, rect(4, 2, 7, 4)],
    ['up', { row: 0, col: 4 }, rect(0, 2, 1, 4)],
    ['right', { row: 4, col: 7 }, rect(2, 5, 3, 7)],
    ['left', { row: 2, col: 0 }, rect(2, 0, 3, 1)],
    ['nothing inside', { row: 3, col: 2 }, undefined],
  ])('by drag: %s', (_, at, area) => expect(fillArea(from, at)?.area).toEqual(area))

  it('by Ctrl+D and Ctrl+R: the range from its first, one row or column from the one before', () => {
    expect(fillWithin(from, 'down')).toEqual({ from: rect(2, 2, 2, 4), area: rect(3, 2, 3, 4) })
    expect(fillWithin(rect(2, 2, 2, 4), 'down')).toEqual({ from: rect(1, 2, 1, 4), area: rect(2, 2, 2, 4) })
    expect(fillWithin(rect(2, 2, 2, 4), 'right')).toEqual({ from: rect(2, 2, 2, 2), area: rect(2, 3, 2, 4) })
    expect(fillWithin(rect(2, 2, 5, 2), 'right')).toEqual({ from: rect(2, 1, 5, 1), area: rect(2, 2, 5, 2) })
    expect(fillWithin(rect(0, 2, 0, 2), 'down')).toBeNull()
  })

  it('by a double click: as far as the neighbour has data, the left one first', () => {
    const data = ['#.#', '#.#', '#.#', '..#', '#.#']
    const filled = ({ row, col }: { row: number; col: number }) => data[row]![col] === '#'
    expect(fillDownTo(rect(0, 1, 0, 1), 5, 3, filled)?.area).toEqual(rect(1, 1, 2, 1))
    expect(fillDownTo(rect(2, 1, 2, 1), 5, 3, filled)?.area).toEqual(rect(3, 1, 4, 1))
    expect(fillDownTo(rect(0, 2, 0, 2), 5, 3, filled)).toBeNull()
    expect(fillDownTo(rect(4, 1, 4, 1), 5, 3, filled)).toBeNull()
  })

  it('each column or row by itself, next to its source', () => {
    const texts = [
      ['1', '甲', '2'],
      ['2', '乙', '2.5'],
    ]
    const textAt = ({ row, col }: { row: number; col: number }) => texts[row]![col]!
    const filled = (area: ReturnType<typeof rect>) => {
      const textOf = fillTexts({ from: rect(0, 0, 1, 2), area }, textAt, (source) => series(source))
      return Array.from({ length: area.bottom - area.top + 1 }, (_, down) =>
        Array.from({ length: area.right - area.left + 1 }, (_, right) => textOf(down, right)),
      )
    }
    expect(filled(rect(2, 0, 3, 2))).toEqual([
      ['3', '甲', '3'],
      ['4', '乙', '3.5'],
    ])
    expect(filled(rect(-1, 0, -1, 2))).toEqual([['0', '乙', '1.5']])
    expect(filled(rect(0, 3, 1, 4))).toEqual([
      ['1', '甲'],
      ['2', '乙'],
    ])
    expect(filled(rect(0, -1, 0, -1))).toEqual([['2']])
  })
})
