import { setImmediate } from 'node:timers/promises'
import { withDays, type KeptDay } from '../core/days.ts'
import { CALENDAR } from '../core/recount.ts'
import { calendarThen } from '../core/calendars.ts'
import type { Turn } from '../ledger/chain.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { inSight, type CycleRules } from '../core/cycles.ts'
import { policies } from '../base/policies.ts'
import { isSecret } from '../rules/ballots.ts'
import type { Choices, Facts } from '../rules/facts.ts'
import type { Beyond } from '../rules/person.ts'
import type { Claim } from '../rules/score/claim.ts'
import type { Ballot } from '../rules/score/rated.ts'
import { stageOf, stateOf } from '../rules/stages.ts'
import { evaluated } from '../core/evaluated.ts'
import type { Stood } from './entity.ts'
import { parameters } from './page.ts'
import { cyclesOf, once } from './parts.ts'

/** A sheet that was turned after the moment: as it stands, and its turns since, latest first. */
interface Turned {
  id: string
  coordinator: string
  cycle: string
  stage: string
  facts: Facts
  beyond: Beyond
  turns: Record<string, Turn>[]
  /** Number of the change set that had last touched it then. */
  seq: number
}

/** What is recorded beside the cells without touching points: the panel's grade, seats, files, and the total, which follows. */
const besides = ['@total', '@panel', '@seat', '@appeal.', '@evidence.', '@noBallots.']

/** What is recorded beside them and counts: claims, days away and spot checks, and ballots. */
const claim = '@claim.'
const days = ['@absence.', '@spotCheck.', CALENDAR]
const ballot = '@ballot.'

/**
 * The sheets the caller sees as they stood at a moment: every turn since is taken back from today's facts, claims, days
 * away and signed ballots are those that stood then, and what has turned is scored by the policy and the readings in
 * force then. A sheet that was not touched since, as one on file, is told as it is stored. Throws `asOf.future`;
 * `asOf.beyond` where a secret ballot came or went since: only its day is known, and to tell the scores before and after
 * would tell the ballot; `asOf.policy` where the policy of the time is no longer installed as it was.
 */
export const asOf = (context: Context, at: Date): Promise<Stood> =>
  once(context, `as of ${at.toISOString()}`, async () => {
    if (at > context.now) throw refusal(context, 'asOf.future')
    const { county } = actorOf(context)
    const { rows: unopened } = await context.pool.query<{ id: string }>({
      name: 'cycles-opened-since',
      text: `select id from change_set where county_id = $1 and kind = 'openCycle' and at > $2`,
      values: [county, at],
    })
    const rules = await rulesThen(context, at)
    const sheets = []
    const turned = await turnedSince(context, at)
    const beyondThen = await recordedThen(context, at, turned)
    for (const [place, sheet] of turned.entries()) {
      const then = rules.get(sheet.cycle)!
      const { policy, choices } = then
      const { facts, stage } = takenBack(context, sheet)
      const stood = stageOf(policy, stage)
      sheets.push({
        id: sheet.id,
        stage,
        ...(stood ? { state: stateOf(stood) } : {}),
        facts,
        seq: sheet.seq,
        ...evaluated(policy, choices, facts, beyondThen(sheet, then)),
      })
      if (place % 500 === 499) await setImmediate() // lets the event loop run other requests
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
      if (version?.hash !== from.hash) throw refusal(context, 'asOf.policy', { policy: from.policy })
      return [now.id, { ...now, policyId: from.policy, policyHash: from.hash, policy: version.policy, choices: from.choices }]
    }),
  )
}

async function turnedSince(context: Context, at: Date): Promise<Turned[]> {
  const actor = actorOf(context)
  const { values, bind } = parameters()
  const { rows } = await context.pool.query<Turned>(
    `select s.id, s.coordinator_id as coordinator, s.cycle_id as cycle, s.stage, s.facts, s.beyond, jsonb_agg(x.cells order by x.seq desc) filter (where h.at > ${bind(at)}) as turns,
            coalesce(max(x.seq) filter (where h.at <= ${bind(at)}), 0) as seq
       from sheet s join sheet_change x on x.county_id = s.county_id and x.sheet_id = s.id
       join change_set h on h.county_id = x.county_id and h.seq = x.seq
      where s.county_id = ${bind(actor.county)} and ${inSight(actor, bind)}
      group by s.county_id, s.id having bool_or(h.at > ${bind(at)})`,
    values,
  )
  return rows
}

/** What each sheet that was turned since had beside its cells at the moment. */
async function recordedThen(
  context: Context,
  at: Date,
  turned: readonly Turned[],
): Promise<(sheet: Turned, rules: CycleRules) => Beyond> {
  const having = (...starts: string[]) => turned.filter((sheet) => fieldsOf(sheet).some((field) => isOf(field, ...starts)))
  const claims = await claimsThen(context, at, having(claim))
  const ofDays = having(...days)
  const kept = await daysThen(context, at, ofDays)
  const calendar = ofDays.length > 0 ? await calendarThen(context.pool, actorOf(context).county, at) : undefined
  const ballots = await ballotsThen(context, having(ballot))
  return ({ id, beyond: now }, { policy, year }) => {
    const beyond = { ...now }
    if (claims.has(id)) beyond.claims = claims.get(id)!
    if (ballots.has(id)) beyond.ballots = ballots.get(id)!
    const own = kept.get(id)
    return own === undefined || calendar === undefined || !policy.absences ? beyond : withDays(beyond, own, year, calendar)
  }
}

