import type { ColDef, ColGroupDef, IHeaderParams } from 'ag-grid-community'
import { isNumeric } from './cellTypes.ts'
import { classesOf, ROW_NUMBERS } from './looks.ts'
import { isDate } from './series.ts'
import type { Sheet } from './sheet.ts'
import type { SheetRow } from './sheetModel.ts'
import type { GridColumn } from './types.ts'

type Columns = (ColDef<SheetRow> | ColGroupDef<SheetRow>)[]

/** The host's columns as AG Grid's, neighbours of one group under one section header. */
export function columnDefs(columns: readonly GridColumn[], sheet: Sheet): Columns {
  const out: Columns = [rowNumbers(sheet)]
  for (const column of columns) {
    const def = columnDef(column, sheet)
    const groupId = column.groupId ?? column.group
    const last = out.at(-1)
    if (groupId === undefined) out.push(def)
    else if (last && 'children' in last && last.groupId === groupId) last.children.push(def)
    else
      out.push({
        groupId,
        headerName: column.group ?? '',
        headerTooltip: column.group ?? '',
        marryChildren: true,
        children: [def],
      })
  }
  return out
}

function rowNumbers({ words, lookAt }: Sheet): ColDef<SheetRow> {
  return {
    colId: ROW_NUMBERS,
    headerName: '#',
    headerTooltip: words.selectAll,
    headerClass: 'kh-number',
    width: 46,
    pinned: 'left',
    lockPinned: true,
    resizable: false,
    sortable: false,
    valueGetter: ({ node }) => (node?.rowIndex ?? 0) + 1,
    cellClass: ({ data, rowIndex }) => ['kh-row-number', ...(data ? classesOf(lookAt(data, rowIndex, ROW_NUMBERS)) : [])],
  }
}

function columnDef(column: GridColumn, sheet: Sheet): ColDef<SheetRow> {
  const { field, title, subtitle, tooltip, kind, width, pinned, show } = column
  const { model } = sheet
  const numeric = isNumeric(kind)
  const ownClasses =
    kind === 'computed' ? ['kh-number', 'kh-sum'] : [numeric ? 'kh-number' : kind === 'flag' ? 'kh-centre' : 'kh-text']
  return {
    colId: field,
    headerName: title,
    headerTooltip: tooltip ?? [title, subtitle].filter(Boolean).join(' '),
    headerClass: numeric ? 'kh-number' : kind === 'flag' ? 'kh-centre' : '',
    headerComponentParams: { innerHeaderComponent: TwoLineHeader, subtitle, sortLabel: sheet.words.sort(title) },
    width,
    minWidth: 40,
    ...(pinned && { pinned, lockPinned: true }),
    valueGetter: ({ data }) => data && model.value(data, field),
    ...(show && { valueFormatter: ({ value, data }) => (data ? show(value, data) : '') }),
    filter: numeric ? 'agNumberColumnFilter' : kind === 'date' ? 'agDateColumnFilter' : 'agTextColumnFilter',
    filterValueGetter: ({ data }) => {
      if (!data) return null
      const value = model.value(data, field)
      if (numeric) return numberOf(value)
      if (kind === 'date') return dateOf(value)
      return show && (kind === 'choice' || kind === 'flag') ? show(value, data) : value // found by what it is called
    },
    comparator: column.compare ?? (numeric ? compareNumbers : compareTexts),
    // as the cell is drawn; from then on `GridPort.repaint` keeps its looks
    cellClass: ({ data, rowIndex }) => (data ? [...ownClasses, ...classesOf(sheet.lookAt(data, rowIndex, field))] : ownClasses),
  }
}

/** Title and, under it, the maximum: small and quiet. A click selects the column, so sorting has a button of its own. */
class TwoLineHeader {
  private readonly element = document.createElement('span')
  init({ displayName, subtitle, sortLabel, progressSort }: IHeaderParams & { subtitle?: string; sortLabel: string }): void {
    this.element.className = 'kh-header'
    this.element.append(line('span', 'kh-header-title', displayName))
    if (subtitle) this.element.append(line('span', 'kh-header-subtitle', subtitle))
    const sort = line('button', 'kh-sort', '⇅')
    sort.setAttribute('aria-label', sortLabel)
    sort.title = sortLabel
    sort.tabIndex = -1 // by keyboard: Alt+↑
    sort.addEventListener('mousedown', (event) => event.preventDefault()) // the keyboard stays where it is
    sort.addEventListener('click', (event) => {
      event.stopPropagation() // the header would sort once more
      progressSort(event.shiftKey)
    })
    this.element.append(sort)
  }
  getGui(): HTMLElement {
    return this.element
  }
  refresh(): boolean {
    return false
  }
}
function line(tag: 'span' | 'button', name: string, text: string): HTMLElement {
  const element = document.createElement(tag)
  element.className = name
  element.textContent = text
  return element
}

const numberOf = (value: unknown): number | null =>
  value === null || value === '' || Number.isNaN(Number(value)) ? null : Number(value)

/** The first moment of a day where the page is read: that is what the filter compares with. */
const dateOf = (value: unknown): Date | null => (isDate(String(value)) ? new Date(`${String(value)}T00:00`) : null)

/** Empty cells below all numbers, and text that is no number between. */
export function compareNumbers(a: unknown, b: unknown): number {
  const [left, right] = [numberOf(a), numberOf(b)]
  if (left !== null && right !== null) return left - right
  return rankOf(a, left) - rankOf(b, right)
}
const rankOf = (value: unknown, number: number | null): number => (number !== null ? 2 : value === null || value === '' ? 0 : 1)

const collator = new Intl.Collator('zh')
const compareTexts = (a: unknown, b: unknown): number => collator.compare(String(a ?? ''), String(b ?? ''))
