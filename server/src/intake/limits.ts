/** How much a file may hold, and how much reading it may take. */
export interface Limits {
  /** Bytes of the file. */
  bytes: number
  /** Bytes of all that is packed in a workbook, unpacked. */
  unpacked: number
  /** How many times its packed size a part of a workbook may be, where it is larger than a megabyte. */
  ratio: number
  /** Parts of a workbook. */
  entries: number
  /** Elements of all parts that are read. */
  elements: number
  sheets: number
  /** The last row and the last column that may hold something. */
  rows: number
  columns: number
  /** Cells that hold something, on all sheets together, and characters in them. */
  cells: number
  characters: number
  /** Characters of one cell: as many as a spreadsheet takes. */
  cellText: number
  /** Memory of the thread that reads, in megabytes, and the time it has. */
  megabytes: number
  milliseconds: number
}

/**
 * What may still come of a file. Whatever is kept while a file is read is counted here: a thread that asks for too much
 * memory at once takes the whole process with it.
 */
export type Left = Pick<Limits, 'elements' | 'cells' | 'characters'>

export const usualLimits: Limits = {
  bytes: 20 * 2 ** 20,
  unpacked: 64 * 2 ** 20,
  ratio: 300,
  entries: 1000,
  elements: 650_000,
  sheets: 20,
  rows: 100_000,
  columns: 200,
  cells: 200_000,
  characters: 8_000_000,
  cellText: 32_767,
  megabytes: 160,
  milliseconds: 20_000,
}