const fieldsOf = ({ turns }: Turned): string[] => turns.flatMap((turn) => Object.keys(turn))
const isOf = (field: string, ...starts: string[]): boolean => starts.some((start) => field.startsWith(start))

/** The claims that counted then, in the order in which they were accepted; those of no act are as they stand. */
async function claimsThen(context: Context, at: Date, turned: readonly Turned[]): Promise<Map<string, Claim[]>> {
  if (turned.length === 0) return new Map()
  interface Told {
    sheet: string
    id: string
    accepted: boolean
    then: boolean
    rule: string
    content: Omit<Claim, 'id' | 'rule' | 'evidence'>
    evidence: { id: string }[]
  }
  const { rows } = await context.pool.query<Told>(
    `select x.sheet_id as sheet, substr(e.key, length('${claim}') + 1) as id, e.value ->> 1 = 'accepted' as accepted, h.at <= $3 as then,
            h.details ->> 'rule' as rule, h.details -> 'content' as content, h.details -> 'evidence' as evidence
       from sheet_change x join change_set h on h.county_id = x.county_id and h.seq = x.seq cross join lateral jsonb_each(x.cells) e
      where x.county_id = $1 and x.sheet_id = any($2::uuid[]) and starts_with(e.key, '${claim}') order by x.seq`,
    [actorOf(context).county, turned.map(({ id }) => id), at],
  )
  const told = Map.groupBy(rows, ({ sheet }) => sheet)
  return new Map(
    turned.map(({ id: sheet, beyond }) => {
      const own = told.get(sheet) ?? []
      let claims = (beyond.claims ?? []).filter(({ id }) => own.every((one) => one.id !== id))
      for (const { id, accepted, rule, content, evidence } of own.filter(({ then }) => then)) {
        claims = claims.filter((one) => one.id !== id)
        if (accepted) claims = [...claims, { id, rule, ...content, evidence: evidence.map((proof) => proof.id) }]
      }
      return [sheet, claims]
    }),
  )
}

/** The records of days of each sheet’s person that stood then. */
async function daysThen(context: Context, at: Date, turned: readonly Turned[]): Promise<Map<string, KeptDay[]>> {
  if (turned.length === 0) return new Map()
  const { rows } = await context.pool.query<KeptDay & { coordinator: string }>(
    `select a.coordinator_id as coordinator, a.kind, a.first_day::text as "from", a.last_day::text as "to", a.half, a.excused,
            a.reason_given as "reasonGiven", a.on_post as "onPost"
       from attendance a left join change_set e on e.county_id = a.county_id and e.seq = a.ended_seq
      where a.county_id = $1 and a.coordinator_id = any($2::uuid[]) and a.at <= $3 and coalesce(e.at > $3, true)
      order by a.first_day, a.id`,
    [actorOf(context).county, turned.map(({ coordinator }) => coordinator), at],
  )
  const kept = Map.groupBy(rows, ({ coordinator }) => coordinator)
  return new Map(turned.map(({ id, coordinator }) => [id, kept.get(coordinator) ?? []]))
}

/** The ballots then, where those that came or went since are signed. Throws `asOf.beyond` where one is secret. */
async function ballotsThen(context: Context, turned: readonly Turned[]): Promise<Map<string, Ballot[]>> {
  const since = turned.map(({ id, beyond, turns }) => {
    const own = turns
      .flatMap((turn) => Object.entries(turn))
      .filter(([field]) => isOf(field, ballot))
      .map(([field, [before, after]]) => ({
        ballot: field.slice(ballot.length),
        group: (before ?? after)!,
        gone: after === null,
      }))
    if (own.some(({ group }) => isSecret(group))) throw refusal(context, 'asOf.beyond')
    return { id, now: beyond.ballots ?? [], own }
  })
  const gone = since.flatMap(({ own }) => own.flatMap((one) => (one.gone ? one.ballot : [])))
  const { rows } =
    gone.length === 0
      ? { rows: [] }
      : await context.pool.query<Ballot>(
          'select id, rater_group as "group", scores from ballot where county_id = $1 and id = any($2::uuid[])',
          [actorOf(context).county, gone],
        )
  const taken = new Map(rows.map((one) => [one.id, one]))
  return new Map(
    since.map(({ id, now, own }) => {
      const came = new Set(own.flatMap((one) => (one.gone ? [] : one.ballot)))
      const stood = [...now, ...own.flatMap((one) => (one.gone ? taken.get(one.ballot)! : []))]
      return [id, stood.filter((one) => !came.has(one.id)).toSorted((a, b) => (a.id < b.id ? -1 : 1))]
    }),
  )
}

function takenBack(context: Context, { facts: now, stage: stands, turns }: Turned): { facts: Facts; stage: string } {
  const facts: Record<string, string> = { ...now }
  let stage = stands
  for (const [field, [before]] of turns.flatMap((turn) => Object.entries(turn))) {
    if (field === '@stage') stage = before ?? stage
    else if (field.startsWith('@')) {
      // What nobody has said how to take back is not told as if nothing had happened.
      if (!isOf(field, ...besides, claim, ...days, ballot)) throw refusal(context, 'asOf.beyond')
    } else if (before === null) delete facts[field]
    else facts[field] = before
  }
  return { facts, stage }
}
