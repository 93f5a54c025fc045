import { widthOf } from './cellText.ts'
import type { Block } from './htmlTable.ts'
import type { SheetRow } from './sheetModel.ts'
import type { GridColumn, PastedPeople, RowKey } from './types.ts'

// A block out of another table often says whose rows they are, and what its columns are. Rows are then found by their
// names, wherever they stand; and nothing is written for whom a name does not find exactly one row.

/** The grid that a block is pasted into. */
export interface Place {
  /** All rows of the sheet, displayed or not. */
  rows: readonly SheetRow[]
  isDisplayed: (row: SheetRow) => boolean
  keys: readonly RowKey[]
  /** The displayed columns from left to right. */
  columns: readonly GridColumn[]
  /** The column that is pasted at, by its place. */
  left: number
}

/** Which cells of the block belong where. */
export interface Placed {
  people: PastedPeople
  /** The rows of the block that are written, by their places; with `people.found` each belongs to the row beside it. */
  from: number[]
  rows: SheetRow[]
  /** The columns of the block that are written, and the fields they are written to. */
  cols: number[]
  fields: string[]
  /** Columns of the block that lie beyond the last column of the grid. */
  outside: number
}

const SERIAL = new Set(['序号', '序', '行号', '编号', 'no', 'no.', '#', 's/n', 'serial', 'serialno', 'serialnumber'])
/** A row of sums or means, as `第一组小计` or `average` in any of its cells says. */
const SUMS =
  /(合计|总计|小计|共计|总和|平均|平均分|平均值|均分|最高分|最低分)(数|分|人数)?$|^((sub|grand)?total|sum|average|mean|max|min|maximum|minimum)s?$/
/** A row under the headings that tells the maxima. */
const MAXIMA = /^(满分|标准分|分值|权重|最高分值|maximum|maxpoints|max|fullmarks|weight)$/
const FOOT = /[:：]|^(注|备注|说明)/
/** Ids of rows are as long as this. */
const ID = 36
/** So many names of rows that are written are told. */
const NAMED = 100
/** Headings stand no deeper than this. */
const DEEPEST = 8

/** As names are compared: no blanks, one kind of middle dot, one width, one case. */
export function folded(text: string): string {
  let plain = true
  for (let at = 0; at < text.length && plain; at++) {
    const code = text.charCodeAt(at)
    // Chinese characters, digits, small letters and hyphens are as they should be: so are almost all names.
    plain = (code >= 0x4e00 && code <= 0x9fff) || (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || code === 45
  }
  if (plain) return text
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]+/gu, '')
    .replace(/[.•‧∙⋅・]/g, '·')
    .toLowerCase()
}

/** As headings are compared: also without what brackets and a maximum add to them. */
export const asHeading = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]+/gu, '')
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '')
    .replace(/(满分|最多|max)\d+(\.\d+)?分?$/i, '')
    .replace(/[:：*]+$/, '')
    .toLowerCase()

/** A heading as it is, its first line, and without a number before it. */
function waysToSay(raw: string): string[] {
  const [line = ''] = raw.trim().split('\n')
  return [...new Set([raw, line, line.replace(/^[(（]?[一二三四五六七八九十\d]+[)）.．、]\s*/, '')].map(asHeading))].filter(
    Boolean,
  )
}

/** Text that may be a name or a heading; told without a pattern, for most cells of a large block are numbers. */
function isWord(cell: string | null | undefined): cell is string {
  if (!cell) return false
  const last = cell.charCodeAt(cell.length - 1)
  if (last > 127 || cell.length === ID) return true
  const first = cell.charCodeAt(0)
  return first > 127 || (first >= 65 && first <= 122) || (first < 48 && /[\p{L}]/u.test(cell))
}
const isBlank = (cell: string | null | undefined): boolean => cell == null || cell.trim() === ''

/**
 * Where the cells of a block belong, if it names the rows it is for, or the columns; null where it does neither, and is
 * laid down as it stands.
 */
