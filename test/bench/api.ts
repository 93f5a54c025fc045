import { deepStrictEqual as same } from 'node:assert'
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type pg from 'pg'
import {
  SaveCellsDocument,
  ScoreGridDocument,
  TypedDocumentString,
  VillageRankingDocument,
  type ScoreGridQuery,
} from '../../web/src/gql/documents.ts'
import { connect, makeFolder, post, signIn, startBare, startProduct, type Caller, type Product } from './server.ts'
import {
  gridOf,
  gridStatement,
  nestedStatement,
  rankStatement,
  readChanges,
  readSheets,
  saveRecorded,
  saveRow,
  totalsStatement,
  type GridRow,
  type Head,
  type RankedRow,
  type Stored,
  type Write,
} from './sql.ts'
import { interleaved, median, quantile, timed, type Line } from './stats.ts'

const clients = 32
const slices = 3
const sliceMs = 1500

/** What the measurements share. */
interface Bench {
  product: Product
  sql: pg.Client
  county: Caller
  town: Caller
  head: Head
  rounds: number
}

/** The product beside bare SQL in the same database, over loopback. `people` is how many sheets the county has. */
export async function measureApi(rounds: number, people: number): Promise<Line[]> {
  const folder = makeFolder()
  try {
    await (await startProduct(folder.path, people)).stop() // plants the county; what is measured is a later start
    const product = await startProduct(folder.path, people)
    const sql = await connect(product.databaseUrl)
    try {
      await sql.query('vacuum analyze') // as the database does by itself a minute later
      const { rows } = await sql.query<Head>(
        `select a.county_id as county, a.id as account, c.id as cycle
           from account a join cycle c on c.county_id = a.county_id where a.login = 'town'`,
      )
      const [county, town] = [await signIn(product.origin, 'county'), await signIn(product.origin, 'town')]
      const bench: Bench = { product, sql, county, town, head: rows[0]!, rounds }
      const idle = product.memory()
      const lines: Line[] = []
      for (const work of [opening, totals, ranking, nesting, saving, pasting]) lines.push(...(await work(bench)))
      const { now, peak } = product.memory() ?? { now: NaN, peak: NaN }
      return [
        ...lines,
        { what: 'memory of the server: idle', unit: 'MiB', ours: idle?.now ?? NaN },
        { what: 'memory of the server: after all this', unit: 'MiB', ours: now },
        { what: 'memory of the server: peak', unit: 'MiB', ours: peak },
      ]
    } finally {
      await sql.end()
      await product.stop()
    }
  } finally {
    folder.remove()
  }
}

type ScoreGrid = ScoreGridQuery['scoreGrid']

/** The columns taken apart, as a grid needs them: part of opening on every side. */
const takenApart = ({ names, villages, towns, fullTime, rows }: Omit<ScoreGrid, 'columns' | 'sections'>) =>
  [names, villages, towns, fullTime, ...rows.cells, rows.ids, rows.marks, rows.totals, rows.missing, rows.limits, rows.states]
    .concat(rows.mayScore)
    .map((column) => column.split('\n'))

