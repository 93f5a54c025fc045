import { openBaihe } from './baihe.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonical, exact, shown, sum, type Exact } from '../../server/src/rules/exact.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { readGrid, save, unitsWhere, type Cell, type Grid, type GridSheet } from './sheets.ts'

let county: County
let bureau: Caller
let town: Caller
let own: { id: string; name: string }
let grid: Grid
let sheets: GridSheet[]

beforeAll(async () => {
  county = await openCounty()
  bureau = await county.signIn('county')
  town = await county.signIn('town')
  own = (await unitsWhere(county, `kind = 'town'`))[0]!
  // Eleven people, each in one post: whoever moved within the town is only where they are now.
  await sql('delete from sheet s using posting p where p.id = s.posting_id and p.ends_on is not null and s.town_id = $1', [
    own.id,
  ])
  grid = await readGrid(town, county.cycle)
  sheets = grid.sheets
})
afterAll(() => county.close())

const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await county.app.database.pool.query<Row>(text, values)).rows

/** Gives a sheet every item by hand so that it has this total, and takes back what would limit its grade. */
async function scoreAs(sheet: GridSheet, total: number): Promise<void> {
  const now = (await readGrid(town, county.cycle)).sheets.find(({ id }) => id === sheet.id)!
  let less = 100 - total
  const cells = grid.columns.flatMap(({ field, kind, max }): Cell[] => {
    const seen = now.cell[field] || null
    if (field === 'absentDays') return [[sheet.id, field, seen, '0']]
    if (field.startsWith('v')) return [[sheet.id, field, seen, '否']]
    if (kind !== 'points') return []
    const off = Math.min(less, Number(max))
    less -= off
    return [[sheet.id, field, seen, String(Number(max) - off)]]
  })
  expect((await save(town, county.cycle, cells)).leftOut).toEqual([])
}

interface Quota {
  id: string
  base: string
  cap: number
  percent: string
  taken: number
  left: number
  contested: number
  incomplete: number
  clause: string
  people: {
    sheet: string
    total: string
    rank: number | null
    seat: string
    grade: string | null
    says: string[]
    moves: string | null
  }[]
}
const QUOTA = `query ($cycle: ID!, $unit: ID, $kind: ID, $overrides: QuotaOverrides) {
  quota(cycle: $cycle, unit: $unit, kind: $kind, overrides: $overrides) {
    id base cap percent taken left contested incomplete clause people { sheet total rank seat grade says moves } } }`
const askQuota = (given: object, lang: 'zh' | 'en' = 'zh') =>
  bureau.ask<{ quota: Quota[] }>(QUOTA, { cycle: county.cycle, unit: own.id, ...given }, lang)
const quota = async (overrides?: object): Promise<Quota> => (await askQuota({ overrides })).data.quota[0]!

