import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCounty, tamper, type Caller, type County } from '../county.ts'
import { codeOf, statements, told } from './analysis.ts'
import { newKey } from './sheets.ts'
import { tell } from './year.ts'

let county: County
let analyst: Caller
let bureau: Caller
let town: Caller
/** A cycle of Shandong: dimensions that weigh 20, 20, 40 and 20; clients and peers vote in secret, leaders sign. */
let cycle: string
const shares: Record<string, number> = { conduct: 0.2, diligence: 0.2, results: 0.4, effect: 0.2 }

interface Sheet {
  id: string
  person: string
  town: string
}
interface Ballot {
  sheet: Sheet
  group: string
  scores: Record<string, number>
}
const ballots: Ballot[] = []
/** The towns of the county in the order of their codes, with their sheets. */
let towns: Sheet[][]

const raw = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows

/** Marks that differ from rater to rater, some of them far off. */
const markOf = (at: number) => (at % 11 === 0 ? 35 : 70 + ((at * 37) % 29))
async function vote(sheet: Sheet, group: string, count: number): Promise<void> {
  const made = Array.from({ length: count }, (_, at): Ballot => {
    const from = ballots.length * 5 + at * 3
    return { sheet, group, scores: Object.fromEntries(Object.keys(shares).map((id, place) => [id, markOf(from + place)])) }
  })
  ballots.push(...made)
  for (const { scores } of made)
    await tamper(
      county,
      `insert into ballot (county_id, id, cycle_id, sheet_id, rater_group, scores, day, seq)
       select county_id, gen_random_uuid(), cycle_id, id, $2, $3, '2026-03-02', 1 from sheet where id = $1`,
      [sheet.id, group, JSON.stringify(Object.fromEntries(Object.entries(scores).map(([id, mark]) => [id, String(mark)])))],
    )
}

beforeAll(async () => {
  county = await openCounty()
  ;[analyst, bureau, town] = (await Promise.all(['analyst', 'county', 'town'].map((login) => county.signIn(login)))) as [
    Caller,
    Caller,
    Caller,
  ]
  const opened = await tell<{ cycle: string }>(
    bureau,
    'mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle } }',
    { input: { year: 2026, policy: 'shandong-1', choices: [] }, key: newKey() },
  )
  cycle = opened.cycle
  const sheets = await raw<Sheet>(
    `select s.id, s.coordinator_id as person, s.town_id as town from sheet s join unit u on u.id = s.town_id where s.cycle_id = $1 order by u.code, s.line`,
    [cycle],
  )
  towns = [...Map.groupBy(sheets, (sheet) => sheet.town).values()]
  const [first, second, third, fourth] = towns as [Sheet[], Sheet[], Sheet[], Sheet[]]
  // Enough for anybody in two towns; in a third enough ballots of too few people; in a fourth ballots that nobody is told.
  for (const sheet of [...first.slice(0, 7), ...second.slice(0, 8)]) {
    await vote(sheet, 'clients', 6)
    await vote(sheet, 'leaders', 1)
  }
  for (const sheet of first.slice(0, 5)) await vote(sheet, 'peers', 3)
  for (const sheet of third.slice(0, 3)) await vote(sheet, 'clients', 5)
  await vote(third[0]!, 'peers', 3)
  await vote(third[1]!, 'leaders', 3)
  for (const sheet of fourth.slice(0, 6)) await vote(sheet, 'clients', 2)
  await vote(first[7]!, 'clients', 2)
})
afterAll(() => county?.close())

interface Row {
  id: string | null
  group: string
  secret: boolean
  dimension: string | null
  suppressed: boolean
  ballots: number | null
  people: number | null
  mean: string | null
  deviation: string | null
  distance: string | null
  far: string | null
}
const ASK = `query ($c: ID!) { raterDispersion(cycle: $c) {
  id group secret dimension suppressed ballots people mean deviation distance far } }`
const read = async (caller: Caller): Promise<Row[]> =>
  (await told<{ raterDispersion: Row[] }>(caller, ASK, { c: cycle })).raterDispersion

const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const deviationOf = (values: number[], from = meanOf(values)) => Math.sqrt(meanOf(values.map((value) => (value - from) ** 2)))

/** The same by a calculation of our own, before anything is hidden. */
function expected(group: string, dimension: string | null, within: string | null, enough: number) {
  const markOn = ({ scores }: Ballot) =>
    dimension === null ? Object.entries(shares).reduce((sum, [id, share]) => sum + share * scores[id]!, 0) : scores[dimension]!
  const bySheet = [
    ...Map.groupBy(
      ballots.filter((ballot) => ballot.group === group),
      ({ sheet }) => sheet,
    ).entries(),
  ]
    .filter(([sheet, own]) => (within === null || sheet.town === within) && (group === 'leaders' || own.length >= enough))
    .map(([{ person }, own]) => ({ person, marks: own.map(markOn) }))
  const marks = bySheet.flatMap((each) => each.marks)
  const off = bySheet.flatMap((each) =>
    each.marks.length > 1 ? each.marks.map((mark) => Math.abs(mark - meanOf(each.marks))) : [],
  )
  const usual = deviationOf(off, 0)
  return {
    ballots: marks.length,
    people: new Set(bySheet.map(({ person }) => person)).size,
    mean: meanOf(marks),
    deviation: deviationOf(marks),
    distance: off.length === 0 ? null : meanOf(off),
    far: off.length === 0 ? null : (100 * off.filter((one) => one > 2 * usual).length) / off.length,
  }
}

