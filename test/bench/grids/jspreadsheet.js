import jspreadsheet from 'jspreadsheet-ce'
import 'jspreadsheet-ce/dist/jspreadsheet.css'
import 'jsuites/dist/jsuites.css'
import { COLUMNS } from '../../browser/grid/data.ts'
import { centre } from './frames.js'

const app = document.querySelector('#app')
const first = COLUMNS.findIndex(({ field }) => field === 's0')
let sheet

export function open({ ids, columns }) {
  const rows = ids.map((_, at) => COLUMNS.map(({ field }) => columns[field][at] ?? ''))
  ;[sheet] = jspreadsheet(app, {
    worksheets: [
      {
        data: rows,
        columns: COLUMNS.map(({ title, width }) => ({ title, width, type: 'text' })),
        minDimensions: [COLUMNS.length, rows.length],
        tableOverflow: true,
        tableWidth: `${innerWidth}px`,
        tableHeight: `${innerHeight - 40}px`,
        freezeColumns: 3,
        lazyLoading: true,
        defaultRowHeight: 28,
      },
    ],
  })
}
export const cells = 'td[data-x]'
export const start = () => centre(`td[data-x="${first}"][data-y="0"]`)
export const value = (row, score) => sheet.getValueFromCoords(first + score, row)
