import type pg from 'pg'
import type { MikroORM, EntityManager } from '@mikro-orm/postgresql'
import type { Logger } from 'pino'
import type { Keys } from './keys.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import { refuse } from './refuse.ts'
import type { Actor, TokenScope } from '../rules/access.ts'
import type { Lang } from '../rules/text.ts'
import { sentence, type Code } from './words.ts'
import type { Feed } from './feed.ts'

/** A signed-in browser, as a request finds it. */
export interface OpenSession {
  /** What is stored of its token. */
  hash: string
  confirmedAt: Date
}

/** What a caller's token lets it do, of what its account may. */
export interface OpenToken {
  id: string
  scopes: TokenScope[]
}

/** What a request has in hand. */
export interface Context extends Pick<Config, 'confirmMinutes' | 'secondFactor' | 'documents'> {
  /** Nobody, before signing in: such a request may call nothing. */
  actor: Actor | undefined
  session: OpenSession | undefined
  /** A program asks, with a token of the actor's. */
  token: OpenToken | undefined
  lang: Lang
  now: Date
  pool: pg.Pool
  em: EntityManager
  feed: Feed
  requestId: string
  /** Where the request came from. */
  address: string
  log: Logger
  keys: Keys
  transport: Transport
  readiness: Readiness
  /** The caller as of now, for what goes on longer than a request: roles end, people sign out. */
  callerNow(): Promise<Actor | undefined>
}

/** What was seen of how people reach the server since it started. */
export interface Transport {
  /** Somebody signed in by plain http from another machine: the password could be read on the way. */
  plain: boolean
}

/** As much of a request as reading what is stored needs; a tool that asks as nobody's request has this much. */
export interface Reader extends Pick<Context, 'actor' | 'lang'> {
  /** A transaction's own connection where it must see what it has written. */
  pool: pg.Pool | pg.PoolClient
}

/** What lives as long as the server. */
export interface Surroundings {
  database: Database
  feed: Feed
  log: Logger
  keys: Keys
  transport: Transport
  readiness: Readiness
}

/** What keeps the server from letting anybody in. */
export interface Readiness {
  /** The demo county is being lived through its year. */
  preparing: boolean
}

export function openContext(
  { database, ...around }: Surroundings,
  request: Omit<Context, keyof Surroundings | 'now' | 'pool' | 'em'>,
  now: Date,
): Context {
  return { ...request, ...around, now, pool: database.pool, em: (database.orm as MikroORM).em.fork() }
}

/** The signed-in caller. Which operations they may call was decided before any resolver ran. */
export function actorOf({ actor, lang }: Pick<Context, 'actor' | 'lang'>): Actor {
  if (!actor) throw refuse('signIn.needed', sentence(lang, 'signIn.needed'))
  return actor
}

/** The columns of a stored act that say who did it, for whom it is kept, and when. */
export const signedBy = (context: Pick<Context, 'actor' | 'lang' | 'now'>) => {
  const { county, id, name } = actorOf(context)
  return { county_id: county, account_id: id, by: name, at: context.now }
}

/** Refuses in the caller's language. */
export const refusal = ({ lang }: Pick<Context, 'lang'>, code: Code, params?: Record<string, string>) =>
  refuse(code, sentence(lang, code, params), params)
