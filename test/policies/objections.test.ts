import { describe, expect, it } from 'vitest'
import { PolicyError } from '../../server/src/rules/policy/objection.ts'
import { readPolicy } from '../../server/src/rules/policy/read.ts'
import { amendedText } from './policies.ts'

/** Every objection to a policy with its text changed, as `path: in English`. */
function objections(...given: Parameters<typeof amendedText>): string[] {
  try {
    readPolicy(amendedText(...given))
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    expect(error.message).toBe(error.objections.map(({ path, says }) => `${path}: ${says}`).join('\n'))
    return error.objections.map(({ path, says }) => `${path}: ${says.split(' / ')[1] ?? says}`)
  }
  return []
}

/** One more option of an interpretation, which no rule can know. */
const offered = (id: string): [RegExp, string] => [
  new RegExp(`(\\n {2}${id}:\\n(?: {4}.*\\n)*? {4}options:\\n(?: {6}.*\\n)*)`),
  '$1      - { id: odd, says: { zh: 另一种, en: another } }\n',
]

describe('an option that no rule can follow is refused by every rule that asks for it', () => {
  it.each<[string, string, string[]]>([
    ['xinyi', 'IR-10', ['itemFloor.way']],
    ['xinyi', 'IR-07', ['quotas.0.rounding']],
    ['xinyi', 'IR-08', ['quotas.0.population']],
    ['xinyi', 'KH-64', ['quotas.0.standsFor']],
    ['xinyi', 'IR-09', ['quotas.0.tie']],
    ['xinyi', 'IR-03', ['i07.accuracy.counting']],
    ['xinyi', 'KH-02', ['i11.unserved.times']],
    ['baihe', 'IR-26', ['tally.sameMatter.deduction']],
    ['baihe', 'IR-28', ['commended.several']],
    ['baihe', 'KH-15', ['dataQuality.several']],
    ['baihe', 'IR-21', ['news.shared']],
    ['baihe', 'IR-25', ['phoneBonus.repeat', 'phoneDeduction.repeat']],
    ['baihe', 'KH-13', ['phoneBonus.mean', 'phoneDeduction.mean']],
    ['baihe', 'KH-14', ['phoneBonus.sample.small', 'phoneDeduction.sample.small']],
    ['baihe', 'KH-11', ['pay.group']],
    ['baihe', 'KH-12', ['pay.leftover']],
    ['baihe', 'KH-65', ['pay.sharers']],
    ['xinyi', 'KH-62', ['i18.cards.without']],
    ['shandong', 'KH-61', ['rated.trimBy']],
    ['shandong', 'IR-31', ['rated.weights']],
    ['shandong', 'IR-30', ['rated.marks']],
    ['shandong', 'KH-21', ['rated.trim']],
    ['yingkou', 'IR-08', ['elimination.population']],
    ['yingkou', 'IR-07', ['elimination.rounding']],
    ['yingkou', 'IR-09', ['elimination.tie']],
    ['yingkou', 'IR-12', ['elimination.dismissed']],
    ['yingkou', 'IR-13', ['elimination.measure']],
    ['yingkou', 'KH-42', ['absences.days']],
    ['district', 'IR-18', ['quotas.0.rounding']],
    ['district', 'KH-33', ['quotas.0.population']],
    ['district', 'KH-34', ['quotas.0.tie']],
  ])('%s %s', (name, id, paths) => {
    expect(objections(name, offered(id))).toEqual(paths.map((path) => `${path}: no such way: odd`))
  })

  it('among the bonuses of one matter too', () => {
    expect(objections('baihe', ['bonus: once', 'bonus: { by: IR-26 }'], offered('IR-26'))).toEqual([
      'tally.sameMatter.bonus: no such way: odd',
      'tally.sameMatter.deduction: no such way: odd',
    ])
  })

  it.each([
    ['xinyi', 'IR-02', ['veto']],
    ['xinyi', 'IR-05', ['wageCut']],
    ['xinyi', 'KH-01', ['award.step']],
    ['baihe', 'IR-22', ['tally.rules.6.points']],
    ['baihe', 'IR-24', ['pay.perHead']],
    ['baihe', 'IR-29', ['panel.moves']],
  ])('%s %s, where each option has an amount', (name, id, paths) => {
    expect(objections(name, offered(id))).toEqual(paths.map((path) => `${path}: must answer each option of ${id}`))
  })
})

