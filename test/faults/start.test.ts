import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '../../server/src/app.ts'
import { readConfig, StartRefused } from '../../server/src/base/config.ts'
import { startEmbedded } from '../../server/src/database/embedded.ts'
import { openCounty } from '../county.ts'
import { databaseOf, dataFolder, lives, startProduct, type Product } from './product.ts'

const refused = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(StartRefused)
  return (error as StartRefused).message
}

describe('a setting', () => {
  it.each<[env: Record<string, string>, args: string[], says: RegExp]>([
    [{ KAOHE_TYPO: '1' }, [], /no setting KAOHE_TYPO.*KAOHE_DATA.*DATABASE_URL/],
    [{ PORT: 'abc' }, [], /PORT=abc .* from 0 to 65535/],
    [{ PORT: '65536' }, [], /PORT=65536/],
    [{ PORT: '-1' }, [], /PORT=-1/],
    [{ PORT: '1e3' }, [], /PORT=1e3/],
    [{ DATABASE_URL: 'mysql://a@b/c' }, [], /DATABASE_URL is wrong.*postgresql:\/\/user/],
    [{ DATABASE_URL: 'postgresql://host' }, [], /DATABASE_URL is wrong/],
    [{ KAOHE_DEMO: 'yes' }, [], /KAOHE_DEMO=yes .* on, off/],
    [{ KAOHE_PEOPLE: '19' }, [], /KAOHE_PEOPLE=19 .* from 20/],
    [{ KAOHE_LANG: 'fr' }, [], /KAOHE_LANG=fr .* zh, en/],
    [{ LOG_LEVEL: 'loud' }, [], /LOG_LEVEL=loud/],
    [{ HOST: 'a b' }, [], /HOST=a b/],
    [{ KAOHE_SESSION_IDLE_MINUTES: '0' }, [], /KAOHE_SESSION_IDLE_MINUTES=0/],
    [{ KAOHE_CONFIRM_MINUTES: '0' }, [], /KAOHE_CONFIRM_MINUTES=0/],
    [{ KAOHE_SECOND_FACTOR: 'on' }, [], /KAOHE_SECOND_FACTOR=on .* off, county/],
    [{ KAOHE_BEHIND_PROXY: 'true' }, [], /KAOHE_BEHIND_PROXY=true .* on, off/],
    [{ KAOHE_KEY: 'short' }, [], /KAOHE_KEY is wrong.*64/],
    [{}, ['--persons', '5'], /Unknown argument --persons/],
    [{}, ['--people', 'many'], /KAOHE_PEOPLE=many/],
    [{}, ['--people'], /Unknown argument --people/],
  ])('that is wrong is named, with what would be right: %j %j', async (env, args, says) => {
    const told = await refused(Promise.resolve().then(() => readConfig({ KAOHE_LANG: 'en', ...env }, args)))
    expect(told).toMatch(says)
  })

  it('that is wrong does not hide another, and is told in Chinese too', async () => {
    const told = await refused(
      Promise.resolve().then(() => readConfig({ KAOHE_LANG: 'zh', PORT: 'x', KAOHE_TYPO: '1', HOST: '?' })),
    )
    expect(told.split('\n')).toHaveLength(3)
    expect(told).toMatch(/PORT=x 不对/)
  })

  it('that is empty is as good as none, and a password is never repeated', async () => {
    expect(readConfig({ KAOHE_LANG: 'en', PORT: '', DATABASE_URL: '', HOST: '' })).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
    })
    expect(await refused(Promise.resolve().then(() => readConfig({ DATABASE_URL: 'mysql://a:secret@b/c' })))).not.toMatch(
      /secret/,
    )
  })
})

