// AG Grid Community as it comes. It has no paste: the rows are written where they are, and drawn again.
import '../../browser/grid/bare.js'
import { centre, rowsOf } from './frames.js'

const { demo } = window
let rows

export function open(data) {
  rows = rowsOf(data)
  demo.show(rows)
}
export const undoes = false
export const cells = '.ag-cell'
export const start = () => centre('[row-index="0"] [col-id="s0"]')
export const value = (row, score) => rows[row][`s${score}`]
export function remote(changed) {
  for (const { id, values } of changed) Object.assign(rows[Number(id.slice(1))], values)
  demo.api.refreshCells()
}

window.addEventListener('paste', (event) => {
  const lines = event.clipboardData.getData('text/plain').split('\r\n').slice(0, -1)
  lines.forEach((line, row) => line.split('\t').forEach((text, at) => (rows[row][`s${at}`] = text)))
  demo.api.refreshCells()
})
