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

export const shortest = 10
/** Common passwords of ten characters or more: the first ones that are guessed. */
const commonest = new Set(
  `1234567890 12345678910 123456789a 1234567890a 0123456789 0987654321 9876543210 1111111111 0000000000 8888888888 6666666666
   1122334455 1234512345 1231231234 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qwertyuiop qwerty1234 qwerty12345 qwerty123456 asdfghjkl1
   password12 password123 password1234 passw0rd123 p@ssw0rd123 admin12345 admin123456 administrator adminadmin iloveyou123
   abc1234567 abcd123456 abc123456789 a123456789 aa12345678 aa123456789 a1234567890 qq123456789 woaini1314 woaini520 5201314520
   1314520520 woaini1314520 kaohe12345 kaohe123456 kaohe-demo letmein1234 welcome123 changeme123 test123456`.split(/\s+/),
)

export type PasswordFault = 'password.short' | 'password.common' | 'password.login'

/** Why a password may not be chosen for an account; nothing when it may. */
export function faultOf(password: string, login: string): PasswordFault | undefined {
  const plain = password.normalize('NFKC').toLowerCase()
  if ([...plain].length < shortest) return 'password.short'
  if (commonest.has(plain) || new Set(plain).size < 4) return 'password.common'
  if (login !== '' && plain.replaceAll(/[^\p{L}\p{N}]/gu, '') === login.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''))
    return 'password.login'
  return undefined
}
