import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moved, restored, type PlacedColumn } from '../../web/src/grid/columnOrder.ts'

/** `A` and `B` are sections, `.` a column without one, capitals after `|` frozen on the right. */
function columns(plan: string): PlacedColumn[] {
  const [left = '', free = '', right = ''] = plan.split('|')
  return [...[...left].map((s) => ['left', s]), ...[...free].map((s) => ['', s]), ...[...right].map((s) => ['right', s])].map(
    ([part, section], at) => ({ field: String(at), part: part!, section: section === '.' ? null : section! }),
  )
}
const order = (plan: string, fields: number[], to: number) => moved(columns(plan), new Set(fields.map(String)), to)?.join('')

describe('moved columns', () => {
  it('go before another, within their section', () => {
    expect(order('.|AAA|.', [1], 3)).toBe('02134')
    expect(order('.|AAA|.', [2, 3], 1)).toBe('02314')
    expect(order('.|AAA|.', [1], 4)).toBe('02314')
  })
  it('do not tear a section apart', () => {
    expect(order('|AAB|', [0], 3)).toBeUndefined()
    expect(order('|AA.|', [2], 1)).toBeUndefined()
    expect(order('|AA.|', [2], 0)).toBe('201')
    expect(order('|AABB|', [0, 1], 4)).toBe('2301')
  })
  it('stay frozen, or free', () => {
    expect(order('..|.|.', [0], 3)).toBeUndefined()
    expect(order('..|.|.', [2], 1)).toBeUndefined()
    expect(order('..|.|.', [0], 2)).toBe('1023')
    expect(order('..|.|.', [1, 2], 0)).toBeUndefined()
  })
})

describe('a kept order', () => {
  const again = (plan: string, kept: string) => restored(columns(plan), [...kept]).join('')
  it('is there again', () => expect(again('.|AAA.|.', '043215')).toBe('043215'))
  it('takes new columns beside their neighbours, and passes over those that are gone', () => {
    expect(again('.|AAA|', '0931')).toBe('0312')
    expect(again('|...|', '')).toBe('012')
  })
  it('is left where it would tear a section apart or free a frozen column', () => {
    expect(again('|AAB|', '021')).toBe('012')
    expect(again('.|.|', '10')).toBe('01')
  })
})

const plans = fc
  .tuple(fc.constantFrom('', '.', '..'), fc.shuffledSubarray(['AAA', '.', 'BB', 'C', '..']), fc.constantFrom('', '.'))
  .map(([left, free, right]) => `${left}|${free.join('')}|${right}`)

it('loses no column, keeps sections whole, and leads back, whatever is moved where', () => {
  fc.assert(
    fc.property(plans, fc.array(fc.nat(12)), fc.nat(12), (plan, fields, to) => {
      const before = columns(plan)
      const next = moved(before, new Set(fields.map(String)), to)
      if (!next) return
      expect([...next].sort()).toEqual(before.map(({ field }) => field).sort())
      const sections = next.map((field) => before.find((column) => column.field === field)!.section)
      for (const section of new Set(sections))
        if (section)
          expect(sections.lastIndexOf(section) - sections.indexOf(section) + 1).toBe(
            sections.filter((one) => one === section).length,
          )
      expect(restored(before, next)).toEqual(next)
    }),
  )
})
