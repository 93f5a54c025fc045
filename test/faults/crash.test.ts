import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startEmbedded } from '../../server/src/database/embedded.ts'
import { score } from '../../server/src/rules/score/index.ts'
import { storable } from '../../server/src/rules/exact.ts'
import { policies } from '../../server/src/base/policies.ts'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { newKey, readGrid, save, type Cell } from '../api/sheets.ts'
import { signIn, type Caller } from '../county.ts'
import { databaseOf, dataFolder, endPool, lives, startProduct, type Product } from './product.ts'

const { folder, remove } = dataFolder()
const products: Product[] = []
const started = (product: Product): Product => (products.push(product), product)
afterAll(async () => {
  for (const product of products) product.signal('SIGKILL')
  await Promise.all(products.map(({ ended }) => ended))
  remove()
})

/** What one person was told: the values acknowledged, each written to two sheets at once. */
interface Told {
  acknowledged: { key: string; changeSet: string; value: string }[]
  unanswered: string[]
}

/** Writes pairs of cells without a pause until the server is gone. Only this person writes these two sheets. */
async function writeUntilGone(caller: Caller, cycle: string, pair: string[], first: (string | null)[], told: Told, who: number) {
  let seen = first
  for (let turn = 1; ; turn++) {
    const value = String(1000 * who + turn)
    const key = newKey()
    const cells = pair.map((id, at): Cell => [id, 'i09.entries', seen[at]!, value, null])
    try {
      const { changeSet, applied } = await save(caller, cycle, cells, { key })
      if (applied !== 2) throw new RangeError(`applied ${applied}`)
      told.acknowledged.push({ key, changeSet: changeSet!, value })
      seen = [value, value]
    } catch (error) {
      if (error instanceof RangeError) throw error
      told.unanswered.push(value)
      return
    }
  }
}

describe.each([
  ['the server is killed', (server: number) => process.kill(server, 'SIGKILL')],
  [
    'the server and its database are killed',
    (server: number) => {
      process.kill(server, 'SIGKILL')
      process.kill(databaseOf(folder)!, 'SIGKILL')
    },
  ],
])('when %s in the middle of many changes', (_, kill) => {
  const told: Told[] = []
  let pool: pg.Pool | undefined
  let stop: (() => Promise<void>) | undefined
  let county: string

  beforeAll(async () => {
    const product = started(startProduct({ KAOHE_DATA: folder }))
    const origin = await product.ready
    const callers = [await signIn(origin, 'town'), await signIn(origin, 'town2')]
    const cycle = (await callers[0]!.ask('{ cycles { cycle { id } } }')).data.cycles[0].cycle.id as string
    // Cleared first, so that what was awarded by hand stands in nobody's way.
    const { sheets } = await readGrid(callers[0]!, cycle)
    expect(sheets.length).toBeGreaterThanOrEqual(4)
    await save(
      callers[0]!,
      cycle,
      sheets.map(({ id, cell }): Cell => [id, 'i09', cell.i09 || null, null]),
    )
    const writers = [0, 2].map((from, at) => {
      const mine: Told = { acknowledged: [], unanswered: [] }
      told.push(mine)
      const pair = sheets.slice(from, from + 2).map(({ id }) => id)
      return writeUntilGone(callers[at]!, cycle, pair, [null, null], mine, at + 1)
    })
    await vi.waitFor(() => expect(told.every(({ acknowledged }) => acknowledged.length > 25)).toBe(true), { timeout: 30_000 })
    kill(product.pid)
    await product.ended
    await Promise.all(writers)

    // The product itself starts again on what is left.
    const again = started(startProduct({ KAOHE_DATA: folder }))
    const town = await signIn(await again.ready, 'town')
    expect((await readGrid(town, cycle)).sheets.length).toBe(sheets.length)
    again.signal('SIGTERM')
    expect(await again.ended).toBe(0)

    const embedded = await startEmbedded(folder, 'en')
    stop = () => embedded.stop()
    pool = new pg.Pool({ connectionString: embedded.url })
    county = (await pool.query<{ id: string }>('select id from county')).rows[0]!.id
  })
  afterAll(async () => {
    if (pool) await endPool(pool)
    await stop?.()
    expect(databaseOf(folder)).toBeUndefined()
  })

  it('every change that was acknowledged is there', async () => {
    const { rows } = await pool!.query<{ id: string; key: string }>('select id, key from change_set')
    const stored = new Map(rows.map(({ key, id }) => [key, id]))
    for (const { acknowledged } of told) for (const { key, changeSet } of acknowledged) expect(stored.get(key)).toBe(changeSet)
  })

  it('no change is there in part, and the last one is the last that was sent', async () => {
    const { rows } = await pool!.query<{ values: string[] }>(
      `select array_agg(cells -> 'i09.entries' ->> 1 order by sheet_id) as values from sheet_change
        where cells ? 'i09.entries' and cells -> 'i09.entries' ->> 1 is not null group by seq order by seq`,
    )
    for (const { values } of rows) expect([values.length, new Set(values).size]).toEqual([2, 1])
    for (const { acknowledged, unanswered } of told) {
      const mine = rows.map(({ values }) => values[0]!).filter((value) => value.startsWith(acknowledged[0]!.value.slice(0, 1)))
      expect([acknowledged.at(-1)!.value, ...unanswered]).toContain(mine.at(-1))
    }
  })

  it('every sheet holds the score of its facts, and its last change', async () => {
    const { policy } = policies().get('xinyi-1')!
    const { rows } = await pool!.query(
      'select s.facts, s.total::text as total, s.seq, (select max(c.seq) from sheet_change c where c.sheet_id = s.id) as last from sheet s',
    )
    for (const { facts, total, seq, last } of rows) {
      expect(total).toBe(storable(score(policy, {}, facts).points))
      expect(seq).toBe(last ?? 0)
    }
  })

  it('the chain holds', async () => {
    expect(await verifyChain(pool!, county)).toMatchObject({ ok: true })
  })
})

it('no database was left behind', () => {
  const pid = databaseOf(folder)
  expect(pid === undefined || !lives(pid)).toBe(true)
})
