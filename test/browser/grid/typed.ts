import { cellTypes } from '../../../web/src/grid/cellTypes.ts'
import type { GridColumn } from '../../../web/src/grid/types.ts'
import { WORDS } from './words.ts'

const types = cellTypes(WORDS.types)
export const LEVELS = ['优秀', '称职', '基本称职', '不称职'].map((label, at) => ({ value: `level${at + 1}`, label }))
/** With `?types`, editable columns of every type, empty. */
export const TYPED: GridColumn[] = [
  { field: 'joined', title: '到岗', width: 110, editable: true, ...types.date },
  { field: 'rate', title: '完成率', width: 90, editable: true, ...types.percent },
  { field: 'level', title: '等次', width: 100, editable: true, ...types.choice(LEVELS) },
  { field: 'whole', title: '专职', width: 70, editable: true, ...types.flag },
  { field: 'remark', title: '说明', width: 160, editable: true, ...types.text(12) },
]
