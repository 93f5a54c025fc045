import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'

let county: County
let town: Caller
let other: Caller
beforeAll(async () => {
  county = await openCounty()
  town = await county.signIn('town')
  other = await county.signIn('county')
})
afterAll(() => county?.close())

interface Given {
  page?: string
  name?: string
  shared?: boolean
  content?: string
}
const save = (caller: Caller, { page = 'scores', name = '我的', shared = false, content = '{}' }: Given) =>
  caller.ask<{ saveView: { view: { id: string } } }>(
    `mutation ($page: String!, $name: String!, $shared: Boolean!, $content: String!) {
       saveView(page: $page, name: $name, shared: $shared, content: $content) { view { id } } }`,
    { page, name, shared, content },
  )
const remove = (caller: Caller, id: string) => caller.ask('mutation ($id: ID!) { removeView(id: $id) }', { id })
const views = async (caller: Caller, page = 'scores') => {
  const { data } = await caller.ask<{ savedViews: { mine: boolean; view: { name: string; by: string; content: string } }[] }>(
    'query ($page: String!) { savedViews(page: $page) { mine view { name by content } } }',
    { page },
  )
  return data.savedViews.map(({ mine, view }) => `${mine ? '' : `${view.by}: `}${view.name} ${view.content}`)
}
const codeOf = async (answer: ReturnType<typeof save>) => (await answer).errors?.[0]?.extensions.code

describe('a saved view', () => {
  it('is its owner’s alone until it is shared, and one of the same name takes its place', async () => {
    await save(town, { content: '{"a":1}' })
    expect([await views(town), await views(other)]).toEqual([['我的 {"a":1}'], []])
    await save(town, { content: '{"a":2}', shared: true })
    expect([await views(town), await views(other)]).toEqual([['我的 {"a":2}'], ['许清和: 我的 {"a":2}']])
    await save(other, { content: '{"b":1}' })
    expect(await views(other)).toEqual(['许清和: 我的 {"a":2}', '我的 {"b":1}'])
    expect(await views(town)).toEqual(['我的 {"a":2}'])
    expect(await views(town, 'ranking')).toEqual([])
  })

  it('is one when it is saved again as it is', async () => {
    const twice = [await save(town, { page: 'twice' }), await save(town, { page: 'twice' })]
    expect(new Set(twice.map(({ data }) => data.saveView.view.id)).size).toBe(1)
    expect(await views(town, 'twice')).toEqual(['我的 {}'])
  })

  it('is removed by its owner only', async () => {
    const { id } = (await save(town, { name: '临时', shared: true })).data.saveView.view
    expect((await remove(other, id)).errors?.[0]?.extensions.code).toBe('view.unknown')
    expect(await views(other)).toContain('许清和: 临时 {}')
    expect((await remove(town, id)).errors).toBeUndefined()
    expect((await remove(town, id)).errors?.[0]?.extensions.code).toBe('view.unknown')
    expect(await views(other)).not.toContain('许清和: 临时 {}')
  })

  it.each([
    ['without a name', { name: '  ' }, 'view.name'],
    ['with an endless name', { name: '长'.repeat(41) }, 'view.name'],
    ['of a page that is none', { page: 'no/page' }, 'view.content'],
    ['that is no JSON', { content: '{' }, 'view.content'],
    ['of more than can be kept', { content: JSON.stringify('x'.repeat(20_000)) }, 'view.content'],
  ])('%s is refused', async (_, given, code) => {
    const before = await views(town)
    expect(await codeOf(save(town, given))).toBe(code)
    expect(await views(town)).toEqual(before)
  })

  it('is one of fifty a person has on a page', async () => {
    const own = (await views(town)).length
    for (let at = own; at < 50; at++) expect(await codeOf(save(town, { name: `第${at}个` }))).toBeUndefined()
    expect(await codeOf(save(town, { name: '再一个' }))).toBe('view.tooMany')
    expect(await codeOf(save(town, { name: '第49个', content: '[]' }))).toBeUndefined()
  })
})
