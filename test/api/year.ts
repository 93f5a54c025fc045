import type { Caller, County } from '../county.ts'
import { newKey, readGrid, save } from './sheets.ts'

/** What an operation answered, or the code and the sentence of its refusal. */
export type Told<Answer> = Answer & { code?: string; says?: string }

/** Sends one operation; `fields` is what to read of an answer that is an object. */
export async function tell<Answer = any>(
  caller: Caller,
  operation: string,
  variables: Record<string, unknown> = {},
): Promise<Told<Answer>> {
  const { data, errors } = await caller.ask(operation, variables)
  if (errors) return { code: errors[0]!.extensions.code, says: errors[0]!.message } as Told<Answer>
  return Object.values(data)[0]
}

export interface MoveAsked {
  cycle: string
  unit: string
  stage: string
  backTo?: string
  reason?: string
  key?: string
}
export interface MoveTold {
  moved: number
  stage: string
  hash: string
  awaited: string[]
}

/** Passes a unit's sheets on, or sends them back. */
export const moveSheets = (caller: Caller, { key = newKey(), ...input }: MoveAsked): Promise<Told<MoveTold>> =>
  tell<MoveTold>(
    caller,
    'mutation ($input: MoveInput!, $key: String!) { moveSheets(input: $input, key: $key) { moved stage hash awaited } }',
    {
      input,
      key,
    },
  )

/** Gives every missing item its full points, so that the sheets of a unit are complete. Throws where a cell is refused. */
export async function completeScores(assessor: Caller, cycle: string, unit?: string): Promise<void> {
  const { columns, sheets } = await readGrid(assessor, cycle, { view: 'points', ...(unit ? { unit } : {}) })
  const items = columns.filter(({ kind }) => kind === 'points')
  const cells = sheets.flatMap(({ id, marks }) =>
    items.flatMap(({ field, max }, at) => (marks[at] === 'm' ? [[id, field, null, max] as [string, string, null, string]] : [])),
  )
  const { leftOut } = await save(assessor, cycle, cells)
  if (leftOut.length > 0) throw new Error(JSON.stringify(leftOut[0]))
}

export interface Result {
  sheet: string
  total: string
  rank: number | null
  seat: string
  grade: string | null
  panelGrade: string | null
  needs: string[]
  may: boolean
  says: string[]
  explanation: { text: string; by: string } | null
}
export const resultsFor = (caller: Caller, cycle: string): Promise<Told<Result[]>> =>
  tell<Result[]>(
    caller,
    `query ($cycle: ID!) { results(cycle: $cycle) { sheet total rank seat grade panelGrade needs may says explanation { text by } } }`,
    { cycle },
  )

export interface FallenDecision {
  kind: string
  sheets: string[]
  names: string
  by: string
  changes: string
  changedAt: string | null
}
/** The decisions that no longer stand. */
export const fallenDecisions = (caller: Caller, cycle: string): Promise<Told<FallenDecision[]>> =>
  tell<FallenDecision[]>(
    caller,
    'query ($cycle: ID!) { fallenDecisions(cycle: $cycle) { kind sheets names by changes changedAt } }',
    { cycle },
  )

export const decideGrades = (
  caller: Caller,
  given: { cycle: string; sheets: string[]; grade: string | null; reason?: string; key?: string },
) =>
  tell<number>(
    caller,
    `mutation ($cycle: ID!, $sheets: [ID!]!, $grade: ID, $reason: String!, $key: String!) {
       decideGrades(cycle: $cycle, sheets: $sheets, grade: $grade, reason: $reason, key: $key) }`,
    { reason: '考核小组集体研究', key: newKey(), ...given },
  )

export const ruleSeats = (caller: Caller, given: { cycle: string; sheets: string[]; reason?: string }) =>
  tell<number>(
    caller,
    `mutation ($cycle: ID!, $sheets: [ID!]!, $reason: String!, $key: String!) {
       ruleSeats(cycle: $cycle, sheets: $sheets, reason: $reason, key: $key) }`,
    { reason: '全年无差错，群众反映好', key: newKey(), ...given },
  )

