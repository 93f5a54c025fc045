import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey, readGrid } from './sheets.ts'
import { tell } from './year.ts'

let county: County
let bureau: Caller
let system: Caller
beforeAll(async () => {
  county = await openCounty()
  bureau = await county.signIn('county')
  system = await county.signIn('system')
})
afterAll(() => county.close())

interface Reply {
  stored: boolean
  created: number
  updated: number
  unchanged: number
  refused: number
  problems: { row: number; field: string | null; code: string; message: string; note: boolean }[]
  plan: { does: string; turns: { field: string; before: string | null; after: string | null }[] }[]
  followed: { cycle: string; added: number; changed: number; removed: number; kept: number }[]
  import: string | null
}
const reply = `{ stored created updated unchanged refused problems { row field code message note } plan { does turns { field before after } }
  followed { cycle added changed removed kept } import }`
const savePeople = (rows: object[], more: object = {}, by = bureau) =>
  tell<Reply>(
    by,
    `mutation ($rows: [PersonRowInput!]!, $make: Boolean!, $good: Boolean!, $dry: Boolean!, $key: String!) {
       savePeople(rows: $rows, makeUnits: $make, goodRows: $good, dryRun: $dry, key: $key) ${reply} }`,
    { rows, make: false, good: false, dry: false, key: newKey(), ...more },
  )
const saveUnits = (rows: object[], more: object = {}, by = system) =>
  tell<Reply>(
    by,
    `mutation ($rows: [UnitRowInput!]!, $dry: Boolean!, $key: String!) { saveUnits(rows: $rows, dryRun: $dry, key: $key) ${reply} }`,
    { rows, dry: false, key: newKey(), ...more },
  )
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
const codes = ({ problems }: Reply) => problems.filter(({ note }) => !note).map(({ code }) => code)

/** An ID number with the check character that fits. */
function idNumber(born: string, order: number): string {
  const digits = `320000${born.replaceAll('-', '')}${String(order).padStart(3, '0')}`
  let sum = 0
  for (const digit of digits) sum = (sum * 2 + Number(digit)) % 11
  return digits + '10X98765432'[(sum * 2) % 11]
}

describe('places', () => {
  it('come in by a table, are found again by name, and are given their codes later', async () => {
    const rows = [{ town: '新塘镇' }, { town: '新塘镇', village: '云岭村' }, { town: '新塘镇', village: '石 桥 社区' }]
    expect(await saveUnits(rows, { dry: true })).toMatchObject({ stored: false, created: 3 })
    expect(await query(`select from unit where name = '新塘镇'`)).toHaveLength(0)
    expect(await saveUnits(rows)).toMatchObject({ stored: true, created: 3, refused: 0 })
    expect(await saveUnits(rows)).toMatchObject({ stored: false, created: 0, unchanged: 3 })
    const units = await query<{ name: string; code: string; provisional: boolean }>(
      `select u.name, u.code, u.provisional from unit u left join unit t on t.id = u.parent_id where '新塘镇' in (u.name, t.name) order by u.code`,
    )
    expect(units.map(({ name }) => name)).toEqual(['新塘镇', '云岭村', '石桥社区'])
    expect(units.every(({ code, provisional }) => /^\d{12}$/.test(code) && provisional)).toBe(true)
    const code = `${units[0]!.code.slice(0, 6)}777`
    expect(await saveUnits([{ town: '新塘镇', townCode: code, village: '云岭村', villageCode: `${code}201` }])).toMatchObject({
      updated: 1,
    })
    expect(await query(`select code, provisional from unit where name = '云岭村'`)).toEqual([
      { code: `${code}201`, provisional: false },
    ])
  })

  it('are refused with the row and the reason, and then nothing is stored', async () => {
    const [town] = await query<{ code: string; name: string }>(
      `select code, name from unit where kind = 'town' and not provisional limit 1`,
    )
    const done = await saveUnits([
      { town: '甲镇' },
      { town: '乙镇', townCode: '123' },
      { town: '丙镇', townCode: town!.code },
      { town: '丁镇', village: '戊村', villageCode: '320000777000' },
    ])
    expect(done).toMatchObject({ stored: false, refused: 2 })
    expect(done.problems.map(({ row, code }) => [row, code])).toEqual([
      [2, 'roster.townCode'],
      [4, 'roster.villageCode'],
    ])
    // Its code names the town, so that the row renames it; the dry run says so before it is done.
    expect(done.plan[2]).toEqual({ does: 'update', turns: [{ field: 'town', before: town!.name, after: '丙镇' }] })
    expect(await query('select from unit where name = $1', [town!.name])).toHaveLength(1)
    expect(await query(`select from unit where name in ('甲镇', '乙镇', '丙镇', '丁镇')`)).toHaveLength(0)
  })
})

