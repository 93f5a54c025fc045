import { actorOf, type Reader } from '../base/context.ts'
import type { CycleRules } from '../core/cycles.ts'
import { eliminationsOf } from './elimination.ts'
import { cohortOf, type Cohort } from './cohort.ts'
import { sightOf } from '../rules/access.ts'
import { basisChanges, isSame, type Basis, type BasisChange } from '../rules/basis.ts'
import { GRADE } from '../rules/reopened.ts'
import { ELIMINATION } from '../rules/ties.ts'
import { stageOf } from '../rules/stages.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import { sheetHash } from '../core/standing.ts'
import { appealBasis, dismissalBasis, failBasis, readingBasis } from './bases.ts'
import { groundsIn } from './grounds.ts'
import { rulingsOf, type Held } from '../core/rulings.ts'

/** What kinds of decision rest on facts that may change. */
export type FallenKind = 'seat' | 'elimination' | 'grade' | 'explanation' | 'dismissal' | 'reading' | 'appeal' | 'signature'

/** A decision that no longer stands, because what it was made about has changed: the matter is open again. */
export interface Fallen {
  kind: FallenKind
  /** The sheets it decided about. */
  sheets: string[]
  /** The quota, the reading, the stage, the appeal: by its id. */
  subject: string
  text: string
  by: string
  at: Date
  /** The number of the act; none for approvals, which stand on the cycle. */
  seq: number | null
  changes: BasisChange[]
}

/** The sheets whose signature no longer covers what they hold, of those that nobody may score where they stand. */
export async function signaturesFallen(context: Reader, rules: CycleRules, sheets: readonly string[]): Promise<Fallen[]> {
  const { rows } = await context.pool.query<
    Pick<Fallen, 'text' | 'by' | 'at'> & { sheet: string; stage: string; signedAt: string; seq: number }
  >(
    `select s.id as sheet, s.stage, g.stage as "signedAt", g.by, g.at, coalesce(g.reason, '') as text, g.seq
       from sheet s cross join lateral (
            select o.stage, o.by, o.at, o.reason, o.seq, o.contents ->> s.id::text as content from signature o
             where o.county_id = s.county_id and o.cycle_id = s.cycle_id and o.contents ? s.id::text
             order by o.seq desc limit 1) g
      where s.county_id = $1 and s.cycle_id = $2 and s.id = any($3::uuid[]) and s.state <> 'filed' and g.content <> ${sheetHash}
      order by g.seq, s.line`,
    [actorOf(context).county, rules.id, sheets],
  )
  const unsigned = rows.filter(({ stage }) => stageOf(rules.policy, stage)?.writes !== 'yes')
  return [...Map.groupBy(unsigned, ({ seq }) => seq).values()].map((together) => {
    const { signedAt: subject, text, by, at, seq } = together[0]!
    const changes = [{ fact: 'content', before: 'signed', after: 'now' }]
    return { kind: 'signature', sheets: together.map(({ sheet }) => sheet), subject, text, by, at, seq, changes }
  })
}

/** The appeals that were rejected on matters which have changed since. */
export async function appealsFallen(
  context: Reader,
  rules: CycleRules,
  sheets: readonly string[],
): Promise<(Fallen & { appeal: string })[]> {
  const { rows } = await context.pool.query<
    Pick<SheetRow, 'facts' | 'beyond'> & {
      appeal: string
      sheet: string
      items: string[]
      basis: Basis
      text: string
      by: string
      at: Date
      seq: number
    }
  >(
    `select a.id as appeal, a.sheet_id as sheet, a.items, a.basis, a.reason as text, a.decided_by as by, a.decided_at as at, a.seq, s.facts, s.beyond
       from appeal a join sheet s on s.county_id = a.county_id and s.id = a.sheet_id
      where a.county_id = $1 and a.cycle_id = $2 and a.sheet_id = any($3::uuid[]) and a.state = 'rejected' and a.basis is not null
        and s.state <> 'filed'`,
    [actorOf(context).county, rules.id, sheets],
  )
  const { rows: later } = await context.pool.query<{ sheet: string; items: string[]; at: Date }>(
    `select sheet_id as sheet, items, decided_at as at from appeal
      where county_id = $1 and cycle_id = $2 and sheet_id = any($3::uuid[]) and state = 'upheld'`,
    [actorOf(context).county, rules.id, rows.map(({ sheet }) => sheet)],
  )
  // What a later appeal brought about is no reason to decide the earlier one again.
  const answered = (sheet: string, since: Date) =>
    later.filter((one) => one.sheet === sheet && one.at > since).flatMap(({ items }) => items)
  // What a grade is does not depend on how much of the county the reader sees.
  const actor = actorOf(context)
  const whole: Reader = { ...context, actor: { ...actor, grants: [{ role: 'auditor', unit: actor.county }] } }
  const graded = rows.some(({ items }) => items.includes(GRADE)) ? (await cohortOf(whole, rules, undefined)).outcomes : undefined
  const gradeOf = (sheet: string) => graded?.get(sheet)?.grade ?? null
  return rows.flatMap(({ appeal, sheet, items, basis, text, by, at, seq, ...row }) => {
    const settled = answered(sheet, at)
    const changes = basisChanges(basis, appealBasis(rules, row, gradeOf(sheet), items)).filter(
      ({ fact }) => !settled.includes(fact),
    )
    return changes.length === 0
      ? []
      : [{ kind: 'appeal' as const, appeal, sheets: [sheet], subject: appeal, text, by, at, seq, changes }]
  })
}

