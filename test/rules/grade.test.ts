import { describe, expect, it } from 'vitest'
import { consequences } from '../../server/src/rules/consequences.ts'
import { eliminate, type Ranked } from '../../server/src/rules/eliminate.ts'
import { canonical, exact } from '../../server/src/rules/exact.ts'
import { gradeCohort } from '../../server/src/rules/cohort.ts'
import { seatsOf } from '../../server/src/rules/seat-count.ts'
import { gradeAlone, wageCut, type Person } from '../../server/src/rules/grade.ts'
import { pay } from '../../server/src/rules/pay.ts'
import { policyOf, xinyi } from '../policies/policies.ts'

const bands = { 'IR-04': 'bands-90-70-60' }
const person = (id: string, total: number, more: Partial<Person> = {}): Person => ({
  id,
  group: { town: '东' },
  fullTime: true,
  counted: true,
  missing: 0,
  total: exact(total),
  facts: {},
  ...more,
})
const town = (name: string, size: number, total = 90): Person[] =>
  Array.from({ length: size }, (_, at) => person(`${name}${at}`, total - at, { group: { town: name } }))

describe('a grade', () => {
  it('is the last band’s below nothing too', () => {
    expect(gradeAlone(policyOf('baihe'), {}, { total: exact(-5), facts: {} })).toMatchObject({
      grade: 'fail',
      reasons: [{ kind: 'band', grade: 'fail', total: '-5', reaches: '0', foreign: false, clause: 'BH-16' }],
    })
  })

  it('that a full quota takes away becomes the next one, and the last one stays', () => {
    const five = [95, 95, 60, 60, 60].map((total, at) => person(`p${at}`, total))
    const grades = (policy: typeof xinyi) => gradeCohort(policy, bands, five).outcomes.map(({ grade }) => grade)
    expect(grades(xinyi)).toEqual([null, null, 'basicPass', 'basicPass', 'basicPass']) // they contend
    const apart = five.map((one, at) => (at === 0 ? { ...one, total: exact(96) } : one))
    expect(
      gradeCohort(xinyi, bands, apart)
        .outcomes.map(({ grade }) => grade)
        .slice(0, 2),
    ).toEqual(['excellent', 'pass'])
    const last = { ...xinyi, quotas: xinyi.quotas.map((quota) => ({ ...quota, grade: 'fail' })) }
    const failing = [51, 50, 60, 60, 60].map((total, at) => person(`p${at}`, total))
    expect(gradeCohort(last, bands, failing).outcomes.map(({ grade }) => grade)).toEqual([
      'fail',
      'fail',
      'basicPass',
      'basicPass',
      'basicPass',
    ])
  })
})

describe('seats', () => {
  it('of people without a town are those of one group without a name', () => {
    const lost = ['a', 'b', 'c', 'd', 'e'].map((id, at) => person(id, 90 - at, { group: {} }))
    const { groups, outcomes } = gradeCohort(xinyi, {}, [...lost, ...town('西', 4)])
    expect(groups.map(({ group, base, cap, taken }) => [group, base, cap, taken])).toEqual([
      ['', '5', 1, 1],
      ['西', '4', 0, 0],
    ])
    expect(outcomes.filter(({ seat }) => seat === 'in').map(({ id }) => id)).toEqual(['a'])
  })

  it('of small towns are pooled when there is more than one of them', () => {
    const groups = (...towns: Person[][]) =>
      gradeCohort(xinyi, { 'IR-07': 'pooled' }, towns.flat()).groups.map(({ group, groups: of, base, cap }) => [
        group,
        of,
        base,
        cap,
      ])
    expect(groups(town('西', 5))).toEqual([['西', ['西'], '5', 1]])
    expect(groups(town('西', 5), town('南', 3))).toEqual([
      ['西', ['西'], '5', 1],
      ['南', ['南'], '3', 0],
    ])
    expect(groups(town('西', 5), town('南', 3), town('北', 4))).toEqual([
      ['西', ['西'], '5', 1],
      ['北、南', ['北', '南'], '7', 1],
    ])
  })
})

