import { widthOf } from './cellText.ts'

/** A cell of a table as its markup has it. */
export interface TableCell {
  text: string
  rowSpan: number
  colSpan: number
  hidden: boolean
}

const BREAK = '\u2028'
const WIDEST = 1000 // markup may claim any span

/** The cells of the first table in clipboard markup, or null. The markup is parsed without being shown or run. */
export function readTable(html: string): string[][] | null {
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table')
  if (!table) return null
  const columns = [...table.querySelectorAll('col')].flatMap((col) =>
    Array.from({ length: Math.min(col.span, WIDEST) }, () => isHidden(col)),
  )
  const rows = [...table.rows].filter((row) => !isHidden(row))
  const cells = spread(
    rows.map((row) =>
      [...row.cells].map((cell) => ({
        text: textOf(cell),
        rowSpan: cell.rowSpan,
        colSpan: Math.min(cell.colSpan, WIDEST),
        hidden: isHidden(cell),
      })),
    ),
  ).map((row) => row.filter((_, at) => !columns[at]))
  return cells.length > 0 && cells[0]!.length > 0 ? cells : null
}

const isHidden = (element: HTMLElement): boolean => element.hasAttribute('hidden') || element.style.display === 'none'

function textOf(cell: HTMLElement): string {
  for (const unread of cell.querySelectorAll('style, script')) unread.remove()
  for (const line of cell.querySelectorAll('br')) line.replaceWith(BREAK)
  for (const block of cell.querySelectorAll('p, div, li')) block.append(BREAK)
  return (cell.textContent ?? '')
    .replace(/[ \t\r\n\f]+/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replace(new RegExp(` ?${BREAK} ?`, 'g'), '\n')
    .trim()
}

/** Rows of equal length: a cell over several rows or columns stands in the first, the others are empty, as in a spreadsheet. */
export function spread(rows: readonly (readonly TableCell[])[]): string[][] {
  const out: string[][] = rows.map(() => [])
  rows.forEach((cells, at) => {
    let col = 0
    for (const { text, rowSpan, colSpan, hidden } of cells) {
      if (hidden) continue
      while (out[at]![col] !== undefined) col++
      const bottom = Math.min(at + (rowSpan || rows.length), rows.length) // 0 means: to the end
      for (let row = at; row < bottom; row++) for (let next = col; next < col + colSpan; next++) out[row]![next] ??= ''
      out[at]![col] = text
      col += colSpan
    }
  })
  const width = widthOf(out)
  return out.map((row) => Array.from({ length: width }, (_, col) => row[col] ?? ''))
}