async function opening({ product, sql, county, head: { county: countyId, cycle }, rounds }: Bench): Promise<Line[]> {
  const { rows: towns } = await sql.query<{ id: string }>(
    `select id from unit where county_id = $1 and kind = 'town' order by code offset 4 limit 1`,
    [countyId],
  )
  const grid = async (unit: string | undefined, encoding?: string) =>
    county.ask(ScoreGridDocument, { cycle, unit: unit ?? null, view: 'points', since: null }, encoding)

  const lines: Line[] = []
  for (const [path, unit] of [
    ['town', towns[0]!.id],
    ['county', undefined],
  ] as const) {
    const { data: known, bytes } = await grid(unit)
    const { columns, sections } = known.scoreGrid
    const { bytes: packed } = await grid(unit, 'gzip')
    const statement = gridStatement(columns, unit ? [countyId, cycle, unit] : [countyId, cycle])
    const bare = await startBare(product.databaseUrl, { [`/${path}`]: { head: { columns, sections }, statement } })
    /** The milliseconds until the answer is taken apart; that it is the right one is seen to afterwards. */
    const side = (open: () => Promise<ScoreGrid>) => async () => {
      const [ms, scoreGrid] = await timed(async () => {
        const found = await open()
        takenApart(found)
        return found
      })
      same(scoreGrid, known.scoreGrid)
      return ms
    }
    const overHttp = (encoding: string) => async () => {
      const { body } = await post<{ data: ScoreGridQuery }>(`${bare.origin}/${path}`, {}, { 'accept-encoding': encoding })
      return body.data.scoreGrid
    }
    const told = await interleaved(
      { rounds, warm: 6 },
      {
        ours: side(async () => (await grid(unit)).data.scoreGrid),
        http: side(overHttp('identity')),
        sql: side(async () => {
          const { rows } = await sql.query<GridRow>(statement)
          return { columns, sections, ...gridOf(rows[0]!) } as ScoreGrid
        }),
        oursPacked: side(async () => (await grid(unit, 'gzip')).data.scoreGrid),
        httpPacked: side(overHttp('gzip')),
      },
    )
    await bare.stop()
    const sheets = known.scoreGrid.rows.ids.split('\n').length
    const what = `open the ${path}: ${sheets} × ${columns.length} cells`
    lines.push(
      {
        what: `${what}, beside bare HTTP + SQL`,
        unit: 'ms',
        ours: median(told.ours),
        limit: median(told.http),
        ...(unit ? {} : { aim: 2 }),
      },
      { what: `${what}, beside bare SQL`, unit: 'ms', ours: median(told.ours), limit: median(told.sql) },
      {
        what: `${what}, gzip, beside bare HTTP + SQL`,
        unit: 'ms',
        ours: median(told.oursPacked),
        limit: median(told.httpPacked),
      },
      { what: `${what}: on the wire, plain`, unit: 'kB', ours: bytes / 1000 },
      { what: `${what}: on the wire, gzip`, unit: 'kB', ours: packed / 1000 },
    )
  }
  return lines
}

async function ranking({ sql, county, head, rounds }: Bench): Promise<Line[]> {
  const ours = async () => {
    const { data } = await county.ask(VillageRankingDocument, { cycle: head.cycle, unit: null, measure: 'total' })
    return data.villageRanking.villages.map(({ grades, before, rose, ...village }): RankedRow => {
      same([before, rose], [null, null]) // there is no year before
      const of = (id: string) => grades.find(({ grade }) => grade === id)?.count ?? 0
      const counts = { excellent: of('excellent'), fail: of('fail'), panel: of('panel') }
      same(
        counts.excellent + counts.fail + counts.panel,
        grades.reduce((all, { count }) => all + count, 0),
      )
      return { ...village, rank: village.rank!, townRank: village.townRank!, ...counts }
    })
  }
  const bare = async () => (await sql.query<RankedRow>(rankStatement(head.county, head.cycle))).rows
  const known = (await bare()).map((row) => ({ ...row }))
  const side = (rank: () => Promise<RankedRow[]>) => async () => {
    const [ms, villages] = await timed(rank)
    same(
      villages.map((row) => ({ ...row })),
      known,
    )
    return ms
  }
  const told = await interleaved({ rounds, warm: 6 }, { ours: side(ours), bare: side(bare) })
  return [
    {
      what: `rank the county: ${known.length} villages`,
      unit: 'ms',
      ours: median(told.ours),
      limit: median(told.bare),
      aim: 1.5,
    },
  ]
}

interface Nested {
  villages: {
    nodes: {
      name: string
      town: { name: string }
      sheets: { nodes: { person: { name: string }; items: { nodes: { title: string; points: string }[] } }[] }
    }[]
  }
}

