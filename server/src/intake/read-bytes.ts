import { kindOf } from './file-kind.ts'
import type { Limits } from './limits.ts'
import { FileRefused } from './refused.ts'
import type { SheetRead } from './sheet.ts'
import { readTable, textOf } from './text-table.ts'
import { readWorkbook } from './workbook.ts'

/** Reads a file on this thread; see `readFile`. */
export async function readBytes(bytes: Buffer, fileName: string, limits: Limits): Promise<SheetRead[]> {
  if (kindOf(bytes) === 'workbook') return readWorkbook(bytes, limits)
  const rows = readTable(textOf(bytes), limits)
  if (rows.length === 0) throw new FileRefused('file.empty')
  return [{ name: fileName.replace(/\.[^.]*$/, ''), hidden: false, hiddenColumns: [], rows }]
}
