import { createHmac, timingSafeEqual } from 'node:crypto'

/** One-time codes by time (RFC 6238): HMAC-SHA1, six digits, thirty seconds, one step of drift either way. */
const seconds = 30
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 base 32 without padding, as authenticator apps take it. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits
    .match(/.{1,5}/g)!
    .map((five) => letters[parseInt(five.padEnd(5, '0'), 2)])
    .join('')
}

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / seconds)

/** The code of a step of time. */
export function codeOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const number = mac.readUInt32BE(mac.at(-1)! & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}

/** The step whose code this is, of those near enough to now; undefined when it is none of them. */
export function stepOfCode(secret: Uint8Array, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  return [0, -1, 1]
    .map((drift) => stepAt(now) + drift)
    .find((step) => timingSafeEqual(Buffer.from(codeOf(secret, step)), Buffer.from(code)))
}

/** What an authenticator app reads. */
export const uriOf = (secret: Uint8Array, login: string, county: string): string =>
  `otpauth://totp/${encodeURIComponent(`${county}:${login}`)}?secret=${base32(secret)}&issuer=${encodeURIComponent(county)}`