/** The villages of three towns, the sheets there, and of each the items that earned nothing, by name. */
async function nesting({ product, sql, county, head, rounds }: Bench): Promise<Line[]> {
  const document = new TypedDocumentString<Nested, { towns: string[] }>(
    `query Nested($towns: [ID!]!) { villages(first: 60, filter: { townId: { in: $towns } }) { nodes { name town { name } sheets(first: 25) { nodes {
       person { name } items(first: 21, filter: { points: { eq: "0" } }) { nodes { title points } } } } } } }`,
  )
  const { rows: chosen } = await sql.query<{ id: string }>(
    `select id from unit where county_id = $1 and kind = 'town' order by code limit 3`,
    [head.county],
  )
  const towns = chosen.map(({ id }) => id)
  const { data } = await county.ask(ScoreGridDocument, { cycle: head.cycle, unit: null, view: 'points', since: null })
  const titles = data.scoreGrid.columns.filter(({ kind }) => kind === 'points').map(({ title }) => title)
  const statement = nestedStatement(head.county, head.cycle, titles)
  const bare = await startBare(product.databaseUrl, { '/nested': { statement } })
  const { rows } = await sql.query<{ body: string }>(statement)
  const known = (JSON.parse(rows[0]!.body) as { data: Nested }).data
  const side = (read: () => Promise<Nested>) => async () => {
    const [ms, found] = await timed(read)
    same(found, known)
    return ms
  }
  const told = await interleaved(
    { rounds, warm: 6 },
    {
      ours: side(async () => (await county.ask(document, { towns })).data),
      http: side(async () => (await post<{ data: Nested }>(`${bare.origin}/nested`, {})).body.data),
      sql: side(async () => (JSON.parse((await sql.query<{ body: string }>(statement)).rows[0]!.body) as { data: Nested }).data),
    },
  )
  await bare.stop()
  const sheets = known.villages.nodes.flatMap((village) => village.sheets.nodes)
  const lost = sheets.flatMap(({ items }) => items.nodes)
  const what = `${known.villages.nodes.length} villages › ${sheets.length} sheets › their ${lost.length} items without points`
  return [
    { what: `${what}, beside bare HTTP + SQL`, unit: 'ms', ours: median(told.ours), limit: median(told.http), aim: 1.5 },
    { what: `${what}, beside bare SQL`, unit: 'ms', ours: median(told.ours), limit: median(told.sql) },
  ]
}

interface Placed {
  id: string
  total: string
  rank: number
  townRank: number
}

/** Every sheet with its total and its ranks in town and county: the product keeps totals, the limit sums the cells. */
async function totals({ sql, county, head, rounds }: Bench): Promise<Line[]> {
  const document = new TypedDocumentString<{ scoreGrid: Pick<ScoreGrid, 'towns' | 'rows'> }, { cycle: string }>(
    `query Totals($cycle: ID!) { scoreGrid(cycle: $cycle, view: points) { towns rows { ids totals } } }`,
  )
  const ours = async (): Promise<Placed[]> => {
    const { towns, rows } = (await county.ask(document, { cycle: head.cycle })).data.scoreGrid
    const [ids, town, total] = [rows.ids.split('\n'), towns.split('\n'), rows.totals.split('\n')]
    const [inCounty, inTown] = [new Ranks(), new Map<string, Ranks>()]
    const places = ids.keys().toArray()
    const order = places.toSorted((a, b) => Number(total[b]) - Number(total[a]))
    const placed: Placed[] = []
    for (const at of order) {
      if (!inTown.has(town[at]!)) inTown.set(town[at]!, new Ranks())
      const points = total[at]!
      placed[at] = { id: ids[at]!, total: points, rank: inCounty.of(points), townRank: inTown.get(town[at]!)!.of(points) }
    }
    return placed
  }
  const bare = async () => (await sql.query<Placed>(totalsStatement(head.county, head.cycle))).rows
  const known = (await bare()).map((row) => ({ ...row }))
  const side = (place: () => Promise<Placed[]>) => async () => {
    const [ms, placed] = await timed(place)
    same(
      placed.map((row) => ({ ...row })),
      known,
    )
    return ms
  }
  const told = await interleaved({ rounds, warm: 4 }, { ours: side(ours), bare: side(bare) })
  return [
    {
      what: `totals and ranks of ${known.length} sheets`,
      unit: 'ms',
      ours: median(told.ours),
      limit: median(told.bare),
      aim: 0.5,
    },
  ]
}

