import type pg from 'pg'
import { actorOf, refusal, signedBy, type Context } from '../base/context.ts'
import { insertRows } from '../base/database.ts'
import { dayOfMoment } from '../base/today.ts'
import { sentence } from '../base/words.ts'
import { holdCalendar } from '../core/calendars.ts'
import { holdRoster } from '../core/roll.ts'
import { act } from '../ledger/act.ts'
import type { Lang } from '../rules/text.ts'
import { peopleOf, unitsOf } from './county-roster.ts'
import { inForce, missedStandards } from './entry-standards.ts'
import { followPostings, type Followed } from './follow.ts'
import { hinders, type Doing, type Entry, type Planned, type Writes } from './plan.ts'
import { planPeople } from './plan-people.ts'
import { planUnits } from './plan-units.ts'
import { sealingOf } from './sealing.ts'

/** Towns and villages, or people and their posts. */
export type RosterKind = 'units' | 'people'

export interface TakeIn {
  kind: RosterKind
  entries: readonly Entry[]
  /** What the table was called: a file, or nothing for what was typed. */
  fileName: string
  /** Makes the towns and villages that a roster names and that are not there. */
  makeUnits: boolean
  /** Takes the rows that can be taken; without it none where one is refused. */
  goodRows: boolean
  /** Stores nothing and answers what would become of each row. */
  dryRun: boolean
  key: string
}

/** Something to be said about a row. */
export interface RosterProblem {
  sheet: string
  row: number
  column: string | null
  field: string | null
  code: string
  message: string
  /** Told only: the row is taken all the same. */
  note: boolean
}

export interface RowPlan {
  sheet: string
  row: number
  does: Doing
  turns: Planned['turns']
}

export interface RosterReply {
  /** Whether anything was stored: not in a dry run, nor where a row is refused and rows go together. */
  stored: boolean
  rows: number
  created: number
  updated: number
  unchanged: number
  refused: number
  problems: RosterProblem[]
  plan: RowPlan[]
  followed: Followed[]
  /** Names what was taken in, to be taken back as a whole. */
  import: string | null
}

/** The most rows of one call. */
export const mostRows = 20_000

/** Ends the transaction of an act without a trace, with what is to be answered. */
class NothingStored extends Error {
  constructor(readonly reply: RosterReply) {
    super()
  }
}

/**
 * Takes a roster in, all of it or the rows that can be, in one transaction and one change set; running cycles follow.
 * Sent again under its key it answers as the first time, and sent again under another it changes nothing.
 * Throws `roster.tooMany`, `roster.empty`.
 */
export async function takeIn(context: Context, given: TakeIn): Promise<RosterReply> {
  const { kind, entries, dryRun, goodRows, makeUnits, fileName, key } = given
  const actor = actorOf(context)
  if (entries.length > mostRows) throw refusal(context, 'roster.tooMany', { most: String(mostRows) })
  if (entries.length === 0) throw refusal(context, 'roster.empty')
  if (dryRun) return answer(context.lang, (await planned(context, context.pool, given)).planned)

  const says = [fileName, makeUnits, goodRows, entries]
  let problems: RosterProblem[] = []
  try {
    const done = await act({ ...context, actor }, { kind, cycle: null, key, says }, async (hand) => {
      await holdRoster(hand.client, actor.county, 'write')
      await holdCalendar(hand.client, actor.county, 'read')
      const plan = await planned(context, hand.client, given)
      const reply = answer(context.lang, plan.planned)
      if (reply.created + reply.updated === 0 || (reply.refused > 0 && !goodRows)) throw new NothingStored(reply)
      await store(hand.client, actor.county, plan.writes)
      const { followed, changes, rows } = await followPostings(hand, actor.county, [...plan.writes.people], context.now)
      const seq = await hand.seq()
      const { insert, update } = plan.writes
      await insertRows(hand.client, 'roster_import', [
        {
          ...signedBy(context),
          id: hand.id,
          kind,
          file_name: fileName,
          rows: entries.length,
          created: reply.created,
          updated: reply.updated,
          before: {
            made: Object.fromEntries(Object.entries(insert).map(([table, made]) => [table, made.map(({ id }) => id)])),
            was: update.map(({ table, id, set, before }) => ({ table, id, set, before })),
          },
          seq,
        },
      ])
      // What is said of a row may name people: it is answered and not kept.
      const { stored: _, problems: told, plan: __, followed: ___, import: ____, ...counts } = reply
      problems = told
      return {
        outcome: { ...counts, stored: true, import: hand.id, followed },
        details: { kind, file: fileName, ...counts, followed, ...touched(plan.writes) },
        changes,
        rows,
      }
    })
    return { ...done, problems, plan: [] }
  } catch (error) {
    if (error instanceof NothingStored) return error.reply
    throw error
  }
}

