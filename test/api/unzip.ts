import { crc32, inflateRawSync } from 'node:zlib'

/** The files of a zip archive by its list at the end, each compared with its check sum. */
export function unzip(bytes: Buffer): Record<string, string> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  let at = bytes.readUInt32LE(end + 16)
  const files: Record<string, string> = {}
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error('not where the list says')
    const [packed, length, start] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)]
    const name = bytes.toString('utf8', at + 46, at + 46 + length)
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28)
    const plain = inflateRawSync(bytes.subarray(data, data + packed))
    if (plain.length !== bytes.readUInt32LE(at + 24) || crc32(plain) !== bytes.readUInt32LE(at + 16)) throw new Error(name)
    files[name] = plain.toString()
    at += 46 + length
  }
  return files
}