export function placed(block: Block, place: Place): Placed | null {
  const width = widthOf(block)
  if (width < 1 || !block.some((row) => row.some(isWord))) return null
  const { keys, columns, rows, left, isDisplayed } = place
  const valueOf = (row: SheetRow, { field }: RowKey): string => (field === null ? row.id : String(row.value(field) ?? ''))
  const fold = (key: RowKey, text: string): string => folded(key.plain?.(text) ?? text)
  const indexes: Map<string, SheetRow[]>[] = []
  /** The rows of a key by their names; made when they are first asked for, as most blocks ask for few. */
  function rowsBy(key: number): Map<string, SheetRow[]> {
    const made = indexes[key]
    if (made) return made
    const index = new Map<string, SheetRow[]>()
    for (const row of rows) {
      const name = folded(valueOf(row, keys[key]!))
      const same = index.get(name)
      if (same) same.push(row)
      else if (name !== '') index.set(name, [row])
    }
    return (indexes[key] = index)
  }
  /** The first key that text is a name by, or -1. */
  const keyNaming = (text: string): number =>
    keys.findIndex((key, at) => (key.field !== null || text.length === ID) && rowsBy(at).has(fold(key, text)))
  const keyFields = new Set(keys.map(({ field }) => field))

  const heads = readHeads(block, columns, keys, (row) => row.some((cell) => isWord(cell) && keyNaming(cell) === 0))
  const body = block.slice(heads.end)
  const keyOf = keyColumns()
  const byName = keyOf.some((key) => key !== null)
  if (!byName && heads.fields.every((fields) => fields === null)) return null

  /** The columns of names, the first key first. */
  const keyCols = keyOf.flatMap((key, col) => (key === null ? [] : [{ key, col }])).sort((a, b) => a.key - b.key)
  const [main] = keyCols
  const namesRow = (row: (string | null)[]): boolean =>
    main !== undefined && rowsBy(main.key).has(fold(keys[main.key]!, row[main.col] ?? ''))
  const isSum = (row: (string | null)[]): boolean =>
    !namesRow(row) && row.some((cell) => isWord(cell) && SUMS.test(asHeading(cell)))
  const kept: number[] = []
  body.forEach((row, at) => {
    if (!row.every(isBlank) && !isSum(row) && !heads.repeats(row)) kept.push(heads.end + at)
  })
  const { valueCols, guessed } = valueColumns()
  if (valueCols.length === 0) return null
  const { cols, fields, outside, unknown } = landing(valueCols)
  const people: PastedPeople = {
    found: byName,
    rows: 0,
    names: [],
    missing: [],
    several: [],
    twice: [],
    hidden: [],
    unnamed: 0,
    unknown,
    guessed,
  }
  if (!byName) return { people, from: counted(), rows: [], cols, fields, outside }
  return { ...found(), cols, fields, outside }

  /** Of each column of the block, which key it holds. */
  function keyColumns(): (number | null)[] {
    const hits = Array.from({ length: width }, () => keys.map(() => 0))
    for (const row of body)
      row.forEach((cell, col) => {
        const key = isWord(cell) ? keyNaming(cell) : -1
        if (key >= 0) hits[col]![key]!++
      })
    const of: (number | null)[] = Array.from({ length: width }, (_, col) => heads.keys[col] ?? null)
    keys.forEach((_, key) => {
      if (of.includes(key)) return
      const free = of.flatMap((taken, col) => (taken === null && !heads.fields[col] && !heads.serial[col] ? [col] : []))
      const best = free.toSorted((a, b) => hits[b]![key]! - hits[a]![key]!)[0]
      // A village that is called like a town is found where more of the other names are, too.
      if (best !== undefined && hits[best]![key]! > 0 && hits[best]!.every((count) => count <= hits[best]![key]!)) of[best] = key
    })
    if (of.some((key) => key !== null) || heads.fields.some((fields) => fields !== null)) return of
    // Nobody is known: are they names all the same? Then nothing may be written by counting rows.
    for (let col = 0; col < width; col++) {
      const words = body.map((row) => row[col]).filter((cell) => !isBlank(cell))
      const onto = columns[left + col]
      const over = keys.findIndex(({ field }) => field !== null && field === onto?.field)
      const strangers =
        words.every((cell) => /^\p{Script=Han}[\p{Script=Han}\s·]+$/u.test(cell!)) && new Set(words).size === words.length
      if (words.length === 0 || width === 1) continue
      if (
        over >= 0
          ? words.every(isWord)
          : onto?.kind === 'number' && strangers && body.some((row) => /^\d/.test(row[col + 1] ?? ''))
      )
        of[col] = Math.max(over, 0)
    }
    return of
  }

  /**
   * The columns of the block that hold values: those left when names and serial numbers are taken out. Whole numbers
   * before the names are serial numbers, each but once; where they may be points as well, that is `guessed`.
   */
  function valueColumns(): { valueCols: number[]; guessed: boolean } {
    const firstKey = keyOf.findIndex((key) => key !== null)
    const values = keyOf.flatMap((key, col) => (key === null && !heads.serial[col] ? [col] : []))
    const [first, ...rest] = values
    const all = { valueCols: values, guessed: false }
    if (first === undefined || firstKey < first || heads.fields[first] || rest.length === 0) return all
    const cells = kept.flatMap((row) => (isBlank(block[row]![first]) ? [] : [block[row]![first]!.trim()]))
    const numbers = cells.map(Number)
    const once = cells.length > 0 && new Set(numbers).size === cells.length && cells.every((cell) => /^\d{1,5}$/.test(cell))
    if (!once) return all
    const count = numbers.length
    const inARow = Math.max(...numbers) - Math.min(...numbers) === count - 1
    const rising = numbers.every((number, at) => at === 0 || number > numbers[at - 1]!)
    const sure = (inARow || rising) && (count > 2 || Math.min(...numbers) === 1)
    // Several columns before the names are not all serial numbers: then it takes a plain 1, 2, 3.
    return sure || rest[0]! > firstKey ? { valueCols: rest, guessed: !sure } : all
  }

  /** The fields that columns of values go to: by their headings where these name columns, else one after the other. */
  function landing(values: readonly number[]) {
    const cols: number[] = []
    const fields: string[] = []
    const unknown: string[] = []
    if (heads.fields.some((fields) => fields !== null)) {
      const wanted = values.map((col) => heads.fields[col]?.[0]?.field)
      values.forEach((col, at) => {
        const own = heads.fields[col] ?? []
        if (own.length > 0 && own.every(({ editable }) => !editable)) return // what the grid works out itself, it keeps
        const [only] = own
        if (only && own.length === 1 && wanted.indexOf(only.field) === wanted.lastIndexOf(only.field)) {
          cols.push(col)
          fields.push(only.field)
        } else if (kept.some((row) => !isBlank(block[row]![col]))) unknown.push(heads.label(col) || String(at + 1))
      })
      return { cols, fields, outside: 0, unknown }
    }
    const free = columns.slice(left).filter(({ field }) => !keyFields.has(field))
    values.forEach((col, at) => {
      const column = free[at]
      if (!column) return
      cols.push(col)
      fields.push(column.field)
    })
    return { cols, fields, outside: values.length - cols.length, unknown }
  }

  /** Rows that do not say whose they are keep their order, and blank ones among them their place. */
  function counted(): number[] {
    const [last = -1] = kept.slice(-1)
    return body.flatMap((row, at) =>
      heads.end + at <= last && (row.every(isBlank) || kept.includes(heads.end + at)) ? [heads.end + at] : [],
    )
  }

  function found() {
    const from: number[] = []
    const hits: SheetRow[] = []
    const times = new Map<SheetRow, number>()
    const carried: (string | null)[] = []
    for (const at of kept) {
      const texts = keyCols.map(({ col }) => {
        // What a merged cell covers belongs to it: a village that stands once beside its people.
        const cell = block[at]![col]
        if (cell !== null && cell !== undefined) carried[col] = cell
        return (cell === null ? carried[col] : cell) ?? ''
      })
      const holds = valueCols.some((col) => !isBlank(block[at]![col]))
      if (texts.every(isBlank)) {
        if (holds) people.unnamed++
        continue
      }
      const answers = candidates(texts)
      if (answers.length === 1) {
        from.push(at)
        hits.push(answers[0]!)
        times.set(answers[0]!, (times.get(answers[0]!) ?? 0) + 1)
      } else if (answers.length > 1) people.several.push(labelOf(texts))
      else if (holds && !FOOT.test(labelOf(texts))) people.missing.push(labelOf(texts))
    }
    const label = (at: number): string => labelOf(keyCols.map(({ col }) => block[at]![col] ?? ''))
    const written = hits.map((row, place) => {
      const why = times.get(row)! > 1 ? people.twice : isDisplayed(row) ? null : people.hidden
      why?.push(label(from[place]!))
      return why === null
    })
    people.twice = [...new Set(people.twice)]
    const those = <Item>(items: Item[]): Item[] => items.filter((_, place) => written[place])
    const places = those(from)
    people.rows = places.length
    people.names = places.slice(0, NAMED).map(label)
    return { people, from: places, rows: those(hits) }
  }

  /** The rows that all these texts fit. */
  function candidates(texts: readonly string[]): readonly SheetRow[] {
    let left: readonly SheetRow[] | null = null
    for (const [at, { key }] of keyCols.entries()) {
      if (isBlank(texts[at])) continue
      const text = fold(keys[key]!, texts[at]!)
      left = left === null ? (rowsBy(key).get(text) ?? []) : left.filter((row) => folded(valueOf(row, keys[key]!)) === text)
    }
    return left ?? []
  }

  /** What a row of the block is called: the text of its first key, with the others behind it. */
  function labelOf(texts: readonly string[]): string {
    const [first = '', ...rest] = texts.map((text) => text.trim()).filter(Boolean)
    return rest.length > 0 ? `${first} (${rest.join(', ')})` : first
  }
}

