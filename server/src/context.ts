import type pg from 'pg'
import type { MikroORM, EntityManager } from '@mikro-orm/postgresql'
import type { Logger } from 'pino'
import type { Database } from './database/database.ts'
import { refuse } from './refuse.ts'
import type { Actor } from './rules/access.ts'
import type { Lang } from './rules/text.ts'
import { sentence, type Code } from './words.ts'
import type { Feed } from './sheet/feed.ts'

/** What a request has in hand. */
export interface Context {
  /** Nobody, before signing in: such a request may call nothing. */
  actor: Actor | undefined
  lang: Lang
  now: Date
  pool: pg.Pool
  em: EntityManager
  feed: Feed
  requestId: string
  /** Where the request came from. */
  address: string
  log: Logger
  /** The caller as of now, for what goes on longer than a request: roles end, people sign out. */
  callerNow(): Promise<Actor | undefined>
}

/** What lives as long as the server. */
export interface Surroundings {
  database: Database
  feed: Feed
  log: Logger
}

export function openContext(
  { database, feed, log }: Surroundings,
  request: Pick<Context, 'actor' | 'lang' | 'requestId' | 'address' | 'callerNow'>,
  now: Date,
): Context {
  return { ...request, now, pool: database.pool, em: (database.orm as MikroORM).em.fork(), feed, log }
}

/** The signed-in caller. Which operations they may call was decided before any resolver ran. */
export function actorOf({ actor, lang }: Context): Actor {
  if (!actor) throw refuse('signIn.needed', sentence(lang, 'signIn.needed'))
  return actor
}

/** Refuses in the caller's language. */
export const no = ({ lang }: Context, code: Code, params?: Record<string, string>) =>
  refuse(code, sentence(lang, code, params), params)
