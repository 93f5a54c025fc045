import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readClipboard } from '../../web/src/grid/clipboard.ts'
import { toTsv } from '../../web/src/grid/cellText.ts'
import type { Block } from '../../web/src/grid/htmlTable.ts'
import { folded, placed, type Place } from '../../web/src/grid/people.ts'
import { SheetModel } from '../../web/src/grid/sheetModel.ts'
import { villageNames } from '../../web/src/pages/scores/villageNames.ts'
import type { GridColumn, PastedPeople, RowKey } from '../../web/src/grid/types.ts'

const KEYS: RowKey[] = [
  { field: 'name', headings: ['姓名', 'name'], plain: (text) => text.replace(/ · 非专职$/, '') },
  {
    field: 'village',
    headings: ['村', '行政村', 'village'],
    near: (name, row) => villageNames(name, String(row?.value('town') ?? '')),
  },
  { field: 'town', headings: ['镇'] },
  { field: null, headings: ['表号'] },
]
const column = (field: string, title: string, more: Partial<GridColumn> = {}): GridColumn => ({
  field,
  title,
  kind: 'number',
  width: 80,
  editable: true,
  max: 10,
  ...more,
})
const COLUMNS = [
  column('village', '村（社区）', { kind: 'text', editable: false }),
  column('name', '姓名', { kind: 'text', editable: false }),
  column('a', '政治学习', { subtitle: '满分 5', group: '德（10 分）' }),
  column('b', '廉洁自律', { group: '德（10 分）' }),
  column('sumA', '小计', { kind: 'computed', editable: false, group: '德（10 分）' }),
  column('c', '业务考试', { group: '能（10 分）' }),
  column('sumB', '小计', { kind: 'computed', editable: false, group: '能（10 分）' }),
  column('total', '总分', { kind: 'computed', editable: false }),
]
const PEOPLE: [id: string, village: string, name: string][] = [
  ['p0', '上河村', '张三'],
  ['p1', '上河村', '李四'],
  ['p2', '下河村', '王五'],
  ['p3', '下河村', '张三'],
  ['p4', '松坪村', '欧阳若兰'],
  ['p5', '松坪村', '阿依古丽·买买提'],
  ['p6', '竹溪村', '赵六'],
]

function place(left = 0, hidden: string[] = []): Place {
  const model = new SheetModel()
  const ids = PEOPLE.map(([id]) => id)
  model.replaceRows(
    ids,
    { name: PEOPLE.map(([, , name]) => name), village: PEOPLE.map(([, village]) => village), town: ids.map(() => '砚溪镇') },
    () => null,
  )
  return { rows: model.rows, isDisplayed: ({ id }) => !hidden.includes(id), keys: KEYS, columns: COLUMNS, left }
}

/** What a block comes to: for each person what goes where; undefined where the block is laid down as it stands. */
function lands(block: Block, left = 0, hidden: string[] = []): Record<string, string> | undefined {
  const found = placed(block, place(left, hidden))
  if (!found) return undefined
  return Object.fromEntries(
    found.rows.map((row, at) => [
      row.id,
      found.fields.map((field, col) => `${field}=${block[found.from[at]!]![found.cols[col]!] ?? ''}`).join(' '),
    ]),
  )
}
const out = (block: Block, left = 0, hidden: string[] = []): Partial<PastedPeople> => {
  const { found: _, names: __, rows: ___, columns: ____, ...people } = placed(block, place(left, hidden))!.people
  return Object.fromEntries(
    Object.entries(people).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Number(value) > 0)),
  )
}
const table = (text: string): Block => text.split('\n').map((row) => row.split(','))

