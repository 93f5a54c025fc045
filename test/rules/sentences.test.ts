import { expect, it } from 'vitest'
import type { GradeReason } from '../../server/src/rules/grade.ts'
import type { Reason } from '../../server/src/rules/score/step.ts'
import { gradeSentence } from '../../server/src/rules/grade-words.ts'
import { reasonSentence } from '../../server/src/rules/reason-words.ts'
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

it.each<[string, Reason, string, string]>([
  ['a base', { kind: 'base', points: '2' }, '基础分 2 分', 'Starts from 2 points'],
  ['an award', { kind: 'awarded', points: '2' }, '考核小组直接给 2 分', '2 points given by hand'],
  [
    'a flag',
    { kind: 'fixed', fields: ['i11.taskMissed', 'i11.noRecord'], points: '7' },
    '“未完成下达的招工任务”、“指导或推荐服务无记录”，扣 7 分',
    '“Recruitment task missed”, “Guidance or placement without record”: 7 points off',
  ],
  [
    'a condition',
    { kind: 'proven', fields: ['i04.unkept'], accountability: false },
    '“未记日志或记载不全”，本项不得分',
    '“Log not kept, or incomplete”: the item earns nothing',
  ],
  [
    'a condition with accountability',
    { kind: 'proven', fields: ['i04.unkept'], accountability: true },
    '“未记日志或记载不全”，本项不得分，并追究责任',
    '“Log not kept, or incomplete”: the item earns nothing and responsibility is pursued',
  ],
  [
    'rates',
    {
      kind: 'reached',
      rates: [
        { field: 'i06.entryRate', value: '100', target: '100' },
        { field: 'i06.dynamicRate', value: '100', target: '100' },
      ],
    },
    '“有效入库率”100%（应达 100%）、“动态管理运行率”100%（应达 100%），已达标',
    '“Valid entry rate” 100% (target 100%), “Dynamic operation rate” 100% (target 100%): reached',
  ],
  [
    'a shortfall in proportion',
    { kind: 'shortfall', value: '97.5', target: '100', short: '2.5', each: '1', counting: 'linear' },
    '达到 97.5%，距 100% 计差 2.5 个百分点（按比例计），每点扣 1 分',
    '97.5% against 100%: 2.5 points short (in proportion), 1 points off for each',
  ],
  [
    'a veto',
    { kind: 'veto', fields: ['v1'] },
    '“查实有违纪行为”，一票否决，得分记 0 分',
    '“Proven breach of discipline”: a veto, the score becomes 0',
  ],
])('%s is told in words', (_, reason, zh, en) => {
  expect(both(reason)).toEqual([zh, en])
})

