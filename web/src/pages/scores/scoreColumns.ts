import type { ScoreGridQuery } from '../../gql/documents.ts'
import { STATE } from '../../grid/states.ts'
import type { CellText, GridColumn, RowHandle, RowKey } from '../../grid/types.ts'
import { compareNames } from '../../parts/nameOrder.ts'
import { sumOf, twoPlaces } from '../../parts/decimal.ts'
import { lang } from '../../words/index.ts'
import { doubtOf, sentText } from './scoreText.ts'
import { villageNames } from './villageNames.ts'

export type Grid = ScoreGridQuery['scoreGrid']
export type Rows = Grid['rows']
type PolicyColumn = Grid['columns'][number]
type Translate = (key: string, values?: Record<string, unknown>) => string

/** Fields of a row beside those of the policy. */
export const OWN = {
  name: '@name',
  village: '@village',
  town: '@town',
  total: '@total',
  missing: '@missing',
  marks: '@marks',
  limits: '@limits',
  state: '@state',
  may: '@may',
  partTime: '@partTime',
}
/** By what other tables name whom a row is for, the name first. `partTime` is what the grid shows behind some names. */
export const rowKeys = (partTime: string): RowKey[] => [
  {
    field: OWN.name,
    headings: [
      '姓名',
      '名字',
      '协理员',
      '协理员姓名',
      '被考核人',
      '被考核人姓名',
      '人员',
      '人员姓名',
      'name',
      'full name',
      'coordinator',
    ],
    plain: (text) => (text.endsWith(` · ${partTime}`) ? text.slice(0, -partTime.length - 3) : text),
  },
  {
    field: OWN.village,
    headings: ['村', '村名', '村庄', '行政村', '所在村', '村社区', '村（社区）', '村居', '社区', '所在村（社区）', 'village'],
    near: (name, row) => villageNames(name, String(row?.value(OWN.town) ?? '')),
  },
  {
    field: OWN.town,
    headings: ['镇', '乡镇', '镇街', '镇（街道）', '街道', '乡镇（街道）', '所在镇', '所属镇', 'town', 'township'],
  },
  { field: null, headings: ['考核表', '考核表编号', '表号', 'sheet', 'sheet id', 'id'] },
]

/** Chinese titles are short; English ones need room. */
const wide = lang.value === 'en'
const subtotal = (section: string): string => `@sum.${section}`

const lines = (column: string, count: number): string[] => (count === 0 ? [] : column.split('\n'))
const cells = (column: string, count: number): CellText[] => lines(column, count).map((text) => text || null)

/** How the grid is laid out, and how its rows come out of the columns that the server sends. */
export class ScoreLayout {
  /** Place of each item among the letters of `marks`. */
  private readonly placeOf: Map<string, number>
  private readonly itemOf: Map<string, string>

  constructor(private readonly grid: Grid) {
    const items = grid.columns.filter(({ kind }) => kind === 'points')
    this.placeOf = new Map(items.map(({ field }, place) => [field, place]))
    this.itemOf = new Map(grid.columns.flatMap(({ field, item }) => (item ? [[field, item]] : [])))
  }

  /** The columns for the page: names left, totals right, the items of each section under its header. */
  columns(t: Translate, severalTowns: boolean): GridColumn[] {
    const text = (field: string, title: string, width: number): GridColumn => ({
      field,
      title,
      kind: 'text',
      width,
      pinned: 'left',
      editable: false,
      compare: compareNames,
    })
    return [
      ...(severalTowns ? [text(OWN.town, t('common.town'), 84)] : []),
      text(OWN.village, t('common.village'), 84),
      {
        ...text(OWN.name, t('common.name'), 84),
        show: (name, row) => `${String(name ?? '')}${row.value(OWN.partTime) ? ` · ${t('scores.part_time')}` : ''}`,
      },
      ...this.grid.columns.flatMap((column, at) => {
        const next = this.grid.columns[at + 1]
        const last = column.section && next?.section !== column.section
        return [this.policyColumn(column, t), ...(last ? [this.subtotalColumn(column.section!, t)] : [])]
      }),
      {
        field: OWN.limits,
        title: t('scores.limits'),
        tooltip: t('scores.limitsHint'),
        kind: 'computed',
        width: wide ? 70 : 50,
        pinned: 'right',
        editable: false,
        show: (value) => (value ? t('scores.limited') : ''),
      },
      {
        field: OWN.missing,
        title: t('scores.missing'),
        kind: 'computed',
        width: wide ? 70 : 50,
        pinned: 'right',
        editable: false,
        show: (value) => (value === '0' ? '' : String(value ?? '')),
      },
      {
        field: OWN.total,
        title: t('common.total'),
        kind: 'computed',
        width: 62,
        pinned: 'right',
        editable: false,
        show: (value) => twoPlaces(String(value ?? '')),
      },
    ]
  }

