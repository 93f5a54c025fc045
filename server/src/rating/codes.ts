import { createHash, randomInt } from 'node:crypto'

/** Without the letters and digits that are taken for one another on paper. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** A code nobody guesses: 12 of 31 letters, in three groups. */
export const newCode = (): string =>
  Array.from({ length: 12 }, () => letters[randomInt(letters.length)])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')

/** Of a code however it was typed. */
export const codeHash = (typed: string): string =>
  createHash('sha256')
    .update(
      typed
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^A-Z0-9]/g, ''),
    )
    .digest('base64url')
