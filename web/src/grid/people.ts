import { readFlag } from '../../../server/src/rules/cell-text.ts'
import { widthOf } from './cellText.ts'
import { readDate } from './cellTypes.ts'
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
const REMARKS = new Set(['备注', '说明', '备考', 'remark', 'remarks', 'note', 'notes'])
/** A row of sums or means, as `第一组小计` or `average` in any of its cells says. */
const SUMS =
  /(合计|总计|小计|共计|总和|总分|累计|人均|平均|均分|最高分|最低分)(数|值|分|得分|分数|人数)?$|^((sub|grand)?total|sum|average|mean|max|min|maximum|minimum)s?$/
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
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】|〔[^〕]*〕/g, '')
    .replace(/[-—,，/:：]?(满分|最多|max\.?)\d+(\.\d+)?(分|points?)?$/i, '')
    .replace(/[:：*]+$/, '')
    .toLowerCase()

/** A number before a heading, with the mark behind it. */
const NUMBERED = /^(第?[一二三四五六七八九十]+[.、项)]|第?\d+[-.、,，:：)项]*)(?=\D)/
/** What says no more than that there are scores below. */
const SCORED = /(\d+(\.\d+)?(分|points?)|得分|评分|打分|分值|分数|成绩|分|scores?|points?)$/

/** A heading as it is, its first line, and both without a number before them and words for scores behind them. */
function waysToSay(raw: string): string[] {
  const [line = ''] = raw.trim().split('\n')
  const whole = [...new Set([raw, line].map(asHeading))]
  const bare = whole.map((text) => text.replace(NUMBERED, ''))
  return [...new Set([...whole, ...bare, ...[...bare, ...whole].map((text) => text.replace(SCORED, ''))])].filter(Boolean)
}