  private policyColumn(column: PolicyColumn, t: Translate): GridColumn {
    const { field, kind, title, section, item, max, clause, detail } = column
    const found = this.grid.sections.find(({ id }) => id === section)
    const flag = kind === 'flag'
    const veto = flag && !item
    if (kind === 'rule') return this.ruleColumn({ field, title, clause, detail }, t)
    const scored = this.grid.sections.length > 0
    const group = !scored
      ? { group: t('scores.facts'), groupId: '@facts' }
      : found
        ? { group: t('scores.group', { title: found.title, points: t('common.points', { n: found.max }) }), groupId: found.id }
        : { group: t(veto ? 'scores.vetoes' : 'scores.absence'), groupId: veto ? '@vetoes' : '@absence' }
    return {
      field,
      title,
      subtitle: kind === 'points' ? t('scores.max', { max: max ?? '' }) : t(`scores.unit.${kind}`, { max: max ?? '' }),
      tooltip: [title, detail, clause].filter(Boolean).join('\n'),
      ...group,
      kind: flag ? 'flag' : 'number',
      width: wide ? 92 : flag ? 68 : kind === 'points' ? 68 : 76,
      editable: true,
      ...(max != null && !flag ? { max: Number(max) } : {}),
      read: (raw) => ({ value: sentText(raw) }),
      ...(max != null || kind === 'choice' ? { doubt: (value, typed) => doubtOf(value, column, typed, lang.value) } : {}),
      show: flag
        ? (value) => (value === 'yes' ? t('scores.yes') : value === 'no' ? t('scores.no') : String(value ?? ''))
        : (value) => twoPlaces(String(value ?? '')),
    }
  }

  /** The points of a rule about claims: read here, moved on the page of claims. */
  private ruleColumn(
    { field, title, clause, detail }: Pick<PolicyColumn, 'field' | 'title' | 'clause' | 'detail'>,
    t: Translate,
  ): GridColumn {
    return {
      field,
      title,
      tooltip: [title, detail, clause].filter(Boolean).join('\n'),
      group: t('scores.claims'),
      groupId: '@claims',
      kind: 'computed',
      width: wide ? 92 : 84,
      editable: false,
      show: (value) => (value === '0' ? '' : twoPlaces(String(value ?? ''))),
    }
  }

  private subtotalColumn(section: string, t: Translate): GridColumn {
    const { id, title, max } = this.grid.sections.find((one) => one.id === section)!
    return {
      field: subtotal(id),
      title: t('scores.subtotal'),
      subtitle: t('scores.max', { max }),
      tooltip: `${title} ${t('scores.subtotal')}`,
      group: `${title}（${t('common.points', { n: max })}）`,
      groupId: id,
      kind: 'computed',
      width: wide ? 74 : 60,
      editable: false,
      show: (value) => twoPlaces(String(value ?? '')),
    }
  }

  /** Whole columns, as the sheet takes them. */
  load(): { ids: string[]; columns: Record<string, unknown[]> } {
    const { rows, names, villages, towns, fullTime } = this.grid
    const ids = rows.ids === '' ? [] : rows.ids.split('\n')
    const count = ids.length
    return {
      ids,
      columns: {
        ...this.rowColumns(rows, count),
        [OWN.name]: lines(names, count),
        [OWN.village]: lines(villages, count),
        [OWN.town]: lines(towns, count),
        [OWN.partTime]: lines(fullTime, count).map((text) => (text === 'y' ? '' : 'y')),
      },
    }
  }

  /** Rows as they now stand, for those already in the sheet. */
  updates(rows: Rows): { id: string; values: Record<string, unknown> }[] {
    const ids = rows.ids === '' ? [] : rows.ids.split('\n')
    const columns = Object.entries(this.rowColumns(rows, ids.length))
    return ids.map((id, at) => ({ id, values: Object.fromEntries(columns.map(([field, values]) => [field, values[at]])) }))
  }

  private rowColumns(rows: Rows, count: number): Record<string, unknown[]> {
    const columns: Record<string, unknown[]> = {
      [OWN.total]: lines(rows.totals, count),
      [OWN.missing]: lines(rows.missing, count),
      [OWN.marks]: lines(rows.marks, count),
      [OWN.limits]: lines(rows.limits, count),
      [OWN.state]: lines(rows.states, count),
      [OWN.may]: lines(rows.mayScore, count),
    }
    this.grid.columns.forEach(({ field }, at) => (columns[field] = cells(rows.cells[at]!, count)))
    for (const { id } of this.grid.sections) {
      const items = this.grid.columns
        .filter(({ section, kind }) => section === id && kind === 'points')
        .map(({ field }) => columns[field] as CellText[])
      columns[subtotal(id)] = Array.from({ length: count }, (_, at) => sumOf(items.map((item) => item[at]!)))
    }
    return columns
  }

  /** What is true of a cell by the server's word: computed, missing, locked. */
  baseState(row: RowHandle, field: string): number {
    const locked = row.value(OWN.may) === 'y' ? 0 : STATE.locked
    const place = this.placeOf.get(field)
    if (place === undefined) return this.itemOf.has(field) || field.startsWith('v') ? locked : 0
    const letter = String(row.value(OWN.marks) ?? '')[place]
    return locked | (letter === 'c' ? STATE.computed : letter === 'm' ? STATE.missing : 0)
  }

  sameItem(one: string, other: string): boolean {
    const item = this.itemOf.get(one)
    return item !== undefined && item === this.itemOf.get(other)
  }

  /** Of a criterion whose item was awarded directly: the award that an edit knowingly replaces. */
  replaced(row: RowHandle, field: string): CellText {
    const item = this.itemOf.get(field)
    if (!item || item === field) return null
    const awarded = String(row.value(OWN.marks) ?? '')[this.placeOf.get(item)!] === 'a'
    return awarded ? (row.value(item) as CellText) : null
  }
}