describe('the reasons of a grade', () => {
  const reasons = (policy: typeof xinyi, facts: Record<string, string>, total = 0, more = {}) =>
    gradeAlone(policy, {}, { total: exact(total), facts, ...more }).reasons
  const because = (policy: typeof xinyi, grade: string, total: number, choices = {}, facts = {}) => {
    const panel = { grade, reason: 'r' }
    const reason = gradeAlone(policy, choices, { total: exact(total), facts, panel }).reasons.find(({ kind }) =>
      kind.startsWith('panel'),
    )
    return reason?.kind === 'panelRefused' ? reason.because : reason?.kind
  }

  it('name the want of bands, or each list that was looked at', () => {
    expect(reasons(policyOf('shandong'), {})).toEqual([{ kind: 'noBands', clause: 'SD-3.4.4' }])
    const yingkou = policyOf('yingkou')
    const typical = { devoted: 'yes', work: 'alone', errors: 'none', team: 'helps', tasks: 'done' }
    expect(reasons(yingkou, typical)).toMatchObject([
      { kind: 'checklist', grade: 'unfit', how: 'any', state: 'notMet' },
      { kind: 'checklist', grade: 'excellent', how: 'all', state: 'notMet' },
      { kind: 'checklist', grade: 'competent', how: 'all', state: 'met', clause: 'YK-27b' },
    ])
    expect(reasons(yingkou, { ...typical, team: 'neither' }).at(-1)).toEqual({ kind: 'noChecklist', clause: 'YK-25' })
  })

  it('say that bands are borrowed', () => {
    expect(gradeAlone(xinyi, bands, { total: exact(70), facts: {} }).reasons).toEqual([
      { kind: 'band', grade: 'pass', total: '70', reaches: '70', foreign: true, clause: 'BH-16' },
    ])
  })

  it('say why a panel may not decide', () => {
    const baihe = policyOf('baihe')
    expect(['excellent', 'pass', 'basicPass', 'fail', 'superb'].map((to) => because(baihe, to, 85))).toEqual([
      'panelMoved',
      'panelMoved',
      'tooFar',
      'tooFar',
      'notOffered',
    ])
    expect(because(baihe, 'pass', 91, { 'IR-29': 'none' })).toBe('fixed')
    expect(because(baihe, 'basicPass', 59)).toBe('fixed')
    expect(because(baihe, 'pass', 65)).toBe('fixed')
    expect(because(baihe, 'pass', 65, { 'IR-29': 'oneGrade' })).toBe('panelMoved')
    expect(because(baihe, 'basicPass', 65, { 'IR-29': 'none' })).toBe('panelMoved')
    expect(because(xinyi, 'excellent', 89, bands)).toBe('fixed')
    const listed = { ...policyOf('yingkou'), panel: { clause: 'YK-25', moves: [{ from: 'unfit', to: 'competent' }] } }
    expect(because(listed, 'competent', 0, {}, { work: 'barely' })).toBe('fixed')
    const blank = { grade: 'excellent', reason: ' ' }
    expect(gradeAlone(baihe, {}, { total: exact(85), facts: {}, panel: blank }).reasons).toContainEqual({
      kind: 'panelRefused',
      to: 'excellent',
      because: 'noReason',
      clause: 'BH-16',
    })
  })

  it('name the bound of a limit as the reading has it, and every limit that was looked at', () => {
    const shandong = policyOf('shandong')
    const bound = (policy: typeof xinyi, facts: Record<string, string>) =>
      gradeAlone(policy, { 'IR-06': 'excluded' }, { total: exact(0), facts }).limits.map((limit) => limit.bound)
    expect(bound(shandong, { complaints: '4', serious: 'yes' })).toEqual([{ exceeds: '3' }])
    expect(bound(xinyi, { absentDays: '5' })).toEqual([{ reaches: '5' }])
    const { tried, limits } = gradeAlone(xinyi, {}, { total: exact(0), facts: { v1: 'yes', v2: 'no', absentDays: '4' } })
    expect(tried.map(({ id, fact, value, clause }) => [id, fact, value, clause])).toEqual([
      ['v2', 'v2', 'no', 'XY-V2'],
      ['v3', 'v3', undefined, 'XY-V3'],
      ['absence', 'absentDays', '4', 'XY-5.5'],
    ])
    expect(tried[1]).not.toHaveProperty('value')
    expect(limits).toEqual([
      { id: 'v1', title: xinyi.vetoes[0]!.title, fact: 'v1', value: 'yes', atMost: 'fail', clause: 'XY-V1' },
    ])
  })
})

