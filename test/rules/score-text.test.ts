import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCellText } from '../../server/src/rules/cell-text.ts'
import { readCell, fieldsOf } from '../../server/src/rules/fields.ts'
import { refusalSentence } from '../../server/src/rules/words.ts'
import { doubtOf, sentText } from '../../web/src/pages/scores/scoreText.ts'
import { xinyi } from '../policies/policies.ts'

const columns = fieldsOf(xinyi, {}).map((field) => ({ ...field, title: field.title.zh }))

/** What a cell makes of text: its value, or the code, and of text that is no number the reason. */
function read(field: string, raw: string, typed = false): string | null {
  const { value, refused } = readCell(xinyi, {}, field, raw, typed)
  return refused ? [refused.code.replace('cell.', ''), refused.params.why].filter(Boolean).join(' ') : value
}
const says = (field: string, raw: string, lang: 'zh' | 'en', typed = false): string => {
  const { refused } = readCell(xinyi, {}, field, raw, typed)
  return refused ? refusalSentence(refused.code, refused.params, lang) : ''
}

describe('text that could be taken for another number', () => {
  it.each<[raw: string, why: string, hint: string]>([
    ['1 2', 'blank', '例如 12'],
    ['1\u00a02', 'blank', '例如 12'],
    ['1\u30002', 'blank', '例如 12'],
    ['1\u200b2', 'blank', '例如 12'],
    ['３　５', 'blank', '例如 35'],
    ['1\n2', 'blank', '例如 12'],
    ['3\u200b', 'blank', '例如 3'],
    ['3²', 'digits', '“²”'],
    ['①', 'digits', '“①”'],
    ['⒈', 'digits', '“⒈”'],
    ['½', 'digits', '“½”'],
    ['٣', 'digits', '“٣”'],
    ['३', 'digits', '“३”'],
    ['𝟑', 'digits', '“𝟑”'],
    ['Ⅲ', 'digits', '“Ⅲ”'],
    ['三', 'numerals', '0 到 9'],
    ['二十', 'numerals', '0 到 9'],
    ['两次', 'numerals', '0 到 9'],
    ['10%', 'percent', '百分号'],
    ['１０％', 'percent', '百分号'],
    ['3天', 'unit', '例如 3'],
    ['3 points', 'unit', '例如 3'],
    ['3分分', 'unit', '例如 3'],
    ['1.2.3', 'points', '小数点'],
    ['1,5', 'comma', '1.5'],
    ['1，5', 'comma', '1.5'],
    ['+3', 'sign', '改填 3'],
    ['5–1', 'sign', '改填 =5-1'],
    ['2-', 'sum', '算式'],
    ['(3', 'sum', '算式'],
    ['(3)', 'sum', '算式'],
    ['=1/0', 'sum', '算式'],
    ['1 2+3', 'sum', '算式'],
    ['5-1', 'date', '=5-1'],
    ['5 - 1', 'date', '=5-1'],
    ['５－１', 'date', '=5-1'],
    ['11-2', 'date', '=11-2'],
    ['3-2-1', 'date', '=3-2-1'],
    ['3/1', 'date', '=3/1'],
    ['5月1日', 'date', '=5-1'],
    ['5月', 'date', '=5-1'],
    ['2026年5月1日', 'date', '=5-1'],
    ['2026-05-01', 'date', '=5-1'],
    ['2026/5/1 0:00', 'date', '=5-1'],
    ['2026.5.1', 'date', '=5-1'],
    ['1-May', 'date', '=5-1'],
    ['May-01', 'date', '=5-1'],
    ['缺', 'text', '不是数字'],
    ['1e3', 'text', '不是数字'],
    ['0x1', 'text', '不是数字'],
    ['1-Mai', 'text', '不是数字'],
    ['约3', 'text', '不是数字'],
    ['.', 'text', '不是数字'],
  ])('%j is refused as %s, and told to be %s', (raw, why, hint) => {
    for (const field of ['i05', 'i16.enrolment', 'i04.inexact', 'absentDays']) {
      if ((field === 'absentDays' && raw === '3天') || (field === 'i04.inexact' && raw === '两次')) continue
      expect(read(field, raw), field).toBe(`notANumber ${why}`)
      expect(says(field, raw, 'zh')).toContain(hint)
      expect(says(field, raw, 'en')).toMatch(/^[^。]+\.$/)
      expect(says(field, raw, 'zh')).not.toMatch(/undefined/)
      expect(says(field, raw, 'en')).not.toMatch(/undefined/)
    }
  })
})

