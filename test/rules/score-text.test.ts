import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fieldsOf, readCell } from '../../server/src/rules/fields.ts'
import { doubtOf, readScore } from '../../web/src/pages/scores/scoreText.ts'
import { xinyi } from '../policies/policies.ts'

const columns = fieldsOf(xinyi, {}).map((field) => ({ ...field, title: field.title.zh }))
/** Why the page doubts what is typed, by the name of the reason. */
function doubt(kind: string, raw: string): string | null {
  const column = columns.find((one) => one.kind === kind)!
  const value = readScore(raw, kind)
  return value === null ? null : doubtOf(value, { ...column, max: '4', step: '0.5' }, (key) => key.replace('scores.doubt.', ''))
}

it('doubts what is plainly wrong, and leaves the rest to the server', () => {
  expect(['缺', 'abc', '-', '-2', '4.5', '９', '3.3'].map((raw) => doubt('points', raw))).toEqual(
    'number number number negative overMax overMax step'.split(' '),
  )
  expect(['', ' ', '4', '4.0', '１。５', '3分', '1+2', '=9-6', '2 次', '第3'].map((raw) => doubt('points', raw))).toEqual(
    Array(10).fill(null),
  )
  expect(['是', '无', 'Y', '', '也许', '2'].map((raw) => doubt('flag', raw))).toEqual([null, null, null, null, 'flag', 'flag'])
})

it('doubts nothing that the server would take, in any column', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'0123456789.,-+*/=( )%分次天人。，０５是否有无x√ '), maxLength: 7 }),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
    fc.nat(120).map((units) => String(units / 10)),
  )
  fc.assert(
    fc.property(fc.constantFrom(...columns), text, (column, raw) => {
      const value = readScore(raw, column.kind)
      const why = value === null ? null : doubtOf(value, column, (key) => key)
      if (why !== null) expect(readCell(xinyi, {}, column.id, value), `${column.id}: ${raw}: ${why}`).toHaveProperty('refused')
    }),
    { numRuns: 5000 },
  )
})
