import { argon2, randomBytes, timingSafeEqual, type Argon2Algorithm } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2) as (algorithm: Argon2Algorithm, parameters: object) => Promise<Buffer>

/** 19 MiB, two passes: the least that OWASP recommends for argon2id; a county's server signs in a few people at a time. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }

const digest = (password: string, nonce: Buffer): Promise<Buffer> =>
  derive('argon2id', { message: Buffer.from(password.normalize('NFKC')), nonce, ...cost })

const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

/** The hash of a password as text, with its parameters and salt. */
export async function hashPassword(password: string, nonce: Buffer = randomBytes(16)): Promise<string> {
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${text(nonce)}$${text(await digest(password, nonce))}`
}

/** What an unknown account is compared with, so that it takes as long to refuse as a wrong password. */
const nobody = hashPassword('', Buffer.alloc(16))

export async function passwordFits(password: string, hash: string | undefined): Promise<boolean> {
  const [, , , , salt, wanted] = (hash ?? (await nobody)).split('$') as [string, string, string, string, string, string]
  const found = await digest(password, Buffer.from(salt, 'base64'))
  return timingSafeEqual(found, Buffer.from(wanted, 'base64')) && hash !== undefined
}
