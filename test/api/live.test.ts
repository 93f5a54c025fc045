import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/base/config.ts'
import { openCounty, signIn, type Caller, type County } from '../county.ts'
import { newKey, readGrid, save, sheetsOf, type GridSheet, type Rows } from './sheets.ts'
import { listen, type Listening } from './stream.ts'

let county: County
let town: Caller
let other: Caller
let fields: string[]
let sheets: GridSheet[]

beforeAll(async () => {
  county = await openCounty()
  town = await county.signIn('town')
  other = await county.signIn('town2')
  fields = (await readGrid(town, county.cycle)).columns.map(({ field }) => field)
})
beforeEach(async () => {
  ;({ sheets } = await readGrid(town, county.cycle))
})
afterAll(() => county.close())

interface Change {
  seq: number
  changeSet: string
  by: string
  key: string | null
  rows: Rows
}
const CHANGED = `subscription ($cycle: ID!) {
  gridChanged(cycle: $cycle, view: criteria) {
    ... on GridChange { seq changeSet by key rows { count ids cells marks totals missing limits states mayScore seq } }
    ... on Presence { account by sheet field }
  }
}`
const hear = (caller: Caller, origin = county.origin): Promise<Listening<Change>> =>
  listen(origin, caller.cookie, CHANGED, { cycle: county.cycle })
const turn = (caller: Caller, at: number, value: string, key = newKey()) => {
  const { id, cell } = sheets[at]!
  return save(caller, county.cycle, [[id, 'absentDays', cell.absentDays || null, value]], { key })
}

describe('a change', () => {
  it('by somebody else arrives with the sheets as they now stand', async () => {
    const stream = await hear(town)
    const { changeSet } = await turn(other, 0, '1')
    const change = (await stream.next())!
    expect(change).toMatchObject({ changeSet, by: '秦书言', key: null })
    const [told] = sheetsOf(fields, change.rows)
    const fresh = (await readGrid(town, county.cycle)).sheets[0]!
    expect(told).toEqual({ ...fresh, name: '', village: '', town: '' })
    await stream.stop()
  })

  it('of one’s own carries the key it was sent with', async () => {
    const stream = await hear(town)
    const key = newKey()
    await turn(town, 1, '2', key)
    expect(await stream.next()).toMatchObject({ key, by: '许清和' })
    await stream.stop()
  })

  it('in one town is not told in another, nor of another village, and is told to the county', async () => {
    const bureau = await county.signIn('county')
    const { rows } = await county.app.database.pool.query<{ id: string; town: string }>(
      `select (array_agg(id order by code))[2] as id, parent_id as town from unit where kind = 'village' group by parent_id order by min(code) limit 2`,
    )
    // Somebody of the next town, and the village whose sheets are not the ones changed.
    const stranger = await moved('town2', rows[1]!.town)
    const village = await moved('village', rows[0]!.id)
    const streams = [await hear(stranger), await hear(village), await hear(bureau)] as const
    const [first, second] = [await turn(town, 0, '3'), await turn(town, 1, '3.5')]
    expect(sheets[0]!.village).not.toBe(sheets[1]!.village)
    expect(await streams[2].next()).toMatchObject({ changeSet: first.changeSet })
    expect(await streams[2].next()).toMatchObject({ changeSet: second.changeSet })
    expect(await streams[1].next()).toMatchObject({ changeSet: second.changeSet, rows: { count: 1, ids: sheets[1]!.id } })
    for (const stream of streams) await stream.stop()
    expect(streams[0].heard).toEqual([])
    other = await moved('town2', rows[0]!.town)
  })

  it('is told to an analyst without the name of who made it', async () => {
    const stream = await hear(await county.signIn('analyst'))
    await turn(town, 2, '4')
    expect((await stream.next())!.by).toBe('许＊＊')
    await stream.stop()
  })

  it('made through another process on the same database arrives too', async () => {
    const second = await startApp(
      readConfig({ DATABASE_URL: county.databaseUrl, PORT: '0', LOG_LEVEL: 'fatal', KAOHE_LANG: 'en' }),
    )
    const stream = await hear(town)
    const there = await signIn(second.origin, 'town2')
    const { changeSet } = await turn(there, 3, '5')
    expect(await stream.next()).toMatchObject({ changeSet, by: '秦书言' })
    await stream.stop()
    await second.stop()
  })

  it('is told once for each change set, in their order', async () => {
    const stream = await hear(town)
    const made: string[] = []
    for (const at of [0, 1, 2, 3, 4, 5]) made.push((await turn(other, at, `${6 + at}`)).changeSet!)
    const heard: string[] = []
    while (heard.length < made.length) heard.push((await stream.next())!.changeSet)
    expect(heard).toEqual(made)
    await stream.stop()
  })
})

