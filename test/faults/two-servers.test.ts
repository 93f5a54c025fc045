import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { newKey, readGrid, save, type Cell, type GridSheet } from '../api/sheets.ts'
import { listen } from '../api/stream.ts'
import { asker, signIn, type Caller } from '../county.ts'
import { endPool, startProduct, type Product } from './product.ts'

const name = `kaohe_two_${process.pid}_${Date.now()}`
let admin: pg.Client
let pool: pg.Pool
let products: Product[]
let origins: string[]

beforeAll(async () => {
  const { url, template } = inject('databaseServer')
  admin = new pg.Client({ connectionString: url })
  await admin.connect()
  await admin.query(`create database ${name} template ${template}`)
  const databaseUrl = Object.assign(new URL(url), { pathname: `/${name}` }).toString()
  pool = new pg.Pool({ connectionString: databaseUrl })
  products = [startProduct({ DATABASE_URL: databaseUrl }), startProduct({ DATABASE_URL: databaseUrl })]
  origins = await Promise.all(products.map(({ ready }) => ready))
})
afterAll(async () => {
  for (const product of products) product.signal('SIGKILL')
  await Promise.all(products.map(({ ended }) => ended))
  await endPool(pool)
  await admin.query(`drop database ${name} with (force)`)
  await admin.end()
})

it('two servers on one database share sessions and tell each other’s changes; one is killed under load, and nothing acknowledged is lost', async () => {
  const [first, second] = origins as [string, string]
  const own = await signIn(first, 'town')
  const there: Caller = { cookie: own.cookie, ask: asker(second, own.cookie) } // the same session, at the other server
  const { data } = await there.ask('{ cycles { cycle { id } } }')
  const cycle = data.cycles[0].cycle.id as string
  const { sheets } = await readGrid(there, cycle)

  const stream = await listen<{ seq?: number }>(
    second,
    own.cookie,
    'subscription ($c: ID!) { gridChanged(cycle: $c) { ... on GridChange { seq } } }',
    { c: cycle },
  )
  const heard = stream.next()
  await save(own, cycle, [[sheets[0]!.id, 'absentDays', sheets[0]!.cell.absentDays!, '0.5']])
  expect(await heard).toHaveProperty('seq')
  await stream.stop()

  const acknowledged: { key: string; changeSet: string }[] = []
  let running = true
  /** Writes on its own sheet to whichever server answers: what was not answered is sent again, under its key, to the other. */
  async function write(sheet: GridSheet, at: number): Promise<void> {
    let seen: string | null = (await readGrid(there, cycle)).sheets.find(({ id }) => id === sheet.id)!.cell.absentDays || null
    for (let turn = 0; running; turn++) {
      const value = `${(turn % 40) / 2 + 0.5}`
      const cells: Cell[] = [[sheet.id, 'absentDays', seen, value]]
      const key = newKey()
      const order = (at + turn) % 2 === 0 ? [own, there] : [there, own]
      for (const caller of order) {
        const reply = await save(caller, cycle, cells, { key }).catch((error: Error) => error)
        if (reply instanceof Error) {
          if (/^[a-z]+\.[a-z]/i.test(reply.message)) throw reply // refused, not unheard
          continue
        }
        expect(reply.leftOut).toEqual([])
        if (reply.changeSet) acknowledged.push({ key, changeSet: reply.changeSet })
        seen = value
        break
      }
    }
  }
  const writers = sheets.slice(1, 7).map(write)
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(60), { timeout: 30_000, interval: 20 })
  products[0]!.signal('SIGKILL')
  await products[0]!.ended
  const before = acknowledged.length
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(before + 60), { timeout: 30_000, interval: 20 })
  running = false
  await Promise.all(writers)

  const { rows } = await pool.query<{ key: string; id: string }>('select key, id from change_set')
  const stored = new Map(rows.map(({ key, id }) => [key, id]))
  expect(rows.length).toBe(stored.size)
  for (const { key, changeSet } of acknowledged) expect(stored.get(key)).toBe(changeSet)
  const { rows: counties } = await pool.query<{ id: string }>('select id from county')
  expect(await verifyChain(pool, counties[0]!.id)).toMatchObject({ ok: true })
})
