import { actorOf, type Context } from '../base/context.ts'
import { changerFor, cycleRules, nameFor } from '../core/cycles.ts'
import { mayScore } from '../rules/access.ts'
import type { HeldPost } from '../rules/year.ts'
import { hiddenLines, shownFrom } from '../rules/ballots.ts'
import { exact, shown } from '../rules/exact.ts'
import { sentence } from '../base/words.ts'
import { type Explanation, explainedYear, type Entered } from '../core/explained.ts'
import { findSheet } from '../core/find-sheet.ts'
import { dossierOf } from '../rules/person.ts'
import { scorePlace } from '../base/sheet-row.ts'
import type { Sheet } from '../core/sheet.entity.ts'
import type { SheetDetail } from './sheet.types.ts'

/** A sheet with its person and place, and whether the caller may score it. */
export async function sheetDetail(context: Context, id: string): Promise<SheetDetail> {
  const sheet = await findSheet(context, id)
  const actor = actorOf(context)
  const { rows } = await context.pool.query<{ name: string; village: string; town: string }>(
    `select ${nameFor(actor)} as name, v.name as village, t.name as town
       from coordinator c, unit v, unit t
      where c.county_id = $1 and c.id = $2 and v.county_id = $1 and v.id = $3 and t.county_id = $1 and t.id = $4`,
    [actor.county, sheet.coordinatorId, sheet.villageId, sheet.townId],
  )
  const { policy } = await cycleRules(context, sheet.cycleId)
  const may = mayScore(actor, scorePlace(policy, sheet)) ? ['score'] : []
  return { sheet, ...rows[0]!, total: shown(exact(sheet.total)), may }
}

/** Why a sheet has its total. Lines of ballots too few to be shown are without points. */
export async function explainSheet(context: Context, id: string): Promise<Explanation> {
  const sheet = await findSheet(context, id)
  const { policy, choices, approvals } = await cycleRules(context, sheet.cycleId)
  const { postings, at } = await postingsOfPerson(context, sheet)
  const told = explainedYear(policy, choices, postings, at, context.lang, approvals)
  const entered = await enteredIn(context, sheet)
  const hidden = hiddenLines(policy, sheet.beyond.ballots ?? [])
  const veil = { points: '', says: sentence(context.lang, 'rating.hidden', { n: String(shownFrom) }) }
  return {
    ...told,
    lines: told.lines.map((line) => ({ ...line, ...(hidden.has(line.id) ? veil : {}), entered: entered(line.id) })),
  }
}

/** The postings of a sheet's person in the cycle, the one held on the base date last, and which of them is the sheet's. */
async function postingsOfPerson(context: Context, sheet: Sheet): Promise<{ postings: HeldPost[]; at: number }> {
  const { rows } = await context.pool.query<Pick<Sheet, 'id' | 'facts' | 'beyond' | 'days'>>({
    name: 'postings-told',
    text: `select s.id, s.facts, s.beyond, s.days
             from sheet s join posting p on p.county_id = s.county_id and p.id = s.posting_id
            join cycle y on y.county_id = s.county_id and y.id = s.cycle_id
            where s.county_id = $1 and s.cycle_id = $2 and s.coordinator_id = $3
            order by (p.starts_on <= y.base_date and (p.ends_on is null or p.ends_on >= y.base_date)), p.starts_on, s.line`,
    values: [actorOf(context).county, sheet.cycleId, sheet.coordinatorId],
  })
  const postings = rows.map(({ facts, beyond, days }) => ({ person: dossierOf(facts, beyond), days }))
  return { postings, at: rows.findIndex(({ id }) => id === sheet.id) }
}

/** For each line of an explanation: who last entered its cell, or any of the cells below it. */
async function enteredIn(context: Context, { countyId, id }: Sheet): Promise<(line: string) => Entered | undefined> {
  const { rows } = await context.pool.query<Entered & { field: string }>({
    name: 'entered-in',
    text: `select distinct on (cell.key) cell.key as field, h.by, h.at
             from sheet_change s join change_set h on h.county_id = s.county_id and h.seq = s.seq, jsonb_object_keys(s.cells) cell(key)
            where s.county_id = $1 and s.sheet_id = $2 order by cell.key, s.seq desc`,
    values: [countyId, id],
  })
  const actor = actorOf(context)
  return (line) => {
    const own = rows.filter(({ field }) => field === line || field.startsWith(`${line}.`))
    const last = own.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
    return last && { by: changerFor(actor, last.by), at: last.at }
  }
}
