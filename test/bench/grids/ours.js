// Our grid on the page of its own browser tests, before a server that takes everything at once.
import { createApp } from 'vue'
import GridPage from '../../browser/grid/GridPage.vue'
import { centre, painted } from './frames.js'

createApp(GridPage).mount('#app')
const { sheet, server, show } = window.demo

const saved = new Map()
const reply = (changeSet, applied) => ({ changeSet, applied, conflicts: [], refused: [], rows: [] })
server.save = (edits, key) => {
  saved.set(key, edits)
  return reply(
    key,
    edits.map(({ row, field, after }) => ({ row, field, value: after })),
  )
}
server.undo = (changeSet, key) =>
  reply(
    key,
    saved.get(changeSet).map(({ row, field, before }) => ({ row, field, value: before })),
  )

export const open = show
export const cells = '.ag-cell'
export const start = () => centre('[row-index="0"] [col-id="s0"]')
export const value = (row, score) => sheet.model.row(`p${row}`).value(`s${score}`)
export const counted = () =>
  sheet.stats.value.cells === 400_000 && document.querySelector('footer').innerText.includes(sheet.stats.value.sum)
export const quiet = () => sheet.flush()
export const remote = (rows) => sheet.landRemote(rows, '李会计')
export async function find(text) {
  await sheet.finding.search({ text, matchCase: false, wholeCell: false, regExp: false })
  await painted()
  return sheet.finding.found.value.length
}
export const endFind = () => sheet.finding.close()
