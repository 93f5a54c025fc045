import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { newKey, readGrid, save } from './sheets.ts'
import { completeScores, moveSheets, panelDecides, type MoveAsked } from './year.ts'

let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}

beforeAll(async () => {
  county = await openCounty()
})
afterAll(() => county.close())

interface Unit {
  unit: string
  name: string
  sheets: number
  unfinished: number
  may: boolean
  signed: string[]
}
interface Stage {
  id: string
  sheets: number
  due: string | null
  late: boolean
  backTo: string[]
  units: Unit[]
}
const STAGES = `query ($c: ID!) { stages(cycle: $c) { id title who by sheets due late backTo units { unit name sheets unfinished may signed } } }`
const stagesFor = async (login: string, cycle = county.cycle): Promise<Stage[]> =>
  (await (await as(login)).ask(STAGES, { c: cycle })).data.stages

const move = async (login: string, { cycle = county.cycle, ...asked }: Omit<MoveAsked, 'cycle'> & { cycle?: string }) =>
  moveSheets(await as(login), { cycle, ...asked })
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
const townOf = async (place: number): Promise<string> =>
  (await query<{ id: string }>(`select id from unit where kind = 'town' order by code`))[place]!.id

const complete = async (town: string) => completeScores(await as('town'), county.cycle, town)

