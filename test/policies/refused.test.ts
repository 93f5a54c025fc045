import { describe, expect, it } from 'vitest'
import { ChoiceError, chosen, objectionsToChoices } from '../../server/src/rules/policy/readings.ts'
import { PolicyError } from '../../server/src/rules/policy/objection.ts'
import { readPolicy } from '../../server/src/rules/policy/read.ts'
import { textOf, xinyi } from './policies.ts'

const text = textOf('xinyi-1.yaml')

/** The file with one slip in it. The slip must change something, or the test would prove nothing. */
function slipped(from: string | RegExp, to: string): string {
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`nothing to replace: ${from}`)
  return changed
}

function objections(yaml: string): string {
  try {
    readPolicy(yaml)
  } catch (error) {
    if (error instanceof PolicyError) return error.objections.map(({ path, says }) => `${path}: ${says}`).join('\n')
    throw error
  }
  return 'read'
}

/** The same for another policy's file. */
function otherwise(file: string, from: string | RegExp, to: string): string {
  const whole = textOf(file)
  const changed = whole.replace(from, to)
  if (changed === whole) throw new Error(`nothing to replace: ${from}`)
  return changed
}

const inexact = 'title: { zh: "日志记载不详实", en: "Log entry not exact" }, clause: XY-I04, points: 0.5'

