import { FileRefused, type FileCode } from './refused.ts'

const starts: readonly [bytes: number[], code: FileCode][] = [
  [[...Buffer.from('%PDF')], 'file.document'],
  [[0x89, 0x50, 0x4e, 0x47], 'file.document'],
  [[0xff, 0xd8, 0xff], 'file.document'],
  [[...Buffer.from('GIF8')], 'file.document'],
  [[...Buffer.from('RIFF')], 'file.document'],
  [[...Buffer.from('II*\0')], 'file.document'],
  [[...Buffer.from('MM\0*')], 'file.document'],
  [[...Buffer.from('{\\rtf')], 'file.document'],
  [[...Buffer.from('Rar!')], 'file.archive'],
  [[...Buffer.from('7z'), 0xbc, 0xaf], 'file.archive'],
  [[0x1f, 0x8b], 'file.archive'],
  [[...Buffer.from('PK'), 5, 6], 'file.archive'],
  [[0x09, 0x08], 'file.xls'],
  [[0x09, 0x04], 'file.xls'],
]
const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const packed = Buffer.from([0x50, 0x4b, 3, 4])

/** What a file is, told by its bytes; what is neither a workbook nor text is refused by its name. */
export function kindOf(bytes: Buffer): 'workbook' | 'text' {
  const begins = (start: Uint8Array): boolean => bytes.subarray(0, start.length).equals(start)
  if (bytes.length === 0) throw new FileRefused('file.empty')
  if (begins(packed)) return 'workbook'
  if (begins(compound))
    throw new FileRefused(bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'file.encrypted' : 'file.xls')
  const other = starts.find(([start]) => begins(Buffer.from(start)))
  if (other) throw new FileRefused(other[1])
  const start = bytes.toString('latin1', 0, 1000).replaceAll(/[\0\xef\xbb\xbf\xff\xfe]/g, '') // oxlint-disable-line no-control-regex
  if (/^\s*(<[!?a-z]|mime-version:)/i.test(start)) throw new FileRefused('file.html')
  return 'text'
}
