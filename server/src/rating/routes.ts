import type { Express, Request, Response } from 'express'
import { GraphQLError } from 'graphql'
import { addressOf } from '../request/cookies.ts'
import { countFailure, waitOf } from '../access/sessions.ts'
import type { Config } from '../base/config.ts'
import type { Surroundings } from '../base/context.ts'
import { json, langOfRequest, problem, sameSite } from '../request/requests.ts'
import { cast, formOf, invitationOf, type Invitation } from './box.ts'

/** Voting with the code of a slip: without an account, so neither of the schema nor of its permissions. */
export function voteRoutes(app: Express, config: Config, { database: { pool } }: Surroundings): void {
  let last: Promise<unknown> = Promise.resolve()
  /** The invitation of the code sent, or what to answer instead. One at a time, so that guesses are counted. */
  const invited = (request: Request, response: Response): Promise<Invitation | undefined> => {
    const turn = last.then(() => attempt(request, response))
    last = turn.catch(() => undefined)
    return turn
  }
  async function attempt(request: Request, response: Response): Promise<Invitation | undefined> {
    const lang = langOfRequest(request)
    const subjects = [`vote:${addressOf(request, config)}`]
    const now = new Date()
    response.setHeader('cache-control', 'no-store')
    const minutes = await waitOf(pool, subjects, now)
    if (minutes > 0) {
      response.status(429).json(problem('vote.wait', lang, { minutes: String(minutes) }))
      return undefined
    }
    const { code } = (request.body ?? {}) as Record<string, unknown>
    const found = typeof code === 'string' && code.length <= 40 ? await invitationOf(pool, code) : undefined
    if (found) return found
    await countFailure(pool, subjects, now)
    response.status(404).json(problem('vote.unknown', lang))
    return undefined
  }
  app.post('/vote/look', json('10kb'), sameSite, async (request, response) => {
    const invitation = await invited(request, response)
    if (invitation) response.json(formOf(invitation, langOfRequest(request)))
  })
  app.post('/vote/cast', json('10kb'), sameSite, async (request, response) => {
    const lang = langOfRequest(request)
    const { scores, key } = (request.body ?? {}) as Record<string, unknown>
    const invitation = await invited(request, response)
    if (!invitation) return
    const marks = Object.entries(typeof scores === 'object' && scores !== null ? scores : {}).map(([id, mark]) => [
      id,
      String(mark),
    ])
    try {
      await cast({ pool, lang, now: new Date(), address: '' }, invitation, undefined, Object.fromEntries(marks), String(key))
      response.json({ ok: true })
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      response.status(400).json({ code: error.extensions.code, says: error.message })
    }
  })
}