/** The approvals of readings that approved another reading, or another question, than is in force. */
export const readingsFallen = ({ policy, choices, approvals }: CycleRules): Fallen[] =>
  Object.entries(approvals).flatMap(([subject, { option, by, at, reason: text, on = { option } }]) => {
    if (!Object.hasOwn(policy.interpretations, subject)) return []
    const changes = basisChanges(on, readingBasis(policy, choices, subject))
    return changes.length === 0
      ? []
      : [{ kind: 'reading' as const, sheets: [], subject, text, by, at: new Date(at), seq: null, changes }]
  })

/** Whether a reading in force was approved, as it stands and for the question as the policy now puts it. */
export const readingStands = (rules: CycleRules, interpretation: string): boolean =>
  rules.approvals[interpretation] !== undefined && !readingsFallen(rules).some(({ subject }) => subject === interpretation)

/** Whether an explanation of a fail is about the fail as it is now; one from before bases were kept is. */
export function explains({ basis }: Pick<Held, 'basis'>, ...now: Parameters<typeof failBasis>): boolean {
  return !basis || isSame(basis, failBasis(...now))
}

/** Every decision about these people that no longer stands. */
export async function fallenIn(context: Reader, rules: CycleRules, { members, outcomes, groups }: Cohort): Promise<Fallen[]> {
  const { county } = actorOf(context)
  const held = await rulingsOf(context.pool, county, rules.id, ['seat', 'explanation', 'dismissal'])
  const people = new Map(members.map((member) => [member.id, member]))
  const found: Fallen[] = []
  const add = (kind: FallenKind, own: readonly Held[], changes: BasisChange[]) => {
    const { subject, text, by, at, seq } = own[0]!
    if (changes.length > 0)
      found.push({ kind, sheets: own.map(({ sheet }) => sheet), subject, text, by, at: new Date(at), seq, changes })
  }

  const ranked = sightOf(actorOf(context)) === 'county' ? await eliminationsOf(context, rules) : []
  for (const { ruling, changes } of [...groups, ...ranked].flatMap(({ fallen }) => fallen)) {
    const own = held.filter(({ kind, seq }) => kind === 'seat' && String(seq) === ruling.id)
    if (own[0]) add(own[0].subject === ELIMINATION ? 'elimination' : 'seat', own, changes)
  }
  const grounds = held.some(({ kind }) => kind === 'dismissal') ? await groundsIn(context, rules) : new Map<string, never>()
  for (const one of held) {
    const [member, outcome] = [people.get(one.sheet), outcomes.get(one.sheet)]
    if (!one.basis || !member || !outcome) continue
    if (one.kind === 'explanation') add('explanation', [one], basisChanges(one.basis, failBasis(member, outcome)))
    if (one.kind === 'dismissal')
      add('dismissal', [one], basisChanges(one.basis, dismissalBasis(outcome.grade, grounds.get(one.sheet)?.grounds ?? [])))
  }

  const regraded = members.flatMap(({ id }) =>
    outcomes.get(id)!.reasons.flatMap((one) => (one.kind === 'panelFell' ? [{ id, ...one }] : [])),
  )
  if (regraded.length > 0) {
    const { rows } = await context.pool.query<{ sheet: string; by: string; at: Date; seq: number; text: string | null }>(
      `select distinct on (c.sheet_id) c.sheet_id as sheet, h.by, h.at, h.seq, h.reason as text
         from sheet_change c join change_set h on h.county_id = c.county_id and h.seq = c.seq
        where c.county_id = $1 and c.sheet_id = any($2::uuid[]) and c.cells ? '@panel' order by c.sheet_id, c.seq desc`,
      [county, regraded.map(({ id }) => id)],
    )
    for (const { id, to, changes } of regraded) {
      const given = rows.find(({ sheet }) => sheet === id)
      if (given) found.push({ kind: 'grade', sheets: [id], subject: to, ...given, text: given.text ?? '', changes })
    }
  }

  const ids = [...people.keys()]
  found.push(
    ...readingsFallen(rules),
    ...(await appealsFallen(context, rules, ids)),
    ...(await signaturesFallen(context, rules, ids)),
  )
  return found
}

/** When what a decision rests on was changed last, after it was made: by the sheets concerned, or by the cycle's rules. */
export async function changedSince(context: Reader, { id }: CycleRules, fallen: Fallen): Promise<Date | null> {
  const tied = fallen.changes.flatMap(({ fact, before, after }) => (fact === 'tied' ? `${before} ${after ?? ''}`.split(' ') : []))
  const { rows } = await context.pool.query<{ at: Date | null }>(
    `with since as (
       select h.at, h.kind, h.cycle_id, exists (
              select from sheet_change c
               where c.county_id = h.county_id and c.seq = h.seq and c.sheet_id = any($4::uuid[])
                 and exists (select from jsonb_object_keys(c.cells) k where k not in ('@stage', '@seat') and k not like '@appeal.%')) as own
         from change_set h where h.county_id = $1 and h.at > $3)
     select coalesce(max(at) filter (where own),
                     max(at) filter (where kind = 'changePolicy' and cycle_id = $2 or kind in ('setHoliday', 'setCalendarYear'))) as at
       from since`,
    [actorOf(context).county, id, fallen.at, [...new Set([...fallen.sheets, ...tied])].filter(Boolean)],
  )
  return rows[0]!.at
}
