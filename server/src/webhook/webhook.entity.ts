import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { CountyKey, HiddenLink } from '../base/columns.ts'

/** What a program of the county is told of. */
export const webhookEvents = ['moved', 'decided', 'published', 'filed'] as const
export type WebhookEvent = (typeof webhookEvents)[number]

/** Where a program of the county is told what was done. */
@Entity()
export class Webhook {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @PrimaryKey({ type: 'uuid' })
  id!: string

  @Property({ type: 'text' })
  url!: string

  /** Sealed under the key that is kept outside the database. */
  @Property({ type: 'text' })
  secret!: string

  @Property({ type: 'text[]', columnType: 'text[]' })
  events!: WebhookEvent[]

  @Property({ type: 'boolean', default: true })
  active: boolean = true

  /** The number of the last act of the chain that was looked at for it. */
  @Property({ type: 'integer' })
  seen!: number

  @HiddenLink()
  createdBy!: string
}

/** One act of the chain on its way to one webhook. */
@Entity()
@Index({ properties: ['nextAt'] })
export class WebhookDelivery {
  [PrimaryKeyProp]?: ['countyId', 'webhookId', 'seq']

  @CountyKey()
  countyId!: string

  @PrimaryKey({ type: 'uuid' })
  webhookId!: string

  @PrimaryKey({ type: 'integer' })
  seq!: number

  @Property({ type: 'text' })
  event!: WebhookEvent

  @Property({ type: 'integer', default: 0 })
  attempt: number = 0

  @Property({ type: 'text' })
  status!: 'waiting' | 'delivered' | 'given up'

  /** When it is tried next; nothing once it is delivered or given up. */
  @Property({ type: 'timestamptz', length: 3, nullable: true })
  nextAt?: Date | null

  /** Since when it is tried: for a day. */
  @Property({ type: 'timestamptz', length: 3 })
  since!: Date

  /** What the other side answered last; nothing where it was not reached. */
  @Property({ type: 'integer', nullable: true })
  responseCode?: number | null
}
