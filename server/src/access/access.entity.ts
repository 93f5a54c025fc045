import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, Index, PrimaryKey, Property, Unique } from '@mikro-orm/decorators/legacy'
import { CountyKey, HiddenLink } from '../base/columns.ts'
import type { Role } from '../rules/permissions.ts'

/** Someone who can sign in. What they may do is in their grants. */
@Entity()
@Unique({ properties: ['countyId', 'login'] })
@Index({ properties: ['login'] })
export class Account {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @PrimaryKey({ type: 'uuid' })
  id!: string

  @Property({ type: 'text' })
  login!: string

  @Property({ type: 'text' })
  name!: string

  /** argon2id, in the usual text form with its parameters and salt. */
  @Property({ type: 'text' })
  passwordHash!: string

  /** Shown on the sign-in page with its password: only ever true for the invented people of the demo county. */
  @Property({ type: 'boolean', default: false })
  demo: boolean = false

  /** Since when it is disabled; the account and its history stay. */
  @Property({ type: 'timestamptz', length: 3, nullable: true })
  disabledAt?: Date | null

  /** The password was given by an administrator: the first sign-in replaces it. */
  @Property({ type: 'boolean', default: false })
  mustChange: boolean = false

  /** The secret of the second factor, sealed under the key that is kept outside the database. */
  @Property({ type: 'text', nullable: true })
  totpSecret?: string | null

  /** The time step of the code used last: a code is accepted once. */
  @Property({ type: 'integer', default: 0 })
  totpStep: number = 0

  /** Keyed hashes of the recovery codes that are left. */
  @Property({ type: 'text[]', columnType: 'text[]', defaultRaw: `'{}'` })
  recoveryHashes: string[] = []

  /** What it was made for, as whoever made it proposes; gone once it is granted a role. */
  @Property({ type: 'text', nullable: true })
  proposedRole?: Role | null

  @HiddenLink({ nullable: true })
  proposedUnitId?: string | null

  @HiddenLink({ nullable: true })
  proposedCoordinatorId?: string | null
}

/** One role of one account in one unit, until a day if it ends. */
@Entity()
@Index({ properties: ['countyId', 'accountId'] })
export class RoleGrant {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @PrimaryKey({ type: 'uuid' })
  id!: string

  @HiddenLink()
  accountId!: string

  @Property({ type: 'text' })
  role!: Role

  @HiddenLink()
  unitId!: string

  @Property({ type: 'date', nullable: true })
  endsOn?: string | null

  /** When it was taken back, from that moment on. */
  @Property({ type: 'timestamptz', length: 3, nullable: true })
  endedAt?: Date | null

  /** Of a coordinator's role: whose own sheets it shows. */
  @HiddenLink({ nullable: true })
  coordinatorId?: string | null

  /** Of a deputy: the name of whoever they act for; both names stand in what they do. */
  @Property({ type: 'text', nullable: true })
  onBehalfOf?: string | null
}

/** A signed-in browser. Only the hash of its token is kept, so a copy of the table opens nothing. */
@Entity()
@Index({ properties: ['countyId', 'accountId'] })
export class Session {
  [PrimaryKeyProp]?: ['countyId', 'tokenHash']

  @CountyKey()
  countyId!: string

  @PrimaryKey({ type: 'text' })
  tokenHash!: string

  @HiddenLink()
  accountId!: string

  @Property({ type: 'timestamptz' })
  createdAt!: Date

  @Property({ type: 'timestamptz' })
  seenAt!: Date

  @Property({ type: 'timestamptz' })
  expiresAt!: Date

  /** When the password was last entered: signing, publishing and the like ask for it again after a while. */
  @Property({ type: 'timestamptz' })
  confirmedAt!: Date

  @Property({ type: 'text' })
  address!: string

  /** What the browser says it is, cut short: for its holder to tell one session from another. */
  @Property({ type: 'text' })
  agent!: string
}

/** Failed sign-ins of an account name or an address, counted per window. */
@Entity()
export class SignInFailure {
  /** `login:NAME` or `address:ADDRESS`. Not kept by county: a name that does not exist belongs to none. */
  @PrimaryKey({ type: 'text' })
  subject!: string

  @Property({ type: 'integer' })
  count!: number

  @Property({ type: 'timestamptz' })
  windowEndsAt!: Date
}
