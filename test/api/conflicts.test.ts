import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { openCounty, tamper, type Caller, type County } from '../county.ts'
import { chainOf, factsOf, newKey, readGrid, save, undo, type Cell, type GridSheet } from './sheets.ts'

let county: County
let town: Caller
let other: Caller
let sheets: GridSheet[]

beforeAll(async () => {
  county = await openCounty()
  town = await county.signIn('town')
  other = await county.signIn('town2')
  ;({ sheets } = await readGrid(town, county.cycle))
})
afterAll(() => county.close())

const cellOf = async (id: string, field: string): Promise<string | null> =>
  (await readGrid(town, county.cycle)).sheets.find((sheet) => sheet.id === id)!.cell[field] || null
const countyId = async () => (await county.app.database.pool.query<{ id: string }>('select id from county')).rows[0]!.id
const verified = async () => verifyChain(county.app.database.pool, await countyId())
const put = (caller: Caller, ...cells: Cell[]) => save(caller, county.cycle, cells)

/** Numbers that look random and are the same every time, so that a failure can be seen again. */
function dice(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('two people editing one cell', () => {
  it('the second is told what is there now, who put it there and when', async () => {
    const [{ id }] = sheets as [GridSheet]
    const seen = await cellOf(id, 'absentDays')
    const first = await put(town, [id, 'absentDays', seen, '1.5'])
    const late = await put(other, [id, 'absentDays', seen, '2.5'])
    expect(late).toMatchObject({
      applied: 0,
      changeSet: null,
      leftOut: [{ at: 0, sheet: id, field: 'absentDays', code: 'conflict', mine: '2.5', theirs: '1.5', by: '许清和' }],
    })
    expect(late.leftOut[0]!.says).toBe('许清和 已把这一格改为 1.5，请决定保留哪一个。')
    const { data } = await town.ask(`query ($cycle: ID!) { changeSets(cycle: $cycle, first: 1) { id at } }`, {
      cycle: county.cycle,
    })
    expect(data.changeSets).toEqual([{ id: first.changeSet, at: late.leftOut[0]!.when }])
    expect(await cellOf(id, 'absentDays')).toBe('1.5')
  })

  it('who write the same thing agree', async () => {
    const [{ id }] = sheets as [GridSheet]
    const seen = await cellOf(id, 'absentDays')
    await put(town, [id, 'absentDays', seen, '3'])
    expect(await put(other, [id, 'absentDays', seen, '3.0'])).toMatchObject({ applied: 1, leftOut: [], changeSet: null })
  })

  it('in different cells of one sheet do not meet', async () => {
    const [, { id }] = sheets as [GridSheet, GridSheet]
    const [days, veto] = [await cellOf(id, 'absentDays'), await cellOf(id, 'v1')]
    const replies = await Promise.all([put(town, [id, 'absentDays', days, '4']), put(other, [id, 'v1', veto, '是'])])
    expect(replies.map(({ leftOut }) => leftOut)).toEqual([[], []])
    expect(await factsOf(county, id)).toMatchObject({ absentDays: '4', v1: 'yes' })
  })
})

it('eight people editing the same cells lose nothing: each cell’s history is one gapless chain', async () => {
  const cells = sheets.slice(2, 5).map(({ id }): [string, string] => [id, 'i20.fields'])
  for (const [id] of cells) await put(town, [id, 'i20.fields', await cellOf(id, 'i20.fields'), '0', await cellOf(id, 'i20')])
  const start = new Map(
    await Promise.all(cells.map(async ([id, field]) => [id, (await chainOf(county, id, field)).length] as const)),
  )

  const accepted = new Map<string, Set<string>>()
  const rejected = new Set<string>()
  const client = async (who: number) => {
    const roll = dice(who + 1)
    const caller = who % 2 ? town : other
    const known = new Map(cells.map(([id]) => [id, '0']))
    for (let turn = 0; turn < 20; turn++) {
      const [id, field] = cells[roll(cells.length)]!
      const value = String(1000 * (who + 1) + turn) // of no other turn of anybody
      const { leftOut } = await put(caller, [id, field, known.get(id)!, value])
      if (leftOut[0]) {
        expect(leftOut[0].code).toBe('conflict')
        rejected.add(value)
        known.set(id, leftOut[0].theirs!)
      } else {
        accepted.set(id, (accepted.get(id) ?? new Set()).add(value))
        known.set(id, value)
      }
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, who) => client(who)))

  expect(rejected.size).toBeGreaterThan(0)
  for (const [id, field] of cells) {
    const links = (await chainOf(county, id, field)).slice(start.get(id))
    links.forEach(([before], at) => expect(before).toBe(at === 0 ? '0' : links[at - 1]![1]))
    const written = links.map(([, after]) => after!)
    expect(new Set(written)).toEqual(accepted.get(id))
    expect(written.length).toBe(accepted.get(id)!.size)
    expect(written.filter((value) => rejected.has(value))).toEqual([])
    expect((await factsOf(county, id))[field]).toBe(written.at(-1))
  }
})

