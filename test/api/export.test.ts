import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type Express from 'express'
import { buildSchema, getOperationAST, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Keys } from '../../server/src/base/keys.ts'
import { openContext, type Context } from '../../server/src/base/context.ts'
import { csvCell, formats, xlsxCell } from '../../server/src/export/formats.ts'
import { exportRoutes } from '../../server/src/export/routes.ts'
import { rowsIn, targetsOf } from '../../server/src/export/rows.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { unzip } from './unzip.ts'

const express = createRequire(new URL('../../server/package.json', import.meta.url))('express') as typeof Express

let county: County
let bureau: Caller
let analyst: Caller

const EVIL = `=cmd|'/c calc'!A1`
beforeAll(async () => {
  county = await openCounty()
  bureau = await county.signIn('county')
  analyst = await county.signIn('analyst')
  await pool().query(`update coordinator set name = $1 where id = (select coordinator_id from sheet order by line limit 1)`, [
    EVIL,
  ])
})
afterAll(() => county?.close())

const pool = () => county.app.database.pool
const RESULTS = 'query ($cycle: ID!) { results(cycle: $cycle) { name village total rank seat says needs may } }'
const send = (caller: Caller, body: object, headers = {}) =>
  fetch(`${county.origin}/export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'cookie': caller.cookie, 'x-lang': 'zh', ...headers },
    body: JSON.stringify(body),
  })
const results = (caller: Caller, format: string) => send(caller, { query: RESULTS, variables: { cycle: county.cycle }, format })
const marks = async () => {
  const { rows } = await pool().query<{ by: string; details: any; cycle: string }>(
    `select by, details, cycle_id as cycle from change_set where kind = 'export' order by seq`,
  )
  return rows
}
/** Cells of csv as a spreadsheet reads them. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
  }
  return rows
}

describe('a cell', () => {
  const starters = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', ' =', '"=', `'=`, '\u200b=', '\ufeff=']
  it.each(starters)('that begins with %j is no formula in csv, and keeps its text', (start) => {
    const text = `${start}1+cmd|'/c calc'!A1`
    const [[cell]] = csvRows(csvCell(text)) as [[string]]
    expect(cell).toBe(`'${text}`)
    expect(xlsxCell(text)).toMatch(/^<c t="inlineStr"><is><t xml:space="preserve">/)
    expect(xlsxCell(text)).not.toContain('<f>')
  })

  it.each([
    ['-3.5', '-3.5'],
    ['93.40', '93.40'],
    ['0', '0'],
    ['2-0.5', '"2-0.5"'],
    ['-', `"'-"`],
    ['-1+1', `"'-1+1"`],
    ['007', '"007"'],
    ['320102199001011234', '"320102199001011234"'],
    ['1e5', '"1e5"'],
    ['他说"好",;=1', '"他说""好"",;=1"'],
    ['', ''],
    [null, ''],
    [12, '12'],
    [true, '"true"'],
  ])('%j is written %s: numbers stay numbers, texts are quoted', (value, written) => expect(csvCell(value)).toBe(written))

  it('of xlsx holds no character that XML cannot, and no more than a cell may', () => {
    expect(xlsxCell('a\0b\u0008<&>\ud800')).toBe(
      '<c t="inlineStr"><is><t xml:space="preserve">ab&lt;&amp;&gt;\ufffd</t></is></c>',
    )
    expect(xlsxCell('长'.repeat(40_000)).length).toBeLessThan(33_000)
    expect(xlsxCell('-0.5')).toBe('<c><v>-0.5</v></c>')
  })
})

