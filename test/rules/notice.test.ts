import { describe, expect, it } from 'vitest'
import { policies } from '../../server/src/base/policies.ts'
import { appealsUntil, columnsOf, decideBy, lastDay, maskedName, refusedColumns } from '../../server/src/rules/notice.ts'
import { week } from '../policies/policies.ts'
import { mayChange, reopenedAt } from '../../server/src/rules/reopened.ts'

const policy = (id: string) => policies().get(id)!.policy

describe('the days of a notice', () => {
  it.each([
    ['2026-12-04', 5, '2026-12-11'], // a Friday to the next
    ['2026-12-05', 5, '2026-12-11'], // a Saturday
    ['2026-12-06', 3, '2026-12-09'], // a Sunday
    ['2026-12-07', 10, '2026-12-21'],
  ])('from %s, %i working days, to %s', (start, days, end) => expect(lastDay(week, start, days)).toBe(end))

  it('leave out days off and count weekend days that are worked', () => {
    const spring = {
      holidays: ['2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11', '2027-02-12'],
      workdays: ['2027-02-14'],
      known: [2027],
    }
    expect(lastDay(spring, '2027-02-05', 3)).toBe('2027-02-16')
  })

  it('are followed by ten days to appeal, of any kind; an appeal is decided within ten working days', () => {
    expect(appealsUntil('2026-12-25')).toBe('2027-01-04')
    expect(decideBy(week, '2026-12-25')).toBe('2027-01-08')
  })
})

describe('the columns of a notice', () => {
  it('are the closed list and the sections of the policy, also where nobody wrote a reading', () => {
    expect(columnsOf(policy('baihe-1')).slice(0, 7)).toEqual(['name', 'maskedName', 'village', 'town', 'grade', 'total', 'rank'])
    const asked = ['name', 'rank', 'bornOn', 'constructor', '__proto__', 'points.']
    expect(refusedColumns(policy('baihe-1'), {}, 'public', asked)).toEqual(['bornOn', 'constructor', '__proto__', 'points.'])
    expect(refusedColumns(policy('xinyi-1'), {}, 'internal', asked)).toEqual([
      'rank',
      'bornOn',
      'constructor',
      '__proto__',
      'points.',
    ])
  })

  it('mask a name to its first character, of whatever length', () => {
    expect(maskedName('欧阳晨')).toBe('欧＊＊')
    expect(maskedName('𠮷野')).toBe('𠮷＊＊')
    expect(maskedName('')).toBe('＊＊')
  })
})

describe('what an appeal reopens', () => {
  it.each([
    ['xinyi-1', 'notice', ['i04'], 'scoring'],
    ['xinyi-1', 'notice', ['grade'], 'panel'],
    ['xinyi-1', 'notice', ['grade', 'i04'], 'scoring'],
    ['xinyi-1', 'panel', ['grade'], undefined],
    ['xinyi-1', 'scoring', ['i04'], undefined],
    ['baihe-1', 'notice', ['x'], 'review'],
    ['baihe-1', 'notice', ['grade'], 'decide'],
    ['yingkou-1', 'notice', ['x'], 'business'],
  ])('%s at %s, %j: back to %s', (id, stage, items, to) => expect(reopenedAt(policy(id), stage, items)?.id).toBe(to))

  it('is what it names, an item with its criteria, and nothing of a like name', () => {
    expect(mayChange(null, 'i05')).toBe(true)
    expect(mayChange([], 'i05')).toBe(false)
    expect(mayChange(['i04'], 'i04')).toBe(true)
    expect(mayChange(['i04'], 'i04.inexact')).toBe(true)
    expect(mayChange(['i04'], 'i041')).toBe(false)
    expect(mayChange(['i04.inexact'], 'i04')).toBe(false)
  })
})
