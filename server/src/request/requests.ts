import type { IncomingMessage } from 'node:http'
import express, { type NextFunction, type Request, type Response } from 'express'
import type { Lang } from '../rules/text.ts'
import { sentence, type Code } from '../base/words.ts'

/** JSON, but for the character that no text of PostgreSQL can hold. */
export const json = (limit: number | string) =>
  express.json({
    limit,
    verify(_, __, body) {
      if (body.includes('\\u0000')) throw new Error('a NUL character')
    },
  })

/** The language a caller asks for: `x-lang` from our own page, else the first of Accept-Language that we have. */
export function langOfRequest(request: IncomingMessage): Lang {
  const asked = request.headers['x-lang'] ?? request.headers['accept-language']?.match(/\b(zh|en)\b/)?.[1]
  return asked === 'en' ? 'en' : 'zh'
}

/** A refusal outside GraphQL. */
export const problem = (code: Code, lang: Lang, params: Record<string, string> = {}) => ({
  code,
  says: sentence(lang, code, params),
})

/** A form on a foreign page can post, but neither JSON nor this header. */
export function sameSite(request: Request, response: Response, next: NextFunction): void {
  if (request.is('application/json')) next()
  else response.status(415).json(problem('request.malformed', langOfRequest(request)))
}

/** A text no longer than this; undefined for anything else. */
export const textOf = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' && value.length <= most ? value : undefined
