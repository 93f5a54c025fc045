import fc from 'fast-check'
import { expect, it } from 'vitest'
import { explain, explainGrade, type ExplainedStep } from '../../server/src/rules/explain.ts'
import { exact } from '../../server/src/rules/exact.ts'
import { gradeCohort } from '../../server/src/rules/cohort.ts'
import { gradeAlone } from '../../server/src/rules/grade.ts'
import { lint } from '../../server/src/rules/lint.ts'
import { score } from '../../server/src/rules/score/index.ts'
import { policyOf, xinyi } from '../policies/policies.ts'
import { facts, people } from './arbitraries.ts'

const readings = fc.constantFrom<Record<string, string>>(
  {},
  { 'IR-02': 'zero' },
  { 'IR-03': 'linear' },
  { 'IR-04': 'bands-90-70-60' },
  { 'IR-10': 'carryOver' },
  { 'IR-09': 'leaveEmpty' },
)

function speaks(lang: 'zh' | 'en', text: string): void {
  expect(text).not.toMatch(/undefined|\[object/)
  if (lang === 'zh') expect(text).not.toMatch(/[A-Za-z]{2}/)
  else expect(text).not.toMatch(/[\p{Script=Han}，。；：（）、]/u)
}

const lines = (step: ExplainedStep): ExplainedStep[] => [step, ...step.parts.flatMap(lines)]

it('explains every score in both languages, each without a word of the other', () => {
  fc.assert(
    fc.property(facts, readings, (sheet, choices) => {
      const root = score(xinyi, choices, sheet)
      for (const lang of ['zh', 'en'] as const) {
        for (const { name, says, clause } of lines(explain(xinyi, root, lang))) {
          for (const text of [name, says, clause.at, clause.text]) speaks(lang, text)
          expect(says.length).toBeGreaterThan(1)
        }
      }
    }),
  )
})

it('explains every grade in both languages', () => {
  fc.assert(
    fc.property(people, readings, fc.boolean(), (all, choices, rules) => {
      const ruling = rules ? all.map(({ id }) => id) : []
      for (const { reasons } of gradeCohort(xinyi, choices, all, { rulings: [{ order: ruling }] }).outcomes) {
        for (const lang of ['zh', 'en'] as const) {
          for (const { says, clause } of explainGrade(xinyi, reasons, lang)) {
            speaks(lang, says)
            speaks(lang, clause.text)
          }
        }
      }
    }),
  )
})

it('says in plain words why points were lost', () => {
  const root = explain(xinyi, score(xinyi, {}, { 'i04.inexact': '3', 'i07.accuracy': '93.4' }), 'zh')
  const says = (id: string) => lines(root).find((line) => line.id === id)?.says
  expect(says('i04.inexact')).toBe('发生 3 次，每次扣 0.5 分。')
  expect(says('i07.accuracy')).toBe('达到 93.4%，距 100% 计差 6 个百分点（只计满一个百分点的部分），每点扣 1 分。')
  expect(lines(root).find((line) => line.id === 'i04')?.points).toBe('0.5')
})

it('never grades without saying on which clause', () => {
  const alone = {
    id: 'p',
    group: { town: '河东' },
    fullTime: true,
    counted: true,
    missing: 0,
    total: exact(95),
    facts: { absentDays: '5' },
  }
  const [outcome] = gradeCohort(xinyi, {}, [alone]).outcomes
  const says = explainGrade(xinyi, outcome?.reasons ?? [], 'en').map((reason) => reason.says)
  expect(says).toContain('Five days of absence or more (5 reaches 5): the grade is at most Fail.')
})

it('explains a line by its reasons, its maximum and how it came about, as far as it has them', () => {
  const root = score(xinyi, {}, { 'i04': '7', 'i04.inexact': '1' })
  const [zh, en] = (['zh', 'en'] as const).map((lang) => lines(explain(xinyi, root, lang)))
  expect(zh?.find(({ id }) => id === 'i04')).toEqual({
    id: 'i04',
    name: '工作日志及政策咨询',
    clause: { id: 'XY-I04', at: xinyi.clauses['XY-I04']?.at.zh, text: xinyi.clauses['XY-I04']?.says.zh },
    points: '2',
    max: '2',
    state: 'awarded',
    says: '考核小组直接给 7 分；超过满分（7 分），按满分计；已直接给分，“日志记载不详实”不再计算。',
    missing: [],
    parts: [],
  })
  expect(en?.find(({ id }) => id === 'i04')?.says).toBe(
    '7 points given by hand; Above the maximum (7), kept at the maximum; Points were given by hand, so “Log entry not exact” no longer count.',
  )
  expect(zh?.find(({ id }) => id === 'i05')).toMatchObject({ max: '4', state: 'missing', missing: ['i05'] })
  const [line] = lines(explain(xinyi, score(xinyi, {}, { 'i04.inexact': '1' }), 'en')).filter(({ id }) => id === 'i04.inexact')
  expect(Object.keys(line ?? {})).toEqual(['id', 'name', 'clause', 'points', 'says', 'missing', 'parts'])
})

it('ends the sentences of a grade as each language does', () => {
  const { reasons } = gradeAlone(xinyi, {}, { total: exact(95), facts: { absentDays: '5' } })
  expect(explainGrade(xinyi, reasons, 'zh').map(({ says }) => says)).toEqual([
    '办法没有分数段，等次由考核小组说明理由后评定。',
    '全年旷工满五天（5，达到 5），等次最高为不合格。',
  ])
})

it('says what the source leaves out or prints oddly', () => {
  const findings = lint(xinyi)
  expect(findings).toContainEqual(expect.objectContaining({ code: 'heading', clause: 'XY-S2', interpretation: 'IR-01' }))
  expect(findings.filter(({ code }) => code === 'heading').map(({ says }) => says)).toEqual([
    { zh: '第二部分标题印 28 分，各项合计 39 分', en: 'Part 2 prints 28 points; its items add up to 39' },
  ])
  const oddities = findings.filter(({ code }) => code === 'oddity').map(({ interpretation }) => interpretation)
  expect(oddities).toEqual(['IR-38', 'IR-37', undefined, 'KH-06'])
  expect(lint(policyOf('baihe')).find(({ clause }) => clause === 'BH-00')).not.toHaveProperty('interpretation')
  expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['undated', 'bandsForeign', 'absent', 'oddity']))
  for (const { clause, says } of findings) {
    expect(xinyi.clauses).toHaveProperty([clause])
    speaks('en', says.en)
  }
})