describe('people', () => {
  const roster = () => [
    {
      name: '欧阳 静',
      idNumber: idNumber('1988-03-05', 122),
      town: '新塘镇',
      village: '云岭村',
      startsOn: '2026年5月',
      phone: '138 0000 1234',
      politics: '党员',
    },
    {
      name: '王·阿依',
      idNumber: idNumber('1990-01-01', 331),
      town: '新塘',
      village: '石桥',
      startsOn: '2020.3',
      fullTime: '专职',
    },
    { name: '李四', gender: '男', bornOn: '1985.10', town: '新塘镇', village: '石桥社区', startsOn: '201901', fullTime: '兼职' },
  ]

  it('come in once, however often they are sent, and a running cycle has a sheet for each', async () => {
    const before = (await readGrid(bureau, county.cycle)).sheets.length
    const key = newKey()
    const done = await savePeople(roster(), { key })
    expect(codes(done)).toEqual([])
    expect(done).toMatchObject({ stored: true, created: 3 })
    expect(done.followed.find(({ cycle }) => cycle === county.cycle)).toMatchObject({ added: 3, changed: 0 })
    expect(await savePeople(roster(), { key })).toMatchObject({ stored: true, created: 3, import: done.import })
    expect(await savePeople(roster())).toMatchObject({ stored: false, created: 0, updated: 0, unchanged: 3 })
    expect((await readGrid(bureau, county.cycle)).sheets).toHaveLength(before + 3)
    const sheets = await query(
      `select s.days, s.full_time as full, c.name from sheet s join coordinator c on c.id = s.coordinator_id
        where s.cycle_id = $1 order by s.line desc limit 3`,
      [county.cycle],
    )
    expect(sheets).toEqual(
      expect.arrayContaining([
        { days: 245, full: true, name: '欧阳静' },
        { days: 365, full: true, name: '王·阿依' },
        { days: 365, full: false, name: '李四' },
      ]),
    )
  })

  it('are listed with their numbers masked, which stand sealed in the database, and told in full for a reason', async () => {
    const rows = await tell<Record<string, string>[]>(
      bureau,
      '{ roster { person name idNumber phone bornOn retiresIn startsOn } }',
    )
    const one = rows.find(({ name }) => name === '欧阳静')!
    const number = idNumber('1988-03-05', 122)
    expect(one).toMatchObject({
      idNumber: `320000********${number.slice(-4)}`,
      phone: '138****1234',
      bornOn: '1988-03-05',
      startsOn: '2026-05-01',
    })
    const [stored] = await query<{ all: string }>(`select c::text as all from coordinator c where name = '欧阳静'`)
    expect(stored!.all).not.toContain(number)
    expect(stored!.all).not.toContain('13800001234')
    const chain = await query<{ all: string }>(`select e::text as all from change_set e where kind = 'people'`)
    expect(chain.length).toBeGreaterThan(0)
    for (const { all } of chain) expect(all).not.toMatch(/欧阳静|1234|32000019880305/)
    const revealed = await tell<object>(
      bureau,
      'mutation ($p: ID!, $r: String!, $key: String!) { revealPerson(person: $p, reason: $r, key: $key) { idNumber phone } }',
      { p: one.person, r: '核对社保参保', key: newKey() },
    )
    expect(revealed).toEqual({ idNumber: number, phone: '13800001234' })
    const [mark] = await query<{ reason: string }>(`select reason from change_set where kind = 'reveal' and reason is not null`)
    expect(mark!.reason).toBe('核对社保参保')
  })

  it('tells what cannot be, row by row, and stores nothing of it', async () => {
    const taken = idNumber('1988-03-05', 122)
    const at = { town: '新塘镇', village: '云岭村', startsOn: '2026-01-01' }
    const rows = [
      { name: '甲', idNumber: taken.slice(0, 17) + (taken[17] === '0' ? '1' : '0'), ...at },
      { name: '乙', idNumber: '3.2E+17', ...at },
      { name: '丙', idNumber: idNumber('1991-02-03', 11), bornOn: '1991-02-04', ...at },
      { name: '丁', idNumber: idNumber('1991-02-03', 22), gender: '男', ...at },
      { name: '戊', idNumber: taken, ...at },
      { name: '己', ...at },
      { name: '庚', idNumber: idNumber('1991-02-03', 33), ...at, village: '没有村' },
      { name: '辛', idNumber: idNumber('1991-02-03', 44), ...at, startsOn: '1900-01-01' },
      { name: '', ...at },
      { name: '王·阿依', idNumber: idNumber('1990-01-01', 331), ...at },
      { name: '壬', idNumber: idNumber('1991-02-03', 55), ...at, startsOn: '' },
      { name: '癸', idNumber: idNumber('1991-02-03', 66), ...at },
      { name: '子', idNumber: idNumber('1991-02-03', 66), ...at },
    ]
    const done = await savePeople(rows)
    expect(done.stored).toBe(false)
    expect(codes(done)).toEqual([
      'roster.id.check',
      'roster.id.shape',
      'roster.id.born',
      'roster.id.gender',
      'roster.id.holder',
      'roster.idOrBirth',
      'roster.villageUnknown',
      'roster.dayRange',
      'roster.name',
      'roster.postedElsewhere',
      'roster.startsOn',
      'roster.idTwice',
    ])
    expect(done.problems.every(({ message }) => message.length > 5)).toBe(true)
    expect(await query(`select from coordinator where name in ('癸', '壬')`)).toHaveLength(0)
    const good = await savePeople(rows, { good: true, make: true })
    expect(good).toMatchObject({ stored: true, created: 2, refused: 11 })
    expect(await query(`select name from unit where name = '没有村'`)).toHaveLength(1)
  })

  it('are mended in place, and a number once known is not overwritten by a roster without it', async () => {
    const find = async (name: string) =>
      (
        await tell<{ person: string; posting: string; name: string; phone: string | null; schooling: string | null }[]>(
          bureau,
          '{ roster { person posting name phone schooling } }',
        )
      ).find((one) => one.name === name)!
    const { person, posting } = await find('李四')
    expect(await savePeople([{ person, posting, schooling: '大专', phone: '0510-1234567' }])).toMatchObject({
      stored: true,
      updated: 1,
    })
    expect(await find('李四')).toMatchObject({ schooling: '大专', phone: '051****4567' })
    expect(await savePeople([{ person, posting, phone: '' }])).toMatchObject({ updated: 1 })
    expect(await find('李四')).toMatchObject({ schooling: '大专', phone: null })
    const number = idNumber('1985-10-09', 777)
    expect(await savePeople([{ name: '李四', idNumber: number, town: '新塘镇', village: '石桥社区' }])).toMatchObject({
      updated: 1,
    })
    expect(await savePeople(roster().slice(2))).toMatchObject({ unchanged: 1 })
  })
})