/** Hands out ranks to totals that come from the greatest down: 1-2-2-4. */
class Ranks {
  private met = 0
  private rank = 0
  private last = ''

  of(total: string): number {
    this.met++
    if (total !== this.last) [this.rank, this.last] = [this.met, total]
    return this.rank
  }
}

/** Two ways to fill the same cells, every cell of one differing from the other, and the sheets as each leaves them. */
interface Block {
  cells: { sheet: string; field: string; values: [string, string] }[]
  stored: [Stored[], Stored[]]
  now: 0 | 1
}

/** What it takes to turn a block through the product's door, as the page sends it. */
const saveInput = (cycle: string, { cells, now }: Block) => ({
  cycle,
  key: randomUUID(),
  view: 'points' as const,
  sheets: cells.map(({ sheet }) => sheet),
  fields: cells.map(({ field }) => field),
  seen: cells.map(({ values }) => values[now]),
  values: cells.map(({ values }) => values[now ? 0 : 1]),
  replaces: cells.map(() => null),
})

async function turnByUs(caller: Caller, cycle: string, block: Block): Promise<number> {
  const [ms, { data }] = await timed(() => caller.ask(SaveCellsDocument, { input: saveInput(cycle, block) }))
  const { applied, leftOut, changeSet } = data.saveCells
  if (applied !== block.cells.length || leftOut.length > 0 || changeSet === null) throw new Error(JSON.stringify(leftOut[0]))
  block.now = block.now ? 0 : 1
  return ms
}

/** The rows a turn of the block by SQL writes, worked out beforehand. */
function writeOf({ cells, stored, now }: Block): Write {
  const rows = stored[now ? 0 : 1]
  const bySheet = Map.groupBy(cells, ({ sheet }) => sheet)
  const json = (value: (cell: Block['cells'][number]) => unknown) =>
    rows.map(({ id }) => JSON.stringify(Object.fromEntries(bySheet.get(id)!.map((cell) => [cell.field, value(cell)]))))
  return {
    rows,
    seen: json(({ values }) => values[now]),
    changes: json(({ values }) => [values[now], values[now ? 0 : 1]]),
  }
}

async function turnBySql({ sql, head }: Pick<Bench, 'sql' | 'head'>, block: Block, how: 'row' | 'recorded'): Promise<number> {
  const write = writeOf(block)
  const [ms] = await timed(async () => {
    if (how === 'row') await saveRow(sql, head.county, write.rows[0]!)
    else await saveRecorded(sql, head, write)
  })
  block.now = block.now ? 0 : 1
  return ms
}

async function checkStored({ sql, head }: Pick<Bench, 'sql' | 'head'>, { stored, now }: Block): Promise<void> {
  same(
    await readSheets(
      sql,
      head.county,
      stored[now].map(({ id }) => id),
    ),
    stored[now],
  )
}

/** Fills the cells the one way and the other through the product, whatever was in them, and keeps what that leaves. */
async function blockOf({ sql, town, head }: Bench, cells: Block['cells']): Promise<Block> {
  const ids = [...new Set(cells.map(({ sheet }) => sheet))].sort()
  const clear = { cells, stored: [[], []], now: 0 } as Block
  const { data } = await town.ask(SaveCellsDocument, { input: saveInput(head.cycle, clear) })
  // What somebody else had left there is told as a conflict, with what it is; then it is known.
  const theirs = new Map(data.saveCells.leftOut.map(({ at, theirs }) => [at, theirs]))
  if (theirs.size > 0) {
    const input = {
      ...saveInput(head.cycle, clear),
      seen: cells.map(({ values }, at) => (theirs.has(at) ? theirs.get(at)! : values[1])),
    }
    const { data: again } = await town.ask(SaveCellsDocument, { input })
    if (again.saveCells.leftOut.length > 0) throw new Error(JSON.stringify(again.saveCells.leftOut[0]))
  }
  // Turned there and back: a computed item that happened to have the value is now awarded, as all the others are.
  const block: Block = { ...clear, now: 1 }
  for (const left of [0, 1] as const) {
    await turnByUs(town, head.cycle, block)
    block.stored[left] = await readSheets(sql, head.county, ids)
  }
  return block
}

