import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gradeCohort } from '../../server/src/rules/cohort.ts'
import { populationOf } from '../../server/src/rules/seat-count.ts'
import type { Outcome } from '../../server/src/rules/outcome.ts'
import { compare, exact } from '../../server/src/rules/exact.ts'
import { rungOf, type Person } from '../../server/src/rules/grade.ts'
import type { Policy } from '../../server/src/rules/policy/shape.ts'
import { type TieRuling, tieBasis } from '../../server/src/rules/ties.ts'
import { xinyi } from '../policies/policies.ts'

/** Quotas in a row over Xinyi's ladder: excellent, pass, basicPass, fail, of everybody. */
const rationing = (...rows: { grade: string; upTo: string; group?: string }[]): Policy => ({
  ...xinyi,
  quotas: rows.map((row, at) => ({ ...xinyi.quotas[0]!, of: 'everyone', group: 'county', ...row, id: `q${at}` })),
})
const inARow = rationing({ grade: 'excellent', upTo: '10%' }, { grade: 'pass', upTo: '25%' }, { grade: 'basicPass', upTo: '65%' })
const twice = rationing({ grade: 'excellent', upTo: '34%', group: 'town' }, { grade: 'excellent', upTo: '20%' })

const people = (totals: Record<string, readonly number[]>): Person[] =>
  Object.entries(totals).flatMap(([town, all]) =>
    all.map((total, at) => ({
      id: `${town}${at}`,
      group: { town, county: '县' },
      fullTime: true,
      counted: true,
      missing: 0,
      total: exact(total),
      facts: {},
    })),
  )
const seen = (policy: Policy, all: Person[], rulings: TieRuling[] = []) => {
  const { outcomes, groups } = gradeCohort(policy, {}, all, { rulings })
  return { groups, of: Object.fromEntries(outcomes.map((one) => [one.id, one])) as Record<string, Outcome> }
}

it('counts whoever had several posts in the year once, or by the parts of the year', () => {
  const one = (counted: boolean, more: { movedOn?: boolean; yearShare?: ReturnType<typeof exact> } = {}) => ({ counted, ...more })
  // Somebody who moved, somebody who left before the base date, somebody who stayed.
  const all = [
    one(false, { movedOn: true, yearShare: exact('1/4') }),
    one(true, { yearShare: exact('3/4') }),
    one(false, { yearShare: exact('1/2') }),
    one(true),
  ]
  expect(populationOf(all, 'registered').equals(3)).toBe(true)
  expect(populationOf(all, 'takingPart').equals(2)).toBe(true)
  expect(populationOf(all, 'average').equals('5/2')).toBe(true)
})

