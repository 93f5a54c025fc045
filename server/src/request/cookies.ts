import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'
import type { Config } from '../base/config.ts'

type Proxied = Pick<Config, 'behindProxy'>
const last = (header: string | string[] | undefined): string | undefined =>
  String(header ?? '')
    .split(',')
    .at(-1)
    ?.trim() || undefined

/** Whether the request cannot be read on its way: it came by TLS, or from this machine. */
export function isPrivate(request: IncomingMessage, { behindProxy }: Proxied): boolean {
  if ((request.socket as TLSSocket).encrypted) return true
  if (behindProxy && request.headers['x-forwarded-proto'] !== undefined)
    return last(request.headers['x-forwarded-proto']) === 'https'
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(request.headers.host ?? '')
}

/** Where a request came from; behind a proxy, where the proxy says. */
export const addressOf = (request: IncomingMessage, { behindProxy }: Proxied): string =>
  (behindProxy ? last(request.headers['x-forwarded-for']) : undefined) ?? request.socket.remoteAddress ?? ''

/**
 * A browser takes `__Host-` only with Secure, from this very host and for all of it, so that no neighbour can plant one.
 * On plain http it takes neither, and the plain name is used; a private request never believes the plain one.
 */
const names = { private: '__Host-kaohe', plain: 'kaohe' }
/** What earlier versions used. */
const former = ['kaohe_session']

function cookiesOf(request: IncomingMessage): Map<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('=') as [string, string?])
  return new Map(pairs.map(([name, value = '']) => [name, value]))
}

/** The token of the session, or nothing. */
export const cookieOf = (request: IncomingMessage, proxied: Proxied): string =>
  cookiesOf(request).get(isPrivate(request, proxied) ? names.private : names.plain) ?? ''

/** Every token that some version of the product may have given this browser. */
export function allTokens(request: IncomingMessage): string[] {
  const cookies = cookiesOf(request)
  return [names.private, names.plain, ...former].flatMap((name) => cookies.get(name) || [])
}

const written = (name: string, value: string, seconds: number): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${name.startsWith('__Host-') ? '; Secure' : ''}`

export const newCookie = (request: IncomingMessage, proxied: Proxied, token: string, seconds: number): string =>
  written(isPrivate(request, proxied) ? names.private : names.plain, token, seconds)

export const noCookies = (): string[] => [names.private, names.plain, ...former].map((name) => written(name, '', 0))
