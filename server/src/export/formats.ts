import { ZipWriter } from './zip.ts'

/** What an export says of itself, line by line. */
export type Head = [name: string, value: string][]
type Send = (bytes: Buffer) => Promise<void>

/** Writes the rows of an export, of which it holds none. `whole` is told how many there were, before the end is written. */
export type Format = (
  send: Send,
  file: { head: Head; columns: readonly string[]; rows: AsyncIterable<unknown[]>; whole: () => Promise<Head> },
) => Promise<void>

/** A number as people and the product write it; what is longer than a spreadsheet can hold is a text. */
const isNumber = (text: string): boolean => /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && text.replace(/\D/g, '').length <= 15

/** Begins as a spreadsheet begins a formula, also behind blanks, marks that are not seen, or quotes; also full-width. */
const startsFormula = (text: string): boolean => /^[\s\p{C}'"]*[=+\-@＝＋－＠]|^[\t\r\n\0]/u.test(text)

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

/** A cell of csv: numbers plain, texts in quotes, and what would be run as a formula behind an apostrophe. */
export function csvCell(value: unknown): string {
  const text = textOf(value).replaceAll('\0', '')
  if (text === '' || isNumber(text)) return text
  return `"${(startsFormula(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}

/** Some dozens of kilobytes at a time: neither a packet a row nor a file in memory. */
async function inBulk(send: Send, lines: AsyncIterable<string>): Promise<void> {
  let waiting: string[] = []
  let length = 0
  for await (const line of lines) {
    waiting.push(line)
    length += line.length
    if (length < 32_768) continue
    await send(Buffer.from(waiting.join('')))
    ;[waiting, length] = [[], 0]
  }
  await send(Buffer.from(waiting.join('')))
}

const csv: Format = (send, { head, columns, rows, whole }) =>
  inBulk(
    send,
    (async function* () {
      const comments = (lines: Head) =>
        lines.map(([name, value]) => `${csvCell(`# ${name}: ${value.replaceAll(/\s+/g, ' ')}`)}\r\n`)
      yield `\uFEFF${comments(head).join('')}${columns.map(csvCell).join(',')}\r\n`
      for await (const row of rows) yield `${row.map(csvCell).join(',')}\r\n`
      yield comments(await whole()).join('')
    })(),
  )

/** The first line says what it is, the last that it is whole; the lines between are the rows. */
const ndjson: Format = (send, { head, columns, rows, whole }) =>
  inBulk(
    send,
    (async function* () {
      yield `${JSON.stringify({ kaohe: Object.fromEntries(head) })}\n`
      for await (const row of rows) yield `${JSON.stringify(Object.fromEntries(columns.map((name, at) => [name, row[at]])))}\n`
      yield `${JSON.stringify({ kaohe: Object.fromEntries(await whole()) })}\n`
    })(),
  )

const escaped = (text: string): string =>
  text
    // What XML cannot hold at all.
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, '')
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

/** A cell of xlsx: its type is written down, so that a text is never a formula whatever it begins with. */
export function xlsxCell(value: unknown): string {
  const text = textOf(value)
  if (text === '') return '<c/>'
  if (isNumber(text)) return `<c><v>${text}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text.slice(0, 32_767))}</t></is></c>`
}

export const mostXlsxRows = 1_048_575
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const SHEET = `${XML}<worksheet xmlns="${MAIN}"><sheetData>`
const ENDS = '</sheetData></worksheet>'
const rowOf = (cells: readonly unknown[]): string => `<row>${cells.map(xlsxCell).join('')}</row>`

/** The rows on the first sheet; what they are on the second, which is written last and so knows how many there were. */
const xlsx: Format = async (send, { head, columns, rows, whole }) => {
  const zip = new ZipWriter(send)
  const sheets = ['数据', '说明']
  await zip.file('[Content_Types].xml', [
    `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`,
    `<Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/>`,
    ...sheets.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${KIND}.worksheet+xml"/>`),
    '</Types>',
  ])
  await zip.file('_rels/.rels', [
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ])
  await zip.file('xl/workbook.xml', [
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>`,
    ...sheets.map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="r${at + 1}"/>`),
    '</sheets></workbook>',
  ])
  await zip.file('xl/_rels/workbook.xml.rels', [
    `${XML}<Relationships xmlns="${PACKAGE}/relationships">`,
    ...sheets.map((_, at) => `<Relationship Id="r${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`),
    '</Relationships>',
  ])
  await zip.file(
    'xl/worksheets/sheet1.xml',
    (async function* () {
      yield `${SHEET}${rowOf(columns)}`
      for await (const row of rows) yield rowOf(row)
      yield ENDS
    })(),
  )
  const tail = await whole()
  await zip.file('xl/worksheets/sheet2.xml', [SHEET, ...[...head, ...tail].map(rowOf), ENDS])
  await zip.end()
}

export const formats: Record<'csv' | 'ndjson' | 'xlsx', { write: Format; type: string }> = {
  csv: { write: csv, type: 'text/csv; charset=utf-8' },
  ndjson: { write: ndjson, type: 'application/x-ndjson; charset=utf-8' },
  xlsx: { write: xlsx, type: `${KIND}.sheet` },
}
