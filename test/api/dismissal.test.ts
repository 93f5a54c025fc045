import { afterAll, beforeAll, expect, it } from 'vitest'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { openBaihe } from './baihe.ts'
import { newKey, save } from './sheets.ts'
import { tell } from './year.ts'

// XY-5.6: a full-time coordinator more than seven days away from post may lose the contract, by law and by a person.
let county: County
const callers = new Map<string, Caller>()
const as = async (login: string): Promise<Caller> => {
  if (!callers.has(login)) callers.set(login, await county.signIn(login))
  return callers.get(login)!
}
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(sql, values)).rows
let away: string
let onTheLine: string
let partTime: string

const absent = async (sheet: string, days: string) => {
  const [{ before } = { before: null }] = await query<{ before: string | null }>(
    `select facts ->> 'absentDays' as before from sheet where id = $1`,
    [sheet],
  )
  const { leftOut } = await save(await as('town'), county.cycle, [[sheet, 'absentDays', before, days]])
  expect(leftOut).toEqual([])
}

beforeAll(async () => {
  county = await openCounty()
  const rows = await query<{ id: string }>(
    `select s.id from sheet s join role_grant g on g.unit_id = s.town_id join account a on a.id = g.account_id
      where a.login = 'town' and s.full_time and s.days = 365 and not (s.facts ?| array['v1', 'v2', 'v3']) order by s.line`,
  )
  ;[away, onTheLine, partTime] = rows.map(({ id }) => id) as [string, string, string]
  await query('update sheet set full_time = false where id = $1', [partTime])
  for (const sheet of [away, partTime]) await absent(sheet, '7.5')
  await absent(onTheLine, '7')
})
afterAll(() => county.close())

interface Proposed {
  sheet: string
  grounds: string[]
  steps: { id: string; clause: string; done: { by: string } | null }[]
  decided: { by: string; text: string } | null
}
const proposed = async (): Promise<Proposed[]> =>
  (await tell<Proposed[]>(
    await as('county'),
    'query ($c: ID!) { dismissals(cycle: $c) { sheet grounds steps { id clause done { by } } decided { by text } } }',
    { c: county.cycle },
  )) as Proposed[]
const record = async (sheet: string, step: string) =>
  tell(
    await as('county'),
    'mutation ($s: ID!, $step: ID!, $key: String!) { recordLegalStep(sheet: $s, step: $step, text: "2026-11-20 函〔2026〕7号", key: $key) }',
    { s: sheet, step, key: newKey() },
  )
const decide = async (sheet: string, login = 'county') =>
  tell(
    await as(login),
    'mutation ($s: ID!, $key: String!) { decideDismissal(sheet: $s, reason: "擅自离岗七天半，依第39条", key: $key) }',
    { s: sheet, key: newKey() },
  )

it('lists whoever is in a full-time post and away for more than seven days, with the steps of the law', async () => {
  const found = await proposed()
  expect(found.map(({ sheet }) => sheet)).toContain(away)
  expect(found.map(({ sheet }) => sheet)).not.toContain(onTheLine)
  expect(found.map(({ sheet }) => sheet)).not.toContain(partTime)
  const { grounds, steps, decided } = found.find(({ sheet }) => sheet === away)!
  expect(grounds.join()).toContain('五（6）')
  expect(steps.map(({ id }) => id)).toEqual(['rulesTold', 'ground', 'notProtected', 'unionTold', 'decided'])
  expect(steps.map(({ clause }) => clause).join()).toMatch(/第39条.*第43条.*第24条/)
  expect([...steps.map(({ done }) => done), decided]).toEqual([null, null, null, null, null, null])
})

it('is refused for whoever is on the line, and in a part-time post', async () => {
  expect(await decide(onTheLine)).toMatchObject({ code: 'ruling.noGround' })
  expect(await decide(partTime)).toMatchObject({ code: 'ruling.noGround' })
})

it('is refused with what is missing, to the last step, and asks for no thirty days', async () => {
  expect(await record(away, 'notice')).toMatchObject({ code: 'ruling.step' })
  expect(await record(away, 'decided')).toMatchObject({ code: 'ruling.step' })
  for (const [step, title] of [
    ['rulesTold', '考勤制度经讨论并已告知本人'],
    ['ground', '擅自离岗超过七天已查实'],
    ['notProtected', '受保护的情形'],
    ['unionTold', '已通知工会'],
  ] as const) {
    expect(await decide(away)).toMatchObject({ code: 'ruling.missing', says: expect.stringContaining(title) })
    expect((await proposed()).find(({ sheet }) => sheet === away)!.decided).toBeNull()
    expect(await record(away, step)).toBe(true)
  }
})

it('is then decided by a person with reasons, once, and stands in the chain', async () => {
  expect(await decide(away, 'town')).toMatchObject({ code: 'permission' })
  expect(await decide(away)).toBe(true)
  const one = (await proposed()).find(({ sheet }) => sheet === away)!
  expect(one.decided).toMatchObject({ by: '沈知远', text: '擅自离岗七天半，依第39条' })
  expect(one.steps.every(({ done }) => done !== null)).toBe(true)
  const [{ id } = { id: '' }] = await query<{ id: string }>('select id from county')
  expect(await verifyChain(county.app.database.pool, id)).toMatchObject({ ok: true })
})

