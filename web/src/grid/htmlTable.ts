import { widthOf } from './cellText.ts'

/** A cell of a table as its markup has it. */
export interface TableCell {
  text: string
  rowSpan: number
  colSpan: number
  hidden: boolean
  /** Its text only runs over the empty cells beside it, which are cells of their own. */
  runsOver?: boolean
}

/** The cells of a table or a text, row by row; null where a merged cell covers the place, or the row ends before it. */
export type Block = (string | null)[][]

const BREAK = '\u2028'
const WIDEST = 1000 // markup may claim any span

/** What makes the text beside a table say something else than the table: breaks in cells, raised digits, other tables. */
const TELLING = /^<(br|p|div|li|sup|sub|table|del|s|strike)\b/i
/** Merged cells, and what is hidden. */
const APART = /(row|col)span|\shidden[\s=>/]|display:\s*none|mso-hide:/i

/** Whether the table in clipboard markup may have other cells than its text of so many rows. Told without parsing it. */
export function mayDiffer(html: string, rows: number): boolean {
  const from = html.search(/<table/i)
  if (from < 0) return false
  let count = 0
  for (let at = html.indexOf('<', from + 1); at >= 0; at = html.indexOf('<', at + 1)) {
    const [first, second] = [html.charCodeAt(at + 1) | 32, html.charCodeAt(at + 2) | 32]
    if (first === 116 && second === 114)
      count++ // tr
    else if (first === 116 && (second === 100 || second === 104))
      continue // td, th
    else if (first !== 47 && TELLING.test(html.slice(at, at + 7))) return true
  }
  return count !== rows || APART.test(html.slice(from))
}

/**
 * The cells of the tables in clipboard markup, one below the other, or null where there is none. The markup is parsed
 * without being shown or run. What is hidden is left out, unless `text`, the same cells as text, has it: spreadsheets
 * copy hidden rows and columns too.
 */
export function readTable(html: string, text: Block | null = null): Block | null {
  const all = [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('table')]
  const tables = all.filter((table) => !table.parentElement?.closest('table')).flatMap(dataTables)
  if (tables.length === 0) return null
  const seen = tables.flatMap((table) => cellsOf(table, false))
  if (text) {
    const whole = tables.flatMap((table) => cellsOf(table, true))
    if (whole.length === text.length && widthOf(whole) === widthOf(text)) return whole
  }
  return widthOf(seen) > 0 ? seen : null
}

/** A table itself, or the tables in its cells where it only lays these out: where they hold more cells than it does. */
function dataTables(table: HTMLTableElement): HTMLTableElement[] {
  const cells = [...table.rows].flatMap((row) => [...row.cells])
  const inner = cells.flatMap((cell) =>
    [...cell.querySelectorAll('table')].filter((one) => one.parentElement!.closest('td, th') === cell),
  )
  const data = inner.flatMap(dataTables).filter((one) => [...one.rows].some((row) => row.cells.length > 1))
  const count = data.reduce((all, one) => all + [...one.rows].reduce((sum, row) => sum + row.cells.length, 0), 0)
  return count > cells.filter((cell) => !cell.querySelector('table')).length ? data : [table]
}

function cellsOf(table: HTMLTableElement, hiddenToo: boolean): Block {
  const columns = [...table.querySelectorAll('col')].flatMap((col) =>
    Array.from({ length: Math.min(col.span, WIDEST) }, () => !hiddenToo && isHidden(col)),
  )
  const rows = [...table.rows].filter((row) => hiddenToo || !isHidden(row))
  return spread(
    rows.map((row) =>
      [...row.cells].map((cell) => ({
        text: textOf(cell),
        rowSpan: cell.rowSpan,
        colSpan: Math.min(cell.colSpan, WIDEST),
        hidden: !hiddenToo && isHidden(cell),
        runsOver: /mso-ignore:\s*colspan/i.test(cell.getAttribute('style') ?? ''),
      })),
    ),
  ).map((row) => row.filter((_, at) => !columns[at]))
}

const isHidden = (element: HTMLElement): boolean =>
  element.hasAttribute('hidden') ||
  element.style.display === 'none' ||
  /mso-hide:\s*all/i.test(element.getAttribute('style') ?? '')

function textOf(cell: HTMLElement): string {
  // What the cell does not show, and what a tracked change took out of it, is not its text.
  for (const one of cell.querySelectorAll<HTMLElement>('style, script, del, s, strike, [hidden], [style]'))
    if (one.matches('style, script, del, s, strike') || isHidden(one)) one.remove()
  for (const raised of cell.querySelectorAll('sup, sub')) raised.textContent = raise(raised.textContent)
  for (const line of cell.querySelectorAll('br')) line.replaceWith(BREAK)
  for (const block of cell.querySelectorAll('p, div, li')) block.append(BREAK)
  return (cell.textContent ?? '')
    .replace(/[ \t\r\n\f]+/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replace(new RegExp(` ?${BREAK} ?`, 'g'), '\n')
    .trim()
}

/** A raised digit is not one of the number before it: 3 with a raised 2 is no 32. */
const raise = (text: string | null): string => (text ?? '').replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]!)

/** Rows of equal length: a cell over several rows or columns stands in the first, the others are covered. */
export function spread(rows: readonly (readonly TableCell[])[]): Block {
  const out: Block = rows.map(() => [])
  rows.forEach((cells, at) => {
    let col = 0
    for (const { text, rowSpan, colSpan, hidden, runsOver } of cells) {
      if (hidden) continue
      while (out[at]![col] !== undefined) col++
      const bottom = Math.min(at + (rowSpan || rows.length), rows.length) // 0 means: to the end
      for (let row = at; row < bottom; row++)
        for (let next = col; next < col + colSpan; next++) out[row]![next] ??= runsOver ? '' : null
      out[at]![col] = text
      col += colSpan
    }
  })
  const width = widthOf(out)
  return out.map((row) => Array.from({ length: width }, (_, col) => row[col] ?? null))
}
