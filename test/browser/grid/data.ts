import type { GridColumn, RowKey } from '../../../web/src/grid/types.ts'

/** `?scores=35` makes a table of 40 columns. */
export const SCORES = Number(new URLSearchParams(location.search).get('scores') ?? 24)
const MAXIMA = [6, 5, 5, 4, 4, 3, 6, 5, 4, 4, 3, 5, 4, 4, 5, 3, 4, 4, 5, 4, 4, 3, 3, 3]
const SECTIONS = ['政治素质', '业务能力', '工作实绩', '群众评价']
const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗'
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平'

export interface Data {
  ids: string[]
  columns: Record<string, (string | null)[]>
}

/** Deterministic rows as columns: village coordinators, a name, a town, and marks, some of them missing. */
export function makeData(rows: number): Data {
  const ids: string[] = []
  const columns: Data['columns'] = { name: [], town: [], village: [], note: [], total: [] }
  for (let score = 0; score < SCORES; score++) columns[`s${score}`] = []
  let seed = 7
  const random = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647
  for (let row = 0; row < rows; row++) {
    ids.push(`p${row}`)
    const at = (text: string, by: number): string => text[Math.floor(row / by) % text.length]!
    columns['name']!.push(at(SURNAMES, 1) + at(GIVEN, 3) + (row % 3 ? at(GIVEN, 7) : ''))
    columns['town']!.push(`${at('东西南北中', 333)}${at('河山岭桥湾', 1665)}镇`)
    columns['village']!.push(`第${(row % 17) + 1}村`)
    columns['note']!.push(row % 20 === 3 ? '请假一周' : null)
    let total = 0
    for (let score = 0; score < SCORES; score++) {
      const half = random() < 0.03 ? null : Math.floor(random() * (maximumOf(`s${score}`) * 2 + 1))
      columns[`s${score}`]!.push(half === null ? null : String(half / 2))
      total += half ?? 0
    }
    columns['total']!.push(String(total / 2))
  }
  return { ids, columns }
}

const fullWidth = (raw: string): string =>
  raw
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll('。', '.')
    .replace(/[\s\u3000]|分$/g, '')

export function readScore(raw: string): { value: string | null } | { refused: string } {
  const text = fullWidth(raw)
  if (text === '') return { value: null }
  if (!/^-?\d+(\.\d+)?$/.test(text)) return { refused: `“${raw}”不是分数` }
  return { value: String(Number(text)) }
}

export const maximumOf = (field: string): number => MAXIMA[Number(field.slice(1)) % MAXIMA.length] ?? Infinity

/** With `?keys`, rows are found by these in what is pasted. */
export const ROW_KEYS: RowKey[] = [
  { field: 'name', headings: ['姓名', 'name'] },
  { field: 'village', headings: ['村', '行政村', 'village'] },
  { field: 'town', headings: ['乡镇'] },
  { field: null, headings: ['表号'] },
]

export const COLUMNS: GridColumn[] = [
  { field: 'name', title: '姓名', kind: 'text', width: 84, pinned: 'left', editable: false },
  { field: 'town', title: '乡镇', kind: 'text', width: 84, pinned: 'left', editable: false },
  { field: 'village', title: '村', kind: 'text', width: 80, pinned: 'left', editable: false },
  ...Array.from({ length: SCORES }, (_, at): GridColumn => ({
    field: `s${at}`,
    title: `指标${at + 1}`,
    subtitle: `满分 ${maximumOf(`s${at}`)}`,
    tooltip: `指标${at + 1}：满分 ${maximumOf(`s${at}`)}`,
    group: SECTIONS[Math.floor(at / 6) % SECTIONS.length]!,
    kind: 'number',
    width: 76,
    editable: true,
    read: readScore,
    doubt: (value) => (Number(value) > MAXIMA[at]! ? '超过满分' : null),
  })),
  { field: 'note', title: '备注', kind: 'text', width: 160, editable: true },
  { field: 'total', title: '总分', subtitle: '满分 100', kind: 'computed', width: 72, pinned: 'right', editable: false },
]