/** The panel seats the first of those who tie, as far as seats go, and gives the rest one grade. */
export async function panelDecides(panel: Caller, cycle: string, grade = 'pass'): Promise<void> {
  const { data } = await panel.ask(`query ($cycle: ID!) { quota(cycle: $cycle) { left people { sheet seat } } }`, { cycle })
  for (const { left, people } of data.quota as { left: number; people: { sheet: string; seat: string }[] }[]) {
    const tied = people.filter(({ seat }) => seat === 'contested').map(({ sheet }) => sheet)
    if (tied.length > 0) await ruleSeats(panel, { cycle, sheets: tied.slice(0, left) })
  }
  const open = (await resultsFor(panel, cycle))
    .filter(({ needs, may }) => may && needs.includes('grade'))
    .map(({ sheet }) => sheet)
  if (open.length > 0) await decideGrades(panel, { cycle, sheets: open, grade })
}

/** Writes the explanation of every fail. */
export async function explainFails(
  caller: Caller,
  cycle: string,
  text = '全年旷工六天，镇中心已两次书面提醒',
): Promise<string[]> {
  const fails = (await resultsFor(caller, cycle)).filter(({ needs }) => needs.includes('explanation')).map(({ sheet }) => sheet)
  for (const sheet of fails) await explainFail(caller, sheet, text)
  return fails
}
export const explainFail = (caller: Caller, sheet: string, text = '全年旷工六天，镇中心已两次书面提醒') =>
  tell<boolean>(
    caller,
    'mutation ($sheet: ID!, $text: String!, $key: String!) { explainFail(sheet: $sheet, text: $text, key: $key) }',
    {
      sheet,
      text,
      key: newKey(),
    },
  )

/** Records the approval of every reading that results depend on. */
export async function approveReadings(bureau: Caller, cycle: string): Promise<void> {
  const { data } = await bureau.ask(
    `query ($cycle: ID!) { cycleReadings(cycle: $cycle) { interpretation blocksFiling options { id chosen } } }`,
    { cycle },
  )
  for (const { interpretation, blocksFiling, options } of data.cycleReadings)
    if (blocksFiling)
      await tell(
        bureau,
        `mutation ($cycle: ID!, $interpretation: ID!, $option: ID!, $reason: String!, $key: String!) {
           approveReading(cycle: $cycle, interpretation: $interpretation, option: $option, reason: $reason, key: $key) { by } }`,
        {
          cycle,
          interpretation,
          option: options.find((one: { chosen: boolean }) => one.chosen).id,
          reason: '市局〔2026〕12号',
          key: newKey(),
        },
      )
}

export interface NoticeAsked {
  cycle: string
  units: string[]
  columns?: string[]
  audience?: string
  days?: number
  replaces?: string
  reason?: string
}
/** Publishes the results of units; the ids of the notices. */
export const publishNotice = (caller: Caller, asked: NoticeAsked, key = newKey()): Promise<Told<string[]>> =>
  tell<string[]>(caller, 'mutation ($input: NoticeInput!, $key: String!) { publishNotice(input: $input, key: $key) }', {
    input: { columns: ['name', 'village', 'town', 'grade'], audience: 'internal', ...asked },
    key,
  })

/** Moves notices so that their last day was so many days ago; the server's clock is its own, so that theirs is moved. */
export async function endNotices({ app }: County, daysAgo = 1): Promise<void> {
  const day = `(now() at time zone 'Asia/Shanghai')::date - ${daysAgo}`
  await app.database.pool.query(`update notice set starts_on = ${day} - 7, ends_on = ${day} where ends_on > ${day}`)
}

/** Publishes a unit and waits until its last day has passed. */
export async function publishAndWait(county: County, caller: Caller, unit: string): Promise<void> {
  const made = await publishNotice(caller, { cycle: county.cycle, units: [unit] })
  if (made.code) throw new Error(`${made.code}: ${made.says}`)
  await endNotices(county)
}

/** Brings a town of Xinyi from its scores to the stage of the notice. */
export async function bringToNotice(as: (login: string) => Promise<Caller>, cycle: string, unit: string): Promise<void> {
  const go = async (login: string, stage: string) => {
    const { code, says } = await moveSheets(await as(login), { cycle, unit, stage })
    if (code) throw new Error(`${stage}: ${code} ${says}`)
  }
  await completeScores(await as('town'), cycle, unit)
  await go('town', 'scoring')
  await panelDecides(await as('panel'), cycle)
  await go('panel', 'panel')
  await go('city', 'office')
  await go('county', 'decision')
}

/** And on from there to be on file. */
export async function file(county: County, as: (login: string) => Promise<Caller>, unit: string): Promise<Told<MoveTold>> {
  await publishAndWait(county, await as('county'), unit)
  await explainFails(await as('town'), county.cycle)
  await approveReadings(await as('county'), county.cycle)
  return moveSheets(await as('county'), { cycle: county.cycle, unit, stage: 'notice' })
}
