import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { policies } from '../../server/src/base/policies.ts'
import { stateOf } from '../../server/src/rules/stages.ts'
import { asker, openCounty, type Caller, type County } from '../county.ts'
import { logins } from '../logins.ts'
import { inputOf, newKey, SAVE } from './sheets.ts'
import { completeScores, panelDecides } from './year.ts'

// Who may write what, where a sheet stands and whose it is: every role × operation × stage × place, over the wire. The
// table is reviewed by people; the harness only fills it in.
const table = readFileSync(join(import.meta.dirname, '../matrix.txt'), 'utf8')
  .trimEnd()
  .split('\n')
const { policy } = policies().get('xinyi-1')!

let county: County
const callers: Caller[] = []
let stranger: Caller['ask']
/** A sheet of the town where the roles of towns and villages are held, and one of another town; of the first also the coordinator is ours. */
let own: Target
let other: Target
interface Target {
  sheet: string
  village: string
}
const sql = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await county.app.database.pool.query<Row>(text, values)).rows

beforeAll(async () => {
  county = await openCounty()
  for (const login of logins) callers.push(await county.signIn(login))
  stranger = asker(county.origin, '')
  const [town, panel] = [callers[3]!, callers[4]!]
  await completeScores(town, county.cycle)
  await sql(
    `update sheet set stage = 'panel', state = 'submitted' where town_id = (select unit_id from role_grant g join account a on a.id = g.account_id where a.login = 'town')`,
  )
  await panelDecides(panel, county.cycle)
  const [mine] = await sql<Target>(
    `select s.id as sheet, s.village_id as village from sheet s join role_grant g on g.coordinator_id = s.coordinator_id order by s.line limit 1`,
  )
  const [theirs] = await sql<Target>(
    `select s.id as sheet, s.village_id as village from sheet s where s.town_id <> (select town_id from sheet where id = $1) and s.missing = 0 order by s.line limit 1`,
    [mine!.sheet],
  )
  own = mine!
  other = theirs!
})
afterAll(() => county.close())

type Attempt = (target: Target) => [document: string, variables: Record<string, unknown>]
const attempts: Record<string, Attempt> = {
  saveCells: ({ sheet }) => [SAVE, { input: inputOf(county.cycle, [[sheet, 'absentDays', 'unseen', '1']]) }],
  sign: ({ village }) => [
    'mutation ($i: MoveInput!, $k: String!) { moveSheets(input: $i, key: $k) { moved } }',
    { i: { cycle: county.cycle, unit: village, stage: '$stage' }, k: newKey() },
  ],
  sendBack: ({ village }) => [
    'mutation ($i: MoveInput!, $k: String!) { moveSheets(input: $i, key: $k) { moved } }',
    { i: { cycle: county.cycle, unit: village, stage: '$stage', backTo: 'scoring', reason: '试' }, k: newKey() },
  ],
  decideGrades: ({ sheet }) => [
    'mutation ($c: ID!, $s: [ID!]!, $k: String!) { decideGrades(cycle: $c, sheets: $s, grade: null, reason: "试", key: $k) }',
    { c: county.cycle, s: [sheet], k: newKey() },
  ],
  ruleSeats: ({ sheet }) => [
    'mutation ($c: ID!, $s: [ID!]!, $k: String!) { ruleSeats(cycle: $c, sheets: $s, reason: "试", key: $k) }',
    { c: county.cycle, s: [sheet], k: newKey() },
  ],
  explainFail: ({ sheet }) => [
    'mutation ($s: ID!, $k: String!) { explainFail(sheet: $s, text: "试", key: $k) }',
    { s: sheet, k: newKey() },
  ],
  decideDismissal: ({ sheet }) => [
    'mutation ($s: ID!, $k: String!) { decideDismissal(sheet: $s, reason: "试", key: $k) }',
    { s: sheet, k: newKey() },
  ],
  addNote: ({ sheet }) => ['mutation ($s: ID!) { addNote(sheet: $s, field: "i04", text: "试") { mine } }', { s: sheet }],
}
/** Refusals that come after the question of who: what was asked for is not there to be done. */
const beyondWho = new Set(['stage.blocked', 'ruling.notContested', 'ruling.noGround', 'ruling.missing', 'stage.sameHand'])

async function place(stage: string): Promise<void> {
  const state = stateOf(policy.stages.find(({ id }) => id === stage)!)
  await sql(`update sheet set stage = $1, state = $2 where id = any($3) or village_id = any($4)`, [
    stage,
    state,
    [own.sheet, other.sheet],
    [own.village, other.village],
  ])
}

/** Whether a caller was let through to the deed itself. */
async function letThrough(ask: Caller['ask'], name: string, target: Target, stage: string): Promise<boolean> {
  const [document, variables] = attempts[name]!(target)
  const asked = JSON.parse(JSON.stringify(variables).replaceAll('$stage', stage)) as Record<string, unknown>
  const { data, errors } = await ask(document, asked)
  if (errors) return beyondWho.has(errors[0]!.extensions.code)
  // A cell that is nobody else's to write is refused; one that may be written meets the value it did not see.
  return name !== 'saveCells' || data.saveCells.leftOut[0]?.code === 'conflict' || data.saveCells.applied === 1
}

/** Everything that is stored about assessments, as one hash. */
async function contents(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of ['sheet', 'signature', 'ruling', 'note', 'cycle'])
    hash.update(JSON.stringify(await sql(`select * from ${name} order by county_id, id`)))
  hash.update(
    JSON.stringify(await sql(`select kind, count(*) from change_set where cycle_id is not null group by kind order by kind`)),
  )
  return hash.digest('hex')
}

it(
  'every role, operation, stage and place is as the table says; what is refused leaves no trace',
  { timeout: 300_000 },
  async () => {
    const lines: string[] = [table[0]!]
    let cells = 0
    for (const name of Object.keys(attempts))
      for (const { id: stage } of policy.stages) {
        if (name === 'sendBack' && stage === policy.stages[0]!.id) continue
        const marks: string[] = []
        for (const caller of callers) {
          const may: boolean[] = []
          for (const target of [own, other]) {
            await place(stage)
            const before = await contents()
            const done = await letThrough(caller.ask, name, target, stage)
            if (!done) expect(await contents(), `${name} ${stage}`).toBe(before)
            may.push(done)
            cells++
          }
          marks.push(may[0] && may[1] ? 'A' : may[0] ? 'O' : may[1] ? '?' : '.')
        }
        await place(stage)
        expect(await letThrough(stranger, name, own, stage)).toBe(false)
        cells++
        lines.push(`${`${name} ${stage}`.padEnd(26)}${marks.map((mark) => mark.padEnd(4)).join('')}`.trimEnd())
      }
    expect(cells).toBe(lines.slice(1).length * (callers.length * 2 + 1))
    expect(lines).toEqual(table)
  },
)
