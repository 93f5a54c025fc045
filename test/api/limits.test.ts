import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/base/config.ts'
import { limits } from '../../server/src/request/limits.ts'
import { openCounty, signIn, type Caller, type County } from '../county.ts'

let county: County
let bureau: Caller

beforeAll(async () => {
  county = await openCounty()
  bureau = await county.signIn('county')
})
afterAll(() => county.close())

interface Told {
  status: number
  code: string
  text: string
}

/** What comes back for a body as it stands. An answer that is no JSON has no code. */
async function send(body: string, { path = '/graphql', ...given }: RequestInit & { path?: string } = {}): Promise<Told> {
  const response = await fetch(`${county.origin}${path}`, {
    method: 'POST',
    body,
    ...given,
    headers: { 'content-type': 'application/json', 'cookie': bureau.cookie, ...(given.headers as Record<string, string>) },
  })
  const text = await response.text()
  const told = text.startsWith('{') ? (JSON.parse(text) as { code?: string; errors?: { extensions?: { code?: string } }[] }) : {}
  return { status: response.status, code: told.code ?? told.errors?.[0]?.extensions?.code ?? '', text }
}
const ask = (query: string) => send(JSON.stringify({ query }))

const deep = (levels: number) => `{ ${'a { '.repeat(levels)} b ${'}'.repeat(levels)} }`
const fields = (count: number, name = 'me { name }') => Array.from({ length: count }, (_, at) => `a${at}: ${name}`).join(' ')
const bomb = (depth: number) =>
  `{ ...f0 } ${Array.from({ length: depth }, (_, at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`).join(' ')} fragment f${depth} on Query { me { name } }`

describe('a hostile document is refused with a code and no trace of the inside', () => {
  it.each<[what: string, query: string, code: RegExp]>([
    ['too deep', deep(12), /^request\.tooDeep$/],
    ['ten thousand levels deep', deep(10_000), /PARSE/],
    ['costly by five hundred aliases', `{ ${fields(501)} }`, /^request\.tooCostly$/],
    ['costly by eleven grids', `query { ${fields(11, 'scoreGrid(cycle: "x") { rows { count } }')} }`, /^request\.tooCostly$/],
    ['a thousand aliases of __typename', `{ ${fields(1001, '__typename')} }`, /^request\.tooCostly$|PARSE/],
    ['fragments that multiply', bomb(40), /^request\.tooCostly$/],
    ['a fragment that holds itself', '{ ...f } fragment f on Query { me { name } ...f }', /VALIDATION/],
    ['two fragments that hold each other', '{ ...f } fragment f on Query { ...g } fragment g on Query { ...f }', /VALIDATION/],
    ['of ten thousand words', `{ ${'me { name } '.repeat(2500)} }`, /PARSE/],
    ['of many directives', `{ me ${'@include(if: true) '.repeat(900)} { name } }`, /VALIDATION|PARSE/],
    ['introspection', '{ __schema { types { name } } }', /VALIDATION/],
    ['introspection of one type', '{ __type(name: "Sheet") { fields { name } } }', /VALIDATION/],
    ['a field that does not exist', '{ mee { name } }', /VALIDATION/],
    ['an infinite number', '{ changeSets(cycle: "x", first: 1e309) { id } }', /VALIDATION/],
    ['a number beyond the type', '{ changeSets(cycle: "x", first: 3000000000) { id } }', /VALIDATION/],
    ['an operator for a text', '{ sheet(id: {ne: null}) { name } }', /VALIDATION/],
    ['an unknown option', '{ scoreGrid(cycle: "x", view: everything) { rows { count } } }', /VALIDATION/],
    ['no operation', 'fragment f on Query { me { name } }', /VALIDATION|OPERATION|BAD_REQUEST/],
    ['two operations and no choice', 'query a { me { name } } query b { me { name } }', /OPERATION|BAD_REQUEST/],
    ['a subscription over the wrong path', 'subscription { gridChanged(cycle: "x") { __typename } }', /^request\.streamed$/],
    ['half a document', '{ me { name }', /PARSE/],
    ['nothing', '', /./],
    ['a NUL character', '{ sheet(id: "\u0000") { name } }', /request\.malformed/],
  ])('%s', async (_, query, code) => {
    const told = await ask(query)
    expect(told.code).toMatch(code)
    expect([400, 405]).toContain(told.status)
    expect(told.text).not.toMatch(/node_modules|\.ts:|at \w+ \(|stacktrace|Did you mean/)
  })

  it('says how costly or deep it is and what is allowed, in the caller’s language', async () => {
    const query = `{ ${fields(501)} }`
    for (const [lang, says] of [
      ['zh', `查询的开销为 1002，上限为 ${limits.cost}，请减少字段或分开查询。`],
      ['en', `The query costs 1002; ${limits.cost} are allowed. Ask for fewer fields or split it.`],
    ] as const)
      expect((await bureau.ask(query, {}, lang)).errors![0]!.message).toBe(says)
  })

  it('is let through just below the limits', async () => {
    // Nine grids at 102 and 41 names at 2 are 1000; no field is asked for more than 50 times.
    const grids = Array.from({ length: 9 }, (_, at) => `g${at}: scoreGrid(cycle: "x") { rows { count } }`).join(' ')
    expect((await ask(`{ ${grids} ${fields(41)} }`)).status).toBe(200)
    expect((await ask(`{ ${grids} ${fields(42)} }`)).code).toBe('request.tooCostly')
    expect((await ask(`{ ${fields(50)} }`)).status).toBe(200)
    expect((await ask(`{ ${fields(51)} }`)).code).toBe('request.repeated')
  })
})

describe('a request that is no query is refused as JSON, with a sentence', () => {
  it.each<[what: string, body: string, given: RequestInit & { path?: string }, status: number[]]>([
    ['larger than the limit', JSON.stringify({ query: 'x'.repeat(limits.megabytes * 2 ** 20) }), {}, [413]],
    ['no JSON', '{"query":', {}, [400]],
    ['a bare text', '"query"', {}, [400]],
    ['an empty body', '', {}, [400]],
    ['a list of queries', JSON.stringify([{ query: '{ me { name } }' }, { query: '{ me { name } }' }]), {}, [400]],
    ['a query that is a number', '{"query":1}', {}, [400]],
    ['variables that are a list', '{"query":"{ me { name } }","variables":[1]}', {}, [400]],
    ['a form', 'query={me{name}}', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, [400, 415]],
    ['plain text', '{"query":"{ me { name } }"}', { headers: { 'content-type': 'text/plain' } }, [400, 415]],
    ['an unknown encoding', '{}', { headers: { 'content-encoding': 'unheard-of' } }, [400, 415]],
    [
      'an unknown charset',
      '{"query":"{ me { name } }"}',
      { headers: { 'content-type': 'application/json; charset=utf-99' } },
      [400, 415],
    ],
    ['another method', '{}', { method: 'PUT' }, [400, 404, 405]],
    ['to the stream with a larger body', JSON.stringify({ query: 'x'.repeat(200_000) }), { path: '/graphql/stream' }, [413]],
    ['to the stream as a form', 'a=b', { path: '/graphql/stream', headers: { 'content-type': 'text/plain' } }, [415]],
    ['to the stream with another method', '{}', { path: '/graphql/stream', method: 'PUT' }, [404, 405]],
    ['to the stream with no JSON', '{', { path: '/graphql/stream' }, [400]],
    ['to an address that is none', '{}', { path: '/api/nothing' }, [404]],
    ['to a broken address', '{}', { path: '/%E0%A4%A' }, [400, 404]],
  ])('%s', async (_, body, given, status) => {
    const told = await send(body, given)
    expect(status).toContain(told.status)
    expect(told.code).not.toBe('')
    expect(told.text).not.toMatch(/<html|node_modules|\.ts:/)
  })

  it('a mutation by GET, as a link on a foreign page would be', async () => {
    const query = encodeURIComponent('mutation { undoChangeSet(id: "x", key: "12345678") { applied } }')
    for (const path of [`/graphql?query=${query}`, `/graphql/stream?query=${query}`])
      for (const headers of [{}, { accept: 'text/event-stream' }, { 'apollo-require-preflight': 'yes' }]) {
        const response = await fetch(`${county.origin}${path}`, { headers: { cookie: bureau.cookie, ...headers } as HeadersInit })
        expect([400, 404, 405]).toContain(response.status)
      }
  })
})

describe('an unexpected error', () => {
  let other: County
  let caller: Caller
  const lines: string[] = []
  beforeAll(async () => {
    other = await openCounty({ log: (line) => lines.push(line) })
    caller = await other.signIn('county')
  })
  afterAll(() => other.close())

  it('is masked for the caller, who gets a number, and logged in full under that number', async () => {
    await other.app.database.pool.query('alter table sheet rename to sheet_away')
    const { status, errors } = await caller.ask(
      'query ($cycle: ID!) { scoreGrid(cycle: $cycle) { rows { count } } }',
      { cycle: other.cycle },
      'en',
    )
    await other.app.database.pool.query('alter table sheet_away rename to sheet')
    expect(status).toBe(200)
    const { message, extensions } = errors![0]!
    expect(extensions).toEqual({ code: 'unexpected', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(message).toBe(
      `Something unexpected went wrong; it is on record as ${extensions.requestId}. Try again later, or tell the administrator this number.`,
    )
    const logged = lines
      .map((line) => JSON.parse(line))
      .find(({ requestId, msg }) => msg === 'unexpected' && requestId === extensions.requestId)
    expect(logged.err.message).toMatch(/relation "sheet" does not exist/)
    expect(logged.err.stack).toMatch(/\.ts/)
  })

  it('before the caller is even known is masked too', async () => {
    await other.app.database.pool.query('alter table session rename to session_away')
    const response = await fetch(`${other.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cookie': caller.cookie },
      body: '{"query":"{ me { name } }"}',
    })
    await other.app.database.pool.query('alter table session_away rename to session')
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(JSON.parse(text)).toEqual({ code: 'unexpected', says: expect.stringContaining(response.headers.get('x-request-id')!) })
    expect(text).not.toMatch(/relation|session/)
  })

  it('never puts a password on record', async () => {
    await fetch(`${other.origin}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'county', password: 'a-password-to-be-seen' }),
    })
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.join('\n')).not.toMatch(/a-password-to-be-seen|kaohe-demo|kaohe=/)
  })
})

describe('the server', () => {
  it('says that it is alive, and whether its database answers', async () => {
    const read = async (origin: string, path: string) => {
      const response = await fetch(`${origin}${path}`)
      return [response.status, await response.json()]
    }
    expect(await read(county.origin, '/health')).toEqual([200, { status: 'ok' }])
    expect(await read(county.origin, '/ready')).toEqual([200, { status: 'ready' }])
    const lost = await startApp(
      readConfig({ DATABASE_URL: county.databaseUrl, PORT: '0', LOG_LEVEL: 'silent', KAOHE_LANG: 'zh', KAOHE_DEMO: 'plain' }),
    )
    await lost.database.pool.end()
    expect(await read(lost.origin, '/ready')).toEqual([503, { status: 'database' }])
    expect(await read(lost.origin, '/health')).toEqual([200, { status: 'ok' }])
    await lost.stop()
  })

  it('sends headers that keep other pages out, and a number of every request', async () => {
    const seen = new Set<string>()
    for (const path of ['/health', '/session', '/graphql', '/nothing']) {
      const { headers } = await fetch(`${county.origin}${path}`)
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none';script-src 'self';.*frame-ancestors 'none'/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-powered-by')).toBeNull()
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
      seen.add(headers.get('x-request-id')!)
    }
    expect(seen.size).toBe(4)
  })

  it('lets no cache keep an answer', async () => {
    const response = await fetch(`${county.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cookie': bureau.cookie },
      body: '{"query":"{ me { name } }"}',
    })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('takes a query from any program that signs in, with no header of our own', async () => {
    const { cookie } = await signIn(county.origin, 'analyst')
    expect((await send('{"query":"{ me { name } }"}', { headers: { cookie } })).text).toContain('陶思敏')
  })
})
