import { officialYears } from '../core/official.ts'
import type { Actor } from '../rules/access.ts'
import { dayOfMoment } from '../base/today.ts'
import type { Doors } from './doors.ts'

// What people do with a cycle, as the operations of the API say it.

export async function openCycle(doors: Doors, at: Date, year: number, policy: string): Promise<string> {
  const source = 'mutation ($input: OpenCycleInput!, $key: String!) { openCycle(input: $input, key: $key) { cycle } }'
  const input = { year, policy }
  const key = doors.key('openCycle', input)
  return (await doors.ask<{ cycle: string }>(doors.account('county'), at, source, { input, key })).cycle
}

/** Fills empty cells: sheet, field, value. Throws where one is refused. */
export async function fillCells(
  doors: Doors,
  actor: Actor,
  at: Date,
  cycle: string,
  cells: readonly [sheet: string, field: string, value: string][],
): Promise<void> {
  const [sheets, fields, values] = [0, 1, 2].map((place) => cells.map((cell) => cell[place]))
  const input = { cycle, sheets, fields, values, seen: cells.map(() => null), key: doors.key('cells', cycle, cells) }
  const source = `mutation ($input: SaveCellsInput!) { saveCells(input: $input) { leftOut { field says } } }`
  const { leftOut } = await doors.ask<{ leftOut: { field: string; says: string }[] }>(actor, at, source, { input })
  if (leftOut[0]) throw new Error(`${leftOut[0].field}: ${leftOut[0].says}`)
}

/** Passes a unit's sheets on under a signature. */
export async function sign(doors: Doors, actor: Actor, at: Date, cycle: string, unit: string, stage: string): Promise<void> {
  const source = 'mutation ($input: MoveInput!, $key: String!) { moveSheets(input: $input, key: $key) { moved } }'
  await doors.ask(actor, at, source, { input: { cycle, unit, stage }, key: doors.key('sign', cycle, unit, stage) })
}

interface Quota {
  left: number
  people: { sheet: string; seat: string }[]
}
interface Result {
  sheet: string
  rank: number | null
  panelGrade: string | null
  needs: string[]
}
const RESULTS = 'query ($cycle: ID!, $unit: ID) { results(cycle: $cycle, unit: $unit) { sheet rank panelGrade needs } }'

/** The panel seats those who tie, as far as seats go, in the order of the roll, and grades whom the regulation leaves to it. */
export async function panelDecides(doors: Doors, panel: Actor, at: Date, cycle: string, unit: string): Promise<void> {
  const { key } = doors
  const ask = <Answer>(source: string, variables: Record<string, unknown>) =>
    doors.ask<Answer>(panel, at, source, { cycle, ...variables })
  const quotas = await ask<Quota[]>('query ($cycle: ID!) { quota(cycle: $cycle) { left people { sheet seat } } }', {})
  for (const { left, people } of quotas) {
    const tied = people.filter(({ seat }) => seat === 'contested').map(({ sheet }) => sheet)
    if (tied.length === 0) continue
    const first = tied.slice(0, left)
    await ask(
      `mutation ($cycle: ID!, $sheets: [ID!]!, $reason: String!, $key: String!) {
         ruleSeats(cycle: $cycle, sheets: $sheets, reason: $reason, key: $key) }`,
      { sheets: first, reason: '同分，入户回访群众满意率更高，小组四人一致同意', key: key('seat', first) },
    )
  }
  // Whom it has graded already is among them: gone on with, the year is as it would have been without the break.
  const open = (await ask<Result[]>(RESULTS, { unit }))
    .filter(({ needs, panelGrade }) => needs.includes('grade') || panelGrade !== null)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ sheet }) => sheet)
  const last = open.length > 6 ? open.slice(-1) : []
  const grades = [
    { grade: 'pass', sheets: open.slice(0, open.length - last.length), reason: '完成全年任务，小组集体研究' },
    { grade: 'basicPass', sheets: last, reason: '得分在全镇末位，日志多次不详，小组集体研究' },
  ]
  for (const given of grades.filter(({ sheets }) => sheets.length > 0))
    await ask(
      `mutation ($cycle: ID!, $sheets: [ID!]!, $grade: ID, $reason: String!, $key: String!) {
         decideGrades(cycle: $cycle, sheets: $sheets, grade: $grade, reason: $reason, key: $key) }`,
      { ...given, key: key('grade', given.grade, given.sheets) },
    )
}

export async function explainFails(doors: Doors, actor: Actor, at: Date, cycle: string, unit: string | null): Promise<void> {
  const results = await doors.ask<Result[]>(actor, at, RESULTS, { cycle, unit })
  for (const { sheet, needs } of results)
    if (needs.includes('explanation'))
      await doors.ask(
        actor,
        at,
        'mutation ($sheet: ID!, $text: String!, $key: String!) { explainFail(sheet: $sheet, text: $text, key: $key) }',
        { sheet, text: '考勤记录和谈话记录在案，本人已签字确认，镇中心两次书面提醒后未改', key: doors.key('explain', sheet) },
      )
}

interface Reading {
  interpretation: string
  blocksFiling: boolean
  options: { id: string; chosen: boolean }[]
}

/** Records the approval of every reading on which a result depends. */
export async function approveReadings(doors: Doors, at: Date, cycle: string, paper: string): Promise<void> {
  const bureau = doors.account('county')
  const source = 'query ($cycle: ID!) { cycleReadings(cycle: $cycle) { interpretation blocksFiling options { id chosen } } }'
  for (const { interpretation, blocksFiling, options } of await doors.ask<Reading[]>(bureau, at, source, { cycle }))
    if (blocksFiling)
      await doors.ask(
        bureau,
        at,
        `mutation ($cycle: ID!, $interpretation: ID!, $option: ID!, $reason: String!, $key: String!) {
           approveReading(cycle: $cycle, interpretation: $interpretation, option: $option, reason: $reason, key: $key) { by } }`,
        {
          cycle,
          interpretation,
          option: options.find(({ chosen }) => chosen)!.id,
          reason: paper,
          key: doors.key('reading', cycle, interpretation),
        },
      )
}

/** Puts units on view for five working days, which a notice of their own each says. */
/** The demo county has days off of its own in a year that nobody has announced yet: nothing could be filed otherwise. */
export async function knowDays(doors: Doors, at: Date): Promise<void> {
  const year = Number(dayOfMoment(new Date(at.getTime() + 10 * 86_400_000)).slice(0, 4))
  if (officialYears().has(year)) return
  await doors.ask(
    doors.account('county'),
    at,
    `mutation ($year: Int!, $announcement: String!, $holidays: [String!]!, $key: String!) {
      setCalendarYear(year: $year, announcement: $announcement, holidays: $holidays, workdays: [], key: $key) }`,
    {
      year,
      announcement: '演示用，不是国务院的安排 / for the demo only, announced by nobody',
      holidays: [`${year}-01-01`],
      key: doors.key('days', year),
    },
  )
}

export async function publish(
  doors: Doors,
  at: Date,
  cycle: string,
  units: readonly string[],
  key = doors.key('publish', cycle, units),
): Promise<void> {
  const source = 'mutation ($input: NoticeInput!, $key: String!) { publishNotice(input: $input, key: $key) }'
  const input = { cycle, units, columns: ['name', 'village', 'town', 'grade'] }
  await doors.ask(doors.account('county'), at, source, { input, key })
}
