// The same rows on AG Grid Community as it comes: the measure for the benchmark.
import {
  CellStyleModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  createGrid,
  ModuleRegistry,
  NumberFilterModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
  TextFilterModule,
  TooltipModule,
  themeQuartz,
} from 'ag-grid-community'
import { COLUMNS, makeData } from './data.ts'

ModuleRegistry.registerModules([
  CellStyleModule,
  ClientSideRowModelModule,
  ColumnApiModule,
  NumberFilterModule,
  RenderApiModule,
  RowApiModule,
  ScrollApiModule,
  TextFilterModule,
  TooltipModule,
])

const app = document.querySelector('#app')
app.innerHTML =
  '<div style="display: flex; flex-direction: column; height: 100%"><header style="padding: 6px 10px">2026</header>' +
  '<div id="grid" style="flex: 1; min-height: 0"></div><footer style="padding: 4px 10px">0</footer></div>'

const columnDefs = []
for (const { field, title, width, pinned, group, kind } of COLUMNS) {
  const filter = kind === 'number' || kind === 'computed' ? 'agNumberColumnFilter' : 'agTextColumnFilter'
  const def = { field, headerName: title, width, cellDataType: false, filter, ...(pinned && { pinned }) }
  const last = columnDefs.at(-1)
  if (!group) columnDefs.push(def)
  else if (last?.headerName === group) last.children.push(def)
  else columnDefs.push({ headerName: group, children: [def] })
}

const fields = COLUMNS.map(({ field }) => field)

/** Columns to row objects: what a bare page has to do with the same payload. */
export function rowsOf({ ids, columns }) {
  return ids.map((id, at) => {
    const row = { id }
    for (const field of fields) row[field] = columns[field][at]
    return row
  })
}

function show(rowData) {
  window.demo.api = createGrid(document.querySelector('#grid'), {
    theme: themeQuartz.withParams({ rowHeight: 28, headerHeight: 42, fontSize: 13, spacing: 5 }),
    columnDefs,
    rowData,
    getRowId: ({ data }) => data.id,
    animateRows: false,
    rowBuffer: 8,
  })
}

window.demo = { show, rowsOf, makeData, api: null }
if (!location.search.includes('closed')) show(rowsOf(makeData(10_000)))
