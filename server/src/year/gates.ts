import type pg from 'pg'
import { keptOfYear } from '../core/days.ts'
import { keptOf } from '../core/recount.ts'
import { calendarOf } from '../core/calendars.ts'
import { actorOf, type Context } from '../base/context.ts'
import type { CycleRules } from '../core/cycles.ts'
import { cohortOf } from '../result/cohort.ts'
import { effectsOf } from '../result/entrants.ts'
import type { Outcome } from '../rules/outcome.ts'
import { unknownYears } from '../rules/days.ts'
import type { PolicyStage } from '../rules/policy/shape.ts'
import { appealsFallen, explains, readingStands, signaturesFallen, type Fallen } from '../result/fallen.ts'
import { rulingsOf } from '../core/rulings.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import { noticesFor, shownRows } from '../publishing/notices.ts'
import { openAppeals } from '../publishing/appeals.ts'
import { dayOfMoment } from '../base/today.ts'
import { sentence, type Code } from '../base/words.ts'

/** Something that must be settled before sheets can pass to the next stage. */
export interface Blocker {
  code: string
  says: string
  /** How many sheets it holds back, and the first of them. */
  sheets: string[]
}

/** A passage from one stage to the next, with the sheets that would pass. */
export interface Passage {
  context: Context
  rules: CycleRules
  from: PolicyStage
  to: PolicyStage
  unit: string
  rows: readonly SheetRow[]
  /** The connection of the transaction that locks the sheets, or the pool where nothing is locked. */
  client: pg.Pool | pg.PoolClient
}
export type Gate = (passage: Passage) => Promise<Blocker[]> | Blocker[]

/** Scores are complete before the sheet leaves the stages in which they can be entered. */
const complete: Gate = ({ context, from, to, rows }) => {
  if (from.writes !== 'yes' || to.writes === 'yes') return []
  return blocker(
    context,
    'stage.incomplete',
    rows.filter(({ missing }) => missing > 0).map(({ id }) => id),
  )
}

/** Claims are decided before the sheet leaves the stages in which scores can be entered. */
const claimsDecided: Gate = async ({ context, from, to, rows, client }) => {
  if (from.writes !== 'yes' || to.writes === 'yes') return []
  const { rows: undecided } = await client.query<{ sheet: string }>(
    `select sheet_id as sheet from claim where county_id = $1 and sheet_id = any($2::uuid[]) and state = 'proposed'`,
    [actorOf(context).county, rows.map(({ id }) => id)],
  )
  if (undecided.length === 0) return []
  const says = sentence(context.lang, 'claim.undecided', { n: String(undecided.length) })
  return [{ code: 'claim.undecided', says, sheets: [...new Set(undecided.map(({ sheet }) => sheet))] }]
}

/** Grades and seats are given before the sheets leave the panel, and before anybody reads them on a notice. */
const decided: Gate = async ({ context, rules, from, to, rows }) => {
  if (!from.by.includes('panelMember') && to.does !== 'publish') return []
  const { outcomes } = await cohortOf(context, rules, undefined)
  const among = (open: (outcome: Outcome) => boolean) =>
    rows.flatMap(({ id }) => {
      const outcome = outcomes.get(id)
      return outcome && open(outcome) ? [id] : []
    })
  const contested = among(({ seat }) => seat === 'contested')
  const ungraded = among(
    ({ seat, grade, reasons }) => seat !== 'contested' && grade === null && !reasons.some(({ kind }) => kind === 'notTakingPart'),
  )
  return [...blocker(context, 'stage.contested', contested), ...blocker(context, 'stage.ungraded', ungraded)]
}

/** Every fail has its written explanation before it is on file (XY-F3), and every reading that matters its approval. */
const filing: Gate = async ({ context, rules, to, rows, client }) => {
  if (to.does !== 'file') return []
  const worst = rules.policy.grades.ladder.at(-1)!.id
  const { members, outcomes } = await cohortOf(context, rules, undefined)
  const held = await rulingsOf(client, actorOf(context).county, rules.id, ['explanation'])
  const people = new Map(members.map((member) => [member.id, member]))
  const isExplained = (id: string) => held.some((one) => one.sheet === id && explains(one, people.get(id)!, outcomes.get(id)!))
  const failed = rows.flatMap(({ id }) => (outcomes.get(id)?.grade === worst && !isExplained(id) ? [id] : []))
  const effects = await effectsOf(context, rules)
  const open = [...new Set(effects.map(({ interpretation }) => interpretation))].filter((id) => !readingStands(rules, id))
  return [
    ...blocker(context, 'stage.unexplained', failed),
    ...(open.length > 0
      ? [{ code: 'stage.readings', says: sentence(context.lang, 'stage.readings', { ids: open.join('、') }), sheets: [] }]
      : []),
  ]
}

/**
 * The notice has been public to its last day, shows the current results, and no appeal is open. Days are those of the
 * server's clock in Asia/Shanghai.
 */
