import { describe, expect, it } from 'vitest'
import { differencesBetween, type Result } from '../../server/src/rules/compare.ts'
import { exact } from '../../server/src/rules/exact.ts'
import type { LimitHit } from '../../server/src/rules/grade.ts'
import type { Step } from '../../server/src/rules/score/step.ts'

const name = { zh: '名', en: 'name' }
const line = (id: string, points: number, parts: Step[] = [], clause = 'c'): Step => ({
  id,
  name,
  clause,
  points: exact(points),
  why: [],
  missing: [],
  parts,
})
const limit = (more: Partial<LimitHit> = {}): LimitHit => ({
  id: 'absence',
  title: name,
  fact: 'absentDays',
  value: '5',
  atMost: 'fail',
  clause: 'c',
  ...more,
})
const result = (more: Partial<Result> = {}): Result => ({ score: line('total', 1), grade: null, limits: [], ...more })
const seen = (before: Result, after: Result) =>
  differencesBetween(before, after).map(({ kind, id, before: old, after: now, clause }) => [kind, id, old, now, clause])

describe('two results of one person differ', () => {
  it('by a limit that is met otherwise, no longer, or newly; not by one that is met the same', () => {
    const [old, now] = [result({ limits: [limit()] }), result({ limits: [limit({ value: '6', clause: 'later' })] })]
    expect(seen(old, old)).toEqual([])
    expect(seen(old, now)).toEqual([['limit', 'absence', '5', '6', 'later']])
    expect(seen(old, result())).toEqual([['limit', 'absence', '5', null, 'c']])
    expect(seen(result(), now)).toEqual([['limit', 'absence', null, '6', 'later']])
    const veto = limit({ id: 'v1', value: 'yes' })
    expect(seen(result({ limits: [veto, limit()] }), result({ limits: [limit(), veto] }))).toEqual([])
    expect(seen(old, result({ limits: [limit({ atMost: 'pass' })] }))).toEqual([['limit', 'absence', 'fail', 'pass', 'c']])
  })

  it('by a line that only one of them has, under the clause it has there', () => {
    const [one, two] = [line('total', 1, [line('a', 1)]), line('total', 1, [line('b', 1, [], 'later')])]
    expect(seen(result({ score: one }), result({ score: two }))).toEqual([
      ['points', 'a', '1', null, 'c'],
      ['points', 'b', null, '1', 'later'],
    ])
  })

  it('by the deepest lines, and by the sum itself above them', () => {
    const tree = (points: number, clause: string) =>
      line('total', points + 1, [line('s', points, [line('i', points, [], clause), line('j', 0)], clause), line('t', 1)], clause)
    expect(seen(result({ score: tree(2, 'c') }), result({ score: tree(3, 'later') }))).toEqual([
      ['points', 'total', '3', '4', 'later'],
      ['points', 'i', '2', '3', 'later'],
    ])
  })

  it('by a line that moved by itself', () => {
    const parts = [line('i', 2)]
    const [old, now] = [line('total', 2, [line('s', 2, parts)]), line('total', 0, [line('s', 0, parts)])]
    expect(seen(result({ score: old }), result({ score: now })).map(([, id]) => id)).toEqual(['total', 's'])
  })

  it('not by the sums of two policies, which are other lines', () => {
    expect(seen(result(), result({ score: line('whole', 2) }))).toEqual([])
  })

  it('by grade, seat and pay, each with its name', () => {
    const [old, now] = [result({ grade: 'pass' }), result({ seat: 'in', pay: exact('500.5') })]
    expect(differencesBetween(old, now)).toEqual([
      { kind: 'grade', id: 'grade', name: { zh: '等次', en: 'Grade' }, before: 'pass', after: null },
      { kind: 'seat', id: 'seat', name: { zh: '名额', en: 'Seat' }, before: null, after: 'in' },
      { kind: 'pay', id: 'pay', name: { zh: '绩效工资', en: 'Performance pay' }, before: null, after: '500.5' },
    ])
    expect(seen(now, old).map(([, id]) => id)).toEqual(['grade', 'seat', 'pay'])
  })
})