/** Text that may be a name or a heading; told without a pattern, for most cells of a large block are numbers. */
function isWord(cell: string | null | undefined): cell is string {
  if (!cell) return false
  for (let at = cell.length - 1; at >= 0; at--) {
    const code = cell.charCodeAt(at)
    if (code > 127 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)) return true
  }
  return cell.length === ID
}
const isBlank = (cell: string | null | undefined): boolean => cell == null || cell.trim() === ''
/** A plain number, in any width, or null. */
function asNumber(cell: string): number | null {
  const text = cell.normalize('NFKC').trim()
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : null
}
/** The number of a serial mark such as 3, 3., ③, (3) or 第3, or null. */
function serialOf(cell: string): number | null {
  const [, digits] = /^第?\(?(\d{1,5})[).、。,号]?$/.exec(cell.normalize('NFKC').trim()) ?? []
  return digits === undefined ? null : Number(digits)
}
const isSumText = (cell: string): boolean => SUMS.test(asHeading(cell))
/** Text that is no value of a column: a number over its maximum, a date, or words that it does not read. */
function isStrange(cell: string, column: GridColumn | undefined): boolean {
  const number = asNumber(cell)
  if (number !== null) return column?.max !== undefined && number > column.max
  if (!/\p{L}/u.test(cell) && readDate(cell.trim()) === null) return false
  if (column?.kind === 'flag') return readFlag(cell.normalize('NFKC').trim()) === null
  if (column?.kind === 'text' || column?.kind === 'choice') return false
  return column?.doubt?.(cell.trim(), false) !== null
}
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
  const nears: Map<string, Set<string>>[] = []
  /** The names of a key as other tables shorten them, or put what it lies in before them. */
  function nearBy(key: number): Map<string, Set<string>> {
    if (nears[key]) return nears[key]
    const index = new Map<string, Set<string>>()
    const { near } = keys[key]!
    for (const [name, same] of near ? rowsBy(key) : [])
      for (const way of new Set(same.flatMap((row) => near!(name, row).map(folded)))) {
        const fitting = index.get(way)
        if (fitting) fitting.add(name)
        else index.set(way, new Set([name]))
      }
    return (nears[key] = index)
  }
  /** Text as the key has it: as it is where it names a row, else the one name it is near to, else as it is. */
  function textBy(key: number, text: string): string {
    const exact = fold(keys[key]!, text)
    if (rowsBy(key).has(exact) || !keys[key]!.near) return exact
    const fitting = new Set(keys[key]!.near!(exact, null).flatMap((way) => [...(nearBy(key).get(folded(way)) ?? [])]))
    return fitting.size === 1 ? [...fitting][0]! : exact
  }
  /** The first key that text is a name by, or -1. */
  function keyNaming(text: string): number {
    const has = (name: (key: number) => string) =>
      keys.findIndex(({ field }, at) => (field !== null || text.length === ID) && rowsBy(at).has(name(at)))
    const exact = has((at) => fold(keys[at]!, text))
    return exact >= 0 ? exact : has((at) => textBy(at, text))
  }
  const keyFields = new Set(keys.map(({ field }) => field))

  const heads = readHeads(block, columns, keys, (row) => row.some((cell) => isWord(cell) && keyNaming(cell) === 0))
  const body = block.slice(heads.end)
  /** The columns that scores go to by their order. */
  const free = columns.slice(left).filter(({ field }) => !keyFields.has(field))
  const keyOf = keyColumns()
  const byName = keyOf.some((key) => key !== null)
  if (!byName && heads.fields.every((fields) => fields === null)) return null

  /** The columns of names, the first key first. */
  const keyCols = keyOf.flatMap((key, col) => (key === null ? [] : [{ key, col }])).sort((a, b) => a.key - b.key)
  const [main] = keyCols
  const namesRow = (row: (string | null)[]): boolean =>
    main !== undefined && rowsBy(main.key).has(textBy(main.key, row[main.col] ?? ''))
  /** Only what stands where a name, a village or a serial number would makes a row one of sums; a remark does not. */
  function isSum(row: (string | null)[]): boolean {
    const says = (col: number): boolean => isWord(row[col]) && SUMS.test(asHeading(row[col]!))
    const first = row.findIndex((cell) => !isBlank(cell))
    if (first < 0 || !row.some(isWord) || namesRow(row)) return false
    if (!main) return says(first)
    const last = Math.max(...keyCols.map(({ col }) => col))
    return says(main.col) || (first <= last && says(first)) || (isBlank(row[main.col]) && keyCols.some(({ col }) => says(col)))
  }
  const kept: number[] = []
  body.forEach((row, at) => {
    if (!row.every(isBlank) && !isSum(row) && !heads.repeats(row)) kept.push(heads.end + at)
  })
  const { valueCols, guessed } = valueColumns()
  if (valueCols.length === 0 && !guessed && heads.end === 0) return null
  const { cols, fields, outside, unknown, odd } = landing(valueCols)
  const people: PastedPeople = {
    found: byName,
    rows: 0,
    names: [],
    missing: [],
    several: [],
    twice: [],
    hidden: [],
    unnamed: 0,
    elsewhere: [],
    columns: fields.flatMap((field) => columns.find((one) => one.field === field && one.editable)?.title ?? []),
    unknown,
    odd,
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
    if (of.some((key) => key === 0 || (key !== null && keys[key]!.field === null))) return of
    // Nobody is known by name: are they names all the same? Then nothing may be written by counting rows, nor to the
    // only person of a village.
    const filled = (col: number): string[] =>
      body.flatMap((row) => (isBlank(row[col]) || isSumText(row[col]!) ? [] : [row[col]!]))
    const open = of.flatMap((key, col) =>
      key === null && !heads.fields[col] && !heads.serial[col] && !heads.remarks[col] ? [col] : [],
    )
    const over =
      width > 1 ? open.filter((col) => keyFields.has(columns[left + col]?.field ?? '') && filled(col).some(isWord)) : []
    if (over.length > 0 && !of.some((key) => key !== null)) {
      for (const col of over) {
        const key = keys.findIndex(({ field }) => field === columns[left + col]!.field)
        if (filled(col).every((cell) => isWord(cell) && asNumber(cell) === null) && !of.includes(key)) of[col] = key
      }
      if (of.some((key) => key !== null)) return of
    }
    const numbers = of.some((_, col) => filled(col).some((cell) => asNumber(cell) !== null))
    const strangers = open.filter(
      (col) => filled(col).length > 0 && filled(col).every((cell) => asNumber(cell) === null && isStrange(cell, free[0])),
    )
    const different = (col: number): number => new Set(filled(col)).size
    const [most] = strangers.toSorted((a, b) => different(b) - different(a))
    if (numbers && most !== undefined) of[most] = 0
    return of
  }

  /**
   * The columns of the block that hold values: those left when names and serial numbers are taken out. A single column of
   * 1, 2, 3 and so on before the names surely holds serial numbers; others that look like it are `guessed`.
   */
  function valueColumns(): { valueCols: number[]; guessed: boolean } {
    const values = keyOf.flatMap((key, col) => (key === null && !heads.serial[col] ? [col] : []))
    if (!main) return { valueCols: values, guessed: false }
    const cellsOf = (col: number): string[] => kept.flatMap((row) => (isBlank(block[row]![col]) ? [] : [block[row]![col]!]))
    const several =
      values.filter(
        (col, at) =>
          col < main.col &&
          heads.label(col) === '' &&
          cellsOf(col).some((cell) => asNumber(cell) !== null || serialOf(cell) !== null) &&
          !cellsOf(col).every((cell) => isStrange(cell, free[at])),
      ).length > 1
    for (const col of values) {
      const cells = cellsOf(col)
      const serials = cells.map(serialOf)
      if (heads.label(col) !== '' || cells.length === 0 || serials.some((serial) => serial === null)) continue
      const marked = cells.every(
        (cell) => asNumber(cell) === null || /[.．。]$/.test(cell.trim()) || !/^[\d０-９\s]+$/.test(cell),
      )
      const counts =
        serials.every((serial, at) => serial === 1 || (at > 0 && serial === serials[at - 1]! + 1)) && serials[0] === 1
      const steps = serials.length > 1 && serials.every((serial, at) => at === 0 || serial === serials[at - 1]! + 1)
      const once = new Set(serials).size === serials.length
      const looksLike = marked || (col < main.col && (counts || (several ? steps : once)))
      if (!looksLike) continue
      const valueCols = values.filter((one) => one !== col)
      const sure = counts && col < main.col && !several && valueCols.length > 0
      return { valueCols, guessed: !sure }
    }
    return { valueCols: values, guessed: false }
  }

  /** The fields that columns of values go to: by the block's headings if it has any, else one after the other. */
  function landing(values: readonly number[]) {
    const cols: number[] = []
    const fields: string[] = []
    const unknown: string[] = []
    const odd: PastedPeople['odd'] = []
    const filled = (col: number): string[] => kept.flatMap((row) => (isBlank(block[row]![col]) ? [] : [block[row]![col]!]))
    if (heads.fields.some((fields) => fields !== null) || values.some((col) => heads.label(col) !== '')) {
      const wanted = values.map((col) => heads.fields[col]?.[0]?.field)
      values.forEach((col) => {
        const own = heads.fields[col] ?? []
        if (own.length > 0 && own.every(({ editable }) => !editable)) return // what the grid works out itself, it keeps
        const [only] = own
        if (only && own.length === 1 && wanted.indexOf(only.field) === wanted.lastIndexOf(only.field)) {
          cols.push(col)
          fields.push(only.field)
        } else if (filled(col).length > 0) {
          if (heads.label(col) === '') odd.push({ column: col + 1, text: filled(col)[0]! })
          else unknown.push(heads.label(col))
        }
      })
      return { cols, fields, outside: 0, unknown, odd }
    }
    let next = 0
    let outside = 0
    for (const col of values) {
      const column = free[next]
      const cells = filled(col)
      if (byName && column && cells.length > 0 && cells.every((cell) => isStrange(cell, column))) {
        odd.push({ column: col + 1, text: cells[0]!.trim() })
        continue
      }
      next++
      if (column) {
        cols.push(col)
        fields.push(column.field)
      } else outside++
    }
    return { cols, fields, outside, unknown, odd }
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
    const labels: string[] = []
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
        labels.push(labelOf(texts))
        times.set(answers[0]!, (times.get(answers[0]!) ?? 0) + 1)
      } else if (answers.length > 1) people.several.push(labelOf(texts))
      else if (holds && !FOOT.test(labelOf(texts))) (isElsewhere(texts) ? people.elsewhere : people.missing).push(labelOf(texts))
    }
    const written = hits.map((row, place) => {
      const why = times.get(row)! > 1 ? people.twice : isDisplayed(row) ? null : people.hidden
      why?.push(labels[place]!)
      return why === null
    })
    people.twice = [...new Set(people.twice)]
    const those = <Item>(items: Item[]): Item[] => items.filter((_, place) => written[place])
    const places = those(from)
    people.rows = places.length
    people.names = those(labels).slice(0, NAMED)
    return { people, from: places, rows: those(hits) }
  }

  /** The rows that all these texts fit. */
  function candidates(texts: readonly string[]): readonly SheetRow[] {
    let left: readonly SheetRow[] | null = null
    for (const [at, { key }] of keyCols.entries()) {
      if (isBlank(texts[at])) continue
      const text = textBy(key, texts[at]!)
      const exact = fold(keys[key]!, texts[at]!)
      const near = exact === text ? null : keys[key]!.near!(exact, null).map(folded)
      left = (left ?? rowsBy(key).get(text) ?? []).filter(
        (row) =>
          folded(valueOf(row, keys[key]!)) === text &&
          (near === null || keys[key]!.near!(text, row).some((way) => near.includes(folded(way)))),
      )
    }
    return left ?? []
  }

  /** Whether somebody of this name is there, but not where the block says. */
  function isElsewhere([name = '', ...others]: readonly string[]): boolean {
    return main!.key === 0 && others.some((text) => !isBlank(text)) && rowsBy(0).has(textBy(0, name))
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
    remarks: pick((text) => (REMARKS.has(text) ? true : undefined)),
    label: (col: number): string => columnHeads[col]!.at(-1)?.replace(/\s+/g, ' ').trim() ?? '',
    /** Printed pages repeat their headings. */
    repeats: (row: (string | null)[]): boolean =>
      row.some((cell, col) => isWord(cell) && keysAt[col] !== null && keyHeads.get(asHeading(cell)) === keysAt[col]),
  }
}
