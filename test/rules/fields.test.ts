import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldsOf, readCell, readFacts } from '../../server/src/rules/fields.ts'
import { refusalSentence } from '../../server/src/rules/words.ts'
import { policyOf, xinyi } from '../policies/policies.ts'
import { value } from './arbitraries.ts'

const read = (id: string, raw: string | null, choices = {}) => {
  const { value, refused } = readCell(xinyi, choices, id, raw)
  return refused ? refused.code : value
}

describe('the fields of a sheet', () => {
  it('come in the order of the printed form', () => {
    const ids = fieldsOf(xinyi, {}).map(({ id }) => id)
    expect(ids.slice(0, 9)).toEqual([
      'v1',
      'v2',
      'v3',
      'absentDays',
      'i04',
      'i04.unkept',
      'i04.inexact',
      'i04.petition',
      'i04.wrongAnswers',
    ])
    expect(fieldsOf(xinyi, {}).filter(({ kind }) => kind === 'points')).toHaveLength(21)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('follow the chosen readings', () => {
    const field = (id: string, choices: Record<string, string>) => fieldsOf(xinyi, choices).find((one) => one.id === id)
    expect(field('i16.enrolment', {})?.step).toBe('0.5')
    expect(field('i16.enrolment', { 'IR-46': 'allOrNone' })?.step).toBe('4')
    expect(field('i18.cards', { 'IR-47': 'whole' })).toBeUndefined()
    expect(field('i04', { 'KH-01': 'halves' })?.step).toBe('0.5')
    expect(() => fieldsOf(xinyi, { 'IR-03': 'guess' })).toThrow(/IR-03/)
    expect(() => fieldsOf(xinyi, { 'IR-99': 'any' })).toThrow(/IR-99/)
  })
})

describe('a value for a cell', () => {
  it.each<readonly [string, string | null, string | null]>([
    ['i05', '3.4', '3.4'],
    ['i05', ' 3.40 ', '3.4'],
    ['i05', '３．４', '3.4'],
    ['i05', '3。4', '3.4'],
    ['i05', '.5', '0.5'],
    ['i05', '3分', '3'],
    ['i05', '３ 分', '3'],
    ['i05', '004', '4'],
    ['i05', '4', '4'],
    ['i05', '0', '0'],
    ['i05', '', null],
    ['i05', null, null],
    ['i05', '　', null],
    ['i04.inexact', '1,234', '1234'],
    ['i04.inexact', '3次', '3'],
    ['i04.inexact', '2.0', '2'],
    ['i07.accuracy', '93.4%', '93.4'],
    ['i07.accuracy', '９３．４％', '93.4'],
    ['i07.accuracy', '100', '100'],
    ['absentDays', '4.5天', '4.5'],
    ['i16.enrolment', '3.5', '3.5'],
    ['v1', '是', 'yes'],
    ['v1', '√', 'yes'],
    ['v1', 'ＹＥＳ', 'yes'],
    ['v1', 'True', 'yes'],
    ['v1', '１', 'yes'],
    ['v1', '否', 'no'],
    ['v1', '×', 'no'],
    ['v1', 'N', 'no'],
    ['v1', '0', 'no'],
    ['i05', '3.', '3'],
    ['i05', '.50', '0.5'],
    ['i05', `${'0'.repeat(29)}3`, '3'],
    ['i04.inexact', '1,234.', '1234'],
    ['i04.inexact', '1,000.0', '1000'],
    ...['次', '例', '条', '人次', '人', '类', '张', '起', '  次'].map((unit) => ['i04.inexact', `3${unit}`, '3'] as const),
    ['i16.enrolment', '3.5 分', '3.5'],
    ['i07.accuracy', '93.4  %', '93.4'],
    ['absentDays', '4.5  天', '4.5'],
    ...['有', '✓', '✔', 'y', 'ｔｒｕｅ'].map((yes) => ['v1', yes, 'yes'] as const),
    ...['无', '✗', 'x', 'no', 'False', '０'].map((no) => ['v1', no, 'no'] as const),
  ])('%s takes %j as %j', (id, raw, canonical) => {
    expect(read(id, raw)).toBe(canonical)
  })

  it.each<readonly [string, string, string]>([
    ['i99', '1', 'cell.unknownField'],
    ['__proto__', '1', 'cell.unknownField'],
    ...['abc', 'NaN', '1e309', '1e3', 'Infinity', '10%', '1,5', '0x1', '1/2', '½', '3²', '①', '+3', '1 2', '.', '1.2.3', '١'].map(
      (raw) => ['i05', raw, 'cell.notANumber'] as const,
    ),
    ['i05', '-1', 'cell.negative'],
    ['i05', '－0.5', 'cell.negative'],
    ['i05', '−1分', 'cell.negative'],
    ...['-.5', '-1,000', '-1.', '-0'].map((raw) => ['i05', raw, 'cell.negative'] as const),
    ...['-', '--1', '-x1', '-1x', '-.', '1-', 'x-1'].map((raw) => ['i05', raw, 'cell.notANumber'] as const),
    ...['1234,567', '1,23', '1,2345', ',123', '1,234,5', '1,234x', 'x1,234', '3次x', '3天', '3分'].map(
      (raw) => ['i04.inexact', raw, 'cell.notANumber'] as const,
    ),
    ...['12,345', '123,456', '1,234,567'].map((raw) => ['i04.inexact', raw, 'cell.overMax'] as const),
    ['i05', '3分分', 'cell.notANumber'],
    ['i07.accuracy', '93%%', 'cell.notANumber'],
    ['i05', '～', 'cell.notANumber'],
    ['i05', '4.1', 'cell.overMax'],
    ['i05', '3.45', 'cell.step'],
    ['i07.accuracy', '100.01', 'cell.overMax'],
    ['i07.accuracy', '99.999', 'cell.step'],
    ['i04.inexact', '1.5', 'cell.notAWhole'],
    ['i04.inexact', '10000', 'cell.overMax'],
    ['absentDays', '366.5', 'cell.overMax'],
    ['absentDays', '0.3', 'cell.step'],
    ['i16.enrolment', '3.3', 'cell.step'],
    ['v1', '也许', 'cell.notAFlag'],
    ['v1', '2', 'cell.notAFlag'],
    ['i05', '0'.repeat(31), 'cell.tooLong'],
  ])('%s refuses %j with %s', (id, raw, code) => {
    expect(read(id, raw)).toBe(code)
  })

  it('is refused with what a sentence needs to say so', () => {
    expect(readCell(xinyi, {}, 'i05', ` ${'9'.repeat(33)}`)).toEqual({
      refused: {
        code: 'cell.tooLong',
        params: {
          field: 'i05',
          raw: ` ${'9'.repeat(29)}`,
          max: '4',
          step: '0.1',
          zh: '镇（街道）对协理员的管理',
          en: 'Management of coordinators by the town',
        },
      },
    })
    expect(readCell(xinyi, {}, 'x'.repeat(40), '1').refused?.params).toEqual({ field: 'x'.repeat(30) })
    expect(readCell(policyOf('district'), {}, 'reports', 'none').refused?.params).toMatchObject({
      zhOptions: '按时且准确、按时偶有错误、不按时或常有错误',
      enOptions: 'on time and accurate, on time with occasional errors, late or often wrong',
    })
  })

  it('of a choice is one of its options, by id or by either name', () => {
    const choice = (raw: string) => readCell(policyOf('district'), {}, 'reports', raw)
    for (const raw of ['slips', '按时偶有错误', 'on time with occasional errors', ' slips '])
      expect(choice(raw)).toEqual({ value: 'slips' })
    for (const raw of ['Slips', 'yes', '1']) expect(choice(raw).refused?.code).toBe('cell.notAnOption')
  })

  it('must be all or none where that reading was chosen', () => {
    const choices = { 'IR-46': 'allOrNone' }
    expect([read('i16.enrolment', '2', choices), read('i16.enrolment', '4', choices)]).toEqual(['cell.step', '4'])
  })

  it('comes back unchanged when read again, and never throws', () => {
    const ids = fieldsOf(xinyi, {}).map(({ id }) => id)
    const odd = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...'0123456789.,-+%分。．，０９ eE'), maxLength: 12 }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...ids), odd, (id, raw) => {
        const first = readCell(xinyi, {}, id, raw)
        if (first.refused) expect(first.refused.code).toMatch(/^cell\./)
        else expect(readCell(xinyi, {}, id, first.value)).toEqual({ value: first.value })
      }),
      { numRuns: 2000 },
    )
  })

  it('that is canonical reads as itself', () => {
    const cells = fc.constantFrom(...fieldsOf(xinyi, {})).chain((field) => fc.tuple(fc.constant(field.id), value(field)))
    fc.assert(
      fc.property(cells, ([id, raw]) => {
        expect(read(id, raw)).toBe(raw)
      }),
    )
  })

  it('is read with its whole sheet, each refusal by its field', () => {
    const { facts, refused } = readFacts(xinyi, {}, { 'i05': '３', 'i07.accuracy': 'x', 'v1': null })
    expect(facts).toEqual({ i05: '3' })
    expect(refused).toMatchObject([{ field: 'i07.accuracy', refused: { code: 'cell.notANumber' } }])
  })
})

it('says what to do about every refusal, in both languages', () => {
  const bad: [string, string][] = [
    ['i99', '1'],
    ['i05', 'x'],
    ['i05', '-1'],
    ['i05', '9'],
    ['i05', '0.05'],
    ['i04.inexact', '0.5'],
    ['v1', '?'],
    ['i05', '9'.repeat(31)],
  ]
  const seen = bad.map(([id, raw]) => {
    const { refused } = readCell(xinyi, {}, id, raw)
    if (!refused) throw new Error(raw)
    const [zh, en] = [refusalSentence(refused.code, refused.params, 'zh'), refusalSentence(refused.code, refused.params, 'en')]
    expect(zh).toMatch(/\p{Script=Han}.*。$/u)
    expect(zh.replace(`“${raw}”`, '')).not.toMatch(/[A-Za-z]{2}/)
    expect(en).toMatch(/\.$/)
    expect(en).not.toMatch(/\p{Script=Han}|undefined/u)
    return refused.code
  })
  expect(new Set(seen).size).toBe(8)
})