function agrees(row: Row, enough: number): void {
  const { ballots: count, people, ...numbers } = expected(row.group, row.dimension, row.id, enough)
  expect([row.group, row.dimension, row.ballots, row.people]).toEqual([row.group, row.dimension, count, people])
  for (const [name, value] of Object.entries(numbers))
    if (value === null) expect([name, row[name as keyof Row]]).toEqual([name, null])
    else expect(Number(row[name as keyof Row]), `${row.group} ${row.dimension} ${name}`).toBeCloseTo(value, 1)
}
const toldOf = (rows: Row[]) => rows.filter(({ suppressed }) => !suppressed)
const placesOf = (rows: Row[]) =>
  rows
    .filter(({ dimension }) => dimension === null)
    .map(({ group, id }) => `${group} ${id === null ? 'all' : towns.findIndex(([sheet]) => sheet!.town === id) + 1}`)

describe('the dispersion of raters', () => {
  it('is what a calculation of our own gives, by group, town and dimension', async () => {
    const rows = await read(bureau)
    for (const row of toldOf(rows)) agrees(row, 3)
    expect(placesOf(toldOf(rows))).toEqual([
      'clients all',
      'clients 1',
      'clients 2',
      'clients 3',
      'peers all',
      'leaders all',
      'leaders 1',
      'leaders 2',
      'leaders 3',
    ])
    const whole = toldOf(rows).filter(({ group, id }) => group === 'clients' && id === null)
    expect(whole.map(({ dimension }) => dimension)).toEqual([null, 'conduct', 'diligence', 'results', 'effect'])
    expect(whole.some(({ far }) => Number(far) > 0)).toBe(true)
    expect(rows.filter(({ group }) => group === 'leaders').every(({ secret }) => !secret)).toBe(true)
  })

  it('of a secret group tells nobody of under five ballots, nor what the others leave of the whole', async () => {
    const rows = await read(bureau)
    // Three peers voted in the third town: it is not told, nor the first, whose number the whole would turn into it.
    expect(placesOf(rows.filter(({ suppressed }) => suppressed))).toEqual(['peers 1', 'peers 3'])
    for (const { ballots: count, people, mean, deviation, distance, far } of rows.filter(({ suppressed }) => suppressed))
      expect([count, people, mean, deviation, distance, far]).toEqual([null, null, null, null, null, null])
    // Two ballots for each of six people are twelve, and none may be told: the town is not there.
    expect(rows.some(({ id }) => id === towns[3]![0]!.town)).toBe(false)
  })

  it('for analysts is neither of fewer than five ballots for a person nor of fewer than five people', async () => {
    const rows = await read(analyst)
    for (const row of toldOf(rows)) agrees(row, 5)
    expect(placesOf(toldOf(rows))).toEqual(['clients all', 'clients 2', 'leaders all', 'leaders 2'])
    expect(placesOf(rows.filter(({ suppressed }) => suppressed))).toEqual(['clients 1', 'clients 3', 'leaders 1', 'leaders 3'])
  })

  it('is of what the caller sees', async () => {
    const rows = await read(town)
    const own = towns[0]![0]!.town
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([null, own]))
    for (const group of ['clients', 'leaders']) {
      const [all, mine] = [null, own].map((id) => rows.filter((row) => row.id === id && row.group === group))
      expect(all!.map(({ mean, far }) => [mean, far])).toEqual(mine!.map(({ mean, far }) => [mean, far]))
    }
    expect(await codeOf((await county.signIn('attendance')).ask(ASK, { c: cycle }))).toBe('permission')
  })

  it('leaves out a void ballot, and one whose marks are out of the range of its reading', async () => {
    const before = await read(bureau)
    for (const [scores, valid] of [
      [{ conduct: '1', diligence: '1', results: '1', effect: '1' }, false],
      [{ conduct: '1', diligence: '1', results: '1', effect: '101' }, true],
      [{ conduct: '1', diligence: '1', results: '1' }, true],
    ])
      await tamper(
        county,
        `insert into ballot (county_id, id, cycle_id, sheet_id, rater_group, scores, day, seq, valid)
         select county_id, gen_random_uuid(), cycle_id, id, 'clients', $2, '2026-03-02', 1, $3 from sheet where id = $1`,
        [towns[0]![0]!.id, JSON.stringify(scores), valid],
      )
    expect(await read(bureau)).toEqual(before)
  })

  it('takes one statement for the ballots however many there are, and is nothing where nobody is rated', async () => {
    const few = await statements(county, () => read(bureau))
    await vote(towns[4]![0]!, 'clients', 40)
    expect(await statements(county, () => read(bureau))).toBe(few)
    const none = await told<{ raterDispersion: Row[] }>(bureau, ASK, { c: county.cycle })
    expect(none.raterDispersion).toEqual([])
    expect(await codeOf(bureau.ask(ASK, { c: 'x' }))).toBe('cycle.unknown')
  })
})