describe('what a policy names twice, or names and does not have, is refused at its place:', () => {
  it.each<[string, string, [string | RegExp, string], string[]]>([
    [
      'an option',
      'xinyi',
      ['{ id: lastOnly,', '{ id: weighted,'],
      ['interpretations.IR-50.options: repeated: weighted', 'moves.1.choices.IR-50: IR-50 has no option lastOnly'],
    ],
    ['a veto', 'xinyi', ['  - id: v2\n', '  - id: v1\n'], ['sections: repeated id: v1']],
    ['a section', 'xinyi', [/id: s3$/m, 'id: s2'], ['sections: repeated id: s2']],
    ['the total', 'xinyi', [/id: s3$/m, 'id: total'], ['sections: repeated id: total']],
    [
      'a rule of claims',
      'baihe',
      ['id: supervision', 'id: inspection'],
      ['sections: repeated id: inspection', 'tally: repeated id: inspection'],
    ],
    ['a dimension', 'shandong', ['{ id: diligence', '{ id: conduct'], ['sections: repeated id: conduct']],
    [
      'a fact',
      'baihe',
      ['{ id: dataLeak', '{ id: breach'],
      ['sections: repeated id: breach', 'lines: repeated id: breach', 'consequences.endLeak: no fact dataLeak'],
    ],
    ['a measure that is also a rule', 'baihe', ['id: spotCheck,', 'id: phoneCheck,'], ['tally: repeated id: phoneCheck']],
    ['a grade', 'shandong', ['{ id: basicCompetent,', '{ id: competent,'], ['grades: repeated id: competent']],
    ['a limit', 'yingkou', ['{ id: total5,', '{ id: run3,'], ['limits: repeated id: run3']],
    ['a line', 'yingkou', ['{ id: exitHarm,', '{ id: exitViolation,'], ['lines: repeated id: exitViolation']],
    [
      'a duty',
      'xinyi',
      ['{ id: filing,', '{ id: scoring,'],
      ['calendar: repeated id: scoring', 'stages.filed.duty: the calendar has no duty filing'],
    ],
    ['a form', 'xinyi', ['{ id: XY-F2,', '{ id: XY-F1,'], ['forms: repeated id: XY-F1']],
    ['a condition', 'yingkou', ['{ id: tasksWrong,', '{ id: quality,'], ['checklists.0: repeated id: quality']],
    ['a quota’s grade', 'district', [/(grade: )excellent(\n {4}upTo)/, '$1superb$2'], ['quotas.0.grade: no grade superb']],
    ['a limit’s grade', 'yingkou', [/(total5.*atMost: )unfit/, '$1awful'], ['limits.1.atMost: no grade awful']],
    [
      'a veto’s grade',
      'xinyi',
      ['failed: { atMost: fail }', 'failed: { atMost: awful }'],
      ['veto.options.failed: no grade awful'],
    ],
    ['a band’s grade', 'baihe', ['grade: pass, reaches', 'grade: fair, reaches'], ['bands.rows.1: no grade fair']],
    ['a list’s grade', 'yingkou', [/grade: competent\n/, 'grade: fair\n'], ['checklists.2.grade: no grade fair']],
    ['a panel’s grade', 'baihe', ['liftOnly: [{ from: pass,', 'liftOnly: [{ from: flunk,'], ['panel.moves: no grade flunk']],
    [
      'a consequence’s grade',
      'baihe',
      ['grades: [fail], ground', 'grades: [flunk], ground'],
      ['consequences.endOnFail: no grade flunk'],
    ],
    [
      'a streak’s grade',
      'shandong',
      ['streak: { grades: [unfit]', 'streak: { grades: [bad]'],
      ['consequences.dismissal: no grade bad'],
    ],
    ['a limit’s fact', 'yingkou', ['fact: unexcusedTotal, when', 'fact: total, when'], ['limits.1.fact: no fact total']],
    [
      'what a limit asks besides',
      'shandong',
      ['also: [{ fact: serious', 'also: [{ fact: grave'],
      ['limits.0.also: no fact grave'],
    ],
    [
      'a consequence’s fact',
      'yingkou',
      ['fact: silentRun, when', 'fact: quiet, when'],
      ['consequences.deemedLeft: no fact quiet'],
    ],
    [
      'one of any',
      'baihe',
      ['any: [{ fact: unfinishedMonths', 'any: [{ fact: months'],
      ['consequences.endTasks: no fact months'],
    ],
    ['one of all', 'baihe', ['all: [{ fact: breach', 'all: [{ fact: rift'], ['consequences.endBreach: no fact rift']],
    ['a fact of absences', 'yingkou', ['{ fact: silentRun, of', '{ fact: quiet, of'], ['absences.facts: no fact quiet']],
    [
      'a condition’s fact',
      'yingkou',
      ['test: { fact: work, is: barely', 'test: { fact: toil, is: barely'],
      ['checklists.0.quality: no fact toil'],
    ],
    ['a level', 'baihe', ['town: 0.5', 'hamlet: 0.5'], ['tally.spotCheck.points: no level hamlet']],
    ['a standard instead', 'district', ['or: weekly', 'or: monthly'], ['standards.online.or: no standard monthly']],
    ['an interpretation', 'xinyi', ['by: IR-38', 'by: IR-98'], ['oddities.0.by: no interpretation IR-98']],
    ['a discrepancy', 'xinyi', ['discrepancy: IR-01', 'discrepancy: IR-98'], ['sections.0.discrepancy: no interpretation IR-98']],
    [
      'a reading of bands',
      'xinyi',
      ['onlyIf: { IR-04: bands-90-70-60 }', 'onlyIf: { IR-04: odd }'],
      ['bands.onlyIf.IR-04: IR-04 has no option odd'],
    ],
    [
      'a reading of a criterion',
      'xinyi',
      ['when: { IR-47: earned }', 'when: { IR-47: odd }'],
      ['i18.cards.when.IR-47: IR-47 has no option odd'],
    ],
    ['a clause', 'yingkou', [/(total5.*clause: )YK-27c/, '$1YK-99'], ['limits.1.clause: no clause YK-99']],
  ])('%s', (_, name, change, says) => {
    expect(objections(name, change)).toEqual(says)
  })

  it('a quota twice', () => {
    const quota = /(quotas:\n)((?: {2}- id: excellent\n)(?: {4}.*\n)+)/
    expect(objections('district', [quota, '$1$2$2'])).toEqual(['quotas: repeated id: excellent'])
  })
})

