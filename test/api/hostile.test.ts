import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSchema } from '../../server/src/serve/schema.ts'
import { openCounty, type Caller, type County } from '../county.ts'

let county: County
let bureau: Caller
const unexpected: string[] = []

beforeAll(async () => {
  county = await openCounty({ log: (line) => line.includes('"unexpected"') && unexpected.push(line) })
  bureau = await county.signIn('county')
})
afterAll(() => county?.close())

async function post(body: string, headers: Record<string, string> = {}, method = 'POST', path = '/graphql') {
  const response = await fetch(`${county.origin}${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'cookie': bureau.cookie, ...headers },
    ...(method === 'GET' ? {} : { body }),
  })
  const text = await response.text()
  return { status: response.status, text }
}
const ask = (query: string, variables?: unknown) => post(JSON.stringify({ query, variables }))
const repeated = (count: number, one: (at: number) => string) => Array.from({ length: count }, (_, at) => one(at)).join(' ')

describe('the twelve checks of hostile clients find nothing', () => {
  it.each<[what: string, send: () => Promise<{ status: number; text: string }>]>([
    ['a hundred and one aliases', () => ask(`{ ${repeated(101, (at) => `alias${at}: __typename`)} }`)],
    ['a batch of ten queries', () => post(JSON.stringify(Array.from({ length: 10 }, () => ({ query: '{ __typename }' }))))],
    ['ten directives on a field', () => ask(`{ __typename ${'@aa'.repeat(10)} }`)],
    ['ten directives that exist', () => ask(`{ __typename ${'@include(if: true) '.repeat(10)} }`)],
    ['a fragment in a circle', () => ask('query { ...A } fragment A on Query { __typename ...B } fragment B on Query { ...A }')],
    ['one field five hundred times', () => ask(`{ ${'__typename '.repeat(500)} }`)],
    ['introspection', () => ask('{ __schema { types { fields { type { fields { type { name } } } } } } }')],
    ['a query by GET', () => post('', {}, 'GET', `/graphql?query=${encodeURIComponent('{ __typename }')}`)],
    [
      'a mutation by GET',
      () =>
        post(
          '',
          {},
          'GET',
          `/graphql?query=${encodeURIComponent('mutation { undoChangeSet(id: "x", key: "12345678") { applied } }')}`,
        ),
    ],
    ['a query as a form', () => post('query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' })],
    ['a mistyped field', () => ask('{ sheetz { nodes { id } } }')],
    ['a page of tools', () => post('', { accept: 'text/html' }, 'GET', '/graphql')],
  ])('%s', async (_, send) => {
    const { status, text } = await send()
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(text).not.toMatch(/"data":\{|Did you mean|sheets|stacktrace|node_modules|graphiql|playground|extensions":\{"tracing/i)
  })

  it('a field is asked for fifty times in one place, and no more, through fragments as well', async () => {
    const codes = async (query: string) => JSON.parse((await ask(query)).text).errors?.[0]?.extensions
    expect(await codes(`{ ${repeated(50, (at) => `a${at}: me { name }`)} }`)).toBeUndefined()
    expect(await codes(`{ ${repeated(51, (at) => `a${at}: me { name }`)} }`)).toEqual({
      code: 'request.repeated',
      found: '51',
      most: '50',
    })
    const halves = `{ ...A ...B } fragment A on Query { ${repeated(30, (at) => `a${at}: me { name }`)} } fragment B on Query { ... { ${repeated(21, (at) => `b${at}: me { name }`)} } }`
    expect(await codes(halves)).toEqual({ code: 'request.repeated', found: '51', most: '50' })
  })

  it.each<[what: string, query: string, variables: Record<string, unknown>, code: string]>([
    ['in the document', '{ towns(first: 1000) { nodes { sheets(first: 1000) { nodes { id } } } } }', {}, 'request.tooCostly'],
    [
      'in a variable',
      'query ($n: Int!) { towns(first: $n) { nodes { sheets(first: $n) { nodes { id } } } } }',
      { n: 1000 },
      'request.tooCostly',
    ],
    [
      'in the default of a variable',
      'query ($n: Int! = 1000) { towns(first: $n) { nodes { sheets(first: $n) { nodes { id } } } } }',
      {},
      'request.tooCostly',
    ],
    ['left out', '{ towns { nodes { villages { nodes { sheets { nodes { id } } } } } } }', {}, 'request.tooCostly'],
    [
      'below zero beside one too large',
      '{ towns(first: -5) { nodes { id } } villages(first: 60000) { edges { node { id } } } }',
      {},
      'request.tooCostly',
    ],
    ['below zero', '{ towns(first: -5) { nodes { id } } }', {}, 'page.size'],
    [
      'many times',
      `{ ${repeated(30, (at) => `a${at}: sheets(first: 1000) { nodes { items(first: 10) { nodes { id } } } }`)} }`,
      {},
      'request.tooCostly',
    ],
    [
      'in fifty statistics',
      `{ ${repeated(50, (at) => `a${at}: statistics(cycles: [], measures: []) { groups }`)} }`,
      {},
      'request.tooCostly',
    ],
  ])('the size of pages within pages, %s, is bounded', async (_, query, variables, code) => {
    const { text } = await ask(query, variables)
    const { extensions, message } = JSON.parse(text).errors[0]
    expect(extensions.code).toBe(code)
    if (code === 'request.tooCostly') for (const number of [extensions.found, extensions.most]) expect(message).toContain(number)
  })
})

/** Always the same numbers for the same seed, so that what is found can be found again. */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
  const upTo = (most: number) => Math.floor(next() * (most + 1))
  const of = <T>(list: readonly T[]): T => list[upTo(list.length - 1)]!
  return { upTo, of, chance: (part: number) => next() < part }
}

const schema = createSchema()

/** Texts that have broken something somewhere. */
const nasty = [
  '',
  ' ',
  "'",
  "' or 1=1 --",
  '"; drop table sheet; --',
  '%',
  '_',
  '\\',
  '$1',
  '$1::uuid',
  '${1}',
  '../../etc/passwd',
  '{}',
  '[]',
  'null',
  'undefined',
  'NaN',
  '-0',
  '1e309',
  '9'.repeat(20),
  `${'9'.repeat(20)}.${'9'.repeat(20)}`,
  '-1',
  '0.00000000000000000001',
  '99999-12-31',
  '0000-01-01',
  '2026-02-30',
  '2026-12-31T23:59:60Z',
  '9999-12-31T23:59:59.999Z',
  '0001-01-01T00:00:00Z',
  '019b76da-a884-789f-becc-f4e256069c7b',
  '00000000-0000-0000-0000-000000000000',
  'ﷺ'.repeat(200),
  '\u202e\u200d\ufeff',
  '\ud800',
  '𠮷',
  'a'.repeat(5000),
  '__proto__',
  'constructor',
  'total',
  'i04',
  'W10',
  'bnVsbA',
  'WyJhIixbXV0',
]

/** Documents by the grammar of the schema: what it allows, with values nobody would send, and now and then what it does not. */
function makeDocument({ upTo, of, chance }: ReturnType<typeof dice>): { query: string; variables: Record<string, unknown> } {
  const queries = Object.values(schema.getQueryType()!.getFields())
  const analysis = queries.filter(({ type }) => /Connection|Statistics|Heat|Leniency|Movement/.test(String(type)))
  const variables: Record<string, unknown> = {}
  const declared: string[] = []

  function leaf(type: GraphQLInputType): unknown {
    const named = getNamedType(type)
    if (isEnumType(named)) return of(named.getValues()).name
    if (named.name === 'Int') return of([0, 1, 2, 5, 50, 1000, 1001, -1, 2_147_483_647, -2_147_483_648])
    if (named.name === 'Boolean') return chance(0.5)
    if (named.name === 'Decimal' && chance(0.8)) return of(['0', '-1', '90', '93.75', '100', '9'.repeat(20)])
    if (named.name === 'Day' && chance(0.8)) return of(['1990-01-01', '2026-12-31', '0001-01-01', '9999-12-31'])
    if (named.name.startsWith('DateTime') && chance(0.8))
      return of(['2026-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2099-01-01T00:00:00+14:00'])
    if (named.name === 'ID' && chance(0.3)) return county.cycle
    return of(nasty)
  }
  function value(type: GraphQLInputType, depth: number): unknown {
    if (!isNonNullType(type) && chance(0.03)) return null
    const inner = isNonNullType(type) ? type.ofType : type
    if (isListType(inner)) return Array.from({ length: upTo(depth > 3 ? 1 : 3) }, () => value(inner.ofType, depth + 1))
    if (!isInputObjectType(inner)) return leaf(inner)
    const fields = Object.values(inner.getFields())
    const chosen = fields.filter(
      (field) => (isNonNullType(field.type) && field.defaultValue === undefined) || chance(depth > 4 ? 0 : 2.2 / fields.length),
    )
    return Object.fromEntries(chosen.map((field) => [field.name, value(field.type, depth + 1)]))
  }
  function literal(given: unknown, type: GraphQLInputType): string {
    const inner = isNonNullType(type) ? type.ofType : type
    if (given === null) return 'null'
    if (isListType(inner)) return `[${(given as unknown[]).map((one) => literal(one, inner.ofType)).join(', ')}]`
    if (isInputObjectType(inner))
      return `{ ${Object.entries(given as object)
        .map(([name, one]) => `${name}: ${literal(one, inner.getFields()[name]!.type)}`)
        .join(', ')} }`
    return isEnumType(inner) ? String(given) : JSON.stringify(given)
  }
  function field(one: GraphQLField<unknown, unknown>, depth: number, name: string): string {
    const args = one.args.flatMap((arg) => {
      const needed = isNonNullType(arg.type) && arg.defaultValue === undefined
      if (!needed && !chance(arg.name === 'first' ? 0.8 : 0.4)) return []
      if (arg.name === 'first' && chance(0.9)) return [`first: ${of([1, 2, 3, 7])}`]
      const given = value(arg.type, 0)
      if (!chance(0.5)) return [`${arg.name}: ${literal(given, arg.type)}`]
      const variable = `v${declared.length}`
      declared.push(`$${variable}: ${String(arg.type)}`)
      variables[variable] = given
      return [`${arg.name}: $${variable}`]
    })
    const type = getNamedType(one.type)
    const called = chance(0.1) ? `${name}: ${one.name}` : one.name
    const head = `${called}${args.length > 0 ? `(${args.join(', ')})` : ''}${chance(0.02) ? ' @include(if: true)' : ''}`
    return isLeafType(type)
      ? head
      : `${head} { ${isObjectType(type) ? inside(Object.values(type.getFields()), depth) : '__typename'} }`
  }
  function inside(fields: GraphQLField<unknown, unknown>[], depth: number): string {
    const leaves = fields.filter(({ type }) => isLeafType(getNamedType(type)))
    const others = fields.filter(({ type }) => !isLeafType(getNamedType(type)))
    const parts = ['__typename']
    for (let count = upTo(2); count > 0 && leaves.length > 0; count--) parts.push(of(leaves).name)
    if (depth < 8)
      for (let count = depth < 3 ? 1 + upTo(1) : upTo(1); count > 0 && others.length > 0; count--)
        parts.push(field(of(others), depth + 1, `n${upTo(99)}`))
    if (chance(0.01)) parts.push(of(['nothing', '__schema { types { name } }', '...F', '... on Query { me { name } }']))
    return parts.join(' ')
  }
  const roots = Array.from({ length: 1 + upTo(1) }, (_, at) => field(of(chance(0.85) ? analysis : queries), 1, `r${at}`))
  const body = `query${declared.length > 0 ? `(${declared.join(', ')})` : ''} { ${roots.join(' ')} }`
  const torn = chance(0.02) ? body.slice(0, upTo(body.length)) : body
  return { query: torn, variables: chance(0.02) ? {} : variables }
}

it(
  'no document of two thousand makes the server stumble: each is answered or refused with a code',
  { timeout: 600_000 },
  async () => {
    const seed = Number(process.env.HOSTILE_SEED ?? 20_261_122)
    const count = Number(process.env.HOSTILE ?? 2000)
    const luck = dice(seed)
    const statuses = new Map<number, number>()
    const slow: number[] = []
    let answered = 0
    for (let at = 0; at < count; at += 8)
      await Promise.all(
        Array.from({ length: 8 }, () => makeDocument(luck)).map(async (document) => {
          const started = performance.now()
          const { status, text } = await post(JSON.stringify(document))
          slow.push(performance.now() - started)
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
          const told = JSON.parse(text)
          const codes = (told.errors ?? []).map((error: { extensions?: { code?: string } }) => error.extensions?.code ?? '')
          if (told.data && !told.errors) answered++
          // What is refused with 403 is refused for its caller, not for what is wrong with it.
          if (status === 403) expect({ seed, document, codes }).toEqual({ seed, document, codes: ['permission'] })
          expect({ seed, document, status, codes }).toEqual({
            seed,
            document,
            status: expect.toSatisfy((one: number) => [200, 400, 403].includes(one)),
            codes: expect.toSatisfy((all: string[]) =>
              all.every((code) => code !== '' && code !== 'unexpected' && code !== 'INTERNAL_SERVER_ERROR'),
            ),
          })
          expect(text).not.toMatch(/node_modules|\.ts:\d|stacktrace|Did you mean|syntax error|relation "|column "/)
        }),
      )
    expect(unexpected).toEqual([])
    // The documents reach the tables and are not all refused at the door.
    expect(answered).toBeGreaterThan(count / 6)
    slow.sort((a, b) => a - b)
    expect(slow[Math.floor(slow.length * 0.99)]!).toBeLessThan(5000)
  },
)
