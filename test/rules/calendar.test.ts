import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differencesBetween as differences } from '../../server/src/rules/compare.ts'
import {
  addDays,
  addMonths,
  addWorkingDays,
  dayOf,
  isDay,
  isWorkingDay,
  numberOf,
  wholeYears,
} from '../../server/src/rules/days.ts'
import { deadline, due } from '../../server/src/rules/due.ts'
import { exact } from '../../server/src/rules/exact.ts'
import { gradeAlone } from '../../server/src/rules/grade.ts'
import { beyondWage, pay, payReadings, yuan } from '../../server/src/rules/pay.ts'
import { score } from '../../server/src/rules/score/index.ts'
import { staffing, standards } from '../../server/src/rules/standards.ts'
import { amended, policies, policyOf, week, xinyi } from '../policies/policies.ts'

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('days', () => {
  it('count as the world’s calendar does', () =>
    fc.assert(
      fc.property(day, fc.integer({ min: -4000, max: 4000 }), (from, days) => {
        const there = new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10)
        expect(addDays(from, days)).toBe(there)
        expect(numberOf(from)).toBe(Date.parse(from) / 86_400_000)
        expect(dayOf(numberOf(from))).toBe(from)
        const weekday = new Date(from).getUTCDay()
        expect(isWorkingDay(week, from)).toBe(weekday !== 0 && weekday !== 6)
      }),
    ))

  it('that do not exist are no days', () => {
    expect(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-4-3', 'soon', '0000-01-01'].map(isDay)).toEqual(
      Array(7).fill(false),
    )
    expect(['2024-02-29', '2000-02-29'].map(isDay)).toEqual([true, true])
    expect(isDay('1900-02-29')).toBe(false)
    expect(['0999-12-31', '0001-03-01', '9999-12-31'].map(isDay)).toEqual([true, true, true])
  })

  it('go on by months and stop at a short month’s end', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
    expect(addMonths('2025-12-15', 2)).toBe('2026-02-15')
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
    expect(wholeYears('2004-02-29', '2026-02-27')).toBe(21)
    expect(wholeYears('2004-02-29', '2026-02-28')).toBe(22)
  })

  it('of work go back as they go on', () => {
    expect(addWorkingDays(week, '2026-03-06', 1)).toBe('2026-03-09')
    expect(addWorkingDays(week, '2026-03-09', -1)).toBe('2026-03-06')
    expect(addWorkingDays(week, '2026-03-07', 0)).toBe('2026-03-07')
  })
})