it.each<[string, Reason, string, string]>([
  ['a level alone', { kind: 'level', level: 'city', each: '2', times: '1', factor: '1', among: '1' }, '“市”2', '“City” 2'],
  [
    'a level with all its factors',
    { kind: 'level', level: 'city', each: '2', times: '3', factor: '0.5', among: '4' },
    '“市”2 × 3 × 0.5（其他媒体） ÷ 4 人',
    '“City” 2 × 3 × 0.5 (other outlet) ÷ 4 authors',
  ],
  ['a place', { kind: 'place', place: '2', from: 'top', points: '3' }, '第 2 名，3 分', 'Place 2: 3 points'],
  [
    'a place from the last',
    { kind: 'place', place: '2', from: 'bottom', points: '3' },
    '倒数第 2 名，3 分',
    'Place 2 from the last: 3 points',
  ],
  [
    'a rate within a bound',
    { kind: 'interval', rate: '205/3', points: '4', when: { below: '70' }, months: 2 },
    '2 个月的准确率 68.3333%，不满 70%，4 分',
    'The rate of 2 months, 68.3333%, is below 70%: 4 points',
  ],
  [
    'a rate within none',
    { kind: 'interval', rate: '85', points: '0', months: 1 },
    '1 个月的准确率 85%，0 分',
    'The rate of 1 months, 85%: 0 points',
  ],
  ['claims', { kind: 'claims', counted: '4/3' }, '合计 1.33 分', '1.33 points in all'],
  [
    'the same matter',
    { kind: 'sameMatter', kept: { claim: 'a', rule: 'commended', level: 'central', matter: '稿一', points: '4' } },
    '同一事项只计一次，已计“工作受表彰”（“中央”，事项“稿一”，4 分）',
    'The same matter counts once; what counts is “Commended” (“Central”, matter “稿一”, 4 points)',
  ],
  [
    'a lower placement',
    { kind: 'lowerPlacement', kept: { claim: 'a', rule: 'news', level: 'province', matter: 'm', points: '4/3' } },
    '一稿多投只计最高的一处，已计“新闻稿件”（“省”，事项“m”，1.33 分）',
    'A piece counts at its best placement only, which is “News pieces” (“Province”, matter “m”, 1.33 points)',
  ],
  [
    'the highest only',
    { kind: 'highestOnly', kept: { claim: 'a', rule: 'lastThree', place: '1', from: 'bottom', points: '3' } },
    '本条只计最高的一笔，已计“被通报后三位”（倒数第 1 名，3 分）',
    'Only the highest of this rule counts, which is “Among the last three” (place 1 from the last, 3 points)',
  ],
  [
    'the best together',
    {
      kind: 'bestTogether',
      kept: { claim: 'a', rule: 'commended', level: 'city', matter: 'm', points: '2' },
      beside: { claim: 'b', rule: 'dataQuality', place: '2', from: 'top', points: '2' },
    },
    '同一事项只计一次、本条只计一笔，这一事项已计“工作受表彰”（“市”，事项“m”，2 分），本条已计“数据质量前三名”（第 2 名，2 分），这样合计最高',
    'A matter counts once and this rule takes one: the matter counts as “Commended” (“City”, matter “m”, 2 points) and the rule takes “Top three in data quality” (place 2, 2 points), which comes to the most',
  ],
  [
    'a mean',
    { kind: 'mean', mean: '250/3', ballots: 3, of: '100' },
    '3 票平均 83.33 分，每票最多 100 分',
    'The mean of 3 ballots is 83.33 of 100',
  ],
  [
    'what was left out',
    { kind: 'trimmed', dropped: ['10', '100'] },
    '去掉最高和最低（10、100）',
    'The highest and the lowest are left out (10, 100)',
  ],
])('%s of a claim or a ballot is told in words', (_, reason, zh, en) => {
  expect(both(reason, policyOf('baihe'))).toEqual([zh, en])
})

const check = (title: string, state: 'met' | 'notMet' | 'unknown') => ({
  id: title,
  title: { zh: `${title}甲`, en: title },
  state,
  clause: 'c',
  missing: [],
})
const checks = [
  check('x', 'met'),
  check('y', 'notMet'),
  check('z', 'unknown'),
  check('w', 'met'),
  check('u', 'notMet'),
  check('v', 'unknown'),
]
const list = (how: 'all' | 'any', state: 'met' | 'notMet' | 'unknown'): GradeReason => ({
  kind: 'checklist',
  grade: 'excellent',
  how,
  state,
  checks,
  clause: 'c',
})

