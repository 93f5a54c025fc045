import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hiddenGroups, type Group } from '../../server/src/analysis/suppress.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { codeOf, told, type Page } from './analysis.ts'
import { readGrid, save } from './sheets.ts'

let county: County
let analyst: Caller
let bureau: Caller
let town: Caller

beforeAll(async () => {
  county = await openCounty()
  analyst = await county.signIn('analyst')
  bureau = await county.signIn('county')
  town = await county.signIn('town')
})
afterAll(() => county?.close())

const raw = async <Row extends object = Record<string, any>>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows

interface Statistics {
  groups: number
  people: number | null
  rows: {
    keys: { key: string; id: string; name: string }[]
    suppressed: boolean
    people: number | null
    values: (string | null)[]
  }[]
}
const ask = (caller: Caller, given: string, variables: Record<string, unknown> = {}) =>
  caller.ask<{ statistics: Statistics }>(
    `query ($c: [ID!]!, $at: DateTimeISO, $f: SheetFilter) { statistics(cycles: $c, asOf: $at, filter: $f, ${given}) {
       groups people rows { keys { key id name } suppressed people values } } }`,
    { c: [county.cycle], ...variables },
  )
const read = async (caller: Caller, given: string, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await ask(caller, given, variables)
  if (errors) throw new Error(errors[0]!.extensions.code)
  return data.statistics
}

/** Thousandths, so that sums of points are whole numbers. */
const whole = (text: string): bigint => {
  const [front, back = ''] = text.split('.')
  return BigInt(front! + back.padEnd(3, '0').slice(0, 3))
}
/** n/d of thousandths as decimal text to two places, a half going up. */
function places(n: bigint, d: bigint): string {
  const scaled = (2n * n + 10n * d) / (20n * d)
  const text = `${scaled / 100n}.${String(scaled % 100n).padStart(2, '0')}`
  return text.replace(/\.?0+$/, '')
}
const sumOf = (values: bigint[]) => values.reduce((sum, value) => sum + value, 0n)
const sorted = (values: bigint[]) => values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
/** A percentile between its neighbours, of thousandths. */
function percentileOf(values: bigint[], percent: bigint): string {
  const all = sorted(values)
  const way = BigInt(all.length - 1) * percent
  const low = all[Number(way / 100n)]!
  const high = all[Number((way + 99n) / 100n)]!
  return places(low * 100n + (high - low) * (way % 100n), 100n)
}

interface Sheet {
  id: string
  town: string
  townName: string
  village: string
  person: string
  total: string
  days: number
  missing: number
  points: (string | null)[]
}
const sheets = () =>
  raw<Sheet>(
    `select s.id, s.town_id as town, u.name as "townName", s.village_id as village, s.coordinator_id as person, s.total::text as total, s.days, s.missing, s.points
       from sheet s join unit u on u.id = s.town_id`,
  )
/** The greatest points of the items of the sheet, in their order, as the regulation prints them. */
const maxima = async (): Promise<bigint[]> => {
  const { items } = await told<{ items: Page }>(
    bureau,
    '{ items(first: 21, orderBy: [{ field: sheetId }, { field: place }]) { nodes { max } } }',
  )
  return items.nodes.map(({ max }) => whole(max))
}

