import { expect, it } from 'vitest'
import type { GradeReason } from '../../server/src/rules/grade.ts'
import type { Reason } from '../../server/src/rules/score/step.ts'
import { gradeSentence, reasonSentence } from '../../server/src/rules/words.ts'
import { policyOf, xinyi } from '../policies/policies.ts'

const both = (reason: Reason, policy = xinyi) => [reasonSentence(policy, reason, 'zh'), reasonSentence(policy, reason, 'en')]
const grade = (reason: GradeReason, policy = xinyi) => [gradeSentence(policy, reason, 'zh'), gradeSentence(policy, reason, 'en')]

it('a reason that points at a column names it, and one that is unknown is called so', () => {
  expect(both({ kind: 'overruled', fields: ['i04.inexact', 'i99'] })).toEqual([
    '已直接给分，“日志记载不详实”、“未知栏目”不再计算',
    'Points were given by hand, so “Log entry not exact”, “unknown column” no longer count',
  ])
})

it('an award above the maximum says what it came to', () => {
  expect(both({ kind: 'capped', from: '7' })).toEqual([
    '超过满分（7 分），按满分计',
    'Above the maximum (7), kept at the maximum',
  ])
})

it('a claim of a level the rule does not know says so', () => {
  expect(both({ kind: 'noLevel', level: 'town' }, policyOf('baihe'))).toEqual([
    '“镇”不在本条所列层级之内，不计分',
    '“Town” is no level of this rule and moves nothing',
  ])
})

it('ballots that are set aside are counted', () => {
  expect(both({ kind: 'ballotsSetAside', count: 2 })).toEqual(['2 张票填写不全，未计入', '2 incomplete ballots were set aside'])
})

it('a seat without an order and one left empty by a tie say so', () => {
  expect(grade({ kind: 'seated', rank: 0, cap: 2, clause: 'c' })).toEqual(['在 2 个名额之内', 'Within the 2 seats'])
  expect(grade({ kind: 'tieLeftEmpty', between: 3, clause: 'c' })).toEqual([
    '3 人同分，名额空缺',
    '3 people tie, so the seat stays empty',
  ])
})
