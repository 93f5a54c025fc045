import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, tamper, type Caller, type County } from '../county.ts'
import { codeOf, statements, told, type Page } from './analysis.ts'
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

interface Sheet {
  id: string
  line: number
  town: string
  village: string
  person: string
  total: number
  missing: number
  stage: string
  full: boolean
  name: string
  place: string
}
const sheets = () =>
  raw<Sheet>(
    `select s.id, s.line, s.town_id as town, s.village_id as village, s.coordinator_id as person, s.total::float8 as total, s.missing, s.stage,
            s.full_time as "full", c.name, v.name as place
       from sheet s join coordinator c on c.id = s.coordinator_id join unit v on v.id = s.village_id order by s.line`,
  )
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).toSorted()

/** Every row of a connection, page after page. */
async function paged(caller: Caller, name: string, order: unknown[], size: number, between?: () => Promise<unknown>) {
  const type = { sheets: 'Sheet', people: 'Person', items: 'Item' }[name]
  const seen: Record<string, any>[] = []
  for (let after: string | null = null; ;) {
    const data: Record<string, Page> = await told(
      caller,
      `query ($o: [${type}Order!], $f: Int!, $a: String) { ${name}(orderBy: $o, first: $f, after: $a) {
         nodes { id } pageInfo { hasNextPage endCursor } } }`,
      { o: order, f: size, a: after },
    )
    const { nodes, pageInfo } = data[name]!
    expect(nodes.length).toBeLessThanOrEqual(size)
    seen.push(...nodes)
    if (!pageInfo.hasNextPage) return seen.map(({ id }) => id as string)
    if (after === null) await between?.()
    after = pageInfo.endCursor
  }
}

describe('pages', () => {
  it('hold every row once, in the order asked for, with ties and empty values among them', async () => {
    const all = await sheets()
    const by =
      (...keys: ((row: Sheet) => number | string)[]) =>
      (a: Sheet, b: Sheet) => {
        for (const key of keys) if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1
        return a.id < b.id ? -1 : 1
      }
    for (const [order, sorted] of [
      [[], by(({ line }) => line)],
      [[{ field: 'total', direction: 'desc' }], by(({ total }) => -total)],
      [
        [{ field: 'missing' }, { field: 'total' }],
        by(
          ({ missing }) => missing,
          ({ total }) => total,
        ),
      ],
      [
        [
          { field: 'townId', direction: 'desc' },
          { field: 'line', direction: 'desc' },
        ],
        undefined,
      ],
    ] as const) {
      const found = await paged(analyst, 'sheets', [...order], 17)
      if (sorted) expect(found).toEqual(all.toSorted(sorted).map(({ id }) => id))
      expect(found.toSorted()).toEqual(ids(all))
    }
    const items = await paged(bureau, 'items', [{ field: 'points', direction: 'desc' }], 1000)
    expect(new Set(items).size).toBe(126 * 21)
    const { items: last } = await told<{ items: Page }>(
      bureau,
      '{ items(first: 1, orderBy: [{ field: points, direction: desc }], filter: { points: { isNull: true } }) { totalCount } }',
    )
    const lacking = new Set(
      (
        await raw(`select s.id || '.' || place as at from sheet s, unnest(s.points) with ordinality u(p, place) where p is null`)
      ).map(({ at }) => at),
    )
    expect(last.totalCount).toBe(lacking.size)
    expect(lacking.size).toBeGreaterThan(0)
  })

  it('keep their places while rows are added', async () => {
    const before = ids(await raw('select id from coordinator'))
    const id = '01900000-0000-7000-8000-00000000aaaa'
    const found = await paged(bureau, 'people', [{ field: 'name' }], 11, () =>
      raw(
        `insert into coordinator (county_id, id, name, gender, born_on) select id, $1, 'A先', 'male', '1990-01-01' from county`,
        [id],
      ),
    )
    await raw('delete from coordinator where id = $1', [id])
    expect(found.toSorted()).toEqual(before)
  })

  it('have 1 to 1000 rows, and count all only when asked', async () => {
    for (const first of [0, -1, 1001, 2_000_000_000])
      expect(await codeOf(bureau.ask(`query ($n: Int!) { towns(first: $n) { nodes { id } } }`, { n: first }))).toMatch(
        first > 100_000 ? /^request\.tooCostly$/ : /^page\.size$/,
      )
    const without = await statements(county, () => told(bureau, '{ sheets(first: 5) { nodes { id } } }'))
    const withCount = await statements(county, () => told(bureau, '{ sheets(first: 5) { nodes { id } totalCount } }'))
    const alone = await statements(county, () => told(bureau, '{ sheets { totalCount } }'))
    expect([withCount - without, alone - without]).toEqual([1, 0])
  })

  it('take no cursor that is damaged, of another order, another filter, another list or another parent', async () => {
    const page = await told<{ sheets: Page }>(bureau, '{ sheets(first: 2) { pageInfo { endCursor } } }')
    const cursor = page.sheets.pageInfo.endCursor!
    const ask = (list: string, after: string) =>
      codeOf(bureau.ask(`query ($a: String) { ${list} { nodes { id } } }`, { a: after }))
    expect(await ask('sheets(first: 9, after: $a)', cursor)).toBeUndefined()
    const [mark, values] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const forged = Buffer.from(JSON.stringify([mark, [...values.slice(0, -1), '01900000-0000-7000-8000-000000000000']])).toString(
      'base64url',
    )
    for (const [list, after] of [
      ['sheets(after: $a)', cursor.slice(0, -3)],
      ['sheets(after: $a)', `x${cursor.slice(1)}`],
      ['sheets(after: $a)', forged],
      ['sheets(after: $a)', ''],
      ['sheets(after: $a)', 'bnVsbA'],
      ['sheets(after: $a, orderBy: [{ field: total }])', cursor],
      ['sheets(after: $a, filter: { fullTime: { eq: true } })', cursor],
      ['people(after: $a)', cursor],
    ] as const)
      expect([list, await ask(list, after)]).toEqual([list, 'cursor.wrong'])
    const nested = await told<{ towns: Page }>(
      bureau,
      '{ towns(first: 2) { nodes { id sheets(first: 1) { pageInfo { endCursor } nodes { line } } } } }',
    )
    const [one, other] = nested.towns.nodes
    const next = (id: string) =>
      bureau.ask(
        'query ($t: ID, $a: String) { towns(filter: { id: { eq: $t } }) { nodes { sheets(first: 1, after: $a) { nodes { line } } } } }',
        {
          t: id,
          a: one!.sheets.pageInfo.endCursor,
        },
      )
    const following = (await next(one!.id)).data!.towns.nodes[0].sheets.nodes[0]
    expect(Number(following.line)).toBe(Number(one!.sheets.nodes[0].line) + 1)
    expect(await codeOf(next(other!.id))).toBe('cursor.wrong')
  })
})