describe('quotas in a row', () => {
  const ten = people({ a: [130, 130, 128, 127, 126, 125, 124, 123, 122, 121] })

  it('leave whoever contends above pending below, hold the seat that one of them will need, and grade the rest', () => {
    const { of, groups } = seen(inARow, ten)
    expect([of.a0, of.a1]).toMatchObject([
      { seat: 'contested', grade: null, seats: { q0: 'contested', q1: 'pending', q2: 'pending' } },
      { seat: 'contested', grade: null, seats: { q0: 'contested', q1: 'pending', q2: 'pending' } },
    ])
    expect(of.a2).toMatchObject({ grade: 'pass', seat: 'in' })
    expect(['a3', 'a4', 'a5', 'a6', 'a7', 'a8'].map((id) => of[id]!.grade)).toEqual(Array.from({ length: 6 }, () => 'basicPass'))
    expect(of.a9).toMatchObject({ grade: 'fail', seat: 'out' })
    expect(groups.map(({ cap, taken, seatsLeft }) => [cap, taken, seatsLeft])).toEqual([
      [1, 0, 1],
      [2, 1, 1],
      [6, 6, 0],
    ])
  })

  it('move nobody else when the tie above is ruled: what was shown stays', () => {
    const before = seen(inARow, ten)
    const tie = before.groups[0]!.tie!
    for (const first of ['a0', 'a1']) {
      const { of, groups } = seen(inARow, ten, [{ of: 'q0', order: [first], on: tieBasis(tie) }])
      expect(of[first]).toMatchObject({ grade: 'excellent', seat: 'in' })
      expect(of[first === 'a0' ? 'a1' : 'a0']).toMatchObject({ grade: 'pass', seat: 'in' })
      for (const { id } of ten.slice(2)) expect(of[id]!.grade).toBe(before.of[id]!.grade)
      expect(groups.map(({ taken }) => taken)).toEqual([1, 2, 6])
    }
  })

  it('say so where the policy has no lower grade for the rest', () => {
    const short: Policy = { ...inARow, grades: { ...xinyi.grades, ladder: xinyi.grades.ladder.slice(0, 3) } }
    const { of } = seen(short, ten)
    expect(of.a9).toMatchObject({ grade: null, seat: 'out' })
    expect(of.a9!.reasons.at(-1)).toMatchObject({ kind: 'noGradeLeft' })
  })

  it('of the same grade choose among those named before', () => {
    const { of } = seen(twice, people({ a: [100, 99, 98, 97], b: [90, 89, 88, 87, 86, 85] }))
    const excellent = Object.values(of).filter(({ grade }) => grade === 'excellent')
    expect(excellent.map(({ id }) => id)).toEqual(['a0', 'b0'])
    expect(of.b1).toMatchObject({ seats: { q0: 'in', q1: 'out' }, grade: null })
    expect(of.a1).toMatchObject({ seats: { q0: 'out' } })
  })

  it('of the same grade wait for a tie that was not ruled yet', () => {
    // One of a0 and a1 will be named, and then stands first of all for the second quota, whichever it is.
    const { of, groups } = seen(twice, people({ a: [100, 100, 98, 97], b: [90, 89, 88, 87, 86, 85] }))
    expect(of.a0).toMatchObject({ seat: 'contested', seats: { q0: 'contested', q1: 'pending' } })
    expect(of.b0).toMatchObject({ grade: 'excellent', seats: { q0: 'in', q1: 'in' } })
    expect(of.b1).toMatchObject({ seats: { q0: 'in', q1: 'out' } })
    expect(groups.at(-1)).toMatchObject({ cap: 2, taken: 1, seatsLeft: 1 })
  })

  it('keep somebody waiting whose seat depends on who comes down from above', () => {
    // One of three who tie over two towns is left for the towns’ own quota: in which town, nobody knows.
    const policy = rationing({ grade: 'excellent', upTo: '20%' }, { grade: 'pass', upTo: '20%', group: 'town' })
    const { of } = seen(policy, people({ a: [99, 99, 80, 70, 60], b: [99, 80, 70, 60, 50] }))
    expect([of.a0, of.a1, of.b0].map((one) => one!.seat)).toEqual(['contested', 'contested', 'contested'])
    expect([of.a2, of.b1].map((one) => one!.seat)).toEqual(['pending', 'pending'])
    expect(of.b2).toMatchObject({ seats: { q1: 'out' }, grade: 'basicPass' })
  })
})

it('says the place of each who has a seat, equals sharing one', () => {
  const { of } = seen(rationing({ grade: 'excellent', upTo: '50%' }), people({ a: [100, 99, 99, 98, 60, 60, 60, 60] }))
  const placed = ['a0', 'a1', 'a2', 'a3'].map((id) => of[id]!.reasons.find(({ kind }) => kind === 'seated'))
  expect(placed).toMatchObject([{ rank: 1 }, { rank: 2 }, { rank: 2 }, { rank: 4 }])
})

