/** What the grid and its host say to each other. No imports: a page, a test and the queue all speak these words. */

/** The text of an editable cell: canonical (a decimal such as `12.5`), or null when empty. */
export type CellText = string | null

/** A row as the host sees it: its id, and its values as shown at this moment. */
export interface RowHandle {
  readonly id: string
  /** What the cell shows: the server's value, or what was typed and is on its way. */
  value(field: string): unknown
}

export interface GridColumn {
  field: string
  title: string
  /** Second header line, e.g. the maximum. */
  subtitle?: string
  tooltip?: string
  /** Title of the section header above neighbouring columns with the same group. */
  group?: string
  groupId?: string
  /** `date`: 2026-03-05; `percent`: a decimal without its sign; `flag`: yes or no. `cellTypes` reads and shows them. */
  kind: 'text' | 'number' | 'percent' | 'date' | 'choice' | 'flag' | 'computed'
  width: number
  pinned?: 'left' | 'right'
  editable: boolean
  /** The most a number in it may be, where there is such a limit. */
  max?: number
  /** Reads typed or pasted text into a cell, or says why not. Without it, text is trimmed and '' is null. */
  read?: (raw: string) => { value: CellText } | { refused: string }
  /**
   * Why the host will not take a value that was read, said before it is sent. It is sent all the same: the host judges.
   * `typed`: a person wrote it by hand; pasted and filled text is not.
   */
  doubt?: (value: string, typed: boolean) => string | null
  show?: (value: unknown, row: RowHandle) => string
  compare?: (a: unknown, b: unknown) => number
}

/** One cell going from one value to another. */
export interface CellEdit {
  row: string
  field: string
  before: CellText
  after: CellText
}

export interface SaveReply {
  /** Names what was applied, to be undone as a whole; null when nothing was. */
  changeSet: string | null
  applied: { row: string; field: string; value: CellText }[]
  conflicts: { row: string; field: string; mine: CellText; theirs: CellText; by: string; at: string }[]
  refused: { row: string; field: string; value: CellText; reason: string }[]
  /** Rows as they now stand; they have the last word. */
  rows: RowUpdate[]
}

export interface RowUpdate {
  id: string
  values: Record<string, unknown>
}

export interface GridHost {
  /**
   * Rejecting with `{ retry: true }` or fetch's TypeError means: not heard, send again with the same key. `typed`: a
   * person wrote the text by hand.
   */
  save(edits: CellEdit[], key: string, typed: boolean): Promise<SaveReply>
  /** `edits` are the cells this takes back; each is answered like the cells of a save. */
  undo(changeSet: string, key: string, edits: CellEdit[]): Promise<SaveReply>
  /** Why the row takes no edits, or null. */
  rowLocked(row: RowHandle): string | null
  /** Bits of `STATE` that the host knows: over maximum, missing, computed, locked, noted, proven. Called while painting: keep it light. */
  baseState(row: RowHandle, field: string): number
  /** Names of others who are in the cell now, where `baseState` says that somebody is. */
  othersAt?(row: RowHandle, field: string): string
  /** Whether a paste that would leave cells out, or empty some, is asked about first. */
  asksFirst?: boolean
  /** By what a pasted row may name the row it is for. Without it rows are counted from the cell that is pasted at. */
  rowKeys?: readonly RowKey[]
  /** What a row is called, to be found by it. */
  rowName(row: RowHandle): string
  /** Whether a name answers to what is typed to find it; without it, when it holds every word. */
  matches?(name: string, query: string): boolean
  words: GridWords
}

/** Something a row is known by in other tables: a name, a place, a number. */
export interface RowKey {
  /** The column that holds it, displayed or not; null for the id of the row. */
  field: string | null
  /** What other tables call such a column. */
  headings: readonly string[]
  /** Text as the grid copies it, without what it adds to the value for show. */
  plain?: (text: string) => string
  /** Other ways to write a name of it: of a row, or of a block, which does not know its row. */
  near?: (name: string, row: RowHandle | null) => string[]
}

