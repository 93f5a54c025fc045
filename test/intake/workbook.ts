import { crc32, deflateRawSync } from 'node:zlib'

/** A part of an archive; what stands beside its content is written as it is given, true or not. */
export interface Part {
  name: string
  content: string | Buffer
  /** 8 packs, 0 does not; anything else is written down over plain content. */
  method?: number
  flags?: number
  /** The size that the list tells. */
  size?: number
  crc?: number
  extra?: Buffer
  /** What stands where the packed content should. */
  packed?: Buffer
}

const numbers = (...list: [value: number, bytes: 2 | 4][]): Buffer => {
  const buffer = Buffer.alloc(list.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of list) at = buffer.writeUIntLE(value, at, bytes)
  return buffer
}

/** A zip archive, byte by byte as the format is described. */
export function zipOf(parts: readonly Part[]): Buffer {
  const [files, list]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const { name, content, method = 8, flags = 0x0800, extra = Buffer.alloc(0), ...told } of parts) {
    const plain = Buffer.from(content)
    const packed = told.packed ?? (method === 8 ? deflateRawSync(plain) : plain)
    const written = Buffer.from(name)
    const common: [number, 2 | 4][] = [
      [20, 2],
      [flags, 2],
      [method, 2],
      [0, 2],
      [0x21, 2],
      [told.crc ?? crc32(plain), 4],
      [packed.length, 4],
      [told.size ?? plain.length, 4],
      [written.length, 2],
    ]
    const file = Buffer.concat([numbers([0x04034b50, 4], ...common, [0, 2]), written, packed])
    list.push(
      numbers([0x02014b50, 4], [20, 2], ...common, [extra.length, 2], [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]),
      written,
      extra,
    )
    files.push(file)
    at += file.length
  }
  const length = list.reduce((sum, one) => sum + one.length, 0)
  const end = numbers([0x06054b50, 4], [0, 2], [0, 2], [parts.length, 2], [parts.length, 2], [length, 4], [at, 4], [0, 2])
  return Buffer.concat([...files, ...list, end])
}

export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const KIND = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A sheet by its rows, or by all of its XML; `state`, `cols` and `merges` as the format writes them. */
export interface SheetGiven {
  name: string
  xml?: string
  rows?: string
  state?: string
  cols?: string
  merges?: readonly string[]
}

/** The parts of a workbook. What is given by name takes the place of a part, or is left out where it is undefined. */
export function partsOf(
  sheets: readonly SheetGiven[],
  {
    strings,
    formats = [],
    xfs = [0],
    date1904 = false,
    replace = {},
  }: {
    /** The inner XML of each shared string. */
    strings?: readonly string[]
    /** Custom formats of numbers, from 164 on. */
    formats?: readonly string[]
    /** The format of each style of cells. */
    xfs?: readonly number[] | undefined
    date1904?: boolean
    replace?: Record<string, string | undefined>
  } = {},
): Part[] {
  const parts: Record<string, string | undefined> = {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
      ['workbook', 'sheet.main'],
      ['styles', 'styles'],
      ['sharedStrings', 'sharedStrings'],
      ...sheets.map((_, at) => [`worksheets/sheet${at + 1}`, 'worksheet']),
    ]
      .map(([name, kind]) => `<Override PartName="/xl/${name}.xml" ContentType="${KIND}.${kind}+xml"/>`)
      .join('')}</Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        ({ name, state }, at) =>
          `<sheet name="${escaped(name)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="s${at}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${sheets
      .map((_, at) => `<Relationship Id="s${at}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`)
      .join(
        '',
      )}<Relationship Id="t" Type="${OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="u" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/sharedStrings.xml': strings && `${XML}<sst xmlns="${MAIN}">${strings.map((inner) => `<si>${inner}</si>`).join('')}</sst>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><numFmts>${formats
      .map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${escaped(code)}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs
      .map((id) => `<xf numFmtId="${id}" xfId="0"/>`)
      .join('')}</cellXfs></styleSheet>`,
    ...Object.fromEntries(
      sheets.map(({ xml, rows = '', cols = '', merges = [] }, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        xml ??
          `${XML}<worksheet xmlns="${MAIN}">${cols}<sheetData>${rows}</sheetData>${merges.length > 0 ? `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` : ''}</worksheet>`,
      ]),
    ),
    ...replace,
  }
  return Object.entries(parts).flatMap(([name, content]) => (content === undefined ? [] : { name, content }))
}

/** A workbook as a file. */
export const workbookOf = (...given: Parameters<typeof partsOf>): Buffer => zipOf(partsOf(...given))

/** A sheet of texts only, the way a table of text would be read. */
export const textRows = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(
      (cells) =>
        `<row>${cells.map((text) => (text === '' ? '<c/>' : `<c t="inlineStr"><is><t>${escaped(text)}</t></is></c>`)).join('')}</row>`,
    )
    .join('')

/** A table as csv. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\r\n')
