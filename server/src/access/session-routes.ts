import type { Express, Request } from 'express'
import type { Config } from '../base/config.ts'
import type { Surroundings } from '../base/context.ts'
import { json, langOfRequest, problem, sameSite, textOf } from '../request/requests.ts'
import { addressOf, allTokens, cookieOf, isPrivate, newCookie, noCookies } from '../request/cookies.ts'
import { awaitsFounding } from './first-accounts.ts'
import { shortest } from './password.ts'
import { callerOfCookie, confirm, demoAccounts, longestHours, signIn, signOut, type Door, type Knock } from './sessions.ts'

/** Signing in and out: the one write that is not a mutation, because it is about the cookie and not about the data. */
export function sessionRoutes(app: Express, config: Config, around: Surroundings): void {
  const { database, keys, readiness, log } = around
  const { pool } = database
  const door: Door = { ...config, pool, keys }
  const knockOf = (request: Request): Knock => ({
    lang: langOfRequest(request),
    now: new Date(),
    address: addressOf(request, config),
    agent: request.headers['user-agent'] ?? '',
  })
  const least = { least: String(shortest) }

  app.get('/session', async (request, response) => {
    const caller = await callerOfCookie(door, cookieOf(request, config), new Date())
    response.setHeader('cache-control', 'no-store').json({
      signedIn: caller !== undefined,
      demo: config.demo ? await demoAccounts(pool) : [],
      empty: caller === undefined && (await awaitsFounding(pool)),
      preparing: readiness.preparing,
    })
  })

  app.post('/session', json('10kb'), sameSite, async (request, response) => {
    const knock = knockOf(request)
    const { lang } = knock
    const body = (request.body ?? {}) as Record<string, unknown>
    const [login, password, code, newPassword] = [
      textOf(body.login, 100),
      textOf(body.password, 200),
      textOf(body.code ?? '', 40),
      textOf(body.newPassword ?? '', 200),
    ]
    if (login === undefined || password === undefined || code === undefined || newPassword === undefined)
      return void response.status(400).json(problem('signIn.wrong', lang))
    notePlain(request, config, around)
    const result = await signIn(door, { login, password, code: code || undefined, newPassword: newPassword || undefined }, knock)
    if ('waitMinutes' in result) {
      log.warn({ address: knock.address }, 'sign-in refused for a while')
      return void response.status(429).json(problem('signIn.wait', lang, { minutes: String(result.waitMinutes) }))
    }
    if ('cookie' in result) {
      const cookie = newCookie(request, config, result.cookie, longestHours * 3600)
      return void response
        .setHeader('set-cookie', cookie)
        .json({ ok: true, ...(result.recovery ? { recovery: result.recovery } : {}) })
    }
    const [status, says] = 'wrong' in result ? ([401, result.wrong] as const) : ([403, result.needed] as const)
    if (result.enrolment) response.setHeader('cache-control', 'no-store')
    response.status(status).json({ ...problem(says, lang, least), ...(result.enrolment ? { enrolment: result.enrolment } : {}) })
  })

  app.post('/session/confirm', json('10kb'), sameSite, async (request, response) => {
    const knock = knockOf(request)
    const { lang } = knock
    const body = (request.body ?? {}) as Record<string, unknown>
    const [password, code] = [textOf(body.password, 200), textOf(body.code ?? '', 40)]
    if (password === undefined || code === undefined) return void response.status(400).json(problem('confirm.wrong', lang))
    const result = await confirm(door, cookieOf(request, config), { password, code: code || undefined }, knock)
    if ('waitMinutes' in result)
      return void response.status(429).json(problem('signIn.wait', lang, { minutes: String(result.waitMinutes) }))
    if ('wrong' in result)
      return void response.status(result.wrong === 'confirm.code' ? 403 : 401).json(problem(result.wrong, lang))
    response.json({ ok: true })
  })

  app.delete('/session', async (request, response) => {
    const knock = knockOf(request)
    for (const token of allTokens(request)) await signOut(door, token, knock)
    response.setHeader('set-cookie', noCookies()).setHeader('clear-site-data', '"cache"').json({ ok: true })
  })
}

/** Remembers, and logs once, that a password came by a way on which others can read it. */
export function notePlain(request: Request, config: Config, { transport, log }: Pick<Surroundings, 'transport' | 'log'>): void {
  if (isPrivate(request, config) || transport.plain) return
  transport.plain = true
  log.warn('passwords travel unencrypted: somebody signs in by plain http from another machine')
}