it.each<[string, GradeReason, string, string]>([
  ['all met', list('all', 'met'), '符合优秀的全部条件', 'Meets every condition of Excellent'],
  ['any met', list('any', 'met'), '有优秀的情形：x甲、w甲', 'A condition of Excellent holds: x, w'],
  ['not recorded', list('any', 'unknown'), '优秀的条件尚有未填：z甲、v甲', 'Conditions of Excellent are not recorded yet: z, v'],
  ['not recorded', list('all', 'unknown'), '优秀的条件尚有未填：z甲、v甲', 'Conditions of Excellent are not recorded yet: z, v'],
  ['none met', list('any', 'notMet'), '没有优秀的情形', 'No condition of Excellent holds'],
  ['not all met', list('all', 'notMet'), '不符合优秀的条件：y甲、u甲', 'Does not meet for Excellent: y, u'],
  [
    'a band of its own',
    { kind: 'band', grade: 'pass', total: '75', reaches: '70', foreign: false, clause: 'c' },
    '得分 75，在 70 分起的一段，为合格',
    'A score of 75 lies in the band from 70: Pass',
  ],
  [
    'a borrowed band',
    { kind: 'band', grade: 'pass', total: '75', reaches: '70', foreign: true, clause: 'c' },
    '得分 75，在 70 分起的一段，为合格（借自白河县，不是新沂的规定）',
    'A score of 75 lies in the band from 70: Pass (borrowed from Baihe county, not a rule of Xinyi)',
  ],
  [
    'a panel that keeps',
    { kind: 'panelMoved', from: 'pass', to: 'pass', reason: 'r', clause: 'c' },
    '考核小组维持合格',
    'The panel keeps Pass',
  ],
  [
    'a panel that moves',
    { kind: 'panelMoved', from: null, to: 'pass', reason: 'r', clause: 'c' },
    '考核小组定为合格，理由：r',
    'The panel decided on Pass: r',
  ],
  [
    'a panel that is refused',
    { kind: 'panelRefused', to: 'pass', because: 'aboveLimit', clause: 'c' },
    '考核小组所定等次不能采用：高于限制允许的等次',
    'The grade decided by the panel cannot stand: it is above what the limits allow',
  ],
  [
    'a limit without a bound',
    { kind: 'limit', limit: 'v1', title: { zh: '否决', en: 'A veto' }, value: 'yes', atMost: 'fail', clause: 'c' },
    '否决，等次最高为不合格',
    'A veto: the grade is at most Fail',
  ],
  [
    'a limit with one',
    {
      kind: 'limit',
      limit: 'a',
      title: { zh: '旷工', en: 'Absence' },
      value: '6',
      bound: { exceeds: '5' },
      atMost: 'fail',
      clause: 'c',
    },
    '旷工（6，超过 5），等次最高为不合格',
    'Absence (6 exceeds 5): the grade is at most Fail',
  ],
  [
    'a seat',
    { kind: 'seated', rank: 1, cap: 2, clause: 'c' },
    '可占名额者中列第 1 名，在 2 个名额之内',
    'Ranked 1 among those who can have a seat, within the 2 seats',
  ],
  ['no seat, open', { kind: 'noSeatLeft', cap: 2, next: null, clause: 'c' }, '2 个名额轮不到', 'Not within the 2 seats'],
  [
    'no seat, lowered',
    { kind: 'noSeatLeft', cap: 2, next: 'pass', clause: 'c' },
    '2 个名额轮不到，定为合格',
    'Not within the 2 seats; the grade is Pass',
  ],
])('the reason of a grade is told in words: %s', (_, reason, zh, en) => {
  expect(grade(reason)).toEqual([zh, en])
})

it.each<[Reason, string, string]>([
  [{ kind: 'sum' }, '各部分之和', 'The sum of its parts'],
  [{ kind: 'none' }, '没有发生', 'Nothing of the kind'],
  [
    { kind: 'missing', fields: ['i05'] },
    '“镇（街道）对协理员的管理”尚未填写，暂不得分',
    '“Management of coordinators by the town” not recorded yet, so nothing is earned',
  ],
  [{ kind: 'occurrences', times: '3', each: '0.5' }, '发生 3 次，每次扣 0.5 分', 'Happened 3 times, 0.5 points off each time'],
  [
    { kind: 'notReached', rates: [{ field: 'i06.entryRate', value: '99', target: '100' }] },
    '“有效入库率”99%（应达 100%），未达标，本项不得分',
    '“Valid entry rate” 99% (target 100%): not reached, the item earns nothing',
  ],
  [{ kind: 'proportion', rate: '120', counted: '100', of: '3' }, '3 分 × 完成率 100%', '3 points × a rate of 100%'],
  [{ kind: 'part', value: '1.5', of: '4' }, '得 1.5 分，最多 4 分', '1.5 points of 4'],
  [{ kind: 'zeroed' }, '有不得分的情形，本项计 0 分', 'A condition brings the item to 0'],
  [{ kind: 'floored', from: '-2' }, '扣完为止（算得 -2 分），计 0 分', 'Deductions stop at 0 (they came to -2)'],
  [{ kind: 'moved' }, '加上加分，减去减分', 'Plus the bonuses, less the deductions'],
  [
    { kind: 'sampleSmall', month: '3', checked: '9', needed: '10' },
    '3 月只抽查 9 条，应不少于 10 条，仍计入',
    'In month 3 only 9 of at least 10 were checked; counted all the same',
  ],
  [
    { kind: 'sampleSetAside', month: '3', checked: '9', needed: '10' },
    '3 月只抽查 9 条，应不少于 10 条，不计入',
    'In month 3 only 9 of at least 10 were checked; set aside',
  ],
  [{ kind: 'noEvidence' }, '没有佐证资料，不计分', 'No evidence, so it does not count'],
  [
    { kind: 'ballotsTrimmed', dropped: ['60', '100'] },
    '去掉合计最高和最低的两张票（本项 60、100）',
    'The two ballots that come to the most and to the least are left out (60, 100 here)',
  ],
  [{ kind: 'weighted', share: '40' }, '占 40 分', 'Worth 40 points'],
  [{ kind: 'unweighted' }, '办法没有权重，只列平均分', 'There is no weight; the means are only listed'],
  [{ kind: 'noScore' }, '办法不计分', 'The policy has no score'],
])('%o is told in words', (reason, zh, en) => {
  expect(both(reason)).toEqual([zh, en])
})

