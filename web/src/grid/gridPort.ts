import { AG_GRID_LOCALE_CN, AG_GRID_LOCALE_EN } from '@ag-grid-community/locale'
import { createGrid, type Column, type GridApi, type GridOptions } from 'ag-grid-community'
import { theme } from './agGrid.ts'
import { moved, restored, type PlacedColumn } from './columnOrder.ts'
import type { EditorBox } from './editor.ts'
import { dress, ROW_NUMBERS } from './looks.ts'
import type { Screen } from './screen.ts'
import { fieldsByRow, type Patch, type SheetRow } from './sheetModel.ts'
import type { CellPos, CellRect, GridLook } from './types.ts'

export interface PortOptions {
  rows: readonly SheetRow[]
  columnDefs: NonNullable<GridOptions<SheetRow>['columnDefs']>
  locale: 'zh' | 'en'
  label: string
  /** How a displayed cell looks, see `looks.ts`. */
  lookAt: (data: SheetRow, row: number, field: string) => number
  rowVisible: () => ((row: SheetRow) => boolean) | undefined
  /** The order of rows, or which are displayed, has changed; this was displayed before. */
  reordered: (before: readonly SheetRow[]) => void
  /** Other columns are displayed, or in another order; these fields were displayed before. */
  rearranged: (before: readonly string[]) => void
  scrolled: () => void
}

/** A little more than is drawn, to be hit easily. */
const HANDLE = 9
const FLASHES = 900

/**
 * The only place that speaks to AG Grid and reads its DOM (`row-index`, `col-id`, the viewport and header classes). To all
 * others the grid is displayed rows and columns, counted from 0.
 */
