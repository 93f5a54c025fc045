import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { base32 } from './totp.ts'

/**
 * What only the holder of the product's key can work out. The key lies outside the database, so that a copy of the
 * database opens nothing.
 */
export class Keys {
  // Kept as key objects: Node makes one of every buffer it is given, which takes longer than the sealing.
  private secret: KeyObject | undefined
  private sealing: KeyObject | undefined

  constructor(private readonly config: Pick<Config, 'key' | 'data'>) {}

  /** A value that follows from the key and what it is for: the same call sent again is told the same, and nothing is stored. */
  derive(purpose: string, ...of: string[]): Buffer {
    return createHmac('sha256', this.key())
      .update(JSON.stringify([purpose, ...of]))
      .digest()
  }

  /** Something a person types once: 16 letters and digits in groups of four, 80 bits. */
  typed(purpose: string, ...of: string[]): string {
    return base32(this.derive(purpose, ...of).subarray(0, 10))
      .toLowerCase()
      .match(/.{4}/g)!
      .join('-')
  }

  seal(plain: Buffer, owner: string): string {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.sealKey(), nonce).setAAD(Buffer.from(owner))
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  /** Throws when it was sealed under another key, for another owner, or was changed. */
  unseal(sealed: string, owner: string): Buffer {
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', this.sealKey(), bytes.subarray(0, 12)).setAAD(Buffer.from(owner))
    decipher.setAuthTag(bytes.subarray(-16))
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()])
  }

  private sealKey(): KeyObject {
    return (this.sealing ??= createSecretKey(this.derive('seal')))
  }

  /** From the settings, or from a file in the data folder, which is made the first time the key is needed. */
  private key(): KeyObject {
    if (this.secret) return this.secret
    const { key, data } = this.config
    const file = join(data, 'kaohe.key')
    if (!key && !existsSync(file)) {
      mkdirSync(data, { recursive: true })
      // Whole or not at all, and the first of two products that make it is right for both.
      const own = `${file}.${process.pid}`
      writeFileSync(own, randomBytes(32).toString('hex'), { mode: 0o600 })
      try {
        linkSync(own, file)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      unlinkSync(own)
    }
    return (this.secret = createSecretKey(Buffer.from(key ?? readFileSync(file, 'utf8').trim(), 'hex')))
  }
}