it('large pastes that overlap in any order neither block one another nor fail', async () => {
  const roll = dice(7)
  const field = 'i21.papers'
  let written = 0
  const client = async (who: number) => {
    const caller = who % 2 ? town : other
    for (let turn = 0; turn < 4; turn++) {
      const now = (await readGrid(caller, county.cycle)).sheets.map((sheet) => ({ sheet, place: roll(1000) }))
      const cells = now
        .sort((a, b) => a.place - b.place)
        .map(({ sheet: { id, cell } }): Cell => [id, field, cell[field] || null, String(10 * who + turn), cell.i21 || null])
      const { applied, leftOut } = await put(caller, ...cells)
      expect(applied + leftOut.length).toBe(sheets.length)
      expect(leftOut.filter(({ code }) => code !== 'conflict')).toEqual([])
      written += applied
    }
  }
  await Promise.all(Array.from({ length: 6 }, (_, who) => client(who)))
  expect(written).toBeGreaterThan(sheets.length)
})

describe('the same call sent again', () => {
  const changes = async (key: string) =>
    (await county.app.database.pool.query('select id from change_set where key = $1', [key])).rows.length

  it('changes nothing more and answers as the first time', async () => {
    const { id } = sheets[5]!
    const key = newKey()
    const cells: Cell[] = [
      [id, 'absentDays', await cellOf(id, 'absentDays'), '2'],
      [id, 'v1', 'not what is there', '是'],
    ]
    const first = await save(town, county.cycle, cells, { key })
    await put(other, [id, 'absentDays', '2', '6'])
    const again = await save(town, county.cycle, cells, { key })
    expect(again).toMatchObject({ changeSet: first.changeSet, applied: 1, leftOut: first.leftOut })
    expect(first.leftOut).toHaveLength(1)
    expect(await changes(key)).toBe(1)
    expect(await cellOf(id, 'absentDays')).toBe('6')
  })

  it('several times at once is one change', async () => {
    const { id } = sheets[6]!
    const key = newKey()
    const cells: Cell[] = [[id, 'absentDays', await cellOf(id, 'absentDays'), '2.5']]
    const replies = await Promise.all(Array.from({ length: 6 }, () => save(town, county.cycle, cells, { key })))
    expect(new Set(replies.map(({ changeSet, applied }) => `${changeSet} ${applied}`))).toEqual(
      new Set([`${replies[0]!.changeSet} 1`]),
    )
    expect(await changes(key)).toBe(1)
  })

  it('several times at once is one undo', async () => {
    const { id } = sheets[6]!
    const { changeSet } = await put(town, [id, 'absentDays', '2.5', '7'])
    const key = newKey()
    const replies = await Promise.all(Array.from({ length: 4 }, () => undo(town, changeSet!, key)))
    expect(new Set(replies.map((reply) => `${reply.changeSet} ${reply.applied}`)).size).toBe(1)
    expect(await changes(key)).toBe(1)
    expect(await cellOf(id, 'absentDays')).toBe('2.5')
  })

  it('by somebody else is another call', async () => {
    const { id } = sheets[6]!
    const key = newKey()
    await save(town, county.cycle, [[id, 'absentDays', '2.5', '3']], { key })
    expect(await save(other, county.cycle, [[id, 'absentDays', '3', '3.5']], { key })).toMatchObject({ applied: 1 })
    expect(await changes(key)).toBe(2)
  })

  it('with other cells under an old key, later, is told so and writes nothing', async () => {
    const { id } = sheets[7]!
    const key = newKey()
    const seen = await cellOf(id, 'absentDays')
    await save(town, county.cycle, [[id, 'absentDays', seen, '6']], { key })
    await expect(save(town, county.cycle, [[id, 'absentDays', '6', '6.5']], { key })).rejects.toThrow(/key\.used/)
    expect(await cellOf(id, 'absentDays')).toBe('6')
    expect(await changes(key)).toBe(1)
  })

  it('with other cells under an old key, even at the same time, is told so and writes nothing', async () => {
    const key = newKey()
    const [a, b] = [sheets[7]!.id, sheets[8]!.id]
    const [seenA, seenB] = [await cellOf(a, 'absentDays'), await cellOf(b, 'absentDays')]
    const results = await Promise.allSettled([
      save(town, county.cycle, [[a, 'absentDays', seenA, '8']], { key }),
      save(town, county.cycle, [[b, 'absentDays', seenB, '8']], { key }),
    ])
    expect(await changes(key)).toBe(1)
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []))
    expect(refused).toEqual([expect.stringMatching(/key\.used/)])
  })
})

