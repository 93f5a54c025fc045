import type { Express } from 'express'
import type { Config } from '../base/config.ts'
import type { Surroundings } from '../base/context.ts'
import { addressOf } from '../request/cookies.ts'
import { json, langOfRequest, problem, sameSite, textOf } from '../request/requests.ts'
import { notePlain } from './session-routes.ts'
import { setUp, type Try } from './set-up.ts'

/** Founding the county of an empty database: nobody can be signed in yet, so it is neither of the schema nor of its permissions. */
export function setUpRoute(app: Express, config: Config, around: Surroundings): void {
  const { database, keys } = around
  app.post('/setup', json('10kb'), sameSite, async (request, response) => {
    const lang = langOfRequest(request)
    response.setHeader('cache-control', 'no-store')
    const tried = readTry(request.body)
    if (!tried) return void response.status(400).json(problem('setup.malformed', lang))
    if (tried.passwords) notePlain(request, config, around)
    const outcome = await setUp(database.pool, keys, tried, { lang, now: new Date(), address: addressOf(request, config) })
    if (outcome === 'made' || outcome === 'right')
      return void response.status(outcome === 'made' ? 201 : 200).json({ made: outcome === 'made' })
    if ('waitMinutes' in outcome)
      return void response.status(429).json(problem('signIn.wait', lang, { minutes: String(outcome.waitMinutes) }))
    const { wrong, field } = outcome
    const status = wrong.code === 'setup.code' ? 401 : wrong.code === 'setup.done' ? 409 : 400
    response.status(status).json({ code: wrong.code, says: wrong.message, field })
  })
}

/** `{ code, county: { code, name }, passwords: { security, system } }`; the passwords may be left out. Undefined for anything else. */
function readTry(body: unknown): Try | undefined {
  const { code: typed, county, passwords } = partsOf(body)
  const [setUp, code, name] = [textOf(typed, 100), textOf(partsOf(county).code, 100), textOf(partsOf(county).name, 200)]
  if (setUp === undefined || code === undefined || name === undefined) return undefined
  if (passwords === undefined) return { setUp, code: code.trim(), name }
  const [security, system] = [textOf(partsOf(passwords).security, 200), textOf(partsOf(passwords).system, 200)]
  if (security === undefined || system === undefined) return undefined
  return { setUp, code: code.trim(), name, passwords: { security, system } }
}

const partsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
