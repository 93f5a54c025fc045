import { defineCustomElements } from '@revolist/revogrid/loader'
import { COLUMNS } from '../../browser/grid/data.ts'
import { centre, rowsOf } from './frames.js'

defineCustomElements()
await customElements.whenDefined('revo-grid')
const app = document.querySelector('#app')
let rows

export function open(data) {
  rows = rowsOf(data)
  const grid = document.createElement('revo-grid')
  grid.style.height = '100%'
  grid.columns = COLUMNS.map(({ field, title, width, pinned }) => ({
    prop: field,
    name: title,
    size: width,
    ...(pinned && { pin: pinned === 'left' ? 'colPinStart' : 'colPinEnd' }),
  }))
  Object.assign(grid, { source: rows, rowSize: 28, rowHeaders: true, range: true })
  app.append(grid)
}
const scores = 'revogr-data[type="rgRow"][col-type="rgCol"]'
export const undoes = false
export const cells = '[data-rgrow]'
export const start = () => centre(`${scores} [data-rgrow="0"][data-rgcol="0"]`) ?? centre('[data-rgrow="0"][data-rgcol="0"]')
export const value = (row, score) => rows[row][`s${score}`]
