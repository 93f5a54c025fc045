import 'x-data-spreadsheet/dist/xspreadsheet.js'
import 'x-data-spreadsheet/dist/xspreadsheet.css'
import { COLUMNS } from '../../browser/grid/data.ts'
import { inked } from './frames.js'

const app = document.querySelector('#app')
const first = COLUMNS.findIndex(({ field }) => field === 's0')
let book

export function open({ ids, columns }) {
  const rows = { len: ids.length }
  ids.forEach((_, at) => {
    const cells = {}
    COLUMNS.forEach(({ field }, col) => (cells[col] = { text: columns[field][at] ?? '' }))
    rows[at] = { cells }
  })
  const cols = { len: COLUMNS.length }
  COLUMNS.forEach(({ width }, col) => (cols[col] = { width }))
  book = window.x_spreadsheet(app, {
    showToolbar: false,
    showBottomBar: false,
    view: { height: () => innerHeight, width: () => innerWidth },
    row: { len: ids.length, height: 28 },
    col: { len: COLUMNS.length, width: 76, indexWidth: 60, minWidth: 40 },
  })
  book.loadData({ name: 's', freeze: 'D1', rows, cols })
}
export function start() {
  const canvas = app.querySelector('canvas')
  const box = canvas?.getBoundingClientRect()
  const at = box && { x: box.x + 60 + 84 + 84 + 80 + 38, y: box.y + 25 + 14 }
  return at && inked(canvas, at) ? at : null
}
export const cells = null
export const value = (row, score) => book.cell(row, first + score)?.text
