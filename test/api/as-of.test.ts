import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { codeOf, told, type Page } from './analysis.ts'
import { decide, openBaihe, pdf, propose, send, withdraw } from './baihe.ts'
import { newKey, readGrid, save } from './sheets.ts'
import { bringToNotice, file, moveSheets, tell } from './year.ts'

let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const raw = async <Row extends object = Record<string, any>>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
let town: string

beforeAll(async () => {
  county = await openCounty()
  town = (await raw(`select id from unit where kind = 'town' order by code limit 1`))[0]!.id
})
afterAll(() => county?.close())

const openCycle = async (policy: string) =>
  (
    await tell<{ cycle: string }>(
      await as('county'),
      'mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle } }',
      { input: { year: 2026, policy, choices: [] }, key: newKey() },
    )
  ).cycle
const sheetsOf = async (cycle: string) =>
  (await raw('select id from sheet where cycle_id = $1 and town_id = $2 order by line', [cycle, town])).map(
    ({ id }) => id as string,
  )

/** What is told of the sheets of the town in a cycle, as it stands or as of a moment. */
async function read(cycle: string, at: string | null): Promise<Page['nodes']> {
  const { sheets } = await told<{ sheets: Page }>(
    await as('county'),
    `query ($c: ID, $t: ID, $at: DateTimeISO) { sheets(first: 20, asOf: $at, filter: { cycleId: { eq: $c }, townId: { eq: $t } }) { nodes {
       id total missing stage state limits items(first: 30) { nodes { item points mark } } occurrences(first: 30) { nodes { field number } } } } }`,
    { c: cycle, t: town, at },
  )
  expect(sheets.nodes.length).toBeGreaterThan(5)
  return sheets.nodes
}

/** What is told at each of several moments, for comparing with what is told of them afterwards. */
class Witness {
  private readonly moments: { what: string; at: string; stood: Page['nodes'] }[] = []
  private readonly cycle: string
  constructor(cycle: string) {
    this.cycle = cycle
  }
  async sees(what: string): Promise<void> {
    const stood = await read(this.cycle, null)
    await pause(5)
    this.moments.push({ what, at: new Date().toISOString(), stood })
    await pause(5)
  }
  /** Every moment differs from the one before, or nothing would be tested. */
  async agrees(): Promise<void> {
    for (const [place, { what, at, stood }] of this.moments.entries()) {
      expect([what, await read(this.cycle, at)]).toEqual([what, stood])
      if (place > 0) expect([what, this.moments[place - 1]!.stood]).not.toEqual([what, stood])
    }
  }
  at = (what: string): string => this.moments.find((one) => one.what === what)!.at
  of = (what: string): Page['nodes'] => this.moments.find((one) => one.what === what)!.stood
}

