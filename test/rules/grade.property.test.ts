import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exact } from '../../server/src/rules/exact.ts'
import { gradeCohort } from '../../server/src/rules/cohort.ts'
import { gradeAlone, rungOf, type Person } from '../../server/src/rules/grade.ts'
import { fillPlaces } from '../../server/src/rules/places.ts'
import { xinyi } from '../policies/policies.ts'
import { people } from './arbitraries.ts'

const readings = fc.constantFrom<Record<string, string>>(
  {},
  {},
  { 'IR-04': 'bands-90-70-60' },
  { 'IR-09': 'leaveEmpty' },
  { 'IR-02': 'barsExcellent' },
  { 'KH-64': 'everyone' },
)
const always = (holds: (people: Person[], choices: Record<string, string>) => void) =>
  fc.assert(fc.property(people, readings, holds), { numRuns: 300 })
const byId = (all: Person[], choices: Record<string, string> = {}) =>
  new Map(gradeCohort(xinyi, choices, all).outcomes.map((outcome) => [outcome.id, outcome]))
const worth = { in: 0, contested: 1, pending: 1, out: 2, incomplete: 3, barred: 4 }

describe('grading a cohort', () => {
  it('never gives more seats than a fifth of the full-time people taking part', () =>
    always((all, choices) => {
      const outcomes = byId(all, choices)
      for (const town of ['河东', '河西']) {
        const members = all.filter(({ group }) => group.town === town)
        const excellent = members.filter(({ id }) => outcomes.get(id)?.grade === 'excellent').length
        expect(excellent * 5).toBeLessThanOrEqual(members.filter(({ fullTime, counted }) => fullTime && counted).length)
      }
    }))

  it('does not depend on the order people are listed in', () =>
    always((all, choices) => {
      const [one, other] = [byId(all, choices), byId(all.toReversed(), choices)]
      for (const { id } of all) {
        const { rank, grade, seat } = one.get(id) ?? {}
        expect(other.get(id)).toMatchObject({ rank, grade, seat })
      }
    }))

  it('never splits a tie: equals in one town have the same seat, unless limited', () =>
    always((all, choices) => {
      const outcomes = byId(all, choices)
      const standing = all.filter(
        ({ id, counted, fullTime }) =>
          counted &&
          (fullTime || choices['KH-64'] === 'everyone') &&
          !['barred', 'incomplete'].includes(outcomes.get(id)?.seat ?? ''),
      )
      for (const equals of Map.groupBy(standing, ({ group, total }) => `${group.town} ${total}`).values()) {
        expect(new Set(equals.map(({ id }) => outcomes.get(id)?.seat)).size).toBe(1)
      }
    }))

  it('contests a seat only when more people want it than there are seats left', () =>
    always((all) => {
      for (const { contested, seatsLeft, taken, cap } of gradeCohort(xinyi, {}, all).groups) {
        expect(taken + seatsLeft).toBe(cap)
        if (contested.length > 0) {
          expect(seatsLeft).toBeGreaterThan(0)
          expect(contested.length).toBeGreaterThan(seatsLeft)
        }
      }
    }))

  it('leaves no seat empty while someone stands for it uncontested', () =>
    always((all) => {
      const { groups, outcomes } = gradeCohort(xinyi, {}, all)
      for (const group of groups) {
        // Seats counted on full-time people are theirs (KH-64).
        const members = all.filter(({ group: of, counted, fullTime }) => counted && fullTime && of.town === group.group)
        const ids = new Set(members.map(({ id }) => id))
        const out = outcomes.filter(({ id, seat }) => ids.has(id) && seat === 'out').length
        if (group.seatsLeft > 0 && group.contested.length === 0) expect(out).toBe(0)
      }
    }))

  it('never hurts by a higher mark', () =>
    fc.assert(
      fc.property(people, readings, fc.nat(), (all, choices, pick) => {
        const at = pick % all.length
        const before = all[at]
        if (!before) return
        const raised = all.with(at, { ...before, total: before.total.add('0.01') })
        const [old, now] = [byId(all, choices).get(before.id), byId(raised, choices).get(before.id)]
        expect(worth[now?.seat ?? 'barred']).toBeLessThanOrEqual(worth[old?.seat ?? 'barred'])
        expect(now?.rank ?? 0).toBeLessThanOrEqual(old?.rank ?? 0)
        if (old?.grade && now?.grade) expect(rungOf(xinyi, now.grade)).toBeLessThanOrEqual(rungOf(xinyi, old.grade))
      }),
      { numRuns: 300 },
    ))

  it('lets nobody stand above a better score in the same town, unless limited', () =>
    always((all) => {
      const outcomes = byId(all)
      // Seats counted on full-time people are theirs (KH-64).
      const free = all.filter(
        ({ id, counted, fullTime }) => counted && fullTime && !['barred', 'incomplete'].includes(outcomes.get(id)?.seat ?? ''),
      )
      for (const { id } of all.filter(({ fullTime }) => !fullTime))
        expect(['in', 'contested']).not.toContain(outcomes.get(id)?.seat)
      for (const better of free) {
        for (const other of free) {
          if (better.group.town !== other.group.town || !better.total.gt(other.total)) continue
          expect(worth[outcomes.get(better.id)?.seat ?? 'barred']).toBeLessThanOrEqual(
            worth[outcomes.get(other.id)?.seat ?? 'barred'],
          )
        }
      }
    }))

  it('is settled by a ruling that names everyone', () =>
    always((all) => {
      const ruling = all.map(({ id }) => id)
      const { groups, outcomes } = gradeCohort(xinyi, {}, all, { rulings: [{ order: ruling }] })
      expect(groups.flatMap(({ contested }) => contested)).toEqual([])
      for (const { seat } of outcomes) expect(seat).not.toBe('contested')
    }))

  it('moves only downwards: nobody is graded above the limits', () =>
    always((all, choices) => {
      for (const { grade, atMost, limits } of byId(all, choices).values()) {
        if (grade) expect(rungOf(xinyi, grade)).toBeGreaterThanOrEqual(rungOf(xinyi, atMost))
        for (const limit of limits) expect(rungOf(xinyi, atMost)).toBeGreaterThanOrEqual(rungOf(xinyi, limit.atMost))
      }
    }))

  it('gives every person at least one reason with a clause that exists', () =>
    always((all, choices) => {
      for (const { reasons } of byId(all, choices).values()) {
        expect(reasons.length).toBeGreaterThan(0)
        for (const { clause } of reasons) expect(xinyi.clauses).toHaveProperty([clause])
      }
    }))

  it('takes another percentage to try', () => {
    const ten: Person[] = Array.from({ length: 10 }, (_, at) => ({
      id: `p${at}`,
      group: { town: '河东' },
      fullTime: true,
      counted: true,
      missing: 0,
      total: exact(100 - at),
      facts: {},
    }))
    expect(gradeCohort(xinyi, {}, ten, { percent: '35%' }).groups).toMatchObject([
      { cap: 3, taken: 3, percent: '35%', rounding: 'floor' },
    ])
    expect(gradeCohort(xinyi, {}, ten, { percent: '35', rounding: 'halfUp' }).groups).toMatchObject([{ cap: 4, taken: 4 }])
  })
})