describe('a running cycle follows', () => {
  const posting = async (name: string) =>
    (
      await query<{ id: string }>(
        `select p.id from posting p join coordinator c on c.id = p.coordinator_id where c.name = $1 order by p.starts_on desc`,
        [name],
      )
    )[0]!.id
  const sheets = (name: string) =>
    query<{ id: string; days: number }>(
      `select s.id, s.days from sheet s join coordinator c on c.id = s.coordinator_id join posting p on p.id = s.posting_id
        where c.name = $1 and s.cycle_id = $2 order by p.starts_on`,
      [name, county.cycle],
    )

  it('somebody who leaves: the days end, and the sheet stays', async () => {
    const done = await tell<Reply['followed']>(
      bureau,
      `mutation ($p: ID!, $on: String!, $key: String!) { endPosting(posting: $p, on: $on, kind: resigned, key: $key) { cycle added changed removed kept } }`,
      { p: await posting('欧阳静'), on: '2026-08-31', key: newKey() },
    )
    expect(done).toEqual([{ cycle: county.cycle, added: 0, changed: 1, removed: 0, kept: 0 }])
    expect((await sheets('欧阳静')).map(({ days }) => days)).toEqual([123])
  })

  it('a transfer: the year is divided', async () => {
    const [village] = await query<{ id: string }>(`select id from unit where name = '云岭村'`)
    const done = await tell<Reply['followed']>(
      bureau,
      `mutation ($p: ID!, $v: ID!, $on: String!, $key: String!) { transferPosting(posting: $p, village: $v, on: $on, key: $key) { cycle added changed removed kept } }`,
      { p: await posting('王·阿依'), v: village!.id, on: '2026-07-01', key: newKey() },
    )
    expect(done).toEqual([{ cycle: county.cycle, added: 1, changed: 1, removed: 0, kept: 0 }])
    expect((await sheets('王·阿依')).map(({ days }) => days)).toEqual([181, 184])
  })

  it('a merger: whoever is there goes on in the other village', async () => {
    const [from] = await query<{ id: string }>(`select id from unit where name = '石桥社区'`)
    const [into] = await query<{ id: string }>(`select id from unit where name = '云岭村'`)
    const close = (into: string | null) =>
      bureau.ask(
        `mutation ($u: ID!, $into: ID, $key: String!) { closeUnit(unit: $u, on: "2026-09-30", into: $into, key: $key) { added changed } }`,
        { u: from!.id, into, key: newKey() },
      )
    expect((await close(null)).errors?.[0]?.extensions.code).toBe('unit.inUse')
    expect((await close(into!.id)).data?.closeUnit).toEqual([{ added: 1, changed: 1 }])
    expect((await sheets('李四')).map(({ days }) => days)).toEqual([273, 92])
  })

  it('an import is taken back while nothing was built on it, and not after', async () => {
    const rows = [
      { name: '赵撤回', idNumber: idNumber('1992-02-02', 12), town: '新塘镇', village: '云岭村', startsOn: '2026-02-01' },
    ]
    const takeBack = (id: string | null) =>
      bureau.ask('mutation ($id: ID!, $key: String!) { takeBackImport(id: $id, key: $key) { cycle removed } }', {
        id,
        key: newKey(),
      })
    const first = await savePeople(rows)
    expect((await takeBack(first.import)).data?.takeBackImport).toEqual([{ cycle: county.cycle, removed: 1 }])
    expect(await query(`select from coordinator where name = '赵撤回'`)).toHaveLength(0)
    expect((await takeBack(first.import)).errors?.[0]?.extensions.code).toBe('import.unknown')
    const again = await savePeople(rows)
    const [sheet] = await sheets('赵撤回')
    await query(`update sheet set facts = '{"probe": "1"}' where id = $1`, [sheet!.id])
    expect((await takeBack(again.import)).errors?.[0]?.extensions.code).toBe('import.builtOn')
    expect(await query(`select from coordinator where name = '赵撤回'`)).toHaveLength(1)
  })
})