describe('rows find their people', () => {
  it.each<[string, string, Record<string, string>]>([
    ['in another order', '李四,4,3\n王五,5,2', { p1: 'a=4 b=3', p2: 'a=5 b=2' }],
    ['by village and name, in either order of columns', '下河村,张三,5\n上河村,张三,4', { p3: 'a=5', p0: 'a=4' }],
    ['by name and village behind the scores', '5,4,张三,下河村\n3,2,李四,上河村', { p3: 'a=5 b=4', p1: 'a=3 b=2' }],
    ['by village alone, where it has one person', '竹溪村,5', { p6: 'a=5' }],
    ['with serial numbers before them', '1,王五,5\n2,李四,4', { p2: 'a=5', p1: 'a=4' }],
    ['with serial numbers that begin anew', '1,王五,5\n2,李四,4\n1,赵六,3', { p2: 'a=5', p1: 'a=4', p6: 'a=3' }],
    ['with serial numbers and a dot', '1.,王五,5\n2.,李四,4\n3.,赵六,3', { p2: 'a=5', p1: 'a=4', p6: 'a=3' }],
    ['with serial numbers in circles', '①,王五,5\n②,李四,4', { p2: 'a=5', p1: 'a=4' }],
    ['with serial numbers in brackets', '（1）,王五,5\n（2）,李四,4', { p2: 'a=5', p1: 'a=4' }],
    ['with whole points before the names', '4,5,王五\n2,6,李四\n3,6,赵六', { p2: 'a=4 b=5', p1: 'a=2 b=6', p6: 'a=3 b=6' }],
    ['under headings with words for scores', '姓名,廉洁自律得分,政治学习得分\n李四,5,1.1', { p1: 'b=5 a=1.1' }],
    ['under headings with maxima', '姓名,廉洁自律6分,政治学习满分5分\n李四,5,1.1', { p1: 'b=5 a=1.1' }],
    ['under numbered headings', '姓名,6.廉洁自律（满分6分）,5、政治学习(满分4分)\n李四,5,1.1', { p1: 'b=5 a=1.1' }],
    ['under numbered headings of other kinds', '姓名,（二）廉洁自律(6分),第1项：政治学习 分值\n李四,5,1.1', { p1: 'b=5 a=1.1' }],
    ['by a village in short', '村,姓名,政治学习\n下河,张三,5\n上河村委会,张三,4', { p3: 'a=5', p0: 'a=4' }],
    ['by a village with its town before it', '砚溪镇下河村,张三,5\n砚溪上河,张三,4', { p3: 'a=5', p0: 'a=4' }],
    ['whatever a remark says', '姓名,政治学习,备注\n李四,5,\n王五,4,', { p1: 'a=5', p2: 'a=4' }],
    ['without sums of more kinds', '李四,4\n总计,9\n平均得分,4\n人均,2\n累计,9\n合计得分,9\n总分,9', { p1: 'a=4' }],
    ['without sums named in the place of a serial number', '1,李四,4\n2,王五,5\n合计,,9', { p1: 'a=4', p2: 'a=5' }],
    ['with points before the names', '4.5,王五,5\n4.5,李四,4', { p2: 'a=4.5 b=5', p1: 'a=4.5 b=4' }],
    ['under headings', '序号,姓名,行政村,业务考试\n1,李四,上河村,4\n2,王五,下河村,5', { p1: 'c=4', p2: 'c=5' }],
    ['under headings in another order than the grid’s', '姓名,业务考试,政治学习（满分5分）\n李四,4,3', { p1: 'c=4 a=3' }],
    ['under headings of two rows', '姓名,德,,能\n,政治学习,廉洁自律,业务考试\n李四,1,2,3', { p1: 'a=1 b=2 c=3' }],
    ['with maxima under the headings', '姓名,廉洁自律\n满分,5\n李四,4', { p1: 'b=4' }],
    ['under a title', '2026年度考核表,,\n姓名,廉洁自律,业务考试\n李四,4,5', { p1: 'b=4 c=5' }],
    ['without the sums', '李四,4\n王五,5\n合 计,9\n平均分,4.5\n上河村小计,4', { p1: 'a=4', p2: 'a=5' }],
    ['without sums and totals of the block’s own', '姓名,政治学习,小计,总分\n李四,4,4,9', { p1: 'a=4' }],
    ['with blank rows between', '李四,4\n,\n王五,5\n,\n,', { p1: 'a=4', p2: 'a=5' }],
    [
      'written with blanks, in full width, with other dots',
      '李　四,4\n欧阳 若兰,5\n阿依古丽•买买提,3',
      { p1: 'a=4', p4: 'a=5', p5: 'a=3' },
    ],
    ['as the grid itself copies them', '上河村,李四 · 非专职,4,3,7', { p1: 'a=4 b=3 sumA=7' }],
    ['with headings that repeat on each page', '姓名,政治学习\n李四,4\n姓名,政治学习\n王五,5', { p1: 'a=4', p2: 'a=5' }],
    ['without what stands below the table', '李四,4\n制表人：王主任,\n注：缺考记 0 分,', { p1: 'a=4' }],
    ['by the numbers of their sheets', `${'p'.padEnd(36, '0')},4\n李四,5`, { p1: 'a=5' }],
  ])('%s', (name, block, expected) => {
    expect(lands(table(block))).toEqual(expected)
    expect(out(table(block)), name).toEqual(name.endsWith('their sheets') ? { missing: ['p'.padEnd(36, '0')] } : {})
  })

  it('and scores go to the columns from the one pasted at', () => {
    expect(lands(table('李四,4'), 3)).toEqual({ p1: 'b=4' })
    expect(lands(table('4.5,李四,3'), 5)).toEqual({ p1: 'c=4.5 sumB=3' })
    expect(placed(table('李四,4,3,2'), place(7))).toMatchObject({ fields: ['total'], outside: 2 })
  })

  it('and a village that is merged over its people is theirs', () => {
    const html: Block = [
      ['上河村', '张三', '5'],
      [null, '李四', '4'],
      ['下河村', '张三', '3'],
    ]
    expect(lands(html)).toEqual({ p0: 'a=5', p1: 'a=4', p3: 'a=3' })
  })
})