describe('duties', () => {
  const of = (name: string, year: number, on: string, done: string[] = [], choices = {}) =>
    due(policyOf(name), choices, { year, on, done: new Set(done) })
  const on = (name: string, date: string, id: string, year = 2026) => of(name, year, date).find((one) => one.id === id)

  it('of the year fall due once, in the cycle’s own year or the one after it, and stay until they are done', () => {
    const scoring = { from: '2026-12-11', by: '2026-12-20' }
    expect(on('xinyi', '2026-11-22', 'scoring')).toMatchObject({ ...scoring, state: 'ahead', daysLeft: 28 })
    expect(on('xinyi', '2026-12-20', 'scoring')).toMatchObject({ ...scoring, state: 'open', daysLeft: 0 })
    expect(on('xinyi', '2026-12-21', 'scoring')).toMatchObject({ ...scoring, state: 'overdue', daysLeft: -1 })
    expect(on('xinyi', '2027-01-20', 'filing')).toMatchObject({ from: '2027-01-01', by: '2027-01-20', state: 'open' })
    expect(on('xinyi', '2027-01-21', 'filing')).toMatchObject({ by: '2027-01-20', state: 'overdue' })
    // Of last year's cycle, asked in December: over for 315 days, until it is done.
    expect(on('xinyi', '2026-12-01', 'filing', 2025)).toMatchObject({ by: '2026-01-20', state: 'overdue', daysLeft: -315 })
    expect(of('xinyi', 2025, '2026-12-01', ['filing']).map(({ id }) => id)).toEqual(['scoring'])
    expect(on('baihe', '2026-11-22', 'decision')).toMatchObject({ from: '2026-12-01', by: '2026-12-20', state: 'ahead' })
    // Nothing on record says whether a list was handed in: no stage of the sheets is bound to it.
    expect(on('yingkou', '2026-11-22', 'postList')).toMatchObject({ by: '2026-01-31', state: 'past' })
  })

  it('that recur stand in the window that is open, or else in the next of the year', () => {
    expect(on('xinyi', '2026-02-10', 'monthlyNotice')).toMatchObject({ from: '2026-02-01', by: '2026-02-10', state: 'open' })
    expect(on('xinyi', '2026-02-11', 'monthlyNotice')).toMatchObject({ from: '2026-03-01', by: '2026-03-10', state: 'ahead' })
    expect(on('xinyi', '2026-12-11', 'monthlyNotice')).toBeUndefined()
    expect(on('xinyi', '2025-07-01', 'monthlyNotice')).toMatchObject({ from: '2026-01-01', by: '2026-01-10', state: 'ahead' })
    expect(on('xinyi', '2027-01-05', 'monthlyNotice')).toBeUndefined()
    expect(on('xinyi', '2026-02-10', 'publicity')).toMatchObject({ from: '2026-01-01', by: '2026-03-31', state: 'open' })
    expect(on('xinyi', '2026-02-10', 'logCheck')).toMatchObject({ from: '2026-02-01', by: '2026-02-28' })
    expect(on('baihe', '2026-11-16', 'roster')).toMatchObject({ by: '2026-12-15' })
    expect(on('district', '2026-11-22', 'weeklyNews')).toMatchObject({ from: '2026-11-16', by: '2026-11-22' })
    expect(on('yingkou', '2026-11-22', 'workRecord')).toMatchObject({ from: '2026-11-22', by: '2026-11-22', daysLeft: 0 })
  })

  it('of one paper that says 前 all leave out the day named, or none', () => {
    const days = (choices: Record<string, string>) =>
      of('baihe', 2026, '2026-12-01', [], choices).flatMap(({ id, by }) => (id === 'phone' ? [] : [[id, by.slice(5)]]))
    expect(Object.fromEntries(days({}))).toEqual({ roster: '12-15', funds: '12-20', basePay: '12-25', decision: '12-20' })
    expect(Object.fromEntries(days({ 'KH-54': 'excluded' }))).toEqual({
      roster: '12-14',
      funds: '12-19',
      basePay: '12-24',
      decision: '12-19',
    })
  })

  it('whatever the day are of the cycle’s year, each in one state, soonest first', () =>
    fc.assert(
      fc.property(day, fc.constantFrom(...policies), (date, policy) => {
        const year = Number(date.slice(0, 4))
        for (const cycle of [year - 1, year, year + 1]) {
          const all = due(policy, {}, { year: cycle, on: date, done: new Set() })
          for (const { id, from, by, state, daysLeft } of all) {
            const rule = policy.calendar.find((one) => one.id === id)!
            expect(by >= from).toBe(true)
            expect(Number(by.slice(0, 4)) - cycle).toBe(rule.nextYear === 'yes' ? 1 : 0)
            expect(daysLeft).toBe(numberOf(by) - numberOf(date))
            expect(state === 'ahead').toBe(date < from)
            expect(state === 'open').toBe(from <= date && date <= by)
            if (rule.every !== 'year') expect(by >= date).toBe(true)
          }
          expect(all.map(({ by }) => by)).toEqual(all.map(({ by }) => by).toSorted())
          const yearly = policy.calendar.filter(({ every }) => every === 'year').map(({ id }) => id)
          expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(yearly))
        }
      }),
    ))

  it('that end on one day come by their ids', () => {
    const quarter = of('shandong', 2026, '2026-11-22').filter(({ from }) => from === '2026-10-01')
    expect(quarter.map(({ id }) => id)).toEqual(['forum', 'publicityDue', 'questionnaire', 'selfCheck'])
    const asked = { year: 2026, on: '2026-11-22', done: new Set<string>() }
    expect(due({ ...xinyi, calendar: xinyi.calendar.toReversed() }, {}, asked)).toEqual(due(xinyi, {}, asked))
  })

  it('whose deadline is unknown are refused', () => {
    expect(() => deadline(policyOf('baihe'), 'soon', '2026-01-01', week)).toThrow(new RangeError('no deadline soon'))
  })
})

describe('pay', () => {
  const four = ['104.5', '96', '88', '71.5'].map((points, at) => ({
    id: `p${at}`,
    group: { county: '县' },
    score: exact(points),
  }))

  it('stands under every reading side by side', () => {
    const all = payReadings(policyOf('baihe'), {}, four)
    expect(all.map(({ option, chosen, pools }) => [option, chosen, yuan(pools[0]?.pool ?? exact(0))])).toEqual([
      ['literal500', true, '2000.00'],
      ['year400', false, '19200.00'],
      ['month400', false, '1600.00'],
      ['year500', false, '24000.00'],
    ])
    expect(payReadings(xinyi, {}, four)).toEqual([])
    expect(pay(xinyi, {}, four)).toEqual([])
  })

  it('says how far it goes beyond the wage standard (EX-37)', () => {
    const [literal, , month] = payReadings(policyOf('baihe'), {}, four).map(({ pools }) => pools[0])
    expect(literal && beyondWage(policyOf('baihe'), literal)).toEqual({ yuan: '400', percent: '25' })
    expect(month && beyondWage(policyOf('baihe'), month)).toEqual({ yuan: '0', percent: '0' })
    expect(literal && beyondWage(xinyi, literal)).toEqual({ yuan: '0', percent: '0' })
    const wageless = amended('baihe', [/\n +wage: .*/, ''], [/\n {2}BH-11:.*/, ''])
    expect(literal && beyondWage(wageless, literal)).toEqual({ yuan: '0', percent: '0' })
    expect(['580.5', '580', '0.05', '-1.005'].map((text) => yuan(exact(text)))).toEqual(['580.50', '580.00', '0.05', '-1.01'])
  })

  it('goes to nobody when nobody has a point', () => {
    const [pool] = pay(policyOf('baihe'), {}, [{ id: 'p', group: { county: '县' }, score: exact(-3) }])
    expect(pool?.left.equals(500)).toBe(true)
    expect(pool?.shares[0]).toMatchObject({ paid: exact(0), leftoverFen: false })
  })
})