/** Each sheet of a block as a block of its own. */
const apart = ({ cells, stored, now }: Block): Block[] =>
  stored[0].map((row, at) => ({
    cells: cells.filter(({ sheet }) => sheet === row.id),
    stored: [[row], [stored[1][at]!]],
    now,
  }))

async function saving(bench: Bench): Promise<Line[]> {
  const { sql, town, head, rounds } = bench
  const { rows: sheets } = await sql.query<{ id: string }>(
    `select s.id from sheet s join role_grant g on g.county_id = s.county_id and g.unit_id = s.town_id
      where g.county_id = $1 and g.account_id = $2 order by s.line limit 300`,
    [head.county, head.account],
  )
  const cells = sheets.map(({ id }) => ({ sheet: id, field: 'i05', values: ['1', '1.5'] as [string, string] }))
  const blocks = apart(await blockOf(bench, cells))
  const share = (at: number) => blocks.slice(at * 100, at * 100 + 100)
  const next = (own: Block[]) => {
    let at = 0
    return () => own[at++ % own.length]!
  }
  const [ours, row, recorded] = [next(share(0)), next(share(1)), next(share(2))]
  const told = await interleaved(
    { rounds: rounds * 50, warm: 50 },
    {
      ours: () => turnByUs(town, head.cycle, ours()),
      row: () => turnBySql(bench, row(), 'row'),
      recorded: () => turnBySql(bench, recorded(), 'recorded'),
    },
  )
  for (const block of blocks) await checkStored(bench, block)
  const lines: Line[] = [
    { what: 'save one cell: p50, beside one row in SQL', unit: 'ms', ours: median(told.ours), limit: median(told.row), aim: 8 },
    {
      what: 'save one cell: p50, beside SQL that locks, compares, records',
      unit: 'ms',
      ours: median(told.ours),
      limit: median(told.recorded),
    },
    { what: 'save one cell: p99', unit: 'ms', ours: quantile(told.ours, 0.99), limit: quantile(told.recorded, 0.99) },
  ]
  for (const count of [1, clients]) {
    const own = Array.from({ length: count }, (_, at) => blocks.filter((_, place) => place % count === at))
    const connections = await Promise.all(own.map(() => connect(bench.product.databaseUrl)))
    const bySql = (how: 'row' | 'recorded') => (block: Block, client: number) =>
      turnBySql({ sql: connections[client]!, head }, block, how)
    const [ofUs, ofRows, ofRecorded] = [
      new Loop((block) => turnByUs(town, head.cycle, block)),
      new Loop(bySql('row')),
      new Loop(bySql('recorded')),
    ]
    await interleaved(
      { rounds: slices, warm: 0 },
      { ours: () => ofUs.run(own), row: () => ofRows.run(own), recorded: () => ofRecorded.run(own) },
    )
    await Promise.all(connections.map((client) => client.end()))
    for (const block of blocks) await checkStored(bench, block)
    const who = `${count} client${count > 1 ? 's' : ''}`
    lines.push(
      { what: `saves with ${who}, beside one row in SQL`, unit: '/s', ours: ofUs.rate, limit: ofRows.rate },
      { what: `saves with ${who}, beside recorded SQL`, unit: '/s', ours: ofUs.rate, limit: ofRecorded.rate },
      { what: `saves with ${who}: p50`, unit: 'ms', ours: ofUs.p50, limit: ofRecorded.p50 },
      { what: `saves with ${who}: p99`, unit: 'ms', ours: ofUs.p99, limit: ofRecorded.p99 },
      { what: `saves with ${who}: errors`, unit: '', ours: ofUs.errors },
    )
  }
  return lines
}

/** Closed loops side by side, each on rows of its own, for a slice of time; its first part does not count. */
class Loop {
  errors = 0
  private readonly took: number[] = []
  private slices = 0

