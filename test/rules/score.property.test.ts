import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, exact, sum, zero } from '../../server/src/rules/exact.ts'
import { clears, fieldsOf, withCell, typicalFacts } from '../../server/src/rules/fields.ts'
import { explain } from '../../server/src/rules/explain.ts'
import { find, score, type Step } from '../../server/src/rules/score/index.ts'
import { xinyi } from '../policies/policies.ts'
import { facts } from './arbitraries.ts'

const all = (step: Step): Step[] => [step, ...step.parts.flatMap(all)]
const fields = fieldsOf(xinyi, {})
const readings = fc.constantFrom<Record<string, string>>(
  {},
  { 'IR-03': 'linear' },
  { 'IR-03': 'ceil' },
  { 'IR-47': 'whole' },
  { 'KH-02': 'each' },
)

describe('a score', () => {
  it('keeps every item between nothing and its maximum', () =>
    fc.assert(
      fc.property(facts, readings, (sheet, choices) => {
        for (const section of score(xinyi, choices, sheet).parts) {
          for (const item of section.parts) {
            expect(compare(item.points, zero)).toBeGreaterThanOrEqual(0)
            expect(compare(item.points, item.max ?? zero)).toBeLessThanOrEqual(0)
          }
        }
      }),
    ))

  it('is the sum of its parts at each level', () =>
    fc.assert(
      fc.property(facts, readings, (sheet, choices) => {
        const root = score(xinyi, choices, sheet)
        for (const step of [root, ...root.parts])
          expect(step.points.equals(sum(step.parts.map(({ points }) => points)))).toBe(true)
        for (const item of root.parts.flatMap(({ parts }) => parts)) {
          const base = item.why.find((reason) => reason.kind === 'base')
          if (item.state !== 'computed' || !base) continue
          const raw = sum([exact(base.points), ...item.parts.map(({ points }) => points)])
          const kept = item.parts.some(({ zeroes }) => zeroes) || raw.s < 0n ? zero : raw
          expect(item.points.equals(kept)).toBe(true)
        }
      }),
    ))

  it('never rises by a deduction', () =>
    fc.assert(
      fc.property(facts, readings, fc.nat(), fc.integer({ min: 1, max: 3 }), (sheet, choices, pick, more) => {
        const deductions = fieldsOf(xinyi, choices).filter(({ kind, item }) => item && (kind === 'count' || kind === 'flag'))
        const field = deductions[pick % deductions.length]
        if (!field) return
        // Recording the first criterion of an item starts its computation, which is no deduction: begin from a filled sheet.
        const before = { ...typicalFacts(xinyi, choices), ...sheet }
        const after = { ...before, [field.id]: field.kind === 'flag' ? 'yes' : String(Number(before[field.id] ?? 0) + more) }
        const [old, now] = [score(xinyi, choices, before), score(xinyi, choices, after)]
        expect(compare(now.points, old.points)).toBeLessThanOrEqual(0)
      }),
    ))

  it('does not depend on the order of the fields', () =>
    fc.assert(
      fc.property(facts, (sheet) => {
        const reversed = Object.fromEntries(Object.entries(sheet).toReversed())
        expect(score(xinyi, {}, reversed).points.equals(score(xinyi, {}, sheet).points)).toBe(true)
      }),
    ))

  it('gives the same answer the second time, whatever was scored between', () =>
    fc.assert(
      fc.property(facts, facts, readings, (one, other, choices) => {
        const first = JSON.stringify(explain(xinyi, score(xinyi, choices, one), 'zh'))
        score(xinyi, choices, other)
        score(xinyi, { 'IR-03': 'ceil', 'IR-46': 'allOrNone' }, one)
        expect(JSON.stringify(explain(xinyi, score(xinyi, choices, one), 'zh'))).toBe(first)
      }),
    ))

  it('lists what is missing, and only that', () =>
    fc.assert(
      fc.property(facts, (sheet) => {
        const root = score(xinyi, {}, sheet)
        for (const id of root.missing) expect(sheet[id]).toBeUndefined()
        expect(new Set(root.missing).size).toBe(root.missing.length)
        for (const item of root.parts.flatMap(({ parts }) => parts)) {
          const touched = fields.some((field) => field.item === item.id && sheet[field.id] !== undefined)
          expect(item.state === 'missing').toBe(!touched)
        }
      }),
    ))
})

describe('a sheet', () => {
  it('that is blank earns nothing and lacks every item', () => {
    const root = score(xinyi, {}, {})
    expect(root.points.equals(0)).toBe(true)
    expect(root.state).toBe('missing')
    expect(root.missing).toHaveLength(21)
  })

  it('that is typical lacks nothing', () => {
    expect(score(xinyi, {}, typicalFacts(xinyi)).missing).toEqual([])
    for (const choices of [{ 'IR-47': 'whole' }, { 'IR-46': 'allOrNone' }]) {
      expect(score(xinyi, choices, typicalFacts(xinyi, choices)).points.equals(100)).toBe(true)
    }
  })

  it('lets an award win over criteria beside it, and says so', () => {
    const root = score(xinyi, {}, { ...typicalFacts(xinyi), i04: '1.5' })
    const item = find(root, 'i04')
    expect(item?.state).toBe('awarded')
    expect(item?.points.equals('1.5')).toBe(true)
    expect(item?.why.map(({ kind }) => kind)).toEqual(['awarded', 'overruled'])
  })

  it('keeps a stray award within the maximum', () => {
    const item = find(score(xinyi, {}, { i04: '7' }), 'i04')
    expect(item?.points.equals(2)).toBe(true)
    expect(item?.why).toContainEqual({ kind: 'capped', from: '7' })
  })

  it('empties the award when a criterion is recorded, and the other way round', () => {
    expect(clears(xinyi, {}, 'i23')).toEqual(['i23.late'])
    expect(clears(xinyi, {}, 'i23.late')).toEqual(['i23'])
    expect(clears(xinyi, {}, 'v1')).toEqual([])
    expect(clears(xinyi, {}, 'i99')).toEqual([])
    expect(withCell(xinyi, {}, { 'i23.late': '1', 'v1': 'no' }, 'i23', '2')).toEqual({ i23: '2', v1: 'no' })
    expect(withCell(xinyi, {}, { i23: '2' }, 'i23.late', '1')).toEqual({ 'i23.late': '1' })
    expect(withCell(xinyi, {}, { i23: '2' }, 'i23', null)).toEqual({})
  })

  it('earns nothing from a rate or a part that is not recorded, and says which', () => {
    const root = score(xinyi, {}, { 'i06.entryRate': '100', 'i16.publicity': '1', 'i18.unclear': '0', 'i24.lost': '1' })
    expect(root.missing.filter((id) => id.includes('.'))).toEqual(['i06.dynamicRate', 'i16.enrolment', 'i18.cards', 'i24.issued'])
    expect(['i06', 'i16', 'i18', 'i24'].map((id) => String(find(root, id)?.points))).toEqual(['0', '1', '2', '0'])
  })

  it('caps a rate above the whole', () => {
    expect(find(score(xinyi, {}, { 'i22.completion': '120' }), 'i22')?.points.equals(3)).toBe(true)
    // Beside a deduction, or the item's own maximum would hide an uncapped rate.
    expect(find(score(xinyi, {}, { 'i22.completion': '120', 'i22.diverted': '2' }), 'i22')?.points.equals('2.8')).toBe(true)
  })

  it('marks every line of the tree with a clause that exists', () => {
    for (const step of all(score(xinyi, {}, typicalFacts(xinyi)))) expect(xinyi.clauses).toHaveProperty([step.clause])
  })
})