const noticePeriodEnded: Gate = async ({ context, rules, from, rows, client }) => {
  if (from.does !== 'publish') return []
  const { county } = actorOf(context)
  const ids = rows.map(({ id }) => id)
  const today = dayOfMoment(context.now)
  const notices = await noticesFor(client, county, rules, ids)
  const unseen = ids.filter((id) => !notices.has(id))
  const running = ids.filter((id) => (notices.get(id)?.endsOn ?? '') >= today)
  const changed: string[] = []
  for (const group of Map.groupBy([...notices.values()], ({ notice }) => notice).values()) {
    const { columns, rows: frozen } = group[0]!
    const covered = new Set(group.map(({ sheet }) => sheet))
    const now = await shownRows(
      context,
      rules,
      rows.filter(({ id }) => covered.has(id)),
      columns,
    )
    const was = new Map(frozen.map(({ sheet, shows }) => [sheet, shows.join('\n')]))
    changed.push(...now.rows.flatMap(({ sheet, shows }) => (was.get(sheet) === shows.join('\n') ? [] : [sheet])))
  }
  return [
    ...blocker(context, 'stage.unpublished', unseen),
    ...blocker(context, 'stage.onView', running),
    ...blocker(context, 'stage.otherThanShown', changed),
    ...blocker(context, 'stage.appealed', await openAppeals(client, county, ids)),
  ]
}

/** No signature and no rejection of an appeal has fallen because what it was about has changed. */
const standing: Gate = async ({ context, rules, from, rows, client }) => {
  if (from.writes === 'yes') return []
  const ids = rows.map(({ id }) => id)
  const reader = { ...context, pool: client }
  const unsigned = await signaturesFallen(reader, rules, ids)
  const rejected = await appealsFallen(reader, rules, ids)
  const sheetsOf = (fallen: readonly Fallen[]) => fallen.flatMap(({ sheets }) => sheets)
  return [
    ...blocker(context, 'stage.changedSinceSigned', sheetsOf(unsigned)),
    ...blocker(context, 'stage.appealFell', sheetsOf(rejected)),
  ]
}

/** Every group of raters has given a ballot, or it is on record why it has not (IR-31). */
const rated: Gate = async ({ context, rules, from, to, rows, client }) => {
  if (!rules.policy.rated || from.writes !== 'yes' || to.writes === 'yes') return []
  const held = await rulingsOf(client, actorOf(context).county, rules.id, ['noBallots'])
  const recorded = new Set(held.map(({ sheet, subject }) => `${sheet} ${subject}`))
  return rules.policy.rated.groups.flatMap(({ id: group, title }) => {
    const silent = rows.filter(
      ({ id, beyond }) => !beyond.ballots?.some((ballot) => ballot.group === group) && !recorded.has(`${id} ${group}`),
    )
    if (silent.length === 0) return []
    const says = sentence(context.lang, 'stage.noBallots', { n: String(silent.length), group: title[context.lang] })
    return [{ code: 'stage.noBallots', says, sheets: silent.map(({ id }) => id) }]
  })
}

/**
 * What was counted for these results lies in years whose days off are known: the absences of their people, and the days
 * of the notices they were shown on. Scoring goes on meanwhile.
 */
const daysKnown: Gate = async ({ context, rules, to, rows, client }) => {
  if (to.does !== 'file') return []
  const { county } = actorOf(context)
  const calendar = await calendarOf(client, county)
  const notices = await noticesFor(
    client,
    county,
    rules,
    rows.map(({ id }) => id),
  )
  const kept = await keptOf(client, county, [...new Set(rows.map(({ coordinatorId }) => coordinatorId))])
  const years = new Set<number>()
  const sheets = rows.flatMap(({ id, coordinatorId }) => {
    const notice = notices.get(id)
    const spans = [
      ...keptOfYear(kept.get(coordinatorId) ?? [], rules.year, calendar).filter(({ kind }) => kind === 'absence'),
      ...(notice ? [{ from: notice.startsOn, to: notice.endsOn }] : []),
    ]
    const unknown = spans.flatMap(({ from, to: last }) => unknownYears(calendar, from, last))
    for (const year of unknown) years.add(year)
    return unknown.length > 0 ? [id] : []
  })
  if (sheets.length === 0) return []
  const params = { years: [...years].sort().join(context.lang === 'zh' ? '、' : ', '), n: String(sheets.length) }
  return [{ code: 'stage.daysUnknown', says: sentence(context.lang, 'stage.daysUnknown', params), sheets }]
}

/** Nobody's year goes on file while scores may still be entered on the sheet of another post they held in it. */
const otherPosts: Gate = async ({ context, to, rules, rows, client }) => {
  if (to.does !== 'file') return []
  const ids = rows.map(({ id }) => id)
  const { rows: open } = await client.query<{ id: string }>(
    `select s.id from sheet s where s.county_id = $1 and s.cycle_id = $2 and s.id = any($3::uuid[]) and exists (
            select from sheet o where o.county_id = $1 and o.cycle_id = $2 and o.coordinator_id = s.coordinator_id and o.id <> s.id
                and o.state = 'open' and not o.id = any($3::uuid[]))`,
    [actorOf(context).county, rules.id, ids],
  )
  return blocker(
    context,
    'stage.otherPost',
    open.map(({ id }) => id),
  )
}

const blocker = (context: Context, code: Code, sheets: string[]): Blocker[] =>
  sheets.length === 0 ? [] : [{ code, says: sentence(context.lang, code, { n: String(sheets.length) }), sheets }]

const gates: Gate[] = [complete, claimsDecided, rated, decided, standing, noticePeriodEnded, filing, otherPosts, daysKnown]

/** Everything that keeps these sheets from going on. */
export async function blockersOf(passage: Passage): Promise<Blocker[]> {
  return (await Promise.all(gates.map((gate) => gate(passage)))).flat()
}