  constructor(private readonly turn: (block: Block, client: number) => Promise<number>) {}

  async run(own: Block[][]): Promise<number> {
    this.slices++
    const begun = performance.now() + sliceMs * 0.2
    const until = begun + sliceMs
    await Promise.all(
      own.map(async (blocks, client) => {
        for (let at = 0; performance.now() < until; at++) {
          try {
            const ms = await this.turn(blocks[at % blocks.length]!, client)
            if (performance.now() > begun && performance.now() < until) this.took.push(ms)
          } catch {
            this.errors++
          }
        }
      }),
    )
    return sliceMs
  }

  get rate(): number {
    return this.took.length / ((this.slices * sliceMs) / 1000)
  }
  get p50(): number {
    return median(this.took)
  }
  get p99(): number {
    return quantile(this.took, 0.99)
  }
}

/** 1,000 sheets of three further towns, which the assessor is given for this: 21 items, days of absence, two vetoes. */
async function pasting(bench: Bench): Promise<Line[]> {
  const { sql, county, head, rounds, town } = bench
  await sql.query(
    `insert into role_grant (county_id, id, account_id, role, unit_id)
     select $1, gen_random_uuid(), $2, 'townAssessor', id from unit where id in
            (select town_id from sheet where county_id = $1 group by town_id having bool_and(state = 'open')
              order by min(line) offset 4 limit 3)`,
    [head.county, head.account],
  )
  const { data } = await county.ask(ScoreGridDocument, { cycle: head.cycle, unit: null, view: 'points', since: null })
  const items = data.scoreGrid.columns.filter(({ kind }) => kind === 'points').map(({ field }) => field)
  const { rows: sheets } = await sql.query<{ id: string }>(
    `select id from sheet where county_id = $1 and town_id in
            (select unit_id from role_grant where account_id = $2) order by line desc limit 1000`,
    [head.county, head.account],
  )
  const block = await blockOf(
    bench,
    sheets.flatMap(({ id }, row) => [
      ...items.map((field, at) => ({
        sheet: id,
        field,
        values: [String(((row + at) % 3) / 2), String(((row + at + 1) % 3) / 2)] as [string, string],
      })),
      { sheet: id, field: 'absentDays', values: ['0', '0.5'] },
      ...['v1', 'v2'].map((field) => ({ sheet: id, field, values: ['no', 'yes'] as [string, string] })),
    ]),
  )
  const side = (turn: () => Promise<number>) => async () => {
    const { changes } = writeOf(block)
    const ms = await turn()
    await checkStored(bench, block)
    const recorded = await readChanges(sql, head.county)
    same(
      recorded.map(({ sheet, cells }) => [sheet, JSON.parse(cells)]),
      block.stored[0].map(({ id }, at) => [id, JSON.parse(changes[at]!)]),
    )
    return ms
  }
  const waits: number[] = []
  const told = await interleaved(
    { rounds, warm: 4 },
    {
      ours: side(async () => {
        const others = new Others(`${bench.product.origin}/health`)
        const ms = await turnByUs(town, head.cycle, block)
        waits.push(await others.longest())
        return ms
      }),
      bare: side(() => turnBySql(bench, block, 'recorded')),
    },
  )
  const what = `paste ${sheets.length} × ${block.cells.length / sheets.length} cells`
  return [
    { what, unit: 'ms', ours: median(told.ours), limit: median(told.bare), aim: 2 },
    { what: `${what}: the longest another request waited`, unit: 'ms', ours: median(waits) },
  ]
}

/** Asks the server for the least it answers, again and again, while it does something else: how long its loop is taken. */
class Others {
  private done = false
  private readonly asking: Promise<number>

  constructor(url: string) {
    this.asking = this.ask(url)
  }

  private async ask(url: string): Promise<number> {
    let longest = 0
    while (!this.done) {
      const [ms] = await timed(async () => (await fetch(url)).arrayBuffer())
      longest = Math.max(longest, ms)
      await setTimeout(2)
    }
    return longest
  }

  longest(): Promise<number> {
    this.done = true
    return this.asking
  }
}
