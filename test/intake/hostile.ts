import { deflateRawSync } from 'node:zlib'
import type { FileCode } from '../../server/src/intake/refused.ts'
import { gb18030 } from './gb18030.ts'
import { csvOf, MAIN, partsOf, textRows, workbookOf, zipOf, type Part, type SheetGiven } from './workbook.ts'

/** The table that a file holds where it is not refused. */
export const table = [
  ['姓名', '村（社区）', '备注'],
  ['张三', '东村', 'a, "b"'],
  ['李四', '', '一\n二'],
]
const rows = textRows(table)
const sheet: SheetGiven = { name: '砚溪镇', rows }
const good = (): Part[] => partsOf([sheet])
const xml = (inner: string): SheetGiven => ({ name: '砚溪镇', xml: `<worksheet xmlns="${MAIN}">${inner}</worksheet>` })
const sheetOf = (inner: string): Buffer => workbookOf([xml(`<sheetData>${inner}</sheetData>`)])
const cell = (text: string, at = ''): string => `<c${at && ` r="${at}"`} t="inlineStr"><is><t>${text}</t></is></c>`
const replaced = (name: string, change: (part: Part) => Part): Buffer =>
  zipOf(good().map((part) => (part.name === name ? change(part) : part)))
const withParts = (...more: Part[]): Buffer => zipOf([...good(), ...more])
const part = (name: string, content: string | Buffer = ''): Part => ({ name, content })
const main = 'xl/worksheets/sheet1.xml'
const times = (count: number, make: (at: number) => string): string => Array.from({ length: count }, (_, at) => make(at)).join('')
const bytes = (...list: (string | number[])[]): Buffer => Buffer.concat(list.map((one) => Buffer.from(one as string)))
const csv = csvOf(table)
const compound = 'd0cf11e0a1b11ae1'

type Files = Record<string, () => Buffer>

