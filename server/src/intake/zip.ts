import { crc32, createInflateRaw } from 'node:zlib'
import type { Limits } from './limits.ts'
import { FileRefused } from './refused.ts'

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const ENCRYPTED = 1
const DEFLATED = 8
/** A size or an offset of this value stands in the extra field instead. */
const ELSEWHERE = 0xffffffff

interface Entry {
  method: number
  crc: number
  packed: number
  plain: number
  at: number
}

/** The parts of an archive, by lower-case name; none is unpacked before it is asked for, nor beyond its size in the list. */
export interface Archive {
  names: ReadonlySet<string>
  part(name: string): AsyncIterable<Buffer>
}

const damaged = (part: string): FileRefused => new FileRefused('file.damaged', { part })

/** Opens an archive by the list at its end; what promises too much, or names that lead elsewhere, are refused before anything is unpacked. */
export function openArchive(bytes: Buffer, limits: Limits): Archive {
  const entries = new Map<string, Entry>()
  let unpacked = 0
  for (const { name, flags, ...entry } of listed(bytes, limits)) {
    if (flags & ENCRYPTED) throw new FileRefused('file.encrypted')
    if (/(^|\/)\.\.(\/|$)|^\/|^[a-z]:|\0/.test(name) || entries.has(name)) throw new FileRefused('file.names')
    unpacked += entry.plain
    if (unpacked > limits.unpacked || (entry.plain > 2 ** 20 && entry.plain > entry.packed * limits.ratio))
      throw new FileRefused('file.tooMuch')
    if (!name.endsWith('/')) entries.set(name, entry)
  }
  return {
    names: new Set(entries.keys()),
    part: (name) => {
      const entry = entries.get(name)
      if (!entry) throw damaged(name)
      return inflated(bytes, name, entry)
    },
  }
}

function* listed(bytes: Buffer, limits: Limits): Generator<Entry & { name: string; flags: number }> {
  let end = bytes.length - 22
  for (const last = Math.max(0, end - 0xffff); end >= last && bytes.readUInt32LE(end) !== END; end--);
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw damaged('zip')
  const count = bytes.readUInt16LE(end + 10)
  if (count > limits.entries) throw new FileRefused('file.tooMuch')
  let at = bytes.readUInt32LE(end + 16)
  for (let left = count; left > 0; left--) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== CENTRAL) throw damaged('zip')
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const behind = at + 46 + nameLength
    if (behind + extraLength > end) throw damaged('zip')
    const wide = wideNumbers(bytes.subarray(behind, behind + extraLength))
    const [plain, packed, start] = [24, 20, 42].map((offset) => {
      const value = bytes.readUInt32LE(at + offset)
      return value === ELSEWHERE ? (wide.shift() ?? Infinity) : value
    }) as [number, number, number]
    yield {
      name: bytes
        .toString('utf8', at + 46, behind)
        .replaceAll('\\', '/')
        .toLowerCase(),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      plain,
      packed,
      at: start,
    }
    at = behind + extraLength + commentLength
  }
}

/** The numbers of eight bytes that some programs write for every entry, however small. */
function wideNumbers(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1)
      return Array.from({ length: Math.floor(Math.min(length, extra.length - at - 4) / 8) }, (_, place) =>
        Number(extra.readBigUInt64LE(at + 4 + place * 8)),
      )
    at += 4 + length
  }
  return []
}

async function* inflated(bytes: Buffer, name: string, entry: Entry): AsyncGenerator<Buffer> {
  const { at, packed, plain, method, crc } = entry
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL || (method !== 0 && method !== DEFLATED)) throw damaged(name)
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
  if (start + packed > bytes.length) throw damaged(name)
  const content = bytes.subarray(start, start + packed)
  let [length, sum] = [0, 0]
  for await (const chunk of method === 0 ? [content] : unpack(content, name)) {
    length += chunk.length
    if (length > plain) throw damaged(name)
    sum = crc32(chunk, sum)
    yield chunk
  }
  if (length !== plain || sum !== crc) throw damaged(name)
}

async function* unpack(content: Buffer, name: string): AsyncGenerator<Buffer> {
  const stream = createInflateRaw({ chunkSize: 65_536 })
  stream.end(content)
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch {
    throw damaged(name)
  }
}
