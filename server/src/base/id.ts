import { createHash, randomBytes } from 'node:crypto'

// Asked for in one go: a call for ten bytes takes as long as one for four thousand.
let pool = Buffer.alloc(0)
function someRandom(): Uint8Array {
  if (pool.length < 10) pool = randomBytes(4000)
  const taken = pool.subarray(0, 10)
  pool = pool.subarray(10)
  return taken
}

/** A UUID of version 7: its first 48 bits are the time, so that ids made one after another lie together in an index. */
export function newId(now: number = Date.now(), random: Uint8Array = someRandom()): string {
  const time = now.toString(16).padStart(12, '0')
  const rest = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = ((random[2]! & 0x3f) | 0x80).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(1, 4)}-${variant}${rest.slice(6, 8)}-${rest.slice(8, 20)}`
}

/** The id of what is made under a key of somebody, or of something: sent again it is the same. A UUID of version 8. */
export function keyedId(of: string, key: string): string {
  const hex = createHash('sha256').update(`${of} ${key}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
