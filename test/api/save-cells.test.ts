import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { policies } from '../../server/src/base/policies.ts'
import { storable } from '../../server/src/rules/exact.ts'
import { score } from '../../server/src/rules/score/index.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { factsOf, inputOf, newKey, readGrid, save, SAVE, sheetsOf, type Cell, type GridSheet } from './sheets.ts'

const { policy } = policies().get('xinyi-1')!
let county: County
let town: Caller
let sheets: GridSheet[]
let fields: string[]

beforeAll(async () => {
  county = await openCounty()
  town = await county.signIn('town')
})
afterAll(() => county.close())

/** The sheets of the assessor's town as they stand. */
const look = async () => {
  const grid = await readGrid(town, county.cycle)
  ;({ sheets } = grid)
  fields = grid.columns.map(({ field }) => field)
  return grid
}
const sheetOf = async (id: string) => (await look()).sheets.find((sheet) => sheet.id === id)!
const put = (cells: Cell[], lang: 'zh' | 'en' = 'zh') => save(town, county.cycle, cells, { lang })

/** Makes the first sheet hold just these facts, so that a test says all it needs. */
async function given(facts: Record<string, string>): Promise<string> {
  const [first] = (await look()).sheets
  const { cell, id } = first!
  const wanted = fields.filter((field) => field.startsWith('i04') || field.startsWith('i22') || field.startsWith('v'))
  await put(wanted.filter((field) => cell[field] !== '').map((field): Cell => [id, field, cell[field]!, null]))
  const blank = await sheetOf(id)
  await put(Object.entries(facts).map(([field, value]): Cell => [id, field, blank.cell[field] || null, value]))
  expect(await factsOf(county, id)).toMatchObject(facts)
  return id
}

describe('a value', () => {
  it.each<[what: string, field: string, raw: string, code: string, zh: RegExp, en: RegExp]>([
    ['above the maximum', 'i04', '2.1', 'cell.overMax', /最多填 2/, /2 at most/],
    ['below zero', 'i04', '-1', 'cell.negative', /不能填负数/, /cannot be negative/],
    ['full-width below zero', 'i04', '－１', 'cell.negative', /不能填负数/, /cannot be negative/],
    ['between two steps', 'i04', '1.05', 'cell.step', /0\.1 的整数倍/, /steps of 0\.1/],
    ['that is text', 'i04', '很好', 'cell.notANumber', /“很好”不是数字/, /“很好” is not a number/],
    ['NaN', 'i04', 'NaN', 'cell.notANumber', /不是数字/, /not a number/],
    ['infinite', 'i04', '1e309', 'cell.notANumber', /不是数字/, /not a number/],
    ['with an exponent', 'i04', '1e0', 'cell.notANumber', /不是数字/, /not a number/],
    ['hexadecimal', 'i04', '0x1', 'cell.notANumber', /不是数字/, /not a number/],
    ['that is a formula about other cells', 'i04', '=A1+1', 'cell.notANumber', /不是数字/, /not a number/],
    ['with a blank inside', 'i04.inexact', '1 2', 'cell.notANumber', /空格.*12/, /blank.*12/],
    ['with a raised digit', 'i04', '1²', 'cell.notANumber', /“²”不是普通数字/, /“²” .*not an ordinary digit/],
    ['that is a circled digit', 'i04', '①', 'cell.notANumber', /“①”不是普通数字/, /not an ordinary digit/],
    ['that may be a date', 'i04', '2-1', 'cell.notANumber', /像是日期.*=2-1/, /looks like a date.*=2-1/],
    ['that a spreadsheet made a date', 'i04', '2月1日', 'cell.notANumber', /像是日期.*=2-1/, /=2-1/],
    ['that is half a person', 'i04.inexact', '1.5', 'cell.notAWhole', /整数/, /whole number/],
    ['that is no flag', 'v1', '也许', 'cell.notAFlag', /“是”或“否”/, /yes or no/],
    ['of a hundred digits', 'i04', '1'.repeat(100), 'cell.tooLong', /太长/, /too long/],
    ['for no such field', 'i99', '1', 'cell.unknownField', /没有这一栏/, /no such column/],
    ['for a field of every object', 'constructor', '1', 'cell.unknownField', /没有这一栏/, /no such column/],
    ['for a field of every prototype', '__proto__', '1', 'cell.unknownField', /没有这一栏/, /no such column/],
  ])('%s is refused with a sentence in both languages', async (_, field, raw, code, zh, en) => {
    const [{ id }] = (await look()).sheets as [GridSheet]
    const before = await factsOf(county, id)
    for (const [lang, says] of [
      ['zh', zh],
      ['en', en],
    ] as const) {
      const reply = await put([[id, field, null, raw]], lang)
      expect(reply).toMatchObject({ applied: 0, changeSet: null, leftOut: [{ at: 0, code }] })
      expect(reply.leftOut[0]!.says).toMatch(says)
    }
    expect(await factsOf(county, id)).toEqual(before)
  })

  it.each<[raw: string, field: string, stored: string]>([
    ['１．５', 'i04', '1.5'],
    ['1.50', 'i04', '1.5'],
    ['1。5', 'i04', '1.5'],
    [' 1.5 分 ', 'i04', '1.5'],
    ['2次', 'i04.inexact', '2'],
    ['９３．４％', 'i22.completion', '93.4'],
    ['是', 'v1', 'yes'],
    ['√', 'v1', 'yes'],
    ['Y', 'v1', 'yes'],
    ['TRUE', 'v1', 'yes'],
    ['１', 'v1', 'yes'],
    ['否', 'v1', 'no'],
    ['×', 'v1', 'no'],
    ['0', 'v1', 'no'],
  ])('written as %s is kept in %s as %s', async (raw, field, stored) => {
    const id = await given({})
    const reply = await put([[id, field, null, raw]])
    expect(reply).toMatchObject({ applied: 1, leftOut: [] })
    expect((await factsOf(county, id))[field]).toBe(stored)
    expect((await sheetOf(id)).cell[field]).toBe(stored)
  })
})