describe('undo', () => {
  it('takes back one’s own change set and nobody else’s', async () => {
    const { id } = sheets[9]!
    const seen = await cellOf(id, 'absentDays')
    const { changeSet } = await put(town, [id, 'absentDays', seen, '9'])
    await expect(undo(other, changeSet!)).rejects.toThrow(/undo\.unknown/)
    await expect(undo(town, '01900000-0000-7000-8000-000000000000')).rejects.toThrow(/undo\.unknown/)
    await expect(undo(town, 'x')).rejects.toThrow(/undo\.unknown/)
    expect(await undo(town, changeSet!)).toMatchObject({ applied: 1, leftOut: [] })
    expect(await cellOf(id, 'absentDays')).toBe(seen)
  })

  it('leaves cells that were changed since, and says by whom', async () => {
    const { id } = sheets[9]!
    const [days, veto] = [await cellOf(id, 'absentDays'), await cellOf(id, 'v1')]
    const { changeSet } = await put(town, [id, 'absentDays', days, '9'], [id, 'v1', veto, '是'])
    await put(other, [id, 'absentDays', '9', '10'])
    const reply = await undo(town, changeSet!)
    expect(reply).toMatchObject({
      applied: 1,
      leftOut: [{ code: 'conflict', field: 'absentDays', mine: days, theirs: '10', by: '秦书言' }],
    })
    expect(await factsOf(county, id)).toMatchObject({ absentDays: '10' })
    expect(await cellOf(id, 'v1')).toBe(veto)
  })

  it('of an undo is the redo', async () => {
    const { id } = sheets[9]!
    const seen = await cellOf(id, 'absentDays')
    const { changeSet } = await put(town, [id, 'absentDays', seen, '11'])
    const undone = await undo(town, changeSet!)
    expect(await cellOf(id, 'absentDays')).toBe(seen)
    await undo(town, undone.changeSet!)
    expect(await cellOf(id, 'absentDays')).toBe('11')
  })

  it('of an award brings back the criteria it had cleared', async () => {
    const { id } = sheets[10]!
    const seen = await cellOf(id, 'i04')
    await put(town, [id, 'i04', seen, null])
    await put(town, [id, 'i04.inexact', null, '1'], [id, 'i04.unkept', null, 'no'])
    const { changeSet } = await put(town, [id, 'i04', '1.5', '2'])
    const before = await factsOf(county, id)
    expect(before['i04.inexact']).toBeUndefined()
    await undo(town, changeSet!)
    const facts = await factsOf(county, id)
    expect(facts).toMatchObject({ 'i04.inexact': '1', 'i04.unkept': 'no' })
    expect(facts.i04).toBeUndefined()
    expect(await cellOf(id, 'i04')).toBe('1.5')
  })

  it('never sets an award beside criteria that somebody recorded since', async () => {
    const { id } = sheets[10]!
    await put(town, [id, 'i04', await cellOf(id, 'i04'), '2'])
    const { changeSet } = await put(town, [id, 'i04.inexact', null, '1', '2'])
    await put(other, [id, 'i04.unkept', null, '是'])
    const reply = await undo(town, changeSet!)
    expect(reply.leftOut).toMatchObject([{ code: 'conflict', field: 'i04.unkept', mine: '2', theirs: 'yes', by: '秦书言' }])
    const facts = await factsOf(county, id)
    expect(facts.i04).toBeUndefined()
    expect(facts['i04.unkept']).toBe('yes')
  })
})

