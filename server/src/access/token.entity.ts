import { PrimaryKeyProp } from '@mikro-orm/core'
import { Check, Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy'
import { CountyKey, HiddenLink } from '../base/columns.ts'
import type { TokenScope } from '../rules/access.ts'

/** 令牌: what a program shows in place of somebody's cookie. Only its hash is kept, so a copy of the table opens nothing. */
@Entity()
@Unique({ properties: ['countyId', 'tokenHash'] })
@Index({ properties: ['countyId', 'accountId'] })
@Check({ name: 'access_token_year', expression: "expires_at <= created_at + '366 days'::interval" })
export class AccessToken {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @PrimaryKey({ type: 'uuid' })
  id!: string

  @HiddenLink()
  accountId!: string

  @Property({ type: 'text' })
  name!: string

  @Property({ type: 'text' })
  tokenHash!: string

  @Property({ type: 'text[]', columnType: 'text[]' })
  scopes!: TokenScope[]

  @Property({ type: 'timestamptz', length: 3 })
  createdAt!: Date

  @Property({ type: 'timestamptz', length: 3 })
  expiresAt!: Date

  /** Kept to the minute. */
  @Property({ type: 'timestamptz', length: 3, nullable: true })
  lastUsedAt?: Date | null

  @Property({ type: 'timestamptz', length: 3, nullable: true })
  revokedAt?: Date | null
}