describe('nobody is guessed', () => {
  it.each<[string, string, Partial<PastedPeople>]>([
    ['who is not there', '李四,4\n李思,5', { missing: ['李思'] }],
    ['who is in another village', '上河村,李四,4\n上河村,王五,5', { elsewhere: ['王五 (上河村)'] }],
    ['who is not there and has a remark', '李四,4,\n王外,5,平均分', { missing: ['王外'], odd: [{ column: 3, text: '平均分' }] }],
    ['headings that name no column', '姓名,学习,廉洁\n李四,4,3', { unknown: ['学习', '廉洁'] }],
    ['a heading that names no column beside one that does', '姓名,学习,廉洁自律\n李四,4,3', { unknown: ['学习'] }],
    ['serial numbers alone', '1,王五\n2,李四\n3,赵六', { guessed: true }],
    ['serial numbers of a part of a list', '7,王五,5\n8,李四,4\n9,赵六,3', { guessed: true }],
    ['serial numbers in another order', '3,王五,5\n1,李四,4\n2,赵六,3', { guessed: true }],
    ['1, 2, 3 beside points before the names', '1,5,王五\n2,6,李四\n3,6,赵六', { guessed: true }],
    ['serial marks behind the names', '王五,①,5\n李四,②,4', { guessed: true }],
    ['words between name and score', '王五,男,5\n李四,女,4', { odd: [{ column: 2, text: '男' }] }],
    ['words before the name', '某某单位,王五,5\n某某单位,李四,4', { odd: [{ column: 1, text: '某某单位' }] }],
    ['numbers over any score', '王五,13900000000,5\n李四,13800000000,4', { odd: [{ column: 2, text: '13900000000' }] }],
    ['dates', '王五,1980-1-1,5\n李四,1990/2/3,4', { odd: [{ column: 2, text: '1980-1-1' }] }],
    ['a stranger in a village of one', '竹溪村,王外,5', { missing: ['王外 (竹溪村)'] }],
    ['whom two are called', '张三,5\n李四,4', { several: ['张三'] }],
    ['who has two rows', '李四,5\n王五,3\n李 四,4', { twice: ['李四', '李 四'] }],
    ['a village with several people', '竹溪村,5\n上河村,4', { several: ['上河村'] }],
    ['a row without a name', '李四,5\n,4', { unnamed: 1 }],
    ['numbers before the names that may be points', '4,李四,5', { guessed: true }],
    ['columns the grid has not', '姓名,政治学习,电话\n李四,4,139', { unknown: ['电话'] }],
    ['a heading twice', '姓名,政治学习,政治学习,廉洁自律\n李四,4,5,3', { unknown: ['政治学习', '政治学习'] }],
  ])('%s', (_, block, people) => expect(out(table(block))).toEqual(people))

  it('a name that is merged over two rows, which both are called by it', () => {
    const html: Block = [
      ['李四', '5'],
      [null, '4'],
    ]
    expect(out(html)).toEqual({ twice: ['李四'] })
    expect(out([...html, ['孙一', '1'], [null, '2']])).toEqual({ twice: ['李四'], missing: ['孙一', '孙一'] })
  })

  it('whom a filter hides', () => {
    expect(out(table('李四,5\n王五,4'), 0, ['p1'])).toEqual({ hidden: ['李四'] })
    expect(lands(table('李四,5\n王五,4'), 0, ['p1'])).toEqual({ p2: 'a=4' })
  })

  it.each([
    ['one name twice', '王外,1.5\n王外,2', ['王外', '王外']],
    ['in letters', 'Li Wai,1.5\nWang Wai,2', ['Li Wai', 'Wang Wai']],
    ['with brackets', '王外（兼）,1.5\n李外,2', ['王外（兼）', '李外']],
    ['beside other words', '王外,男,1.5\n李外,女,2\n赵外,女,3', ['王外', '李外', '赵外']],
    ['behind serial numbers', '1,王外,1.5\n2,王外,2', ['王外', '王外']],
    ['with numbers in full width', '王外,３\n李外,２', ['王外', '李外']],
  ])('where nobody is known, %s', (name, block, missing) => {
    for (const left of name === 'beside other words' ? [2, 3] : [0, 2, 3]) {
      expect(lands(table(block), left)).toEqual({})
      expect(out(table(block), left)).toMatchObject({ missing })
    }
  })

  it('and the columns between name and score leave the scores where they are', () => {
    expect(lands(table('王五,男,139,5,4\n李四,女,138,3,2'))).toEqual({ p2: 'a=5 b=4', p1: 'a=3 b=2' })
    expect(lands(table('3,王五,5\n1,李四,4\n2,赵六,3'))).toEqual({ p2: 'a=5', p1: 'a=4', p6: 'a=3' })
    expect(placed(table('1,王五\n2,李四'), place(2))).toMatchObject({ cols: [], fields: [] })
    expect(placed(table('序号,姓名\n1,王五'), place(2))).toMatchObject({ cols: [], fields: [] })
  })

  it('where nobody is known, wherever the names stand', () => {
    expect(out(table('孙一,5\n孙二,4'), 1)).toEqual({ missing: ['孙一', '孙二'] })
    expect(out(table('甲村,孙一,5\n乙村,孙二,4'))).toEqual({ missing: ['孙一 (甲村)', '孙二 (乙村)'] })
    expect(out(table('孙一,5\n孙二,4'), 2)).toEqual({ missing: ['孙一', '孙二'] })
    expect(out(table('姓名,政治学习\n孙一,5'))).toEqual({ missing: ['孙一'] })
  })
})