it('goes by the whole year of somebody who changed village', async () => {
  const moved = await query<{ id: string }>(
    `select s.id from sheet s where s.coordinator_id in (select coordinator_id from sheet group by 1 having count(*) > 1)
        and s.town_id = (select town_id from sheet where id = $1) order by s.coordinator_id, s.line desc limit 2`,
    [away],
  )
  expect(moved.length).toBe(2)
  await query('update sheet set full_time = true where id = any($1::uuid[])', [moved.map(({ id }) => id)])
  await absent(moved[0]!.id, '4')
  await absent(moved[1]!.id, '3')
  const listed = async () => (await proposed()).some(({ sheet }) => moved.some(({ id }) => id === sheet))
  expect(await listed()).toBe(false)
  await absent(moved[1]!.id, '3.5')
  expect(await listed()).toBe(true)
})

// BH-20, LCL 39, 40 and 44: what is asked for depends on the ground, and a decision rests on grounds whose steps are done.
it('asks of each ground for its own steps: a retirement waits for no training, a breach for no thirty days', async () => {
  const { cycle } = await openBaihe(county)
  const whole = await query<{ id: string }>('select id from sheet where cycle_id = $1 and days = 365 order by line limit 3', [
    cycle,
  ])
  const [retired, broke, both] = whole.map(({ id }) => id) as [string, string, string]
  const found = async (sheet: string, facts: Record<string, string>) => {
    await query('update sheet set facts = $2 where id = $1', [sheet, facts])
    const listed = await tell<{ sheet: string; asks: { id: string; law: string; steps: string[] }[]; steps: { id: string }[] }[]>(
      await as('county'),
      'query ($c: ID!) { dismissals(cycle: $c) { sheet asks { id law steps } steps { id } } }',
      { c: cycle },
    )
    return (listed as { sheet: string; asks: { id: string; law: string; steps: string[] }[]; steps: { id: string }[] }[]).find(
      (one) => one.sheet === sheet,
    )!
  }
  expect(await found(retired, { postEnded: 'yes' })).toMatchObject({
    asks: [{ id: 'endPost', law: expect.stringContaining('第44条'), steps: ['ground', 'decided'] }],
    steps: [{ id: 'ground' }, { id: 'decided' }],
  })
  expect(await decide(retired)).toMatchObject({ code: 'ruling.missing' })
  expect(await record(retired, 'ground')).toBe(true)
  expect(await decide(retired)).toBe(true)

  expect((await found(broke, { breach: 'yes' })).asks).toEqual([
    { id: 'endBreach', law: expect.stringContaining('第39条'), steps: ['rulesTold', 'ground', 'unionTold', 'decided'] },
  ])
  for (const step of ['rulesTold', 'ground']) expect(await record(broke, step)).toBe(true)
  expect(await decide(broke)).toMatchObject({ code: 'ruling.missing', says: expect.stringMatching(/已通知工会/) })
  expect(await decide(broke)).not.toMatchObject({ says: expect.stringMatching(/培训|三十天/) })
  expect(await record(broke, 'unionTold')).toBe(true)
  expect(await decide(broke)).toBe(true)

  // Months without tasks done, and a breach: the breach suffices, incompetence alone would need more.
  const { asks, steps } = await found(both, { breach: 'yes', unfinishedMonths: '3' })
  expect(asks.map(({ id }) => id)).toEqual(['endTasks', 'endBreach'])
  expect(steps.map(({ id }) => id)).toEqual([
    'rulesTold',
    'ground',
    'trainedOrMoved',
    'notProtected',
    'unionTold',
    'notice',
    'decided',
  ])
  const resting = async (grounds: string[]) =>
    tell(
      await as('county'),
      'mutation ($s: ID!, $g: [ID!], $key: String!) { decideDismissal(sheet: $s, reason: "依据如上", grounds: $g, key: $key) }',
      { s: both, g: grounds, key: newKey() },
    )
  expect(await decide(both)).toMatchObject({
    code: 'ruling.missing',
    says: expect.stringMatching(/三个月.*培训.*严重违反.*工会/),
  })
  for (const step of ['rulesTold', 'ground', 'unionTold']) expect(await record(both, step)).toBe(true)
  expect(await resting(['endTasks'])).toMatchObject({ code: 'ruling.missing', says: expect.stringContaining('已培训或调岗') })
  expect(await resting(['endPost'])).toMatchObject({ code: 'ruling.noGround' })
  expect(await resting(['endBreach', 'endTasks'])).toMatchObject({ code: 'ruling.missing' })
  expect(await decide(both)).toBe(true)
  const [{ on } = { on: [] }] = await query<{ on: string[] }>(
    `select details -> 'on' as on from change_set where kind = 'legalStep' and details ->> 'sheet' = $1 and details -> 'on' is not null`,
    [both],
  )
  expect(on).toEqual(['endBreach'])
})
