import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { peopleHeadings, unitHeadings, type PersonField } from '../../server/src/intake/headings.ts'
import { usualLimits } from '../../server/src/intake/limits.ts'
import { readBytes } from '../../server/src/intake/read-bytes.ts'
import { recognise, type Roster } from '../../server/src/intake/recognise.ts'
import type { SheetRead } from '../../server/src/intake/sheet.ts'
import { textRows, workbookOf, type SheetGiven } from './workbook.ts'

const pasted = (text: string, name = '名册.txt'): Promise<SheetRead[]> => readBytes(Buffer.from(text), name, usualLimits)
const people = async (text: string, name?: string): Promise<Roster<PersonField>> =>
  recognise(await pasted(text, name), peopleHeadings)
const book = (...sheets: SheetGiven[]): Promise<SheetRead[]> => readBytes(workbookOf(sheets), '', usualLimits)

/** The texts of each row by field. */
const textsOf = <F extends string>({ tables }: Roster<F>): Record<string, string>[] =>
  tables.flatMap(({ rows }) =>
    rows.map(({ cells }) =>
      Object.fromEntries(Object.entries(cells).map(([field, cell]) => [field, (cell as { text: string }).text])),
    ),
  )
const skippedIn = ({ tables }: Roster<string>): string[] =>
  tables.flatMap(({ skipped }) => skipped.map(({ row, why }) => `${row} ${why}`))

describe('headings', () => {
  it('are known by every name, and no name is of two fields', () => {
    for (const headings of [unitHeadings, peopleHeadings] as const) {
      const names = headings.flatMap(({ field, names: of }) => of.map((name) => ({ field, name })))
      for (const { field, name } of names) {
        const needed = headings.filter((one) => one.needed && one.field !== field).map((one) => one.names[0]!)
        const row = [name, ...needed]
        const rows = [{ row: 1, cells: row.map((text, at) => ({ column: 'ABC'[at]!, kind: 'text' as const, text })) }]
        const [table] = recognise(
          [{ name: '', hidden: false, hiddenColumns: [], rows }],
          headings as typeof peopleHeadings,
        ).tables
        expect([name, table!.columns[0]!.field]).toEqual([name, field])
      }
    }
  })

  it('are known whatever blanks, marks and brackets stand in them', async () => {
    const { tables } = await people(
      '序 号\t*姓　名：\t身份证号（18位）\t"联系\n电话"\t出生年月(例:1990.1)\t村/社区\t【性别】\t颜色\n1\t张三\t\t1\t\t东村\t男\t红',
    )
    expect(tables[0]!.columns.map(({ field }) => field)).toEqual([
      'serial',
      'name',
      'idNumber',
      'phone',
      'bornOn',
      'village',
      'gender',
      null,
    ])
  })

  it('stand below titles, in one row or in two with merged parents', async () => {
    const rows = textRows([
      ['砚溪镇协理员花名册', '', '', '', '', ''],
      ['单位：砚溪镇', '', '', '填表时间：2026年1月', '', ''],
      ['序号', '姓名', '任职时间', '', '合同', ''],
      ['', '', '起', '止', '开始时间', '到期时间'],
      ['1', '张三', '2019.3', '2020.3', '2019.1', '2021.1'],
    ])
    const merges = ['A1:F1', 'A3:A4', 'B3:B4', 'C3:D3', 'E3:F3']
    const roster = recognise(await book({ name: '名册', rows, merges }), peopleHeadings)
    expect(roster.tables[0]!.headerRows).toEqual([3, 4])
    expect(roster.tables[0]!.columns[1]!.heading).toBe('姓名')
    expect(roster.tables[0]!.columns[2]).toEqual({ column: 'C', heading: '任职时间 起', field: 'startsOn' })
    expect(textsOf(roster)).toEqual([
      { serial: '1', name: '张三', startsOn: '2019.3', endsOn: '2020.3', contractFrom: '2019.1', contractTo: '2021.1' },
    ])
    const unmerged = recognise(await book({ name: '名册', rows }), peopleHeadings)
    expect(textsOf(unmerged)).toEqual(textsOf(roster))
  })

  it('stand below a row that only groups them', async () => {
    const roster = await people('基本情况\t\t任职\t\n姓名\t性别\t起\t止\n张三\t男\t2019.3\t2020.3\n')
    expect(roster.tables[0]!.headerRows).toEqual([1, 2])
    expect(textsOf(roster)).toEqual([{ name: '张三', gender: '男', startsOn: '2019.3', endsOn: '2020.3' }])
  })

  it('are those of one column where two mean the same: the one that says it best', async () => {
    const { tables, problems } = await people('姓名\t工作单位\t村（社区）\n张三\t镇政府\t东村\n')
    expect(tables[0]!.columns.map(({ field }) => field)).toEqual(['name', null, 'village'])
    expect(problems).toEqual([{ code: 'roster.twice', params: { sheet: '名册', column: 'B', heading: '工作单位', other: 'C' } }])
  })

  it('that nobody knows are refused, with what is looked for', async () => {
    await expect(people('甲\t乙\n张三\t东村\n')).rejects.toMatchObject({
      code: 'file.headings',
      params: { names: expect.stringMatching(/姓名.*身份证号码/) },
    })
  })

  it('are told where the needed one is missing', async () => {
    const { problems } = await people('人名\t性别\t出生年月\n张三\t男\t1990.1\n')
    expect(problems).toEqual([{ code: 'roster.missing', params: { sheet: '名册', names: '姓名' } }])
  })
})