/** Files that are refused, by the code that each is refused with. */
export const refused: Partial<Record<FileCode, Files>> = {
  'file.empty': {
    'no bytes': () => bytes(),
    'a mark of encoding only': () => bytes([0xef, 0xbb, 0xbf]),
    'blanks and separators only': () => bytes(' ,,\r\n,\n　'),
  },
  'file.tooLarge': { 'more than 20 MB': () => Buffer.alloc(20 * 2 ** 20 + 1, '甲,') },
  'file.document': {
    pdf: () => bytes('%PDF-1.7\n'),
    png: () => bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]),
    jpg: () => bytes([0xff, 0xd8, 0xff, 0xe0]),
    gif: () => bytes('GIF89a'),
    webp: () => bytes('RIFF', [1, 0, 0, 0], 'WEBP'),
    tiff: () => bytes('II*', [0, 8, 0]),
    rtf: () => bytes('{\\rtf1 名册}'),
    docx: () => zipOf([part('[Content_Types].xml', '<Types/>'), part('word/document.xml', '<w/>')]),
  },
  'file.archive': {
    'rar': () => bytes('Rar!', [0x1a, 7, 0]),
    '7z': () => bytes('7z', [0xbc, 0xaf, 0x27, 0x1c]),
    'gzip': () => bytes([0x1f, 0x8b, 8, 0]),
    'an archive of nothing': () => zipOf([]),
    'an archive of a workbook': () => zipOf([part('名册.xlsx', workbookOf([sheet]))]),
  },
  'file.xls': {
    'xls of today': () => bytes([...Buffer.from(compound, 'hex')], Buffer.from('Workbook', 'utf16le').toString('latin1')),
    'xls of 1995': () => bytes([0x09, 0x08, 0x08, 0, 0, 5, 0x10, 0]),
  },
  'file.encrypted': {
    'a workbook with a password': () => Buffer.concat([Buffer.from(compound, 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    'an archive with a password': () => replaced(main, (one) => ({ ...one, flags: 0x0801 })),
  },
  'file.html': {
    'a page named xlsx': () => bytes('<html><table><tr><td>张三</td></tr></table></html>'),
    'a page behind marks and blanks': () => bytes([0xef, 0xbb, 0xbf], '\r\n <!DOCTYPE html><p>张三'),
    'a page in UTF-16': () => Buffer.from('\ufeff<table><tr><td>张三</td></tr></table>', 'utf16le'),
    'a workbook of 2003 in XML': () =>
      bytes('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
    'a page with its pictures': () => bytes('MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n'),
  },
  'file.ods': {
    ods: () => zipOf([{ ...part('mimetype', 'application/vnd.oasis.opendocument.spreadsheet'), method: 0 }, part('content.xml')]),
  },
  'file.xlsb': { xlsb: () => zipOf([part('[Content_Types].xml', '<Types/>'), part('xl/workbook.bin')]) },
  'file.macros': {
    'macros': () => withParts(part('xl/vbaProject.bin', 'x')),
    'macros under another name': () => withParts(part('XL/VBAPROJECT.BIN', 'x')),
    'macros of 1992': () => withParts(part('xl/macrosheets/sheet1.xml', 'x')),
  },
  'file.unknown': {
    'bytes of no kind': () => bytes([1, 2, 3, 4, 5, 6, 0, 0, 9]),
    'a program': () => bytes([0x7f], 'ELF', [2, 1, 1, 0]),
    'UTF-16 without its mark': () => Buffer.from('name,village\n', 'utf16le'),
    'no list of sheets': () => workbookOf([sheet], { replace: { 'xl/workbook.xml': undefined } }),
    'no relations': () => workbookOf([sheet], { replace: { '_rels/.rels': undefined } }),
  },
  'file.names': {
    'a way out': () => withParts(part('../../etc/passwd', 'x')),
    'a way out within': () => withParts(part('xl/../../x', 'x')),
    'a way out by backslashes': () => withParts(part('xl\\..\\..\\x', 'x')),
    'from the root': () => withParts(part('/etc/passwd', 'x')),
    'on a drive': () => withParts(part('C:/x', 'x')),
    'the same part twice': () => withParts(part(main, 'x')),
    'the same part twice but for its case': () => withParts(part(main.toUpperCase(), 'x')),
  },
  'file.tooMuch': {
    'more than 1,000 parts': () => withParts(...Array.from({ length: 1000 }, (_, at) => part(`x/${at}`))),
    'a size of 2 GiB in the list': () => replaced(main, (one) => ({ ...one, size: 2 ** 31 })),
    'blanks of 50 MB in 50 kB': () => sheetOf(' '.repeat(50 * 2 ** 20)),
    '70 MB in parts of 1 MB': () =>
      withParts(...Array.from({ length: 70 }, (_, at) => part(`x/${at}`, Buffer.alloc(2 ** 20, 'x')))),
    'a size in eight bytes': () => {
      const extra = Buffer.alloc(12)
      extra.writeUInt16LE(1)
      extra.writeUInt16LE(8, 2)
      extra.writeBigUInt64LE(2n ** 40n, 4)
      return replaced(main, (one) => ({ ...one, size: 0xffffffff, extra }))
    },
    'one text of 2 MB': () => sheetOf(`<row>${cell(mixed(2 * 2 ** 20))}</row>`),
    'an attribute of 2 MB': () => sheetOf(`<row spans="${mixed(2 * 2 ** 20)}"/>`),
    'a comment of 2 MB': () => sheetOf(`<!-- ${mixed(2 * 2 ** 20)} -->`),
    'half a million cells': () => sheetOf(times(5000, (row) => `<row>${times(100, (at) => `<c><v>${row * at}</v></c>`)}</row>`)),
    'a long text in 400 cells': () =>
      workbookOf([{ name: '一', rows: times(400, () => '<row><c t="s"><v>0</v></c></row>') }], {
        strings: [`<t>${'甲'.repeat(30_000)}</t>`],
      }),
    'long texts that no cell shows': () =>
      workbookOf([sheet], { strings: Array.from({ length: 300 }, (_, at) => `<t>${mixed(30_000, at)}</t>`) }),
    'one cell merged over everything, 1,000 times': () =>
      workbookOf([
        {
          name: '一',
          rows: times(1000, () => `<row>${cell('甲')}</row>`),
          merges: Array.from({ length: 1000 }, () => 'A1:XFD1048576'),
        },
      ]),
    'two million hidden rows': () => sheetOf(times(2_000_000, (at) => `<row hidden="1" ht="${at % 97}"/>`)),
    'a million elements that nobody knows': () => sheetOf(times(1_300_000, (at) => `<a b="${at % 97}"/>`)),
    'half a million merged ranges': () =>
      workbookOf([{ ...sheet, merges: Array.from({ length: 500_000 }, (_, at) => `A${at + 1}:B${at + 1}`) }]),
    '90,000 formulas over everything': () =>
      sheetOf(times(90_000, (at) => `<row><c><f t="array" ref="A1:XFD100000">${at}</f></c></row>`)),
    'half a million shared texts of nothing': () =>
      workbookOf([sheet], { strings: Array.from({ length: 500_000 }, (_, at) => (at % 7 ? '<t/>' : '<t>甲</t>')) }),
    '200,000 styles': () => workbookOf([sheet], { xfs: Array.from({ length: 200_000 }, (_, at) => at % 150) }),
    'a long text merged over everything': () =>
      workbookOf([
        {
          name: '一',
          rows: `<row>${cell('甲'.repeat(30_000))}</row>${times(1000, () => `<row>${cell('甲')}</row>`)}`,
          merges: ['A1:XFD1048576'],
        },
      ]),
  },
  'file.damaged': {
    'cut off': () => workbookOf([sheet]).subarray(0, 900),
    'a list that stands elsewhere': () => {
      const file = workbookOf([sheet])
      file.writeUInt32LE(0xfffffff0, file.length - 6)
      return file
    },
    'more inside than the list says': () => replaced(main, (one) => ({ ...one, size: 10 })),
    'a bomb of 200 MB that says 5 kB': () =>
      replaced(main, (one) => ({ ...one, packed: deflateRawSync(Buffer.alloc(200 * 2 ** 20, ' ')), size: 5000 })),
    'less inside than the list says': () => replaced(main, (one) => ({ ...one, size: 100_000 })),
    'another sum': () => replaced(main, (one) => ({ ...one, crc: 1 })),
    'packed in part': () =>
      replaced(main, (one) => ({ ...one, packed: deflateRawSync(Buffer.from(one.content)).subarray(0, 90) })),
    'packed in another way': () => replaced(main, (one) => ({ ...one, method: 12 })),
    'no sheet behind its name': () => zipOf(good().filter(({ name }) => name !== main)),
    'two names for one sheet': () =>
      workbookOf([sheet, { ...sheet, name: '又' }], {
        replace: {
          'xl/workbook.xml': `<workbook><sheets><sheet name="a" r:id="s0" xmlns:r="r"/><sheet name="b" r:id="s0" xmlns:r="r"/></sheets></workbook>`,
        },
      }),
    'a sheet without relation': () =>
      workbookOf([sheet], {
        replace: { 'xl/workbook.xml': '<workbook><sheets><sheet name="a" id="nowhere"/></sheets></workbook>' },
      }),
    'a sheet of nothing': () => workbookOf([{ name: '一', xml: '' }]),
    'an entity nobody declared': () => sheetOf(`<row>${cell('&name;')}</row>`),
    'a tag that is never closed': () => workbookOf([{ name: '一', xml: '<worksheet><sheetData><row>' }]),
    'two roots': () => workbookOf([{ name: '一', xml: '<worksheet/><worksheet/>' }]),
    'bytes that are no UTF-8': () => replaced(main, (one) => ({ ...one, content: Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe]) })),
    'a character that XML cannot hold': () => sheetOf(`<row>${cell('a\u0001b')}</row>`),
    '10,000 elements within each other': () => sheetOf('<row>'.repeat(10_000) + '</row>'.repeat(10_000)),
    'row 0': () => sheetOf(`<row r="0">${cell('甲')}</row>`),
    'a row of no number': () => sheetOf(`<row r="1e3">${cell('甲')}</row>`),
    'a cell without a row': () => sheetOf(cell('甲')),
    'a cell without a column': () => sheetOf(`<row>${cell('甲', '1')}</row>`),
    'the same cell twice': () => sheetOf(`<row>${cell('甲', 'A1')}${cell('乙', 'A1')}</row>`),
    'a text that is not in the list': () =>
      workbookOf([{ name: '一', rows: '<row><c t="s"><v>1</v></c></row>' }], { strings: ['<t/>'] }),
    'a text at place -1': () => workbookOf([{ name: '一', rows: '<row><c t="s"><v>-1</v></c></row>' }], { strings: ['<t/>'] }),
    'a text by a property': () =>
      workbookOf([{ name: '一', rows: '<row><c t="s"><v>constructor</v></c></row>' }], { strings: ['<t/>'] }),
    'a number that is none': () => sheetOf('<row><c><v>7。5</v></c></row>'),
    'a number in hexadecimal': () => sheetOf('<row><c><v>0x10</v></c></row>'),
    'a merged range that is none': () => workbookOf([{ ...sheet, merges: ['__proto__'] }]),
    'a formula over no range': () => sheetOf('<row><c><f t="array" ref="?">1</f><v>1</v></c></row>'),
  },
  'file.doctype': {
    'a document type in a sheet': () => workbookOf([{ name: '一', xml: '<!DOCTYPE worksheet><worksheet/>' }]),
    'entities that multiply': () =>
      workbookOf([sheet], {
        replace: { 'xl/sharedStrings.xml': `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(100)}"><!ENTITY c "&b;&b;">]><sst>&c;</sst>` },
      }),
    'an entity from a file': () =>
      workbookOf([sheet], {
        replace: { 'xl/workbook.xml': '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><workbook>&b;</workbook>' },
      }),
  },
  'file.sheets': {
    '21 sheets': () => workbookOf(Array.from({ length: 21 }, (_, at) => ({ name: `表${at}`, rows }))),
  },
  'file.far': {
    'a cell far down': () => sheetOf(`<row r="1048576">${cell('甲', 'A1048576')}</row>`),
    'a cell far to the right': () => sheetOf(`<row>${cell('甲', 'XFD1')}</row>`),
    'a column beyond all': () => sheetOf(`<row>${cell('甲', 'ZZZ1')}</row>`),
    'a million rows': () => sheetOf(times(1_000_000, (at) => `<row><c><v>${at}</v></c></row>`)),
    'csv of 201 columns': () => bytes(`${'甲,'.repeat(200)}乙`),
    'csv of 100,001 rows': () => bytes('甲\n'.repeat(100_001)),
    'csv of one row of 10 MB': () => Buffer.alloc(10 * 2 ** 20, '甲,'),
  },
  'file.cellText': {
    'a cell of 32,768 characters': () => sheetOf(`<row>${cell('甲'.repeat(32_768))}</row>`),
    'a cell of csv of 10 MB': () => Buffer.alloc(9 * 2 ** 20, '甲'),
  },
  'file.noCells': {
    'no cell at all': () => workbookOf([{ name: '一' }]),
    'cells with a format only': () => workbookOf([{ name: '一', rows: times(100, () => '<row><c s="1"/><c t="s"/></row>') }]),
  },
  'file.encoding': {
    'UTF-8 cut off within a character': () => bytes(csv).subarray(0, -Buffer.byteLength('二"') + 1),
    'UTF-8 with one broken character': () => bytes('姓名,村\n张', [0xe4, 0xb8], '三,东村\n'),
    'UTF-8 by its mark, GB18030 in truth': () => bytes([0xef, 0xbb, 0xbf], [...gb18030(csv)]),
    '15 MB of UTF-8 with a broken end': () => Buffer.concat([Buffer.alloc(15 * 2 ** 20, '甲,'), Buffer.from([0xe4])]),
    'UTF-16 of an odd length': () => bytes([0xff, 0xfe, 0x20]),
    'UTF-16 with half a character': () => bytes([0xff, 0xfe, 0x00, 0xd8, 0x20, 0]),
    'GB18030 cut off within a character': () => gb18030('姓名,村（社区）\n张三,东村').subarray(0, -1),
    'UTF-8 and GB18030 in one file': () => bytes(csv, '\n', [...gb18030('王五,西村')]),
  },
  'file.quotes': {
    'quotes and nothing else': () => Buffer.alloc(10 * 2 ** 20 + 1, '"'),
    'a quote that is never closed': () => bytes('姓名,村\n"张三,东村\n李四,西村\n'),
  },
}

/** Text of little repetition. */
function mixed(length: number, seed = 1): string {
  let [text, state] = ['', seed + 1]
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647
    text += state.toString(36)
  }
  return text.slice(0, length)
}