/** Whom and what it touched, by id: names and numbers of people stay out of the chain, where nothing can be masked. */
const touched = ({ insert, update }: Writes) => ({
  made: Object.fromEntries(Object.entries(insert).map(([table, rows]) => [table, rows.map(({ id }) => id)])),
  changed: update.map(({ table, id, set }) => [table, id, Object.keys(set)]),
})

async function planned(context: Context, client: pg.Pool | pg.PoolClient, { kind, entries, makeUnits, dryRun }: TakeIn) {
  const { county } = actorOf(context)
  const { rows } = await client.query<{ code: string }>('select code from county where id = $1', [county])
  const at = { id: county, code: rows[0]!.code }
  const units = await unitsOf(client, county)
  if (kind === 'units') return planUnits(at, units, entries as never, context.now.getTime())
  const { people, postings } = await peopleOf(client, county)
  const rules = await inForce(client, county)
  return planPeople(
    {
      county: at,
      units,
      people,
      postings,
      makeUnits,
      today: dayOfMoment(context.now),
      now: context.now.getTime(),
      // Nothing of a dry run is kept.
      sealing: { ...sealingOf(context.keys, county), ...(dryRun ? { seal: () => '' } : {}) },
      missed: (entering) => missedStandards(context.lang, rules, entering),
    },
    entries as never,
  )
}

function answer(lang: Lang, all: readonly Planned[]): RosterReply {
  const count = (doing: Doing) => all.filter(({ does }) => does === doing).length
  return {
    stored: false,
    rows: all.length,
    created: count('create'),
    updated: count('update'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    problems: all.flatMap(({ entry, faults }) =>
      faults.map((fault) => ({
        sheet: entry.sheet,
        row: entry.row,
        column: (fault.field && entry.columns?.[fault.field]) ?? null,
        field: fault.field,
        code: fault.code,
        message: sentence(lang, fault.code, fault.params),
        note: !hinders(fault),
      })),
    ),
    plan: all.map(({ entry: { sheet, row }, does, turns }) => ({ sheet, row, does, turns })),
    followed: [],
    import: null,
  }
}

async function store(client: pg.PoolClient, county: string, { insert, update }: Writes): Promise<void> {
  for (const table of ['unit', 'coordinator', 'posting'] as const)
    if (insert[table].length > 0) await insertRows(client, table, insert[table])
  // Rows that turn the same columns are changed by one statement.
  const alike = Map.groupBy(update, ({ table, set }) => `${table} ${Object.keys(set).sort().join()}`)
  for (const rows of alike.values()) {
    const { table, set } = rows[0]!
    const columns = Object.keys(set)
    await client.query(
      `update ${table} t set ${columns.map((column) => `${column} = v.${column}`).join(', ')}
         from json_populate_recordset(null::${table}, $2) v where t.county_id = $1 and t.id = v.id`,
      [county, JSON.stringify(rows.map((row) => ({ id: row.id, ...row.set })))],
    )
  }
}