describe('where somebody is', () => {
  interface Presence {
    account: string
    by: string
    sheet: string | null
    field: string | null
  }
  const show = (caller: Caller, sheet: string | null, field: string | null) =>
    caller.ask('mutation ($cycle: ID!, $sheet: ID, $field: String) { showPlace(cycle: $cycle, sheet: $sheet, field: $field) }', {
      cycle: county.cycle,
      sheet,
      field,
    })
  const follow = (caller: Caller) => listen<Presence>(county.origin, caller.cookie, CHANGED, { cycle: county.cycle })

  it('is told to others, not to themselves, and so is leaving', async () => {
    const [own, others] = [await follow(other), await follow(town)]
    await show(other, sheets[0]!.id, 'i04')
    expect(await others.next()).toMatchObject({ by: '秦书言', sheet: sheets[0]!.id, field: 'i04' })
    await show(other, null, null)
    expect(await others.next()).toMatchObject({ by: '秦书言', sheet: null, field: null })
    await turn(town, 0, '1.5')
    expect(await own.next()).toHaveProperty('changeSet')
    for (const stream of [own, others]) await stream.stop()
  })

  it('where a listener may not see is not told, and is leaving for whoever saw them before', async () => {
    const bureau = await county.signIn('county')
    const { sheets: all } = await readGrid(bureau, county.cycle)
    const elsewhere = all.find((sheet) => sheet.town !== sheets[0]!.town)!
    const stream = await follow(town)
    await show(bureau, elsewhere.id, 'i04')
    await show(bureau, sheets[1]!.id, 'i05')
    await show(bureau, elsewhere.id, 'i06')
    await show(bureau, elsewhere.id, 'i07')
    await show(bureau, sheets[2]!.id, 'i08')
    const heard = [await stream.next(), await stream.next(), await stream.next()]
    expect(heard.map((one) => [one!.sheet, one!.field])).toEqual([
      [sheets[1]!.id, 'i05'],
      [null, null],
      [sheets[2]!.id, 'i08'],
    ])
    await stream.stop()
  })

  it('is told to an analyst under a masked name', async () => {
    const stream = await follow(await county.signIn('analyst'))
    await show(town, sheets[0]!.id, 'i04')
    expect((await stream.next())!.by).toBe('许＊＊')
    await stream.stop()
  })

  it('takes only a sheet of that cycle which the caller may see', async () => {
    const { sheets: all } = await readGrid(await county.signIn('county'), county.cycle)
    const elsewhere = all.find((sheet) => sheet.town !== sheets[0]!.town)!
    for (const sheet of [elsewhere.id, 'x', '01900000-0000-7000-8000-000000000000'])
      expect((await show(town, sheet, 'i04')).errors![0]!.extensions.code).toBe('sheet.unknown')
  })
})

/** Gives a demo account its role in another unit, and signs it in. */
async function moved(login: string, unit: string): Promise<Caller> {
  await county.app.database.pool.query(
    'update role_grant g set unit_id = $2 from account a where a.id = g.account_id and a.login = $1',
    [login, unit],
  )
  return county.signIn(login)
}