describe('the chain of change sets', () => {
  it.each(['change_set', 'sheet_change', 'signature'])('is only added to: the database refuses to change %s', async (table) => {
    const { pool } = county.app.database
    for (const sql of [`update ${table} set seq = seq`, `delete from ${table}`, `truncate ${table} cascade`])
      await expect(pool.query(sql)).rejects.toThrow(/append-only/)
  })

  it('holds a head that was kept elsewhere; one that is not in it, or no longer, is missed', async () => {
    const { pool } = county.app.database
    const { rows } = await pool.query<{ hash: string }>('select hash from change_set where seq = 20')
    expect(await verifyChain(pool, await countyId(), rows[0]!.hash)).toMatchObject({ ok: true })
    expect(await verifyChain(pool, await countyId(), 'f'.repeat(64))).toMatchObject({ ok: false })
  })

  it('is what a recomputation gives, after all of the above', async () => {
    const { rows } = await county.app.database.pool.query('select chain_seq::int as seq from county')
    expect(rows[0].seq).toBeGreaterThan(60)
    expect(await verified()).toMatchObject({ ok: true })
  })

  it.each<[slip: string, sql: string, where: string]>([
    [
      'a value in a change was replaced',
      `update sheet_change set cells = jsonb_set(cells, array[(select jsonb_object_keys(cells) limit 1), '1'], '"0.5"')`,
      'seq = 7',
    ],
    ['a part of a change set was dropped', 'delete from sheet_change', 'seq = 9'],
    [
      'a part was added',
      `insert into sheet_change select county_id, gen_random_uuid(), seq, cells from sheet_change`,
      'seq = 11',
    ],
    ['a part was moved to another sheet', 'update sheet_change set sheet_id = gen_random_uuid()', 'seq = 13'],
    ['a change was signed with another name', `update change_set set by = '某人'`, 'seq = 15'],
    ['a change was given to another account', `update change_set set account_id = gen_random_uuid()`, 'seq = 17'],
    ['a change was dated back', `update change_set set at = at - interval '1 millisecond'`, 'seq = 19'],
    ['a change was called an undo', `update change_set set kind = 'undo'`, 'seq = 21'],
    ['what it answered was changed', `update change_set set outcome = '{"applied":9}'`, 'seq = 25'],
    ['details were added', `update change_set set details = '{"a":1}'`, 'seq = 27'],
    ['a reason was added', `update change_set set reason = '因故'`, 'seq = 29'],
    ['it was said to come from elsewhere', `update change_set set address = '10.0.0.9'`, 'seq = 31'],
    ['it was said to be on behalf of somebody', `update change_set set behalf = '某局长'`, 'seq = 33'],
    ['it was put under another policy', `update change_set set policy = repeat('0', 64)`, 'seq = 35'],
    ['a hash was replaced', `update change_set set hash = repeat('0', 64)`, 'seq = 23'],
  ])('is seen to be broken where %s', async (_, sql, where) => {
    const { pool } = county.app.database
    const broken = Number(/\d+$/.exec(where)![0])
    const kept = await pool.query(`select to_jsonb(s) as row from sheet_change s where ${where}`)
    const head = await pool.query(`select to_json(h) as row from change_set h where ${where}`)
    await tamper(county, `${sql} where ${where}`)
    expect(await verified()).toMatchObject({ ok: false, firstBroken: broken })
    await tamper(county, `delete from sheet_change where ${where}`)
    await tamper(county, `delete from change_set where ${where}`)
    await pool.query('insert into change_set select * from json_populate_record(null::change_set, $1)', [head.rows[0].row])
    for (const { row } of kept.rows)
      await pool.query('insert into sheet_change select * from jsonb_populate_record(null::sheet_change, $1)', [row])
    expect(await verified()).toMatchObject({ ok: true })
  })

  it('is seen to be broken where its end was cut off', async () => {
    const { pool } = county.app.database
    const { rows } = await pool.query('select chain_seq as seq from county')
    await tamper(county, 'delete from sheet_change where seq = $1', [rows[0].seq])
    await tamper(county, 'delete from change_set where seq = $1', [rows[0].seq])
    expect(await verified()).toMatchObject({ ok: false, firstBroken: rows[0].seq })
  })
})

describe('an action sent again under its key', () => {
  it('is answered as the first time, though by now it sees itself done', async () => {
    const { id } = sheets[1]!
    const seen = await cellOf(id, 'absentDays')
    const key = newKey()
    const first = await save(town, county.cycle, [[id, 'absentDays', seen, '4.5']], { key })
    const again = await save(town, county.cycle, [[id, 'absentDays', '4.5', '4.5', null]], { key })
    expect(again).toMatchObject({ changeSet: first.changeSet, applied: 1, leftOut: [] })
    const awarded = (await cellOf(id, 'i04'))!
    const criterion = newKey()
    const replacing = await save(town, county.cycle, [[id, 'i04.inexact', null, '1', awarded]], { key: criterion })
    expect(replacing).toMatchObject({ applied: 1, leftOut: [] })
    expect(await save(town, county.cycle, [[id, 'i04.inexact', '1', '1', null]], { key: criterion })).toMatchObject({
      changeSet: replacing.changeSet,
    })
  })

  it('is refused when it asks for something else', async () => {
    const { id } = sheets[1]!
    const key = newKey()
    await save(town, county.cycle, [[id, 'absentDays', await cellOf(id, 'absentDays'), '5.5']], { key })
    await expect(save(town, county.cycle, [[id, 'absentDays', '5.5', '6.5']], { key })).rejects.toThrow('key.used')
    expect(await cellOf(id, 'absentDays')).toBe('5.5')
  })
})
