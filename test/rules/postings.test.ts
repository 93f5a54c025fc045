import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, compare, exact } from '../../server/src/rules/exact.ts'
import { joinPostings, type PostingScore } from '../../server/src/rules/postings.ts'
import { policyOf, xinyi } from '../policies/policies.ts'

const posting = fc
  .record({
    total: fc.integer({ min: 0, max: 10_000 }),
    days: fc.integer({ min: 1, max: 366 }),
    missing: fc.constantFrom(0, 0, 0, 2),
    absent: fc.constantFrom(undefined, '0', '0.5', '2.5', '4.5'),
    vetoed: fc.constantFrom(undefined, 'no', 'no', 'yes'),
  })
  .map(({ total, days, missing, absent, vetoed }): PostingScore => ({
    total: exact(BigInt(total), 100n),
    days,
    missing,
    facts: { ...(absent ? { absentDays: absent } : {}), ...(vetoed ? { v2: vetoed } : {}), i04: '1' },
  }))
const postings = fc.array(posting, { minLength: 1, maxLength: 5 })
const all = (of: PostingScore[]) => joinPostings(xinyi, {}, of)
const plain = (of: PostingScore[]) => {
  const { total, missing, facts } = all(of)
  return { total: canonical(total), missing, facts }
}

describe('the postings of one person in one year, taken together', () => {
  it('one alone is itself', () =>
    fc.assert(
      fc.property(posting, (one) => {
        expect(canonical(all([one]).total)).toBe(canonical(one.total))
        expect(all([one]).missing).toBe(one.missing)
      }),
    ))

  it('weigh as their days: 80 for 181 days and 90 for 184 are 85.04 and a bit', () => {
    const year: PostingScore[] = [
      { total: exact(80), days: 181, missing: 0, facts: {} },
      { total: exact(90), days: 184, missing: 0, facts: {} },
    ]
    expect(canonical(all(year).total)).toBe('6208/73')
  })

  it('do not depend on their order', () =>
    fc.assert(
      fc.property(postings, fc.nat(), (of, turn) => {
        const turned = [...of.slice(turn % of.length), ...of.slice(0, turn % of.length)]
        expect(plain(turned)).toEqual(plain(of))
        expect(plain(of.toReversed())).toEqual(plain(of))
      }),
    ))

  it('lie between the lowest and the highest of them', () =>
    fc.assert(
      fc.property(postings, (of) => {
        const totals = of.map(({ total }) => total).sort(compare)
        expect(compare(all(of).total, totals[0]!)).toBeGreaterThanOrEqual(0)
        expect(compare(all(of).total, totals.at(-1)!)).toBeLessThanOrEqual(0)
      }),
    ))

  it('do not change when a posting is cut in two at the same score', () =>
    fc.assert(
      fc.property(posting, posting, (one, other) => {
        const halves = [
          { ...one, days: one.days },
          { ...one, days: one.days },
        ]
        expect(plain([{ ...one, days: 2 * one.days }, other]).total).toBe(plain([...halves, other]).total)
      }),
    ))

  it('take the longest of runs without dates, which no move joins', () => {
    const typed = (run: string): PostingScore => ({
      total: exact(0),
      days: 1,
      missing: 0,
      facts: { unexcusedRun: run, unexcusedTotal: run },
    })
    const { facts } = joinPostings(policyOf('yingkou'), {}, [typed('2'), typed('2'), typed('1')])
    expect(facts).toMatchObject({ unexcusedRun: '2', unexcusedTotal: '5' })
  })

  it('carry a veto proven in any of them', () =>
    fc.assert(
      fc.property(postings, (of) => {
        expect(all(of).facts.v2).toBe(of.some(({ facts }) => facts.v2 === 'yes') ? 'yes' : undefined)
      }),
    ))

  it('add up the days of absence of the whole year, and lack what any of them lacks', () =>
    fc.assert(
      fc.property(postings, (of) => {
        const recorded = of.flatMap(({ facts }) => (facts.absentDays === undefined ? [] : [Number(facts.absentDays)]))
        const days = recorded.reduce((sum, one) => sum + one, 0)
        expect(all(of).facts.absentDays).toBe(recorded.length === 0 ? undefined : String(days))
        expect(all(of).missing).toBe(of.reduce((sum, { missing }) => sum + missing, 0))
      }),
    ))

  it('keep no fact about the work: those belong to one sheet', () =>
    fc.assert(
      fc.property(postings, (of) => {
        expect(Object.keys(all(of).facts).filter((id) => id.startsWith('i'))).toEqual([])
      }),
    ))
})
