import type { NextFunction, Request, Response } from 'express'
import { parse, getOperationAST, type GraphQLError } from 'graphql'
import type pg from 'pg'
import { isKnown } from './asked.ts'
import type { Config } from '../base/config.ts'
import type { Context } from '../base/context.ts'
import { costOf, limits } from './limits.ts'
import { refuse } from '../base/refuse.ts'
import type { Lang } from '../rules/text.ts'
import { langOfRequest } from './requests.ts'
import { sentence } from '../base/words.ts'

/** What is left in a bucket. `wait` is set when there was not enough: the seconds until there is. */
interface Taken {
  left: number
  /** Seconds until it is full again. */
  full: number
  wait?: number
}

/** Token buckets in the memory of this server: each holds a minute's worth and fills as time goes by. */
export class Buckets {
  private readonly levels = new Map<string, { level: number; at: number }>()

  constructor(
    readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  take(key: string, units: number): Taken {
    const [now, perMs] = [this.now(), this.perMinute / 60_000]
    const found = this.levels.get(key) ?? { level: this.perMinute, at: now }
    const level = Math.min(this.perMinute, found.level + (now - found.at) * perMs)
    // A request that costs more than a bucket holds is let through when the bucket is full, and empties it.
    const enough = level >= Math.min(units, this.perMinute)
    const after = enough ? Math.max(0, level - units) : level
    this.levels.delete(key)
    this.levels.set(key, { level: after, at: now })
    this.sweep(now, perMs)
    const seconds = (missing: number) => Math.ceil(missing / perMs / 1000)
    const told = { left: Math.floor(after), full: seconds(this.perMinute - after) }
    return enough ? told : { ...told, wait: Math.max(1, seconds(Math.min(units, this.perMinute) - level)) }
  }

  /** Forgets buckets that are full again. The map is in the order of last use, so that the first one that is not full ends it. */
  private sweep(now: number, perMs: number): void {
    for (const [key, { level, at }] of this.levels) {
      if (level + (now - at) * perMs < this.perMinute) return
      this.levels.delete(key)
    }
  }
}

/** An office of many people may share one address. */
const addressesOf = 10
/** A document that is not the page's own takes one unit for so much of its cost; those of the page take one unit each. */
const costPerUnit = 25

function unitsOf(query: unknown): number {
  if (typeof query !== 'string' || isKnown(query)) return 1
  try {
    const document = parse(query, { maxTokens: limits.tokens })
    const operation = getOperationAST(document)
    const cost = operation ? costOf(document, operation) : 1
    return Number.isFinite(cost) ? Math.max(1, Math.ceil(Math.min(cost, limits.cost) / costPerUnit)) : 1
  } catch {
    return 1
  }
}

export type Rated = (
  context: Pick<Context, 'actor' | 'token' | 'address' | 'lang'>,
  query: unknown,
  response: { setHeader(name: string, value: string): unknown },
) => GraphQLError | undefined

/** How often somebody may ask: by their account or token, and by their address. Says so in the headers of the answer. */
export function rates({ rate }: Pick<Config, 'rate'>): Rated {
  if (rate === 0) return () => undefined
  const [callers, addresses] = [new Buckets(rate), new Buckets(rate * addressesOf)]
  return ({ actor, token, address, lang }, query, response) => {
    const units = unitsOf(query)
    const byAddress = addresses.take(address, units)
    const byCaller = actor && byAddress.wait === undefined ? callers.take(token?.id ?? actor.id, units) : undefined
    const taken = byCaller ?? byAddress
    response.setHeader('ratelimit-limit', String(byCaller ? rate : rate * addressesOf))
    response.setHeader('ratelimit-remaining', String(taken.left))
    response.setHeader('ratelimit-reset', String(taken.full))
    if (taken.wait === undefined) return undefined
    const seconds = String(taken.wait)
    response.setHeader('retry-after', seconds)
    return refuse('rate.tooMany', sentence(lang, 'rate.tooMany', { seconds }), { http: { status: 429 } })
  }
}

/** How many requests are worked on at once, how many mutations beyond these, and how many queries may wait for the database. */
export const loadLimits = { inFlight: 48, changes: 24, waiting: 64 }

/** Refuses requests beyond the limits at once, before they cost anything, so that those under way stay quick. */
export function gate(pool: Pick<pg.Pool, 'waitingCount'>) {
  let inFlight = 0
  // Serialised once, because an overloaded server sends it a thousand times a second.
  const busy = (lang: Lang) => JSON.stringify({ errors: [refuse('server.busy', sentence(lang, 'server.busy'))] })
  const refusals = { zh: busy('zh'), en: busy('en') }
  return (request: Request, response: Response, next: NextFunction): void => {
    const { query } = (request.body ?? {}) as { query?: unknown }
    const changes = typeof query === 'string' && /^\s*mutation\b/.test(query)
    const room = loadLimits.inFlight + (changes ? loadLimits.changes : 0)
    if (inFlight >= room || pool.waitingCount > loadLimits.waiting + (changes ? loadLimits.changes : 0)) {
      const body = refusals[langOfRequest(request)]
      return void response
        .writeHead(503, {
          'retry-after': '2',
          'cache-control': 'no-store',
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
        })
        .end(body)
    }
    inFlight += 1
    response.once('close', () => (inFlight -= 1))
    next()
  }
}
