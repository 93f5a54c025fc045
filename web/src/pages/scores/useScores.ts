import { onScopeDispose, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { halfWidth } from '../../../../server/src/rules/cell-text.ts'
import { ask, listen } from '../../api.ts'
import {
  CellsChangedDocument,
  EvidenceCellsDocument,
  GridChangedDocument,
  NotedCellsDocument,
  SaveCellsDocument,
  ScoreGridDocument,
  UndoChangeSetDocument,
  type GridView,
  type ReplyFragment,
} from '../../gql/documents.ts'
import { openKeeper, type Keeper } from '../../grid/keep.ts'
import { useSheet } from '../../grid/sheet.ts'
import { fieldsByRow } from '../../grid/sheetModel.ts'
import { STATE } from '../../grid/states.ts'
import type { CellEdit, CellText, GridColumn, GridHost, SaveReply } from '../../grid/types.ts'
import { useFinder } from '../../parts/finder.ts'
import { useOthers } from './useOthers.ts'
import { session } from '../../session.ts'
import { gridWords } from './gridWords.ts'
import { OWN, rowKeys, ScoreLayout } from './scoreColumns.ts'

type Cells = ReadonlyMap<string, ReadonlySet<string>>
/** Cells of an answer: the sheets and, line by line beside them, the fields. */
function cellsOf({ sheets, fields }: { sheets: string; fields: string }): Cells {
  const names = fields.split('\n')
  return fieldsByRow(sheets === '' ? [] : sheets.split('\n').map((row, at) => ({ row, field: names[at]! })))
}

/** The score sheets of one cycle: loaded, edited through the server's one door, kept up with what others do. */
export function useScores(cycle: string, readsHistory: boolean) {
  const { t } = useI18n()
  /** A reload shows the same columns again, with what was being typed in them. */
  const view = ref<GridView>(sessionStorage.getItem('kaohe.view') === 'criteria' ? 'criteria' : 'points')
  const columns = shallowRef<GridColumn[]>([])
  const count = ref(0)
  const towns = shallowRef<string[]>([])
  const loading = ref(true)
  const failure = shallowRef<Error>()
  let layout: ScoreLayout | undefined
  let seq = 0
  /** The cells that have notes, those that have evidence, and those that changed since yesterday where that is asked for. */
  let noted: Cells = new Map()
  let proven: Cells = new Map()
  let lately: Cells = new Map()
  async function readNotes(): Promise<void> {
    noted = cellsOf((await ask(NotedCellsDocument, { cycle })).notedCells)
    sheet.repaint()
  }
  async function readProven(): Promise<void> {
    proven = cellsOf((await ask(EvidenceCellsDocument, { cycle })).evidenceCells)
    sheet.repaint()
  }
  async function markLately(on: boolean): Promise<void> {
    const yesterday = new Date()
    yesterday.setHours(0, 0, 0, 0)
    yesterday.setDate(yesterday.getDate() - 1)
    lately = on ? cellsOf((await ask(CellsChangedDocument, { cycle, since: yesterday.toISOString() })).cellsChanged) : new Map()
    sheet.repaint()
  }
  const marked = (sheet: string, field: string): number =>
    (noted.get(sheet)?.has(field) ? STATE.noted : 0) |
    (proven.get(sheet)?.has(field) ? STATE.evidence : 0) |
    (lately.get(sheet)?.has(field) ? STATE.changedLately : 0) |
    (namesAt(sheet, field) === '' ? 0 : STATE.othersHere)

  /** Keys of our own calls: what the feed tells of them, their replies have told. */
  const own = new Set<string>()

  const host: GridHost = {
    words: gridWords(t),
    asksFirst: true,
    rowKeys: rowKeys(t('scores.part_time')),
    rowName: (row) => [row.value(OWN.name), row.value(OWN.village), row.value(OWN.town)].join(' · '),
    matches: (name, query) => finds(query, ...name.split(' · ')),
    baseState: (row, field) => (layout?.baseState(row, field) ?? 0) | marked(row.id, field),
    othersAt: (row, field) => namesAt(row.id, field),
    rowLocked(row) {
      if (row.value(OWN.may) === 'y') return null
      if (row.value(OWN.may) === 'r') return t('scores.lock.recused')
      const state = String(row.value(OWN.state))
      return state !== 'open' ? t(`scores.lock.${state}`) : t('scores.lock.other')
    },
    async save(edits, key, typed) {
      own.add(key)
      const input = {
        cycle,
        key,
        view: view.value,
        sheets: edits.map(({ row }) => row),
        fields: edits.map(({ field }) => field),
        seen: edits.map(({ before }) => before),
        values: edits.map(({ after }) => after),
        typed,
        replaces: edits.map(({ row, field }) => layout?.replaced(sheet.model.row(row)!, field) ?? null),
      }
      const { saveCells } = await ask(SaveCellsDocument, { input })
      // a sum is kept as a note
      if (readsHistory && edits.some(({ after }) => /[+*/×÷=(]|.-/.test(halfWidth(after ?? ''))))
        void readNotes().catch(() => undefined)
      return answer(saveCells, edits)
    },
    async undo(changeSet, key, edits) {
      own.add(key)
      const { undoChangeSet } = await ask(UndoChangeSetDocument, { id: changeSet, key, view: view.value })
      return answer(undoChangeSet, edits)
    },
  }
  const sheet = useSheet(host)
  const { others, namesAt, showPlace, take } = useOthers(cycle, () => sheet.repaint())
  const finds = useFinder(() => sheet.refilter())
  /** What earlier pages left unsent; taken up with the first rows. */
  let kept: Promise<Keeper | undefined> | undefined = openKeeper(`${session.value?.me.id} ${cycle}`)

  /** The server's reply in the grid's words: every cell that was not left out holds what the row now says. */
  function answer({ changeSet, leftOut, rows }: ReplyFragment, edits: readonly CellEdit[]): SaveReply {
    // Taking back may meet a change in a cell that this action emptied beside its own; the cell that was typed stands for it.
    const fieldOf = ({ sheet: row, field }: { sheet: string; field: string }) =>
      edits.find((edit) => edit.row === row && (edit.field === field || layout!.sameItem(edit.field, field)))?.field ?? field
    const updates = layout!.updates(rows)
    const values = new Map(updates.map((row) => [row.id, row.values]))
    const named = leftOut.map((cell) => ({ ...cell, row: cell.sheet, field: fieldOf(cell) }))
    const out = new Set(named.map(({ row, field }) => `${row} ${field}`))
    seq = Math.max(seq, rows.seq)
    return {
      changeSet: changeSet ?? null,
      applied: edits.flatMap(({ row, field }) =>
        out.has(`${row} ${field}`) ? [] : [{ row, field, value: (values.get(row)?.[field] ?? null) as CellText }],
      ),
      conflicts: named.flatMap(({ code, row, field, mine, theirs, by, when }) =>
        code === 'conflict' ? [{ row, field, mine, theirs, by: by ?? '', at: when ?? '' }] : [],
      ),
      refused: named.flatMap(({ code, row, field, mine, says }) =>
        code === 'conflict' ? [] : [{ row, field, value: mine, reason: says }],
      ),
      rows: updates,
    }
  }

  async function load(): Promise<void> {
    loading.value = true
    try {
      const [{ scoreGrid }, keeper] = await Promise.all([ask(ScoreGridDocument, { cycle, view: view.value }), kept])
      kept = undefined
      layout = new ScoreLayout(scoreGrid)
      const { ids, columns: values } = layout.load()
      towns.value = [...new Set(values[OWN.town] as string[])]
      columns.value = layout.columns(t, towns.value.length > 1)
      sheet.replaceRows(ids, values)
      if (keeper) sheet.keepWith(keeper)
      count.value = ids.length
      seq = scoreGrid.rows.seq
      failure.value = undefined
      hear()
      // Marks only; the panel says what is wrong.
      if (readsHistory) for (const read of [readNotes, readProven]) void read().catch(() => undefined)
    } catch (error) {
      failure.value = error as Error
    } finally {
      loading.value = false
    }
  }

  /** Everything that happened while the line was down. */
  async function catchUp(): Promise<void> {
    if (!layout) return
    const { scoreGrid } = await ask(ScoreGridDocument, { cycle, view: view.value, since: seq })
    if (scoreGrid.rows.ids !== '') sheet.landRemote(layout.updates(scoreGrid.rows), '')
    seq = Math.max(seq, scoreGrid.rows.seq)
  }

  let hush: (() => void) | undefined
  function hear(): void {
    hush?.()
    hush = listen(
      GridChangedDocument,
      { cycle, view: view.value },
      {
        connected: () => void catchUp().catch(() => undefined),
        next({ gridChanged }) {
          if (gridChanged.__typename === 'Presence') return take(gridChanged)
          const { rows, by, key } = gridChanged
          seq = Math.max(seq, gridChanged.seq)
          if (key && own.delete(key)) return
          sheet.landRemote(layout!.updates(rows), by)
        },
      },
    )
  }
  onScopeDispose(() => hush?.())

  async function show(next: GridView): Promise<void> {
    await sheet.flush()
    view.value = next
    sessionStorage.setItem('kaohe.view', next)
    await load()
  }

  return {
    sheet,
    finds,
    readNotes,
    readProven,
    markLately,
    others,
    showPlace,
    view,
    columns,
    count,
    towns,
    loading,
    failure,
    load,
    show,
  }
}