describe('who has a seat, and why not', () => {
  const outcomes = (people: Person[], choices = {}, ruling: string[] = []) =>
    Object.fromEntries(
      gradeCohort(xinyi, choices, people, { rulings: [{ order: ruling }] }).outcomes.map(({ id, rank, grade, seat, reasons }) => [
        id,
        [rank, grade, seat, reasons.slice(1)],
      ]),
    )
  const clause = 'XY-6.4b'

  it('is said of each: seated, behind, barred, incomplete or not taking part', () => {
    const people = [
      person('gone', 99, { counted: false }),
      person('half', 98, { missing: 2 }),
      person('vetoed', 97, { facts: { v1: 'yes' } }),
      ...[96, 95, 94, 93].map((total, at) => person(`p${at}`, total)),
    ]
    expect(outcomes(people)).toMatchObject({
      gone: [null, null, 'out', [{ kind: 'notTakingPart', clause }]],
      half: [null, null, 'incomplete', [{ kind: 'incomplete', missing: 2, clause: 'XY-6.4a' }]],
      vetoed: [1, 'fail', 'barred', [{ kind: 'limit' }, { kind: 'barred', clause }]],
      p0: [2, 'excellent', 'in', [{ kind: 'seated', rank: 1, cap: 1, clause }]],
      p1: [3, null, 'out', [{ kind: 'noSeatLeft', cap: 1, next: null, clause }]],
    })
    expect(gradeCohort(xinyi, {}, people).groups).toMatchObject([
      { base: '6', cap: 1, taken: 1, seatsLeft: 0, barred: 1, incomplete: 1, contested: [] },
    ])
    const below = [90, 89, 88, 87, 86].map((total, at) => person(`p${at}`, total))
    expect(outcomes(below, bands)['p1']).toEqual([2, 'pass', 'out', [{ kind: 'belowBand', clause }]])
  })

  it('is no grade at a post that is not the one of the base date, also where nothing is rationed', () => {
    const facts = { devoted: 'yes', work: 'barely', errors: 'none', team: 'helps', tasks: 'done' }
    const [gone, here] = gradeCohort(policyOf('yingkou'), {}, [
      person('gone', 0, { facts, counted: false }),
      person('here', 0, { facts }),
    ]).outcomes
    expect(here).toMatchObject({ grade: 'unfit' })
    expect(gone).toMatchObject({ grade: null, reasons: expect.arrayContaining([{ kind: 'notTakingPart', clause: 'YK-25' }]) })
  })

  it('is contested in a tie until there is a ruling, or the seat stays empty', () => {
    const tied = [95, 95, 95, 90, 89].map((total, at) => person(`p${at}`, total))
    const between = { between: 3, clause }
    expect(outcomes(tied)['p1']).toEqual([1, null, 'contested', [{ kind: 'contested', seats: 1, ...between }]])
    expect(outcomes(tied)['p3']).toEqual([4, null, 'out', [{ kind: 'noSeatLeft', cap: 1, next: null, clause }]])
    const ruled = outcomes(tied, {}, ['p1'])
    expect(ruled['p1']).toEqual([
      1,
      'excellent',
      'in',
      [
        { kind: 'seated', rank: 1, cap: 1, clause },
        { kind: 'ruled', clause },
      ],
    ])
    expect(ruled['p0']).toEqual([1, null, 'out', [{ kind: 'noSeatLeft', cap: 1, next: null, clause }]])
    const empty = outcomes(tied, { 'IR-09': 'leaveEmpty' }, ['p1'])
    expect(empty['p1']).toEqual([1, null, 'out', [{ kind: 'tieLeftEmpty', ...between }]])
    const alone = [96, 95, 95, 90, 89].map((total, at) => person(`p${at}`, total))
    expect(outcomes(alone, {}, ['p1'])['p0']).toEqual([1, 'excellent', 'in', [{ kind: 'seated', rank: 1, cap: 1, clause }]])
  })

  it('has no rank where nothing makes a score', () => {
    const { rated: _, ...policy } = policyOf('district')
    expect(gradeCohort(policy, {}, [person('a', 90), person('b', 80)]).outcomes.map(({ rank }) => rank)).toEqual([null, null])
  })
})

it('a percentage gives whole seats: down, to the nearest, and one at least only where it gives none', () => {
  const seats = (base: string, rounding: Parameters<typeof seatsOf>[2]) => seatsOf(exact(base), exact('0.2'), rounding)
  expect(['0', '4', '5', '12.5', '14'].map((base) => seats(base, 'floor'))).toEqual([0, 0, 1, 2, 2])
  expect(['2', '2.5', '12.5', '14'].map((base) => seats(base, 'halfUp'))).toEqual([0, 1, 3, 3])
  expect(['0', '1', '5', '14'].map((base) => seats(base, 'minOne'))).toEqual([0, 1, 1, 2])
  expect(['4', '14'].map((base) => seats(base, 'pooled'))).toEqual([0, 2])
})

describe('the cut of a wage', () => {
  const cut = (policy: typeof xinyi, choices: Record<string, string>, daysOfMonth?: number) =>
    canonical(wageCut(policy, choices, { monthly: exact(3000), days: exact(2), ...(daysOfMonth ? { daysOfMonth } : {}) }))

  it('is none where the policy has none', () => {
    expect(cut(policyOf('baihe'), {}, 30)).toBe('0')
  })

  it('goes by paid days or by the days of the month, and then needs their number', () => {
    expect(cut(xinyi, {})).toBe('275.86')
    expect(cut(xinyi, { 'IR-05': 'calendarDays' }, 30)).toBe('200')
    expect(() => cut(xinyi, { 'IR-05': 'calendarDays' })).toThrow(new RangeError('wageCut: daysOfMonth is needed'))
  })
})