describe('the stages of Xinyi', () => {
  it('stand as the policy lists them, with what lies where and by when', async () => {
    const stages = await stagesFor('county')
    expect(stages.map(({ id }) => id)).toEqual(['scoring', 'panel', 'office', 'decision', 'notice', 'filed'])
    expect(stages.map(({ due }) => due)).toEqual([
      '2026-12-20',
      '2027-01-20',
      '2027-01-20',
      '2027-01-20',
      '2027-01-20',
      '2027-01-20',
    ])
    const [all] = await query<{ count: number }>('select count(*)::int as count from sheet')
    expect(stages.reduce((sum, { sheets }) => sum + sheets, 0)).toBe(all!.count)
    expect(stages[1]!.units).toMatchObject([{ name: '榆桥镇', unfinished: expect.any(Number), may: false }])
  })

  it('show a town only its own, and nobody a button that would be refused', async () => {
    const [scoring, panel] = await stagesFor('town')
    expect(scoring!.units.map(({ name, may }) => [name, may])).toEqual([['砚溪镇', true]])
    expect(panel!.units).toEqual([])
    expect((await stagesFor('panel'))[0]!.units.map(({ may }) => may)).toEqual([false])
  })

  it('are not left while scores are missing', async () => {
    const unit = await townOf(0)
    const before = await query('select id, stage, seq from sheet order by id')
    expect(await move('town', { unit, stage: 'scoring' })).toMatchObject({
      code: 'stage.blocked',
      says: expect.stringContaining('没有评完'),
    })
    expect(await query('select id, stage, seq from sheet order by id')).toEqual(before)
    expect(await query('select id from signature')).toEqual([])
  })

  it('are refused to whoever they are not for, without a trace', async () => {
    const own = await townOf(0)
    const other = await townOf(2)
    await complete(own)
    const [count] = await query('select count(*) from change_set where cycle_id is not null')
    const refusals = [
      await move('panel', { unit: own, stage: 'scoring' }),
      await move('county', { unit: own, stage: 'scoring' }),
      await move('town', { unit: other, stage: 'scoring' }),
      await move('town', { unit: own, stage: 'panel' }),
      await move('town', { unit: own, stage: 'nothing' }),
      await move('town', { unit: own, stage: 'filed' }),
      await move('town', { unit: own, stage: 'scoring', backTo: 'panel', reason: '往前退' }),
      await move('auditor', { unit: own, stage: 'scoring' }),
      await move('village', { unit: own, stage: 'scoring' }),
      await move('town', { unit: own, stage: 'scoring', key: 'x' }),
      await move('town', { unit: 'x', stage: 'scoring' }),
    ]
    expect(refusals.map(({ code }) => code)).toEqual([
      'stage.notYours',
      'stage.notYours',
      'stage.empty',
      'stage.empty',
      'stage.unknown',
      'stage.unknown',
      'stage.unknown',
      'permission',
      'stage.notYours',
      'key.malformed',
      'unit.unknown',
    ])
    expect(await query('select count(*) from change_set where cycle_id is not null')).toEqual([count])
  })

  it('are passed under a signature, once however often it is sent, and then the scores stand', async () => {
    const unit = await townOf(0)
    const key = newKey()
    const [first, second] = await Promise.all([
      move('town', { unit, stage: 'scoring', key }),
      move('town', { unit, stage: 'scoring', key }),
    ])
    expect(first).toEqual(second)
    expect(first).toMatchObject({ stage: 'panel', awaited: [], hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(await query(`select role, by, stage, sheets, hash from signature`)).toEqual([
      { role: 'townAssessor', by: '许清和', stage: 'scoring', sheets: first.moved, hash: first.hash },
    ])
    const { sheets } = await readGrid(await as('town'), county.cycle)
    expect(new Set(sheets.map(({ state, mayScore }) => `${state} ${mayScore}`))).toEqual(new Set(['submitted ']))
    const reply = await save(await as('town'), county.cycle, [[sheets[0]!.id, 'absentDays', sheets[0]!.cell.absentDays!, '1']])
    expect(reply).toMatchObject({ applied: 0, leftOut: [{ code: 'sheet.notOpen' }] })
    expect(await move('town', { unit, stage: 'scoring', key: newKey() })).toMatchObject({ code: 'stage.empty' })
    expect(await move('town', { unit, stage: 'scoring', reason: '另一件事', key })).toMatchObject({ code: 'key.used' })
  })

  it('stand in the history of each sheet, and cannot be undone like a cell', async () => {
    const { sheets } = await readGrid(await as('town'), county.cycle)
    const { data } = await (
      await as('town')
    ).ask(`query ($s: ID!) { cellHistory(sheet: $s, field: "@stage") { changeSet before after by kind } }`, { s: sheets[0]!.id })
    expect(data.cellHistory).toMatchObject([{ before: 'scoring', after: 'panel', by: '许清和', kind: 'sign' }])
    const { errors } = await (
      await as('town')
    ).ask(`mutation ($id: ID!) { undoChangeSet(id: $id, key: "12345678") { applied } }`, {
      id: data.cellHistory[0].changeSet,
    })
    expect(errors![0]!.extensions.code).toBe('undo.unknown')
  })

  it('are sent back with a reason only, to any stage before, and are then open again', async () => {
    const unit = await townOf(0)
    expect(await move('panel', { unit, stage: 'panel', backTo: 'scoring' })).toMatchObject({ code: 'stage.reason' })
    expect(await move('panel', { unit, stage: 'panel', backTo: 'scoring', reason: '  ' })).toMatchObject({ code: 'stage.reason' })
    const sent = await move('panel', { unit, stage: 'panel', backTo: 'scoring', reason: '旷工天数与考勤表不符' })
    expect(sent).toMatchObject({ stage: 'scoring' })
    const { data } = await (
      await as('town')
    ).ask(`query ($c: ID!) { signatures(cycle: $c) { by role stage backTo reason sheets } }`, { c: county.cycle })
    expect(data.signatures).toMatchObject([
      { by: '云舒静', role: 'panelMember', stage: 'panel', backTo: 'scoring', reason: '旷工天数与考勤表不符' },
      { by: '许清和', stage: 'scoring', backTo: null },
    ])
    const { sheets } = await readGrid(await as('town'), county.cycle)
    expect(new Set(sheets.map(({ state }) => state))).toEqual(new Set(['open']))
  })

  it('need a second pair of eyes: nobody signs in one role what they signed in another', async () => {
    const unit = await townOf(0)
    await move('town2', { unit, stage: 'scoring' })
    await county.app.database.pool.query(
      `insert into role_grant (county_id, id, account_id, role, unit_id)
       select county_id, gen_random_uuid(), id, 'panelMember', $1 from account where login = 'town2'`,
      [unit],
    )
    expect(await move('town2', { unit, stage: 'panel' })).toMatchObject({ code: 'stage.sameHand' })
    await county.app.database.pool.query(
      `delete from role_grant where role = 'panelMember' and account_id = (select id from account where login = 'town2')`,
    )
    await panelDecides(await as('panel'), county.cycle)
    expect(await move('panel', { unit, stage: 'panel' })).toMatchObject({ stage: 'office' })
  })

  it('carry the deputy’s and the principal’s name', async () => {
    const unit = await townOf(0)
    await county.app.database.pool.query(
      `update role_grant set on_behalf_of = '冯处长' where account_id = (select id from account where login = 'city')`,
    )
    expect(await move('city', { unit, stage: 'office' })).toMatchObject({ stage: 'decision' })
    expect(await query(`select by, behalf from change_set order by seq desc limit 1`)).toEqual([
      { by: '鲁松玉', behalf: '冯处长' },
    ])
  })

  it('leave the chain whole', async () => {
    const [one] = await query<{ id: string }>('select id from county')
    expect(await verifyChain(county.app.database.pool, one!.id)).toMatchObject({ ok: true })
  })
})

it('a cell edited in the same instant is in what was signed, or refused: 40 rounds', { timeout: 120_000 }, async () => {
  const unit = await townOf(2)
  await query(
    `update role_grant set unit_id = $1 where account_id in (select id from account where login in ('town', 'town2', 'panel'))`,
    [unit],
  )
  await complete(unit)
  const { sheets } = await readGrid(await as('town'), county.cycle)
  let slipped = 0
  let refused = 0
  for (let round = 0; round < 40; round++) {
    const edits = sheets.slice(0, 6).map(async ({ id }, at) => {
      await new Promise((resolve) => setTimeout(resolve, (round + at * 3) % 5))
      const { sheets: now } = await readGrid(await as('town2'), county.cycle)
      const seen = now.find((one) => one.id === id)!.cell.absentDays!
      return save(await as('town2'), county.cycle, [[id, 'absentDays', seen, String((round + at) % 4)]])
    })
    const signing = move('town', { unit, stage: 'scoring' })
    const replies = await Promise.all(edits)
    const { hash } = await signing
    refused += replies.filter(({ leftOut }) => leftOut.some(({ code }) => code === 'sheet.notOpen')).length
    const [content] = await query<{ hash: string }>(
      `select encode(sha256(convert_to(string_agg(concat_ws('|', id, facts::text, beyond::text, total::text), E'\\n' order by id), 'UTF8')), 'hex') as hash
         from sheet where town_id = $1`,
      [unit],
    )
    if (content!.hash !== hash) slipped++
    await move('panel', { unit, stage: 'panel', backTo: 'scoring', reason: '再来一轮' })
  }
  expect(slipped).toBe(0)
  expect(refused).toBeGreaterThan(0)
})