describe('a listener', () => {
  it('who is not signed in is refused with 401, and who asks for something else with 400', async () => {
    const refused = async (cookie: string, query: string, variables = {}) => {
      const response = await fetch(`${county.origin}/graphql/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept': 'text/event-stream', cookie },
        body: JSON.stringify({ query, variables }),
      })
      return [
        response.status,
        ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code,
      ]
    }
    expect(await refused('', CHANGED)).toEqual([401, 'signIn.needed'])
    expect(await refused(town.cookie, '{ me { name } }')).toEqual([400, 'request.notStreamed'])
    expect(await refused(town.cookie, 'mutation { undoChangeSet(id: "x", key: "12345678") { applied } }')).toEqual([
      400,
      'request.notStreamed',
    ])
    expect(await refused(town.cookie, '{ nothing }')).toEqual([400, 'GRAPHQL_VALIDATION_FAILED'])
    expect(await refused(town.cookie, 'subscription {')).toEqual([400, 'GRAPHQL_PARSE_FAILED'])
    const bomb = Array.from({ length: 40 }, (_, at) => `fragment f${at} on Subscription { ...f${at + 1} ...f${at + 1} }`)
    expect(
      await refused(town.cookie, `subscription { ...f0 } ${bomb.join(' ')} fragment f40 on Subscription { __typename }`),
    ).toEqual([400, expect.stringMatching(/./)])
  })

  it('of a cycle that does not exist is told so', async () => {
    const stream = await listen(county.origin, town.cookie, CHANGED, { cycle: 'x' })
    await expect(stream.next()).rejects.toThrow(/cycle\.unknown/)
  })

  it('who has signed out hears nothing more', async () => {
    const leaving = await county.signIn('town')
    const stream = await hear(leaving)
    await fetch(`${county.origin}/session`, { method: 'DELETE', headers: { cookie: leaving.cookie } })
    await turn(other, 5, '12')
    expect(await stream.next().catch(() => undefined)).toBeUndefined()
    expect(stream.heard).toEqual([])
  })

  it('who goes away is forgotten at once', async () => {
    const feed = county.app.feed
    const before = feed.listening
    const streams = await Promise.all([hear(town), hear(other)])
    expect(feed.listening).toBe(before + 2)
    for (const stream of streams) await stream.stop()
    await expect.poll(() => feed.listening).toBe(before)
  })

  it('is cut off when the database’s word no longer comes, and hears again afterwards', async () => {
    const stream = await hear(town)
    const ended = stream.next().catch(() => undefined)
    await county.app.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen kaohe_change' and datname = current_database()`,
    )
    expect(await ended).toBeUndefined()
    // It comes back by itself; until then whoever listens is cut off at once.
    const again = await expectConnected()
    const { changeSet } = await turn(other, 4, '13')
    expect(await again.next()).toMatchObject({ changeSet })
    await again.stop()
  })

  async function expectConnected(): Promise<Listening<Change>> {
    for (;;) {
      const stream = await hear(town)
      const waited = new Promise((resolve) => setTimeout(resolve, 200, 'stands'))
      if ((await Promise.race([waited, stream.over])) === 'stands') return stream
    }
  }
})

it('what changed since a number is just those sheets', async () => {
  const { rows } = await readGrid(town, county.cycle)
  expect((await readGrid(town, county.cycle, { since: rows.seq })).rows.count).toBe(0)
  await turn(other, 2, '0.5')
  await turn(town, 4, '0.5')
  const since = await readGrid(town, county.cycle, { since: rows.seq })
  expect(since.sheets.map(({ id }) => id)).toEqual([sheets[2]!.id, sheets[4]!.id])
  expect(since.rows.seq).toBe(rows.seq + 2)
  const whole = await readGrid(town, county.cycle)
  expect(since.sheets).toEqual([whole.sheets[2], whole.sheets[4]])
})

it('a server that stops ends every stream', async () => {
  const second = await startApp(readConfig({ DATABASE_URL: county.databaseUrl, PORT: '0', LOG_LEVEL: 'fatal', KAOHE_LANG: 'en' }))
  const stream = await hear(await signIn(second.origin, 'town'), second.origin)
  const ended = stream.next().catch(() => undefined)
  await second.stop()
  expect(await ended).toBeUndefined()
  await expect(fetch(`${second.origin}/health`)).rejects.toThrow()
})