describe('a consequence of a number, for those in full-time posts', () => {
  const dissolve = (absentDays?: string, fullTime?: boolean) =>
    consequences(
      xinyi,
      {},
      {
        grade: null,
        facts: absentDays === undefined ? {} : { absentDays },
        history: [],
        ...(fullTime === undefined ? {} : { fullTime }),
      },
    ).find(({ id }) => id === 'dissolve')

  it('follows beyond its line, not on it, and is open while nobody has said', () => {
    expect([dissolve(), dissolve('7'), dissolve('7.5')].map((one) => one?.state)).toEqual(['unknown', 'notMet', 'met'])
  })

  it('is none for a part-timer, whatever the number', () => {
    expect([dissolve('7.5', true), dissolve('7.5', false), dissolve(undefined, false)].map((one) => one?.state)).toEqual([
      'met',
      'notMet',
      'notMet',
    ])
  })

  it('lists the steps of the law, among them no notice of thirty days', () => {
    expect(dissolve('8')?.stepsMissing.map(({ id }) => id)).toEqual([
      'rulesTold',
      'ground',
      'notProtected',
      'unionTold',
      'decided',
    ])
  })
})

describe('those last in order', () => {
  const yingkou = policyOf('yingkou')
  const ranked = (id: string, daily: number): Ranked => ({ id, group: {}, counted: true, measured: { daily: exact(daily) } })
  const ten = [...['c', 'a', 'b'].map((id) => ranked(id, 1)), ...Array.from({ length: 12 }, (_, at) => ranked(`o${at}`, 50))]

  it('are listed by id where they are equal, whatever the ruling says of them', () => {
    for (const ruling of [[], ['b', 'a', 'c'], ['c', 'b', 'a']]) {
      const [found] = eliminate(yingkou, {}, ten, { rulings: [{ order: ruling }] })
      expect(found).toMatchObject({ group: '', base: '15', cap: 3, open: 3, left: 0 })
      expect(found?.candidates.map(({ id, fromLast }) => [id, fromLast])).toEqual([
        ['a', 1],
        ['b', 1],
        ['c', 1],
      ])
    }
  })
})

describe('those last in order of each group', () => {
  const yingkou = policyOf('yingkou')
  const ranked = (id: string, daily: number, county = '甲'): Ranked => ({
    id,
    group: { county },
    counted: true,
    measured: { daily: exact(daily) },
  })
  const last = [1, 2, 2].map((measure, at) => ranked(`p${at}`, measure))
  const rest = Array.from({ length: 12 }, (_, at) => ranked(`r${at}`, 50))

  it('are counted from the last, equals at the same place', () => {
    const [found] = eliminate(yingkou, {}, [...last, ...rest])
    expect(found?.candidates.map(({ id, fromLast, measure }) => [id, fromLast, measure])).toEqual([
      ['p0', 1, '1'],
      ['p1', 2, '2'],
      ['p2', 2, '2'],
    ])
  })

  it('come group by group in the order of their names, whoever is listed first', () => {
    const all = ['乙', '丙', '甲'].map((county, at) => ranked(`p${at}`, 50, county))
    expect(eliminate(yingkou, {}, all).map(({ group }) => group)).toEqual(['丙', '乙', '甲'].toSorted())
  })

  it('are ruled on where ties are contested, and not where they leave the place empty', () => {
    const tied = [...last.map((one) => ({ ...one, measured: { daily: exact(1) } })), ...rest.slice(0, 2)]
    const named = (choices: Record<string, string>) =>
      eliminate(yingkou, choices, tied, { rulings: [{ order: ['p2'] }] }).map(({ candidates, contested, left }) => [
        candidates.map(({ id }) => id),
        contested,
        left,
      ])
    expect(named({})).toEqual([[['p2'], [], 0]])
    expect(named({ 'IR-09': 'leaveEmpty' })).toEqual([[[], [], 1]])
  })
})

describe('a fen left over', () => {
  it('goes to the larger remainder, and among equals to the first by id', () => {
    const people = [
      ['c', 88],
      ['b', 96],
      ['a', 96],
    ] as const
    const [pool] = pay(
      policyOf('baihe'),
      {},
      people.map(([id, points]) => ({ id, group: { county: '县' }, score: exact(points) })),
    )
    expect(pool?.shares.map(({ id, paid, leftoverFen }) => [id, canonical(paid), leftoverFen])).toEqual([
      ['a', '514.29', true],
      ['b', '514.28', false],
      ['c', '471.43', true],
    ])
  })
})
