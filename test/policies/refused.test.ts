import { describe, expect, it } from 'vitest'
import { ChoiceError, chosen, objectionsToChoices, PolicyError, readPolicy } from '../../server/src/rules/policy.ts'
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
    ['with an id used twice', 'id: i05', 'id: i04', /repeated id: i04/],
    ['with a field used twice in an item', 'id: wrongAnswers', 'id: inexact', /repeated id: inexact/],
    ['when an interpretation has no default', /\n +default: whole/, '', /IR-03.default/],
    ['when the default is not the first option', 'default: whole', 'default: ceil', /IR-03.default/],
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
    expect(objectionsToChoices(xinyi, { 'IR-03': 'ceil', 'IR-04': 'x', 'IR-99': 'y' }).map(({ path }) => path)).toEqual([
      'IR-04',
      'IR-99',
    ])
  })
})