describe('what a person says by hand', () => {
  it('is followed', async () => {
    const sheets = await pasted('人名\t性别\t村\t电话\n张三\t男\t东村\t1\n')
    const roster = recognise(sheets, peopleHeadings, { sheets: { 名册: { columns: { A: 'name', C: null, D: 'idNumber' } } } })
    expect(textsOf(roster)).toEqual([{ name: '张三', gender: '男', idNumber: '1' }])
    expect(roster.problems).toEqual([])
  })

  it('takes the field from the column that had it', async () => {
    const sheets = await pasted('姓名\t性别\t曾用名\n张三\t男\t张五\n')
    const roster = recognise(sheets, peopleHeadings, { sheets: { 名册: { columns: { C: 'name' } } } })
    expect(textsOf(roster)).toEqual([{ name: '张五', gender: '男' }])
  })

  it('finds a header of its own, or none', async () => {
    const sheets = await pasted('甲\t乙\n张三\t东村\n')
    const columns = { A: 'name', B: 'village' } as const
    const from = (header: number) => textsOf(recognise(sheets, peopleHeadings, { sheets: { 名册: { header, columns } } }))
    expect(from(1)).toEqual([{ name: '张三', village: '东村' }])
    expect(from(0)).toEqual([
      { name: '甲', village: '乙' },
      { name: '张三', village: '东村' },
    ])
  })
})

describe('rows', () => {
  it('that are none of the list are skipped, each for its reason', async () => {
    const roster = await people(`砚溪镇名册
序号\t姓名\t村（社区）\t备注
1\t张三\t东村\t说明：借调
\t小计\t\t1人
序号\t姓名\t村（社区）\t备注

2\t李四\t西村
3
合 计：\t\t2
填表人：\t王五\t审核人：\t赵六
注：本表一式两份`)
    expect(textsOf(roster).map(({ name }) => name)).toEqual(['张三', '李四'])
    expect(skippedIn(roster)).toEqual(['4 sum', '5 header', '8 blank', '9 sum', '10 note', '11 note'])
  })

  it('without a name are left for whoever takes them', async () => {
    expect(textsOf(await people('姓名\t村\t性别\n\t东村\t男\n'))).toEqual([{ village: '东村', gender: '男' }])
  })

  it('of another header further down are another table', async () => {
    const roster = await people('姓名\t村\n张三\t东村\n\n村\t姓名\n西村\t李四\n')
    expect(roster.tables.map(({ headerRows }) => headerRows)).toEqual([[1], [4]])
    expect(textsOf(roster)).toEqual([
      { name: '张三', village: '东村' },
      { name: '李四', village: '西村' },
    ])
  })

  it('belong to the town whose name stands above them', async () => {
    const sheets = await book({
      name: '名册',
      rows: textRows([
        ['姓名', '村'],
        ['砚溪镇', ''],
        ['张三', '东村'],
        ['云岭乡', ''],
        ['李四', '西村'],
      ]),
      merges: ['A2:B2', 'A4:B4'],
    })
    const roster = recognise(sheets, peopleHeadings)
    expect(textsOf(roster).map(({ name, town }) => [name, town])).toEqual([
      ['张三', '砚溪镇'],
      ['李四', '云岭乡'],
    ])
    expect(skippedIn(roster)).toEqual(['2 section', '4 section'])
  })

  it('have what is merged above them', async () => {
    const rows = textRows([
      ['镇', '村'],
      ['砚溪镇', '东村'],
      ['', '西村'],
    ])
    expect(textsOf(recognise(await book({ name: '', rows, merges: ['A2:A3'] }), unitHeadings))).toEqual([
      { town: '砚溪镇', village: '东村' },
      { town: '砚溪镇', village: '西村' },
    ])
  })
})

