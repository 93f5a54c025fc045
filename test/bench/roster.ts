import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { readFile } from '../../server/src/intake/read-file.ts'
import { ScoreGridDocument, SaveCellsDocument } from '../../web/src/gql/documents.ts'
import { textRows, workbookOf } from '../intake/workbook.ts'
import { connect, makeFolder, signIn, startProduct } from './server.ts'
import { median, quantile, timed, type Line } from './stats.ts'

const PEOPLE = 5000

/** An ID number with the check character that fits. */
function idNumber(at: number): string {
  const digits = `32${String(Math.floor(at / PEOPLE)).padStart(4, '0')}${1970 + (at % 30)}0${1 + (at % 9)}1${at % 9}${String(at % 1000).padStart(3, '0')}`
  let sum = 0
  for (const digit of digits) sum = (sum * 2 + Number(digit)) % 11
  return digits + '10X98765432'[(sum * 2) % 11]
}

/** A county's roster as a workbook; `tag` makes its people others than those of another. */
function roster(tag: number): Buffer {
  const heading = ['序号', '姓名', '身份证号', '镇（街道）', '村（社区）', '任职时间', '联系电话', '文化程度']
  const rows = Array.from({ length: PEOPLE }, (_, at) => {
    const [town, village] = [at % 25, at % 500]
    const name = `${'赵钱孙李周吴郑王'[at % 8]}${String.fromCodePoint(0x4e00 + ((at * 7 + tag * 131) % 20000))}`
    return [
      `${at + 1}`,
      name,
      idNumber(at + tag * PEOPLE),
      `测${town}镇`,
      `${village}组村`,
      `20${10 + (at % 14)}-0${1 + (at % 9)}`,
      `139${String(10_000_000 + at)}`,
      '大专',
    ]
  })
  return workbookOf([{ name: '花名册', rows: textRows([['协理员花名册'], heading, ...rows]) }])
}

