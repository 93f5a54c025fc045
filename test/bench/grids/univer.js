import { LocaleType, Univer, UniverInstanceType } from '@univerjs/core'
import { FUniver } from '@univerjs/core/facade'
import { UniverSheetsCorePreset } from '@univerjs/preset-sheets-core'
import coreWords from '@univerjs/preset-sheets-core/locales/en-US'
import '@univerjs/preset-sheets-core/lib/index.css'
import { UniverSheetsFindReplacePreset } from '@univerjs/preset-sheets-find-replace'
import findWords from '@univerjs/preset-sheets-find-replace/locales/en-US'
import '@univerjs/preset-sheets-find-replace/lib/index.css'
import { COLUMNS } from '../../browser/grid/data.ts'
import { inked, painted } from './frames.js'

const app = document.querySelector('#app')
const univer = new Univer({ locale: LocaleType.EN_US, locales: { [LocaleType.EN_US]: { ...coreWords, ...findWords } } })
const presets = [
  UniverSheetsCorePreset({ container: app, header: true, toolbar: false, formulaBar: false }),
  UniverSheetsFindReplacePreset(),
]
for (const { plugins } of presets) for (const plugin of plugins) univer.registerPlugin(...[plugin].flat())
const api = FUniver.newAPI(univer)
const first = COLUMNS.findIndex(({ field }) => field === 's0')
const frozen = { xSplit: 3, ySplit: 0, startRow: -1, startColumn: 3 }
let sheet

export function open({ ids, columns }) {
  const cellData = {}
  ids.forEach((_, at) => {
    const row = (cellData[at] = {})
    COLUMNS.forEach(({ field }, col) => {
      const text = columns[field][at]
      if (text !== null) row[col] = /^\d/.test(text) ? { v: Number(text), t: 2 } : { v: text, t: 1 }
    })
  })
  const columnData = Object.fromEntries(COLUMNS.map(({ width }, col) => [col, { w: width }]))
  const only = { id: 's', name: 's', rowCount: ids.length, columnCount: COLUMNS.length, defaultRowHeight: 28, freeze: frozen }
  univer.createUnit(UniverInstanceType.UNIVER_SHEET, {
    id: 'book',
    sheetOrder: ['s'],
    sheets: { s: { ...only, cellData, columnData } },
  })
  sheet = api.getActiveWorkbook().getActiveSheet()
}
const canvas = () => document.querySelector('#univer-sheet-main-canvas_book')
export function start() {
  const box = canvas()?.getBoundingClientRect()
  const at = box && { x: box.x + 46 + 84 + 84 + 80 + 38, y: box.y + 20 + 14 }
  return at && inked(canvas(), at) ? at : null
}
export const cells = null
export const value = (row, score) => sheet.getRange(row, first + score).getValue()
export const counted = () => /Numerical Count: \d{3},\d{3}/.test(app.innerText)
let finder
export async function find(text) {
  finder = await api.createTextFinderAsync(text)
  await painted()
  return finder.findAll().length
}
export const endFind = () => finder.dispose()
