import { randomUUID } from 'node:crypto'
import type { Answer, Caller, County } from '../county.ts'

/** One sheet of the grid, taken out of its columns. An empty cell is ''. */
export interface GridSheet {
  id: string
  name: string
  village: string
  town: string
  marks: string
  total: string
  missing: string
  limits: string
  state: string
  mayScore: string
  cell: Record<string, string>
}

const ROWS = /* GraphQL */ `
  fragment Rows on GridRows {
    count
    ids
    cells
    marks
    totals
    missing
    limits
    states
    mayScore
    seq
  }
`

/** The columns of GridRows, as they come over the wire. */
export interface Rows {
  count: number
  ids: string
  cells: string[]
  marks: string
  totals: string
  missing: string
  limits: string
  states: string
  mayScore: string
  seq: number
}

const split = (column: string, count: number): string[] => (count === 0 ? [] : column.split('\n'))

export interface Grid {
  columns: { field: string; kind: string; max: string | null; step: string; title: string; clause: string }[]
  sheets: GridSheet[]
  rows: Rows
}

type Asked = { unit?: string; view?: 'points' | 'criteria'; since?: number }

/** What the caller's grid shows. */
export async function readGrid(caller: Caller, cycle: string, asked: Asked = {}, lang: 'zh' | 'en' = 'zh'): Promise<Grid> {
  const answer = await caller.ask(
    `query ($cycle: ID!, $unit: ID, $view: GridView!, $since: Int) {
       scoreGrid(cycle: $cycle, unit: $unit, view: $view, since: $since) {
         columns { field kind max step title clause } names villages towns rows { ...Rows }
       }
     } ${ROWS}`,
    { view: 'criteria', ...asked, cycle },
    lang,
  )
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
  const { columns, names, villages, towns, rows } = answer.data.scoreGrid as Grid & Record<'names' | 'villages' | 'towns', string>
  const [name, village, town] = [names, villages, towns].map((column) => split(column, rows.count))
  const sheets = sheetsOf(
    columns.map(({ field }) => field),
    rows,
  )
  return {
    columns,
    rows,
    sheets: sheets.map((sheet, at) => ({ ...sheet, name: name![at]!, village: village![at]!, town: town![at]! })),
  }
}

/** Rows with the names of their columns. A list of unequal columns is an error: the grid would show a neighbour's value. */
export function sheetsOf(fields: string[], rows: Rows): GridSheet[] {
  const { count } = rows
  const columns = [rows.ids, rows.marks, rows.totals, rows.missing, rows.limits, rows.states, rows.mayScore, ...rows.cells]
  const values = columns.map((column) => split(column, count))
  if (values.some(({ length }) => length !== count)) throw new Error('columns of unequal length')
  if (rows.cells.length !== fields.length) throw new Error('not as many columns as fields')
  const [ids, marks, totals, missing, limits, states, mayScore, ...cells] = values as [...string[][]]
  return ids!.map((id, at) => ({
    id,
    name: '',
    village: '',
    town: '',
    marks: marks![at]!,
    total: totals![at]!,
    missing: missing![at]!,
    limits: limits![at]!,
    state: states![at]!,
    mayScore: mayScore![at]!,
    cell: Object.fromEntries(fields.map((field, place) => [field, cells[place]![at]!])),
  }))
}

/** One cell to save: sheet, field, the value seen, the new value, and of a criterion the award it replaces. */
export type Cell = [sheet: string, field: string, seen: string | null, value: string | null, replaces?: string | null]

export interface LeftOut {
  at: number
  sheet: string
  field: string
  code: string
  says: string
  mine: string | null
  theirs: string | null
  by: string | null
  when: string | null
}
export interface Reply {
  changeSet: string | null
  applied: number
  leftOut: LeftOut[]
  rows: Rows
}

const REPLY = /* GraphQL */ `
  fragment Reply on SaveReply {
    changeSet
    applied
    leftOut {
      at
      sheet
      field
      code
      says
      mine
      theirs
      by
      when
    }
    rows {
      ...Rows
    }
  }
  ${ROWS}
`

export const SAVE = `mutation ($input: SaveCellsInput!) { saveCells(input: $input) { ...Reply } } ${REPLY}`
export const UNDO = `mutation ($id: ID!, $key: String!) { undoChangeSet(id: $id, key: $key, view: criteria) { ...Reply } } ${REPLY}`

export const newKey = (): string => randomUUID()

export const inputOf = (cycle: string, cells: Cell[], key = newKey()) => ({
  cycle,
  key,
  sheets: cells.map(([sheet]) => sheet),
  fields: cells.map(([, field]) => field),
  seen: cells.map(([, , seen]) => seen),
  values: cells.map(([, , , value]) => value),
  replaces: cells.map(([, , , , replaces]) => replaces ?? null),
  view: 'criteria',
})

type How = { key?: string; lang?: 'zh' | 'en'; typed?: boolean }

/** Saves cells; throws when the call as a whole is refused. */
export async function save(caller: Caller, cycle: string, cells: Cell[], { key, lang, typed = false }: How = {}): Promise<Reply> {
  return replyOf(await caller.ask(SAVE, { input: { ...inputOf(cycle, cells, key), typed } }, lang))
}

export async function undo(caller: Caller, id: string, key = newKey()): Promise<Reply> {
  return replyOf(await caller.ask(UNDO, { id, key }))
}

function replyOf({ data, errors }: Answer<Record<string, Reply>>): Reply {
  if (errors) throw new Error(errors.map(({ extensions, message }) => `${extensions.code}: ${message}`).join('; '))
  return Object.values(data)[0]!
}

/** The facts of a sheet as they are stored. */
export async function factsOf({ app }: County, id: string): Promise<Record<string, string>> {
  const { rows } = await app.database.pool.query<{ facts: Record<string, string> }>('select facts from sheet where id = $1', [id])
  return rows[0]!.facts
}

/** The links of each cell of a sheet, oldest first: what a history must be made of. */
export async function chainOf({ app }: County, sheet: string, field: string): Promise<[string | null, string | null][]> {
  const { rows } = await app.database.pool.query<{ turn: [string | null, string | null] }>(
    `select cells -> $2 as turn from sheet_change where sheet_id = $1 and cells ? $2 order by seq`,
    [sheet, field],
  )
  return rows.map(({ turn }) => turn)
}

/** Ids of units by a condition, in the order of their codes. */
export async function unitsWhere({ app }: County, condition: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await app.database.pool.query<{ id: string; name: string }>(
    `select id, name from unit where ${condition} order by code`,
  )
  return rows
}