describe('a block that names nobody', () => {
  it.each(['5,4\n3,2', '缺,4\n5,2', '缺,4\n50,2', '5', '李四', '上河村,李四', '是\n否', ''])(
    '%j is laid down as it stands',
    (block) => expect(placed(table(block), place(2))).toBeNull(),
  )

  it('goes by its headings, and counts rows without those of sums', () => {
    const found = placed(table('业务考试,政治学习\n1,2\n,\n3,4\n小计,6\n5,6\n合计,12'), place(2))!
    expect(found.people.found).toBe(false)
    expect([found.from, found.cols, found.fields]).toEqual([
      [1, 2, 3, 5],
      [0, 1],
      ['c', 'a'],
    ])
  })
})

it('names are compared without blanks, width and kinds of dots', () => {
  for (const name of ['张 三', '张　三', ' 张三 ', '张\u200b三']) expect(folded(name)).toBe('张三')
  for (const dot of '·•・‧∙･.．') expect(folded(`阿依${dot}买提`)).toBe('阿依·买提')
  expect(folded('ＬＩ Ming')).toBe('liming')
})

describe('any block with its names', () => {
  /** Rows of people with village, name and three scores that no serial number looks like, in any order. */
  const score = fc.nat(49).map((tenths) => `${Math.floor(tenths / 10)}.${tenths % 10 || 5}`)
  const rows = fc
    .shuffledSubarray(PEOPLE, { minLength: 1 })
    .chain((people) =>
      fc.tuple(...people.map((person) => fc.tuple(score, score).map((scores) => ({ person, scores }))), fc.constant(null)),
    )
    .map((all) => all.filter((one) => one !== null))
  const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })
  const extras = fc.record({
    heading: fc.boolean(),
    serial: fc.boolean(),
    sums: fc.array(fc.constantFrom('合计', '总 计', '本镇小计', '平均', 'Total', 'Average'), { maxLength: 2 }),
    blanks: fc.array(fc.nat(20), { maxLength: 3 }),
    wide: fc.boolean(),
  })

  it('lands as it would sorted by name, whatever stands around it', () =>
    fc.assert(
      fc.property(rows, order, extras, (people, order, { heading, serial, sums, blanks, wide }) => {
        const name = (text: string) => (wide ? [...text].join('　') : text)
        const widths = order.map((at) => ['行政村', '姓名', '政治学习', '廉洁自律'][at]!)
        const lines = people.map(({ person: [, village, who], scores }) => {
          const cells = [village, name(who), scores[0], scores[1]]
          return order.map((at) => cells[at]!)
        })
        const sumRows = sums.map((word) => order.map((at) => (at === 1 ? word : at === 0 ? '' : '9')))
        for (const [at, row] of sumRows.entries()) lines.splice(at === 0 ? lines.length : 0, 0, row)
        for (const at of blanks)
          lines.splice(
            at % (lines.length + 1),
            0,
            order.map(() => ''),
          )
        if (heading) lines.unshift(widths)
        let count = 0
        const number = (row: string[], at: number): string =>
          heading && at === 0 ? '序号' : people.some(({ person: [, village] }) => row.includes(village)) ? String(++count) : ''
        // Beside scores that stand before the names as well, serial numbers are told of.
        const scoresBefore = Math.min(order.indexOf(2), order.indexOf(3)) < order.indexOf(1)
        const numbered = serial ? lines.map((row, at) => [number(row, at), ...row]) : lines
        const scoresFirst = order.indexOf(2) < order.indexOf(3)
        const expected = Object.fromEntries(
          people
            .toSorted((a, b) => (a.person[0] < b.person[0] ? -1 : 1))
            .map(({ person: [id], scores: [a, b] }) => {
              const [left, right] = heading || scoresFirst ? [a, b] : [b, a]
              const first = heading && !scoresFirst ? `b=${b} a=${a}` : `a=${left} b=${right}`
              return [id, first]
            }),
        )
        const text = toTsv(numbered.map((row) => row.map((cell) => ({ text: cell, isNumber: false }))))
        const block = readClipboard(text, '')!
        expect(lands(block)).toEqual(expected)
        expect(out(block)).toEqual(serial && !heading && scoresBefore ? { guessed: true } : {})
      }),
      { numRuns: 500 },
    ))
})