describe('the product on a folder of its own', () => {
  const { folder, remove } = dataFolder()
  let product: Product
  let origin: string
  beforeAll(async () => {
    product = startProduct({ KAOHE_DATA: folder })
    origin = await product.ready
  })
  afterAll(async () => {
    product.signal('SIGKILL')
    await product.ended
    remove()
  })

  it('says where it is, where its data are, and whom to sign in as', () => {
    for (const word of [origin, folder, 'kaohe-demo', '许清和', 'Ctrl+C']) expect(product.out()).toContain(word)
  })

  it('keeps a second one off the same folder, by whatever name, and says who has it', async () => {
    const link = `${folder}-link`
    symlinkSync(folder, link)
    const names = [folder, `${folder}/../${folder.split('/').at(-1)}/`, link]
    for (const second of names.map((data) => startProduct({ KAOHE_DATA: data }))) {
      expect(await second.ended).toBe(1)
      expect(second.err()).toMatch(new RegExp(`in use by another Kaohe \\(process ${product.pid}\\)`))
      expect(second.err()).not.toMatch(/\n\s+at /)
    }
    expect((await fetch(`${origin}/ready`)).status).toBe(200)
    rmSync(link)
  })

  it('starts without a demo county too, and shows in the terminal how one is founded', async () => {
    const { folder: empty, remove: removeEmpty } = dataFolder()
    const bare = startProduct({ KAOHE_DEMO: 'off', KAOHE_DATA: empty })
    try {
      expect(await (await fetch(`${await bare.ready}/ready`)).json()).toEqual({ status: 'ready' })
      const [, where, code] = /Open (\S+\/setup) .* code: (\S+)/.exec(bare.out())!
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ code, county: { code: '990155', name: '云泽县' } })
      expect((await fetch(where!, { method: 'POST', headers, body })).status).toBe(200)
      expect(bare.err()).not.toContain(code)
    } finally {
      bare.signal('SIGTERM')
      await bare.ended
      removeEmpty()
    }
  })

  it('that was asked to stop stops, answers no more, and leaves no database behind', async () => {
    const database = databaseOf(folder)!
    expect(lives(database)).toBe(true)
    product.signal('SIGINT')
    product.signal('SIGINT')
    expect(await product.ended).toBe(0)
    expect(lives(database)).toBe(false)
    expect(databaseOf(folder)).toBeUndefined()
    await expect(fetch(`${origin}/health`)).rejects.toThrow()
    expect(product.err()).toBe('')
  })

  it('that is asked to stop while it starts leaves no database behind either', async () => {
    const early = startProduct({ KAOHE_DATA: folder })
    await expect.poll(() => databaseOf(folder), { timeout: 30_000, interval: 5 }).toBeDefined()
    const database = databaseOf(folder)!
    early.signal('SIGTERM')
    expect(await early.ended).toBe(0)
    expect(lives(database)).toBe(false)
  })
})

describe('a surrounding that does not fit is told in a sentence', () => {
  const { folder, remove } = dataFolder()
  afterAll(remove)
  const start = (env: Record<string, string>) =>
    startApp(readConfig({ KAOHE_LANG: 'en', PORT: '0', LOG_LEVEL: 'silent', ...env }))

  it('a port that is taken', async () => {
    const county = await openCounty()
    const port = new URL(county.origin).port
    expect(await refused(start({ DATABASE_URL: county.databaseUrl, PORT: port }))).toBe(
      `Port ${port} is in use. Stop what uses it, or name another in PORT, such as PORT=4001.`,
    )
    await county.close()
  })

  it('an address that is not this machine’s', async () => {
    const county = await openCounty()
    expect(await refused(start({ DATABASE_URL: county.databaseUrl, HOST: '192.0.2.1' }))).toMatch(/no address 192\.0\.2\.1/)
    await county.close()
  })

  it('data of a newer product, which are not touched', async () => {
    const county = await openCounty()
    const { pool } = county.app.database
    await pool.query(`insert into migration (name, executed_at) values ('20991231-from-the-future', now())`)
    expect(await refused(start({ DATABASE_URL: county.databaseUrl }))).toMatch(/newer Kaohe \(20991231-from-the-future\)/)
    await county.close()
  })

  it('a database that nobody answers for', async () => {
    const told = await refused(start({ DATABASE_URL: 'postgresql://kaohe:secret@127.0.0.1:1/kaohe' }))
    expect(told).toMatch(/cannot be reached: .*Check DATABASE_URL/)
    expect(told).not.toMatch(/secret/)
  })

  it('a folder of another PostgreSQL', async () => {
    const data = join(folder, 'old')
    mkdirSync(join(data, 'postgres'), { recursive: true })
    writeFileSync(join(data, 'postgres/PG_VERSION'), '17\n')
    expect(await refused(start({ KAOHE_DATA: data }))).toMatch(/belongs to PostgreSQL 17; this product has 18/)
  })

  it('a folder that cannot be made', async () => {
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    expect(await refused(start({ KAOHE_DATA: join(file, 'below') }))).toMatch(/cannot be written \(ENOTDIR\)/)
  })
})

it('a database of somebody else is not stopped because an old note names its number', async () => {
  const [mine, theirs] = [dataFolder(), dataFolder()]
  const other = await startEmbedded(theirs.folder, 'en')
  const first = await startEmbedded(mine.folder, 'en')
  await first.stop()
  // What a machine that lost its power leaves, when the number has been given to another since.
  writeFileSync(
    join(mine.folder, 'postgres/postmaster.pid'),
    `${other.pid}\n${mine.folder}/postgres\n0\n5432\n\n127.0.0.1\n0 0\nready\n`,
  )
  const again = await startEmbedded(mine.folder, 'en')
  for (const { url } of [other, again]) {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await client.end()
  }
  await again.stop()
  await other.stop()
  mine.remove()
  theirs.remove()
})