describe('filters', () => {
  it.each<[filter: string, keeps: (row: Sheet, all: Sheet[]) => boolean]>([
    ['total: { gte: "90" }', ({ total }) => total >= 90],
    ['total: { gt: "90", lt: "95.5" }', ({ total }) => total > 90 && total < 95.5],
    ['total: { lte: "90" }, missing: { eq: 0 }', ({ total, missing }) => total <= 90 && missing === 0],
    ['missing: { ne: 0 }', ({ missing }) => missing !== 0],
    ['line: { in: [1, 2, 999] }', ({ line }) => line <= 2],
    ['line: { in: [] }', () => false],
    ['fullTime: { eq: false }', ({ full }) => !full],
    ['or: [{ line: { eq: 3 } }, { line: { eq: 5 } }]', ({ line }) => line === 3 || line === 5],
    ['or: []', () => false],
    ['and: []', () => true],
    ['and: [{ line: { gt: 3 } }, { line: { lt: 6 } }]', ({ line }) => line > 3 && line < 6],
    ['not: { fullTime: { eq: true } }', ({ full }) => !full],
    ['not: { result: { rank: { lte: 5 } } }, line: { lte: 0 }', () => false],
    ['id: { eq: "no id at all" }', () => false],
    ['id: { ne: "no id at all" }', () => true],
    ['village: { name: { contains: "社区" } }', ({ place }) => place.includes('社区')],
    ['village: { name: { startsWith: "云" } }', ({ place }) => place.startsWith('云')],
    ['person: { name: { startsWith: "赵" } }', ({ name }) => name.startsWith('赵')],
    ['person: { sheets: { line: { eq: 1 } } }', ({ person }, all) => person === all[0]!.person],
    ['village: { town: { sheets: { line: { eq: 1 } } } }', ({ town: id }, all) => id === all[0]!.town],
  ])('%s', async (filter, keeps) => {
    const all = await sheets()
    const expected = all.filter((row) => keeps(row, all))
    const { sheets: page } = await told<{ sheets: Page }>(
      bureau,
      `{ sheets(first: 1000, filter: { ${filter} }) { totalCount nodes { id } } }`,
    )
    expect(page.nodes.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
    expect(page.totalCount).toBe(expected.length)
  })

  it('take % and _ for characters, and quotes for nothing else', async () => {
    const [unit] = await raw(`select id, name from unit where kind = 'village' order by code limit 1`)
    const count = async (says: string) => {
      const { villages } = await told<{ villages: Page }>(
        bureau,
        'query ($c: String) { villages(filter: { name: { contains: $c } }) { totalCount } }',
        { c: says },
      )
      return villages.totalCount
    }
    for (const says of ['%', '_', "'", '\\', "'; drop table sheet; --"]) expect(await count(says)).toBe(0)
    await raw(`update unit set name = '50%_ 村''s' where id = $1`, [unit!.id])
    for (const says of ['%', '_', "'s", '50%_']) expect(await count(says)).toBe(1)
    await raw('update unit set name = $2 where id = $1', [unit!.id, unit!.name])
  })

  it('of days, moments and flags compare as such', async () => {
    const postings = await raw(`select id, starts_on::text as from, ends_on::text as to from posting`)
    const find = async (filter: string) =>
      ids(
        (
          await told<{ postings: Page }>(
            bureau,
            `{ postings(first: 1000, filter: { ${filter} }) { nodes { id startsOn endsOn } } }`,
          )
        ).postings.nodes as { id: string }[],
      )
    expect(await find('startsOn: { lt: "2023-05-01" }')).toEqual(
      ids(postings.filter(({ from }) => from < '2023-05-01') as { id: string }[]),
    )
    expect(await find('endsOn: { isNull: false }')).toEqual(ids(postings.filter(({ to }) => to !== null) as { id: string }[]))
    expect(await find('endsOn: { ne: "2026-06-30" }')).toEqual(ids(postings.filter(({ to }) => to === null) as { id: string }[]))
    // There is no year 0, and a day before all others is one to compare with.
    for (const [day, code] of [
      ['0000-12-31', /VALIDATION/],
      ['2026-02-30', /VALIDATION/],
      ['0001-01-01', undefined],
    ] as const) {
      const told = await codeOf(bureau.ask(`{ postings(filter: { startsOn: { lt: "${day}" } }) { totalCount } }`))
      if (code) expect([day, told]).toEqual([day, expect.stringMatching(code)])
      else expect([day, told]).toEqual([day, undefined])
    }
    expect(await find('not: { endsOn: { eq: "2026-06-30" } }')).toEqual(await find('endsOn: { ne: "2026-06-30" }'))
    const part = await raw<{ id: string }>('select id from posting where not full_time')
    expect(await find('fullTime: { ne: true }')).toEqual(ids(part))
  })

  it.each<[what: string, filter: string, code: RegExp]>([
    ['no number', 'total: { gte: "ninety" }', /VALIDATION/],
    ['a binary fraction', 'total: { gte: "1e5" }', /VALIDATION/],
    ['a column without a condition', 'total: null', /^filter\.empty$/],
    ['nothing to compare with', 'total: { eq: null }', /^filter\.empty$/],
    ['nothing to deny', 'not: null', /^filter\.empty$/],
    ['an unknown column', 'anything: { eq: "1" }', /VALIDATION/],
    ['too many conditions', `or: [${'{ line: { eq: 1 } } '.repeat(120)}]`, /^filter\.tooLarge$/],
    ['too many values', `line: { in: [${'1 '.repeat(1001)}] }`, /^filter\.tooManyValues$/],
  ])('with %s are refused', async (_, filter, code) => {
    expect(await codeOf(bureau.ask(`{ sheets(filter: { ${filter} }) { nodes { id } } }`))).toMatch(code)
  })

  it('are refused as deep as variables can make them', async () => {
    let filter: unknown = { line: { eq: 1 } }
    for (let level = 0; level < 500; level++) filter = { not: filter }
    expect(await codeOf(bureau.ask('query ($f: SheetFilter) { sheets(filter: $f) { nodes { id } } }', { f: filter }))).toBe(
      'filter.tooLarge',
    )
  })
})

describe('what is nested', () => {
  const NESTED = `query ($n: Int!) { sheets(first: $n) { nodes {
    id person { name } posting { startsOn } village { name town { name sheets(first: 2) { totalCount nodes { id } } }
    sheets(first: 5) { totalCount nodes { id items(first: 3) { nodes { title points } } } } } cycle { year } result { grade } history(first: 1) { nodes { field } } } } }`

  it('takes as many statements for a hundred rows as for three', async () => {
    await told(bureau, NESTED, { n: 3 })
    const few = await statements(county, () => told(bureau, NESTED, { n: 3 }))
    const many = await statements(county, async () => {
      const { sheets: page } = await told<{ sheets: Page }>(bureau, NESTED, { n: 100 })
      expect(page.nodes).toHaveLength(100)
      expect(page.nodes.every(({ village }) => village.sheets.nodes.length > 0)).toBe(true)
    })
    expect(many).toBe(few)
    expect(many).toBeLessThan(30)
  })

  it('is what lies there', async () => {
    const all = await sheets()
    const { villages } = await told<{ villages: Page }>(
      bureau,
      '{ villages(first: 500) { nodes { id town { id } sheets(first: 1, orderBy: [{ field: line, direction: desc }]) { totalCount nodes { id person { name } } pageInfo { hasNextPage } } } } }',
    )
    expect(villages.nodes).toHaveLength(new Set(all.map(({ village }) => village)).size)
    for (const { id, town: above, sheets: page } of villages.nodes) {
      const own = all.filter(({ village }) => village === id)
      expect([page.totalCount, page.pageInfo.hasNextPage, page.nodes[0].id, page.nodes[0].person.name, above.id]).toEqual([
        own.length,
        own.length > 1,
        own.at(-1)!.id,
        own.at(-1)!.name,
        own.at(-1)!.town,
      ])
    }
  })

  it('shows items and counts as they are recorded, and their history', async () => {
    const { sheets: grid } = await readGrid(town, county.cycle)
    const sheet = grid[0]!
    await save(town, county.cycle, [
      [sheet.id, 'i04', sheet.cell.i04 || null, '1.5'],
      [sheet.id, 'absentDays', sheet.cell.absentDays || null, '2.5'],
    ])
    const { sheets: page } = await told<{ sheets: Page }>(
      town,
      `query ($id: ID) { sheets(filter: { id: { eq: $id } }) { nodes {
         items(filter: { item: { eq: "i04" } }) { nodes { id max points lost mark section } }
         occurrences(filter: { field: { eq: "absentDays" } }) { nodes { number kind } }
         history(orderBy: [{ field: field }]) { nodes { field before after by kind } } } } }`,
      { id: sheet.id },
    )
    expect(page.nodes).toEqual([
      {
        items: { nodes: [{ id: `${sheet.id}.i04`, max: '2', points: '1.5', lost: '0.5', mark: 'awarded', section: 's2' }] },
        occurrences: { nodes: [{ number: '2.5', kind: 'days' }] },
        history: {
          nodes: expect.arrayContaining([
            { field: 'absentDays', before: sheet.cell.absentDays || null, after: '2.5', by: '许清和', kind: 'edit' },
            {
              field: 'i04',
              before: expect.toSatisfy((value) => value === null || typeof value === 'string'),
              after: '1.5',
              by: '许清和',
              kind: 'edit',
            },
          ]),
        },
      },
    ])
    const masked = await told<{ changes: Page }>(analyst, '{ changes { nodes { by reason } } }')
    expect(new Set(masked.changes.nodes.map(({ by }) => by))).toEqual(new Set(['许＊＊']))
  })

  it('of a group that votes in secret shows no mean under three ballots, and analysts none under five', async () => {
    const [sheet] = await sheets()
    const vote = (count: number) =>
      tamper(
        county,
        `insert into ballot (county_id, id, cycle_id, sheet_id, rater_group, scores, day, seq)
         select county_id, gen_random_uuid(), cycle_id, id, 'peers', '{"virtue": "80.5"}', '2026-03-02', 1 from sheet, generate_series(1, $2) where id = $1`,
        [sheet!.id, count],
      )
    const read = async (caller: Caller) =>
      (await told<{ ratings: Page }>(caller, '{ ratings { nodes { group dimension ballots mean } } }')).ratings.nodes
    const row = (ballots: number, mean: string | null) => [{ group: 'peers', dimension: 'virtue', ballots, mean }]
    await vote(2)
    expect([await read(bureau), await read(analyst)]).toEqual([row(2, null), row(2, null)])
    await vote(1)
    expect([await read(bureau), await read(analyst)]).toEqual([row(3, '80.5'), row(3, null)])
    await vote(2)
    expect([await read(bureau), await read(analyst)]).toEqual([row(5, '80.5'), row(5, '80.5')])
    expect(await codeOf((await county.signIn('attendance')).ask('{ sheets { nodes { ratings { nodes { mean } } } } }'))).toBe(
      'permission',
    )
  })

  it('is bounded: pages within pages cost what they may bring', async () => {
    const ask = (first: number, inner: number) =>
      bureau.ask(`query ($a: Int!, $b: Int!) { villages(first: $a) { nodes { sheets(first: $b) { nodes { id } } } } }`, {
        a: first,
        b: inner,
      })
    const refused = await ask(1000, 1000)
    expect([refused.status, refused.errors![0]!.extensions]).toMatchObject([
      400,
      { code: 'request.tooCostly', found: '20025', most: '1000' },
    ])
    expect(await codeOf(ask(1000, 40))).toBeUndefined()
    expect(
      await codeOf(
        bureau.ask(
          '{ villages(first: 1000) { ...P } } fragment P on VillageConnection { edges { node { sheets(first: 1000) { nodes { id } } } } }',
        ),
      ),
    ).toBe('request.tooCostly')
  })
})

describe('what a caller may not see', () => {
  it('is in no connection, count, filter or nested list of a town', async () => {
    const all = await sheets()
    const own = all[0]!.town
    const lists: [name: string, sql: string][] = [
      ['sheets', `select id from sheet where town_id = $1`],
      ['villages', `select id from unit where parent_id = $1`],
      ['towns', `select id from unit where id = $1`],
      ['people', `select distinct coordinator_id as id from posting p join unit v on v.id = p.village_id where v.parent_id = $1`],
      ['postings', `select p.id from posting p join unit v on v.id = p.village_id where v.parent_id = $1`],
      ['resultRecords', `select id from sheet where town_id = $1`],
      ['items', `select s.id || '.i' || lpad(n::text, 2, '0') as id from sheet s, generate_series(4, 24) n where town_id = $1`],
    ]
    for (const [name, sql] of lists) {
      const data = await told<Record<string, Page>>(town, `{ ${name}(first: 1000) { totalCount nodes { id } } }`)
      const expected = ids((await raw(sql, [own])) as { id: string }[])
      expect([name, ids(data[name]!.nodes as { id: string }[])]).toEqual([name, expected])
      expect(data[name]!.totalCount).toBe(expected.length)
    }
    const other = all.find((row) => row.town !== own)!
    const none = await told(
      town,
      'query ($t: ID, $i: ID) { sheets(filter: { townId: { eq: $t } }) { totalCount } people(filter: { sheets: { id: { eq: $i } } }) { totalCount } }',
      {
        t: other.town,
        i: other.id,
      },
    )
    expect(none).toEqual({ sheets: { totalCount: 0 }, people: { totalCount: 0 } })
  })

  it('of a person who moved here from another town are the sheet and the village there', async () => {
    const all = await sheets()
    const here = all[0]!
    const there = all.find((row) => row.town !== here.town && all.filter(({ person }) => person === row.person).length === 1)!
    await raw('update sheet set coordinator_id = $1 where id = $2', [here.person, there.id])
    const ask = (caller: Caller) =>
      told<{ people: Page }>(
        caller,
        'query ($p: ID) { people(filter: { id: { eq: $p } }) { nodes { sheets { totalCount nodes { id village { id } } } } } }',
        { p: here.person },
      )
    const [mine, whole] = [await ask(town), await ask(bureau)]
    await raw('update sheet set coordinator_id = $1 where id = $2', [there.person, there.id])
    expect(whole.people.nodes[0]!.sheets.nodes.map(({ id }: { id: string }) => id)).toContain(there.id)
    expect(mine.people.nodes[0]!.sheets.nodes.map(({ id }: { id: string }) => id)).not.toContain(there.id)
  })

  it('of names is all but the first character for analysts, who may neither filter nor order by a birth date', async () => {
    const names = await raw('select name from coordinator')
    const { people } = await told<{ people: Page }>(analyst, '{ people(first: 1000) { nodes { name bornOn } } }')
    expect(people.nodes.every(({ name, bornOn }) => /^.＊＊$/.test(name) && bornOn === null)).toBe(true)
    expect(people.nodes).toHaveLength(names.length)
    const count = async (says: string) =>
      (
        await told<{ people: Page }>(
          analyst,
          'query ($n: String) { people(filter: { name: { contains: $n } }) { totalCount } }',
          { n: says },
        )
      ).people.totalCount
    expect(await count(names[0]!.name.slice(1))).toBe(0)
    expect(await count('＊＊')).toBe(names.length)
    for (const query of [
      '{ people(filter: { bornOn: { gt: "1990-01-01" } }) { totalCount } }',
      '{ people(filter: { or: [{ not: { bornOn: { isNull: true } } }] }) { totalCount } }',
      '{ people(orderBy: [{ field: bornOn }]) { nodes { id } } }',
      '{ sheets(filter: { person: { bornOn: { gt: "1990-01-01" } } }) { totalCount } }',
      '{ rulings(filter: { text: { contains: "x" } }) { totalCount } }',
      '{ signatureRecords(orderBy: [{ field: reason }]) { nodes { id } } }',
      '{ changes(filter: { reason: { isNull: true } }) { totalCount } }',
    ]) {
      expect([query, await codeOf(analyst.ask(query))]).toEqual([query, 'column.hidden'])
      expect([query, await codeOf(bureau.ask(query))]).toEqual([query, undefined])
    }
  })
})

describe('as of a moment', () => {
  it('sheets stand as they stood: scores, items and counts', async () => {
    const { sheets: grid } = await readGrid(town, county.cycle)
    const [one, other] = [grid[1]!, grid[2]!]
    const SHEETS = `query ($ids: [ID!], $at: DateTimeISO) { sheets(asOf: $at, filter: { id: { in: $ids } }) { nodes { id total missing stage seq
       items(first: 30) { nodes { item points mark } } occurrences(first: 30) { nodes { field number } } } } }`
    const read = async (at: string | null) =>
      (await told<{ sheets: Page }>(town, SHEETS, { ids: [one.id, other.id], at })).sheets.nodes
    const moments: { at: string; stood: unknown }[] = []
    const mark = async () => {
      const stood = await read(null)
      await new Promise((resolve) => setTimeout(resolve, 5))
      moments.push({ at: new Date().toISOString(), stood })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await mark()
    await save(town, county.cycle, [[one.id, 'i04', one.cell.i04 || null, '0.5']])
    await mark()
    await save(town, county.cycle, [
      [one.id, 'i04', '0.5', null],
      [other.id, 'absentDays', other.cell.absentDays || null, '9'],
    ])
    await mark()
    await save(town, county.cycle, [[other.id, 'absentDays', '9', '0']])
    await mark()
    expect(new Set(moments.map(({ stood }) => JSON.stringify(stood))).size).toBeGreaterThanOrEqual(3)
    for (const { at, stood } of moments) expect(await read(at)).toEqual(stood)
  })

  it('is refused for the future, and for what cannot be told of the past', async () => {
    const at = new Date().toISOString()
    expect(await codeOf(bureau.ask('{ sheets(asOf: "2099-01-01T00:00:00Z") { totalCount } }'))).toBe('asOf.future')
    for (const part of ['result { grade }', 'history { nodes { id } }', 'rulings { totalCount }'])
      expect(await codeOf(bureau.ask(`query ($at: DateTimeISO) { sheets(asOf: $at) { nodes { ${part} } } }`, { at }))).toBe(
        'asOf.notHere',
      )
    expect(
      await codeOf(
        bureau.ask('query ($at: DateTimeISO) { sheets(asOf: $at, filter: { result: { rank: { eq: 1 } } }) { totalCount } }', {
          at,
        }),
      ),
    ).toBe('asOf.notHere')
    expect(await codeOf(bureau.ask('query ($at: DateTimeISO) { people(asOf: $at) { totalCount } }', { at }))).toMatch(
      /VALIDATION/,
    )
  })
})