describe('statistics', () => {
  it('of towns are what a calculation of our own from the stored rows gives', async () => {
    const all = Map.groupBy(await sheets(), (sheet) => sheet.town)
    const max = await maxima()
    const { rows, groups, people } = await read(
      bureau,
      `groupBy: [town], measures: [{ as: count } { as: share } { as: sum } { as: mean } { as: yearMean } { as: median } { as: percentile, at: "90" }
         { as: percentile, at: "12.5" } { as: deviation } { as: min } { as: max } { as: fullMarks } { as: lossRate } { of: lost, as: sum } { of: missing, as: max }]`,
    )
    expect([groups, people]).toEqual([all.size, 120])
    for (const { keys, people: counted, values, suppressed } of rows) {
      const own = all.get(keys[0]!.id)!
      const persons = new Set(own.map(({ person }) => person)).size
      const totals = own.map(({ total }) => whole(total))
      const n = BigInt(own.length)
      const lost: bigint[] = []
      const full: boolean[] = []
      let most = 0n
      for (const { points } of own)
        for (const [at, text] of points.entries()) {
          if (text === null) continue
          lost.push(max[at]! - whole(text))
          full.push(whole(text) === max[at])
          most += max[at]!
        }
      const mean = Number(sumOf(totals)) / own.length
      const deviation = Math.sqrt(totals.reduce((sum, total) => sum + (Number(total) - mean) ** 2, 0) / own.length) / 1000
      const eighth = sorted(totals)
      const way = (own.length - 1) * 125
      const low = eighth[Math.floor(way / 1000)]!
      expect([keys[0]!.name, suppressed, counted, ...values.slice(0, 8), ...values.slice(9)]).toEqual([
        own[0]!.townName,
        false,
        persons,
        String(persons),
        places(BigInt(persons) * 100_000n, 120n),
        places(sumOf(totals), 1n),
        places(sumOf(totals), n),
        places(
          sumOf(own.map(({ total, days }) => whole(total) * BigInt(days))),
          BigInt(own.reduce((sum, { days }) => sum + days, 0)),
        ),
        percentileOf(totals, 50n),
        percentileOf(totals, 90n),
        places(low * 1000n + (eighth[Math.ceil(way / 1000)]! - low) * BigInt(way % 1000), 1000n),
        places(sorted(totals)[0]!, 1n),
        places(sorted(totals).at(-1)!, 1n),
        full.length === 0 ? null : places(BigInt(full.filter(Boolean).length) * 100_000n, BigInt(full.length)),
        most === 0n ? null : places(sumOf(lost) * 100_000n, most),
        lost.length === 0 ? null : places(sumOf(lost), 1n),
        String(Math.max(...own.map(({ missing }) => missing))),
      ])
      expect(Number(values[8])).toBeCloseTo(deviation, 2)
    }
  })

  it('of items and sections in a town add up to its sheets', async () => {
    const all = await sheets()
    const max = await maxima()
    const byItem = await read(
      bureau,
      'groupBy: [town, item], measures: [{ of: points, as: sum } { of: points, as: mean } { of: lost, as: mean } { as: fullMarks }], limit: 1000',
    )
    expect(byItem.groups).toBe(11 * 21)
    for (const { keys, values } of byItem.rows) {
      const place = Number(keys[1]!.id.slice(1)) - 4
      const points = all
        .filter((sheet) => sheet.town === keys[0]!.id)
        .flatMap(({ points: own }) => (own[place] == null ? [] : [whole(own[place])]))
      const n = BigInt(points.length)
      expect([keys[1]!.id, ...values]).toEqual(
        n === 0n
          ? [keys[1]!.id, null, null, null, null]
          : [
              keys[1]!.id,
              places(sumOf(points), 1n),
              places(sumOf(points), n),
              places(n * max[place]! - sumOf(points), n),
              places(BigInt(points.filter((one) => one === max[place]).length) * 100_000n, n),
            ],
      )
    }
    const bySection = await read(bureau, 'groupBy: [section, town], measures: [{ of: points, as: sum }], limit: 1000')
    const inSection = await read(bureau, 'groupBy: [section, item, town], measures: [{ of: points, as: sum }], limit: 1000')
    for (const { keys, values } of bySection.rows) {
      const parts = inSection.rows.filter((row) => row.keys[0]!.id === keys[0]!.id && row.keys[2]!.id === keys[1]!.id)
      const known = parts.flatMap(({ values: [sum] }) => (sum == null ? [] : [whole(sum)]))
      expect(values[0]).toBe(known.length === 0 ? null : places(sumOf(known), 1n))
    }
  })

  it('take a filter, a having, an order and a limit', async () => {
    const all = await sheets()
    const count = new Map<string, Set<string>>()
    for (const { townName, person, total } of all)
      if (whole(total) >= 93_000n) count.set(townName, (count.get(townName) ?? new Set()).add(person))
    const expected = [...count]
      .map(([name, { size }]): [string, number] => [name, size])
      .filter(([, size]) => size >= 3)
      .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    const { rows, groups } = await read(
      bureau,
      'groupBy: [town], measures: [{ as: count }], having: [{ measure: 0, gte: "3", lt: "99" }], orderBy: [{ measure: 0, direction: desc }, { key: town }], limit: 4',
      { f: { total: { gte: '93' } } },
    )
    expect(groups).toBe(expected.length)
    expect(rows.map(({ keys, people }) => [keys[0]!.name, people])).toEqual(expected.slice(0, 4))
  })

  it('group by grade as the cohort is graded, and by ages and years of service', async () => {
    const { resultRecords } = await told<{ resultRecords: Page }>(
      bureau,
      '{ resultRecords(first: 1000) { nodes { grade personId } } }',
    )
    const graded = Map.groupBy(resultRecords.nodes, ({ grade }) => grade ?? '')
    const { rows } = await read(bureau, 'groupBy: [grade], measures: [{ as: count }]')
    expect(Object.fromEntries(rows.map(({ keys, people }) => [keys[0]!.id, people]))).toEqual(
      Object.fromEntries([...graded].map(([grade, own]) => [grade, new Set(own.map(({ personId }) => personId)).size])),
    )
    const born = await raw<{ born: string; since: string }>(
      'select c.born_on::text as born, min(p.starts_on)::text as since from coordinator c join posting p on p.coordinator_id = c.id group by c.county_id, c.id',
    )
    const years = (day: string) => 2026 - Number(day.slice(0, 4)) - ('12-31' < day.slice(5) ? 1 : 0)
    const bandOf = (value: number, edges: [number, string][]) => edges.find(([below]) => value < below)![1]
    const tally = (names: string[]) =>
      Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, each]) => [name, each.length]))
    const bandsBy = async (key: string) =>
      Object.fromEntries(
        (await read(bureau, `groupBy: [${key}], measures: [{ as: count }]`)).rows.map(({ keys, people }) => [
          keys[0]!.id,
          people,
        ]),
      )
    expect(await bandsBy('ageBand')).toEqual(
      tally(
        born.map(({ born: day }) =>
          bandOf(years(day), [
            [30, '0-29'],
            [40, '30-39'],
            [50, '40-49'],
            [999, '50-'],
          ]),
        ),
      ),
    )
    expect(await bandsBy('tenureBand')).toEqual(
      tally(
        born.map(({ since }) =>
          bandOf(years(since), [
            [1, '0'],
            [3, '1-2'],
            [6, '3-5'],
            [999, '6-'],
          ]),
        ),
      ),
    )
  })

  it('are of what the caller sees: a town’s are its own', async () => {
    const all = await sheets()
    const { town_id: own } = (await raw('select town_id from sheet order by line limit 1'))[0]!
    const { rows, people } = await read(town, 'groupBy: [town], measures: [{ as: sum }, { as: share }]')
    const totals = all.filter((sheet) => sheet.town === own)
    expect(rows.map(({ keys, values }) => [keys[0]!.id, ...values])).toEqual([
      [own, places(sumOf(totals.map(({ total }) => whole(total))), 1n), '100'],
    ])
    expect(people).toBe(new Set(totals.map(({ person }) => person)).size)
  })

  it('as of a moment are those of that moment', async () => {
    const given = 'groupBy: [town], measures: [{ as: sum }, { of: lost, as: sum }, { of: missing, as: sum }]'
    const before = await read(bureau, given)
    await new Promise((resolve) => setTimeout(resolve, 5))
    const at = new Date().toISOString()
    await new Promise((resolve) => setTimeout(resolve, 5))
    const [sheet] = (await readGrid(town, county.cycle)).sheets
    await save(town, county.cycle, [[sheet!.id, 'i09', sheet!.cell.i09 || null, '0']])
    expect(await read(bureau, given)).not.toEqual(before)
    expect(await read(bureau, given, { at })).toEqual(before)
    expect(await codeOf(ask(bureau, 'groupBy: [grade], measures: [{ as: count }]', { at }))).toBe('asOf.notHere')
  })

  it.each([
    ['no measure', 'measures: []', 'statistics.measures'],
    ['a key twice', 'groupBy: [town, town], measures: [{ as: count }]', 'statistics.keys'],
    ['five keys', 'groupBy: [town, year, policy, item, month], measures: [{ as: count }]', 'statistics.keys'],
    ['a percentile of nothing', 'measures: [{ as: percentile }]', 'statistics.percentile'],
    ['a percentile above a hundred', 'measures: [{ as: percentile, at: "100.1" }]', 'statistics.percentile'],
    ['a percentile for a mean', 'measures: [{ as: mean, at: "50" }]', 'statistics.percentile'],
    ['a measure that is not there', 'measures: [{ as: mean }], having: [{ measure: 1, gt: "1" }]', 'statistics.place'],
    [
      'an order by no key of the groups',
      'groupBy: [town], measures: [{ as: mean }], orderBy: [{ key: grade }]',
      'statistics.order',
    ],
    ['an order by nothing', 'measures: [{ as: mean }], orderBy: [{ direction: desc }]', 'statistics.order'],
    ['a limit of nothing', 'measures: [{ as: mean }], limit: 0', 'page.size'],
  ])('with %s are refused', async (_, given, code) => {
    expect(await codeOf(ask(bureau, given))).toBe(code)
  })

  it('of no cycle, an unknown one or another county’s are refused', async () => {
    for (const [cycles, code] of [
      [[], 'statistics.cycles'],
      [['x'], 'cycle.unknown'],
      [['01900000-0000-7000-8000-000000000000'], 'cycle.unknown'],
    ] as const)
      expect(await codeOf(ask(bureau, 'measures: [{ as: count }]', { c: cycles }))).toBe(code)
  })
})

