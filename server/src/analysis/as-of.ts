import { setImmediate } from 'node:timers/promises'
import type { Turn } from '../audit/chain.ts'
import { actorOf, no, type Context } from '../context.ts'
import { inSight, type CycleRules } from '../cycle/cycles.ts'
import { policies } from '../policy/policies.ts'
import type { Choices, Facts } from '../rules/facts.ts'
import type { Beyond } from '../rules/person.ts'
import { stageOf, stateOf } from '../rules/stages.ts'
import { evaluated } from '../sheet/evaluated.ts'
import type { Stood } from './entity.ts'
import { parameters } from './page.ts'
import { cyclesOf, once } from './parts.ts'

/** A sheet that was turned after the moment: as it stands, and its turns since, latest first. */
interface Turned {
  id: string
  cycle: string
  stage: string
  facts: Facts
  beyond: Beyond
  turns: Record<string, Turn>[]
  /** Number of the change set that had last touched it then. */
  seq: number
}

/** What is recorded beside the cells without touching points: the panel's grade, seats, and the total, which follows. */
const besides = ['@total', '@panel', '@seat', '@appeal.']

/**
 * The sheets the caller sees as they stood at a moment: every turn since is taken back from today's facts, and what has
 * turned is scored by the policy and the readings in force then. A sheet that was not touched since, as one on file,
 * is told as it is stored. Throws `asOf.future`; `asOf.beyond` where something was recorded since that cells cannot
 * take back; `asOf.policy` where the policy of the time is no longer installed as it was.
 */
export const asOf = (context: Context, at: Date): Promise<Stood> =>
  once(context, `as of ${at.toISOString()}`, async () => {
    if (at > context.now) throw no(context, 'asOf.future')
    const { county } = actorOf(context)
    const { rows: unopened } = await context.pool.query<{ id: string }>({
      name: 'cycles-opened-since',
      text: `select id from change_set where county_id = $1 and kind = 'openCycle' and at > $2`,
      values: [county, at],
    })
    const rules = await rulesThen(context, at)
    const sheets = []
    for (const [place, sheet] of (await turnedSince(context, at)).entries()) {
      const { policy, choices } = rules.get(sheet.cycle)!
      const { facts, stage } = takenBack(context, sheet)
      const stood = stageOf(policy, stage)
      sheets.push({
        id: sheet.id,
        stage,
        ...(stood ? { state: stateOf(stood) } : {}),
        facts,
        seq: sheet.seq,
        ...evaluated(policy, choices, facts, sheet.beyond),
      })
      if (place % 500 === 499) await setImmediate() // others have their turn
    }
    return { at, sheets: JSON.stringify(sheets), unopened: unopened.map(({ id }) => id), rules }
  })

/** By what each cycle was judged then: the first change of its rules since says what they were before. */
async function rulesThen(context: Context, at: Date): Promise<Map<string, CycleRules>> {
  const { rows } = await context.pool.query<{ cycle: string; from: { policy: string; hash: string; choices: Choices } }>({
    name: 'rules-changed-since',
    text: `select distinct on (cycle_id) cycle_id as cycle, details -> 'from' as "from" from change_set
            where county_id = $1 and kind = 'changePolicy' and at > $2 order by cycle_id, seq`,
    values: [actorOf(context).county, at],
  })
  const before = new Map(rows.map(({ cycle, from }) => [cycle, from]))
  return new Map(
    (await cyclesOf(context)).map((now) => {
      const from = before.get(now.id)
      if (!from) return [now.id, now]
      const version = policies().get(from.policy)
      if (version?.hash !== from.hash) throw no(context, 'asOf.policy', { policy: from.policy })
      return [now.id, { ...now, policyId: from.policy, policyHash: from.hash, policy: version.policy, choices: from.choices }]
    }),
  )
}

async function turnedSince(context: Context, at: Date): Promise<Turned[]> {
  const actor = actorOf(context)
  const { values, bind } = parameters()
  const { rows } = await context.pool.query<Turned>(
    `select s.id, s.cycle_id as cycle, s.stage, s.facts, s.beyond, jsonb_agg(x.cells order by x.seq desc) filter (where h.at > ${bind(at)}) as turns,
            coalesce(max(x.seq) filter (where h.at <= ${bind(at)}), 0) as seq
       from sheet s join sheet_change x on x.county_id = s.county_id and x.sheet_id = s.id
       join change_set h on h.county_id = x.county_id and h.seq = x.seq
      where s.county_id = ${bind(actor.county)} and ${inSight(actor, bind)}
      group by s.county_id, s.id having bool_or(h.at > ${bind(at)})`,
    values,
  )
  return rows
}

function takenBack(context: Context, { facts: now, stage: stands, turns }: Turned): { facts: Facts; stage: string } {
  const facts: Record<string, string> = { ...now }
  let stage = stands
  for (const [field, [before]] of turns.flatMap((turn) => Object.entries(turn))) {
    if (field === '@stage') stage = before ?? stage
    else if (field.startsWith('@')) {
      if (!besides.some((beside) => field.startsWith(beside))) throw no(context, 'asOf.beyond')
    } else if (before === null) delete facts[field]
    else facts[field] = before
  }
  return { facts, stage }
}