export class GridPort implements Screen {
  private readonly api: GridApi<SheetRow>
  private columns: Column[] = []
  /** The rows as they are displayed, to be known after they have been put into another order. */
  private order: SheetRow[] = []
  private places = new Map<string, number>()
  private frame = 0
  /** Texts have changed since they were drawn. */
  private stale = false
  /** What is to light up when it is drawn next. */
  private flashing = new Map<SheetRow, Set<string>>()
  private flashTimer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly root: HTMLElement,
    private readonly element: HTMLElement,
    private readonly options: PortOptions,
    private readonly onFocus: () => void,
  ) {
    this.api = createGrid<SheetRow>(element, {
      theme,
      rowData: options.rows.slice(),
      columnDefs: options.columnDefs,
      getRowId: ({ data }) => data.id,
      defaultColDef: { resizable: true, suppressMovable: true, sortable: true, editable: false, cellDataType: false },
      localeText: options.locale === 'zh' ? AG_GRID_LOCALE_CN : AG_GRID_LOCALE_EN,
      readOnlyEdit: true,
      // the proxy input is the grid's one tab stop and has all its keys
      suppressCellFocus: true,
      suppressHeaderFocus: true,
      tabIndex: -1,
      animateRows: false,
      suppressColumnMoveAnimation: true,
      rowBuffer: 8,
      suppressScrollOnNewData: true,
      tooltipShowDelay: 400,
      groupHeaderHeight: 26,
      isExternalFilterPresent: () => options.rowVisible() !== undefined,
      doesExternalFilterPass: ({ data }) => !data || options.rowVisible()?.(data) !== false,
      onDisplayedColumnsChanged: () => this.readColumns(),
      onSortChanged: () => options.reordered(this.readOrder()),
      onFilterChanged: () => options.reordered(this.readOrder()),
      onBodyScroll: options.scrolled,
      onViewportChanged: options.scrolled,
      onColumnResized: options.scrolled,
      // Escape in a filter gives the keyboard back; a press elsewhere has taken it where it wants it
      onColumnMenuVisibleChanged: ({ visible }) => !visible && document.activeElement === document.body && this.onFocus(),
      onGridReady: ({ api }) => api.setGridAriaProperty('label', options.label),
    })
    this.readColumns()
    this.readOrder()
    // A click on a header selects its column: it does not sort. The sort button and mark in it do.
    element.addEventListener('click', (event) => this.onHeading(event.target) && event.stopPropagation(), true)
    // Chromium makes a scrolling box without a tab stop inside a tab stop itself
    for (const box of element.querySelectorAll('.ag-grid-viewport, [class*=-scroll-viewport]')) box.setAttribute('tabindex', '-1')
  }

  private readColumns(): void {
    if (!this.api) return
    const before = [...this.places.keys()]
    this.columns = this.api.getAllDisplayedColumns().filter((column) => column.getColId() !== ROW_NUMBERS)
    this.places = new Map(this.columns.map((column, place) => [column.getColId(), place]))
    if (before.length > 0 && String(before) !== String([...this.places.keys()])) this.options.rearranged(before)
  }

  private readOrder(): SheetRow[] {
    const before = this.order
    this.order = []
    this.api.forEachNodeAfterFilterAndSort(({ data }) => data && this.order.push(data))
    return before
  }

  /** Shows other columns; those that were there before keep the order they were given. */
  setColumns(columnDefs: PortOptions['columnDefs']): void {
    const before = this.placed().map(({ field }) => field)
    this.api.setGridOption('columnDefs', columnDefs)
    this.setOrder(restored(this.placed(), before))
  }

  /** All columns in their order, hidden ones too. */
  private placed(): PlacedColumn[] {
    return this.api.getAllGridColumns().map((column) => ({
      field: column.getColId(),
      part: column.getColId() === ROW_NUMBERS ? ROW_NUMBERS : String(column.getPinned()),
      section: column.getOriginalParent()?.getGroupId() ?? null,
    }))
  }

  private setOrder(fields: readonly string[]): void {
    this.api.applyColumnState({ state: fields.map((colId) => ({ colId })), applyOrder: true })
    this.readColumns()
  }

  /** The order once the displayed columns from `left` to `right` stand before the one displayed at `to`; null where they cannot. */
  private orderWith({ left, right }: Pick<CellRect, 'left' | 'right'>, to: number): string[] | null {
    const all = this.placed()
    const placeIn = (col: number): number => all.findIndex(({ field }) => field === this.fieldAt(col))
    const fields = new Set(Array.from({ length: right - left + 1 }, (_, at) => this.fieldAt(left + at)))
    const from = to > 0 ? placeIn(to - 1) + 1 : 0
    const end = to < this.columns.length ? placeIn(to) : all.length
    // hidden columns may lie between the two neighbours: any place between them looks the same
    for (let place = from; place <= end; place++) {
      const order = moved(all, fields, place)
      if (order) return order
    }
    return null
  }
  canMove(columns: Pick<CellRect, 'left' | 'right'>, to: number): boolean {
    return this.orderWith(columns, to) !== null
  }
  /** Moves displayed columns before the one displayed at `to`. False where they cannot stand there. */
  moveColumns(columns: Pick<CellRect, 'left' | 'right'>, to: number): boolean {
    const order = this.orderWith(columns, to)
    if (order) this.setOrder(order)
    return order !== null
  }

  replaceRows(rows: readonly SheetRow[]): void {
    this.api.setGridOption('rowData', rows.slice())
    this.readOrder()
    this.refresh()
  }

  destroy(): void {
    cancelAnimationFrame(this.frame)
    clearTimeout(this.flashTimer)
    this.api.destroy()
  }

  rowCount(): number {
    return this.api.getDisplayedRowCount()
  }
  columnCount(): number {
    return this.columns.length
  }
  rowAt(row: number): SheetRow | undefined {
    return this.api.getDisplayedRowAtIndex(row)?.data
  }
  fieldAt(col: number): string {
    return this.columns[col]?.getColId() ?? ''
  }
  indexOfRow(id: string): number {
    return this.api.getRowNode(id)?.rowIndex ?? -1
  }
  indexOfField(field: string): number {
    return this.places.get(field) ?? -1
  }

  repaint(): void {
    this.frame ||= requestAnimationFrame(() => this.draw())
  }
  refresh(): void {
    this.stale = true
    this.repaint()
  }
  private draw(): void {
    this.frame = 0
    if (this.stale) this.api.refreshCells({ suppressFlash: true })
    this.stale = false
    // Not by AG Grid's class rules: it would run two dozen for each cell, drawn or drawn again.
    for (const row of this.element.querySelectorAll('.ag-row')) {
      const at = Number(row.getAttribute('row-index'))
      const data = this.rowAt(at)
      if (!data) continue
      const flashing = this.flashing.get(data)
      for (const cell of row.querySelectorAll('.ag-cell')) {
        const field = cell.getAttribute('col-id') ?? ''
        dress(cell, this.options.lookAt(data, at, field))
        if (flashing?.has(field)) cell.classList.add('kh-flash')
      }
    }
    this.flashing.clear()
  }

  flash(cells: readonly Patch[]): void {
    this.flashing = fieldsByRow(cells)
    this.repaint()
    // all at once and without fading: a transition for each of some hundred cells costs a frame
    clearTimeout(this.flashTimer)
    this.flashTimer = setTimeout(() => {
      for (const cell of this.element.querySelectorAll('.kh-flash')) cell.classList.remove('kh-flash')
    }, FLASHES)
  }

  reveal({ row, col }: CellPos): void {
    const column = this.columns[col]
    if (row >= 0 && row < this.rowCount()) this.api.ensureIndexVisible(row)
    if (column && !column.isPinned()) this.api.ensureColumnVisible(column)
  }

  focus(): void {
    this.onFocus()
  }

  refilter(): void {
    this.api.onFilterChanged()
  }

  sort(field: string, direction: 'asc' | 'desc' | null): void {
    this.api.applyColumnState({ state: [{ colId: field, sort: direction }], defaultState: { sort: null } })
  }

  /** Sorts again: what a column compares by is another now. */
  resort(): void {
    this.api.refreshClientSideRowModel('sort')
  }

  /** Sorts by a column the next way round: up, down, not at all. */
  sortNext(field: string): void {
    const now = this.api.getColumn(field)?.getSort()
    this.sort(field, now === 'asc' ? 'desc' : now === 'desc' ? null : 'asc')
  }

  /** How the table looks: columns, their order, widths and sorting, and what is filtered. Rows are those of the sheet. */
  look(): GridLook {
    const columns = this.api.getColumnState().filter(({ colId }) => colId !== ROW_NUMBERS)
    return {
      columns: columns.map(({ colId, hide, width, sort, sortIndex }) => ({
        field: colId,
        hidden: hide === true,
        width: width ?? null,
        sort: sort ?? null,
        sortPlace: sortIndex ?? null,
      })),
      filters: this.api.getFilterModel(),
      rowHeight: this.api.getSizesForCurrentTheme().rowHeight,
    }
  }

  /** Makes the table look so. Columns that it does not name stay as they are, beside their neighbours; those it has no more are passed over. */
  show({ columns, filters, rowHeight }: GridLook): void {
    this.api.applyColumnState({
      state: columns.map(({ field, hidden, width, sort, sortPlace }) => ({
        colId: field,
        hide: hidden,
        ...(width === null ? {} : { width }),
        sort,
        sortIndex: sortPlace,
      })),
    })
    const order = columns.map(({ field }) => field)
    this.setOrder(restored(this.placed(), order))
    this.api.setFilterModel(filters)
    this.setRowHeight(rowHeight)
  }

  setRowHeight(rowHeight: number): void {
    this.api.setGridOption('theme', theme.withParams({ rowHeight }))
  }

  setHidden(fields: readonly string[], hidden: boolean): void {
    this.api.setColumnsVisible([...fields], !hidden)
    this.readColumns()
  }

  openFilter(field: string): void {
    this.api.showColumnFilter(field)
  }

  pageRows(): number {
    const { top, bottom } = this.view()
    return Math.max(1, Math.floor((bottom - top) / this.api.getSizesForCurrentTheme().rowHeight) - 1)
  }

  /** The displayed cell an event's target lies in. */
  cellAt(target: EventTarget | null): CellPos | null {
    const at = this.placeAt(target)
    return at && at.row >= 0 && at.col >= 0 ? at : null
  }

  /** The same, with -1 for the row in the header of a column, and for the column in the number of a row. */
  placeAt(target: EventTarget | null): CellPos | null {
    const cell = target instanceof Element ? target.closest('[col-id]') : null
    const row = cell?.closest('[row-index]')
    if (!cell || !this.element.contains(cell) || (!row && !this.onHeading(target))) return null
    const field = cell.getAttribute('col-id') ?? ''
    const col = field === ROW_NUMBERS ? -1 : this.places.get(field)
    const index = row ? Number(row.getAttribute('row-index')) : -1
    return col === undefined || !Number.isInteger(index) ? null : { row: index, col }
  }

  /** In the header of a column, but not on one of its buttons. */
  private onHeading(target: EventTarget | null): boolean {
    return (
      target instanceof Element &&
      target.closest('.ag-header-cell') !== null &&
      target.closest('.ag-header-cell-resize, .ag-header-icon, .ag-sort-indicator-container, .kh-sort') === null
    )
  }

  /** Whether a press lies on the fill handle, the corner that is drawn on the last cell of the range. */
  onHandle({ target, clientX, clientY }: MouseEvent): boolean {
    const corner = target instanceof Element ? target.closest('.kh-corner') : null
    if (!corner) return false
    const { right, bottom } = corner.getBoundingClientRect()
    return right - clientX <= HANDLE && bottom - clientY <= HANDLE
  }

  /** Where the column displayed at `to` begins, or the last ends, inside our root; null when it is not drawn. */
  edgeBefore(to: number): { left: number; top: number; height: number } | null {
    const last = to >= this.columns.length
    const field = this.fieldAt(last ? to - 1 : to)
    const header = this.element.querySelector(`.ag-header-cell[col-id="${CSS.escape(field)}"]`)?.getBoundingClientRect()
    if (!header) return null
    const root = this.root.getBoundingClientRect()
    return {
      left: (last ? header.right : header.left) - root.left,
      top: header.top - root.top,
      height: this.view().bottom - header.top,
    }
  }

  /** Where cells are in view, pinned ones included, in client coordinates. */
  view(): CellRect {
    const { left, right, bottom, top } = (this.element.querySelector('.ag-grid-viewport') ?? this.element).getBoundingClientRect()
    const header = this.element.querySelector('.ag-header')?.getBoundingClientRect()
    return { top: Math.max(header?.bottom ?? top, top), bottom, left, right }
  }

  private pinnedWidth(side: 'left' | 'right'): number {
    return this.api
      .getAllDisplayedColumns()
      .reduce((width, column) => width + (column.getPinned() === side ? column.getActualWidth() : 0), 0)
  }

  /** Where a cell lies inside our root, and the clip that keeps it from covering header and pinned columns. */
  box(row: string, field: string): EditorBox | null {
    const at = this.indexOfRow(row)
    const cell = at < 0 ? null : this.element.querySelector(`[row-index="${at}"] [col-id="${CSS.escape(field)}"]`)
    if (!cell) return null
    const box = cell.getBoundingClientRect()
    const root = this.root.getBoundingClientRect()
    const view = this.view()
    const pinned = this.columns[this.places.get(field) ?? -1]?.isPinned() ?? false
    const cutLeft = pinned ? 0 : Math.max(0, view.left + this.pinnedWidth('left') - box.left)
    const cutTop = Math.max(0, view.top - box.top)
    const cutBottom = Math.max(0, box.bottom - view.bottom)
    if (
      cutLeft >= box.width ||
      cutTop >= box.height ||
      cutBottom >= box.height ||
      (!pinned && box.left >= view.right - this.pinnedWidth('right'))
    )
      return null
    const clip = cutLeft || cutTop || cutBottom ? `inset(${cutTop}px -400px ${cutBottom || -400}px ${cutLeft}px)` : 'none'
    return { left: box.left - root.left, top: box.top - root.top, width: box.width, height: box.height, clip }
  }
}