describe('ready queries', () => {
  it('the heat map is where towns lose points, item by item', async () => {
    const { heatMap } = await told(bureau, 'query ($c: ID!) { heatMap(cycle: $c) { id item lost lossRate fullMarks people } }', {
      c: county.cycle,
    })
    const { rows } = await read(
      bureau,
      'groupBy: [town, item], measures: [{ of: lost, as: mean } { as: lossRate } { as: fullMarks }], limit: 1000',
    )
    expect(heatMap).toEqual(
      rows.map(({ keys, values: [lost, lossRate, fullMarks], people }) => ({
        id: keys[0]!.id,
        item: keys[1]!.id,
        lost,
        lossRate,
        fullMarks,
        people,
      })),
    )
  })

  it('leniency is a town’s mean beside the county’s, the most lenient first', async () => {
    const all = await sheets()
    const { leniency } = await told(bureau, 'query ($c: ID!) { leniency(cycle: $c) { id mean difference } }', { c: county.cycle })
    const countyMean = Number(sumOf(all.map(({ total }) => whole(total)))) / all.length / 1000
    const means = leniency.map(({ mean }: { mean: string }) => Number(mean))
    expect(means).toEqual(means.toSorted((a: number, b: number) => b - a))
    for (const { id, mean, difference } of leniency) {
      const own = all.filter((sheet) => sheet.town === id).map(({ total }) => whole(total))
      expect(mean).toBe(places(sumOf(own), BigInt(own.length)))
      expect(Number(difference)).toBeCloseTo(Number(sumOf(own)) / own.length / 1000 - countyMean, 2)
    }
  })

  it('movement compares two years: scores, ranks with ties, who came and who left', async () => {
    const [{ id: countyId }] = (await raw('select id from county')) as [{ id: string }]
    const before = '01900000-0000-7000-8000-00000000b0b0'
    await raw(
      `insert into cycle (county_id, id, year, period, policy_id, policy_hash, choices, approvals, left_out, state, base_date)
       select county_id, $1, 2025, period, policy_id, policy_hash, choices, approvals, left_out, state, '2025-12-31' from cycle`,
      [before],
    )
    const villages = await raw<{ id: string; town: string }>(
      `select id, parent_id as town from unit where kind = 'village' order by code limit 4`,
    )
    const rows = await raw(`select distinct on (village_id) * from sheet where village_id = any($1) order by village_id, line`, [
      villages.map(({ id }) => id),
    ])
    const totals = ['80', '90', '90', '70']
    for (const [at, { id }] of villages.entries()) {
      const like = rows.find((row) => row.village_id === id)!
      await raw(
        `insert into sheet select ($1::sheet).*`.replace('($1::sheet).*', `* from json_populate_record(null::sheet, $1)`),
        [
          JSON.stringify({
            ...like,
            county_id: countyId,
            cycle_id: before,
            id: `01900000-0000-7000-8000-00000000000${at}`,
            total: totals[at],
            line: at + 1,
          }),
        ],
      )
    }
    const { movement } = await told(
      bureau,
      'query ($c: ID!, $b: ID!) { movement(cycle: $c, before: $b) { id before now change rankBefore rankNow climbed suppressed } }',
      { c: county.cycle, b: before },
    )
    const { villageRanking } = await told(
      bureau,
      'query ($c: ID!) { villageRanking(cycle: $c) { villages { village score rank } } }',
      { c: county.cycle },
    )
    const [first, second, third, fourth] = villages.map(({ id }) => movement.find((row: { id: string }) => row.id === id))
    expect([first, second, third, fourth].map(({ before: was, rankBefore }) => [was, rankBefore])).toEqual([
      ['80', 3],
      ['90', 1],
      ['90', 1],
      ['70', 4],
    ])
    for (const { village, score, rank } of villageRanking.villages) {
      const row = movement.find(({ id }: { id: string }) => id === village)
      expect([row.now, row.rankNow]).toEqual([score, rank])
    }
    expect(first.climbed).toBe(3 - first.rankNow)
    expect(Number(first.change)).toBeCloseTo(Number(first.now) - 80, 2)
    expect(movement.filter(({ before: was }: { before: string | null }) => was === null)).toHaveLength(116)
    const masked = await told(
      analyst,
      'query ($c: ID!, $b: ID!) { movement(cycle: $c, before: $b) { suppressed before now rankNow } }',
      { c: county.cycle, b: before },
    )
    expect(new Set(masked.movement.map((row: object) => JSON.stringify(row)))).toEqual(
      new Set([JSON.stringify({ suppressed: true, before: null, now: null, rankNow: null })]),
    )
    await raw('delete from sheet where cycle_id = $1', [before])
    await raw('delete from cycle where id = $1', [before])
  })
})