describe('sheets', () => {
  const rows = textRows([
    ['姓名', '村'],
    ['张三', '东村'],
  ])

  it('name the town where no column does', async () => {
    const towns = async (...sheets: SheetGiven[]) =>
      textsOf(recognise(await book(...sheets), peopleHeadings)).map(({ town }) => town)
    expect(await towns({ name: '砚溪镇', rows })).toEqual(['砚溪镇'])
    expect(await towns({ name: '名册', rows })).toEqual([undefined])
    expect(await towns({ name: '砚溪', rows }, { name: '云岭', rows }, { name: 'Sheet3', rows })).toEqual([
      '砚溪',
      '云岭',
      undefined,
    ])
    const own = textRows([
      ['姓名', '镇'],
      ['张三', '云岭镇'],
    ])
    expect(await towns({ name: '砚溪镇', rows: own })).toEqual(['云岭镇'])
  })

  it('that are hidden, have hidden parts or no table are told', async () => {
    const hiddenRow = rows.replace(/<row>(?=[^]*东村)(?![^]*<row>)/, '<row hidden="1">')
    const sheets = await book(
      { name: '一', rows: hiddenRow, cols: '<cols><col min="2" max="3" hidden="1"/></cols>' },
      { name: '二', rows, state: 'hidden' },
      { name: '三', rows: textRows([['说明文字']]) },
      { name: '四' },
    )
    const roster = recognise(sheets, peopleHeadings)
    expect(roster.problems).toEqual([
      { code: 'roster.hiddenRows', params: { sheet: '一', rows: '2', count: '1' } },
      { code: 'roster.hiddenColumns', params: { sheet: '一', columns: 'B' } },
      { code: 'roster.hiddenSheet', params: { sheet: '二' } },
      { code: 'roster.noTable', params: { sheet: '三' } },
    ])
    expect(roster.tables[0]!.rows[0]!.hidden).toBe(true)
    expect(recognise(sheets, peopleHeadings, { sheets: { 二: {} } }).tables).toHaveLength(2)
  })
})

/** A column of a roster: its field, how it may be headed, and what may stand in it. */
const columns = fc.shuffledSubarray(
  peopleHeadings.filter(({ field }) => field !== 'name'),
  { minLength: 1 },
)
const word = fc.stringMatching(/^[甲乙丙丁戊己庚辛0-9]{1,6}$/)

it('finds the same roster whatever stands around it and in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(
      columns.chain((chosen) =>
        fc.record({
          order: fc.shuffledSubarray([...chosen, peopleHeadings.find(({ field }) => field === 'name')!], {
            minLength: chosen.length + 1,
          }),
          people: fc.array(
            fc.record({ cells: fc.array(fc.option(word, { nil: '' }), { minLength: 20, maxLength: 20 }), name: word }),
            {
              minLength: 1,
              maxLength: 8,
            },
          ),
          heading: fc.nat(),
        }),
      ),
      fc.array(fc.constantFrom('某县协理员名册', '单位：某镇', '（2026年度）'), { maxLength: 4 }),
      fc.infiniteStream(fc.constantFrom('', '', 'blank', 'sum', 'header')),
      fc.boolean(),
      async ({ order, people: all, heading }, titles, between, asWorkbook) => {
        const headings = order.map(({ names }) => names[heading % names.length]!)
        const given = all.map(({ cells, name }) =>
          Object.fromEntries(order.map(({ field }, at) => [field, field === 'name' ? name : cells[at]!])),
        )
        const table: string[][] = [...titles.map((title) => [title]), headings]
        for (const one of given) {
          table.push(order.map(({ field }) => one[field]!))
          const next = between.next().value
          if (next === 'blank') table.push(['', ''])
          if (next === 'sum') table.push(['合计', ...order.slice(1).map(() => '')])
          if (next === 'header') table.push(headings)
        }
        table.push(['填表人：某某'])
        const bytes = asWorkbook
          ? workbookOf([{ name: '名册', rows: textRows(table) }])
          : Buffer.from(table.map((cells) => cells.join('\t')).join('\n'))
        const roster = recognise(await readBytes(bytes, '名册', usualLimits), peopleHeadings)
        const full = given.map((one) => Object.fromEntries(Object.entries(one).filter(([, text]) => text !== '')))
        expect(textsOf(roster)).toEqual(full)
        expect(roster.problems).toEqual([])
      },
    ),
  )
})
