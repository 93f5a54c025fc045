import { crc32, createDeflateRaw } from 'node:zlib'

/** Writes a zip archive to a stream, a file after another, without knowing their sizes beforehand and holding none of them. */
export class ZipWriter {
  private readonly entries: { name: Buffer; crc: number; packed: number; plain: number; at: number }[] = []
  private at = 0

  constructor(private readonly write: (bytes: Buffer) => Promise<void>) {}

  private async put(bytes: Buffer): Promise<void> {
    this.at += bytes.length
    await this.write(bytes)
  }

  /** Adds a file of these parts. */
  async file(path: string, parts: AsyncIterable<string> | Iterable<string>): Promise<void> {
    const entry = { name: Buffer.from(path), crc: 0, packed: 0, plain: 0, at: this.at }
    await this.put(Buffer.concat([signed(0x04034b50, [20, 2], [FLAGS, 2], [8, 2], ...rest(entry, true)), entry.name]))
    const deflate = createDeflateRaw()
    const sending = (async () => {
      for await (const bytes of deflate as AsyncIterable<Buffer>) {
        entry.packed += bytes.length
        await this.put(bytes)
      }
    })()
    // What fails on the way out ends the packing too.
    sending.catch((error: Error) => deflate.destroy(error))
    try {
      for await (const part of parts) {
        const bytes = Buffer.from(part)
        entry.crc = crc32(bytes, entry.crc)
        entry.plain += bytes.length
        if (!deflate.write(bytes)) await Promise.race([new Promise((resolve) => deflate.once('drain', resolve)), sending])
      }
      deflate.end()
    } catch (error) {
      deflate.destroy()
      await sending.catch(() => undefined)
      throw error
    }
    await sending
    await this.put(signed(0x08074b50, [entry.crc, 4], [entry.packed, 4], [entry.plain, 4]))
    this.entries.push(entry)
  }

  /** Writes the list of files. */
  async end(): Promise<void> {
    const start = this.at
    for (const entry of this.entries) {
      const head = signed(0x02014b50, [20, 2], [20, 2], [FLAGS, 2], [8, 2], ...rest(entry, false))
      await this.put(Buffer.concat([head, numbers([0, 2], [0, 2], [0, 2], [0, 4], [entry.at, 4]), entry.name]))
    }
    const count = this.entries.length
    await this.put(signed(0x06054b50, [0, 2], [0, 2], [count, 2], [count, 2], [this.at - start, 4], [start, 4], [0, 2]))
  }
}

/** Sizes stand behind each file, names are UTF-8. */
const FLAGS = 0x0808
type Sized = [value: number, bytes: 2 | 4]
function numbers(...list: Sized[]): Buffer {
  const buffer = Buffer.alloc(list.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of list) at = buffer.writeUIntLE(value, at, bytes)
  return buffer
}
const signed = (signature: number, ...list: Sized[]): Buffer => numbers([signature, 4], ...list)
/** The first of January 1980, check sum and sizes (behind the file when they are not known yet), and the lengths of the names. */
const rest = (entry: { name: Buffer; crc: number; packed: number; plain: number }, later: boolean): Sized[] => [
  [0, 2],
  [0x21, 2],
  [later ? 0 : entry.crc, 4],
  [later ? 0 : entry.packed, 4],
  [later ? 0 : entry.plain, 4],
  [entry.name.length, 2],
  [0, 2],
]
