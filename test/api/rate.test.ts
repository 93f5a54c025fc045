import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Buckets, loadLimits } from '../../server/src/request/load.ts'
import { PoliciesDocument } from '../../web/src/gql/documents.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { press } from './press.ts'
import { readGrid, save } from './sheets.ts'

const send = (county: County, cookie: string, query: string, variables = {}) =>
  fetch(`${county.origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-lang': 'zh', cookie },
    body: JSON.stringify({ query, variables }),
  })
const headersOf = ({ headers }: Response) =>
  ['limit', 'remaining', 'reset'].map((name) => Number(headers.get(`ratelimit-${name}`)))

describe('a bucket', () => {
  it('holds a minute’s worth, fills as time goes by, and says how long to wait', () => {
    let now = 0
    const buckets = new Buckets(60, () => now)
    expect(buckets.take('a', 59)).toEqual({ left: 1, full: 59 })
    expect(buckets.take('b', 1)).toEqual({ left: 59, full: 1 })
    expect(buckets.take('a', 1)).toEqual({ left: 0, full: 60 })
    expect(buckets.take('a', 5)).toEqual({ left: 0, full: 60, wait: 5 })
    now = 4999
    expect(buckets.take('a', 5).wait).toBe(1)
    now = 5000
    expect(buckets.take('a', 5)).toEqual({ left: 0, full: 60 })
    now = 1_000_000
    expect(buckets.take('a', 1)).toEqual({ left: 59, full: 1 })
    expect(buckets.take('c', 900)).toEqual({ left: 0, full: 60 })
  })
})

describe('how often somebody may ask', () => {
  let county: County
  beforeAll(async () => void (county = await openCounty({ env: { KAOHE_RATE: '40' } })))
  afterAll(() => county?.close())

  it('is told with every answer, and beyond it there is a sentence and when to come again', async () => {
    const { cookie } = await county.signIn('town')
    const first = await send(county, cookie, '{ me { name } }')
    expect(headersOf(first)).toEqual([40, 39, 2])
    let last = first
    for (let at = 0; at < 60 && last.status === 200; at++) last = await send(county, cookie, '{ me { name } }')
    expect(last.status).toBe(429)
    expect(headersOf(last).slice(0, 2)).toEqual([40, 0])
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await last.json()).toMatchObject({
      errors: [{ message: expect.stringMatching(/秒后再试/), extensions: { code: 'rate.tooMany' } }],
    })
    // Somebody else of the same office goes on.
    expect((await send(county, (await county.signIn('town2')).cookie, '{ me { name } }')).status).toBe(200)
    const export_ = await fetch(`${county.origin}/export`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ query: '{ policies { id } }', format: 'csv' }),
    })
    expect(export_.status).toBe(429)
    const stream = await fetch(`${county.origin}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept': 'text/event-stream', cookie },
      body: JSON.stringify({ query: 'subscription { gridChanged(cycle: "x") { __typename } }' }),
    })
    expect([stream.status, stream.headers.has('retry-after')]).toEqual([429, true])
  })

  it('counts a costly question of one’s own by its cost, and one of the page as one', async () => {
    const { cookie } = await county.signIn('analyst')
    const left = async (query: string, variables = {}) => headersOf(await send(county, cookie, query, variables))[1]!
    const before = await left('{ me { name } }')
    expect(before - (await left(String(PoliciesDocument)))).toBeLessThanOrEqual(1)
    // 100 for the ranking and 2 fields: 102 / 25, rounded up.
    const now = await left('{ me { name } }')
    const after = await left('query ($c: ID!) { villageRanking(cycle: $c) { villages { name } } }', { c: county.cycle })
    expect(now - after).toBeGreaterThanOrEqual(4)
    expect(now - after).toBeLessThanOrEqual(5)
  })

  it('from one address has a bound of its own, for strangers too', async () => {
    const statuses = new Set<number>()
    for (let at = 0; at < 9; at++)
      for (const { status } of await Promise.all(Array.from({ length: 45 }, () => send(county, '', '{ me { name } }'))))
        statuses.add(status)
    expect([...statuses].sort()).toEqual([401, 429])
  })
})

describe('when too much is asked at once', () => {
  let county: County
  let town: Caller
  beforeAll(async () => {
    county = await openCounty()
    town = await county.signIn('town')
  })
  afterAll(() => county?.close())
  const SLOW = 'query ($c: ID!) { villageRanking(cycle: $c) { villages { name score grades { name count } } } }'

  const pressed = (cookie: string, callers: number, ms: number, patience = 100) =>
    press({ origin: county.origin, cookie, query: SLOW, variables: { c: county.cycle }, callers, ms, patience })
  const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
  /** Of times in order. */
  const p = (percent: number, times: number[]) => times[Math.min(times.length - 1, Math.floor((times.length * percent) / 100))]!

  it('what is under way stays quick, what is beyond is told to wait, nothing fails, and afterwards all is as before', async () => {
    const { cookie } = await county.signIn('county')
    await pressed(cookie, 24, 1500)
    // Others use this machine too: each round is compared with what it had just then, and the median of the rounds counts.
    const rounds: { goodput: number; slower: number; refusing: number; recovered: number; slowed: number }[] = []
    for (let round = 0; round < 7; round++) {
      const calm = await pressed(cookie, 2, 300)
      const peak = await pressed(cookie, 24, 700)
      // Impatient by the machine's own measure: the excess is the same multiple of what it can do on any machine.
      const over = await pressed(cookie, 240, 1400, 10 * p(50, calm.took.answered))
      const after = await pressed(cookie, 2, 300)
      const again = await pressed(cookie, 24, 700)
      expect(Object.keys(over.told).sort()).toEqual(['200', '503'])
      expect(over.retryAfter).toEqual(['2'])
      for (const { told } of [calm, peak, after, again]) expect(Object.keys(told)).toEqual(['200'])
      rounds.push({
        goodput: (2 * over.perSecond) / (peak.perSecond + again.perSecond),
        slower: (2 * p(99, over.took.answered)) / (p(99, peak.took.answered) + p(99, again.took.answered)),
        refusing: p(50, over.took.refused) / p(50, over.took.answered),
        recovered: after.perSecond / calm.perSecond,
        slowed: p(50, after.took.answered) / p(50, calm.took.answered),
      })
    }
    const of = (what: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[what]))
    expect(of('goodput')).toBeGreaterThan(0.7)
    // Twice as many are worked on at once; without a gate it would be ten times as many.
    expect(of('slower')).toBeLessThan(5)
    expect(of('refusing')).toBeLessThan(0.3)
    expect(of('recovered')).toBeGreaterThan(0.6)
    expect(of('slowed')).toBeLessThan(1.7)
  })

  it('changes have a share of their own', async () => {
    const { cookie } = await county.signIn('county')
    const { sheets } = await readGrid(town, county.cycle)
    const { id, cell } = sheets[0]!
    const pressing = pressed(cookie, loadLimits.inFlight * 4, 2000)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const saved = await save(town, county.cycle, [[id, 'absentDays', cell.absentDays || null, '1.5']])
    expect(saved.leftOut).toEqual([])
    expect((await pressing).told[503]).toBeGreaterThan(0)
  })
})