describe('what does not fit together is refused at its place:', () => {
  it.each<[string, string, [string | RegExp, string], string[]]>([
    [
      'a number asked of a flag',
      'yingkou',
      ['test: { fact: devoted, is: yes }', 'test: { fact: devoted, when: { reaches: 1 } }'],
      ['checklists.1.devoted: devoted is no number'],
    ],
    [
      'a number asked of a choice',
      'yingkou',
      ['test: { fact: team, is: helps }', 'test: { fact: team, when: { reaches: 1 } }'],
      ['checklists.1.team: team is no number'],
    ],
    [
      'a flag that is neither',
      'yingkou',
      ['test: { fact: devoted, is: yes }', 'test: { fact: devoted, is: maybe }'],
      ['checklists.1.devoted: devoted has no option maybe'],
    ],
    [
      'a number that is a word',
      'district',
      ['fact: satisfaction, when: { reaches: 85 }', 'fact: satisfaction, is: high'],
      ['checklists.1.satisfaction: satisfaction has no option high'],
    ],
    [
      'one of several options',
      'yingkou',
      ['fact: team, is: [helps, cooperates]', 'fact: team, is: [helps, sings]'],
      ['checklists.2.team: team has no option sings'],
    ],
    [
      'a limit that says both',
      'shandong',
      ['when: { reaches: 3 }, also', 'when: { reaches: 3 }, is: yes, also'],
      ['limits.0: must have either `when` or `is`', 'limits.0: complaints has no option yes'],
    ],
    [
      'a deadline that says neither',
      'baihe',
      ['before: 20, ', ''],
      ['deadlines.resignation: must have either `after` or `before`'],
    ],
    [
      'options of a flag',
      'yingkou',
      [
        '{ id: devoted, kind: flag,',
        '{ id: devoted, kind: flag, options: [{ id: yes, title: { zh: 是, en: yes } }, { id: no, title: { zh: 否, en: no } }],',
      ],
      ['aspects.devoted: options belong to a choice, and a choice has them'],
    ],
    ['a typical year of no option', 'yingkou', ['typical: alone', 'typical: apart'], ['aspects.work.typical: no option apart']],
    ['items without a scale', 'xinyi', [/\nscale:.*/, ''], ['sections: items need scale, award and itemFloor']],
    ['items without a floor', 'xinyi', [/\nitemFloor:.*/, ''], ['sections: items need scale, award and itemFloor']],
    ['no date', 'baihe', ['issuedOn: 2022-06-10\n', ''], ['issuedOn: say `undated` when there is no date']],
    [
      'a default that is not first',
      'baihe',
      ['default: yearOnce', 'default: eachMonth'],
      ['interpretations.IR-25.default: the default must be the first option'],
    ],
    [
      'sections that do not add up',
      'xinyi',
      ['scale: { max: 100', 'scale: { max: 99'],
      ['scale.max: the sections do not add up'],
    ],
    ['shares that make no whole', 'shandong', ['share: 40%', 'share: 41%'], ['rated.dimensions: the shares must make a whole']],
    ['parts that make no wage', 'baihe', ['performance: 400', 'performance: 500'], ['pay.wage: the parts do not make the wage']],
    [
      'a heading nobody explains',
      'xinyi',
      ['heading: 25', 'heading: 26'],
      ['s3: the printed heading differs and no interpretation says so'],
    ],
    [
      'an end of contract without the steps of the law',
      'xinyi',
      [/^legal:\n(?: {2}.*\n)+/m, ''],
      [
        ...['LCL-4', 'LCL-39', 'LCL-43', 'PIPL-24'].map((id) => `clauses.${id}: no rule cites this clause`),
        'consequences.dissolve.ground: the law has no ground breach',
      ],
    ],
    [
      'an end of contract on no ground of the law',
      'xinyi',
      ['when: { exceeds: 7 }, ground: breach', 'when: { exceeds: 7 }'],
      [
        'legal.grounds.breach: no rule has this ground',
        'consequences.dissolve: what ends a contract, and nothing else, names its ground in law',
      ],
    ],
    [
      'a ground of the law for what ends nothing',
      'shandong',
      ['effect: correction, all', 'effect: correction, ground: incompetence, all'],
      ['consequences.correction: what ends a contract, and nothing else, names its ground in law'],
    ],
    [
      'a ground that needs a step there is not',
      'baihe',
      ['needs: [ground, decided], clause: LCL-44', 'needs: [ground, sealed], clause: LCL-44'],
      ['legal.grounds.ended: no step sealed'],
    ],
    [
      'a step that no ground needs',
      'baihe',
      ['needs: [ground, otherWork, ', 'needs: [ground, '],
      ['legal.steps.otherWork: no ground needs this step'],
    ],
    [
      'an elimination on no ground of the law',
      'yingkou',
      ['  ground: incompetence\n', '  ground: last\n'],
      ['elimination.ground: the law has no ground last'],
    ],
    [
      'a number of a consequence that is of no fact',
      'xinyi',
      ['fact: absentDays, when: { exceeds: 7 }', 'when: { exceeds: 7 }'],
      ['consequences.dissolve: a number is of a fact, and a fact has its number'],
    ],
    ['bands that are equal', 'baihe', ['reaches: 70', 'reaches: 90'], ['bands.rows.1: bands must descend']],
    [
      'bands that start late',
      'baihe',
      ['grade: fail, reaches: 0', 'grade: fail, reaches: 1'],
      ['bands.rows: the last band must start at 0'],
    ],
    [
      'two bands for a grade',
      'baihe',
      ['grade: basicPass, reaches', 'grade: pass, reaches'],
      ['bands.rows: one band for each grade, best first'],
    ],
    [
      'a clause nobody cites',
      'baihe',
      [/^clauses:\n/m, 'clauses:\n  BH-99: { at: { zh: 九, en: Nine }, says: { zh: 空, en: empty } }\n'],
      ['clauses.BH-99: no rule cites this clause'],
    ],
  ])('%s', (_, name, change, says) => {
    expect(objections(name, change)).toEqual(says)
  })

  it('and a file with nothing wrong has no objections', () => {
    for (const name of ['baihe', 'district', 'shandong', 'xinyi', 'yingkou'])
      expect(objections(name, [/\n#.*/, '\n# another remark'])).toEqual([])
  })
})
