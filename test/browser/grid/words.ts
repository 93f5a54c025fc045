import { zh } from '../../../web/src/words/zh.ts'
import type { GridWords, PasteSummary } from '../../../web/src/grid/types.ts'

const or = (text: string | null): string => text || '空'

const OUT = { missing: '查无此人', several: '不止一人', twice: '重复', hidden: '被筛选隐藏', unknown: '没有的列' }
const leftOut = ({ skippedReadOnly, skippedLocked, outside, people }: PasteSummary): string[] =>
  [
    ...(['missing', 'several', 'twice', 'hidden', 'unknown'] as const).map(
      (why) => people && people[why].length > 0 && `${OUT[why]}：${people[why].join('、')}`,
    ),
    people && people.unnamed > 0 && `无名 ${people.unnamed} 行`,
    skippedReadOnly && `跳过只读 ${skippedReadOnly} 格`,
    skippedLocked && `跳过锁定 ${skippedLocked} 格`,
    outside && `超出表格 ${outside} 格`,
  ].filter((text) => typeof text === 'string')

export const WORDS: GridWords = {
  cellInput: '单元格',
  help: '方向键移动，Shift 加方向键选择，直接键入替换，F2 修改，Ctrl+Z 撤销，Esc 后按 Tab 离开表格',
  states: {
    saving: '正在保存',
    saved: '已保存',
    waiting: '等待联网后保存',
    refused: '未被接受',
    invalid: '无法识别',
    conflict: '他人已改',
    changedByOther: '刚被他人修改',
    othersHere: '他人正在此格',
    locked: '已锁定',
    overMaximum: '超过满分',
    missing: '尚未填写',
    computed: '自动计算',
    noted: '有批注',
    evidence: '有佐证',
    changedLately: '昨天以来改过',
  },
  readOnly: (column) => `“${column}”不能修改`,
  locked: (reason) => `已锁定：${reason}`,
  cell: (column, row, value) => `${column}，第 ${row} 行，${or(value)}。`,
  selected: (rows, columns) => `已选 ${rows} 行 ${columns} 列`,
  selectedRanges: (ranges, cells) => `已选 ${ranges} 处，共 ${cells} 格`,
  selectAll: '全选',
  sort: (column) => `按“${column}”排序`,
  moved: (column, place) => `“${column}”移到第 ${place} 列`,
  cannotMove: zh.grid.cannotMove,
  copyRefused: '所选各处不同行也不同列，不能一起复制',
  pasteRefused: '选了几处时只能粘贴一个值',
  pasted: (summary) => [`写入 ${summary.written} 格`, `${summary.same} 格未变`, ...leftOut(summary)].join('，'),
  leftOut,
  paste: {
    title: '粘贴前请确认',
    writes: (cells, rows, first, people) =>
      people?.found ? `写入 ${cells} 格，${rows} 人：${people.names.join('、')}` : `写入 ${cells} 格，自${first}起 ${rows} 行`,
    writesNothing: '没有可写入的内容',
    empties: (cells) => `${cells} 格现有内容，粘贴处空白`,
    unsaved: (cells) => `${cells} 格不合要求，不保存`,
    yes: (cells) => `写入 ${cells} 格`,
    keep: (cells) => `留下 ${cells} 格`,
    skipBlanks: (cells) => `写入 ${cells} 格，跳过空白`,
    emptyToo: (cells) => `一并清空 ${cells} 格`,
    emptyAll: (cells) => `清空 ${cells} 格`,
  },
  close: '关闭',
  cancel: '取消',
  transposing: '请按 Ctrl+V，粘贴时行列互换；Esc 取消',
  cleared: (cells) => `清除 ${cells} 格`,
  outcome: ({ action, applied, conflicts, refused, left, error }) =>
    [
      error,
      `${{ save: '已保存', undo: '已撤销', redo: '已重做' }[action]} ${applied} 格`,
      conflicts && `${conflicts} 格他人已改`,
      refused && `${refused} 格未被接受`,
      left && `${left} 格他人已改，未动`,
    ]
      .filter(Boolean)
      .join('，'),
  waiting: (cells) => `连接中断，${cells} 格等待保存`,
  restored: (cells) => `找回上次未保存的 ${cells} 格`,
  problem: ({ kind, mine, theirs, reason, by, at }) =>
    kind === 'conflict' ? `${by} ${at} 改为 ${or(theirs as string)}，您填的是 ${or(mine)}` : `${or(mine)}：${reason}`,
  othersHere: (names) => `${names} 正在此格`,
  changedBy: (by) => `刚被 ${by} 修改`,
  unanswered: '服务器没有答复此格',
  nothingToUndo: '没有可撤销的操作',
  nothingToRedo: '没有可重做的操作',
  types: {
    ...zh.grid.types,
    tooLong: (most) => `最多 ${most} 个字`,
    choice: (labels) => `请填：${labels.join('、')}`,
  },
  find: {
    ...zh.grid.find,
    replaceTitle: (cells) => `替换 ${cells} 格`,
    replaceYes: (cells) => `替换 ${cells} 格`,
  },
  goTo: zh.grid.goTo,
  keys: { ...zh.grid.keys, close: '关闭' },
}