/** How a table looks, as plain data to be kept. */
export interface GridLook {
  columns: {
    field: string
    hidden: boolean
    width: number | null
    sort: 'asc' | 'desc' | null
    sortPlace: number | null
  }[]
  filters: Record<string, unknown>
  rowHeight: number
}

/** A cell by name, as pages know it. */
export interface CellName {
  row: string
  field: string
}

/** A block of cells by name. */
export interface NamedBlock {
  rows: string[]
  /** Null: of whole rows. */
  fields: string[] | null
}

/** A cell by its place among what is displayed. */
export interface CellPos {
  row: number
  col: number
}

export interface CellRect {
  top: number
  left: number
  bottom: number
  right: number
}

/** A cell whose text is not on the server, and why. */
export interface CellProblem extends CellName {
  kind: 'refused' | 'invalid' | 'conflict'
  /** What the person here typed. */
  mine: CellText
  /** What the server has. */
  theirs: unknown
  reason: string
  by: string
  at: string
}

export interface PasteSummary {
  written: number
  same: number
  skippedReadOnly: number
  skippedLocked: number
  /** Cells of the block that lay beyond the last row or column. */
  outside: number
  /** Of the written cells, those that hold something and would be emptied. */
  emptied: number
  /** Where the block's rows belong, if it told whose they are or what its columns are. */
  people: PastedPeople | null
  invalid: NamedText[]
  /** Written cells that the host will hardly take. */
  doubted: NamedText[]
  /** The first of the cells skipped, and why they were. */
  skipped: NamedText[]
}

/** What became of the rows and columns of a block that has headings, or names the rows it is for. */
export interface PastedPeople {
  /** Whether rows were found by what they are called; else only columns were, and rows are counted. */
  found: boolean
  /** How many rows are written, and what the first of them are called, in the order of the block. */
  rows: number
  names: string[]
  /** As the block calls them: in no row of the grid; in several; in several rows of the block; in rows filtered out. */
  missing: string[]
  /** Known by the first key, but not where the block says: in another village, say. */
  elsewhere: string[]
  several: string[]
  twice: string[]
  hidden: string[]
  /** Rows of the block that hold something and do not say whose it is. */
  unnamed: number
  /** The titles of the columns that are written. */
  columns: string[]
  /** Headings of the block that no column of the grid has. */
  unknown: string[]
  /** Columns of the block without headings that hold no scores: their places from 1, and the first text in each. */
  odd: { column: number; text: string }[]
  /** Whether the first column was taken for serial numbers, though it might be values. */
  guessed: boolean
}

/** Text meant for a cell, and why it is not written. */
export interface NamedText extends CellName {
  text: string
  reason: string
}

/** What is asked before an action that does less, or more, than was plainly meant. */
export interface Question {
  title: string
  lines: string[]
  cells: NamedText[]
  /** What may be done; none where nothing can be. */
  answers: { text: string; carryOut: () => void }[]
  /** What does nothing is called so. */
  cancel: string
  /** Whether Enter does nothing, not the first answer: where all answers only take something away. */
  enterCancels?: boolean
}

export interface RangeStats {
  cells: number
  /** Cells that are not empty. */
  count: number
  numbers: number
  /** Exact decimals as text; null when there is no number. */
  sum: string | null
  average: string | null
  min: string | null
  max: string | null
}

/** What a reply to one user action came to. */
export interface SaveOutcome {
  action: 'save' | 'undo' | 'redo'
  changeSet: string | null
  applied: number
  conflicts: number
  refused: number
  /** Cells an undo or redo left alone because somebody changed them since. */
  left: number
  /** Why the whole call was turned down, if it was. */
  error: string | null
}

