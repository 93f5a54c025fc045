import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../server/src/base/config.ts'
import * as page from '../../web/src/gql/documents.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { listen } from './stream.ts'

let county: County
let open: County
let bureau: Caller
let tokens: { read: string; analyst: string }
const documents = Object.entries(page).flatMap(([name, document]) =>
  name.endsWith('Document') ? [[name, String(document)] as const] : [],
)
const OWN = '{ me { name } }'

beforeAll(async () => {
  // Demo people, so that somebody can sign in, and the documents as in real use.
  county = await openCounty({ env: { KAOHE_DOCUMENTS: 'trusted' } })
  open = await openCounty()
  bureau = await county.signIn('county')
  const make = async (scopes: string[]) => {
    const asked = { input: { name: 'x', scopes, days: 1 }, key: randomUUID() }
    const { data } = await bureau.ask<{ createToken: { token: string } }>(String(page.CreateTokenDocument), asked)
    return data.createToken.token
  }
  tokens = { read: await make(['read']), analyst: await make(['analyst']) }
})
afterAll(async () => {
  await county?.close()
  await open?.close()
})
async function ask(origin: string, query: string, headers: Record<string, string>): Promise<any> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  const body = (await response.json()) as { errors?: { extensions: { code: string } }[] }
  return { status: response.status, code: body.errors?.[0]?.extensions.code, ...body }
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

it('the list of trusted documents is every document of the page, as it is sent', () => {
  const listed = JSON.parse(readFileSync(join(import.meta.dirname, '../../server/trusted.json'), 'utf8'))
  const hashes = documents.map(([name, text]) => [createHash('sha256').update(text).digest('hex'), name.replace(/Document$/, '')])
  expect(hashes.length).toBeGreaterThan(40)
  expect(listed).toEqual(Object.fromEntries(hashes))
})

it('is so in real use, open in demo mode, and as the setting says where it says anything', () => {
  const set = (env: Record<string, string>) => readConfig({ KAOHE_LANG: 'zh', ...env }).documents
  expect([set({}), set({ KAOHE_DEMO: 'off' })]).toEqual(['any', 'trusted'])
  expect(set({ KAOHE_DEMO: 'off', KAOHE_DOCUMENTS: 'any' })).toBe('any')
  expect(() => set({ KAOHE_DOCUMENTS: 'some' })).toThrow(/trusted、any/)
})

describe('where documents are trusted', () => {
  it('those of the page are answered', async () => {
    const { data } = await bureau.ask<{ me: { name: string } }>(String(page.MeDocument))
    expect(data.me.name).toBe('沈知远')
  })

  it.each([
    ['an own one', OWN],
    ['one of the page with a blank more', `${String(page.MeDocument)} `],
    ['one that is not even a document', '{'],
    ['introspection', getIntrospectionQuery()],
    ['nothing', ''],
  ])('%s is refused with a sentence that says how', async (_, query) => {
    for (const headers of [{ cookie: bureau.cookie }, bearer(tokens.read)] as Record<string, string>[]) {
      const answer = await ask(county.origin, query, headers)
      expect([answer.status, answer.code]).toEqual([403, 'document.unknown'])
      expect(answer.errors[0].message).toMatch(/自拟查询/)
      expect(answer.data).toBeUndefined()
    }
  })

  it('an analyst’s token asks anything its account may, and introspects', async () => {
    expect((await ask(county.origin, OWN, bearer(tokens.analyst))).data.me.name).toBe('沈知远')
    const { data } = await ask(county.origin, getIntrospectionQuery({ descriptions: true }), bearer(tokens.analyst))
    expect(data.__schema.types.length).toBeGreaterThan(100)
    expect((await ask(county.origin, '{ accounts { more } }', bearer(tokens.analyst))).code).toBe('permission')
  })

  it('holds for subscriptions and exports too', async () => {
    const own = 'subscription ($c: ID!) { gridChanged(cycle: $c) { __typename } }'
    await expect(listen(county.origin, bureau.cookie, own, { c: county.cycle })).rejects.toThrow('document.unknown')
    const stream = await listen(county.origin, '', own, { c: county.cycle }, tokens.analyst)
    await stream.stop()
    const response = await fetch(`${county.origin}/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'cookie': bureau.cookie },
      body: JSON.stringify({ query: '{ cycles { policyTitle } }', format: 'csv' }),
    })
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([403, 'document.unknown'])
  })

  it('who is not signed in is told to sign in', async () => {
    expect((await ask(county.origin, OWN, {})).code).toBe('signIn.needed')
  })
})

it('in demo mode anybody signed in asks anything allowed, but introspection takes a token', async () => {
  const caller = await open.signIn('county')
  expect((await ask(open.origin, OWN, { cookie: caller.cookie })).data.me.name).toBe('沈知远')
  const refused = await ask(open.origin, getIntrospectionQuery(), { cookie: caller.cookie })
  expect([refused.status, refused.code]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED'])
})
