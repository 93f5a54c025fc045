/**
 * What stands in a cell. `number`: exact decimal text. `day`: an ISO day. `formula`: what its file says it came to, for
 * show only. `brokenNumber`: a number of more digits than a spreadsheet keeps, such as an ID number typed as one.
 */
export type CellKind = 'text' | 'number' | 'day' | 'formula' | 'error' | 'boolean' | 'brokenNumber'

export interface CellRead {
  /** The letters of its column. */
  column: string
  kind: CellKind
  text: string
  /** The range of the merged cell that covers it, such as `A1:C1`; each covered cell has the value. */
  merged?: string
}

export interface RowRead {
  /** From 1, as a spreadsheet counts the rows of the file. */
  row: number
  hidden?: true
  /** From left to right; those that hold nothing are left out. */
  cells: CellRead[]
}

export interface SheetRead {
  name: string
  hidden: boolean
  /** Letters of the columns that are hidden. */
  hiddenColumns: string[]
  /** From top to bottom; those that hold nothing are left out. */
  rows: RowRead[]
}

/** The letters of a column, counted from 1. */
export function lettersOf(column: number): string {
  let letters = ''
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters
  return letters
}

/** The number of a column, from 1, by its letters. */
export const columnOf = (letters: string): number => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

/** Most texts: nothing in them is a blank or is not seen. */
const usual = /^[!-~一-龥]*$/

/** What a person sees in a cell: without blanks around it and without characters that are not seen. */
export const visible = (text: string): string =>
  usual.test(text)
    ? text
    : text
        .replaceAll(/\r\n?/g, '\n')
        .replaceAll(/(?![\n\t])[\p{Cc}\p{Cf}]/gu, '')
        .toWellFormed()
        .trim()