/** What the first rows of a block say of its columns. */
function readHeads(
  block: Block,
  columns: readonly GridColumn[],
  keys: readonly RowKey[],
  namesSomebody: (row: (string | null)[]) => boolean,
) {
  const width = widthOf(block)
  const keyHeads = new Map<string, number>()
  keys.forEach(({ field, headings }, key) => {
    const own = columns.find((column) => column.field === field)
    for (const text of [...headings, ...(own ? [own.title] : [])]) keyHeads.set(asHeading(text), key)
  })
  const fieldHeads = Map.groupBy(
    columns.flatMap((column) =>
      keys.some(({ field }) => field === column.field)
        ? []
        : [...new Set([column.title, `${column.group ?? ''}${column.title}`].map(asHeading))].map((text) => ({ text, column })),
    ),
    ({ text }) => text,
  )
  const groups = new Set(columns.flatMap(({ group }) => (group ? [asHeading(group)] : [])))
  const isHead = (text: string): boolean => keyHeads.has(text) || fieldHeads.has(text) || SERIAL.has(text)
  const texts = (row: (string | null)[] | undefined): string[] => (row ?? []).filter(isWord).flatMap(waysToSay)

  let start = -1
  for (let at = 0; at < Math.min(block.length, DEEPEST) && start < 0; at++) {
    if (namesSomebody(block[at]!)) break
    if (texts(block[at]).some(isHead)) start = at
  }
  let end = start < 0 ? 0 : start + 1
  const goesOn = (row: (string | null)[] | undefined): boolean =>
    row !== undefined && !namesSomebody(row) && texts(row).some((text) => isHead(text) || groups.has(text) || MAXIMA.test(text))
  if (start >= 0) while (end < DEEPEST && goesOn(block[end])) end++

  const columnHeads = Array.from({ length: width }, (_, col) =>
    block.slice(Math.max(start, 0), end).flatMap((row) => (isWord(row[col]) ? [row[col]!] : [])),
  )
  const pick = <Found>(read: (text: string) => Found | undefined): (Found | null)[] =>
    columnHeads.map((found) => found.map((raw) => readFirst(raw, read)).findLast((one) => one !== undefined) ?? null)
  const readFirst = <Found>(raw: string, read: (text: string) => Found | undefined): Found | undefined =>
    waysToSay(raw)
      .map(read)
      .find((one) => one !== undefined)
  const keysAt = pick((text) => keyHeads.get(text))
  const seen = new Set<number>()
  return {
    end,
    keys: keysAt.map((key) => (key === null || seen.has(key) ? null : (seen.add(key), key))),
    fields: pick((text) => fieldHeads.get(text)?.map(({ column }) => column)),
    serial: pick((text) => (SERIAL.has(text) ? true : undefined)),
    label: (col: number): string => columnHeads[col]!.at(-1)?.replace(/\s+/g, ' ').trim() ?? '',
    /** Printed pages repeat their headings. */
    repeats: (row: (string | null)[]): boolean =>
      row.some((cell, col) => isWord(cell) && keysAt[col] !== null && keyHeads.get(asHeading(cell)) === keysAt[col]),
  }
}