describe('a policy file is refused', () => {
  it.each<[string, string | RegExp, string, RegExp]>([
    ['with an unknown key', 'territory:', 'weather: fine\nterritory:', /weather/],
    ['with an unknown key inside a criterion', inexact, `${inexact}, colour: red`, /colour/],
    ['with an unknown kind of criterion', 'kind: shortfall', 'kind: guess', /criteria/],
    ['with a number that has no clause', inexact, inexact.replace('clause: XY-I04, ', ''), /clause/],
    ['with a clause that does not exist', inexact, inexact.replace('XY-I04', 'XY-I99'), /XY-I99/],
    [
      'with a clause that nobody cites',
      'clauses:\n',
      'clauses:\n  XY-9: { at: { zh: 九, en: Nine }, says: { zh: 空, en: empty } }\n',
      /XY-9.*cites/,
    ],
    ['when items do not add up to their section', 'max: 11', 'max: 12', /add up/],
    ['when sections do not add up to the scale', 'scale: { max: 100', 'scale: { max: 99', /add up/],
    ['when base and earnable points do not make the maximum', 'points: 4, step', 'points: 3, step', /i16.*maximum/],
    ['when that holds under one reading only', 'earned: 2, whole: 3', 'earned: 2, whole: 2', /i18.*maximum/],
    ['when a heading differs and nothing says so', /\n +discrepancy: IR-01/, '', /s2.*heading/],
    ['when nothing differs and something says so', /heading: 25$/m, 'heading: 25\n    discrepancy: IR-01', /no discrepancy/],
    ['when items have no award', /\naward:.*/, '', /items need scale, award/],
    ['with bands in another order than the grades', 'grade: pass, reaches: 70', 'grade: basicPass, reaches: 70', /best first/],
    ['with a grade without a band', /\n.*grade: basicPass, reaches: 60.*/, '', /one band for each grade/],
    ['with an id used twice', 'id: i05', 'id: i04', /repeated id: i04/],
    ['with a field used twice in an item', 'id: wrongAnswers', 'id: inexact', /repeated id: inexact/],
    ['when an interpretation has no default', /\n +default: whole/, '', /IR-03.default/],
    ['when the default is not the first option', 'default: whole', 'default: ceil', /IR-03.default/],
    [
      'when a reading names an interpretation by no number',
      'when: { IR-47: earned }',
      'when: { IR47: earned }',
      /i18.cards.when.IR47: .*no interpretation IR47/,
    ],
    ['when a reading names a bound', 'when: { IR-47: earned }', 'when: { reaches: 1 }', /no interpretation reaches/],
    ['when bands hang on an interpretation by no number', 'onlyIf: { IR-04:', 'onlyIf: { bands:', /no interpretation bands/],
    ['when a rule names an interpretation that is missing', 'counting: { by: IR-03 }', 'counting: { by: IR-98 }', /IR-98/],
    ['when an option is no way the engine knows', '{ id: ceil,', '{ id: upwards,', /upwards/],
    ['when a rule leaves an option unanswered', 'halves: 0.5, allOrNone: 4', 'halves: 0.5', /IR-46/],
    ['when a limit names no grade', 'atMost: fail, clause: XY-5.5', 'atMost: awful, clause: XY-5.5', /awful/],
    ['when a limit names no fact', 'fact: absentDays', 'fact: lateDays', /lateDays/],
    ['with a band out of order', 'reaches: 70', 'reaches: 95', /descend/],
    ['with a gap below the last band', 'reaches: 0 }', 'reaches: 10 }', /start at 0/],
    ['with a number that is no plain decimal', 'points: 0.5', 'points: 5e-1', /decimal/],
    ['with a negative number', 'points: 0.5', 'points: -0.5', /decimal/],
    ['with a text in one language only', 'zh: "日志记载不详实", en: "Log entry not exact"', 'zh: "日志记载不详实"', /title/],
    ['without a date or a word on why', /\nundated:.*/, '', /undated/],
    ['with a key written twice', 'territory:', 'checkedOn: 2026-01-01\nterritory:', /unique/],
    ['when a veto leads nowhere', /\nveto:\n(?: .*\n)*/, '\n', /veto/],
  ])('%s', (_, from, to, says) => {
    expect(objections(slipped(from, to))).toMatch(says)
  })

  it.each<[string, string, string | RegExp, string, RegExp]>([
    ['with an unknown kind of claim', 'baihe-1.yaml', 'kind: ranks', 'kind: guess', /tally\.rules/],
    ['with a level that is not listed', 'baihe-1.yaml', 'town: 0.5', 'hamlet: 0.5', /no level hamlet/],
    ['with a claim’s way the engine lacks', 'baihe-1.yaml', '{ id: bestThenShare,', '{ id: byLuck,', /byLuck|IR-21.default/],
    ['with ranking points unanswered for an option', 'baihe-1.yaml', ', lastLeast: [1, 2, 3]', '', /IR-22/],
    ['with a pool unanswered for an option', 'baihe-1.yaml', ', year500: 6000', '', /IR-24/],
    ['with a wage that does not add up', 'baihe-1.yaml', 'base: 1600', 'base: 1500', /parts do not make/],
    ['with a deadline both ways', 'baihe-1.yaml', 'before: 20', 'before: 20, after: 1', /after.*before/],
    ['with a consequence for no grade', 'baihe-1.yaml', 'grades: [fail], ground', 'grades: [flunk], ground', /flunk/],
    [
      'with a panel that moves to no grade',
      'baihe-1.yaml',
      'liftOnly: [{ from: pass, to: excellent }',
      'liftOnly: [{ from: pass, to: flunk }',
      /flunk/,
    ],
    ['with a gap in the bands', 'baihe-1.yaml', 'grade: fail, reaches: 0', 'grade: fail, reaches: 10', /start at 0/],
    [
      'with two ways of scoring',
      'baihe-1.yaml',
      /^tally:/m,
      'sections: []\nrated: { clause: BH-13, dimensions: [{ id: d, title: { zh: 德, en: d }, clause: BH-13 }], groups: [{ id: g, title: { zh: 组, en: g }, clause: BH-13 }], weights: equal, marks: hundred, trim: all, trimOver: 5 }\ntally:',
      /one way of scoring/,
    ],
    ['with shares that make no whole', 'shandong-1.yaml', 'share: 40%', 'share: 41%', /make a whole/],
    ['with a share left out', 'shandong-1.yaml', ', share: 40%', '', /make a whole/],
    ['with weights the engine lacks', 'shandong-1.yaml', '{ id: equal,', '{ id: byRank,', /byRank|IR-31.default/],
    ['with a limit on no fact', 'shandong-1.yaml', 'fact: serious, is: yes', 'fact: gravity, is: yes', /gravity/],
    ['with a limit that tests nothing', 'shandong-1.yaml', 'when: { reaches: 3 }, also', 'also', /either .when. or .is./],
    ['with an instead that is no standard', 'district-1.yaml', 'or: weekly', 'or: monthly', /no standard monthly/],
    ['with a condition on no fact', 'district-1.yaml', 'fact: conduct, is: model', 'fact: manners, is: model', /manners/],
    [
      'with a condition on no option',
      'district-1.yaml',
      'fact: conduct, is: model',
      'fact: conduct, is: saint',
      /no option saint/,
    ],
    [
      'with a number asked of a choice',
      'district-1.yaml',
      'fact: satisfaction, when: { reaches: 85 }',
      'fact: community, when: { reaches: 85 }',
      /no number/,
    ],
    ['with a typical year of no option', 'district-1.yaml', 'typical: skilled', 'typical: superb', /superb/],
    [
      'with a choice without options',
      'district-1.yaml',
      'kind: flag, title: { zh: "协作差',
      'kind: choice, title: { zh: "协作差',
      /options belong/,
    ],
    ['with a list for no grade', 'district-1.yaml', 'grade: unfit\n    how', 'grade: bad\n    how', /bad/],
    ['with a condition twice', 'district-1.yaml', 'id: quality', 'id: discord', /repeated id: discord/],
    ['with a condition under no option', 'district-1.yaml', 'IR-19: panel }', 'IR-19: maybe }', /IR-19 has no option maybe/],
    ['with an absence that makes no fact', 'yingkou-1.yaml', '{ fact: silentRun, of', '{ fact: quietRun, of', /quietRun/],
    ['with an elimination’s way the engine lacks', 'yingkou-1.yaml', '{ id: apart,', '{ id: aside,', /aside|IR-12.default/],
    ['with a clause of the law nobody cites', 'yingkou-1.yaml', 'clause: LCL-43', 'clause: LCL-40', /LCL-43.*cites/],
    ['with a streak of no grade', 'yingkou-1.yaml', 'streak: { grades: [excellent]', 'streak: { grades: [superb]', /superb/],
    ['with a deadline twice', 'yingkou-1.yaml', 'id: rotation', 'id: term', /repeated id: term/],
  ])('%s', (_, file, from, to, says) => {
    expect(objections(otherwise(file, from, to))).toMatch(says)
  })

  it('and is read when nothing is wrong', () => {
    expect(objections(text)).toBe('read')
  })
})

describe('a choice', () => {
  it('is the default when nobody chose', () => {
    expect(chosen(xinyi, {}, 'IR-03')).toBe('whole')
    expect(chosen(xinyi, { 'IR-03': 'ceil' }, 'IR-03')).toBe('ceil')
  })

  it('that is not offered is refused', () => {
    expect(() => chosen(xinyi, { 'IR-03': 'guess' }, 'IR-03')).toThrow(ChoiceError)
    expect(() => chosen(xinyi, {}, 'IR-99')).toThrow(ChoiceError)
    for (const inherited of ['constructor', 'toString', '__proto__'])
      expect(() => chosen(xinyi, {}, inherited)).toThrow(`no interpretation ${inherited}`)
    expect(objectionsToChoices(xinyi, { 'IR-03': 'ceil', 'IR-04': 'x', 'IR-99': 'y' }).map(({ path }) => path)).toEqual([
      'IR-04',
      'IR-99',
    ])
  })
})