describe('a sum that looks like a date', () => {
  it('counts where a person typed it, and under the same key only so', async () => {
    const id = await given({ i04: '2' })
    const key = newKey()
    const typed = await save(town, county.cycle, [[id, 'i04', '2', '2-1']], { typed: true, key })
    expect(typed).toMatchObject({ applied: 1, leftOut: [] })
    expect((await factsOf(county, id)).i04).toBe('1')
    expect(await save(town, county.cycle, [[id, 'i04', '2', '2-1']], { typed: true, key })).toMatchObject({
      changeSet: typed.changeSet,
    })
    const other = await town.ask(SAVE, { input: inputOf(county.cycle, [[id, 'i04', '2', '2-1']], key) })
    expect(other.errors?.[0]?.extensions.code).toBe('key.used')
    expect(await put([[id, 'i04', '1', '2-1']])).toMatchObject({ applied: 0, leftOut: [{ code: 'cell.notANumber' }] })
    expect(await put([[id, 'i04', '1', '=2-1']])).toMatchObject({ applied: 1, leftOut: [] })
  })
})

describe('a pasted block', () => {
  it('keeps its good cells and says of each bad one why', async () => {
    const id = await given({ i04: '2' })
    const reply = await put([
      [id, 'i04', '2', '1.5'],
      [id, 'i22', null, '9'],
      [id, 'v1', null, '是'],
      [id, 'v2', null, '不知道'],
    ])
    expect(reply.applied).toBe(2)
    expect(reply.leftOut.map(({ at, code, field }) => [at, field, code])).toEqual([
      [1, 'i22', 'cell.overMax'],
      [3, 'v2', 'cell.notAFlag'],
    ])
    expect(await factsOf(county, id)).toMatchObject({ i04: '1.5', v1: 'yes' })
  })

  it('that names a cell twice leaves it as its last line says', async () => {
    const id = await given({ i04: '2' })
    expect(
      await put([
        [id, 'i04', '2', '1'],
        [id, 'i04', '2', '2'],
      ]),
    ).toMatchObject({ applied: 2, leftOut: [] })
    expect((await factsOf(county, id)).i04).toBe('2')
    await put([
      [id, 'i04', '2', '2'],
      [id, 'i04', '2', '1'],
    ])
    expect((await factsOf(county, id)).i04).toBe('1')
  })

  it('that holds an item and all its criteria leaves the criteria, those unchanged included', async () => {
    const id = await given({ 'i22.completion': '100', 'i22.diverted': '0' })
    const reply = await put([
      [id, 'i22', '3', '2.9'],
      [id, 'i22.completion', '100', '100'],
      [id, 'i22.diverted', '0', '1'],
    ])
    expect(reply).toMatchObject({ applied: 3, leftOut: [] })
    const facts = await factsOf(county, id)
    expect(facts).toMatchObject({ 'i22.completion': '100', 'i22.diverted': '1' })
    expect(facts.i22).toBeUndefined()
    expect((await sheetOf(id)).cell.i22).toBe('2.9')
  })

  it('that ends with the award of an item leaves the award', async () => {
    const id = await given({ 'i22.completion': '100' })
    await put([
      [id, 'i22.completion', '100', '90'],
      [id, 'i22', '3', '3'],
    ])
    const facts = await factsOf(county, id)
    expect(facts.i22).toBe('3')
    expect(facts['i22.completion']).toBeUndefined()
  })

  it('of a whole county is taken in one call', async () => {
    const { sheets: all } = await look()
    const cells = fields.flatMap((field) =>
      all.map(({ id, cell }): Cell => [id, field, cell[field] || null, cell[field] || null]),
    )
    const many = Array.from({ length: Math.ceil(24_001 / cells.length) }, () => cells).flat()
    expect(many.length).toBeGreaterThan(24_000)
    expect(await put(many)).toMatchObject({ applied: many.length, leftOut: [], changeSet: null })
  })
})