export type StateName =
  | 'saving'
  | 'saved'
  | 'waiting'
  | 'refused'
  | 'invalid'
  | 'conflict'
  | 'changedByOther'
  | 'othersHere'
  | 'locked'
  | 'overMaximum'
  | 'missing'
  | 'computed'
  | 'noted'
  | 'evidence'
  | 'changedLately'

/** The keys that are told of in the help, in the order they are listed there. */
export type KeyName =
  | 'move'
  | 'jump'
  | 'ends'
  | 'page'
  | 'enter'
  | 'tab'
  | 'leave'
  | 'extend'
  | 'addRange'
  | 'row'
  | 'column'
  | 'all'
  | 'moveColumns'
  | 'edit'
  | 'type'
  | 'newLine'
  | 'typeInRange'
  | 'today'
  | 'clear'
  | 'fillDown'
  | 'fillRight'
  | 'handle'
  | 'undo'
  | 'redo'
  | 'cancel'
  | 'copy'
  | 'paste'
  | 'transpose'
  | 'find'
  | 'replace'
  | 'goTo'
  | 'note'
  | 'sort'
  | 'filter'
  | 'help'
export type KeyGroup = 'moving' | 'selecting' | 'editing' | 'clipboard' | 'finding'

export interface FindWords {
  title: string
  text: string
  by: string
  scope: string
  selection: string
  column: string
  all: string
  matchCase: string
  wholeCell: string
  regExp: string
  previous: string
  next: string
  replace: string
  replaceAll: string
  close: string
  none: string
  badPattern: string
  tooLong: string
  replaceTitle(cells: number): string
  replaceYes(cells: number): string
}

/** Every text the grid shows or speaks, in the language of the page. */
export interface GridWords {
  /** Name of the input that lies over the active cell. */
  cellInput: string
  /** How to use the grid by keyboard, read once on entering. */
  help: string
  states: Record<StateName, string>
  readOnly(column: string): string
  locked(reason: string): string
  cell(column: string, row: number, value: string): string
  selected(rows: number, columns: number): string
  selectedRanges(ranges: number, cells: number): string
  selectAll: string
  sort(column: string): string
  /** Where columns stand now, the first of them by name; counted from 1. */
  moved(column: string, place: number): string
  cannotMove: string
  /** Ranges that share neither rows nor columns make no block to copy, and no place for a block. */
  copyRefused: string
  pasteRefused: string
  pasted(summary: PasteSummary): string
  /** What of a block is not written, and why: a sentence each. */
  leftOut(summary: PasteSummary): string[]
  /** The question before a paste: what would be written, and into which rows; `first` is the name of the first. */
  paste: {
    title: string
    writes(cells: number, rows: number, first: string, people: PastedPeople | null): string
    writesNothing: string
    empties(cells: number): string
    /** Cells whose text is kept with the reason why it is not saved. */
    unsaved(cells: number): string
    yes(cells: number): string
    /** Nothing but text that is not saved. */
    keep(cells: number): string
    skipBlanks(cells: number): string
    emptyToo(cells: number): string
    emptyAll(cells: number): string
  }
  cancel: string
  close: string
  /** The next paste will turn rows into columns. */
  transposing: string
  cleared(cells: number): string
  outcome(outcome: SaveOutcome): string
  waiting(cells: number): string
  /** Unsaved work of an earlier page is there again. */
  restored(cells: number): string
  /** Spoken and shown in the tooltip of a cell that is refused or cannot be read. */
  problem(problem: CellProblem): string
  changedBy(by: string): string
  othersHere(names: string): string
  unanswered: string
  nothingToUndo: string
  nothingToRedo: string
  /** Why text is no value of a type of cell, and what a flag is shown as. */
  types: {
    date: string
    percent: string
    flag: string
    yes: string
    no: string
    tooLong(most: number): string
    choice(labels: readonly string[]): string
  }
  find: FindWords
  goTo: { title: string; name: string; none: string; some: string }
  keys: { title: string; close: string; groups: Record<KeyGroup, string>; does: Record<KeyName, string> }
}
