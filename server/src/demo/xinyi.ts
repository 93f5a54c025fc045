import { policyOf } from '../base/policies.ts'
import type { Actor } from '../rules/access.ts'
import { exact, larger, shown, zero } from '../rules/exact.ts'
import type { Field } from '../rules/field.ts'
import { fieldsOf } from '../rules/fields.ts'
import { dice, furtherTowns } from './county.ts'
import { approveReadings, explainFails, knowDays, openCycle, panelDecides, publish, fillCells, sign } from './deeds.ts'
import { DEMO_KEY, type Doors } from './doors.ts'

const policyId = 'xinyi-1'

interface Scored {
  id: string
  town: string
  /** Points by item, none where missing; in the order of the form. */
  points: (string | null)[]
  facts: Record<string, string>
}
const items = (): Field[] => fieldsOf(policyOf(policyId), {}).filter(({ kind }) => kind === 'points')

/** The year before: opened, scored with as wide a spread as this year, and brought all the way to the file for the whole county. */
export async function fileYearBefore(doors: Doors, thisYear: string): Promise<void> {
  const on = (day: string) => new Date(`${day}T09:30:00+08:00`)
  const cycle = await openCycle(doors, on('2025-12-01'), 2025, policyId)
  const { rows } = await doors.pool.query<Scored>(
    `select s.id, s.town_id as town, n.points, n.facts
       from sheet s join sheet n on n.county_id = s.county_id and n.cycle_id = $2 and n.posting_id = s.posting_id
      where s.county_id = $1 and s.cycle_id = $3 order by s.line`,
    [doors.county, thisYear, cycle],
  )
  const luck = dice(20_251_222)
  const form = items()
  for (const [at, town] of doors.towns.entries()) {
    const sheets = rows.filter((row) => row.town === town.id)
    // This year's scores, but somebody else's: as wide a spread, some better and some worse. A town that has not begun
    // this year takes the next one's.
    const begun = sheets.some(({ points }) => points.some((one) => one !== null))
    const others = begun ? sheets : rows.filter((row) => row.town === doors.towns[(at + 1) % doors.towns.length]!.id)
    const shift = 1 + luck.upTo(Math.max(0, others.length - 2))
    const cells = sheets.flatMap(({ id }, no) => {
      const { points, facts } = others[(no + shift) % others.length]!
      const beside = Object.entries(facts).filter(([field]) => !/^i\d/.test(field))
      const scores = form.map(({ id: item, max, step }, place) => {
        const theirs = exact(points[place] ?? max)
        const less = luck.chance(0.06) ? theirs.sub(exact(step)) : theirs
        return [item, shown(larger(less, zero), 1)] as const
      })
      return [...scores, ...beside].map(([field, value]) => [id, field, value] as [string, string, string])
    })
    await fillCells(doors, townAssessor(doors, at), on('2025-12-08'), cycle, cells)
  }
  for (const [at, { id }] of doors.towns.entries())
    await sign(doors, townAssessor(doors, at), on('2025-12-10'), cycle, id, 'scoring')
  for (const [at, { id }] of doors.towns.entries()) await panelOf(doors, at, on('2025-12-15'), cycle, id)
  await sign(doors, doors.account('city'), on('2025-12-22'), cycle, doors.county, 'office')
  await sign(doors, doors.account('county'), on('2025-12-26'), cycle, doors.county, 'decision')
  const all = doors.towns.map(({ id }) => id)
  await publish(doors, on('2026-01-05'), cycle, all)
  await approveReadings(doors, on('2026-01-12'), cycle, '澄原县人社局〔2026〕3号')
  await sign(doors, doors.account('county'), on('2026-01-16'), cycle, doors.county, 'notice')
}

/** How far on the fifth to the eighth town are this year; the first four are for trying things out. */
const further = ['office', 'decision', 'notice', 'filed'] as const

/** The key of the last act of the year: once it stands in the chain, the county has lived. */
export const LAST_KEY = `${DEMO_KEY}lastAct`

/** Brings the fifth to the eighth town on, each a stage further than the one before; the last of them is on file. */
export async function bringTownsOn(doors: Doors, cycle: string, today: Date): Promise<void> {
  const before = (days: number) => new Date(today.getTime() - days * 86_400_000)
  const towns = furtherTowns.map((at, place) => ({ stage: further[place]!, at, id: doors.towns[at]!.id }))
  const past = (stage: (typeof further)[number]) => towns.filter((town) => further.indexOf(town.stage) > further.indexOf(stage))
  for (const { id, at } of towns) await sign(doors, townAssessor(doors, at), before(30), cycle, id, 'scoring')
  for (const { id, at } of towns) await panelOf(doors, at, before(27), cycle, id)
  for (const { id } of past('office')) await sign(doors, doors.account('city'), before(24), cycle, id, 'office')
  for (const { id } of past('decision')) await sign(doors, doors.account('county'), before(22), cycle, id, 'decision')

  const [filed] = past('notice')
  await knowDays(doors, before(20))
  await publish(doors, before(20), cycle, [filed!.id])
  const { rows } = await doors.pool.query<{ id: string }>(
    'select id from sheet where county_id = $1 and cycle_id = $2 and town_id = $3 order by line limit 1',
    [doors.county, cycle, filed!.id],
  )
  await appealed(doors, filed!.at, rows[0]!.id, before(17), before(12))
  await approveReadings(doors, before(8), cycle, '澄原县人社局〔2026〕41号')
  await sign(doors, doors.account('county'), before(2), cycle, filed!.id, 'notice')
  await publish(doors, before(1), cycle, [towns.find(({ stage }) => stage === 'notice')!.id], LAST_KEY)
}

/** Somebody objects to what is on view, through their town, and is told why it stays. */
async function appealed(doors: Doors, at: number, sheet: string, filed: Date, decided: Date): Promise<void> {
  const id = await doors.ask<string>(
    townAssessor(doors, at),
    filed,
    'mutation ($sheet: ID!, $text: String!, $key: String!) { fileAppeal(sheet: $sheet, items: ["i05"], text: $text, key: $key) }',
    { sheet, text: '第5项值班表三月、四月均已上报，请核对镇中心的收件登记', key: doors.key('appeal', sheet) },
  )
  await doors.ask(
    doors.account('joint'),
    decided,
    'mutation ($id: ID!, $reason: String!, $key: String!) { decideAppeal(id: $id, upheld: false, reason: $reason, key: $key) }',
    { id, reason: '收件登记显示四月的值班表迟报六天，扣分有据，维持原结果', key: doors.key('decideAppeal', id) },
  )
}

async function panelOf(doors: Doors, at: number, when: Date, cycle: string, town: string): Promise<void> {
  const panel = at === 0 ? doors.account('panel') : doors.invented('panelMember', [town], at + 12)
  await panelDecides(doors, panel, when, cycle, town)
  await explainFails(doors, panel, when, cycle, town)
  await sign(doors, panel, when, cycle, town, 'panel')
}

const townAssessor = (doors: Doors, at: number): Actor =>
  at === 0 ? doors.account('town') : doors.invented('townAssessor', [doors.towns[at]!.id], at)