describe('an item', () => {
  it('given points by hand loses its criteria in the same change', async () => {
    const id = await given({ 'i04.inexact': '1', 'i04.unkept': 'no' })
    expect((await sheetOf(id)).marks[0]).toBe('c')
    const reply = await put([[id, 'i04', '1.5', '2']])
    expect(reply.applied).toBe(1)
    const facts = await factsOf(county, id)
    expect(Object.keys(facts).filter((field) => field.startsWith('i04'))).toEqual(['i04'])
    expect((await sheetOf(id)).marks[0]).toBe('a')
    const turns = await town.ask(`query ($id: ID!) { cellHistory(sheet: $id, field: "i04") { changeSet field before after } }`, {
      id,
    })
    expect(turns.data.cellHistory.filter((turn: { changeSet: string }) => turn.changeSet === reply.changeSet)).toEqual([
      { changeSet: reply.changeSet, field: 'i04', before: null, after: '2' },
      { changeSet: reply.changeSet, field: 'i04.inexact', before: '1', after: null },
      { changeSet: reply.changeSet, field: 'i04.unkept', before: 'no', after: null },
    ])
  })

  it('given points by hand is not silently computed: the editor must say they know of the award', async () => {
    const id = await given({ i04: '2' })
    const blind = await put([[id, 'i04.inexact', null, '1']])
    expect(blind).toMatchObject({
      applied: 0,
      leftOut: [{ code: 'conflict', field: 'i04', mine: '1', theirs: '2', by: '许清和' }],
    })
    const stale = await put([[id, 'i04.inexact', null, '1', '1.5']])
    expect(stale.leftOut).toMatchObject([{ code: 'conflict', theirs: '2' }])
    const known = await put([[id, 'i04.inexact', null, '1', '2']])
    expect(known).toMatchObject({ applied: 1, leftOut: [] })
    const facts = await factsOf(county, id)
    expect(facts).toMatchObject({ 'i04.inexact': '1' })
    expect(facts.i04).toBeUndefined()
  })

  it('that is cleared is missing, and a cleared criterion of it is simply not recorded', async () => {
    const id = await given({ 'i04': '2', 'i22.completion': '90', 'i22.diverted': '1' })
    const before = await sheetOf(id)
    await put([
      [id, 'i04', '2', null],
      [id, 'i22.diverted', '1', ''],
    ])
    const after = await sheetOf(id)
    expect(after.cell).toMatchObject({ 'i04': '', 'i22.diverted': '', 'i22': '2.7' })
    expect(Number(after.missing)).toBe(Number(before.missing) + 1)
    expect(after.marks[0]).toBe('m')
  })

  it('computed from its criteria is emptied by clearing its points', async () => {
    const id = await given({ 'i04.inexact': '1' })
    expect(await put([[id, 'i04', '1.5', null]])).toMatchObject({ applied: 1, leftOut: [] })
    expect((await factsOf(county, id))['i04.inexact']).toBeUndefined()
    expect((await sheetOf(id)).marks[0]).toBe('m')
  })
})