it('groups without a ballot are named', () => {
  expect(both({ kind: 'reweighed', groups: ['peers', 'leaders'] }, policyOf('shandong'))).toEqual([
    '“同事互评”、“领导”没有有效评议，其余按比例折算',
    'No valid ballot from “Peers”, “Leaders”; the others weigh so much more',
  ])
})

it('every column and line that a reason may name has a name', () => {
  const named = (policy: typeof xinyi, fields: string[]) => both({ kind: 'overruled', fields }, policy)[1]
  expect(
    named(xinyi, ['v1', 'absentDays', 'i04', 'i04.inexact', 'i06.rates', 'i06.entryRate', 'i14.noTraining', 'i11.noRecord']),
  ).toBe(
    'Points were given by hand, so “Proven breach of discipline”, “Days absent without leave in the year”, “Work log and policy advice”, “Log entry not exact”, “Entry rate and dynamic operation rate both reach 100 %”, “Valid entry rate”, “No training held”, “Guidance or placement without record” no longer count',
  )
  expect(named(policyOf('baihe'), ['arrears', 'town', 'news', 'phoneCheck'])).not.toContain('unknown')
  expect(named(policyOf('baihe'), ['phoneCheck', 'undefined'])).toBe(
    'Points were given by hand, so “Low telephone accuracy”, “unknown column” no longer count',
  )
  expect(named(policyOf('shandong'), ['conduct', 'peers'])).toBe(
    'Points were given by hand, so “Conduct”, “Peers” no longer count',
  )
  expect(named(policyOf('district'), ['satisfaction'])).toBe('Points were given by hand, so “Satisfaction” no longer count')
})

it.each<[GradeReason, string, string]>([
  [
    { kind: 'noBands', clause: 'c' },
    '办法没有分数段，等次由考核小组说明理由后评定',
    'There are no score bands; the panel decides the grade and gives reasons',
  ],
  [
    { kind: 'noChecklist', clause: 'c' },
    '各等次的条件都不符合，由考核人说明理由后评定',
    'The conditions of no grade are met; the assessors decide and give reasons',
  ],
  [{ kind: 'ruled', clause: 'c' }, '同分，由考核小组裁定', 'Tied; the panel ruled'],
  [
    { kind: 'contested', between: 3, seats: 1, clause: 'c' },
    '3 人同分争 1 个名额，待考核小组裁定',
    '3 people tie for 1 seats; the panel must rule',
  ],
  [
    { kind: 'noSeatFor', clause: 'c' },
    '名额按专职人员计，兼职人员不占名额',
    'The seats are counted on full-time people, and part-time people take none',
  ],
  [{ kind: 'belowBand', clause: 'c' }, '分数段不到，不参加名额排序', 'Below the band, so not a candidate for a seat'],
  [{ kind: 'barred', clause: 'c' }, '等次受限，不占名额', 'The grade is limited, so no seat is taken'],
  [
    { kind: 'incomplete', missing: 2, clause: 'c' },
    '还有 2 栏未填，未评完不定等次、不排名次',
    '2 columns are not recorded: no grade and no rank before the score is whole',
  ],
  [{ kind: 'notTakingPart', clause: 'c' }, '基准日不在本岗位参加考核', 'Not taking part at this post on the base date'],
])('%o of a grade is told in words', (reason, zh, en) => {
  expect(grade(reason)).toEqual([zh, en])
})