/** A roster of 5,000 people brought into a running product, beside what reading and storing it takes at least. */
export async function measureRoster(rounds: number): Promise<Line[]> {
  const folder = makeFolder()
  try {
    const product = await startProduct(folder.path, 500)
    const sql = await connect(product.databaseUrl)
    try {
      const response = await fetch(`${product.origin}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'county', password: 'kaohe-demo' }),
      })
      const cookie = response.headers.get('set-cookie')!.split(';')[0]!
      const send = async (bytes: Buffer, query: string) => {
        const answer = await fetch(`${product.origin}/import/people?units=create&${query}`, {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/octet-stream', 'x-file-name': 'roster.xlsx' },
          body: new Uint8Array(bytes),
        })
        const body = (await answer.json()) as { created?: number; code?: string; problems?: { code: string; note: boolean }[] }
        const wrong = body.problems?.find(({ note }) => !note)
        if (body.created !== PEOPLE) throw new Error(`${answer.status} ${body.code} ${body.created} ${JSON.stringify(wrong)}`)
      }
      const { rows: heads } = await sql.query<{ county: string; cycle: string; village: string; town: string }>(
        `select c.county_id as county, c.id as cycle, v.id as village, v.parent_id as town from cycle c, unit v where v.kind = 'village' limit 1`,
      )
      const head = heads[0]!
      /** The rows that an import makes, and nothing else: people, posts and sheets by whole columns. */
      const bare = async () => {
        await sql.query('begin')
        const ids = Array.from({ length: PEOPLE }, () => [randomUUID(), randomUUID(), randomUUID()] as const)
        const insert = (table: string, all: object[]) =>
          sql.query(
            `insert into ${table} (${Object.keys(all[0]!).join()}) select ${Object.keys(all[0]!).join()} from json_populate_recordset(null::${table}, $1)`,
            [JSON.stringify(all)],
          )
        const sealed = 'x'.repeat(64)
        const [ms] = await timed(async () => {
          await insert(
            'coordinator',
            ids.map(([id]) => ({
              county_id: head.county,
              id,
              name: '王伟',
              gender: 'male',
              born_on: '1980-01-01',
              cadre: false,
              id_number: sealed,
              id_number_hash: id,
              id_number_shown: '320000********0011',
              phone: sealed,
              phone_shown: '139****0000',
            })),
          )
          await insert(
            'posting',
            ids.map(([person, id]) => ({
              county_id: head.county,
              id,
              coordinator_id: person,
              village_id: head.village,
              full_time: true,
              starts_on: '2020-01-01',
            })),
          )
          const { rows } = await sql.query('select max(line) as line from sheet')
          await insert(
            'sheet',
            ids.map(([person, posting, id], at) => ({
              county_id: head.county,
              id,
              cycle_id: head.cycle,
              line: Number(rows[0].line) + 1 + at,
              coordinator_id: person,
              posting_id: posting,
              village_id: head.village,
              town_id: head.town,
              full_time: true,
              days: 365,
              state: 'open',
              stage: 'score',
              facts: {},
              beyond: {},
              points: '{1,2,3,4,5,6,7,8,9}',
              marks: 'mmmmmmmmm',
              total: '0',
              missing: 9,
              limits: '{}',
              seq: 0,
            })),
          )
        })
        await sql.query('rollback')
        return ms
      }

      const town = await signIn(product.origin, 'town')
      const { scoreGrid } = (await town.ask(ScoreGridDocument, { cycle: head.cycle, view: 'points' })).data
      const [row] = scoreGrid.rows.ids.split('\n')
      const at = scoreGrid.columns.findIndex(({ kind }) => kind === 'points')
      const field = scoreGrid.columns[at]!.field
      let seen = scoreGrid.rows.cells[at]!.split('\n')[0] || null
      const saveOne = async () => {
        const next = seen === '1' ? '2' : '1'
        const input = { cycle: head.cycle, key: randomUUID(), view: 'points' as const, sheets: [row!], fields: [field] }
        const [ms] = await timed(() =>
          town.ask(SaveCellsDocument, {
            input: { ...input, seen: [seen], values: [next], replaces: [null], typed: true },
          } as never),
        )
        seen = next
        return ms
      }
      const usual: number[] = []
      for (let count = 0; count < 200; count++) usual.push(await saveOne())

      const before = product.memory()!
      const told = {
        read: [] as number[],
        checked: [] as number[],
        applied: [] as number[],
        bare: [] as number[],
        meanwhile: [] as number[],
      }
      for (let round = -1; round < rounds; round++) {
        const bytes = roster(round + 1)
        const [read] = await timed(() => readFile(bytes, 'roster.xlsx'))
        const [checked] = await timed(() => send(bytes, 'dryRun=1'))
        const plain = await bare()
        let going = true
        const colleague = (async () => {
          while (going) {
            const ms = await saveOne()
            if (round >= 0) told.meanwhile.push(ms)
            await sleep(20)
          }
        })()
        const [whole] = await timed(() => send(bytes, `key=${randomUUID()}`))
        going = false
        await colleague
        if (round < 0) continue
        told.read.push(read)
        told.checked.push(checked)
        told.applied.push(whole - read)
        told.bare.push(plain)
      }
      const people = `a roster of ${PEOPLE} people`
      return [
        {
          what: `${people}: read and checked, beside the guarded reader alone`,
          unit: 'ms',
          ours: median(told.checked),
          limit: median(told.read),
          aim: 2,
        },
        {
          what: `${people}: applied with chain and sheets, beside bare SQL of the same rows`,
          unit: 'ms',
          ours: median(told.applied),
          limit: median(told.bare),
          aim: 3,
        },
        {
          what: `${people}: a colleague’s save meanwhile, p99 beside its usual`,
          unit: 'ms',
          ours: quantile(told.meanwhile, 0.99),
          limit: quantile(usual, 0.99),
          aim: 2,
        },
        {
          what: `${people}: peak memory of the server, beside the peak before`,
          unit: 'MiB',
          ours: product.memory()!.peak,
          limit: before.peak,
          aim: 1.2,
        },
      ]
    } finally {
      await sql.end()
      await product.stop()
    }
  } finally {
    folder.remove()
  }
}