describe('a sheet', () => {
  const columns = (id: string, cells: Cell[]) => put(cells.map(([, ...rest]): Cell => [id, ...rest]))

  it('of another town does not exist for an assessor, nor does one that was never made', async () => {
    const bureau = await county.signIn('county')
    const foreign = (await readGrid(bureau, county.cycle)).sheets.find(({ id }) => !sheets.some((own) => own.id === id))!
    const answers = [foreign.id, '01900000-0000-7000-8000-000000000000', 'no-id-at-all', ''].map((id) =>
      columns(id, [['', 'i04', null, '1']]),
    )
    const [known, ...unknown] = await Promise.all(answers)
    expect(known).toMatchObject({ applied: 0, leftOut: [{ code: 'sheet.unknown' }], rows: { count: 0 } })
    for (const reply of unknown) {
      const { at, code, says, theirs, by } = known!.leftOut[0]!
      expect(reply.leftOut).toMatchObject([{ at, code, says, theirs, by }])
    }
  })

  it('is scored by the assessors of its town only, though others may read it', async () => {
    const [first] = (await look()).sheets
    for (const login of ['county', 'auditor', 'analyst', 'panel', 'joint']) {
      const other = await county.signIn(login)
      const answer = await other.ask(SAVE, { input: inputOf(county.cycle, [[first!.id, 'i04', first!.cell.i04!, '1']]) })
      expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([403, 'permission'])
    }
    // These two enter scores under other policies: here each cell is refused.
    for (const login of ['city', 'village']) {
      const reply = await save(await county.signIn(login), county.cycle, [[first!.id, 'i04', first!.cell.i04!, '1']])
      expect(reply).toMatchObject({ applied: 0, changeSet: null, leftOut: [{ code: 'sheet.notYours' }] })
    }
  })

  it('that was submitted is closed to its assessors, cell by cell', async () => {
    const [open, submitted] = (await look()).sheets
    const { pool } = county.app.database
    await pool.query(`update sheet set state = 'submitted' where id = $1`, [submitted!.id])
    const reply = await put([
      [submitted!.id, 'v3', submitted!.cell.v3 || null, '是'],
      [open!.id, 'v3', open!.cell.v3 || null, '是'],
    ])
    await pool.query(`update sheet set state = 'open' where id = $1`, [submitted!.id])
    expect(reply).toMatchObject({ applied: 1, leftOut: [{ at: 0, code: 'sheet.notOpen' }] })
    expect(reply.leftOut[0]!.says).toMatch(/已上报/)
    expect((await factsOf(county, submitted!.id)).v3).toBe(submitted!.cell.v3 || undefined)
  })

  it('of a closed cycle is closed too', async () => {
    const [first] = (await look()).sheets
    const { pool } = county.app.database
    await pool.query(`update cycle set state = 'closed'`)
    const reply = await put([[first!.id, 'v2', first!.cell.v2 || null, '是']])
    await pool.query(`update cycle set state = 'open'`)
    expect(reply).toMatchObject({ applied: 0, leftOut: [{ code: 'cycle.closed' }] })
  })

  it('of another cycle is not found in this one', async () => {
    const [first] = (await look()).sheets
    const none = '01900000-0000-7000-8000-000000000000'
    for (const cycle of [none, 'x', ''])
      await expect(save(town, cycle, [[first!.id, 'i04', null, '1']])).rejects.toThrow(/cycle\.unknown/)
  })
})