describe('as of a moment', () => {
  it('is told what counted: claims that were accepted, rejected, taken back', async () => {
    const { cycle } = await openBaihe(county)
    const [one, other] = await sheetsOf(cycle)
    const witness = new Witness(cycle)
    const propose1 = async (content: Record<string, string>, sheet = one!) => {
      const { id } = (await propose(await as('town'), sheet, content)) as { id: string }
      const sent = await send(county, await as('town'), { sheet, claim: id }, pdf())
      return { id, seen: [sent.id!] }
    }
    await witness.sees('nothing claimed')
    const news = await propose1({ rule: 'news', matter: '稿一', level: 'county', outlet: 'main' })
    await decide(await as('county'), news.id, { seen: news.seen })
    await witness.sees('one accepted')
    const better = await propose1({ rule: 'news', matter: '稿一', level: 'province', outlet: 'other', authors: '2' })
    const wrong = await propose1({ rule: 'inspection', level: 'city', records: '2' }, other!)
    await decide(await as('county'), wrong.id, { seen: wrong.seen })
    await witness.sees('another accepted, of another sheet')
    await decide(await as('county'), news.id, { accept: false, reason: '并未刊出' })
    await witness.sees('the first rejected')
    await decide(await as('county'), better.id, { seen: better.seen })
    await witness.sees('a better placement accepted')
    await withdraw(await as('town'), better.id, '报错了')
    await withdraw(await as('town'), wrong.id, '报错了')
    await witness.sees('both taken back')
    await witness.agrees()
    // A statistic of then is one of those totals.
    const { statistics } = await told(
      await as('county'),
      'query ($c: ID!, $at: DateTimeISO, $t: ID) { statistics(cycles: [$c], asOf: $at, filter: { townId: { eq: $t } }, measures: [{ as: sum }]) { rows { values } } }',
      { c: cycle, at: witness.at('another accepted, of another sheet'), t: town },
    )
    const sum = witness.of('another accepted, of another sheet').reduce((all, { total }) => all + Number(total), 0)
    expect(Number(statistics.rows[0].values[0])).toBeCloseTo(sum, 2)
  })

  it('is told what counted: days away and spot checks that were recorded, corrected, taken back', async () => {
    const cycle = await openCycle('yingkou-1')
    const [one, other] = await sheetsOf(cycle)
    const witness = new Witness(cycle)
    const record = async (sheets: string[], input: object, replaces: string | null = null) =>
      tell<string[]>(
        await as('attendance'),
        `mutation ($c: ID!, $s: [ID!]!, $i: AttendanceInput!, $r: ID, $k: String!) { recordAbsence(cycle: $c, sheets: $s, input: $i, replaces: $r, key: $k) }`,
        { c: cycle, s: sheets, i: input, r: replaces, k: newKey() },
      )
    const away = (from: string, to: string, excused = false) => ({ kind: 'absence', from, to, excused, reasonGiven: true })
    await witness.sees('nobody away')
    const [first] = await record([one!], away('2026-03-02', '2026-03-06'))
    await record([other!], away('2026-03-02', '2026-03-06'))
    await witness.sees('two away for five days')
    const [second] = await record([one!], away('2026-03-02', '2026-03-03', true), first)
    await witness.sees('one of them with leave, for two')
    await record([one!], { kind: 'spotCheck', from: '2026-04-01', to: '2026-04-01', onPost: false })
    await tell(
      await as('attendance'),
      'mutation ($c: ID!, $r: ID!, $k: String!) { endAttendance(cycle: $c, record: $r, reason: "核对后更正", key: $k) }',
      { c: cycle, r: second, k: newKey() },
    )
    await record([one!], away('2026-05-04', '2026-05-12'))
    await witness.sees('leave taken back, away again')
    await witness.agrees()
  })

  it('is told what counted: ballots that are signed; of secret ones only what stood after them', async () => {
    const cycle = await openCycle('shandong-1')
    const [one, other] = await sheetsOf(cycle)
    const witness = new Witness(cycle)
    const invite = async (group: string, sheet: string, name: string) =>
      tell<{ raters: string[]; slips: { code: string }[] }>(
        await as('town'),
        `mutation ($c: ID!, $s: [ID!]!, $g: ID!, $p: [RaterInput!]!, $k: String!) {
           inviteRaters(cycle: $c, sheets: $s, group: $g, people: $p, key: $k) { raters slips { code } } }`,
        { c: cycle, s: [sheet], g: group, p: [{ name }], k: newKey() },
      )
    const vote = async (code: string, mark: string) => {
      const scores = { conduct: mark, diligence: mark, results: mark, effect: mark }
      const response = await fetch(`${county.origin}/vote/cast`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, scores, key: newKey() }),
      })
      expect(response.status).toBe(200)
    }
    await witness.sees('no ballot')
    const leader = await invite('leaders', one!, '领导甲')
    await vote(leader.slips[0]!.code, '80')
    await witness.sees('one signed ballot')
    const second = await invite('leaders', one!, '领导乙')
    await vote(second.slips[0]!.code, '60')
    await witness.sees('two signed ballots')
    await tell(
      await as('town'),
      `mutation ($s: ID!, $r: ID!, $k: String!) { voidBallots(sheet: $s, group: "leaders", rater: $r, ground: "duplicate", reason: "一人两票", key: $k) }`,
      { s: one, r: leader.raters[0], k: newKey() },
    )
    await witness.sees('one of them void')
    await witness.agrees()
    const secret = await invite('clients', other!, '票1')
    await vote(secret.slips[0]!.code, '70')
    await witness.sees('a secret ballot')
    const today = (day: string) => new Date(new Date(`${day.slice(0, 10)}T00:00:00+08:00`).getTime() - 1).toISOString()
    expect(
      await codeOf(
        (await as('county')).ask('query ($at: DateTimeISO) { sheets(asOf: $at) { totalCount } }', {
          at: today(new Date(Date.now() + 8 * 3_600_000).toISOString()),
        }),
      ),
    ).toBe('asOf.beyond')
    expect(await read(cycle, witness.at('a secret ballot'))).toEqual(witness.of('a secret ballot'))
  })

  it('stands where it stood: passed on, sent back, judged by other readings, on file, corrected', async () => {
    const { cycle } = county
    const witness = new Witness(cycle)
    const go = async (login: string, stage: string, more: object = {}) =>
      expect(await moveSheets(await as(login), { cycle, unit: town, stage, ...more })).not.toHaveProperty('code')
    await witness.sees('as it was planted')
    const { sheets } = await readGrid(await as('town'), cycle)
    const { id, cell } = sheets[0]!
    const { columns } = await readGrid(await as('town'), cycle, { view: 'points' })
    const missing = (await readGrid(await as('town'), cycle, { view: 'points' })).sheets.flatMap((sheet) =>
      columns
        .filter(({ kind }) => kind === 'points')
        .flatMap(({ field, max }, at) =>
          sheet.marks[at] === 'm' ? [[sheet.id, field, null, max] as [string, string, null, string | null]] : [],
        ),
    )
    await save(await as('town'), cycle, missing)
    await save(await as('town'), cycle, [
      [id, 'absentDays', cell.absentDays || null, '2'],
      [id, 'i07.accuracy', null, '93.4', '11'],
    ])
    await witness.sees('complete')
    await go('town', 'scoring')
    await witness.sees('at the panel')
    await go('panel', 'panel', { backTo: 'scoring', reason: '请再核对' })
    await witness.sees('sent back')
    for (const option of ['linear', 'ceil']) {
      const change = await tell<{ changed: number }>(
        await as('county'),
        `mutation ($c: ID!, $o: [ChoiceInput!]!, $k: String!) {
           changePolicy(cycle: $c, policy: "xinyi-1", choices: $o, reason: "市人社局〔2026〕30号", key: $k) { changed } }`,
        { c: cycle, o: [{ interpretation: 'IR-03', option }], k: newKey() },
      )
      expect(change.changed).toBeGreaterThan(0)
      await witness.sees(`judged by the reading ${option}`)
    }
    await save(await as('town'), cycle, [[id, 'absentDays', '2', '3']])
    await bringToNotice(as, cycle, town)
    await witness.sees('published')
    expect(await file(county, as, town)).toMatchObject({ stage: 'filed' })
    await witness.sees('on file')
    const own = new Set((await raw('select s.id from sheet s join role_grant g using (coordinator_id)')).map((row) => row.id))
    const corrected = witness.of('on file').find((row) => !own.has(row.id) && row.id !== id)!
    const made = await tell<string>(
      await as('county'),
      'mutation ($input: CorrectionInput!, $key: String!) { correct(input: $input, key: $key) }',
      { input: { sheet: corrected.id, field: 'i05', value: '0', reason: '核查发现', document: '3号' }, key: newKey() },
    )
    expect(
      await tell(
        await as('joint'),
        'mutation ($id: ID!, $key: String!) { signCorrection(id: $id, agrees: true, reason: "已核", key: $key) }',
        { id: made, key: newKey() },
      ),
    ).toEqual(expect.any(String))
    await witness.sees('corrected')
    await witness.agrees()
    // And so it was recorded: the totals of the change of policy, and the results on file.
    const turns = await raw(
      `select x.sheet_id as id, x.cells -> '@total' ->> 0 as total from sheet_change x join change_set h on h.seq = x.seq where h.seq = (select min(seq) from change_set where kind = 'changePolicy')`,
    )
    for (const { id: sheet, total } of await read(cycle, witness.at('sent back')))
      expect(Number(total)).toBe(Number(turns.find((turn) => turn.id === sheet)!.total))
    const [filing] = await raw('select results from filing order by seq limit 1')
    for (const { sheet, total } of filing!.results)
      expect(Number((await read(cycle, witness.at('on file'))).find((row) => row.id === sheet)!.total)).toBe(Number(total))
  })
})