it('lets one standard be kept instead of another, and knows what is not recorded', () => {
  const kept = (values: Record<string, ReturnType<typeof exact> | 'yes' | 'no'>) =>
    standards(policyOf('district'), {}, 'network', values).map(({ state }) => state)
  expect(kept({ online: exact(50), weekly: exact(1) })).toEqual(['met', 'met'])
  expect(kept({ online: exact(90), weekly: exact(0) })).toEqual(['met', 'met'])
  expect(kept({ online: 'no', weekly: 'yes' })).toEqual(['met', 'met'])
  expect(kept({ online: 'no', weekly: 'no' })).toEqual(['notMet', 'notMet'])
  expect(kept({ online: exact(50), weekly: exact(0) })).toEqual(['notMet', 'notMet'])
  expect(kept({ online: exact(50) })).toEqual(['unknown', 'unknown'])
  const manual = standards(policyOf('shandong'), {}, 'community', { trained: 'yes', noPetition: 'no' })
  expect(manual.find(({ id }) => id === 'trained')?.state).toBe('met')
  expect(manual.find(({ id }) => id === 'noPetition')?.state).toBe('notMet')
})

it('says whether there are staff enough', () => {
  expect(staffing(policyOf('shandong'), 9, { coordinators: 4, instructors: 2 })).toMatchObject([
    { needs: 5, has: 4, met: false },
    { needs: 2, has: 2, met: true },
  ])
  expect(staffing(policyOf('shandong'), 9)[0]).not.toHaveProperty('met')
})

it('says what changed between two results and by which rule', () => {
  const result = (facts: Record<string, string>, more = {}) => {
    const root = score(xinyi, {}, facts)
    const { grade, limits } = gradeAlone(xinyi, {}, { total: root.points, facts })
    return { score: root, grade, limits, ...more }
  }
  const before = result({ 'i04.inexact': '0' }, { seat: 'in', pay: exact(500) })
  const after = result({ 'i04.inexact': '1', 'v1': 'yes' }, { seat: 'barred', pay: exact(400) })
  expect(differences(before, after).map(({ kind, id, before: old, after: now, clause }) => [kind, id, old, now, clause])).toEqual(
    [
      ['points', 'total', '2', '1.5', 'XY-6.4a'],
      ['points', 'i04.inexact', '0', '-0.5', 'XY-I04'],
      ['limit', 'v1', null, 'yes', 'XY-V1'],
      ['grade', 'grade', null, 'fail', undefined],
      ['seat', 'seat', 'in', 'barred', undefined],
      ['pay', 'pay', '500', '400', undefined],
    ],
  )
  expect(differences(before, before)).toEqual([])
})

it('lets a panel move no grade without a reason, and none that the policy does not offer', () => {
  const panel = (grade: string, reason: string) =>
    gradeAlone(policyOf('baihe'), {}, { total: exact(85), facts: {}, panel: { grade, reason } })
  expect(panel('excellent', ' ').grade).toBe('pass')
  expect(panel('superb', 'r').reasons).toContainEqual(expect.objectContaining({ kind: 'panelRefused', because: 'notOffered' }))
  expect(panel('excellent', 'r').grade).toBe('excellent')
  const serious = { complaints: '4', serious: 'yes' }
  const lifted = { total: exact(85), facts: serious, panel: { grade: 'competent', reason: 'r' } }
  expect(gradeAlone(policyOf('shandong'), {}, lifted)).toMatchObject({ grade: 'unfit', atMost: 'unfit' })
  expect(gradeAlone(policyOf('shandong'), {}, lifted).reasons).toContainEqual(
    expect.objectContaining({ kind: 'panelRefused', because: 'aboveLimit' }),
  )
  expect(panel('fail', 'r').reasons).toContainEqual(expect.objectContaining({ kind: 'panelRefused', because: 'tooFar' }))
})