describe('small groups', () => {
  const groups = (...people: number[]): Group[] => people.map((n, at) => ({ keys: [`k${at}`], people: n, whole: n }))
  const hidden = (all: Group[]) => {
    const found = hiddenGroups(all, () => ['whole'])
    return all.map((group) => found.has(group))
  }

  it.each<[what: string, all: Group[], hidden: boolean[]]>([
    ['of five are told', groups(5, 6, 20), [false, false, false]],
    ['of four are not, nor the next smallest, which would give them away', groups(4, 20, 6, 9), [true, false, true, false]],
    ['two of three are seven together: enough', groups(3, 4, 9), [true, true, false]],
    ['two of one and two are three together: too few', groups(1, 2, 9, 8), [true, true, false, true]],
    ['an empty one gives nobody away', groups(0, 9, 8), [true, false, false]],
    ['an empty one hides nobody beside it', groups(0, 3, 9, 8), [true, true, false, true]],
    ['alone stay alone', groups(3), [true]],
    ['what a filter leaves out counts as well', [{ keys: ['a'], people: 9, whole: 10 }, ...groups(8, 7)], [true, false, true]],
    ['what a filter leaves out is enough from five', [{ keys: ['a'], people: 9, whole: 14 }, ...groups(8)], [false, false]],
  ])('%s', (_, all, expected) => expect(hidden(all)).toEqual(expected))

  it('are hidden along every key, until no line gives one away', () => {
    const table = [
      [3, 9, 9],
      [9, 9, 9],
      [9, 9, 6],
    ]
    const all = table.flatMap((row, y) =>
      row.map((people, x): Group => ({ keys: [String(y), String(x)], people, whole: people })),
    )
    const found = hiddenGroups(all, ({ keys: [y, x] }) => [`row ${y}`, `column ${x}`])
    for (const line of ['0', '1', '2'])
      for (const at of [0, 1]) {
        const inLine = all.filter((group) => group.keys[at] === line && found.has(group))
        expect(inLine.length === 0 || (inLine.length > 1 && inLine.reduce((sum, { people }) => sum + people, 0) >= 5)).toBe(true)
      }
    expect(found.has(all[0]!)).toBe(true)
  })

  it('are told to the bureau and not to analysts: nothing subtracts to them', async () => {
    const [first, second] = await raw<{ id: string }>(`select id from unit where kind = 'town' order by code limit 2`)
    // Four people are left in one town, seven in another; the others have ten or more.
    for (const [at, left] of [
      [first!.id, 4],
      [second!.id, 7],
    ] as const)
      await raw(
        `delete from sheet where town_id = $1 and coordinator_id not in
           (select distinct coordinator_id from sheet where town_id = $1 order by 1 limit $2)`,
        [at, left],
      )
    const given = 'groupBy: [town], measures: [{ as: count }, { as: sum }, { as: share }]'
    const [seen, masked] = [await read(bureau, given), await read(analyst, given)]
    expect(seen.rows.every(({ suppressed }) => !suppressed)).toBe(true)
    const not = masked.rows.filter(({ suppressed }) => suppressed)
    expect(not.map(({ keys }) => keys[0]!.id).toSorted()).toEqual([first!.id, second!.id].toSorted())
    for (const { people, values } of not) expect([people, ...values]).toEqual([null, null, null, null])
    const shares = masked.rows.flatMap(({ values: [, , share] }) => (share === null ? [] : [Number(share)]))
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0)
    const line = masked.rows.find(({ suppressed }) => !suppressed)!
    expect(seen.rows.find(({ keys }) => keys[0]!.id === line.keys[0]!.id)!.values.slice(0, 2)).toEqual(line.values.slice(0, 2))
    // What is hidden is in no having, and comes last in every order.
    const bounded = await read(analyst, `${given}, having: [{ measure: 0, lte: "4" }]`)
    expect(bounded.rows.map(({ suppressed }) => suppressed)).toEqual([true, true])
    for (const direction of ['asc', 'desc']) {
      const { rows } = await read(analyst, `${given}, orderBy: [{ measure: 1, direction: ${direction} }]`)
      expect(rows.slice(-2).every(({ suppressed }) => suppressed)).toBe(true)
    }
  })

  it('are not had by two filters that differ by one person, nor by asking who passes one', async () => {
    const [one] = await raw<{ id: string; town: string; person: string }>(
      `select id, town_id as town, coordinator_id as person from sheet s where (select count(*) from sheet o where o.coordinator_id = s.coordinator_id) = 1 order by line desc limit 1`,
    )
    const given = 'groupBy: [town], measures: [{ as: sum }]'
    const without = await read(analyst, given, { f: { not: { id: { eq: one!.id } } } })
    expect(without.people).toBeNull()
    expect(without.rows.find(({ keys }) => keys[0]!.id === one!.town)).toMatchObject({
      suppressed: true,
      people: null,
      values: [null],
    })
    const only = await read(analyst, given, { f: { id: { eq: one!.id } } })
    expect(only.people).toBeNull()
    expect(only.rows).toHaveLength(11)
    expect(only.rows.every(({ suppressed }) => suppressed)).toBe(true)
    expect(await read(analyst, given, { f: { id: { eq: one!.id }, total: { gte: '0' } } })).toEqual(
      await read(analyst, given, { f: { id: { eq: one!.id }, total: { gte: '100.5' } } }),
    )
    const village = await read(analyst, 'groupBy: [village], measures: [{ as: mean }]')
    expect(village.rows.every(({ suppressed }) => suppressed)).toBe(true)
    const ages = await read(analyst, 'groupBy: [ageBand, grade], measures: [{ as: count }]', { f: { id: { eq: one!.id } } })
    expect(ages.rows).toHaveLength(4 * 5)
    expect(ages.rows.every(({ suppressed }) => suppressed)).toBe(true)
  })
})