it('reports every limit that was hit, and the worst one rules', () => {
  const alone = gradeAlone(xinyi, {}, { total: exact(95), facts: { v1: 'yes', v3: 'yes', absentDays: '6' } })
  expect(alone).toMatchObject({ grade: 'fail', atMost: 'fail' })
  expect(alone.limits.map(({ id }) => id)).toEqual(['v1', 'v3', 'absence'])
})

it('fills nested rooms without splitting a tie', () => {
  const town = (name: string) => (member: string) => member.startsWith(name)
  const rooms = [
    { id: 'a', seats: 1, holds: town('a') },
    { id: 'b', seats: 2, holds: town('b') },
    { id: 'county', seats: 2, holds: () => true },
  ]
  const { taken, ties } = fillPlaces(rooms, [['a1'], ['a2', 'b1'], ['b2', 'b3'], ['b4']])
  expect([...taken]).toEqual(['a1', 'b1'])
  expect(ties).toEqual([])
  const contested = fillPlaces([{ id: 'b', seats: 1, holds: town('b') }], [['b1', 'b2'], ['b3']])
  expect(contested).toMatchObject({ ties: [{ room: 'b', seats: 1, between: ['b1', 'b2'] }] })
  expect([...contested.taken]).toEqual([])
  const both = [
    { id: 'b', seats: 2, holds: town('b') },
    { id: 'county', seats: 5, holds: () => true },
  ]
  const late = fillPlaces(both, [['b1'], ['b2', 'b3', 'a1']])
  expect([...late.taken]).toEqual(['b1', 'a1'])
  expect(late.ties).toEqual([{ room: 'b', seats: 1, between: ['b2', 'b3'] }])
})