describe('a sum', () => {
  it.each<[raw: string, field: string, value: string]>([
    ['5-1', 'i05', '4'],
    ['5 - 1', 'i05', '4'],
    ['５－１', 'i05', '4'],
    ['3/1', 'i05', '3'],
    ['3-2-1', 'i05', '0'],
    ['11-8', 'i05', '3'],
    ['5-1分', 'i05', '4'],
  ])('typed as %s is %s', (raw, field, value) => {
    expect(read(field, raw, true)).toBe(value)
    expect(read(field, raw)).toBe('notANumber date')
    expect(read(field, `=${raw}`)).toBe(value) // what the refusal says to write
  })

  it('is judged by what it comes to, and says so', () => {
    expect(read('i05', '11-2', true)).toBe('overMax')
    expect(says('i05', '11-2', 'zh', true)).toBe('“11-2”算得 9，“镇（街道）对协理员的管理”最多填 4，请改为不超过 4 的数。')
    expect(says('i05', '11-2', 'en', true)).toMatch(/^“11-2” comes to 9: .* 4 at most/)
    expect(says('i05', '1-2', 'zh', true)).toMatch(/算得 -1，.*不能填负数/)
    expect(says('i05', '1/8', 'zh', true)).toMatch(/算得 0.125，.*整数倍/)
    expect(says('i04.inexact', '1/2', 'en', true)).toMatch(/comes to 0.5: .*whole number/)
    expect(says('i05', '9', 'zh')).not.toContain('算得')
  })

  it('is none where it is a day of a year, typed or not', () => {
    for (const raw of ['2026-11-22', '2026/11/22', '2026年11月22日', '5月1日'])
      expect(read('i04.inexact', raw, true)).toBe('notANumber date')
    expect(read('i04.inexact', '=2026-11-22')).toBe('1993')
  })
})

const digits = '0123456789'
/** Text as fingers, input methods, spreadsheets and copied pages leave it. */
const pieces = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...digits) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...'０１２３９', '．', '。', '.', '，', ',', '％', '%', '－', '−', '-', '–', '—', '＋', '+'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(' ', '\u00a0', '\u3000', '\u200b', '\u2009', '\u202f', '\ufeff', '\t', '\n', '\u2060', '\u00ad'),
  },
  { weight: 2, arbitrary: fc.constantFrom(...'²³①⑩⒈½⅓٠٣۵३৪๓〇一三十百两ⅢⅫ', '𝟑', '🄀') },
  { weight: 2, arbitrary: fc.constantFrom(...'分次天人条例张起/*×÷()（）＝=月日年eExX:：；、√是否有无') },
)
const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(pieces, { maxLength: 7 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 5 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.nat(120).map((tenths) => String(tenths / 10)) },
)

describe('the page and the server', () => {
  it('read the same: what is sent means what the text did', () => {
    fc.assert(
      fc.property(fc.constantFrom(...columns), text, fc.boolean(), (column, raw, typed) => {
        const sent = sentText(raw)
        const [whole, page] = [readCell(xinyi, {}, column.id, raw, typed), readCell(xinyi, {}, column.id, sent, typed)]
        expect(page.refused?.code, raw).toBe(whole.refused?.code)
        expect(page.value, raw).toBe(whole.value)
        expect(sent ?? '').toBe(raw.trim())
      }),
      { numRuns: 5000 },
    )
  })

  it('doubt the same: the page says beforehand exactly what will be refused, in the same words', () => {
    fc.assert(
      fc.property(fc.constantFrom(...columns), text, fc.boolean(), (column, raw, typed) => {
        const sent = sentText(raw)
        const { refused } = readCell(xinyi, {}, column.id, sent, typed)
        const doubt = sent === null ? null : doubtOf(sent, column, typed, 'zh')
        expect(doubt, `${column.id} ${raw}`).toBe(refused ? refusalSentence(refused.code, refused.params, 'zh') : null)
      }),
      { numRuns: 5000 },
    )
  })

  it('take no number that is not written in one piece, with digits of a keyboard', () => {
    // Written anew, without a look at the reader: full-width forms one for one, then a number with its unit.
    const plain = (raw: string): string =>
      [...raw.trim()]
        .map((char) =>
          char >= '！' && char <= '～' ? String.fromCharCode(char.charCodeAt(0) - 0xfee0) : char === '。' ? '.' : char,
        )
        .join('')
    fc.assert(
      fc.property(fc.constantFrom(...columns.filter(({ kind }) => kind !== 'flag')), text, (column, raw) => {
        const { value, sum } = readCell(xinyi, {}, column.id, raw)
        if (value == null || sum !== undefined) return
        expect(plain(raw)).toMatch(/^(\d+(,\d\d\d)*\.?\d*|\.\d+)\s*(分|次|例|条|人次|人|类|张|起|天|%)?$/)
        expect(Number(value)).toBe(Number(plain(raw).replace(/[^\d.]/g, '')))
      }),
      { numRuns: 5000 },
    )
  })

  it('leave to the server what it alone knows: the options of a choice, and columns without a maximum', () => {
    expect(doubtOf('？', { kind: 'choice', title: '', max: '1', step: '1' }, true, 'zh')).toBeNull()
    expect(readCellText({ kind: 'choice', max: '1', step: '1' }, '优', true).refused?.code).toBe('cell.notAnOption')
    expect(doubtOf('？', { kind: 'points', title: '', max: null, step: '1' }, true, 'en')).toBeNull()
  })
})
