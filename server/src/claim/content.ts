/** What a file of evidence may be, with the type it is sent as. */
export const fileTypes = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  png: 'image/png',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const
export type FileType = keyof typeof fileTypes

const starts: readonly [FileType, Buffer][] = [
  ['pdf', Buffer.from('%PDF-')],
  ['jpg', Buffer.from([0xff, 0xd8, 0xff])],
  ['png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
]

/** The type of a file by its bytes; undefined for everything that is not taken, and for none at all. */
export function typeOf(bytes: Buffer): FileType | undefined {
  const plain = starts.find(([, start]) => bytes.subarray(0, start.length).equals(start))
  return plain?.[0] ?? officeType(bytes)
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
/** More than any real document unpacks to. Nothing is unpacked here, but the programs that open the file will unpack it. */
const mostEntries = 2000
const mostUnpacked = 200 * 2 ** 20

/** Recognises Word and Excel files by the directory of their archive; files with macros, passwords or implausible sizes are refused. */
function officeType(bytes: Buffer): FileType | undefined {
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== LOCAL) return undefined
  const names = entriesOf(bytes)
  if (!names?.has('[Content_Types].xml') || [...names].some((name) => /vbaproject|(^|\/)\.\.(\/|$)|^\/|\\/i.test(name)))
    return undefined
  const [word, excel] = [names.has('word/document.xml'), names.has('xl/workbook.xml')]
  return word === excel ? undefined : word ? 'docx' : 'xlsx'
}

/** The names in an archive's list; undefined where the list does not hold together. */
function entriesOf(bytes: Buffer): Set<string> | undefined {
  let end = bytes.length - 22
  for (const last = Math.max(0, end - 0xffff); end >= last && bytes.readUInt32LE(end) !== END; end--);
  if (end < 0 || bytes.readUInt32LE(end) !== END) return undefined
  const count = bytes.readUInt16LE(end + 10)
  if (count > mostEntries) return undefined
  const names = new Set<string>()
  let at = bytes.readUInt32LE(end + 16)
  let unpacked = 0
  for (let entry = 0; entry < count; entry++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== CENTRAL) return undefined
    const encrypted = bytes.readUInt16LE(at + 8) & 1
    unpacked += bytes.readUInt32LE(at + 24)
    if (encrypted || unpacked > mostUnpacked) return undefined
    const [name, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [number, number, number]
    names.add(bytes.toString('utf8', at + 46, at + 46 + name))
    at += 46 + name + extra + comment
  }
  return names
}

const longestName = 100

/**
 * A file's name as it may be kept and given back: its last part, without control and direction characters or anything a
 * file system minds, of 100 characters at most, and ending as its content says.
 */
export function cleanName(raw: string, type: FileType): string {
  const last = raw
    .toWellFormed()
    .normalize('NFC')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffd]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
  const stem = last.replace(type === 'jpg' ? /\.jpe?g$/i : new RegExp(`\\.${type}$`, 'i'), '').replace(/^[\s.]+|[\s.]+$/g, '')
  return `${[...stem].slice(0, longestName).join('') || '佐证'}.${type}`
}
