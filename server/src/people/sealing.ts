import type { Keys } from '../base/keys.ts'
import type { Sealing } from './plan-people.ts'

/** How secrets of people are kept: sealed for the one person, and found again by what only the key can make of them. */
export const sealingOf = (keys: Keys, county: string): Sealing => ({
  hash: (idNumber) => keys.derive('id-number', county, idNumber).toString('base64url'),
  seal: (secret, person) => keys.seal(Buffer.from(secret, 'utf8'), person),
  unseal: (sealed, person) => keys.unseal(sealed, person).toString('utf8'),
})