describe('an export', () => {
  it('as csv says what it is, holds every row the query answers with, and is on record with the query and the count', async () => {
    const response = await results(bureau, 'csv')
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=kaohe-results-\d{4}-\d\d-\d\d\.csv$/)
    const bytes = Buffer.from(await response.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = csvRows(bytes.toString('utf8').slice(1))
    const head = lines.filter(([first]) => first!.startsWith('# ')).map(([first]) => first!)
    expect(head.map((line) => /^# (\S+)/.exec(line)![1])).toEqual([
      '查询',
      '变量',
      '时间',
      '截至第几件事',
      '办法',
      '县',
      '何人',
      '行数',
    ])
    expect(head.join('\n')).toMatch(/policy: xinyi-1 [0-9a-f]{12}/)
    const { data } = await bureau.ask<{ results: any[] }>(RESULTS, { cycle: county.cycle })
    const rows = lines.slice(head.length, -2)
    expect(lines[head.length - 1]).toEqual(['name', 'village', 'total', 'rank', 'seat', 'says', 'needs', 'may'])
    expect(rows.length).toBe(data.results.length)
    expect(rows.map(([name]) => name)).toContain(`'${EVIL}`)
    expect(head.at(-1)).toBe(`# 行数 rows: ${data.results.length}`)
    expect((await marks()).at(-1)).toMatchObject({
      by: '沈知远',
      cycle: county.cycle,
      details: { query: RESULTS, format: 'csv', path: 'results', rows: data.results.length, state: 'done' },
    })
  })

  it('as xlsx holds texts as texts on the first sheet, and what it is on the second', async () => {
    const response = await results(bureau, 'xlsx')
    const files = unzip(Buffer.from(await response.arrayBuffer()))
    expect(Object.keys(files)).toContain('xl/worksheets/sheet2.xml')
    const data = files['xl/worksheets/sheet1.xml']!
    expect(data).toContain(`<t xml:space="preserve">${EVIL}</t>`)
    expect(data).not.toContain('<f')
    expect(data.match(/<row>/g)!.length).toBe((await marks()).at(-1)!.details.rows + 1)
    expect(files['xl/workbook.xml']).toContain('name="说明"')
    expect(files['xl/worksheets/sheet2.xml']).toMatch(/行数 rows<.*<v>\d+<\/v>/)
  })

  it('as ndjson is a row a line between its head and its count', async () => {
    const lines = (await (await results(bureau, 'ndjson')).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines[0].kaohe['何人 who']).toBe('沈知远')
    expect(lines.at(-1).kaohe['行数 rows']).toBe(String(lines.length - 2))
    const { data } = await bureau.ask<{ results: any[] }>(RESULTS, { cycle: county.cycle })
    expect(lines.slice(1, -1).map((row) => row.total)).toEqual(data.results.map((row) => row.total))
  })

  it('of a list inside an object takes its path, or finds it', async () => {
    const query =
      'query ($c: ID!) { villageRanking(cycle: $c) { villages { village grades { grade count } } quotas { people { name } } } }'
    const ask = (path?: string) => send(analyst, { query, variables: { c: county.cycle }, path, format: 'ndjson' })
    const first = (await (await ask()).text()).split('\n')
    expect(JSON.parse(first[1]!)).toMatchObject({ village: expect.any(String), grades: expect.stringMatching(/^\[\{"grade"/) })
    expect(await (await ask('villageRanking.villages')).text()).toContain(first[1])
    expect(await (await ask('villageRanking.quotas.people')).json()).toMatchObject({ code: 'export.noList' })
  })

  it('shows an analyst masked names without the password, and anybody who reads names has just given it', async () => {
    await pool().query(`update session set confirmed_at = now() - interval '11 minutes'`)
    const refused = await results(bureau, 'csv')
    expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'confirm.needed' }])
    const text = await (await results(analyst, 'csv')).text()
    expect(text).toContain('＊＊')
    expect(text).not.toContain('calc')
    await pool().query('update session set confirmed_at = now()')
  })

  it.each([
    ['of what the caller may not ask', 'auditor', { query: '{ accounts { accounts { login } } }' }, 403, 'permission'],
    ['of a change', 'county', { query: 'mutation { removeView(id: "x") }' }, 400, 'export.query'],
    ['of no list', 'county', { query: '{ me { name } }' }, 409, 'export.noList'],
    [
      'of too deep a query',
      'county',
      { query: `{ ${'a { '.repeat(12)} b ${'}'.repeat(12)} }` },
      400,
      /GRAPHQL_VALIDATION|tooDeep/,
    ],
    ['of a cycle that is none', 'county', { query: '{ results(cycle: "x") { name } }' }, 409, 'cycle.unknown'],
    ['in no format', 'county', { query: RESULTS, format: 'exe' }, 400, 'export.form'],
    ['of nothing', 'county', { query: 7 }, 400, 'export.form'],
  ])('%s is refused with a sentence and leaves no mark', async (_, login, body, status, code) => {
    const before = (await marks()).length
    const response = await send(await county.signIn(login), { format: 'csv', ...body })
    const answer = (await response.json()) as { code: string; says: string }
    expect(response.status).toBe(status)
    expect(answer.code).toMatch(code)
    expect((await marks()).length).toBe(before)
  })

  it('is for nobody who is not signed in, nor for a form on another page', async () => {
    expect((await send({ cookie: '' } as Caller, { query: RESULTS, format: 'csv' })).status).toBe(401)
    expect((await send(bureau, {}, { 'content-type': 'text/plain' })).status).toBe(415)
  })
})