describe('the quota of excellent', () => {
  // EX-17: ten full-timers, two seats, a tie for the second; and a part-timer, who is not of the base.
  const totals = [98, 97, 97, 95, 93, 92, 90, 88, 85, 80]
  const seats = (of: Quota) => of.people.map(({ total, seat }) => `${total} ${seat}`)

  beforeAll(async () => {
    expect(sheets.length).toBe(11)
    for (const [at, sheet] of sheets.entries()) await scoreAs(sheet, totals[at] ?? 70)
    await sql('update sheet set full_time = id <> $2 where town_id = $1', [own.id, sheets[10]!.id])
  })

  it('is a fifth of the full-timers, and a tie at the last seat is left to the panel', async () => {
    const told = await quota()
    expect(told).toMatchObject({
      base: '10',
      cap: 2,
      percent: '20%',
      taken: 1,
      left: 1,
      contested: 2,
      incomplete: 0,
      clause: '六（4）',
    })
    expect(seats(told)).toEqual([
      '98 in',
      '97 contested',
      '97 contested',
      ...totals.slice(3).map((total) => `${total} out`),
      '70 out',
    ])
    expect(told.people.map(({ rank }) => rank)).toEqual([1, 2, 2, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(told.people.map(({ grade }) => grade)).toEqual(['优秀', ...Array.from({ length: 10 }, () => null)])
    expect(told.people[1]!.says.join()).toMatch(/2 人同分争 1 个名额，待考核小组裁定。（六（4））/)
  })

  it('tells who would enter and who would leave under another percentage', async () => {
    const more = await quota({ percent: '30%' })
    expect([more.cap, more.people.filter(({ moves }) => moves === 'enters').map(({ total }) => total)]).toEqual([3, ['97', '97']])
    const none = await quota({ percent: '0%' })
    expect([none.cap, none.people.filter(({ moves }) => moves === 'leaves').map(({ total }) => total)]).toEqual([0, ['98']])
    expect((await quota()).people.every(({ moves }) => moves === null)).toBe(true)
  })

  it('is rounded as it is told', async () => {
    const caps = []
    for (const rounding of ['floor', 'halfUp', 'minOne'])
      for (const percent of ['5%', '4%', '25%', '100%']) caps.push((await quota({ percent, rounding })).cap)
    expect(caps).toEqual([0, 0, 2, 10, 1, 0, 3, 10, 1, 1, 2, 10])
  })

  it.each(['20', '-1%', '101%', '1e1%', '', '二成', '100.5%', '٢٠%'])(
    'is not tried with a percentage written %j',
    async (percent) => {
      const { errors } = await askQuota({ overrides: { percent } })
      expect(errors![0]!.extensions.code).toBe('percent.wrong')
    },
  )

  it('of a kind, or in a unit or cycle, that does not exist is refused', async () => {
    const codes = []
    for (const given of [{ kind: 'last' }, { unit: 'x' }, { unit: '01900000-0000-7000-8000-000000000000' }, { cycle: 'x' }])
      codes.push((await askQuota(given)).errors![0]!.extensions.code)
    expect(codes).toEqual(['quota.unknown', 'unit.unknown', 'unit.unknown', 'cycle.unknown'])
  })

  it('of a village is that of its town, with the village’s own people', async () => {
    const [village] = await sql<{ id: string }>('select village_id as id from sheet where id = $1', [sheets[0]!.id])
    const { data } = await askQuota({ unit: village!.id })
    expect(data.quota).toMatchObject([{ id: own.id, base: '10', cap: 2, people: [{ sheet: sheets[0]!.id, seat: 'in' }] }])
  })

  it('of the county lists every town, whatever was asked before and by whom', async () => {
    for (const caller of [bureau, town, await county.signIn('village'), bureau, town])
      for (const unit of [undefined, own.id, null]) {
        const { errors, data } = await caller.ask<{ quota: Quota[] }>(QUOTA, { cycle: county.cycle, unit })
        expect(errors).toBeUndefined()
        if (caller === bureau) expect(data.quota.length).toBe(unit === own.id ? 1 : 11)
      }
  })

  it('holds nobody who is not fully scored, or whose grade is limited', async () => {
    await save(town, county.cycle, [
      [sheets[0]!.id, 'i04', sheets[0]!.cell.i04 === undefined ? null : await cellNow(0, 'i04'), null],
      [sheets[1]!.id, 'v1', 'no', '是'],
    ])
    const told = await quota()
    const of = (at: number) => told.people.find(({ sheet }) => sheet === sheets[at]!.id)!
    expect(of(0)).toMatchObject({ seat: 'incomplete', rank: null, grade: null })
    expect(of(1)).toMatchObject({ seat: 'barred', grade: '不合格' })
    expect(told).toMatchObject({ incomplete: 1, taken: 2, contested: 0, left: 0 })
    expect(of(2)).toMatchObject({ total: '97', seat: 'in', grade: '优秀' })
  })

  const cellNow = async (at: number, field: string) =>
    (await readGrid(town, county.cycle)).sheets.find(({ id }) => id === sheets[at]!.id)!.cell[field] || null
})

interface Ranked {
  village: string
  name: string
  town: string
  score: string
  rank: number
  townRank: number
  tied: number
  sheets: number
  missing: number
  grades: { grade: string; count: number }[]
}
const RANKING = `query ($cycle: ID!, $unit: ID, $measure: ID!) { villageRanking(cycle: $cycle, unit: $unit, measure: $measure) {
  measure baseDate ties villages { village name town score rank townRank tied sheets missing grades { grade count } } } }`
const askRanking = (given: object = {}, lang: 'zh' | 'en' = 'zh') =>
  bureau.ask<{ villageRanking: { measure: string; ties: number; villages: Ranked[] } }>(
    RANKING,
    { cycle: county.cycle, measure: 'total', ...given },
    lang,
  )
const ranking = async (given: object = {}) => (await askRanking(given)).data.villageRanking

describe('the ranking of villages', () => {
  beforeAll(async () => {
    for (const sheet of sheets) await scoreAs(sheet, 50)
    const alone = sheets.filter(({ village }) => sheets.filter((sheet) => sheet.village === village).length === 1)
    for (const [at, total] of [100, 99, 99, 98].entries()) await scoreAs(alone[at]!, total)
  })

  it('stands equals on one place and leaves the next ones out: 1-2-2-4', async () => {
    const { villages } = await ranking({ unit: own.id })
    expect(villages.slice(0, 4).map(({ score, townRank }) => [score, townRank])).toEqual([
      ['100', 1],
      ['99', 2],
      ['99', 2],
      ['98', 4],
    ])
    expect(villages.map(({ town: name }) => name)).toEqual(villages.map(() => own.name))
  })

  it.each(['total', 's2', 'i22'])(
    'by %s is the mean of the sheets of a village by days in post, from the stored points',
    async (measure) => {
      const whole = await readGrid(bureau, county.cycle, { view: 'points' })
      const rows = await sql<{ id: string; village: string; days: number }>('select id, village_id as village, days from sheet')
      const placeOf = new Map(rows.map((row) => [row.id, row]))
      const { data } = await bureau.ask('{ policy(id: "xinyi-1") { summary { items { id section } } } }')
      const items: { id: string; section: string }[] = data.policy.summary.items
      const value = ({ total, cell }: GridSheet): Exact =>
        measure === 'total'
          ? exact(total)
          : sum(items.filter(({ id, section }) => id === measure || section === measure).map(({ id }) => exact(cell[id] || '0')))
      const lacks = ({ marks }: GridSheet) =>
        items.some(({ id, section }, at) => marks[at] === 'm' && (measure === 'total' || id === measure || section === measure))
      const means = new Map<string, Exact>()
      const unscored = new Set<string>()
      for (const [village, members] of Map.groupBy(whole.sheets, ({ id }) => placeOf.get(id)!.village)) {
        const weights = members.map(({ id }) => placeOf.get(id)!.days)
        const weighted = sum(members.map((sheet, at) => value(sheet).mul(weights[at]!)))
        means.set(village, weighted.div(weights.reduce((all, days) => all + days, 0)))
        if (members.some(lacks)) unscored.add(village)
      }
      const ranked = [...means].flatMap(([village, mean]) => (unscored.has(village) ? [] : [mean]))
      const { villages, ties } = await ranking({ measure })
      expect(villages.length).toBe(means.size)
      expect(villages.some((village) => village.sheets > 1)).toBe(true)
      for (const { village, score, rank, tied } of villages) {
        const mean = means.get(village)!
        expect(score).toBe(shown(mean))
        const whole = !unscored.has(village)
        expect(rank).toBe(whole ? 1 + ranked.filter((other) => other.gt(mean)).length : null)
        expect(tied).toBe(whole ? ranked.filter((other) => other.equals(mean)).length : 1)
      }
      expect(unscored.size).toBeGreaterThan(0)
      expect(ranked.length).toBeGreaterThan(0)
      const shared = Map.groupBy(ranked, (mean) => canonical(mean))
      expect(ties).toBe([...shared.values()].filter(({ length }) => length > 1).length)
    },
  )

  it('keeps the places of the county when one town is listed', async () => {
    const whole = await ranking()
    const inTown = whole.villages.filter((village) => village.town === own.name)
    expect((await ranking({ unit: own.id })).villages).toEqual(inTown)
    expect((await ranking({ unit: inTown[2]!.village })).villages).toEqual([inTown[2]])
    const [everywhere] = await unitsWhere(county, `kind = 'county'`)
    expect(await ranking({ unit: everywhere!.id })).toEqual(whole)
  })

  it('counts each person once, at the village of the base date', async () => {
    const { villages } = await ranking()
    const inPost = await sql<{ village: string; count: number }>(
      `select village_id as village, count(*)::int as count from posting
        where starts_on <= '2026-12-31' and (ends_on is null or ends_on >= '2026-12-31') group by village_id`,
    )
    const counts = new Map(inPost.map(({ village, count }) => [village, count]))
    for (const { village, grades } of villages)
      expect(grades.reduce((all, { count }) => all + count, 0)).toBe(counts.get(village) ?? 0)
  })

  it('of a measure or unit that does not exist is refused', async () => {
    const codes = []
    for (const given of [
      { measure: 'height' },
      { measure: 'i04.inexact' },
      { measure: '' },
      { unit: 'x' },
      { unit: '01900000-0000-7000-8000-000000000000' },
    ])
      codes.push((await askRanking(given)).errors?.[0]?.extensions.code)
    expect(codes).toEqual(['measure.unknown', 'measure.unknown', 'measure.unknown', 'unit.unknown', 'unit.unknown'])
  })
})

interface Explained {
  total: string
  exact: string
  grade: string | null
  gradeName: string | null
  missing: string[]
  lines: { id: string; depth: number; name: string; points: string; says: string; clause: string; clauseText: string }[]
  gradeReasons: { says: string; clause: string; clauseText: string }[]
}
const EXPLAINED = `fragment E on Explanation { total exact grade gradeName missing
  lines { id depth name points max state says clause clauseText missing } gradeReasons { says clause clauseText } }`
const wordsOf = ({ lines, gradeReasons, gradeName }: Explained) =>
  [gradeName ?? '', ...lines.flatMap(({ name, says, clause, clauseText }) => [name, says, clause, clauseText])].concat(
    gradeReasons.flatMap(({ says, clause, clauseText }) => [says, clause, clauseText]),
  )

describe('the explanation of a sheet', () => {
  it('comes to the total that the grid shows, with a clause on every line, wholly in either language', async () => {
    const whole = await readGrid(bureau, county.cycle)
    for (const { id, total } of whole.sheets.filter((_, at) => at % 4 === 0)) {
      for (const lang of ['zh', 'en'] as const) {
        const { data } = await bureau.ask<{ explain: Explained }>(
          `query ($id: ID!) { explain(sheet: $id) { ...E } } ${EXPLAINED}`,
          { id },
          lang,
        )
        const told = data.explain
        expect(told.total).toBe(shown(exact(total)))
        expect(told.lines[0]).toMatchObject({ id: 'total', depth: 0, points: told.total })
        const sections = told.lines.filter(({ depth }) => depth === 1).map(({ points }) => exact(points))
        expect(shown(sum(sections))).toBe(told.total)
        for (const { clause, clauseText } of [...told.lines, ...told.gradeReasons]) expect([clause, clauseText]).not.toContain('')
        expect(told.gradeReasons.length).toBeGreaterThan(0)
        const foreign = lang === 'zh' ? /[A-Za-z]/ : /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/
        expect(wordsOf(told).filter((text) => foreign.test(text))).toEqual([])
      }
    }
  })
})

describe('evaluate', () => {
  const evaluate = (facts: object, choices: object = {}, from = 'typicalYear', policy = 'xinyi-1') =>
    bureau.ask<{ evaluate: Explained }>(
      `query ($policy: ID!, $facts: [FactInput!]!, $choices: [ChoiceInput!]!, $from: EvaluateFrom!) {
         evaluate(policy: $policy, facts: $facts, choices: $choices, from: $from) { ...E } } ${EXPLAINED}`,
      {
        policy,
        from,
        facts: Object.entries(facts).map(([field, value]) => ({ field, value })),
        choices: Object.entries(choices).map(([interpretation, option]) => ({ interpretation, option })),
      },
    )
  const ex03 = { 'i05.attendance': '1', 'i05.unreported': '1', 'i05.rota': '3' }
  const ex08 = { 'i10.late': '2', 'i10.unrecorded': '3' }
  const ex12 = { 'i24.issued': '95', 'i24.ledger': '是', 'i24.lost': '1' }
  const ex13 = {
    ...ex03,
    ...ex08,
    ...ex12,
    'i04.inexact': '1',
    'i07.accuracy': '93.4',
    'i08.errors': '4',
    'i13.graduates': '是',
    'i16.publicity': '1',
    'i16.enrolment': '3',
    'i17.missed': '1',
    'i17.wrong': '1',
    'i20.fields': '7',
    'i20.complaints': '1',
    'i21.papers': '2',
    'i21.verification': '3',
    'i22.completion': '96',
    'i22.diverted': '2',
  }

  it.each<[example: string, facts: Record<string, string>, choices: Record<string, string>, lines: Record<string, string>]>([
    ['EX-01 the sections add up to 100', {}, {}, { s2: '39', s3: '25', s4: '28', s5: '8', total: '100' }],
    ['EX-02 an item stops at nothing', { 'i04.inexact': '3', 'i04.wrongAnswers': '2' }, {}, { i04: '0', total: '98' }],
    ['EX-03 attendance', ex03, {}, { i05: '0.5', total: '96.5' }],
    ['EX-04 all or nothing', { 'i06.entryRate': '100', 'i06.dynamicRate': '99.9' }, {}, { i06: '0', total: '94' }],
    ['EX-05 whole points', { 'i07.accuracy': '93.4' }, {}, { i07: '5' }],
    ['EX-05 in proportion', { 'i07.accuracy': '93.4' }, { 'IR-03': 'linear' }, { i07: '4.4' }],
    ['EX-05 any part counts', { 'i07.accuracy': '93.4' }, { 'IR-03': 'ceil' }, { i07: '4' }],
    ['EX-06 a shortfall beyond the item', { 'i07.accuracy': '88.0' }, {}, { i07: '0' }],
    ['EX-08 certificates', ex08, {}, { i10: '0.4' }],
    ['EX-09 vacancies', { 'i11.latePublication': '是', 'i11.taskMissed': '是' }, {}, { i11: '0' }],
    ['EX-10 no false claim', { 'i17.missed': '1', 'i17.wrong': '1' }, {}, { i17: '2' }],
    ['EX-10 a false claim', { 'i17.missed': '1', 'i17.wrong': '1', 'i17.fraud': '是' }, {}, { i17: '0' }],
    ['EX-11 cards collected', { 'i22.completion': '96', 'i22.diverted': '2' }, {}, { i22: '2.68' }],
    ['EX-12 cards issued', ex12, {}, { i24: '1.35' }],
    ['EX-13 a whole sheet', ex13, {}, { s2: '27', s3: '22.4', s4: '22.2', s5: '6.03', total: '77.63' }],
  ])('%s', async (_, facts, choices, lines) => {
    const { data, errors } = await evaluate(facts, choices)
    expect(errors).toBeUndefined()
    const points = Object.fromEntries(data.evaluate.lines.map((line) => [line.id, line.points]))
    expect(points).toMatchObject(lines)
    expect(data.evaluate).toMatchObject({ total: points.total, missing: [], grade: null })
  })

  it('EX-14 a veto fails the year and the score is still shown, with its clause', async () => {
    const { data } = await evaluate({ 'i09.entries': '5', 'v2': '是' })
    expect(data.evaluate).toMatchObject({ total: '97.5', grade: 'fail', gradeName: '不合格' })
    expect(data.evaluate.gradeReasons.map(({ clause }) => clause)).toContain('附件1第2项')
  })

  it.each([
    ['4.5', null],
    ['5', 'fail'],
  ])('EX-15 95 points with %s days of absence: %s', async (absentDays, grade) => {
    const { data } = await evaluate({ 'i09.entries': '10', absentDays })
    expect(data.evaluate).toMatchObject({ total: '95', grade })
  })

  it('from nothing says what is missing instead of inventing it', async () => {
    const { data } = await evaluate({ i04: '1.5' }, {}, 'nothing')
    expect(data.evaluate.total).toBe('1.5')
    expect(data.evaluate.missing.length).toBeGreaterThanOrEqual(20)
  })

  it('keeps exact what is shown to two places', async () => {
    expect((await evaluate({ 'i22.completion': '33.33' })).data.evaluate).toMatchObject({ total: '98', exact: '97.9999' })
  })

  it('refuses what it does not know, and says of which fact and why', async () => {
    const codes = []
    for (const told of [
      await evaluate({}, {}, 'typicalYear', 'nowhere-1'),
      await evaluate({}, { 'IR-99': 'x' }),
      await evaluate({}, { 'IR-03': 'x' }),
      await evaluate({ i99: '1' }),
      await evaluate({ i04: '2.5' }),
      await evaluate({ constructor: '1' }),
    ])
      codes.push(told.errors![0]!.extensions.code)
    expect(codes).toEqual([
      'policy.unknown',
      'choices.unknown',
      'choices.unknown',
      'facts.refused',
      'facts.refused',
      'facts.refused',
    ])
    expect((await evaluate({ i04: '2.5' })).errors![0]!.message).toMatch(/工作日志及政策咨询：.*最多填 2/)
  })

  it('stores nothing', async () => {
    const [before] = await sql('select count(*) as sheets, max(seq) as seq from sheet')
    await evaluate({ i04: '1' })
    expect(await sql('select count(*) as sheets, max(seq) as seq from sheet')).toEqual([before])
  })
})

it.each([
  [4, 0],
  [5, 1],
  [9, 1],
  [10, 2],
  [23, 4],
  [25, 5],
])('EX-16 a town of %i full-timers has %i seats', async (people, cap) => {
  await sql('update sheet set town_id = $1, full_time = false', [own.id])
  await sql(
    `update sheet set full_time = true where id in (select s.id from sheet s join posting p on p.id = s.posting_id
      where p.ends_on is null order by s.line limit $1)`,
    [people],
  )
  expect(await quota()).toMatchObject({ base: String(people), cap })
})

it('a ranking says how each village stood the year before, under any version of the same policy', async () => {
  await sql(
    `insert into cycle (county_id, id, year, policy_id, policy_hash, choices, state, base_date)
     select county_id, '01900000-0000-7000-8000-00000000aaaa', year - 1, policy_id, policy_hash, choices, 'closed', base_date - 365 from cycle where id = $1`,
    [county.cycle],
  )
  // Last year's order was the other way round: the points lost are mirrored.
  await sql(
    `insert into sheet select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'cycle_id', '01900000-0000-7000-8000-00000000aaaa', 'total', 100 - s.total))).*
       from sheet s where cycle_id = $1`,
    [county.cycle],
  )
  const ask = (caller: Caller) =>
    caller.ask<{
      villageRanking: {
        villages: { village: string; score: string; rank: number; before: string; rose: number | null; missing: number }[]
      }
    }>(`query ($c: ID!) { villageRanking(cycle: $c) { villages { village score rank before rose missing } } }`, {
      c: county.cycle,
    })
  const { villages } = (await ask(bureau)).data.villageRanking
  const whole = villages.filter(({ missing }) => missing === 0)
  expect(whole.length).toBeGreaterThan(0)
  const worst = whole.toSorted((a, b) => Number(b.before) - Number(a.before))
  const rankBefore = (village: string) => {
    const own = villages.find((one) => one.village === village)!
    return 1 + worst.filter(({ before }) => Number(before) > Number(own.before)).length
  }
  for (const { village, score, before, rank, rose, missing } of villages) {
    expect(Number(score) + Number(before)).toBeCloseTo(100, 1)
    if (missing > 0) expect([rank, rose]).toEqual([null, null])
    else expect(rank + rose!).toBe(rankBefore(village))
  }
  expect((await ask(town)).data.villageRanking.villages.every(({ rose }) => rose === null)).toBe(true)
})

it('nobody has a grade before the score is whole: under bands nothing is graded and nothing asked when a cycle opens', async () => {
  const { cycle } = await openBaihe(county)
  const all = (await bureau.ask('query ($c: ID!) { results(cycle: $c) { grade rank needs says } }', { c: cycle })).data
    .results as { grade: string | null; rank: number | null; needs: string[]; says: string[] }[]
  expect(all.length).toBeGreaterThan(0)
  for (const { grade, rank, needs, says } of all) {
    expect([grade, rank, needs]).toEqual([null, null, ['scores']])
    expect(says.join()).toContain('未评完不定等次')
  }
  const { villages } = (
    await bureau.ask('query ($c: ID!) { villageRanking(cycle: $c) { villages { rank townRank missing grades { grade } } } }', {
      c: cycle,
    })
  ).data.villageRanking
  for (const { rank, townRank, missing, grades } of villages) {
    expect([rank, townRank]).toEqual([null, null])
    expect(missing).toBeGreaterThan(0)
    expect(grades.every(({ grade }: { grade: string }) => grade === 'panel')).toBe(true)
  }
})