it('the roster read back from its own list changes nothing', async () => {
  const list = await tell<Record<string, string | boolean | null>[]>(
    bureau,
    `{ roster(past: true) { name idNumber gender bornOn town village startsOn endsOn fullTime phone politics schooling household category
                            employer contractFrom contractTo } }`,
  )
  expect(list.length).toBeGreaterThan(100)
  const rows = list.map((line) => ({ ...line, fullTime: line.fullTime ? '专职' : '兼职' }))
  const done = await savePeople(rows, { dry: true })
  // Villages that have closed are not found by name.
  const [closed] = await query<{ name: string }>(`select name from unit where closed_on is not null`)
  const open = list.filter(({ village }) => village !== closed?.name).length
  expect(codes(done).filter((code) => code !== 'roster.villageUnknown')).toEqual([])
  expect(done).toMatchObject({ stored: false, created: 0, updated: 0, unchanged: open })
})

it('two imports at once make nobody twice', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => ({
    name: `并发${String.fromCodePoint(0x4e00 + at)}`,
    idNumber: idNumber('1993-03-03', 100 + at),
    town: '新塘镇',
    village: '云岭村',
    startsOn: '2026-03-01',
  }))
  const done = await Promise.all([savePeople(rows), savePeople(rows.toReversed()), savePeople(rows)])
  expect(done.map(({ created }) => created).sort()).toEqual([0, 0, 40])
  expect(await query(`select from coordinator where name like '并发%'`)).toHaveLength(40)
})

it('a number cannot be read by whoever may not, and towns see their own people only', async () => {
  const town = await county.signIn('town')
  const own = await tell<{ town: string }[]>(town, '{ roster { town } }')
  expect(new Set(own.map((one) => one.town)).size).toBe(1)
  for (const login of ['town', 'analyst', 'system']) {
    const { errors } = await (
      await county.signIn(login)
    ).ask('mutation { revealPerson(person: "x", reason: "r", key: "12345678") { idNumber } }')
    expect(errors?.[0]?.extensions.code).toBe('permission')
  }
})

it('what a regulation in force asks of whoever enters is told, and they are taken all the same', async () => {
  await tell(bureau, 'mutation ($i: OpenCycleInput!, $key: String!) { openCycle(input: $i, key: $key) { cycle } }', {
    i: { year: 2026, policy: 'baihe-1', period: 'q4' },
    key: newKey(),
  })
  const at = { town: '新塘镇', village: '云岭村' }
  const done = await savePeople(
    [
      { name: '四十整', idNumber: idNumber('1986-03-02', 10), startsOn: '2026-03-02', schooling: '高中', ...at },
      { name: '四十一', idNumber: idNumber('1985-03-02', 20), startsOn: '2026-03-02', schooling: '初中', ...at },
    ],
    { dry: true },
  )
  expect(done).toMatchObject({ created: 2, refused: 0 })
  const told = (row: number) => done.problems.filter((one) => one.row === row).map(({ field, message }) => [field, message])
  expect(told(1)).toEqual([['village', expect.stringMatching(/每村（社区）一名.*BH-05/)]])
  expect(told(2)).toEqual([
    ['bornOn', expect.stringContaining('不超过四十周岁')],
    ['schooling', expect.stringContaining('高中、中职或技校以上')],
    ['village', expect.stringContaining('每村（社区）一名')],
  ])
})