describe('an export of ten thousand rows, page after page', () => {
  const schema = buildSchema(`
    type Query { results(first: Int, after: String): Rows! }
    type Rows { edges: [Edge!]! pageInfo: PageInfo! }
    type Edge { node: Row! }
    type PageInfo { hasNextPage: Boolean! endCursor: String }
    type Row { at: Int! text: String! deep: Deep! }
    type Deep { name: String! }`)
  const total = 10_000
  let pages = 0
  let pause = 0
  const roots = {
    async results({ first = 100, after }: { first?: number; after?: string }) {
      pages += 1
      await new Promise((resolve) => setTimeout(resolve, pause))
      const from = after ? Number(after) : 0
      const to = Math.min(from + first, total)
      return {
        edges: Array.from({ length: to - from }, (_, at) => ({
          node: { at: from + at, text: `${from + at} `.repeat(200), deep: { name: `甲${from + at}` } },
        })),
        pageInfo: { hasNextPage: to < total, endCursor: String(to) },
      }
    },
  }
  schema.getQueryType()!.getFields().results!.resolve = (_, args) => roots.results(args as never)
  const query = 'query ($n: Int) { results(first: $n) { rows: edges { one: node { at text deep { name } } } } }'

  it('holds one page at a time: the heap does not grow by the file', async () => {
    setFlagsFromString('--expose-gc')
    const gc = runInNewContext('gc') as () => void
    const document = parse(query)
    const [target] = targetsOf(schema, document, getOperationAST(document)!)
    expect(target).toMatchObject({ path: ['results'], columns: ['at', 'text', 'deep.name'] })
    for (const format of ['csv', 'xlsx', 'ndjson'] as const) {
      gc()
      const start = process.memoryUsage().heapUsed
      let [most, sent, rows] = [0, 0, 0]
      const ask = { variables: { n: 100 }, operationName: undefined, contextValue: {}, stopped: () => false }
      const counted = async function* () {
        for await (const row of rowsIn(schema, document, target!, ask)) {
          if (++rows % 1000 === 0) {
            gc()
            most = Math.max(most, process.memoryUsage().heapUsed - start)
          }
          yield row
        }
      }
      const send = async (bytes: Buffer) => void (sent += bytes.length)
      await formats[format].write(send, { head: [], columns: target!.columns, rows: counted(), whole: async () => [] })
      expect(rows).toBe(total)
      if (format !== 'xlsx') expect(sent).toBeGreaterThan(9_000_000)
      expect(most).toBeLessThan(4_000_000)
    }
  })

  describe('over the wire', () => {
    let server: Server
    let origin: string
    beforeAll(async () => {
      const { rows } = await pool().query(`select id, county_id as county from account where login = 'analyst'`)
      const actor = { ...rows[0], name: '分析', grants: [{ role: 'analyst', unit: rows[0].county }] }
      const { database, feed, log } = county.app
      const keys = new Keys({ key: 'a1'.repeat(32), data: '' })
      const around = { database, feed, log, keys, transport: { plain: false }, readiness: { preparing: false } }
      const asking = { actor, session: undefined, token: undefined, lang: 'zh', address: '', requestId: 'x', documents: 'any' }
      const app = express()
      exportRoutes(
        app,
        schema,
        async () => openContext(around, asking as unknown as Context, new Date()),
        () => undefined,
      )
      server = createServer(app).listen(0, '127.0.0.1')
      await new Promise((resolve) => server.once('listening', resolve))
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    afterAll(() => server.close())
    const start = (abort?: AbortController) =>
      fetch(`${origin}/export`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables: { n: 100 }, format: 'csv' }),
        ...(abort ? { signal: abort.signal } : {}),
      })

    it('comes whole', async () => {
      const text = await (await start()).text()
      expect(text.match(/甲\d+/g)).toEqual(Array.from({ length: total }, (_, at) => `甲${at}`))
      expect(text).toContain(`# 行数 rows: ${total}`)
    })

    it('stops when its reader leaves, which stands on record', async () => {
      ;[pause, pages] = [5, 0]
      const abort = new AbortController()
      const response = await start(abort)
      const reader = response.body!.getReader()
      await reader.read()
      abort.abort()
      await expect.poll(async () => (await marks()).at(-1)!.details.state, { timeout: 10_000 }).toBe('cancelled')
      expect((await marks()).at(-1)!.details.rows).toBeLessThan(total)
      expect(pages).toBeLessThan(90)
      pause = 0
    })

    it('waits its turn when two run already', async () => {
      pause = 30
      const aborts = [new AbortController(), new AbortController()]
      const two = await Promise.all(aborts.map(start))
      const third = await start()
      expect([third.status, third.headers.get('retry-after')]).toEqual([503, '10'])
      expect(await third.json()).toMatchObject({ code: 'export.busy' })
      for (const [at, abort] of aborts.entries()) {
        abort.abort()
        await two[at]!.text().catch(() => undefined)
      }
      pause = 0
      await expect.poll(async () => (await start()).status, { timeout: 10_000 }).toBe(200)
    })
  })
})