describe('any quotas in a row', () => {
  const marks = fc.constantFrom(100, 98, 98, 97, 97, 97, 90, 60)
  const crowd = fc.record({ a: fc.array(marks, { maxLength: 9 }), b: fc.array(marks, { maxLength: 9 }) })
  const share = fc.constantFrom('10%', '20%', '34%', '50%', '65%')
  const group = fc.constantFrom('town', 'county')
  const rows = fc
    .array(fc.record({ grade: fc.constantFrom('excellent', 'pass', 'basicPass'), upTo: share, group }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((all) => all.toSorted((one, other) => rungOf(xinyi, one.grade) - rungOf(xinyi, other.grade)))
  const always = (holds: (policy: Policy, all: Person[]) => void) =>
    fc.assert(
      fc.property(crowd, rows, (totals, quotas) => holds(rationing(...quotas), people(totals))),
      { numRuns: 300 },
    )

  it('never exceed a cap, and count what nobody has', () =>
    always((policy, all) => {
      for (const { cap, taken, seatsLeft } of seen(policy, all).groups) {
        expect(taken).toBeLessThanOrEqual(cap)
        expect(taken + seatsLeft).toBe(cap)
      }
    }))

  it('do not depend on the order people are listed in', () =>
    always((policy, all) => {
      const [one, other] = [seen(policy, all).of, seen(policy, all.toReversed()).of]
      for (const { id } of all) expect([other[id]!.grade, other[id]!.seats]).toEqual([one[id]!.grade, one[id]!.seats])
    }))

  it('seat nobody twice but where a later quota chooses among those named', () =>
    always((policy, all) => {
      const grades = [...new Set(policy.quotas.map(({ grade }) => grade))]
      for (const { seats } of Object.values(seen(policy, all).of)) {
        const holds = (grade: string) => policy.quotas.filter((one) => one.grade === grade).every(({ id }) => seats[id] === 'in')
        expect(grades.filter(holds).length).toBeLessThanOrEqual(1)
      }
    }))

  it('leave nobody better out, in one group', () =>
    always((policy, all) => {
      const { of } = seen(policy, all)
      const rankOf = ({ grade }: Outcome) => (grade === null ? undefined : rungOf(policy, grade))
      for (const better of all)
        for (const other of all) {
          if (better.group.town !== other.group.town || compare(better.total, other.total) <= 0) continue
          const [high, low] = [rankOf(of[better.id]!), rankOf(of[other.id]!)]
          if (high !== undefined && low !== undefined) expect(high).toBeLessThanOrEqual(low)
        }
    }))

  it('show nothing that a ruling of the tie above takes back', () =>
    always((policy, all) => {
      const before = seen(policy, all)
      const tied = before.groups.find(({ tie }) => tie)
      if (!tied) return
      const { tied: between, seats } = tied.tie!
      // Where seats of towns and of the county alternate, how many come down to a town is bounded and not always known: who
      // was shown with a seat may wait once more, but never has another.
      const mayWait = new Set(policy.quotas.map(({ group }) => group)).size > 1
      for (const order of [between.slice(0, seats), between.slice(-seats)]) {
        const after = seen(policy, all, [{ of: tied.quota, order, on: tieBasis(tied.tie!) }])
        for (const { id } of all) {
          const [was, is] = [before.of[id]!, after.of[id]!]
          if (was.grade !== null && !(mayWait && is.seat === 'pending')) expect([id, is.grade]).toEqual([id, was.grade])
          for (const [quota, seat] of Object.entries(was.seats))
            if ((seat === 'in' || seat === 'out') && !(mayWait && is.seats[quota] === 'pending'))
              expect([id, quota, is.seats[quota]]).toEqual([id, quota, seat])
        }
      }
    }))
})

describe('a ruling', () => {
  const four = people({ a: [94, 94, 90, 80, 70, 60, 50, 40, 30, 20] })
  const policy = rationing({ grade: 'excellent', upTo: '10%' })
  const ruling = (all: Person[]): TieRuling => ({ of: 'q0', order: ['a1'], on: tieBasis(seen(policy, all).groups[0]!.tie!) })

  it('holds for the very tie it was made about', () => {
    const { of, groups } = seen(policy, four, [ruling(four)])
    expect([of.a0!.seat, of.a1!.seat]).toEqual(['out', 'in'])
    expect(groups[0]!.fallen).toEqual([])
  })

  it('falls when a third comes to tie, and the seat is contested again', () => {
    const third = four.map((one) => (one.id === 'a2' ? { ...one, total: exact(94) } : one))
    const { of, groups } = seen(policy, third, [ruling(four)])
    expect(['a0', 'a1', 'a2'].map((id) => of[id]!.seat)).toEqual(['contested', 'contested', 'contested'])
    expect(groups[0]!.fallen).toMatchObject([{ changes: [{ fact: 'tied', before: 'a0 a1', after: 'a0 a1 a2' }] }])
  })

  it('falls with any fact it rests on, and with no other', () =>
    fc.assert(
      fc.property(fc.nat(9), fc.constantFrom('-4', '-1', '0', '1', '4', '14', '24'), fc.boolean(), (at, by, leaves) => {
        const changed = four.map((one, place) =>
          place === at ? { ...one, total: one.total.add(by), counted: one.counted && !leaves } : one,
        )
        const tie = seen(policy, changed).groups[0]!.tie
        const same = tie !== undefined && JSON.stringify(tieBasis(tie)) === JSON.stringify(ruling(four).on)
        const { groups } = seen(policy, changed, [ruling(four)])
        expect(groups[0]!.fallen.length).toBe(same ? 0 : 1)
        if (!same && tie) expect(groups[0]!.contested.length).toBeGreaterThan(1)
      }),
    ))

  it('is carried out, not undone, by the lower grades that its losers are given', () => {
    const lowered = (all: Person[], ...ids: string[]) =>
      all.map((one) => (ids.includes(one.id) ? { ...one, panel: { grade: 'pass', reason: 'r' } } : one))
    const { of, groups } = seen(policy, lowered(four, 'a0'), [ruling(four)])
    expect([of.a1!.grade, of.a0!.grade]).toEqual(['excellent', 'pass'])
    expect(groups[0]!.fallen).toEqual([])
    // A third who comes to tie with the winner makes it fall all the same.
    const third = lowered(four, 'a0').map((one) => (one.id === 'a2' ? { ...one, total: exact(94) } : one))
    const again = seen(policy, third, [ruling(four)])
    expect(again.groups[0]).toMatchObject({ contested: ['a1', 'a2'], fallen: [{ ruling: { order: ['a1'] } }] })
    // Of three who tied, one graded lower while the other is still to be: the ruling goes on deciding.
    const three = people({ a: [94, 94, 94, 80, 70, 60, 50, 40, 30, 20] })
    const made: TieRuling = { of: 'q0', order: ['a1'], on: tieBasis(seen(policy, three).groups[0]!.tie!) }
    expect(seen(policy, lowered(three, 'a0'), [made]).groups[0]).toMatchObject({ taken: 1, contested: [], fallen: [] })
    expect(seen(policy, lowered(three, 'a0', 'a2'), [made]).groups[0]).toMatchObject({ taken: 1, contested: [], fallen: [] })
    // The winner graded lower is another matter: nobody was ruled to be next.
    expect(seen(policy, lowered(four, 'a1'), [ruling(four)]).groups[0]!.fallen).toHaveLength(1)
  })

  it('may seat fewer than the seats; the smaller tie is the next ruling’s', () => {
    const five = people({ a: [94, 94, 94, 90, 80, 70, 60, 50, 40, 30] })
    const two = rationing({ grade: 'excellent', upTo: '20%' })
    const first: TieRuling = { of: 'q0', order: ['a2'], on: tieBasis(seen(two, five).groups[0]!.tie!) }
    const left = seen(two, five, [first]).groups[0]!
    expect(left).toMatchObject({ taken: 1, contested: ['a0', 'a1'], tie: { seats: 1 } })
    const second: TieRuling = { of: 'q0', order: ['a0'], on: tieBasis(left.tie!) }
    expect(seen(two, five, [first, second]).groups[0]).toMatchObject({ taken: 2, contested: [], fallen: [] })
  })
})

it('a seat’s reason counts among those who can have one', () => {
  const all = people({ a: [99, 98, 97, 96, 95, 94, 93, 92, 91, 90] }).map((one) =>
    one.id === 'a1' ? { ...one, facts: { v1: 'yes' } } : one,
  )
  const { of } = seen(rationing({ grade: 'excellent', upTo: '20%' }), all)
  expect(of.a2).toMatchObject({ rank: 3, seat: 'in' })
  expect(of.a2!.reasons).toContainEqual(expect.objectContaining({ kind: 'seated', rank: 2 }))
})