const utf16 = (content: string): Buffer => Buffer.from(`\ufeff${content}`, 'utf16le')
const swapped = (content: string): Buffer => utf16(content).swap16()
const sheetXml = good().find(({ name }) => name === main)!.content as string

/** Unusual files that are read, each as the table above. */
export const taken: Files = {
  'UTF-8 with its mark': () => bytes([0xef, 0xbb, 0xbf], csv),
  'UTF-8 without': () => bytes(csv),
  'GB18030': () => gb18030(csv),
  'UTF-16': () => utf16(csv),
  'UTF-16 the other way round': () => swapped(csv),
  'rows that end in LF, with one more': () => bytes(`${csv.replaceAll('\r\n', '\n')}\n`),
  'rows that end in CR': () => bytes(csv.replaceAll('\r\n', '\r')),
  'semicolons': () => bytes(csv.replaceAll('","', '";"')),
  'a separator that is named': () => bytes(`sep=|\n${csv.replaceAll('","', '"|"')}`),
  'tabs': () => bytes(csv.replaceAll('","', '"\t"')),
  'what is copied from a spreadsheet': () => bytes('姓名\t村（社区）\t备注\r\n张三\t东村\ta, "b"\r\n李四\t\t"一\n二"\r\n'),
  'an archive that packs nothing': () => zipOf(good().map((one) => ({ ...one, method: 0 }))),
  'sizes in eight bytes': () =>
    replaced(main, (one) => {
      const extra = Buffer.alloc(12)
      extra.writeUInt16LE(1)
      extra.writeUInt16LE(8, 2)
      extra.writeBigUInt64LE(BigInt(Buffer.byteLength(one.content)), 4)
      return { ...one, size: 0xffffffff, extra }
    }),
  'folders and a picture': () => withParts(part('xl/'), part('xl/media/image1.png', 'x')),
  'links to other workbooks': () => withParts(part('xl/externalLinks/externalLink1.xml', '<externalLink/>')),
  'backslashes in names': () => zipOf(good().map((one) => ({ ...one, name: one.name.replaceAll('/', '\\') }))),
  'names in another case': () => zipOf(good().map((one) => ({ ...one, name: one.name.replace('sheet1', 'Sheet1') }))),
  'a comment behind the archive': () => Buffer.concat([workbookOf([sheet]), Buffer.alloc(50)]),
  'names with a prefix': () =>
    workbookOf([{ name: '一', xml: sheetXml.replaceAll(/<(\/?)(?=[a-z])/g, '<$1x:').replace('xmlns=', 'xmlns:x=') }]),
  'the strict edition': () =>
    zipOf(
      good().map((one) => ({
        ...one,
        content: String(one.content).replaceAll(
          /http:\/\/schemas\.openxmlformats\.org\/(spreadsheetml|officeDocument)\/2006\//g,
          'http://purl.oclc.org/ooxml/$1/',
        ),
      })),
    ),
  'a sheet in UTF-16': () =>
    replaced(main, (one) => ({ ...one, content: utf16(String(one.content).replace('UTF-8', 'UTF-16')) })),
  'rows in another order': () =>
    sheetOf(
      rows
        .split(/(?=<row>)/)
        .map((row, at) => row.replace('<row>', `<row r="${at + 1}">`))
        .toReversed()
        .join(''),
    ),
  'comments and sections of plain text': () =>
    sheetOf(rows.replace('<t>张三</t>', '<t>张<!-- 王 --><![CDATA[三]]></t>').replace('<row>', '<!-- 一 --><row>')),
  'additions of later editions': () =>
    workbookOf([
      xml(
        `<sheetData>${rows}</sheetData><extLst><ext><row r="9"><c r="A9"><v>9</v></c></row><mergeCell ref="A1:C3"/></ext></extLst>`,
      ),
    ]),
  'readings above characters': () => sheetOf(rows.replace('<t>张三</t>', '<t>张三</t><rPh sb="0" eb="1"><t>zhang</t></rPh>')),
  'text in several fonts': () => sheetOf(rows.replace('<t>张三</t>', '<r><rPr><b/></rPr><t>张</t></r><r><t>三</t></r>')),
  'characters by their number': () => sheetOf(rows.replace('张三', '&#24352;&#x4E09;').replace('一\n二', '一_x000D_\n二')),
  'characters that are not seen': () => sheetOf(rows.replace('张三', ' 张\u200b三\u3000')),
  'columns hidden a hundred thousand times, and from before the first': () =>
    workbookOf([
      {
        ...sheet,
        cols: `<cols>${times(100_000, (at) => `<col min="-1e15" max="16384" hidden="1" width="${at % 97}"/>`)}</cols>`,
      },
    ]),
  '5,000 styles': () =>
    workbookOf([{ name: '一', rows: rows.replaceAll('<c ', '<c s="4999" ') }], { xfs: Array.from({ length: 5000 }, () => 0) }),
  'a style that is not in the list': () => sheetOf(rows.replaceAll('<c ', '<c s="70000" ')),
  'no part of styles': () => workbookOf([sheet], { replace: { 'xl/styles.xml': undefined } }),
  'formats on 50,000 rows of nothing': () =>
    sheetOf(`${rows}${times(50_000, (at) => `<row r="${at + 4}" s="1"><c r="A${at + 4}" s="1"/></row>`)}`),
  'a last row far down that holds nothing': () => sheetOf(`${rows}<row r="1048576"><c r="XFD1048576" s="3"/></row>`),
  'a chart beside it': () => {
    const parts = partsOf([sheet, { name: '图', xml: '<chartsheet/>' }])
    return zipOf(
      parts.map((one) => ({
        ...one,
        content: String(one.content).replace(/(Id="s1"[^>]*\/)worksheet"/, '$1chartsheet"'),
      })),
    )
  },
}
