import { computed, shallowRef, watch } from 'vue'
import type { Announcer } from './announcer.ts'
import { patternOf, type Query } from './find.ts'
import { disjoint } from './ranges.ts'
import { createScanner } from './scan.ts'
import type { ScreenRef } from './screen.ts'
import { rectOf, type Selection } from './selection.ts'
import { fieldsByRow, type SheetModel, type SheetRow } from './sheetModel.ts'
import type { CellPos, GridColumn, GridWords } from './types.ts'
import type { Writing } from './writing.ts'

export type Scope = 'selection' | 'column' | 'all'

interface Cell {
  row: SheetRow
  field: string
}

interface FindingSetup {
  model: SheetModel
  screen: ScreenRef
  selection: Selection
  columns: ReadonlyMap<string, GridColumn>
  announcer: Announcer
  words: GridWords
  textOf: (row: SheetRow, column: GridColumn) => string
  writing: Pick<Writing, 'propose'>
}

const SETTLED = 300
export const NOTHING_SOUGHT: Query = { text: '', matchCase: false, wholeCell: false, regExp: false }

/** Finding and replacing among the displayed cells. Matches are cells by row, so sorting and others' edits do not move them. */
export function createFinding(setup: FindingSetup) {
  const { model, screen, selection, columns, announcer, words, textOf, writing } = setup
  const scanner = createScanner()
  const query = shallowRef(NOTHING_SOUGHT)
  const found = shallowRef<readonly Cell[]>([])
  /** Why nothing could be looked for. */
  const trouble = shallowRef('')
  let marked = new Map<SheetRow, Set<string>>()
  let scope: { kind: Scope; cells: () => Cell[] } = { kind: 'all', cells: () => cellsIn('all') }
  let run = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Where to look. A selection or column is meant as it is now: stepping through the matches moves the active cell. */
  function lookIn(kind: Scope): void {
    const cells = kind === 'all' ? null : cellsIn(kind)
    scope = { kind, cells: () => cells ?? cellsIn('all') }
    void search(query.value)
  }
  function cellsIn(kind: Scope): Cell[] {
    const now = screen.now
    if (!now) return []
    const all = { top: 0, left: 0, bottom: now.rowCount() - 1, right: now.columnCount() - 1 }
    const col = selection.active.value?.col ?? 0
    const ranges =
      kind === 'selection' ? disjoint(selection.ranges.value) : [kind === 'all' ? all : { ...all, left: col, right: col }]
    const cells: Cell[] = []
    for (const { top, left, bottom, right } of ranges)
      for (let at = top; at <= bottom; at++) {
        const row = now.rowAt(at)
        if (row) for (let to = left; to <= right; to++) cells.push({ row, field: now.fieldAt(to) })
      }
    return cells
  }

  async function search(next: Query): Promise<void> {
    query.value = next
    const mine = ++run
    const cells = next.text === '' ? [] : scope.cells()
    trouble.value = patternOf(next) ? '' : words.find.badPattern
    const result = trouble.value ? { hits: [] } : await scanner.scan(cells.map(text), next)
    if (mine !== run) return
    if (!result) trouble.value = words.find.tooLong
    mark((result?.hits ?? []).map((place) => cells[place]!))
  }
  function text({ row, field }: Cell): string {
    const column = columns.get(field)
    return column ? textOf(row, column) : ''
  }
  function mark(cells: readonly Cell[]): void {
    found.value = cells
    marked = fieldsByRow(cells)
    screen.now?.repaint()
  }

  /** Place of the active cell among the matches; -1 when it is none. */
  const current = computed(() => {
    const at = selection.active.value
    const row = at && screen.now?.rowAt(at.row)
    const field = at && screen.now?.fieldAt(at.col)
    return found.value.findIndex((cell) => cell.row === row && cell.field === field)
  })

  /** Goes to the next match in reading order from the active cell, or back, round the end. */
  function step(by: 1 | -1): void {
    const at = selection.active.value
    const now = screen.now
    if (!at || !now) return
    const ahead = (cell: CellPos): boolean => (cell.row - at.row || cell.col - at.col) * by > 0
    const places = found.value.map(placeOf).filter(({ row, col }) => row >= 0 && col >= 0)
    if (by < 0) places.reverse()
    const next = places.find(ahead) ?? places[0]
    if (!next) return
    if (scope.kind === 'selection' && selection.sidesOf(next.row, next.col)) selection.activate(next)
    else selection.select(next)
    now.reveal(next)
  }
  const placeOf = ({ row, field }: Cell): CellPos => ({
    row: screen.now?.indexOfRow(row.id) ?? -1,
    col: screen.now?.indexOfField(field) ?? -1,
  })

  /** Replaces in the active cell, when it is a match, and goes on to the next. */
  async function replaceOne(by: string): Promise<void> {
    const cell = found.value[current.value]
    if (cell) (await replacing([cell], by))?.carryOut()
    step(1)
  }

  /** Says how many cells would be replaced, and which not; then replaces them as one action. */
  async function replaceAll(by: string): Promise<void> {
    const planned = await replacing(found.value, by)
    if (!planned) return
    const { written } = planned.summary
    planned.ask({
      title: words.find.replaceTitle(written),
      answers: [{ text: words.find.replaceYes(written), carryOut: () => planned.carryOut() }],
    })
  }
  async function replacing(cells: readonly Cell[], by: string) {
    const sought = query.value
    const result = await scanner.scan(cells.map(text), sought, by)
    if (!result) trouble.value = words.find.tooLong
    if (!result || result.hits.length === 0) return null
    return writing.propose(
      result.hits.map((place, at) => {
        const position = placeOf(cells[place]!)
        return [rectOf(position, position), () => result.after[at]]
      }),
    )
  }

  function close(): void {
    clearTimeout(timer)
    run++
    query.value = NOTHING_SOUGHT
    trouble.value = ''
    scope = { kind: 'all', cells: () => cellsIn('all') }
    mark([])
  }

  const stopListening = model.onChange(() => {
    if (query.value.text === '') return
    clearTimeout(timer)
    timer = setTimeout(() => void search(query.value), SETTLED)
  })
  watch(trouble, (why) => why && announcer.say(why))

  return {
    found,
    current,
    trouble,
    lookIn,
    search,
    step,
    replaceOne,
    replaceAll,
    close,
    holds: (row: SheetRow, field: string): boolean => marked.get(row)?.has(field) ?? false,
    stop(): void {
      clearTimeout(timer)
      stopListening()
      scanner.stop()
    },
  }
}