describe('a call', () => {
  const ask = async (input: Record<string, unknown>) => {
    const { status, errors, data } = await town.ask(SAVE, { input: { ...inputOf(county.cycle, []), ...input } })
    return { status, code: errors?.[0]?.extensions.code, data }
  }

  it('with lists of unequal length changes nothing', async () => {
    const [first] = (await look()).sheets
    const short = { sheets: [first!.id], fields: ['v1'], seen: [null], values: [], replaces: [null] }
    expect(await ask(short)).toMatchObject({ code: 'cells.uneven' })
    expect(await ask({ ...short, values: ['是'], replaces: [] })).toMatchObject({ code: 'cells.uneven' })
  })

  it('without cells is answered, and leaves no trace', async () => {
    const count = async () => (await county.app.database.pool.query('select count(*)::int as sets from change_set')).rows[0]
    const before = await count()
    const reply = await put([])
    expect(reply).toMatchObject({ applied: 0, leftOut: [], changeSet: null, rows: { count: 0 } })
    expect(await count()).toEqual(before)
  })

  it.each(['', 'short', 'x'.repeat(81), '有汉字的钥匙钥匙', 'a b c d e f', "'; drop table sheet; --"])(
    'with the key %j is refused',
    async (key) => {
      expect(await ask({ key })).toMatchObject({ code: 'key.malformed' })
    },
  )

  it('with more cells than any county has is refused', async () => {
    const column = (value: unknown) => Array.from({ length: 300_001 }, () => value)
    expect(
      await ask({ sheets: column('x'), fields: column('i04'), seen: column(null), values: column('1'), replaces: null }),
    ).toMatchObject({ code: 'cells.tooMany' })
  })

  it('may leave out what it replaces', async () => {
    const id = await given({ v1: 'no' })
    const { data } = await ask({ sheets: [id], fields: ['v1'], seen: ['no'], values: ['是'], replaces: undefined })
    expect(data).toMatchObject({ saveCells: { applied: 1 } })
  })

  it('that saw an empty text saw an empty cell', async () => {
    const id = await given({})
    expect(await put([[id, 'i04', '', '1']])).toMatchObject({ applied: 1, leftOut: [] })
  })
})

it('answers with the rows as a fresh grid shows them', async () => {
  const id = await given({ i04: '2' })
  const reply = await put([
    [id, 'i04', '2', '0.5'],
    [id, 'v2', null, '是'],
    [id, 'i22', null, '3'],
  ])
  const [told] = sheetsOf(fields, reply.rows)
  const { name: _, village: __, town: ___, ...shown } = await sheetOf(id)
  expect(told).toMatchObject(shown)
  expect(told!.limits).toBe('v2')
})

it('stores what an independent recomputation of the facts gives', async () => {
  const all = (await look()).sheets
  for (const [at, { id, cell }] of all.entries())
    await put([
      [id, 'i07.accuracy', cell['i07.accuracy'] || null, String(80 + at), cell.i07 || null],
      [id, 'i22.completion', cell['i22.completion'] || null, `9${at % 10}.37`, cell.i22 || null],
    ])
  const { rows } = await county.app.database.pool.query('select facts, points, total::text, missing, limits from sheet')
  expect(rows.length).toBeGreaterThan(100)
  for (const row of rows) {
    const root = score(policy, {}, row.facts)
    const items = root.parts.flatMap(({ parts }) => parts)
    expect(row.total).toBe(storable(root.points))
    expect(row.points).toEqual(items.map((item) => (item.state === 'missing' ? null : storable(item.points))))
    expect(row.missing).toBe(items.filter(({ missing }) => missing.length > 0).length)
  }
})
